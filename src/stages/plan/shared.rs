//! HTML that many pages share, made once.

use std::sync::Arc;

use super::words::Words;
use super::{push_passage, push_text};
use crate::language::Language;
use crate::model::blocks::Depth;
use crate::model::registers::{Topic, TopicId};
use crate::model::theme::Strings;

/// Parts of pages that are the same wherever they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// For each signpost of the register its card, with headings of level 3.
    pub cards_in_lessons: Vec<Arc<str>>,
    /// For each signpost of the register its card, with headings of level 2.
    pub cards_in_directory: Vec<Arc<str>>,
    pub(super) words: Words,
    strands: Vec<Strand>,
    badges: [String; Depth::ALL.len()],
}

/// What a topic's part of a lesson's list of topics is made of, between the links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strand {
    /// From the topic's file name to the end of its link.
    pub name: String,
    /// What it means, for scripts.
    pub meaning: String,
    /// What stands before the title of the lesson before this one in the thread.
    pub earlier: String,
    /// What stands before the title of the lesson after this one in the thread.
    pub later: String,
}

impl Shared {
    /// Makes what does not need a theme's templates; the cards are still to come.
    pub fn new(topics: &[Topic], strings: &Strings, language: &Language) -> Self {
        Self {
            cards_in_lessons: Vec::new(),
            cards_in_directory: Vec::new(),
            words: Words::new(strings),
            strands: topics
                .iter()
                .map(|topic| Strand::new(topic, strings, language))
                .collect(),
            badges: Depth::ALL.map(|depth| badge(depth, strings)),
        }
    }

    /// Returns a depth as pages show it.
    pub(super) fn badge(&self, depth: Depth) -> &str {
        &self.badges[depth as usize]
    }

    /// Returns the parts of a topic.
    pub(super) fn strand(&self, topic: TopicId) -> &Strand {
        &self.strands[topic.0 as usize]
    }
}

impl Strand {
    fn new(topic: &Topic, strings: &Strings, language: &Language) -> Self {
        let mut name = format!("{}.html\">", topic.id);
        push_text(&mut name, &topic.name);
        name.push_str("</a>");
        let mut meaning = String::new();
        if !topic.definition.is_empty() {
            // For scripts, which show it where the topic is named; the topic's page says it too.
            meaning.push_str("<span hidden data-topic-definition=\"");
            meaning.push_str(&topic.id);
            meaning.push_str("\">");
            push_passage(&mut meaning, &topic.definition, language);
            meaning.push_str("</span>");
        }
        let step = |key| {
            let mut html = String::new();
            push_text(&mut html, strings.get(key));
            html.push_str("<span class=\"visually-hidden\">, ");
            push_text(&mut html, &topic.name);
            html.push_str(": ");
            html
        };
        Self {
            name,
            meaning,
            earlier: step("earlier"),
            later: step("later"),
        }
    }
}

fn badge(depth: Depth, strings: &Strings) -> String {
    let mut html = format!("<span class=\"depth depth-{}\">", depth.name());
    push_text(&mut html, strings.get(depth.name()));
    html.push_str("</span>");
    html
}
