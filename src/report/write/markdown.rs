//! Reports as Markdown with the tables of [GitHub's flavour](https://github.github.com/gfm/), for a mail or a comment on a change.
//!
//! In: a document. Out: Markdown that says what the document says, whatever its words are: nothing that lessons hold becomes markup.
//! Places are links where the site has an address, and paths otherwise: nobody knows where the text will be read.

use std::io::{self, Write};

use super::plain::push_reach;
use crate::model::visible::visible;
use crate::report::cell::{Cell, Line, Spot};
use crate::report::data::{Document, Section};
use crate::report::places::{Places, title};
use crate::report::table::{Layout, Row};
use crate::report::words::{depth_names, long_date, percent};

/// Writes a document.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write(document: &Document<'_>, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", words(&document.title))?;
    let against = document.since.map_or_else(String::new, |since| {
        format!(" against {}", long_date(since))
    });
    writeln!(
        out,
        "\nAs of {}{against}: {}.",
        long_date(places.around.as_of),
        words(&document.lede)
    )?;
    for section in &document.sections {
        write_section(section, places, out)?;
    }
    Ok(())
}

fn write_section(
    section: &Section<'_>,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let table = &section.table;
    let is_empty = table.rows.is_empty();
    if table.layout != Layout::Entries && is_empty {
        return Ok(());
    }
    writeln!(out, "\n## {}\n", shown_line(&section.title, places))?;
    let lede = section.lede.iter().map(|line| shown_line(line, places));
    let lede: Vec<String> = lede
        .filter(|line| !line.is_empty())
        .map(as_paragraph)
        .collect();
    if !lede.is_empty() {
        writeln!(out, "{}\n", lede.join("\\\n"))?;
    }
    if table.layout == Layout::Entries {
        table.rows.each(&mut |row| write_entry(&row, places, out))?;
    } else {
        write_table(section, places, out)?;
    }
    if section.note.is_empty() || is_empty {
        return Ok(());
    }
    writeln!(out, "\n{}", as_paragraph(words(&section.note)))
}

fn write_table(section: &Section<'_>, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    let columns = section.table.columns.iter();
    write_row(columns.map(|column| shown_line(&column.long, places)), out)?;
    let mut is_first = true;
    section.table.rows.each(&mut |row| {
        if std::mem::take(&mut is_first) {
            let sides = row.cells.iter().map(|cell| match cell {
                Cell::Number(_) | Cell::Percent(_) => "---:".to_owned(),
                _ => "---".to_owned(),
            });
            write_row(sides, out)?;
        }
        write_row(row.cells.iter().map(|cell| shown(cell, places)), out)
    })
}

fn write_row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"|")?;
    for cell in cells {
        write!(out, " {cell} |")?;
    }
    out.write_all(b"\n")
}

/// Writes a row as an item of a list, and what it lists below it.
fn write_entry(row: &Row<'_>, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"-")?;
    for (index, cell) in row.cells.iter().enumerate() {
        let cell_text = shown(cell, places);
        match cell {
            Cell::List(..) => {}
            Cell::Status(_) => write!(out, " ({cell_text})")?,
            _ if index == 0 => write!(out, " **{cell_text}**")?,
            _ => write!(out, " {cell_text}")?,
        }
    }
    out.write_all(b"\n")?;
    for cell in row.cells {
        let Cell::List(cells, none) = cell else {
            continue;
        };
        for cell in cells {
            writeln!(out, "  - {}", shown(cell, places))?;
        }
        if cells.is_empty() {
            writeln!(out, "  - {}", words(&none.words))?;
        }
    }
    Ok(())
}

fn shown_line(line: &Line<'_>, places: &Places<'_>) -> String {
    line.0.iter().map(|cell| shown(cell, places)).collect()
}

fn shown(cell: &Cell<'_>, places: &Places<'_>) -> String {
    match cell {
        Cell::Text(text) | Cell::Link(text, _) => words(text),
        Cell::Noted(text, _) | Cell::Named(_, text, _) => words(text),
        Cell::Code(text) => code(text),
        Cell::Number(number) => number.to_string(),
        Cell::Share(part, whole) => format!("{part} of {whole}"),
        Cell::Percent(share) => percent(*share),
        Cell::Date(Some(date), _) => long_date(*date),
        Cell::Date(None, without) => (*without).to_owned(),
        Cell::Depth(depth) => depth.name().to_owned(),
        Cell::Depths([], without) => (*without).to_owned(),
        Cell::Depths(depths, _) => depth_names(depths),
        Cell::Status(status) => words(&status.words),
        Cell::Module(name) => words(&places.module(name)),
        Cell::Place(spot) | Cell::Address(spot) => place(*spot, places),
        Cell::Lesson(spot, heading) => words(&places.lesson(*spot, heading)),
        Cell::At(_, text) => words(text),
        Cell::Quote(spot, heading, text) => {
            let quoted = format!("{heading}: “{text}”");
            format!("{} {}", place(*spot, places), words(&quoted))
        }
        Cell::Parts(cells) => {
            let cells: Vec<String> = cells.iter().map(|cell| shown(cell, places)).collect();
            cells.join(" ")
        }
        Cell::List(cells, none) | Cell::Folded(_, cells, none) => {
            let cells: Vec<String> = cells.iter().map(|cell| shown(cell, places)).collect();
            if cells.is_empty() {
                words(&none.words)
            } else {
                cells.join("; ")
            }
        }
        Cell::Reach(reach) => {
            let mut letters = String::new();
            push_reach(&mut letters, reach);
            words(&letters)
        }
    }
}

