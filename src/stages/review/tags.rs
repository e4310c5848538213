//! Holds what carries a topic against the topic's words: a tag on something that never speaks of the topic teaches nothing.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::language::{Language, Stems};
use crate::model::audience::Audience;
use crate::model::lesson::{Heading, Lesson, LinkKind};
use crate::model::registers::{Topic, TopicId};
use crate::model::{Finding, Place, Rule};

/// So many letters of a word tell what it is about, whatever follows: "children" has "child".
const TELLING: usize = 5;

/// The words of all topics; those of one are made ready when they are first asked for.
pub struct Words<'r> {
    topics: &'r [Topic],
    language: &'r Language,
    stems: Vec<OnceLock<HashSet<Box<str>>>>,
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
    fn stems(&self, id: TopicId) -> &HashSet<Box<str>> {
        self.stems[id.0 as usize].get_or_init(|| {
            let topic = self.topic(id);
            let others = topic.aliases.iter().chain(&topic.said);
            let texts = others.map(|text| text.value.as_str()).chain([
                &*topic.name,
                &*topic.definition,
                &*topic.in_short,
            ]);
            let mut stems = HashSet::new();
            let mut reader = Stems::of(self.language);
            for text in texts {
                reader.any(text, |stem| {
                    stems.insert(stem.into());
                    false
                });
            }
            stems
        })
    }

    fn are_in(&self, id: TopicId, text: &str, reader: &mut Stems<'_>) -> bool {
        let stems = self.stems(id);
        reader.any(text, |stem| {
            let mut longer = stem.char_indices().skip(TELLING);
            stems.contains(stem) || longer.any(|(end, _)| stems.contains(&stem[..end]))
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
pub fn review_lesson(lesson: &Lesson, words: &Words<'_>, findings: &mut Vec<Finding>) {
    let mut reader = Stems::of(words.language);
    for carrier in carriers(lesson) {
        for id in carrier.topics {
            let is_carried_around = |heading: &Heading| heading.topics.contains(id);
            let around = carrier.under.map_or("", |heading| &heading.title);
            let texts = [carrier.title, around, text(lesson, carrier.words)];
            let speaks = carrier.under.is_some_and(is_carried_around)
                || is_named(lesson, words.topic(*id), *id, &carrier)
                || texts
                    .iter()
                    .any(|text| words.are_in(*id, text, &mut reader));
            if !speaks {
                let id = &words.topic(*id).id;
                let what = match carrier.block {
                    Some(name) => format!("`{name}` block"),
                    None => "section".to_owned(),
                };
                let message = format!(
                    "this {what} carries `{id}`, and neither names it nor uses any of its words"
                );
                let file = lesson.path.from_root();
                findings.push(
                    Finding::new(Rule::TopicNotInWords, file, carrier.place, message).help(format!(
                        "say there what it has to do with `{id}`, add what people call it to its `said` in modules/topics.toml, or take the topic off"
                    )),
                );
            }
        }
    }
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

/// Returns whether one of the topic's names, or a link to it, stands in something that carries it.
fn is_named(lesson: &Lesson, topic: &Topic, id: TopicId, carrier: &Carrier<'_>) -> bool {
    let (start, end) = carrier.words;
    let is_inside = |at: u32| (start..end).contains(&at);
    let mut names = lesson.mentions.iter();
    let mut links = lesson.links.iter();
    names.any(|name| name.topic == id && is_inside(name.text_start))
        || links.any(|link| {
            link.kind == LinkKind::Topic && *link.target == *topic.id && is_inside(link.text_start)
        })
}
