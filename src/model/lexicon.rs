//! The names under which topics are looked for.

use std::collections::HashSet;

use super::phrases::{Phrase, Phrases, other_cases};
use super::registers::{Topic, TopicId};
use super::vocabulary::Named;

/// Gathers the names and aliases of all topics, and their plurals. Where two topics share a name, the first in the register has it.
pub(super) fn names(topics: &[Topic]) -> Named<TopicId> {
    let mut names: Vec<Phrase> = Vec::new();
    let mut owners = Vec::new();
    let mut seen = HashSet::new();
    for (index, topic) in topics.iter().enumerate() {
        for name in std::iter::once(&topic.name).chain(&topic.aliases) {
            for text in spellings(name, topic.case_sensitive) {
                let key = if topic.case_sensitive {
                    text.clone()
                } else {
                    text.to_ascii_lowercase()
                };
                if !text.is_empty() && seen.insert(key) {
                    owners.push(TopicId(index as u32));
                    names.push(Phrase {
                        text,
                        case_sensitive: topic.case_sensitive,
                    });
                }
            }
        }
    }
    Named {
        phrases: Phrases::new(names),
        owners,
    }
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