fn place(spot: Spot<'_>, places: &Places<'_>) -> String {
    let mut source = String::new();
    spot.push_to(&mut source);
    let document = places.document(spot.file);
    let Some(document) = document.filter(|_| !places.around.base_url.is_empty()) else {
        return code(&source);
    };
    let address = places.address(document, spot.anchor);
    let link = format!("[{}](<{address}>)", words(title(document)));
    if spot.line == 0 {
        link
    } else {
        format!("{link} {}", code(&source))
    }
}

/// Returns a text that is read as it stands, anywhere but where a line begins.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in in_one_line(text).trim_start().chars() {
        let is_markup = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$'
        );
        if is_markup {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns a text in one line, in which nothing is hidden.
fn in_one_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

/// Keeps what begins a line from beginning a list or heading, or drawing a line.
fn as_paragraph(mut markdown: String) -> String {
    let digits = markdown.chars().take_while(char::is_ascii_digit).count();
    let marker = markdown[digits..].chars().next();
    let is_marker = match marker {
        Some('#' | '+' | '-' | '=') => digits == 0,
        Some('.' | ')') => digits > 0,
        _ => false,
    };
    if is_marker {
        markdown.insert(digits, '\\');
    }
    markdown
}

/// Returns a text as code: whatever it holds stays as it is.
fn code(text: &str) -> String {
    // Tables end a cell at every bar that has no backslash before it, in code as well.
    let inside = in_one_line(text).replace('|', "\\|");
    if inside.is_empty() {
        return inside;
    }
    let longest = inside.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A sign next to the fence would belong to it, and one space at both ends is taken for padding.
    let is_tight = inside.starts_with(['`', ' ']) || inside.ends_with(['`', ' ']);
    let padding = if is_tight { " " } else { "" };
    format!("{fence}{padding}{inside}{padding}{fence}")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;

    /// Texts that mean something in Markdown, HTML or a table.
    const HOSTILE: [&str; 20] = [
        "plain",
        "a | b",
        "a \\| b \\",
        "**bold** _em_ ~~gone~~",
        "`code` and ``more``",
        "[x](y) ![i](j) [^1] [[topic]]",
        "<b>x</b> <!-- y --> &amp; &lt;",
        "# heading",
        "- item",
        "+ item",
        "1. one",
        "12) twelve",
        "=====",
        "---",
        "> quoted",
        "two\nlines",
        "| --- |",
        "$x$ costs £5",
        "tŷ “ŵ”",
        "red \u{1b}[31m alert",
    ];

    /// Returns the text that a reader sees, and whether anything became markup.
    fn read(markdown: &str) -> (String, Vec<String>) {
        let mut text = String::new();
        let mut markup = Vec::new();
        // Everything that a reader of Markdown may know, but for what makes other quotation marks and dashes of words.
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                Event::SoftBreak => text.push(' '),
                Event::Start(tag) => markup.push(format!("{tag:?}")),
                Event::End(_) => {}
                other => markup.push(format!("{other:?}")),
            }
        }
        (text, markup)
    }

    #[test]
    fn words_are_read_as_they_stand_on_a_line_and_in_a_cell() {
        for text in HOSTILE {
            let expected = in_one_line(text);
            let (read_text, markup) = read(&as_paragraph(words(text)));
            assert_eq!(
                (read_text.as_str(), markup.as_slice()),
                (expected.as_str(), ["Paragraph".to_owned()].as_slice()),
                "{text:?}"
            );
            let table = format!(
                "| a | b |\n| --- | --- |\n| {} | {} |\n",
                words(text),
                code(text)
            );
            let (read_text, markup) = read(&table);
            assert_eq!(read_text, format!("ab{expected}{expected}"), "{table}");
            assert!(
                markup.len() == 7 && markup[0].starts_with("Table"),
                "{table}: {markup:?}"
            );
        }
    }

    #[test]
    fn nothing_is_no_code() {
        assert_eq!(code(""), "");
    }
}
