//! What every report is made from.

use jiff::civil::Date;
use serde::Serialize;

use super::cell::{Status, Tone};
use crate::language::Language;
use crate::model::audience::Audience;
use crate::model::config::Edition;
use crate::model::coverage::Coverage;
use crate::model::curriculum::{Curriculum, DocumentId};
use crate::model::days::due;
use crate::model::dealing::Dealing;
use crate::model::review::Approval;
use crate::model::{Finding, Severity};

/// What a survey found out, as far as reports need it.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The graph.
    pub curriculum: &'a Curriculum,
    /// Topics against modules.
    pub coverage: &'a Coverage,
    /// The content's language.
    pub language: &'a Language,
    /// Which option stands at whose place.
    pub dealing: &'a Dealing,
    /// The findings that stand.
    pub findings: &'a [Finding],
    /// What counts as today.
    pub as_of: Date,
    /// Whose links and signposts are listed: the facilitator edition has them all, and reports that are published only those of their site.
    pub edition: Edition,
}

impl<'a> Basis<'a> {
    /// Returns all documents in reading order.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + use<> {
        (0..self.curriculum.documents.len() as u32).map(DocumentId)
    }

    /// Returns a document's path relative to the root.
    pub fn file(&self, id: DocumentId) -> &'a str {
        self.curriculum.document(id).lesson.path.from_root()
    }

    /// Returns whether something is listed that is written for some readers.
    pub fn lists(&self, audience: Audience) -> bool {
        audience.is_in(self.edition)
    }

    /// Returns who keeps a document right: its own owner, or its module's.
    pub fn owner(&self, id: DocumentId) -> &'a str {
        let document = self.curriculum.document(id);
        let own = document.lesson.front.owner.as_str();
        if !own.is_empty() {
            return own;
        }
        let index = document
            .module
            .and_then(|module| self.curriculum.module(module).index);
        index.map_or("", |index| {
            &self.curriculum.document(index).lesson.front.owner
        })
    }

    /// Returns how many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }
}

/// Whether something that must be looked at again has been, in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timeliness {
    /// The day is past.
    Overdue,
    /// It was never looked at.
    Never,
    /// The day comes within thirty days.
    DueSoon,
    /// There is time.
    Current,
    /// It need not be looked at: the register says why.
    Permanent,
}

/// Days ahead of the due day in which something is due soon.
const SOON: i64 = 30;

impl Timeliness {
    /// Returns the name as it stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Never => "never",
            Self::DueSoon => "due-soon",
            Self::Current => "current",
            Self::Permanent => "permanent",
        }
    }

    /// Judges a due day; without one, the thing was never looked at. The due day itself is still in time.
    pub fn of(due_on: Option<Date>, as_of: Date) -> Self {
        let Some(due_on) = due_on else {
            return Self::Never;
        };
        let soon = as_of
            .checked_add(jiff::Span::new().days(SOON))
            .unwrap_or(Date::MAX);
        if due_on < as_of {
            Self::Overdue
        } else if due_on <= soon {
            Self::DueSoon
        } else {
            Self::Current
        }
    }
}

impl From<Timeliness> for Status<'_> {
    fn from(timeliness: Timeliness) -> Self {
        let (words, tone) = match timeliness {
            Timeliness::Overdue => ("Overdue", Tone::Poor),
            Timeliness::Never => ("Never", Tone::Fair),
            Timeliness::DueSoon => ("Due soon", Tone::Fair),
            Timeliness::Current => ("In time", Tone::Good),
            Timeliness::Permanent => ("Needs none", Tone::Good),
        };
        Status::new(timeliness.name(), tone).said(words)
    }
}

impl From<Approval> for Status<'_> {
    fn from(approval: Approval) -> Self {
        let (words, tone) = match approval {
            Approval::Approved => ("Approved", Tone::Good),
            Approval::Suspect => ("Changed since approval", Tone::Fair),
            Approval::Unreviewed => ("Never approved", Tone::Plain),
            Approval::Absent => ("Page gone", Tone::Fair),
        };
        Status::new(approval.name(), tone).said(words)
    }
}

/// Returns the day by which something last looked at on `date` must be looked at again.
pub fn due_on(date: Option<Date>, review_in: Option<&str>) -> Option<Date> {
    due(date?, review_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coverage::CellStatus;
    use crate::model::curriculum::LinkStatus;
    use crate::model::registers::{LinkPolicy, Standing};
    use jiff::civil::date;

    #[test]
    fn states_are_called_the_same_in_json_and_everywhere_else() {
        fn named<T: Serialize>(state: T, name: &'static str) -> (Option<String>, &'static str) {
            let json = serde_json::to_value(state).ok();
            let json = json.and_then(|json| json.as_str().map(ToOwned::to_owned));
            (json, name)
        }
        let cells = [
            CellStatus::Met,
            CellStatus::Gap,
            CellStatus::Exempt,
            CellStatus::None,
        ];
        let links = [
            LinkStatus::Ok,
            LinkStatus::Broken,
            LinkStatus::Redirected,
            LinkStatus::Unknown,
            LinkStatus::Unchecked,
        ];
        let standings = [Standing::Current, Standing::Superseded, Standing::Withdrawn];
        let times = [
            Timeliness::Overdue,
            Timeliness::Never,
            Timeliness::DueSoon,
            Timeliness::Current,
            Timeliness::Permanent,
        ];
        let approvals = [
            Approval::Approved,
            Approval::Suspect,
            Approval::Unreviewed,
            Approval::Absent,
        ];
        let policies = [
            LinkPolicy::FirstPerSection,
            LinkPolicy::FirstPerLesson,
            LinkPolicy::Never,
        ];
        let all = (cells.map(|state| named(state, state.name())).into_iter())
            .chain(links.map(|state| named(state, state.name())))
            .chain(standings.map(|state| named(state, state.name())))
            .chain(times.map(|state| named(state, state.name())))
            .chain(approvals.map(|state| named(state, state.name())))
            .chain(policies.map(|state| named(state, state.name())));
        for (json, name) in all {
            assert_eq!(json.as_deref(), Some(name));
        }
    }

    #[test]
    fn the_due_day_is_in_time_and_thirty_days_before_it_is_soon() {
        let today = date(2026, 11, 21);
        for (due, expected) in [
            (None, Timeliness::Never),
            (Some(date(2026, 11, 20)), Timeliness::Overdue),
            (Some(today), Timeliness::DueSoon),
            (Some(date(2026, 12, 21)), Timeliness::DueSoon),
            (Some(date(2026, 12, 22)), Timeliness::Current),
        ] {
            assert_eq!(Timeliness::of(due, today), expected, "{due:?}");
        }
    }
}
