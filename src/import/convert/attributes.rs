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

/// Writes the size of an image from its attributes, `style` among them; nothing where it has none that can be kept.
pub fn size(get: impl Fn(&str) -> Option<String>) -> String {
    let style = get("style");
    let styled = |key: &str| {
        let declarations = style.as_deref()?.split([';', ',']);
        let mut pairs = declarations.filter_map(|pair| pair.split_once(':'));
        let (_, value) = pairs.find(|(name, _)| bare(name).eq_ignore_ascii_case(key))?;
        measure(value)
    };
    // What is written in the style overrules the attribute.
    let value = |key: &str| styled(key).or_else(|| measure(&get(key)?));
    match written(value("width"), value("height")) {
        Some(size) => format!("{{{size}}}"),
        None => String::new(),
    }
}

/// Writes a width and a height; nothing where neither can be kept. A share of no height is none.
pub fn written(width: Option<String>, height: Option<String>) -> Option<String> {
    let height = height.filter(|height| !height.ends_with('%'));
    let parts = [("width", width), ("height", height)].into_iter();
    let parts = parts.filter_map(|(key, value)| Some(format!("{key}={}", value?)));
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Takes the marks of a script's object off a word: `{width: '50%'}`.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"' | '\'' | '`'))
}

/// How many pixels a unit of length has; an `em` is that of browsers.
const UNITS: [(&str, f64); 9] = [
    ("", 1.0),
    ("px", 1.0),
    ("rem", 16.0),
    ("em", 16.0),
    ("cm", 96.0 / 2.54),
    ("mm", 9.6 / 2.54),
    ("in", 96.0),
    ("pt", 96.0 / 72.0),
    ("pc", 16.0),
];

/// Returns a length in pixels, or a share in percent; nothing where a text is neither, or no image has that size.
pub fn measure(value: &str) -> Option<String> {
    let value = bare(value).trim_end_matches("!important").trim_end();
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = value[..value.len() - unit.len()].parse().ok()?;
    let unit = unit.trim().to_ascii_lowercase();
    if unit == "%" {
        let share = number.round();
        let fits = (1.0..=100.0).contains(&share);
        return fits.then(|| format!("{share}%"));
    }
    let (_, pixels) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let whole = (number * pixels).round();
    let fits = (1.0..=10_000.0).contains(&whole);
    fits.then(|| whole.to_string())
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
    fn sizes_are_pixels_or_shares() {
        for (written, expected) in [
            ("width=300px height=50%", "{width=300}"),
            ("width=auto height=12.6", "{height=13}"),
            ("width=10em", "{width=160}"),
            ("width=5cm height=1in", "{width=189 height=96}"),
            ("width=120%", ""),
            ("width=0", ""),
            ("width=", ""),
            (
                "style='max-width: 10px; WIDTH: 50% !important'",
                "{width=50%}",
            ),
            (
                "style=\"{width: '40%', height: 30}\"",
                "{width=40% height=30}",
            ),
            ("width=600 style='width:300px'", "{width=300}"),
            ("width=600 style='width:auto'", "{width=600}"),
        ] {
            let list = read(&format!("{{{written}}}")).expect(written);
            assert_eq!(size(|key| list.get(key).cloned()), expected, "{written}");
        }
    }
}
