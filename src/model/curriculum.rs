//! The curriculum as a graph: documents in reading order, their links resolved, and the threads of all topics.
//!
//! This is the one source of truth: findings, reports, threads, backlinks and coverage read the same stored facts.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::audience::Audience;
use super::blocks::{BlockKind, Depth};
use super::body::Body;
use super::config::Edition;
use super::lesson::{Lesson, Link};
use super::registers::{PathId, Placed, SignpostId, TopicId};
use super::sources::Asset;
use super::{Place, Registers};

/// Position of a document in reading order, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Position of a module in reading order, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub u32);

/// Everything that is known about a curriculum.
#[derive(Debug, Clone)]
pub struct Curriculum {
    /// The registers.
    pub registers: Arc<Registers>,
    /// Every Markdown file, in reading order.
    pub documents: Vec<Document>,
    /// The modules, in reading order.
    pub modules: Vec<Module>,
    /// Every place of every topic, in reading order.
    pub occurrences: Vec<Occurrence>,
    /// For each topic of the register, its occurrences: positions in `occurrences`, in reading order.
    pub threads: Vec<Vec<u32>>,
    /// For each document, the links from other documents that lead to it, the first one of each.
    pub backlinks: Arc<[Vec<Backlink>]>,
    /// Files below `modules/` that are not Markdown.
    pub assets: Vec<PlacedAsset>,
    /// For each topic of the register, the lesson that teaches it fully.
    pub homes: Vec<Option<DocumentId>>,
    /// For each topic of the register, what is asked of which module.
    pub demands: Vec<Demands>,
    /// What each path of the register takes; where there is no register, one path that takes everything.
    pub paths: Vec<TakenPath>,
    /// For each answer of the register, where it leads: its own place, then others. What does not exist is a finding, and stands here no more.
    pub answers: Vec<Vec<Destination>>,
}

/// A page, or a part of one, that a register names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The page.
    pub document: DocumentId,
    /// The anchor; empty for the page.
    pub anchor: String,
}

/// What the register asks of modules for one topic. A name that no module has is a finding, and stands here no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demands {
    /// What is required, in the order of the register.
    pub requires: Vec<Requirement>,
    /// What is excused, in the order of the register.
    pub exempt: Vec<Exempt>,
    /// What is asked of paths, by depth.
    pub on_paths: Vec<OnPath>,
}

/// A depth that the register asks of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnPath {
    /// How deep.
    pub depth: Depth,
    /// On which path.
    pub path: PathId,
    /// Where the register asks.
    pub place: Place,
}

/// What somebody reads who takes a path, whatever the order in which the register names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenPath {
    /// Its modules, in reading order.
    pub modules: Vec<TakenModule>,
    /// Their pages that belong to it, in reading order.
    pub documents: Vec<DocumentId>,
}

/// A module on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenModule {
    /// The module.
    pub module: ModuleId,
    /// How much of it.
    pub extent: Extent,
}

/// How much of a module a path takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Some of its lessons.
    Part,
}

impl TakenPath {
    /// Returns how much it takes of a module; nothing where it takes none of it.
    pub fn extent(&self, module: ModuleId) -> Option<Extent> {
        let found = self
            .modules
            .binary_search_by_key(&module, |taken| taken.module);
        found.ok().map(|at| self.modules[at].extent)
    }

    /// Returns whether a page belongs to it.
    pub fn takes(&self, document: DocumentId) -> bool {
        self.documents.binary_search(&document).is_ok()
    }
}

/// A depth that the register requires of modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// How deep.
    pub depth: Depth,
    /// Of which modules.
    pub of: Asked,
}

/// The modules that something is asked of, with the places that ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Every module, at the topic.
    Every(Place),
    /// Some modules, each where the list names it.
    Some(Vec<(ModuleId, Place)>),
}

impl Asked {
    /// Returns where a module is asked; nothing where it is not.
    pub fn place(&self, module: ModuleId) -> Option<Place> {
        match self {
            Self::Every(place) => Some(*place),
            Self::Some(list) => list
                .iter()
                .find(|(asked, _)| *asked == module)
                .map(|(_, place)| *place),
        }
    }
}

/// A module that need not meet what is required of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exempt {
    /// The module.
    pub module: ModuleId,
    /// The module's name as the register writes it, and where.
    pub named: Placed<String>,
    /// Why.
    pub reason: String,
    /// The depths that it need not reach; empty for all.
    pub depths: Vec<Depth>,
}

impl Exempt {
    /// Returns the depths that the module need not reach.
    pub fn depths(&self) -> &[Depth] {
        if self.depths.is_empty() {
            &Depth::ALL
        } else {
            &self.depths
        }
    }
}

