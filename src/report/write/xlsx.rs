//! Workbooks for spreadsheets: one sheet that people read, and one with a row for each thing.
//!
//! Cells are texts and numbers, never formulas, whatever lessons hold. The same report makes the same bytes.

use std::io::{self, Write};

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::lines::{KEYWORD, Words, clean, length, line, lines, widths};
use super::plain;
use crate::report::cell::Cell;
use crate::report::data::{Document, Extent, Report, Section};
use crate::report::places::{Places, WHEREABOUTS};
use crate::report::table::Sheet;
use crate::report::words::{capitalised, long_date};

/// Characters that a cell holds at most.
const LONGEST: usize = 32_000;

/// Points of a line of text, and of the highest row that there is.
const LINE_HEIGHT: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// Writes a report.
///
/// # Errors
///
/// When nothing more can be written, or there are more rows than a sheet holds.
pub fn write(report: &dyn Report, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = report.document(Extent::Full);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&document, places).map_err(io::Error::other)?);
    let page = workbook.add_worksheet();
    Page::new(page, places)
        .and_then(|mut page| page.document(&document))
        .map_err(io::Error::other)?;
    let rows = workbook.add_worksheet();
    sheet(rows, &report.sheet(), places)?;
    let bytes = workbook.save_to_buffer().map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn properties(document: &Document<'_>, places: &Places<'_>) -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::parse_from_str(&places.around.as_of.to_string())?;
    Ok(DocProperties::new()
        .set_title(clean(&document.title))
        .set_author(clean(places.around.title))
        .set_keywords(KEYWORD)
        .set_creation_datetime(&day))
}

/// The sheet that people read, line by line from its top.
struct Page<'w, 'p> {
    sheet: &'w mut Worksheet,
    places: &'p Places<'p>,
    row: u32,
    /// Characters that each column has room for.
    widths: Vec<usize>,
    strong: Format,
    wrapped: Format,
}

impl<'w, 'p> Page<'w, 'p> {
    fn new(sheet: &'w mut Worksheet, places: &'p Places<'p>) -> Result<Self, XlsxError> {
        sheet.set_name("Pack")?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_paper_size(9);
        Ok(Self {
            sheet,
            places,
            row: 0,
            widths: Vec::new(),
            strong: Format::new().set_bold(),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        })
    }

    fn document(&mut self, document: &Document<'_>) -> Result<(), XlsxError> {
        self.widths = vec![
            0;
            document
                .sections
                .iter()
                .map(|section| section.table.columns.len())
                .max()
                .unwrap_or(0)
        ];
        for section in &document.sections {
            let needed = widths(&section.table, self.places);
            for (width, needed) in self.widths.iter_mut().zip(needed) {
                *width = needed.max(*width);
            }
        }
        for (column, width) in self.widths.iter().enumerate() {
            self.sheet
                .set_column_width(column as u16, *width as f64 + 2.0)?;
        }
        self.heading(&document.title, 16.0)?;
        self.said(&format!("As of {}", long_date(self.places.around.as_of)))?;
        self.said(&format!("{}.", capitalised(&clean(&document.lede))))?;
        for remark in &document.remarks {
            self.said(&joined(&line(remark, self.places)))?;
        }
        document
            .sections
            .iter()
            .try_for_each(|section| self.section(section))
    }

    fn section(&mut self, section: &Section<'_>) -> Result<(), XlsxError> {
        let is_empty = section.table.rows.is_empty();
        if is_empty && section.without.is_empty() {
            return Ok(());
        }
        self.row += 1;
        self.heading(&joined(&line(&section.title, self.places)), 12.0)?;
        for remark in &section.lede {
            self.said(&joined(&line(remark, self.places)))?;
        }
        if is_empty {
            return self.said(section.without);
        }
        for (column, head) in section.table.columns.iter().enumerate() {
            let head = joined(&line(&head.long, self.places));
            self.sheet
                .write_string_with_format(self.row, column as u16, head, &self.strong)?;
        }
        self.row += 1;
        let mut fault = Ok(());
        // What stops the rows is told below.
        let _ = section.table.rows.each(&mut |row| {
            fault = self.cells(row.cells);
            if fault.is_ok() {
                Ok(())
            } else {
                Err(io::ErrorKind::Other.into())
            }
        });
        fault?;
        self.said(&clean(&section.note))
    }

