//! Second stage: from sources to lessons.
//!
//! In: the texts that `discover` found. Out: registers and lessons with all their facts, each from its own file alone. Parsing is pure and runs
//! in parallel; it reads no files and never fails: whatever is wrong becomes a finding.

mod attributes;
mod block_html;
mod blocks;
#[cfg(test)]
mod commonmark_tests;
mod containers;
mod document;
mod fences;
mod footnotes;
mod front_matter;
mod headings;
mod ids;
mod ignores;
mod inline;
mod links;
mod meaning;
mod names;
mod opening;
mod pieces;
mod questions;
mod raw_html;
mod registers;
mod room;
mod scenarios;
pub mod table;
mod tables;
mod unseen;
mod web;
mod wording;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::config::{Edition, RawHtml};
use crate::model::sources::{Asset, Document, Sources};
use crate::model::theme::Strings;
use crate::model::vocabulary::Vocabulary;
use crate::model::{Lesson, Registers};

pub use registers::registers;

/// Everything that parsing a lesson depends on beside its own text.
#[derive(Debug)]
pub struct Context {
    /// The registers.
    pub registers: Arc<Registers>,
    /// The names of the topics, and the words that the house language avoids.
    pub vocabulary: Vocabulary,
    /// Words of the interface.
    pub strings: Strings,
    /// The edition to write.
    pub edition: Edition,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
    /// Paths of the files that were signed off.
    signed: HashSet<String>,
    /// What cleans it, where that is asked for.
    sanitiser: Option<raw_html::Sanitiser>,
}

impl Context {
    /// Gathers what parsing depends on.
    pub fn new(
        registers: Arc<Registers>,
        strings: Strings,
        edition: Edition,
        raw_html: RawHtml,
    ) -> Self {
        Self {
            vocabulary: Vocabulary::new(&registers.topics, &registers.terms),
            signed: registers
                .sign_offs
                .iter()
                .map(|sign_off| sign_off.path.clone())
                .collect(),
            registers,
            strings,
            edition,
            raw_html,
            sanitiser: (raw_html == RawHtml::Safe).then(raw_html::Sanitiser::new),
        }
    }

    /// Returns a digest of everything that a lesson's parsing can see of this: the same digest, the same lessons.
    pub fn digest(&self) -> blake3::Hash {
        // Taken apart, so that a new field cannot be forgotten here.
        let Self {
            registers,
            // Both are made from the registers.
            vocabulary: _,
            signed: _,
            strings,
            edition,
            raw_html,
            // Made from `raw_html`.
            sanitiser: _,
        } = self;
        let Registers {
            topics,
            signposts,
            commitments,
            terms,
            sign_offs,
            ignores,
            ..
        } = &**registers;
        let in_registers = (topics, signposts, commitments, terms, sign_offs, ignores);
        let seen = (in_registers, strings, edition, raw_html);
        blake3::hash(format!("{seen:?}").as_bytes())
    }
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
    /// The edition that they were parsed for.
    pub edition: Edition,
}

/// Says how a text becomes a lesson: parsed [`anew`], or remembered by somebody who knows that nothing it depends on has changed.
pub type Recall<'r> = dyn Fn(&Document, &Context) -> Arc<Lesson> + Sync + 'r;

/// Parses everything. What is wrong with a lesson stays with it until it is known whether it is built.
pub fn parse(sources: Sources, context: &Context, recall: &Recall<'_>) -> Lessons {
    let lessons: Vec<Arc<Lesson>> = sources
        .documents
        .into_par_iter()
        .map(|document| recall(&document, context))
        .collect();
    Lessons {
        registers: Arc::clone(&context.registers),
        lessons,
        assets: sources.assets,
        modules: sources.modules,
        edition: context.edition,
    }
}

/// Parses one Markdown file without remembering anything.
pub fn anew(document: &Document, context: &Context) -> Arc<Lesson> {
    Arc::new(lesson(document, context))
}

/// Parses one Markdown file.
pub fn lesson(document: &Document, context: &Context) -> Lesson {
    let signed = context.signed.contains(document.path.as_str());
    document::parse(&document.path, &document.text, context, signed)
}

/// Parses one Markdown file that may be signed off next: digests what it means, whether it was signed off before or not.
pub fn for_sign_off(document: &Document, context: &Context) -> Arc<Lesson> {
    Arc::new(document::parse(
        &document.path,
        &document.text,
        context,
        true,
    ))
}
