//! What a search knows of a language: words that carry nothing, endings, and the words in which people speak of danger.
//!
//! In: nothing. Out: a table of data alone, which the site's script reads. Knows no curriculum.

/// What a search is told of a language; all of it is data, since the site's script does the asking.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// Words that say nothing about what is sought, folded. They count only where a query has no others.
    pub ignored: &'static [&'static str],
    /// Endings that leave a word's meaning, the longest first.
    pub endings: &'static [&'static str],
    /// How people speak of a life at risk.
    pub crisis: &'static [&'static str],
    /// How people speak of somebody else being in danger now.
    pub danger: &'static [&'static str],
    /// What is written in two ways and sought as one, as a regular expression and its replacement, before patterns are held against a query.
    pub joined: &'static [(&'static str, &'static str)],
    /// Parts of the patterns that recur: `{name}` there stands for what is written here.
    pub parts: &'static [(&'static str, &'static str)],
}

/// What holds for a language of which nothing is known.
pub const NEUTRAL: Search = Search {
    ignored: &[],
    endings: &[],
    crisis: &[],
    danger: &[],
    joined: &[],
    parts: &[],
};
