//! What is found out about a lesson while it is read: its facts and findings, in the order of the file.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::ink::{Written, taken};
use crate::model::address::scheme;
use crate::model::audience::Audience;
use crate::model::finding::Ignore;
use crate::model::foreign::{Foreign, ForeignWords, Languages};
use crate::model::lesson::{
    Block, FrontMatter, Heading, Link, LinkKind, Mention, Named, Quote, Reference, Span, Wording,
};
use crate::model::path::SourcePath;
use crate::model::registers::Placed;
use crate::model::review::Meanings;
use crate::model::stretches::{Part, Stretch};
use crate::model::{Finding, Lesson, bytes};

/// A lesson's facts and findings.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    headings: Vec<Heading>,
    /// Position of the heading whose section is being read.
    section: Option<u32>,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    foreign: Vec<ForeignWords>,
    links: Vec<Link>,
    named: Vec<Named>,
    mentions: Vec<Mention>,
    wordings: Vec<Wording>,
    telephones: Vec<Placed<Box<str>>>,
    ignores: Vec<Ignore>,
    findings: Vec<Finding>,
    /// Stretches of the file, in bytes, that no reviewer signs off.
    unsigned: Vec<(u32, u32)>,
    /// Sentences that are given for something, and where: they are looked for once all of the text is there.
    quotes: Vec<(Quoting, (String, Range<usize>))>,
}

impl Notes {
    /// Starts with what the front matter gave.
    pub fn start(&mut self, findings: Vec<Finding>, ignores: Vec<Ignore>) {
        self.section = None;
        self.findings = findings;
        self.ignores = ignores;
        self.unsigned.clear();
    }

    pub fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Notes a stretch of the file that no reviewer signs off.
    pub fn unsigned(&mut self, at: Option<(u32, u32)>) {
        self.unsigned.extend(at);
    }

    /// Returns the stretches of the file that no reviewer signs off, in their order: those that were noted, and where links within the curriculum lead.
    pub fn all_unsigned(&self) -> Vec<(u32, u32)> {
        let is_within = |link: &&Link| matches!(link.kind, LinkKind::Document | LinkKind::Image);
        let links = self.links.iter().filter(is_within);
        let links = links.filter(|link| scheme(&link.target).is_none());
        let targets = links.filter_map(|link| link.at);
        let mut all: Vec<(u32, u32)> = self.unsigned.iter().copied().chain(targets).collect();
        all.sort_unstable();
        all
    }

    /// Notes a heading, whose section begins here; returns its index.
    pub fn heading(&mut self, heading: Heading) -> u32 {
        let index = self.headings.len() as u32;
        self.section = Some(index);
        self.headings.push(heading);
        index
    }

    /// Returns the index of the heading whose section is being read.
    pub fn section(&self) -> Option<u32> {
        self.section
    }

    /// Returns the level of the heading above; the title's where there is none.
    pub fn level(&self) -> u8 {
        let above = self.section.map(|index| &self.headings[index as usize]);
        above.map_or(1, |heading| heading.level)
    }

    /// Goes back to a section from before.
    pub fn return_to(&mut self, section: Option<u32>) {
        self.section = section;
    }

    /// Notes a block; returns its index.
    pub fn block(&mut self, block: Block) -> u32 {
        self.blocks.push(block);
        self.blocks.len() as u32 - 1
    }

    /// Returns the position of the block to be noted next.
    pub fn next_block(&self) -> u32 {
        self.blocks.len() as u32
    }

    /// Returns a block that has been noted.
    pub fn block_at(&self, index: u32) -> &Block {
        &self.blocks[index as usize]
    }

    /// Notes where the text of a block ends; returns all of that text.
    pub fn end_block(&mut self, index: u32, text_end: u32) -> Range<u32> {
        let block = &mut self.blocks[index as usize];
        block.text_end = text_end;
        block.text_start..text_end
    }

    /// Notes words that carry something; returns their index.
    pub fn span(&mut self, span: Span) -> u32 {
        self.spans.push(span);
        self.spans.len() as u32 - 1
    }

    /// Returns the position of the span to be noted next.
    pub fn next_span(&self) -> u32 {
        self.spans.len() as u32
    }

    /// Says that the spans from a position on stand in the heading of a section, which is noted behind its words.
    pub fn enter_spans(&mut self, first: u32, heading: u32) {
        for span in &mut self.spans[first as usize..] {
            span.section = Some(heading);
        }
    }

    /// Notes what language words are in, where anything is said of it; `words` are a range of the text.
    pub fn foreign(&mut self, words: Range<u32>, foreign: &Foreign) {
        if !foreign.is_nothing() && !words.is_empty() {
            self.foreign.push(ForeignWords {
                start: words.start,
                end: words.end,
                foreign: foreign.clone(),
            });
        }
    }

    /// Returns the text of a heading's section, which ends where one of its level or above begins; `end` is where the whole text does.
    pub fn section_text(&self, heading: u32, end: u32) -> Range<u32> {
        let (own, after) = (&self.headings[heading as usize], heading as usize + 1);
        let next = self.headings[after..].iter();
        let next = next.into_iter().find(|next| next.level <= own.level);
        own.text_end..next.map_or(end, |next| next.text_start.max(own.text_end))
    }

