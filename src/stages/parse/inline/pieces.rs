//! Joins the text of a run of inline content, and knows where each piece of it stands in the Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::sheet::Sheet;
use super::super::walk::Located;
use super::spans::{Inline, Mark, is_editorial};
use super::wiki::{wiki_at, without_brackets};
use crate::language::Meant;
use crate::model::config::RawHtml;

/// What a run of inline content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// Text: names of topics are noted, and linked by each topic's policy.
    Text,
    /// What somebody chooses or answers by: names of topics are noted.
    Label,
    /// A heading: names of topics are left alone.
    Heading,
    /// An image and nothing else.
    Figure,
}

/// A piece of the run's text.
#[derive(Debug)]
pub(super) struct Piece {
    pub event: usize,
    /// Where it stands in the lesson's text; nowhere for what is for editors alone.
    pub text: Range<usize>,
    /// Where it stands among the words for editors alone.
    pub unsaid: Option<Range<usize>>,
    /// Where it stands in the Markdown.
    pub source: Range<usize>,
    /// Whether source and text are the same bytes.
    pub exact: bool,
    /// Whether it is code.
    pub code: bool,
    /// Pieces of one group have no tag between them.
    pub group: u32,
    /// Whether names may be found in it.
    pub searchable: bool,
}

/// What is found out about a run before it is written.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// Its links in the order in which they open.
    pub links: Vec<LinkWords>,
    /// Names of topics and words to avoid, by place.
    pub hits: Vec<Hit>,
    /// Where spans begin and end in the lesson's text, by their events.
    pub bounds: Vec<(usize, usize)>,
    /// Words for editors alone: no part of the lesson's text, so that no sentence of it holds them.
    pub unsaid: String,
}

/// Pieces, links and hits that there is room for in another run: what one of many megabytes needs is given back.
const MOST_PIECES: usize = 16 * 1024;

impl Found {
    /// Empties the lists for another run; most runs are short, so that they share the lists' memory.
    pub fn clear(&mut self) {
        self.pieces.clear();
        self.links.clear();
        self.hits.clear();
        self.bounds.clear();
        self.unsaid.clear();
        self.unsaid.shrink_to(MOST_PIECES);
        self.bounds.shrink_to(MOST_PIECES);
        self.pieces.shrink_to(MOST_PIECES);
        self.links.shrink_to(MOST_PIECES);
        self.hits.shrink_to(MOST_PIECES);
    }

    /// Returns where in the lesson's text a span begins or ends by its event.
    pub fn bound(&self, event: usize) -> usize {
        let at = self
            .bounds
            .binary_search_by_key(&event, |(event, _)| *event);
        at.map_or(0, |at| self.bounds[at].1)
    }

    /// Returns where the run's text stands in the lesson's; nothing where it has none.
    pub fn text(&self) -> Option<Range<usize>> {
        let (first, last) = (self.pieces.first()?, self.pieces.last()?);
        Some(first.text.start..last.text.end)
    }
}

/// What was found in a run, and where in the lesson's text.
pub(super) type Hit = (Meant, Range<usize>);

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

/// Returns whether an event ends a line, and with it a word: also a `<br>` that is shown as text.
fn ends_word(event: &Event<'_>) -> bool {
    let Event::InlineHtml(html) = event else {
        return matches!(event, Event::SoftBreak | Event::HardBreak);
    };
    let (name, rest) = html.split_at_checked(3).unwrap_or_default();
    name.eq_ignore_ascii_case("<br") && rest.starts_with([' ', '/', '>', '\t', '\n'])
}

/// Returns whether all of a stretch of the lesson's text is code.
pub(super) fn is_code(pieces: &[Piece], stretch: &Range<usize>) -> bool {
    let covered = covered(pieces, stretch);
    !covered.is_empty() && covered.iter().all(|piece| piece.code)
}

/// Elements of raw HTML whose text is code.
const CODE: [&str; 3] = ["code", "kbd", "samp"];

/// Returns whether a tag that the sanitiser let through begins so.
fn is_tag(html: &str, mark: &str, name: &str) -> bool {
    html.strip_prefix(mark)
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with([' ', '>']))
}

