//! Holds the signpost register against the day and against the lessons that use it.

use std::collections::HashSet;

use jiff::civil::Date;

use super::SIGNPOSTS;
use crate::model::curriculum::Target;
use crate::model::registers::{Signpost, SignpostId};
use crate::model::{Curriculum, Finding, Place, Rule};

/// Reports signposts that must be verified, and those that no lesson offers.
pub fn review(curriculum: &Curriculum, as_of: Date, findings: &mut Vec<Finding>) {
    let offered = offered(curriculum);
    for (index, signpost) in curriculum.registers.signposts.iter().enumerate() {
        let place = signpost.place.unwrap_or(Place::START);
        findings.extend(verification(signpost, place, as_of));
        if !offered.contains(&SignpostId(index as u32)) {
            findings.push(
                Finding::new(
                    Rule::UnusedSignpost,
                    SIGNPOSTS,
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
    let Some(verified) = signpost.last_verified_on else {
        let message = format!("nobody has verified the details of `{}`", signpost.id);
        return Some(
            Finding::new(Rule::SignpostUnverified, SIGNPOSTS, place, message)
                .help("check them at the source, then write `last_verified_on`"),
        );
    };
    let due = signpost.due().filter(|due| *due < as_of)?;
    let message = format!(
        "`{}` was verified on {verified}, which held until {due}",
        signpost.id
    );
    Some(
        Finding::new(Rule::SignpostOverdue, SIGNPOSTS, place, message)
            .help("check the details at the source, then change `last_verified_on`"),
    )
}

fn offered(curriculum: &Curriculum) -> HashSet<SignpostId> {
    let mut offered = HashSet::new();
    for document in &curriculum.documents {
        offered.extend(document.links.iter().filter_map(|link| match link.target {
            Target::Signpost(id) => Some(id),
            _ => None,
        }));
        offered.extend(
            document
                .lesson
                .blocks
                .iter()
                .flat_map(|block| block.signposts.iter().copied()),
        );
    }
    offered
}
