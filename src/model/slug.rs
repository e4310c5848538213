//! Names of files, folders and headings: their order, and what they become in addresses.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::bytes;

/// A numeric prefix such as `01-`, and the name after it.
///
/// Returns `None` for the number where the name has no prefix, or nothing behind it.
pub fn split_number(name: &str) -> (Option<u64>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &name[digits..];
    let after = rest.strip_prefix(['-', '_', '.', ' ']).unwrap_or("");
    let stem = after.strip_suffix(".md").unwrap_or(after);
    if digits == 0 || digits > 9 || stem.is_empty() || after == "md" {
        return (None, name);
    }
    (name[..digits].parse().ok(), after)
}

/// Compares names of siblings in reading order: numbered ones first, the others in natural order (2 before 10).
pub fn reading_order(a: &str, b: &str) -> std::cmp::Ordering {
    let (number_a, rest_a) = split_number(a);
    let (number_b, rest_b) = split_number(b);
    match (number_a, number_b) {
        (Some(x), Some(y)) => x.cmp(&y).then_with(|| natural_order(rest_a, rest_b)),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => natural_order(a, b),
    }
    .then_with(|| a.cmp(b))
}

fn natural_order(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (digits_a, digits_b) = (leading_digits(a), leading_digits(b));
        if !digits_a.is_empty() && !digits_b.is_empty() {
            let (x, y) = (
                digits_a.trim_start_matches('0'),
                digits_b.trim_start_matches('0'),
            );
            let order = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
            if order.is_ne() {
                return order;
            }
            a = &a[digits_a.len()..];
            b = &b[digits_b.len()..];
            continue;
        }
        let (mut chars_a, mut chars_b) = (a.chars(), b.chars());
        match (chars_a.next(), chars_b.next()) {
            (None, None) => return std::cmp::Ordering::Equal,
            (None, _) => return std::cmp::Ordering::Less,
            (_, None) => return std::cmp::Ordering::Greater,
            (Some(x), Some(y)) => {
                let order = x.to_lowercase().cmp(y.to_lowercase());
                if order.is_ne() {
                    return order;
                }
            }
        }
        a = chars_a.as_str();
        b = chars_b.as_str();
    }
}

fn leading_digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

/// Returns the slug of a heading or name by GitHub's rule, keeping letters of every script.
///
/// Lower case; letters with their marks, digits, `_` and `-` stay, spaces become `-`, the rest goes. As an [`id`].
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in id(text.trim()).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c == ' ' || c == '-' {
            out.push('-');
        } else if c == '_' {
            out.push('_');
        } else if !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)) {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Returns an id in the one Unicode form (NFC) that ids have: the same word is the same id, however somebody's keyboard writes its accents.
pub fn id(written: &str) -> Cow<'_, str> {
    if written.is_ascii() {
        return written.into();
    }
    written.nfc().collect::<String>().into()
}

/// Returns the slug of a file or folder: its number stripped, words joined by single hyphens.
pub fn file_slug(name: &str) -> String {
    let (_, rest) = split_number(name);
    let stem = rest.strip_suffix(".md").unwrap_or(rest);
    let is_other = |byte: u8| !matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if !bytes::any(stem.as_bytes(), is_other)
        && !stem.contains("--")
        && !stem.starts_with('-')
        && !stem.ends_with('-')
    {
        return stem.to_owned();
    }
    let dashed: String = stem.replace(['.', '_'], "-").nfc().collect();
    let mut out = String::with_capacity(stem.len());
    for part in slug(&dashed).split('-').filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(part);
    }
    out
}

/// Returns the name of a folder in addresses: its slug, or its name as it is where no slug can be made of it.
pub fn folder_slug(name: &str) -> String {
    match file_slug(name) {
        slug if slug.is_empty() => name.to_owned(),
        slug => slug,
    }
}

/// Returns a readable title for a folder or file that has none, from its name without number and ending.
pub(crate) fn title_of(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_stripped_only_before_a_name() {
        for (name, expected) in [
            ("01-telephony", (Some(1), "telephony")),
            ("2024.md", (None, "2024.md")),
            ("10_income.md", (Some(10), "income.md")),
            ("999", (None, "999")),
            ("3d-printing", (None, "3d-printing")),
        ] {
            assert_eq!(split_number(name), expected, "{name}");
        }
    }

    #[test]
    fn numbered_names_come_first_and_two_before_ten() {
        let mut names = vec!["b10", "b2", "10-z", "2-a", "appendix", "02-b"];
        names.sort_by(|a, b| reading_order(a, b));
        assert_eq!(names, ["2-a", "02-b", "10-z", "appendix", "b2", "b10"]);
    }

    #[test]
    fn slug_keeps_letters_and_joins_words() {
        for (text, expected) in [
            ("Whose children?", "whose-children"),
            ("Byw Heb Ofn: Tŷ", "byw-heb-ofn-tŷ"),
            ("C++ & Rust", "c--rust"),
            ("日本 語", "日本-語"),
            ("Ty\u{302} agored", "tŷ-agored"),
            ("हिन्दी में", "हिन्दी-में"),
            ("x\u{330} x", "x\u{330}-x"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }
}
