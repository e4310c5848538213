//! Counts the footnotes of a file as they are named, and keeps what defines them until the end.
//!
//! Labels are kept with their cases folded, as the Markdown parser compares them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::model::audience::Audience;
use crate::model::body::Body;

/// The footnotes of a file.
#[derive(Debug, Default)]
pub(crate) struct Footnotes {
    references: Vec<Reference>,
    /// For each label that is named: its position in the order in which they are first named, from 0, and how often.
    named: HashMap<String, (usize, u32)>,
    /// Labels that text named which the edition leaves out.
    left_out: HashSet<String>,
    defined: Vec<Definition>,
    open: Vec<Definition>,
    /// Labels of the definitions that only facilitators see.
    facilitators: HashSet<String>,
}

/// A place where a footnote is named.
#[derive(Debug)]
pub(crate) struct Reference {
    label: String,
    range: Range<usize>,
    audience: Audience,
}

/// A definition; while it is open, `body` is what has been written before it.
#[derive(Debug)]
pub(crate) struct Definition {
    pub label: String,
    pub range: Range<usize>,
    pub body: Body,
}

/// How many references and definitions there were.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark(usize, usize);

impl Footnotes {
    /// Names a footnote; returns its number, and how often it has been named.
    pub fn name(&mut self, label: &str, range: &Range<usize>, audience: Audience) -> (usize, u32) {
        let label = folded(label);
        let position = self.named.len();
        let (position, times) = self.named.entry(label.clone()).or_insert((position, 0));
        *times += 1;
        let found = (*position + 1, *times);
        self.references.push(Reference {
            label,
            range: range.clone(),
            audience,
        });
        found
    }

    /// Starts a definition; `outside` is what had been written before it.
    pub fn open(&mut self, label: &str, range: Range<usize>, audience: Audience, outside: Body) {
        let label = folded(label);
        if audience == Audience::Facilitators {
            self.facilitators.insert(label.clone());
        }
        self.open.push(Definition {
            label,
            range,
            body: outside,
        });
    }

    /// Ends a definition; returns what had been written before it.
    pub fn close(&mut self, definition: Body) -> Body {
        let Some(mut open) = self.open.pop() else {
            return definition;
        };
        let outside = std::mem::replace(&mut open.body, definition);
        self.defined.push(open);
        outside
    }

    /// Returns what there is so far.
    pub fn mark(&self) -> Mark {
        Mark(self.references.len(), self.defined.len())
    }

    /// Takes back what has come since a mark.
    pub fn leave_out(&mut self, since: Mark) {
        self.defined.truncate(since.1);
        for reference in self.references.drain(since.0..) {
            // A label that was first named since the mark has one of the last positions, so no gap is left.
            if let Some((_, times)) = self.named.get_mut(&reference.label) {
                *times -= 1;
                if *times == 0 {
                    self.named.remove(&reference.label);
                }
            }
            self.left_out.insert(reference.label);
        }
    }

    /// Returns the ranges where text for everybody names a footnote that only facilitators see.
    pub fn out_of_reach(&self) -> Vec<Range<usize>> {
        let references = self.references.iter().filter(|reference| {
            reference.audience == Audience::Everybody
                && self.facilitators.contains(&reference.label)
        });
        references
            .map(|reference| reference.range.clone())
            .collect()
    }

    /// Takes out definitions of labels that are defined already.
    pub fn take_repeated(&mut self) -> Vec<Definition> {
        let mut seen = HashSet::new();
        self.defined
            .extract_if(.., |note| !seen.insert(note.label.clone()))
            .collect()
    }

    /// Returns the definitions in the order in which they are named, each with its number and how often it is named; those that nobody names come
    /// last.
    pub fn in_order(self) -> Vec<(Definition, usize, u32)> {
        let Self {
            named,
            left_out,
            mut defined,
            ..
        } = self;
        defined.retain(|note| named.contains_key(&note.label) || !left_out.contains(&note.label));
        let position = |label: &str| named.get(label).map_or(named.len(), |(at, _)| *at);
        defined.sort_by_key(|note| position(&note.label));
        let mut unnamed = named.len();
        let numbered = defined.into_iter().map(|note| {
            let (n, times) = match named.get(&note.label) {
                Some((position, times)) => (position + 1, *times),
                None => {
                    unnamed += 1;
                    (unnamed, 0)
                }
            };
            (note, n, times)
        });
        numbered.collect()
    }
}

/// Folds the cases of a label.
fn folded(label: &str) -> String {
    // Through upper case, so that letters with two small forms become one.
    label.to_uppercase().to_lowercase()
}

/// Returns the id of the place where a footnote is named for the n-th time.
pub(crate) fn reference_id(number: usize, time: u32) -> String {
    if time == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{time}")
    }
}
