//! Says which of many phrases stands at a place in a text: longest first, whole words, case-insensitive unless a phrase asks for its case.
//!
//! In: the phrases, a text and a place. Out: a hit. Knows nothing of what the phrases stand for.

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind, StartKind};

/// A phrase to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Its words.
    pub text: String,
    /// Whether it matches only as it is written.
    pub case_sensitive: bool,
}

/// Phrases ready to be searched for.
#[derive(Debug)]
pub struct Phrases {
    machine: Option<Machine>,
    phrases: Vec<Phrase>,
    /// For each phrase the longest other one that it begins with.
    shorter: Vec<Option<usize>>,
}

impl Phrases {
    /// Builds the automaton. Phrases must not be empty; where two are alike, the first is found.
    pub fn new(phrases: Vec<Phrase>) -> Self {
        Self {
            machine: (!phrases.is_empty()).then(|| build(&phrases)).flatten(),
            shorter: prefixes(&phrases),
            phrases,
        }
    }

    /// Returns the phrases by position.
    pub fn all(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Returns the phrase that stands at a place, by its position, and where it ends.
    pub fn at(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        let behind = &text.as_bytes()[start..];
        let longest = match self.machine.as_ref()? {
            Machine::Table(dfa) => longest_prefix(dfa, behind),
            Machine::Compact(nfa) => longest_prefix(nfa, behind),
        };
        self.accepted(text, start, longest?)
    }

    /// Returns the longest phrase that stands at `start` as whole words.
    fn accepted(&self, text: &str, start: usize, pattern: usize) -> Option<(usize, usize)> {
        if text.get(..start)?.chars().next_back().is_some_and(is_word) {
            return None;
        }
        let mut candidate = Some(pattern);
        while let Some(index) = candidate {
            let phrase = &self.phrases[index];
            let end = start + phrase.text.len();
            let whole = text.is_char_boundary(end)
                && !text[end..].chars().next().is_some_and(is_word)
                && (!phrase.case_sensitive || text[start..end] == phrase.text);
            if whole {
                return Some((index, end));
            }
            candidate = self.shorter[index];
        }
        None
    }
}

/// Returns whether a character belongs to a word.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns a phrase in the cases that an automaton over bytes cannot fold: those of letters beyond ASCII.
pub fn other_cases(text: &str) -> Vec<String> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut cases = vec![text.to_lowercase(), text.to_uppercase()];
    cases.retain(|case| case != text);
    cases
}

/// What reads a text byte by byte and knows which phrases it has read.
#[derive(Debug)]
enum Machine {
    /// A table for every byte of every state.
    Table(DFA),
    /// Slower, and a tenth as large.
    Compact(NFA),
}

/// Bytes of phrases for which a table fits the cache of a desktop machine.
const LARGEST_TABLE: usize = 60_000;

fn build(phrases: &[Phrase]) -> Option<Machine> {
    let bytes: usize = phrases.iter().map(|phrase| phrase.text.len()).sum();
    let texts = phrases.iter().map(|phrase| &phrase.text);
    if bytes < LARGEST_TABLE {
        let mut builder = DFA::builder();
        builder
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored);
        builder.build(texts).ok().map(Machine::Table)
    } else {
        let mut builder = NFA::builder();
        builder
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest);
        builder.build(texts).ok().map(Machine::Compact)
    }
}

/// Returns the longest phrase that a text begins with.
///
/// Few texts get further than a few bytes: what a search does before its first byte would be most of it.
fn longest_prefix(automaton: &impl Automaton, text: &[u8]) -> Option<usize> {
    let mut state = automaton.start_state(Anchored::Yes).ok()?;
    let mut longest = None;
    for byte in text {
        state = automaton.next_state(Anchored::Yes, state, *byte);
        if automaton.is_special(state) {
            if automaton.is_dead(state) {
                break;
            }
            if automaton.is_match(state) {
                longest = Some(automaton.match_pattern(state, 0).as_usize());
            }
        }
    }
    longest
}

/// Finds for each phrase the longest other one that it begins with.
fn prefixes(phrases: &[Phrase]) -> Vec<Option<usize>> {
    let mut shorter = vec![None; phrases.len()];
    let mut order: Vec<usize> = (0..phrases.len()).collect();
    let folded: Vec<String> = phrases
        .iter()
        .map(|phrase| phrase.text.to_ascii_lowercase())
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
        shorter[index] = open.last().copied();
        open.push(index);
    }
    shorter
}
