//! The words of a text, as a search compares them.
//!
//! In: text, and numbers in words. Out: words in lower case, without accents and apostrophes; a compound with hyphens in parts and in one; text of a script
//! that puts no space between words in overlapping pairs of characters. `foldWords` in the theme's `search-engine.js` does the same to what readers type: a
//! change here is one there, and `tests/search` holds them together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::is_continuous;

/// The longest word that is kept, in bytes; what is longer is no word that somebody types.
const LONGEST: usize = 48;

/// Finds words, and keeps the memory for it.
#[derive(Debug)]
pub struct Folder {
    /// Numbers in words, and in digits.
    numbers: &'static [(&'static str, &'static str)],
    /// For each length in bytes, how numbers in words begin: nearly no other word need be held against them.
    beginnings: [u32; LONGEST + 1],
    word: String,
    compound: String,
    parts: u32,
}

impl Folder {
    /// Prepares; `numbers` are a language's.
    pub fn new(numbers: &'static [(&'static str, &'static str)]) -> Self {
        let mut beginnings = [0; LONGEST + 1];
        for (written, _) in numbers {
            if let Some(length) = beginnings.get_mut(written.len()) {
                *length |= beginning(written);
            }
        }
        Self {
            numbers,
            beginnings,
            word: String::new(),
            compound: String::new(),
            parts: 0,
        }
    }

    /// Calls `found` with each word of a text, in its order.
    pub fn words(&mut self, text: &str, mut found: impl FnMut(&str)) {
        let mut rest = text;
        loop {
            // Nearly all that texts hold, and there is nothing to ask of it.
            let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            self.word.push_str(&rest[..plain]);
            let mut characters = rest[plain..].chars();
            let Some(c) = characters.next() else {
                break;
            };
            rest = characters.as_str();
            if is_part(c) {
                self.word.push(c);
                continue;
            }
            if self.word.is_empty() {
                continue;
            }
            let next = characters.next().filter(|next| is_part(*next));
            match next.map_or(Joint::End, |next| {
                joint(self.word.chars().next_back(), c, next)
            }) {
                Joint::Nothing => {}
                Joint::Kept => self.word.push(c),
                Joint::Hyphen => self.part(&mut found),
                Joint::End => self.end(&mut found),
            }
        }
        self.end(&mut found);
    }

    /// Ends a part of a compound.
    fn part(&mut self, found: &mut impl FnMut(&str)) {
        fold(&mut self.word);
        let word = self.in_digits().unwrap_or(&self.word);
        self.compound.push_str(word);
        self.parts += 1;
        give(word, found);
        self.word.clear();
    }

    /// Returns the digits of a number that the word is.
    fn in_digits(&self) -> Option<&'static str> {
        let beginnings = self.beginnings.get(self.word.len())?;
        if beginnings & beginning(&self.word) == 0 {
            return None;
        }
        let mut numbers = self.numbers.iter();
        let number = numbers.find(|(written, _)| *written == self.word);
        number.map(|(_, digits)| *digits)
    }

    /// Ends a word, and the compound that it may be the last part of.
    fn end(&mut self, found: &mut impl FnMut(&str)) {
        if !self.word.is_empty() {
            self.part(found);
        }
        if self.parts > 1 {
            give(&self.compound, found);
        }
        self.parts = 0;
        self.compound.clear();
    }
}

/// Returns a bit for the first byte of a word; some bytes share one.
fn beginning(word: &str) -> u32 {
    let first = word.bytes().next();
    first.map_or(0, |byte| 1 << (byte % 32))
}

/// What stands between two characters of words.
enum Joint {
    /// Something that nobody misses: the word goes on.
    Nothing,
    /// A point in a number, which is a part of it.
    Kept,
    /// The hyphen of a compound.
    Hyphen,
    /// The end of the word.
    End,
}

fn joint(before: Option<char>, between: char, after: char) -> Joint {
    let digits = before.is_some_and(char::is_numeric) && after.is_numeric();
    match between {
        '\'' | '’' | '‘' | '\u{ad}' => Joint::Nothing,
        ',' if digits => Joint::Nothing,
        '.' if digits => Joint::Kept,
        '-' | '\u{2010}' | '\u{2011}' => Joint::Hyphen,
        _ => Joint::End,
    }
}

/// Returns whether a character is a part of words.
fn is_part(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        (c.is_alphanumeric() && c != '\u{2bc}') || is_combining_mark(c)
    }
}

/// Writes a word in lower case, and its letters without accents.
fn fold(word: &mut String) {
    if word.is_ascii() {
        word.make_ascii_lowercase();
    } else {
        let lower = word.to_lowercase();
        let plain = lower.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
        *word = plain.nfc().collect();
    }
}

/// Gives a word, in pairs of characters where its script puts no space between words.
fn give(word: &str, found: &mut impl FnMut(&str)) {
    if word.is_ascii() || !word.chars().any(is_continuous) {
        if !word.is_empty() && word.len() <= LONGEST {
            found(word);
        }
        return;
    }
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let end = |position: usize| starts.get(position).copied().unwrap_or(word.len());
    if starts.len() == 1 {
        found(word);
    }
    for position in 0..starts.len().saturating_sub(1) {
        found(&word[starts[position]..end(position + 2)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        Folder::new(&[("six", "6")]).words(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_are_compared_without_case_accents_and_apostrophes() {
        for (text, expected) in [
            (
                "Welfare of the Child",
                &["welfare", "of", "the", "child"][..],
            ),
            ("the child’s, children's", &["the", "childs", "childrens"]),
            ("Café ŷd Straße", &["cafe", "yd", "straße"]),
            ("self-harm", &["self", "harm", "selfharm"]),
            ("six-step", &["6", "step", "6step"]),
            ("£1,000 or 63.36.", &["1000", "or", "63.36"]),
            ("one,two.three", &["one", "two", "three"]),
            ("1,a b,2 3.c d.4", &["1", "a", "b", "2", "3", "c", "d", "4"]),
            ("safe\u{ad}guarding", &["safeguarding"]),
            ("a - b -c d-", &["a", "b", "c", "d"]),
            ("’tis 'quoted'", &["tis", "quoted"]),
            ("児童の福祉", &["児童", "童の", "の福", "福祉"]),
            ("子", &["子"]),
            ("", &[]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn what_nobody_types_is_no_word() {
        assert_eq!(words(&"a".repeat(49)), Vec::<String>::new());
    }
}
