//! Reads attribute lists: `{#id key=value key="value with spaces"}`.
//!
//! In: the text between the braces. Out: its attributes with byte ranges. Never fails: what cannot be read is an attribute without a value.

use std::ops::Range;

use crate::model::attributes::Key;

/// One attribute of a block or heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    /// `#` for an id, otherwise the key.
    pub key: &'a str,
    /// The value without quotes; empty for a bare word.
    pub value: &'a str,
    /// Where the whole attribute stands.
    pub range: Range<usize>,
    /// Where the value stands.
    pub value_range: Range<usize>,
}

/// Reads the attributes in `text`; ranges are offset by `base`. Spaces may stand around a sign: `topics = empathy`.
pub(crate) fn attributes(text: &str, base: usize) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        let key_end = end_of(bytes, at, |byte| byte == b'=' || byte.is_ascii_whitespace());
        if bytes[at] == b'#' {
            let end = end_of(bytes, at, |byte| byte.is_ascii_whitespace());
            found.push(attribute(text, base, start..end, at..at + 1, at + 1..end));
            at = end;
        } else if let sign = after_spaces(bytes, key_end)
            && bytes.get(sign) == Some(&b'=')
        {
            // Behind `key=` the next word may be another attribute.
            let value_start = match sign == key_end {
                true => sign + 1,
                false => after_spaces(bytes, sign + 1),
            };
            let (value, end) = match bytes.get(value_start) {
                Some(&quote @ (b'"' | b'\'')) => {
                    let close = end_of(bytes, value_start + 1, |byte| byte == quote);
                    (value_start + 1..close, (close + 1).min(bytes.len()))
                }
                _ => {
                    let end = end_of(bytes, value_start, |byte| byte.is_ascii_whitespace());
                    (value_start..end, end)
                }
            };
            found.push(attribute(text, base, start..end, start..key_end, value));
            at = end;
        } else {
            found.push(attribute(
                text,
                base,
                start..key_end,
                start..key_end,
                key_end..key_end,
            ));
            at = key_end;
        }
    }
    found
}

/// Returns the items of a comma-separated value with their ranges.
pub(crate) fn items<'a>(
    attribute: &Attribute<'a>,
) -> impl Iterator<Item = (&'a str, Range<usize>)> {
    let (value, start) = (attribute.value, attribute.value_range.start);
    value.split(',').filter_map(move |part| {
        let item = part.trim();
        // Both are slices of `value`, so the distance between them is the item's offset in it.
        let offset = item.as_ptr() as usize - value.as_ptr() as usize;
        (!item.is_empty()).then(|| (item, start + offset..start + offset + item.len()))
    })
}

/// Returns whether text between braces is meant as attributes: it begins with `#id`, `key=`, or a key that there is and ` =`.
pub(crate) fn looks_like_attributes(text: &str) -> bool {
    let text = text.trim_start();
    if let Some(id) = text.strip_prefix('#') {
        return id.chars().next().is_some_and(|c| !c.is_whitespace());
    }
    let key = text
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    let (key, behind) = text.split_at(key);
    let has_key = !key.is_empty() && behind.starts_with('=');
    has_key || Key::named(key).is_some() && behind.trim_start().starts_with('=')
}

/// Returns where braces begin in a text that were meant as attributes though they are not closed, or words stand behind them; and the list in them.
///
/// Only what gives a value to a key that there is was certainly meant so.
pub(crate) fn meant_at(text: &str, open: usize) -> Option<Range<usize>> {
    let before = text[..open].chars().next_back();
    let inner = &text[open + 1..];
    let longest = inner.len().min(LONGEST_LIST);
    let ends = |byte: &u8| matches!(byte, b'}' | b'{' | b'\n');
    let end = inner.as_bytes()[..longest].iter().position(ends);
    let list = inner.get(..end.unwrap_or(longest))?;
    let is_closed = inner[list.len()..].starts_with('}');
    let gives = |one: &Attribute<'_>| Key::named(one.key).is_some() && !one.value.is_empty();
    let is_meant = before.is_none_or(|c| c.is_whitespace() || matches!(c, ']' | ')'))
        && looks_like_attributes(list);
    let given = attributes(list, open + 1);
    let last = given.iter().rfind(|one| is_meant && gives(one))?;
    // Without an end, what stands behind the last value are words.
    let end = match is_closed {
        true => open + 1 + list.len(),
        false => last.range.end,
    };
    Some(open + 1..end)
}

