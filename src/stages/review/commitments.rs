//! Holds the claims of public statements against the places that carry them.

use std::collections::HashSet;

use rayon::prelude::*;

use super::COMMITMENTS;
use crate::model::audience::Audience;
use crate::model::lesson::Lesson;
use crate::model::nearness::question;
use crate::model::registers::{Placed, Registers, Standing};
use crate::model::{Curriculum, Finding, Rule};

/// Reports current claims that no place for learners carries.
pub fn review(curriculum: &Curriculum, findings: &mut Vec<Finding>) {
    let carried: HashSet<&str> = curriculum
        .documents
        .par_iter()
        .flat_map_iter(|document| carried(&document.lesson))
        .filter(|(_, audience)| *audience == Audience::Everybody)
        .map(|(claim, _)| &*claim.value)
        .collect();
    let current = curriculum
        .registers
        .commitments
        .iter()
        .filter(|commitment| commitment.status == Standing::Current)
        .flat_map(|commitment| &commitment.claims)
        .filter(|claim| claim.status == Standing::Current);
    for claim in current {
        if !carried.contains(claim.id.as_str()) {
            findings.push(
                Finding::new(
                    Rule::ClaimWithoutEvidence,
                    COMMITMENTS,
                    claim.place,
                    format!(
                        "no place in any lesson is evidence for the claim `{}`",
                        claim.id
                    ),
                )
                .help(format!(
                    "put `claims={}` on the heading, block or sentence that teaches it",
                    claim.id
                )),
            );
        }
    }
}

/// Reports claims of one lesson that do not exist or no longer hold.
pub fn review_lesson(lesson: &Lesson, registers: &Registers, findings: &mut Vec<Finding>) {
    for (claim, _) in carried(lesson) {
        let finding =
            |rule, message| Finding::new(rule, lesson.path.from_root(), claim.place, message);
        let Some((commitment, known)) = registers.claim(&claim.value) else {
            let help = registers.claim_like(&claim.value).map(question);
            findings.push(
                finding(
                    Rule::UnknownClaim,
                    format!("no claim `{}` in the register", claim.value),
                )
                .maybe_help(help.or(Some("add it to modules/commitments.toml".into()))),
            );
            continue;
        };
        let (whose, status) = match (known.status, commitment.status) {
            (Standing::Current, Standing::Current) => continue,
            (Standing::Current, status) => ("the commitment of the claim", status),
            (status, _) => ("the claim", status),
        };
        findings.push(
            finding(
                Rule::ClaimSuperseded,
                format!(
                    "{whose} `{}` is {}, and this is kept as evidence for it",
                    claim.value,
                    status.name()
                ),
            )
            .help("check what is taught here, then take the claim out of `claims`"),
        );
    }
}

/// Returns the claims that headings, blocks and words carry, and who sees each.
fn carried(lesson: &Lesson) -> impl Iterator<Item = (&Placed<Box<str>>, Audience)> {
    let headings = lesson
        .headings
        .iter()
        .flat_map(|heading| heading.claims.iter().map(|claim| (claim, heading.audience)));
    let blocks = lesson
        .blocks
        .iter()
        .flat_map(|block| block.claims.iter().map(|claim| (claim, block.audience)));
    let spans = lesson
        .spans
        .iter()
        .flat_map(|span| span.claims.iter().map(|claim| (claim, span.audience)));
    headings.chain(blocks).chain(spans)
}
