//! Findings, shown to people, editors and continuous integration.
//!
//! In: the findings of one run, sorted, and the size of the curriculum. Out: one text per format, which ends with a line break unless it is
//! empty. Prints nothing, changes no severity and reads no files: source lines come from a lookup.

mod github;
mod human;
mod json;
mod junit;
mod quote;
mod sarif;

#[cfg(test)]
mod sample;

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Finding, Severity};

pub use github::github;
pub use human::{human, listed};
pub use json::json;
pub use junit::junit;
pub use quote::Quote;
pub use sarif::sarif;

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

/// A way to write findings down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text with quoted source lines, for a terminal.
    Human,
    /// Our own stable JSON.
    Json,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// JUnit XML, for test reports.
    Junit,
    /// Workflow commands, which GitHub Actions shows beside the lines.
    Github,
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

/// Writes the report in a format. The screen matters to [`Format::Human`] alone.
pub fn show(report: &Report<'_>, format: Format, screen: &Screen<'_>) -> String {
    match format {
        Format::Human => human(report, screen),
        Format::Json => json(report),
        Format::Sarif => sarif(report),
        Format::Junit => junit(report),
        Format::Github => github(report),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_goes_to_its_own_writer() {
        let findings = sample::findings();
        let report = sample::report(&findings);
        let screen = Screen {
            paint: Paint::Plain,
            width: None,
            source: &sample::source,
        };
        for (format, expected) in [
            (Format::Human, human(&report, &screen)),
            (Format::Json, json(&report)),
            (Format::Sarif, sarif(&report)),
            (Format::Junit, junit(&report)),
            (Format::Github, github(&report)),
        ] {
            assert_eq!(show(&report, format, &screen), expected, "{format:?}");
            assert!(expected.ends_with('\n'), "{format:?}");
        }
    }
}