/// Bytes of the longest list behind words: without a bound, braces that never close would each be looked for up to the end of their line.
const LONGEST_LIST: usize = 4096;

/// Returns what stands between the braces that open at `open`, by its place, if that is meant as the attributes of words: they close in the same line, and
/// begin with `#id`, `key=` or the word `editorial`.
pub(crate) fn list_at(text: &str, open: usize) -> Option<Range<usize>> {
    let inner = text.get(open..)?.strip_prefix('{')?;
    let mut quote = None;
    let close = inner
        .bytes()
        .take(LONGEST_LIST)
        .position(|byte| match (byte, quote) {
            (b'}', None) | (b'\n', _) => true,
            (b'"' | b'\'', None) => {
                quote = Some(byte);
                false
            }
            (byte, Some(open)) if byte == open => {
                quote = None;
                false
            }
            _ => false,
        })?;
    let list = &inner[..close];
    let is_word = list.split_ascii_whitespace().next() == Some("editorial");
    let is_list = inner.as_bytes()[close] == b'}' && (is_word || looks_like_attributes(list));
    is_list.then(|| open + 1..open + 1 + close)
}

fn attribute(
    text: &str,
    base: usize,
    range: Range<usize>,
    key: Range<usize>,
    value: Range<usize>,
) -> Attribute<'_> {
    Attribute {
        key: &text[key],
        value: &text[value.clone()],
        range: base + range.start..base + range.end,
        value_range: base + value.start..base + value.end,
    }
}

fn after_spaces(bytes: &[u8], from: usize) -> usize {
    end_of(bytes, from, |byte| !byte.is_ascii_whitespace())
}

fn end_of(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    bytes[from..]
        .iter()
        .position(|byte| stop(*byte))
        .map_or(bytes.len(), |count| from + count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_with_its_range() {
        let text =
            "#a-b topics=x,y claims=\"A41, A43\" bare tŷ='z' wide = 1 empty= open=\"rest of it";
        let found: Vec<_> = attributes(text, 0)
            .into_iter()
            .map(|attribute| (attribute.key, attribute.value, &text[attribute.value_range]))
            .collect();
        assert_eq!(
            found,
            [
                ("#", "a-b", "a-b"),
                ("topics", "x,y", "x,y"),
                ("claims", "A41, A43", "A41, A43"),
                ("bare", "", ""),
                ("tŷ", "z", "z"),
                ("wide", "1", "1"),
                ("empty", "", ""),
                ("open", "rest of it", "rest of it"),
            ]
        );
    }

    #[test]
    fn items_know_where_they_stand() {
        let text = "claims=\"A41, A43,\"";
        let list = attributes(text, 0);
        let found: Vec<_> = items(&list[0])
            .map(|(item, range)| (item, &text[range]))
            .collect();
        assert_eq!(found, [("A41", "A41"), ("A43", "A43")]);
    }

    #[test]
    fn braces_behind_words_are_lists_where_they_say_so_and_close() {
        for (text, expected) in [
            ("{#id}", Some("#id")),
            ("{lang=cy} and {more}", Some("lang=cy")),
            ("{editorial}", Some("editorial")),
            ("{editorials}", None),
            ("{quote=\"a } b\"}", Some("quote=\"a } b\"")),
            ("{lang=cy\n}", None),
            ("{lang=cy", None),
            ("{x}", None),
            ("", None),
        ] {
            let found = list_at(text, 0).map(|list| &text[list]);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn braces_that_are_not_closed_were_meant_where_they_give_a_key_its_value() {
        for (text, expected) in [
            ("H {#x topics=a", Some("#x topics=a")),
            ("H {topics=a} tail", Some("topics=a")),
            ("[w]{lang=cy of it", Some("lang=cy")),
            ("H {#x", None),
            ("H {x=1}", None),
            ("H {topics=}", None),
            ("f{lang=cy}", None),
        ] {
            let open = text.find('{').expect("it has a brace");
            let found = meant_at(text, open).map(|list| &text[list]);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn braces_of_prose_are_not_attributes() {
        for (text, expected) in [
            ("#id", true),
            ("topics=a", true),
            ("topics = a", true),
            ("x = a", false),
            ("a, b", false),
            ("", false),
            ("# x", false),
            ("=x", false),
        ] {
            assert_eq!(looks_like_attributes(text), expected, "{text}");
        }
    }
}
