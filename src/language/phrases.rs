//! Says which of many phrases stand at a place in a text: whole words, compared by their [form](super::comparison).
//!
//! In: the phrases with what each stands for, a text and a place. Out: the phrases that stand there, the shortest first. Knows nothing of what they
//! stand for, apart from whether two of them stand for the same.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind, StartKind};
use unicode_normalization::char::is_combining_mark;

use super::comparison::{Case, form, form_by, is_hyphen, read};
use super::scripts::{is_continuous, is_hidden, is_word};

/// Bytes that a phrase may have.
///
/// A text is read as far as a phrase goes from every word of it that begins one: without a bound, a long text that repeats the beginning of a long phrase
/// would take as long as both lengths multiplied.
pub const LONGEST_PHRASE: usize = 300;

/// Where a phrase comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// Somebody wrote it.
    Written,
    /// It was made from one that somebody wrote: it stands behind all that are written, and never after a hyphen.
    Derived,
}

/// A phrase to search for.
#[derive(Debug)]
pub(super) struct Phrase<T> {
    /// As it was written or derived.
    pub text: String,
    /// What it stands for.
    pub owner: T,
    pub origin: Origin,
    /// Whether it matches only in its own case.
    pub case: Case,
}

/// Phrases ready to be searched for.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    machine: Option<Machine>,
    /// The phrases of each form.
    groups: Vec<Group<T>>,
    lost: Vec<Lost<T>>,
}

/// Phrases that have the same form, and each of which can be found somewhere: those that come first first.
#[derive(Debug)]
struct Group<T> {
    form: String,
    phrases: Vec<Phrase<T>>,
}

/// A phrase that is found nowhere, since another one with the same form is for something else and comes before it.
#[derive(Debug)]
pub(super) struct Lost<T> {
    pub phrase: Phrase<T>,
    /// What the other one stands for.
    pub to: T,
}

impl<T: Copy + PartialEq> Phrases<T> {
    /// Gathers phrases and builds the automaton. What is empty or too long is left out.
    pub fn new(all: impl Iterator<Item = Phrase<T>>) -> Self {
        let mut positions: HashMap<String, usize> = HashMap::new();
        let mut groups: Vec<Group<T>> = Vec::new();
        let mut lost = Vec::new();
        for phrase in all {
            let form = form(&phrase.text);
            if form.is_empty() || phrase.text.len() > LONGEST_PHRASE {
                continue;
            }
            let position = positions
                .entry(form.into_owned())
                .or_insert_with_key(|form| {
                    let form = form.clone();
                    let phrases = Vec::new();
                    groups.push(Group { form, phrases });
                    groups.len() - 1
                });
            groups[*position].add(phrase, &mut lost);
        }
        Self {
            machine: (!groups.is_empty()).then(|| build(&groups)).flatten(),
            groups,
            lost,
        }
    }

    /// Returns the form of every phrase, once.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|group| group.form.as_str())
    }

    /// Returns the phrases that are found nowhere.
    pub fn lost(&self) -> &[Lost<T>] {
        &self.lost
    }

    /// Calls `found` with every phrase that stands at a place as whole words, and with where it ends: the shortest first, and of those that end at one place
    /// the one that comes first.
    ///
    /// Returns how many bytes of the text's form were read.
    pub fn each_at(&self, text: &str, start: usize, found: impl FnMut(&Phrase<T>, usize)) -> usize {
        match &self.machine {
            Some(Machine::Table(dfa)) => self.walk(dfa, text, start, found),
            Some(Machine::Compact(nfa)) => self.walk(nfa, text, start, found),
            None => 0,
        }
    }

    /// Returns what the longest phrase at a place stands for, and where it ends.
    pub fn longest_at(&self, text: &str, start: usize) -> Option<(T, usize)> {
        let mut longest = None;
        self.each_at(text, start, |phrase, end| {
            if longest.is_none_or(|(_, before)| end > before) {
                longest = Some((phrase.owner, end));
            }
        });
        longest
    }

    /// Few texts get further than a few bytes: what a search does before its first byte would be most of it.
    fn walk(
        &self,
        machine: &impl Automaton,
        text: &str,
        start: usize,
        mut found: impl FnMut(&Phrase<T>, usize),
    ) -> usize {
        let mut length = 0;
        let Ok(mut state) = machine.start_state(Anchored::Yes) else {
            return length;
        };
        read(&text[start..], Case::Folded, |byte, end| {
            state = machine.next_state(Anchored::Yes, state, byte);
            length += 1;
            if !machine.is_special(state) {
                return true;
            }
            if let Some(end) = end
                && machine.is_match(state)
            {
                let pattern = machine.match_pattern(state, 0);
                // A state also knows phrases that begin later than the search.
                if machine.pattern_len(pattern) == length {
                    let range = start..start + end;
                    self.groups[pattern.as_usize()].each_accepted(text, range, &mut found);
                }
            }
            !machine.is_dead(state)
        });
        length
    }
}

impl<T: Copy + PartialEq> Phrase<T> {
    /// Says which of several phrases with the same form comes first: what was written before what was derived, and what keeps its case before the rest.
    fn rank(&self) -> (Origin, bool) {
        (self.origin, self.case == Case::Folded)
    }

