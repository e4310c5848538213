//! Stretches of a lesson: parts of its HTML and of its plain text that can be left out, or written in another place or order.
//!
//! A stretch is whole: its HTML is well formed, and its text is made of whole lines; words in a line have none. Stretches stand in one another or apart, and never overlap.

use std::ops::Range;

use super::audience::{Audience, Showing};
use super::config::Edition;

/// A part of a lesson, by its place in the lesson's HTML, slots and plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// What it is.
    pub part: Part,
    /// Whom it is written for.
    pub audience: Audience,
    /// The position of the block that it is, or that it belongs to.
    pub block: Option<u32>,
    /// Bytes of the HTML.
    pub html: Range<u32>,
    /// Positions of the slots.
    pub slots: Range<u32>,
    /// Bytes of the plain text.
    pub text: Range<u32>,
}

/// What a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A block for some readers alone: a `facilitator` block.
    Notes,
    /// What is for those who keep and review the text: an `editorial` block, or words in a line.
    Editorial,
    /// What each team fills in for itself: a `local` block.
    Local,
    /// A hint.
    Hint,
    /// A solution.
    Solution,
    /// An option of a question, with its feedback.
    Option {
        /// Its number as it is written, from 1.
        number: u32,
        /// Whether it is marked as right.
        right: bool,
    },
    /// What an option's author says about it, with the verdict.
    Feedback,
    /// Whether an option is right, in a word. It has no plain text.
    Verdict,
    /// A choice of a scenario, with what comes of it.
    Choice,
    /// What comes of a choice, as its author tells it: whoever has not chosen yet is not to find it.
    Consequence,
    /// A footnote: written below the text, wherever it is defined.
    Footnote,
    /// What learners will be able to do, as the front matter says it: written where the theme puts it.
    Outcome,
}

/// What a lesson's text is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The page.
    Page(Edition),
    /// The search index: it gives no answers away to learners, and nobody looks for remarks about the text.
    Search(Edition),
}

impl Stretch {
    /// Returns whether its text is read.
    pub fn is_read(&self, reading: Reading) -> bool {
        let (Reading::Page(edition) | Reading::Search(edition)) = reading;
        let gives_away = matches!(
            self.part,
            Part::Feedback | Part::Verdict | Part::Solution | Part::Consequence
        );
        let is_found = match reading {
            Reading::Page(_) => true,
            Reading::Search(Edition::Learner) => !gives_away && self.part != Part::Editorial,
            Reading::Search(Edition::Facilitator) => self.part != Part::Editorial,
        };
        self.part != Part::Outcome && self.audience.is_in(edition) && is_found
    }

    /// Returns whether a page has its HTML where it is written.
    pub fn is_in_place(&self, page: Showing) -> bool {
        self.audience.is_on(page) && !matches!(self.part, Part::Footnote | Part::Outcome)
    }
}

/// A piece of HTML, and its slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the HTML.
    pub html: Range<u32>,
    /// Positions of the slots.
    pub slots: Range<u32>,
}

/// A piece of HTML that is written as it stands, and what comes behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The piece.
    pub piece: Piece,
    /// The stretch that stands behind it and is cut out: its position among those that it was looked for in; none at the end.
    pub before: Option<usize>,
}

/// Returns the pieces of HTML that stay in place, with what is cut out between them: of `whole`, which `inner` stand in, in their order.
pub fn pieces(
    whole: &Piece,
    inner: &[Stretch],
    is_cut_out: impl Fn(usize, &Stretch) -> bool,
) -> impl Iterator<Item = Cut> {
    let (mut at, mut slot) = (whole.html.start, whole.slots.start);
    let (end, last_slot) = (whole.html.end, whole.slots.end);
    let gone = inner
        .iter()
        .enumerate()
        .take_while(move |(_, stretch)| stretch.html.start < end)
        .filter(move |(index, stretch)| is_cut_out(*index, stretch))
        .map(|(index, stretch)| (Some(index), stretch.html.clone(), stretch.slots.clone()));
    let ending = (None, end..end, last_slot..last_slot);
    gone.chain([ending])
        .filter_map(move |(before, html, slots)| {
            // What stands in something that is cut out is gone already.
            if html.start < at {
                return None;
            }
            let piece = Piece {
                html: at..html.start,
                slots: slot..slots.start,
            };
            (at, slot) = (html.end, slots.end);
            Some(Cut { piece, before })
        })
}

/// Returns the stretches of text that are not read, each for itself, in their order.
pub fn unread(stretches: &[Stretch], reading: Reading) -> Vec<Range<u32>> {
    let mut unread: Vec<Range<u32>> = Vec::new();
    for stretch in stretches.iter().filter(|stretch| !stretch.is_read(reading)) {
        // What stands in another one is left out with it.
        if unread
            .last()
            .is_none_or(|last| last.end <= stretch.text.start)
        {
            unread.push(stretch.text.clone());
        }
    }
    unread
}

