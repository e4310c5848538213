//! `throughline mv`, `rename`, `renumber` and `new --at`: everything that names what moves moves with it, or nothing does.

#[path = "moves/curriculum.rs"]
mod curriculum;
#[path = "moves/mends.rs"]
mod mends;
#[path = "moves/renamed.rs"]
mod renamed;
#[path = "moves/sequences.rs"]
mod sequences;
#[path = "moves/site.rs"]
mod site;
#[path = "moves/small.rs"]
mod small;
mod support;
