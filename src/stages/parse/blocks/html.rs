//! Writes blocks of raw HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::around::Quote;
use super::super::inline::{Run, comments, html};
use super::super::raw_html::{Holds, Part, RawBlock, clean_block};
use super::super::walk::Walk;
use super::super::writer::Writer;
use crate::model::config::RawHtml;

/// Comments that may stand one after the other before the block that they speak of.
const MOST_COMMENTS: usize = 64;

/// Writes the block of HTML that has been opened, up to its end.
pub(crate) fn block(writer: &mut Writer<'_, '_>, whole: &Range<usize>) {
    let Writer { walk, sheet, .. } = writer;
    let mut lines: Vec<(String, Range<usize>)> = Vec::new();
    while let Some((event, range)) = walk.until_end(TagEnd::HtmlBlock) {
        if let Event::Html(line) | Event::Text(line) = event {
            lines.push((sheet.source.unmasked(&line, &range).into_owned(), range));
        }
    }
    let html: String = lines.iter().map(|(line, _)| line.as_str()).collect();
    // The following block is what a comment that stands alone speaks of.
    let next = next_block(walk);
    if !comments::take(sheet, &html, whole, next.as_ref()) {
        write(writer, &lines, whole);
    }
}

/// Returns where the next block stands that is not itself a comment or other HTML, if it is near.
fn next_block(walk: &mut Walk<'_, '_>) -> Option<Range<usize>> {
    let mut n = 0;
    for _ in 0..MOST_COMMENTS {
        if !matches!(walk.peek(n), Some((Event::Start(Tag::HtmlBlock), _))) {
            break;
        }
        while !matches!(walk.peek(n)?, (Event::End(TagEnd::HtmlBlock), _)) {
            n += 1;
        }
        n += 1;
    }
    walk.peek(n).map(|(_, range)| range.clone())
}

fn write(writer: &mut Writer<'_, '_>, lines: &[(String, Range<usize>)], whole: &Range<usize>) {
    let sheet = &mut writer.sheet;
    let raw: String = lines.iter().map(|(line, _)| line.as_str()).collect();
    let raw = raw.trim_end_matches('\n');
    match sheet.context.raw_html {
        RawHtml::Safe => write_clean(writer, lines, whole),
        RawHtml::Verbatim => sheet.ink.push_all(&[raw, "\n"]),
        RawHtml::Text => {
            html::report(sheet, whole);
            sheet.ink.push("<p>");
            sheet.ink.push_text(raw);
            sheet.ink.push("</p>\n");
            sheet.ink.say(raw);
            sheet.ink.end_line();
        }
    }
}

/// Writes what may stay of a block of HTML.
fn write_clean(
    writer: &mut Writer<'_, '_>,
    lines: &[(String, Range<usize>)],
    whole: &Range<usize>,
) {
    let Writer { sheet, prose, .. } = writer;
    let Some(sanitiser) = &sheet.context.sanitiser else {
        return;
    };
    let block = RawBlock {
        lines,
        whole,
        markdown: sheet.source.markdown,
    };
    let (parts, complaints) = clean_block(block, sanitiser);
    for complaint in complaints {
        sheet.complain(complaint);
    }
    let Some(parts) = parts else {
        return;
    };
    for part in parts {
        match part {
            Part::Run(run) => {
                let before = sheet.ink.text_len();
                prose.write_clean(sheet, &run, Run::Text, |_| {});
                if sheet.ink.text_len() > before {
                    sheet.ink.end_line();
                }
            }
            Part::Open(tag, holds) => {
                if holds == Holds::Quotation {
                    sheet.around.open_quote(Quote {
                        ignored: false,
                        alert: false,
                    });
                }
                sheet.ink.push(&tag);
            }
            Part::Close(tag, holds) => {
                if holds == Holds::Quotation {
                    sheet.around.close_quote();
                }
                sheet.ink.push(&tag);
            }
        }
    }
    sheet.ink.push("\n");
}