/// What a document is to the curriculum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// `modules/index.md`: the introduction on the home page.
    Home,
    /// A module's `index.md`.
    Module,
    /// The `index.md` of a folder inside a module.
    Unit,
    /// A lesson.
    Lesson,
}

/// A Markdown file in its place.
#[derive(Debug, Clone)]
pub struct Document {
    /// What was parsed from it.
    pub lesson: Arc<Lesson>,
    /// What it is.
    pub role: Role,
    /// The module that it belongs to.
    pub module: Option<ModuleId>,
    /// Path of its page from the site's top.
    pub url: Arc<str>,
    /// Old addresses that lead to it.
    pub aliases: Arc<[Alias]>,
    /// For each link of the lesson, where it leads.
    pub links: Arc<[Resolved]>,
    /// For each prerequisite, the document that it names.
    pub prerequisites: Arc<[DocumentId]>,
    /// Its part of the curriculum's occurrences.
    pub occurrences: Range<u32>,
}

/// An old address of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Its path from the site's top.
    pub url: Arc<str>,
    /// Where the document's source names it.
    pub place: Place,
}

/// A module in its place.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its name in addresses and reports: the folder's without the number.
    pub name: String,
    /// The folder's name on disk.
    pub folder: String,
    /// Its title; its name where it has none.
    pub title: String,
    /// Number in reading order, from 1.
    pub number: u32,
    /// Path of its page from the site's top.
    pub url: Arc<str>,
    /// Its `index.md`.
    pub index: Option<DocumentId>,
    /// Its documents, `index.md` included, in reading order.
    pub documents: Range<u32>,
}

/// Where a link leads, and whether it gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// What became of it.
    pub status: LinkStatus,
    /// Where it leads.
    pub target: Target,
}

/// What became of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkStatus {
    /// Its target exists.
    Ok,
    /// Its target does not exist.
    Broken,
    /// It names an old address, which leads to its target.
    Redirected,
    /// It names a topic or signpost that the register does not have.
    Unknown,
    /// It leads to another site.
    Unchecked,
}

impl LinkStatus {
    /// Returns the name as it stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Broken => "broken",
            Self::Redirected => "redirected",
            Self::Unknown => "unknown",
            Self::Unchecked => "unchecked",
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A document; its anchor is the part of the link behind `#`.
    Document(DocumentId),
    /// A file that is copied: position in the curriculum's assets.
    Asset(u32),
    /// A topic's page.
    Topic(TopicId),
    /// An entry of the signpost directory.
    Signpost(SignpostId),
    /// Another site.
    External,
    /// Nowhere.
    Nowhere,
}

/// A file below `modules/` with its place in the site.
#[derive(Debug, Clone)]
pub struct PlacedAsset {
    /// The file.
    pub asset: Asset,
    /// Path from the site's top.
    pub url: Arc<str>,
    /// Who sees what refers to it; what nothing refers to is not copied.
    pub used: Option<Audience>,
}

impl PlacedAsset {
    /// Returns whether an edition shows something that refers to it.
    pub fn is_in(&self, edition: Edition) -> bool {
        self.used.is_some_and(|audience| audience.is_in(edition))
    }
}

/// One located place of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The topic.
    pub topic: TopicId,
    /// The document.
    pub document: DocumentId,
    /// Where in its source.
    pub place: Place,
    /// How deep.
    pub depth: Depth,
    /// What it is.
    pub kind: OccurrenceKind,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Number of its own anchor `t-<topic>-<n>`; 0 where it has none.
    pub anchor: u32,
    /// Index of the block or heading that carries the topic.
    pub carrier: u32,
    /// Its words in the lesson's text.
    pub words: (u32, u32),
}

/// What makes a place an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OccurrenceKind {
    /// A name or alias in prose.
    Name,
    /// `[[topic]]`.
    Link,
    /// A heading that carries the topic.
    Heading,
    /// A block that carries the topic.
    Block(BlockKind),
}

impl OccurrenceKind {
    /// Returns the name as it stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Link => "link",
            Self::Heading => "heading",
            Self::Block(kind) => kind.name(),
        }
    }
}

/// A place in a page, as links name it behind `#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor<'c> {
    /// The id of a heading or block; empty for the top of the page.
    Id(&'c str),
    /// The n-th link to the topic with this id.
    Link(&'c str, u32),
}

impl Anchor<'_> {
    /// Returns whether it names the top of the page.
    pub fn is_top(&self) -> bool {
        matches!(self, Self::Id(""))
    }

    /// Appends it to a text.
    pub fn push_to(&self, text: &mut String) {
        match self {
            Self::Id(id) => text.push_str(id),
            Self::Link(topic, number) => {
                text.push_str("t-");
                text.push_str(topic);
                text.push('-');
                text.push_str(itoa::Buffer::new().format(*number));
            }
        }
    }
}

