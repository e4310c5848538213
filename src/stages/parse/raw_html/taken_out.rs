//! Says what is taken out of raw HTML, and what an author can write instead.

use std::collections::HashSet;
use std::ops::Range;

use super::allowed::{self, Level, Sanitiser};
use super::tags::{Kind, Piece, Tag};
use crate::model::Rule;
use crate::model::address::scheme;

pub(super) const HELP: &str = "write it in Markdown, or in backticks when it is meant to be seen";

/// What is taken out, and where it stands in the Markdown or in a piece of HTML.
#[derive(Debug)]
pub(crate) struct Complaint {
    pub rule: Rule,
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
}

impl Complaint {
    pub fn new(range: &Range<usize>, message: String, help: &str) -> Self {
        Self {
            rule: Rule::RawHtml,
            range: range.clone(),
            message,
            help: help.into(),
        }
    }

    /// Something that is neither a tag nor a comment.
    pub fn other(range: &Range<usize>) -> Self {
        let message = "this declaration or instruction is taken out".into();
        Self::new(range, message, HELP)
    }

    /// An end tag without a start tag.
    pub fn not_open(name: &str, range: &Range<usize>) -> Self {
        Self::new(
            range,
            format!("`</{name}>` is taken out: no `<{name}>` is open here"),
            "remove it, or open what it closes in the same piece of text",
        )
    }
}

/// Says what is taken out of a start tag, and whether the tag stays; `cleaned` is what the sanitiser left of it.
pub(super) fn about_tag(
    tag: &Tag,
    cleaned: Option<&Tag>,
    place: Level,
    range: &Range<usize>,
) -> (Vec<Complaint>, bool) {
    let name = tag.name.as_str();
    let gone = |message: String, help: &str| (vec![Complaint::new(range, message, help)], false);
    match (allowed::level(name), place) {
        (None, _) if allowed::is_opaque(name) => {
            return gone(format!("`<{name}>` is taken out with what it holds"), HELP);
        }
        (None, _) => {
            let message = format!("`<{name}>` is taken out, and what it holds stays");
            let is_heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
            let help = if is_heading {
                "write `## ...`, so that the heading can be linked to"
            } else {
                HELP
            };
            return gone(message, help);
        }
        (Some(Level::Block), Level::Text) => {
            let message = format!("`<{name}>` is taken out: it cannot stand inside a paragraph");
            return gone(message, "put it on lines of its own, between blank lines");
        }
        _ => {}
    }
    let mut complaints: Vec<Complaint> = attributes_out(tag, range).into_iter().collect();
    let address = match name {
        "a" => Some("href"),
        "img" => Some("src"),
        _ => None,
    };
    let Some(address) = address.filter(|key| cleaned.is_none_or(|tag| tag.value(key).is_none()))
    else {
        return (complaints, true);
    };
    complaints.push(match tag.value(address) {
        Some(value) => refused_address(&value, range),
        None => Complaint::new(
            range,
            format!("`<{name}>` is taken out: it has no `{address}`"),
            if name == "a" {
                "to make a place that can be linked to, give a heading or block an id: `## Title {#id}`"
            } else {
                "name the image: `![what it shows](path)`"
            },
        ),
    });
    (complaints, false)
}

fn attributes_out(tag: &Tag, range: &Range<usize>) -> Option<Complaint> {
    let known: Vec<&str> = allowed::attributes(&tag.name).collect();
    let mut out: Vec<String> = Vec::new();
    for (attribute, _) in &tag.attributes {
        let quoted = format!("`{attribute}`");
        if !known.contains(&attribute.as_str()) && !out.contains(&quoted) {
            out.push(quoted);
        }
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let verb = if out.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} taken out of `<{}>`", out.join(", "), tag.name);
    let help = format!("`<{}>` may keep {}", tag.name, known.join(", "));
    (!out.is_empty()).then(|| Complaint::new(range, message, &help))
}

