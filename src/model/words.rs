//! Words of the interface that stand inside lessons: which ones there are. What they are is the theme's to say.

use super::blocks::{BlockKind, Outcome};

/// A word of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// What a kind of block is called.
    Block(BlockKind),
    /// What is said about a choice.
    Outcome(Outcome),
    /// What leads from a choice to its step.
    Continue,
    /// What opens an option's feedback.
    Feedback,
    /// What is said about a right option.
    Right,
    /// What is said about any other option.
    NotRight,
    /// What leads round the section that a content note stands before.
    SkipBlock,
    /// What tables are called, before their column headings.
    Table,
    /// What footnotes are called, before their numbers.
    Footnote,
    /// What the list of footnotes is called.
    Footnotes,
    /// What leads from a footnote to where it is named.
    BackToText,
    /// What stands before who does something together.
    Group,
    /// What stands before what is needed for something.
    Materials,
    /// What stands where a team may write what holds for it.
    LocalSpace,
    /// What says that a question has several right answers.
    ChooseAll,
    /// What checks an answer.
    Check,
}

impl Word {
    /// Those that are neither of blocks nor of choices.
    const OTHERS: [Self; 14] = [
        Self::Continue,
        Self::Feedback,
        Self::Right,
        Self::NotRight,
        Self::SkipBlock,
        Self::Table,
        Self::Footnote,
        Self::Footnotes,
        Self::BackToText,
        Self::Group,
        Self::Materials,
        Self::LocalSpace,
        Self::ChooseAll,
        Self::Check,
    ];

    /// Returns every word, in the order of their [`index`](Self::index).
    pub fn all() -> impl Iterator<Item = Self> {
        let blocks = BlockKind::ALL.into_iter().map(Self::Block);
        let outcomes = Outcome::ALL.into_iter().map(Self::Outcome);
        blocks.chain(outcomes).chain(Self::OTHERS)
    }

    /// Returns its position among [`all`](Self::all) words.
    pub const fn index(self) -> usize {
        let outcomes = BlockKind::ALL.len();
        let others = outcomes + Outcome::ALL.len();
        match self {
            Self::Block(kind) => kind as usize,
            Self::Outcome(outcome) => outcomes + outcome as usize,
            Self::Continue => others,
            Self::Feedback => others + 1,
            Self::Right => others + 2,
            Self::NotRight => others + 3,
            Self::SkipBlock => others + 4,
            Self::Table => others + 5,
            Self::Footnote => others + 6,
            Self::Footnotes => others + 7,
            Self::BackToText => others + 8,
            Self::Group => others + 9,
            Self::Materials => others + 10,
            Self::LocalSpace => others + 11,
            Self::ChooseAll => others + 12,
            Self::Check => others + 13,
        }
    }

    /// Returns its key in a theme's `[strings]`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Block(kind) => kind.word(),
            Self::Outcome(Outcome::Best) => "outcome_best",
            Self::Outcome(Outcome::Good) => "outcome_good",
            Self::Outcome(Outcome::Poor) => "outcome_poor",
            Self::Continue => "choice_continue",
            Self::Feedback => "feedback_summary",
            Self::Right => "right",
            Self::NotRight => "not_right",
            Self::SkipBlock => "skip_block",
            Self::Table => "table_label",
            Self::Footnote => "footnote",
            Self::Footnotes => "footnotes",
            Self::BackToText => "back_to_text",
            Self::Group => "group",
            Self::Materials => "materials",
            Self::LocalSpace => "local_space",
            Self::ChooseAll => "choose_all",
            Self::Check => "check",
        }
    }

    /// Returns whether it stands in an attribute of an element, and not in its text.
    pub const fn is_in_attribute(self) -> bool {
        matches!(self, Self::Table | Self::Footnote | Self::Footnotes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_position_of_its_own() {
        for (position, word) in Word::all().enumerate() {
            assert_eq!(word.index(), position, "{word:?}");
        }
    }
}
