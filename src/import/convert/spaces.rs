//! Makes links of `[words](my page.md)`: the parser of Markdown takes an address with spaces for none, and other tools do not mind.
//!
//! In: a text. Out: the text with `[words](<my page.md>)` where something is there. What leads nowhere stays as it is, and is told.

use percent_encoding::percent_decode_str;

use super::super::notes::Notes;
use super::super::source::Source;
use super::code;
use crate::model::bytes::start_of;
use crate::model::path::join;

/// An address with its title is no longer, in bytes.
const LONGEST: usize = 1024;

/// What finding a link's target needs to know.
pub struct Around<'s> {
    /// The files.
    pub source: &'s Source,
    /// Folders from which addresses that begin with `/` count.
    pub bases: &'s [String],
    /// The page.
    pub page: &'s str,
}

/// Converts the links of a page's text.
pub fn spaces(text: &str, around: &Around<'_>, notes: &mut Notes) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    let code = code::all(text);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut line = 0;
    for (at, mark) in text.match_indices("](") {
        line = text[line..at]
            .rfind('\n')
            .map_or(line, |end| line + end + 1);
        let Some(words) = text[line..at].rfind('[').filter(|_| !code.contain(at)) else {
            continue;
        };
        let start = at + mark.len();
        let Some((address, title, length)) = spaced(&text[start..]) else {
            continue;
        };
        if !leads_somewhere(address, around) {
            let link = &text[line + words..start + length];
            notes.kept(
                link,
                "its address has spaces, and leads to nothing in the source: it stays as text",
            );
            continue;
        }
        out.push_str(&text[copied..start]);
        out.push_str(&format!("<{address}>{title}"));
        copied = start + length - 1;
        notes.did("links with spaces in their addresses became links");
    }
    out.push_str(&text[copied..]);
    out
}

/// Reads an address with spaces up to the bracket that closes it: the address, its title with the space before it, and the length with the bracket.
fn spaced(text: &str) -> Option<(&str, &str, usize)> {
    let line = start_of(text, LONGEST).lines().next()?;
    let mut depth = 0;
    let end = line.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })?;
    let inner = &line[..end];
    let titled = [" \"", " '"].iter().find_map(|mark| inner.find(mark));
    let (address, title) = inner.split_at(titled.unwrap_or(inner.len()));
    let address = address.trim();
    let has_space = address.contains([' ', '\t']) && !address.contains(['<', '>']);
    has_space.then_some((address, title, end + 1))
}

fn leads_somewhere(address: &str, around: &Around<'_>) -> bool {
    if address.starts_with("https://") || address.starts_with("http://") {
        return true;
    }
    let path = address.split(['#', '?']).next().unwrap_or("");
    let path = percent_decode_str(path).decode_utf8_lossy();
    let folder = around
        .page
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let bases: Vec<&str> = match path.starts_with('/') {
        true => around.bases.iter().map(String::as_str).collect(),
        false => vec![folder],
    };
    let is_there = |path: &str| {
        let page = format!("{}.md", path.strip_suffix(".html").unwrap_or(path));
        around.source.has(path) || around.source.has(&page) || around.source.has_folder(path)
    };
    bases.into_iter().any(|base| {
        let path = join(base, path.trim_matches('/'));
        path.is_some_and(|path| !path.is_empty() && is_there(&path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_spaces_are_told_from_addresses_with_titles() {
        for (text, expected) in [
            ("my page.md) b", Some(("my page.md", "", 11))),
            (
                "my (first) page.md#x)",
                Some(("my (first) page.md#x", "", 21)),
            ),
            (
                "my page.md \"A title\")",
                Some(("my page.md", " \"A title\"", 21)),
            ),
            ("page.md \"A title\")", None),
            ("<my page.md>)", None),
            ("page.md)", None),
            ("my page.md\n)", None),
        ] {
            assert_eq!(spaced(text), expected, "{text}");
        }
    }
}
