//! One parsed Markdown file: its facts, its plain text, and its body.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::address::{Address, Contact};
use super::audience::Audience;
use super::blocks::{BlockKind, Depth, Order, Outcome};
use super::body::Body;
use super::bytes;
use super::config::Edition;
use super::days::Day;
use super::finding::Ignore;
use super::foreign::{Foreign, Languages};
use super::passage::Passage;
use super::path::SourcePath;
use super::registers::{Placed, SignpostId, TermId, TopicId};
use super::review::Meanings;
use super::stretches::{Part, Stretch};
use super::{Finding, Place};

/// Everything that parsing knows about a Markdown file.
///
/// Facts stand in source order. Offsets into `text` are bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Path below `modules/`.
    pub path: SourcePath,
    /// What the front matter says.
    pub front: FrontMatter,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Blocks in order of their openings.
    pub blocks: Vec<Block>,
    /// Words in a line that carry something, in order.
    pub spans: Vec<Span>,
    /// Words that are in a language of their own, by their place in the text, those around others first.
    pub foreign: Languages,
    /// Links and images that the author wrote.
    pub links: Vec<Link>,
    /// Ids of topics, support services and claims in attributes.
    pub named: Vec<Named>,
    /// Topic names in prose.
    pub mentions: Vec<Mention>,
    /// Words that the house language avoids, outside quotations and code.
    pub wordings: Vec<Wording>,
    /// Telephone numbers outside code.
    pub telephones: Vec<Placed<Box<str>>>,
    /// What a reviewer of this file signs off, where one has or is about to.
    pub meaning: Option<Meanings>,
    /// Ids of headings and blocks, which a link's `#anchor` may name, and who sees what it leads to. In other editions they are no anchors.
    pub anchors: HashMap<Arc<str>, Audience>,
    /// Lines that silence findings.
    pub ignores: Vec<Ignore>,
    /// Plain text: one line per paragraph, cell or heading.
    pub text: String,
    /// The page's content.
    pub body: Body,
    /// Parts of the body and of the text that can be left out or written elsewhere, in the order in which they begin.
    pub stretches: Vec<Stretch>,
    /// The stretches of the footnotes, in the order of their definitions.
    pub footnotes: Vec<u32>,
    /// Where footnotes are named, in the order of the text.
    pub references: Vec<Reference>,
    /// Words of the plain text that some edition shows.
    pub words: u32,
    /// What is wrong with this file alone.
    pub findings: Vec<Finding>,
}

/// What stands between the `+++` lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// The page's title; empty where it is missing.
    pub title: Passage,
    /// One sentence about the page.
    pub summary: Passage,
    /// What learners will be able to do: of a module.
    pub outcomes: Vec<String>,
    /// Whether everybody takes the module.
    pub mandatory: bool,
    /// Who keeps it right.
    pub owner: String,
    /// When it was last reviewed.
    pub last_reviewed_on: Option<Date>,
    /// How long a review holds, such as "6 months".
    pub review_in: Option<Placed<String>>,
    /// Where its facts come from.
    pub sources: Vec<Contact>,
    /// What people say who look for it; found by the search, and nowhere else.
    pub said: Vec<Placed<String>>,
    /// As of when its facts hold.
    pub facts_as_of: Option<AsOf>,
    /// Whether it stays out of the site.
    pub draft: bool,
    /// Minutes that a lesson takes.
    pub minutes: Option<u32>,
    /// Lessons to read before, as links.
    pub prerequisites: Vec<Placed<String>>,
    /// What readers are told before distressing material.
    pub content_note: Passage,
    /// Name in the site's address, instead of the file's.
    pub slug: Option<Placed<String>>,
    /// What stands in the folder, in its order: of the page of a folder.
    pub order: Vec<Placed<String>>,
    /// Old addresses that lead here.
    pub aliases: Vec<Placed<String>>,
    /// Where "exit this page" leads: of a module.
    pub exit: Option<Address>,
    /// Web addresses in it.
    pub addresses: Vec<Placed<Box<str>>>,
    /// Days in it.
    pub days: Vec<Placed<Day>>,
    /// Where the front matter stands, for findings about the whole of it.
    pub place: Option<Place>,
}

/// A time that something held, as its author says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AsOf {
    /// A day.
    Day(Date),
    /// In words, such as "March 2026".
    Words(String),
}

