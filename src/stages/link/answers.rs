//! Finds the pages that the register of answers names.
//!
//! In: where everything stands, and the register. Out: pages and anchors that are there, and a finding for what is not.

use std::cell::OnceCell;

use super::resolve::Paths;
use crate::model::curriculum::{Destination, Document, DocumentId};
use crate::model::finding::Fix;
use crate::model::nearness::{Names, question};
use crate::model::path::SourcePath;
use crate::model::registers::{Placed, Registers};
use crate::model::written::as_toml;
use crate::model::{Finding, Register, Rule};

const FILE: &str = Register::Answers.path();

/// Returns for each answer where it leads: its own place, then others.
pub fn find(
    paths: &Paths,
    documents: &[Document],
    registers: &Registers,
    findings: &mut Vec<Finding>,
) -> Vec<Vec<Destination>> {
    let mut answers = Vec::with_capacity(registers.answers.len());
    let known = Known {
        paths,
        documents,
        names: OnceCell::new(),
    };
    for answer in &registers.answers {
        let mut found = Vec::new();
        for place in std::iter::once(&answer.to).chain(&answer.also) {
            match known.destination(place) {
                Ok(destination) => found.push(destination),
                Err(finding) => findings.push(*finding),
            }
        }
        answers.push(found);
    }
    answers
}

/// What there is to be named; the names are made ready when the first one is wrong.
struct Known<'k> {
    paths: &'k Paths,
    documents: &'k [Document],
    names: OnceCell<Names>,
}

impl Known<'_> {
    fn destination(&self, place: &Placed<String>) -> Result<Destination, Box<Finding>> {
        let (path, anchor) = place.value.split_once('#').unwrap_or((&place.value, ""));
        let Some(id) = document(self.paths, path) else {
            let paths = || self.paths.keys().map(SourcePath::as_str);
            let names = self.names.get_or_init(|| Names::new(paths()));
            let near = names.near(path);
            let help = near.map(|near| near.name).map_or_else(
                || "write a path below modules/, such as \"01-basics/02-first.md#section\"".into(),
                question,
            );
            let message = format!("no lesson at `{path}` to answer");
            let write = near.filter(|near| near.is_certain && anchor.is_empty());
            let fix = write.and_then(|near| Fix::at(place.at, as_toml(near.name)));
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
}

/// Returns the document that a register names by its path below `modules/`.
pub fn document(paths: &Paths, written: &str) -> Option<DocumentId> {
    let path = written
        .strip_prefix("@/")
        .or_else(|| written.strip_prefix("modules/"))
        .unwrap_or(written);
    let found = paths.get(path);
    found.or_else(|| paths.get(&*format!("{path}.md"))).copied()
}

fn finding(rule: Rule, place: &Placed<String>, message: String, help: String) -> Finding {
    Finding::new(rule, FILE, place.place, message).help(help)
}
