//! Writes a run of inline content: joins its text, finds topic names in it, and writes HTML around what it found.
//!
//! The parser hands text out in pieces (soft breaks, failed references, entities). Names are searched for in the joined text of the whole run, and
//! each hit is carried back to the pieces that it covers.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::document::{Located, Writer};
use super::links::Closing;
use super::names::LinkedName;
use super::pieces::{Found, Piece};
use crate::model::Rule;
use crate::model::config::RawHtml;
use crate::model::vocabulary::{Meant, Wanted};

/// What to do with the names of topics in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matching {
    /// Record them and link them by each topic's policy.
    Topics,
    /// Record them.
    RecordOnly,
    /// Leave them alone: in headings.
    Nothing,
}

/// What was found in a run, and where in the lesson's text.
pub(super) type Hit = (Meant, Range<usize>);

/// Returns whether a tag belongs to inline content.
pub(super) fn is_inline_tag(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Returns whether an end tag belongs to inline content.
pub(super) fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_tag(tag),
        Event::End(tag) => is_inline_end(*tag),
        Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

impl Writer<'_> {
    /// Writes the inline content from the event at hand up to the next block-level event.
    pub fn inline_run(&mut self, events: &[Located<'_>], matching: Matching) {
        let from = self.at;
        let until = events[from..]
            .iter()
            .position(|(event, _)| !is_inline(event))
            .map_or(events.len(), |count| from + count);
        match self.cleaned_run(&events[from..until]) {
            Some(cleaned) => self.write_inline(&cleaned, 0..cleaned.len(), matching),
            None => self.write_inline(events, from..until, matching),
        }
        self.at = until;
    }

    /// Writes inline content whose raw HTML has been decided about.
    pub fn write_inline(&mut self, events: &[Located<'_>], run: Range<usize>, matching: Matching) {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        self.join_text(events, run.clone(), &mut found);
        self.report_missing_footnotes(&found.pieces);
        self.find_phrases(&found.pieces, matching, &mut found.hits);
        self.note_words(&found.pieces, &found.hits);
        let linked = self.take_names(&found.pieces, &found.hits, matching);
        self.write_run(events, run, &found, &linked);
        self.found = found;
    }

    /// Finds the names of topics and the words to avoid in a run, as far as they count there.
    fn find_phrases(&self, pieces: &[Piece], matching: Matching, hits: &mut Vec<Hit>) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        let start = first.text.start;
        let text = &self.lesson.text[start..last.text.end];
        let wanted = Wanted {
            topics: matching != Matching::Nothing && self.takes_names(),
            terms: self.avoids_words(),
        };
        self.context.vocabulary.find(text, wanted, |meant, range| {
            hits.push((meant, start + range.start..start + range.end));
        });
    }

    fn write_run(
        &mut self,
        events: &[Located<'_>],
        run: Range<usize>,
        Found { pieces, links, .. }: &Found,
        linked: &[LinkedName],
    ) {
        let text = std::mem::take(&mut self.lesson.text);
        let mut names = linked.iter().peekable();
        let mut piece = 0;
        let mut closings: Vec<Closing> = Vec::new();
        let mut label_open = false;
        let mut index = run.start;
        while index < run.end {
            let (event, range) = &events[index];
            let own = pieces.get(piece).filter(|own| own.event == index);
            if own.is_some() {
                piece += 1;
            }
            match event {
                Event::Text(_) => {
                    if let Some(own) = own {
                        self.write_text(&text, own.text.clone(), false, &mut names);
                    }
                }
                Event::SoftBreak => {
                    if let Some(own) = own {
                        self.write_text(&text, own.text.clone(), true, &mut names);
                    }
                }
                Event::HardBreak => self.push("<br />\n"),
                Event::Code(code) => {
                    self.push("<code>");
                    self.push_text(code);
                    self.push("</code>");
                }
                Event::Start(Tag::Emphasis) => self.push("<em>"),
                Event::End(TagEnd::Emphasis) => self.push("</em>"),
                Event::Start(Tag::Strong) => self.push("<strong>"),
                Event::End(TagEnd::Strong) => self.push("</strong>"),
                Event::Start(Tag::Strikethrough) => self.push("<del>"),
                Event::End(TagEnd::Strikethrough) => self.push("</del>"),
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    ..
                }) => {
                    let words = links
                        .binary_search_by_key(&index, |(opened, _)| *opened)
                        .map_or(0..0, |at| links[at].1.clone());
                    let closing = self.open_link(
                        super::links::Written {
                            link_type: *link_type,
                            target: dest_url,
                            title,
                            range: range.clone(),
                        },
                        &text,
                        words,
                    );
                    closings.push(closing);
                }
                Event::End(TagEnd::Link) => {
                    if let Some(Closing::Anchor) = closings.pop() {
                        self.push("</a>");
                    }
                }
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }) => {
                    let (alt, end) = alt_text(events, index, run.end);
                    self.image(dest_url, title, &alt, range);
                    index = end;
                    while pieces.get(piece).is_some_and(|own| own.event <= end) {
                        piece += 1;
                    }
                }
                Event::InlineHtml(html) => self.inline_html(html, range),
                Event::FootnoteReference(label) => self.footnote_reference(label, range),
                Event::TaskListMarker(checked) => {
                    label_open = true;
                    self.push(if *checked {
                        "<label class=\"task\"><input type=\"checkbox\" disabled checked /> "
                    } else {
                        "<label class=\"task\"><input type=\"checkbox\" disabled /> "
                    });
                }
                _ => {}
            }
            index += 1;
        }
        if label_open {
            self.push("</label>");
        }
        self.lesson.text = text;
    }

    /// Writes a piece of text with the links that begin, pass or end in it.
    fn write_text<'n>(
        &mut self,
        text: &str,
        piece: Range<usize>,
        is_break: bool,
        names: &mut std::iter::Peekable<impl Iterator<Item = &'n LinkedName>>,
    ) {
        let mut at = piece.start;
        while let Some(name) = names.peek() {
            if name.text.start >= piece.end {
                break;
            }
            if name.text.start >= at {
                self.push_text(&text[at..name.text.start]);
                at = name.text.start;
                self.open_topic_link(name.topic, name.anchor);
            }
            let end = name.text.end.min(piece.end);
            self.write_plain(&text[at..end], is_break);
            at = end;
            if name.text.end > piece.end {
                return;
            }
            self.push("</a>");
            names.next();
        }
        self.write_plain(&text[at..piece.end], is_break);
    }

    fn write_plain(&mut self, text: &str, is_break: bool) {
        if is_break {
            if !text.is_empty() {
                self.push("\n");
            }
        } else {
            self.push_text(text);
        }
    }

    fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        if self.comment(html, range, None) {
            return;
        }
        match self.context.raw_html {
            RawHtml::Verbatim | RawHtml::Safe => self.push(html),
            RawHtml::Text => {
                self.report_raw_html(range);
                self.push_text(html);
            }
        }
    }

    fn image(&mut self, target: &str, title: &str, alt: &str, range: &Range<usize>) {
        if alt.trim().is_empty() {
            self.report(
                Rule::ImageWithoutAlt,
                range,
                "this image has no text alternative".into(),
                Some("say between the square brackets what the image shows".into()),
            );
        }
        self.record_image(target, title, alt, range);
    }
}

/// Returns the text alternative of the image that starts at `index`, and the index of its end.
fn alt_text(events: &[Located<'_>], index: usize, until: usize) -> (String, usize) {
    let mut alt = String::new();
    let mut depth = 0;
    for (at, (event, _)) in events.iter().enumerate().take(until).skip(index) {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => {
                depth -= 1;
                if depth == 0 {
                    return (alt, at);
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    (alt, until.saturating_sub(1))
}
