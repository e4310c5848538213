//! Writes a run of inline content: joins its text, finds topic names in it, and writes HTML around what it found.
//!
//! The parser hands text out in pieces (soft breaks, failed references, entities). Names are searched for in the joined text of the whole run, and
//! each hit is carried back to the pieces that it covers.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::document::{Located, Writer};
use super::links::Closing;
use crate::model::Rule;
use crate::model::config::RawHtml;
use crate::model::lesson::{Mention, SlotKind};
use crate::model::registers::{LinkPolicy, TopicId};

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

/// A piece of the run's text.
pub(super) struct Piece {
    event: usize,
    /// Where it stands in the lesson's text.
    pub text: Range<usize>,
    /// Where it stands in the Markdown.
    source: Range<usize>,
    /// Whether source and text are the same bytes.
    exact: bool,
    /// Whether it is code.
    pub code: bool,
    /// Pieces of one group have no tag between them.
    group: u32,
    /// Whether names may be found in it.
    searchable: bool,
}

/// A topic name that becomes a link.
struct LinkedName {
    topic: TopicId,
    anchor: u32,
    text: Range<usize>,
}

/// Returns the pieces that a stretch of the lesson's text covers, at least in part.
pub(super) fn covered<'p>(pieces: &'p [Piece], hit: &Range<usize>) -> &'p [Piece] {
    let from = pieces.partition_point(|piece| piece.text.end <= hit.start);
    let until = pieces.partition_point(|piece| piece.text.start < hit.end);
    &pieces[from..until.max(from)]
}

/// Returns where a stretch of the lesson's text stands in the Markdown; `covered` are its pieces, at least one.
pub(super) fn source_of(covered: &[Piece], hit: &Range<usize>) -> Range<usize> {
    let (first, last) = (&covered[0], &covered[covered.len() - 1]);
    let start = if first.exact {
        first.source.start + hit.start - first.text.start
    } else {
        first.source.start
    };
    let end = if last.exact {
        last.source.start + hit.end - last.text.start
    } else {
        last.source.end
    };
    start..end
}

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

/// Elements of raw HTML whose text is code.
const CODE: [&str; 3] = ["code", "kbd", "samp"];

