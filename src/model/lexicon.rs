//! Finds the names of topics in prose.
//!
//! Longest name first, whole words, case-insensitive unless a topic asks for its case.

use std::ops::Range;

use super::phrases::{Phrase, Phrases, other_cases};
use super::registers::{Topic, TopicId};

/// All names and aliases of the topic register, ready to be searched for.
#[derive(Debug)]
pub struct Lexicon {
    names: Phrases,
    /// The topic of each name.
    topics: Vec<TopicId>,
}

impl Lexicon {
    /// Builds the automaton over the names of all topics and their plurals.
    ///
    /// Where two topics share a name, the first in the register has it.
    pub fn new(topics: &[Topic]) -> Self {
        let mut names: Vec<Phrase> = Vec::new();
        let mut owners = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (index, topic) in topics.iter().enumerate() {
            for name in std::iter::once(&topic.name).chain(&topic.aliases) {
                for text in spellings(name, topic.case_sensitive) {
                    let key = if topic.case_sensitive {
                        text.clone()
                    } else {
                        text.to_ascii_lowercase()
                    };
                    if !text.is_empty() && seen.insert(key) {
                        owners.push(TopicId(index as u32));
                        names.push(Phrase {
                            text,
                            case_sensitive: topic.case_sensitive,
                        });
                    }
                }
            }
        }
        Self {
            names: Phrases::new(names),
            topics: owners,
        }
    }

    /// Calls `found` with each topic name in `text`, from left to right, without overlaps.
    pub fn find(&self, text: &str, mut found: impl FnMut(TopicId, Range<usize>)) {
        self.names
            .find(text, |name, range| found(self.topics[name], range));
    }
}

/// Returns the spellings under which a name is searched for: itself, its plural, and other cases of accented letters.
fn spellings(name: &str, case_sensitive: bool) -> Vec<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = vec![name.clone()];
    if name.chars().next_back().is_some_and(|c| c.is_lowercase()) {
        out.push(plural(&name));
    }
    if !case_sensitive {
        out.extend(out.clone().iter().flat_map(|text| other_cases(text)));
    }
    out
}

/// Returns the regular English plural of a phrase.
fn plural(name: &str) -> String {
    let before_last = name.chars().rev().nth(1);
    match name.chars().next_back() {
        Some('y') if !before_last.is_some_and(|c| "aeiou".contains(c)) => {
            format!("{}ies", &name[..name.len() - 1])
        }
        Some('s' | 'x' | 'z') => format!("{name}es"),
        Some('h') if matches!(before_last, Some('c' | 's')) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;
    use crate::model::registers::LinkPolicy;

    fn topic(name: &str, aliases: &[&str], case_sensitive: bool) -> Topic {
        Topic {
            id: crate::model::path::slug(name),
            place: Place::START,
            name: name.into(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
            definition: String::new(),
            home: None,
            link: LinkPolicy::default(),
            distinctive: true,
            case_sensitive,
            sensitive: false,
            requires: Vec::new(),
            exempt: Vec::new(),
        }
    }

    #[test]
    fn longest_whole_words_win_and_case_counts_only_where_asked() {
        let lexicon = Lexicon::new(&[
            topic("Mental health", &["Tŷ Élan"], false),
            topic("Mental health first aid", &[], false),
            topic("STA", &[], true),
            topic("Policy", &[], false),
        ]);
        for (text, expected) in [
            ("Mental health matters", vec![(0, "Mental health")]),
            ("MENTAL HEALTH first aider", vec![(0, "MENTAL HEALTH")]),
            (
                "a mental health first aid kit",
                vec![(1, "mental health first aid")],
            ),
            ("environmental health", vec![]),
            ("sta STA STAs", vec![(2, "STA")]),
            ("TŶ ÉLAN", vec![(0, "TŶ ÉLAN")]),
            ("policies and policy", vec![(3, "policies"), (3, "policy")]),
            ("mental healthy mental health", vec![(0, "mental health")]),
        ] {
            let mut found = Vec::new();
            lexicon.find(text, |topic, range| found.push((topic.0, &text[range])));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn an_empty_register_finds_nothing() {
        Lexicon::new(&[]).find("anything", |_, _| panic!("nothing to find"));
    }
}
