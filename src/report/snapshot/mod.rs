//! What a curriculum says at one time, in its own words: what another time is held against.
//!
//! In: the basis, or a file that `throughline snapshot` wrote. Out: pages with their sentences, topics, claims with their evidence, services, questions, and
//! the coverage. It holds words and no digests, so that what another version of the program wrote can be compared with.

mod facts;
mod page;
mod registers;
mod words;

use std::io;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::coverage::CoverageReport;
use super::data::{Json, Spacing};

pub use page::{Page, Question, Section, about, sections_signed};
pub use registers::{Claim, Evidence, Service, Topic};
pub use words::Words;

/// Version of a snapshot's fields; it rises when one changes its meaning. Older ones are read.
const SCHEMA: u32 = 1;

/// What tells a snapshot from other JSON.
const FORMAT: &str = "throughline-snapshot";

/// What a curriculum says at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot<'c> {
    /// Always the same: what kind of file this is.
    pub format: Words<'c>,
    /// Version of these fields.
    pub schema: u32,
    /// Version of the program that made it.
    pub tool_version: Words<'c>,
    /// What counted as today.
    pub as_of: Date,
    /// The modules in reading order, by name.
    pub modules: Vec<Module<'c>>,
    /// The pages in reading order.
    pub pages: Vec<Page<'c>>,
    /// The questions in reading order.
    pub questions: Vec<Question<'c>>,
    /// The topics in the order of the register.
    pub topics: Vec<Topic<'c>>,
    /// The claims of all statements in the order of the register.
    pub claims: Vec<Claim<'c>>,
    /// The support services in the order of the register.
    pub signposts: Vec<Service<'c>>,
    /// Every topic in every module.
    pub coverage: CoverageReport<'c>,
}

/// A module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module<'c> {
    /// Its name in addresses and reports.
    pub name: Words<'c>,
    /// Its title.
    pub title: Words<'c>,
}

/// Why a file is no snapshot that can be compared with.
#[derive(Debug, thiserror::Error)]
pub enum NotASnapshot {
    /// It is something else.
    #[error("it is no snapshot as `throughline snapshot` writes it: {0}")]
    Other(#[from] serde_json::Error),
    /// It is another kind of JSON.
    #[error("it is no snapshot as `throughline snapshot` writes it: its format is `{0}`")]
    Format(String),
    /// It was written by a later version.
    #[error("its schema is {0}, and this version reads schemas up to {SCHEMA}")]
    Schema(u32),
}

impl<'c> Snapshot<'c> {
    /// Takes down what a curriculum says.
    pub fn new(basis: &Basis<'c>) -> Self {
        Self {
            format: FORMAT.into(),
            schema: SCHEMA,
            tool_version: env!("CARGO_PKG_VERSION").into(),
            as_of: basis.as_of,
            modules: basis
                .curriculum
                .modules
                .iter()
                .map(|module| Module {
                    name: module.name.as_str().into(),
                    title: module.title.as_str().into(),
                })
                .collect(),
            pages: page::pages(basis),
            questions: page::questions(basis),
            topics: registers::topics(basis),
            claims: registers::claims(basis),
            signposts: registers::services(basis),
            coverage: CoverageReport::new(basis),
        }
    }

    /// Writes it as [`Snapshot::read`] reads it.
    ///
    /// # Errors
    ///
    /// When nothing more can be written.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        self.write_json(out, Spacing::Compact)
    }
}

impl Snapshot<'static> {
    /// Reads a snapshot.
    ///
    /// # Errors
    ///
    /// When the text is none.
    pub fn read(text: &str) -> Result<Self, NotASnapshot> {
        let text = text.trim_start_matches('\u{feff}');
        let Kind { format, schema } = serde_json::from_str(text)?;
        match (format, schema) {
            (format, _) if format != FORMAT => Err(NotASnapshot::Format(format)),
            (_, schema) if schema > SCHEMA => Err(NotASnapshot::Schema(schema)),
            _ => Ok(serde_json::from_str(text)?),
        }
    }
}

/// What is read first, so that whatever else a later version writes is no fault of the file.
#[derive(Deserialize)]
struct Kind {
    format: String,
    schema: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_snapshot_is_told_from_a_later_one() {
        for (text, expected) in [
            ("", "it is no snapshot"),
            ("{}", "it is no snapshot"),
            (r#"{"schema": 1, "summary": {}}"#, "it is no snapshot"),
            (
                r#"{"format": "other", "schema": 1}"#,
                "its format is `other`",
            ),
            (
                r#"{"format": "throughline-snapshot", "schema": 99, "new": 1}"#,
                "its schema is 99",
            ),
            (
                r#"{"format": "throughline-snapshot", "schema": 1}"#,
                "missing field `tool_version`",
            ),
        ] {
            let fault = Snapshot::read(text).expect_err(text).to_string();
            assert!(fault.contains(expected), "{text}: {fault}");
        }
    }
}
