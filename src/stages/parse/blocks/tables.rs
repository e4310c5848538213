//! Writes tables: in a region that scrolls by itself, with a name made of its column headings.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::super::sheet::Sheet;
use super::super::walk::Walk;
use super::super::writer::Writer;
use crate::model::words::Word;

/// A table while it is being written.
#[derive(Debug)]
pub(crate) struct OpenTable {
    alignments: Vec<Alignment>,
    /// Columns whose heading says that they show what to avoid.
    avoid: Vec<bool>,
    column: usize,
    in_head: bool,
    body_open: bool,
}

impl OpenTable {
    /// Opens a table.
    pub fn open(writer: &mut Writer<'_, '_>, alignments: Vec<Alignment>) -> Self {
        let headings = headings(&mut writer.walk);
        let Sheet { context, ink, .. } = &mut writer.sheet;
        ink.push("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
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
            in_head: false,
            body_open: false,
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

    fn open_cell(&self, sheet: &mut Sheet<'_>) {
        if self.avoid.get(self.column) == Some(&true) {
            sheet.around.enter_avoided_column();
        }
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let element = if self.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        };
        sheet.ink.push_all(&[element, class, ">"]);
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
                self.column += 1;
                if self.in_head { "</th>" } else { "</td>" }
            }
        });
    }

    /// Closes the table.
    pub fn close(self, sheet: &mut Sheet<'_>) {
        if self.body_open {
            sheet.ink.push("</tbody>\n");
        }
        sheet.ink.push("</table></div>\n");
    }
}

/// Returns the plain text of the headings of the table to come.
fn headings(walk: &mut Walk<'_, '_>) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for n in 0.. {
        match walk.peek(n) {
            Some((Event::Start(Tag::TableCell), _)) => headings.push(String::new()),
            Some((Event::Text(text) | Event::Code(text), _)) => {
                if let Some(heading) = headings.last_mut() {
                    heading.push_str(text);
                }
            }
            None | Some((Event::End(TagEnd::TableHead), _)) => break,
            Some(_) => {}
        }
    }
    headings
}
