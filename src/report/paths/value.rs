//! Paths as values: what each takes, and what somebody who takes it meets of topics and of public claims.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::blocks::Depth;
use crate::model::coverage::{CellStatus, PathCell};
use crate::model::curriculum::{Anchor, DocumentId, Extent, ModuleId, TakenPath};
use crate::model::evidence::{EvidenceDepth, Worth};
use crate::model::registers::{LearningPath, Standing};
use crate::report::basis::Basis;
use crate::report::cell::Spot;
use crate::report::data::SCHEMA;

/// The path of a curriculum that has no register of them.
const EVERYONE: (&str, &str) = ("everyone", "Everyone");

/// All paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers.
    pub summary: PathsSummary,
    /// The paths in the order of the register; one for everyone where there is none.
    pub paths: Vec<PathRow<'c>>,
}

/// The numbers of all paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PathsSummary {
    /// Paths.
    pub paths: usize,
    /// Modules in the curriculum.
    pub modules: usize,
    /// Topics on paths of which something is required: the sum of the next two.
    pub required: usize,
    /// Topics that a path takes to every depth required.
    pub met: usize,
    /// Topics that it does not.
    pub gaps: usize,
}

/// A path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathRow<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its name.
    pub name: &'c str,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub serves: &'c str,
    /// The numbers of this path.
    pub summary: PathSummary,
    /// What it takes, in reading order.
    pub modules: Vec<ModuleRow<'c>>,
    /// Modules that it leaves out, by name.
    pub left_out: Vec<&'c str>,
    /// Every topic of the register.
    pub topics: Vec<TopicOnPath<'c>>,
    /// Every claim that holds today.
    pub claims: Vec<ClaimOnPath<'c>>,
}

/// The numbers of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PathSummary {
    /// Modules that it takes.
    pub modules: usize,
    /// Lessons that it takes.
    pub lessons: usize,
    /// Their minutes.
    pub minutes: u32,
    /// Topics of which something is required on it: the sum of the next two.
    pub required: usize,
    /// Topics that it takes to every depth required.
    pub met: usize,
    /// Topics that it does not.
    pub gaps: usize,
    /// Claims that hold today.
    pub claims: usize,
    /// Claims that some place on it bears out.
    pub evidenced: usize,
}

/// A module on a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleRow<'c> {
    /// Its name.
    pub module: &'c str,
    /// Whether the path takes all of its lessons.
    pub whole: bool,
    /// How many it takes.
    pub lessons: usize,
}

/// A topic on a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicOnPath<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its name.
    pub name: &'c str,
    /// Depths that the register asks of the path or of a module on it, lowest first.
    pub required: Vec<Depth>,
    /// Depths found on it, lowest first.
    pub depths: Vec<Depth>,
    /// Depths required and not found.
    pub missing: Vec<Depth>,
    /// Whether the one meets the other: `met`, `gap`, or `none` where nothing is required.
    pub status: CellStatus,
    /// In how many modules of the path it stands.
    pub modules: u32,
    /// At how many places.
    pub places: u32,
    /// The first place of each depth found, lowest first.
    pub first: Vec<FirstPlace<'c>>,
}

/// The first place of a depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FirstPlace<'c> {
    /// How deep.
    pub depth: Depth,
    /// Where.
    #[serde(flatten)]
    pub at: At<'c>,
}

/// A place in a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct At<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page; for a link to a topic its section's.
    pub anchor: &'c str,
}

/// A claim on a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimOnPath<'c> {
    /// The statement that makes it.
    pub commitment: &'c str,
    /// Its id.
    pub id: &'c str,
    /// What is claimed.
    pub text: &'c str,
    /// Whether some place on the path bears it out.
    pub evidenced: bool,
    /// How deep the deepest does.
    pub depth: Option<EvidenceDepth>,
    /// At how many places.
    pub places: usize,
    /// The first of the deepest.
    pub first: Option<At<'c>>,
}

impl<'c> At<'c> {
    /// Returns it as reports name places.
    pub fn spot(&self) -> Spot<'c> {
        Spot::line(self.file, self.line, self.anchor)
    }
}

impl<'c> PathsReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let curriculum = basis.curriculum;
        let carried = Carried::of(basis);
        let registered = &curriculum.registers.paths;
        let taken = curriculum.paths.iter().zip(&basis.coverage.paths);
        let paths: Vec<PathRow<'_>> = taken
            .enumerate()
            .map(|(index, (taken, cells))| Making {
                basis,
                entry: registered.get(index),
                taken,
                cells,
            })
            .map(|making| making.row(&carried))
            .collect();
        let sum = |of: fn(&PathSummary) -> usize| paths.iter().map(|path| of(&path.summary)).sum();
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            summary: PathsSummary {
                paths: paths.len(),
                modules: curriculum.modules.len(),
                required: sum(|path| path.required),
                met: sum(|path| path.met),
                gaps: sum(|path| path.gaps),
            },
            paths,
        }
    }

    /// Returns every topic on each path.
    pub fn topics(&self) -> impl Iterator<Item = (&PathRow<'c>, &TopicOnPath<'c>)> {
        let paths = self.paths.iter();
        paths.flat_map(|path| path.topics.iter().map(move |topic| (path, topic)))
    }
}

/// What a path's row is made from.
struct Making<'b, 'c> {
    basis: &'b Basis<'c>,
    /// Nothing for the path of a curriculum without a register.
    entry: Option<&'c LearningPath>,
    taken: &'c TakenPath,
    cells: &'c [PathCell],
}

