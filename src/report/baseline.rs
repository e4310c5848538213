//! The ratchet: findings that are known already, so that a check fails only on new ones.
//!
//! In: a run's findings, and the text of a baseline. Out: what is new, and which known ones are gone. A finding is known by its rule, file, message
//! and the words of its source line, and by how many such there are: never by its line's number. Reads no files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::bytes::start_of;
use crate::model::{Finding, Rule, Severity};

use super::findings::SourceLookup;

const SCHEMA: u32 = 1;

/// What tells a finding from others, wherever its line has moved to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Known {
    /// Path relative to the root, with `/`.
    pub file: String,
    /// The rule's name.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// The source line with single spaces, a long one by its start and a digest; empty where the file cannot be read.
    pub source: String,
}

/// Findings that are known already, and how often each stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Known, u32>,
}

/// A text is not a baseline.
#[derive(Debug, thiserror::Error)]
pub enum NotABaseline {
    /// It is not JSON with a baseline's fields.
    #[error("this is not a baseline that `check --write-baseline` wrote: {0}")]
    Other(#[from] serde_json::Error),
    /// It was written by a later version.
    #[error("this baseline has schema {0}, and this version reads schema {SCHEMA}")]
    Schema(u32),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: u32,
    baseline: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    known: Known,
    count: u32,
}

/// Findings, and the texts that they speak of.
#[derive(Clone, Copy)]
pub struct Seen<'s> {
    /// The findings.
    pub findings: &'s [Finding],
    /// Returns the text of a file.
    pub source: SourceLookup<'s>,
}

/// A run's findings held against a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratchet {
    /// Findings that the baseline does not have, in reading order.
    pub new: Vec<Finding>,
    /// Findings that it has.
    pub known: Vec<Finding>,
    /// What it has and the run has not, and how many of each.
    pub gone: Vec<(Known, u32)>,
}

impl Baseline {
    /// Takes the findings of a run.
    pub fn of(findings: &[Finding], source: SourceLookup<'_>) -> Self {
        let mut known = BTreeMap::new();
        let findings = findings.iter().filter(|finding| can_be_known(finding));
        let findings: Vec<Finding> = findings.cloned().collect();
        for key in keys(&findings, source) {
            *known.entry(key).or_default() += 1;
        }
        Self { known }
    }

    /// Reads a baseline as [`Baseline::to_json`] writes it.
    ///
    /// # Errors
    ///
    /// When the text is anything else.
    pub fn from_json(text: &str) -> Result<Self, NotABaseline> {
        let document: Document = serde_json::from_str(text)?;
        if document.schema != SCHEMA {
            return Err(NotABaseline::Schema(document.schema));
        }
        let entries = document.baseline.into_iter();
        Ok(Self {
            known: entries
                .map(|Entry { mut known, count }| {
                    // Written whole before long lines were shortened.
                    known.source = shortened(known.source);
                    (known, count)
                })
                .collect(),
        })
    }

    /// Writes the baseline as JSON, sorted by file, rule and message.
    pub fn to_json(&self) -> String {
        let entries = self.known.iter().map(|(known, count)| Entry {
            known: known.clone(),
            count: *count,
        });
        let document = Document {
            schema: SCHEMA,
            baseline: entries.collect(),
        };
        let mut text = serde_json::to_string_pretty(&document)
            .expect("a document of strings and numbers is always JSON");
        text.push('\n');
        text
    }

    /// Returns the baseline after a change: of two findings that are the same, before and after, the second one is known in place of the first one, and what
    /// stands otherwise is known by its file's new path.
    #[must_use]
    pub fn followed(
        self,
        before: Seen<'_>,
        after: Seen<'_>,
        file: &dyn Fn(&str) -> String,
    ) -> Self {
        let mut left = self.known;
        let mut known: BTreeMap<Known, u32> = BTreeMap::new();
        let pairs = keys(before.findings, before.source)
            .into_iter()
            .zip(keys(after.findings, after.source));
        for (was, is) in pairs {
            if let Some(count) = left.get_mut(&was).filter(|count| **count > 0) {
                *count -= 1;
                *known.entry(is).or_default() += 1;
            }
        }
        for (was, count) in left.into_iter().filter(|(_, count)| *count > 0) {
            let file = file(&was.file);
            *known.entry(Known { file, ..was }).or_default() += count;
        }
        Self { known }
    }

