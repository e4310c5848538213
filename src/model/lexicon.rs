//! Finds the names of topics in prose.
//!
//! Longest name first, whole words, case-insensitive unless a topic asks for its case.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

use super::registers::{Topic, TopicId};

/// All names and aliases of the topic register, ready to be searched for.
#[derive(Debug)]
pub struct Lexicon {
    automaton: Option<AhoCorasick>,
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    topic: TopicId,
    text: String,
    case_sensitive: bool,
    /// The longest other name that this one begins with.
    shorter: Option<usize>,
}

impl Lexicon {
    /// Builds the automaton over the names of all topics and their plurals.
    ///
    /// Where two topics share a name, the first in the register has it.
    pub fn new(topics: &[Topic]) -> Self {
        let mut names: Vec<Name> = Vec::new();
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
                        names.push(Name {
                            topic: TopicId(index as u32),
                            text,
                            case_sensitive: topic.case_sensitive,
                            shorter: None,
                        });
                    }
                }
            }
        }
        link_prefixes(&mut names);
        let automaton = (!names.is_empty()).then(|| build(&names)).flatten();
        Self { automaton, names }
    }

    /// Calls `found` with each topic name in `text`, from left to right, without overlaps.
    pub fn find(&self, text: &str, mut found: impl FnMut(TopicId, Range<usize>)) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        let mut from = 0;
        while let Some(hit) = automaton.find(Input::new(text).range(from..)) {
            let start = hit.start();
            match self.accepted(text, start, hit.pattern().as_usize()) {
                Some((topic, end)) => {
                    found(topic, start..end);
                    from = end;
                }
                None => from = start + text[start..].chars().next().map_or(1, char::len_utf8),
            }
            if from >= text.len() {
                break;
            }
        }
    }

    /// Returns the longest name that stands at `start` as whole words.
    fn accepted(&self, text: &str, start: usize, pattern: usize) -> Option<(TopicId, usize)> {
        if text[..start].chars().next_back().is_some_and(is_word) {
            return None;
        }
        let mut candidate = Some(pattern);
        while let Some(index) = candidate {
            let name = &self.names[index];
            let end = start + name.text.len();
            let whole = text.is_char_boundary(end)
                && !text[end..].chars().next().is_some_and(is_word)
                && (!name.case_sensitive || text[start..end] == name.text);
            if whole {
                return Some((name.topic, end));
            }
            candidate = name.shorter;
        }
        None
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn build(names: &[Name]) -> Option<AhoCorasick> {
    let bytes: usize = names.iter().map(|name| name.text.len()).sum();
    // A table for every byte of every state pays while it fits the cache of a desktop machine.
    let kind = if bytes < 60_000 {
        AhoCorasickKind::DFA
    } else {
        AhoCorasickKind::ContiguousNFA
    };
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(kind))
        .build(names.iter().map(|name| &name.text))
        .ok()
}

/// Finds for each name the longest other one that it begins with.
fn link_prefixes(names: &mut [Name]) {
    let mut order: Vec<usize> = (0..names.len()).collect();
    let folded: Vec<String> = names
        .iter()
        .map(|name| name.text.to_ascii_lowercase())
        .collect();
    order.sort_by(|a, b| folded[*a].cmp(&folded[*b]).then(a.cmp(b)));
    let mut open: Vec<usize> = Vec::new();
    for index in order {
        while open
            .last()
            .is_some_and(|top| !folded[index].starts_with(&folded[*top]))
        {
            open.pop();
        }
        names[index].shorter = open.last().copied();
        open.push(index);
    }
}

/// Returns the spellings under which a name is searched for: itself, its plural, and other cases of accented letters.
fn spellings(name: &str, case_sensitive: bool) -> Vec<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = vec![name.clone()];
    if name.chars().next_back().is_some_and(|c| c.is_lowercase()) {
        out.push(plural(&name));
    }
    if !case_sensitive && !name.is_ascii() {
        for text in out.clone() {
            out.push(text.to_lowercase());
            out.push(text.to_uppercase());
        }
        out.dedup();
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
