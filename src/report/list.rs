//! Every report: what it is called, and how it is made.

use super::basis::Basis;
use super::commitments::CommitmentsReport;
use super::coverage::CoverageReport;
use super::data::Report;
use super::freshness::FreshnessReport;
use super::links::LinksReport;
use super::paths::PathsReport;
use super::questions::QuestionsReport;
use super::reviews::ReviewsReport;
use super::signposts::SignpostsReport;
use super::topics::TopicsReport;

/// Whether a report may stand in the published site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Readers {
    /// Whoever reads the site may read it, where the curriculum publishes its reports.
    Everyone,
    /// It is for reviewers alone, and never published: it says who did what.
    Reviewers,
}

/// Makes the list of a table: a name for programs, a name for readers, what it answers, who may read it, and the type that makes it.
macro_rules! reports {
    ($($(#[doc = $about:literal])+ $name:ident: $report:tt, $id:literal, $label:literal, $question:literal, $readers:ident;)+) => {
        /// A report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Name {
            $($(#[doc = $about])+ $name,)+
        }

        impl Name {
            /// Every report, in the order of the navigation.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns its name in the command line, and of its files.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Returns its name in the navigation.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
            }

            /// Returns what it says, in a line.
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => concat!($($about),+).trim(),)+ }
            }

            /// Returns the question that it answers.
            pub const fn question(self) -> &'static str {
                match self { $(Self::$name => $question,)+ }
            }

            /// Returns who may read it.
            pub const fn readers(self) -> Readers {
                match self { $(Self::$name => Readers::$readers,)+ }
            }

            /// Makes it; nothing where it takes a second curriculum to compare with.
            pub fn make<'c>(self, basis: &Basis<'c>) -> Option<Box<dyn Report + Send + 'c>> {
                match self { $(Self::$name => reports!(@make $report basis),)+ }
            }
        }
    };
    (@make - $basis:ident) => { None };
    (@make $report:ident $basis:ident) => { Some(Box::new($report::new($basis))) };
}

reports! {
    /// Every topic in every module: the depths found, and those required
    Coverage: CoverageReport, "coverage", "Coverage",
        "In which modules is each topic named, taught, practised and asked about, and is that what was required?", Everyone;
    /// What each path takes, and which topics and claims somebody who takes it meets
    Paths: PathsReport, "paths", "Paths",
        "What does somebody on each path take, and which topics and claims do they meet?", Everyone;
    /// Public statements, claim by claim, with their evidence
    Commitments: CommitmentsReport, "commitments", "Commitments",
        "What was said in public about this training, and which sentences of it bear that out?", Everyone;
    /// What questions and scenarios offer, and what somebody who knows nothing scores in them
    Questions: QuestionsReport, "questions", "Questions",
        "Do questions and scenarios measure what was learned, or can they be answered by their looks?", Reviewers;
    /// Topics: mentions, links and depths in each lesson
    Topics: TopicsReport, "topics", "Topics",
        "Which lessons name, link and practise each topic, and how deeply?", Everyone;
    /// Every link and what became of it
    Links: LinksReport, "links", "Links",
        "Does every link lead somewhere, and which lessons does nothing lead to?", Everyone;
    /// Who must verify which support service by when
    Signposts: SignpostsReport, "signposts", "Signposts",
        "Which support services have to be checked, by whom and by when, and what is there to check?", Everyone;
    /// Who must review which module or lesson by when
    Freshness: FreshnessReport, "freshness", "Reviews",
        "Who has to review which module or lesson, and by when?", Everyone;
    /// Which pages stand as they were signed off
    Reviews: ReviewsReport, "reviews", "Sign-off",
        "Which pages stand as somebody approved them, and what has changed on the others since?", Reviewers;
    /// What has changed since a revision, a folder or a snapshot, and whom that concerns
    Changes: -, "changes", "Changes",
        "What does the training say otherwise than before, and who has to read or approve it again?", Reviewers;
}