/// Returns the pieces of a range of text that are read; `gone` are the stretches that are not and end behind its start, in the order in which they
/// begin.
pub fn read_pieces(
    range: Range<u32>,
    gone: impl IntoIterator<Item = Range<u32>>,
) -> impl Iterator<Item = Range<usize>> {
    let Range { start: mut at, end } = range;
    let gone = gone.into_iter().take_while(move |gone| gone.start < end);
    gone.chain(std::iter::once(end..end))
        .filter_map(move |gone| {
            let piece = at..gone.start.max(at);
            at = gone.end.max(at);
            (!piece.is_empty()).then_some(piece.start as usize..piece.end as usize)
        })
}

#[cfg(test)]
#[allow(
    clippy::single_range_in_vec_init,
    reason = "lists of ranges, some with one"
)]
mod tests {
    use super::super::audience::Medium;
    use super::*;

    /// Makes a stretch whose HTML and text stand at the same places, with one slot to ten bytes.
    fn stretch(part: Part, audience: Audience, at: Range<u32>) -> Stretch {
        Stretch {
            part,
            audience,
            block: None,
            slots: at.start / 10..at.end / 10,
            html: at.clone(),
            text: at,
        }
    }

    fn sample() -> Vec<Stretch> {
        use Audience::{Everybody, Facilitators};
        vec![
            stretch(Part::Outcome, Everybody, 0..10),
            stretch(
                Part::Option {
                    number: 1,
                    right: true,
                },
                Everybody,
                20..60,
            ),
            stretch(Part::Feedback, Everybody, 30..60),
            stretch(Part::Notes, Facilitators, 40..50),
            stretch(Part::Notes, Facilitators, 70..90),
            stretch(Part::Solution, Facilitators, 80..90),
            stretch(Part::Footnote, Everybody, 90..100),
        ]
    }

    #[test]
    fn html_has_what_an_edition_shows_in_its_place() {
        let whole = Piece {
            html: 0..110,
            slots: 0..11,
        };
        for (edition, expected) in [
            (
                Edition::Learner,
                vec![0..0, 10..40, 50..70, 90..90, 100..110],
            ),
            (Edition::Facilitator, vec![0..0, 10..90, 100..110]),
        ] {
            let page = Showing {
                edition,
                medium: Medium::Screen,
            };
            let is_gone = |_: usize, stretch: &Stretch| !stretch.is_in_place(page);
            let found: Vec<_> = pieces(&whole, &sample(), is_gone).collect();
            let html: Vec<_> = found.iter().map(|cut| cut.piece.html.clone()).collect();
            assert_eq!(html, expected, "{edition:?}");
            for piece in found.into_iter().map(|cut| cut.piece) {
                let slots = piece.html.start / 10..piece.html.end / 10;
                assert_eq!(piece.slots, slots, "{edition:?}");
            }
        }
    }

    #[test]
    fn a_piece_has_what_stands_in_it() {
        let stretches = sample();
        let option = Piece {
            html: 20..60,
            slots: 2..6,
        };
        let page = Showing {
            edition: Edition::Learner,
            medium: Medium::Screen,
        };
        let is_gone = |_: usize, stretch: &Stretch| !stretch.is_in_place(page);
        let found: Vec<_> = pieces(&option, &stretches[2..], is_gone).collect();
        let html: Vec<_> = found.iter().map(|cut| cut.piece.html.clone()).collect();
        assert_eq!(html, [20..40, 50..60]);
        let cut_out: Vec<_> = found.iter().map(|cut| cut.before).collect();
        assert_eq!(cut_out, [Some(1), None]);
    }

    #[test]
    fn answers_are_on_the_page_and_not_in_the_search_of_learners() {
        let read = |reading| {
            let unread = unread(&sample(), reading);
            read_pieces(0..110, unread).collect::<Vec<_>>()
        };
        for (reading, expected) in [
            (
                Reading::Page(Edition::Learner),
                vec![10..40, 50..70, 90..110],
            ),
            (Reading::Page(Edition::Facilitator), vec![10..110]),
            (
                Reading::Search(Edition::Learner),
                vec![10..30, 60..70, 90..110],
            ),
            (Reading::Search(Edition::Facilitator), vec![10..110]),
        ] {
            assert_eq!(read(reading), expected, "{reading:?}");
        }
    }

    #[test]
    fn a_range_inside_what_is_not_read_has_nothing() {
        let gone = [10..20, 30..40, 32..38];
        for (range, expected) in [
            (12..18, vec![]),
            (15..25, vec![20..25]),
            (0..50, vec![0..10, 20..30, 40..50]),
            (20..30, vec![20..30]),
            (35..35, vec![]),
        ] {
            let behind = gone.iter().filter(|gone| gone.end > range.start).cloned();
            let found: Vec<_> = read_pieces(range.clone(), behind).collect();
            assert_eq!(found, expected, "{range:?}");
        }
    }
}
