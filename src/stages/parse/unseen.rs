//! Holds what TOML and Markdown decode to the rules for text: an escape must not bring in what could not be typed.
//!
//! In: a parsed table, or the parser's events. Out: the same with `�` for every character that no text may hold, and where each was written.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::walk::Located;
use crate::model::text::{cleaned, is_unseen};

/// A character that no text may hold, and where it was written as an escape.
pub(super) type Unseen = (char, Range<usize>);

/// Cleans the keys and texts of a table that was read from `text`.
///
/// What was typed as it is has been found in the file before, and is not named again.
pub(super) fn clean_table(table: &mut DeTable<'_>, text: &str) -> Vec<Unseen> {
    let mut found = Vec::new();
    // Whatever was not typed begins with a backslash.
    if memchr::memchr(b'\\', text.as_bytes()).is_some() {
        clean_keys_and_values(table, &mut found);
        found.retain(|(c, range)| !text.get(range.clone()).is_some_and(|raw| raw.contains(*c)));
        found.sort_by_key(|(_, range)| range.start);
    }
    found
}

fn clean_keys_and_values(table: &mut DeTable<'_>, found: &mut Vec<Unseen>) {
    for (key, mut value) in std::mem::replace(table, DeTable::new()) {
        clean_value(&mut value, found);
        let span = key.span();
        let key = match cleaned(key.get_ref()) {
            Some((clean, c)) => {
                found.push((c, span.clone()));
                Spanned::new(span, clean.into())
            }
            None => key,
        };
        table.insert(key, value);
    }
}

fn clean_value(value: &mut Spanned<DeValue<'_>>, found: &mut Vec<Unseen>) {
    let span = value.span();
    match value.get_mut() {
        DeValue::String(text) => {
            if let Some((clean, c)) = cleaned(text) {
                found.push((c, span));
                *text = clean.into();
            }
        }
        DeValue::Array(items) => {
            for item in items.iter_mut() {
                clean_value(item, found);
            }
        }
        DeValue::Table(table) => clean_keys_and_values(table, found),
        _ => {}
    }
}

/// Returns whether a Markdown text may decode to what it does not hold: named references lead to nothing that is unseen.
pub(super) fn may_decode(markdown: &str) -> bool {
    memchr::memmem::find(markdown.as_bytes(), b"&#").is_some()
}

/// Cleans an event of the Markdown parser: its words, and the address, title and name in it.
pub(super) fn clean_event((event, range): &mut Located<'_>, found: &mut Vec<Unseen>) {
    match event {
        Event::Text(text) => clean_text(text, range, found),
        Event::Start(
            Tag::Link {
                dest_url, title, ..
            }
            | Tag::Image {
                dest_url, title, ..
            },
        ) => {
            clean_text(dest_url, range, found);
            clean_text(title, range, found);
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            clean_text(info, range, found);
        }
        Event::Html(html) | Event::InlineHtml(html) => {
            let first = references(html).find(|c| is_unseen(*c));
            found.extend(first.map(|c| (c, range.clone())));
        }
        _ => {}
    }
}

fn clean_text(text: &mut CowStr<'_>, range: &Range<usize>, found: &mut Vec<Unseen>) {
    if let Some((clean, c)) = cleaned(text) {
        found.push((c, range.clone()));
        *text = clean.into();
    }
}

/// Returns the characters that the numbers in a piece of HTML stand for; they are decoded later, where the HTML stays.
fn references(html: &str) -> impl Iterator<Item = char> {
    html.split("&#").skip(1).filter_map(|rest| {
        let (radix, digits) = match rest.strip_prefix(['x', 'X']) {
            Some(digits) => (16, digits),
            None => (10, rest),
        };
        let end = digits
            .find(|c: char| !c.is_digit(radix))
            .unwrap_or(digits.len());
        char::from_u32(u32::from_str_radix(&digits[..end], radix).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_found_wherever_they_stand_in_a_table() {
        let text = "a = \"\\u001b[31m\"\n\"k\\u202e\" = 1\n[[b]]\nc = [\"ok\", {d = \"\\u0007\"}]\ne = \"\\t\\n\\u0177\"\n";
        let mut table = DeTable::parse(text).expect("it is TOML").into_inner();
        let found = clean_table(&mut table, text);
        let shown: Vec<(char, &str)> = found
            .into_iter()
            .map(|(c, range)| (c, &text[range]))
            .collect();
        assert_eq!(
            shown,
            [
                ('\u{1b}', "\"\\u001b[31m\""),
                ('\u{202e}', "\"k\\u202e\""),
                ('\u{7}', "\"\\u0007\""),
            ]
        );
        assert!(table.contains_key("k\u{fffd}"));
        assert_eq!(clean_table(&mut table, text), []);
    }

    #[test]
    fn numbers_in_html_are_read_as_they_are_meant() {
        for (html, expected) in [
            ("<b title=\"&#x1b;&#27;&#X202E\">", "\u{1b}\u{1b}\u{202e}"),
            ("&#; &#x; &#99999999; &amp;#7;", ""),
        ] {
            assert_eq!(references(html).collect::<String>(), expected, "{html}");
        }
    }
}
