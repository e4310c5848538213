//! Sheets as CSV after [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180): UTF-8, a header row, lines that end with CR LF.
//!
//! Spreadsheets run cells that begin like a formula, and lessons hold what other people wrote: such cells get an apostrophe before them
//! (OWASP, "CSV Injection").

use std::io::{self, Write};

use super::Sheet;
use crate::model::bytes;

/// Characters that make a spreadsheet read a cell as a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a sheet as CSV.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write(sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    push_row(&mut line, sheet.columns.iter().copied());
    out.write_all(line.as_bytes())?;
    for row in sheet.rows {
        line.clear();
        push_row(&mut line, row.iter().map(AsRef::as_ref));
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_cell(out, cell);
    }
    out.push_str("\r\n");
}

fn push_cell(out: &mut String, cell: &str) {
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
        ] {
            let sheet = Sheet {
                columns: vec!["column"],
                rows: Box::new([vec![cell.into()]].into_iter()),
            };
            let mut out = Vec::new();
            write(sheet, &mut out).expect("memory takes everything");
            let expected = format!("column\r\n{expected}\r\n");
            assert_eq!(String::from_utf8_lossy(&out), expected, "{cell:?}");
        }
    }
}
