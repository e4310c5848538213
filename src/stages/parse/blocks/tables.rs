//! Writes tables: in a region that scrolls by itself, with a name made of its column headings.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::super::given::{Carrier, Given, Identity, Name, note_unsigned};
use super::super::inline::spans;
use super::super::sheet::Sheet;
use super::super::source::Source;
use super::super::source::attributes::{Attribute, attributes};
use super::super::walk::{Located, Walk};
use super::super::writer::Writer;
use crate::model::Rule;
use crate::model::attributes::PLAIN;
use crate::model::foreign::Foreign;
use crate::model::words::Word;

/// A table while it is being written.
#[derive(Debug)]
pub(crate) struct OpenTable {
    alignments: Vec<Alignment>,
    /// Columns whose heading says that they show what to avoid.
    avoid: Vec<bool>,
    column: usize,
    /// Columns without a heading; where the first has none, its cells are the headings of their rows.
    unnamed: Vec<bool>,
    in_head: bool,
    body_open: bool,
    /// What language each column is in, as far as the line above says it.
    foreign: Vec<Foreign>,
    /// Where the text of the cell at hand starts.
    cell_start: u32,
}

/// What a cell of a table is.
enum Cell {
    /// The heading of its column.
    Column,
    /// The heading of its row.
    Row,
    /// Neither.
    Data,
}

impl OpenTable {
    /// Opens a table that starts at an offset.
    pub fn open(writer: &mut Writer<'_, '_>, alignments: Vec<Alignment>, start: usize) -> Self {
        let headings = headings(&mut writer.walk, writer.sheet.source);
        let foreign = match writer.sheet.source.attributes_above(start) {
            Some(list) => columns(writer.sheet, &list, alignments.len()),
            None => Vec::new(),
        };
        let Sheet { context, ink, .. } = &mut writer.sheet;
        ink.push("<section class=\"table\" tabindex=\"0\" aria-label=\"");
        ink.word(Word::Table);
        ink.push(": ");
        ink.push_value(&headings.join(", "));
        ink.push("\"><table>\n");
        Self {
            alignments,
            avoid: headings
                .iter()
                .map(|heading| context.language.shows_what_to_avoid(heading))
                .collect(),
            column: 0,
            unnamed: headings
                .iter()
                .map(|heading| heading.trim().is_empty())
                .collect(),
            in_head: false,
            body_open: false,
            foreign,
            cell_start: 0,
        }
    }

    /// Opens a head, row or cell.
    pub fn open_part(&mut self, sheet: &mut Sheet<'_>, part: &Tag<'_>) {
        match part {
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                sheet.ink.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                if !std::mem::replace(&mut self.body_open, true) {
                    sheet.ink.push("<tbody>\n");
                }
                sheet.ink.push("<tr>");
            }
            _ => self.open_cell(sheet),
        }
    }

    /// Returns what the cell at hand is.
    fn cell(&self) -> Cell {
        let is_unnamed = self.unnamed.get(self.column) == Some(&true);
        match (self.in_head, is_unnamed) {
            (true, false) => Cell::Column,
            (false, true) if self.column == 0 => Cell::Row,
            _ => Cell::Data,
        }
    }

    fn open_cell(&mut self, sheet: &mut Sheet<'_>) {
        if self.avoid.get(self.column) == Some(&true) {
            sheet.around.enter_avoided_column();
        }
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let element = match self.cell() {
            Cell::Column => "<th scope=\"col\"",
            Cell::Row => "<th scope=\"row\"",
            Cell::Data => "<td",
        };
        sheet.ink.push_all(&[element, class]);
        if let Some(foreign) = self.foreign.get(self.column) {
            sheet.ink.push_foreign(foreign);
        }
        sheet.ink.push(">");
        self.cell_start = sheet.ink.text_len();
    }

    /// Closes a head, row or cell.
    pub fn close_part(&mut self, sheet: &mut Sheet<'_>, part: TagEnd) {
        sheet.ink.end_line();
        sheet.ink.push(match part {
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr>\n</thead>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            _ => {
                sheet.around.leave_column();
                if let Some(foreign) = self.foreign.get(self.column) {
                    let text = self.cell_start..sheet.ink.text_len();
                    sheet.notes.foreign(text, foreign);
                }
                let cell = self.cell();
                self.column += 1;
                match cell {
                    Cell::Column | Cell::Row => "</th>",
                    Cell::Data => "</td>",
                }
            }
        });
    }

    /// Closes the table.
    pub fn close(self, sheet: &mut Sheet<'_>) {
        if self.body_open {
            sheet.ink.push("</tbody>\n");
        }
        sheet.ink.push("</table></section>\n");
    }
}

/// Reads what the line above a table says of its columns, in their order: `{lang=,cy}`.
fn columns(sheet: &mut Sheet<'_>, list: &Range<usize>, count: usize) -> Vec<Foreign> {
    let mut columns = vec![Foreign::default(); count];
    let carrier = Carrier {
        name: Name::Words("a table"),
        keys: (&PLAIN, &[]),
        id: Identity::None,
    };
    for attribute in attributes(sheet.source.slice(list), list.start) {
        note_unsigned(sheet, &attribute);
        let mut start = attribute.value_range.start;
        let values: Vec<&str> = attribute.value.split(',').collect();
        if values.len() > count {
            let message = format!(
                "`{}` names {} columns, and the table has {count}",
                attribute.key,
                values.len()
            );
            let help = "write a value for each column, and nothing for one in the page's language";
            let range = &attribute.range;
            sheet.report(Rule::UnknownAttribute, range, message, Some(help.into()));
        }
        for (index, value) in values.into_iter().enumerate() {
            let range = start..start + value.len();
            start = range.end + 1;
            if value.trim().is_empty() && !attribute.value.is_empty() {
                continue;
            }
            let one = Attribute {
                value: value.trim(),
                range: range.clone(),
                value_range: range,
                ..attribute.clone()
            };
            let given = Given::read(sheet, carrier, &[one]).foreign;
            if let Some(column) = columns.get_mut(index) {
                column.lang = given.lang.or_else(|| column.lang.take());
                column.dir = given.dir.or(column.dir);
            }
        }
    }
    columns
}

/// Returns the plain text of the headings of the table to come.
fn headings(walk: &mut Walk<'_, '_>, source: &Source<'_>) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    let mut cell: Vec<Located<'_>> = Vec::new();
    for n in 0.. {
        match walk.peek(n) {
            Some((Event::Start(Tag::TableCell), _)) => cell.clear(),
            Some((Event::End(TagEnd::TableCell), _)) => headings.push(spans::words(source, &cell)),
            None | Some((Event::End(TagEnd::TableHead), _)) => break,
            Some(located) => cell.push(located.clone()),
        }
    }
    headings
}
