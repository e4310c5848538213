//! Rewrites a page's links, images, headings and HTML at their places, once it is known where every page went.
//!
//! In: a text whose blocks are converted. Out: the text of a lesson. What stands in code stays, and so does everything that needs no change.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag as Element, TagEnd};

use super::super::assets::Assets;
use super::super::atlas::{Atlas, Leads};
use super::super::notes::Notes;
use super::code::{self, Ranges};
use super::headings::Outline;
use super::tags::each;
use crate::model::bytes::start_of;
use crate::model::edits::Edits;
use crate::model::markdown::options;

/// What rewriting a page needs to know.
pub struct Rewriter<'p> {
    /// The page's text.
    pub text: &'p str,
    /// Its file below the source.
    pub page: &'p str,
    /// Its lesson below `modules/`.
    pub target: &'p str,
    /// Where everything went.
    pub atlas: &'p Atlas<'p>,
    /// Files that go along.
    pub assets: &'p mut Assets,
    /// What to tell.
    pub notes: &'p mut Notes,
    pub(super) edits: Edits,
    pub(super) code: Ranges,
    /// Names of elements that are closed somewhere on the page.
    pub(super) closed: HashSet<String>,
    /// Anchors that wait for a word to stand at.
    pub(super) pending: Vec<String>,
    /// What closes the tags that are open in the text.
    pub(super) open_tags: Vec<(String, String)>,
    /// Components that were told.
    pub(super) told: HashSet<String>,
    /// Whether words of HTML may have become Markdown, with links that nobody has looked at.
    pub(super) uncovered: bool,
    /// Whether the page was rewritten before.
    pub(super) again: bool,
    open: Vec<Open>,
}

/// A link or image that is open.
pub(super) struct Open {
    pub link_type: LinkType,
    pub target: String,
    pub range: Range<usize>,
    /// Where what it holds ends.
    pub inner_end: usize,
    pub is_image: bool,
}

/// What a rewriter is made for.
pub struct Place<'p> {
    /// The page's text.
    pub text: &'p str,
    /// Its file below the source.
    pub page: &'p str,
    /// Its lesson below `modules/`.
    pub target: &'p str,
}

impl<'p> Rewriter<'p> {
    /// Prepares to rewrite a page.
    pub fn new(
        place: &Place<'p>,
        atlas: &'p Atlas<'p>,
        assets: &'p mut Assets,
        notes: &'p mut Notes,
    ) -> Self {
        let mut closed = HashSet::new();
        each(place.text, |tag| {
            if tag.closes {
                closed.insert(tag.name);
            }
        });
        Self {
            text: place.text,
            page: place.page,
            target: place.target,
            atlas,
            assets,
            notes,
            edits: Edits::default(),
            code: code::all(place.text),
            closed,
            pending: Vec::new(),
            open_tags: Vec::new(),
            told: HashSet::new(),
            uncovered: false,
            again: false,
            open: Vec::new(),
        }
    }

