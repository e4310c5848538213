//! The names of topics and the words that the house language avoids, found in one pass over a text.
//!
//! In: the registers' topics and terms, and a text. Out: hits from left to right, those of topics without overlaps among themselves and those of
//! terms likewise, and none that is no [prose](super::prose). Leaves it to others to say which of them count.

use std::collections::HashSet;
use std::ops::Range;

use super::beginnings::Beginnings;
use super::comparison::form;
use super::names;
use super::phrases::{Lost, Origin, Phrases};
use super::prose::Prose;
#[cfg(test)]
use super::scripts::continues;
use super::terms;
use super::tongue::Language;
use crate::model::registers::{Term, TermId, Topic, TopicId};

/// All phrases that are looked for in lessons.
#[derive(Debug)]
pub struct Vocabulary {
    topics: Phrases<TopicId>,
    terms: Phrases<TermId>,
    /// Words of which those to avoid are a part, and are right there.
    wanted: terms::Wanted,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meant {
    /// A topic: this is one of its names.
    Topic(TopicId),
    /// An entry of the house language: these are words to avoid.
    Term(TermId),
}

/// Words that stand for two things, of which only one is ever found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The words.
    pub words: String,
    /// Whether they were made from a name that somebody wrote.
    pub is_derived: bool,
    /// What is found.
    pub found: Meant,
    /// What is not.
    pub lost: Meant,
}

/// Bits for the kinds of phrases.
const TOPICS: u8 = 1;
const TERMS: u8 = 2;
const WANTED: u8 = 4;

impl Vocabulary {
    /// Makes the phrases of registers ready to be looked for.
    pub fn new(language: &Language, topics: &[Topic], terms: &[Term]) -> Self {
        let topics = names::names(language, topics);
        let wanted = terms::wanted(language, terms);
        let terms = terms::avoided(terms);
        let mut beginnings = Beginnings::new();
        topics.forms().for_each(|form| beginnings.add(form, TOPICS));
        terms.forms().for_each(|form| beginnings.add(form, TERMS));
        wanted
            .phrases
            .forms()
            .for_each(|form| beginnings.add(form, WANTED));
        Self {
            topics,
            terms,
            wanted,
            beginnings,
        }
    }

    /// Returns the words that stand for two things, once however often they were written; where two topics share a name, nothing of its forms.
    pub fn clashes(&self) -> Vec<Clash> {
        let topics = self.topics.lost().iter();
        let terms = self.terms.lost().iter();
        let mut clashes: Vec<Clash> = topics
            .map(|lost| clash(lost, Meant::Topic))
            .chain(terms.map(|lost| clash(lost, Meant::Term)))
            .collect();
        let two = |clash: &Clash| (clash.found, clash.lost);
        let written = clashes.iter().filter(|clash| !clash.is_derived);
        let written: HashSet<_> = written.map(two).collect();
        let mut told = HashSet::new();
        clashes.retain(|clash| {
            let is_implied = clash.is_derived && written.contains(&two(clash));
            !is_implied && told.insert((two(clash), form(&clash.words).into_owned()))
        });
        clashes
    }

    /// Calls `found` with what each phrase in a text stands for, and its range there.
    pub fn find(&self, text: &str, wanted: Wanted, mut found: impl FnMut(Meant, Range<usize>)) {
        let kinds =
            if wanted.topics { TOPICS } else { 0 } | if wanted.terms { TERMS | WANTED } else { 0 };
        // Where the last hit of each kind ends.
        let (mut topic_end, mut term_end) = (0, 0);
        let mut prose = Prose::new(text);
        // Entries whose wanted words have begun, and where those end.
        let mut right = Vec::new();
        self.beginnings.each_in(text, |start, begun| {
            let begun = begun & kinds;
            if begun == 0 {
                return;
            }
            if begun & TOPICS != 0
                && start >= topic_end
                && let Some((topic, end)) = self.topics.longest_at(text, start)
                && prose.holds(&(start..end))
            {
                found(Meant::Topic(topic), start..end);
                topic_end = end;
            }
            if begun & WANTED != 0 {
                self.note_wanted(text, start, &mut right);
            }
            if begun & TERMS != 0
                && start >= term_end
                && let Some((term, end)) = self.avoided_at(text, start, &right)
                && prose.holds(&(start..end))
            {
                found(Meant::Term(term), start..end);
                term_end = end;
            }
        });
    }

    /// Returns what stands at each place of a text where a character begins: for tests that hold a search to it.
    #[cfg(test)]
    pub(super) fn everywhere(&self, text: &str) -> Vec<(Meant, Range<usize>)> {
        let mut prose = Prose::new(text);
        let places = text.char_indices().filter(|(_, c)| !continues(*c));
        let at = |(start, _)| {
            let topic = self.topics.longest_at(text, start);
            let term = self.terms.longest_at(text, start);
            let topic = topic.map(|(topic, end)| (Meant::Topic(topic), start..end));
            let term = term.map(|(term, end)| (Meant::Term(term), start..end));
            topic.into_iter().chain(term)
        };
        places
            .flat_map(at)
            .filter(|(_, range)| prose.holds(range))
            .collect()
    }

    /// Notes the entries that want the words at a place, and forgets those whose words have ended.
    fn note_wanted(&self, text: &str, start: usize, right: &mut Vec<(TermId, usize)>) {
        right.retain(|(_, end)| *end > start);
        self.wanted.phrases.each_at(text, start, |phrase, end| {
            right.extend(
                self.wanted.terms[phrase.owner]
                    .iter()
                    .map(|term| (*term, end)),
            );
        });
    }

    /// Returns the longest words to avoid at a place that are no part of what their entry wants.
    fn avoided_at(
        &self,
        text: &str,
        start: usize,
        right: &[(TermId, usize)],
    ) -> Option<(TermId, usize)> {
        if right.is_empty() {
            return self.terms.longest_at(text, start);
        }
        let mut longest = None;
        self.terms.each_at(text, start, |phrase, end| {
            let is_right = right
                .iter()
                .any(|(term, until)| *term == phrase.owner && *until >= end);
            if !is_right && longest.is_none_or(|(_, before)| end > before) {
                longest = Some((phrase.owner, end));
            }
        });
        longest
    }
}

fn clash<T: Copy>(lost: &Lost<T>, meant: fn(T) -> Meant) -> Clash {
    Clash {
        words: lost.phrase.text.clone(),
        is_derived: lost.phrase.origin == Origin::Derived,
        found: meant(lost.to),
        lost: meant(lost.phrase.owner),
    }
}
