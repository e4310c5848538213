//! Reads HTML as a row of tags and texts, to say what stands where in it.
//!
//! What is safe is not decided here: `allowed` asks a sanitiser, which reads HTML as browsers do.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark_escape::escape_html;

use crate::model::text::cleaned;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: Kind,
    /// Byte offsets.
    pub range: Range<usize>,
}

/// What a piece of HTML is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// `<b>`.
    Start(Tag),
    /// `</b>`: the name in lower case.
    End(String),
    /// What an opaque element holds.
    Content,
    /// A comment, a declaration, a processing instruction or CDATA.
    Other,
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub name: String,
    /// Names in lower case; values as they are written.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// Returns an attribute's value without entities.
    pub fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| decoded(value))
    }

    /// Writes the tag.
    pub fn html(&self) -> String {
        let mut html = format!("<{}", self.name);
        for (name, value) in &self.attributes {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            // Writing to a String cannot fail.
            let _ = escape_html(&mut html, &decoded(value));
            html.push('"');
        }
        html.push('>');
        html
    }
}

/// Takes HTML apart. The ranges follow one another without a gap.
///
/// What stands in an element whose content `is_opaque` names is one piece up to its end tag.
pub(super) fn pieces(html: &str, is_opaque: impl Fn(&str) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let (kind, end) = match markup(&html[at..]) {
            Some((kind, length)) => (kind, at + length),
            None => {
                let next = memchr::memchr(b'<', &html.as_bytes()[at + 1..]);
                (Kind::Text, next.map_or(html.len(), |next| at + 1 + next))
            }
        };
        let opaque = match &kind {
            Kind::Start(tag) if is_opaque(&tag.name) => Some(tag.name.clone()),
            _ => None,
        };
        match pieces.last_mut() {
            Some(last) if last.kind == Kind::Text && kind == Kind::Text => last.range.end = end,
            _ => pieces.push(Piece {
                kind,
                range: at..end,
            }),
        }
        at = end;
        if let Some(name) = opaque {
            let length = content_length(&html[at..], &name);
            if length > 0 {
                pieces.push(Piece {
                    kind: Kind::Content,
                    range: at..at + length,
                });
                at += length;
            }
        }
    }
    pieces
}

