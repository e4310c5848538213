//! Notes words that the house language avoids, and telephone numbers, with the places where the author wrote them.
//!
//! Whether they are findings depends on the registers as a whole and on the day: `review` decides.

use std::ops::Range;

use super::document::Writer;
use super::pieces::{Piece, covered, source_of};
use crate::model::config::RawHtml;
use crate::model::house::{TermId, quotations};
use crate::model::lesson::Wording;
use crate::model::registers::Placed;
use crate::model::telephone::telephones;

impl Writer<'_> {
    /// Notes what stands in a run of inline content.
    ///
    /// Quotations, code and columns of what to avoid keep their words; a telephone number is noted in a quotation too, since somebody may ring it.
    pub fn note_words(&mut self, pieces: &[Piece]) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        if self.context.raw_html == RawHtml::Verbatim {
            return;
        }
        let run = first.text.start..last.text.end;
        let found = {
            let words = &self.lesson.text[run.clone()];
            let terms = if self.quotes_or_avoids() {
                Vec::new()
            } else {
                self.terms_in(words)
            };
            (terms, telephones(words))
        };
        let in_text = |range: &Range<usize>| range.start + run.start..range.end + run.start;
        for (term, range) in found.0 {
            let hit = in_text(&range);
            let pieces = covered(pieces, &hit);
            if pieces.iter().all(|piece| !piece.code) {
                let place = self.place(&source_of(pieces, &hit));
                let words = self.lesson.text[hit].into();
                self.lesson.wordings.push(Wording { term, words, place });
            }
        }
        for telephone in found.1 {
            let hit = in_text(&telephone.range);
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
        for (term, hit) in self.terms_in(text) {
            let place = place(&hit);
            let words = text[hit].into();
            self.lesson.wordings.push(Wording { term, words, place });
        }
        for telephone in telephones(text) {
            self.lesson.telephones.push(Placed {
                place: place(&telephone.range),
                value: telephone.digits,
            });
        }
    }

    fn quotes_or_avoids(&self) -> bool {
        self.in_avoided_column()
            || self
                .quotes
                .iter()
                .any(|quote| !quote.alert || quote.ignored)
    }

    /// Returns the avoided words in a text that stand outside quotation marks.
    fn terms_in(&self, text: &str) -> Vec<(TermId, Range<usize>)> {
        let mut found = Vec::new();
        self.context
            .house
            .find(text, |term, range| found.push((term, range)));
        if !found.is_empty() {
            let quoted = quotations(text);
            found.retain(|(_, hit)| {
                let next = quoted.partition_point(|quote| quote.end < hit.end);
                quoted.get(next).is_none_or(|quote| quote.start > hit.start)
            });
        }
        found
    }
}
