//! Cells as plain text, for terminals and spreadsheets: ids and names of states, as they stand in JSON.

use crate::model::coverage::CellStatus;
use crate::report::cell::{Cell, Line, Reach};
use crate::report::words::{depth_names, percent};

/// Appends what a cell says.
pub fn push(text: &mut String, cell: &Cell<'_>) {
    match cell {
        Cell::Text(words) | Cell::Link(words, _) => text.push_str(words),
        Cell::Noted(words, _)
        | Cell::Code(words)
        | Cell::Named(words, ..)
        | Cell::Module(words) => text.push_str(words),
        Cell::Number(number) => push_number(text, *number),
        Cell::Share(part, whole) => {
            push_number(text, *part);
            text.push_str(" of ");
            push_number(text, *whole);
        }
        Cell::Percent(share) => text.push_str(&percent(*share)),
        Cell::Date(Some(date), _) => text.push_str(&date.to_string()),
        Cell::Date(None, without) => text.push_str(without),
        Cell::Depth(depth) => text.push_str(depth.name()),
        Cell::Depths([], without) => text.push_str(without),
        Cell::Depths(depths, _) => text.push_str(&depth_names(depths)),
        Cell::Status(status) => text.push_str(&status.name),
        Cell::Place(spot) | Cell::Lesson(spot, _) | Cell::Address(spot) => spot.push_to(text),
        Cell::At(_, words) => text.push_str(words),
        Cell::Quote(spot, heading, words) => {
            spot.push_to(text);
            for part in [" ", &**heading, ": ", words] {
                text.push_str(part);
            }
        }
        Cell::Parts(cells) => {
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    text.push(' ');
                }
                push(text, cell);
            }
        }
        Cell::List(cells, _) | Cell::Folded(_, cells, _) => push_number(text, cells.len()),
        Cell::Reach(reach) => push_reach(text, reach),
    }
}

/// Returns what the cells of a line say.
pub fn line(line: &Line<'_>) -> String {
    let mut text = String::new();
    for cell in &line.0 {
        push(&mut text, cell);
    }
    text
}

/// Appends the first letter of each depth, and what is missing or excused.
pub fn push_reach(text: &mut String, reach: &Reach<'_>) {
    text.extend(
        reach
            .depths
            .iter()
            .flat_map(|depth| depth.name().chars().next()),
    );
    match reach.required {
        CellStatus::Gap => text.push('!'),
        CellStatus::Exempt => text.push_str("(x)"),
        CellStatus::Met | CellStatus::None if reach.depths.is_empty() => text.push('-'),
        CellStatus::Met | CellStatus::None => {}
    }
}

fn push_number(text: &mut String, number: usize) {
    text.push_str(itoa::Buffer::new().format(number));
}
