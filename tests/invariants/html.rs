//! Reads the HTML that the program writes, and panics where it is not well formed.

use std::collections::HashSet;

/// What the program must never leave open or closed without opening, apart from these.
const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements that end a paragraph: inside `<p>` a browser would read another tree than was written.
const BLOCKS: [&str; 20] = [
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
    "blockquote",
    "section",
    "figure",
    "details",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "fieldset",
    "form",
];

/// An opening tag.
#[derive(Debug)]
pub struct Tag<'h> {
    pub name: &'h str,
    /// As they are written, without their quotation marks.
    pub attributes: Vec<(&'h str, &'h str)>,
}

impl Tag<'_> {
    /// Returns the value of an attribute.
    pub fn value(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| *value)
    }
}

/// Returns the opening tags; panics where elements do not nest.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.split_once("-->").expect("comments are closed").1;
            continue;
        }
        if rest.starts_with('!') {
            continue;
        }
        let end = tag_end(rest);
        let inner = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = inner.strip_prefix('/') {
            assert_eq!(
                open.pop(),
                Some(name),
                "`</{name}>` closes what was opened last in {html:?}"
            );
            continue;
        }
        let closed = inner.ends_with('/');
        let tag = tag(inner.trim_end_matches('/'));
        assert!(
            !(BLOCKS.contains(&tag.name) && open.contains(&"p") && !open.contains(&"svg")),
            "<{}> stands in <p> in {html:?}",
            tag.name
        );
        if matches!(tag.name, "script" | "style") {
            let end = format!("</{}>", tag.name);
            rest = rest.split_once(&end).expect("scripts are closed").1;
        } else if !closed && !VOID.contains(&tag.name) {
            open.push(tag.name);
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "{open:?} stay open in {html:?}");
    tags
}

/// Returns the ids of a page; panics where one stands twice.
pub fn ids(tags: &[Tag<'_>]) -> HashSet<String> {
    let mut ids = HashSet::new();
    for id in tags.iter().filter_map(|tag| tag.value("id")) {
        assert!(ids.insert(unescaped(id)), "the id {id:?} stands twice");
    }
    ids
}

/// Returns where a tag ends: at the first `>` outside quotation marks.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            b'<' if !quoted => break,
            _ => {}
        }
    }
    panic!("a tag is not closed: <{text:.200}");
}

fn tag(inner: &str) -> Tag<'_> {
    let (name, mut rest) = inner
        .split_once(|c: char| c.is_ascii_whitespace())
        .unwrap_or((inner, ""));
    assert!(
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        "`<{inner}>` is no tag"
    );
    let mut attributes: Vec<(&str, &str)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Tag { name, attributes };
        }
        let end = rest
            .find(|c: char| c == '=' || c.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let key = &rest[..end];
        assert!(
            key.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-:_".contains(&byte)),
            "`{key}` is no attribute in <{inner}>"
        );
        assert!(
            attributes.iter().all(|(other, _)| *other != key),
            "`{key}` stands twice in <{inner}>"
        );
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(after) => {
                let (value, after) = after.split_once('"').expect("values are quoted");
                rest = after;
                value
            }
            None => "",
        };
        attributes.push((key, value));
    }
}

/// Returns a text without the few references that the program writes.
pub fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
