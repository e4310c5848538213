//! The coverage report: every topic against every module, each depth backed by the places where it was found.

use serde::{Deserialize, Serialize};

use super::html::{self, Fragment, Places};
use super::screen::push_section;
use super::{Basis, Report, SCHEMA, Sheet, counted, depth_names};
use crate::model::blocks::Depth;
use crate::model::coverage::{Cell, CellStatus};
use crate::model::curriculum::{ModuleId, Occurrence, OccurrenceKind};
use crate::model::registers::TopicId;

/// Topics against modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageReport {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: String,
    /// The numbers.
    pub summary: CoverageSummary,
    /// The topics in the order of the register.
    pub topics: Vec<TopicRow>,
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
pub struct TopicRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The lesson that teaches it fully: its path from the root, or what the register says where no such lesson exists.
    pub home: Option<String>,
    /// Every module in reading order.
    pub modules: Vec<ModuleCell>,
}

/// A topic in a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleCell {
    /// The module's name.
    pub module: String,
    /// Depths found, lowest first.
    pub depths: Vec<Depth>,
    /// Depths required, lowest first.
    pub required: Vec<Depth>,
    /// `met`, `gap`, `exempt` or `none`.
    pub status: String,
    /// The places in reading order.
    pub occurrences: Vec<Found>,
    /// Depths required and not found.
    #[serde(skip)]
    pub missing: Vec<Depth>,
    /// Why the module is exempt.
    #[serde(skip)]
    pub reason: String,
}

/// A place of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Path from the root.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
    /// How deep.
    pub depth: Depth,
    /// `name`, `link`, `heading`, or the kind of block.
    pub kind: String,
    /// Anchor in the lesson's page; empty for its top.
    pub anchor: String,
    /// The sentence there.
    pub text: String,
}

