//! The commitment report: each public statement about the training, claim by claim, with the places that evidence it, how deep, and in which words.

mod held;
mod sentence;
mod value;

pub use value::{
    ClaimDepths, ClaimRow, CommitmentRow, CommitmentsReport, CommitmentsSummary, Evidence, Limit,
};

use super::cell::{Cell, Status, Target, Tone};
use super::data::{Document, Extent, Figure, Overview, Report, Section, Task};
use super::table::{Layout, Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::evidence::EvidenceDepth;
use crate::model::registers::Standing;

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
            practised,
            assessed,
            too_shallow,
        } = self.summary;
        let mut sections: Vec<Section<'_>> = self
            .commitments
            .iter()
            .map(|commitment| statement(commitment, extent))
            .collect();
        let wanting = [self.missing(), self.too_shallow()];
        match extent {
            Extent::Brief => sections.extend(wanting),
            Extent::Full => {
                sections.splice(0..0, wanting);
            }
        }
        Document {
            subject: "Commitments",
            title: "Commitments: what was said in public".into(),
            since: None,
            lede: format!(
                "{}, {evidenced} of {} evidenced by {}, {practised} practised, {assessed} assessed, {missing} without evidence, {too_shallow} less deep than expected",
                counted(commitments, "statement"),
                counted(claims, "claim"),
                counted(evidence, "place"),
            ),
            remarks: vec![
                "Evidence is said where a lesson says it, practised where learners do it, and assessed where a question asks for it; the deepest stands first. \
                 A limit is what a lesson itself says is not published, and is no evidence."
                    .into(),
            ],
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
                "depth",
                "quote",
                "limits",
                "expects",
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
                            Cell::status(evidence.depth),
                            Cell::text(&*evidence.quote),
                            Cell::text(evidence.limits.join("; ")),
                            Cell::text(claim.expects.map_or("", EvidenceDepth::name)),
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
            figures: vec![
                Figure {
                    part: self.summary.evidenced,
                    whole: self.summary.claims,
                    words: "public claims have evidence",
                },
                Figure {
                    part: self.done(),
                    whole: self.summary.claims,
                    words: "public claims are practised or assessed",
                },
            ],
            tasks: vec![
                Task {
                    number: self.summary.missing,
                    noun: "claim",
                    rest: " without evidence",
                    anchor: "without-evidence",
                },
                Task {
                    number: self.summary.too_shallow,
                    noun: "claim",
                    rest: " borne out less deep than expected",
                    anchor: "too-shallow",
                },
            ],
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

    /// Counts the claims that are more than said.
    fn done(&self) -> usize {
        let done = |depths: ClaimDepths| depths.practised + depths.assessed > 0;
        self.claims()
            .filter(|(_, claim)| done(claim.depths))
            .count()
    }

    fn too_shallow(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for (_, claim) in self.claims().filter(|(_, claim)| claim.too_shallow) {
                let to = Target::Here(anchor(claim).into());
                put(Row::of(&[
                    Cell::Link(claim.id.into(), to),
                    Cell::text(claim.text),
                    Cell::text(claim.expects.map_or("", EvidenceDepth::name)),
                    Cell::text(claim.depths.in_words()),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("claim", "Claim"),
            ("text", "What was said"),
            ("expected", "Expected"),
            ("found", "Found"),
        ];
        Section::new(
            "too-shallow",
            "Less deep than expected",
            Table::new(columns, rows),
        )
    }

    /// Returns each statement, and how much of it the training bears out.
    fn statements(&self) -> Section<'_> {
        let rows = Rows::of(&self.commitments, |commitment| {
            let claims = &commitment.claims;
            let count = |which: fn(&ClaimRow<'_>) -> bool| {
                claims.iter().filter(|claim| which(claim)).count()
            };
            let to = |anchor: String| Target::Report("commitments", anchor.into());
            let links = claims.iter().map(|claim| {
                let link = Cell::Link(claim.text.into(), to(anchor(claim)));
                Cell::Parts(vec![link, Cell::text(claim.depths.in_words())])
            });
            [
                Cell::Link((&*commitment.said.title).into(), to(section_id(commitment))),
                Cell::Share(count(|claim| claim.evidenced), claims.len()),
                Cell::Number(count(|claim| claim.depths.practised > 0)),
                Cell::Number(count(|claim| claim.depths.assessed > 0)),
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
            "Practised",
            "Assessed",
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
            let limits = claim.limits.iter().map(|limit| {
                let quote = Cell::Quote(limit.spot(), limit.heading.into(), &limit.text);
                Cell::Parts(vec![Cell::text("Limit:"), quote])
            });
            let quotes = claim.evidence.iter().map(evidence_of).chain(limits);
            let none = if claim.missing {
                Status::new("no evidence", Tone::Poor).said("No evidence")
            } else {
                Status::new("no evidence", Tone::Plain).said("No evidence, and none needed")
            };
            let cells = [
                Cell::text(claim.id),
                Cell::status(claim.status),
                Cell::Noted(claim.text, claim.note),
                Cell::text(depth_of(claim)),
                Cell::List(quotes.collect(), none),
            ];
            put(Row::of(&cells).with_id(&anchor(claim)))?;
        }
        Ok(())
    });
    let columns = ["Claim", "Status", "What was said", "How deep", "Evidence"];
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

/// Says how deep a claim is borne out, and how deep it should be: as a sentence, since on a terminal it follows the claim.
fn depth_of(claim: &ClaimRow<'_>) -> String {
    let depths = claim.depths.in_words();
    let mut words = match claim.expects.map(EvidenceDepth::name) {
        Some(expected) if depths.is_empty() => format!("expected: {expected}"),
        Some(expected) => format!("{depths}; expected: {expected}"),
        None => depths,
    };
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Returns a piece of evidence: how deep, where, in which words, and what it does not show.
fn evidence_of<'r>(evidence: &'r Evidence<'_>) -> Cell<'r> {
    let mut parts = vec![
        Cell::status(evidence.depth),
        Cell::Quote(evidence.spot(), evidence.heading.into(), &evidence.quote),
    ];
    if !evidence.limits.is_empty() {
        parts.push(Cell::text(format!(
            "(limit: {})",
            evidence.limits.join("; ")
        )));
    }
    Cell::Parts(parts)
}

impl From<EvidenceDepth> for Status<'_> {
    fn from(depth: EvidenceDepth) -> Self {
        let tone = match depth {
            EvidenceDepth::Said => Tone::Plain,
            EvidenceDepth::Practised | EvidenceDepth::Assessed => Tone::Good,
        };
        Status::new(depth.name(), tone)
    }
}
