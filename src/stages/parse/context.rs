//! What parsing a lesson depends on beside its own text.

use std::collections::HashSet;
use std::sync::Arc;

use super::raw_html::Sanitiser;
use crate::language::{Language, Vocabulary};
use crate::model::Registers;
use crate::model::config::RawHtml;
use crate::model::path::SourcePath;
use crate::model::sources::Fill;

/// Everything that parsing a lesson depends on beside its own text.
#[derive(Debug)]
pub struct Context {
    /// The registers.
    pub registers: Arc<Registers>,
    /// The language of the lessons.
    pub language: Language,
    /// The names of the topics, and the words that the house language avoids.
    pub vocabulary: Vocabulary,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
    /// What teams have written for `local` blocks.
    pub(super) local: Vec<Fill>,
    /// Paths of the files that were signed off.
    signed: HashSet<String>,
    /// What cleans it, where that is asked for.
    pub(super) sanitiser: Option<Sanitiser>,
}

impl Context {
    /// Gathers what parsing depends on.
    pub fn new(registers: Arc<Registers>, language: Language, raw_html: RawHtml) -> Self {
        Self {
            vocabulary: Vocabulary::new(&language, &registers.topics, &registers.terms),
            signed: registers
                .sign_offs
                .iter()
                .map(|sign_off| sign_off.path.clone())
                .collect(),
            registers,
            language,
            raw_html,
            local: Vec::new(),
            sanitiser: (raw_html == RawHtml::Safe).then(Sanitiser::new),
        }
    }

    /// Takes what teams have written for `local` blocks.
    pub fn filled_in(self, local: Vec<Fill>) -> Self {
        Self { local, ..self }
    }

    /// Returns whether somebody has signed off what a file says.
    pub(super) fn is_signed(&self, path: &SourcePath) -> bool {
        self.signed.contains(path.as_str())
    }

    /// Returns a digest of everything that a lesson's parsing can see of this: the same digest, the same lessons.
    pub fn digest(&self) -> blake3::Hash {
        // Taken apart, so that a new field cannot be forgotten here.
        let Self {
            registers,
            language,
            // Made from the registers and the language.
            vocabulary: _,
            // Made from the registers.
            signed: _,
            raw_html,
            local,
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
        let seen = (in_registers, language, raw_html, local);
        blake3::hash(format!("{seen:?}").as_bytes())
    }
}
