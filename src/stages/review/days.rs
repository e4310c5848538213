//! Holds days that were written down against the day.
//!
//! Whoever keeps a check or a review until a day that is still to come keeps it too long, and nobody is told when it runs out.

use jiff::civil::Date;

use crate::model::days::{Day, FIRST, When};
use crate::model::registers::Placed;
use crate::model::{Curriculum, Finding, Lesson, Rule};

/// Reports doubtful days of the registers.
pub fn review(curriculum: &Curriculum, as_of: Date, findings: &mut Vec<Finding>) {
    let days = &curriculum.registers.days;
    findings.extend(
        days.iter()
            .filter_map(|(file, day)| doubtful(day, file, as_of)),
    );
}

/// Reports doubtful days of a lesson's front matter.
pub fn review_lesson(lesson: &Lesson, as_of: Date, findings: &mut Vec<Finding>) {
    let days = lesson.front.days.iter();
    findings.extend(days.filter_map(|day| doubtful(day, lesson.path.from_root(), as_of)));
}

/// Returns a finding where a day cannot have been meant.
pub(crate) fn doubtful(day: &Placed<Day>, file: &str, as_of: Date) -> Option<Finding> {
    let Day { key, on, when } = day.value;
    let (message, help) = if on < FIRST {
        (
            format!("`{key}` is {on}, before {FIRST}"),
            "check the year".to_owned(),
        )
    } else if when == When::Past && on > as_of {
        (
            format!("`{key}` is {on}, which is still to come"),
            format!("today is {as_of}: write the day on which it was done"),
        )
    } else {
        return None;
    };
    Some(Finding::new(Rule::DoubtfulDate, file, day.place, message).help(help))
}
