//! Memory that every file needs while it is parsed, handed on from one file to the next.
//!
//! Asking for it anew for each file would cost as much as using it, and what a lesson keeps would be scattered among what is given back: with it a
//! lesson of 600 words asks for some fifteen pieces of memory less.

use super::ink::Ink;
use super::inline::Prose;
use super::notes::Notes;

/// What is held for a file while it is parsed, without anything in it.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) notes: Notes,
    pub(super) ink: Ink,
    pub(super) prose: Prose,
}