/// A heading; with what follows it, a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: Arc<str>,
    /// Plain text.
    pub title: Box<str>,
    /// Topics that the section teaches.
    pub topics: Vec<TopicId>,
    /// Claims that the section is evidence for.
    pub claims: Vec<Placed<Box<str>>>,
    /// The sentence of the section that shows them.
    pub quote: Option<Quote>,
    /// What language it is in, where that is not the page's.
    pub foreign: Foreign,
    /// Where it stands.
    pub place: Place,
    /// Where its own text starts in the lesson's text.
    pub text_start: u32,
    /// Where its section's text starts.
    pub text_end: u32,
    /// Who sees it.
    pub audience: Audience,
}

/// A `:::` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its anchor.
    pub id: Arc<str>,
    /// Whether its author gave it that, so that it stays what it is when others come before it.
    pub is_named: bool,
    /// Plain text of the title; empty where there is none.
    pub title: Box<str>,
    /// What language the title is in, where that is not the block's.
    pub title_foreign: Foreign,
    /// Topics that it carries.
    pub topics: Vec<TopicId>,
    /// Claims that it is evidence for.
    pub claims: Vec<Placed<Box<str>>>,
    /// The sentence in it that shows them.
    pub quote: Option<Quote>,
    /// What language it is in, where that is not the page's.
    pub foreign: Foreign,
    /// Signposts that it shows.
    pub signposts: Vec<SignpostId>,
    /// Minutes that it takes.
    pub minutes: Option<u32>,
    /// What is needed for it; empty where nothing is said.
    pub materials: Box<str>,
    /// Who does it together; empty where nothing is said.
    pub group: Box<str>,
    /// Whether its answers or choices keep their order: of a question, a scenario or a step.
    pub order: Order,
    /// Anchor of what readers may go on with instead: of a content note.
    pub skip: Option<Placed<Box<str>>>,
    /// How many of its options are right: of a question.
    pub right: u32,
    /// How good it is: of a choice, or of a step that ends its scenario.
    pub outcome: Option<Outcome>,
    /// Position of the step that it leads to: of a choice.
    pub next: Option<u32>,
    /// The opening line.
    pub place: Place,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Position of the innermost block around it.
    pub inside: Option<u32>,
    /// Where its text starts in the lesson's text.
    pub text_start: u32,
    /// Where its text ends.
    pub text_end: u32,
    /// Who sees it.
    pub audience: Audience,
}

/// Words in a line that carry something: `[words]{#id claims=A5}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The anchor that its author gave it; empty where there is none.
    pub id: Arc<str>,
    /// Claims that its words are evidence for.
    pub claims: Vec<Placed<Box<str>>>,
    /// The part of its words that shows them.
    pub quote: Option<Quote>,
    /// Where it stands.
    pub place: Place,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Position of the innermost block around it.
    pub inside: Option<u32>,
    /// Where its words start in the lesson's text.
    pub text_start: u32,
    /// Where they end.
    pub text_end: u32,
    /// Who sees it.
    pub audience: Audience,
}

/// The sentence that an author has chosen to show a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words, as they are given with `quote=`.
    pub words: Box<str>,
    /// Where they are given.
    pub place: Place,
    /// Where they start in the lesson's text.
    pub text_start: u32,
    /// Where they end.
    pub text_end: u32,
}

/// How an image or a link is shown, as far as its author says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// What language its words are in: an image's text alternative, a link's text.
    pub foreign: Foreign,
    /// How wide it is.
    pub width: Option<Width>,
    /// How high it is, in pixels.
    pub height: Option<u32>,
}

impl Look {
    /// Returns this, in a place of its own, where an author says anything; few do.
    pub fn if_said(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

/// How wide an image is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// In pixels.
    Pixels(u32),
    /// A share of the text's width, in tenths from 1 to 10.
    Tenths(u8),
}

/// A place where a footnote is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Position among the lesson's footnotes; none where there is no such footnote.
    pub footnote: Option<u32>,
    /// Who sees it.
    pub audience: Audience,
}

/// What a link was written to lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// A lesson, an anchor or a file.
    Document,
    /// An image.
    Image,
    /// `[[topic]]`.
    Topic,
    /// `[[signpost:id]]`.
    Signpost,
    /// Another site, `mailto:` or `tel:`.
    External,
}

