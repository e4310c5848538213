//! Words by their stems: whether a text speaks of something in any of its words, however they end.
//!
//! In: a text and its language. Out: the stem of each word that tells something.

use std::ops::Range;

use super::comparison::form;
use super::tongue::Language;
use crate::model::bytes;

/// Letters that a stem keeps, whatever the ending.
const SHORTEST: usize = 3;

/// Letters that count where nothing is known of a language's endings.
const BEGINNING: usize = 5;

/// Bytes by which words are told apart from those that are not sought: no more than [`SHORTEST`] letters have, so that a stem has those of its word.
const TELLING: usize = 3;

/// So many stems texts have at the least: room for them is asked for once.
const USUAL: usize = 16;

/// So many letters a stem has, at a guess.
const LETTERS_OF_STEM: usize = 10;

/// The stems of the telling words of some texts, each once, in alphabetical order.
#[derive(Default)]
pub struct Stems {
    /// All stems in one text, so that a lesson of thousands of words takes no allocation for each.
    letters: String,
    stems: Vec<Range<u32>>,
    folded: String,
}

impl Stems {
    /// Reads texts of a language in place of those that were read before, and of their words those that may have a stem that is sought.
    pub fn read(&mut self, texts: &[&str], language: &Language, sought: &Sought) {
        self.letters.clear();
        self.letters.reserve(USUAL * LETTERS_OF_STEM);
        self.stems.clear();
        self.stems.reserve(USUAL);
        for text in texts {
            each_run(text, |run| {
                if run.is_ascii() {
                    if sought.may_begin(run) {
                        self.add(run, language, sought);
                    }
                } else {
                    // Where its words end, and how they begin, takes a look at each character.
                    run.split(|c: char| !is_of_a_word(c))
                        .for_each(|word| self.add(word, language, sought));
                }
            });
        }
        let letters = &*self.letters;
        self.stems
            .sort_unstable_by_key(|range| stretch(letters, range));
        self.stems
            .dedup_by(|one, other| stretch(letters, one) == stretch(letters, other));
    }

    /// Adds the stem of a word that tells something and may be sought.
    fn add(&mut self, word: &str, language: &Language, sought: &Sought) {
        let search = language.search();
        self.folded.clear();
        fold(word, &mut self.folded);
        let folded = &*self.folded;
        let tells = || folded.len() > 1 && search.ignored.binary_search(&folded).is_err();
        if sought.may_begin(folded) && tells() {
            let start = self.letters.len() as u32;
            self.letters.push_str(stem(folded, search.endings));
            self.stems.push(start..self.letters.len() as u32);
        }
    }

    /// Returns the stems.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(|range| self.of(range))
    }

    /// Returns whether a stem is among them.
    pub fn has(&self, stem: &str) -> bool {
        self.from(stem).is_some_and(|found| found == stem)
    }

    /// Returns whether a stem begins one of them.
    pub fn has_longer(&self, stem: &str) -> bool {
        self.from(stem).is_some_and(|found| found.starts_with(stem))
    }

    /// Returns the first that does not stand before a stem.
    fn from(&self, stem: &str) -> Option<&str> {
        let at = self.stems.partition_point(|range| self.of(range) < stem);
        self.stems.get(at).map(|range| self.of(range))
    }

    fn of(&self, range: &Range<u32>) -> &str {
        stretch(&self.letters, range)
    }
}

/// How the words begin that are sought, as a set in which others may seem to be.
///
/// Few words begin like one of them, and only those are folded and have their endings looked for.
#[derive(Default)]
pub struct Sought {
    beginnings: [u64; Self::SIZE],
}

impl Sought {
    const SIZE: usize = 32;

    /// Seeks every word.
    pub const EVERY: Self = Self {
        beginnings: [u64::MAX; Self::SIZE],
    };

    /// Forgets what was sought.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Seeks words too that have one of these stems, or a stem that begins with one.
    pub fn add(&mut self, stems: &Stems) {
        for stem in stems.iter() {
            let (index, bit) = Self::slot(stem);
            self.beginnings[index] |= bit;
        }
    }

    /// Returns whether a word may be sought.
    fn may_begin(&self, word: &str) -> bool {
        let (index, bit) = Self::slot(word);
        self.beginnings[index] & bit != 0
    }

    /// Returns the bit of a word by how it begins when it is folded, which needs no folding where all of it is ASCII.
    fn slot(word: &str) -> (usize, u64) {
        let letters = word.bytes().filter(|byte| *byte != b'\'').take(TELLING);
        let first = letters.fold(0, |first: u32, byte| {
            first << 8 | u32::from(byte.to_ascii_lowercase())
        });
        // The highest bits of a product with a large odd number depend on all bits of its other factor.
        let slot = first.wrapping_mul(0x9E37_79B1) >> 21;
        (slot as usize / 64 % Self::SIZE, 1 << (slot % 64))
    }
}

fn stretch<'t>(text: &'t str, range: &Range<u32>) -> &'t str {
    &text[range.start as usize..range.end as usize]
}

