//! What is found out about a lesson while it is read: its facts and findings, in the order of the file.

use super::ids::Ids;
use crate::model::body::Body;
use crate::model::finding::Ignore;
use crate::model::lesson::{Block, FrontMatter, Heading, Link, Mention, Wording};
use crate::model::path::SourcePath;
use crate::model::registers::Placed;
use crate::model::review::Meaning;
use crate::model::{Finding, Lesson, bytes};

/// A lesson's facts and findings.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    headings: Vec<Heading>,
    blocks: Vec<Block>,
    links: Vec<Link>,
    mentions: Vec<Mention>,
    wordings: Vec<Wording>,
    telephones: Vec<Placed<Box<str>>>,
    ignores: Vec<Ignore>,
    findings: Vec<Finding>,
}

impl Notes {
    /// Starts with what the front matter gave, and with room for so many blocks.
    pub fn new(findings: Vec<Finding>, ignores: Vec<Ignore>, blocks: usize) -> Self {
        Self {
            blocks: Vec::with_capacity(blocks),
            ignores,
            findings,
            ..Self::default()
        }
    }

    pub fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub fn heading(&mut self, heading: Heading) {
        self.headings.push(heading);
    }

    /// Returns the index of the heading whose section is being read.
    pub fn section(&self) -> Option<u32> {
        self.headings.len().checked_sub(1).map(|n| n as u32)
    }

    /// Returns the level of the heading above; the title's where there is none.
    pub fn level(&self) -> u8 {
        self.headings.last().map_or(1, |heading| heading.level)
    }

    /// Notes a block; returns its index.
    pub fn block(&mut self, block: Block) -> u32 {
        self.blocks.push(block);
        self.blocks.len() as u32 - 1
    }

    /// Returns a block that has been noted.
    pub fn block_at(&self, index: u32) -> &Block {
        &self.blocks[index as usize]
    }

    /// Notes where the text of a block ends.
    pub fn end_block(&mut self, index: u32, text_end: u32) {
        self.blocks[index as usize].text_end = text_end;
    }

    /// Notes a link or image; returns its index.
    pub fn link(&mut self, link: Link) -> u32 {
        self.links.push(link);
        self.links.len() as u32 - 1
    }

    /// Notes the step that a choice leads to; both are blocks.
    pub fn lead(&mut self, choice: u32, step: u32) {
        self.blocks[choice as usize].next = Some(step);
    }

    pub fn mention(&mut self, mention: Mention) {
        self.mentions.push(mention);
    }

    pub fn wording(&mut self, wording: Wording) {
        self.wordings.push(wording);
    }

    pub fn telephone(&mut self, telephone: Placed<Box<str>>) {
        self.telephones.push(telephone);
    }

    pub fn ignore(&mut self, ignore: Ignore) {
        self.ignores.push(ignore);
    }

    /// Returns the last line that silences findings.
    pub fn last_ignore(&mut self) -> Option<&mut Ignore> {
        self.ignores.last_mut()
    }

    /// Moves facts about text that this edition leaves out to where that text would have stood.
    pub fn forget_text_after(&mut self, end: u32, first_block: u32) {
        let clamp = |offset: &mut u32| *offset = (*offset).min(end);
        for block in &mut self.blocks[first_block as usize..] {
            clamp(&mut block.text_start);
            clamp(&mut block.text_end);
        }
        for link in self.links.iter_mut().filter(|link| link.facilitator) {
            clamp(&mut link.text_start);
            clamp(&mut link.text_end);
        }
        for heading in self
            .headings
            .iter_mut()
            .filter(|heading| heading.facilitator)
        {
            clamp(&mut heading.text_start);
            clamp(&mut heading.text_end);
        }
    }

    /// Makes a lesson of what was noted and written.
    pub fn lesson(self, head: Head, ids: Ids, (body, text): (Body, String)) -> Lesson {
        let Head {
            path,
            front,
            meaning,
        } = head;
        let Self {
            headings,
            blocks,
            links,
            mentions,
            wordings,
            telephones,
            ignores,
            findings,
        } = self;
        let words = bytes::words(&text) as u32;
        Lesson {
            path,
            front,
            headings,
            blocks,
            links,
            mentions,
            wordings,
            telephones,
            meaning,
            anchors: ids.anchors,
            facilitator_anchors: ids.hidden,
            ignores,
            text,
            body,
            words,
            findings,
        }
    }
}

/// What is known about a lesson before its Markdown is read.
#[derive(Debug)]
pub(crate) struct Head {
    pub path: SourcePath,
    pub front: FrontMatter,
    pub meaning: Option<Meaning>,
}
