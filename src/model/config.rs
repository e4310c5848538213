//! What `config.toml` says.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::address::Address;
use super::brand::Tint;
use super::days::Day;
use super::place::Placed;
use super::{LanguageTag, Place, Rule, Severity};

/// The order in which options and choices are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As they are written.
    #[default]
    Written,
    /// Dealt, so that the right ones stand as often at one place as at another.
    Shuffled,
}

/// Which readers a site is built for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Edition {
    /// Everything but the facilitator's notes.
    #[default]
    Learner,
    /// With facilitator notes, timings and model answers.
    Facilitator,
}

impl Edition {
    /// Returns the name as it stands on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Facilitator => "facilitator",
        }
    }
}

/// What becomes of raw HTML in lessons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// It is shown as text.
    #[default]
    Text,
    /// What can do no harm stays, and the rest is taken out.
    Safe,
    /// It is passed through as it is: for tests of the Markdown renderer alone.
    Verbatim,
}

/// When a learner has completed a package.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Completion {
    /// When every question is answered and every scenario has come to an end.
    #[default]
    Answered,
    /// When the learner has marked every lesson as done.
    Done,
}

/// Which answer to a question counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Score {
    /// The best one.
    #[default]
    Best,
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// How much must be right to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mastery {
    /// Of a hundred.
    pub percent: u32,
    /// Where the file says it.
    pub place: Place,
}

/// What packages for learning platforms are made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packages {
    /// The IRI that those of a package begin with; ends so that more can be put behind it.
    pub identifier: Option<String>,
    /// When a package is completed.
    pub completion: Completion,
    /// Which answer counts.
    pub score: Score,
    /// How many of a hundred must be right to pass; without it nobody passes or fails.
    pub mastery: Option<Mastery>,
    /// Where the table stands in the file.
    pub place: Place,
}

impl Default for Packages {
    fn default() -> Self {
        Self {
            identifier: None,
            completion: Completion::default(),
            score: Score::default(),
            mastery: None,
            place: Place::START,
        }
    }
}

/// The curriculum's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// The content's language.
    pub language: LanguageTag,
    /// Absolute address of the site's top with a final `/`.
    pub base_url: Option<Address>,
    /// Name of the theme.
    pub theme: String,
    /// Output folder relative to the root.
    pub output_dir: String,
    /// Folder of the reports relative to the root.
    pub reports_dir: String,
    /// Severities that differ from the rules' own; `None` turns a rule off.
    pub checks: BTreeMap<Rule, Option<Severity>>,
    /// Whether reports are written at every build.
    pub reports: bool,
    /// Whether the reports are published with the site.
    pub publish_reports: bool,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
    /// In which order options and choices are shown.
    pub order: Order,
    /// What an organisation makes its own.
    pub site: Site,
    /// Whether a search index is made.
    pub search: bool,
    /// Whether every module gets a page with all its lessons, for print.
    pub print: bool,
    /// What was checked of the site's accessibility.
    pub accessibility: Accessibility,
    /// When sessions begin, and when they rest.
    pub sessions: Sessions,
    /// What packages are made with.
    pub packages: Packages,
    /// Days in it.
    pub days: Vec<Placed<Day>>,
}

/// When sessions begin, and when they rest; times are minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sessions {
    /// When a session begins.
    pub start: u32,
    /// When lunch is; without it there is none.
    pub lunch: Option<u32>,
    /// How long lunch is.
    pub lunch_minutes: u32,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            start: 9 * 60 + 30,
            lunch: Some(12 * 60 + 30),
            lunch_minutes: 60,
        }
    }
}

/// What an organisation makes its own of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Its logo: a file, relative to the root.
    pub logo: Option<String>,
    /// Its colours.
    pub colours: Vec<Tint>,
    /// What the foot of every page says.
    pub footer: String,
    /// What the page of support services says.
    pub support: String,
    /// Where "exit this page" leads on the pages of modules that name no place of their own.
    pub exit: Option<Address>,
    /// Where learners send notes and questions: a mailbox, or a form.
    pub feedback: Option<Address>,
    /// Where the learner edition is published.
    pub learner: Option<Address>,
    /// Where the facilitator edition is published.
    pub facilitator: Option<Address>,
}

impl Site {
    /// Returns the logo's name among the theme's files; empty where there is none.
    pub fn logo_file(&self) -> &str {
        self.logo
            .as_ref()
            .map_or("", |logo| logo.rsplit('/').next().unwrap_or_default())
    }
}

/// What the accessibility page records. It is a record of checks and never a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accessibility {
    /// When the statement was prepared.
    pub prepared_on: Option<Date>,
    /// What was checked, in the order of the file.
    pub checks: Vec<AccessibilityCheck>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessibilityCheck {
    /// What was checked, and with what.
    pub title: String,
    /// What was found.
    pub result: String,
    /// When.
    pub on: Option<Date>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Curriculum".into(),
            description: String::new(),
            language: LanguageTag::default(),
            base_url: None,
            theme: "default".into(),
            output_dir: "public".into(),
            reports_dir: "reports".into(),
            checks: BTreeMap::new(),
            reports: true,
            publish_reports: false,
            raw_html: RawHtml::Text,
            order: Order::Written,
            site: Site::default(),
            search: true,
            print: true,
            accessibility: Accessibility::default(),
            sessions: Sessions::default(),
            packages: Packages::default(),
            days: Vec::new(),
        }
    }
}

impl Config {
    /// Returns the severity of a rule, or `None` where it is off.
    pub fn severity(&self, rule: Rule) -> Option<Severity> {
        self.checks
            .get(&rule)
            .copied()
            .unwrap_or(Some(rule.default_severity()))
    }
}
