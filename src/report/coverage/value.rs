//! What the coverage report holds: every topic against every module, each depth backed by the places where it was found.
//!
//! In: the basis, or an earlier report in JSON. Out: the values; what people read of them stands beside this file.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::blocks::Depth;
use crate::model::config::Edition;
use crate::model::coverage::{Cell, CellStatus};
use crate::model::curriculum::{ModuleId, Occurrence, OccurrenceKind};
use crate::model::registers::TopicId;
use crate::report::basis::Basis;
use crate::report::cell::{Spot, Status, Tone};
use crate::report::data::SCHEMA;
use crate::report::words::depth_names;

/// Topics against modules. It borrows from the curriculum, and nothing where it was read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers.
    pub summary: CoverageSummary,
    /// The topics in the order of the register.
    pub topics: Vec<TopicRow<'c>>,
}

/// The numbers of the coverage; all but the first two count cells, each a topic in a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageSummary {
    /// Topics in the register.
    pub topics: usize,
    /// Modules in the curriculum.
    pub modules: usize,
    /// Cells of which something is required: the sum of the next three.
    pub required: usize,
    /// Cells where everything required was found.
    pub met: usize,
    /// Cells where something required is missing.
    pub gaps: usize,
    /// Cells where something required is missing, and the register says why that is right.
    pub exempt: usize,
}

/// A topic and all modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicRow<'c> {
    /// Its id.
    pub id: Cow<'c, str>,
    /// Its name.
    pub name: Cow<'c, str>,
    /// The lesson that teaches it fully: its path from the root, or what the register says where no such lesson exists.
    pub home: Option<Cow<'c, str>>,
    /// Every module in reading order.
    pub modules: Vec<ModuleCell<'c>>,
    /// The places on pages that belong to no module, in reading order; nothing is required of them.
    #[serde(default)]
    pub outside: Vec<Found<'c>>,
    /// What it means.
    #[serde(skip)]
    pub definition: Cow<'c, str>,
}

/// A topic in a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleCell<'c> {
    /// The module's name.
    pub module: Cow<'c, str>,
    /// Depths found, lowest first.
    pub depths: Vec<Depth>,
    /// Depths required, lowest first.
    pub required: Vec<Depth>,
    /// Whether the one meets the other.
    pub status: CellStatus,
    /// The places in reading order.
    pub occurrences: Vec<Found<'c>>,
    /// Depths required and not found.
    #[serde(skip)]
    pub missing: Vec<Depth>,
    /// Why the module is exempt; empty where it is not.
    #[serde(default)]
    pub reason: Cow<'c, str>,
}

/// A place of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<'c> {
    /// Path from the root.
    pub file: Cow<'c, str>,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
    /// How deep.
    pub depth: Depth,
    /// `name`, `link`, `heading`, or the kind of block.
    pub kind: Cow<'c, str>,
    /// Anchor in the lesson's page; empty for its top.
    pub anchor: Cow<'c, str>,
    /// The sentence there.
    pub text: Cow<'c, str>,
}

impl<'c> CoverageReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let coverage = basis.coverage;
        let (met, gaps, exempt) = (
            coverage.count(CellStatus::Met),
            coverage.count(CellStatus::Gap),
            coverage.count(CellStatus::Exempt),
        );
        let topics = &basis.curriculum.registers.topics;
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            summary: CoverageSummary {
                topics: topics.len(),
                modules: basis.curriculum.modules.len(),
                required: met + gaps + exempt,
                met,
                gaps,
                exempt,
            },
            topics: (0..topics.len() as u32)
                .map(|index| topic_row(basis, TopicId(index)))
                .collect(),
        }
    }

    /// Returns the places of every topic by module; those on pages that belong to none come first, under an empty name.
    pub fn places(&self) -> impl Iterator<Item = (&TopicRow<'c>, &str, &[Found<'c>])> {
        self.topics.iter().flat_map(|topic| {
            let modules = topic.modules.iter();
            let in_modules = modules.map(|cell| (&*cell.module, &*cell.occurrences));
            let outside = std::iter::once(("", &*topic.outside));
            outside
                .chain(in_modules)
                .map(move |(module, places)| (topic, module, places))
        })
    }

    /// Returns every topic with each of its cells.
    pub fn cells(&self) -> impl Iterator<Item = (&TopicRow<'c>, &ModuleCell<'c>)> {
        self.topics
            .iter()
            .flat_map(|topic| topic.modules.iter().map(move |cell| (topic, cell)))
    }
}

