//! The sign-off report: which pages stand as they were signed off, and what has changed on those that do not.
//!
//! A row for every page in reading order, then one for every sign-off whose page is absent.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use super::approved::{AsApproved, SinceApproval};
use super::basis::Basis;
use super::cell::{Cell, Spot};
use super::changes::{listed, of_sections};
use super::data::{Document, Extent, Report, SCHEMA, Section};
use super::table::{Row, Rows, Sheet, Table};
use super::words::{counted, long_date};
use crate::model::review::Approval;
use crate::stages::review::sign_off::states;

/// All sign-offs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers.
    pub summary: ReviewsSummary,
    /// The pages in reading order, then what is absent.
    pub reviews: Vec<ReviewRow<'c>>,
}

/// The numbers of the sign-offs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ReviewsSummary {
    /// Pages that stand as they were signed off.
    pub approved: usize,
    /// Pages that have changed since.
    pub suspect: usize,
    /// Pages that nobody has signed off.
    pub unreviewed: usize,
    /// Sign-offs without a page.
    pub absent: usize,
}

/// One page, or one sign-off without a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewRow<'c> {
    /// Path relative to the root, with `/`.
    pub file: Cow<'c, str>,
    /// Path below `modules/`.
    #[serde(skip)]
    pub path: &'c str,
    /// The page's title.
    pub title: &'c str,
    /// What became of the sign-off.
    pub state: Approval,
    /// What has changed since the sign-off.
    pub changed: Vec<&'static str>,
    /// The same in sentences, where somebody has looked for how the page read.
    pub since_approval: Option<SinceApproval<'c>>,
    /// Who signed off last.
    pub reviewer: Option<&'c str>,
    /// When.
    pub approved_on: Option<Date>,
}

impl<'c> ReviewsReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let mut rows: Vec<ReviewRow<'c>> = states(basis.curriculum)
            .into_iter()
            .map(|(id, state)| {
                let lesson = &basis.curriculum.document(id).lesson;
                let sign_off = state.sign_off();
                ReviewRow {
                    since_approval: None,
                    file: lesson.path.from_root().into(),
                    path: lesson.path.as_str(),
                    title: &lesson.front.title,
                    state: state.approval(),
                    changed: state.changed().to_vec(),
                    reviewer: sign_off.map(|sign_off| sign_off.reviewer.as_str()),
                    approved_on: sign_off.map(|sign_off| sign_off.approved_on),
                }
            })
            .collect();
        let pages: HashSet<&str> = rows.iter().map(|row| row.path).collect();
        let sign_offs = &basis.curriculum.registers.sign_offs;
        let absent = sign_offs
            .iter()
            .filter(|sign_off| !pages.contains(sign_off.path.as_str()));
        rows.extend(absent.map(|sign_off| ReviewRow {
            file: format!("modules/{}", sign_off.path).into(),
            path: &sign_off.path,
            title: "",
            since_approval: None,
            state: Approval::Absent,
            changed: Vec::new(),
            reviewer: Some(&sign_off.reviewer),
            approved_on: Some(sign_off.approved_on),
        }));
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            summary: ReviewsSummary::of(&rows),
            reviews: rows,
        }
    }

    /// Adds how pages read when they were signed off.
    pub fn with(mut self, approved: &'c [AsApproved]) -> Self {
        let by_path: HashMap<&str, &AsApproved> = approved
            .iter()
            .map(|page| (page.path.as_str(), page))
            .collect();
        for row in &mut self.reviews {
            row.since_approval = by_path.get(row.path).map(|page| page.since());
        }
        self
    }

    /// Leaves out the rows whose paths below `modules/` are not meant.
    pub fn retain(&mut self, meant: impl Fn(&str) -> bool) {
        self.reviews.retain(|row| meant(row.path));
        self.summary = ReviewsSummary::of(&self.reviews);
    }
}

