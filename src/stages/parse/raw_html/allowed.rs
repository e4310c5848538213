//! Says what raw HTML may stay where `[markdown] html = "safe"`, and has a sanitiser keep to it.
//!
//! In: HTML as an author wrote it. Out: HTML whose elements are whole, which a browser reads just as it is written. `docs/writing.md` has the same
//! list for authors.

use std::collections::{HashMap, HashSet};

use super::tags::{Kind, Piece, Tag, pieces};
use crate::model::address::SCHEMES;

/// Where an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Inside text.
    Text,
    /// Around text.
    Block,
}

/// Elements that may stay, and their own attributes that may stay with them.
pub(super) const ELEMENTS: [(&str, Level, &[&str]); 56] = [
    ("a", Level::Text, &["href"]),
    ("abbr", Level::Text, &[]),
    ("b", Level::Text, &[]),
    ("bdi", Level::Text, &[]),
    ("bdo", Level::Text, &[]),
    ("br", Level::Text, &[]),
    ("cite", Level::Text, &[]),
    ("code", Level::Text, &[]),
    ("del", Level::Text, &["datetime"]),
    ("dfn", Level::Text, &[]),
    ("em", Level::Text, &[]),
    ("i", Level::Text, &[]),
    ("img", Level::Text, &["src", "alt"]),
    ("ins", Level::Text, &["datetime"]),
    ("kbd", Level::Text, &[]),
    ("mark", Level::Text, &[]),
    ("q", Level::Text, &[]),
    ("rp", Level::Text, &[]),
    ("rt", Level::Text, &[]),
    ("ruby", Level::Text, &[]),
    ("s", Level::Text, &[]),
    ("samp", Level::Text, &[]),
    ("small", Level::Text, &[]),
    ("span", Level::Text, &[]),
    ("strong", Level::Text, &[]),
    ("sub", Level::Text, &[]),
    ("sup", Level::Text, &[]),
    ("time", Level::Text, &["datetime"]),
    ("u", Level::Text, &[]),
    ("var", Level::Text, &[]),
    ("wbr", Level::Text, &[]),
    ("blockquote", Level::Block, &[]),
    ("caption", Level::Block, &[]),
    ("col", Level::Block, &["span"]),
    ("colgroup", Level::Block, &["span"]),
    ("dd", Level::Block, &[]),
    ("details", Level::Block, &["open"]),
    ("div", Level::Block, &[]),
    ("dl", Level::Block, &[]),
    ("dt", Level::Block, &[]),
    ("figcaption", Level::Block, &[]),
    ("figure", Level::Block, &[]),
    ("hr", Level::Block, &[]),
    ("li", Level::Block, &["value"]),
    ("ol", Level::Block, &["start", "reversed", "type"]),
    ("p", Level::Block, &[]),
    ("pre", Level::Block, &[]),
    ("summary", Level::Block, &[]),
    ("table", Level::Block, &[]),
    ("tbody", Level::Block, &[]),
    ("td", Level::Block, &["colspan", "rowspan"]),
    ("tfoot", Level::Block, &[]),
    ("th", Level::Block, &["colspan", "rowspan", "scope", "abbr"]),
    ("thead", Level::Block, &[]),
    ("tr", Level::Block, &[]),
    ("ul", Level::Block, &[]),
];

/// Attributes that may stay with every element.
pub(super) const EVERYWHERE: [&str; 3] = ["lang", "dir", "title"];

/// Elements that go with everything in them: it is no prose, or is read by other rules than HTML's.
const OPAQUE: [&str; 17] = [
    "audio", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
];

/// Elements without an end tag, or whose end tag may be left out.
const END_OPTIONAL: [&str; 18] = [
    "br", "caption", "col", "colgroup", "dd", "dt", "hr", "img", "li", "p", "rp", "rt", "tbody",
    "td", "tfoot", "th", "thead", "tr",
];

/// Elements without an end tag.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

/// How deep elements may stand in one another: reading HTML takes time by its depth.
const DEEPEST: usize = 100;

/// How many tags a piece of HTML may hold.
const MOST_TAGS: usize = 20_000;

/// How often HTML is cleaned until cleaning changes nothing.
pub(super) const ROUNDS: usize = 4;

/// Returns where an element may stand, if it may stay at all.
pub(super) fn level(name: &str) -> Option<Level> {
    let found = ELEMENTS.iter().find(|(known, ..)| *known == name);
    found.map(|(_, level, _)| *level)
}

