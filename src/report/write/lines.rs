//! Cells as lines of words with links, for documents of office programs.

use crate::model::visible::visible;
use crate::report::cell::{Cell, Line, Spot, Target};
use crate::report::places::Places;
use crate::report::table::Table;
use crate::report::words::{counted, depth_names, long_date, percent};

/// The keyword by which the program knows again what it wrote for office programs.
pub const KEYWORD: &str = "throughline-pack";

/// Words that may lead somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What they say: XML can hold it, and it has no line breaks.
    pub text: String,
    /// Where they lead: an address that works from anywhere.
    pub href: Option<String>,
}

impl Words {
    fn new(text: &str) -> Self {
        Self::leading(text, None)
    }

    fn leading(text: &str, href: Option<String>) -> Self {
        Self {
            text: clean(text),
            href: href.filter(|href| href.contains(':')),
        }
    }
}

/// Returns a text in one line, without what XML 1.0 cannot hold: <https://www.w3.org/TR/xml/#charsets>.
pub fn clean(text: &str) -> String {
    visible(text)
        .replace(['\n', '\t'], " ")
        .replace(['\u{fffe}', '\u{ffff}'], "")
}

/// Returns what the cells of a line say, one after the other.
pub fn line(line: &Line<'_>, places: &Places<'_>) -> Vec<Words> {
    let cells = line.0.iter();
    cells
        .flat_map(|cell| lines(cell, places))
        .flatten()
        .collect()
}

/// Returns what a cell says: lists in lines below each other.
pub fn lines(cell: &Cell<'_>, places: &Places<'_>) -> Vec<Vec<Words>> {
    let words = match cell {
        Cell::List(cells, none) | Cell::Folded(_, cells, none) => {
            if cells.is_empty() {
                return vec![vec![Words::new(&none.words)]];
            }
            return cells.iter().flat_map(|cell| lines(cell, places)).collect();
        }
        Cell::Parts(cells) => {
            // Parts are read as one line.
            let mut parts: Vec<Words> = Vec::new();
            for part in cells.iter().flat_map(|cell| lines(cell, places)).flatten() {
                if !parts.is_empty() {
                    parts.push(Words::new(" "));
                }
                parts.push(part);
            }
            return vec![parts];
        }
        Cell::Noted(text, note) if !note.is_empty() => {
            return vec![vec![Words::new(text)], vec![Words::new(note)]];
        }
        Cell::Quote(spot, heading, text) => {
            let quote = Words::new(&format!(" “{text}”"));
            return vec![vec![lesson(*spot, heading, places), quote]];
        }
        Cell::Text(text) => Words::new(text),
        Cell::Noted(text, _) | Cell::Code(text) => Words::new(text),
        Cell::Named(_, text, target) => Words::leading(text, href(target, places)),
        Cell::Link(text, target) => Words::leading(text, href(target, places)),
        Cell::Number(number) => Words::new(&number.to_string()),
        Cell::Share(part, whole) => Words::new(&format!("{part} of {whole}")),
        Cell::Percent(share) => Words::new(&percent(*share)),
        Cell::Date(Some(date), _) => Words::new(&long_date(*date)),
        Cell::Date(None, without) | Cell::Depths([], without) => Words::new(without),
        Cell::Depth(depth) => Words::new(depth.name()),
        Cell::Depths(depths, _) => Words::new(&depth_names(depths)),
        Cell::Status(status) => Words::new(&status.words),
        Cell::Module(name) => Words::new(&places.module(name)),
        Cell::Place(spot) => lesson(*spot, "", places),
        Cell::At(spot, text) => Words::leading(text, places.place(*spot)),
        Cell::Lesson(spot, heading) => lesson(*spot, heading, places),
        Cell::Address(spot) => {
            let document = places.document(spot.file);
            let address = document.map(|document| places.address(document, spot.anchor));
            Words::leading(&address.unwrap_or_default(), places.place(*spot))
        }
        Cell::Reach(reach) => Words::new(&format!(
            "{} ({}): {}",
            depth_names(reach.depths),
            counted(reach.places, "place"),
            reach.status.words
        )),
    };
    vec![vec![words]]
}

/// Characters of the narrowest and the widest column.
const WIDTHS: std::ops::RangeInclusive<usize> = 14..=60;

/// Returns how wide each column should be, in characters: as its rows are on average.
pub fn widths(table: &Table<'_>, places: &Places<'_>) -> Vec<usize> {
    let mut sums = vec![0; table.columns.len()];
    let mut count = 0;
    // Rows that are only measured cannot fail to be taken.
    let _ = table.rows.each(&mut |row| {
        count += 1;
        for (sum, cell) in sums.iter_mut().zip(row.cells) {
            let longest = lines(cell, places).iter().map(|line| length(line)).max();
            *sum += longest.unwrap_or(0);
        }
        Ok(())
    });
    sums.iter()
        .map(|sum| (sum / count.max(1)).clamp(*WIDTHS.start(), *WIDTHS.end()))
        .collect()
}

/// Counts the characters of a line.
pub fn length(line: &[Words]) -> usize {
    line.iter().map(|words| words.text.chars().count()).sum()
}

fn lesson(spot: Spot<'_>, heading: &str, places: &Places<'_>) -> Words {
    Words::leading(&places.lesson(spot, heading), places.place(spot))
}

fn href(target: &Target<'_>, places: &Places<'_>) -> Option<String> {
    match target {
        Target::Web(address) => Some(address.as_str().to_owned()),
        Target::Page(path) => places.page(path, ""),
        Target::Nowhere | Target::Here(_) | Target::Report(..) | Target::Part(..) => None,
    }
}
