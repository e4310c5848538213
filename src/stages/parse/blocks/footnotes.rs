//! Reads the definitions of footnotes, and says what is wrong with them once all are known.

use std::ops::Range;

use super::super::footnotes::Numbered;
use super::super::meant::Slip;
use super::super::sheet::Sheet;
use crate::model::Rule;
use crate::model::stretches::Part;
use crate::model::text::quoted;

/// Starts a definition.
pub(crate) fn open(sheet: &mut Sheet<'_>, label: &str, range: Range<usize>) {
    let audience = sheet.around.audience();
    let stretch = sheet.ink.begin(Part::Footnote, audience, None);
    let notes = sheet.notes.mark();
    sheet
        .footnotes
        .open(label, range, (stretch, audience), notes);
}

/// Ends a definition.
pub(crate) fn close(sheet: &mut Sheet<'_>) {
    if let Some(stretch) = sheet.footnotes.close(sheet.notes.mark()) {
        sheet.ink.end(stretch);
    }
}

/// Says what is wrong with footnotes, and who sees which.
pub(crate) fn settle(sheet: &mut Sheet<'_>) -> Numbered {
    let footnotes = std::mem::take(&mut sheet.footnotes);
    for range in footnotes.out_of_reach() {
        let label = sheet.source.slice(&range);
        let message = format!(
            "the footnote `{label}` stands in a `facilitator` block, which learners do not see"
        );
        let help = "move its text out of that block";
        sheet.report(Rule::BrokenLink, &range, message, Some(help.into()));
    }
    for note in footnotes.repeated() {
        let message = format!(
            "the footnote `[^{}]` is defined twice in this file",
            note.label
        );
        let help = "give each footnote a label of its own";
        let range = sheet.source.line_of(&note.range);
        sheet.report(Rule::DuplicateId, &range, message, Some(help.into()));
    }
    for note in footnotes.unnamed() {
        let line = sheet.source.line_of(&note.range);
        let mark = sheet.source.slice(&line);
        let mark = &mark[..mark.find("]:").map_or(mark.len(), |end| end + 1)];
        let message = format!(
            "the footnote `{}` is named nowhere in the text",
            quoted(mark)
        );
        let help = format!("write `{}` where it belongs, or delete it", quoted(mark));
        sheet.slip(Slip::new(line, message, help));
    }
    let (numbered, hidden) = footnotes.settle();
    for (note, audience) in &hidden {
        sheet.ink.hide(note.stretch, *audience);
    }
    let noted = hidden.into_iter();
    let noted: Vec<_> = noted
        .map(|(note, audience)| (note.notes, audience))
        .collect();
    for (id, audience) in sheet.notes.hide(&noted) {
        sheet.ids.hide(&id, audience);
    }
    numbered
}
