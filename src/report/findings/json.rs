//! Findings as JSON for scripts. The fields are stable: `schema` rises when one changes its meaning.
//!
//! In: a report. Out: one pretty-printed object. Leaves nothing out and shortens nothing.

use serde::Serialize;

use crate::model::{Finding, Place, Severity};

use super::report::{Report, Summary};
use crate::report::escaped::Escaped;

const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    tool_version: &'a str,
    as_of: String,
    summary: Summary,
    findings: Vec<Entry<'a>>,
}

/// A finding with its place spread out: line and column from 1, columns in Unicode characters, the end exclusive.
#[derive(Serialize)]
struct Entry<'a> {
    rule: &'static str,
    severity: Severity,
    file: &'a str,
    #[serde(flatten)]
    place: Place,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<Mend<'a>>,
}

/// A text to put in the place of another one, which stands in the file from one byte up to another; a byte order mark is not counted.
#[derive(Serialize)]
struct Mend<'a> {
    file: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

/// Writes findings as JSON.
pub fn json(report: &Report<'_>) -> String {
    let document = Document {
        schema: SCHEMA,
        tool_version: report.tool_version,
        as_of: report.as_of.to_string(),
        summary: report.summary(),
        findings: report.findings.iter().map(entry).collect(),
    };
    let mut bytes = Vec::new();
    serde_json::to_writer_pretty(Escaped(&mut bytes), &document)
        .expect("a document of strings and numbers is always JSON");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("what is written is text")
}

fn entry(finding: &Finding) -> Entry<'_> {
    Entry {
        rule: finding.rule.name(),
        severity: finding.severity,
        file: &finding.file,
        place: finding.place,
        message: &finding.message,
        help: finding.help.as_deref(),
        fix: finding.fix.as_deref().map(|fix| Mend {
            file: &finding.file,
            start: fix.start,
            end: fix.end,
            text: &fix.text,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn json_has_the_promised_fields_in_their_order() {
        let findings = sample::findings();
        let report = Report {
            findings: &findings[..2],
            ..sample::report(&findings)
        };
        assert_eq!(
            json(&report),
            r#"{
  "schema": 1,
  "tool_version": "0.1.0",
  "as_of": "2026-11-21",
  "summary": {
    "errors": 1,
    "warnings": 0,
    "infos": 1,
    "lessons": 12,
    "modules": 3
  },
  "findings": [
    {
      "rule": "orphan-lesson",
      "severity": "info",
      "file": "modules/01-telephony/02-time.md",
      "line": 1,
      "column": 1,
      "end_line": 1,
      "end_column": 1,
      "message": "no other lesson links here",
      "help": null,
      "fix": null
    },
    {
      "rule": "broken-link",
      "severity": "error",
      "file": "modules/03-debt/04-hardship.md",
      "line": 3,
      "column": 9,
      "end_line": 3,
      "end_column": 37,
      "message": "no lesson or file at `../02-income/03-two-views.md`",
      "help": "did you mean `../02-income/03-two-viewpoints.md`?",
      "fix": {
        "file": "modules/03-debt/04-hardship.md",
        "start": 33,
        "end": 48,
        "text": "../02-income/03-two-viewpoints.md"
      }
    }
  ]
}
"#
        );
    }

    #[test]
    fn a_clean_report_is_an_empty_list() {
        let text = json(&sample::report(&[]));
        assert!(text.contains("\"findings\": []"), "{text}");
    }
}
