//! Draws the thread of every topic: its places in reading order, each with its depth.

use std::ops::Range;
use std::sync::Arc;

use crate::model::Registers;
use crate::model::audience::Audience;
use crate::model::blocks::Depth;
use crate::model::curriculum::{DocumentId, Occurrence, OccurrenceKind, Resolved, Target};
use crate::model::lesson::{Lesson, LinkKind};

/// What is said about topics in the whole curriculum.
pub struct Drawn {
    /// All occurrences in reading order.
    pub occurrences: Vec<Occurrence>,
    /// For each topic, the positions of its own.
    pub threads: Vec<Vec<u32>>,
    /// For each document, its part of all occurrences.
    pub parts: Vec<Range<u32>>,
}

/// Gathers what was found in each document.
///
/// What stands only in the facilitator edition is not part of what learners are taught, and does not count.
pub fn draw<'f>(
    found: impl Iterator<Item = &'f [Occurrence]> + Clone,
    registers: &Registers,
) -> Drawn {
    let mut drawn = Drawn {
        occurrences: Vec::with_capacity(found.clone().map(<[_]>::len).sum()),
        threads: vec![Vec::new(); registers.topics.len()],
        parts: Vec::new(),
    };
    for found in found {
        let start = drawn.occurrences.len() as u32;
        for (number, occurrence) in (start..).zip(found) {
            drawn.threads[occurrence.topic.0 as usize].push(number);
        }
        drawn.occurrences.extend_from_slice(found);
        drawn.parts.push(start..drawn.occurrences.len() as u32);
    }
    drawn
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
        let (LinkKind::Topic, Target::Topic(topic), Audience::Everybody) =
            (link.kind, resolved.target, link.audience)
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
        if heading.audience != Audience::Everybody {
            continue;
        }
        let text = lesson.section(index);
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
                words: (text.start, text.end),
            });
        }
    }
    for (index, block) in lesson.blocks.iter().enumerate() {
        if block.audience != Audience::Everybody {
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
