//! Holds reviews of modules and lessons against the day.

use jiff::civil::Date;

use crate::model::curriculum::Document;
use crate::model::days::due;
use crate::model::{Curriculum, Finding, Place, Rule};

/// Reports a page whose review has run out.
///
/// A page without a `review_in` takes its module's; where neither has one, a review holds without end.
pub fn review_document(
    document: &Document,
    curriculum: &Curriculum,
    as_of: Date,
    findings: &mut Vec<Finding>,
) {
    let front = &document.lesson.front;
    let module = document
        .module
        .and_then(|module| curriculum.module(module).index)
        .and_then(|index| curriculum.document(index).lesson.front.review_in.as_ref());
    let (Some(reviewed), Some(review_in)) =
        (front.last_reviewed_on, front.review_in.as_ref().or(module))
    else {
        return;
    };
    let Some(due) = due(reviewed, Some(&review_in.value)).filter(|due| *due < as_of) else {
        return;
    };
    let place = match &front.review_in {
        Some(own) => own.place,
        None => front.place.unwrap_or(Place::START),
    };
    let owner = match front.owner.as_str() {
        "" => String::new(),
        owner => format!("; its owner is {owner}"),
    };
    findings.push(
        Finding::new(
            Rule::ReviewOverdue,
            document.lesson.path.from_root(),
            place,
            format!("this page was reviewed on {reviewed}, which held until {due}"),
        )
        .help(format!(
            "read it against its sources, then change `last_reviewed_on`{owner}"
        )),
    );
}
