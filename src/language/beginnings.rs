//! Tells the places of a text where a phrase may begin from the others, a few bytes at a time.
//!
//! In: the forms of phrases, each with its kind, and a text. Out: places, with the kinds of phrases that may begin there. It may name a place in vain,
//! and never leaves one out.
//!
//! Phrases stand at the beginnings of words, and few words begin like one: looking at four bytes of each word is several times as fast as running an
//! automaton over the whole text.

use super::comparison::{Case, read};
use super::scripts::{continues, is_continuous};
use crate::model::bytes;

/// The first bytes of phrases in any case, as sets in which a few others may seem to be.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// Which kinds of phrases of four bytes or more begin with these four.
    long: Set,
    /// The same for shorter phrases, by three bytes. They are kept apart, since anything can follow them: an alias such as `QA` among the others made
    /// nearly every word look like a beginning, and a search take four times as long.
    short: Option<Set>,
    /// Whether a phrase begins in a script without spaces: then it may begin right behind a letter.
    inside_words: bool,
}

/// The bytes by which short phrases are known.
const SHORT: u32 = 0x00ff_ffff;

impl Beginnings {
    pub fn new() -> Self {
        Self {
            long: Set::new(),
            short: None,
            inside_words: false,
        }
    }

    /// Adds a phrase by its form; `kind` is a bit.
    pub fn add(&mut self, form: &str, kind: u8) {
        self.inside_words |= form.chars().next().is_some_and(is_continuous);
        match form.as_bytes().first_chunk::<4>() {
            Some(first) => self.long.add(&mut [0; 4], 0, first, kind),
            None => {
                let short = self.short.get_or_insert_with(Set::new);
                short.add(&mut [0; 3], 0, form.as_bytes(), kind);
            }
        }
    }

    /// Calls `found` with every place, from left to right, where phrases of some kind may begin, and with the kinds.
    pub fn each_in(&self, text: &str, mut found: impl FnMut(usize, u8)) {
        let bytes = text.as_bytes();
        let mut after_word = 0;
        for (at, words) in bytes::masks(bytes, is_word_byte) {
            let behind = bytes.len() - at;
            let there = if behind < 64 {
                !(u64::MAX << behind)
            } else {
                u64::MAX
            };
            let mut places = !(words << 1 | after_word);
            after_word = words >> 63;
            if self.inside_words {
                let others = bytes::masks(&bytes[at..], |byte| !byte.is_ascii()).next();
                places |= others.map_or(0, |(_, others)| others);
            }
            for place in bytes::ones(places & there) {
                let kinds = self.at(text, at + place);
                if kinds != 0 {
                    found(at + place, kinds);
                }
            }
        }
    }

    /// Returns which kinds of phrases may stand at a place.
    #[inline]
    fn at(&self, text: &str, start: usize) -> u8 {
        let behind = &text.as_bytes()[start..];
        let first = behind.first_chunk().copied().unwrap_or_else(|| {
            let mut filled = [0; 4];
            filled[..behind.len()].copy_from_slice(behind);
            filled
        });
        let first = u32::from_le_bytes(first);
        if first & 0x8080_8080 != 0 {
            return self.at_any(text, start);
        }
        self.kinds(first)
    }

    #[inline]
    fn kinds(&self, first: u32) -> u8 {
        let short = self.short.as_ref();
        self.long.kinds(first) | short.map_or(0, |short| short.kinds(first & SHORT))
    }

    /// Does the same where one of the first bytes is beyond ASCII: what counts there is the form.
    #[cold]
    fn at_any(&self, text: &str, start: usize) -> u8 {
        let first = text.get(start..).and_then(|rest| rest.chars().next());
        if first.is_none_or(continues) {
            return 0;
        }
        let mut first = [0; 4];
        let mut filled = 0;
        read(&text[start..], Case::Folded, |byte, _| {
            first[filled] = byte;
            filled += 1;
            filled < first.len()
        });
        self.kinds(u32::from_le_bytes(first))
    }
}

/// The kinds of phrases by their first bytes.
#[derive(Debug)]
struct Set {
    kinds: Box<[u8; Self::SIZE]>,
}

/// ASCII white space: a text may have any of it where a form has one space, and more of it.
const SPACES: [u8; 6] = *b"\t\n\x0b\x0c\r ";

