//! Writes the blocks of Markdown, and those between colon fences.

pub(crate) mod containers;
pub(crate) mod footnotes;
pub(crate) mod headings;
pub(crate) mod html;
mod markup;
pub(crate) mod questions;
mod scenarios;
pub(crate) mod stack;
pub(crate) mod tables;
