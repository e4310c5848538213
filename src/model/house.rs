//! The words that the house language avoids, and the quotations that keep theirs.

use std::ops::Range;

use super::phrases::{Phrase, other_cases};
use super::registers::Term;
use super::vocabulary::Named;

/// Position of an entry in `terms.toml`, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// Gathers the words that the house language avoids; straight and curly apostrophes count as the same. Where two entries share words, the
/// first has them.
pub(super) fn words(terms: &[Term]) -> Named<TermId> {
    let ids = (0..).map(TermId);
    Named::gather(ids.zip(terms).flat_map(|(id, term)| {
        let texts = term.avoid.iter().flat_map(|words| spellings(words));
        texts.map(move |text| {
            let phrase = Phrase {
                text,
                case_sensitive: false,
            };
            (id, phrase)
        })
    }))
}

fn spellings(words: &str) -> Vec<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = vec![words.replace('’', "'")];
    if words.contains(['\'', '’']) {
        out.push(words.replace('\'', "’"));
    }
    out.extend(out.clone().iter().flat_map(|text| other_cases(text)));
    out
}

/// Returns the stretches of a text that stand inside double quotation marks, the marks included.
///
/// A straight mark opens where no word stands right before it; one that is never closed quotes nothing.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('"', None) if !before.is_alphanumeric() => open = Some((at, '"')),
            ('“', None) => open = Some((at, '”')),
            (_, Some((start, closing))) if c == closing => {
                stretches.push(start..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
        before = c;
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_stand_inside_double_marks() {
        for (text, expected) in [
            ("say \"calm down\" never", vec!["\"calm down\""]),
            ("say “calm down” never", vec!["“calm down”"]),
            ("\"a\" and \"b\"", vec!["\"a\"", "\"b\""]),
            ("never \"closed", vec![]),
            ("6\" and 8\" long", vec![]),
            ("it's 'single'", vec![]),
        ] {
            let found: Vec<&str> = quotations(text)
                .into_iter()
                .map(|range| &text[range])
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
