//! Finds the sentences that a place of a lesson holds for learners.
//!
//! In: a lesson, and a section or a block of it. Out: its sentences, without titles, hints and whatever speaks for itself inside; of a question its text. Which of
//! them shows a claim best is decided elsewhere.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::audience::Audience;
use crate::model::blocks::BlockKind;
use crate::model::config::Edition;
use crate::model::evidence::Carrier;
use crate::model::lesson::{Block, Lesson};
use crate::model::stretches::{Part, Reading, read_pieces};
use crate::model::wording::sentences;

/// Characters that the text of a question may have, before only its end is quoted.
const LONGEST_QUESTION: usize = 280;

/// Returns the text of a question: its stem, or its title where it has none.
pub(super) fn question(lesson: &Lesson, index: u32) -> Cow<'_, str> {
    let block = &lesson.blocks[index as usize];
    let start = behind_title(lesson, block);
    let from = lesson
        .stretches
        .partition_point(|stretch| stretch.text.start < start);
    let mut inside = lesson.stretches[from..]
        .iter()
        .take_while(|stretch| stretch.text.start < block.text_end);
    let end = inside.find(|stretch| matches!(stretch.part, Part::Option { .. }));
    let end = end.map_or(block.text_end, |option| option.text.start);
    let stem = start..end.max(start);
    if lesson.line_length(&stem) as usize <= LONGEST_QUESTION {
        let stem = lesson.line(&stem);
        return if stem.is_empty() {
            block.title.as_ref().into()
        } else {
            stem
        };
    }
    // What is asked stands at its end.
    let all: Vec<&str> = sentences(&lesson.text[start as usize..end as usize]).collect();
    let mut asked = all.len();
    let mut length = 0;
    while asked > 0 && (length == 0 || length + all[asked - 1].len() <= LONGEST_QUESTION) {
        asked -= 1;
        length += all[asked].len() + 1;
    }
    all[asked..].join(" ").into()
}

/// Returns what a block holds below its title: of a scenario, up to its first step.
pub(super) fn own_text(lesson: &Lesson, index: u32) -> Range<u32> {
    let block = &lesson.blocks[index as usize];
    let after = &lesson.blocks[index as usize + 1..];
    let inside = after
        .iter()
        .take_while(|inner| inner.text_start < block.text_end);
    let mut parts = inside.filter(|inner| {
        matches!(inner.kind, BlockKind::Step | BlockKind::Choice)
            && matches!(block.kind, BlockKind::Scenario | BlockKind::Step)
    });
    let end = parts.next().map_or(block.text_end, |part| part.text_start);
    let start = behind_title(lesson, block);
    start..end.max(start)
}

/// Returns the steps of a scenario in their order; of anything else, none.
pub(super) fn steps_of(lesson: &Lesson, carrier: Carrier) -> impl Iterator<Item = u32> {
    let scenario = match carrier {
        Carrier::Block(index) => Some(&lesson.blocks[index as usize]),
        _ => None,
    };
    let scenario = scenario.filter(|block| block.kind == BlockKind::Scenario);
    let range = scenario.map_or(0..0, |block| block.text_start..block.text_end);
    let from = lesson
        .blocks
        .partition_point(|block| block.text_start < range.start);
    let inside = (0..).zip(&lesson.blocks).skip(from);
    let inside = inside.take_while(move |(_, block)| block.text_start < range.end);
    let steps = inside.filter(|(_, block)| block.kind == BlockKind::Step);
    steps.map(|(index, _)| index)
}

/// Returns where the text of a block begins behind its title.
fn behind_title(lesson: &Lesson, block: &Block) -> u32 {
    let text = &lesson.text[block.text_start as usize..block.text_end as usize];
    let held = text
        .strip_prefix(&*block.title)
        .unwrap_or(text)
        .trim_start();
    block.text_end - held.len() as u32
}

/// Returns the sentences that a stretch of text holds for learners, without what is no part of what its carrier says: exercises in a section, hints, notices,
/// titles.
pub(super) fn held<'l>(lesson: &'l Lesson, range: &Range<u32>, carrier: Carrier) -> Vec<&'l str> {
    let from = lesson
        .blocks
        .partition_point(|block| block.text_start < range.start);
    let inner = (0..).zip(&lesson.blocks).skip(from);
    let inner = inner.take_while(|(_, block)| block.text_start < range.end);
    let inner = inner.filter(|(index, _)| carrier != Carrier::Block(*index));
    let mut gone: Vec<Range<u32>> = inner
        .map(|(_, block)| {
            let end = if is_apart(block) {
                block.text_end
            } else {
                behind_title(lesson, block)
            };
            block.text_start..end
        })
        .collect();
    let from = lesson
        .stretches
        .partition_point(|stretch| stretch.text.start < range.start);
    let hidden = lesson.stretches[from..]
        .iter()
        .take_while(|stretch| stretch.text.start < range.end)
        .filter(|stretch| !stretch.is_read(Reading::Page(Edition::Learner)));
    gone.extend(hidden.map(|stretch| stretch.text.clone()));
    gone.sort_by_key(|gone| gone.start);
    read_pieces(range.clone(), gone)
        .flat_map(|piece| lesson.text[piece].lines())
        .flat_map(whole_sentences)
        .collect()
}

/// Returns whether a block inside another place speaks for itself.
const fn is_apart(block: &Block) -> bool {
    let speaks_along = matches!(
        block.kind,
        BlockKind::Example
            | BlockKind::Checkpoint
            | BlockKind::Keypoints
            | BlockKind::Note
            | BlockKind::Tip
            | BlockKind::Caution
            | BlockKind::Important
    );
    !speaks_along || !matches!(block.audience, Audience::Everybody)
}

/// Returns the sentences of a line; what somebody says between quotation marks stays together.
fn whole_sentences(line: &str) -> Vec<&str> {
    let mut whole = Vec::new();
    let mut open: Option<usize> = None;
    for sentence in sentences(line) {
        let at = sentence.as_ptr() as usize - line.as_ptr() as usize;
        let start = open.unwrap_or(at);
        let so_far = &line[start..at + sentence.len()];
        let count = |mark: char| so_far.matches(mark).count();
        if count('"') % 2 == 1 || count('“') > count('”') {
            open = Some(start);
        } else {
            open = None;
            whole.push(so_far);
        }
    }
    // A mark that is never closed closes nothing.
    if let Some(start) = open {
        whole.extend(sentences(&line[start..]));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_stays_together() {
        for (line, expected) in [
            ("One. Two.", &["One.", "Two."][..]),
            (
                "Lee said \"No. Never.\" Then silence.",
                &["Lee said \"No. Never.\"", "Then silence."],
            ),
            ("“A. B.” C.", &["“A. B.”", "C."]),
            ("Never \"closed. At all.", &["Never \"closed.", "At all."]),
        ] {
            assert_eq!(whole_sentences(line), expected, "{line}");
        }
    }
}
