//! Holds every topic against every module.
//!
//! In: the curriculum. Out: its coverage; `review` makes findings of it.

use rayon::prelude::*;

use super::link::module_named;
use crate::model::blocks::Depth;
use crate::model::coverage::{Cell, CellStatus, Coverage};
use crate::model::curriculum::{Curriculum, ModuleId};
use crate::model::registers::{Required, Topic, TopicId};

/// Computes the coverage.
pub fn cover(curriculum: &Curriculum) -> Coverage {
    let rows = curriculum
        .registers
        .topics
        .par_iter()
        .enumerate()
        .map(|(index, topic)| row(curriculum, TopicId(index as u32), topic))
        .collect();
    Coverage { rows }
}

fn row(curriculum: &Curriculum, id: TopicId, topic: &Topic) -> Vec<Cell> {
    let modules = &curriculum.modules;
    let mut cells: Vec<Cell> = modules
        .iter()
        .map(|_| Cell {
            depths: Vec::new(),
            required: Vec::new(),
            status: CellStatus::None,
            reason: String::new(),
            occurrences: Vec::new(),
        })
        .collect();
    for index in &curriculum.threads[id.0 as usize] {
        let occurrence = &curriculum.occurrences[*index as usize];
        let Some(ModuleId(module)) = curriculum.document(occurrence.document).module else {
            continue;
        };
        let cell = &mut cells[module as usize];
        cell.occurrences.push(*index);
        if !cell.depths.contains(&occurrence.depth) {
            cell.depths.push(occurrence.depth);
        }
    }
    for (depth, required) in &topic.requires {
        match required {
            Required::EveryModule => cells.iter_mut().for_each(|cell| require(cell, *depth)),
            Required::Modules(list) => {
                for module in list
                    .iter()
                    .filter_map(|name| module_named(&name.value, modules))
                {
                    require(&mut cells[module], *depth);
                }
            }
        }
    }
    for exemption in &topic.exempt {
        if let Some(module) = module_named(&exemption.module.value, modules) {
            cells[module].reason.clone_from(&exemption.reason);
        }
    }
    for cell in &mut cells {
        cell.depths.sort_unstable();
        cell.status = if cell.required.is_empty() {
            CellStatus::None
        } else if cell.missing().is_empty() {
            CellStatus::Met
        } else if cell.reason.is_empty() {
            CellStatus::Gap
        } else {
            CellStatus::Exempt
        };
    }
    cells
}

fn require(cell: &mut Cell, depth: Depth) {
    if !cell.required.contains(&depth) {
        cell.required.push(depth);
    }
}
