//! Finds what braces behind words give them: `[words]{lang=cy}`, `[words](a.md){lang=cy}`, `![alt](a.png){width=300}`, `[[topic]]{lang=cy}`.
//!
//! The Markdown parser takes all of it for text. A run is read once more here: brackets and braces become empty texts, which the marks speak of by
//! their positions, so that every other event keeps its place among the rest.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::source::Source;
use super::super::source::attributes::list_at;
use super::super::walk::{Located, is_inline_end, is_inline_tag};

/// What braces in a run say, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A span begins at this event: the list of its attributes, and the whole of it.
    Open {
        list: Range<usize>,
        whole: Range<usize>,
    },
    /// The innermost span ends at this event.
    Close,
    /// The link or image that starts at this event carries the attributes of this list.
    Given(Range<usize>),
}

/// The marks of a run, each with the position of its event, in their order.
pub(super) type Marks = Vec<(usize, Mark)>;

/// A run whose brackets and braces have been read, and what they say.
pub(super) struct Marked<'e> {
    run: Vec<Located<'e>>,
    marks: Marks,
}

/// A run as it is written: its events, and what the braces in it say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inline<'r, 'e> {
    pub run: &'r [Located<'e>],
    pub marks: &'r [(usize, Mark)],
}

impl<'e> Marked<'e> {
    /// Returns the run that has been read again, or `plain` where there was nothing to read.
    pub fn or<'r>(marked: Option<&'r Self>, plain: &'r [Located<'e>]) -> Inline<'r, 'e> {
        match marked {
            Some(Self { run, marks }) => Inline { run, marks },
            None => Inline {
                run: plain,
                marks: &[],
            },
        }
    }
}

