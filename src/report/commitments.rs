//! The commitment report: each public statement about the training, claim by claim, with the places that evidence it.

use std::collections::HashMap;

use serde::Serialize;

use super::html::{self, Fragment, Places};
use super::screen::push_section;
use super::{Basis, Report, SCHEMA, Sheet, counted};
use crate::model::Lesson;
use crate::model::curriculum::DocumentId;
use crate::model::registers::{Commitment, Standing};

/// All commitments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommitmentsReport {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: String,
    /// The numbers.
    pub summary: CommitmentsSummary,
    /// The commitments in the order of the register.
    pub commitments: Vec<CommitmentRow>,
}

/// The numbers of the commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CommitmentsSummary {
    /// Statements.
    pub commitments: usize,
    /// Claims of all statements.
    pub claims: usize,
    /// Claims with at least one piece of evidence.
    pub evidenced: usize,
    /// Claims that hold today, and that nothing evidences.
    pub missing: usize,
    /// Pieces of evidence.
    pub evidence: usize,
}

/// A public statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommitmentRow {
    /// Its id.
    pub id: String,
    /// `current`, `superseded` or `withdrawn`.
    pub status: &'static str,
    /// What it says, point by point.
    pub claims: Vec<ClaimRow>,
    /// What it is called.
    #[serde(skip)]
    pub title: String,
    /// Who said it, or where.
    #[serde(skip)]
    pub body: String,
    /// When it was asked; empty where that is not known.
    #[serde(skip)]
    pub asked_on: String,
    /// When it was answered; empty where that is not known.
    #[serde(skip)]
    pub answered_on: String,
    /// Where it can be read.
    #[serde(skip)]
    pub source: String,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimRow {
    /// Its id.
    pub id: String,
    /// What is claimed.
    pub text: String,
    /// `current`, `superseded` or `withdrawn`.
    pub status: &'static str,
    /// Whether there is evidence.
    pub evidenced: bool,
    /// The places in reading order.
    pub evidence: Vec<Evidence>,
    /// What to know about the claim.
    #[serde(skip)]
    pub note: String,
    /// Whether the claim and its statement hold, and nothing evidences it.
    #[serde(skip)]
    pub missing: bool,
}

/// A located place that evidences a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Path from the root.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page.
    pub anchor: String,
    /// The heading that it is, or stands under; a block's own title where it stands under none.
    pub heading: String,
    /// The first sentence of what it holds.
    pub text: String,
}

impl CommitmentsReport {
    /// Makes the report.
    pub fn new(basis: &Basis<'_>) -> Self {
        let mut evidence = evidence(basis);
        let commitments: Vec<CommitmentRow> = basis
            .curriculum
            .registers
            .commitments
            .iter()
            .map(|commitment| row(commitment, &mut evidence))
            .collect();
        let claims = || commitments.iter().flat_map(|commitment| &commitment.claims);
        Self {
            schema: SCHEMA,
            as_of: basis.as_of.to_string(),
            summary: CommitmentsSummary {
                commitments: commitments.len(),
                claims: claims().count(),
                evidenced: claims().filter(|claim| claim.evidenced).count(),
                missing: claims().filter(|claim| claim.missing).count(),
                evidence: claims().map(|claim| claim.evidence.len()).sum(),
            },
            commitments,
        }
    }

    /// Returns every commitment with each of its claims.
    pub fn claims(&self) -> impl Iterator<Item = (&CommitmentRow, &ClaimRow)> {
        self.commitments.iter().flat_map(|commitment| {
            commitment
                .claims
                .iter()
                .map(move |claim| (commitment, claim))
        })
    }
}

fn row(commitment: &Commitment, evidence: &mut HashMap<String, Vec<Evidence>>) -> CommitmentRow {
    let date =
        |date: Option<jiff::civil::Date>| date.map(|day| day.to_string()).unwrap_or_default();
    let holds = commitment.status == Standing::Current;
    CommitmentRow {
        id: commitment.id.clone(),
        status: commitment.status.name(),
        claims: commitment
            .claims
            .iter()
            .map(|claim| {
                let found = evidence.get(&claim.id).cloned().unwrap_or_default();
                ClaimRow {
                    id: claim.id.clone(),
                    text: claim.text.clone(),
                    status: claim.status.name(),
                    evidenced: !found.is_empty(),
                    missing: holds && claim.status == Standing::Current && found.is_empty(),
                    evidence: found,
                    note: claim.note.clone(),
                }
            })
            .collect(),
        title: commitment.title.clone(),
        body: commitment.body.clone(),
        asked_on: date(commitment.asked_on),
        answered_on: date(commitment.answered_on),
        source: commitment.source.words.clone(),
    }
}

