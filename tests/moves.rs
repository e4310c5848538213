//! `throughline mv`, `rename`, `renumber` and `new --at`: everything that names what moves moves with it, or nothing does.

#![allow(
    clippy::disallowed_methods,
    reason = "tests lay out folders and run the program"
)]

#[path = "moves/curriculum.rs"]
mod curriculum;
#[path = "moves/sequences.rs"]
mod sequences;
#[path = "moves/site.rs"]
mod site;
#[path = "moves/small.rs"]
mod small;
