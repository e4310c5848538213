//! The signpost report: who must verify which support service by when, and where it is shown.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::basis::{Basis, Timeliness};
use super::cell::{Cell, Spot, Status, Tone};
use super::data::{Document, Extent, Figure, Overview, Report, SCHEMA, Section, Task};
use super::table::{Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::curriculum::{DocumentId, Target};
use crate::model::registers::{Signpost, SignpostId};

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
    /// Signposts in the register: the sum of the next four.
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
}

/// A signpost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignpostRow<'c> {
    /// Its id.
    pub id: &'c str,
    /// The service's name.
    pub name: &'c str,
    /// Whether it was verified in time.
    pub status: Timeliness,
    /// When it was last verified.
    pub last_verified_on: Option<Date>,
    /// By when it must be verified again; nothing where it never was: then, before anybody relies on it.
    pub due_on: Option<Date>,
    /// Who must verify it: the owners of the lessons that show it.
    pub owners: Vec<&'c str>,
    /// Where its details come from.
    pub source: &'c str,
    /// What to check before use.
    pub note: &'c str,
    /// Where it is shown, in reading order.
    pub used: Vec<Use<'c>>,
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
    let due_on = signpost.due();
    let owners: BTreeSet<&str> = shown
        .iter()
        .map(|shown| shown.owner)
        .filter(|owner| !owner.is_empty())
        .collect();
    SignpostRow {
        id: &signpost.id,
        name: &signpost.name,
        status: Timeliness::of(due_on, basis.as_of),
        last_verified_on: signpost.last_verified_on,
        due_on,
        owners: owners.into_iter().collect(),
        source: &signpost.source,
        note: &signpost.note,
        used: shown.into_iter().map(|shown| shown.place).collect(),
    }
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
        .filter(|block| basis.lists(block.facilitator))
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
            && basis.lists(link.facilitator)
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
    fn spot(&self) -> Spot<'_> {
        Spot {
            file: self.file,
            line: self.line,
            column: 0,
            anchor: self.anchor,
        }
    }
}

impl Report for SignpostsReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let SignpostsSummary {
            signposts,
            current,
            due_soon,
            overdue,
            never,
            unused,
        } = self.summary;
        Document {
            subject: "Signposts",
            title: "Signposts: support services to verify".into(),
            since: None,
            lede: format!(
                "{}, {current} verified, {due_soon} due soon, {overdue} overdue, {never} never verified; {unused} shown nowhere",
                counted(signposts, "signpost"),
            ),
            remarks: Vec::new(),
            sections: vec![match extent {
                Extent::Brief => self.to_verify(),
                Extent::Full => self.in_detail(),
            }],
        }
    }

    fn sheet(&self) -> Sheet<'_> {
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
                    let about = || {
                        [
                            Cell::text(signpost.id),
                            Cell::text(signpost.name),
                            Cell::status(signpost.status),
                            Cell::Date(signpost.last_verified_on, ""),
                            Cell::Date(signpost.due_on, ""),
                            Cell::text(&*owners),
                            Cell::text(signpost.source),
                        ]
                    };
                    for place in &signpost.used {
                        let [a, b, c, d, e, f, g] = about();
                        let cells = [
                            a,
                            b,
                            c,
                            d,
                            e,
                            f,
                            g,
                            Cell::text(place.file),
                            Cell::number(place.line),
                            Cell::number(place.column),
                            Cell::text(place.kind),
                        ];
                        put(Row::of(&cells).at(place.spot()))?;
                    }
                    if signpost.used.is_empty() {
                        put(Row::of(&about()))?;
                    }
                }
                Ok(())
            }),
        }
    }

    fn overview(&self) -> Overview<'_> {
        let summary = self.summary;
        Overview {
            figures: vec![Figure {
                part: summary.current + summary.due_soon,
                whole: summary.signposts,
                words: "support services are verified",
            }],
            tasks: vec![
                Task {
                    number: summary.overdue,
                    noun: "support service",
                    rest: " overdue for verification",
                    anchor: "",
                },
                Task {
                    number: summary.never,
                    noun: "support service",
                    rest: " never verified",
                    anchor: "",
                },
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
                    Cell::Date(signpost.due_on, "now"),
                    Cell::Number(signpost.used.len()),
                    Cell::text(signpost.owners.join("; ")),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("signpost", "Signpost"),
            ("status", "Status"),
            ("by", "Verify by"),
            ("places", "Places"),
            ("by whom", "By whom"),
        ];
        Section::new("to-verify", "To verify", Table::new(columns, rows))
    }

    fn in_detail(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for signpost in &self.signposts {
                let owners = if signpost.owners.is_empty() {
                    "Whoever keeps the register".to_owned()
                } else {
                    signpost.owners.join("; ")
                };
                let places = signpost.used.iter().map(|place| Cell::Place(place.spot()));
                let cells = [
                    Cell::text(signpost.name),
                    Cell::Status(verified(signpost.status)),
                    Cell::Date(signpost.due_on, "before use"),
                    Cell::Date(signpost.last_verified_on, "never"),
                    Cell::text(owners),
                    Cell::Noted(signpost.source, signpost.note),
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
            "Status",
            "Verify by",
            "Last verified",
            "By whom",
            "Details from",
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

/// Returns whether details were verified, as readers say it.
fn verified(status: Timeliness) -> Status<'static> {
    let words = match status {
        Timeliness::Never => "Never verified",
        Timeliness::Current => "Verified",
        Timeliness::DueSoon => "Due soon",
        Timeliness::Overdue => "Overdue",
    };
    Status::from(status).said(words)
}
