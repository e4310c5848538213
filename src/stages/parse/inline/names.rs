//! Notes the names of topics in a run of inline content, and decides which of them become links.

use std::collections::HashMap;
use std::ops::Range;

use super::super::ink::Ink;
use super::super::sheet::Sheet;
use super::pieces::{Found, Piece, Run, covered, source_of};
use crate::language::Meant;
use crate::model::Registers;
use crate::model::body::SlotKind;
use crate::model::curriculum::Anchor;
use crate::model::foreign::Foreign;
use crate::model::lesson::Mention;
use crate::model::registers::{LinkPolicy, TopicId};

/// Words of the text that become a link by themselves.
#[derive(Debug)]
pub(super) struct Linked {
    /// Where they stand in the lesson's text.
    pub text: Range<usize>,
    pub to: To,
}

/// Where such words lead.
#[derive(Debug)]
pub(super) enum To {
    /// To a topic's page; with the number of the link's anchor.
    Topic(TopicId, u32),
    /// To an address, which stands there in the Markdown.
    Address(Box<str>, Range<usize>),
}

/// The links to topics' pages so far: the section of each topic's last one, and how many there are.
#[derive(Debug, Default)]
pub(super) struct TopicLinks(HashMap<TopicId, (Option<u32>, u32)>);

impl TopicLinks {
    /// Forgets the links of another file.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Notes the topic names among what was found in a run, and decides which of them become links.
    pub fn take(&mut self, sheet: &mut Sheet<'_>, found: &Found, kind: Run) -> Vec<Linked> {
        let pieces = &found.pieces;
        let mut linked = Vec::new();
        let mut at = 0;
        for (meant, hit) in &found.hits {
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
            let anchor = if whole && kind == Run::Text {
                self.anchor(sheet, topic)
            } else {
                0
            };
            note(sheet, (topic, anchor), hit, covered);
            if anchor > 0 {
                linked.push(Linked {
                    text: hit.clone(),
                    to: To::Topic(topic, anchor),
                });
            }
        }
        linked
    }

    /// Returns the number of the anchor for a link to a topic, or 0 where its policy wants none here.
    fn anchor(&mut self, sheet: &Sheet<'_>, topic: TopicId) -> u32 {
        let entry = &sheet.context.registers.topics[topic.0 as usize];
        let section = sheet.notes.section();
        match (self.0.get(&topic), entry.link) {
            _ if !entry.distinctive => 0,
            (_, LinkPolicy::Never) => 0,
            (Some(_), LinkPolicy::FirstPerLesson) => 0,
            (Some((last, _)), LinkPolicy::FirstPerSection) if *last == section => 0,
            _ => self.next(topic, section),
        }
    }

    /// Counts a link to a topic and returns its number in this file, from 1.
    pub fn next(&mut self, topic: TopicId, section: Option<u32>) -> u32 {
        let (last, count) = self.0.entry(topic).or_default();
        *last = section;
        *count += 1;
        *count
    }
}

fn note(
    sheet: &mut Sheet<'_>,
    (topic, anchor): (TopicId, u32),
    hit: &Range<usize>,
    covered: &[Piece],
) {
    let section = sheet.notes.section();
    sheet.notes.mention(Mention {
        topic,
        place: sheet.source.place(&source_of(covered, hit)),
        text_start: hit.start as u32,
        text_end: hit.end as u32,
        section,
        anchor,
        counts: sheet.context.registers.topics[topic.0 as usize].distinctive,
    });
}

/// Opens a link to a topic's page, with words that may be in a language of their own.
pub(super) fn open_topic_link(
    ink: &mut Ink,
    registers: &Registers,
    (topic, anchor): (TopicId, u32),
    words: &Foreign,
) {
    let id = &registers.topics[topic.0 as usize].id;
    ink.push("<a class=\"topic\" id=\"");
    ink.push_anchor(Anchor::Link(id, anchor));
    ink.push_all(&["\" data-topic=\"", id, "\" href=\""]);
    ink.slot(SlotKind::Topic(topic, anchor));
    ink.push("\"");
    ink.push_foreign(words);
    ink.push(">");
}
