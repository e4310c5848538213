//! Fourth stage: from the curriculum to its pages.
//!
//! In: the curriculum, its coverage, the site's settings and what many pages share. Out: the list of all pages, each made when it is asked for. A page holds
//! everything that its template will see, and nothing that grows with the curriculum except where the page's subject is the curriculum itself.

mod body;
mod diagram;
mod footnotes;
mod key;
mod lesson;
mod links;
mod module;
mod names;
mod order;
mod pages;
mod print;
mod projector;
mod question;
mod rests;
mod routes;
mod search;
mod seek;
mod session;
mod settings;
mod shared;
mod site;
mod strands;
mod text;
mod together;
mod topic;
mod ways;
mod words;

pub use diagram::{file as drawing_file, stands_apart};
pub use names::Names;
pub use pages::Pages;
pub use search::Index;
pub use settings::Settings;
pub use shared::Shared;
pub use site::signpost_fields;

use text::{push_passage, push_text, push_words, said, title};
