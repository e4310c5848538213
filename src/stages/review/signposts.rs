//! Holds the signpost register against the day and against the lessons that use it.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::curriculum::{Document, Target};
use crate::model::registers::Signpost;
use crate::model::{Curriculum, Finding, Place, Register, Rule};

/// Reports signposts that must be verified, and those that no lesson offers.
pub fn review(curriculum: &Curriculum, as_of: Date, findings: &mut Vec<Finding>) {
    let offered = offered(curriculum);
    for (index, signpost) in curriculum.registers.signposts.iter().enumerate() {
        let place = signpost.place.unwrap_or(Place::START);
        findings.extend(verification(signpost, place, as_of));
        if !offered[index] {
            findings.push(
                Finding::new(
                    Rule::UnusedSignpost,
                    Register::Signposts.path(),
                    place,
                    format!("no lesson offers `{}`", signpost.id),
                )
                .help(format!(
                    "link to it with `[[signpost:{}]]`, or remove the entry",
                    signpost.id
                )),
            );
        }
    }
}

fn verification(signpost: &Signpost, place: Place, as_of: Date) -> Option<Finding> {
    if !signpost.permanent.is_empty() {
        return None;
    }
    let owner = match signpost.owner.as_str() {
        "" => String::new(),
        owner => format!("; its owner is {owner}"),
    };
    let Some(verified) = signpost.last_verified_on else {
        let message = format!("nobody has verified the details of `{}`", signpost.id);
        return Some(
            Finding::new(Rule::SignpostUnverified, Register::Signposts.path(), place, message)
                .help(format!(
                    "check them at the source, then write `last_verified_on`: `throughline signpost verify {}` does{owner}",
                    signpost.id
                )),
        );
    };
    let due = signpost.due().filter(|due| *due < as_of)?;
    let message = format!(
        "`{}` was verified on {verified}, which held until {due}",
        signpost.id
    );
    Some(
        Finding::new(Rule::SignpostOverdue, Register::Signposts.path(), place, message)
            .help(format!(
                "check the details at the source, then change `last_verified_on`: `throughline signpost verify {}` does{owner}",
                signpost.id
            )),
    )
}

/// Returns for each signpost whether a lesson links to it or shows its card.
fn offered(curriculum: &Curriculum) -> Vec<bool> {
    let signposts = &curriculum.registers.signposts;
    let none = || vec![false; signposts.len()];
    let add = |mut offered: Vec<bool>, document: &Document| {
        for link in &*document.links {
            if let Target::Signpost(id) = link.target {
                offered[id.0 as usize] = true;
            }
        }
        // Lessons with a content note show the urgent services.
        if !document.lesson.front.content_note.is_empty() {
            for (offered, signpost) in offered.iter_mut().zip(signposts) {
                *offered |= signpost.urgent;
            }
        }
        for id in document
            .lesson
            .blocks
            .iter()
            .flat_map(|block| &block.signposts)
        {
            offered[id.0 as usize] = true;
        }
        offered
    };
    let either = |one: Vec<bool>, other: Vec<bool>| {
        one.into_iter()
            .zip(other)
            .map(|(one, other)| one || other)
            .collect()
    };
    curriculum
        .documents
        .par_iter()
        .fold(none, add)
        .reduce(none, either)
}
