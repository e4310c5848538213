//! The rules: their names, their severities, and the pages that explain them.

use super::Severity;

macro_rules! rules {
    ($($variant:ident $name:literal $severity:ident $summary:literal;)*) => {
        /// A rule that content is held to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $summary] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// Returns the stable kebab-case name.
            pub const fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// Returns the severity that holds unless `[checks]` sets another.
            pub const fn default_severity(self) -> Severity {
                match self { $(Rule::$variant => Severity::$severity,)* }
            }

            /// Returns one line that says what the rule asks for.
            pub const fn summary(self) -> &'static str {
                match self { $(Rule::$variant => $summary,)* }
            }

            /// Returns the page behind `throughline explain`: Markdown with the fault and its mend.
            pub const fn explanation(self) -> &'static str {
                match self { $(Rule::$variant => include_str!(concat!("rules/", $name, ".md")),)* }
            }
        }
    };
}

rules! {
    BrokenLink "broken-link" Error "every link leads to a lesson or file that exists";
    BrokenAnchor "broken-anchor" Error "every `#anchor` of a link exists in its target";
    MissingAsset "missing-asset" Error "every image and download that is referenced exists";
    UnsafeLink "unsafe-link" Error "links and addresses use no scheme that runs code, and never leave the curriculum's folder";
    NameClash "name-clash" Warning "no two topics share a name or a form of one, and no two entries of the house language the same words";
    UnknownTopic "unknown-topic" Error "every topic named in a lesson stands in the topic register";
    UnknownSignpost "unknown-signpost" Error "every signpost named in a lesson stands in the signpost register";
    UnknownModule "unknown-module" Error "every module or lesson named in a register exists";
    UnknownPath "unknown-path" Error "every path that a topic names stands in the register of paths";
    UnknownBlock "unknown-block" Error "every `:::` block has a known name and stands where it has a meaning";
    UnknownAttribute "unknown-attribute" Error "blocks, headings and words carry only known attributes with values they can have";
    UnclosedBlock "unclosed-block" Error "every block is closed, and every closing line closes one";
    UnknownKey "unknown-key" Error "configuration, front matter and registers use only known keys";
    LowContrast "low-contrast" Warning "an organisation's own colours can be read on what they stand on";
    UnknownRule "unknown-rule" Error "`[checks]` and ignores name only rules that exist";
    InvalidFrontMatter "invalid-front-matter" Error "front matter is TOML between `+++` lines, with values of the right kind";
    InvalidRegister "invalid-register" Error "registers are TOML, with every value they need";
    InvalidTheme "invalid-theme" Error "a theme's words are texts, it extends the default theme, and something reads its files";
    InvalidText "invalid-text" Error "sources are UTF-8 text without hidden direction marks or control characters";
    MissingTitle "missing-title" Error "every module and lesson has a title";
    DuplicateTitle "duplicate-title" Warning "no two lessons of a module, and no two modules, have the same title";
    DuplicateId "duplicate-id" Error "an id is given once in a lesson, and once in a register";
    OutputCollision "output-collision" Error "no two sources make the same file of the site";
    UnsafePath "unsafe-path" Error "slugs, aliases and file names stay inside the site and work on every system";
    DoubtfulName "doubtful-name" Warning "no file is called like a copy of one beside it, or like its translation into a language that the curriculum does not have";
    LargeImage "large-image" Warning "no image that lessons show is larger than 1 MiB";
    RemoteImage "remote-image" Warning "images are files of the curriculum: no page asks another site for one";
    RawHtml "raw-html" Warning "lessons hold no raw HTML: it is shown as text, or what could do harm is taken out of it";
    LooksLikeMarkup "looks-like-markup" Warning "nothing in the text of a lesson looks like markup that was not read as such";
    OrphanLesson "orphan-lesson" Info "every lesson is linked from somewhere else in the curriculum";
    NotInOrder "not-in-order" Info "the `order` of a folder names everything that stands in it, once";
    VagueLinkText "vague-link-text" Warning "link text says where the link leads";
    ImageWithoutAlt "image-without-alt" Warning "every image has a text alternative";
    HeadingSkip "heading-skip" Warning "heading levels follow one another without a gap";
    QuestionWithoutAnswer "question-without-answer" Error "every question offers options, and marks at least one as right";
    AnswerStandsOut "answer-stands-out" Warning "no right option or best choice is known by its length alone";
    AnswersFollowAPattern "answers-follow-a-pattern" Warning "no module can be passed by always taking the longest answer, or one at the same place";
    OptionWithoutFeedback "option-without-feedback" Info "every option of a question says why it is right or wrong";
    OutcomeWithoutPractice "outcome-without-practice" Info "what a lesson's objectives name is carried by something that learners do";
    ScenarioDeadEnd "scenario-dead-end" Error "every path through a scenario leads to an end";
    PrerequisiteCycle "prerequisite-cycle" Error "no lesson is a prerequisite of itself, by whatever way round";
    TopicGap "topic-gap" Error "every module reaches the depths that the topic register asks of it, or is exempt with a reason";
    PathGap "path-gap" Error "every path takes the modules that everyone takes, and reaches the depths that the topic register asks of it";
    ModuleInNoPath "module-in-no-path" Warning "every module is on some path, where there are paths";
    TopicNotInWords "topic-not-in-words" Info "what carries a topic names it, or uses one of its words";
    TopicOutOfOrder "topic-out-of-order" Warning "a topic is introduced before it is practised or assessed, in reading order";
    UnusedExemption "unused-exemption" Warning "every exemption in the topic register excuses something that is missing";
    HomeWithoutIntroduction "home-without-introduction" Warning "a topic's home lesson introduces the topic";
    UnlinkedMention "unlinked-mention" Info "names of topics that never become links by themselves are linked where a learner would follow";
    UnknownClaim "unknown-claim" Error "every claim named in a lesson stands in the commitment register";
    ClaimWithoutEvidence "claim-without-evidence" Warning "every current claim of a commitment is borne out by something that learners see";
    ClaimTooShallow "claim-too-shallow" Warning "every current claim is borne out as deep as the commitment register expects";
    ClaimSuperseded "claim-superseded" Warning "lessons are evidence only for claims that still hold";
    SignpostOverdue "signpost-overdue" Warning "a signpost's details are verified again before their check runs out";
    SignpostUnverified "signpost-unverified" Info "somebody has verified every signpost's details";
    UnusedSignpost "unused-signpost" Info "every signpost of the register is offered by some lesson";
    StrayPhoneNumber "stray-phone-number" Warning "telephone numbers in lessons are those of the signpost register";
    AvoidedTerm "avoided-term" Warning "lessons keep to the house language of the term register";
    RetiredTerm "retired-term" Warning "lessons use no name after the day on which it was retired";
    MissingContentNote "missing-content-note" Warning "a content note stands before whatever treats a sensitive topic";
    ReviewOverdue "review-overdue" Warning "modules and lessons are reviewed again before their review runs out";
    DoubtfulDate "doubtful-date" Warning "nothing was checked, reviewed, asked or answered on a day that is still to come, and no answer before its question";
    ExternalLinkBroken "external-link-broken" Error "pages of other sites that are linked to are there (`check --external` alone)";
    ExternalLinkUnchecked "external-link-unchecked" Info "other sites can be asked whether their pages are there (`check --external` alone)";
    PackageSetting "package-setting" Error "what `[package]` says fits the format and the modules of a package";
    PackageName "package-name" Error "files of a package have names that every platform keeps (`package` alone)";
    PackageState "package-state" Error "a platform can keep all that a learner does in a package (`package` alone)";
    PackageSize "package-size" Warning "a package is small enough for the platforms that it is made for (`package` alone)";
    QuestionWithoutId "question-without-id" Warning "every question of a package has an id of its own, so that answers outlast edits (`package` alone)";
    UnusedIgnore "unused-ignore" Warning "every `throughline-ignore` silences something";
}

impl Rule {
    /// Returns whether only `check --external` can find what breaks the rule.
    pub const fn needs_network(self) -> bool {
        matches!(self, Self::ExternalLinkBroken | Self::ExternalLinkUnchecked)
    }

    /// Returns whether only `package` can find what breaks the rule.
    pub const fn needs_package(self) -> bool {
        matches!(
            self,
            Self::PackageName | Self::PackageState | Self::PackageSize | Self::QuestionWithoutId
        )
    }

    /// Returns whether every run looks for what breaks the rule, so that its absence says something.
    pub const fn is_always_looked_for(self) -> bool {
        !self.needs_network() && !self.needs_package()
    }

    /// Returns the rule with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}
