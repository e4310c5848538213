//! What is reviewed.

use jiff::civil::Date;

use crate::model::Curriculum;
use crate::model::coverage::Coverage;
use crate::model::dealing::Dealing;

/// What is reviewed.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The graph.
    pub curriculum: &'a Curriculum,
    /// Topics against modules.
    pub coverage: &'a Coverage,
    /// Which option stands at whose place.
    pub dealing: &'a Dealing,
    /// What counts as today.
    pub as_of: Date,
}
