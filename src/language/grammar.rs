//! What the program knows of a language, as one table; and what holds for a language of which it knows nothing.

use super::quotations::Marks;
use super::search::{self, Search};

/// Everything that depends on a language. A new one is a file with one of these, named in [`super::tables`].
///
/// What a table leaves out with `..NEUTRAL` is neutral, and never that of another language.
#[derive(Debug)]
pub struct Grammar {
    /// The BCP 47 tag, such as `cy`; it also holds for all that begin with it, such as `cy-GB`.
    pub tag: &'static str,
    /// Makes the other forms under which a name stands in a text: its plural, its mutations. They are looked for and never shown.
    pub forms: fn(&str) -> Vec<String>,
    /// Link texts that say nothing about where a link leads.
    pub vague: &'static [&'static str],
    /// The heading of a table's column that shows what to avoid.
    pub avoided: &'static [&'static str],
    /// Words between two things of which either will do.
    pub or: &'static [&'static str],
    /// The marks that open and close a quotation, beside straight ones.
    pub quotes: &'static [Marks],
    /// What a sentence says that is about the text and not about its subject, as comparison forms: such as that somebody is fictional.
    pub notices: &'static [&'static str],
    /// What a sentence says that only tells what others have said of the subject, as comparison forms.
    pub echoes: &'static [&'static str],
    /// What a sentence begins with that says little without the one before it, as comparison forms.
    pub leaning: &'static [&'static str],
    /// What a sentence begins with that asks somebody to do something, as comparison forms.
    pub tasks: &'static [&'static str],
    /// Numbers in words, and the same in digits: who seeks one finds the other.
    pub numbers: &'static [(&'static str, &'static str)],
    /// The months; without them dates are those of ISO 8601.
    pub months: Option<[&'static str; 12]>,
    /// How a long date is written, of `{day}`, `{month}` and `{year}`.
    pub date: &'static str,
    /// The letters in their order, lower case, those of several characters too. Letters that are not here follow by their number in Unicode.
    pub alphabet: &'static [&'static str],
    /// Says which form of a noun follows a number.
    pub count: fn(u64) -> Count,
    /// What a search is told.
    pub search: Search,
}

/// Which form of a noun follows a number: the categories of Unicode's CLDR, of which most languages have two or three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// None of a thing, where a language says that with a form of its own.
    Zero,
    /// One.
    One,
    /// Two.
    Two,
    /// A few.
    Few,
    /// Many.
    Many,
    /// All others.
    Other,
}

impl Count {
    /// Returns the name in CLDR.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

/// A language of which nothing is known: names have no other forms, no words are vague, dates are those of ISO 8601, and letters have the order of Unicode.
pub const NEUTRAL: Grammar = Grammar {
    tag: "",
    forms: |_| Vec::new(),
    vague: &[],
    avoided: &[],
    or: &[],
    quotes: &[('“', '”'), ('„', '“'), ('«', '»'), ('「', '」')],
    notices: &[],
    echoes: &[],
    leaning: &[],
    tasks: &[],
    numbers: &[],
    months: None,
    date: "{day} {month} {year}",
    alphabet: &[],
    count: |number| {
        if number == 1 {
            Count::One
        } else {
            Count::Other
        }
    },
    search: search::NEUTRAL,
};
