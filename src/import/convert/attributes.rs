//! Reads the lists in braces that other tools put behind images and links: `{alt='x' width=50%}`, `{: .class target="_blank"}`.

use std::collections::BTreeMap;

/// A list of attributes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct List {
    values: BTreeMap<String, String>,
    /// How many bytes it takes, braces included.
    pub length: usize,
}

impl List {
    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&String> {
        self.values.get(key)
    }

    /// Writes the list with some of its keys; nothing where it has none of them.
    pub fn kept(&self, keys: &[&str]) -> String {
        let kept = keys
            .iter()
            .filter_map(|key| Some(format!("{key}={}", self.get(key)?)));
        let kept: Vec<String> = kept.collect();
        if kept.is_empty() {
            String::new()
        } else {
            format!("{{{}}}", kept.join(" "))
        }
    }
}

/// Reads the list at the start of a text; nothing where there is none.
pub fn read(text: &str) -> Option<List> {
    let inner = text.strip_prefix('{')?;
    let length = closing(inner)?;
    let mut rest = inner[..length].trim_start_matches(':').trim();
    let mut list = List {
        length: length + 2,
        ..List::default()
    };
    let mut is_list = rest.is_empty();
    while !rest.is_empty() {
        let stop = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(stop);
        match after.strip_prefix('=') {
            Some(value) => {
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                let (value, after) = match quote {
                    Some(quote) => value[1..].split_once(quote)?,
                    None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
                };
                list.values
                    .insert(word.to_lowercase(), value.trim().to_owned());
                is_list = true;
                rest = after.trim_start();
            }
            None => {
                is_list |= word.starts_with(['.', '#', '-']);
                rest = after.trim_start();
            }
        }
    }
    is_list.then_some(list)
}

/// Returns where the brace stands that closes the list, outside of quotation marks.
fn closing(inner: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (None, '}') => return Some(at),
            (None, '"') => quote = Some(c),
            (None, '\'') if inner[..at].ends_with('=') => quote = Some(c),
            (None, '\n') if inner[at + 1..].starts_with('\n') => return None,
            (Some(mark), c) if c == mark => quote = None,
            _ => {}
        }
    }
    None
}

/// Writes the size of an image; nothing where it has none that is a number or a share.
pub fn size(width: Option<&String>, height: Option<&String>) -> String {
    let measure = |value: &String| {
        let value = value.trim().trim_end_matches("px");
        let digits = value.trim_end_matches('%');
        let number: f64 = digits.parse().ok()?;
        let whole = number.round();
        let fits = (1.0..=10_000.0).contains(&whole);
        fits.then(|| format!("{whole}{}", if value.ends_with('%') { "%" } else { "" }))
    };
    let parts = [("width", width), ("height", height)];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key}={}", measure(value?)?)))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("{{{}}}", parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_every_tool_are_read() {
        for (text, length, alt, width) in [
            (
                "{alt='It\"s {x}' width=50%} b",
                26,
                Some("It\"s {x}"),
                Some("50%"),
            ),
            ("{: .a width=\"3\" }", 17, None, Some("3")),
            ("{.a}", 4, None, None),
            ("{:target=\"_blank\"}.", 18, None, None),
        ] {
            let list = read(text).expect(text);
            assert_eq!(list.length, length, "{text}");
            assert_eq!(list.get("alt").map(String::as_str), alt, "{text}");
            assert_eq!(list.get("width").map(String::as_str), width, "{text}");
        }
        for text in ["{a, b}", "{x", "a", "{a b}"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn sizes_are_numbers_or_shares() {
        let size =
            |width: &str, height: &str| size(Some(&width.to_owned()), Some(&height.to_owned()));
        assert_eq!(size("300px", "50%"), "{width=300 height=50%}");
        assert_eq!(size("auto", "12.6"), "{height=13}");
        assert_eq!(size("10em", ""), "");
    }
}
