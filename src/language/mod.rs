//! Everything that depends on the language of a curriculum, as tables and functions of a [`Language`] that is handed on.
//!
//! [`tongue`] is the value; [`grammar`] says what a language consists of, and [`tables`] holds those that are known, English first. The others find words in texts:
//! [`comparison`] says when two stretches say the same, [`phrases`] and [`beginnings`] find many at once, [`names`], [`terms`] and [`vocabulary`] know which,
//! [`prose`], [`quotations`] and [`telephone`] what stands between them, [`likeness`] whether a text speaks of something in other words, and [`search`] what readers who
//! seek mean. [`copies`] knows what systems call copies of files.
//!
//! In: words, and the registers' topics and terms. Out: stretches, forms and orders. Reads no file, and knows no stage.

mod beginnings;
mod comparison;
mod copies;
mod grammar;
mod likeness;
mod names;
mod notices;
mod order;
mod phrases;
mod prose;
mod quotations;
mod scripts;
mod search;
mod tables;
mod telephone;
mod terms;
mod tongue;
mod vocabulary;
#[cfg(test)]
mod vocabulary_tests;

pub use comparison::{Case, form, place_of};
pub use copies::originals;
pub use grammar::Count;
pub use likeness::{Sought, Stems};
pub use phrases::LONGEST_PHRASE;
pub use scripts::is_continuous;
pub use search::Search;
pub use telephone::{Telephone, telephones};
pub use tongue::Language;
pub use vocabulary::{Clash, Meant, Vocabulary, Wanted};
