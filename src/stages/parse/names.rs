//! Records the names of topics in a run of inline content, and decides which of them become links.

use std::ops::Range;

use super::document::Writer;
use super::inline::{Hit, Matching};
use super::pieces::{Piece, covered, source_of};
use crate::model::curriculum::Anchor;
use crate::model::lesson::{Mention, SlotKind};
use crate::model::registers::{LinkPolicy, TopicId};
use crate::model::vocabulary::Meant;

/// A topic name that becomes a link.
pub(super) struct LinkedName {
    pub topic: TopicId,
    pub anchor: u32,
    /// Where it stands in the lesson's text.
    pub text: Range<usize>,
}

impl Writer<'_> {
    /// Returns whether names of topics count in the run at hand.
    pub fn takes_names(&self) -> bool {
        !self.in_facilitator() && !self.quotes.iter().any(|quote| quote.ignored)
    }

    /// Records the topic names among what was found in the run, and decides which of them become links.
    pub fn take_names(
        &mut self,
        pieces: &[Piece],
        hits: &[Hit],
        matching: Matching,
    ) -> Vec<LinkedName> {
        let mut linked = Vec::new();
        let mut at = 0;
        for (meant, hit) in hits {
            let &Meant::Topic(topic) = meant else {
                continue;
            };
            while pieces[at].text.end <= hit.start {
                at += 1;
            }
            let covered = covered(&pieces[at..], hit);
            if !covered.iter().all(|piece| piece.searchable) {
                continue;
            }
            let whole = covered.iter().all(|piece| piece.group == covered[0].group);
            let may_link = whole && matching == Matching::Topics;
            let anchor = self.record_mention(topic, hit, covered, may_link);
            if anchor > 0 {
                linked.push(LinkedName {
                    topic,
                    anchor,
                    text: hit.clone(),
                });
            }
        }
        linked
    }

    fn record_mention(
        &mut self,
        topic: TopicId,
        hit: &Range<usize>,
        covered: &[Piece],
        may_link: bool,
    ) -> u32 {
        let entry = &self.context.registers.topics[topic.0 as usize];
        let section = self.section();
        let anchor = if may_link && entry.distinctive {
            self.link_anchor(topic, entry.link)
        } else {
            0
        };
        let place = self.place(&source_of(covered, hit));
        self.lesson.mentions.push(Mention {
            topic,
            place,
            text_start: hit.start as u32,
            text_end: hit.end as u32,
            section,
            anchor,
            counts: entry.distinctive,
        });
        anchor
    }

    /// Returns the number of the anchor for a link to a topic, or 0 where its policy wants none here.
    fn link_anchor(&mut self, topic: TopicId, policy: LinkPolicy) -> u32 {
        let section = self.section();
        match (self.linked.get(&topic), policy) {
            (_, LinkPolicy::Never) => 0,
            (Some(_), LinkPolicy::FirstPerLesson) => 0,
            (Some((last, _)), LinkPolicy::FirstPerSection) if *last == section => 0,
            _ => self.next_anchor(topic),
        }
    }

    /// Counts a link to a topic and returns its number in this file, from 1.
    pub fn next_anchor(&mut self, topic: TopicId) -> u32 {
        let section = self.section();
        let (last, count) = self.linked.entry(topic).or_default();
        *last = section;
        *count += 1;
        *count
    }

    /// Opens a link to a topic's page.
    pub fn open_topic_link(&mut self, topic: TopicId, anchor: u32) {
        let id = &self.context.registers.topics[topic.0 as usize].id;
        let html = &mut self.out.html;
        html.push_str("<a class=\"topic\" id=\"");
        Anchor::Link(id, anchor).push_to(html);
        html.push_str("\" data-topic=\"");
        html.push_str(id);
        html.push_str("\" href=\"");
        self.slot(SlotKind::Topic(topic, anchor));
        self.push("\">");
    }
}
