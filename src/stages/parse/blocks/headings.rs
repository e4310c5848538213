//! Writes headings, and reads the attributes behind them.

use std::ops::Range;

use super::super::inline::Run;
use super::super::sheet::Sheet;
use super::super::source::attributes::attributes;
use super::super::writer::Writer;
use super::attributes::{Carried, report_unknown};
use crate::model::Rule;
use crate::model::blocks::HEADING_ATTRIBUTES;
use crate::model::lesson::Heading;
use crate::model::slug::slug;

/// Writes the heading that has been opened, up to its end.
pub(crate) fn write(writer: &mut Writer<'_, '_>, level: u8, range: &Range<usize>) {
    let Writer { walk, sheet, prose } = writer;
    let mut carried = Carried::default();
    if let Some(list) = sheet.source.attributes_in(range) {
        for attribute in &attributes(sheet.source.slice(&list), list.start) {
            if !carried.read(sheet, attribute) {
                report_unknown(sheet, attribute, "a heading", &HEADING_ATTRIBUTES);
            }
        }
    }
    check_level(sheet, level, range);
    let text_start = sheet.ink.text_len();
    let mut id = "".into();
    let element = element(level.into());
    prose.write_behind(sheet, walk.run(), Run::Heading, |sheet| {
        id = match carried.id.take() {
            Some((id, range)) => sheet.claim_given(&id, &range),
            None => {
                let wanted = slug(sheet.ink.text()[text_start as usize..].trim());
                sheet.claim(if wanted.is_empty() {
                    "section"
                } else {
                    &wanted
                })
            }
        };
        sheet.ink.push_all(&["<", element]);
        if !sheet.is_verbatim() {
            sheet.ink.push(" id=\"");
            sheet.ink.push_value(&id);
            sheet.ink.push("\"");
        }
        sheet.ink.push(">");
    });
    let title = sheet.ink.text()[text_start as usize..].trim().into();
    sheet.ink.end_line();
    sheet.ink.push_all(&["</", element, ">\n"]);
    walk.next();
    sheet.notes.heading(Heading {
        level,
        id,
        title,
        topics: carried.topics,
        claims: carried.claims,
        place: sheet.source.place(&sheet.source.line_of(range)),
        text_start,
        text_end: sheet.ink.text_len(),
        audience: sheet.around.audience(),
    });
}

fn check_level(sheet: &mut Sheet<'_>, level: u8, range: &Range<usize>) {
    if sheet.is_verbatim() {
        return;
    }
    let before = sheet.notes.level();
    let range = sheet.source.line_of(range);
    if level == 1 {
        sheet.report(
            Rule::HeadingSkip,
            &range,
            "a second heading of level 1: the title is the page's first".into(),
            Some("start at `##`".into()),
        );
    } else if level > before + 1 {
        sheet.report(
            Rule::HeadingSkip,
            &range,
            format!("a heading of level {level} follows one of level {before}"),
            Some(format!("use `{}`", "#".repeat(before as usize + 1))),
        );
    }
}

/// Returns the name of the element of a heading; what is deeper than the sixth level shares its name.
pub(super) fn element(level: usize) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}
