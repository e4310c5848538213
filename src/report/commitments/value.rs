//! Commitments as values: claims, the places that bear them out, and how deep.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use super::sentence::Chooser;
use crate::model::Lesson;
use crate::model::audience::Audience;
use crate::model::blocks::BlockKind;
use crate::model::config::Edition;
use crate::model::evidence::{Carried, Carrier, EvidenceDepth, Worth};
use crate::model::lesson::Block;
use crate::model::registers::{Commitment, Standing};
use crate::report::basis::Basis;
use crate::report::cell::Spot;

/// Version of these fields: since 2, `evidenced` counts real evidence only, and evidence stands strongest first.
const SCHEMA: u32 = 2;

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
    /// Claims that learners practise somewhere.
    pub practised: usize,
    /// Claims that some question asks for.
    pub assessed: usize,
    /// Claims that hold today, have evidence, and none as deep as the register expects.
    pub too_shallow: usize,
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
    /// How deep the register expects it.
    pub expects: Option<EvidenceDepth>,
    /// How many places bear it out how deep.
    pub depths: ClaimDepths,
    /// The places, the deepest first, and otherwise in reading order.
    pub evidence: Vec<Evidence<'c>>,
    /// Places that say what the training does not show of it.
    pub limits: Vec<Limit<'c>>,
    /// What to know about the claim.
    #[serde(skip)]
    pub note: &'c str,
    /// Whether the claim and its statement hold, and nothing evidences it.
    #[serde(skip)]
    pub missing: bool,
    /// Whether the claim and its statement hold, and nothing evidences it as deep as the register expects.
    #[serde(skip)]
    pub too_shallow: bool,
}

/// How many places bear a claim out how deep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ClaimDepths {
    /// Lessons say it.
    pub said: usize,
    /// Learners do it.
    pub practised: usize,
    /// Learners are asked for it.
    pub assessed: usize,
}

/// A located place that evidences a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page.
    pub anchor: &'c str,
    /// The heading that it is, or stands under; where it stands under none, the title of the innermost block that has one.
    pub heading: &'c str,
    /// The first sentence of what it holds.
    pub text: &'c str,
    /// How deep it is.
    pub depth: EvidenceDepth,
    /// The sentence that shows it.
    pub quote: Cow<'c, str>,
    /// What the place says that it does not show.
    pub limits: Vec<Cow<'c, str>>,
}

/// A place that says what the training does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page.
    pub anchor: &'c str,
    /// The heading that it stands under.
    pub heading: &'c str,
    /// What it says.
    pub text: Cow<'c, str>,
}

