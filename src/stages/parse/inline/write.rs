//! Writes the HTML of a run around what was found in it.

use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::ink::Ink;
use super::super::sheet::Sheet;
use super::super::walk::Located;
use super::links::{Closing, Written};
use super::names::{Linked, To, TopicLinks, open_topic_link};
use super::pieces::{Found, Run, is_code};
use super::spanned::{Spans, given_to};
use super::spans::Inline;
use super::{html, images, links};
use crate::model::attributes::{OF_IMAGES, OF_LINKS};
use crate::model::body::SlotKind;
use crate::model::foreign::Foreign;
use crate::model::lesson::LinkKind;
use crate::model::text::is_hidden;

/// Writes a run; what is `linked` becomes a link.
pub(super) fn run(
    sheet: &mut Sheet<'_>,
    inline: Inline<'_, '_>,
    kind: Run,
    (found, linked, topics): (&Found, &[Linked], &mut TopicLinks),
) {
    let Inline { run, marks } = inline;
    let mut spans = Spans::of(marks);
    let mut linked = linked.iter().peekable();
    let mut pieces = found.pieces.iter().peekable();
    let mut closings: Vec<Closing> = Vec::new();
    let mut label_open = false;
    let mut index = 0;
    while let Some((event, range)) = run.get(index) {
        let own = pieces.next_if(|piece| piece.event == index);
        let given = spans.pass(sheet, index, found);
        match event {
            Event::Text(_) | Event::SoftBreak => {
                if let Some(unsaid) = own.and_then(|own| own.unsaid.clone()) {
                    sheet.ink.push_text(&found.unsaid[unsaid]);
                } else if let Some(own) = own {
                    let text = Stretch {
                        text: own.text.clone(),
                        is_break: *event == Event::SoftBreak,
                    };
                    text.write(sheet, &mut linked);
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
                id,
            }) => {
                let at = found
                    .links
                    .binary_search_by_key(&index, |(opened, _)| *opened);
                let words = at.map_or(0..0, |at| found.links[at].1.clone());
                let link = Written {
                    link_type: *link_type,
                    target: dest_url,
                    label: id,
                    title,
                    range: range.clone(),
                    is_code: is_code(&found.pieces, &words),
                    is_empty: sheet.ink.text()[words.clone()]
                        .chars()
                        .all(|c| c.is_whitespace() || is_hidden(c))
                        && !holds_image(&run[index..]),
                    words,
                    given: given_to(sheet, given, "a link", &OF_LINKS).foreign,
                };
                closings.push(links::open(sheet, &link, topics));
            }
            Event::End(TagEnd::Link) => {
                if let Some(closing) = closings.pop() {
                    close(sheet, &closing);
                }
            }
            Event::Start(Tag::Image { .. }) => {
                let given = given_to(sheet, given, "an image", &OF_IMAGES);
                let end = images::end_of(run, index);
                while pieces.next_if(|piece| piece.event <= end).is_some() {}
                // The text of the whole run is there already: the image stands before what follows it.
                let text = sheet.ink.text().len();
                let at = pieces.peek().map_or(text, |next| next.text.start);
                images::write(sheet, (&run[index..=end], at), kind, given);
                index = end;
                spans.skip_to(index);
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

/// Returns whether an image stands in the link that a run begins with.
fn holds_image(run: &[Located<'_>]) -> bool {
    let inside = run.iter().map(|(event, _)| event);
    let mut inside = inside.take_while(|event| !matches!(event, Event::End(TagEnd::Link)));
    inside.any(|event| matches!(event, Event::Start(Tag::Image { .. })))
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
    fn write(&self, sheet: &mut Sheet<'_>, linked: &mut Peekable<Iter<'_, Linked>>) {
        let Range { start, end } = self.text;
        let mut at = start;
        while let Some(link) = linked.peek().filter(|link| link.text.start < end) {
            if link.text.start >= at {
                sheet.ink.push_written(at..link.text.start);
                at = link.text.start;
                open_linked(sheet, link);
            }
            self.write_plain(&mut sheet.ink, at..link.text.end.min(end));
            at = link.text.end.min(end);
            if link.text.end > end {
                return;
            }
            close(
                sheet,
                match &link.to {
                    To::Topic(..) => &Closing::Anchor,
                    To::Address(..) => &Closing::Slot,
                },
            );
            linked.next();
        }
        self.write_plain(&mut sheet.ink, at..end);
    }

    fn write_plain(&self, ink: &mut Ink, text: Range<usize>) {
        if !self.is_break {
            ink.push_written(text);
        } else if !text.is_empty() {
            ink.push("\n");
        }
    }
}

/// Ends a link.
fn close(sheet: &mut Sheet<'_>, closing: &Closing) {
    match closing {
        Closing::Anchor => sheet.ink.push("</a>"),
        Closing::Slot => sheet.ink.slot(SlotKind::LinkEnd),
        Closing::Nothing => {}
    }
}

/// Opens the link that words become by themselves.
fn open_linked(sheet: &mut Sheet<'_>, link: &Linked) {
    match &link.to {
        To::Topic(topic, anchor) => {
            open_topic_link(
                &mut sheet.ink,
                &sheet.context.registers,
                (*topic, *anchor),
                &Foreign::default(),
            );
        }
        To::Address(target, range) => {
            let written = Written {
                label: "",
                link_type: LinkType::Autolink,
                target,
                title: "",
                range: range.clone(),
                words: link.text.clone(),
                given: Foreign::default(),
                is_code: false,
                is_empty: false,
            };
            links::open_noted(sheet, LinkKind::External, &written);
        }
    }
}

/// Leaves a slot for the number of a footnote where it is named.
fn footnote_reference(sheet: &mut Sheet<'_>, label: &str, range: &Range<usize>) {
    let name = sheet.footnotes.name(label, range, sheet.around.audience());
    sheet.ink.slot(SlotKind::Footnote(name));
}
