//! Turns a page of another tool into a lesson.
//!
//! First its own text alone: front matter, includes, shortcodes, folds, blocks and quizzes ([`prepare`]). Then, when it is known where every page went, its
//! links, images, headings and HTML ([`page::Rewriter`]).

mod attributes;
mod blocks;
mod code;
mod details;
mod elements;
pub mod headings;
mod html;
mod html_block;
mod html_headings;
pub mod includes;
mod kinds;
mod levels;
mod links;
mod marks;
mod mdx;
mod openings;
pub mod page;
mod quiz;
mod shortcodes;
mod sizes;
mod tags;

use std::collections::HashSet;

use super::course::Format;
use super::front::{self, Matter};
use super::notes::Notes;
use super::source::Source;
use headings::Outline;

/// A page whose own text is converted.
#[derive(Debug, Default)]
pub struct Prepared {
    /// Its front matter.
    pub matter: Matter,
    /// Its Markdown.
    pub body: String,
    /// Its headings.
    pub outline: Outline,
    /// What there is to tell.
    pub notes: Notes,
}

/// What preparing a page needs to know.
pub struct Desk<'s> {
    /// The files.
    pub source: &'s Source,
    /// Whose they are.
    pub format: Format,
    /// Folders from which snippets count.
    pub bases: Vec<String>,
    /// Anchors that some link of the course names.
    pub wanted: HashSet<String>,
}

/// Converts a page's own text.
pub fn prepare(path: &str, text: &str, desk: &Desk<'_>) -> Prepared {
    let mut notes = Notes::default();
    let front = front::split(text);
    let mut body = text[front.length..].to_owned();
    if let Some(fault) = &front.fault {
        notes.kept(
            text.lines().nth(fault.line.saturating_sub(1)).unwrap_or(""),
            format!(
                "the front matter cannot be read, and stands in the text: {}",
                fault.message
            ),
        );
        body = format!("```yaml\n{}```\n\n{body}", &text[..front.length]);
    }
    let mut includer = includes::Includer {
        source: desk.source,
        bases: &desk.bases,
        notes: &mut notes,
        left: includes::LARGEST,
        full: false,
    };
    body = includer.expand(&body, path);
    if desk.format == Format::Docusaurus {
        body = includer.partials(&body, path);
    }
    if path.to_lowercase().ends_with(".mdx") || desk.format == Format::Docusaurus {
        body = mdx::mdx(&body, &mut notes);
    }
    // There two braces begin an object of a script: `style={{...}}`.
    if desk.format != Format::Docusaurus {
        let mut shortcodes = shortcodes::Shortcodes {
            source: desk.source,
            format: desk.format,
            notes: &mut notes,
            closed: std::collections::HashMap::new(),
        };
        body = shortcodes.convert(&body);
    }
    body = sizes::sizes(&body, &mut notes);
    body = html_headings::html_headings(&body);
    body = details::details(&body, &mut notes);
    body = blocks::blocks(&body, &mut notes);
    body = with_ids(&body, desk);
    let outline = headings::outline(&body, desk.format.slugs());
    Prepared {
        matter: Matter::of(front.entries),
        body,
        outline,
        notes,
    }
}

/// Gives blocks whose titles were headings the ids that links name.
fn with_ids(text: &str, desk: &Desk<'_>) -> String {
    let mut given = HashSet::new();
    let code = code::blocks(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let title = line
            .trim()
            .strip_prefix("::: ")
            .and_then(|rest| rest.split_once(" [")?.1.strip_suffix(']'));
        let id = title.map(|title| desk.format.slugs().id(title));
        match id
            .filter(|id| desk.wanted.contains(id) && headings::is_id(id) && !code.contain(start))
        {
            Some(id) if given.insert(id.clone()) => {
                out.push_str(line.trim_end());
                out.push_str(&format!(" {{#{id}}}\n"));
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// Returns the lines of a text that are not code.
pub fn words(text: &str) -> Vec<&str> {
    let code = code::blocks(text);
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        if !code.contain(at) {
            lines.push(line.trim_end());
        }
        at += line.len();
    }
    lines
}

/// Gathers the anchors that links in a text may name.
pub fn named_anchors(text: &str, into: &mut HashSet<String>) {
    for (at, _) in text.match_indices('#') {
        let rest = &text[at + 1..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '>' | ']' | '#'));
        let anchor = &rest[..end.unwrap_or(rest.len())];
        if !anchor.is_empty() {
            into.insert(
                percent_encoding::percent_decode_str(anchor)
                    .decode_utf8_lossy()
                    .into_owned(),
            );
        }
    }
}
