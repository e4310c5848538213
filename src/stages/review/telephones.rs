//! Holds the telephone numbers in lessons against the signpost register.

use std::collections::HashSet;

use crate::model::lesson::{Lesson, LinkKind};
use crate::model::registers::Signpost;
use crate::model::telephone::telephones;
use crate::model::{Finding, Place, Rule};

/// So many wrong, missing, added or swapped digits still make the same number.
const NEARLY: usize = 2;

/// The numbers of the signpost register.
pub struct Known<'r> {
    digits: HashSet<Box<str>>,
    by_signpost: Vec<(Box<str>, &'r Signpost)>,
}

impl<'r> Known<'r> {
    /// Reads the numbers of every signpost: for calls, texts and relay.
    pub fn new(signposts: &'r [Signpost]) -> Self {
        let mut by_signpost = Vec::new();
        for signpost in signposts {
            for text in [
                &*signpost.phone,
                &signpost.text,
                &signpost.relay,
                &signpost.note,
            ] {
                by_signpost.extend(
                    telephones(text)
                        .into_iter()
                        .map(|number| (number.digits, signpost)),
                );
            }
        }
        Self {
            digits: by_signpost
                .iter()
                .map(|(digits, _)| digits.clone())
                .collect(),
            by_signpost,
        }
    }

    /// Returns the signpost whose number is nearly the same.
    fn nearest(&self, digits: &str) -> Option<&'r Signpost> {
        self.by_signpost
            .iter()
            .map(|(known, signpost)| (strsim::osa_distance(known, digits), *signpost))
            .filter(|(distance, _)| *distance <= NEARLY)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, signpost)| signpost)
    }
}

/// Reports the numbers of one lesson that the register does not have.
pub fn review_lesson(lesson: &Lesson, known: &Known<'_>, findings: &mut Vec<Finding>) {
    let in_prose = lesson
        .telephones
        .iter()
        .map(|number| (number.value.clone(), number.place));
    let in_links = lesson
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::External)
        .filter_map(|link| Some((link.target.strip_prefix("tel:")?, link.place)))
        .flat_map(|(target, place)| {
            telephones(target)
                .into_iter()
                .map(move |number| (number.digits, place))
        });
    for (digits, place) in in_prose.chain(in_links) {
        if !known.digits.contains(&digits) {
            findings.push(stray(lesson, known, &digits, place));
        }
    }
}

fn stray(lesson: &Lesson, known: &Known<'_>, digits: &str, place: Place) -> Finding {
    let (message, help) = match known.nearest(digits) {
        Some(signpost) => (
            format!(
                "the telephone number {digits} is nearly that of `{}`",
                signpost.id
            ),
            format!(
                "write `[[signpost:{}]]`; its number is {}",
                signpost.id, signpost.phone.words
            ),
        ),
        None => (
            format!("no signpost has the telephone number {digits}"),
            "add the service to modules/signposts.toml, and link to it with `[[signpost:id]]`"
                .into(),
        ),
    };
    Finding::new(
        Rule::StrayPhoneNumber,
        lesson.path.from_root(),
        place,
        message,
    )
    .help(help)
}
