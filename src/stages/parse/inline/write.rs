//! Writes the HTML of a run around what was found in it.

use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::ink::Ink;
use super::super::sheet::Sheet;
use super::super::walk::Located;
use super::links::{Closing, Written};
use super::names::{LinkedName, TopicLinks, open_topic_link};
use super::pieces::{Found, Run, is_code};
use super::{html, images, links};
use crate::model::Registers;
use crate::model::body::SlotKind;

/// Writes a run; `names` become links to their topics.
pub(super) fn run(
    sheet: &mut Sheet<'_>,
    run: &[Located<'_>],
    kind: Run,
    (found, names, topics): (&Found, &[LinkedName], &mut TopicLinks),
) {
    let registers = &sheet.context.registers;
    let mut names = names.iter().peekable();
    let mut pieces = found.pieces.iter().peekable();
    let mut closings: Vec<Closing> = Vec::new();
    let mut label_open = false;
    let mut index = 0;
    while let Some((event, range)) = run.get(index) {
        let own = pieces.next_if(|piece| piece.event == index);
        match event {
            Event::Text(_) | Event::SoftBreak => {
                if let Some(own) = own {
                    let text = Stretch {
                        text: own.text.clone(),
                        is_break: *event == Event::SoftBreak,
                    };
                    text.write(&mut sheet.ink, &mut names, registers);
                }
            }
            Event::HardBreak => sheet.ink.push("<br />\n"),
            Event::Code(code) => {
                sheet.ink.push("<code>");
                sheet.ink.push_text(code);
                sheet.ink.push("</code>");
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                let at = found
                    .links
                    .binary_search_by_key(&index, |(opened, _)| *opened);
                let words = at.map_or(0..0, |at| found.links[at].1.clone());
                let link = Written {
                    link_type: *link_type,
                    target: dest_url,
                    title,
                    range: range.clone(),
                    is_code: is_code(&found.pieces, &words),
                    words,
                };
                closings.push(links::open(sheet, &link, topics));
            }
            Event::End(TagEnd::Link) => {
                if let Some(Closing::Anchor) = closings.pop() {
                    sheet.ink.push("</a>");
                }
            }
            Event::Start(Tag::Image { .. }) => {
                index = images::write(sheet, run, index, kind);
                while pieces.next_if(|piece| piece.event <= index).is_some() {}
            }
            Event::InlineHtml(html) => html::write(sheet, html, range),
            Event::FootnoteReference(label) => footnote_reference(sheet, label, range),
            Event::TaskListMarker(checked) => {
                label_open = true;
                sheet.ink.push(if *checked {
                    "<label class=\"task\"><input type=\"checkbox\" disabled checked /> "
                } else {
                    "<label class=\"task\"><input type=\"checkbox\" disabled /> "
                });
            }
            other => sheet.ink.push(mark(other)),
        }
        index += 1;
    }
    if label_open {
        sheet.ink.push("</label>");
    }
}

/// Returns the tag of an emphasis or strike through, and nothing for anything else.
fn mark(event: &Event<'_>) -> &'static str {
    match event {
        Event::Start(Tag::Emphasis) => "<em>",
        Event::End(TagEnd::Emphasis) => "</em>",
        Event::Start(Tag::Strong) => "<strong>",
        Event::End(TagEnd::Strong) => "</strong>",
        Event::Start(Tag::Strikethrough) => "<del>",
        Event::End(TagEnd::Strikethrough) => "</del>",
        _ => "",
    }
}

/// A stretch of the lesson's text that is written in one go.
struct Stretch {
    text: Range<usize>,
    is_break: bool,
}

impl Stretch {
    /// Writes it with the links that begin, pass or end in it.
    fn write(
        &self,
        ink: &mut Ink,
        names: &mut Peekable<Iter<'_, LinkedName>>,
        registers: &Registers,
    ) {
        let Range { start, end } = self.text;
        let mut at = start;
        while let Some(name) = names.peek().filter(|name| name.text.start < end) {
            if name.text.start >= at {
                ink.push_written(at..name.text.start);
                at = name.text.start;
                open_topic_link(ink, registers, name.topic, name.anchor);
            }
            self.write_plain(ink, at..name.text.end.min(end));
            at = name.text.end.min(end);
            if name.text.end > end {
                return;
            }
            ink.push("</a>");
            names.next();
        }
        self.write_plain(ink, at..end);
    }

    fn write_plain(&self, ink: &mut Ink, text: Range<usize>) {
        if !self.is_break {
            ink.push_written(text);
        } else if !text.is_empty() {
            ink.push("\n");
        }
    }
}

/// Leaves a slot for the number of a footnote where it is named.
fn footnote_reference(sheet: &mut Sheet<'_>, label: &str, range: &Range<usize>) {
    let name = sheet.footnotes.name(label, range, sheet.around.audience());
    sheet.ink.slot(SlotKind::Footnote(name));
}
