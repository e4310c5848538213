//! Texts as platforms show them: one line, without markup, and without characters that XML cannot hold.

use crate::model::text::{REPLACEMENT, is_unseen};

/// Returns a text as one line without control characters.
pub fn plain(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !is_unseen(*c) && *c != REPLACEMENT)
        .collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    words.join(" ")
}

/// Returns a text of at most so many characters, cut behind a word.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(most - 1).collect();
    let is_between = text.chars().nth(most - 1).is_some_and(char::is_whitespace);
    if let Some(end) = kept.rfind(' ').filter(|end| !is_between && *end > most / 2) {
        kept.truncate(end);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_removed_and_lines_joined() {
        for (text, expected) in [
            ("Money\u{7} in\u{1}come", "Money income"),
            ("two\n  lines\t", "two lines"),
            ("a\u{202e}b\u{fffd}c\u{ffff}", "abc"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn long_texts_end_behind_a_word() {
        for (text, most, expected) in [
            ("one two three", 13, "one two three"),
            ("one two three", 12, "one two…"),
            ("one two three", 8, "one two…"),
            ("onetwothree", 6, "onetw…"),
            ("ŷŷŷŷ", 3, "ŷŷ…"),
        ] {
            let short = shortened(text, most);
            assert_eq!(short, expected, "{text} {most}");
            assert!(short.chars().count() <= most);
        }
    }
}
