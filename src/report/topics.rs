//! The topic report: how often each file names a topic, links it, and how deep it takes it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::basis::Basis;
use super::cell::{Cell, Spot, Target};
use super::data::{Document, Extent, Report, SCHEMA, Section};
use super::table::{Column, Row, Rows, Sheet, Table};
use super::words::{capitalised, counted};
use crate::model::audience::Audience;
use crate::model::blocks::Depth;
use crate::model::curriculum::{self, DocumentId};
use crate::model::lesson::LinkKind;
use crate::model::registers::{LinkPolicy, TopicId};

/// All topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers of all topics together.
    pub summary: TopicsSummary,
    /// The topics in the order of the register.
    pub topics: Vec<TopicLessons<'c>>,
}

/// The numbers of all topics together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TopicsSummary {
    /// Topics in the register.
    pub topics: usize,
    /// Names and aliases in prose.
    pub mentions: usize,
    /// Links to topics: those that authors wrote, and names that became links.
    pub links: usize,
    /// Names that no link can be made of: the policy is `never`, or the topic is not distinctive.
    pub unlinked: usize,
}

/// A topic and the files where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicLessons<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its name.
    pub name: &'c str,
    /// When its names become links.
    pub link: LinkPolicy,
    /// Whether its names alone count as mentions.
    pub distinctive: bool,
    /// The files in reading order.
    pub lessons: Vec<TopicLesson<'c>>,
}

/// A topic in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicLesson<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Names and aliases in prose.
    pub mentions: usize,
    /// Links: those that the author wrote, and names that became links.
    pub links: usize,
    /// Names that no link can be made of.
    pub unlinked: usize,
    /// How many places take it to each depth.
    pub depths: DepthCounts,
}

/// Lines that pages have for lessons; where there are more, they are in the CSV and JSON alone.
const MOST: usize = 5_000;

/// How many places take a topic to each depth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DepthCounts {
    /// Its name, or a link.
    pub mentioned: usize,
    /// Sections and teaching blocks.
    pub introduced: usize,
    /// Activities and scenarios.
    pub practised: usize,
    /// Questions.
    pub assessed: usize,
}

impl DepthCounts {
    fn add(&mut self, depth: Depth) {
        match depth {
            Depth::Mentioned => self.mentioned += 1,
            Depth::Introduced => self.introduced += 1,
            Depth::Practised => self.practised += 1,
            Depth::Assessed => self.assessed += 1,
        }
    }

    /// Returns the counts, lowest depth first.
    pub const fn all(&self) -> [usize; 4] {
        [
            self.mentioned,
            self.introduced,
            self.practised,
            self.assessed,
        ]
    }
}

impl<'c> TopicsReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let registered = &basis.curriculum.registers.topics;
        let mut topics: Vec<TopicLessons<'c>> = registered
            .iter()
            .map(|topic| TopicLessons {
                id: &topic.id,
                name: &topic.name,
                link: topic.link,
                distinctive: topic.distinctive,
                lessons: Vec::new(),
            })
            .collect();
        for id in basis.documents() {
            for (topic, counts) in count(basis, id) {
                topics[topic.0 as usize].lessons.push(counts);
            }
        }
        let all = topics.iter().flat_map(|topic| &topic.lessons);
        let mut summary = TopicsSummary {
            topics: topics.len(),
            ..TopicsSummary::default()
        };
        for lesson in all {
            summary.mentions += lesson.mentions;
            summary.links += lesson.links;
            summary.unlinked += lesson.unlinked;
        }
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            summary,
            topics,
        }
    }
}

impl TopicLessons<'_> {
    /// Adds up one number of all files.
    pub fn sum(&self, number: impl Fn(&TopicLesson<'_>) -> usize) -> usize {
        self.lessons.iter().map(number).sum()
    }
}

fn count<'c>(basis: &Basis<'c>, id: DocumentId) -> BTreeMap<TopicId, TopicLesson<'c>> {
    let mut counts = Counts {
        file: basis.file(id),
        topics: BTreeMap::new(),
    };
    let registered = &basis.curriculum.registers.topics;
    let document = basis.curriculum.document(id);
    for mention in &document.lesson.mentions {
        let topic = &registered[mention.topic.0 as usize];
        let lesson = counts.of(mention.topic);
        lesson.mentions += 1;
        if mention.anchor > 0 {
            lesson.links += 1;
        } else if !mention.counts || topic.link == LinkPolicy::Never {
            lesson.unlinked += 1;
        }
    }
    for (link, resolved) in basis.curriculum.links(id) {
        if let (LinkKind::Topic, curriculum::Target::Topic(topic), Audience::Everybody) =
            (link.kind, resolved.target, link.audience)
        {
            counts.of(topic).links += 1;
        }
    }
    let range = document.occurrences.start as usize..document.occurrences.end as usize;
    for occurrence in &basis.curriculum.occurrences[range] {
        counts.of(occurrence.topic).depths.add(occurrence.depth);
    }
    counts.topics
}