impl<'c> Making<'_, 'c> {
    fn row(&self, carried: &Carried<'c>) -> PathRow<'c> {
        let curriculum = self.basis.curriculum;
        let topics = self.topics();
        let claims = self.claims(carried);
        let lessons: Vec<DocumentId> = curriculum.lessons_on(self.taken).collect();
        let minutes = lessons
            .iter()
            .map(|id| curriculum.document(*id).lesson.minutes(self.basis.edition));
        let count = |status| topics.iter().filter(|topic| topic.status == status).count();
        let (met, gaps) = (count(CellStatus::Met), count(CellStatus::Gap));
        let (id, name, serves) = self.entry.map_or((EVERYONE.0, EVERYONE.1, ""), |entry| {
            (&*entry.id, &*entry.name, &*entry.serves)
        });
        PathRow {
            id,
            name,
            serves,
            summary: PathSummary {
                modules: self.taken.modules.len(),
                lessons: lessons.len(),
                minutes: minutes.fold(0, u32::saturating_add),
                required: met + gaps,
                met,
                gaps,
                claims: claims.len(),
                evidenced: claims.iter().filter(|claim| claim.evidenced).count(),
            },
            modules: self.modules(&lessons),
            left_out: curriculum
                .numbered_modules()
                .filter(|(id, _)| self.taken.extent(*id).is_none())
                .map(|(_, module)| module.name.as_str())
                .collect(),
            topics,
            claims,
        }
    }

    fn modules(&self, lessons: &[DocumentId]) -> Vec<ModuleRow<'c>> {
        let curriculum = self.basis.curriculum;
        let mut counts: HashMap<ModuleId, usize> = HashMap::new();
        for id in lessons {
            if let Some(module) = curriculum.document(*id).module {
                *counts.entry(module).or_default() += 1;
            }
        }
        let taken = self.taken.modules.iter();
        taken
            .map(|taken| ModuleRow {
                module: &curriculum.module(taken.module).name,
                whole: taken.extent == Extent::Whole,
                lessons: counts.get(&taken.module).copied().unwrap_or(0),
            })
            .collect()
    }

    fn topics(&self) -> Vec<TopicOnPath<'c>> {
        let topics = self.basis.curriculum.registers.topics.iter();
        topics
            .zip(self.cells)
            .map(|(topic, cell)| TopicOnPath {
                id: &topic.id,
                name: &topic.name,
                required: cell.required.clone(),
                depths: cell.depths.clone(),
                missing: cell.missing(),
                status: cell.status(),
                modules: cell.modules,
                places: cell.places,
                first: cell.first.iter().map(|index| self.first(*index)).collect(),
            })
            .collect()
    }

    fn first(&self, occurrence: u32) -> FirstPlace<'c> {
        let curriculum = self.basis.curriculum;
        let occurrence = &curriculum.occurrences[occurrence as usize];
        let lesson = &curriculum.document(occurrence.document).lesson;
        FirstPlace {
            depth: occurrence.depth,
            at: At {
                file: self.basis.file(occurrence.document),
                line: occurrence.place.line,
                anchor: match curriculum.anchor(occurrence) {
                    Anchor::Id(id) => id,
                    Anchor::Link(..) => lesson.section_anchor(occurrence.section),
                },
            },
        }
    }

    fn claims(&self, carried: &Carried<'c>) -> Vec<ClaimOnPath<'c>> {
        let commitments = self.basis.curriculum.registers.commitments.iter();
        let current = commitments.filter(|commitment| commitment.status == Standing::Current);
        let claims = current.flat_map(|commitment| {
            let claims = commitment.claims.iter();
            let current = claims.filter(|claim| claim.status == Standing::Current);
            current.map(move |claim| (commitment, claim))
        });
        claims
            .map(|(commitment, claim)| {
                let found = carried.0.get(&*claim.id).map_or(&[][..], Vec::as_slice);
                let on_path = found
                    .iter()
                    .filter(|found| self.taken.takes(found.document));
                // Of several that are as deep, the first in reading order.
                let deepest = on_path.clone().rev().max_by_key(|found| found.depth);
                ClaimOnPath {
                    commitment: &commitment.id,
                    id: &claim.id,
                    text: &claim.text,
                    evidenced: deepest.is_some(),
                    depth: deepest.map(|found| found.depth),
                    places: on_path.count(),
                    first: deepest.map(|found| found.at),
                }
            })
            .collect()
    }
}

/// The places that bear out each claim, in reading order.
struct Carried<'c>(HashMap<&'c str, Vec<Bearing<'c>>>);

/// A place that bears a claim out.
#[derive(Clone, Copy)]
struct Bearing<'c> {
    document: DocumentId,
    depth: EvidenceDepth,
    at: At<'c>,
}

impl<'c> Carried<'c> {
    fn of(basis: &Basis<'c>) -> Self {
        let mut all: HashMap<&str, Vec<Bearing<'_>>> = HashMap::new();
        for id in basis.documents() {
            let lesson = &*basis.curriculum.document(id).lesson;
            let mut carried: Vec<_> = lesson.carried().collect();
            carried.sort_by_key(|carried| lesson.place_of(carried.carrier).line);
            for carried in carried {
                let Worth::Evidence(depth) = carried.worth else {
                    continue;
                };
                let at = At {
                    file: basis.file(id),
                    line: lesson.place_of(carried.carrier).line,
                    anchor: lesson.anchor_of(carried.carrier),
                };
                all.entry(&carried.claim.value).or_default().push(Bearing {
                    document: id,
                    depth,
                    at,
                });
            }
        }
        Self(all)
    }
}