impl ReviewsReport<'_> {
    /// Returns for each page that has changed since it was signed off how it read and how it reads: beside each other, and in brief one after the other.
    fn since_approval(&self, extent: Extent) -> Vec<Section<'_>> {
        let pages = self.reviews.iter().enumerate();
        let pages = pages.filter_map(|(index, row)| {
            let since = row.since_approval.as_ref()?;
            let title = [Cell::text("Since approval: "), Cell::text(row.title)];
            let table = match extent {
                Extent::Brief => listed(&row.file, &since.sections),
                Extent::Full => of_sections(&row.file, &since.sections),
            };
            Some(Section {
                lede: vec![
                    [Cell::Place(Spot::file(&row.file))].into(),
                    since.in_words(row).into(),
                ],
                without: match since.revision {
                    Some(_) => "Its sentences, answers and links are the same.",
                    None => "There is nothing to show.",
                },
                ..Section::new(format!("since-approval-{}", index + 1), title, table)
            })
        });
        pages.collect()
    }
}

impl SinceApproval<'_> {
    /// Says what is held against what.
    fn in_words(&self, row: &ReviewRow<'_>) -> String {
        let reviewer = row.reviewer.unwrap_or_default();
        let day = row.approved_on.map(long_date).unwrap_or_default();
        let what = row.changed.join(", ");
        match (self.revision, self.day) {
            (Some(revision), Some(of)) => format!(
                "{reviewer} approved it on {day}; changed since: {what}. Before is the newest revision that reads as it was approved, {revision} of {}.",
                long_date(of)
            ),
            _ => format!(
                "{reviewer} approved it on {day}; changed since: {what}. How it read cannot be shown: {}.",
                self.reason
            ),
        }
    }
}

impl ReviewsSummary {
    fn of(rows: &[ReviewRow<'_>]) -> Self {
        let count = |state| rows.iter().filter(|row| row.state == state).count();
        Self {
            approved: count(Approval::Approved),
            suspect: count(Approval::Suspect),
            unreviewed: count(Approval::Unreviewed),
            absent: count(Approval::Absent),
        }
    }
}

impl ReviewRow<'_> {
    /// Names the page; what is absent is no place.
    fn page(&self) -> Cell<'_> {
        if self.state == Approval::Absent {
            Cell::Code(&self.file)
        } else {
            Cell::Place(Spot::file(&self.file))
        }
    }
}

impl Report for ReviewsReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let ReviewsSummary {
            approved,
            suspect,
            unreviewed,
            absent,
        } = self.summary;
        let rows = Rows::of(&self.reviews, |review| {
            [
                review.page(),
                Cell::status(review.state),
                Cell::Date(review.approved_on, ""),
                Cell::text(review.reviewer.unwrap_or_default()),
                Cell::text(review.changed.join(", ")),
            ]
        });
        let columns = [
            ("page", "Page"),
            ("state", "State"),
            ("approved on", "Approved on"),
            ("by", "By"),
            ("changed since", "Changed since"),
        ];
        Document {
            subject: "Sign-off",
            title: "Sign-off: what stands as it was approved".into(),
            since: None,
            lede: format!(
                "{}, {approved} approved, {suspect} suspect, {unreviewed} unreviewed; {absent} absent",
                counted(self.reviews.len() - absent, "page"),
            ),
            remarks: vec![
                "A page is suspect when its words, a topic that it carries or a claim that it carries have changed since somebody signed it off, \
                 and absent when it was removed or renamed, or is a draft."
                    .into(),
            ],
            sections: std::iter::once(Section {
                without: "There are no pages.",
                ..Section::new("pages", "Pages", Table::new(columns, rows))
            })
            .chain(self.since_approval(extent))
            .collect(),
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "file",
                "title",
                "state",
                "reviewer",
                "approved_on",
                "changed",
            ],
            rows: Rows::new(|put| {
                for review in &self.reviews {
                    let cells = [
                        Cell::text(&*review.file),
                        Cell::text(review.title),
                        Cell::status(review.state),
                        Cell::text(review.reviewer.unwrap_or_default()),
                        Cell::Date(review.approved_on, ""),
                        Cell::text(review.changed.join("; ")),
                    ];
                    put(Row::of(&cells).at(Spot::file(&review.file)))?;
                }
                Ok(())
            }),
        }
    }
}