impl CoverageReport {
    /// Makes the report.
    pub fn new(basis: &Basis<'_>) -> Self {
        let coverage = basis.coverage;
        let (met, gaps, exempt) = (
            coverage.count(CellStatus::Met),
            coverage.count(CellStatus::Gap),
            coverage.count(CellStatus::Exempt),
        );
        let topics = &basis.curriculum.registers.topics;
        Self {
            schema: SCHEMA,
            as_of: basis.as_of.to_string(),
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

    /// Returns every topic with each of its cells.
    pub fn cells(&self) -> impl Iterator<Item = (&TopicRow, &ModuleCell)> {
        self.topics
            .iter()
            .flat_map(|topic| topic.modules.iter().map(move |cell| (topic, cell)))
    }
}

impl TopicRow {
    /// Counts the cells with one of these statuses.
    pub fn count(&self, statuses: &[CellStatus]) -> usize {
        self.modules
            .iter()
            .filter(|cell| statuses.iter().any(|status| status.name() == cell.status))
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
        self.modules.iter().map(|cell| cell.occurrences.len()).sum()
    }
}

impl ModuleCell {
    /// Returns whether the cell has this status.
    pub fn is(&self, status: CellStatus) -> bool {
        self.status == status.name()
    }
}

fn topic_row(basis: &Basis<'_>, id: TopicId) -> TopicRow {
    let topic = &basis.curriculum.registers.topics[id.0 as usize];
    let modules = basis.curriculum.modules.iter().enumerate();
    TopicRow {
        id: topic.id.clone(),
        name: topic.name.clone(),
        home: match basis.curriculum.homes[id.0 as usize] {
            Some(home) => Some(basis.file(home)),
            None => topic.home.as_ref().map(|home| home.value.clone()),
        },
        modules: modules
            .map(|(index, module)| {
                let cell = basis.coverage.cell(id, ModuleId(index as u32));
                module_cell(basis, &module.name, cell)
            })
            .collect(),
    }
}

fn module_cell(basis: &Basis<'_>, module: &str, cell: &Cell) -> ModuleCell {
    let mut required = cell.required.clone();
    required.sort_unstable();
    let occurrences = cell.occurrences.iter();
    ModuleCell {
        module: module.to_owned(),
        depths: cell.depths.clone(),
        required,
        status: cell.status.name().to_owned(),
        occurrences: occurrences
            .map(|index| found(basis, &basis.curriculum.occurrences[*index as usize]))
            .collect(),
        missing: cell.missing(),
        reason: cell.reason.clone(),
    }
}

fn found(basis: &Basis<'_>, occurrence: &Occurrence) -> Found {
    let curriculum = basis.curriculum;
    let lesson = &curriculum.document(occurrence.document).lesson;
    let text = match occurrence.kind {
        OccurrenceKind::Block(_) => {
            lesson.block_sentence(&lesson.blocks[occurrence.carrier as usize])
        }
        _ => curriculum.sentence(occurrence).0,
    };
    Found {
        file: basis.file(occurrence.document),
        line: occurrence.place.line,
        column: occurrence.place.column,
        depth: occurrence.depth,
        kind: occurrence.kind.name().to_owned(),
        anchor: curriculum.anchor(occurrence).into_owned(),
        text: text.trim().to_owned(),
    }
}

impl Report for CoverageReport {
    const NAME: &'static str = "coverage";

    fn sheet(&self) -> Sheet<'_> {
        let rows = self.cells().flat_map(|(topic, cell)| {
            cell.occurrences.iter().map(|found| {
                vec![
                    topic.id.as_str().into(),
                    topic.name.as_str().into(),
                    cell.module.as_str().into(),
                    found.depth.name().into(),
                    found.kind.as_str().into(),
                    found.file.as_str().into(),
                    found.line.to_string().into(),
                    found.column.to_string().into(),
                    found.anchor.as_str().into(),
                    found.text.as_str().into(),
                ]
            })
        });
        Sheet {
            columns: vec![
                "topic", "name", "module", "depth", "kind", "file", "line", "column", "anchor",
                "text",
            ],
            rows: Box::new(rows),
        }
    }

    fn table(&self) -> String {
        let CoverageSummary {
            topics,
            modules,
            required,
            met,
            gaps,
            exempt,
        } = self.summary;
        let mut out = format!(
            "Coverage as of {}: {} in {}; {met} of {required} requirements met, {}, {exempt} exempt\n",
            self.as_of,
            counted(topics, "topic"),
            counted(modules, "module"),
            counted(gaps, "gap"),
        );
        let names: Vec<String> = (1..=modules).map(|number| number.to_string()).collect();
        let mut columns = vec!["topic"];
        columns.extend(names.iter().map(String::as_str));
        let rows: Vec<Vec<String>> = self.topics.iter().map(matrix_row).collect();
        push_section(&mut out, "Depths by module", &columns, &rows);
        if !rows.is_empty() {
            out.push_str(
                "\nm mentioned, i introduced, p practised, a assessed; ! a gap, (x) exempt\n",
            );
        }
        if let Some(topic) = self.topics.first() {
            let rows: Vec<Vec<String>> = topic
                .modules
                .iter()
                .enumerate()
                .map(|(index, cell)| vec![(index + 1).to_string(), cell.module.clone()])
                .collect();
            push_section(&mut out, "Modules", &["no.", "module"], &rows);
        }
        let gaps: Vec<Vec<String>> = self
            .cells()
            .filter(|(_, cell)| cell.is(CellStatus::Gap))
            .map(|(topic, cell)| {
                vec![
                    topic.id.clone(),
                    cell.module.clone(),
                    depth_names(&cell.missing),
                ]
            })
            .collect();
        push_section(&mut out, "Gaps", &["topic", "module", "missing"], &gaps);
        out
    }

    fn fragment(&self, places: &Places<'_>) -> Fragment {
        html::coverage::fragment(self, places)
    }
}

fn matrix_row(topic: &TopicRow) -> Vec<String> {
    let mut row = vec![topic.id.clone()];
    row.extend(topic.modules.iter().map(|cell| {
        let letters: String = cell.depths.iter().map(|depth| &depth.name()[..1]).collect();
        match cell.status.as_str() {
            "gap" => format!("{letters}!"),
            "exempt" => format!("{letters}(x)"),
            _ if letters.is_empty() => "-".to_owned(),
            _ => letters,
        }
    }));
    row
}
