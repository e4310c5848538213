//! Finds out where the text of cleaned HTML stands in the Markdown.
//!
//! In: a block of HTML as it was written, and texts of what is left of it, in their order. Out: events for those texts.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::Event;

use super::super::walk::Located;
use super::tags::{Kind, Piece};

/// How far a text may be from the one before it, in bytes: what lies between are tags.
const REACH: usize = 4096;

/// The texts of a block of HTML, and where they stand.
#[derive(Debug)]
pub(super) struct Locator<'l> {
    /// The HTML with spaces for everything but its text.
    text: Vec<u8>,
    /// Where the next text is looked for.
    at: usize,
    lines: &'l [(String, Range<usize>)],
    /// Where each line starts in the HTML.
    starts: Vec<usize>,
    /// Links and images that no text has come to yet: names, and where they stand in the HTML.
    ahead: VecDeque<(&'static str, Range<usize>)>,
    source: &'l str,
}

impl<'l> Locator<'l> {
    pub fn new(
        html: &str,
        pieces: &[Piece],
        lines: &'l [(String, Range<usize>)],
        source: &'l str,
    ) -> Self {
        let mut text = html.as_bytes().to_vec();
        for piece in pieces.iter().filter(|piece| piece.kind != Kind::Text) {
            text[piece.range.clone()].fill(b' ');
        }
        let mut starts = Vec::with_capacity(lines.len());
        let mut at = 0;
        for (line, _) in lines {
            starts.push(at);
            at += line.len();
        }
        let ahead = pieces.iter().filter_map(|piece| match &piece.kind {
            Kind::Start(tag) if tag.name == "a" => Some(("a", piece.range.clone())),
            Kind::Start(tag) if tag.name == "img" => Some(("img", piece.range.clone())),
            _ => None,
        });
        Self {
            text,
            at: 0,
            ahead: ahead.collect(),
            lines,
            starts,
            source,
        }
    }

    /// Returns where a range of the HTML stands in the Markdown.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        let end = self.offset(range.end.saturating_sub(1)) + 1;
        let range = start..end.max(start);
        // A line whose beginning was taken off or filled up is not as it was written.
        if self.source.get(range.clone()).is_some() {
            range
        } else {
            self.line(start)
        }
    }

    fn index(&self, at: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    }

    fn offset(&self, at: usize) -> usize {
        let index = self.index(at);
        let Some((_, range)) = self.lines.get(index) else {
            return 0;
        };
        (range.start + at - self.starts[index]).min(range.end)
    }

    fn line(&self, offset: usize) -> Range<usize> {
        let found = self.lines.iter().find(|(_, range)| range.end > offset);
        let found = found.or(self.lines.last());
        found.map_or(0..0, |(_, range)| range.start..range.start)
    }

    /// Returns where the next `<a>` or `<img>` stands.
    pub fn next_tag(&mut self, name: &str) -> Range<usize> {
        let found = self.ahead.iter().position(|(known, _)| *known == name);
        match found.and_then(|at| self.ahead.remove(at)) {
            Some((_, range)) => self.source(&range),
            None => self.here(),
        }
    }

    /// Returns the place that has been reached.
    pub fn here(&self) -> Range<usize> {
        self.source(&(self.at..self.at + 1))
    }

    /// Appends the events of a text: its lines, or its words where the line was written with entities or comments in it.
    pub fn push_text(&mut self, text: &str, run: &mut Vec<Located<'static>>) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 && !run.is_empty() {
                run.push((Event::SoftBreak, self.here()));
            }
            let line = if number > 0 || run.is_empty() {
                line.trim_start()
            } else {
                line
            };
            if line.is_empty() {
                continue;
            }
            if let Some(range) = self.find(line) {
                run.push((Event::Text(line.to_owned().into()), range));
                continue;
            }
            for word in line.split_inclusive(' ') {
                let range = self
                    .find(word)
                    .unwrap_or_else(|| self.line(self.offset(self.at)));
                run.push((Event::Text(word.to_owned().into()), range));
            }
        }
    }

    /// Finds a text behind the last one.
    fn find(&mut self, words: &str) -> Option<Range<usize>> {
        let end = (self.at + REACH + words.len()).min(self.text.len());
        let found = memchr::memmem::find(&self.text[self.at..end], words.as_bytes())?;
        let start = self.at + found;
        self.at = start + words.len();
        let range = self.source(&(start..self.at));
        (self.source.get(range.clone()) == Some(words)).then_some(range)
    }
}
