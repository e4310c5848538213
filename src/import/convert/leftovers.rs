//! Tells what other tools would have made something else of, and stays in a page as its author wrote it.
//!
//! In: a converted text. Out: a note for each kind of mark, once a page for the same words. Nothing is changed.

use std::collections::HashSet;

use super::super::notes::Notes;
use super::code;

/// Marks around words, and what they were.
const AROUND: [(&str, &str); 3] = [
    ("==", "marked words"),
    ("++", "a key of the keyboard, or inserted words"),
    ("^^", "inserted words"),
];

/// Notes what stays in a text.
pub fn leftovers(text: &str, notes: &mut Notes) {
    let code = code::all(text);
    let mut told: HashSet<&str> = HashSet::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let mut found: Vec<(usize, &str, &str)> = Vec::new();
        found.extend(
            whole(line).map(|what| (line.len() - line.trim_start().len(), line.trim(), what)),
        );
        found.extend(names(line).map(|(at, name)| (at, name, "an emoji or icon by its name")));
        for (mark, what) in AROUND {
            found.extend(around(line, mark).map(|(at, words)| (at, words, what)));
        }
        for (offset, words, what) in found {
            if !code.contain(start + offset) && told.insert(words) {
                notes.kept(words, format!("{what}: it stays as text"));
            }
        }
    }
}

/// Says what a whole line is that stays.
fn whole(line: &str) -> Option<&'static str> {
    let line = line.trim();
    let is_table = ["[TOC]", "[toc]", "[[_TOC_]]"].contains(&line);
    let is_abbreviation = line
        .strip_prefix("*[")
        .is_some_and(|rest| rest.contains("]:"));
    match (is_table, is_abbreviation) {
        (true, _) => Some("the place of a table of contents"),
        (_, true) => Some("what an abbreviation is short for"),
        _ => None,
    }
}

/// Returns names between colons that stand alone: `:smile:`, not `10:30:45` or `a::b`.
fn names(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
    line.match_indices(':').filter_map(move |(at, _)| {
        let rest = &line[at + 1..];
        let length = rest.find(|c: char| !in_name(c))?;
        let after = rest[length..].strip_prefix(':')?;
        let is_alone = |c: char| !c.is_alphanumeric() && !matches!(c, ':' | '/' | '`' | '.');
        let before = line[..at].chars().next_back().is_none_or(is_alone);
        let behind = after
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric() && c != ':');
        let is_name = rest[..length].contains(|c: char| c.is_ascii_alphabetic())
            || matches!(&rest[..length], "+1" | "-1" | "100");
        (is_name && before && behind).then_some((at, &line[at..at + length + 2]))
    })
}

/// Returns words between two marks that touch them, and no other words: `==so==`, not `a == b`.
fn around<'l>(line: &'l str, mark: &'static str) -> impl Iterator<Item = (usize, &'l str)> {
    let of_mark = mark.chars().next().unwrap_or(' ');
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = line[from..].find(mark).map(|at| from + at) {
            let inner = at + mark.len();
            from = inner;
            let is_free = |c: char| !c.is_alphanumeric() && c != of_mark;
            let opens = line[..at].chars().next_back().is_none_or(is_free)
                && line[inner..].starts_with(|c: char| !c.is_whitespace() && c != of_mark);
            let Some(length) = line[inner..].find(mark).filter(|_| opens) else {
                continue;
            };
            let end = inner + length + mark.len();
            let closes = line[end..].chars().next().is_none_or(is_free)
                && !line[..inner + length].ends_with(char::is_whitespace);
            if closes {
                from = end;
                return Some((at, &line[at..end]));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_other_tools_are_told_and_text_is_not() {
        for (text, expected) in [
            (
                "A :smile: and :material-home: and :+1:.",
                vec![":smile:", ":material-home:", ":+1:"],
            ),
            (
                "At 10:30:45, std::vec::Vec, `:no:`, a:b:c, https://x.org/:a:",
                vec![],
            ),
            ("note :: x: y:", vec![]),
            (
                "==marked== and ==two words==.",
                vec!["==marked==", "==two words=="],
            ),
            ("a == b == c, a==b==c, === x ===", vec![]),
            ("Press ++ctrl+c++ in C++ or c++.", vec!["++ctrl+c++"]),
            (
                "*[HTML]: Hyper Text\n\n[TOC]\n",
                vec!["*[HTML]: Hyper Text", "[TOC]"],
            ),
            (":a1: :a1:\n\n    :code:\n", vec![":a1:"]),
        ] {
            let mut notes = Notes::default();
            leftovers(text, &mut notes);
            let found: Vec<&str> = notes
                .list
                .iter()
                .map(|note| note.snippet.as_str())
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
