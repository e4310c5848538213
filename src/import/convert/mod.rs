//! Turns a page of another tool into a lesson.
//!
//! First its own text alone: front matter, includes, shortcodes, folds, blocks and quizzes ([`prepare`]). Then, when it is known where every page went, its
//! links, images, headings and HTML ([`page::Rewriter`]).

mod anchors;
mod attributes;
mod blocks;
mod boxes;
mod code;
mod elements;
pub mod headings;
mod html;
mod html_block;
mod html_headings;
pub mod includes;
mod kinds;
mod leftovers;
mod levels;
mod links;
mod marks;
mod mdx;
mod openings;
pub mod page;
mod quiz;
mod shortcodes;
mod sizes;
mod spaces;
mod tags;

use std::collections::HashSet;

use pulldown_cmark::{Event, Parser};

use super::course::Format;
use super::front::{self, Matter};
use super::notes::Notes;
use super::slugs::SlugRule;
use super::source::Source;
use crate::model::markdown::options;
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
        if front.length > 0 {
            body = format!("```yaml\n{}```\n\n{body}", &text[..front.length]);
        }
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
    let around = spaces::Around {
        source: desk.source,
        bases: &desk.bases,
        page: path,
    };
    body = spaces::spaces(&body, &around, &mut notes);
    body = html_headings::html_headings(&body);
    body = boxes::boxes(&body, &mut notes);
    body = blocks::blocks(&body, &mut notes);
    body = anchors::anchors(&body, &mut notes);
    leftovers::leftovers(&body, &mut notes);
    body = with_ids(&body, desk);
    let outline = headings::outline(&body, desk.format.slugs());
    let mut matter = Matter::of(front.entries);
    matter.draft |= desk.format.is_draft(path);
    Prepared {
        matter,
        body,
        outline,
        notes,
    }
}

/// Returns what a page calls itself.
pub fn title(text: &str) -> Option<String> {
    let front = front::split(text);
    let body = html_headings::html_headings(&text[front.length..]);
    let heading = headings::outline(&body, SlugRule::GitHub).title;
    let heading = heading.map(|heading| heading.words);
    let named = Matter::of(front.entries).title.or(heading)?;
    (!named.trim().is_empty()).then_some(named)
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

/// Returns the words of a line of Markdown, as readers see them.
pub fn plain(line: &str) -> String {
    let line = line.replace("[[", "[").replace("]]", "]");
    let mut pieces = line.split("]{");
    // What begins a line begins no block here.
    let mut written = format!("{BEFORE}{}", pieces.next().unwrap_or(""));
    for piece in pieces {
        match piece.split_once('}') {
            Some((_, behind)) => written.push_str(&format!("]{behind}")),
            None => written.push_str(&format!("]{{{piece}")),
        }
    }
    // Words in brackets are a link that the page defines elsewhere, or one of ours.
    let mut defined = |_: pulldown_cmark::BrokenLink<'_>| Some(("#".into(), "".into()));
    let parser = Parser::new_with_broken_link_callback(&written, options(), Some(&mut defined));
    let mut words = String::with_capacity(written.len());
    for event in parser {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    let words: Vec<&str> = words.split_whitespace().skip(1).collect();
    words.join(" ")
}

/// A word before a line.
const BEFORE: &str = "x ";

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