    /// Returns whether another phrase of the same form is found nowhere, since this one is found before it wherever it stands.
    fn hides(&self, other: &Self) -> bool {
        let everywhere = match (self.case, other.case) {
            (Case::Folded, _) => true,
            (Case::Kept, Case::Kept) => self.cased() == other.cased(),
            (Case::Kept, Case::Folded) => false,
        };
        everywhere && self.rank() <= other.rank()
    }

    fn cased(&self) -> Cow<'_, str> {
        form_by(&self.text, Case::Kept)
    }
}

impl<T: Copy + PartialEq> Group<T> {
    /// Adds a phrase, unless one hides it; what it hides itself is taken out.
    fn add(&mut self, phrase: Phrase<T>, lost: &mut Vec<Lost<T>>) {
        let mut lose = |phrase: Phrase<T>, to: T| {
            if phrase.owner != to {
                lost.push(Lost { phrase, to });
            }
        };
        if let Some(other) = self.phrases.iter().find(|other| other.hides(&phrase)) {
            lose(phrase, other.owner);
            return;
        }
        for other in self.phrases.extract_if(.., |other| phrase.hides(other)) {
            lose(other, phrase.owner);
        }
        let at = self
            .phrases
            .partition_point(|other| other.rank() <= phrase.rank());
        self.phrases.insert(at, phrase);
    }

    fn each_accepted(
        &self,
        text: &str,
        range: Range<usize>,
        found: &mut impl FnMut(&Phrase<T>, usize),
    ) {
        let words = &text[range.clone()];
        // Nearly always the neighbours are ASCII; only beyond it is anything hidden.
        let before = match text.as_bytes()[..range.start].last() {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => text[..range.start].chars().rev().find(|c| !is_hidden(*c)),
        };
        let after = match text.as_bytes().get(range.end) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => text[range.end..].chars().find(|c| !is_hidden(*c)),
        };
        let goes_on = |neighbour: Option<char>, edge: Option<char>| {
            let in_word = neighbour.filter(|c| is_word(*c) && !is_continuous(*c));
            in_word.is_some() && !edge.is_some_and(is_continuous)
        };
        // A mark would make another letter of the last one.
        if after.is_some_and(|c| !c.is_ascii() && is_combining_mark(c)) {
            return;
        }
        if goes_on(before, words.chars().next()) || goes_on(after, words.chars().next_back()) {
            return;
        }
        let after_hyphen = before.is_some_and(is_hyphen);
        for phrase in &self.phrases {
            let is_barred = after_hyphen && phrase.origin == Origin::Derived;
            let fits = phrase.case == Case::Folded || form_by(words, Case::Kept) == phrase.cased();
            if fits && !is_barred {
                found(phrase, range.end);
            }
        }
    }
}

/// What reads forms byte by byte and knows which phrases it has read.
#[derive(Debug)]
enum Machine {
    /// A table for every byte of every state.
    Table(DFA),
    /// Slower, and a tenth as large.
    Compact(NFA),
}

/// Bytes of phrases for which a table fits the cache of a desktop machine.
const LARGEST_TABLE: usize = 60_000;

fn build<T>(groups: &[Group<T>]) -> Option<Machine> {
    let bytes: usize = groups.iter().map(|group| group.form.len()).sum();
    let forms = groups.iter().map(|group| &group.form);
    if bytes < LARGEST_TABLE {
        let mut builder = DFA::builder();
        builder
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored);
        builder.build(forms).ok().map(Machine::Table)
    } else {
        let mut builder = NFA::builder();
        builder.match_kind(MatchKind::LeftmostLongest);
        builder.build(forms).ok().map(Machine::Compact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how many bytes are read where phrases are looked for at every word of a text.
    fn bytes_read(phrases: &[String], text: &str) -> usize {
        let phrase = |(owner, text): (usize, &String)| Phrase {
            text: text.clone(),
            owner,
            origin: Origin::Written,
            case: Case::Folded,
        };
        let phrases = Phrases::new(phrases.iter().enumerate().map(phrase));
        let words = text.match_indices("a ").map(|(at, _)| at);
        words.map(|at| phrases.each_at(text, at, |_, _| {})).sum()
    }

    #[test]
    fn no_phrase_however_long_makes_a_text_be_read_more_often_than_the_longest_has_bytes() {
        let words = |count: usize| vec!["a"; count].join(" ");
        let text = words(20_000);
        for phrases in [
            vec![words(10_000)],
            vec![words(20_000), words(LONGEST_PHRASE / 2)],
            (1..=LONGEST_PHRASE / 2).map(words).collect(),
        ] {
            let read = bytes_read(&phrases, &text);
            let most = text.len() * (LONGEST_PHRASE + 2);
            assert!(read <= most, "{read} bytes for {}", phrases.len());
        }
    }

    #[test]
    fn a_phrase_that_ends_another_one_is_not_found_at_its_beginning() {
        let phrases = ["calm down now", "down"].map(|text| Phrase {
            text: text.to_owned(),
            owner: text.len(),
            origin: Origin::Written,
            case: Case::Folded,
        });
        let phrases = Phrases::new(phrases.into_iter());
        assert_eq!(phrases.longest_at("calm down", 0), None);
        assert_eq!(phrases.longest_at("calm down", 5), Some((4, 9)));
    }
}