/// Appends a run's plain text to the lesson's, and notes which words each link has.
pub(super) fn join(sheet: &mut Sheet<'_>, inline: Inline<'_, '_>, found: &mut Found) {
    let Inline { run, marks } = inline;
    let mut marks = marks.iter().peekable();
    let mut joint = Joint {
        has_wiki_links: (0..run.len()).any(|index| wiki_at(run, index).is_some()),
        ..Joint::default()
    };
    for (index, (event, range)) in run.iter().enumerate() {
        while let Some((_, mark)) = marks.next_if(|(at, _)| *at == index) {
            joint.mark(sheet, mark);
            found.bounds.push((index, sheet.ink.text().len()));
        }
        match event {
            Event::Text(_) | Event::SoftBreak | Event::HardBreak | Event::Code(_)
                if joint.images > 0 => {}
            Event::InlineHtml(_) if joint.images > 0 && ends_word(event) => {}
            Event::Text(text) => joint.text(sheet, text, (run, index), found),
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) if ends_word(event) => {
                joint.group += u32::from(*event != Event::SoftBreak);
                let (text, unsaid) = joint.say(sheet, found, " ");
                found.pieces.push(Piece {
                    event: index,
                    text,
                    unsaid,
                    source: range.clone(),
                    exact: false,
                    code: false,
                    group: joint.group,
                    searchable: joint.links == 0,
                });
            }
            Event::Code(code) => {
                joint.group += 1;
                let (text, unsaid) = joint.say(sheet, found, code);
                found.pieces.push(Piece {
                    event: index,
                    text,
                    unsaid,
                    source: range.clone(),
                    exact: false,
                    code: true,
                    group: joint.group,
                    searchable: false,
                });
                joint.group += 1;
            }
            Event::Start(Tag::Link { .. }) => {
                joint.group += 1;
                joint.links += 1;
                found.links.push((index, sheet.ink.text().len()..OPEN));
            }
            Event::End(TagEnd::Link) => {
                joint.group += 1;
                let links = found.links.iter_mut().rev();
                if let Some((_, words)) = links.into_iter().find(|(_, words)| words.end == OPEN) {
                    joint.links -= 1;
                    words.end = sheet.ink.text().len();
                }
            }
            Event::Start(Tag::Image { .. }) => joint.images += 1,
            Event::End(TagEnd::Image) => {
                joint.images = joint.images.saturating_sub(1);
                joint.group += 1;
            }
            Event::InlineHtml(html) if sheet.context.raw_html == RawHtml::Safe => {
                joint.group += 1;
                if CODE.iter().any(|name| is_tag(html, "<", name)) {
                    joint.codes += 1;
                } else if CODE.iter().any(|name| is_tag(html, "</", name)) {
                    joint.codes = joint.codes.saturating_sub(1);
                }
            }
            _ => joint.group += 1,
        }
    }
}

/// What is open where two pieces of a run meet.
#[derive(Debug, Default)]
struct Joint {
    has_wiki_links: bool,
    links: u32,
    images: u32,
    /// Elements of raw HTML whose text is code.
    codes: u32,
    group: u32,
    /// Spans that are open: whether each is for editors alone.
    spans: Vec<bool>,
}

impl Joint {
    /// Passes the begin or end of a span: names do not reach across it.
    fn mark(&mut self, sheet: &Sheet<'_>, mark: &Mark) {
        self.group += 1;
        match mark {
            Mark::Open { list, .. } => self.spans.push(is_editorial(sheet.source, list)),
            Mark::Close => drop(self.spans.pop()),
            Mark::Given(_) => {}
        }
    }

    fn text(
        &self,
        sheet: &mut Sheet<'_>,
        text: &str,
        (run, index): (&[Located<'_>], usize),
        found: &mut Found,
    ) {
        let range = &run[index].1;
        let (text, source, exact) = if !self.has_wiki_links && sheet.source.says(range, text) {
            (self.say(sheet, found, text), range.clone(), true)
        } else {
            let text = sheet.source.unmasked(text, range);
            let registers = &sheet.context.registers;
            let (text, range) = without_brackets(&text, range, (run, index), registers);
            let exact = sheet.source.says(&range, &text);
            (self.say(sheet, found, &text), range, exact)
        };
        let (text, unsaid) = text;
        found.pieces.push(Piece {
            event: index,
            text,
            unsaid,
            source,
            exact,
            code: self.codes > 0,
            group: self.group,
            searchable: self.codes == 0 && self.links == 0,
        });
    }

    /// Appends plain text to the lesson's, or to the words for editors alone; returns where it stands in each.
    fn say(
        &self,
        sheet: &mut Sheet<'_>,
        found: &mut Found,
        text: &str,
    ) -> (Range<usize>, Option<Range<usize>>) {
        let start = sheet.ink.text().len();
        if !self.spans.contains(&true) {
            sheet.ink.say(text);
            return (start..start + text.len(), None);
        }
        let unsaid = found.unsaid.len();
        found.unsaid.push_str(text);
        (start..start, Some(unsaid..unsaid + text.len()))
    }
}
