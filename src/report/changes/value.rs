//! What the changes report holds: its fields are its JSON.

use jiff::civil::Date;
use serde::Serialize;

use crate::report::cell::{Spot, Status, Tone};
use crate::report::change::CellChange;
use crate::report::passages::Passage;
use crate::report::snapshot::Evidence;

/// What has changed in a curriculum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangesReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// What it is compared with, as it was asked for.
    pub since: &'c str,
    /// The same in words, and what there is to know about it.
    pub earlier: &'c EarlierSide,
    /// The numbers.
    pub summary: ChangesSummary,
    /// Topics in modules whose depths, places or status differ.
    pub coverage: Vec<CellChange<'c>>,
    /// Claims that differ, or whose evidence does.
    pub claims: Vec<ClaimChange<'c>>,
    /// Support services that differ.
    pub signposts: Vec<SignpostChange<'c>>,
    /// Topics that differ, or that changed sections carry.
    pub topics: Vec<TopicChange<'c>>,
    /// Questions that differ.
    pub questions: Vec<QuestionChange<'c>>,
    /// Pages that differ, in reading order; those that are gone last.
    pub pages: Vec<PageChange<'c>>,
    /// Modules to read again, those first of which most has changed.
    pub read_again: Vec<ReadAgain<'c>>,
    /// Pages to sign off again.
    pub sign_off_again: Vec<SignOffAgain<'c>>,
}

/// What a curriculum is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EarlierSide {
    /// What was asked for.
    #[serde(skip)]
    pub asked: String,
    /// What that is, in words.
    pub what: String,
    /// Findings on that side that are no infos.
    pub findings: usize,
    /// Keys there that this version does not know.
    pub unknown_keys: usize,
    /// Files there that could not be read.
    pub unread: usize,
}

/// The numbers of the changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ChangesSummary {
    /// Pages that are new.
    pub pages_new: usize,
    /// Pages that are gone.
    pub pages_gone: usize,
    /// Pages that stand elsewhere.
    pub pages_moved: usize,
    /// Pages that say something else, those that stand elsewhere included.
    pub pages_changed: usize,
    /// Requirements that were met and are not.
    pub gaps_opened: usize,
    /// Requirements that were not met and are.
    pub gaps_closed: usize,
    /// Places of topics that are new.
    pub places_gained: usize,
    /// Places of topics that are gone.
    pub places_lost: usize,
    /// Claims that differ, or whose evidence does.
    pub claims: usize,
    /// Topics that differ, or that changed sections carry.
    pub topics: usize,
    /// Questions that differ.
    pub questions: usize,
    /// Support services that differ.
    pub signposts: usize,
    /// Modules to read again.
    pub read_again: usize,
    /// Pages to sign off again.
    pub sign_off_again: usize,
}

/// How something differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It was not there.
    New,
    /// It is not there any more.
    Gone,
    /// It stands elsewhere.
    Moved,
    /// It says something else.
    Changed,
    /// It says the same, and what carries it does not.
    Touched,
}

impl Change {
    /// Returns the name as it stands in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Touched => "touched",
        }
    }
}

impl From<Change> for Status<'_> {
    fn from(change: Change) -> Self {
        let (words, tone) = match change {
            Change::New => ("New", Tone::Good),
            Change::Gone => ("Gone", Tone::Poor),
            Change::Moved => ("Moved", Tone::Plain),
            Change::Changed => ("Changed", Tone::Fair),
            Change::Touched => ("Touched", Tone::Plain),
        };
        Status::new(change.name(), tone).said(words)
    }
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange<'c> {
    /// Its key in the register.
    pub field: &'c str,
    /// What it was; empty where it was not given.
    pub before: String,
    /// What it is; empty where it is not given.
    pub after: String,
}

/// A section of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SectionPlace<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line of its heading, from 1.
    pub line: u32,
    /// Its anchor.
    pub anchor: &'c str,
    /// Its heading.
    pub heading: &'c str,
    /// Whether it is not there any more.
    #[serde(skip)]
    pub is_gone: bool,
}