impl<'c> CommitmentsReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let mut found = find(basis);
        let commitments: Vec<CommitmentRow<'_>> = basis
            .curriculum
            .registers
            .commitments
            .iter()
            .map(|commitment| row(commitment, &mut found))
            .collect();
        let claims = || commitments.iter().flat_map(|commitment| &commitment.claims);
        let count = |which: fn(&&ClaimRow<'_>) -> bool| claims().filter(which).count();
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            summary: CommitmentsSummary {
                commitments: commitments.len(),
                claims: claims().count(),
                evidenced: count(|claim| claim.evidenced),
                missing: count(|claim| claim.missing),
                evidence: claims().map(|claim| claim.evidence.len()).sum(),
                practised: count(|claim| claim.depths.practised > 0),
                assessed: count(|claim| claim.depths.assessed > 0),
                too_shallow: count(|claim| claim.too_shallow),
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

/// What lessons carry for one claim.
#[derive(Default)]
struct Found<'c> {
    evidence: Vec<Evidence<'c>>,
    limits: Vec<Limit<'c>>,
}

type ByClaim<'c> = HashMap<&'c str, Found<'c>>;

fn row<'c>(commitment: &'c Commitment, found: &mut ByClaim<'c>) -> CommitmentRow<'c> {
    let claims = commitment.claims.iter().map(|claim| {
        let holds = commitment.status == Standing::Current && claim.status == Standing::Current;
        let Found {
            mut evidence,
            limits,
        } = found.remove(&*claim.id).unwrap_or_default();
        evidence.sort_by_key(|evidence| Reverse(evidence.depth));
        let deepest = evidence.first().map(|evidence| evidence.depth);
        ClaimRow {
            id: &claim.id,
            text: &claim.text,
            status: claim.status,
            evidenced: !evidence.is_empty(),
            expects: claim.expects,
            depths: ClaimDepths::of(&evidence),
            missing: holds && evidence.is_empty(),
            too_shallow: holds && deepest.is_some() && deepest < claim.expects,
            evidence,
            limits,
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

impl ClaimDepths {
    fn of(evidence: &[Evidence<'_>]) -> Self {
        let count = |depth| evidence.iter().filter(|found| found.depth == depth).count();
        Self {
            said: count(EvidenceDepth::Said),
            practised: count(EvidenceDepth::Practised),
            assessed: count(EvidenceDepth::Assessed),
        }
    }

    /// Says it in words: "said in 3, practised in 2"; nothing where there is no evidence.
    pub fn in_words(self) -> String {
        let Self {
            said,
            practised,
            assessed,
        } = self;
        let all = [
            (said, EvidenceDepth::Said),
            (practised, EvidenceDepth::Practised),
            (assessed, EvidenceDepth::Assessed),
        ];
        let some = all.iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = some
            .map(|(count, depth)| format!("{} in {count}", depth.name()))
            .collect();
        words.join(", ")
    }
}

/// Finds what lessons carry for each claim, in reading order.
///
/// What stands only in the facilitator edition is not what learners are taught, and evidences nothing.
fn find<'c>(basis: &Basis<'c>) -> ByClaim<'c> {
    let chooser = Chooser::new(&basis.curriculum.registers, basis.language);
    let mut all = ByClaim::new();
    for id in basis.documents() {
        let lesson = &*basis.curriculum.document(id).lesson;
        let mut carried: Vec<Carried<'c>> = lesson.carried().collect();
        carried.sort_by_key(|carried| lesson.place_of(carried.carrier).line);
        for carried in carried {
            let name: &'c str = &carried.claim.value;
            let of_claim = all.entry(name).or_default();
            let known = basis.curriculum.registers.claim(name);
            let says = known.map_or("", |(_, claim)| claim.text.as_str());
            let place = Placed {
                lesson,
                file: basis.file(id),
                carried,
            };
            match carried.worth {
                Worth::Evidence(depth) => {
                    of_claim
                        .evidence
                        .push(place.evidence(depth, says, &chooser));
                }
                Worth::Limit => of_claim.limits.push(place.limit(&chooser)),
                Worth::Nothing => {}
            }
        }
    }
    all
}

/// A claim that is carried in a file.
struct Placed<'c> {
    lesson: &'c Lesson,
    file: &'c str,
    carried: Carried<'c>,
}

impl<'c> Placed<'c> {
    fn evidence(&self, depth: EvidenceDepth, says: &str, chooser: &Chooser<'_>) -> Evidence<'c> {
        let Self {
            lesson,
            file,
            carried,
        } = *self;
        let carrier = carried.carrier;
        let text = match carrier {
            Carrier::Heading(index) => {
                lesson.first_sentence(lesson.section(index as usize), Edition::Learner)
            }
            Carrier::Block(index) => {
                lesson.block_sentence(&lesson.blocks[index as usize], Edition::Learner)
            }
            Carrier::Span(index) => {
                let span = &lesson.spans[index as usize];
                &lesson.text[span.text_start as usize..span.text_end as usize]
            }
        };
        Evidence {
            file,
            line: lesson.place_of(carrier).line,
            anchor: self.anchor(),
            heading: self.heading(),
            text,
            depth,
            quote: chooser.sentence(lesson, carrier, says),
            limits: self.limits(chooser),
        }
    }

    fn limit(&self, chooser: &Chooser<'_>) -> Limit<'c> {
        Limit {
            file: self.file,
            line: self.lesson.place_of(self.carried.carrier).line,
            anchor: self.anchor(),
            heading: self.heading(),
            text: match self.carried.carrier {
                Carrier::Block(index) => limit_of(self.lesson, index, chooser),
                carrier => chooser.sentence(self.lesson, carrier, ""),
            },
        }
    }

    fn anchor(&self) -> &'c str {
        self.lesson.anchor_of(self.carried.carrier)
    }

    fn heading(&self) -> &'c str {
        let lesson = self.lesson;
        let (section, block) = match self.carried.carrier {
            Carrier::Heading(index) => return &lesson.headings[index as usize].title,
            Carrier::Block(index) => (lesson.blocks[index as usize].section, Some(index)),
            Carrier::Span(index) => {
                let span = &lesson.spans[index as usize];
                (span.section, span.inside)
            }
        };
        let blocks = std::iter::successors(block, |index| lesson.blocks[*index as usize].inside);
        let titles = blocks.map(|index| &*lesson.blocks[index as usize].title);
        let mut titles = std::iter::once(lesson.section_title(section)).chain(titles);
        titles.find(|title| !title.is_empty()).unwrap_or_default()
    }

    /// Returns what the place says that it does not show: `unpublished` blocks in the same section, or of the same claim in the same lesson.
    fn limits(&self, chooser: &Chooser<'_>) -> Vec<Cow<'c, str>> {
        let lesson = self.lesson;
        let claim = &self.carried.claim.value;
        let section = match self.carried.carrier {
            Carrier::Heading(index) => Some(index),
            Carrier::Block(index) => lesson.blocks[index as usize].section,
            Carrier::Span(index) => lesson.spans[index as usize].section,
        };
        let limits = |block: &Block| {
            block.kind == BlockKind::Unpublished
                && block.audience == Audience::Everybody
                && (block.section == section || block.claims.iter().any(|own| own.value == *claim))
        };
        let blocks = (0..).zip(&lesson.blocks);
        let blocks = blocks.filter(|(_, block)| limits(block));
        blocks
            .map(|(index, _)| limit_of(lesson, index, chooser))
            .collect()
    }
}

/// Returns what an `unpublished` block says: its title, which says what is not published, or else its sentence.
fn limit_of<'c>(lesson: &'c Lesson, block: u32, chooser: &Chooser<'_>) -> Cow<'c, str> {
    match &*lesson.blocks[block as usize].title {
        "" => chooser.sentence(lesson, Carrier::Block(block), ""),
        title => title.into(),
    }
}

impl Evidence<'_> {
    /// Returns where it stands.
    pub fn spot(&self) -> Spot<'_> {
        Spot::line(self.file, self.line, self.anchor)
    }
}

impl Limit<'_> {
    /// Returns where it stands.
    pub fn spot(&self) -> Spot<'_> {
        Spot::line(self.file, self.line, self.anchor)
    }
}
