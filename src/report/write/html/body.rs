//! What stands inside a page: documents, sections, and tables whose rows go to the file as they are made.

use std::io::{self, Write};

use super::cells;
use super::ink::{Ink, part_page};
use crate::report::cell::Line;
use crate::report::data::{Document, Figure, Part, Section};
use crate::report::list::Name;
use crate::report::table::{Layout, Row, Table};
use crate::report::words::capitalised;

/// Bytes of HTML that are gathered before they are written.
const PIECE: usize = 64 * 1024;

/// A page's content while it is written.
pub struct Body<'b> {
    /// What was not written to the file yet.
    pub ink: Ink<'b>,
    out: &'b mut dyn Write,
}

impl<'b> Body<'b> {
    /// Begins a page.
    pub const fn new(ink: Ink<'b>, out: &'b mut dyn Write) -> Self {
        Self { ink, out }
    }

    /// Writes to the file what was gathered.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(self.ink.markup.as_str().as_bytes())?;
        self.ink.markup.clear();
        Ok(())
    }

    /// Writes a document below the page's heading.
    pub fn document(&mut self, document: &Document<'_>) -> io::Result<()> {
        let lede = format!("{}.", capitalised(&document.lede));
        self.ink.markup.element("p", &[("class", "lede")], &lede);
        for remark in &document.remarks {
            self.lede(std::slice::from_ref(remark));
        }
        self.sections(&document.sections)
    }

    /// Writes a part of a report that has no page of its own.
    pub fn part(&mut self, name: Name, part: &Part<'_>) -> io::Result<()> {
        self.ink.own = part_page(name.id(), part.name);
        self.ink
            .markup
            .element("h2", &[("id", &self.ink.own)], &part.document.title);
        self.document(&part.document)
    }

    /// Writes sections.
    pub fn sections(&mut self, sections: &[Section<'_>]) -> io::Result<()> {
        for section in sections {
            self.section(section)?;
        }
        Ok(())
    }

    fn section(&mut self, section: &Section<'_>) -> io::Result<()> {
        let is_empty = section.table.rows.is_empty();
        if is_empty && section.without.is_empty() {
            return Ok(());
        }
        let heading = if self.ink.own.is_empty() { "h2" } else { "h3" };
        self.ink
            .markup
            .open(heading, &[("id", &self.ink.id(&section.id))]);
        self.line(&section.title);
        self.ink.markup.close(heading);
        self.lede(&section.lede);
        if is_empty {
            self.ink.markup.paragraph(section.without);
        } else {
            self.table(section)?;
        }
        if !section.note.is_empty() {
            self.ink.markup.paragraph(&section.note);
        }
        Ok(())
    }

    /// Writes lines below each other, apart from those that say nothing.
    fn lede(&mut self, lines: &[Line<'_>]) {
        let before = self.ink.markup.size();
        self.ink.markup.open("p", &[]);
        let start = self.ink.markup.size();
        for line in lines {
            let end = self.ink.markup.size();
            if end > start {
                self.ink.markup.raw("<br>\n");
            }
            let begin = self.ink.markup.size();
            self.line(line);
            if self.ink.markup.size() == begin {
                self.ink.markup.truncate(end);
            }
        }
        if self.ink.markup.size() == start {
            self.ink.markup.truncate(before);
        } else {
            self.ink.markup.close("p");
        }
    }

    /// Writes a table in a region of its own, which scrolls sideways on narrow screens and can be reached with the keyboard.
    fn table(&mut self, section: &Section<'_>) -> io::Result<()> {
        let table = &section.table;
        let id = self.ink.id(&section.id);
        // What the heading says already needs no caption.
        let has_caption = !table.caption.is_empty();
        let label = if has_caption {
            format!("{id}-caption")
        } else {
            id.clone()
        };
        let class = match table.layout {
            Layout::Matrix => "scroll matrix",
            Layout::Columns | Layout::Entries => "scroll",
        };
        self.ink.markup.open(
            "div",
            &[
                ("class", class),
                ("role", "region"),
                ("tabindex", "0"),
                ("aria-labelledby", &label),
            ],
        );
        self.ink
            .markup
            .open("table", &[("id", &format!("{id}-table"))]);
        if has_caption {
            self.ink
                .markup
                .open("caption", &[("id", &label)])
                .element("span", &[], &table.caption)
                .close("caption");
        }
        self.head(table);
        self.ink.markup.open("tbody", &[]);
        table.rows.each(&mut |row| self.row(&row))?;
        self.ink.markup.close("tbody").close("table").close("div");
        Ok(())
    }

    fn head(&mut self, table: &Table<'_>) {
        self.ink.markup.raw("<thead><tr>");
        for column in &table.columns {
            self.ink.markup.open("th", &[("scope", "col")]);
            self.line(&column.long);
            self.ink.markup.close("th");
        }
        self.ink.markup.raw("</tr>\n</thead>");
    }

    /// Writes a row, and gives what was gathered to the file where it has become much.
    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        if row.id.is_empty() {
            self.ink.markup.raw("<tr>");
        } else {
            self.ink.markup.open("tr", &[("id", &self.ink.id(row.id))]);
        }
        for (index, cell) in row.cells.iter().enumerate() {
            if index == 0 {
                self.ink.markup.raw("<th scope=\"row\">");
                cells::write(&mut self.ink, cell);
                self.ink.markup.raw("</th>");
            } else {
                cells::open(&mut self.ink.markup, cell);
                cells::write(&mut self.ink, cell);
                self.ink.markup.raw("</td>");
            }
        }
        self.ink.markup.raw("</tr>\n");
        if self.ink.markup.size() > PIECE {
            self.flush()?;
        }
        Ok(())
    }

    fn line(&mut self, line: &Line<'_>) {
        for cell in &line.0 {
            cells::write(&mut self.ink, cell);
        }
    }

    /// Writes what the page of the one search begins with; its script writes what it finds.
    pub fn search(&mut self) {
        self.ink.markup.raw(
            "<form role=\"search\" class=\"filter\"><div><label for=\"search-input\">Claims, topics and the text of the lessons</label>\
             <input type=\"search\" id=\"search-input\" name=\"q\" autocomplete=\"off\"></div></form>\n\
             <p role=\"status\" id=\"search-status\"></p>\n<div id=\"search-results\"></div>\n\
             <noscript><p>The search needs JavaScript. Each report reads without it.</p></noscript>\n\
             <script defer src=\"search-index.js\"></script><script defer src=\"search.js\"></script>",
        );
    }

    /// Writes the figures that matter, each as a link to its report.
    pub fn figures(&mut self, figures: &[(Name, Figure)]) {
        self.ink.markup.open("ul", &[("class", "figures")]);
        for (name, figure) in figures {
            let href = format!("{}.html", name.id());
            let share = format!("{} of {}", figure.part, figure.whole);
            self.ink
                .markup
                .open("li", &[])
                .open("a", &[("href", &href)]);
            self.ink
                .markup
                .element("strong", &[], &share)
                .text(" ")
                .element("span", &[], figure.words);
            self.ink.markup.close("a").close("li");
        }
        self.ink.markup.close("ul");
    }

    /// Writes what needs doing.
    pub fn tasks(&mut self, tasks: &[Line<'_>]) {
        self.ink
            .markup
            .element("h2", &[("id", "to-do")], "What needs doing");
        if tasks.is_empty() {
            self.ink.markup.paragraph(
                "Nothing: no gap, no claim without evidence, nothing overdue, no finding.",
            );
            return;
        }
        self.ink.markup.open("ul", &[("class", "to-do")]);
        for task in tasks {
            self.ink.markup.open("li", &[]);
            self.line(task);
            self.ink.markup.close("li");
        }
        self.ink.markup.close("ul");
    }
}
