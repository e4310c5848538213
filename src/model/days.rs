//! Days that authors write down, and lengths of time.

use jiff::Span;
use jiff::civil::{Date, date};

/// A day as it stands under a key of front matter, a register or the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Day {
    /// The key.
    pub key: &'static str,
    /// The day.
    pub on: Date,
    /// When it can be.
    pub when: When,
}

/// When a day can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Something was done on it.
    Past,
    /// Something holds from it on, or is announced for it.
    Any,
}

/// The first day that can be meant: nothing that is written down here is older.
pub const FIRST: Date = date(1900, 1, 1);

/// Years of the longest length of time.
const LONGEST: i16 = 100;

/// Returns the length of time that a text such as "6 months" names: from a day to a hundred years.
///
/// A text of none, of one that runs backwards, and of one without end name no length.
pub fn length_of_time(text: &str) -> Option<Span> {
    let span: Span = text.parse().ok()?;
    let end = FIRST.checked_add(span).ok()?;
    let last = FIRST.checked_add(Span::new().years(LONGEST)).ok()?;
    (FIRST < end && end <= last).then_some(span)
}

/// Returns the day on which a check made on `date` runs out, by default after six months.
pub fn due(date: Date, review_in: Option<&str>) -> Option<Date> {
    let span = review_in
        .and_then(length_of_time)
        .unwrap_or_else(|| Span::new().months(6));
    date.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_runs_forward_and_ends() {
        for text in [
            "1 day",
            "6 months",
            "1 year",
            "100 years",
            "P1Y",
            "36 hours",
        ] {
            assert!(length_of_time(text).is_some(), "{text}");
        }
        for text in [
            "",
            "often",
            "6",
            "0 days",
            "0 months",
            "-1 year",
            "1 year ago",
            "5 hours",
            "101 years",
            "9999 years",
            "1 month 40 days ago",
        ] {
            assert_eq!(
                length_of_time(text).map(|span| span.to_string()),
                None,
                "{text}"
            );
        }
    }

    #[test]
    fn a_check_holds_for_six_months_unless_something_else_is_written() {
        let checked = date(2026, 5, 31);
        for (written, due_on) in [
            (None, date(2026, 11, 30)),
            (Some("1 year"), date(2027, 5, 31)),
            (Some("-1 year"), date(2026, 11, 30)),
        ] {
            assert_eq!(due(checked, written), Some(due_on), "{written:?}");
        }
    }
}
