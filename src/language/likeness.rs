//! Words by their stems: whether a text speaks of something in any of its words, however they end.
//!
//! In: a text and its language. Out: the stem of each word that tells something.

use super::comparison::form;
use super::tongue::Language;

/// Letters that a stem keeps, whatever the ending.
const SHORTEST: usize = 3;

/// Letters that count where nothing is known of a language's endings.
const BEGINNING: usize = 5;

/// Reads the stems of texts, one after the other, with one text of its own for all their words.
pub struct Stems<'l> {
    language: &'l Language,
    folded: String,
}

impl<'l> Stems<'l> {
    /// Reads texts of a language.
    pub fn of(language: &'l Language) -> Self {
        Self {
            language,
            folded: String::new(),
        }
    }

    /// Calls `is_it` with the stem of each telling word of a text until it returns true; returns whether it did.
    pub fn any(&mut self, text: &str, mut is_it: impl FnMut(&str) -> bool) -> bool {
        let search = self.language.search();
        let folded = &mut self.folded;
        text.split(|c: char| !is_of_a_word(c)).any(|word| {
            folded.clear();
            fold(word, folded);
            let tells = folded.len() > 1 && search.ignored.binary_search(&&**folded).is_err();
            tells && is_it(stem(folded, search.endings))
        })
    }
}

/// Returns whether a character belongs to a word: marks do, since letters may be typed apart from them.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c) || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Appends a word as it is compared: without case, accents kept, and without apostrophes.
fn fold(word: &str, folded: &mut String) {
    if word.is_ascii() {
        let letters = word.bytes().filter(|byte| *byte != b'\'');
        folded.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
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
    let cut = endings
        .iter()
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
        let mut stems = Vec::new();
        Stems::of(&language).any(text, |stem| {
            stems.push(stem.to_owned());
            false
        });
        stems
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
    fn without_a_table_words_are_known_by_how_they_begin() {
        assert_eq!(stems("de", "Zuhören, zuhörend"), ["zuho\u{308}"; 2]);
    }
}
