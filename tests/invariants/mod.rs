//! What must hold whatever somebody writes: each file here takes bytes, makes an input of them, and panics where the program breaks its word.
//!
//! `cargo fuzz` feeds them at random (`fuzz/`), `tests/fuzzed.rs` with the inputs that once broke something.

pub mod addresses;
pub mod curriculum;
pub mod editions;
pub mod edits;
pub mod html;
pub mod lessons;
pub mod links;
pub mod places;
pub mod registers;
pub mod requests;
pub mod scopes;