    /// Writes a row as high as its longest cell, which not every program works out for itself.
    fn cells(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let mut height = 1;
        for (index, cell) in cells.iter().enumerate() {
            let column = index as u16;
            if let Cell::Number(number) = cell {
                self.sheet.write_number_with_format(
                    self.row,
                    column,
                    *number as f64,
                    &self.wrapped,
                )?;
                continue;
            }
            let said = lines(cell, self.places);
            let width = self.widths.get(index).map_or(1, |width| *width.max(&1));
            let needed: usize = said
                .iter()
                .map(|line| length(line).div_ceil(width).max(1))
                .sum();
            height = needed.max(height);
            let said: Vec<String> = said.iter().map(|line| joined(line)).collect();
            self.sheet.write_string_with_format(
                self.row,
                column,
                short(&said.join("\n")),
                &self.wrapped,
            )?;
        }
        let points = (height as f64 * LINE_HEIGHT).min(HIGHEST);
        self.sheet.set_row_height(self.row, points)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str, size: f64) -> Result<(), XlsxError> {
        let format = Format::new().set_bold().set_font_size(size);
        self.sheet
            .write_string_with_format(self.row, 0, short(&clean(text)), &format)?;
        self.row += 1;
        Ok(())
    }

    fn said(&mut self, text: &str) -> Result<(), XlsxError> {
        if !text.is_empty() {
            self.sheet.write_string(self.row, 0, short(text))?;
            self.row += 1;
        }
        Ok(())
    }
}

/// Writes rows below the names of their columns, which stay in sight and filter.
fn sheet(worksheet: &mut Worksheet, sheet: &Sheet<'_>, places: &Places<'_>) -> io::Result<()> {
    let strong = Format::new().set_bold();
    worksheet.set_name("Rows").map_err(io::Error::other)?;
    let columns = sheet.columns.iter().chain(&WHEREABOUTS);
    for (column, name) in columns.enumerate() {
        worksheet
            .write_string_with_format(0, column as u16, *name, &strong)
            .map_err(io::Error::other)?;
    }
    let mut number = 0;
    sheet.rows.each(&mut |row| {
        number += 1;
        for (column, cell) in row.cells.iter().enumerate() {
            put(worksheet, (number, column as u16), cell).map_err(io::Error::other)?;
        }
        let Some(whereabouts) = row.at.and_then(|spot| places.whereabouts(spot)) else {
            return Ok(());
        };
        for (index, text) in whereabouts.iter().enumerate() {
            let column = (sheet.columns.len() + index) as u16;
            worksheet
                .write_string(number, column, short(&clean(text)))
                .map_err(io::Error::other)?;
        }
        Ok(())
    })?;
    let last = (sheet.columns.len() + WHEREABOUTS.len() - 1) as u16;
    worksheet.set_freeze_panes(1, 0).map_err(io::Error::other)?;
    worksheet
        .autofilter(0, 0, number, last)
        .map_err(io::Error::other)?;
    Ok(())
}

fn put(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
    if let Cell::Number(number) = cell {
        worksheet.write_number(row, column, *number as f64)?;
        return Ok(());
    }
    let mut text = String::new();
    plain::push(&mut text, cell);
    worksheet.write_string(row, column, short(&clean(&text)))?;
    Ok(())
}

fn joined(words: &[Words]) -> String {
    words.iter().map(|words| &*words.text).collect()
}

/// Cuts what is longer than a cell can hold.
fn short(text: &str) -> String {
    // Excel counts UTF-16 units, of which a character has at most two.
    match text.char_indices().nth(LONGEST / 2) {
        Some((end, _)) if text.encode_utf16().count() > LONGEST => format!("{}…", &text[..end]),
        _ => text.to_owned(),
    }
}
