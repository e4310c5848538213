//! The names of topics and the words that the house language avoids, found in one pass over a text.
//!
//! In: the registers' topics and terms, and a text. Out: hits from left to right, those of topics without overlaps among themselves and those of
//! terms likewise. Leaves it to others to say which of them count.

use std::collections::HashSet;
use std::ops::Range;

use super::bytes;
use super::house::{self, TermId};
use super::lexicon;
use super::phrases::{Phrase, Phrases};
use super::registers::{Term, Topic, TopicId};

/// Phrases and what each of them stands for.
#[derive(Debug)]
pub(super) struct Named<T> {
    /// The phrases.
    pub phrases: Phrases,
    /// What each phrase stands for, by its position.
    pub owners: Vec<T>,
}

impl<T> Named<T> {
    /// Gathers phrases, each with what it stands for. Where two are alike, the first is kept, and none is empty.
    pub(super) fn gather(all: impl Iterator<Item = (T, Phrase)>) -> Self {
        let (mut owners, mut phrases) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for (owner, phrase) in all {
            let key = if phrase.case_sensitive {
                phrase.text.clone()
            } else {
                phrase.text.to_ascii_lowercase()
            };
            if !phrase.text.is_empty() && seen.insert(key) {
                owners.push(owner);
                phrases.push(phrase);
            }
        }
        Self {
            phrases: Phrases::new(phrases),
            owners,
        }
    }
}

/// All phrases that are looked for in lessons.
#[derive(Debug)]
pub struct Vocabulary {
    topics: Named<TopicId>,
    terms: Named<TermId>,
    beginnings: Beginnings,
}

/// Which phrases are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Names of topics.
    pub topics: bool,
    /// Words that the house language avoids.
    pub terms: bool,
}

/// What a phrase in a text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// A topic: this is one of its names.
    Topic(TopicId),
    /// An entry of the house language: these are words to avoid.
    Term(TermId),
}

impl Vocabulary {
    /// Makes the phrases of registers ready to be looked for.
    pub fn new(topics: &[Topic], terms: &[Term]) -> Self {
        let (topics, terms) = (lexicon::names(topics), house::words(terms));
        let mut beginnings = Beginnings::new();
        for (phrases, kind) in [(&topics.phrases, TOPICS), (&terms.phrases, TERMS)] {
            for phrase in phrases.all() {
                beginnings.add(phrase, kind);
            }
        }
        Self {
            topics,
            terms,
            beginnings,
        }
    }

    /// Calls `found` with what each phrase in a text stands for, and its range there.
    pub fn find(&self, text: &str, wanted: Wanted, mut found: impl FnMut(Meant, Range<usize>)) {
        let kinds = if wanted.topics { TOPICS } else { 0 } | if wanted.terms { TERMS } else { 0 };
        // Where the last hit of each kind ends.
        let (mut topic_end, mut term_end) = (0, 0);
        each_word_start(text.as_bytes(), |start| {
            let begun = self.beginnings.at(text.as_bytes(), start) & kinds;
            if begun == 0 {
                return;
            }
            if begun & TOPICS != 0
                && start >= topic_end
                && let Some((phrase, end)) = self.topics.phrases.at(text, start)
            {
                found(Meant::Topic(self.topics.owners[phrase]), start..end);
                topic_end = end;
            }
            if begun & TERMS != 0
                && start >= term_end
                && let Some((phrase, end)) = self.terms.phrases.at(text, start)
            {
                found(Meant::Term(self.terms.owners[phrase]), start..end);
                term_end = end;
            }
        });
    }
}

/// Bits for the kinds of phrases.
const TOPICS: u8 = 1;
const TERMS: u8 = 2;

/// The first four bytes of phrases in any case, as a set in which a few others may seem to be.
///
/// Phrases stand at the beginnings of words, and few words begin like one: looking at those alone is several times as fast as running an
/// automaton over the whole text.
#[derive(Debug)]
struct Beginnings {
    /// Which kinds of phrases begin like this.
    kinds: Box<[u8; Self::SIZE]>,
}

impl Beginnings {
    const BITS: u32 = 13;
    const SIZE: usize = 1 << Self::BITS;

    fn new() -> Self {
        Self {
            kinds: Box::new([0; Self::SIZE]),
        }
    }

    fn add(&mut self, phrase: &Phrase, kind: u8) {
        match *phrase.text.as_bytes() {
            [first, second, third, fourth, ..] => {
                self.kinds[Self::slot([first, second, third, fourth])] |= kind;
            }
            // Anything can follow a phrase this short.
            [first, second, third] => {
                for fourth in 0..=u8::MAX {
                    self.kinds[Self::slot([first, second, third, fourth])] |= kind;
                }
            }
            _ => self.kinds.iter_mut().for_each(|kinds| *kinds |= kind),
        }
    }

