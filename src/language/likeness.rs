//! Words by their stems: whether a text speaks of something in any of its words, however they end.
//!
//! In: a text and its language. Out: the stem of each word that tells something.

use std::ops::Range;

use super::comparison::form;
use super::tongue::Language;

/// Letters that a stem keeps, whatever the ending.
const SHORTEST: usize = 3;

/// Letters that count where nothing is known of a language's endings.
const BEGINNING: usize = 5;

/// So many letters, at a guess, stand in a text for each stem that it has.
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
    /// Reads texts of a language in place of those that were read before.
    pub fn read(&mut self, texts: &[&str], language: &Language) {
        let search = language.search();
        let letters: usize = texts.iter().map(|text| text.len()).sum();
        self.letters.clear();
        self.letters.reserve(letters / 2);
        self.stems.clear();
        self.stems.reserve(letters / LETTERS_OF_STEM);
        let texts = texts.iter();
        for word in texts.flat_map(|text| text.split(|c: char| !is_of_a_word(c))) {
            self.folded.clear();
            fold(word, &mut self.folded);
            let folded = &*self.folded;
            let tells = folded.len() > 1 && search.ignored.binary_search(&folded).is_err();
            if tells {
                let start = self.letters.len() as u32;
                self.letters.push_str(stem(folded, search.endings));
                self.stems.push(start..self.letters.len() as u32);
            }
        }
        let letters = &*self.letters;
        self.stems
            .sort_unstable_by_key(|range| stretch(letters, range));
        self.stems
            .dedup_by(|one, other| stretch(letters, one) == stretch(letters, other));
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

fn stretch<'t>(text: &'t str, range: &Range<u32>) -> &'t str {
    &text[range.start as usize..range.end as usize]
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
        stems.read(&[text], &language);
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
        );
        assert!(stems.has("child") && !stems.has("chil") && !stems.has("zebra"));
        assert!(
            stems.has_longer("school") && stems.has_longer("childr") && !stems.has_longer("childs")
        );
    }

    #[test]
    fn without_a_table_words_are_known_by_how_they_begin() {
        assert_eq!(stems("de", "Zuhören, zuhörend"), ["zuho\u{308}"]);
    }
}
