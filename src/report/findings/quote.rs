//! The source lines that a finding points at.
//!
//! In: a source and a place in it. Out: those lines and the bytes to underline, or nothing where the place is not in the source, as after an
//! edit. Never panics, whatever the place says.

use std::ops::Range;

use crate::model::visible::visible;
use crate::model::{LineIndex, Place};

/// Bytes of the longest line that is quoted: in a longer one, nobody would see the fault.
const LONGEST_LINE: usize = 20_000;

/// The lines of a place, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Whole lines without the last line break, made visible.
    pub text: String,
    /// Number of the first line, from 1.
    pub first_line: u32,
    /// The bytes of `text` to underline; empty for a place between two characters.
    pub marked: Range<usize>,
}

impl Quote {
    /// Quotes the lines of a place.
    ///
    /// Returns `None` where the source has no such place, and where its lines are blank or endless, since those show nothing.
    pub fn of(source: &str, lines: &LineIndex<'_>, place: Place) -> Option<Self> {
        if [place.line, place.end_line]
            .iter()
            .any(|line| lines.line_range(*line).len() > LONGEST_LINE)
        {
            return None;
        }
        let start = offset(source, lines, place.line, place.column)?;
        let end = offset(source, lines, place.end_line, place.end_column)?;
        let end = last_marked(source, start..end)?;
        let first_start = lines.line_range(place.line).start;
        let last_end = lines.line_range(lines.line(end)).end.max(end);

        let before = tidy(&source[first_start..start]);
        let marked = tidy(&source[start..end]);
        let after = tidy(&source[end..last_end]);
        let text = format!("{before}{marked}{after}");
        (!text.trim().is_empty()).then(|| Self {
            marked: before.len()..before.len() + marked.len(),
            first_line: place.line,
            text,
        })
    }
}

/// Returns the byte offset of a line and column, both from 1, if the source has them.
///
/// The column after the last character is there, too. A carriage return before a line break counts as a character but is never marked.
fn offset(source: &str, lines: &LineIndex<'_>, line: u32, column: u32) -> Option<usize> {
    if line == 0 || line > lines.line(source.len()) {
        return None;
    }
    let shown = lines.line_range(line);
    let rest = &source[shown.start..];
    let whole = rest.split('\n').next().unwrap_or(rest);
    whole
        .char_indices()
        .map(|(at, _)| at)
        .chain([whole.len()])
        .nth(usize::try_from(column.checked_sub(1)?).ok()?)
        .map(|at| (shown.start + at).min(shown.end))
}

/// Returns where the underline ends: blocks are marked without the blank lines that follow them.
fn last_marked(source: &str, range: Range<usize>) -> Option<usize> {
    let marked = source.get(range.clone())?;
    if !marked.contains('\n') {
        return Some(range.end);
    }
    let trimmed = marked.trim_end().len();
    Some(range.start + trimmed)
}

/// Makes text visible, with line breaks of one kind.
fn tidy(text: &str) -> String {
    visible(&text.replace("\r\n", "\n")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(source: &str, place: (u32, u32, u32, u32)) -> Option<(String, u32, String)> {
        let (line, column, end_line, end_column) = place;
        let place = Place {
            line,
            column,
            end_line,
            end_column,
        };
        Quote::of(source, &LineIndex::new(source), place).map(|quote| {
            let marked = quote.text[quote.marked].to_owned();
            (quote.text, quote.first_line, marked)
        })
    }

    #[test]
    fn a_place_is_quoted_with_its_whole_lines() {
        for (source, place, expected) in [
            ("one\ntwo three\n", (2, 5, 2, 10), ("two three", 2, "three")),
            ("ŵ 👩 end", (1, 3, 1, 4), ("ŵ 👩 end", 1, "👩")),
            ("one\r\ntwo\r\n", (1, 1, 1, 4), ("one", 1, "one")),
            ("one\r\ntwo\r\n", (1, 1, 1, 5), ("one", 1, "one")),
            ("one\r\ntwo\r\n", (1, 2, 2, 3), ("one\ntwo", 1, "ne\ntw")),
            ("one\n\n\ntwo\n", (1, 1, 4, 1), ("one", 1, "one")),
            ("one", (1, 4, 1, 4), ("one", 1, "")),
            ("one\n\ntwo", (2, 1, 3, 2), ("\ntwo", 2, "\nt")),
            (
                "a\u{1b}b\u{202e}c",
                (1, 3, 1, 5),
                ("a␛b\u{fffd}c", 1, "b\u{fffd}"),
            ),
        ] {
            let (text, line, marked) = expected;
            assert_eq!(
                quote(source, place),
                Some((text.to_owned(), line, marked.to_owned())),
                "{source:?} {place:?}"
            );
        }
    }

    #[test]
    fn a_place_outside_the_source_or_without_text_is_not_quoted() {
        for (source, place) in [
            ("one\ntwo", (3, 1, 3, 1)),
            ("one\ntwo", (1, 5, 1, 6)),
            ("one\ntwo", (1, 1, 1, 5)),
            ("one\ntwo", (1, 1, 9, 1)),
            ("one\ntwo", (2, 1, 1, 1)),
            ("one\ntwo", (0, 1, 0, 1)),
            ("one\ntwo", (1, 0, 1, 0)),
            ("one", (u32::MAX, u32::MAX, u32::MAX, u32::MAX)),
            ("", (1, 1, 1, 1)),
            ("\n  \n", (1, 1, 3, 1)),
        ] {
            assert_eq!(quote(source, place), None, "{source:?} {place:?}");
        }
    }
}
