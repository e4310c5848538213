//! What pages say: sections with their sentences, and what they carry.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::facts::{Fact, facts, markup};
use super::words::Words;
use crate::model::curriculum::DocumentId;
use crate::model::lesson::{FrontMatter, Lesson};
use crate::model::registers::Registers;
use crate::model::review::Approval;
use crate::model::stretches::{Part, read_pieces};
use crate::model::wording::{sentences, words};
use crate::report::basis::Basis;
use crate::stages::review::sign_off::states;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<'c> {
    /// Path from the root.
    pub file: Words<'c>,
    /// Name of its module; empty for the home page.
    pub module: Words<'c>,
    /// Its title.
    pub title: Words<'c>,
    /// Who keeps it right.
    pub owner: Words<'c>,
    /// Whether it stands as it was signed off.
    pub approval: Approval,
    /// Who signed it off last.
    pub reviewer: Option<Words<'c>>,
    /// When.
    pub approved_on: Option<Date>,
    /// Its sections in order; the first holds what its front matter says to learners.
    pub sections: Vec<Section<'c>>,
}

/// A heading with what follows it, up to the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section<'c> {
    /// Its anchor in the page; empty for what stands before the first heading.
    pub anchor: Words<'c>,
    /// Its heading.
    pub heading: Words<'c>,
    /// Line of its heading, from 1.
    pub line: u32,
    /// Topics that it or a block in it carries.
    pub topics: Vec<Words<'c>>,
    /// Claims that it or a block in it carries.
    pub claims: Vec<Words<'c>>,
    /// Its heading and its sentences.
    pub sentences: Vec<Words<'c>>,
    /// What it says without words: which answers are right, how good choices are, and which services it shows. Nothing where the snapshot is older than this.
    #[serde(default)]
    pub facts: Option<Vec<Words<'c>>>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question<'c> {
    /// Path from the root.
    pub file: Words<'c>,
    /// Line, from 1.
    pub line: u32,
    /// Its anchor in the page.
    pub anchor: Words<'c>,
    /// Its title.
    pub title: Words<'c>,
    /// What it says, options and feedback included, line by line.
    pub lines: Vec<Words<'c>>,
    /// Its right options in the order in which they are written. Nothing where the snapshot is older than this.
    #[serde(default)]
    pub right: Option<Vec<Words<'c>>>,
}

/// The name of what a page's front matter says to learners, where others have a heading.
const ABOUT: &str = "(about this page)";

/// The name of what stands before the first heading.
const INTRODUCTION: &str = "(introduction)";

impl Page<'_> {
    /// Counts its words.
    pub fn words(&self) -> usize {
        self.sections.iter().map(Section::words).sum()
    }
}

impl Section<'_> {
    /// Keeps the words, whatever becomes of what they were borrowed from.
    pub fn into_owned(self) -> Section<'static> {
        fn own(words: Words<'_>) -> Words<'static> {
            words.into_owned().into()
        }
        let all = |list: Vec<Words<'_>>| list.into_iter().map(own).collect();
        Section {
            anchor: own(self.anchor),
            heading: own(self.heading),
            line: self.line,
            topics: all(self.topics),
            claims: all(self.claims),
            sentences: all(self.sentences),
            facts: self.facts.map(all),
        }
    }

    /// Counts its words.
    pub fn words(&self) -> usize {
        self.sentences.iter().map(|sentence| words(sentence)).sum()
    }
}

/// Returns all pages in reading order.
pub fn pages<'c>(basis: &Basis<'c>) -> Vec<Page<'c>> {
    let curriculum = basis.curriculum;
    let page = |(id, state): (DocumentId, _)| {
        let state: crate::model::review::ReviewState<'c> = state;
        let document = curriculum.document(id);
        let module = document.module.map(|module| curriculum.module(module));
        let sign_off = state.sign_off();
        let mut all = vec![about(&document.lesson.front)];
        all.extend(sections(&document.lesson, &curriculum.registers));
        Page {
            file: basis.file(id).into(),
            module: module.map_or("", |module| &module.name).into(),
            title: document.lesson.front.title.as_str().into(),
            owner: basis.owner(id).into(),
            approval: state.approval(),
            reviewer: sign_off.map(|sign_off| sign_off.reviewer.as_str().into()),
            approved_on: sign_off.map(|sign_off| sign_off.approved_on),
            sections: all,
        }
    };
    states(curriculum).into_iter().map(page).collect()
}

/// Returns what front matter says to learners, each value as a sentence of its own.
pub fn about(front: &FrontMatter) -> Section<'static> {
    let mut lines: Vec<Words<'static>> = Vec::new();
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{name}: {value}").into());
        }
    };
    add("Title", &front.title);
    add("Summary", &front.summary);
    for outcome in &front.outcomes {
        add("Outcome", outcome);
    }
    if let Some(minutes) = front.minutes {
        add("Minutes", &minutes.to_string());
    }
    for prerequisite in &front.prerequisites {
        add("To read before", &prerequisite.value);
    }
    add("Content note", &front.content_note);
    for source in &front.sources {
        add("Source", source);
    }
    Section {
        anchor: "".into(),
        heading: ABOUT.into(),
        line: 1,
        topics: Vec::new(),
        claims: Vec::new(),
        sentences: lines,
        facts: Some(Vec::new()),
    }
}

