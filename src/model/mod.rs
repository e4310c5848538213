//! The nouns: what a curriculum is made of.
//!
//! Nothing here reads a file, and nothing here knows a stage.

pub mod address;
pub mod audience;
pub mod blocks;
pub(crate) mod bytes;
pub mod config;
pub mod coverage;
pub mod curriculum;
pub mod finding;
pub mod house;
pub mod lesson;
mod lexicon;
pub mod nearness;
pub mod output;
pub mod page;
pub mod path;
mod phrases;
pub mod place;
pub mod registers;
pub mod review;
pub mod rules;
pub mod slug;
pub mod sources;
pub mod telephone;
pub mod text;
pub mod theme;
pub mod visible;
pub mod vocabulary;

pub use config::Config;
pub use curriculum::Curriculum;
pub use finding::{Finding, Severity, Staged};
pub use lesson::Lesson;
pub use place::{LineIndex, Place};
pub use registers::Registers;
pub use rules::Rule;
pub use sources::Sources;