    /// Returns how many findings are known.
    pub fn count(&self) -> usize {
        self.known.values().map(|count| *count as usize).sum()
    }

    /// Holds a run's findings against the baseline; of more alike than it has, the last ones are new.
    pub fn hold(mut self, findings: Vec<Finding>, source: SourceLookup<'_>) -> Ratchet {
        let keys = keys(&findings, source);
        let mut new = Vec::new();
        let mut known = Vec::new();
        for (finding, key) in findings.into_iter().zip(keys) {
            let left = self.known.get_mut(&key).filter(|left| **left > 0);
            match left.filter(|_| can_be_known(&finding)) {
                Some(left) => {
                    *left -= 1;
                    known.push(finding);
                }
                None => new.push(finding),
            }
        }
        let gone = self
            .known
            .into_iter()
            .filter(|(known, left)| *left > 0 && !may_be_missed(known));
        Ratchet {
            new,
            known,
            gone: gone.collect(),
        }
    }
}

impl Ratchet {
    /// Returns all findings in reading order, with those that are known as infos.
    pub fn with_known(self) -> Vec<Finding> {
        let known = self.known.into_iter().map(|finding| Finding {
            severity: Severity::Info,
            ..finding
        });
        let mut findings: Vec<Finding> = self.new.into_iter().chain(known).collect();
        findings.sort_by(Finding::reading_order);
        findings
    }
}

/// Returns whether a baseline may cover a finding: not what would harm readers or keep pages from having an address, and nothing but content.
fn can_be_known(finding: &Finding) -> bool {
    let harms = matches!(
        finding.rule,
        Rule::OutputCollision
            | Rule::UnsafePath
            | Rule::UnsafeLink
            | Rule::InvalidText
            | Rule::InvalidRegister
    );
    !harms && finding.file.starts_with("modules/")
}

/// Returns whether a finding's absence says nothing: other sites were not asked or answer otherwise today, or no package was made.
fn may_be_missed(known: &Known) -> bool {
    Rule::named(&known.rule).is_some_and(|rule| !rule.is_always_looked_for())
}

/// Returns each finding's key; every file is read once, since findings come sorted by file.
fn keys(findings: &[Finding], source: SourceLookup<'_>) -> Vec<Known> {
    let mut keys = Vec::with_capacity(findings.len());
    for of_file in findings.chunk_by(|a, b| a.file == b.file) {
        let text = source(&of_file[0].file).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let mut read = (0, String::new());
        keys.extend(of_file.iter().map(|finding| {
            // A long line with many findings is read once.
            if read.0 != finding.place.line {
                let line = lines.get((finding.place.line as usize).saturating_sub(1));
                let words: Vec<&str> = line.unwrap_or(&"").split_whitespace().collect();
                read = (finding.place.line, shortened(words.join(" ")));
            }
            Known {
                file: finding.file.clone(),
                rule: finding.rule.name().to_owned(),
                message: finding.message.clone(),
                source: read.1.clone(),
            }
        }));
    }
    keys
}

/// Longer lines are known by their start and a digest, in bytes: 5,000 findings on one line of 50 KB made a baseline of 250 MB.
const LONGEST: usize = 1000;

