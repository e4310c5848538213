//! Reports names that two topics share, and words that two entries of the house language avoid: only one of the two ever finds them.
//!
//! In: the registers and the vocabulary that was made of them. Out: findings about the one that is never found.

use super::context::Context;
use crate::language::{Clash, Meant};
use crate::model::registers::{Term, Topic};
use crate::model::{Finding, Place, Register, Rule};

/// Reports the clashes in the registers.
pub(super) fn clashes(context: &Context) -> Vec<Finding> {
    let clashes = context.vocabulary.clashes();
    clashes
        .iter()
        .filter_map(|clash| report(clash, context))
        .collect()
}

fn report(clash: &Clash, context: &Context) -> Option<Finding> {
    let registers = &context.registers;
    let words = &clash.words;
    match (clash.found, clash.lost) {
        (Meant::Topic(found), Meant::Topic(lost)) => {
            let (found, lost) = (
                &registers.topics[found.0 as usize],
                &registers.topics[lost.0 as usize],
            );
            let what = if clash.is_derived {
                "a form of a name"
            } else {
                "a name"
            };
            let message = format!(
                "`{words}`, {what} of `{}`, is found as `{}` alone",
                lost.id, found.id
            );
            let help = format!(
                "a text that says it counts for `{}`: give one of the two another name",
                found.id
            );
            Some(
                Finding::new(
                    Rule::NameClash,
                    Register::Topics.path(),
                    place_of_name(lost, words),
                    message,
                )
                .help(help),
            )
        }
        (Meant::Term(found), Meant::Term(lost)) => {
            let (found, lost) = (
                &registers.terms[found.0 as usize],
                &registers.terms[lost.0 as usize],
            );
            let message = format!(
                "`{words}` stands in another entry already, so that this one never finds it"
            );
            let help = format!(
                "take it out here, or in the entry on line {}",
                found.place.line
            );
            Some(
                Finding::new(
                    Rule::NameClash,
                    Register::Terms.path(),
                    place_of_words(lost, words),
                    message,
                )
                .help(help),
            )
        }
        _ => None,
    }
}

/// Returns where a topic has a name; the place of its first name where it is a form of one.
fn place_of_name(topic: &Topic, words: &str) -> Place {
    let alias = topic
        .aliases
        .iter()
        .find(|alias| alias.value.trim() == words);
    alias
        .filter(|_| topic.name.trim() != words)
        .map_or(topic.name_place, |alias| alias.place)
}

fn place_of_words(term: &Term, words: &str) -> Place {
    let avoided = term
        .avoid
        .iter()
        .find(|avoided| avoided.value.trim() == words);
    avoided.map_or(term.place, |avoided| avoided.place)
}
