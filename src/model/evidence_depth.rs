//! How deep a place bears a claim out.

use serde::Serialize;

/// How deep a place bears a claim out, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceDepth {
    /// The lesson says it.
    Said,
    /// Learners do it: in an activity, a discussion or a scenario.
    Practised,
    /// Learners are asked for it: in a question.
    Assessed,
}

impl EvidenceDepth {
    /// Every depth, lowest first.
    pub const ALL: [Self; 3] = [Self::Said, Self::Practised, Self::Assessed];

    /// Returns the name as it stands in registers and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Practised => "practised",
            Self::Assessed => "assessed",
        }
    }
}