    /// Folds bytes as if they were letters: others may share a slot, and are looked at in vain.
    fn slot(bytes: [u8; 4]) -> usize {
        let folded = u32::from_le_bytes(bytes) | 0x2020_2020;
        // The highest bits of a product with a large odd number depend on all bits of its other factor.
        let slot = folded.wrapping_mul(0x9E37_79B1) >> (u32::BITS - Self::BITS);
        slot as usize % Self::SIZE
    }

    /// Returns which kinds of phrases may stand at a place.
    fn at(&self, text: &[u8], start: usize) -> u8 {
        let behind = &text[start..];
        let bytes = behind.first_chunk().copied().unwrap_or_else(|| {
            let mut filled = [0; 4];
            filled[..behind.len()].copy_from_slice(behind);
            filled
        });
        self.kinds[Self::slot(bytes)]
    }
}

/// Calls `found` with every place that does not follow an ASCII character of a word, from left to right.
fn each_word_start(text: &[u8], mut found: impl FnMut(usize)) {
    let mut after_word = 0;
    for (at, words) in bytes::masks(text, is_word_byte) {
        let behind = text.len() - at;
        let there = if behind < 64 {
            !(u64::MAX << behind)
        } else {
            u64::MAX
        };
        for start in bytes::ones(!(words << 1 | after_word) & there) {
            found(at + start);
        }
        after_word = words >> 63;
    }
}

/// Returns whether a byte is that of an ASCII character that belongs to a word.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | (byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;
    use crate::model::registers::LinkPolicy;
    use crate::model::slug::slug;

    fn topic(name: &str, aliases: &[&str], case_sensitive: bool) -> Topic {
        Topic {
            id: slug(name),
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

    fn term(avoid: &[&str]) -> Term {
        Term {
            place: Place::START,
            avoid: avoid.iter().map(ToString::to_string).collect(),
            instead: String::new(),
            severity: None,
            reason: String::new(),
            retired_on: None,
            successor: String::new(),
        }
    }

    const BOTH: Wanted = Wanted {
        topics: true,
        terms: true,
    };

    /// Returns what stands in a text: the positions in the registers, terms from 100 on, and the words.
    fn found<'t>(vocabulary: &Vocabulary, text: &'t str, wanted: Wanted) -> Vec<(u32, &'t str)> {
        let mut found = Vec::new();
        vocabulary.find(text, wanted, |meant, range| {
            let index = match meant {
                Meant::Topic(topic) => topic.0,
                Meant::Term(term) => 100 + term.0,
            };
            found.push((index, &text[range]));
        });
        found
    }

    #[test]
    fn longest_whole_words_win_and_case_counts_only_where_asked() {
        let topics = [
            topic("Mental health", &["Tŷ Élan"], false),
            topic("Mental health first aid", &[], false),
            topic("STA", &[], true),
            topic("Policy", &["AI"], false),
        ];
        let vocabulary = Vocabulary::new(&topics, &[]);
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
            ("ask ai", vec![(3, "ai")]),
        ] {
            assert_eq!(found(&vocabulary, text, BOTH), expected, "{text}");
        }
    }

    #[test]
    fn avoided_words_are_found_in_any_case_and_with_either_apostrophe() {
        let terms = [term(&["just", "there's nothing"]), term(&["just a call"])];
        let vocabulary = Vocabulary::new(&[], &terms);
        for (text, expected) in [
            ("Just ring", vec![(100, "Just")]),
            ("justice is unjust", vec![]),
            ("it is just a call", vec![(101, "just a call")]),
            ("There’s nothing", vec![(100, "There’s nothing")]),
            ("there's nothing", vec![(100, "there's nothing")]),
        ] {
            assert_eq!(found(&vocabulary, text, BOTH), expected, "{text}");
        }
    }

    #[test]
    fn names_and_avoided_words_do_not_hide_each_other() {
        let topics = [topic("Just a call", &[], false)];
        let vocabulary = Vocabulary::new(&topics, &[term(&["just", "call back"])]);
        let text = "just a call back";
        let (topic, just, back) = ((0, "just a call"), (100, "just"), (100, "call back"));
        assert_eq!(found(&vocabulary, text, BOTH), [topic, just, back]);
        let (topics, terms) = (true, true);
        let only = |topics, terms| found(&vocabulary, text, Wanted { topics, terms });
        assert_eq!(only(topics, false), [topic]);
        assert_eq!(only(false, terms), [just, back]);
        assert_eq!(only(false, false), []);
    }

    #[test]
    fn empty_registers_hold_nothing_to_find() {
        assert_eq!(found(&Vocabulary::new(&[], &[]), "anything", BOTH), []);
    }
}
