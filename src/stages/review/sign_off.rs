//! Holds every page against what a reviewer signed off.
//!
//! In: the curriculum with the sign-offs of `reviews.toml`. Out: each page's state. Reads and writes nothing.

use std::collections::{BTreeSet, HashMap};

use crate::model::curriculum::DocumentId;
use crate::model::review::{Fingerprint, Meaning, Recipe, ReviewState, SignOff};
use crate::model::{Curriculum, Lesson, Registers};

/// Returns the fingerprint of a page as it stands now, where the page's words were digested.
pub fn fingerprint(lesson: &Lesson, registers: &Registers) -> Option<Fingerprint> {
    fingerprint_by(Recipe::default(), lesson, registers)
}

/// Returns the fingerprint of a page by a recipe.
pub fn fingerprint_by(
    recipe: Recipe,
    lesson: &Lesson,
    registers: &Registers,
) -> Option<Fingerprint> {
    let words = lesson.meaning?.by(recipe);
    let blocks = lesson
        .blocks
        .iter()
        .map(|block| (&block.topics, &block.claims));
    let carriers = || {
        let headings = lesson
            .headings
            .iter()
            .map(|heading| (&heading.topics, &heading.claims));
        headings.chain(blocks.clone())
    };
    let topics: BTreeSet<(&str, &str)> = carriers()
        .flat_map(|(topics, _)| topics)
        .map(|id| &registers.topics[id.0 as usize])
        .map(|topic| (topic.id.as_str(), topic.definition.as_str()))
        .collect();
    let spans = lesson.spans.iter().flat_map(|span| &span.claims);
    let claims: BTreeSet<(&str, &str)> = carriers()
        .flat_map(|(_, claims)| claims)
        .chain(spans)
        .filter_map(|claim| registers.claim(&claim.value))
        .map(|(_, claim)| (claim.id.as_str(), claim.text.as_str()))
        .collect();
    Some(Fingerprint {
        recipe,
        words,
        topics: digest(&topics),
        claims: digest(&claims),
    })
}

fn digest(entries: &BTreeSet<(&str, &str)>) -> Meaning {
    let mut text = String::new();
    for (id, words) in entries {
        text.push_str(id);
        for word in words.split_whitespace() {
            text.push(' ');
            text.push_str(word);
        }
        text.push('\n');
    }
    Meaning::of(&text)
}

/// Returns the state of every page, in reading order. Where a path is signed off twice, the first entry holds.
pub fn states(curriculum: &Curriculum) -> Vec<(DocumentId, ReviewState<'_>)> {
    let registers = &curriculum.registers;
    let mut by_path: HashMap<&str, &SignOff> = HashMap::new();
    for sign_off in &registers.sign_offs {
        by_path.entry(&sign_off.path).or_insert(sign_off);
    }
    let state = |lesson: &Lesson| {
        let Some(sign_off) = by_path.get(lesson.path.as_str()).copied() else {
            return ReviewState::Unreviewed;
        };
        let recipe = sign_off.fingerprint.recipe;
        let now = fingerprint_by(recipe, lesson, registers);
        let now = now.expect("what is signed off is digested");
        let changed = now.differences(&sign_off.fingerprint);
        if changed.is_empty() {
            ReviewState::Approved(sign_off)
        } else {
            ReviewState::Suspect(sign_off, changed)
        }
    };
    curriculum
        .documents
        .iter()
        .enumerate()
        .map(|(index, document)| (DocumentId(index as u32), state(&document.lesson)))
        .collect()
}