/// Reads a run again, where it has braces that belong to words.
pub(super) fn read<'e>(source: &Source<'_>, run: &[Located<'e>]) -> Option<Marked<'e>> {
    if !source.has_lists() {
        return None;
    }
    let mut reading = Reading {
        source,
        run: run.to_vec(),
        open: Vec::new(),
        starts: Vec::new(),
        marks: Vec::new(),
    };
    for index in 0..run.len() {
        reading.event(index);
    }
    let Reading { run, mut marks, .. } = reading;
    marks.sort_by_key(|(event, _)| *event);
    (!marks.is_empty()).then_some(Marked { run, marks })
}

/// Returns the words of a run as they are read, without brackets and braces and without what is for editors alone.
pub(crate) fn words(source: &Source<'_>, run: &[Located<'_>]) -> String {
    let marked = read(source, run);
    let Inline { run, marks } = Marked::or(marked.as_ref(), run);
    let mut marks = marks.iter().peekable();
    let (mut words, mut hidden) = (String::new(), Vec::new());
    for (index, (event, _)) in run.iter().enumerate() {
        while let Some((_, mark)) = marks.next_if(|(at, _)| *at == index) {
            match mark {
                Mark::Open { list, .. } => hidden.push(is_editorial(source, list)),
                Mark::Close => drop(hidden.pop()),
                Mark::Given(_) => {}
            }
        }
        match event {
            _ if hidden.contains(&true) => {}
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// Returns whether a list of attributes says that words are for editors.
pub(super) fn is_editorial(source: &Source<'_>, list: &Range<usize>) -> bool {
    let mut keys = source.slice(list).split_ascii_whitespace();
    keys.any(|key| key == "editorial")
}

/// A run while it is read again.
struct Reading<'s, 'e> {
    source: &'s Source<'s>,
    run: Vec<Located<'e>>,
    /// Opening brackets that nothing has closed, by their events; those outside the innermost container stand before a `None`.
    open: Vec<Option<usize>>,
    /// Links, images and emphases that are open, by the events that start them.
    starts: Vec<usize>,
    marks: Marks,
}

/// Brackets and containers inside each other that are followed: the words of each are read again for its quotation.
const DEEPEST: usize = 32;

impl Reading<'_, '_> {
    fn event(&mut self, index: usize) {
        if self.open.len() > DEEPEST {
            return;
        }
        match &self.run[index].0 {
            Event::Start(tag) if is_inline_tag(tag) => {
                self.starts.push(index);
                self.open.push(None);
            }
            Event::End(tag) if is_inline_end(*tag) => {
                let is_target = matches!(tag, TagEnd::Link | TagEnd::Image);
                while self.open.pop().flatten().is_some() {}
                let start = self.starts.pop().filter(|_| is_target);
                if let Some(start) = start.filter(|start| !self.is_wiki(*start)) {
                    self.give(index, start);
                }
            }
            Event::Text(text) if &**text == "[" && !self.is_escaped(index) => {
                self.open.push(Some(index));
            }
            Event::Text(text) if &**text == "]" && !self.is_escaped(index) => self.close(index),
            _ => {}
        }
    }

    fn is_escaped(&self, index: usize) -> bool {
        let before = &self.source.markdown.as_bytes()[..self.run[index].1.start];
        let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
        slashes.count() % 2 == 1
    }

    fn is_wiki(&self, start: usize) -> bool {
        let tag = &self.run[start].0;
        matches!(
            tag,
            Event::Start(Tag::Link {
                link_type: LinkType::ShortcutUnknown,
                ..
            })
        )
    }

    /// Takes the list behind the link or image that an event ends.
    fn give(&mut self, end: usize, start: usize) {
        let behind = self.run[end].1.end;
        if let Some(list) = self.take_list(end, behind) {
            self.marks.push((start, Mark::Given(list)));
        }
    }

    /// Closes a bracket: its words are a span where a list follows it, and a link to a topic carries its list itself.
    fn close(&mut self, index: usize) {
        let Some(Some(open)) = self.open.last().copied() else {
            return;
        };
        self.open.pop();
        let behind = self.run[index].1.end;
        let Some(list) = self.take_list(index, behind) else {
            return;
        };
        if open + 1 < index && self.is_wiki(open + 1) && self.ends_link(open + 1, index - 1) {
            self.marks.push((open + 1, Mark::Given(list)));
            return;
        }
        let whole = self.run[open].1.start..list.end + 1;
        for bracket in [open, index] {
            let at = self.run[bracket].1.end;
            self.run[bracket] = (Event::Text("".into()), at..at);
        }
        self.marks.push((open, Mark::Open { list, whole }));
        self.marks.push((index, Mark::Close));
    }

    /// Returns whether an event ends the link that another one starts.
    fn ends_link(&self, start: usize, end: usize) -> bool {
        let is_end = |event: &Located<'_>| event.0 == Event::End(TagEnd::Link);
        let first = self.run[start..].iter().position(is_end);
        first == Some(end - start)
    }

    /// Takes the list that opens at an offset out of the texts behind an event.
    fn take_list(&mut self, event: usize, open: usize) -> Option<Range<usize>> {
        let markdown = self.source.markdown;
        let list = list_at(markdown, open)?;
        let end = list.end + 1;
        let holds = |(event, range): &&Located<'_>| {
            matches!(event, Event::Text(_)) && range.start < end && range.start >= open
        };
        let count = self.run[event + 1..].iter().take_while(holds).count();
        let texts = event + 1..event + 1 + count;
        // What the parser has found more than text in is no list: emphasis, say.
        let last = self.run[texts.clone()].last()?.1.clone();
        let says = |(event, range): &Located<'_>| matches!(event, Event::Text(text) if self.source.says(range, text));
        if last.end < end || (last.end > end && !says(&self.run[texts.end - 1])) {
            return None;
        }
        let rest = end..last.end;
        for text in texts {
            self.run[text] = (Event::Text("".into()), end..end);
        }
        if !rest.is_empty() {
            let text = markdown[rest.clone()].to_owned();
            self.run[event + count] = (Event::Text(text.into()), rest);
        }
        Some(list)
    }
}
