//! The sheets of the signpost report: one row for each service, and one for each place that shows it.

use super::value::SignpostsReport;
use crate::report::cell::Cell;
use crate::report::table::{Row, Rows, Sheet};

impl SignpostsReport<'_> {
    /// Returns a row for each service, with all that is needed to check it.
    pub(super) fn services(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "signpost",
                "name",
                "status",
                "last_verified_on",
                "due_on",
                "owners",
                "source",
                "owner",
                "verified_by",
                "age_days",
                "permanent",
                "for",
                "phone",
                "text",
                "relay",
                "email",
                "web",
                "hours",
                "cost",
                "note",
                "places",
            ],
            rows: Rows::new(|put| {
                for signpost in &self.signposts {
                    let age = signpost.age_days.map(|days| days.to_string());
                    put(Row::of(&[
                        Cell::text(signpost.id),
                        Cell::text(signpost.name),
                        Cell::status(signpost.status),
                        Cell::Date(signpost.last_verified_on, ""),
                        Cell::Date(signpost.due_on, ""),
                        Cell::text(signpost.owners.join("; ")),
                        Cell::text(&**signpost.source),
                        Cell::text(signpost.owner),
                        Cell::text(signpost.verified_by),
                        Cell::text(age.unwrap_or_default()),
                        Cell::text(signpost.permanent),
                        Cell::text(signpost.serves),
                        Cell::text(signpost.phone),
                        Cell::text(signpost.text),
                        Cell::text(signpost.relay),
                        Cell::text(signpost.email),
                        Cell::text(&**signpost.web),
                        Cell::text(signpost.hours),
                        Cell::text(signpost.cost),
                        Cell::text(signpost.note),
                        Cell::Number(signpost.used.len()),
                    ]))?;
                }
                Ok(())
            }),
        }
    }

    /// Returns a row for each place that shows a service, and one for each service that is shown nowhere.
    pub(super) fn places(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "signpost",
                "name",
                "status",
                "last_verified_on",
                "due_on",
                "owners",
                "source",
                "file",
                "line",
                "column",
                "kind",
            ],
            rows: Rows::new(|put| {
                for signpost in &self.signposts {
                    let owners = signpost.owners.join("; ");
                    let mut cells = vec![
                        Cell::text(signpost.id),
                        Cell::text(signpost.name),
                        Cell::status(signpost.status),
                        Cell::Date(signpost.last_verified_on, ""),
                        Cell::Date(signpost.due_on, ""),
                        Cell::text(&*owners),
                        Cell::text(&**signpost.source),
                    ];
                    let about = cells.len();
                    for place in &signpost.used {
                        cells.truncate(about);
                        cells.extend([
                            Cell::text(place.file),
                            Cell::number(place.line),
                            Cell::number(place.column),
                            Cell::text(place.kind),
                        ]);
                        put(Row::of(&cells).at(place.spot()))?;
                    }
                    if signpost.used.is_empty() {
                        put(Row::of(&cells))?;
                    }
                }
                Ok(())
            }),
        }
    }
}
