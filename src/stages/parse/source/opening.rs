//! Takes the opening line of a block apart.

use std::ops::Range;

use super::attributes::{Attribute, attributes, list_at, looks_like_attributes};
use crate::model::attributes::Key;

/// The opening line of a block, taken apart.
pub(crate) struct Opening<'l> {
    pub name: &'l str,
    pub name_range: Range<usize>,
    pub title: &'l str,
    pub title_start: usize,
    /// What the title itself is given: braces that touch its bracket, and say nothing but a language.
    pub title_attributes: Vec<Attribute<'l>>,
    pub attributes: Vec<Attribute<'l>>,
    pub rest: Range<usize>,
}

/// Takes an opening line apart: name, `[title]`, `{attributes}`, and what is left over.
pub(crate) fn read_opening(line: &str, start: usize) -> Opening<'_> {
    let lead = line.len() - line.trim_start().len();
    let body = line[lead..].trim_end();
    let base = start + lead;
    let name_length = body
        .find(|c: char| c.is_whitespace() || c == '[' || c == '{')
        .unwrap_or(body.len());
    let mut at = name_length;
    let mut title = "";
    let mut title_start = base;
    let (mut title_list, mut list) = (Vec::new(), Vec::new());
    at += space(&body[at..]);
    if body[at..].starts_with('[')
        && let Some(length) = balanced(&body[at..])
    {
        let inner = &body[at + 1..at + length - 1];
        title = inner.trim();
        title_start = base + at + 1 + space(inner);
        at += length;
        if let Some(own) = list_at(body, at) {
            title_list = attributes(&body[own.clone()], base + own.start);
            if title_list
                .iter()
                .all(|attribute| OF_TITLES.contains(&attribute.key))
            {
                at = own.end + 1;
            } else {
                title_list.clear();
            }
        }
        at += space(&body[at..]);
    }
    if body[at..].starts_with('{')
        && let Some(close) = body.rfind('}').filter(|close| *close > at)
    {
        list = attributes(&body[at + 1..close], base + at + 1);
        at = close + 1;
        at += space(&body[at..]);
    }
    // Attributes without braces, or in ones that never close, are a finding; what they say is not said to be missing as well.
    let unread = body[at..].strip_prefix('{').unwrap_or(&body[at..]);
    if looks_like_attributes(unread) {
        list.extend(attributes(unread, base + body.len() - unread.len()));
    }
    Opening {
        name: &body[..name_length],
        name_range: base..base + name_length,
        title,
        title_start,
        title_attributes: title_list,
        attributes: list,
        rest: base + at..base + body.len(),
    }
}

/// What braces that touch a title may hold to be the title's and not the block's.
const OF_TITLES: [&str; 2] = [Key::Lang.name(), Key::Dir.name()];

fn space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Returns the length of the bracketed text at the start, brackets included.
fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_that_touch_the_title_and_name_a_language_are_its_own() {
        for (line, own, keys) in [
            (" note [Croeso]{lang=cy} {#x}", 1, 1),
            (" note [Croeso]{lang=cy}", 1, 0),
            (" note [Croeso] {lang=cy}", 0, 1),
            (" note [Croeso]{#x lang=cy}", 0, 2),
            (" note [Croeso]{#x}", 0, 1),
        ] {
            let opening = read_opening(line, 0);
            assert_eq!(opening.title, "Croeso", "{line}");
            assert_eq!(opening.title_attributes.len(), own, "{line}");
            assert_eq!(opening.attributes.len(), keys, "{line}");
            assert!(opening.rest.is_empty(), "{line}");
        }
    }

    #[test]
    fn opening_lines_are_taken_apart() {
        for (line, name, title, keys, rest) in [
            (
                " activity [A [b] c] {#x minutes=10}",
                "activity",
                "A [b] c",
                2,
                "",
            ),
            ("note", "note", "", 0, ""),
            (" note Some title", "note", "", 0, "Some title"),
            (" example{topics=a}", "example", "", 1, ""),
            (" tip [never closed", "tip", "", 0, "[never closed"),
            (" activity topics=a", "activity", "", 1, "topics=a"),
            (
                " activity [A] {#x topics=a",
                "activity",
                "A",
                2,
                "{#x topics=a",
            ),
        ] {
            let opening = read_opening(line, 0);
            assert_eq!(opening.name, name, "{line}");
            assert_eq!(opening.title, title, "{line}");
            assert_eq!(opening.attributes.len(), keys, "{line}");
            assert_eq!(&line[opening.rest.clone()], rest, "{line}");
        }
    }
}