/// Calls `found` with every stretch of a text in which words stand: one word, unless something beyond ASCII is in it.
fn each_run<'t>(text: &'t str, mut found: impl FnMut(&'t str)) {
    let mut start = None;
    let mut goes_on = 0;
    for (at, letters) in bytes::masks(text.as_bytes(), may_be_of_a_word) {
        let edges = letters ^ (letters << 1 | goes_on);
        goes_on = letters >> 63;
        for edge in bytes::ones(edges).map(|edge| at + edge) {
            match start.take() {
                Some(start) => found(&text[start..edge]),
                None => start = Some(edge),
            }
        }
    }
    if let Some(start) = start {
        found(&text[start..]);
    }
}

/// Returns whether a byte is one of a character that [belongs to a word](is_of_a_word), if it is an ASCII character.
fn may_be_of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | (byte == b'\'') | !byte.is_ascii()
}

/// Returns whether a character belongs to a word: marks do, since letters may be typed apart from them.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c) || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Writes a word into an empty text as it is compared: without case, accents kept, and without apostrophes.
fn fold(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.extend(word.split('\''));
        folded.make_ascii_lowercase();
    } else {
        folded.extend(form(word).chars().filter(|c| !is_apostrophe(*c)));
    }
}

/// Returns what a word keeps without its longest ending.
fn stem<'w>(word: &'w str, endings: &[&str]) -> &'w str {
    let at = |letters: usize| {
        word.char_indices()
            .nth(letters)
            .map_or(word.len(), |(at, _)| at)
    };
    if endings.is_empty() {
        return &word[..at(BEGINNING)];
    }
    let least = at(SHORTEST);
    // Most endings end otherwise than the word, which one look at its last letter tells.
    let last = word.as_bytes().last();
    let cut = endings
        .iter()
        .filter(|ending| ending.as_bytes().last() == last)
        .filter(|ending| **ending != "s" || !word.ends_with("ss"))
        .filter_map(|ending| word.strip_suffix(*ending))
        .find(|stem| stem.len() >= least);
    cut.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(tag: &str, text: &str) -> Vec<String> {
        let language = Language::of(&tag.parse().expect("a tag"));
        let mut stems = Stems::default();
        stems.read(&[text], &language, &Sought::EVERY);
        stems.iter().map(str::to_owned).collect()
    }

    #[test]
    fn words_of_one_stem_are_one_and_small_words_are_none() {
        for (one, other) in [
            ("Listening", "listened to"),
            ("The child\u{2019}s home", "childs' homes"),
            ("arrears", "Arrear"),
            ("a policy", "policies"),
            ("É", "é"),
        ] {
            assert_eq!(stems("en", one), stems("en", other), "{one}, {other}");
        }
        assert_eq!(stems("en", "what is it that you give"), [""; 0]);
        assert_eq!(stems("en", "her use"), ["use"]);
    }

    #[test]
    fn stems_are_found_whole_and_by_how_they_begin() {
        let mut stems = Stems::default();
        stems.read(
            &["Schooling", "a child", "children"],
            &Language::of(&"en".parse().expect("a tag")),
            &Sought::EVERY,
        );
        assert!(stems.has("child") && !stems.has("chil") && !stems.has("zebra"));
        assert!(
            stems.has_longer("school") && stems.has_longer("childr") && !stems.has_longer("childs")
        );
    }

    #[test]
    fn what_is_sought_is_read_wherever_it_stands_and_nothing_else_is() {
        let language = Language::of(&"en".parse().expect("a tag"));
        let [mut wanted, mut read] = [Stems::default(), Stems::default()];
        for (word, text) in [
            ("child", "Children"),
            ("child", "the CHILD's home"),
            ("child", "\u{201c}Child\u{201d}"),
            ("child", "voil\u{e0}\u{2014}child\u{2014}"),
            ("child", "zo\u{eb} child"),
            ("\u{e9}lan", "E\u{301}LAN"),
            ("kelvin", "\u{212a}elvin"),
            ("policy", "policies"),
            ("wed", "we'd"),
            ("wed", "'w'e'd'"),
            ("wed", "we\u{2019}d"),
            ("qa", "QA."),
            ("55", "\u{bd}, 55"),
        ] {
            wanted.read(&[word], &language, &Sought::EVERY);
            let mut sought = Sought::default();
            sought.add(&wanted);
            for before in 0..130 {
                let text = format!("{}q {text}", "x".repeat(before));
                read.read(&[&text], &language, &Sought::EVERY);
                let every: Vec<String> = read.iter().map(str::to_owned).collect();
                read.read(&[&text], &language, &sought);
                let sought: Vec<&str> = read.iter().collect();
                let is_found = |stem: &str| read.has(stem) || read.has_longer(stem);
                assert!(
                    wanted.iter().all(is_found),
                    "{word} in {text:?}: {sought:?} of {every:?}"
                );
                assert!(
                    sought.len() < every.len() || before == 0,
                    "{word} in {text:?}: {sought:?}"
                );
            }
        }
    }

    #[test]
    fn without_a_table_words_are_known_by_how_they_begin() {
        assert_eq!(stems("de", "Zuhören, zuhörend"), ["zuho\u{308}"]);
    }
}
