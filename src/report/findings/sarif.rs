//! Findings as SARIF 2.1.0, for code scanning and editors.
//!
//! In: a report. Out: one log with one run, all rules with their explanations, and one result per finding. The format is
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html>.

mod fingerprint;
mod log;
#[cfg(test)]
mod tests;

use crate::model::{Finding, LineIndex, Place, Rule, Severity};
use crate::report::escaped::Escaped;

use super::report::{Report, SourceLookup};
use fingerprint::Fingerprints;
use log::{
    ArtifactChange, ArtifactLocation, Configuration, Driver, Location, Log, Message,
    MultiformatMessage, PartialFingerprints, PhysicalLocation, Properties, Region, Replacement,
    ReportingDescriptor, Run, SarifFix, SarifResult, Tool,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name that GitHub, too, gives to the folder that relative addresses start from.
const ROOT: &str = "%SRCROOT%";

/// Writes findings as a SARIF log; what mends them is told where the file can be read.
pub fn sarif(report: &Report<'_>, source: SourceLookup<'_>) -> String {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run(report, source)],
    };
    let mut bytes = Vec::new();
    serde_json::to_writer_pretty(Escaped(&mut bytes), &log)
        .expect("a log of strings and numbers is always JSON");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("what is written is text")
}

fn run<'a>(report: &Report<'a>, source: SourceLookup<'_>) -> Run<'a> {
    let mut fingerprints = Fingerprints::default();
    Run {
        tool: Tool {
            driver: Driver {
                name: "throughline",
                version: report.tool_version,
                rules: Rule::ALL.iter().copied().map(descriptor).collect(),
            },
        },
        column_kind: "unicodeCodePoints",
        results: report
            .findings
            .iter()
            .map(|finding| SarifResult {
                fixes: fix(finding, source).into_iter().collect(),
                ..result(finding, fingerprints.take(finding))
            })
            .collect(),
        properties: Properties {
            as_of: report.as_of.to_string(),
            lessons: report.lessons,
            modules: report.modules,
        },
    }
}

fn descriptor(rule: Rule) -> ReportingDescriptor {
    // Rules take no arguments, so that braces in their examples stand for themselves.
    ReportingDescriptor {
        id: rule.name(),
        short_description: Message {
            text: rule.summary().to_owned(),
        },
        help: MultiformatMessage {
            text: rule.explanation(),
            markdown: rule.explanation(),
        },
        default_configuration: Configuration {
            level: level(rule.default_severity()),
        },
    }
}

fn result(finding: &Finding, fingerprint: String) -> SarifResult {
    SarifResult {
        rule_id: finding.rule.name(),
        rule_index: Rule::ALL.iter().position(|rule| *rule == finding.rule),
        level: level(finding.severity),
        message: Message {
            text: message(finding),
        },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: artifact(&finding.file),
                region: region(finding.place),
            },
        }],
        partial_fingerprints: PartialFingerprints { fingerprint },
        fixes: Vec::new(),
    }
}

fn artifact(file: &str) -> ArtifactLocation {
    ArtifactLocation {
        uri: relative_uri(file),
        uri_base_id: ROOT,
    }
}

/// Returns what mends a finding, in lines and columns as all other places.
fn fix(finding: &Finding, source: SourceLookup<'_>) -> Option<SarifFix> {
    let fix = finding.fix.as_ref()?;
    let text = source(&finding.file)?;
    let place = LineIndex::new(&text).place(&(fix.start as usize..fix.end as usize));
    Some(SarifFix {
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(&finding.file),
            replacements: [Replacement {
                deleted_region: region(place),
                inserted_content: Message {
                    text: fix.text.clone(),
                },
            }],
        }],
    })
}

/// Returns message and help as one message string, with braces doubled, as section 3.11.5 asks.
fn message(finding: &Finding) -> String {
    let text = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    text.replace('{', "{{").replace('}', "}}")
}

/// Returns a place as a region, which also counts from 1 and ends after its last character.
fn region(place: Place) -> Region {
    Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Returns a path with `/` as a relative reference.
///
/// Everything but unreserved characters and `/` is percent-encoded as UTF-8, colons as well, or `a:b.md` would be a scheme:
/// <https://www.rfc-editor.org/rfc/rfc3986#section-4.2>.
fn relative_uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
