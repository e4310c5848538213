//! The freshness report: whose modules and lessons must be reviewed, and by when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::basis::{Basis, Timeliness, due_on};
use super::cell::{Cell, Spot, Status};
use super::data::{Document, Extent, Figure, Overview, Report, SCHEMA, Section, Task};
use super::table::{Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::curriculum::{DocumentId, Role};
use crate::model::review::{Approval, ReviewState, states};

/// All modules and lessons by owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FreshnessReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers.
    pub summary: FreshnessSummary,
    /// The owners by name; those without one last.
    pub owners: Vec<OwnerRow<'c>>,
}

/// The numbers of the reviews.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FreshnessSummary {
    /// Modules and lessons: the sum of the next four.
    pub pages: usize,
    /// Reviewed, with time to go.
    pub current: usize,
    /// To be reviewed again within thirty days.
    pub due_soon: usize,
    /// Past their day.
    pub overdue: usize,
    /// Never reviewed.
    pub never: usize,
    /// Changed since they were signed off.
    pub suspect: usize,
}

/// An owner's modules and lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerRow<'c> {
    /// Who keeps them right; empty where nobody is named.
    pub owner: &'c str,
    /// The numbers of this owner.
    pub summary: FreshnessSummary,
    /// The reviews, the most pressing first.
    pub reviews: Vec<Review<'c>>,
}

/// When a module's introduction or a lesson must be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Its title.
    pub title: &'c str,
    /// Whether it was reviewed in time.
    pub status: Timeliness,
    /// When it was last reviewed.
    pub last_reviewed_on: Option<Date>,
    /// How long a review holds, as written there or in its module; nothing where the default of six months holds.
    pub review_in: Option<&'c str>,
    /// By when it must be reviewed again.
    pub due_on: Option<Date>,
    /// Whether it stands as it was signed off.
    pub sign_off: Approval,
    /// What has changed since its sign-off.
    pub changed: Vec<&'static str>,
}

impl<'c> FreshnessReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let mut owners: BTreeMap<(bool, &str), Vec<Review<'_>>> = BTreeMap::new();
        for (id, state) in states(basis.curriculum) {
            if matches!(
                basis.curriculum.document(id).role,
                Role::Module | Role::Lesson
            ) {
                let owner = basis.owner(id);
                let reviews = owners.entry((owner.is_empty(), owner)).or_default();
                reviews.push(review(basis, id, &state));
            }
        }
        let mut summary = FreshnessSummary::default();
        let owners = owners
            .into_iter()
            .map(|((_, owner), mut reviews)| {
                reviews.sort_by_key(|review| (review.status, review.due_on));
                let mut own = FreshnessSummary::default();
                for review in &reviews {
                    own.add(review);
                    summary.add(review);
                }
                OwnerRow {
                    owner,
                    summary: own,
                    reviews,
                }
            })
            .collect();
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            summary,
            owners,
        }
    }
}

impl FreshnessSummary {
    fn add(&mut self, review: &Review<'_>) {
        self.pages += 1;
        self.suspect += usize::from(review.sign_off == Approval::Suspect);
        *match review.status {
            Timeliness::Current => &mut self.current,
            Timeliness::DueSoon => &mut self.due_soon,
            Timeliness::Overdue => &mut self.overdue,
            Timeliness::Never => &mut self.never,
        } += 1;
    }
}

fn review<'c>(basis: &Basis<'c>, id: DocumentId, state: &ReviewState<'_>) -> Review<'c> {
    let document = basis.curriculum.document(id);
    let front = &document.lesson.front;
    let module = document
        .module
        .and_then(|module| basis.curriculum.module(module).index)
        .map(|index| &basis.curriculum.document(index).lesson.front);
    let review_in = front
        .review_in
        .as_ref()
        .or_else(|| module.and_then(|module| module.review_in.as_ref()))
        .map(|review_in| review_in.value.as_str());
    let due_on = due_on(front.last_reviewed_on, review_in);
    Review {
        file: basis.file(id),
        title: &front.title,
        status: Timeliness::of(due_on, basis.as_of),
        last_reviewed_on: front.last_reviewed_on,
        review_in,
        due_on,
        sign_off: state.approval(),
        changed: state.changed().to_vec(),
    }
}

impl OwnerRow<'_> {
    /// Returns the owner as people read it.
    pub fn shown(&self) -> &str {
        if self.owner.is_empty() {
            "No owner named"
        } else {
            self.owner
        }
    }
}

