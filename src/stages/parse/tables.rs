//! Writes tables: in a region that scrolls by itself, with a name made of its column headings.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::document::{Located, Writer};

/// A table while it is being written.
#[derive(Debug)]
pub(super) struct OpenTable {
    alignments: Vec<Alignment>,
    /// Columns whose heading says that they show what to avoid.
    avoid: Vec<bool>,
    column: usize,
    in_head: bool,
    body_open: bool,
    cell_start: u32,
}

impl Writer<'_> {
    /// Opens a table.
    pub fn open_table(&mut self, alignments: &[Alignment], events: &[Located<'_>]) {
        let headings = headings(events, self.at);
        let context = self.context;
        self.push("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        self.push_value(context.strings.get("table_label"));
        self.push(": ");
        self.push_value(&headings.join(", "));
        self.push("\"><table>\n");
        self.table = Some(OpenTable {
            alignments: alignments.to_vec(),
            avoid: headings
                .iter()
                .map(|heading| heading.trim().eq_ignore_ascii_case("avoid"))
                .collect(),
            column: 0,
            in_head: false,
            body_open: false,
            cell_start: 0,
        });
        self.at += 1;
    }

    /// Opens a head, row or cell.
    pub fn open_table_part(&mut self, tag: &Tag<'_>) {
        self.at += 1;
        let text_start = self.text_len();
        let Some(table) = self.table.as_mut() else {
            return;
        };
        let html: &[&str] = match tag {
            Tag::TableHead => {
                table.in_head = true;
                table.column = 0;
                &["<thead>\n<tr>"]
            }
            Tag::TableRow => {
                table.column = 0;
                if std::mem::replace(&mut table.body_open, true) {
                    &["<tr>"]
                } else {
                    &["<tbody>\n<tr>"]
                }
            }
            _ => {
                table.cell_start = text_start;
                let class = match table.alignments.get(table.column) {
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                if table.in_head {
                    &["<th scope=\"col\"", class, ">"]
                } else {
                    &["<td", class, ">"]
                }
            }
        };
        self.push_all(html);
    }

    /// Closes a head, row or cell.
    pub fn close_table_part(&mut self, tag: TagEnd) {
        self.end_line();
        let text_end = self.text_len();
        let Some(table) = self.table.as_mut() else {
            return;
        };
        let html = match tag {
            TagEnd::TableHead => {
                table.in_head = false;
                "</tr>\n</thead>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            _ => {
                if table.avoid.get(table.column) == Some(&true) {
                    self.lesson.exempt.push((table.cell_start, text_end));
                }
                table.column += 1;
                if table.in_head { "</th>" } else { "</td>" }
            }
        };
        self.push(html);
    }

    /// Returns whether the cell at hand stands in a column that shows what to avoid.
    pub fn in_avoided_column(&self) -> bool {
        self.table
            .as_ref()
            .is_some_and(|table| table.avoid.get(table.column) == Some(&true))
    }

    /// Closes a table.
    pub fn close_table(&mut self) {
        let body = self.table.take().is_some_and(|table| table.body_open);
        self.push(if body {
            "</tbody>\n</table></div>\n"
        } else {
            "</table></div>\n"
        });
    }
}

/// Returns the plain text of a table's column headings.
fn headings(events: &[Located<'_>], table: usize) -> Vec<String> {
    let mut headings = Vec::new();
    for (event, _) in &events[table..] {
        match event {
            Event::Start(Tag::TableCell) => headings.push(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = headings.last_mut() {
                    heading.push_str(text);
                }
            }
            Event::End(TagEnd::TableHead) => break,
            _ => {}
        }
    }
    headings
}
