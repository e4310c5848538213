//! Asks for a content note before whatever treats a sensitive topic.

use crate::model::audience::Audience;
use crate::model::blocks::{BlockKind, Depth};
use crate::model::curriculum::Document;
use crate::model::{Curriculum, Finding, Rule};

/// Reports the first place that treats a sensitive topic without a note before it.
pub fn review_document(document: &Document, curriculum: &Curriculum, findings: &mut Vec<Finding>) {
    let lesson = &document.lesson;
    if !lesson.front.content_note.trim().is_empty() {
        return;
    }
    let topics = &curriculum.registers.topics;
    let own = document.occurrences.start as usize..document.occurrences.end as usize;
    let first = curriculum.occurrences[own].iter().find(|occurrence| {
        occurrence.depth >= Depth::Introduced && topics[occurrence.topic.0 as usize].sensitive
    });
    let Some(first) = first else {
        return;
    };
    let is_note_before = lesson.blocks.iter().any(|block| {
        block.kind == BlockKind::ContentNote
            && block.audience == Audience::Everybody
            && block.place < first.place
    });
    if !is_note_before {
        let id = &topics[first.topic.0 as usize].id;
        findings.push(
            Finding::new(
                Rule::MissingContentNote,
                lesson.path.from_root(),
                first.place,
                format!("`{id}` is sensitive, and no content note stands before it"),
            )
            .help("add `content_note = \"...\"` to the front matter, or a `::: content-note` block before this line"),
        );
    }
}
