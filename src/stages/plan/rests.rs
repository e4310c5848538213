//! Where a session rests: breaks, and lunch.
//!
//! In: how long the lessons of a module take, when the session begins and when lunch is. Out: what stands before each lesson. `session.js` of the theme does the
//! same in the browser, for a start and a lunch that the facilitator sets; a test in the browser holds them to each other.

use crate::model::config::Sessions;

/// Nobody works for longer than this without a break, where a lesson's end allows one.
const WORK: u32 = 100;

/// Minutes of a break.
const BREAK: u32 = 15;

/// Lunch begins no earlier than so many minutes before its time; who begins later than this has eaten.
const EARLY: u32 = 60;

/// What stands before a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// A short one.
    Break,
    /// The long one, in the middle of the day.
    Lunch,
}

impl Rest {
    /// Returns how long it is.
    pub const fn minutes(self, sessions: &Sessions) -> u32 {
        match self {
            Self::Break => BREAK,
            Self::Lunch => sessions.lunch_minutes,
        }
    }
}

/// Returns what stands before each of the lessons, which take so many minutes.
///
/// There is lunch only where the session would still go on when lunch is over; it stands between the lessons whose border is nearest to its time.
pub(super) fn rests(lessons: &[u32], sessions: &Sessions) -> Vec<Option<Rest>> {
    let (without, end) = walk(lessons, sessions, None);
    let lunch = sessions.lunch.filter(|lunch| {
        sessions.start.saturating_add(EARLY) <= *lunch
            && end > lunch.saturating_add(sessions.lunch_minutes)
    });
    match lunch {
        Some(_) => walk(lessons, sessions, lunch).0,
        None => without,
    }
}

/// Goes through the lessons; returns what stands before each, and when the session ends.
fn walk(lessons: &[u32], sessions: &Sessions, lunch: Option<u32>) -> (Vec<Option<Rest>>, u32) {
    let mut rests = Vec::with_capacity(lessons.len());
    let mut at = sessions.start;
    let mut since = 0_u32;
    let mut lunch = lunch;
    for &minutes in lessons {
        let after = at.saturating_add(minutes);
        let is_lunch = since > 0
            && lunch.is_some_and(|lunch| {
                at.saturating_add(EARLY) >= lunch && at.abs_diff(lunch) <= after.abs_diff(lunch)
            });
        let rest = if is_lunch {
            lunch = None;
            Some(Rest::Lunch)
        } else {
            (since > 0 && since.saturating_add(minutes) > WORK).then_some(Rest::Break)
        };
        if let Some(rest) = rest {
            at = at.saturating_add(rest.minutes(sessions));
            since = 0;
        }
        rests.push(rest);
        at = at.saturating_add(minutes);
        since = since.saturating_add(minutes);
    }
    (rests, at)
}

#[cfg(test)]
mod tests {
    use super::{Rest, rests};
    use crate::model::config::Sessions;

    /// What it is about, the lessons, the times, and what is expected.
    type Case<'a> = (&'a str, &'a [u32], Sessions, &'a [Option<Rest>]);

    const B: Option<Rest> = Some(Rest::Break);
    const L: Option<Rest> = Some(Rest::Lunch);
    const NO: Option<Rest> = None;

    #[test]
    fn breaks_keep_work_below_a_hundred_minutes_and_lunch_stands_next_to_its_time() {
        let usual = Sessions::default();
        let from = |start: u32| Sessions { start, ..usual };
        let none = Sessions {
            lunch: None,
            ..usual
        };
        let day = [35, 35, 30, 40, 45, 40, 75];
        let cases: [Case<'_>; 8] = [
            ("a day", &day, usual, &[NO, NO, NO, B, NO, L, B]),
            ("without lunch", &day, none, &[NO, NO, NO, B, NO, B, B]),
            ("an afternoon", &day, from(780), &[NO, NO, NO, B, NO, B, B]),
            (
                "it begins at lunch",
                &day,
                from(720),
                &[NO, NO, NO, B, NO, B, B],
            ),
            ("an evening", &[60, 60], from(1080), &[NO, B]),
            ("it ends with lunch", &[60, 60, 60], usual, &[NO, B, B]),
            ("nothing", &[], usual, &[]),
            ("one long lesson", &[400], usual, &[NO]),
        ];
        for (name, lessons, sessions, expected) in cases {
            assert_eq!(rests(lessons, &sessions), expected, "{name}");
        }
    }
}
