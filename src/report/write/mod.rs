//! The ways to write a report down: each format is one writer, and knows no report.
//!
//! In: a report as data, and where places stand in the site. Out: text. Nothing here reads or writes a file.

pub mod csv;
pub mod html;
pub mod markdown;
mod plain;
pub mod screen;

use std::io::{self, Write};

use super::data::{Extent, Report, Spacing};
use super::list::Name;
use super::places::Places;
use html::Frame;

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
    /// Markdown for a mail, or a comment on a change.
    Markdown,
}

/// Writes a report in a format.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write(
    (name, report): (Name, &dyn Report),
    format: Format,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => screen::write(&report.document(Extent::Brief), places.around.as_of, out),
        Format::Json => report.write_json(out, Spacing::Pretty),
        Format::Csv => csv::write(&report.sheet(), places, out),
        Format::Html => html::report((name, report), Frame::Alone, places, out),
        Format::Markdown => markdown::write(&report.document(Extent::Brief), places, out),
    }
}
