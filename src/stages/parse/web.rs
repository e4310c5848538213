//! Finds web addresses in the texts of registers and front matter.
//!
//! In: TOML. Out: every `http:` and `https:` address in it, with its range in the text, in the order of the text.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::bare::{self, Form};
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
            let whole = bare::addresses(words).into_iter();
            let whole = whole.filter(|bare| bare.form == Form::Whole);
            found.extend(whole.map(|bare| {
                let address = &words[bare.range];
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

#[cfg(test)]
mod tests {
    use super::*;

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
