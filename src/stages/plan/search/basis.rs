//! What a search is made of.

use crate::language::Language;
use crate::model::config::Edition;
use crate::model::curriculum::Curriculum;
use crate::model::scope::Scope;
use crate::model::theme::Strings;

/// What a search is made of.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'c> {
    /// The graph.
    pub curriculum: &'c Curriculum,
    /// For whom: solutions and notes for facilitators are in no learner's search.
    pub edition: Edition,
    /// The language of words.
    pub language: &'c Language,
    /// Whose pages it covers: what lies beyond is neither found nor named.
    pub scope: &'c Scope,
    /// Words of the interface.
    pub strings: &'c Strings,
}
