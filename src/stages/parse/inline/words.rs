//! Finds names of topics and words that the house language avoids, and notes the latter, and telephone numbers, with the places where the author wrote
//! them.
//!
//! Whether they are findings depends on the registers as a whole and on the day: `review` decides.

use std::ops::Range;

use super::super::meant::words::note as note_to_oneself;
use super::super::sheet::Sheet;
use super::pieces::{Found, Hit, Run, covered, source_of};
use crate::language::{Meant, Wanted, telephones};
use crate::model::lesson::Wording;
use crate::model::registers::Placed;
use crate::model::{Finding, Rule};

/// Finds the names of topics and the words to avoid in a run, as far as they count there.
pub(super) fn find(sheet: &Sheet<'_>, kind: Run, found: &mut Found) {
    let Some(run) = found.text() else {
        return;
    };
    let wanted = Wanted {
        topics: kind != Run::Heading && sheet.around.takes_names(),
        terms: !sheet.is_verbatim() && sheet.around.avoids_words(),
    };
    let text = &sheet.ink.text()[run.clone()];
    let vocabulary = &sheet.context.vocabulary;
    vocabulary.find(text, wanted, |meant, hit| {
        found
            .hits
            .push((meant, run.start + hit.start..run.start + hit.end));
    });
}

/// Notes the words to avoid among what was found in a run, and the telephone numbers in it.
///
/// A telephone number is noted in a quotation too, since somebody may ring it.
pub(super) fn note(sheet: &mut Sheet<'_>, found: &Found) {
    let Some(run) = found.text().filter(|_| !sheet.is_verbatim()) else {
        return;
    };
    let Sheet {
        source,
        notes,
        ink,
        context,
        ..
    } = sheet;
    let text = ink.text();
    let is_term = |(meant, _): &Hit| matches!(meant, Meant::Term(_));
    let quoted = if found.hits.iter().any(is_term) {
        context.language.quotations(&text[run.clone()])
    } else {
        Vec::new()
    };
    for (meant, hit) in &found.hits {
        let &Meant::Term(term) = meant else { continue };
        let pieces = covered(&found.pieces, hit);
        let is_code = pieces.iter().any(|piece| piece.code);
        if !is_code && !is_quoted(&quoted, &(hit.start - run.start..hit.end - run.start)) {
            notes.wording(Wording {
                term,
                words: text[hit.clone()].into(),
                place: source.place(&source_of(pieces, hit)),
            });
        }
    }
    for telephone in telephones(&text[run.clone()]) {
        let hit = telephone.range.start + run.start..telephone.range.end + run.start;
        let pieces = covered(&found.pieces, &hit);
        if pieces.iter().all(|piece| !piece.code) {
            notes.telephone(Placed {
                value: telephone.digits,
                place: source.place(&source_of(pieces, &hit)),
                at: None,
            });
        }
    }
}

/// Notes what stands in a text that is read as it is written: a block's title, or a value of the front matter. `range` is of the file.
///
/// A note that its author left there is a finding.
pub(crate) fn note_plain(sheet: &mut Sheet<'_>, range: Range<usize>) {
    let (text, place) = sheet.source.stretch_of_file(range);
    let wanted = Wanted {
        topics: false,
        terms: true,
    };
    let mut found = Vec::new();
    let vocabulary = &sheet.context.vocabulary;
    vocabulary.find(text, wanted, |meant, hit| found.push((meant, hit)));
    let quoted = if found.is_empty() {
        Vec::new()
    } else {
        sheet.context.language.quotations(text)
    };
    for (meant, hit) in found {
        if let Meant::Term(term) = meant
            && !is_quoted(&quoted, &hit)
        {
            sheet.notes.wording(Wording {
                term,
                place: place(&hit),
                words: text[hit].into(),
            });
        }
    }
    if let Some(slip) = note_to_oneself(text, sheet.around.audience()) {
        let finding = Finding::new(
            Rule::LooksLikeMarkup,
            sheet.source.file,
            place(&slip.range),
            slip.message,
        );
        sheet.notes.finding(finding.help(slip.help));
    }
    for telephone in telephones(text) {
        sheet.notes.telephone(Placed {
            place: place(&telephone.range),
            value: telephone.digits,
            at: None,
        });
    }
}

/// Returns whether a hit stands inside one of the quotations.
fn is_quoted(quotations: &[Range<usize>], hit: &Range<usize>) -> bool {
    let next = quotations.partition_point(|quote| quote.end < hit.end);
    quotations
        .get(next)
        .is_some_and(|quote| quote.start <= hit.start)
}
