//! Where something stands in a source file.
//!
//! Parsing works with byte offsets; everything a person reads uses lines and columns from 1, columns counted in Unicode characters.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;

use super::bytes;

/// A range of a source file in lines and columns, both from 1.
///
/// Columns count Unicode characters. The end is exclusive: `end_column` is the column after the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

impl Place {
    /// The very start of a file, for faults of the file as a whole.
    pub const START: Self = Self {
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
    };
}

/// The starts of a text's lines, to turn byte offsets into [`Place`]s.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
    /// Characters before every `STRIDE`th byte, counted when a long line asks for them.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes between two places where the characters before are known, so that a place late in a long line is found as fast as one in a short line.
const STRIDE: usize = 1024;

impl<'a> LineIndex<'a> {
    /// Reads the line starts of `text`. Lines end with LF; a CR before it counts as part of the line.
    pub fn new(text: &'a str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        for (at, ends) in bytes::masks(text.as_bytes(), |byte| byte == b'\n') {
            starts.extend(bytes::ones(ends).map(|end| (at + end) as u32 + 1));
        }
        Self {
            text,
            starts,
            characters: OnceLock::new(),
        }
    }

    /// Returns the place of a byte range.
    ///
    /// Offsets past the end, or inside a character, are moved to the nearest boundary before them.
    pub fn place(&self, range: &Range<usize>) -> Place {
        let (start, end) = (self.boundary(range.start), self.boundary(range.end));
        let (line, column) = self.position(start);
        let next_line = self.starts.get(line as usize);
        let (end_line, end_column) = if range.end <= range.start {
            (line, column)
        } else if end - start <= STRIDE && next_line.is_none_or(|next| end < *next as usize) {
            (
                line,
                column + characters_in(&self.text.as_bytes()[start..end]),
            )
        } else {
            self.position(end)
        };
        Place {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// Returns the line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> u32 {
        self.starts
            .partition_point(|start| *start as usize <= offset) as u32
    }

    /// Returns where each line starts, in bytes.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        self.starts.iter().map(|start| *start as usize)
    }

    /// Returns the byte range of a line (from 1) without its line ending.
    pub fn line_range(&self, line: u32) -> Range<usize> {
        let index = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        let start = self.starts[index] as usize;
        let end = self
            .starts
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize - 1);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }

    /// Returns the byte offset of a line and column, at most the end of that line.
    pub fn offset(&self, line: u32, column: u32) -> usize {
        let range = self.line_range(line);
        self.text[range.clone()]
            .char_indices()
            .nth(column.max(1) as usize - 1)
            .map_or(range.end, |(at, _)| range.start + at)
    }

    /// Moves an offset past the end, or inside a character, to the nearest boundary before it.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// Returns the line and column of an offset between two characters.
    fn position(&self, offset: usize) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1] as usize;
        let column = if offset - start <= STRIDE {
            characters_in(&self.text.as_bytes()[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        (line, column + 1)
    }

    /// Returns how many characters begin before a byte offset.
    fn characters_before(&self, offset: usize) -> u32 {
        let known = self.characters.get_or_init(|| {
            let mut before = 0;
            let chunks = self.text.as_bytes().chunks(STRIDE);
            let count = |chunk| {
                let first = before;
                before += characters_in(chunk);
                first
            };
            chunks.map(count).collect()
        });
        let chunk = offset / STRIDE;
        let rest = &self.text.as_bytes()[(chunk * STRIDE).min(offset)..offset];
        let before = known.get(chunk).copied();
        // An offset at the end of a text of whole strides is past the last one.
        before.map_or_else(
            || self.text.chars().count() as u32,
            |before| before + characters_in(rest),
        )
    }
}

/// Counts the characters that begin in a piece of UTF-8.
fn characters_in(bytes: &[u8]) -> u32 {
    bytes::count(bytes, |byte| (byte & 0xC0) != 0x80) as u32
}

/// A value together with the place where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
    /// The same in bytes of the file, with its quotation marks; nothing where it is not written out as it is.
    pub at: Option<(u32, u32)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_are_the_same_as_those_of_short_ones() {
        for length in [STRIDE - 1, STRIDE, 3 * STRIDE, 3 * STRIDE + 1] {
            let text = format!("é\n{}", "aŵ👩".repeat(length.div_ceil(7)));
            let lines = LineIndex::new(&text);
            for (at, _) in text.char_indices().filter(|(at, _)| *at > 2) {
                let place = lines.place(&(at..at));
                let expected = text[3..at].chars().count() as u32 + 1;
                assert_eq!(
                    (place.line, place.column),
                    (2, expected),
                    "{at} of {length}"
                );
            }
            let end = lines.place(&(text.len()..text.len()));
            assert_eq!(end.column as usize, text[3..].chars().count() + 1);
        }
        let whole = "ab".repeat(STRIDE);
        let end = LineIndex::new(&whole).place(&(whole.len()..whole.len()));
        assert_eq!(end.column as usize, whole.len() + 1);
    }

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = "ab\ncŵd\r\n\nend";
        let lines = LineIndex::new(text);
        let at = text.find('d').expect("there is a d");
        for (range, expected) in [
            (0..1, (1, 1, 1, 2)),
            (at..at + 1, (2, 3, 2, 4)),
            (text.len()..text.len(), (4, 4, 4, 4)),
            (0..at, (1, 1, 2, 3)),
        ] {
            let place = lines.place(&range);
            assert_eq!(
                (place.line, place.column, place.end_line, place.end_column),
                expected,
                "{range:?}"
            );
            assert_eq!(lines.offset(place.line, place.column), range.start);
        }
        assert_eq!(&text[lines.line_range(2)], "cŵd");
    }
}