/// Returns how far it is to an element's end tag.
fn content_length(html: &str, name: &str) -> usize {
    let ends = |at: &usize| {
        let rest = &html.as_bytes()[at + 2..];
        rest.get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && rest
                .get(name.len())
                .is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    memchr::memmem::find_iter(html.as_bytes(), "</")
        .find(ends)
        .unwrap_or(html.len())
}

/// Reads the markup at the start of a text; `None` where it starts with text.
fn markup(html: &str) -> Option<(Kind, usize)> {
    let rest = html.strip_prefix('<')?;
    let until = |mark: &str, from: usize| {
        html.get(from..)
            .and_then(|rest| rest.find(mark))
            .map_or(html.len(), |at| from + at + mark.len())
    };
    if rest.starts_with("!--") {
        // `<!-->` and `<!--->` are whole comments.
        return Some((Kind::Other, until("-->", 2)));
    }
    if rest.starts_with("![CDATA[") {
        return Some((Kind::Other, until("]]>", 2)));
    }
    if rest.starts_with(['!', '?']) {
        return Some((Kind::Other, until(">", 1)));
    }
    let (name, is_end) = match rest.strip_prefix('/') {
        Some(name) => (name, true),
        None => (rest, false),
    };
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return is_end.then(|| (Kind::Other, until(">", 1)));
    }
    let mut reader = Reader {
        text: html,
        at: html.len() - name.len(),
    };
    let name = reader
        .take(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>'))
        .to_ascii_lowercase();
    let attributes = reader.attributes();
    let kind = if is_end {
        Kind::End(name)
    } else {
        Kind::Start(Tag { name, attributes })
    };
    Some((kind, reader.at))
}

/// Reads on in a text.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn next(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Reads attributes up to the end of the tag, and steps over that.
    fn attributes(&mut self) -> Vec<(String, String)> {
        let mut attributes = Vec::new();
        loop {
            self.take(|c| c.is_ascii_whitespace() || c == '/');
            match self.next() {
                None => return attributes,
                Some('>') => {
                    self.at += 1;
                    return attributes;
                }
                Some(_) => attributes.push(self.attribute()),
            }
        }
    }

    fn attribute(&mut self) -> (String, String) {
        let start = self.at;
        // A leading `=` belongs to the name.
        self.at += self.next().map_or(0, char::len_utf8);
        self.take(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>' | '='));
        let name = self.text[start..self.at].to_ascii_lowercase();
        let before = self.at;
        self.take(|c| c.is_ascii_whitespace());
        if self.next() != Some('=') {
            self.at = before;
            return (name, String::new());
        }
        self.at += 1;
        self.take(|c| c.is_ascii_whitespace());
        let value = match self.next() {
            Some(mark @ ('"' | '\'')) => {
                self.at += 1;
                let value = self.take(|c| c != mark);
                self.at += self.next().map_or(0, char::len_utf8);
                value
            }
            _ => self.take(|c| !c.is_ascii_whitespace() && c != '>'),
        };
        (name, value.to_owned())
    }
}

/// Returns a text without the entities that a sanitiser writes, and without what no text may hold.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if let Some((clean, _)) = cleaned(text) {
        return decoded(&clean).into_owned().into();
    }
    if !text.contains('&') {
        return text.into();
    }
    text.replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let pieces = pieces(html, |name| name == "script");
        let mut at = 0;
        for piece in &pieces {
            assert_eq!(piece.range.start, at, "no gap in {html}");
            at = piece.range.end;
        }
        assert_eq!(at, html.len(), "nothing is left of {html}");
        let shown = pieces.iter().map(|piece| {
            let text = &html[piece.range.clone()];
            match &piece.kind {
                Kind::Text => format!("text {text}"),
                Kind::Start(tag) => {
                    let attributes = tag.attributes.iter();
                    let attributes = attributes.map(|(name, value)| format!(" {name}={value}"));
                    format!("start {}{}", tag.name, attributes.collect::<String>())
                }
                Kind::End(name) => format!("end {name}"),
                Kind::Content => format!("content {text}"),
                Kind::Other => format!("other {text}"),
            }
        });
        shown.collect()
    }

    #[test]
    fn html_is_taken_apart_without_a_gap() {
        for (html, expected) in [
            ("", vec![]),
            ("a < b <3", vec!["text a < b <3"]),
            ("<B>x</B >", vec!["start b", "text x", "end b"]),
            (
                "<a href=\"x>y\" Title='z' open>",
                vec!["start a href=x>y title=z open="],
            ),
            ("<a b = c/d>", vec!["start a b=c/d"]),
            ("<br/>", vec!["start br"]),
            ("<a =x>", vec!["start a =x="]),
            ("<p", vec!["start p"]),
            ("<a href=\"x", vec!["start a href=x"]),
            (
                "<!-- a > b --><!-->",
                vec!["other <!-- a > b -->", "other <!-->"],
            ),
            ("<![CDATA[a>b]]>c", vec!["other <![CDATA[a>b]]>", "text c"]),
            ("<?php a ?>", vec!["other <?php a ?>"]),
            ("</ p>", vec!["other </ p>"]),
            (
                "<script>if (a < b) '</p>'</SCRIPT>c",
                vec![
                    "start script",
                    "content if (a < b) '</p>'",
                    "end script",
                    "text c",
                ],
            ),
            ("<script>a", vec!["start script", "content a"]),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn values_are_read_without_entities() {
        let html = "<a href=\"?a&amp;b&amp;lt;&quot;\">";
        let pieces = pieces(html, |_| false);
        let Kind::Start(tag) = &pieces[0].kind else {
            panic!("a start tag");
        };
        assert_eq!(tag.value("href").as_deref(), Some("?a&b&lt;\""));
        assert_eq!(tag.value("title"), None);
    }
}
