//! What an open page is told: which version it should show, and what is wrong, with source lines.

use std::collections::HashMap;
use std::sync::Arc;

use camino::Utf8Path;
use serde::Serialize;

use super::preview::Shown;
use crate::model::{Finding, LineIndex, Severity};
use crate::report::findings::Quote;
use crate::stages::discover::quotable;

/// More findings than this are not shown in a page; the reviewer's view has them all.
const MOST_SHOWN: usize = 50;

/// What an open page is told.
#[derive(Debug, Serialize)]
pub struct State<'s> {
    /// The version that the page should show.
    pub version: String,
    /// Why no site can be made.
    pub failure: Option<String>,
    /// Whether the page is older than its source.
    pub kept: bool,
    /// How many findings of each severity there are.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The findings that the page shows: those of its own source first.
    pub findings: Vec<Entry<'s>>,
}

/// A finding as a page shows it.
#[derive(Debug, Serialize)]
pub struct Entry<'s> {
    rule: &'static str,
    severity: Severity,
    file: &'s str,
    line: u32,
    column: u32,
    message: &'s str,
    help: Option<&'s str>,
    quote: Option<Lines>,
}

/// The source lines of a finding in three parts: before the fault, the fault, after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// Number of the first line, from 1.
    pub first: u32,
    /// Before, at and after the fault.
    pub parts: [String; 3],
}

/// Returns the findings that a page should show: all errors, and the warnings of its own source.
pub fn entries<'s>(shown: &'s Shown, url: &str, root: &Utf8Path) -> Vec<Entry<'s>> {
    let source = shown.site.as_ref().and_then(|site| site.source_of(url));
    let is_own = |finding: &Finding| Some(finding.file.as_str()) == source;
    let mut chosen: Vec<&Finding> = shown
        .findings
        .iter()
        .filter(|finding| match finding.severity {
            Severity::Error => true,
            Severity::Warning => is_own(finding),
            Severity::Info => false,
        })
        .collect();
    chosen.sort_by_key(|finding| (finding.severity, !is_own(finding)));
    chosen.truncate(MOST_SHOWN);
    let mut quotes = Quotes::of(root);
    chosen
        .into_iter()
        .map(|finding| Entry {
            rule: finding.rule.name(),
            severity: finding.severity,
            file: &finding.file,
            line: finding.place.line,
            column: finding.place.column,
            message: &finding.message,
            help: finding.help.as_deref(),
            quote: quotes.lines(finding),
        })
        .collect()
}

/// Quotes from sources, each read once.
#[derive(Debug)]
pub struct Quotes<'r> {
    root: &'r Utf8Path,
    texts: HashMap<String, Arc<str>>,
}

impl<'r> Quotes<'r> {
    /// Starts with nothing read.
    pub fn of(root: &'r Utf8Path) -> Self {
        Self {
            root,
            texts: HashMap::new(),
        }
    }

    /// Returns the lines of a finding; nothing where the source no longer has them.
    pub fn lines(&mut self, finding: &Finding) -> Option<Lines> {
        let root = self.root;
        let text = self
            .texts
            .entry(finding.file.clone())
            .or_insert_with(|| quotable(root, &finding.file).unwrap_or_default());
        let quote = Quote::of(text, &LineIndex::new(text), finding.place)?;
        let (before, rest) = quote.text.split_at(quote.marked.start);
        let (marked, after) = rest.split_at(quote.marked.len());
        Some(Lines {
            first: quote.first_line,
            parts: [before, marked, after].map(ToOwned::to_owned),
        })
    }
}
