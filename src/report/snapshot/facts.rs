//! What a page says without words, and what it is made of: either can become another while every sentence stays.
//!
//! In: a lesson. Out: short sentences, each with the section that it belongs to.

use crate::model::blocks::{BlockKind, Outcome};
use crate::model::lesson::{Lesson, LinkKind};
use crate::model::registers::{Placed, Registers, TopicId};

/// Something that a section says without words.
pub(super) struct Fact {
    /// Index of its heading.
    pub section: Option<u32>,
    /// What it says, as a sentence.
    pub says: String,
}

/// Returns what learners are told without words, in the order of the blocks: which answers are right, how good choices are, and which services are shown.
pub(super) fn facts(lesson: &Lesson, registers: &Registers) -> Vec<Fact> {
    let mut all = Vec::new();
    for (position, block) in (0..).zip(&lesson.blocks) {
        let mut add = |says| {
            all.push(Fact {
                section: block.section,
                says,
            });
        };
        if block.kind == BlockKind::Question {
            let question = lesson.question(position);
            let right = question.offers().filter(|offer| offer.right);
            right.for_each(|offer| add(format!("Right answer: {}", lesson.line(&offer.words))));
        }
        if let Some(outcome) = block.outcome {
            let how = match outcome {
                Outcome::Best => "Best",
                Outcome::Good => "Good",
                Outcome::Poor => "Poor",
            };
            add(format!("{how}: {}", block.title));
        }
        for id in &block.signposts {
            let service = &registers.signposts[id.0 as usize];
            add(format!("Shows the service: {}", service.name));
        }
    }
    all
}

/// Returns what else reviewers sign off: what blocks are, the topics and claims that are carried, and where links lead that lead out of the curriculum or to a
/// service.
pub(super) fn markup(lesson: &Lesson, registers: &Registers) -> Vec<Fact> {
    let mut all = Vec::new();
    let mut add = |section, says| all.push(Fact { section, says });
    let carries = |topics: &[TopicId], claims: &[_]| {
        let topic = |id: &TopicId| &*registers.topics[id.0 as usize].id;
        let topics = topics.iter().map(topic);
        let claims = claims.iter().map(|claim: &Placed<Box<str>>| &*claim.value);
        topics.chain(claims).collect::<Vec<_>>().join(", ")
    };
    for (section, heading) in (0..).zip(&lesson.headings) {
        let carried = carries(&heading.topics, &heading.claims);
        if !carried.is_empty() {
            add(Some(section), format!("The section carries: {carried}"));
        }
    }
    for block in &lesson.blocks {
        if matches!(block.kind, BlockKind::Editorial | BlockKind::Local) {
            continue;
        }
        let mut says = format!("Block: {}", block.kind.name());
        let carried = carries(&block.topics, &block.claims);
        if !carried.is_empty() {
            says = format!("{says}, which carries: {carried}");
        }
        add(block.section, says);
    }
    for link in &lesson.links {
        if matches!(link.kind, LinkKind::External | LinkKind::Signpost) {
            add(link.section, format!("Leads to: {}", link.target));
        }
    }
    all
}
