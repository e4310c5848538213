//! The names under which topics are looked for.

use super::comparison::Case;
use super::phrases::{Origin, Phrase, Phrases};
use super::tongue::Language;
use crate::model::registers::{Topic, TopicId};

/// Gathers the names and aliases of all topics, and the forms that a language makes of them. Where two topics share one, the first in the register has it.
pub(super) fn names(language: &Language, topics: &[Topic]) -> Phrases<TopicId> {
    let ids = (0..).map(TopicId);
    Phrases::new(ids.zip(topics).flat_map(|(owner, topic)| {
        let case = if topic.case_sensitive {
            Case::Kept
        } else {
            Case::Folded
        };
        let phrase = move |text: String, origin| Phrase {
            text,
            owner,
            origin,
            case,
        };
        let names = std::iter::once(topic.name.as_str())
            .chain(topic.aliases.iter().map(|alias| alias.value.as_str()));
        names.flat_map(move |name| {
            let name = name.trim();
            let derived = language.forms(name);
            let derived = derived
                .into_iter()
                .map(move |form| phrase(form, Origin::Derived));
            std::iter::once(phrase(name.to_owned(), Origin::Written)).chain(derived)
        })
    }))
}
