//! Draws the thread of every topic: its places in reading order, each with its depth.

use std::sync::Arc;

use crate::model::Registers;
use crate::model::blocks::Depth;
use crate::model::curriculum::{
    Document, DocumentId, Occurrence, OccurrenceKind, Resolved, Target,
};
use crate::model::lesson::{Lesson, LinkKind};

/// Gathers what was found in each document: all occurrences in reading order, and for each topic the positions of its own.
///
/// What stands only in the facilitator edition is not part of what learners are taught, and does not count.
pub fn draw<'f>(
    documents: &mut [Document],
    found: impl Iterator<Item = &'f [Occurrence]> + Clone,
    registers: &Registers,
) -> (Vec<Occurrence>, Vec<Vec<u32>>) {
    let mut all: Vec<Occurrence> = Vec::with_capacity(found.clone().map(<[_]>::len).sum());
    let mut threads = vec![Vec::new(); registers.topics.len()];
    for (document, found) in documents.iter_mut().zip(found) {
        let start = all.len() as u32;
        for (number, occurrence) in (start..).zip(found) {
            threads[occurrence.topic.0 as usize].push(number);
        }
        all.extend_from_slice(found);
        document.occurrences = start..all.len() as u32;
    }
    (all, threads)
}

/// Returns the occurrences in one document, whose links are resolved.
pub fn occurrences(id: DocumentId, lesson: &Lesson, links: &[Resolved]) -> Arc<[Occurrence]> {
    let mut found = Vec::new();
    carried(id, lesson, &mut found);
    for mention in lesson.mentions.iter().filter(|mention| mention.counts) {
        found.push(Occurrence {
            topic: mention.topic,
            document: id,
            place: mention.place,
            depth: Depth::Mentioned,
            kind: OccurrenceKind::Name,
            section: mention.section,
            anchor: mention.anchor,
            carrier: 0,
            words: (mention.text_start, mention.text_end),
        });
    }
    for (link, resolved) in lesson.links.iter().zip(links) {
        let (LinkKind::Topic, Target::Topic(topic), false) =
            (link.kind, resolved.target, link.facilitator)
        else {
            continue;
        };
        found.push(Occurrence {
            topic,
            document: id,
            place: link.place,
            depth: Depth::Mentioned,
            kind: OccurrenceKind::Link,
            section: link.section,
            anchor: link.anchor,
            carrier: 0,
            words: (link.text_start, link.text_end),
        });
    }
    found.sort_by_key(|occurrence| (occurrence.place, occurrence.topic));
    found.into()
}

/// Adds the topics that headings and blocks carry.
fn carried(id: DocumentId, lesson: &Lesson, found: &mut Vec<Occurrence>) {
    for (index, heading) in lesson.headings.iter().enumerate() {
        if heading.facilitator {
            continue;
        }
        let next = lesson.headings[index + 1..].first();
        let end = next.map_or(lesson.text.len() as u32, |next| next.text_start);
        for topic in &heading.topics {
            found.push(Occurrence {
                topic: *topic,
                document: id,
                place: heading.place,
                depth: Lesson::HEADING_DEPTH,
                kind: OccurrenceKind::Heading,
                section: Some(index as u32),
                anchor: 0,
                carrier: index as u32,
                words: (heading.text_end.min(end), end),
            });
        }
    }
    for (index, block) in lesson.blocks.iter().enumerate() {
        if block.facilitator {
            continue;
        }
        for topic in &block.topics {
            found.push(Occurrence {
                topic: *topic,
                document: id,
                place: block.place,
                depth: block.kind.depth(),
                kind: OccurrenceKind::Block(block.kind),
                section: block.section,
                anchor: 0,
                carrier: index as u32,
                words: (block.text_start, block.text_end),
            });
        }
    }
}
