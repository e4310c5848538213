//! The freshness report: whose pages must be reviewed by when, and which of them stand as somebody approved them.
//!
//! A page is reviewed in time because its author dated a review. That says nothing about approval, which a reviewer gives to the words as they stand:
//! the two are counted beside each other, over the same pages as in the sign-off report. So are the editorial remarks: questions about the text that
//! nobody has settled yet.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::basis::{Basis, Timeliness, due_on};
use super::cell::{Cell, Spot, Status};
use super::data::{Document, Extent, Figure, Overview, Report, SCHEMA, Section, Task};
use super::table::{Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::curriculum::DocumentId;
use crate::model::review::{Approval, ReviewState};
use crate::model::stretches::{Part, Stretch};
use crate::stages::review::sign_off::states;

/// All pages by owner.
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
    /// Pages: the sum of the next four, and of the last three.
    pub pages: usize,
    /// Reviewed, with time to go.
    pub current: usize,
    /// To be reviewed again within thirty days.
    pub due_soon: usize,
    /// Past their day.
    pub overdue: usize,
    /// Never reviewed.
    pub never: usize,
    /// Changed since they were approved.
    pub suspect: usize,
    /// Standing as they were approved.
    pub approved: usize,
    /// Never approved.
    pub unreviewed: usize,
    /// Editorial remarks on all of them.
    pub editorial: usize,
}

/// An owner's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerRow<'c> {
    /// Who keeps them right; empty where nobody is named.
    pub owner: &'c str,
    /// The numbers of this owner.
    pub summary: FreshnessSummary,
    /// The reviews, the most pressing first.
    pub reviews: Vec<Review<'c>>,
}

/// When a page must be reviewed, and whether it stands as it was approved.
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
    /// Whether it stands as it was approved.
    pub sign_off: Approval,
    /// What has changed since its approval.
    pub changed: Vec<&'static str>,
    /// How many editorial remarks it has.
    pub editorial: usize,
}

impl<'c> FreshnessReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let mut owners: BTreeMap<(bool, &str), Vec<Review<'_>>> = BTreeMap::new();
        for (id, state) in states(basis.curriculum) {
            let owner = basis.owner(id);
            let reviews = owners.entry((owner.is_empty(), owner)).or_default();
            reviews.push(review(basis, id, &state));
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
        self.editorial += review.editorial;
        *match review.sign_off {
            Approval::Approved => &mut self.approved,
            Approval::Suspect => &mut self.suspect,
            // Absent is a sign-off without a page, and this is a page.
            Approval::Unreviewed | Approval::Absent => &mut self.unreviewed,
        } += 1;
        *match review.status {
            Timeliness::Current | Timeliness::Permanent => &mut self.current,
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
        editorial: remarks(&document.lesson.stretches),
    }
}

/// Returns how many editorial remarks there are; one inside another is a part of it.
fn remarks(stretches: &[Stretch]) -> usize {
    let (mut count, mut end) = (0, 0);
    for stretch in stretches {
        if stretch.part == Part::Editorial && stretch.html.start >= end {
            count += 1;
            end = stretch.html.end;
        }
    }
    count
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
            approved,
            unreviewed,
            editorial,
        } = self.summary;
        let remarked = match editorial {
            0 => String::new(),
            number => format!("; {}", counted(number, "editorial remark")),
        };
        Document {
            subject: "Reviews",
            title: "Reviews by owner".into(),
            since: None,
            lede: format!(
                "{}, {current} current, {due_soon} due soon, {overdue} overdue, {never} never reviewed; \
                 {approved} approved, {suspect} changed since approval, {unreviewed} never approved{remarked}",
                counted(pages, "page"),
            ),
            remarks: vec![
                "A review is a date that whoever writes a page has put into it. An approval is a reviewer's, and holds for the words as they stood: \
                 see the sign-off report. Both count every page: modules, units, lessons and the introduction on the home page."
                    .into(),
                "Editorial remarks are questions about the text, marked as `editorial`, that nobody has settled yet.".into(),
            ],
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
                "editorial",
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
                            Cell::Number(review.editorial),
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
        let task = |number, noun, rest| Task {
            number,
            noun,
            rest,
            anchor: "",
        };
        Overview {
            figures: vec![
                Figure {
                    part: summary.current + summary.due_soon,
                    whole: summary.pages,
                    words: "pages are reviewed in time",
                },
                Figure {
                    part: summary.approved,
                    whole: summary.pages,
                    words: "pages stand as they were approved",
                },
            ],
            tasks: vec![
                task(summary.overdue, "page", " overdue for review"),
                task(summary.never, "page", " never reviewed"),
                task(summary.suspect, "page", " changed since approval"),
                task(summary.unreviewed, "page", " never approved"),
                task(summary.editorial, "editorial remark", " in the text"),
            ],
            sections: Vec::new(),
        }
    }
}

impl FreshnessReport<'_> {
    fn by_owner(&self) -> Section<'_> {
        let rows = Rows::of(&self.owners, |owner| {
            let summary = owner.summary;
            [
                Cell::text(owner.shown()),
                Cell::Number(summary.pages),
                Cell::Number(summary.overdue),
                Cell::Number(summary.never),
                Cell::Number(summary.due_soon),
                Cell::Number(summary.current),
                Cell::Number(summary.approved),
                Cell::Number(summary.suspect),
                Cell::Number(summary.unreviewed),
                Cell::Number(summary.editorial),
            ]
        });
        let columns = [
            "Owner",
            "Pages",
            "Overdue",
            "Never reviewed",
            "Due soon",
            "In time",
            "Approved",
            "Changed since approval",
            "Never approved",
            "Editorial remarks",
        ];
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
                        let words = format!("{}: {changed}", sign_off.words);
                        sign_off.said(words)
                    };
                    put(Row::of(&[
                        Cell::Place(Spot::file(review.file)),
                        Cell::text(owner.shown()),
                        Cell::status(review.status),
                        Cell::Date(review.due_on, "now"),
                        Cell::Date(review.last_reviewed_on, "never"),
                        Cell::text(review.review_in.unwrap_or("6 months, by default")),
                        Cell::Status(sign_off),
                        Cell::Number(review.editorial),
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
            "Approval",
            "Remarks",
        ];
        let table = Table {
            caption: "Pages by owner, the most pressing first".into(),
            ..Table::new(columns, rows)
        };
        Section::new("pages", "All pages", table)
    }
}

fn of_owner<'r>(owner: &'r OwnerRow<'_>) -> Section<'r> {
    let rows = Rows::of(&owner.reviews, |review| {
        [
            Cell::Date(review.due_on, "now"),
            Cell::status(review.status),
            Cell::status(review.sign_off),
            Cell::Place(Spot::file(review.file)),
        ]
    });
    let columns = [
        ("by", "Review by"),
        ("status", "Status"),
        ("sign-off", "Sign-off"),
        ("page", "Page"),
    ];
    Section::new(owner.shown(), owner.shown(), Table::new(columns, rows))
}
