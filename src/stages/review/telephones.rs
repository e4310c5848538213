//! Holds the telephone numbers in lessons against the signpost register.

use std::collections::HashMap;

use crate::language::telephones;
use crate::model::lesson::{Lesson, LinkKind};
use crate::model::nearness::Names;
use crate::model::registers::Signpost;
use crate::model::{Finding, Place, Rule};

/// So many wrong, missing, added or swapped digits still make the same number.
const NEARLY: usize = 2;

/// The numbers of the signpost register.
pub struct Known<'r> {
    /// The first service that has each number.
    by_digits: HashMap<Box<str>, &'r Signpost>,
    numbers: Names,
}

impl<'r> Known<'r> {
    /// Reads the numbers of every signpost: for calls, texts and relay.
    pub fn new(signposts: &'r [Signpost]) -> Self {
        let mut by_digits = HashMap::new();
        for signpost in signposts {
            for text in [
                &*signpost.phone,
                &signpost.text,
                &signpost.relay,
                &signpost.note,
            ] {
                for number in telephones(text) {
                    by_digits.entry(number.digits).or_insert(signpost);
                }
            }
        }
        let mut numbers: Vec<&str> = by_digits.keys().map(AsRef::as_ref).collect();
        numbers.sort_unstable();
        Self {
            numbers: Names::new(numbers),
            by_digits,
        }
    }

    /// Returns the signpost whose number is nearly the same.
    fn nearest(&self, digits: &str) -> Option<&'r Signpost> {
        let number = self.numbers.nearest_within(digits, NEARLY)?;
        self.by_digits.get(number).copied()
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
        if !known.by_digits.contains_key(&digits) {
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
