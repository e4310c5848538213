//! Reads who approved which page.

use crate::model::review::{Fingerprint, SignOff};
use crate::model::{Place, Rule};
use crate::stages::parse::table::Reader;

pub(super) fn sign_off(reader: &mut Reader<'_, '_, '_>) -> Option<(Place, SignOff)> {
    let path = reader.required_text("path");
    let fingerprint = reader.required_text("fingerprint");
    let reviewer = reader.required_text("reviewer");
    let approved_on = reader.past_day("approved_on");
    let place = reader.place();
    if approved_on.is_none() {
        let help = Some("add `approved_on = 2026-11-21`".to_owned());
        reader.file().report(
            Rule::InvalidRegister,
            place,
            "this review has no date".into(),
            help,
        );
    }
    let (path, fingerprint) = (path?, fingerprint?);
    let parsed: Result<Fingerprint, _> = fingerprint.value.parse();
    if let Err(error) = parsed {
        reader.file().report(
            Rule::InvalidRegister,
            fingerprint.place,
            error.to_string(),
            Some("leave it to `throughline review approve`".into()),
        );
    }
    let sign_off = SignOff {
        path: path.value,
        fingerprint: parsed.ok()?,
        reviewer: reviewer?.value,
        approved_on: approved_on?,
    };
    Some((path.place, sign_off))
}

/// Returns the pages that are signed off, each with the place of its entry.
pub(super) fn paths(entries: &[(Place, SignOff)]) -> impl Iterator<Item = (&str, Place)> {
    entries
        .iter()
        .map(|(place, sign_off)| (sign_off.path.as_str(), *place))
}