impl Set {
    const BITS: u32 = 13;
    const SIZE: usize = 1 << Self::BITS;

    fn new() -> Self {
        Self {
            kinds: Box::new([0; Self::SIZE]),
        }
    }

    /// Adds all that the first bytes of a text can be, of which `filled` are in `text`, where `rest` of the form follows.
    fn add(&mut self, text: &mut [u8], filled: usize, rest: &[u8], kind: u8) {
        if filled == text.len() {
            return self.add_text(text, kind);
        }
        match *rest {
            [b' ', ref after @ ..] => {
                for space in SPACES {
                    text[filled] = space;
                    self.add(text, filled + 1, after, kind);
                    // More white space, and only then what follows it.
                    self.add(text, filled + 1, rest, kind);
                }
            }
            [byte, ref after @ ..] => {
                text[filled] = byte;
                self.add(text, filled + 1, after, kind);
            }
            // The phrase ends here, and so does its word.
            [] => {
                for byte in (0..=u8::MAX).filter(|byte| !is_word_byte(*byte)) {
                    text[filled] = byte;
                    self.add_all(text, filled + 1, kind);
                }
            }
        }
    }

    /// Adds a text that is known up to `filled`, with whatever may follow.
    fn add_all(&mut self, text: &mut [u8], filled: usize, kind: u8) {
        if filled == text.len() {
            return self.add_text(text, kind);
        }
        for byte in 0..=u8::MAX {
            text[filled] = byte;
            self.add_all(text, filled + 1, kind);
        }
    }

    fn add_text(&mut self, text: &[u8], kind: u8) {
        let mut first = [0; 4];
        first[..text.len()].copy_from_slice(text);
        self.kinds[Self::slot(u32::from_le_bytes(first))] |= kind;
    }

    #[inline]
    fn kinds(&self, first: u32) -> u8 {
        self.kinds[Self::slot(first)]
    }

    /// Folds bytes as if they were letters: others may share a slot, and are looked at in vain.
    #[inline]
    fn slot(first: u32) -> usize {
        // The highest bits of a product with a large odd number depend on all bits of its other factor.
        let slot = (first | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> (u32::BITS - Self::BITS);
        slot as usize % Self::SIZE
    }
}

/// Returns whether a byte is that of an ASCII character that belongs to a word.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | (byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::comparison::form;

    #[test]
    fn a_phrase_is_looked_for_wherever_its_form_begins() {
        for (phrase, texts) in [
            (
                "welfare",
                &["welfare", "WELFARE", "We\u{ad}lfare", "welf"][..],
            ),
            (
                "a b c d",
                &[
                    "a b c",
                    "a  b c",
                    "a\n\n\n",
                    "A\tB ",
                    "a\u{a0}b",
                    "a \u{a0} b",
                ],
            ),
            (
                "at home",
                &["at home", "at  home", "at\r\nhome", "At\u{202f}home"],
            ),
            ("it's", &["it's", "it’s", "IT´S"]),
            ("un-do", &["un-do", "un\u{2010}do"]),
            ("é\u{301}x", &["e\u{301}\u{301}x", "é\u{301}X"]),
            ("qa", &["QA", "qa."]),
            ("ssa", &["ßa", "ẞA", "ssa"]),
        ] {
            let mut beginnings = Beginnings::new();
            beginnings.add(&form(phrase), 2);
            for text in texts {
                for before in ["", "word ", "“"] {
                    let text = format!("{before}{text}");
                    let mut places = Vec::new();
                    beginnings.each_in(&text, |at, kinds| places.push((at, kinds)));
                    assert!(
                        places.contains(&(before.len(), 2)),
                        "{phrase:?} in {text:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn scripts_without_spaces_are_looked_at_behind_letters_too() {
        let text = "an AIポリシー";
        let mut beginnings = Beginnings::new();
        beginnings.add("policy", 1);
        beginnings.each_in(text, |at, _| assert_ne!(at, 5));
        beginnings.add(&form("ポリシー"), 1);
        let mut places = Vec::new();
        beginnings.each_in(text, |at, _| places.push(at));
        assert!(places.contains(&5), "{places:?}");
    }
}