/// A link or image that the author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it was written to lead to.
    pub kind: LinkKind,
    /// The target as written.
    pub target: Box<str>,
    /// An image's text alternative.
    pub alt: Box<str>,
    /// An image's title.
    pub title: Box<str>,
    /// How an image is shown, or what language a link's words are in, where its author says something of it.
    pub look: Option<Box<Look>>,
    /// The whole link.
    pub place: Place,
    /// Where its words start in the lesson's text.
    pub text_start: u32,
    /// Where its words end.
    pub text_end: u32,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Number of the anchor `t-<topic>-<n>` of a topic link; 0 for other links.
    pub anchor: u32,
    /// Who sees it.
    pub audience: Audience,
    /// Where its target stands in the file, in bytes; nothing where that is not known. Links that share a definition share it.
    pub at: Option<(u32, u32)>,
}

/// A place where an attribute names an entry of a register by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The kind of entry.
    pub kind: NamedKind,
    /// Where the id stands in the file, in bytes.
    pub at: (u32, u32),
}

/// What is named by an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedKind {
    /// A topic.
    Topic,
    /// A support service.
    Signpost,
    /// A claim of a commitment.
    Claim,
}

/// A topic's name in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The topic.
    pub topic: TopicId,
    /// Where the name stands.
    pub place: Place,
    /// Where the name starts in the lesson's text.
    pub text_start: u32,
    /// Where the name ends.
    pub text_end: u32,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Number of its anchor `t-<topic>-<n>` where it is linked, otherwise 0.
    pub anchor: u32,
    /// Whether it counts: names of topics that are not distinctive count only as links.
    pub counts: bool,
}

/// Words that the house language avoids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The register's entry.
    pub term: TermId,
    /// The words as they are written here.
    pub words: Box<str>,
    /// Where they stand.
    pub place: Place,
}

/// Words that people read in a minute: slower than a novel, since training is read to be used.
const WORDS_PER_MINUTE: u32 = 180;

impl Lesson {
    /// Returns how many words an edition shows.
    pub fn words(&self, edition: Edition) -> u32 {
        let (mut words, mut at) = (self.words, 0);
        for stretch in &self.stretches {
            let is_gone = stretch.part != Part::Outcome && !stretch.audience.is_in(edition);
            // What stands in another one is left out with it.
            if is_gone && stretch.text.start >= at {
                let Range { start, end } = stretch.text;
                words -= bytes::words(&self.text[start as usize..end as usize]) as u32;
                at = end;
            }
        }
        words
    }

    /// Returns the minutes that the lesson takes: what its author says, or else its reading time and its blocks' minutes.
    pub fn minutes(&self, edition: Edition) -> u32 {
        self.front.minutes.unwrap_or_else(|| {
            let for_all = |block: &&Block| block.audience == Audience::Everybody;
            let blocks = self.blocks.iter().filter(for_all);
            let doing = blocks
                .filter_map(|block| block.minutes)
                .fold(0, u32::saturating_add);
            let reading = self.words(edition).div_ceil(WORDS_PER_MINUTE).max(1);
            reading.saturating_add(doing)
        })
    }

    /// Returns the anchor of the section with this heading index.
    pub fn section_anchor(&self, section: Option<u32>) -> &str {
        section.map_or("", |index| &self.headings[index as usize].id)
    }

    /// Returns the title of the section with this heading index.
    pub fn section_title(&self, section: Option<u32>) -> &str {
        section.map_or("", |index| {
            let heading = &self.headings[index as usize];
            self.title_in_text(&heading.title, heading.text_start)
        })
    }

    /// Returns the title of a block of its own.
    pub fn block_title<'l>(&'l self, block: &'l Block) -> &'l str {
        self.title_in_text(&block.title, block.text_start)
    }

    /// Returns a title as a part of the text, which knows its languages; the title itself where the text does not begin with it.
    fn title_in_text<'l>(&'l self, title: &'l str, start: u32) -> &'l str {
        let text = self.text[start as usize..].trim_start();
        let is_said = text.starts_with(title);
        if is_said { &text[..title.len()] } else { title }
    }

    /// Returns the depth that each topic carried by a heading has.
    pub const HEADING_DEPTH: Depth = Depth::Introduced;
}