/// Returns the attributes that may stay with an element.
pub(super) fn attributes(name: &str) -> impl Iterator<Item = &'static str> {
    let own = ELEMENTS
        .iter()
        .find(|(known, ..)| *known == name)
        .map_or(&[][..], |(.., own)| own);
    own.iter().chain(&EVERYWHERE).copied()
}

/// Returns whether an element goes with everything in it.
pub(super) fn is_opaque(name: &str) -> bool {
    OPAQUE.contains(&name)
}

/// Returns whether an element has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Returns whether an element needs an end tag.
pub(super) fn needs_end(name: &str) -> bool {
    !VOID.contains(&name) && !END_OPTIONAL.contains(&name)
}

/// Keeps HTML to what may stay.
#[derive(Debug)]
pub(crate) struct Sanitiser(ammonia::Builder<'static>);

impl Sanitiser {
    /// Tells the sanitiser what may stay.
    pub fn new() -> Self {
        let mut builder = ammonia::Builder::empty();
        let own: HashMap<&str, HashSet<&str>> = ELEMENTS
            .iter()
            .map(|(name, _, own)| (*name, own.iter().copied().collect()))
            .collect();
        builder
            .tags(ELEMENTS.iter().map(|(name, ..)| *name).collect())
            .tag_attributes(own)
            .generic_attributes(EVERYWHERE.into_iter().collect())
            .clean_content_tags(OPAQUE.into_iter().collect())
            .url_schemes(SCHEMES.into_iter().collect())
            .link_rel(None);
        Self(builder)
    }

    /// Returns what may stay of a piece of HTML.
    ///
    /// Returns nothing where it is too deep or too long to be read in good time.
    pub fn clean(&self, html: &str) -> Option<String> {
        if is_too_much(&pieces(html, is_opaque)) {
            return None;
        }
        let mut html = self.0.clean(html).to_string();
        // What stays may be read otherwise when what went is no longer around it.
        for _ in 0..ROUNDS {
            let again = self.0.clean(&html).to_string();
            if again == html {
                return Some(html);
            }
            html = again;
        }
        None
    }

    /// Returns what may stay of a single start tag.
    pub(super) fn clean_tag(&self, html: &str) -> Option<Tag> {
        let html = self.0.clean(html).to_string();
        match pieces(&html, is_opaque).into_iter().next()?.kind {
            Kind::Start(tag) => Some(tag),
            _ => None,
        }
    }
}

fn is_too_much(pieces: &[Piece]) -> bool {
    let mut open: HashMap<&str, usize> = HashMap::new();
    let mut depth = 0;
    for piece in pieces {
        match &piece.kind {
            Kind::Start(tag) if needs_end(&tag.name) => {
                *open.entry(&tag.name).or_default() += 1;
                depth += 1;
            }
            Kind::End(name) => {
                if let Some(count) = open.get_mut(name.as_str()).filter(|count| **count > 0) {
                    *count -= 1;
                    depth -= 1;
                }
            }
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    pieces.len() > MOST_TAGS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(html: &str) -> Option<String> {
        Sanitiser::new().clean(html)
    }

    #[test]
    fn what_stays_is_what_the_lists_name() {
        for (name, level, own) in ELEMENTS {
            assert!(!is_opaque(name), "{name} stays or goes");
            if is_void(name) {
                assert!(!needs_end(name), "{name}");
            }
            assert_eq!(super::level(name), Some(level), "{name}");
            for attribute in own {
                assert!(attributes(name).any(|known| known == *attribute), "{name}");
            }
        }
    }

    #[test]
    fn cleaned_html_is_read_as_it_is_written() {
        for (html, expected) in [
            ("<div><p>a<p>b</div>", "<div><p>a</p><p>b</p></div>"),
            ("<p onclick=x style=y id=main class=z>a", "<p>a</p>"),
            ("a</main></div>b", "ab"),
            ("<svg><g>a</g></svg>b", "b"),
            ("<svg><p>a</svg>b", "<p>ab</p>"),
            (
                "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
                "",
            ),
            ("<p><button><p>a</button></p>", "<p></p><p>a</p><p></p>"),
            ("<a href=javascript:alert(1)>a</a>", "<a>a</a>"),
            ("<a href='java&#10;script:alert(1)'>a</a>", "<a>a</a>"),
        ] {
            assert_eq!(clean(html).as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn too_deep_html_is_not_read() {
        assert!(clean(&"<b>".repeat(DEEPEST)).is_some());
        assert_eq!(clean(&"<b>".repeat(DEEPEST + 1)), None);
        assert_eq!(clean(&"<br>".repeat(MOST_TAGS + 1)), None);
        assert!(clean(&"<p>a".repeat(1000)).is_some());
    }
}