    /// Returns the words of a span in the text.
    pub fn span_text(&self, span: u32) -> Range<u32> {
        let span = &self.spans[span as usize];
        span.text_start..span.text_end
    }

    /// Notes words that are given as the sentence for something, if any are.
    pub fn want_quote(&mut self, carrier: Quoting, words: Option<(String, Range<usize>)>) {
        self.quotes.extend(words.map(|words| (carrier, words)));
    }

    /// Returns the words that are given so, once.
    pub fn wanted_quotes(&mut self) -> Vec<(Quoting, (String, Range<usize>))> {
        std::mem::take(&mut self.quotes)
    }

    /// Notes the sentence that shows what something carries.
    pub fn quote(&mut self, carrier: Quoting, quote: Quote) {
        *match carrier {
            Quoting::Heading(heading) => &mut self.headings[heading as usize].quote,
            Quoting::Block(block) => &mut self.blocks[block as usize].quote,
            Quoting::Span(span) => &mut self.spans[span as usize].quote,
        } = Some(quote);
    }

    /// Notes a link or image; returns its index.
    pub fn link(&mut self, link: Link) -> u32 {
        self.links.push(link);
        self.links.len() as u32 - 1
    }

    /// Notes an id in an attribute.
    pub fn named(&mut self, named: Named) {
        self.named.push(named);
    }

    /// Notes how many options of a question are right.
    pub fn count_right(&mut self, question: u32, right: u32) {
        self.blocks[question as usize].right = right;
    }

    /// Returns whether whoever sees a block also sees another one.
    pub fn reads(&self, block: u32, other: u32) -> bool {
        let audience = |block: u32| self.blocks[block as usize].audience;
        audience(block).reads(audience(other))
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

    /// Returns how much has been noted.
    pub fn mark(&self) -> Mark {
        Mark {
            headings: self.headings.len(),
            blocks: self.blocks.len(),
            links: self.links.len(),
            spans: self.spans.len(),
            mentions: self.mentions.len(),
        }
    }

    /// Says who alone sees what was noted between marks; returns its ids. Names of topics are noted for everybody or not at all.
    pub fn hide(&mut self, ranges: &[(Range<Mark>, Audience)]) -> Vec<(Arc<str>, Audience)> {
        let mut ids = Vec::new();
        let mut gone = vec![false; self.mentions.len()];
        for (Range { start, end }, audience) in ranges {
            for heading in &mut self.headings[start.headings..end.headings] {
                heading.audience = heading.audience.narrowed(*audience);
                ids.push((Arc::clone(&heading.id), heading.audience));
            }
            for block in &mut self.blocks[start.blocks..end.blocks] {
                block.audience = block.audience.narrowed(*audience);
                ids.push((Arc::clone(&block.id), block.audience));
            }
            for link in &mut self.links[start.links..end.links] {
                link.audience = link.audience.narrowed(*audience);
            }
            for span in &mut self.spans[start.spans..end.spans] {
                span.audience = span.audience.narrowed(*audience);
                ids.push((Arc::clone(&span.id), span.audience));
            }
            gone[start.mentions..end.mentions].fill(true);
        }
        let mut gone = gone.into_iter();
        self.mentions.retain(|_| gone.next() != Some(true));
        ids
    }

    /// Makes a lesson of what was noted and written, with no more memory than it needs; what was held is held for the next one.
    pub fn lesson(&mut self, head: Head, written: Written) -> Lesson {
        let Head {
            path,
            front,
            meaning,
            anchors,
            footnotes,
            references,
        } = head;
        let Written {
            body,
            text,
            stretches,
        } = written;
        let foreign = Languages::new(taken(&mut self.foreign));
        // What the front matter says stands before all else, and is not counted.
        let is_front = |stretch: &&Stretch| stretch.part == Part::Outcome;
        let last = stretches.iter().take_while(is_front).last();
        let start = last.map_or(0, |stretch| stretch.text.end as usize);
        let words = bytes::words(&text[start..]) as u32;
        Lesson {
            path,
            front,
            headings: taken(&mut self.headings),
            blocks: taken(&mut self.blocks),
            spans: taken(&mut self.spans),
            foreign,
            links: taken(&mut self.links),
            named: taken(&mut self.named),
            mentions: taken(&mut self.mentions),
            wordings: taken(&mut self.wordings),
            telephones: taken(&mut self.telephones),
            meaning,
            anchors,
            ignores: std::mem::take(&mut self.ignores),
            text,
            body,
            stretches,
            footnotes,
            references,
            words,
            findings: std::mem::take(&mut self.findings),
        }
    }
}

/// How much had been noted at some place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    headings: usize,
    blocks: usize,
    links: usize,
    spans: usize,
    mentions: usize,
}

/// What a quotation is given for, by its position among its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// A heading: the words stand in its section.
    Heading(u32),
    /// A block.
    Block(u32),
    /// Words in a line.
    Span(u32),
}

/// What is known about a lesson beside what its Markdown says.
#[derive(Debug)]
pub(crate) struct Head {
    pub path: SourcePath,
    pub front: FrontMatter,
    pub meaning: Option<Meanings>,
    pub anchors: HashMap<Arc<str>, Audience>,
    pub footnotes: Vec<u32>,
    pub references: Vec<Reference>,
}
