//! What is reviewed.

use jiff::civil::Date;

use crate::model::coverage::Coverage;
use crate::model::dealing::Dealing;
use crate::model::{Curriculum, LanguageTag};

/// What is reviewed.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The graph.
    pub curriculum: &'a Curriculum,
    /// Topics against modules.
    pub coverage: &'a Coverage,
    /// Which option stands at whose place.
    pub dealing: &'a Dealing,
    /// The language of the content.
    pub language: &'a LanguageTag,
    /// What counts as today.
    pub as_of: Date,
}