impl TopicRow<'_> {
    /// Counts the cells with one of these statuses.
    pub fn count(&self, statuses: &[CellStatus]) -> usize {
        self.modules
            .iter()
            .filter(|cell| statuses.contains(&cell.status))
            .count()
    }

    /// Counts the modules where the topic stands at all.
    pub fn reached(&self) -> usize {
        self.modules
            .iter()
            .filter(|cell| !cell.depths.is_empty())
            .count()
    }

    /// Counts the places.
    pub fn places(&self) -> usize {
        let in_modules = self.modules.iter().map(|cell| cell.occurrences.len());
        in_modules.sum::<usize>() + self.outside.len()
    }
}

impl ModuleCell<'_> {
    /// Returns the status with what it means here.
    pub fn shown(&self) -> Status<'_> {
        let (words, tone) = match self.status {
            CellStatus::Met => ("Met".into(), Tone::Good),
            CellStatus::Gap => (
                format!("Gap: not {}", depth_names(&self.missing)),
                Tone::Poor,
            ),
            CellStatus::Exempt => (format!("Exempt: {}", self.reason), Tone::Fair),
            CellStatus::None => ("Nothing required".into(), Tone::Plain),
        };
        Status::new(self.status.name(), tone).said(words)
    }

    /// Returns the first place of each depth, the deepest first: it is what a reviewer asks for.
    pub fn first_places(&self) -> Vec<(Depth, Spot<'_>)> {
        let first = |depth: &Depth| {
            let found = self
                .occurrences
                .iter()
                .find(|found| found.depth == *depth)?;
            Some((*depth, found.spot()))
        };
        self.depths.iter().rev().filter_map(first).collect()
    }
}

impl Found<'_> {
    /// Returns where it stands.
    pub fn spot(&self) -> Spot<'_> {
        Spot {
            file: &self.file,
            line: self.line,
            column: self.column,
            anchor: &self.anchor,
        }
    }
}

fn topic_row<'c>(basis: &Basis<'c>, id: TopicId) -> TopicRow<'c> {
    let topic = &basis.curriculum.registers.topics[id.0 as usize];
    let modules = basis.curriculum.modules.iter().enumerate();
    TopicRow {
        id: topic.id.as_str().into(),
        name: topic.name.as_str().into(),
        home: match basis.curriculum.homes[id.0 as usize] {
            Some(home) => Some(basis.file(home).into()),
            None => topic.home.as_ref().map(|home| home.value.as_str().into()),
        },
        modules: modules
            .map(|(index, module)| {
                let cell = basis.coverage.cell(id, ModuleId(index as u32));
                module_cell(basis, &module.name, cell)
            })
            .collect(),
        outside: basis
            .coverage
            .outside(id)
            .iter()
            .map(|index| found(basis, &basis.curriculum.occurrences[*index as usize]))
            .collect(),
        definition: topic.definition.as_str().into(),
    }
}

fn module_cell<'c>(basis: &Basis<'c>, module: &'c str, cell: &'c Cell) -> ModuleCell<'c> {
    let mut required = cell.required.clone();
    required.sort_unstable();
    let occurrences = cell.occurrences.iter();
    ModuleCell {
        module: module.into(),
        depths: cell.depths.clone(),
        required,
        status: cell.status,
        occurrences: occurrences
            .map(|index| found(basis, &basis.curriculum.occurrences[*index as usize]))
            .collect(),
        missing: cell.missing(),
        reason: cell.reason.as_str().into(),
    }
}

fn found<'c>(basis: &Basis<'c>, occurrence: &'c Occurrence) -> Found<'c> {
    let curriculum = basis.curriculum;
    let lesson = &curriculum.document(occurrence.document).lesson;
    let text = match occurrence.kind {
        OccurrenceKind::Block(_) => lesson.block_sentence(
            &lesson.blocks[occurrence.carrier as usize],
            Edition::Learner,
        ),
        _ => curriculum.sentence(occurrence, Edition::Learner).0,
    };
    Found {
        file: basis.file(occurrence.document).into(),
        line: occurrence.place.line,
        column: occurrence.place.column,
        depth: occurrence.depth,
        kind: occurrence.kind.name().into(),
        anchor: curriculum.anchor(occurrence).into(),
        text: text.trim().into(),
    }
}
