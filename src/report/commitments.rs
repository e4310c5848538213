//! The commitment report: each public statement about the training, claim by claim, with the places that evidence it.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use super::basis::Basis;
use super::cell::{Cell, Spot, Status, Target, Tone};
use super::data::{Document, Extent, Figure, Overview, Report, SCHEMA, Section, Task};
use super::table::{Layout, Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::Lesson;
use crate::model::audience::Audience;
use crate::model::config::Edition;
use crate::model::registers::{Commitment, Standing};

/// All commitments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommitmentsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers.
    pub summary: CommitmentsSummary,
    /// The commitments in the order of the register.
    pub commitments: Vec<CommitmentRow<'c>>,
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
pub struct CommitmentRow<'c> {
    /// Its id.
    pub id: &'c str,
    /// Whether it holds.
    pub status: Standing,
    /// What it says, point by point.
    pub claims: Vec<ClaimRow<'c>>,
    /// The register's entry.
    #[serde(skip)]
    pub said: &'c Commitment,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimRow<'c> {
    /// Its id.
    pub id: &'c str,
    /// What is claimed.
    pub text: &'c str,
    /// Whether it holds.
    pub status: Standing,
    /// Whether there is evidence.
    pub evidenced: bool,
    /// The places in reading order.
    pub evidence: Vec<Evidence<'c>>,
    /// What to know about the claim.
    #[serde(skip)]
    pub note: &'c str,
    /// Whether the claim and its statement hold, and nothing evidences it.
    #[serde(skip)]
    pub missing: bool,
}

/// A located place that evidences a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Evidence<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page.
    pub anchor: &'c str,
    /// The heading that it is, or stands under; a block's own title where it stands under none.
    pub heading: &'c str,
    /// The first sentence of what it holds.
    pub text: &'c str,
}

impl<'c> CommitmentsReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let evidence = evidence(basis);
        let commitments: Vec<CommitmentRow<'_>> = basis
            .curriculum
            .registers
            .commitments
            .iter()
            .map(|commitment| row(commitment, &evidence))
            .collect();
        let claims = || commitments.iter().flat_map(|commitment| &commitment.claims);
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
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
    pub fn claims(&self) -> impl Iterator<Item = (&CommitmentRow<'c>, &ClaimRow<'c>)> {
        self.commitments.iter().flat_map(|commitment| {
            commitment
                .claims
                .iter()
                .map(move |claim| (commitment, claim))
        })
    }
}

type ByClaim<'c> = HashMap<&'c str, Vec<Evidence<'c>>>;

fn row<'c>(commitment: &'c Commitment, evidence: &ByClaim<'c>) -> CommitmentRow<'c> {
    let holds = commitment.status == Standing::Current;
    let claims = commitment.claims.iter().map(|claim| {
        let found = evidence.get(&*claim.id).cloned().unwrap_or_default();
        ClaimRow {
            id: &claim.id,
            text: &claim.text,
            status: claim.status,
            evidenced: !found.is_empty(),
            missing: holds && claim.status == Standing::Current && found.is_empty(),
            evidence: found,
            note: &claim.note,
        }
    });
    CommitmentRow {
        id: &commitment.id,
        status: commitment.status,
        claims: claims.collect(),
        said: commitment,
    }
}

/// Returns the evidence for each claim, in reading order.
///
/// What stands only in the facilitator edition is not what learners are taught, and evidences nothing.
fn evidence<'c>(basis: &Basis<'c>) -> ByClaim<'c> {
    let mut all = ByClaim::new();
    for id in basis.documents() {
        let lesson = &basis.curriculum.document(id).lesson;
        let mut found = in_headings(lesson, basis.file(id));
        found.extend(in_blocks(lesson, basis.file(id)));
        found.extend(in_spans(lesson, basis.file(id)));
        found.sort_by_key(|(_, evidence)| evidence.line);
        for (claim, evidence) in found {
            all.entry(claim).or_default().push(evidence);
        }
    }
    all
}

