//! Who reads which parts of a lesson.

use super::config::Edition;

/// Whom a part of a lesson is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody who reads the lesson.
    Everybody,
    /// Those who teach it: what stands in a `facilitator` block.
    Facilitators,
}

impl Audience {
    /// Returns whether an edition shows what is written for them.
    pub const fn is_in(self, edition: Edition) -> bool {
        match (self, edition) {
            (Self::Everybody, _) | (Self::Facilitators, Edition::Facilitator) => true,
            (Self::Facilitators, Edition::Learner) => false,
        }
    }

    /// Returns whether whoever reads what is written for them also reads what is written for others.
    pub const fn reads(self, other: Self) -> bool {
        match (self, other) {
            (_, Self::Everybody) | (Self::Facilitators, Self::Facilitators) => true,
            (Self::Everybody, Self::Facilitators) => false,
        }
    }
}
