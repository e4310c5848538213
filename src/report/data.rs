//! What a report says, as data: documents of sections with tables.
//!
//! In: whatever a report borrows from. Out: one value that every writer understands, so that a report knows no format and a format no report.

use std::borrow::Cow;
use std::io;

use jiff::civil::Date;
use serde::Serialize;

use super::cell::Line;
use super::escaped::Escaped;
use super::table::{Sheet, Table};

/// Version of every report's JSON; it rises when a field changes its meaning.
pub const SCHEMA: u32 = 1;

/// A report as a value: its fields are its JSON, in their order.
pub trait Report: Json + Sync {
    /// Returns what people read of it.
    fn document(&self, extent: Extent) -> Document<'_>;

    /// Returns one row per occurrence, link, piece of evidence or other thing that is reported.
    fn sheet(&self) -> Sheet<'_>;

    /// Returns further sheets, where one row for each thing leaves something out.
    fn lists(&self) -> Vec<List<'_>> {
        Vec::new()
    }

    /// Returns what is too long for one page: in a site each has a page of its own, and elsewhere they follow the document.
    fn parts(&self) -> Vec<Part<'_>> {
        Vec::new()
    }

    /// Returns what the first page of all reports says about it.
    fn overview(&self) -> Overview<'_> {
        Overview::default()
    }
}

/// What can be written as JSON.
pub trait Json {
    /// Writes the value as JSON.
    ///
    /// # Errors
    ///
    /// When nothing more can be written.
    fn write_json(&self, out: &mut dyn io::Write, spacing: Spacing) -> io::Result<()>;
}

/// Whether JSON has line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// For people.
    Pretty,
    /// For programs: with line breaks it would be nearly twice as large.
    Compact,
}

impl<T: Serialize> Json for T {
    fn write_json(&self, out: &mut dyn io::Write, spacing: Spacing) -> io::Result<()> {
        match spacing {
            Spacing::Pretty => serde_json::to_writer_pretty(Escaped(&mut *out), self)?,
            Spacing::Compact => serde_json::to_writer(Escaped(&mut *out), self)?,
        }
        out.write_all(b"\n")
    }
}

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// A terminal, a mail, a comment on a change: what needs doing, in short.
    Brief,
    /// Pages: everything, with the places that it was found at.
    Full,
}

/// What people read of a report.
pub struct Document<'a> {
    /// What it is about, in a word.
    pub subject: &'static str,
    /// Its heading.
    pub title: Cow<'a, str>,
    /// The day that it is held against, where it compares.
    pub since: Option<Date>,
    /// The figures in one line, without a full stop.
    pub lede: String,
    /// What to know before reading on; pages alone have it.
    pub remarks: Vec<Line<'a>>,
    /// The sections in their order.
    pub sections: Vec<Section<'a>>,
}

/// A part of a report that has a page of its own where there are pages.
pub struct Part<'a> {
    /// Its name in addresses.
    pub name: &'a str,
    /// The question that it answers.
    pub question: &'static str,
    /// What it says.
    pub document: Document<'a>,
}

/// A further sheet of a report.
pub struct List<'a> {
    /// Its name on the command line, and in its file's.
    pub name: &'static str,
    /// What it has a row for.
    pub about: &'static str,
    /// The rows.
    pub sheet: Sheet<'a>,
}

/// A table with its heading.
pub struct Section<'a> {
    /// Its anchor, unique in its document.
    pub id: Cow<'a, str>,
    /// Its heading.
    pub title: Line<'a>,
    /// What stands before the table.
    pub lede: Vec<Line<'a>>,
    /// The table.
    pub table: Table<'a>,
    /// What pages say where the table has no rows; where this is empty, they leave out the section. Other formats always do.
    pub without: &'static str,
    /// What stands after the table, where it has rows.
    pub note: Cow<'a, str>,
}

impl<'a> Section<'a> {
    /// Makes a section of a table.
    pub fn new(id: impl Into<Cow<'a, str>>, title: impl Into<Line<'a>>, table: Table<'a>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            lede: Vec::new(),
            table,
            without: "",
            note: "".into(),
        }
    }
}

/// What the first page of all reports says about one of them.
#[derive(Default)]
pub struct Overview<'a> {
    /// The figures that matter most.
    pub figures: Vec<Figure>,
    /// What needs doing.
    pub tasks: Vec<Task>,
    /// The questions that it answers.
    pub sections: Vec<Section<'a>>,
}

/// A figure that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// How much of it is as it should be.
    pub part: usize,
    /// How much there is.
    pub whole: usize,
    /// What that says about what.
    pub words: &'static str,
}

/// Something that somebody should do, so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// How many times; nobody need do it where this is 0.
    pub number: usize,
    /// What it is: one of them.
    pub noun: &'static str,
    /// What is the matter with it, which follows the noun.
    pub rest: &'static str,
    /// Where the report's page lists it; empty for its top.
    pub anchor: &'static str,
}
