//! The signpost report: who must verify which support service by when, with what to ring or look at, and where it is shown.

mod sheets;
mod value;

use super::basis::Timeliness;
use super::cell::{Cell, Status, Target, Tone};
use super::data::{Document, Extent, Figure, List, Overview, Report, Section, Task};
use super::table::{Row, Rows, Sheet, Table};
use super::words::{ago, counted, long_date};
use crate::model::address::Contact;

pub use value::{SignpostRow, SignpostsReport, SignpostsSummary, Use};

impl Report for SignpostsReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let SignpostsSummary {
            signposts,
            current,
            due_soon,
            overdue,
            never,
            unused,
            permanent,
        } = self.summary;
        let mut lede = format!(
            "{}, {current} verified, {due_soon} due soon, {overdue} overdue, {never} never verified; {unused} shown nowhere",
            counted(signposts, "signpost"),
        );
        if permanent > 0 {
            lede.push_str(&format!("; {permanent} in need of no check"));
        }
        Document {
            subject: "Signposts",
            title: "Signposts: support services to verify".into(),
            since: None,
            lede,
            remarks: Vec::new(),
            sections: vec![match extent {
                Extent::Brief => self.to_verify(),
                Extent::Full => self.in_detail(),
            }],
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        self.services()
    }

    fn lists(&self) -> Vec<List<'_>> {
        vec![List {
            name: "places",
            about: "every place that shows a service",
            sheet: self.places(),
        }]
    }

    fn overview(&self) -> Overview<'_> {
        let summary = self.summary;
        let task = |number, rest| Task {
            number,
            noun: "support service",
            rest,
            anchor: "",
        };
        Overview {
            figures: vec![Figure {
                part: summary.current + summary.due_soon + summary.permanent,
                whole: summary.signposts,
                words: "support services are verified",
            }],
            tasks: vec![
                task(summary.overdue, " overdue for verification"),
                task(summary.never, " never verified"),
            ],
            sections: Vec::new(),
        }
    }
}

impl SignpostsReport<'_> {
    fn to_verify(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for signpost in &self.signposts {
                put(Row::of(&[
                    Cell::text(signpost.id),
                    Cell::status(signpost.status),
                    signpost.due_on(),
                    Cell::text(signpost.age()),
                    Cell::text(signpost.phone),
                    Cell::Number(signpost.used.len()),
                    Cell::text(signpost.owner),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("signpost", "Signpost"),
            ("status", "Status"),
            ("by", "Verify by"),
            ("checked", "Checked"),
            ("phone", "Phone"),
            ("places", "Places"),
            ("by whom", "By whom"),
        ];
        Section::new("to-verify", "To verify", Table::new(columns, rows))
    }

    fn in_detail(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for signpost in &self.signposts {
                let places = signpost.used.iter().map(|place| Cell::Place(place.spot()));
                let cells = [
                    Cell::text(signpost.name),
                    Cell::text(signpost.phone),
                    Cell::text(signpost.hours),
                    linked(signpost.web),
                    Cell::Noted(signpost.source, signpost.note),
                    Cell::Status(signpost.checked()),
                    signpost.due_on(),
                    Cell::text(match signpost.owner {
                        "" => "Whoever keeps the register",
                        owner => owner,
                    }),
                    Cell::Folded(
                        counted(signpost.used.len(), "place").into(),
                        places.collect(),
                        Status::new("unused", Tone::Poor).said("Nowhere"),
                    ),
                ];
                put(Row::of(&cells).with_id(&format!("signpost-{}", signpost.id)))?;
            }
            Ok(())
        });
        let columns = [
            "Service",
            "Phone",
            "Hours",
            "Web",
            "Details from",
            "Last verified",
            "Verify by",
            "By whom",
            "Shown in",
        ];
        Section {
            without: "The register of signposts is empty.",
            ..Section::new(
                "to-verify",
                "Who must verify what by when",
                Table::new(columns, rows),
            )
        }
    }
}

impl SignpostRow<'_> {
    /// Returns the day by which it must be verified again.
    fn due_on(&self) -> Cell<'static> {
        let without = match self.status {
            Timeliness::Permanent => "",
            _ => "now",
        };
        Cell::Date(self.due_on, without)
    }

    /// Returns how long ago it was verified.
    fn age(&self) -> String {
        self.age_days.map_or_else(|| "never".into(), ago)
    }

    /// Returns whether it was verified, and by whom when; or why it need not be.
    fn checked(&self) -> Status<'_> {
        let status = Status::from(self.status);
        let Some(date) = self.last_verified_on else {
            return match self.status {
                Timeliness::Permanent => status.said(format!("Needs no check: {}", self.permanent)),
                _ => status.said("Never"),
            };
        };
        let mut words = format!("{}, {}", long_date(date), self.age());
        if !self.verified_by.is_empty() {
            words.push_str(&format!(", by {}", self.verified_by));
        }
        match self.status {
            Timeliness::Overdue => words.push_str(": overdue"),
            Timeliness::DueSoon => words.push_str(": due soon"),
            Timeliness::Permanent => {
                words.push_str(&format!("; needs no check: {}", self.permanent));
            }
            Timeliness::Current | Timeliness::Never => {}
        }
        status.said(words)
    }
}

/// Returns the words of a web address without what browsers add, as a link.
fn linked(contact: &Contact) -> Cell<'_> {
    let words = contact.trim_start_matches("https://").trim_end_matches('/');
    Cell::Link(words.into(), Target::of(contact))
}