/// Returns the evidence for each claim, in reading order.
///
/// What stands only in the facilitator edition is not what learners are taught, and evidences nothing.
fn evidence(basis: &Basis<'_>) -> HashMap<String, Vec<Evidence>> {
    let mut all: HashMap<String, Vec<Evidence>> = HashMap::new();
    for (index, document) in basis.curriculum.documents.iter().enumerate() {
        let file = basis.file(DocumentId(index as u32));
        let mut found = in_headings(&document.lesson, file);
        found.extend(in_blocks(&document.lesson, file));
        found.sort_by_key(|(_, evidence)| evidence.line);
        for (claim, evidence) in found {
            all.entry(claim).or_default().push(evidence);
        }
    }
    all
}

fn in_headings(lesson: &Lesson, file: &str) -> Vec<(String, Evidence)> {
    let mut found = Vec::new();
    let shown = lesson.headings.iter().enumerate();
    for (index, heading) in shown.filter(|(_, heading)| !heading.facilitator) {
        let next = lesson.headings.get(index + 1);
        let end = next.map_or(lesson.text.len() as u32, |next| next.text_start);
        for claim in &heading.claims {
            let evidence = Evidence {
                file: file.to_owned(),
                line: heading.place.line,
                anchor: heading.id.to_string(),
                heading: heading.title.to_string(),
                text: lesson
                    .first_sentence(heading.text_end.min(end), end)
                    .to_owned(),
            };
            found.push((claim.value.to_string(), evidence));
        }
    }
    found
}

fn in_blocks(lesson: &Lesson, file: &str) -> Vec<(String, Evidence)> {
    let mut found = Vec::new();
    for block in lesson.blocks.iter().filter(|block| !block.facilitator) {
        let section = lesson.section_title(block.section);
        let heading = if section.is_empty() {
            &*block.title
        } else {
            section
        };
        for claim in &block.claims {
            let evidence = Evidence {
                file: file.to_owned(),
                line: block.place.line,
                anchor: block.id.to_string(),
                heading: heading.to_owned(),
                text: lesson.block_sentence(block).to_owned(),
            };
            found.push((claim.value.to_string(), evidence));
        }
    }
    found
}

impl Report for CommitmentsReport {
    const NAME: &'static str = "commitments";

    fn sheet(&self) -> Sheet<'_> {
        let rows = self.claims().flat_map(|(commitment, claim)| {
            claim.evidence.iter().map(|evidence| {
                vec![
                    commitment.id.as_str().into(),
                    commitment.title.as_str().into(),
                    commitment.source.as_str().into(),
                    commitment.answered_on.as_str().into(),
                    claim.id.as_str().into(),
                    claim.text.as_str().into(),
                    claim.status.into(),
                    evidence.file.as_str().into(),
                    evidence.line.to_string().into(),
                    evidence.anchor.as_str().into(),
                    evidence.heading.as_str().into(),
                    evidence.text.as_str().into(),
                ]
            })
        });
        Sheet {
            columns: vec![
                "commitment",
                "title",
                "source",
                "answered_on",
                "claim",
                "claim_text",
                "claim_status",
                "file",
                "line",
                "anchor",
                "heading",
                "text",
            ],
            rows: Box::new(rows),
        }
    }

    fn table(&self) -> String {
        let CommitmentsSummary {
            commitments,
            claims,
            evidenced,
            missing,
            evidence,
        } = self.summary;
        let mut out = format!(
            "Commitments as of {}: {}, {evidenced} of {} evidenced by {}, {missing} without evidence\n",
            self.as_of,
            counted(commitments, "statement"),
            counted(claims, "claim"),
            counted(evidence, "place"),
        );
        for commitment in &self.commitments {
            out.push_str(&format!(
                "\n{} {} ({})\n  {}\n  asked {}, answered {}\n  {}\n",
                commitment.id,
                commitment.title,
                commitment.status,
                commitment.body,
                or_unknown(&commitment.asked_on),
                or_unknown(&commitment.answered_on),
                commitment.source,
            ));
            for claim in &commitment.claims {
                out.push_str(&format!(
                    "\n  {} [{}] {}\n",
                    claim.id, claim.status, claim.text
                ));
                for evidence in &claim.evidence {
                    out.push_str(&format!(
                        "    {}:{} {}: {}\n",
                        evidence.file, evidence.line, evidence.heading, evidence.text
                    ));
                }
                if !claim.evidenced {
                    out.push_str("    no evidence\n");
                }
            }
        }
        let missing: Vec<Vec<String>> = self
            .claims()
            .filter(|(_, claim)| claim.missing)
            .map(|(_, claim)| vec![claim.id.clone(), claim.text.clone()])
            .collect();
        push_section(&mut out, "Without evidence", &["claim", "text"], &missing);
        out
    }

    fn fragment(&self, places: &Places<'_>) -> Fragment {
        html::commitments::fragment(self, places)
    }
}

fn or_unknown(date: &str) -> &str {
    if date.is_empty() { "unknown" } else { date }
}
