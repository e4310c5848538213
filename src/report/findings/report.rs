//! What the formats of findings are given: what one run found, and where people read it.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Finding, Severity};

/// What one run found, and in how large a curriculum.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The findings in reading order, without those that are switched off or ignored.
    pub findings: &'a [Finding],
    /// The day that the run took for today.
    pub as_of: Date,
    /// Number of lessons in the curriculum.
    pub lessons: usize,
    /// Number of modules in the curriculum.
    pub modules: usize,
    /// The version of this tool, as in `--version`.
    pub tool_version: &'a str,
}

impl Report<'_> {
    /// Counts the findings by severity.
    pub fn summary(&self) -> Summary {
        let count = |severity| {
            self.findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            lessons: self.lessons,
            modules: self.modules,
        }
    }
}

/// The numbers of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Findings of error severity.
    pub errors: usize,
    /// Findings of warning severity.
    pub warnings: usize,
    /// Findings of info severity.
    pub infos: usize,
    /// Lessons in the curriculum.
    pub lessons: usize,
    /// Modules in the curriculum.
    pub modules: usize,
}

/// Finds the text of a file by its path relative to the root; `None` where it cannot be read as text.
pub type SourceLookup<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// Whether text for people is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paint {
    /// No escape sequences at all.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// What the human format needs to know beside the report.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// Whether to colour.
    pub paint: Paint,
    /// Columns to fit quoted lines into; 140 where unknown.
    pub width: Option<usize>,
    /// Where quoted lines come from.
    pub source: SourceLookup<'a>,
}
