//! Holds what carries a topic against the topic's words: a tag on something that never speaks of the topic teaches nothing.

use std::ops::Range;
use std::sync::OnceLock;

use crate::language::{Language, Sought, Stems};
use crate::model::audience::Audience;
use crate::model::lesson::{Heading, Lesson, LinkKind};
use crate::model::registers::{Registers, Topic, TopicId};
use crate::model::{Finding, Place, Rule};

/// So many letters of a word tell what it is about, whatever follows: "children" has "child".
const TELLING: usize = 5;

/// The words of all topics; those of one are made ready when they are first asked for.
pub struct Words<'r> {
    topics: &'r [Topic],
    language: &'r Language,
    stems: Vec<OnceLock<Stems>>,
}

impl<'r> Words<'r> {
    /// Takes the register.
    pub fn new(topics: &'r [Topic], language: &'r Language) -> Self {
        Self {
            topics,
            language,
            stems: topics.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    fn topic(&self, id: TopicId) -> &'r Topic {
        &self.topics[id.0 as usize]
    }

    /// Returns the stems of a topic's names, of what people say who mean it, and of what says what it is.
    fn stems(&self, id: TopicId) -> &Stems {
        self.stems[id.0 as usize].get_or_init(|| {
            let topic = self.topic(id);
            let others = topic.aliases.iter().chain(&topic.said);
            let mut texts = vec![&*topic.name, &topic.definition, &topic.in_short];
            texts.extend(others.map(|text| text.value.as_str()));
            let mut stems = Stems::default();
            stems.read(&texts, self.language, &Sought::EVERY);
            stems
        })
    }

    /// Returns whether one of a topic's words is among those that were read.
    fn are_in(&self, id: TopicId, read: &Stems) -> bool {
        self.stems(id).iter().any(|stem| {
            let tells = stem.chars().count() >= TELLING;
            read.has(stem) || (tells && read.has_longer(stem))
        })
    }
}

/// What carries topics.
struct Carrier<'l> {
    topics: &'l [TopicId],
    title: &'l str,
    place: Place,
    /// Its words in the lesson's text.
    words: (u32, u32),
    /// The name of the block; nothing for a section.
    block: Option<&'static str>,
    /// The heading under which a block stands: what is taught there is spoken of in it too.
    under: Option<&'l Heading>,
}

/// Reports the tags of one lesson that stand on something that does not speak of their topic.
pub fn review_lesson(
    lesson: &Lesson,
    words: &Words<'_>,
    registers: &Registers,
    findings: &mut Vec<Finding>,
) {
    // Of one carrier, in room that the next one takes over.
    let mut read = Stems::default();
    let mut sought = Sought::default();
    let mut names = Vec::new();
    let mut open = Vec::new();
    for carrier in carriers(lesson) {
        names.clear();
        names.extend(named(lesson, registers, carrier.words));
        if let Some(around) = carrier.under {
            names.extend(&around.topics);
        }
        names.sort_unstable();
        let is_named = |id: &TopicId| names.binary_search(id).is_ok();
        open.clear();
        open.extend(carrier.topics.iter().filter(|id| !is_named(id)));
        // Titles first: what they speak of needs no look at a text that may be a book. Each is read once for all topics, of which there may be hundreds.
        let around = carrier.under.map_or("", |heading| &heading.title);
        let titles = [carrier.title, around];
        let text = [text(lesson, carrier.words)];
        for texts in [&titles[..], &text] {
            if open.is_empty() {
                break;
            }
            sought.clear();
            open.iter().for_each(|id| sought.add(words.stems(*id)));
            read.read(texts, words.language, &sought);
            open.retain(|id| !words.are_in(*id, &read));
        }
        let topics = open.iter().map(|id| words.topic(*id));
        findings.extend(topics.map(|topic| finding(lesson, &carrier, topic)));
    }
}

fn finding(lesson: &Lesson, carrier: &Carrier<'_>, topic: &Topic) -> Finding {
    let id = &topic.id;
    let what = match carrier.block {
        Some(name) => format!("`{name}` block"),
        None => "section".to_owned(),
    };
    let message =
        format!("this {what} carries `{id}`, and neither names it nor uses any of its words");
    let file = lesson.path.from_root();
    Finding::new(Rule::TopicNotInWords, file, carrier.place, message).help(format!(
        "say there what it has to do with `{id}`, add what people call it to its `said` in modules/topics.toml, or take the topic off"
    ))
}

/// Returns what learners see that carries topics: sections first, then blocks.
fn carriers(lesson: &Lesson) -> impl Iterator<Item = Carrier<'_>> {
    let for_all = |audience: Audience| audience == Audience::Everybody;
    let headings = lesson.headings.iter().enumerate();
    let headings = headings
        .filter(move |(_, heading)| !heading.topics.is_empty() && for_all(heading.audience))
        .map(|(index, heading)| {
            let section = lesson.section(index);
            Carrier {
                topics: &heading.topics,
                title: &heading.title,
                place: heading.place,
                words: (heading.text_start, section.end),
                block: None,
                under: None,
            }
        });
    let blocks = lesson.blocks.iter();
    let blocks = blocks
        .filter(move |block| !block.topics.is_empty() && for_all(block.audience))
        .map(|block| Carrier {
            topics: &block.topics,
            title: &block.title,
            place: block.place,
            words: (block.text_start, block.text_end),
            block: Some(block.kind.name()),
            under: block.section.map(|index| &lesson.headings[index as usize]),
        });
    headings.chain(blocks)
}

fn text(lesson: &Lesson, (start, end): (u32, u32)) -> &str {
    &lesson.text[start as usize..end as usize]
}

/// Returns the topics that are named, or linked, between two places of a lesson's text.
fn named<'l>(
    lesson: &'l Lesson,
    registers: &'l Registers,
    (start, end): (u32, u32),
) -> impl Iterator<Item = TopicId> + 'l {
    let names = inside(&lesson.mentions, |name| name.text_start, start..end);
    let links = inside(&lesson.links, |link| link.text_start, start..end);
    let links = links
        .iter()
        .filter(|link| link.kind == LinkKind::Topic)
        .filter_map(|link| registers.topic(&link.target));
    names.iter().map(|name| name.topic).chain(links)
}

/// Returns what stands in a part of a text, of things in its order.
fn inside<T>(all: &[T], at: impl Fn(&T) -> u32, part: Range<u32>) -> &[T] {
    debug_assert!(all.is_sorted_by_key(&at), "in the order of the text");
    let until = |place: u32| all.partition_point(|thing| at(thing) < place);
    &all[until(part.start)..until(part.end)]
}
