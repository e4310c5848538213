//! What the coverage has gained and lost since an earlier report.
//!
//! Places are compared by what they are and say, not by their lines: a lesson that only moved down has changed nothing.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use super::cell::Cell;
use super::coverage::{self, CoverageReport, Found, ModuleCell};
use super::data::{Document, Extent, Report, SCHEMA, Section};
use super::table::{Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::blocks::Depth;
use crate::model::coverage::CellStatus;

/// Two coverage reports held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// What counted as today in the earlier report.
    pub against: Date,
    /// The numbers.
    pub summary: ChangeSummary,
    /// The cells that differ, in the order of the register and of the modules; those that are gone last.
    pub changes: Vec<CellChange<'c>>,
}

/// The numbers of a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ChangeSummary {
    /// Cells that differ.
    pub cells: usize,
    /// Places that are new.
    pub places_gained: usize,
    /// Places that are gone.
    pub places_lost: usize,
    /// Depths that a module reaches now and did not.
    pub depths_gained: usize,
    /// Depths that a module reached and does not now.
    pub depths_lost: usize,
    /// Cells that are gaps now and were not.
    pub gaps_opened: usize,
    /// Cells that were gaps and are not now.
    pub gaps_closed: usize,
}

/// A topic in a module, then and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange<'c> {
    /// The topic's id.
    pub topic: &'c str,
    /// The module's name.
    pub module: &'c str,
    /// Its status then; nothing where the topic or module did not exist.
    pub before: Option<CellStatus>,
    /// Its status now; nothing where the topic or module is gone.
    pub after: Option<CellStatus>,
    /// Depths that are new.
    pub depths_gained: Vec<Depth>,
    /// Depths that are gone.
    pub depths_lost: Vec<Depth>,
    /// Places that are new.
    pub gained: Vec<&'c Found<'c>>,
    /// Places that are gone, with their lines of then.
    pub lost: Vec<&'c Found<'c>>,
}

/// Why a file cannot be compared with.
#[derive(Debug, thiserror::Error)]
pub enum NotCoverage {
    /// It is something else.
    #[error(
        "it is not a coverage report as `throughline report coverage --format json` writes it: {0}"
    )]
    Other(#[from] serde_json::Error),
    /// It was written by another version.
    #[error("its schema is {0}, and this version compares schema {SCHEMA}")]
    Schema(u32),
}

/// Reads an earlier coverage report.
///
/// # Errors
///
/// When the text is no such report.
pub fn earlier(text: &str) -> Result<CoverageReport<'static>, NotCoverage> {
    let report: CoverageReport<'static> =
        serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    if report.schema == SCHEMA {
        Ok(report)
    } else {
        Err(NotCoverage::Schema(report.schema))
    }
}

type Cells<'a> = HashMap<(&'a str, &'a str), &'a ModuleCell<'a>>;

impl<'c> ChangeReport<'c> {
    /// Compares two reports.
    pub fn new(before: &'c CoverageReport<'_>, after: &'c CoverageReport<'_>) -> Self {
        let old: Cells<'_> = cells(before).collect();
        let new: Cells<'_> = cells(after).collect();
        let mut changes: Vec<CellChange<'_>> = cells(after)
            .filter_map(|(key, cell)| compare(key, old.get(&key).copied(), Some(cell)))
            .collect();
        changes.extend(
            cells(before)
                .filter(|(key, _)| !new.contains_key(key))
                .filter_map(|(key, cell)| compare(key, Some(cell), None)),
        );
        Self {
            schema: SCHEMA,
            as_of: after.as_of,
            against: before.as_of,
            summary: ChangeSummary::of(&changes),
            changes,
        }
    }
}

impl ChangeSummary {
    /// Counts what cells have gained and lost.
    pub fn of(changes: &[CellChange<'_>]) -> Self {
        let mut summary = Self {
            cells: changes.len(),
            ..Self::default()
        };
        for change in changes {
            summary.add(change);
        }
        summary
    }

    fn add(&mut self, change: &CellChange<'_>) {
        self.places_gained += change.gained.len();
        self.places_lost += change.lost.len();
        self.depths_gained += change.depths_gained.len();
        self.depths_lost += change.depths_lost.len();
        let was_gap = change.before == Some(CellStatus::Gap);
        let is_gap = change.after == Some(CellStatus::Gap);
        self.gaps_opened += usize::from(is_gap && !was_gap);
        self.gaps_closed += usize::from(was_gap && !is_gap);
    }
}

fn cells<'c>(
    report: &'c CoverageReport<'_>,
) -> impl Iterator<Item = ((&'c str, &'c str), &'c ModuleCell<'c>)> {
    report
        .cells()
        .map(|(topic, cell)| ((&*topic.id, &*cell.module), cell))
}

