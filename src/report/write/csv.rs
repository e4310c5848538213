//! Sheets as CSV after [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180): UTF-8, a header row, lines that end with CR LF.
//!
//! Whatever a sheet holds, its last columns say in words where each row's place is: module, lesson, and address in the site.
//!
//! Spreadsheets run cells that begin like a formula, and lessons hold what other people wrote: such cells get an apostrophe before them
//! (OWASP, "CSV Injection").

use std::io::{self, Write};

use super::plain;
use crate::model::bytes;
use crate::model::text::without_unseen;
use crate::report::cell::{Cell, Spot};
use crate::report::places::{Places, WHEREABOUTS, push_anchor};
use crate::report::table::{Row, Sheet};

/// Characters that make a spreadsheet read a cell as a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a sheet as CSV.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write(sheet: &Sheet<'_>, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    for column in sheet.columns.iter().chain(&WHEREABOUTS) {
        push_cell(&mut line, column);
    }
    end_line(&mut line);
    out.write_all(line.as_bytes())?;
    let mut whereabouts = Whereabouts::new(places);
    let mut scratch = String::new();
    sheet.rows.each(&mut |row: Row<'_>| {
        line.clear();
        for index in 0..sheet.columns.len() {
            match row.cells.get(index) {
                Some(Cell::Text(text)) => push_cell(&mut line, text),
                // What the program names itself holds nothing that must be quoted.
                Some(cell @ (Cell::Number(_) | Cell::Depth(_) | Cell::Status(_))) => {
                    plain::push(&mut line, cell);
                    line.push(',');
                }
                Some(cell) => {
                    scratch.clear();
                    plain::push(&mut scratch, cell);
                    push_cell(&mut line, &scratch);
                }
                None => line.push(','),
            }
        }
        whereabouts.push(&mut line, row.at);
        end_line(&mut line);
        out.write_all(line.as_bytes())
    })
}

/// The last columns. Rows that follow each other mostly tell of one file, so that its cells are kept: looking for it again, and quoting its titles,
/// took a sixth of a sheet's instructions.
struct Whereabouts<'p> {
    places: &'p Places<'p>,
    file: String,
    /// The cells of its module and its title; empty where there is no such file.
    titles: String,
    /// The address of its page.
    page: String,
    address: String,
}

impl<'p> Whereabouts<'p> {
    const fn new(places: &'p Places<'p>) -> Self {
        Self {
            places,
            file: String::new(),
            titles: String::new(),
            page: String::new(),
            address: String::new(),
        }
    }

    fn push(&mut self, line: &mut String, at: Option<Spot<'_>>) {
        let Some(spot) = at else {
            line.push_str(",,,");
            return;
        };
        if self.file != spot.file {
            self.turn_to(spot.file);
        }
        if self.titles.is_empty() {
            line.push_str(",,,");
            return;
        }
        line.push_str(&self.titles);
        self.address.clear();
        self.address.push_str(&self.page);
        push_anchor(&mut self.address, spot.anchor);
        push_cell(line, &self.address);
    }

    fn turn_to(&mut self, file: &str) {
        file.clone_into(&mut self.file);
        self.titles.clear();
        let Some([module, lesson, page]) = self.places.whereabouts(Spot::file(file)) else {
            return;
        };
        push_cell(&mut self.titles, &module);
        push_cell(&mut self.titles, &lesson);
        self.page = page.into_owned();
    }
}

/// Turns the separator after the last cell into the end of the line.
fn end_line(line: &mut String) {
    line.pop();
    line.push_str("\r\n");
}

/// Appends a cell and the separator after it.
fn push_cell(out: &mut String, cell: &str) {
    // Names of files hold what no text may.
    let clean = without_unseen(cell);
    let cell = &*clean;
    let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
    let special = |byte| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if bytes::any(cell.as_bytes(), special) {
        out.push('"');
        out.push_str(guard);
        for (index, part) in cell.split('"').enumerate() {
            out.push_str(if index > 0 { "\"\"" } else { "" });
            out.push_str(part);
        }
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(cell);
    }
    out.push(',');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed_and_never_formulas() {
        for (cell, expected) in [
            ("plain", "plain"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+44", "'+44"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("=A1,\"B\"", "\"'=A1,\"\"B\"\"\""),
            ("a=b", "a=b"),
            ("tŷ", "tŷ"),
            ("b\u{202e}\u{9b}31m.md", "b\u{fffd}\u{fffd}31m.md"),
        ] {
            let mut line = String::new();
            push_cell(&mut line, cell);
            end_line(&mut line);
            assert_eq!(line, format!("{expected}\r\n"), "{cell:?}");
        }
    }
}
