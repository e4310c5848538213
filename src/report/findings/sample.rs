//! A small report for the tests of every format.

use std::sync::Arc;

use jiff::civil::date;

use crate::model::finding::Fix;
use crate::model::{Finding, Place, Rule, Severity};

use super::report::Report;

/// Returns a place from line, column, end line and end column.
pub fn place(line: u32, column: u32, end_line: u32, end_column: u32) -> Place {
    Place {
        line,
        column,
        end_line,
        end_column,
    }
}

/// Returns an info, two errors and a warning, sorted, in three files.
pub fn findings() -> Vec<Finding> {
    let hardship = "modules/03-debt/04-hardship.md";
    let warned = Finding {
        severity: Severity::Warning,
        ..Finding::new(
            Rule::UnclosedBlock,
            hardship,
            place(5, 1, 7, 1),
            "this `activity` is never closed",
        )
    };
    vec![
        Finding::new(
            Rule::OrphanLesson,
            "modules/01-telephony/02-time.md",
            Place::START,
            "no other lesson links here",
        ),
        Finding::new(
            Rule::BrokenLink,
            hardship,
            place(3, 9, 3, 37),
            "no lesson or file at `../02-income/03-two-views.md`",
        )
        .help("did you mean `../02-income/03-two-viewpoints.md`?")
        .maybe_fix(Fix::at(Some((33, 48)), "../02-income/03-two-viewpoints.md")),
        warned.help("close it with a line of `:::`"),
        Finding::new(
            Rule::UnknownKey,
            "modules/topics, \"new\".toml",
            place(2, 1, 2, 5),
            "unknown key `naem` <100%>\nin {topic}",
        )
        .help("did you mean `name`?"),
    ]
}

/// Returns the text of the two files that can be read.
pub fn source(file: &str) -> Option<Arc<str>> {
    match file {
        "modules/03-debt/04-hardship.md" => Some(
            "# Hardship\n\nSee the [viewpoints](views.md#worked).\n\n::: activity\nTry it.\n"
                .into(),
        ),
        "modules/01-telephony/02-time.md" => Some("+++\ntitle = \"Time\"\n+++\n".into()),
        _ => None,
    }
}

/// Returns a report of twelve lessons in three modules.
pub fn report(findings: &[Finding]) -> Report<'_> {
    Report {
        findings,
        as_of: date(2026, 11, 21),
        lessons: 12,
        modules: 3,
        tool_version: "0.1.0",
    }
}
