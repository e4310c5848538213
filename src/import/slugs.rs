//! How other tools make ids of headings.
//!
//! In: a heading's words. Out: the id that its page had, so that links to it and bookmarks keep leading there.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::model::slug::slug;

/// A tool's way to make ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlugRule {
    /// GitHub's, which mdBook, Docusaurus and Hugo share, and we too.
    GitHub,
    /// Python-Markdown's: ASCII only, single hyphens, and `_1` for the second of two alike.
    PythonMarkdown,
    /// Pandoc's: from the first letter on, with full stops kept.
    Pandoc,
    /// kramdown's: from the first ASCII letter on.
    Kramdown,
}

/// Gives the ids of one page.
#[derive(Debug)]
pub struct Slugger {
    rule: SlugRule,
    seen: HashMap<String, usize>,
}

impl SlugRule {
    /// Starts a page.
    pub fn page(self) -> Slugger {
        Slugger {
            rule: self,
            seen: HashMap::new(),
        }
    }

    /// Returns the id of a heading that stands alone.
    pub fn id(self, words: &str) -> String {
        let id = match self {
            Self::GitHub => return slug(words),
            Self::PythonMarkdown => python(words),
            Self::Pandoc => pandoc(words),
            Self::Kramdown => kramdown(words),
        };
        match (self, id.is_empty()) {
            (Self::Pandoc | Self::Kramdown, true) => "section".into(),
            _ => id,
        }
    }
}

impl Slugger {
    /// Returns the id of the page's next heading.
    pub fn next(&mut self, words: &str) -> String {
        let id = self.rule.id(words);
        let times = self.seen.entry(id.clone()).or_insert(0);
        *times += 1;
        match (*times - 1, self.rule) {
            (0, _) if id.is_empty() => "_1".into(),
            (0, _) => id,
            (n, SlugRule::PythonMarkdown) => format!("{id}_{n}"),
            (n, _) => format!("{id}-{n}"),
        }
    }
}

fn python(words: &str) -> String {
    let ascii = words.nfkd().filter(char::is_ascii);
    let kept: String = ascii
        .filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '-'))
        .collect();
    let lower = kept.trim().to_lowercase();
    let parts = lower.split(|c: char| c.is_whitespace() || c == '-');
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

fn pandoc(words: &str) -> String {
    let kept: String = words
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '-' | '.'))
        .collect();
    let lower = kept.to_lowercase();
    let joined: Vec<&str> = lower.split_whitespace().collect();
    let joined = joined.join("-");
    joined
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .to_owned()
}

fn kramdown(words: &str) -> String {
    let start = words.find(|c: char| c.is_ascii_alphabetic());
    let words = start.map_or("", |at| &words[at..]);
    words
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'))
        .map(|c| {
            if c == ' ' {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tool_makes_its_own_ids() {
        for (rule, words, expected) in [
            (SlugRule::GitHub, "C++ & Tŷ", "c--tŷ"),
            (SlugRule::PythonMarkdown, "C++ & Tŷ 2", "c-ty-2"),
            (SlugRule::PythonMarkdown, "A -- b_c", "a-b_c"),
            (
                SlugRule::Pandoc,
                "1. What's new in 2.0?",
                "whats-new-in-2.0",
            ),
            (SlugRule::Pandoc, "123", "section"),
            (SlugRule::Kramdown, "2 Tŷ ac: x", "t-ac-x"),
        ] {
            assert_eq!(rule.id(words), expected, "{rule:?} {words}");
        }
    }

    #[test]
    fn the_second_of_two_alike_is_counted_as_the_tool_counts() {
        let mut python = SlugRule::PythonMarkdown.page();
        assert_eq!([python.next("A"), python.next("A")], ["a", "a_1"]);
        let mut github = SlugRule::GitHub.page();
        assert_eq!([github.next("A"), github.next("A")], ["a", "a-1"]);
    }
}
