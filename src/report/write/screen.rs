//! Reports as text for a terminal: columns that line up, with nothing cut off.

use std::io::{self, Write};

use jiff::civil::Date;

use super::plain;
use crate::model::visible::visible;
use crate::report::cell::Cell;
use crate::report::data::{Document, Section};
use crate::report::table::{Layout, Row};

/// Writes a report for a terminal.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write(document: &Document<'_>, as_of: Date, out: &mut dyn Write) -> io::Result<()> {
    let against = document
        .since
        .map_or_else(String::new, |since| format!(" against {since}"));
    let lede = calm(&document.lede);
    writeln!(out, "{} as of {as_of}{against}: {lede}", document.subject)?;
    for section in &document.sections {
        write_section(section, out)?;
    }
    Ok(())
}

fn write_section(section: &Section<'_>, out: &mut dyn Write) -> io::Result<()> {
    let table = &section.table;
    if table.layout != Layout::Entries && table.rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", calm(&plain::line(&section.title)))?;
    for line in &section.lede {
        writeln!(out, "  {}", calm(&plain::line(line)))?;
    }
    if table.layout == Layout::Entries {
        table.rows.each(&mut |row| write_entry(&row, out))?;
    } else {
        let mut rows = Vec::new();
        table.rows.each(&mut |row| {
            rows.push(row.cells.iter().map(shown).collect());
            Ok(())
        })?;
        let columns: Vec<&str> = table.columns.iter().map(|column| &*column.short).collect();
        write!(out, "\n{}", aligned(&columns, &rows))?;
    }
    if section.note.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", calm(&section.note))
}

/// Writes a row in lines of its own: what it says, its status in brackets, and below it what it lists.
fn write_entry(row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n ")?;
    for cell in row.cells {
        match cell {
            Cell::List(..) => {}
            Cell::Status(status) => write!(out, " [{}]", status.name)?,
            cell => write!(out, " {}", shown(cell))?,
        }
    }
    out.write_all(b"\n")?;
    for cell in row.cells {
        let Cell::List(cells, none) = cell else {
            continue;
        };
        for cell in cells {
            writeln!(out, "    {}", shown(cell))?;
        }
        if cells.is_empty() {
            writeln!(out, "    {}", none.name)?;
        }
    }
    Ok(())
}

fn shown(cell: &Cell<'_>) -> String {
    let mut text = String::new();
    plain::push(&mut text, cell);
    calm(&text)
}

/// Returns a text in one line, in which nothing can steer the terminal.
fn calm(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

/// Returns rows as aligned columns under their names, two spaces apart.
///
/// Widths count characters. The last column is not padded.
fn aligned(columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = columns.iter().map(|name| name.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    push_line(&mut out, columns.iter().copied(), &widths);
    for row in rows {
        push_line(&mut out, row.iter().map(String::as_str), &widths);
    }
    out
}

fn push_line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>, widths: &[usize]) {
    let start = out.len();
    for (cell, width) in cells.zip(widths) {
        out.push_str(cell);
        let padding = width.saturating_sub(cell.chars().count()) + 2;
        out.extend(std::iter::repeat_n(' ', padding));
    }
    out.truncate(start + out[start..].trim_end().len());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::cell::{Line, Status, Tone};
    use crate::report::table::{Rows, Table};

    fn text_of(section: &Section<'_>) -> String {
        let mut out = Vec::new();
        write_section(section, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn columns_line_up_by_characters_and_no_line_ends_with_spaces() {
        let rows = Rows::new(|put| {
            for [name, number, note] in [["tŷ", "1", ""], ["longer", "22", "x\u{1b}y"]] {
                put(Row::of(&[name, number, note].map(Cell::text)))?;
            }
            Ok(())
        });
        let table = Table::new(["name", "n", "note"], rows);
        assert_eq!(
            text_of(&Section::new("a", "Title", table)),
            "\nTitle\n\nname    n   note\ntŷ      1\nlonger  22  x␛y\n"
        );
        let none = Table::new(["name"], Rows::new(|_| Ok(())));
        assert_eq!(text_of(&Section::new("a", "Title", none)), "");
    }

    #[test]
    fn an_entry_has_what_it_lists_below_it() {
        let rows = Rows::new(|put| {
            for list in [vec![Cell::text("one"), Cell::text("two\nlines")], vec![]] {
                let status = Status::new("current", Tone::Plain);
                let none = Status::new("nothing", Tone::Plain);
                put(Row::of(&[
                    Cell::text("A1"),
                    Cell::Status(status),
                    Cell::Noted("What was said.", "a note"),
                    Cell::List(list, none),
                ]))?;
            }
            Ok(())
        });
        let section = Section {
            lede: vec![Line::from("said by somebody")],
            ..Section::new(
                "a",
                "Title",
                Table {
                    layout: Layout::Entries,
                    ..Table::new(["a", "b", "c", "d"], rows)
                },
            )
        };
        assert_eq!(
            text_of(&section),
            "\nTitle\n  said by somebody\n\n  A1 [current] What was said.\n    one\n    two lines\n\n  A1 [current] What was said.\n    nothing\n"
        );
    }
}