    /// Rewrites the page; `keeps_title` says whether its first heading is not the title. The flag says whether [`Rewriter::links_again`] should follow.
    pub fn rewrite(mut self, outline: &Outline, keeps_title: KeepsTitle) -> (String, bool) {
        let masked = code::mask(self.text);
        let parser = Parser::new_ext(&masked, options());
        let definitions: Vec<(String, Range<usize>)> = parser
            .reference_definitions()
            .iter()
            .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone()))
            .collect();
        for (target, range) in definitions {
            self.definition(&target, range);
        }
        for (event, range) in parser.into_offset_iter() {
            self.event(event, range);
        }
        for id in std::mem::take(&mut self.pending) {
            self.notes
                .taken_out("", format!("the anchor `{id}` stands before no text"));
        }
        self.headings(outline, keeps_title);
        self.lines();
        (self.edits.apply(self.text), self.uncovered)
    }

    /// Rewrites the links alone of a page that was rewritten before; those that lead to lessons and files here stay.
    pub fn links_again(mut self) -> String {
        let masked = code::mask(self.text);
        self.again = true;
        for (event, range) in Parser::new_ext(&masked, options()).into_offset_iter() {
            if !matches!(
                event,
                Event::InlineHtml(_) | Event::Start(Element::HtmlBlock)
            ) {
                self.event(event, range);
            }
        }
        self.edits.apply(self.text)
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Element::Link {
                link_type,
                dest_url,
                ..
            }) => {
                self.open_link(link_type, &dest_url, range, 1);
            }
            Event::Start(Element::Image {
                link_type,
                dest_url,
                ..
            }) => {
                self.open_link(link_type, &dest_url, range, 2);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(open) = self.open.pop() {
                    self.inside(range.end);
                    self.close_link(&open);
                }
            }
            Event::Start(Element::HtmlBlock) => self.html_block(range),
            Event::Start(Element::Paragraph | Element::Heading { .. } | Element::TableCell) => {
                self.open_tags.clear();
            }
            Event::InlineHtml(_) => {
                self.inside(range.end);
                self.inline_tag(range);
            }
            Event::Text(_) => {
                self.inside(range.end);
                self.anchor_words(range);
            }
            Event::Code(_) => {
                self.inside(range.end);
                self.anchor_code(range);
            }
            Event::End(_) | Event::SoftBreak | Event::HardBreak => self.inside(range.end),
            _ => {}
        }
    }

    /// Returns whether a link or image is open.
    pub(super) fn is_in_link(&self) -> bool {
        !self.open.is_empty()
    }

    fn inside(&mut self, end: usize) {
        if let Some(open) = self.open.last_mut() {
            open.inner_end = open.inner_end.max(end.min(open.range.end));
        }
    }

    fn open_link(&mut self, link_type: LinkType, target: &str, range: Range<usize>, marks: usize) {
        let inner_end = range.start + marks;
        self.open.push(Open {
            link_type,
            target: target.to_owned(),
            range,
            inner_end,
            is_image: marks == 2,
        });
    }

    /// Looks at what the parser of Markdown takes for words: links of wikis, and lists of attributes on lines of their own.
    fn lines(&mut self) {
        let text = self.text;
        for (at, _) in text.match_indices("[[") {
            let after = at + 2;
            // A name is short, and stands on one line.
            let line = &text[after..];
            let line = start_of(
                line,
                line.find('\n').unwrap_or(line.len()).min(LONGEST_NAME),
            );
            let Some(length) = line.find("]]") else {
                continue;
            };
            let inner = &text[after..after + length];
            let end = after + length + 2;
            let is_nested = inner.contains(['[', ']']);
            // The title of a block may begin with a bracket of its own.
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let is_title = text[start..at].trim_start().starts_with(":::");
            if self.code.contain(at) || is_nested || is_title || inner.trim().is_empty() {
                continue;
            }
            // The words of a link that stand in brackets: `[[1]](address)`, `[[1]][label]`.
            if text[end..].starts_with(['(', '[']) {
                self.edits.insert(at + 1, "\\");
                self.edits.insert(end - 2, "\\");
                continue;
            }
            let (name, words) = inner.split_once('|').unwrap_or((inner, inner));
            let (name, anchor) = name.split_once('#').unwrap_or((name, ""));
            match self.atlas.named(name).map(str::to_owned) {
                Some(page) if !name.trim().is_empty() => {
                    let written = format!("/{page}#{anchor}");
                    let link = match self.atlas.find(self.page, &written) {
                        Leads::Page(target, anchor) => self.link_to(&target, &anchor),
                        _ => written,
                    };
                    self.notes.did("`[[links]]` of wikis became links");
                    self.edits
                        .replace(at..end, format!("[{}]({link})", words.trim()));
                }
                _ => {
                    self.notes
                        .kept(&text[at..end], "no page has this name: it stays as text");
                    self.edits.replace(at..after, "\\[\\[");
                }
            }
        }
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let body = line.trim();
            if body.starts_with("{:") && body.ends_with('}') && !self.code.contain(at) {
                self.notes
                    .taken_out(body, "classes of other tools have no meaning here");
                self.edits.remove(at..at + line.len());
            }
            at += line.len();
        }
    }
}

/// Names of pages in `[[links]]` are no longer, in bytes.
const LONGEST_NAME: usize = 300;

/// Whether the first heading of level 1 stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepsTitle {
    /// It is the title, and goes.
    No,
    /// The title is another, and it becomes a heading.
    AsHeading,
}