/// Returns whether a tag that the sanitiser let through begins so.
fn is_tag(html: &str, mark: &str, name: &str) -> bool {
    html.strip_prefix(mark)
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with([' ', '>']))
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
        // Most runs are short: they share one list.
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.clear();
        let links = self.join_text(events, run.clone(), &mut pieces);
        self.report_missing_footnotes(&pieces);
        self.note_words(&pieces);
        let linked = match matching {
            Matching::Nothing => Vec::new(),
            _ => self.find_names(&pieces, matching),
        };
        self.write_run(events, run, &pieces, &linked, &links);
        self.pieces = pieces;
    }

    /// Appends the run's plain text to the lesson's, and notes which words each link has.
    fn join_text(
        &mut self,
        events: &[Located<'_>],
        run: Range<usize>,
        pieces: &mut Vec<Piece>,
    ) -> Vec<(usize, Range<usize>)> {
        let has_wiki_links = run
            .clone()
            .any(|index| super::links::wiki_at(events, index).is_some());
        let mut links = Vec::new();
        let mut open_links: Vec<(usize, usize)> = Vec::new();
        let mut images = 0_u32;
        let mut codes = 0_u32;
        let mut group = 0;
        for index in run {
            let (event, range) = &events[index];
            match event {
                Event::Text(text) if images == 0 => {
                    let start = self.lesson.text.len();
                    let as_written = self.source.get(range.clone()) == Some(text);
                    let (source, exact) = if as_written && !has_wiki_links {
                        self.lesson.text.push_str(text);
                        (range.clone(), true)
                    } else {
                        let text = self.unmasked(text, range);
                        let registers = &self.context.registers;
                        let (text, range) =
                            super::links::without_brackets(&text, range, events, index, registers);
                        self.lesson.text.push_str(&text);
                        let exact = self.source.get(range.clone()) == Some(text.as_ref());
                        (range, exact)
                    };
                    pieces.push(Piece {
                        event: index,
                        text: start..self.lesson.text.len(),
                        exact,
                        source,
                        code: codes > 0,
                        group,
                        searchable: codes == 0 && open_links.is_empty(),
                    });
                    if codes > 0 {
                        let end = self.lesson.text.len() as u32;
                        self.lesson.exempt.push((start as u32, end));
                    }
                }
                Event::SoftBreak | Event::HardBreak if images == 0 => {
                    let start = self.lesson.text.len();
                    self.lesson.text.push(' ');
                    if matches!(event, Event::HardBreak) {
                        group += 1;
                    }
                    pieces.push(Piece {
                        event: index,
                        text: start..start + 1,
                        source: range.clone(),
                        exact: false,
                        code: false,
                        group,
                        searchable: open_links.is_empty(),
                    });
                }
                Event::Code(code) if images == 0 => {
                    group += 1;
                    let start = self.lesson.text.len();
                    self.lesson.text.push_str(code);
                    self.lesson
                        .exempt
                        .push((start as u32, self.lesson.text.len() as u32));
                    pieces.push(Piece {
                        event: index,
                        text: start..self.lesson.text.len(),
                        source: range.clone(),
                        exact: false,
                        code: true,
                        group,
                        searchable: false,
                    });
                    group += 1;
                }
                Event::Start(Tag::Link { .. }) => {
                    group += 1;
                    open_links.push((index, self.lesson.text.len()));
                }
                Event::End(TagEnd::Link) => {
                    group += 1;
                    if let Some((opened, start)) = open_links.pop() {
                        links.push((opened, start..self.lesson.text.len()));
                    }
                }
                Event::Start(Tag::Image { .. }) => images += 1,
                Event::End(TagEnd::Image) => {
                    images = images.saturating_sub(1);
                    group += 1;
                }
                Event::InlineHtml(html) if self.context.raw_html == RawHtml::Safe => {
                    group += 1;
                    if CODE.iter().any(|name| is_tag(html, "<", name)) {
                        codes += 1;
                    } else if CODE.iter().any(|name| is_tag(html, "</", name)) {
                        codes = codes.saturating_sub(1);
                    }
                }
                _ => group += 1,
            }
        }
        // A link is noted where it ends, and one in an image in a link ends before that.
        links.sort_unstable_by_key(|(opened, _)| *opened);
        links
    }

    /// Reports `[^label]` where no footnote has that label: the parser leaves it as text.
    fn report_missing_footnotes(&mut self, pieces: &[Piece]) {
        let (true, Some(first), Some(last)) = (self.names_footnotes, pieces.first(), pieces.last())
        else {
            return;
        };
        let range = first.text.start..last.text.end;
        let mut found = Vec::new();
        for at in memchr::memmem::find_iter(self.lesson.text[range.clone()].as_bytes(), "[^") {
            let start = range.start + at;
            let rest = &self.lesson.text[start + 2..range.end];
            let piece = covered(pieces, &(start..start + 1)).first();
            let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']'));
            let label = &rest[..length.unwrap_or(0)];
            let is_label = !label.is_empty() && rest[label.len()..].starts_with(']');
            if let (true, Some(piece)) = (
                is_label,
                piece.filter(|piece| piece.searchable && piece.exact),
            ) {
                let from = piece.source.start + start - piece.text.start;
                found.push(from..from + label.len() + 3);
            }
        }
        for range in found {
            if self
                .source
                .get(range.clone())
                .is_some_and(|text| text.starts_with("[^"))
            {
                self.report_undefined(range);
            }
        }
    }

    /// Records the topic names in the run, and decides which of them become links.
    fn find_names(&mut self, pieces: &[Piece], matching: Matching) -> Vec<LinkedName> {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return Vec::new();
        };
        if self.in_facilitator() || self.quotes.iter().any(|quote| quote.ignored) {
            return Vec::new();
        }
        let text = std::mem::take(&mut self.lesson.text);
        let start = first.text.start;
        let context = self.context;
        let mut linked = Vec::new();
        let mut at = 0;
        context
            .lexicon
            .find(&text[start..last.text.end], |topic, hit| {
                let hit = start + hit.start..start + hit.end;
                while pieces[at].text.end <= hit.start {
                    at += 1;
                }
                let covered = covered(&pieces[at..], &hit);
                if !covered.iter().all(|piece| piece.searchable) {
                    return;
                }
                let whole = covered.iter().all(|piece| piece.group == covered[0].group);
                let may_link = whole && matching == Matching::Topics;
                let anchor = self.record_mention(topic, &hit, covered, may_link);
                if anchor > 0 {
                    linked.push(LinkedName {
                        topic,
                        anchor,
                        text: hit,
                    });
                }
            });
        self.lesson.text = text;
        linked
    }

    fn record_mention(
        &mut self,
        topic: TopicId,
        hit: &Range<usize>,
        covered: &[Piece],
        may_link: bool,
    ) -> u32 {
        let entry = &self.context.registers.topics[topic.0 as usize];
        let section = self.section();
        let anchor = if may_link && entry.distinctive {
            self.link_anchor(topic, entry.link)
        } else {
            0
        };
        let place = self.place(&source_of(covered, hit));
        self.lesson.mentions.push(Mention {
            topic,
            place,
            text_start: hit.start as u32,
            text_end: hit.end as u32,
            section,
            anchor,
            counts: entry.distinctive,
        });
        anchor
    }

    /// Returns the number of the anchor for a link to a topic, or 0 where its policy wants none here.
    fn link_anchor(&mut self, topic: TopicId, policy: LinkPolicy) -> u32 {
        let section = self.section();
        match (self.linked.get(&topic), policy) {
            (_, LinkPolicy::Never) => 0,
            (Some(_), LinkPolicy::FirstPerLesson) => 0,
            (Some((last, _)), LinkPolicy::FirstPerSection) if *last == section => 0,
            _ => self.next_anchor(topic),
        }
    }

    /// Counts a link to a topic and returns its number in this file, from 1.
    pub fn next_anchor(&mut self, topic: TopicId) -> u32 {
        let section = self.section();
        let (last, count) = self.linked.entry(topic).or_default();
        *last = section;
        *count += 1;
        *count
    }

    fn write_run(
        &mut self,
        events: &[Located<'_>],
        run: Range<usize>,
        pieces: &[Piece],
        linked: &[LinkedName],
        links: &[(usize, Range<usize>)],
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

    /// Opens a link to a topic's page.
    pub fn open_topic_link(&mut self, topic: TopicId, anchor: u32) {
        let id = &self.context.registers.topics[topic.0 as usize].id;
        let html = &mut self.out.html;
        html.push_str("<a class=\"topic\" id=\"t-");
        html.push_str(id);
        html.push('-');
        html.push_str(&anchor.to_string());
        html.push_str("\" data-topic=\"");
        html.push_str(id);
        html.push_str("\" href=\"");
        self.slot(SlotKind::Topic(topic, anchor));
        self.push("\">");
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
