//! Holds every topic against every module and every path.
//!
//! In: the curriculum. Out: its coverage; `review` makes findings of it.

use rayon::prelude::*;

use crate::model::blocks::Depth;
use crate::model::coverage::{Cell, CellStatus, Coverage, PathCell};
use crate::model::curriculum::{Asked, Curriculum, Demands, DocumentId, Extent, Module, TakenPath};
use crate::model::registers::PathId;

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
    let paths = curriculum.paths.iter().enumerate();
    let paths = paths.map(|(index, path)| along(curriculum, &rows, PathId(index as u32), path));
    Coverage {
        paths: paths.collect(),
        outside: outside(curriculum),
        rows,
    }
}

/// Returns what somebody who takes a path meets of each topic.
fn along(
    curriculum: &Curriculum,
    rows: &[Vec<Cell>],
    id: PathId,
    path: &TakenPath,
) -> Vec<PathCell> {
    let topics = rows.iter().zip(&curriculum.demands);
    topics
        .map(|(row, demands)| {
            let mut cell = PathCell::default();
            for taken in &path.modules {
                let of_module = &row[taken.module.0 as usize];
                let places = of_module.occurrences.iter().copied();
                let met = places.filter(|index| {
                    taken.extent == Extent::Whole
                        || path.takes(curriculum.occurrences[*index as usize].document)
                });
                let before = cell.places;
                for index in met {
                    meet(
                        &mut cell,
                        index,
                        curriculum.occurrences[index as usize].depth,
                    );
                }
                cell.modules += u32::from(cell.places > before);
                let required = of_module.required.iter();
                let required = required.filter(|depth| !of_module.excused.contains(depth));
                cell.required.extend(required);
            }
            let asked = demands.on_paths.iter().filter(|asked| asked.path == id);
            cell.asked.extend(asked.map(|asked| asked.depth));
            cell.required.extend_from_slice(&cell.asked);
            for depths in [&mut cell.asked, &mut cell.required] {
                depths.sort_unstable();
                depths.dedup();
            }
            cell
        })
        .collect()
}

/// Adds a place; places come in reading order.
fn meet(cell: &mut PathCell, index: u32, depth: Depth) {
    cell.places += 1;
    if let Err(at) = cell.depths.binary_search(&depth) {
        cell.depths.insert(at, depth);
        cell.first.insert(at, index);
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
