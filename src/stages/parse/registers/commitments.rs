//! Reads a public statement and its claims.

use jiff::civil::Date;

use super::entry::{first_line, former};
use crate::model::address::Address;
use crate::model::evidence::EvidenceDepth;
use crate::model::registers::{Claim, Commitment, Standing};
use crate::model::{Place, Rule};
use crate::stages::parse::table::{Reader, TomlFile};

const STANDINGS: [(&str, Standing); 3] = [
    ("current", Standing::Current),
    ("superseded", Standing::Superseded),
    ("withdrawn", Standing::Withdrawn),
];

/// How deep a claim is to be borne out.
const EXPECTED: [(&str, Option<EvidenceDepth>); 4] = [
    ("", None),
    (EvidenceDepth::Said.name(), Some(EvidenceDepth::Said)),
    (
        EvidenceDepth::Practised.name(),
        Some(EvidenceDepth::Practised),
    ),
    (
        EvidenceDepth::Assessed.name(),
        Some(EvidenceDepth::Assessed),
    ),
];

pub(super) fn commitment(reader: &mut Reader<'_, '_, '_>) -> Option<Commitment> {
    let id = reader.required_text("id");
    let title = reader.title("title");
    let body = reader.passage("body").into();
    let asked_on = reader.past_day("asked_on");
    let answered_on = reader.past_day("answered_on");
    report_order(reader.file(), asked_on, answered_on);
    let source = reader.contact("source", Address::source);
    let status = reader.choice("status", &STANDINGS);
    let mut claims = Vec::new();
    for (table, place) in reader.tables("claim") {
        let mut inner = Reader::new(table, first_line(place), reader.file());
        let id = inner.required_text("id");
        let former_ids = inner.titles("former_ids");
        let text = inner.passage("text").into();
        let status = inner.choice("status", &STANDINGS);
        let expects = inner.choice("expects", &EXPECTED);
        let note = inner.passage("note").into();
        inner.finish();
        if let Some(id) = id {
            claims.push(Claim {
                id: id.value,
                place: id.place,
                former_ids,
                text,
                status,
                expects,
                note,
            });
        }
    }
    let id = id?;
    Some(Commitment {
        id: id.value,
        place: id.place,
        title,
        body,
        asked_on,
        answered_on,
        source,
        status,
        claims,
    })
}

/// Reports an answer that was given before its question.
fn report_order(file: &mut TomlFile<'_>, asked_on: Option<Date>, answered_on: Option<Date>) {
    let (Some(asked), Some(answered)) = (asked_on, answered_on) else {
        return;
    };
    if answered < asked {
        let place = file.days.last().map_or(Place::START, |day| day.place);
        let message = format!("`answered_on` is {answered}, before `asked_on`, which is {asked}");
        let help = "correct the one that is wrong: an answer follows its question";
        file.report(Rule::DoubtfulDate, place, message, Some(help.into()));
    }
}

/// Returns every id that one of them has or had, with its place.
pub(super) fn ids(commitments: &[Commitment]) -> impl Iterator<Item = (&str, Place)> {
    commitments
        .iter()
        .map(|commitment| (commitment.id.as_str(), commitment.place))
}

/// Returns every id that a claim has or had, with its place.
pub(super) fn claim_ids(commitments: &[Commitment]) -> impl Iterator<Item = (&str, Place)> {
    let claims = || commitments.iter().flat_map(|commitment| &commitment.claims);
    claims()
        .map(|claim| (claim.id.as_str(), claim.place))
        .chain(former(claims().map(|claim| &claim.former_ids)))
}
