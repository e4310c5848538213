//! What the signpost report holds: each support service with its details, its last check, who keeps it right, and where it is shown.
//!
//! In: the basis. Out: the values; what people read of them stands beside this file.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use serde::Serialize;

use crate::model::address::Contact;
use crate::model::curriculum::{DocumentId, Target};
use crate::model::registers::{Signpost, SignpostId};
use crate::report::basis::{Basis, Timeliness};
use crate::report::cell::Spot;
use crate::report::data::SCHEMA;

/// All signposts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignpostsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers.
    pub summary: SignpostsSummary,
    /// The signposts, the most pressing first.
    pub signposts: Vec<SignpostRow<'c>>,
}

/// The numbers of the signposts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SignpostsSummary {
    /// Signposts in the register: the sum of the next four and of the permanent ones.
    pub signposts: usize,
    /// Verified, with time to go.
    pub current: usize,
    /// To be verified again within thirty days.
    pub due_soon: usize,
    /// Past their day.
    pub overdue: usize,
    /// Never verified.
    pub never: usize,
    /// Shown nowhere.
    pub unused: usize,
    /// In need of no check.
    pub permanent: usize,
}

/// A signpost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignpostRow<'c> {
    /// Its id.
    pub id: &'c str,
    /// The service's name.
    pub name: &'c str,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub serves: &'c str,
    /// Telephone number.
    pub phone: &'c str,
    /// How to text it.
    pub text: &'c str,
    /// How to reach it by relay.
    pub relay: &'c str,
    /// E-mail address.
    pub email: &'c str,
    /// Web address.
    #[serde(serialize_with = "words")]
    pub web: &'c Contact,
    /// Opening hours.
    pub hours: &'c str,
    /// What a call costs.
    pub cost: &'c str,
    /// Whether it was verified in time.
    pub status: Timeliness,
    /// Why it needs no check; empty where it does.
    pub permanent: &'c str,
    /// When it was last verified.
    pub last_verified_on: Option<Date>,
    /// Days since then.
    pub age_days: Option<i32>,
    /// Who verified it.
    pub verified_by: &'c str,
    /// By when it must be verified again; nothing where it never was: then, before anybody relies on it.
    pub due_on: Option<Date>,
    /// Who must verify it: its owner in the register, else whoever keeps most of the places that show it; empty where nobody is named.
    pub owner: &'c str,
    /// The owners of the lessons that show it.
    pub owners: Vec<&'c str>,
    /// Where its details come from.
    #[serde(serialize_with = "words")]
    pub source: &'c Contact,
    /// What to check before use.
    pub note: &'c str,
    /// Where it is shown, in reading order.
    pub used: Vec<Use<'c>>,
}

fn words<S: serde::Serializer>(contact: &&Contact, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(contact)
}

/// A place that shows a signpost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
    /// `link`, or the kind of block.
    pub kind: &'static str,
    /// Anchor of the block, or of the section around the link.
    pub anchor: &'c str,
}

impl<'c> SignpostsReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let registered = &basis.curriculum.registers.signposts;
        let mut found = uses(basis, registered.len());
        let mut rows: Vec<SignpostRow<'c>> = registered
            .iter()
            .enumerate()
            .map(|(index, signpost)| row(basis, signpost, std::mem::take(&mut found[index])))
            .collect();
        rows.sort_by_key(|row| (row.status, row.due_on));
        let count = |wanted| rows.iter().filter(|row| row.status == wanted).count();
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            summary: SignpostsSummary {
                signposts: rows.len(),
                current: count(Timeliness::Current),
                due_soon: count(Timeliness::DueSoon),
                overdue: count(Timeliness::Overdue),
                never: count(Timeliness::Never),
                unused: rows.iter().filter(|row| row.used.is_empty()).count(),
                permanent: count(Timeliness::Permanent),
            },
            signposts: rows,
        }
    }
}

/// A place that shows a signpost, and who keeps the file.
struct Shown<'c> {
    place: Use<'c>,
    owner: &'c str,
}

