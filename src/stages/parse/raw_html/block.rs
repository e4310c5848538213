//! Cleans a block of raw HTML as a whole.
//!
//! In: the block's lines. Out: its tags and the runs of text between them, in their order, and what was taken out.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::super::walk::Located;
use super::allowed::{self, Level, Sanitiser};
use super::runs::{link_start, push_image};
use super::tags::{Kind, Tag, decoded, pieces};
use super::taken_out::{Complaint, HELP, about_block, misplaced};
use super::text::Locator;

/// A block of HTML as it stands in the Markdown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawBlock<'b> {
    /// Its lines, and where each stands.
    pub lines: &'b [(String, Range<usize>)],
    /// Where all of it stands.
    pub whole: &'b Range<usize>,
    pub markdown: &'b str,
}

/// What stays of a block of HTML.
#[derive(Debug)]
pub(crate) enum Part {
    /// Text, and the elements inside it.
    Run(Vec<Located<'static>>),
    /// The start tag of an element around text.
    Open(String, Holds),
    /// The end tag of one.
    Close(String, Holds),
}

/// What an element around text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A quotation.
    Quotation,
    /// Text like any other.
    Text,
}

impl Holds {
    fn of(name: &str) -> Self {
        match name {
            "blockquote" => Self::Quotation,
            _ => Self::Text,
        }
    }
}

/// Takes out of a block of HTML what may not stay; nothing stays of one that is too deep or too long to be cleaned.
pub(crate) fn clean_block(
    block: RawBlock<'_>,
    sanitiser: &Sanitiser,
) -> (Option<Vec<Part>>, Vec<Complaint>) {
    let html: String = block.lines.iter().map(|(line, _)| line.as_str()).collect();
    let written = pieces(&html, allowed::is_opaque);
    let mut complaints = Vec::new();
    let Some(clean) = settled(&html, sanitiser, block.whole, &mut complaints) else {
        let message = "this HTML is taken out: it is too deep or too long to be cleaned".into();
        return (None, vec![Complaint::new(block.whole, message, HELP)]);
    };
    let mut locator = Locator::new(&html, &written, block.lines, block.markdown);
    complaints.extend(
        about_block(&html, &written, sanitiser)
            .into_iter()
            .map(|mut complaint| {
                complaint.range = locator.source(&complaint.range);
                complaint
            }),
    );
    (Some(parts(&clean, &mut locator)), complaints)
}

/// Returns what may stay, when nothing in it stands where it cannot.
fn settled(
    html: &str,
    sanitiser: &Sanitiser,
    whole: &Range<usize>,
    complaints: &mut Vec<Complaint>,
) -> Option<String> {
    let mut clean = sanitiser.clean(html)?;
    for _ in 0..allowed::ROUNDS {
        let pieces = pieces(&clean, |_| false);
        let out = misplaced(&pieces, whole, complaints);
        if !out.contains(&true) {
            return Some(clean);
        }
        let stays = pieces.iter().zip(out).filter(|(_, out)| !out);
        let rest: String = stays
            .map(|(piece, _)| &clean[piece.range.clone()])
            .collect();
        clean = sanitiser.clean(&rest)?;
    }
    None
}

/// Takes clean HTML apart: the runs of text between its blocks go the way of every text.
fn parts(clean: &str, locator: &mut Locator<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut run: Vec<Located<'static>> = Vec::new();
    for piece in &pieces(clean, |_| false) {
        match &piece.kind {
            Kind::Text => locator.push_text(&decoded(&clean[piece.range.clone()]), &mut run),
            Kind::Start(tag) if allowed::level(&tag.name) == Some(Level::Block) => {
                end_run(&mut run, &mut parts);
                parts.push(Part::Open(tag.html(), Holds::of(&tag.name)));
            }
            Kind::End(name) if allowed::level(name) == Some(Level::Block) => {
                end_run(&mut run, &mut parts);
                parts.push(Part::Close(format!("</{name}>"), Holds::of(name)));
            }
            Kind::Start(tag) => start(tag, locator, &mut run),
            Kind::End(name) if name == "a" => {
                run.push((Event::End(TagEnd::Link), locator.here()));
            }
            Kind::End(name) => {
                run.push((
                    Event::InlineHtml(format!("</{name}>").into()),
                    locator.here(),
                ));
            }
            Kind::Content | Kind::Other => {}
        }
    }
    end_run(&mut run, &mut parts);
    parts
}

fn start(tag: &Tag, locator: &mut Locator<'_>, run: &mut Vec<Located<'static>>) {
    match tag.name.as_str() {
        "a" => run.push((link_start(tag), locator.next_tag("a"))),
        "img" => push_image(tag, &locator.next_tag("img"), run),
        "br" => run.push((Event::HardBreak, locator.here())),
        _ => run.push((Event::InlineHtml(tag.html().into()), locator.here())),
    }
}

fn end_run(run: &mut Vec<Located<'static>>, parts: &mut Vec<Part>) {
    while matches!(run.last(), Some((Event::SoftBreak, _))) {
        run.pop();
    }
    if !run.is_empty() {
        parts.push(Part::Run(std::mem::take(run)));
    }
}
