//! Gathers footnotes and writes them at the end of the page, with links back to where they are named.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::document::Writer;
use crate::model::Rule;
use crate::model::config::RawHtml;
use crate::model::lesson::Body;

/// The footnotes of a file. Labels are kept with their cases folded, as the parser compares them.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
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

#[derive(Debug)]
struct Reference {
    label: String,
    range: Range<usize>,
    facilitator: bool,
}

/// A definition; while it is open, `body` is what has been written before it.
#[derive(Debug)]
struct Definition {
    label: String,
    range: Range<usize>,
    body: Body,
}

/// How many references and definitions there were.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize, usize);

impl Footnotes {
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
}

impl Writer<'_> {
    /// Starts a definition.
    pub fn open_footnote(&mut self, label: &str, range: Range<usize>) {
        let label = folded(label);
        if self.in_facilitator() {
            self.footnotes.facilitators.insert(label.clone());
        }
        let body = std::mem::take(&mut self.out);
        self.footnotes.open.push(Definition { label, range, body });
    }

    /// Writes the number of a footnote where it is named.
    pub fn footnote_reference(&mut self, label: &str, range: &Range<usize>) {
        let label = folded(label);
        let facilitator = self.in_facilitator();
        let named = &mut self.footnotes.named;
        let position = named.len();
        let (position, times) = named.entry(label.clone()).or_insert((position, 0));
        *times += 1;
        let (n, time) = (*position + 1, *times);
        self.footnotes.references.push(Reference {
            label,
            range: range.clone(),
            facilitator,
        });
        let id = reference_id(n, time);
        let word = self.context.strings.get("footnote").to_owned();
        self.push(&format!(
            "<sup class=\"footnote-ref\" id=\"{id}\"><a href=\"#fn-{n}\" aria-label=\""
        ));
        self.push_value(&word);
        self.push(&format!(" {n}\">{n}</a></sup>"));
    }

    /// Writes the footnotes in the order in which they are named; those that nobody names come last.
    pub fn append_footnotes(&mut self) {
        if self.context.raw_html == RawHtml::Verbatim {
            return;
        }
        let mut footnotes = std::mem::take(&mut self.footnotes);
        self.report_footnotes_for_facilitators(&footnotes);
        self.report_second_definitions(&mut footnotes.defined);
        let Footnotes {
            named,
            left_out,
            mut defined,
            ..
        } = footnotes;
        defined.retain(|note| named.contains_key(&note.label) || !left_out.contains(&note.label));
        if defined.is_empty() {
            return;
        }
        let position = |label: &str| named.get(label).map_or(named.len(), |(at, _)| *at);
        defined.sort_by_key(|note| position(&note.label));
        let heading = self.context.strings.get("footnotes").to_owned();
        self.push("<section class=\"footnotes\" aria-label=\"");
        self.push_value(&heading);
        self.push("\">\n<ol>\n");
        let mut unnamed = named.len();
        for note in defined {
            let (n, times) = match named.get(&note.label) {
                Some((position, times)) => (position + 1, *times),
                None => {
                    unnamed += 1;
                    (unnamed, 0)
                }
            };
            self.append_footnote(note.body, n, times);
        }
        self.push("</ol>\n</section>\n");
    }

    fn append_footnote(&mut self, body: Body, n: usize, times: u32) {
        let back = self.context.strings.get("back_to_text").to_owned();
        self.push(&format!("<li id=\"fn-{n}\">\n"));
        let shift = self.out.html.len() as u32;
        self.push(&body.html);
        for mut slot in body.slots {
            slot.at += shift;
            self.out.slots.push(slot);
        }
        for time in 1..=times {
            let id = reference_id(n, time);
            self.push(&format!("<p class=\"footnote-back\"><a href=\"#{id}\">"));
            self.push_text(&back);
            self.push(&format!(" {n}</a></p>\n"));
        }
        self.push("</li>\n");
    }

    /// Reports where text for everybody names a footnote that only facilitators see.
    fn report_footnotes_for_facilitators(&mut self, footnotes: &Footnotes) {
        for reference in &footnotes.references {
            if !reference.facilitator && footnotes.facilitators.contains(&reference.label) {
                let label = self.source[reference.range.clone()].to_owned();
                self.report(
                    Rule::BrokenLink,
                    &reference.range,
                    format!("the footnote `{label}` stands in a `facilitator` block, which learners do not see"),
                    Some("move its text out of that block".into()),
                );
            }
        }
    }

    /// Reports labels that are defined twice, and keeps the first definition of each.
    fn report_second_definitions(&mut self, defined: &mut Vec<Definition>) {
        let mut seen = HashSet::new();
        defined.retain(|note| {
            let is_first = seen.insert(note.label.clone());
            if !is_first {
                let range = super::headings::line_of(self.source, &note.range);
                self.report(
                    Rule::DuplicateId,
                    &range,
                    format!(
                        "the footnote `[^{}]` is defined twice in this file",
                        note.label
                    ),
                    Some("give each footnote a label of its own".into()),
                );
            }
            is_first
        });
    }
}

/// Folds the cases of a label.
fn folded(label: &str) -> String {
    // Through upper case, so that letters with two small forms become one.
    label.to_uppercase().to_lowercase()
}

fn reference_id(number: usize, time: u32) -> String {
    if time == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{time}")
    }
}