fn refused_address(value: &str, range: &Range<usize>) -> Complaint {
    let what = match scheme(value) {
        Some(scheme) => format!("the scheme `{scheme}:`"),
        None => "this address".into(),
    };
    Complaint {
        rule: Rule::UnsafeLink,
        range: range.clone(),
        message: format!("{what} is not allowed in a link"),
        help: "link to a lesson, a file beside it, or an `https:` address".into(),
    }
}

/// Says which tags of clean HTML cannot stand where they do: items without a list, links without an address, and links around blocks.
pub(super) fn misplaced(
    pieces: &[Piece],
    whole: &Range<usize>,
    said: &mut Vec<Complaint>,
) -> Vec<bool> {
    let mut out = vec![false; pieces.len()];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.kind {
            Kind::Start(tag) => {
                let name = tag.name.as_str();
                let is_block = |name: &str| allowed::level(name) == Some(Level::Block);
                let mut around = open.iter().rev().map(|(_, name)| *name);
                let parent = around.find(|name| is_block(name));
                let has_list = match name {
                    "li" => matches!(parent, Some("ul" | "ol")),
                    "dt" | "dd" => parent == Some("dl"),
                    _ => true,
                };
                if !has_list {
                    said.push(Complaint::new(
                        whole,
                        format!("`<{name}>` is taken out: it stands in no list"),
                        "write the list in Markdown, or put it in `<ul>`, `<ol>` or `<dl>`",
                    ));
                }
                let leads = match name {
                    "a" => tag.value("href").is_some(),
                    "img" => tag.value("src").is_some(),
                    _ => true,
                };
                out[index] = !has_list || !leads;
                if is_block(name) || name == "a" {
                    for (link, _) in open.iter().filter(|(_, name)| *name == "a") {
                        if !std::mem::replace(&mut out[*link], true) {
                            said.push(Complaint::new(
                                whole,
                                "`<a>` is taken out: a link cannot stand around paragraphs or other links".into(),
                                "put the link around words inside the paragraph",
                            ));
                        }
                    }
                }
                if !allowed::is_void(name) {
                    open.push((index, name));
                }
            }
            Kind::End(_) => {
                if let Some((start, _)) = open.pop() {
                    out[index] = out[start];
                }
            }
            _ => {}
        }
    }
    out
}

/// Says what is taken out of a block of HTML.
pub(super) fn about_block(html: &str, pieces: &[Piece], sanitiser: &Sanitiser) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut open: Vec<(&str, &Range<usize>)> = Vec::new();
    let mut gone: HashSet<&str> = HashSet::new();
    for piece in pieces {
        let range = &piece.range;
        match &piece.kind {
            Kind::Start(tag) => {
                let leads = matches!(tag.name.as_str(), "a" | "img");
                let cleaned = leads
                    .then(|| sanitiser.clean_tag(&html[range.clone()]))
                    .flatten();
                let (said, _) = about_tag(tag, cleaned.as_ref(), Level::Block, range);
                complaints.extend(said);
                if allowed::level(&tag.name).is_none() {
                    gone.insert(&tag.name);
                } else if allowed::needs_end(&tag.name) {
                    open.push((&tag.name, range));
                }
            }
            // Its start tag has been reported.
            Kind::End(name) if gone.contains(name.as_str()) => {}
            Kind::End(name) if allowed::needs_end(name) => {
                match open.iter().rposition(|(known, _)| known == name) {
                    Some(at) => {
                        open.remove(at);
                    }
                    None => complaints.push(Complaint::not_open(name, range)),
                }
            }
            Kind::Other if !html[range.clone()].starts_with("<!--") => {
                complaints.push(Complaint::other(range));
            }
            _ => {}
        }
    }
    for (name, range) in open {
        complaints.push(Complaint::new(
            range,
            format!("`<{name}>` is not closed in this piece of HTML, and is closed at its end"),
            &format!("close it with `</{name}>`; a blank line ends a piece of HTML"),
        ));
    }
    complaints.sort_by_key(|complaint| complaint.range.start);
    complaints
}
