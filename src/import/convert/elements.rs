//! What becomes of each element of HTML.

use super::tags::Tag;

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It may stay inside text.
    Text,
    /// It may stay around text, and what it holds is HTML.
    Around,
    /// It goes, and what it holds stays as a paragraph of its own.
    Block,
    /// It goes, and what it holds stays in the text.
    Bare,
    /// It is a heading of this level.
    Heading(u8),
    /// It is a link or an anchor.
    Link,
    /// It is an image.
    Image,
    /// It shows something from elsewhere, which becomes a link.
    Frame,
    /// It goes with everything in it.
    Gone,
    /// It is a drawing.
    Drawing,
    /// It is a component of a site's own.
    Component,
    /// It is no element: words in angle brackets.
    Words,
}

const TEXT: [&str; 28] = [
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
    "var",
];

const AROUND: [&str; 20] = [
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "col",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "pre",
    "hr",
    "blockquote",
    "wbr",
];

const BLOCK: [&str; 17] = [
    "address",
    "article",
    "aside",
    "center",
    "details",
    "div",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "main",
    "nav",
    "p",
    "section",
    "summary",
];

const BARE: [&str; 21] = [
    "acronym", "big", "blink", "button", "data", "font", "input", "label", "legend", "map", "meta",
    "nobr", "noscript", "option", "output", "picture", "progress", "select", "source", "strike",
    "tt",
];

const FRAME: [&str; 6] = ["audio", "embed", "iframe", "object", "track", "video"];

const GONE: [&str; 7] = [
    "head", "link", "script", "style", "template", "math", "canvas",
];

/// Returns what becomes of a tag's element.
pub fn fate(tag: &Tag) -> Fate {
    let name = tag.lower();
    let is = |names: &[&str]| names.contains(&name.as_str());
    // A site's own component may be called like an element, apart from its capital.
    if tag.is_component() {
        return Fate::Component;
    }
    match name.as_str() {
        "a" => Fate::Link,
        "img" => Fate::Image,
        "svg" => Fate::Drawing,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Fate::Heading(name.as_bytes()[1] - b'0'),
        _ if is(&TEXT) => Fate::Text,
        _ if is(&AROUND) => Fate::Around,
        _ if is(&BLOCK) => Fate::Block,
        _ if is(&BARE) => Fate::Bare,
        _ if is(&FRAME) => Fate::Frame,
        _ if is(&GONE) => Fate::Gone,
        _ => Fate::Words,
    }
}

/// Returns a tag with the attributes that may stay, as it is written where all may.
pub fn kept(tag: &Tag, source: &str) -> String {
    let name = tag.lower();
    if tag.closes {
        return match name.as_str() {
            // Browsers take it for a break.
            "br" => "<br>".into(),
            "hr" | "wbr" | "col" => String::new(),
            _ => format!("</{name}>"),
        };
    }
    let own: &[&str] = match name.as_str() {
        "del" | "ins" | "time" => &["datetime"],
        "ol" => &["start", "reversed", "type"],
        "li" => &["value"],
        "td" | "th" => &["colspan", "rowspan", "scope", "abbr"],
        "col" | "colgroup" => &["span"],
        _ => &[],
    };
    let stays = |key: &str| own.contains(&key) || matches!(key, "lang" | "dir" | "title");
    let kept: Vec<&(String, String)> = tag
        .attributes
        .iter()
        .filter(|(key, _)| stays(&key.to_ascii_lowercase()))
        .collect();
    if kept.len() == tag.attributes.len() && tag.name == name {
        return source.to_owned();
    }
    let mut out = format!("<{name}");
    for (key, value) in kept {
        out.push_str(&format!(" {key}=\"{}\"", escaped(value)));
    }
    out.push('>');
    out
}

/// Returns a text as the value of an attribute.
pub fn escaped(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

/// Returns what a component says to readers in its attributes.
pub fn label(tag: &Tag) -> String {
    let mut parts = Vec::new();
    if let Some(number) = tag.get("number") {
        parts.push(format!("{} {number}", tag.name));
    }
    for key in [
        "title",
        "heading",
        "label",
        "file-name",
        "filename",
        "caption",
        "summary",
        "description",
        "text",
    ] {
        if let Some(value) = tag.get(key).filter(|value| !value.trim().is_empty()) {
            parts.push(value.trim().to_owned());
        }
    }
    parts.join(" \u{b7} ")
}

#[cfg(test)]
mod tests {
    use super::super::tags::tag_at;
    use super::*;

    #[test]
    fn attributes_that_may_not_stay_go() {
        for (source, expected) in [
            ("<sup>", "<sup>"),
            ("</BR>", "<br>"),
            ("<td class=\"x\" colspan='2'>", "<td colspan=\"2\">"),
            ("<kbd style=\"a\">", "<kbd>"),
        ] {
            let tag = tag_at(source, 0).expect("a tag");
            assert_eq!(kept(&tag, source), expected, "{source}");
        }
    }

    #[test]
    fn elements_are_told_from_words_in_angle_brackets() {
        for (source, expected) in [
            ("<T>", Fate::Words),
            ("<Tabs>", Fate::Component),
            ("<my-card>", Fate::Component),
            ("<u8>", Fate::Words),
            ("<h3>", Fate::Heading(3)),
            ("<iframe>", Fate::Frame),
        ] {
            let tag = tag_at(source, 0).expect("a tag");
            assert_eq!(fate(&tag), expected, "{source}");
        }
    }
}