fn row<'c>(basis: &Basis<'c>, signpost: &'c Signpost, shown: Vec<Shown<'c>>) -> SignpostRow<'c> {
    let status = match signpost.permanent.as_str() {
        "" => Timeliness::of(signpost.due(), basis.as_of),
        _ => Timeliness::Permanent,
    };
    let due_on = signpost.due().filter(|_| status != Timeliness::Permanent);
    let age = |date: Date| basis.as_of.since(date).map_or(0, |age| age.get_days());
    let owners = || {
        shown
            .iter()
            .map(|shown| shown.owner)
            .filter(|owner| !owner.is_empty())
    };
    SignpostRow {
        id: &signpost.id,
        name: &signpost.name,
        serves: &signpost.serves,
        phone: &signpost.phone,
        text: &signpost.text,
        relay: &signpost.relay,
        email: &signpost.email,
        web: &signpost.web,
        hours: &signpost.hours,
        cost: &signpost.cost,
        status,
        permanent: &signpost.permanent,
        last_verified_on: signpost.last_verified_on,
        age_days: signpost.last_verified_on.map(age),
        verified_by: &signpost.verified_by,
        due_on,
        owner: match signpost.owner.as_str() {
            "" => most_often(owners()).unwrap_or_default(),
            owner => owner,
        },
        owners: owners().collect::<BTreeSet<_>>().into_iter().collect(),
        source: &signpost.source,
        note: &signpost.note,
        used: shown.into_iter().map(|shown| shown.place).collect(),
    }
}

/// Returns what stands most often in a list; of several such, the one that came first.
fn most_often<'c>(names: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let mut counts: HashMap<&str, (usize, std::cmp::Reverse<usize>)> = HashMap::new();
    for (position, name) in names.enumerate() {
        let count = counts
            .entry(name)
            .or_insert((0, std::cmp::Reverse(position)));
        count.0 += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(name, _)| name)
}

/// Returns the places of each signpost in reading order.
fn uses<'c>(basis: &Basis<'c>, signposts: usize) -> Vec<Vec<Shown<'c>>> {
    let mut all: Vec<Vec<Shown<'c>>> = (0..signposts).map(|_| Vec::new()).collect();
    for id in basis.documents() {
        let mut found = in_document(basis, id);
        found.sort_by_key(|(_, shown)| (shown.line, shown.column));
        for (SignpostId(signpost), place) in found {
            all[signpost as usize].push(Shown {
                place,
                owner: basis.owner(id),
            });
        }
    }
    all
}

fn in_document<'c>(basis: &Basis<'c>, id: DocumentId) -> Vec<(SignpostId, Use<'c>)> {
    let lesson = &basis.curriculum.document(id).lesson;
    let file = basis.file(id);
    let mut found = Vec::new();
    for block in lesson
        .blocks
        .iter()
        .filter(|block| basis.lists(block.audience))
    {
        for signpost in &block.signposts {
            let place = Use {
                file,
                line: block.place.line,
                column: block.place.column,
                kind: block.kind.name(),
                anchor: &block.id,
            };
            found.push((*signpost, place));
        }
    }
    for (link, resolved) in basis.curriculum.links(id) {
        if let Target::Signpost(signpost) = resolved.target
            && basis.lists(link.audience)
        {
            let place = Use {
                file,
                line: link.place.line,
                column: link.place.column,
                kind: "link",
                anchor: lesson.section_anchor(link.section),
            };
            found.push((signpost, place));
        }
    }
    found
}

impl Use<'_> {
    /// Returns where it stands.
    pub fn spot(&self) -> Spot<'_> {
        Spot::line(self.file, self.line, self.anchor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_most_places_keeps_a_service_right() {
        for (names, expected) in [
            (&["Calls", "Debt", "Debt"][..], Some("Debt")),
            (&["Debt", "Calls", "Calls", "Debt"], Some("Debt")),
            (&[], None),
        ] {
            assert_eq!(most_often(names.iter().copied()), expected, "{names:?}");
        }
    }
}
