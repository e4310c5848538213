//! Reports as text for a terminal: columns that line up, with nothing cut off.

use crate::model::visible::visible;

/// Returns rows as aligned columns under their names, two spaces apart; empty where there are no rows.
///
/// Widths count characters. The last column is not padded.
pub fn aligned(columns: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
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
        // A line break in a cell would break the table, and what is not made visible could steer the terminal.
        let shown = visible(cell).replace(['\n', '\t'], " ");
        out.push_str(&shown);
        let padding = width.saturating_sub(shown.chars().count()) + 2;
        out.extend(std::iter::repeat_n(' ', padding));
    }
    out.truncate(start + out[start..].trim_end().len());
    out.push('\n');
}

/// Appends a titled table after an empty line, unless it has no rows.
pub fn push_section(out: &mut String, title: &str, columns: &[&str], rows: &[Vec<String>]) {
    if !rows.is_empty() {
        out.push_str(&format!("\n{title}\n\n{}", aligned(columns, rows)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_characters_and_no_line_ends_with_spaces() {
        let rows = [["tŷ", "1", ""], ["longer", "22", "x\u{1b}y"]]
            .map(|row| row.map(ToOwned::to_owned).to_vec());
        assert_eq!(
            aligned(&["name", "n", "note"], &rows),
            "name    n   note\ntŷ      1\nlonger  22  x␛y\n"
        );
        assert_eq!(aligned(&["name"], &[]), "");
    }
}
