//! Finds many phrases in a text in one pass: longest first, whole words, case-insensitive unless a phrase asks for its case.
//!
//! In: the phrases and a text. Out: hits from left to right without overlaps. Knows nothing of what the phrases stand for.

use std::ops::Range;

use super::bytes;
use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

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
    automaton: Option<AhoCorasick>,
    beginnings: Beginnings,
    phrases: Vec<Phrase>,
    /// For each phrase the longest other one that it begins with.
    shorter: Vec<Option<usize>>,
}

impl Phrases {
    /// Builds the automaton. Phrases must not be empty; where two are alike, the first is found.
    pub fn new(phrases: Vec<Phrase>) -> Self {
        Self {
            automaton: (!phrases.is_empty()).then(|| build(&phrases)).flatten(),
            beginnings: Beginnings::of(&phrases),
            shorter: prefixes(&phrases),
            phrases,
        }
    }

    /// Calls `found` with the position of each phrase that stands in `text` and its range there, from left to right.
    pub fn find(&self, text: &str, mut found: impl FnMut(usize, Range<usize>)) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        let mut from = 0;
        each_word_start(text.as_bytes(), |start| {
            if start < from || !self.beginnings.may_be_at(text.as_bytes(), start) {
                return;
            }
            let input = Input::new(text).range(start..).anchored(Anchored::Yes);
            let hit = automaton.find(input);
            if let Some((phrase, end)) =
                hit.and_then(|hit| self.accepted(text, start, hit.pattern().as_usize()))
            {
                found(phrase, start..end);
                from = end;
            }
        });
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

/// The first three bytes of phrases in any case, as a set in which a few others may seem to be.
///
/// Phrases stand at the beginnings of words, and few words begin like one: looking at those alone is several times as fast as running an
/// automaton over the whole text.
#[derive(Debug)]
struct Beginnings {
    seen: Box<[bool; Self::SIZE]>,
    /// Whether any phrase has fewer than three bytes.
    any_short: bool,
}

impl Beginnings {
    const BITS: u32 = 13;
    const SIZE: usize = 1 << Self::BITS;

    fn of(phrases: &[Phrase]) -> Self {
        let mut seen = Box::new([false; Self::SIZE]);
        let any_short = phrases.iter().any(|phrase| phrase.text.len() < 3);
        for phrase in phrases {
            match phrase.text.as_bytes() {
                [first, second, third, ..] => seen[Self::slot(*first, *second, *third)] = true,
                // Whatever follows a phrase this short is the beginning of what comes after it.
                _ => seen.fill(true),
            }
        }
        Self { seen, any_short }
    }

    /// Folds bytes as if they were letters: others may share a slot, and are looked at in vain.
    fn slot(first: u8, second: u8, third: u8) -> usize {
        let folded = u32::from_le_bytes([first, second, third, 0]) | 0x0020_2020;
        // The highest bits of a product with a large odd number depend on all bits of its other factor.
        let slot = folded.wrapping_mul(0x9E37_79B1) >> (u32::BITS - Self::BITS);
        slot as usize % Self::SIZE
    }

    /// Returns whether what stands at a place may be a phrase.
    fn may_be_at(&self, text: &[u8], at: usize) -> bool {
        match text.get(at..).and_then(<[u8]>::first_chunk) {
            Some([first, second, third]) => self.seen[Self::slot(*first, *second, *third)],
            None => self.any_short,
        }
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

fn build(phrases: &[Phrase]) -> Option<AhoCorasick> {
    let bytes: usize = phrases.iter().map(|phrase| phrase.text.len()).sum();
    // A table for every byte of every state pays while it fits the cache of a desktop machine.
    let kind = if bytes < 60_000 {
        AhoCorasickKind::DFA
    } else {
        AhoCorasickKind::ContiguousNFA
    };
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(StartKind::Anchored)
        .kind(Some(kind))
        .build(phrases.iter().map(|phrase| &phrase.text))
        .ok()
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
