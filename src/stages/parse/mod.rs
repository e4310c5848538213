//! Second stage: from sources to lessons.
//!
//! In: the texts that `discover` found. Out: registers and lessons with all their facts, each from its own file alone. Parsing is pure and runs
//! in parallel; it reads no files and never fails: whatever is wrong becomes a finding.

mod around;
mod bare;
mod blocks;
mod clashes;
#[cfg(test)]
mod commonmark_tests;
mod context;
mod destinations;
mod document;
mod fills;
mod footnotes;
mod front_matter;
mod given;
mod ids;
mod ignores;
mod ink;
mod inline;
mod meant;
mod notes;
mod passage;
mod quotes;
mod raw_html;
mod registers;
mod scratch;
mod sheet;
mod source;
pub mod table;
#[cfg(test)]
mod tests;
mod unseen;
mod walk;
mod web;
mod writer;

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::sources::{Asset, Document, Sources};
use crate::model::{Finding, Lesson, Registers};

pub use context::Context;
use document::Asked;
pub use registers::registers;
pub use scratch::Scratch;

/// Reports names in the registers that stand for two things.
pub fn name_clashes(context: &Context) -> Vec<Finding> {
    clashes::clashes(context)
}

/// Reports what teams have written for blocks that are not there.
pub fn unused_fills(context: &Context, lessons: &Lessons) -> Vec<Finding> {
    let lessons = lessons.lessons.iter();
    fills::unused(context, lessons.map(|lesson| &**lesson))
}

/// The curriculum's lessons before they know each other.
#[derive(Debug, Clone)]
pub struct Lessons {
    /// The registers.
    pub registers: Arc<Registers>,
    /// In reading order.
    pub lessons: Vec<Arc<Lesson>>,
    /// Files that lessons may refer to.
    pub assets: Vec<Asset>,
    /// Names of the module folders, in reading order.
    pub modules: Vec<String>,
}

/// Says how a text becomes a lesson: parsed [`anew`], or remembered by somebody who knows that nothing it depends on has changed.
pub type Recall<'r> = dyn Fn(&Document, &Context, &mut Scratch) -> Arc<Lesson> + Sync + 'r;

/// Parses everything. What is wrong with a lesson stays with it until it is known whether it is built.
pub fn parse(sources: Sources, context: &Context, recall: &Recall<'_>) -> Lessons {
    let lessons: Vec<Arc<Lesson>> = sources
        .documents
        .into_par_iter()
        .map_init(Scratch::default, |scratch, document| {
            recall(&document, context, scratch)
        })
        .collect();
    Lessons {
        registers: Arc::clone(&context.registers),
        lessons,
        assets: sources.assets,
        modules: sources.modules,
    }
}

/// Parses one Markdown file without remembering anything.
pub fn anew(document: &Document, context: &Context, scratch: &mut Scratch) -> Arc<Lesson> {
    let asked = if context.is_signed(&document.path) {
        Asked::Meaning
    } else {
        Asked::Lesson
    };
    Arc::new(document::parse(document, context, scratch, asked))
}

/// Parses one Markdown file that may be signed off next: digests what it means, whether it was signed off before or not.
pub fn for_sign_off(document: &Document, context: &Context, scratch: &mut Scratch) -> Arc<Lesson> {
    Arc::new(document::parse(document, context, scratch, Asked::Meaning))
}
