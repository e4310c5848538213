//! Who reads which parts of a lesson.

use super::config::Edition;

/// Whom a part of a lesson is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody who reads the lesson.
    Everybody,
    /// Those who teach it: what stands in a `facilitator` block.
    Facilitators,
    /// Those who keep and review its text: what is marked as `editorial`. The facilitator edition shows it on the screen, for they read that edition.
    Editors,
}

/// What a page is read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Medium {
    /// A screen.
    Screen,
    /// Paper, or a wall: what is handed out or shown to a room.
    Paper,
}

/// Which page of an edition is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Showing {
    /// The edition.
    pub edition: Edition,
    /// What it is read on.
    pub medium: Medium,
}

impl Audience {
    /// Returns whether a page shows what is written for them: remarks about the text are on no paper.
    pub const fn is_on(self, page: Showing) -> bool {
        let on_paper = !matches!(self, Self::Editors) || matches!(page.medium, Medium::Screen);
        self.is_in(page.edition) && on_paper
    }

    /// Returns whether an edition shows what is written for them.
    pub const fn is_in(self, edition: Edition) -> bool {
        match (self, edition) {
            (Self::Everybody, _) | (Self::Facilitators | Self::Editors, Edition::Facilitator) => {
                true
            }
            (Self::Facilitators | Self::Editors, Edition::Learner) => false,
        }
    }

    /// Returns who of them read what is shown to others alone.
    pub const fn narrowed(self, others: Self) -> Self {
        if others.reads(self) { others } else { self }
    }

    /// Returns whether whoever reads what is written for them also reads what is written for others.
    pub const fn reads(self, other: Self) -> bool {
        match (self, other) {
            (_, Self::Everybody)
            | (Self::Facilitators | Self::Editors, Self::Facilitators)
            | (Self::Editors, Self::Editors) => true,
            (Self::Everybody, Self::Facilitators)
            | (Self::Everybody | Self::Facilitators, Self::Editors) => false,
        }
    }
}
