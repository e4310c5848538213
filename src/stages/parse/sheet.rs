//! The sheet that a lesson is written on: its source, what is noted and what is written of it, and what stands around the text at hand.
//!
//! Every room for Markdown works on it, through the methods of its parts.

use std::ops::Range;
use std::sync::Arc;

use super::around::Around;
use super::context::Context;
use super::destinations::Definitions;
use super::footnotes::Footnotes;
use super::ids::Ids;
use super::ink::Ink;
use super::meant::Slip;
use super::notes::Notes;
use super::raw_html::Complaint;
use super::source::Source;
use crate::model::Rule;
use crate::model::config::RawHtml;
use crate::model::finding::Fix;
use crate::model::lesson::{Named, NamedKind};
use crate::model::nearness::{Near, question};

/// A lesson while it is read.
#[derive(Debug)]
pub(crate) struct Sheet<'s> {
    pub context: &'s Context,
    pub source: &'s Source<'s>,
    pub notes: Notes,
    pub ids: Ids,
    pub ink: Ink,
    pub around: Around,
    pub footnotes: Footnotes,
    pub definitions: Definitions,
}

impl Sheet<'_> {
    /// Adds a finding about a range of the Markdown.
    pub fn report(
        &mut self,
        rule: Rule,
        range: &Range<usize>,
        message: String,
        help: Option<String>,
    ) {
        let finding = self.source.finding(rule, range, message, help);
        self.notes.finding(finding);
    }

    /// Adds a finding about a name that no register or list has; `otherwise` helps where none is like it.
    pub fn report_unknown(
        &mut self,
        (rule, message): (Rule, String),
        range: &Range<usize>,
        near: Option<Near<'_>>,
        otherwise: &str,
    ) {
        let write = near.filter(|near| near.is_certain).map(|near| near.name);
        let fix = write.and_then(|write| Fix::at(self.source.at(range), write));
        let help = near.map_or_else(|| otherwise.into(), |near| question(near.name));
        let finding = self.source.finding(rule, range, message, Some(help));
        self.notes.finding(finding.maybe_fix(fix));
    }

    /// Adds a finding about what was probably meant as markup.
    pub fn slip(&mut self, slip: Slip) {
        let Slip {
            range,
            message,
            help,
            write,
        } = slip;
        let fix = write.and_then(|(range, write)| Fix::at(self.source.at(&range), write));
        let rule = Rule::LooksLikeMarkup;
        let finding = self.source.finding(rule, &range, message, Some(help));
        self.notes.finding(finding.maybe_fix(fix));
    }

    /// Adds findings about what was probably meant as markup in a stretch of the Markdown that starts at `base`.
    pub fn slips(&mut self, slips: impl IntoIterator<Item = Slip>, base: usize) {
        if self.is_verbatim() {
            return;
        }
        for slip in slips {
            let moved = |range: Range<usize>| base + range.start..base + range.end;
            self.slip(Slip {
                range: moved(slip.range),
                write: slip.write.map(|(range, write)| (moved(range), write)),
                ..slip
            });
        }
    }

    /// Adds a finding about raw HTML.
    pub fn complain(&mut self, complaint: Complaint) {
        let Complaint {
            rule,
            range,
            message,
            help,
        } = complaint;
        self.report(rule, &range, message, Some(help));
    }

    /// Returns whether the text at hand is taken as it is, for tests of the Markdown renderer.
    pub fn is_verbatim(&self) -> bool {
        self.context.raw_html == RawHtml::Verbatim
    }

    /// Notes an id in an attribute.
    pub fn name(&mut self, kind: NamedKind, range: &Range<usize>) {
        if let Some(at) = self.source.at(range) {
            self.notes.named(Named { kind, at });
        }
    }

    /// Takes an id that links may name, for whoever sees what is being read.
    pub fn claim(&mut self, wanted: &str) -> Arc<str> {
        self.ids.claim(wanted, self.around.audience())
    }

    /// Takes an id that the author gave; one that is taken already is a finding.
    pub fn claim_given(&mut self, wanted: &str, range: &Range<usize>) -> Arc<str> {
        if !self.ids.is_free(wanted) {
            let message = if self.ids.is_given(wanted) {
                format!("the id `{wanted}` is given twice in this file")
            } else {
                format!("the id `{wanted}` stands in the page already")
            };
            let help = "give each heading and block an id of its own";
            self.report(Rule::DuplicateId, range, message, Some(help.into()));
        }
        self.claim(wanted)
    }
}
