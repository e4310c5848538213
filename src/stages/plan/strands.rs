//! The topics of a lesson, as a list beside it: one line for each, with the way to the lessons before and after it in its thread.
//!
//! This is most of what a lesson's page holds beside its text, so it is written as HTML here and not by a template.

use std::cmp::Reverse;

use super::ways::push_top;
use super::{Pages, push_text};
use crate::model::curriculum::{Document, DocumentId, Occurrence};
use crate::model::registers::TopicId;

impl Pages<'_> {
    /// Writes the topics of a lesson, as items of a list; those that the lesson takes deepest come first.
    pub(super) fn strands(&self, url: &str, id: DocumentId) -> String {
        let document = self.curriculum.document(id);
        let range = document.occurrences.start as usize..document.occurrences.end as usize;
        let mut occurrences: Vec<&Occurrence> = self.curriculum.occurrences[range].iter().collect();
        occurrences.sort_by_key(|occurrence| occurrence.topic.0);
        let mut topics: Vec<&[&Occurrence]> = occurrences
            .chunk_by(|one, other| one.topic == other.topic)
            .collect();
        // They are in the register's order already.
        topics.sort_by_key(|places| Reverse(deepest(places).depth));
        let mut html = String::with_capacity(topics.len() * 768);
        for places in topics {
            self.push_strand(&mut html, url, id, places);
        }
        html
    }

    fn push_strand(
        &self,
        html: &mut String,
        url: &str,
        id: DocumentId,
        occurrences: &[&Occurrence],
    ) {
        let deepest = deepest(occurrences);
        let strand = self.shared.strand(deepest.topic);
        html.push_str("<li class=\"strand\"><a class=\"strand-name\" href=\"");
        push_top(html, url);
        html.push_str("topics/");
        html.push_str(&strand.name);
        let (earlier, later) = self.along_thread(deepest.topic, id);
        for (class, words, neighbour) in [
            ("step-earlier", &strand.earlier, earlier),
            ("step-later", &strand.later, later),
        ] {
            let Some(neighbour) = neighbour else { continue };
            html.push_str(" <span class=\"");
            html.push_str(class);
            html.push_str("\">");
            let other = self.curriculum.document(neighbour.document);
            let anchor = self.curriculum.anchor(neighbour);
            let end = self.open_way(html, url, self.page_of(neighbour.document), anchor);
            html.push_str(words);
            html.push_str(self.names.of(neighbour.document).title());
            self.push_other_module(html, other, self.curriculum.document(id));
            html.push_str("</span>");
            html.push_str(end);
            html.push_str("</span>");
        }
        html.push_str(&strand.meaning);
        html.push_str("</li>\n");
    }

    /// Returns the nearest places of a topic in earlier and in later documents.
    fn along_thread(
        &self,
        topic: TopicId,
        id: DocumentId,
    ) -> (Option<&Occurrence>, Option<&Occurrence>) {
        let thread = &self.curriculum.threads[topic.0 as usize];
        let occurrence = |index: &u32| &self.curriculum.occurrences[*index as usize];
        let first = thread.partition_point(|index| occurrence(index).document < id);
        let after = thread.partition_point(|index| occurrence(index).document <= id);
        let earlier = first.checked_sub(1).map(|at| occurrence(&thread[at]));
        (earlier, thread.get(after).map(occurrence))
    }

    /// Writes the title of a document's module where that is another one.
    fn push_other_module(&self, html: &mut String, document: &Document, from: &Document) {
        if let Some(module) = document.module
            && Some(module) != from.module
        {
            html.push_str(" (");
            push_text(html, &self.curriculum.module(module).title);
            html.push(')');
        }
    }
}

/// Returns the first of the deepest occurrences.
fn deepest<'o>(occurrences: &[&'o Occurrence]) -> &'o Occurrence {
    occurrences
        .iter()
        .min_by_key(|occurrence| Reverse(occurrence.depth))
        .expect("a topic of a lesson stands there")
}
