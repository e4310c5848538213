//! The nouns: what a curriculum is made of.
//!
//! Nothing here reads a file, and nothing here knows a stage.

pub mod address;
pub mod attributes;
pub mod audience;
pub mod blind;
pub mod blocks;
pub mod body;
pub mod brand;
pub(crate) mod bytes;
pub mod config;
pub mod coverage;
pub mod curriculum;
pub mod days;
pub mod dealing;
pub mod edits;
pub mod evidence;
mod evidence_depth;
pub mod finding;
pub mod foreign;
pub mod language_tag;
pub mod lesson;
pub mod listing;
pub mod nearness;
pub mod output;
pub mod page;
pub mod path;
pub mod place;
pub mod practice;
pub mod registers;
pub mod review;
pub mod rules;
pub mod scope;
pub mod search;
mod sentences;
pub mod severity;
pub mod site;
pub mod slug;
pub mod sources;
pub mod stretches;
pub mod text;
pub mod theme;
pub mod visible;
pub mod wording;
pub mod words;
pub mod written;

pub use config::Config;
pub use curriculum::Curriculum;
pub use finding::{Finding, Staged};
pub use language_tag::LanguageTag;
pub use lesson::Lesson;
pub use place::{LineIndex, Place};
pub use registers::Registers;
pub use rules::Rule;
pub use severity::Severity;
pub use sources::Sources;
