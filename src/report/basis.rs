//! What every report is made from.

use jiff::civil::Date;

use crate::model::config::Edition;
use crate::model::coverage::Coverage;
use crate::model::curriculum::{Curriculum, DocumentId};
use crate::model::registers::due;
use crate::model::{Finding, Severity};

/// What a survey found out, as far as reports need it.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The graph.
    pub curriculum: &'a Curriculum,
    /// Topics against modules.
    pub coverage: &'a Coverage,
    /// The findings that stand.
    pub findings: &'a [Finding],
    /// What counts as today.
    pub as_of: Date,
    /// Whose links and signposts are listed: the facilitator edition has them all, and reports that are published only those of their site.
    pub edition: Edition,
}

impl<'a> Basis<'a> {
    /// Returns a document's path relative to the root.
    pub fn file(&self, id: DocumentId) -> &'a str {
        self.curriculum.document(id).lesson.path.from_root()
    }

    /// Returns whether something is listed that only the facilitator edition may show.
    pub fn lists(&self, facilitator: bool) -> bool {
        !facilitator || self.edition == Edition::Facilitator
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timeliness {
    /// The day is past.
    Overdue,
    /// It was never looked at.
    Never,
    /// The day comes within thirty days.
    DueSoon,
    /// There is time.
    Current,
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

/// Returns the day by which something last looked at on `date` must be looked at again.
pub fn due_on(date: Option<Date>, review_in: Option<&str>) -> Option<Date> {
    due(date?, review_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

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
