//! A file as its author wrote it, beside what the Markdown parser reads in its place.
//!
//! In: a file's text, and where its Markdown starts. Out: stretches of it by their offsets, and their places in the file. Never decides what any of
//! it means.

pub(crate) mod attributes;
pub(crate) mod fences;
pub(crate) mod meaning;
pub(crate) mod opening;

use std::borrow::Cow;
use std::ops::Range;

use crate::model::{Finding, LineIndex, Place, Rule};
use fences::Masked;
use meaning::Signed;

/// Returns whether braces stand behind a bracket somewhere.
fn may_have_lists(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    let touches = |at: usize| at > 0 && matches!(bytes[at - 1], b']' | b')');
    memchr::memchr_iter(b'{', bytes).any(touches)
}

/// A file that is being read. Offsets are those of the Markdown, unless they are said to be the file's.
#[derive(Debug)]
pub(crate) struct Source<'s> {
    /// The file's path from the root, as findings name it.
    pub file: &'s str,
    /// The Markdown as the author wrote it.
    pub markdown: &'s str,
    whole: &'s str,
    /// Where the Markdown stands in the file.
    range: Range<usize>,
    /// Whether it says what the file says there, byte for byte.
    is_exact: bool,
    lines: &'s LineIndex<'s>,
    masked: Masked<'s>,
    /// Whether words in it may carry something in braces.
    has_lists: bool,
}

impl<'s> Source<'s> {
    /// Reads a file whose Markdown starts at a byte offset.
    pub fn new(file: &'s str, whole: &'s str, base: usize, lines: &'s LineIndex<'s>) -> Self {
        let markdown = &whole[base..];
        Self {
            file,
            markdown,
            whole,
            range: base..whole.len(),
            is_exact: true,
            lines,
            masked: fences::mask(markdown),
            has_lists: may_have_lists(markdown),
        }
    }

    /// Reads a value of the file's front matter, which stands at `range` in the file; it has neither blocks nor attributes.
    pub fn value(&self, value: &'s str, range: Range<usize>) -> Self {
        Self {
            file: self.file,
            markdown: value,
            whole: self.whole,
            is_exact: self.whole.get(range.clone()) == Some(value),
            range,
            lines: self.lines,
            masked: Masked::plain(value),
            has_lists: may_have_lists(value),
        }
    }

    /// Returns what the Markdown parser reads: as long as the Markdown, byte for byte.
    pub fn masked(&self) -> &str {
        &self.masked.text
    }

    /// Returns whether words in it may carry something in braces: few files have any that do.
    pub fn has_lists(&self) -> bool {
        self.has_lists
    }

    /// Returns the attribute list that ends right above the table that starts at an offset.
    pub fn attributes_above(&self, start: usize) -> Option<Range<usize>> {
        self.masked.attributes_above(self.markdown, start)
    }

    /// Returns about how many blocks there are.
    pub fn blocks(&self) -> usize {
        self.masked.fences.len() / 2
    }

    /// Returns a stretch of the Markdown.
    pub fn slice(&self, range: &Range<usize>) -> &'s str {
        &self.markdown[range.clone()]
    }

    /// Returns whether a stretch is there and says exactly this.
    pub fn says(&self, range: &Range<usize>, text: &str) -> bool {
        self.markdown.get(range.clone()) == Some(text)
    }

    /// Returns a text of the parser's as the author wrote it, where a fence in it was masked.
    pub fn unmasked<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        let untouched = matches!(self.masked.text, Cow::Borrowed(_))
            || self.markdown.get(range.clone()) == self.masked.text.get(range.clone());
        if untouched {
            text.into()
        } else {
            self.slice(range).to_owned().into()
        }
    }

    /// Returns every line that begins with three colons.
    pub fn fences(&self) -> &[Range<usize>] {
        &self.masked.fences
    }

    /// Returns the fence line that a thematic break at this offset stands for.
    pub fn fence_at(&self, offset: usize) -> Option<Range<usize>> {
        self.masked.fence_at(offset)
    }

    /// Returns the attribute list inside a heading's range.
    pub fn attributes_in(&self, range: &Range<usize>) -> Option<Range<usize>> {
        self.masked.attributes_in(range)
    }

    /// Returns the first line of a range, without its line ending.
    pub fn line_of(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.slice(range);
        let end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
        range.start..range.start + text[..end].trim_end().len()
    }

    /// Returns where a range stands in the file.
    pub fn place(&self, range: &Range<usize>) -> Place {
        self.lines.place(&self.in_file(range))
    }

    /// Returns a range as one of the file: of the whole Markdown where the file writes it with escapes.
    pub fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        if self.is_exact {
            range.start + self.range.start..range.end + self.range.start
        } else {
            self.range.clone()
        }
    }

    /// Returns where a range stands in the file, in bytes; nothing where the file writes it with escapes.
    pub fn at(&self, range: &Range<usize>) -> Option<(u32, u32)> {
        let in_file = self.in_file(range);
        self.is_exact
            .then_some((in_file.start as u32, in_file.end as u32))
    }

    /// Returns the Markdown with the ranges in it that nobody signs off, out of all of those in the file, which are sorted.
    ///
    /// Without any where the file writes it with escapes.
    pub fn signed(&self, unsigned: &[(u32, u32)]) -> Signed<'s> {
        let inside = |(start, end): &(u32, u32)| {
            let (start, end) = (*start as usize, *end as usize);
            let is_inside = self.is_exact && self.range.start <= start && end <= self.range.end;
            is_inside.then(|| start - self.range.start..end - self.range.start)
        };
        Signed {
            text: self.markdown,
            unsigned: unsigned.iter().filter_map(inside).collect(),
        }
    }

    /// Returns a stretch of the file, by its range there, and the places of ranges inside it.
    pub fn stretch_of_file(
        &self,
        range: Range<usize>,
    ) -> (&'s str, impl Fn(&Range<usize>) -> Place) {
        let (lines, start) = (self.lines, range.start);
        let place =
            move |inner: &Range<usize>| lines.place(&(start + inner.start..start + inner.end));
        (&self.whole[range], place)
    }

    /// Returns a finding about a range.
    pub fn finding(
        &self,
        rule: Rule,
        range: &Range<usize>,
        message: String,
        help: Option<String>,
    ) -> Finding {
        Finding::new(rule, self.file, self.place(range), message).maybe_help(help)
    }
}
