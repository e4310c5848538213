//! The topic report: how often each file names a topic, links it, and how deep it takes it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::html::{self, Fragment, Places};
use super::screen::push_section;
use super::{Basis, Report, SCHEMA, Sheet, counted};
use crate::model::blocks::Depth;
use crate::model::curriculum::{Document, DocumentId, Target};
use crate::model::lesson::LinkKind;
use crate::model::registers::{LinkPolicy, TopicId};

/// All topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: String,
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
    /// When its names become links: `first-per-section`, `first-per-lesson` or `never`.
    pub link: &'static str,
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
                link: policy_name(topic.link),
                distinctive: topic.distinctive,
                lessons: Vec::new(),
            })
            .collect();
        for (index, document) in basis.curriculum.documents.iter().enumerate() {
            for (topic, counts) in count(basis, DocumentId(index as u32), document) {
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
            as_of: basis.as_of.to_string(),
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

const fn policy_name(policy: LinkPolicy) -> &'static str {
    match policy {
        LinkPolicy::FirstPerSection => "first-per-section",
        LinkPolicy::FirstPerLesson => "first-per-lesson",
        LinkPolicy::Never => "never",
    }
}

fn count<'c>(
    basis: &Basis<'c>,
    id: DocumentId,
    document: &Document,
) -> BTreeMap<TopicId, TopicLesson<'c>> {
    let mut counts = Counts {
        file: basis.file(id),
        topics: BTreeMap::new(),
    };
    let registered = &basis.curriculum.registers.topics;
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
        if let (LinkKind::Topic, Target::Topic(topic), false) =
            (link.kind, resolved.target, link.facilitator)
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

impl Report for TopicsReport<'_> {
    const NAME: &'static str = "topics";

    fn sheet(&self) -> Sheet<'_> {
        let rows = self.topics.iter().flat_map(|topic| {
            topic.lessons.iter().map(|lesson| {
                let mut row: Vec<Cow<'_, str>> =
                    vec![topic.id.into(), topic.name.into(), lesson.file.into()];
                row.extend(numbers(lesson).map(Cow::from));
                row
            })
        });
        let mut columns = vec!["topic", "name", "file"];
        columns.extend(NUMBERS);
        Sheet {
            columns,
            rows: Box::new(rows),
        }
    }

    fn table(&self) -> String {
        let mut out = format!(
            "Topics as of {}: {}; {}, {}, {}\n",
            self.as_of,
            counted(self.summary.topics, "topic"),
            counted(self.summary.mentions, "mention"),
            counted(self.summary.links, "link"),
            counted(self.summary.unlinked, "unlinked mention"),
        );
        for topic in &self.topics {
            let rows: Vec<Vec<String>> = topic
                .lessons
                .iter()
                .map(|lesson| {
                    let mut row = vec![lesson.file.to_owned()];
                    row.extend(numbers(lesson));
                    row
                })
                .collect();
            let mut columns = vec!["lesson"];
            columns.extend(NUMBERS);
            let title = format!("{} ({})", topic.name, topic.id);
            push_section(&mut out, &title, &columns, &rows);
        }
        out
    }

    fn fragment(&self, places: &Places<'_>) -> Fragment {
        html::topics::fragment(self, places)
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

fn numbers(lesson: &TopicLesson<'_>) -> impl Iterator<Item = String> {
    [lesson.mentions, lesson.links, lesson.unlinked]
        .into_iter()
        .chain(lesson.depths.all())
        .map(|number| number.to_string())
}
