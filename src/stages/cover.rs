//! Holds every topic against every module.
//!
//! In: the curriculum. Out: its coverage; `review` makes findings of it.

use rayon::prelude::*;

use crate::model::blocks::Depth;
use crate::model::coverage::{Cell, CellStatus, Coverage};
use crate::model::curriculum::{Asked, Curriculum, Demands, DocumentId, Module};

/// Computes the coverage.
pub fn cover(curriculum: &Curriculum) -> Coverage {
    let modules = &curriculum.modules;
    let topics = &curriculum.registers.topics;
    let columns: Vec<Vec<Cell>> = modules
        .par_iter()
        .map(|module| column(curriculum, module))
        .collect();
    let mut rows: Vec<Vec<Cell>> = topics
        .iter()
        .map(|_| Vec::with_capacity(modules.len()))
        .collect();
    for column in columns {
        for (row, cell) in rows.iter_mut().zip(column) {
            row.push(cell);
        }
    }
    for (row, demands) in rows.iter_mut().zip(&curriculum.demands) {
        hold(row, demands);
    }
    Coverage {
        rows,
        outside: outside(curriculum),
    }
}

/// Returns where each topic stands on pages that belong to no module.
fn outside(curriculum: &Curriculum) -> Vec<Vec<u32>> {
    let mut outside = vec![Vec::new(); curriculum.registers.topics.len()];
    let documents = curriculum.documents.iter();
    for document in documents.filter(|document| document.module.is_none()) {
        for index in document.occurrences.clone() {
            let topic = curriculum.occurrences[index as usize].topic;
            outside[topic.0 as usize].push(index);
        }
    }
    outside
}

/// Returns what one module says about each topic, before anything is required of it.
fn column(curriculum: &Curriculum, module: &Module) -> Vec<Cell> {
    let mut cells: Vec<Cell> = curriculum
        .registers
        .topics
        .iter()
        .map(|_| Cell {
            depths: Vec::new(),
            required: Vec::new(),
            status: CellStatus::None,
            reason: String::new(),
            excused: Vec::new(),
            occurrences: Vec::new(),
        })
        .collect();
    // A module's documents stand together, and so do their occurrences.
    for id in module.documents.clone().map(DocumentId) {
        for index in curriculum.document(id).occurrences.clone() {
            let occurrence = &curriculum.occurrences[index as usize];
            let cell = &mut cells[occurrence.topic.0 as usize];
            cell.occurrences.push(index);
            if !cell.depths.contains(&occurrence.depth) {
                cell.depths.push(occurrence.depth);
            }
        }
    }
    cells
}

/// Holds a topic's cells against what the register requires.
fn hold(cells: &mut [Cell], demands: &Demands) {
    for requirement in &demands.requires {
        match &requirement.of {
            Asked::Every(_) => cells
                .iter_mut()
                .for_each(|cell| require(cell, requirement.depth)),
            Asked::Some(list) => {
                for (module, _) in list {
                    require(&mut cells[module.0 as usize], requirement.depth);
                }
            }
        }
    }
    for exempt in &demands.exempt {
        let cell = &mut cells[exempt.module.0 as usize];
        // A module may be exempt from each depth for a reason of its own.
        if !cell.reason.is_empty() {
            cell.reason.push_str("; ");
        }
        cell.reason.push_str(&exempt.reason);
        cell.excused.extend(exempt.depths());
    }
    for cell in cells {
        cell.depths.sort_unstable();
        cell.status = if cell.required.is_empty() {
            CellStatus::None
        } else if cell.missing().is_empty() {
            CellStatus::Met
        } else if cell.gaps().is_empty() {
            CellStatus::Exempt
        } else {
            CellStatus::Gap
        };
    }
}

fn require(cell: &mut Cell, depth: Depth) {
    if !cell.required.contains(&depth) {
        cell.required.push(depth);
    }
}
