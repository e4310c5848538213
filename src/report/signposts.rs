//! The signpost report: who must verify which support service by when, and where it is shown.

use std::borrow::Cow;
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
pub struct SignpostsReport {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: String,
    /// The numbers.
    pub summary: SignpostsSummary,
    /// The signposts, the most pressing first.
    pub signposts: Vec<SignpostRow>,
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
pub struct SignpostRow {
    /// Its id.
    pub id: String,
    /// The service's name.
    pub name: String,
    /// `overdue`, `never`, `due-soon` or `current`.
    pub status: &'static str,
    /// When it was last verified.
    pub last_verified_on: Option<String>,
    /// By when it must be verified again; nothing where it never was: then, before anybody relies on it.
    pub due_on: Option<String>,
    /// Who must verify it: the owners of the lessons that show it.
    pub owners: Vec<String>,
    /// Where its details come from.
    pub source: String,
    /// What to check before use.
    pub note: String,
    /// Where it is shown, in reading order.
    pub used: Vec<Use>,
}

/// A place that shows a signpost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// Path from the root.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
    /// `link`, or the kind of block.
    pub kind: &'static str,
    /// Anchor of the block, or of the section around the link.
    pub anchor: String,
}

impl SignpostsReport {
    /// Makes the report.
    pub fn new(basis: &Basis<'_>) -> Self {
        let registered = &basis.curriculum.registers.signposts;
        let mut found = uses(basis, registered.len());
        let mut rows: Vec<(Timeliness, SignpostRow)> = registered
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
struct Shown {
    place: Use,
    owner: String,
}

fn row(basis: &Basis<'_>, signpost: &Signpost, shown: Vec<Shown>) -> (Timeliness, SignpostRow) {
    let due_on = signpost.due();
    let status = Timeliness::of(due_on, basis.as_of);
    let owners: BTreeSet<String> = shown
        .iter()
        .filter(|shown| !shown.owner.is_empty())
        .map(|shown| shown.owner.clone())
        .collect();
    let row = SignpostRow {
        id: signpost.id.clone(),
        name: signpost.name.clone(),
        status: status.name(),
        last_verified_on: signpost.last_verified_on.map(|date| date.to_string()),
        due_on: due_on.map(|date| date.to_string()),
        owners: owners.into_iter().collect(),
        source: signpost.source.clone(),
        note: signpost.note.clone(),
        used: shown.into_iter().map(|shown| shown.place).collect(),
    };
    (status, row)
}

/// Returns the places of each signpost in reading order.
fn uses(basis: &Basis<'_>, signposts: usize) -> Vec<Vec<Shown>> {
    let mut all: Vec<Vec<Shown>> = (0..signposts).map(|_| Vec::new()).collect();
    for index in 0..basis.curriculum.documents.len() as u32 {
        let id = DocumentId(index);
        let mut found = in_document(basis, id);
        found.sort_by_key(|(_, shown)| (shown.line, shown.column));
        for (SignpostId(signpost), place) in found {
            all[signpost as usize].push(Shown {
                place,
                owner: owner(basis.curriculum, id).to_owned(),
            });
        }
    }
    all
}

fn in_document(basis: &Basis<'_>, id: DocumentId) -> Vec<(SignpostId, Use)> {
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
                file: file.clone(),
                line: block.place.line,
                column: block.place.column,
                kind: block.kind.name(),
                anchor: block.id.to_string(),
            };
            found.push((*signpost, place));
        }
    }
    for (link, resolved) in basis.curriculum.links(id) {
        if let Target::Signpost(signpost) = resolved.target
            && basis.lists(link.facilitator)
        {
            let place = Use {
                file: file.clone(),
                line: link.place.line,
                column: link.place.column,
                kind: "link",
                anchor: lesson.section_anchor(link.section).to_owned(),
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

impl Report for SignpostsReport {
    const NAME: &'static str = "signposts";

    fn sheet(&self) -> Sheet<'_> {
        let rows = self.signposts.iter().flat_map(|signpost| {
            let places: Vec<Option<&Use>> = if signpost.used.is_empty() {
                vec![None]
            } else {
                signpost.used.iter().map(Some).collect()
            };
            places.into_iter().map(move |place| {
                let of = |text: fn(&Use) -> Cow<'_, str>| place.map(text).unwrap_or_default();
                vec![
                    signpost.id.as_str().into(),
                    signpost.name.as_str().into(),
                    signpost.status.into(),
                    signpost
                        .last_verified_on
                        .as_deref()
                        .unwrap_or_default()
                        .into(),
                    signpost.due_on.as_deref().unwrap_or_default().into(),
                    signpost.owners.join("; ").into(),
                    signpost.source.as_str().into(),
                    of(|place| place.file.as_str().into()),
                    of(|place| place.line.to_string().into()),
                    of(|place| place.column.to_string().into()),
                    of(|place| place.kind.into()),
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
                    signpost.id.clone(),
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
