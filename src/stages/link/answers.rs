//! Finds the pages that the register of answers names.
//!
//! In: where everything stands, and the register. Out: pages and anchors that are there, and a finding for what is not.

use super::named::{Known, Meant};
use crate::model::curriculum::{Destination, Document};
use crate::model::finding::Fix;
use crate::model::nearness::{Names, question};
use crate::model::registers::{Placed, Registers};
use crate::model::written::as_toml;
use crate::model::{Finding, Register, Rule};

const FILE: &str = Register::Answers.path();

/// Returns for each answer where it leads: its own place, then others.
pub fn find(
    known: &Known<'_>,
    documents: &[Document],
    registers: &Registers,
    findings: &mut Vec<Finding>,
) -> Vec<Vec<Destination>> {
    let mut answers = Vec::with_capacity(registers.answers.len());
    let pages = Pages { known, documents };
    for answer in &registers.answers {
        let mut found = Vec::new();
        for place in std::iter::once(&answer.to).chain(&answer.also) {
            match pages.destination(place) {
                Ok(destination) => found.push(destination),
                Err(finding) => findings.push(*finding),
            }
        }
        answers.push(found);
    }
    answers
}

/// The pages to which answers lead.
struct Pages<'p> {
    known: &'p Known<'p>,
    documents: &'p [Document],
}

impl Pages<'_> {
    fn destination(&self, place: &Placed<String>) -> Result<Destination, Box<Finding>> {
        let (path, anchor) = place.value.split_once('#').unwrap_or((&place.value, ""));
        let Some(id) = self.known.id(path) else {
            let meant = self.known.meant(path);
            let help = meant.as_ref().map(|meant| meant.help.clone());
            let help = help.unwrap_or_else(|| {
                "write a path below modules/, such as \"01-basics/02-first.md#section\"".into()
            });
            let message = format!("no lesson at `{path}` to answer");
            let write = meant.and_then(|meant| self.written(meant, anchor));
            let fix = write.and_then(|write| Fix::at(place.at, as_toml(&write)));
            let finding = finding(Rule::BrokenLink, place, message, help);
            return Err(Box::new(finding.maybe_fix(fix)));
        };
        let anchors = &self.documents[id.0 as usize].lesson.anchors;
        if !anchor.is_empty() && !anchors.contains_key(anchor) {
            let names = Names::new(anchors.keys().map(|anchor| &**anchor));
            let help = names.nearest(anchor).map_or_else(
                || "name a heading or a block of that lesson by its id".into(),
                question,
            );
            let message = format!("`{path}` has no `#{anchor}`");
            return Err(Box::new(finding(Rule::BrokenAnchor, place, message, help)));
        }
        Ok(Destination {
            document: id,
            anchor: anchor.to_owned(),
        })
    }

    /// Returns what to write where nothing else could be meant; what stood behind `#` is not given up unseen.
    fn written(&self, meant: Meant<'_>, anchor: &str) -> Option<String> {
        if !meant.is_certain {
            return None;
        }
        if anchor.is_empty() {
            return Some(meant.name.into_owned());
        }
        let id = self.known.id(&meant.name)?;
        let anchors = &self.documents[id.0 as usize].lesson.anchors;
        let has_it = anchors.contains_key(anchor);
        has_it.then(|| format!("{}#{anchor}", meant.name))
    }
}

fn finding(rule: Rule, place: &Placed<String>, message: String, help: String) -> Finding {
    Finding::new(rule, FILE, place.place, message).help(help)
}