impl Report for FreshnessReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let FreshnessSummary {
            pages,
            current,
            due_soon,
            overdue,
            never,
            suspect,
        } = self.summary;
        Document {
            subject: "Reviews",
            title: "Reviews by owner".into(),
            since: None,
            lede: format!(
                "{}, {current} current, {due_soon} due soon, {overdue} overdue, {never} never reviewed, {suspect} changed since sign-off",
                counted(pages, "page"),
            ),
            remarks: Vec::new(),
            sections: match extent {
                Extent::Brief => self.owners.iter().map(of_owner).collect(),
                Extent::Full => vec![self.by_owner(), self.pages()],
            },
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "owner",
                "file",
                "title",
                "status",
                "last_reviewed_on",
                "review_in",
                "due_on",
                "sign_off",
                "changed",
            ],
            rows: Rows::new(|put| {
                for owner in &self.owners {
                    for review in &owner.reviews {
                        let cells = [
                            Cell::text(owner.owner),
                            Cell::text(review.file),
                            Cell::text(review.title),
                            Cell::status(review.status),
                            Cell::Date(review.last_reviewed_on, ""),
                            Cell::text(review.review_in.unwrap_or_default()),
                            Cell::Date(review.due_on, ""),
                            Cell::status(review.sign_off),
                            Cell::text(review.changed.join("; ")),
                        ];
                        put(Row::of(&cells).at(Spot::file(review.file)))?;
                    }
                }
                Ok(())
            }),
        }
    }

    fn overview(&self) -> Overview<'_> {
        let summary = self.summary;
        let task = |number, rest| Task {
            number,
            noun: "page",
            rest,
            anchor: "",
        };
        Overview {
            figures: vec![Figure {
                part: summary.current + summary.due_soon,
                whole: summary.pages,
                words: "pages are reviewed in time",
            }],
            tasks: vec![
                task(summary.overdue, " overdue for review"),
                task(summary.never, " never reviewed"),
                task(summary.suspect, " changed since its sign-off"),
            ],
            sections: Vec::new(),
        }
    }
}

impl FreshnessReport<'_> {
    fn by_owner(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for owner in &self.owners {
                let summary = owner.summary;
                put(Row::of(&[
                    Cell::text(owner.shown()),
                    Cell::Number(summary.pages),
                    Cell::Number(summary.overdue),
                    Cell::Number(summary.never),
                    Cell::Number(summary.due_soon),
                    Cell::Number(summary.current),
                ]))?;
            }
            Ok(())
        });
        let columns = ["Owner", "Pages", "Overdue", "Never", "Due soon", "In time"];
        Section::new("owners", "Owners", Table::new(columns, rows))
    }

    fn pages(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for owner in &self.owners {
                for review in &owner.reviews {
                    let sign_off = Status::from(review.sign_off);
                    let sign_off = if review.changed.is_empty() {
                        sign_off
                    } else {
                        let changed = review.changed.join(" and ");
                        sign_off.said(format!("suspect: changed in {changed}"))
                    };
                    put(Row::of(&[
                        Cell::Place(Spot::file(review.file)),
                        Cell::text(owner.shown()),
                        Cell::status(review.status),
                        Cell::Date(review.due_on, "now"),
                        Cell::Date(review.last_reviewed_on, "never"),
                        Cell::text(review.review_in.unwrap_or("6 months, by default")),
                        Cell::Status(sign_off),
                    ]))?;
                }
            }
            Ok(())
        });
        let columns = [
            "Page",
            "Owner",
            "Status",
            "Review by",
            "Last reviewed",
            "Holds for",
            "Sign-off",
        ];
        let table = Table {
            caption: "Modules and lessons by owner, the most pressing first".into(),
            ..Table::new(columns, rows)
        };
        Section::new("pages", "All pages", table)
    }
}

fn of_owner<'r>(owner: &'r OwnerRow<'_>) -> Section<'r> {
    let rows = Rows::new(|put| {
        for review in &owner.reviews {
            put(Row::of(&[
                Cell::Date(review.due_on, "now"),
                Cell::status(review.status),
                Cell::status(review.sign_off),
                Cell::Place(Spot::file(review.file)),
            ]))?;
        }
        Ok(())
    });
    let columns = [
        ("by", "Review by"),
        ("status", "Status"),
        ("sign-off", "Sign-off"),
        ("page", "Page"),
    ];
    Section::new(owner.shown(), owner.shown(), Table::new(columns, rows))
}
