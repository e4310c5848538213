//! Finds the sentences that authors give with `quote=`, once all of the text is there.

use std::ops::Range;

use super::notes::Quoting;
use super::sheet::Sheet;
use crate::language::place_of;
use crate::model::Rule;
use crate::model::lesson::Quote;
use crate::model::text::quoted;

/// Finds each sentence where it must stand; one that does not is a finding.
pub(super) fn settle(sheet: &mut Sheet<'_>) {
    for (carrier, (words, range)) in sheet.notes.wanted_quotes() {
        let (text, what) = text_of(sheet, carrier);
        let within = &sheet.ink.text()[text.start as usize..text.end as usize];
        let Some(Range { start, end }) = place_of(within, &words) else {
            let message = format!("`{}` does not stand in {what}", quoted(&words));
            let help = "write the words of `quote` as they stand there, without marks of Markdown";
            sheet.report(Rule::UnknownAttribute, &range, message, Some(help.into()));
            continue;
        };
        let quote = Quote {
            words: words.into(),
            place: sheet.source.place(&range),
            text_start: text.start + start as u32,
            text_end: text.start + end as u32,
        };
        sheet.notes.quote(carrier, quote);
    }
}

/// Returns the text that a sentence must stand in, and what that is called.
fn text_of(sheet: &Sheet<'_>, carrier: Quoting) -> (Range<u32>, &'static str) {
    match carrier {
        Quoting::Heading(heading) => {
            let end = sheet.ink.text_len();
            (sheet.notes.section_text(heading, end), "this section")
        }
        Quoting::Block(block) => {
            let block = sheet.notes.block_at(block);
            (block.text_start..block.text_end, "this block")
        }
        Quoting::Span(span) => (sheet.notes.span_text(span), "these words"),
    }
}
