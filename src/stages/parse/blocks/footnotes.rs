//! Gathers footnotes and writes them at the end of the page, with links back to where they are named.

use std::ops::Range;

use super::super::footnotes::reference_id;
use super::super::sheet::Sheet;
use crate::model::Rule;
use crate::model::body::Body;
use crate::model::words::Word;

/// Starts a definition.
pub(crate) fn open(sheet: &mut Sheet<'_>, label: &str, range: Range<usize>) {
    let outside = sheet.ink.exchange(Body::default());
    sheet
        .footnotes
        .open(label, range, sheet.around.audience(), outside);
}

/// Ends a definition.
pub(crate) fn close(sheet: &mut Sheet<'_>) {
    let definition = sheet.ink.exchange(Body::default());
    let outside = sheet.footnotes.close(definition);
    sheet.ink.exchange(outside);
}

/// Writes the footnotes in the order in which they are named; those that nobody names come last.
pub(crate) fn append(sheet: &mut Sheet<'_>) {
    if sheet.is_verbatim() {
        return;
    }
    let mut footnotes = std::mem::take(&mut sheet.footnotes);
    for range in footnotes.out_of_reach() {
        let label = sheet.source.slice(&range);
        let message = format!(
            "the footnote `{label}` stands in a `facilitator` block, which learners do not see"
        );
        let help = "move its text out of that block";
        sheet.report(Rule::BrokenLink, &range, message, Some(help.into()));
    }
    for note in footnotes.take_repeated() {
        let message = format!(
            "the footnote `[^{}]` is defined twice in this file",
            note.label
        );
        let help = "give each footnote a label of its own";
        let range = sheet.source.line_of(&note.range);
        sheet.report(Rule::DuplicateId, &range, message, Some(help.into()));
    }
    let numbered = footnotes.in_order();
    if numbered.is_empty() {
        return;
    }
    sheet.ink.push("<section class=\"footnotes\" aria-label=\"");
    sheet.ink.word(Word::Footnotes);
    sheet.ink.push("\">\n<ol>\n");
    for (note, n, times) in numbered {
        write(sheet, note.body, n, times);
    }
    sheet.ink.push("</ol>\n</section>\n");
}

fn write(sheet: &mut Sheet<'_>, body: Body, n: usize, times: u32) {
    sheet.ink.push(&format!("<li id=\"fn-{n}\">\n"));
    sheet.ink.append(body);
    for time in 1..=times {
        let id = reference_id(n, time);
        sheet
            .ink
            .push(&format!("<p class=\"footnote-back\"><a href=\"#{id}\">"));
        sheet.ink.word(Word::BackToText);
        sheet.ink.push(&format!(" {n}</a></p>\n"));
    }
    sheet.ink.push("</li>\n");
}
