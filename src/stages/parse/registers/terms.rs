//! Reads an entry of the house language.

use crate::model::registers::Term;
use crate::model::{Rule, Severity};
use crate::stages::parse::table::Reader;

pub(super) fn term(reader: &mut Reader<'_, '_, '_>) -> Option<Term> {
    let avoid = reader.titles("avoid");
    let term = Term {
        place: reader.place(),
        instead: reader.text("use"),
        severity: reader.choice(
            "severity",
            &[
                ("", None),
                ("error", Some(Severity::Error)),
                ("warning", Some(Severity::Warning)),
                ("info", Some(Severity::Info)),
            ],
        ),
        reason: reader.passage("reason").into(),
        retired_on: reader.any_day("retired_on"),
        successor: reader.text("successor"),
        avoid,
    };
    if term.avoid.is_empty() {
        // What is given and cannot be used has been said.
        if !reader.gives("avoid") {
            let help = "add `avoid = [\"...\"]`".to_owned();
            let message = "this term names nothing to avoid".to_owned();
            reader
                .file()
                .report(Rule::InvalidRegister, term.place, message, Some(help));
        }
        return None;
    }
    Some(term)
}
