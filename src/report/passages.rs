//! What has changed in a text, sentence by sentence: the old and the new beside each other.
//!
//! In: the sentences then and now. Out: the passages that differ, in order.

use std::collections::HashMap;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Sentences then and now, in one place of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage<'t> {
    /// How it read; empty where nothing stood.
    pub before: Vec<&'t str>,
    /// How it reads; empty where nothing stands.
    pub after: Vec<&'t str>,
}

/// Pairs of sentences that are compared at most. Of texts that differ in more of them, all that lies between their common beginning and end is one passage:
/// nobody reads their differences one by one, and finding them takes as many steps as there are pairs.
const MOST_PAIRS: usize = 4_000_000;

/// Returns the passages that differ.
pub fn passages<'t>(before: &[&'t str], after: &[&'t str]) -> Vec<Passage<'t>> {
    let same = |one: &&&str, other: &&&str| one == other;
    let start = before
        .iter()
        .zip(after)
        .take_while(|(a, b)| same(a, b))
        .count();
    let (before, after) = (&before[start..], &after[start..]);
    let end = before.iter().rev().zip(after.iter().rev());
    let end = end.take_while(|(a, b)| same(a, b)).count();
    let (before, after) = (&before[..before.len() - end], &after[..after.len() - end]);
    if before.is_empty() && after.is_empty() {
        return Vec::new();
    }
    if before.len().saturating_mul(after.len()) > MOST_PAIRS {
        return vec![Passage {
            before: before.to_vec(),
            after: after.to_vec(),
        }];
    }
    // Numbers are compared in one step, however long the sentences are.
    let mut numbers = HashMap::new();
    let mut numbered = |sentences: &[&'t str]| -> Vec<u32> {
        let number = |sentence: &&'t str| {
            let next = numbers.len() as u32;
            *numbers.entry(*sentence).or_insert(next)
        };
        sentences.iter().map(number).collect()
    };
    let (old, new) = (numbered(before), numbered(after));
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut passages: Vec<Passage<'_>> = Vec::new();
    let mut is_joined = false;
    for change in changes {
        if let DiffOp::Equal { .. } = change {
            is_joined = false;
            continue;
        }
        if !is_joined {
            passages.push(Passage {
                before: Vec::new(),
                after: Vec::new(),
            });
        }
        is_joined = true;
        if let Some(passage) = passages.last_mut() {
            passage.before.extend(&before[change.old_range()]);
            passage.after.extend(&after[change.new_range()]);
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<(String, String)> {
        let split =
            |text: &'static str| -> Vec<&'static str> { text.split_terminator(' ').collect() };
        let (before, after) = (before.to_owned().leak(), after.to_owned().leak());
        let found = passages(&split(before), &split(after));
        let joined = found
            .iter()
            .map(|passage| (passage.before.join(" "), passage.after.join(" ")));
        joined.collect()
    }

    #[test]
    fn passages_hold_what_differs_and_nothing_else() {
        for (before, after, expected) in [
            ("a b c", "a b c", &[][..]),
            ("a b c", "a x c", &[("b", "x")]),
            ("a b c", "a c", &[("b", "")]),
            ("a c", "a b c", &[("", "b")]),
            ("a b c d e", "a x c d y z e", &[("b", "x"), ("", "y z")]),
            ("a a b", "a b", &[("a", "")]),
            ("", "a", &[("", "a")]),
            ("a b", "b a", &[("", "b"), ("b", "")]),
        ] {
            let found = shown(before, after);
            let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
            assert_eq!(found, expected, "{before} / {after}");
        }
    }

    #[test]
    fn very_long_texts_are_one_passage_between_what_they_share() {
        let old: Vec<String> = (0..3_000).map(|number| format!("old {number}")).collect();
        let new: Vec<String> = (0..3_000).map(|number| format!("new {number}")).collect();
        let long = |middle: &'static [String]| -> Vec<&'static str> {
            let middle = middle.iter().map(String::as_str);
            std::iter::once("first")
                .chain(middle)
                .chain(["last"])
                .collect()
        };
        let found = passages(&long(old.leak()), &long(new.leak()));
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].before.len(), found[0].after.len()),
            (3_000, 3_000)
        );
    }
}
