//! Notes words that the house language avoids, and telephone numbers, with the places where the author wrote them.
//!
//! Whether they are findings depends on the registers as a whole and on the day: `review` decides.

use std::ops::Range;

use super::document::{Quote, Writer};
use super::inline::Hit;
use super::pieces::{Piece, covered, source_of};
use crate::model::config::RawHtml;
use crate::model::house::quotations;
use crate::model::lesson::Wording;
use crate::model::registers::Placed;
use crate::model::telephone::telephones;
use crate::model::vocabulary::{Meant, Wanted};

impl Writer<'_> {
    /// Returns whether words to avoid count in the run at hand: quotations, code and columns of what to avoid keep theirs.
    pub fn avoids_words(&self) -> bool {
        let quotes = |quote: &Quote| !quote.alert || quote.ignored;
        self.context.raw_html != RawHtml::Verbatim
            && !self.in_avoided_column()
            && !self.quotes.iter().any(quotes)
    }

    /// Notes the words to avoid among what was found in a run of inline content, and the telephone numbers in it.
    ///
    /// A telephone number is noted in a quotation too, since somebody may ring it.
    pub fn note_words(&mut self, pieces: &[Piece], hits: &[Hit]) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        if self.context.raw_html == RawHtml::Verbatim {
            return;
        }
        let run = first.text.start..last.text.end;
        let is_term = |(meant, _): &Hit| matches!(meant, Meant::Term(_));
        let quoted = if hits.iter().any(is_term) {
            quotations(&self.lesson.text[run.clone()])
        } else {
            Vec::new()
        };
        for (meant, hit) in hits {
            let &Meant::Term(term) = meant else { continue };
            let pieces = covered(pieces, hit);
            let is_code = pieces.iter().any(|piece| piece.code);
            if !is_code && !is_quoted(&quoted, &(hit.start - run.start..hit.end - run.start)) {
                let place = self.place(&source_of(pieces, hit));
                let words = self.lesson.text[hit.clone()].into();
                self.lesson.wordings.push(Wording { term, words, place });
            }
        }
        for telephone in telephones(&self.lesson.text[run.clone()]) {
            let hit = telephone.range.start + run.start..telephone.range.end + run.start;
            let pieces = covered(pieces, &hit);
            if pieces.iter().all(|piece| !piece.code) {
                let place = self.place(&source_of(pieces, &hit));
                self.lesson.telephones.push(Placed {
                    value: telephone.digits,
                    place,
                });
            }
        }
    }

    /// Notes what stands in a text that is read as it is written: a block's title, or a value of the front matter. `range` is of the file.
    pub fn note_plain_words(&mut self, range: Range<usize>) {
        let (file_text, lines) = (self.file_text, self.lines);
        let text = &file_text[range.clone()];
        let place =
            |hit: &Range<usize>| lines.place(&(range.start + hit.start..range.start + hit.end));
        let wanted = Wanted {
            topics: false,
            terms: true,
        };
        let mut found = Vec::new();
        let vocabulary = &self.context.vocabulary;
        vocabulary.find(text, wanted, |meant, hit| found.push((meant, hit)));
        let quoted = if found.is_empty() {
            Vec::new()
        } else {
            quotations(text)
        };
        for (meant, hit) in found {
            if let Meant::Term(term) = meant
                && !is_quoted(&quoted, &hit)
            {
                let place = place(&hit);
                let words = text[hit].into();
                self.lesson.wordings.push(Wording { term, words, place });
            }
        }
        for telephone in telephones(text) {
            self.lesson.telephones.push(Placed {
                place: place(&telephone.range),
                value: telephone.digits,
            });
        }
    }
}

/// Returns whether a hit stands inside one of the quotations.
fn is_quoted(quotations: &[Range<usize>], hit: &Range<usize>) -> bool {
    let next = quotations.partition_point(|quote| quote.end < hit.end);
    quotations
        .get(next)
        .is_some_and(|quote| quote.start <= hit.start)
}