struct Counts<'c> {
    file: &'c str,
    topics: BTreeMap<TopicId, TopicLesson<'c>>,
}

impl<'c> Counts<'c> {
    fn of(&mut self, topic: TopicId) -> &mut TopicLesson<'c> {
        self.topics.entry(topic).or_insert_with(|| TopicLesson {
            file: self.file,
            mentions: 0,
            links: 0,
            unlinked: 0,
            depths: DepthCounts::default(),
        })
    }
}

/// The names of a file's numbers.
const NUMBERS: [&str; 7] = [
    "mentions",
    "links",
    "unlinked",
    "mentioned",
    "introduced",
    "practised",
    "assessed",
];

impl TopicLesson<'_> {
    /// Returns its numbers in the order of their names.
    fn numbers(&self) -> [Cell<'static>; 7] {
        let [mentioned, introduced, practised, assessed] = self.depths.all();
        [
            self.mentions,
            self.links,
            self.unlinked,
            mentioned,
            introduced,
            practised,
            assessed,
        ]
        .map(Cell::Number)
    }
}

impl Report for TopicsReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let lines: usize = self.topics.iter().map(|topic| topic.lessons.len()).sum();
        let lessons = if extent == Extent::Brief || lines <= MOST {
            Lessons::Listed
        } else {
            Lessons::TooMany
        };
        let mut sections = Vec::new();
        if extent == Extent::Full {
            sections.push(self.sums(lessons));
        }
        if lessons == Lessons::Listed {
            sections.extend(self.topics.iter().map(lessons_of));
        }
        Document {
            subject: "Topics",
            title: "Topics: mentions, links and depths".into(),
            since: None,
            lede: format!(
                "{}; {}, {}, {}",
                counted(self.summary.topics, "topic"),
                counted(self.summary.mentions, "mention"),
                counted(self.summary.links, "link"),
                counted(self.summary.unlinked, "unlinked mention"),
            ),
            remarks: vec![
                "An unlinked mention is a name that no link is made of, because the topic's names are never linked or are everyday words. \
                 A later mention in a section that links the topic already is no unlinked mention."
                    .into(),
            ],
            sections,
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "topic",
                "name",
                "file",
                "mentions",
                "links",
                "unlinked",
                "mentioned",
                "introduced",
                "practised",
                "assessed",
            ],
            rows: Rows::new(|put| {
                for topic in &self.topics {
                    for lesson in &topic.lessons {
                        let [a, b, c, d, e, f, g] = lesson.numbers();
                        let cells = [
                            Cell::text(topic.id),
                            Cell::text(topic.name),
                            Cell::text(lesson.file),
                            a,
                            b,
                            c,
                            d,
                            e,
                            f,
                            g,
                        ];
                        put(Row::of(&cells).at(Spot::file(lesson.file)))?;
                    }
                }
                Ok(())
            }),
        }
    }
}

/// Whether a page lists the lessons of topics.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lessons {
    Listed,
    TooMany,
}

impl TopicsReport<'_> {
    /// Returns the sums of all topics, each with a link to its lessons where pages list these.
    fn sums(&self, lessons: Lessons) -> Section<'_> {
        let rows = Rows::of(&self.topics, move |topic| {
            let to = if lessons == Lessons::Listed && !topic.lessons.is_empty() {
                Target::Here(anchor(topic).into())
            } else {
                Target::Nowhere
            };
            [
                Cell::Named(topic.id, topic.name, to),
                Cell::Number(topic.lessons.len()),
                Cell::Number(topic.sum(|lesson| lesson.mentions)),
                Cell::Number(topic.sum(|lesson| lesson.links)),
                Cell::Number(topic.sum(|lesson| lesson.unlinked)),
                Cell::text(topic.link.name()),
                Cell::text(if topic.distinctive { "no" } else { "yes" }),
            ]
        });
        let columns = [
            "Topic",
            "Files",
            "Mentions",
            "Links",
            "Unlinked",
            "Linked",
            "Everyday words",
        ];
        let note = if lessons == Lessons::Listed {
            ""
        } else {
            "There are too many lessons for one page: they are in the CSV and JSON of this report."
        };
        Section {
            note: note.into(),
            ..Section::new("all-topics", "All topics", Table::new(columns, rows))
        }
    }
}

fn anchor(topic: &TopicLessons<'_>) -> String {
    format!("topic-{}", topic.id)
}

fn lessons_of<'r>(topic: &'r TopicLessons<'_>) -> Section<'r> {
    let rows = Rows::of(&topic.lessons, |lesson| {
        let [a, b, c, d, e, f, g] = lesson.numbers();
        let place = Cell::Place(Spot::file(lesson.file));
        [place, a, b, c, d, e, f, g]
    });
    let mut table = Table::new([("lesson", "Lesson")], rows);
    table.columns.extend(NUMBERS.map(|name| Column {
        short: name.into(),
        long: capitalised(name).into(),
    }));
    let title = format!("{} ({})", topic.name, topic.id);
    Section::new(anchor(topic), title, table)
}