fn shortened(line: String) -> String {
    if line.len() <= LONGEST {
        return line;
    }
    let start = start_of(&line, LONGEST / 2);
    format!(
        "{start}... {}",
        &blake3::hash(line.as_bytes()).to_hex()[..16]
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Place;

    fn finding(line: u32, message: &str) -> Finding {
        let place = Place {
            line,
            end_line: line,
            ..Place::START
        };
        Finding::new(Rule::BrokenLink, "modules/a.md", place, message)
    }

    fn source(text: &'static str) -> impl Fn(&str) -> Option<Arc<str>> {
        move |_| Some(text.into())
    }

    #[test]
    fn long_lines_are_known_by_a_short_text_whenever_they_were_written_down() {
        let long = "a word ".repeat(10_000);
        let source = |_: &str| Some(Arc::from(long.as_str()));
        let findings: Vec<Finding> = (0..1_000).map(|n| finding(1, &n.to_string())).collect();
        let baseline = Baseline::of(&findings, &source);
        let json = baseline.to_json();
        assert!(json.len() < 1_000_000, "{}", json.len());
        let mut before = baseline;
        let whole = long.trim_end().to_owned();
        before.known = std::mem::take(&mut before.known)
            .into_iter()
            .map(|(known, count)| {
                (
                    Known {
                        source: whole.clone(),
                        ..known
                    },
                    count,
                )
            })
            .collect();
        let read = Baseline::from_json(&before.to_json()).expect("it is a baseline");
        assert_eq!(read.hold(findings, &source).known.len(), 1_000);
    }

    #[test]
    fn known_findings_stay_known_when_lines_move() {
        let before = source("see [a](b.md)\nsee [a](b.md)\n");
        let baseline = Baseline::of(&[finding(1, "x"), finding(2, "x")], &before);
        let after = source("new\n\n  see  [a](b.md)\nsee [a](b.md)\n");
        let ratchet = baseline.hold(vec![finding(3, "x"), finding(4, "x")], &after);
        assert_eq!(
            (ratchet.new.len(), ratchet.known.len(), ratchet.gone.len()),
            (0, 2, 0)
        );
    }

    #[test]
    fn more_of_the_same_is_new_and_fewer_is_gone() {
        let lines = source("see\nsee\nsee\n");
        let baseline = Baseline::of(&[finding(1, "x"), finding(2, "y")], &lines);
        let ratchet = baseline.hold(vec![finding(1, "x"), finding(3, "x")], &lines);
        assert_eq!(ratchet.new, [finding(3, "x")]);
        assert_eq!(ratchet.known.len(), 1);
        let gone: Vec<(&str, u32)> = ratchet
            .gone
            .iter()
            .map(|(known, count)| (known.message.as_str(), *count))
            .collect();
        assert_eq!(gone, [("y", 1)]);
    }

    #[test]
    fn what_other_sites_answered_is_known_and_never_gone() {
        let lines = source("see\n");
        let finding = Finding::new(Rule::ExternalLinkBroken, "modules/a.md", Place::START, "x");
        let baseline = Baseline::of(std::slice::from_ref(&finding), &lines);
        let without = baseline.clone().hold(Vec::new(), &lines);
        assert!(without.gone.is_empty(), "{:?}", without.gone);
        let with = baseline.hold(vec![finding], &lines);
        assert_eq!((with.new.len(), with.known.len()), (0, 1));
    }

    #[test]
    fn another_message_or_another_line_is_new() {
        let baseline = Baseline::of(&[finding(1, "x")], &source("one\n"));
        for (findings, text) in [
            (vec![finding(1, "y")], "one\n"),
            (vec![finding(1, "x")], "two\n"),
        ] {
            let ratchet = baseline.clone().hold(findings, &source(text));
            assert_eq!((ratchet.new.len(), ratchet.gone.len()), (1, 1), "{text}");
        }
    }

    #[test]
    fn a_baseline_is_read_as_it_is_written() {
        let baseline = Baseline::of(
            &[finding(1, "x"), finding(9, "\"y\"")],
            &source("a \"b\"\n"),
        );
        let text = baseline.to_json();
        assert_eq!(
            Baseline::from_json(&text).expect("it is a baseline"),
            baseline
        );
        for other in [
            "",
            "{}",
            "[]",
            "{\"schema\": 1}",
            "{\"schema\": 1, \"findings\": []}",
        ] {
            assert!(Baseline::from_json(other).is_err(), "{other}");
        }
        let later = text.replace("\"schema\": 1", "\"schema\": 2");
        assert!(matches!(
            Baseline::from_json(&later),
            Err(NotABaseline::Schema(2))
        ));
    }
}
