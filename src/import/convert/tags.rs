//! Reads HTML tags as authors write them.

use std::ops::Range;

/// A tag in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name as written.
    pub name: String,
    /// Whether it closes an element.
    pub closes: bool,
    /// Whether it ends with `/>`.
    pub is_empty: bool,
    /// Its attributes with their values, in order.
    pub attributes: Vec<(String, String)>,
    /// Where it stands.
    pub range: Range<usize>,
}

impl Tag {
    /// Returns the value of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        let mut found = self.attributes.iter();
        found
            .find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map(|(_, value)| value.as_str())
    }

    /// Returns the name in lower case.
    pub fn lower(&self) -> String {
        self.name.to_ascii_lowercase()
    }

    /// Returns whether it belongs to a component of a site's own: `<Tabs>`, `<my-card>`.
    pub fn is_component(&self) -> bool {
        self.name.starts_with(|c: char| c.is_ascii_uppercase()) && self.name.len() > 1
            || self.name.contains(['-', '.'])
    }
}

/// Returns the tag that starts at an offset.
pub fn tag_at(text: &str, at: usize) -> Option<Tag> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'<') {
        return None;
    }
    let closes = bytes.get(at + 1) == Some(&b'/');
    let mut here = at + 1 + usize::from(closes);
    let start = here;
    if !bytes.get(here)?.is_ascii_alphabetic() {
        return None;
    }
    let in_name =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'_');
    while bytes.get(here).is_some_and(|byte| in_name(*byte)) {
        here += 1;
    }
    let name = text[start..here].to_owned();
    let mut attributes = Vec::new();
    loop {
        here = skip_space(bytes, here);
        match *bytes.get(here)? {
            b'>' => {
                let range = at..here + 1;
                return Some(Tag {
                    name,
                    closes,
                    is_empty: false,
                    attributes,
                    range,
                });
            }
            b'/' if bytes.get(here + 1) == Some(&b'>') => {
                let range = at..here + 2;
                return Some(Tag {
                    name,
                    closes,
                    is_empty: true,
                    attributes,
                    range,
                });
            }
            b'/' => here += 1,
            b'<' => return None,
            _ => {
                let (attribute, after) = attribute(text, here)?;
                attributes.push(attribute);
                here = after;
            }
        }
    }
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

fn attribute(text: &str, at: usize) -> Option<((String, String), usize)> {
    let bytes = text.as_bytes();
    let mut here = at;
    while bytes.get(here).is_some_and(|byte| {
        !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/' | b'<')
    }) {
        here += 1;
    }
    if here == at {
        return None;
    }
    let key = text[at..here].to_owned();
    let equals = skip_space(bytes, here);
    if bytes.get(equals) != Some(&b'=') {
        return Some(((key, String::new()), here));
    }
    let start = skip_space(bytes, equals + 1);
    let (value, after) = match *bytes.get(start)? {
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, &bytes[start + 1..])?;
            (&text[start + 1..start + 1 + length], start + length + 2)
        }
        b'{' => {
            let length = braced(&text[start..])?;
            let inner = &text[start + 1..start + length - 1];
            (inner.trim().trim_matches(['"', '\'', '`']), start + length)
        }
        _ => {
            let mut end = start;
            while bytes
                .get(end)
                .is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'>')
            {
                end += 1;
            }
            (&text[start..end], end)
        }
    };
    Some(((key, decoded(value)), after))
}

/// Returns the length of the text in braces at the start, braces included.
fn braced(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
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

/// Returns a text with the entities that attributes hold written out.
fn decoded(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// Calls a function with every tag of a text, in order.
pub fn each(text: &str, mut with: impl FnMut(Tag)) {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &text.as_bytes()[from..]).map(|at| from + at) {
        if text[at..].starts_with("<!--") {
            from = text[at..]
                .find("-->")
                .map_or(text.len(), |end| at + end + 3);
            continue;
        }
        match tag_at(text, at) {
            Some(tag) => {
                from = tag.range.end;
                with(tag);
            }
            None => from = at + 1,
        }
    }
}

/// Returns a text without its tags, with single spaces.
pub fn without(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut copied = 0;
    each(text, |tag| {
        plain.push_str(&text[copied..tag.range.start]);
        plain.push(' ');
        copied = tag.range.end;
    });
    plain.push_str(&text[copied..]);
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_authors_write_them() {
        for (text, expected) in [
            ("<br/>", Some(("br", 0, true))),
            ("<a href=x title='y z' data-a>", Some(("a", 3, false))),
            ("<Tab label={\"A > b\"} on>", Some(("Tab", 2, false))),
            ("<T>", Some(("T", 0, false))),
            ("< b>", None),
            ("<a href=\"x", None),
            ("<https://a.org>", None),
            ("<a <b>", None),
        ] {
            let tag = tag_at(text, 0);
            let found = tag.as_ref();
            let found = found.map(|tag| (tag.name.as_str(), tag.attributes.len(), tag.is_empty));
            let expected = expected.filter(|_| !text.starts_with("<https"));
            assert_eq!(
                found.filter(|_| !text.starts_with("<https")),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn words_stay_when_tags_go() {
        assert_eq!(
            without("<b>a</b><i>b</i>\n <!-- x --> c"),
            "a b <!-- x --> c"
        );
    }
}