impl<'c> SectionPlace<'c> {
    /// Returns where it stands, or the page on which it stood.
    pub fn spot(&self) -> Spot<'c> {
        let spot = Spot::line(self.file, self.line, self.anchor);
        if self.is_gone { spot.on_page() } else { spot }
    }
}

/// A page that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageChange<'c> {
    /// Path from the root; of then where it is gone.
    pub file: &'c str,
    /// How it differs.
    pub change: Change,
    /// Where it stood, if elsewhere.
    pub from: Option<&'c str>,
    /// Its module; empty for the home page.
    pub module: &'c str,
    /// Its title.
    pub title: &'c str,
    /// The words of its new and changed sections over all of its words; nothing where it is gone.
    pub share: Option<f64>,
    /// Words of its new and changed sections.
    pub changed_words: usize,
    /// The sections that differ, in order; those that are gone last.
    pub sections: Vec<SectionChange<'c>>,
}

/// A section that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionChange<'c> {
    /// Its anchor.
    pub anchor: &'c str,
    /// Its heading.
    pub heading: &'c str,
    /// Line of its heading, from 1.
    pub line: u32,
    /// How it differs.
    pub change: Change,
    /// Its words now; then, where it is gone.
    pub words: usize,
    /// Topics that it carries.
    pub topics: Vec<&'c str>,
    /// Claims that it carries.
    pub claims: Vec<&'c str>,
    /// The sentences that differ.
    pub passages: Vec<Passage<'c>>,
}

/// A topic that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicChange<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its name.
    pub name: &'c str,
    /// How it differs.
    pub change: Change,
    /// What the register says otherwise.
    pub fields: Vec<FieldChange<'c>>,
    /// Sections that carry it and differ.
    pub sections: Vec<SectionPlace<'c>>,
}

/// A claim that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimChange<'c> {
    /// Its id.
    pub id: &'c str,
    /// The statement's id.
    pub commitment: &'c str,
    /// What is claimed.
    pub text: &'c str,
    /// How it differs.
    pub change: Change,
    /// What the register says otherwise.
    pub fields: Vec<FieldChange<'c>>,
    /// Evidence that is new.
    pub evidence_gained: Vec<&'c Evidence<'c>>,
    /// Evidence that is gone.
    pub evidence_lost: Vec<&'c Evidence<'c>>,
    /// Sections that carry it and differ.
    pub sections: Vec<SectionPlace<'c>>,
}

/// A support service that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignpostChange<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its name.
    pub name: &'c str,
    /// How it differs.
    pub change: Change,
    /// What the register says otherwise.
    pub fields: Vec<FieldChange<'c>>,
    /// Pages that show it and did not.
    pub shown: Vec<&'c str>,
    /// Pages that do not show it any more.
    pub no_longer_shown: Vec<&'c str>,
}

/// A question that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionChange<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Its anchor.
    pub anchor: &'c str,
    /// Its title.
    pub title: &'c str,
    /// How it differs.
    pub change: Change,
    /// Which options are right otherwise than they were: the field `right`.
    pub fields: Vec<FieldChange<'c>>,
    /// The lines that differ.
    pub passages: Vec<Passage<'c>>,
}

impl<'c> QuestionChange<'c> {
    /// Returns where it stands, or the page on which it stood.
    pub fn spot(&self) -> Spot<'c> {
        let spot = Spot::line(self.file, self.line, self.anchor);
        match self.change {
            Change::Gone => spot.on_page(),
            _ => spot,
        }
    }
}

/// A module that whoever took it should read again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadAgain<'c> {
    /// Its name.
    pub module: &'c str,
    /// The words of its new and changed sections over all of its words.
    pub share: f64,
    /// What there is to read again.
    pub reason: String,
}

/// A page that whoever signed it off should look at again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignOffAgain<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Who signed it off.
    pub reviewer: &'c str,
    /// When.
    pub approved_on: Option<Date>,
    /// Why that does not hold any more.
    pub reason: String,
}
