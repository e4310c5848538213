//! Reads comments of Markdown that silence findings: `<!-- throughline-ignore RULE: reason -->`.
//!
//! All other comments are dropped.

use std::ops::Range;

use super::super::ignores::{MARK, rule_and_reason};
use super::super::sheet::Sheet;
use crate::model::finding::Ignore;

/// Quotations inside each other that are searched for marks, each all through.
const DEEPEST_QUOTATION: usize = 16;

/// Takes a piece of HTML if it is nothing but comments; `next` is the block that follows one that stands alone.
pub(crate) fn take(
    sheet: &mut Sheet<'_>,
    html: &str,
    range: &Range<usize>,
    next: Option<&Range<usize>>,
) -> bool {
    if sheet.is_verbatim() {
        return false;
    }
    let mut rest = html.trim();
    let mut found = Vec::new();
    while let Some(after) = rest.strip_prefix("<!--") {
        let (inner, behind) = after.split_once("-->").unwrap_or((after, ""));
        found.push(inner.trim());
        rest = behind.trim_start();
    }
    if found.is_empty() || !rest.is_empty() {
        return false;
    }
    for words in found.iter().filter_map(|inner| inner.strip_prefix(MARK)) {
        note(sheet, words, range, next);
    }
    true
}

fn note(sheet: &mut Sheet<'_>, words: &str, range: &Range<usize>, next: Option<&Range<usize>>) {
    let source = sheet.source;
    let written =
        |range: &Range<usize>| range.start..range.start + source.slice(range).trim_end().len();
    let (rule, reason) = rule_and_reason(words);
    let place = source.place(&written(range));
    let last = next.map_or(place.end_line, |next| source.place(&written(next)).end_line);
    let in_marked = sheet.around.quote().is_some_and(|quote| quote.ignored);
    sheet.notes.ignore(Ignore {
        served: rule.is_empty() && in_marked,
        rule,
        reason,
        place,
        lines: (place.line, last.max(place.line)),
    });
}

/// Returns whether an ignore that names no rule stands right before or inside a quotation.
pub(crate) fn marks_quotation(sheet: &mut Sheet<'_>, range: &Range<usize>) -> bool {
    let line = sheet.source.place(range).line;
    let before = sheet
        .notes
        .last_ignore()
        .filter(|ignore| ignore.rule.is_empty() && ignore.lines.0 < line && ignore.lines.1 >= line);
    if let Some(ignore) = before {
        ignore.served = true;
        return true;
    }
    if sheet.around.quotes() >= DEEPEST_QUOTATION {
        return false;
    }
    sheet.source.slice(range).lines().any(|line| {
        line.trim_start_matches(['>', ' '])
            .strip_prefix("<!--")
            .and_then(|line| line.trim_start().strip_prefix(MARK))
            .is_some_and(|rest| rest.trim_start().starts_with("-->"))
    })
}
