//! The kinds of teaching block, and how deep each takes its topics.

use serde::{Deserialize, Serialize};

use super::attributes::Key::{
    self, Group, Ids, Materials, Minutes, Next, Order as OrderKey, Outcome as OutcomeKey, Skip,
};
use super::attributes::{PLAIN, TEACHING};
use super::audience::Audience::{self, Editors, Everybody, Facilitators};
use super::stretches::Part;

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

/// What the HTML of a block is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A section with a title of its own, one level below the heading above it.
    Section,
    /// A callout.
    Callout,
    /// What opens on request.
    Reveal,
    /// Cards of the directory of services.
    Cards,
    /// A station of a scenario.
    Step,
    /// A way on from one.
    Choice,
}

/// What a kind of block is: its line in the table below.
struct Traits {
    /// Key of its name in a theme's `[strings]`.
    word: &'static str,
    form: Form,
    /// The depth that it gives the topics it carries.
    depth: Depth,
    /// Attributes that all blocks of its sort may carry beside `#id`, and those that it alone may.
    attributes: (&'static [Key], &'static [Key]),
    /// The kinds that it must stand directly or indirectly inside, if any.
    inside: &'static [BlockKind],
    /// What it is as a stretch that may be left out, and whom that is written for.
    part: Option<(Part, Audience)>,
}

macro_rules! blocks {
    ($($(#[$doc:meta])* $variant:ident $name:literal $word:literal $form:ident $depth:ident
        $common:ident $own:expr, $inside:expr, $part:expr;)*) => {
        /// The name behind the colons of a block.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum BlockKind {
            $($(#[$doc])* $variant,)*
        }

        impl BlockKind {
            /// Every kind, in the order of the documentation.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// Returns the name as authors write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            const fn traits(self) -> &'static Traits {
                match self {
                    $(Self::$variant => const {
                        &Traits {
                            word: $word,
                            form: Form::$form,
                            depth: Depth::$depth,
                            attributes: (&$common, &$own),
                            inside: &$inside,
                            part: $part,
                        }
                    },)*
                }
            }
        }
    };
}

// Name, word of the interface, form, depth, attributes of its sort, its own, what it stands inside, and what it is as a stretch.
blocks! {
    /// What the learner will be able to do.
    Objectives "objectives" "objectives" Section Introduced TEACHING [], [], None;
    /// The summary.
    Keypoints "keypoints" "keypoints" Section Introduced TEACHING [], [], None;
    /// A worked example.
    Example "example" "example" Section Introduced TEACHING [Minutes], [], None;
    /// A reminder of a duty at the point where it applies.
    Checkpoint "checkpoint" "checkpoint" Section Introduced TEACHING [Minutes], [], None;
    /// Something that the learner does.
    Activity "activity" "activity" Section Practised TEACHING [Minutes, Materials, Group], [], None;
    /// Something that learners talk about.
    Discussion "discussion" "discussion" Section Practised TEACHING [Minutes, Materials, Group], [], None;
    /// A branching story.
    Scenario "scenario" "scenario" Section Practised TEACHING [Minutes, Materials, Group, OrderKey], [], None;
    /// A knowledge check.
    Question "question" "question" Section Assessed TEACHING [Minutes, OrderKey], [], None;
    /// A nudge, inside an activity or question.
    Hint "hint" "hint" Reveal Mentioned TEACHING [], EXERCISES, Some((Part::Hint, Everybody));
    /// An answer, inside an activity or question.
    Solution "solution" "solution" Reveal Mentioned TEACHING [], EXERCISES, Some((Part::Solution, Everybody));
    /// One station of a scenario.
    Step "step" "step" Step Mentioned TEACHING [OutcomeKey, OrderKey], [Self::Scenario], None;
    /// One way on from a step.
    Choice "choice" "choice" Choice Mentioned TEACHING [OutcomeKey, Next], [Self::Step, Self::Scenario], Some((Part::Choice, Everybody));
    /// A callout.
    Note "note" "note" Callout Mentioned TEACHING [], [], None;
    /// A callout.
    Tip "tip" "tip" Callout Mentioned TEACHING [], [], None;
    /// A callout.
    Caution "caution" "caution" Callout Mentioned TEACHING [], [], None;
    /// A callout.
    Important "important" "important" Callout Mentioned TEACHING [], [], None;
    /// More about something, for those who want it.
    Details "details" "details" Reveal Mentioned TEACHING [], [], None;
    /// Notes for the facilitator edition.
    Facilitator "facilitator" "facilitator" Section Mentioned TEACHING [Minutes], [], Some((Part::Notes, Facilitators));
    /// Remarks for those who keep and review the text.
    Editorial "editorial" "editorial" Section Mentioned TEACHING [], [], Some((Part::Editorial, Editors));
    /// Cards from the signpost register.
    Signposts "signposts" "signposts" Cards Mentioned TEACHING [Ids], [], None;
    /// Says that the official detail is internal.
    Unpublished "unpublished" "unpublished" Section Mentioned TEACHING [], [], None;
    /// Tells readers before distressing material.
    ContentNote "content-note" "content_note" Section Mentioned TEACHING [Skip, Ids], [], None;
    /// A place that each team fills in for itself.
    Local "local" "local" Section Mentioned PLAIN [], [], Some((Part::Local, Everybody));
}

/// What hints and solutions belong to.
const EXERCISES: [BlockKind; 3] = [
    BlockKind::Activity,
    BlockKind::Discussion,
    BlockKind::Question,
];

impl BlockKind {
    /// Returns the kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the key of its name in a theme's `[strings]`.
    pub const fn word(self) -> &'static str {
        self.traits().word
    }

    /// Returns what its HTML is like.
    pub const fn form(self) -> Form {
        self.traits().form
    }

    /// Returns whether it has a title as headings have one.
    pub const fn is_titled(self) -> bool {
        matches!(self.form(), Form::Section | Form::Step)
    }

    /// Returns the depth that the block gives the topics it carries.
    pub const fn depth(self) -> Depth {
        self.traits().depth
    }

    /// Returns what the block may carry beside `#id`: what all of its sort may, and what it alone may.
    pub const fn attributes(self) -> (&'static [Key], &'static [Key]) {
        self.traits().attributes
    }

    /// Returns the kinds that this one must stand directly or indirectly inside, if any.
    pub const fn inside(self) -> &'static [Self] {
        self.traits().inside
    }

    /// Returns what it is as a stretch, and whom it is written for; most kinds are none.
    pub const fn part(self) -> Option<(Part, Audience)> {
        self.traits().part
    }
}

/// Whether the answers of a question or the choices of a step may be shown in another order than the written one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As the configuration says.
    #[default]
    AsConfigured,
    /// As they are written, whatever the configuration says.
    Written,
}

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
