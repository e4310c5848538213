//! Holds the claims of public statements against the places that carry them.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::model::evidence::{Carried, EvidenceDepth, Worth};
use crate::model::finding::Fix;
use crate::model::lesson::Lesson;
use crate::model::nearness::question;
use crate::model::registers::{Registers, Standing};
use crate::model::{Curriculum, Finding, Register, Rule};

/// Reports current claims that no place for learners bears out, or none as deep as the register expects.
pub fn review(curriculum: &Curriculum, findings: &mut Vec<Finding>) {
    let deepest = deepest(curriculum);
    let current = curriculum
        .registers
        .commitments
        .iter()
        .filter(|commitment| commitment.status == Standing::Current)
        .flat_map(|commitment| &commitment.claims)
        .filter(|claim| claim.status == Standing::Current);
    for claim in current {
        let id = &claim.id;
        let (rule, message, help) = match (deepest.get(id.as_str()), claim.expects) {
            (None, _) => (
                Rule::ClaimWithoutEvidence,
                format!("no place in any lesson is evidence for the claim `{id}`"),
                format!(
                    "put `claims={id}` on the heading or block that teaches it, or on the sentence: `[the sentence]{{claims={id}}}`"
                ),
            ),
            (Some(deepest), Some(expected)) if *deepest < expected => (
                Rule::ClaimTooShallow,
                format!(
                    "the claim `{id}` is to be {}, and is only {}",
                    expected.name(),
                    deepest.name()
                ),
                format!(
                    "put `claims={id}` on {} that is about it",
                    match expected {
                        EvidenceDepth::Assessed => "a `question`",
                        _ => "an `activity`, `discussion`, `scenario` or `question`",
                    }
                ),
            ),
            _ => continue,
        };
        findings.push(
            Finding::new(rule, Register::Commitments.path(), claim.place, message).help(help),
        );
    }
}

/// Returns how deep each claim is borne out at most.
fn deepest(curriculum: &Curriculum) -> HashMap<&str, EvidenceDepth> {
    let carried = curriculum
        .documents
        .par_iter()
        .flat_map_iter(|document| document.lesson.carried());
    let borne_out = carried.filter_map(|carried| match carried.worth {
        Worth::Evidence(depth) => Some((&*carried.claim.value, depth)),
        Worth::Limit | Worth::Nothing => None,
    });
    let mut deepest = HashMap::new();
    for (claim, depth) in borne_out.collect::<Vec<_>>() {
        let known = deepest.entry(claim).or_insert(depth);
        *known = depth.max(*known);
    }
    deepest
}

/// Reports claims of one lesson that do not exist or no longer hold.
pub fn review_lesson(lesson: &Lesson, registers: &Registers, findings: &mut Vec<Finding>) {
    for Carried { claim, .. } in lesson.carried() {
        let finding =
            |rule, message| Finding::new(rule, lesson.path.from_root(), claim.place, message);
        let Some((commitment, known)) = registers.claim(&claim.value) else {
            let near = registers.claim_like(&claim.value);
            let help = near.map(|near| question(near.name));
            let write = near.filter(|near| near.is_certain);
            let message = format!("no claim `{}` in the register", claim.value);
            findings.push(
                finding(Rule::UnknownClaim, message)
                    .maybe_help(help.or(Some("add it to modules/commitments.toml".into())))
                    .maybe_fix(write.and_then(|near| Fix::at(claim.at, near.name))),
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
