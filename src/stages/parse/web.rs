//! Finds web addresses in the texts of registers and front matter.
//!
//! In: TOML. Out: every `http:` and `https:` address in it, with its range in the text, in the order of the text.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::address::Address;

/// The key of a service's web address, which people write without `https://` too.
const WEB: &str = "web";

/// Returns the addresses in a table, apart from those below the keys that nobody reads.
pub(super) fn addresses(
    table: &DeTable<'_>,
    text: &str,
    unread: &[&str],
) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"://").is_some() || text.contains(WEB) {
        collect(table, text, unread, &mut found);
        found.sort_by_key(|(_, range)| range.start);
    }
    found
}

fn collect(
    table: &DeTable<'_>,
    text: &str,
    unread: &[&str],
    found: &mut Vec<(String, Range<usize>)>,
) {
    for (key, value) in table {
        let key: &str = key.get_ref();
        if !unread.contains(&key) {
            collect_value(key, value, text, found);
        }
    }
}

fn collect_value(
    key: &str,
    value: &Spanned<DeValue<'_>>,
    text: &str,
    found: &mut Vec<(String, Range<usize>)>,
) {
    match value.get_ref() {
        DeValue::String(words) if key == WEB => {
            let address = Address::web(words).ok();
            found.extend(
                address.map(|address| (address.to_string(), in_text(words, value.span(), text))),
            );
        }
        DeValue::String(words) => {
            found.extend(in_words(words).map(|range| {
                let address = &words[range];
                (address.to_owned(), in_text(address, value.span(), text))
            }));
        }
        DeValue::Array(items) => {
            for item in items.iter() {
                collect_value(key, item, text, found);
            }
        }
        DeValue::Table(table) => collect(table, text, &[], found),
        _ => {}
    }
}

/// Returns where words stand in the text: the whole value where they are written with escapes.
fn in_text(words: &str, span: Range<usize>, text: &str) -> Range<usize> {
    match text.get(span.clone()).and_then(|value| value.find(words)) {
        Some(at) => span.start + at..span.start + at + words.len(),
        None => span,
    }
}

/// Returns the addresses in prose, without the marks of the sentence around them.
fn in_words(words: &str) -> impl Iterator<Item = Range<usize>> {
    let starts = memchr::memmem::find_iter(words.as_bytes(), b"://");
    starts.filter_map(move |at| {
        let before = &words[..at];
        let scheme = ["https", "http"]
            .into_iter()
            .find(|scheme| before.ends_with(scheme))?;
        let start = at - scheme.len();
        let is_apart = !words[..start].ends_with(|c: char| c.is_alphanumeric());
        let rest = &words[start..];
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"`|\\^{}".contains(c));
        let length = without_marks(&rest[..end.unwrap_or(rest.len())]).len();
        (is_apart && length > scheme.len() + 3).then_some(start..start + length)
    })
}

fn without_marks(mut address: &str) -> &str {
    loop {
        let count = |mark: char| address.matches(mark).count();
        let shorter = match address.chars().next_back() {
            Some(mark @ ('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '’' | '”')) => {
                address.strip_suffix(mark)
            }
            Some(')') if count(')') > count('(') => address.strip_suffix(')'),
            Some(']') if count(']') > count('[') => address.strip_suffix(']'),
            _ => None,
        };
        match shorter {
            Some(shorter) => address = shorter,
            None => return address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_prose_end_where_the_sentence_goes_on() {
        for (words, expected) in [
            ("https://a.org/b", vec!["https://a.org/b"]),
            (
                "Read at https://a.org/b?c=d, and (http://e.org).",
                vec!["https://a.org/b?c=d", "http://e.org"],
            ),
            (
                "https://a.org/b_(c) and https://a.org/d).",
                vec!["https://a.org/b_(c)", "https://a.org/d"],
            ),
            ("xhttps://a.org ftp://a.org https:// a.org", vec![]),
            ("“https://a.org/ŵ”!", vec!["https://a.org/ŵ"]),
        ] {
            let found: Vec<&str> = in_words(words).map(|range| &words[range]).collect();
            assert_eq!(found, expected, "{words}");
        }
    }

    #[test]
    fn addresses_are_found_where_they_stand() {
        let text = "a = \"see https://a.org/.\"\nweb = \" www.b.org \"\n[extra]\nc = \"https://c.org\"\n[[d]]\ne = [\"https://\\u0065.org\"]\nweb = \"none\"\n";
        let table = DeTable::parse(text).expect("it is TOML").into_inner();
        let found: Vec<(String, &str)> = addresses(&table, text, &["extra"])
            .into_iter()
            .map(|(address, range)| (address, &text[range]))
            .collect();
        let expected = [
            ("https://a.org/", "https://a.org/"),
            ("https://www.b.org", " www.b.org "),
            ("https://e.org", "\"https://\\u0065.org\""),
        ];
        assert_eq!(
            found,
            expected.map(|(address, written)| (address.to_owned(), written))
        );
    }
}
