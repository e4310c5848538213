//! The names under which topics are looked for.

use super::phrases::{Phrase, other_cases};
use super::registers::{Topic, TopicId};
use super::vocabulary::Named;

/// Gathers the names and aliases of all topics, and their plurals. Where two topics share a name, the first in the register has it.
pub(super) fn names(topics: &[Topic]) -> Named<TopicId> {
    let ids = (0..).map(TopicId);
    Named::gather(ids.zip(topics).flat_map(|(id, topic)| {
        let names = std::iter::once(&topic.name).chain(&topic.aliases);
        let case_sensitive = topic.case_sensitive;
        let texts = names.flat_map(move |name| spellings(name, case_sensitive));
        texts.map(move |text| {
            let phrase = Phrase {
                text,
                case_sensitive,
            };
            (id, phrase)
        })
    }))
}

/// Returns the spellings under which a name is searched for: itself, its plural, and other cases of accented letters.
fn spellings(name: &str, case_sensitive: bool) -> Vec<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = vec![name.clone()];
    if name.chars().next_back().is_some_and(|c| c.is_lowercase()) {
        out.push(plural(&name));
    }
    if !case_sensitive {
        out.extend(out.clone().iter().flat_map(|text| other_cases(text)));
    }
    out
}

/// Returns the regular English plural of a phrase.
fn plural(name: &str) -> String {
    let before_last = name.chars().rev().nth(1);
    match name.chars().next_back() {
        Some('y') if !before_last.is_some_and(|c| "aeiou".contains(c)) => {
            format!("{}ies", &name[..name.len() - 1])
        }
        Some('s' | 'x' | 'z') => format!("{name}es"),
        Some('h') if matches!(before_last, Some('c' | 's')) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}
