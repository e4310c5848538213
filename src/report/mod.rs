//! What people read about a curriculum: findings and the reviewers' reports.
//!
//! In: what a survey found out. Out: one typed value for each report, and that value written down as a table, JSON, CSV or HTML. Nothing here
//! reads or writes a file.

pub mod baseline;
pub mod basis;
pub mod change;
pub mod commitments;
pub mod coverage;
pub mod csv;
pub mod findings;
pub mod freshness;
pub mod html;
pub mod links;
pub mod reviews;
pub mod screen;
pub mod signposts;
pub mod topics;

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use crate::model::visible::visible;

pub use basis::Basis;
pub use html::{Fragment, Places};

/// Version of every report's JSON; it rises when a field changes its meaning.
pub const SCHEMA: u32 = 1;

/// A way to write a report down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text for people at a terminal.
    Table,
    /// JSON for programs.
    Json,
    /// CSV for spreadsheets.
    Csv,
    /// One page that needs no other file.
    Html,
}

/// Rows under named columns.
pub struct Sheet<'s> {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, each with a cell for every column; made as they are written.
    pub rows: Box<dyn Iterator<Item = Vec<Cow<'s, str>>> + 's>,
}

/// A report as a value: its fields are its JSON, in their order.
pub trait Report: Serialize {
    /// The name that the command line and file names give it.
    const NAME: &'static str;

    /// Returns one row per occurrence, link, piece of evidence or other thing that is reported.
    fn sheet(&self) -> Sheet<'_>;

    /// Returns the text for a terminal, which ends with a line break.
    fn table(&self) -> String;

    /// Returns the content of its HTML page.
    fn fragment(&self, places: &Places<'_>) -> Fragment;
}

/// Writes a report in a format.
pub fn show<R: Report>(report: &R, format: Format, places: &Places<'_>) -> String {
    match format {
        Format::Table => visible(&report.table()).into_owned(),
        Format::Json => json(report),
        Format::Csv => written(|out| csv::write(report.sheet(), out)),
        Format::Html => html::alone(report.fragment(places), places),
    }
}

/// Returns a report as JSON for people.
pub fn json<R: Report>(report: &R) -> String {
    written(|out| {
        serde_json::to_writer_pretty(&mut *out, report)?;
        out.write_all(b"\n")
    })
}

/// Writes a report as JSON without line breaks: for programs, since with them it would be nearly twice as large.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write_json<R: Report>(report: &R, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, report)?;
    out.write_all(b"\n")
}

/// Returns what is written.
fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("writing to memory never fails");
    String::from_utf8(bytes).expect("reports are written as text")
}

/// Returns a number with its noun: "1 lesson", "2 lessons".
pub(crate) fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Returns depths as words with commas between them.
pub(crate) fn depth_names(depths: &[crate::model::blocks::Depth]) -> String {
    let names: Vec<&str> = depths.iter().map(|depth| depth.name()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_noun() {
        for (number, expected) in [(0, "0 lessons"), (1, "1 lesson"), (12, "12 lessons")] {
            assert_eq!(counted(number, "lesson"), expected);
        }
    }
}
