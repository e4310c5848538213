//! Finds where the target of a link stands in what the author wrote.
//!
//! In: a link, an image or a definition as it stands in the Markdown. Out: the range of its target, without the marks around it. What it does not understand, it does
//! not find; it decides nothing about the link.

use std::collections::HashMap;
use std::ops::Range;

use caseless::default_case_fold_str;

/// Where the targets of a text's definitions stand, by their labels in folded case.
#[derive(Debug, Default)]
pub(crate) struct Definitions(HashMap<String, Range<usize>>);

impl Definitions {
    /// Finds the targets of definitions, which are given with their labels and where they stand.
    pub fn of<'d>(
        markdown: &str,
        definitions: impl Iterator<Item = (&'d str, &'d Range<usize>)>,
    ) -> Self {
        let found = definitions.filter_map(|(label, whole)| {
            let Range { start, end } = in_definition(&markdown[whole.clone()])?;
            let target = whole.start + start..whole.start + end;
            Some((default_case_fold_str(label), target))
        });
        Self(found.collect())
    }

    /// Returns where the target of a reference stands.
    pub fn target(&self, label: &str) -> Option<Range<usize>> {
        self.0.get(&default_case_fold_str(label)).cloned()
    }
}

/// Round brackets in a target stand no deeper than this: <https://spec.commonmark.org/0.31.2/#link-destination> leaves the limit to the reader.
const DEEPEST: usize = 32;

/// Returns where the target stands in `[words](target "title")`.
pub(crate) fn in_link(written: &str) -> Option<Range<usize>> {
    let ends = memchr::memmem::find_iter(written.as_bytes(), b"](");
    // The words may hold an image, which ends as a link does.
    ends.filter_map(|at| destination(written, at + 2))
        .find(|(_, end)| closes(&written[*end..]))
        .map(|(target, _)| target)
}

/// Returns where the target stands in `[label]: target "title"`.
fn in_definition(written: &str) -> Option<Range<usize>> {
    let label = memchr::memmem::find(written.as_bytes(), b"]:")?;
    destination(written, label + 2).map(|(target, _)| target)
}

/// Reads a target behind white space; returns where it stands, and where what follows it begins.
fn destination(text: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let rest = text[from..].trim_start();
    let start = text.len() - rest.len();
    let bytes = rest.as_bytes();
    let in_marks = bytes.first() == Some(&b'<');
    let (mut at, mut depth) = (usize::from(in_marks), 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'>' if in_marks => return Some((start + 1..start + at, start + at + 1)),
            b'\n' | b'<' if in_marks => return None,
            _ if in_marks => {}
            b'(' if depth == DEEPEST => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() => break,
            _ => {}
        }
        at += 1;
    }
    let end = start + at.min(bytes.len());
    (!in_marks && text.is_char_boundary(end)).then_some((start..end, end))
}

/// Returns whether nothing but a title and the closing bracket follows a target.
fn closes(rest: &str) -> bool {
    let Some(inner) = rest.strip_suffix(')') else {
        return false;
    };
    let title = inner.trim();
    let Some(open) = title.chars().next() else {
        return true;
    };
    let close = match open {
        '"' | '\'' => open,
        '(' => ')',
        _ => return false,
    };
    let mut at = 1;
    while let Some(byte) = title.as_bytes().get(at) {
        match *byte {
            b'\\' => at += 1,
            byte if char::from(byte) == close => return at + 1 == title.len(),
            _ => {}
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_among_words_and_titles() {
        for (written, expected) in [
            ("[a](b.md)", Some("b.md")),
            ("[a]( <b c.md> )", Some("b c.md")),
            ("[a](b.md \"](c.md)\")", Some("b.md")),
            ("[a](b(1).md#x 'it\\'s')", Some("b(1).md#x")),
            ("![a](b.svg (a title))", Some("b.svg")),
            ("[![a](b.svg)](c.md)", Some("c.md")),
            ("[![a](b.svg \"t\")](c.md \"t\")", Some("c.md")),
            ("[a\nb](\n  tŷ.md)", Some("tŷ.md")),
            ("[a](b\\)c.md)", Some("b\\)c.md")),
            ("[a]()", Some("")),
            ("[a][b]", None),
            ("[[topic]]", None),
            ("[a](b.md", None),
        ] {
            let found = in_link(written).map(|range| &written[range]);
            assert_eq!(found, expected, "{written}");
        }
        let nested = format!("[a](b{}{})", "(".repeat(33), ")".repeat(33));
        assert_eq!(in_link(&nested), None, "too deep");
        for (written, expected) in [
            ("[a]: b.md", Some("b.md")),
            ("[a]:\n  <b c.md>\n  \"title\"", Some("b c.md")),
        ] {
            let found = in_definition(written).map(|range| &written[range]);
            assert_eq!(found, expected, "{written}");
        }
    }
}