/// Returns the sections of a page's text.
fn sections<'c>(lesson: &'c Lesson, registers: &'c Registers) -> Vec<Section<'c>> {
    let signed = Signed::of(lesson);
    let first = lesson.headings.first();
    let end = first.map_or(lesson.text.len(), |heading| heading.text_start as usize);
    let mut all = vec![Section {
        anchor: "".into(),
        heading: INTRODUCTION.into(),
        line: 1,
        topics: Vec::new(),
        claims: Vec::new(),
        sentences: signed.sentences(0..end as u32),
        facts: Some(Vec::new()),
    }];
    for (index, heading) in lesson.headings.iter().enumerate() {
        let next = lesson.headings.get(index + 1);
        let end = next.map_or(lesson.text.len(), |next| next.text_start as usize);
        all.push(Section {
            anchor: (&*heading.id).into(),
            heading: (&*heading.title).into(),
            line: heading.place.line,
            topics: Vec::new(),
            claims: Vec::new(),
            sentences: signed.sentences(heading.text_start..end as u32),
            facts: Some(Vec::new()),
        });
    }
    let headings = lesson.headings.iter().enumerate();
    let headings = headings.map(|(index, heading)| (index + 1, &heading.topics, &heading.claims));
    let blocks = lesson.blocks.iter().map(|block| {
        let section = block.section.map_or(0, |section| section as usize + 1);
        (section, &block.topics, &block.claims)
    });
    for (section, topics, claims) in headings.chain(blocks) {
        let topics = topics
            .iter()
            .map(|id| registers.topics[id.0 as usize].id.as_str());
        add_new(&mut all[section].topics, topics);
        add_new(
            &mut all[section].claims,
            claims.iter().map(|claim| &*claim.value),
        );
    }
    add_facts(&mut all, facts(lesson, registers));
    all
}

/// Adds facts to their sections, of which the first is what stands before the first heading.
fn add_facts(sections: &mut [Section<'_>], facts: Vec<Fact>) {
    for Fact { section, says } in facts {
        let section = section.map_or(0, |section| section as usize + 1);
        let facts = &mut sections[section].facts;
        facts.get_or_insert_default().push(says.into());
    }
}

/// Returns the sections of a page's text with all that is signed off: where links lead and what blocks are, too.
pub fn sections_signed<'c>(lesson: &'c Lesson, registers: &'c Registers) -> Vec<Section<'c>> {
    let mut all = sections(lesson, registers);
    add_facts(&mut all, markup(lesson, registers));
    all
}

/// The text of a lesson that a reviewer signs off: remarks about the text, and what teams fill in for themselves, are no part of it.
struct Signed<'c> {
    text: &'c str,
    /// What is no part of it, in its order and apart.
    unsigned: Vec<Range<u32>>,
}

impl<'c> Signed<'c> {
    fn of(lesson: &'c Lesson) -> Self {
        let mut unsigned: Vec<Range<u32>> = Vec::new();
        for stretch in &lesson.stretches {
            let is_unsigned = matches!(stretch.part, Part::Editorial | Part::Local);
            let last = unsigned.last().map_or(0, |last| last.end);
            if is_unsigned && stretch.text.start >= last {
                unsigned.push(stretch.text.clone());
            }
        }
        Self {
            text: &lesson.text,
            unsigned,
        }
    }

    /// Returns the sentences of a range.
    fn sentences(&self, range: Range<u32>) -> Vec<Words<'c>> {
        self.split(range, |text| sentences(text).collect())
    }

    /// Returns the lines of a range.
    fn lines(&self, range: Range<u32>) -> Vec<Words<'c>> {
        self.split(range, |text| text.lines().collect())
    }

    /// Splits what is left of a range. Where something was taken out of a line, the spaces around it are one.
    fn split(
        &self,
        range: Range<u32>,
        split: impl for<'t> Fn(&'t str) -> Vec<&'t str>,
    ) -> Vec<Words<'c>> {
        let from = self
            .unsigned
            .partition_point(|gone| gone.end <= range.start);
        let gone = self.unsigned[from..].iter().cloned();
        let pieces = read_pieces(range, gone).map(|piece| &self.text[piece]);
        match pieces.collect::<Vec<_>>()[..] {
            [] => Vec::new(),
            [whole] => split(whole).into_iter().map(Words::from).collect(),
            ref pieces => {
                let joined = pieces.concat();
                let one_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                let parts = split(&joined).into_iter().map(one_spaced);
                parts.map(Words::from).collect()
            }
        }
    }
}

fn add_new<'c>(list: &mut Vec<Words<'c>>, more: impl Iterator<Item = &'c str>) {
    for id in more {
        if !list.iter().any(|known| known == id) {
            list.push(id.into());
        }
    }
}

/// Returns all questions in reading order.
pub fn questions<'c>(basis: &Basis<'c>) -> Vec<Question<'c>> {
    let mut all = Vec::new();
    for id in basis.documents() {
        let lesson = &*basis.curriculum.document(id).lesson;
        let signed = Signed::of(lesson);
        all.extend(lesson.questions().map(|question| {
            let block = question.block();
            let right = question.offers().filter(|offer| offer.right);
            Question {
                file: basis.file(id).into(),
                line: block.place.line,
                anchor: (&*block.id).into(),
                title: (&*block.title).into(),
                lines: signed.lines(block.text_start..block.text_end),
                right: Some(right.map(|offer| lesson.line(&offer.words)).collect()),
            }
        }));
    }
    all
}
