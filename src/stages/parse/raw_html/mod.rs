//! Decides what may stay of raw HTML where `[markdown] html = "safe"`, and what is said about the rest.
//!
//! In: a run of events, or a block of HTML. Out: events and tags that can be written as they are, and complaints about what was taken out. Writes
//! nothing: links, images and text go the way of Markdown's own.

mod allowed;
mod block;
mod runs;
mod tags;
mod taken_out;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use allowed::Sanitiser;
pub(crate) use block::{Holds, Part, RawBlock, clean_block};
pub(crate) use runs::clean_run;
pub(crate) use taken_out::Complaint;
