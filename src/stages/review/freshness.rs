//! Holds reviews of modules and lessons against the day.

use jiff::civil::Date;

use crate::model::lesson::Lesson;
use crate::model::{Finding, Rule};

/// Reports a page whose review has run out; one without `review_in` or without a review never does.
pub fn review_lesson(lesson: &Lesson, as_of: Date, findings: &mut Vec<Finding>) {
    let front = &lesson.front;
    let (Some(reviewed), Some(due), Some(review_in)) =
        (front.last_reviewed_on, front.review_due(), &front.review_in)
    else {
        return;
    };
    if due < as_of {
        let owner = match front.owner.as_str() {
            "" => String::new(),
            owner => format!("; its owner is {owner}"),
        };
        findings.push(
            Finding::new(
                Rule::ReviewOverdue,
                lesson.path.from_root(),
                review_in.place,
                format!("this page was reviewed on {reviewed}, which held until {due}"),
            )
            .help(format!(
                "read it against its sources, then change `last_reviewed_on`{owner}"
            )),
        );
    }
}
