//! What scripts read about a question: how many answers it takes, a digest of its options, and where to read again what it asks.

use super::body::Writing;
use super::push_text;
use crate::model::blocks::{BlockKind, Depth};
use crate::model::curriculum::{DocumentId, Occurrence, OccurrenceKind};
use crate::model::registers::TopicId;

impl<'c> Writing<'_, 'c> {
    /// Writes the attributes of a question's form.
    pub(super) fn push_question(&mut self, question: u32) {
        let block = &self.document.lesson.blocks[question as usize];
        let select = if block.right > 1 { "many" } else { "one" };
        let digest = self.document.lesson.question(question).digest().to_hex();
        self.html.push_str(" data-select=\"");
        self.html.push_str(select);
        self.html.push_str("\" data-options=\"");
        self.html.push_str(&digest[..6]);
        self.html.push('"');
        let Some(place) = block.topics.first().and_then(|topic| self.taught(*topic)) else {
            return;
        };
        let pages = self.pages;
        let curriculum = pages.curriculum;
        let page = pages.page_of(place.document);
        let Some(way) = pages.inside_way(self.url, page, curriculum.anchor(place)) else {
            return;
        };
        self.html.push_str(" data-read=\"");
        self.html.push_str(&way);
        self.html.push_str("\" data-read-title=\"");
        let title = pages.title(curriculum.document(place.document));
        push_text(&mut self.html, title);
        let section = curriculum.section_title(place);
        if !section.is_empty() {
            self.html.push_str(": ");
            push_text(&mut self.html, section);
        }
        self.html.push('"');
    }

    /// Returns where a topic was taught last before this lesson ends, in its module; else in the topic's home.
    fn taught(&self, topic: TopicId) -> Option<&'c Occurrence> {
        let curriculum = self.pages.curriculum;
        let thread = &curriculum.threads[topic.0 as usize];
        let occurrence = |index: &u32| &curriculum.occurrences[*index as usize];
        let within = |first: DocumentId, last: DocumentId| {
            let start = thread.partition_point(|index| occurrence(index).document < first);
            let end = thread.partition_point(|index| occurrence(index).document <= last);
            thread[start..end.max(start)].iter().map(occurrence)
        };
        let module = curriculum.module(self.document.module?);
        let first = DocumentId(module.documents.start);
        let near = within(first, self.id).rfind(|place| teaches(place));
        near.or_else(|| {
            let home = curriculum.homes[topic.0 as usize]?;
            within(home, home).find(|place| teaches(place))
        })
    }
}

/// Returns whether a place teaches its topic, and does more than to announce it.
fn teaches(place: &Occurrence) -> bool {
    place.depth == Depth::Introduced && place.kind != OccurrenceKind::Block(BlockKind::Objectives)
}
