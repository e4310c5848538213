//! Topics held against modules: the depths found, and what the register requires.

use serde::{Deserialize, Serialize};

use super::blocks::Depth;
use super::curriculum::ModuleId;
use super::registers::TopicId;

/// Whether a cell meets what is required of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CellStatus {
    /// Everything required is there.
    Met,
    /// Something required is missing.
    Gap,
    /// Something required is missing, and the register says why that is right.
    Exempt,
    /// Nothing is required.
    None,
}

impl CellStatus {
    /// Returns the name as it stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Gap => "gap",
            Self::Exempt => "exempt",
            Self::None => "none",
        }
    }
}

/// One topic in one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Depths found, lowest first.
    pub depths: Vec<Depth>,
    /// Depths required, lowest first.
    pub required: Vec<Depth>,
    /// Whether the one meets the other.
    pub status: CellStatus,
    /// Why the module is exempt; empty where it is not.
    pub reason: String,
    /// Depths that the module need not reach.
    pub excused: Vec<Depth>,
    /// Positions in the curriculum's occurrences, in reading order.
    pub occurrences: Vec<u32>,
}

impl Cell {
    /// Returns the required depths that were not found and that nothing excuses.
    pub fn gaps(&self) -> Vec<Depth> {
        let mut gaps = self.missing();
        gaps.retain(|depth| !self.excused.contains(depth));
        gaps
    }

    /// Returns the required depths that were not found.
    ///
    /// *Mentioned* is met by any depth; every other depth only by itself: a question is no practice.
    pub fn missing(&self) -> Vec<Depth> {
        missing(&self.required, &self.depths)
    }
}

fn missing(required: &[Depth], found: &[Depth]) -> Vec<Depth> {
    let required = required.iter().copied();
    required
        .filter(|depth| match depth {
            Depth::Mentioned => found.is_empty(),
            depth => !found.contains(depth),
        })
        .collect()
}

/// One topic on one path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PathCell {
    /// Depths found, lowest first.
    pub depths: Vec<Depth>,
    /// The first place of each of them: positions in the curriculum's occurrences.
    pub first: Vec<u32>,
    /// How many places there are.
    pub places: u32,
    /// In how many modules.
    pub modules: u32,
    /// Depths that the register asks of the path itself, lowest first.
    pub asked: Vec<Depth>,
    /// Depths that it asks of the path or of a module on it, lowest first; what excuses the module is taken away.
    pub required: Vec<Depth>,
}

impl PathCell {
    /// Returns the depths that are required and that no page of the path reaches.
    pub fn missing(&self) -> Vec<Depth> {
        missing(&self.required, &self.depths)
    }

    /// Returns the depths that are asked of the path itself and that none of its pages reaches.
    pub fn gaps(&self) -> Vec<Depth> {
        missing(&self.asked, &self.depths)
    }

    /// Returns whether the path meets what is required. Nothing is excused there: only modules are.
    pub fn status(&self) -> CellStatus {
        if self.required.is_empty() {
            CellStatus::None
        } else if self.missing().is_empty() {
            CellStatus::Met
        } else {
            CellStatus::Gap
        }
    }
}

/// All cells: a row per topic of the register, a column per module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// `rows[topic][module]`.
    pub rows: Vec<Vec<Cell>>,
    /// For each topic its places on pages that belong to no module, by their positions in the curriculum's occurrences: nothing is required of them.
    pub outside: Vec<Vec<u32>>,
    /// `paths[path][topic]`.
    pub paths: Vec<Vec<PathCell>>,
}

impl Coverage {
    /// Returns a cell.
    pub fn cell(&self, topic: TopicId, module: ModuleId) -> &Cell {
        &self.rows[topic.0 as usize][module.0 as usize]
    }

    /// Returns the places of a topic on pages that belong to no module.
    pub fn outside(&self, topic: TopicId) -> &[u32] {
        &self.outside[topic.0 as usize]
    }

    /// Returns how many cells have this status.
    pub fn count(&self, status: CellStatus) -> usize {
        self.rows
            .iter()
            .flatten()
            .filter(|cell| cell.status == status)
            .count()
    }
}