fn in_headings<'c>(lesson: &'c Lesson, file: &'c str) -> Vec<(&'c str, Evidence<'c>)> {
    let mut found = Vec::new();
    let shown = lesson.headings.iter().enumerate();
    for (index, heading) in shown.filter(|(_, heading)| heading.audience == Audience::Everybody) {
        for claim in &heading.claims {
            let evidence = Evidence {
                file,
                line: heading.place.line,
                anchor: &heading.id,
                heading: &heading.title,
                text: lesson.first_sentence(lesson.section(index), Edition::Learner),
            };
            found.push((&*claim.value, evidence));
        }
    }
    found
}

fn in_blocks<'c>(lesson: &'c Lesson, file: &'c str) -> Vec<(&'c str, Evidence<'c>)> {
    let mut found = Vec::new();
    for block in lesson
        .blocks
        .iter()
        .filter(|block| block.audience == Audience::Everybody)
    {
        let section = lesson.section_title(block.section);
        let heading = if section.is_empty() {
            &*block.title
        } else {
            section
        };
        for claim in &block.claims {
            let evidence = Evidence {
                file,
                line: block.place.line,
                anchor: &block.id,
                heading,
                text: lesson.block_sentence(block, Edition::Learner),
            };
            found.push((&*claim.value, evidence));
        }
    }
    found
}

fn in_spans<'c>(lesson: &'c Lesson, file: &'c str) -> Vec<(&'c str, Evidence<'c>)> {
    let mut found = Vec::new();
    let spans = lesson.spans.iter();
    for span in spans.filter(|span| span.audience == Audience::Everybody) {
        // Without an anchor of its own, its section is where it can be found.
        let anchor = if span.id.is_empty() {
            lesson.section_anchor(span.section)
        } else {
            &span.id
        };
        for claim in &span.claims {
            let evidence = Evidence {
                file,
                line: span.place.line,
                anchor,
                heading: lesson.section_title(span.section),
                text: &lesson.text[span.text_start as usize..span.text_end as usize],
            };
            found.push((&*claim.value, evidence));
        }
    }
    found
}

impl Evidence<'_> {
    fn spot(&self) -> Spot<'_> {
        Spot {
            file: self.file,
            line: self.line,
            column: 0,
            anchor: self.anchor,
        }
    }
}

impl From<Standing> for Status<'_> {
    fn from(standing: Standing) -> Self {
        let tone = match standing {
            Standing::Current => Tone::Plain,
            Standing::Superseded | Standing::Withdrawn => Tone::Fair,
        };
        Status::new(standing.name(), tone)
    }
}

impl Report for CommitmentsReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let CommitmentsSummary {
            commitments,
            claims,
            evidenced,
            missing,
            evidence,
        } = self.summary;
        let mut sections: Vec<Section<'_>> = self
            .commitments
            .iter()
            .map(|commitment| statement(commitment, extent))
            .collect();
        match extent {
            Extent::Brief => sections.push(self.missing()),
            Extent::Full => sections.insert(0, self.missing()),
        }
        Document {
            subject: "Commitments",
            title: "Commitments: what was said in public".into(),
            since: None,
            lede: format!(
                "{}, {evidenced} of {} evidenced by {}, {missing} without evidence",
                counted(commitments, "statement"),
                counted(claims, "claim"),
                counted(evidence, "place"),
            ),
            remarks: Vec::new(),
            sections,
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
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
            rows: Rows::new(|put| {
                for (commitment, claim) in self.claims() {
                    for evidence in &claim.evidence {
                        let cells = [
                            Cell::text(commitment.id),
                            Cell::text(&*commitment.said.title),
                            Cell::text(&*commitment.said.source),
                            Cell::Date(commitment.said.answered_on, ""),
                            Cell::text(claim.id),
                            Cell::text(claim.text),
                            Cell::status(claim.status),
                            Cell::text(evidence.file),
                            Cell::number(evidence.line),
                            Cell::text(evidence.anchor),
                            Cell::text(evidence.heading),
                            Cell::text(evidence.text),
                        ];
                        put(Row::of(&cells).at(evidence.spot()))?;
                    }
                }
                Ok(())
            }),
        }
    }

    fn overview(&self) -> Overview<'_> {
        Overview {
            figures: vec![Figure {
                part: self.summary.evidenced,
                whole: self.summary.claims,
                words: "public claims have evidence",
            }],
            tasks: vec![Task {
                number: self.summary.missing,
                noun: "claim",
                rest: " without evidence",
                anchor: "without-evidence",
            }],
            sections: vec![self.statements()],
        }
    }
}

