//! The kinds of teaching block, and how deep each takes its topics.

use serde::{Deserialize, Serialize};

/// How far a topic is taken at one place, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Depth {
    /// Its name stands in prose, or a link leads to it.
    Mentioned,
    /// A section or a teaching block carries it.
    Introduced,
    /// An activity or scenario carries it.
    Practised,
    /// A question carries it.
    Assessed,
}

impl Depth {
    /// Every depth, lowest first.
    pub const ALL: [Self; 4] = [
        Self::Mentioned,
        Self::Introduced,
        Self::Practised,
        Self::Assessed,
    ];

    /// Returns the name as it stands in registers and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::Introduced => "introduced",
            Self::Practised => "practised",
            Self::Assessed => "assessed",
        }
    }
}

/// The name behind the colons of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// What the learner will be able to do.
    Objectives,
    /// The summary.
    Keypoints,
    /// A worked example.
    Example,
    /// A reminder of a duty at the point where it applies.
    Checkpoint,
    /// Something that the learner does.
    Activity,
    /// Something that learners talk about.
    Discussion,
    /// A branching story.
    Scenario,
    /// A knowledge check.
    Question,
    /// A nudge, inside an activity or question.
    Hint,
    /// An answer, inside an activity or question.
    Solution,
    /// One station of a scenario.
    Step,
    /// One way on from a step.
    Choice,
    /// A callout.
    Note,
    /// A callout.
    Tip,
    /// A callout.
    Caution,
    /// A callout.
    Important,
    /// Notes for the facilitator edition.
    Facilitator,
    /// Cards from the signpost register.
    Signposts,
    /// Says that the official detail is internal.
    Unpublished,
    /// Tells readers before distressing material.
    ContentNote,
}

/// The attributes that a block or heading may carry, beside `#id`.
const EVERYWHERE: [&str; 2] = ["topics", "claims"];

impl BlockKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 20] = [
        Self::Objectives,
        Self::Keypoints,
        Self::Example,
        Self::Checkpoint,
        Self::Activity,
        Self::Discussion,
        Self::Scenario,
        Self::Question,
        Self::Hint,
        Self::Solution,
        Self::Step,
        Self::Choice,
        Self::Note,
        Self::Tip,
        Self::Caution,
        Self::Important,
        Self::Facilitator,
        Self::Signposts,
        Self::Unpublished,
        Self::ContentNote,
    ];

    /// Returns the name as authors write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Objectives => "objectives",
            Self::Keypoints => "keypoints",
            Self::Example => "example",
            Self::Checkpoint => "checkpoint",
            Self::Activity => "activity",
            Self::Discussion => "discussion",
            Self::Scenario => "scenario",
            Self::Question => "question",
            Self::Hint => "hint",
            Self::Solution => "solution",
            Self::Step => "step",
            Self::Choice => "choice",
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Caution => "caution",
            Self::Important => "important",
            Self::Facilitator => "facilitator",
            Self::Signposts => "signposts",
            Self::Unpublished => "unpublished",
            Self::ContentNote => "content-note",
        }
    }

    /// Returns the kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the depth that the block gives the topics it carries.
    pub const fn depth(self) -> Depth {
        match self {
            Self::Objectives | Self::Keypoints | Self::Example | Self::Checkpoint => {
                Depth::Introduced
            }
            Self::Activity | Self::Discussion | Self::Scenario => Depth::Practised,
            Self::Question => Depth::Assessed,
            _ => Depth::Mentioned,
        }
    }

    /// Returns the attributes that the block may carry beside `#id`.
    pub fn attributes(self) -> Vec<&'static str> {
        let mut names = EVERYWHERE.to_vec();
        names.extend(match self {
            Self::Activity
            | Self::Discussion
            | Self::Scenario
            | Self::Question
            | Self::Example
            | Self::Checkpoint
            | Self::Facilitator => ["minutes"].as_slice(),
            Self::Step => &["outcome"],
            Self::Choice => &["outcome", "next"],
            Self::Signposts => &["ids"],
            Self::ContentNote => &["skip", "ids"],
            _ => &[],
        });
        names
    }

    /// Returns the kinds that this one must stand directly or indirectly inside, if any.
    pub const fn inside(self) -> &'static [Self] {
        match self {
            Self::Hint | Self::Solution => &[Self::Activity, Self::Discussion, Self::Question],
            Self::Step => &[Self::Scenario],
            Self::Choice => &[Self::Step, Self::Scenario],
            _ => &[],
        }
    }
}

/// The attributes that a heading may carry beside `#id`.
pub const HEADING_ATTRIBUTES: [&str; 2] = EVERYWHERE;

/// How good a choice is, or the end that a step makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The best that can be done.
    Best,
    /// One that does well enough.
    Good,
    /// One that does harm.
    Poor,
}

impl Outcome {
    /// Every outcome, best first.
    pub const ALL: [Self; 3] = [Self::Best, Self::Good, Self::Poor];

    /// Returns the name as authors write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Good => "good",
            Self::Poor => "poor",
        }
    }

    /// Returns the outcome with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}
