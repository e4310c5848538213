//! The signpost report: who must verify which support service by when, and where it is shown.

use std::collections::BTreeSet;

use serde::Serialize;

use super::basis::Timeliness;
use super::html::{self, Fragment, Places};
use super::screen::push_section;
use super::{Basis, Report, SCHEMA, Sheet, counted};
use crate::model::curriculum::{Curriculum, DocumentId, Target};
use crate::model::registers::{Signpost, SignpostId};

/// All signposts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignpostsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: String,
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
    /// `overdue`, `never`, `due-soon` or `current`.
    pub status: &'static str,
    /// When it was last verified.
    pub last_verified_on: Option<String>,
    /// By when it must be verified again; nothing where it never was: then, before anybody relies on it.
    pub due_on: Option<String>,
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
        let mut rows: Vec<(Timeliness, SignpostRow<'c>)> = registered
            .iter()
            .enumerate()
            .map(|(index, signpost)| row(basis, signpost, std::mem::take(&mut found[index])))
            .collect();
        rows.sort_by(|(status_a, a), (status_b, b)| {
            (status_a, &a.due_on).cmp(&(status_b, &b.due_on))
        });
        let count = |wanted| rows.iter().filter(|(status, _)| *status == wanted).count();
        Self {
            schema: SCHEMA,
            as_of: basis.as_of.to_string(),
            summary: SignpostsSummary {
                signposts: rows.len(),
                current: count(Timeliness::Current),
                due_soon: count(Timeliness::DueSoon),
                overdue: count(Timeliness::Overdue),
                never: count(Timeliness::Never),
                unused: rows.iter().filter(|(_, row)| row.used.is_empty()).count(),
            },
            signposts: rows.into_iter().map(|(_, row)| row).collect(),
        }
    }
}

/// A place that shows a signpost, and who keeps the file.
struct Shown<'c> {
    place: Use<'c>,
    owner: &'c str,
}

fn row<'c>(
    basis: &Basis<'c>,
    signpost: &'c Signpost,
    shown: Vec<Shown<'c>>,
) -> (Timeliness, SignpostRow<'c>) {
    let due_on = signpost.due();
    let status = Timeliness::of(due_on, basis.as_of);
    let owners: BTreeSet<&str> = shown
        .iter()
        .map(|shown| shown.owner)
        .filter(|owner| !owner.is_empty())
        .collect();
    let row = SignpostRow {
        id: &signpost.id,
        name: &signpost.name,
        status: status.name(),
        last_verified_on: signpost.last_verified_on.map(|date| date.to_string()),
        due_on: due_on.map(|date| date.to_string()),
        owners: owners.into_iter().collect(),
        source: &signpost.source,
        note: &signpost.note,
        used: shown.into_iter().map(|shown| shown.place).collect(),
    };
    (status, row)
}

/// Returns the places of each signpost in reading order.
fn uses<'c>(basis: &Basis<'c>, signposts: usize) -> Vec<Vec<Shown<'c>>> {
    let mut all: Vec<Vec<Shown<'c>>> = (0..signposts).map(|_| Vec::new()).collect();
    for index in 0..basis.curriculum.documents.len() as u32 {
        let id = DocumentId(index);
        let mut found = in_document(basis, id);
        found.sort_by_key(|(_, shown)| (shown.line, shown.column));
        for (SignpostId(signpost), place) in found {
            all[signpost as usize].push(Shown {
                place,
                owner: owner(basis.curriculum, id),
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

/// Returns who keeps a document right: its own owner, or its module's.
pub fn owner(curriculum: &Curriculum, id: DocumentId) -> &str {
    let document = curriculum.document(id);
    let own = document.lesson.front.owner.as_str();
    if !own.is_empty() {
        return own;
    }
    let index = document
        .module
        .and_then(|module| curriculum.module(module).index);
    index.map_or("", |index| &curriculum.document(index).lesson.front.owner)
}

impl Report for SignpostsReport<'_> {
    const NAME: &'static str = "signposts";

    fn sheet(&self) -> Sheet<'_> {
        let rows = self.signposts.iter().flat_map(|signpost| {
            let owners = signpost.owners.join("; ");
            let places: Vec<Option<&Use<'_>>> = if signpost.used.is_empty() {
                vec![None]
            } else {
                signpost.used.iter().map(Some).collect()
            };
            places.into_iter().map(move |place| {
                let number =
                    |number: fn(&Use<'_>) -> u32| place.map(|place| number(place).to_string());
                vec![
                    signpost.id.into(),
                    signpost.name.into(),
                    signpost.status.into(),
                    signpost
                        .last_verified_on
                        .as_deref()
                        .unwrap_or_default()
                        .into(),
                    signpost.due_on.as_deref().unwrap_or_default().into(),
                    owners.clone().into(),
                    signpost.source.into(),
                    place.map_or("", |place| place.file).into(),
                    number(|place| place.line).unwrap_or_default().into(),
                    number(|place| place.column).unwrap_or_default().into(),
                    place.map_or("", |place| place.kind).into(),
                ]
            })
        });
        Sheet {
            columns: vec![
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
            rows: Box::new(rows),
        }
    }

    fn table(&self) -> String {
        let SignpostsSummary {
            signposts,
            current,
            due_soon,
            overdue,
            never,
            unused,
        } = self.summary;
        let mut out = format!(
            "Signposts as of {}: {}, {current} verified, {due_soon} due soon, {overdue} overdue, {never} never verified; {unused} shown nowhere\n",
            self.as_of,
            counted(signposts, "signpost"),
        );
        let rows: Vec<Vec<String>> = self
            .signposts
            .iter()
            .map(|signpost| {
                vec![
                    signpost.id.to_owned(),
                    signpost.status.to_owned(),
                    signpost.due_on.clone().unwrap_or_else(|| "now".to_owned()),
                    signpost.used.len().to_string(),
                    signpost.owners.join("; "),
                ]
            })
            .collect();
        push_section(
            &mut out,
            "To verify",
            &["signpost", "status", "by", "places", "by whom"],
            &rows,
        );
        out
    }

    fn fragment(&self, places: &Places<'_>) -> Fragment {
        html::signposts::fragment(self, places)
    }
}