impl CommitmentsReport<'_> {
    fn missing(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for (_, claim) in self.claims().filter(|(_, claim)| claim.missing) {
                let to = Target::Here(anchor(claim).into());
                put(Row::of(&[
                    Cell::Link(claim.id.into(), to),
                    Cell::text(claim.text),
                ]))?;
            }
            Ok(())
        });
        let table = Table::new([("claim", "Claim"), ("text", "What was said")], rows);
        Section::new("without-evidence", "Without evidence", table)
    }

    /// Returns each statement, and how much of it the training bears out.
    fn statements(&self) -> Section<'_> {
        let rows = Rows::of(&self.commitments, |commitment| {
            let claims = &commitment.claims;
            let count = |which: fn(&ClaimRow<'_>) -> bool| {
                claims.iter().filter(|claim| which(claim)).count()
            };
            let to = |anchor: String| Target::Report("commitments", anchor.into());
            let links = claims
                .iter()
                .map(|claim| Cell::Link(claim.text.into(), to(anchor(claim))));
            [
                Cell::Link((&*commitment.said.title).into(), to(section_id(commitment))),
                Cell::Share(count(|claim| claim.evidenced), claims.len()),
                Cell::Number(count(|claim| claim.missing)),
                Cell::Folded(
                    "What was said".into(),
                    links.collect(),
                    Status::new("none", Tone::Plain),
                ),
            ]
        });
        let columns = [
            "Statement",
            "Claims with evidence",
            "Without",
            "Claim by claim",
        ];
        Section {
            without: "The register of commitments is empty.",
            ..Section::new(
                "statements",
                "Where do we train on what was said in public?",
                Table::new(columns, rows),
            )
        }
    }
}

fn section_id(commitment: &CommitmentRow<'_>) -> String {
    format!("commitment-{}", commitment.id)
}

/// Returns the anchor of a claim.
fn anchor(claim: &ClaimRow<'_>) -> String {
    format!("claim-{}", claim.id)
}

/// Returns a statement with its claims and their evidence.
fn statement<'r>(commitment: &'r CommitmentRow<'_>, extent: Extent) -> Section<'r> {
    let said = commitment.said;
    let rows = Rows::new(|put| {
        for claim in &commitment.claims {
            let quotes = claim.evidence.iter().map(|evidence| {
                Cell::Quote(evidence.spot(), evidence.heading.into(), evidence.text)
            });
            let none = if claim.missing {
                Status::new("no evidence", Tone::Poor).said("No evidence")
            } else {
                Status::new("no evidence", Tone::Plain).said("No evidence, and none needed")
            };
            let cells = [
                Cell::text(claim.id),
                Cell::status(claim.status),
                Cell::Noted(claim.text, claim.note),
                Cell::List(quotes.collect(), none),
            ];
            put(Row::of(&cells).with_id(&anchor(claim)))?;
        }
        Ok(())
    });
    let columns = ["Claim", "Status", "What was said", "Evidence"];
    let table = Table {
        caption: "Claims, and where the training bears them out".into(),
        layout: Layout::Entries,
        ..Table::new(columns, rows)
    };
    let title = match (extent, said.status) {
        (Extent::Full, Standing::Current) => format!("{}: {}", said.id, said.title),
        (_, status) => format!("{} {} ({})", said.id, said.title, status.name()),
    };
    Section {
        lede: vec![
            (&*said.body).into(),
            [
                Cell::text("asked "),
                Cell::Date(said.asked_on, "unknown"),
                Cell::text(", answered "),
                Cell::Date(said.answered_on, "unknown"),
            ]
            .into(),
            (&*said.source).into(),
        ],
        ..Section::new(section_id(commitment), title, table)
    }
}