impl<'c> From<Anchor<'c>> for Cow<'c, str> {
    fn from(anchor: Anchor<'c>) -> Self {
        match anchor {
            Anchor::Id(id) => id.into(),
            Anchor::Link(..) => {
                let mut text = String::new();
                anchor.push_to(&mut text);
                text.into()
            }
        }
    }
}

/// A link from another document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlink {
    /// Where it stands.
    pub from: DocumentId,
    /// Index of the link there.
    pub link: u32,
}

impl Curriculum {
    /// Gives back the memory of the lessons' HTML, which is most of what a curriculum takes; what somebody else still holds stays.
    pub fn drop_bodies(&mut self) {
        for document in &mut self.documents {
            if let Some(lesson) = Arc::get_mut(&mut document.lesson) {
                lesson.body = Body::default();
            }
        }
    }

    /// Returns a document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// Returns a module.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    /// Returns the modules with their positions.
    pub fn numbered_modules(&self) -> impl Iterator<Item = (ModuleId, &Module)> {
        (0..).map(ModuleId).zip(&self.modules)
    }

    /// Returns the occurrences of a topic in reading order.
    pub fn thread(&self, topic: TopicId) -> impl DoubleEndedIterator<Item = &Occurrence> {
        self.threads[topic.0 as usize]
            .iter()
            .map(|index| &self.occurrences[*index as usize])
    }

    /// Returns the anchor of an occurrence in its page.
    pub fn anchor(&self, occurrence: &Occurrence) -> Anchor<'_> {
        let lesson = &self.document(occurrence.document).lesson;
        match occurrence.kind {
            OccurrenceKind::Heading => Anchor::Id(&lesson.headings[occurrence.carrier as usize].id),
            OccurrenceKind::Block(_) => Anchor::Id(&lesson.blocks[occurrence.carrier as usize].id),
            _ if occurrence.anchor > 0 => self.link_anchor(occurrence.topic, occurrence.anchor),
            _ => Anchor::Id(lesson.section_anchor(occurrence.section)),
        }
    }

    /// Returns the anchor of the n-th link to a topic in a page.
    pub fn link_anchor(&self, topic: TopicId, number: u32) -> Anchor<'_> {
        Anchor::Link(&self.registers.topics[topic.0 as usize].id, number)
    }

    /// Returns the sentence around an occurrence, and the range of its own words in it.
    ///
    /// For a section or block it is the first sentence of what an edition shows of it.
    pub fn sentence(&self, occurrence: &Occurrence, edition: Edition) -> (&str, Range<usize>) {
        let lesson = &self.document(occurrence.document).lesson;
        let (start, end) = occurrence.words;
        match occurrence.kind {
            OccurrenceKind::Name | OccurrenceKind::Link => {
                let range = lesson.sentence(start, end);
                let words =
                    start as usize - range.start..(end as usize).min(range.end) - range.start;
                (&lesson.text[range], words)
            }
            _ => (lesson.first_sentence(start..end, edition), 0..0),
        }
    }

    /// Returns the title of the section or block that an occurrence stands in.
    pub fn section_title(&self, occurrence: &Occurrence) -> &str {
        let lesson = &self.document(occurrence.document).lesson;
        match occurrence.kind {
            OccurrenceKind::Heading => lesson.section_title(Some(occurrence.carrier)),
            OccurrenceKind::Block(_)
                if !lesson.blocks[occurrence.carrier as usize].title.is_empty() =>
            {
                lesson.block_title(&lesson.blocks[occurrence.carrier as usize])
            }
            _ => lesson.section_title(occurrence.section),
        }
    }

    /// Returns the links of a document with where they lead.
    pub fn links(&self, id: DocumentId) -> impl Iterator<Item = (&Link, Resolved)> {
        let document = self.document(id);
        document
            .lesson
            .links
            .iter()
            .zip(document.links.iter().copied())
    }

    /// Returns the lessons of a path in reading order.
    pub fn lessons_on(&self, path: &TakenPath) -> impl Iterator<Item = DocumentId> {
        let documents = path.documents.iter().copied();
        documents.filter(|id| self.document(*id).role == Role::Lesson)
    }

    /// Returns the lessons of a module in reading order.
    pub fn lessons_of(&self, module: &Module) -> impl Iterator<Item = DocumentId> {
        module
            .documents
            .clone()
            .map(DocumentId)
            .filter(|id| self.document(*id).role == Role::Lesson)
    }
}
