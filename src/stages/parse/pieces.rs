//! Joins the text of a run of inline content, and knows where each piece of it stands in the Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::document::{Located, Writer};
use super::inline::Hit;
use super::links::{wiki_at, without_brackets};
use crate::model::config::RawHtml;

/// A piece of the run's text.
pub(super) struct Piece {
    pub event: usize,
    /// Where it stands in the lesson's text.
    pub text: Range<usize>,
    /// Where it stands in the Markdown.
    source: Range<usize>,
    /// Whether source and text are the same bytes.
    exact: bool,
    /// Whether it is code.
    pub code: bool,
    /// Pieces of one group have no tag between them.
    pub group: u32,
    /// Whether names may be found in it.
    pub searchable: bool,
}

/// What is found out about a run before it is written.
#[derive(Default)]
pub(super) struct Found {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// Its links in the order in which they open.
    pub links: Vec<LinkWords>,
    /// Names of topics and words to avoid, by place.
    pub hits: Vec<Hit>,
}

impl Found {
    /// Empties the lists for another run; most runs are short, so that they share the lists' memory.
    pub fn clear(&mut self) {
        self.pieces.clear();
        self.links.clear();
        self.hits.clear();
    }
}

/// The event that opens a link, and where its words stand in the lesson's text.
pub(super) type LinkWords = (usize, Range<usize>);

/// The end of the words of a link that is still open.
const OPEN: usize = usize::MAX;

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

/// Elements of raw HTML whose text is code.
const CODE: [&str; 3] = ["code", "kbd", "samp"];

/// Returns whether a tag that the sanitiser let through begins so.
fn is_tag(html: &str, mark: &str, name: &str) -> bool {
    html.strip_prefix(mark)
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with([' ', '>']))
}

impl Writer<'_> {
    /// Appends the run's plain text to the lesson's, and notes which words each link has.
    pub fn join_text(
        &mut self,
        events: &[Located<'_>],
        run: Range<usize>,
        Found { pieces, links, .. }: &mut Found,
    ) {
        let has_wiki_links = run.clone().any(|index| wiki_at(events, index).is_some());
        let mut open_links = 0_u32;
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
                            without_brackets(&text, range, events, index, registers);
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
                        searchable: codes == 0 && open_links == 0,
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
                        searchable: open_links == 0,
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
                    open_links += 1;
                    links.push((index, self.lesson.text.len()..OPEN));
                }
                Event::End(TagEnd::Link) => {
                    group += 1;
                    let innermost = links.iter_mut().rev().find(|(_, words)| words.end == OPEN);
                    if let Some((_, words)) = innermost {
                        open_links -= 1;
                        words.end = self.lesson.text.len();
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
    }

    /// Reports `[^label]` where no footnote has that label: the parser leaves it as text.
    pub fn report_missing_footnotes(&mut self, pieces: &[Piece]) {
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
}
