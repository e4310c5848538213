//! What a search finds: pages in their sections, as an edition has them.

use crate::model::blocks::Depth;
use crate::model::config::Edition;
use crate::model::curriculum::{Document, Role};
use crate::model::registers::TopicId;
use crate::model::stretches::{Reading, read_pieces, unread};

/// A part of a page, from one heading to the next.
#[derive(Debug)]
pub struct Section<'c> {
    /// The heading's anchor; empty for what stands before the first one.
    pub anchor: &'c str,
    /// The heading; empty for what stands before the first one.
    pub title: &'c str,
    /// The topics that it teaches.
    pub topics: &'c [TopicId],
    /// Its plain text in one line.
    pub text: String,
}

/// Returns the sections of a page that hold something.
pub fn sections(document: &Document, edition: Edition) -> Vec<Section<'_>> {
    let lesson = &*document.lesson;
    let unread = unread(&lesson.stretches, Reading::Search(edition));
    let shown = lesson.headings.iter();
    let shown: Vec<_> = shown
        .filter(|heading| heading.audience.is_in(edition))
        .collect();
    let end = lesson.text.len() as u32;
    let starts: Vec<u32> = shown.iter().map(|heading| heading.text_start).collect();
    let read = |from: u32, to: u32| {
        let first = unread.partition_point(|gone| gone.end <= from);
        let mut text = String::new();
        for piece in read_pieces(from..to, unread[first..].iter().cloned()) {
            text.push_str(&lesson.text[piece]);
        }
        in_one_line(text.trim())
    };
    let mut sections = vec![Section {
        anchor: "",
        title: "",
        topics: &[],
        text: read(0, starts.first().copied().unwrap_or(end)),
    }];
    for (position, heading) in shown.iter().enumerate() {
        let to = starts.get(position + 1).copied().unwrap_or(end);
        sections.push(Section {
            anchor: &heading.id,
            title: &heading.title,
            topics: &heading.topics,
            text: read(heading.text_end.min(to), to),
        });
    }
    sections.retain(|section| !section.text.is_empty() || !section.title.is_empty());
    sections
}

/// Returns a text with spaces for its breaks and tabs: most texts have few of them, or none.
fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr2_iter(b'\n', b'\t', text.as_bytes()) {
        line.push_str(&text[from..at]);
        line.push(' ');
        from = at + 1;
    }
    line.push_str(&text[from..]);
    line
}

/// Returns how much a page's words weigh beside those of others, from 0 to 1.
///
/// Whoever seeks is served first by what explains: the start of a module names all that comes, and a page of practice has words of every subject.
pub fn weight(document: &Document) -> f32 {
    const START: f32 = 0.8;
    const PRACTICE: f32 = 0.5;
    if document.role != Role::Lesson {
        return START;
    }
    let lesson = &*document.lesson;
    let outermost = lesson.blocks.iter().filter(|block| block.inside.is_none());
    let practising = outermost.filter(|block| block.kind.depth() >= Depth::Practised);
    let length: u32 = practising
        .map(|block| block.text_end - block.text_start)
        .sum();
    let share = length as f32 / (lesson.text.len().max(1)) as f32;
    1.0 - (1.0 - PRACTICE) * share.min(1.0)
}
