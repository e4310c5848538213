//! The freshness report: whose modules and lessons must be reviewed, and by when.

use std::collections::BTreeMap;

use serde::Serialize;

use super::basis::{Timeliness, due_on};
use super::html::{self, Fragment, Places};
use super::screen::push_section;
use super::signposts::owner;
use super::{Basis, Report, SCHEMA, Sheet, counted};
use crate::model::curriculum::{DocumentId, Role};
use crate::model::review::{ReviewState, states};

/// All modules and lessons by owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FreshnessReport {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: String,
    /// The numbers.
    pub summary: FreshnessSummary,
    /// The owners by name; those without one last.
    pub owners: Vec<OwnerRow>,
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
pub struct OwnerRow {
    /// Who keeps them right; empty where nobody is named.
    pub owner: String,
    /// The numbers of this owner.
    pub summary: FreshnessSummary,
    /// The reviews, the most pressing first.
    pub reviews: Vec<Review>,
}

/// When a module's introduction or a lesson must be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// Path from the root.
    pub file: String,
    /// Its title.
    pub title: String,
    /// `overdue`, `never`, `due-soon` or `current`.
    pub status: &'static str,
    /// When it was last reviewed.
    pub last_reviewed_on: Option<String>,
    /// How long a review holds, as written there or in its module; nothing where the default of six months holds.
    pub review_in: Option<String>,
    /// By when it must be reviewed again.
    pub due_on: Option<String>,
    /// Whether it stands as it was signed off: `approved`, `suspect` or `unreviewed`.
    pub sign_off: &'static str,
    /// What has changed since its sign-off.
    pub changed: Vec<&'static str>,
}

impl FreshnessReport {
    /// Makes the report.
    pub fn new(basis: &Basis<'_>) -> Self {
        let mut owners: BTreeMap<(bool, String), Vec<(Timeliness, Review)>> = BTreeMap::new();
        for (id, state) in states(basis.curriculum) {
            if matches!(
                basis.curriculum.document(id).role,
                Role::Module | Role::Lesson
            ) {
                let owner = owner(basis.curriculum, id).to_owned();
                let reviews = owners.entry((owner.is_empty(), owner)).or_default();
                reviews.push(review(basis, id, &state));
            }
        }
        let mut summary = FreshnessSummary::default();
        let owners = owners
            .into_iter()
            .map(|((_, owner), mut reviews)| {
                reviews.sort_by(|(status_a, a), (status_b, b)| {
                    (status_a, &a.due_on).cmp(&(status_b, &b.due_on))
                });
                let mut own = FreshnessSummary::default();
                for (status, review) in &reviews {
                    own.add(*status, review.sign_off);
                    summary.add(*status, review.sign_off);
                }
                OwnerRow {
                    owner,
                    summary: own,
                    reviews: reviews.into_iter().map(|(_, review)| review).collect(),
                }
            })
            .collect();
        Self {
            schema: SCHEMA,
            as_of: basis.as_of.to_string(),
            summary,
            owners,
        }
    }
}

impl FreshnessSummary {
    fn add(&mut self, status: Timeliness, sign_off: &str) {
        self.pages += 1;
        self.suspect += usize::from(sign_off == "suspect");
        *match status {
            Timeliness::Current => &mut self.current,
            Timeliness::DueSoon => &mut self.due_soon,
            Timeliness::Overdue => &mut self.overdue,
            Timeliness::Never => &mut self.never,
        } += 1;
    }
}

fn review(basis: &Basis<'_>, id: DocumentId, state: &ReviewState<'_>) -> (Timeliness, Review) {
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
        .map(|review_in| review_in.value.clone());
    let due_on = due_on(front.last_reviewed_on, review_in.as_deref());
    let status = Timeliness::of(due_on, basis.as_of);
    let review = Review {
        file: basis.file(id).to_owned(),
        title: front.title.clone(),
        status: status.name(),
        last_reviewed_on: front.last_reviewed_on.map(|date| date.to_string()),
        review_in,
        due_on: due_on.map(|date| date.to_string()),
        sign_off: state.name(),
        changed: state.changed().to_vec(),
    };
    (status, review)
}

impl OwnerRow {
    /// Returns the owner as people read it.
    pub fn shown(&self) -> &str {
        if self.owner.is_empty() {
            "No owner named"
        } else {
            &self.owner
        }
    }
}

impl Report for FreshnessReport {
    const NAME: &'static str = "freshness";

    fn sheet(&self) -> Sheet<'_> {
        let rows = self.owners.iter().flat_map(|owner| {
            owner.reviews.iter().map(|review| {
                vec![
                    owner.owner.as_str().into(),
                    review.file.as_str().into(),
                    review.title.as_str().into(),
                    review.status.into(),
                    review
                        .last_reviewed_on
                        .as_deref()
                        .unwrap_or_default()
                        .into(),
                    review.review_in.as_deref().unwrap_or_default().into(),
                    review.due_on.as_deref().unwrap_or_default().into(),
                    review.sign_off.into(),
                    review.changed.join("; ").into(),
                ]
            })
        });
        Sheet {
            columns: vec![
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
            rows: Box::new(rows),
        }
    }

    fn table(&self) -> String {
        let FreshnessSummary {
            pages,
            current,
            due_soon,
            overdue,
            never,
            suspect,
        } = self.summary;
        let mut out = format!(
            "Reviews as of {}: {}, {current} current, {due_soon} due soon, {overdue} overdue, {never} never reviewed, {suspect} changed since sign-off\n",
            self.as_of,
            counted(pages, "page"),
        );
        for owner in &self.owners {
            let rows: Vec<Vec<String>> = owner
                .reviews
                .iter()
                .map(|review| {
                    vec![
                        review.due_on.clone().unwrap_or_else(|| "now".to_owned()),
                        review.status.to_owned(),
                        review.sign_off.to_owned(),
                        review.file.clone(),
                    ]
                })
                .collect();
            push_section(
                &mut out,
                owner.shown(),
                &["by", "status", "sign-off", "page"],
                &rows,
            );
        }
        out
    }

    fn fragment(&self, places: &Places<'_>) -> Fragment {
        html::freshness::fragment(self, places)
    }
}