/// Returns how a cell differs; nothing where it does not.
///
/// A cell that came or went without having held or required anything is no change.
fn compare<'c>(
    (topic, module): (&'c str, &'c str),
    before: Option<&'c ModuleCell<'c>>,
    after: Option<&'c ModuleCell<'c>>,
) -> Option<CellChange<'c>> {
    let depths = |cell: Option<&ModuleCell<'_>>| cell.map_or(&[][..], |cell| &cell.depths).to_vec();
    let (held, holds) = (places(before), places(after));
    let status = |cell: Option<&ModuleCell<'_>>| cell.map_or(CellStatus::None, |cell| cell.status);
    let without = |list: Vec<Depth>, other: &[Depth]| -> Vec<Depth> {
        list.into_iter()
            .filter(|depth| !other.contains(depth))
            .collect()
    };
    let change = CellChange {
        topic,
        module,
        before: before.map(|cell| cell.status),
        after: after.map(|cell| cell.status),
        depths_gained: without(depths(after), &depths(before)),
        depths_lost: without(depths(before), &depths(after)),
        gained: places_without(holds, held),
        lost: places_without(held, holds),
    };
    let differs = status(before) != status(after)
        || !change.gained.is_empty()
        || !change.lost.is_empty()
        || !change.depths_gained.is_empty()
        || !change.depths_lost.is_empty();
    differs.then_some(change)
}

fn places<'c>(cell: Option<&'c ModuleCell<'c>>) -> &'c [Found<'c>] {
    cell.map_or(&[], |cell| &cell.occurrences)
}

/// Returns the places that another list does not have; a place that stands twice is taken away once for each there.
fn places_without<'c>(places: &'c [Found<'c>], other: &[Found<'_>]) -> Vec<&'c Found<'c>> {
    let mut left: HashMap<_, usize> = HashMap::new();
    for found in other {
        *left.entry(sense(found)).or_default() += 1;
    }
    let mut remaining = Vec::new();
    for found in places {
        match left.get_mut(&sense(found)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => remaining.push(found),
        }
    }
    remaining
}

/// What makes a place the same one after lines have shifted. Anchors of links are numbered, and shift as well.
fn sense<'f>(found: &'f Found<'_>) -> (&'f str, Depth, &'f str, &'f str) {
    (&found.file, found.depth, &found.kind, &found.text)
}

impl CellChange<'_> {
    /// Returns the statuses then and now as people read them.
    pub fn statuses(&self) -> String {
        let name = |status: Option<CellStatus>| status.map_or("absent", CellStatus::name);
        let (before, after) = (name(self.before), name(self.after));
        if before == after {
            after.to_owned()
        } else {
            format!("{before} to {after}")
        }
    }

    /// Returns the places that came and those that went, each with the word for it.
    fn places(&self) -> [(&'static str, &[&Found<'_>]); 2] {
        [("gained", &self.gained), ("lost", &self.lost)]
    }
}

impl Report for ChangeReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let summary = self.summary;
        let mut sections = vec![self.cells()];
        if extent == Extent::Full {
            sections.extend(self.changes.iter().flat_map(places_of));
        }
        Document {
            subject: "Coverage",
            title: "Coverage gained and lost".into(),
            since: Some(self.against),
            lede: format!(
                "{} gained and {} lost; {} opened, {} closed",
                counted(summary.places_gained, "place"),
                summary.places_lost,
                counted(summary.gaps_opened, "gap"),
                summary.gaps_closed,
            ),
            remarks: Vec::new(),
            sections,
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "change", "topic", "module", "before", "after", "depth", "kind", "file", "line",
                "column", "anchor", "text",
            ],
            rows: Rows::new(|put| {
                let status =
                    |status: Option<CellStatus>| Cell::text(status.map_or("", CellStatus::name));
                for change in &self.changes {
                    for (what, places) in change.places() {
                        for found in places {
                            let [depth, kind, file, line, column, anchor, text] =
                                coverage::located(found);
                            let cells = [
                                Cell::text(what),
                                Cell::text(change.topic),
                                Cell::text(change.module),
                                status(change.before),
                                status(change.after),
                                depth,
                                kind,
                                file,
                                line,
                                column,
                                anchor,
                                text,
                            ];
                            put(Row::of(&cells).at(found.spot()))?;
                        }
                    }
                }
                Ok(())
            }),
        }
    }
}

impl ChangeReport<'_> {
    fn cells(&self) -> Section<'_> {
        let rows = Rows::of(&self.changes, |change| {
            let places = format!("+{} -{}", change.gained.len(), change.lost.len());
            [
                Cell::text(change.topic),
                Cell::Module(change.module),
                Cell::text(change.statuses()),
                Cell::Depths(&change.depths_gained, ""),
                Cell::Depths(&change.depths_lost, ""),
                Cell::text(places),
            ]
        });
        let columns = [
            ("topic", "Topic"),
            ("module", "Module"),
            ("status", "Status"),
            ("gained", "Depths gained"),
            ("lost", "Depths lost"),
            ("places", "Places"),
        ];
        Section {
            without: "Nothing was gained or lost.",
            ..Section::new("changes", "Changes", Table::new(columns, rows))
        }
    }
}

/// Returns the places gained in a cell, and those lost.
fn places_of<'r>(change: &'r CellChange<'_>) -> impl Iterator<Item = Section<'r>> {
    let lists = change.places().into_iter();
    lists.map(move |(what, places)| {
        let rows = Rows::new(move |put| {
            for found in places {
                put(Row::of(&coverage::place(found)))?;
            }
            Ok(())
        });
        Section::new(
            format!("{what}-{}-{}", change.topic, change.module),
            [
                Cell::text(format!("{}, ", change.topic)),
                Cell::Module(change.module),
                Cell::text(format!(": {what}")),
            ],
            Table::new(coverage::PLACES, rows),
        )
    })
}
