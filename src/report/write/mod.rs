//! The ways to write a report down: each format is one writer, and knows no report.
//!
//! In: a report as data, and where places stand in the site. Out: text. Nothing here reads or writes a file.

pub mod csv;
mod docx;
pub mod html;
mod lines;
pub mod markdown;
mod plain;
pub mod screen;
mod xlsx;

use std::io::{self, Write};

use super::data::{Extent, Report, Spacing};
use super::list::Name;
use super::places::Places;
use html::Frame;

pub use html::GENERATOR;
pub use lines::KEYWORD;

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

/// A file that goes to somebody who has no curriculum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Packaging {
    /// One page.
    Html,
    /// For word processors.
    Docx,
    /// For spreadsheets.
    Xlsx,
    /// For spreadsheets and programs.
    Csv,
}

impl Packaging {
    /// Every one, by the ending of its file's name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("html", Self::Html),
        ("docx", Self::Docx),
        ("xlsx", Self::Xlsx),
        ("csv", Self::Csv),
    ];
}

/// Writes a report into a file that needs no other.
///
/// # Errors
///
/// When nothing more can be written.
pub fn pack(
    (name, report): (Name, &dyn Report),
    packaging: Packaging,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match packaging {
        Packaging::Html => html::report((name, report), Frame::Alone, places, out),
        Packaging::Docx => docx::write(report, places, out),
        Packaging::Xlsx => xlsx::write(report, places, out),
        Packaging::Csv => csv::write(&report.sheet(), places, out),
    }
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
