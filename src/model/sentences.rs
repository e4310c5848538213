//! The sentences of a lesson that pages and reports quote.

use std::ops::Range;

use super::config::Edition;
use super::lesson::{Block, Lesson};
use super::stretches::{Reading, read_pieces};

impl Lesson {
    /// Returns the text of a section, by its heading's index: up to the next heading that its readers see.
    pub fn section(&self, index: usize) -> Range<u32> {
        let heading = &self.headings[index];
        let mut after = self.headings[index + 1..].iter();
        let next = after.find(|next| heading.audience.reads(next.audience));
        let end = next.map_or(self.text.len() as u32, |next| next.text_start);
        heading.text_end.min(end)..end
    }

    /// Returns the sentence of the lesson's text around a range.
    ///
    /// A sentence ends at `.`, `!` or `?` before a space, or at the end of its paragraph.
    pub fn sentence(&self, start: u32, end: u32) -> Range<usize> {
        sentence_around(&self.text, start as usize..end as usize)
    }

    /// Returns the first sentence that an edition shows of a stretch of text, and that is longer than a word or two.
    ///
    /// The stretch itself is shown in that edition.
    pub fn first_sentence(&self, range: Range<u32>, edition: Edition) -> &str {
        let lines = || self.shown(range.clone(), edition).flat_map(str::lines);
        let line = lines()
            .find(|line| line.len() > 12 && !line.ends_with(':'))
            .or_else(|| lines().find(|line| line.len() > 12))
            .unwrap_or_else(|| lines().next().unwrap_or(""));
        line[sentence_around(line, 0..0)].trim()
    }

    /// Returns the first sentence of what a block holds below its title; the title where an edition shows nothing else of it.
    pub fn block_sentence<'l>(&'l self, block: &'l Block, edition: Edition) -> &'l str {
        let text = &self.text[block.text_start as usize..block.text_end as usize];
        let held = text
            .strip_prefix(&*block.title)
            .unwrap_or(text)
            .trim_start();
        let start = block.text_end - held.len() as u32;
        match self.first_sentence(start..block.text_end, edition) {
            "" => &block.title,
            sentence => sentence,
        }
    }

    /// Returns what an edition shows of a stretch of text, piece by piece.
    fn shown(&self, range: Range<u32>, edition: Edition) -> impl Iterator<Item = &str> {
        let from = self
            .stretches
            .partition_point(|stretch| stretch.text.start < range.start);
        let gone = self.stretches[from..]
            .iter()
            .filter(move |stretch| !stretch.is_read(Reading::Page(edition)))
            .map(|stretch| stretch.text.clone());
        read_pieces(range, gone).map(|piece| &self.text[piece])
    }
}

/// Bytes that a sentence may have before or behind the words that it is asked for; what is longer is cut.
const LONGEST_SENTENCE: usize = 500;

fn sentence_around(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let mut earliest = range.start.saturating_sub(LONGEST_SENTENCE);
    while !text.is_char_boundary(earliest) {
        earliest += 1;
    }
    let mut latest = (range.end + LONGEST_SENTENCE).min(text.len());
    while !text.is_char_boundary(latest) {
        latest -= 1;
    }
    let line_start = memchr::memrchr(b'\n', &bytes[earliest..range.start])
        .map_or(earliest, |at| earliest + at + 1);
    let line_end =
        memchr::memchr(b'\n', &bytes[range.end..latest]).map_or(latest, |at| range.end + at);
    let mut start = line_start;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', &bytes[line_start..range.start]) {
        let after = line_start + at + 1;
        if after < range.start && bytes[after] == b' ' {
            start = after + 1;
        }
    }
    let mut end = line_end;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', &bytes[range.end..line_end]) {
        let after = range.end + at + 1;
        if after >= line_end || bytes[after] == b' ' {
            end = after;
            break;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_and_paragraphs() {
        let text = "One. Two is £3.50 here! Three\nFour? Five";
        for (word, expected) in [
            ("One", "One."),
            ("3.50", "Two is £3.50 here!"),
            ("Three", "Three"),
            ("Four", "Four?"),
            ("Five", "Five"),
        ] {
            let start = text.find(word).expect("word stands in the text");
            let range = sentence_around(text, start..start + word.len());
            assert_eq!(&text[range], expected, "{word}");
        }
    }
}
