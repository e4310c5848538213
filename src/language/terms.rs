//! The words that the house language avoids, and those that it wants in their place.

use std::collections::HashMap;

use super::comparison::{Case, form};
use super::phrases::{LONGEST_PHRASE, Origin, Phrase, Phrases};
use super::tongue::Language;
use crate::model::registers::{Placed, Term, TermId};

/// Gathers the words that the house language avoids. Where two entries share words, the first has them.
pub(super) fn avoided(terms: &[Term]) -> Phrases<TermId> {
    let ids = (0..).map(TermId);
    Phrases::new(ids.zip(terms).flat_map(|(id, term)| {
        let words = term.avoid.iter();
        words.map(move |words| phrase(words.value.trim(), id))
    }))
}

/// Words that entries of the house language want, as far as they hold words that the same entry avoids: those are right there.
///
/// All others would be looked for in vain.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The words; each stands for its position in `terms`.
    pub phrases: Phrases<usize>,
    /// The entries that want the same words.
    pub terms: Vec<Vec<TermId>>,
}

/// Gathers the words that entries want in the place of those that they avoid.
pub(super) fn wanted(language: &Language, terms: &[Term]) -> Wanted {
    let mut positions: HashMap<String, usize> = HashMap::new();
    let mut wanted: Vec<Vec<TermId>> = Vec::new();
    for (id, term) in (0..).map(TermId).zip(terms) {
        for words in wanted_by(language, term) {
            let position = *positions
                .entry(form(words).into_owned())
                .or_insert_with(|| {
                    wanted.push(Vec::new());
                    wanted.len() - 1
                });
            wanted[position].push(id);
        }
    }
    let mut phrases: Vec<(String, usize)> = positions.into_iter().collect();
    phrases.sort();
    Wanted {
        phrases: Phrases::new(
            phrases
                .iter()
                .map(|(words, position)| phrase(words, *position)),
        ),
        terms: wanted,
    }
}

/// Returns what an entry wants, as a whole and each of several that will do.
fn wanted_by<'t>(language: &Language, term: &'t Term) -> Vec<&'t str> {
    if term.instead.len() > LONGEST_PHRASE {
        return Vec::new();
    }
    let mut wanted = vec![term.instead.as_str()];
    wanted.extend(language.alternatives(&term.instead));
    wanted.retain(|words| {
        let words = form(words);
        let holds = |avoided: &Placed<String>| {
            let avoided = form(&avoided.value);
            !avoided.is_empty() && words.len() > avoided.len() && words.contains(avoided.as_ref())
        };
        term.avoid.iter().any(holds)
    });
    wanted
}

fn phrase<T>(text: &str, owner: T) -> Phrase<T> {
    Phrase {
        text: text.to_owned(),
        owner,
        origin: Origin::Written,
        case: Case::Folded,
    }
}
