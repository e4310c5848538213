//! Reads what a heading's or block's attributes say.

use std::ops::Range;

use super::super::sheet::Sheet;
use super::super::source::attributes::{Attribute, items};
use crate::model::Rule;
use crate::model::blocks::{BlockKind, Outcome};
use crate::model::nearness::{did_you_mean, question};
use crate::model::registers::{Placed, SignpostId, TopicId};
use crate::model::slug::slug;

/// What a heading or block carries.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// The id that the author gave.
    pub id: Option<(String, Range<usize>)>,
    pub topics: Vec<TopicId>,
    pub claims: Vec<Placed<Box<str>>>,
}

/// What the attributes of one kind of block say beyond what every block carries.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub minutes: Option<u32>,
    pub signposts: Vec<SignpostId>,
    pub outcome: Option<Outcome>,
    pub next: Option<(String, Range<usize>)>,
    pub skip: Option<(String, Range<usize>)>,
}

impl Carried {
    /// Reads `#id`, `topics` or `claims`; returns whether the attribute was one of them.
    pub fn read(&mut self, sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) -> bool {
        match attribute.key {
            "#" => self.id = given_id(sheet, attribute),
            "topics" => {
                for (id, range) in items(attribute) {
                    match sheet.context.registers.topic(id) {
                        Some(topic) => self.topics.push(topic),
                        None => report_unknown_topic(sheet, id, &range),
                    }
                }
            }
            "claims" => {
                self.claims
                    .extend(items(attribute).map(|(id, range)| Placed {
                        value: id.into(),
                        place: sheet.source.place(&range),
                    }));
            }
            _ => return false,
        }
        true
    }
}

fn given_id(sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) -> Option<(String, Range<usize>)> {
    let (id, range) = (attribute.value, &attribute.range);
    let is_odd = |c: char| c.is_whitespace() || "\"'<>&#{}".contains(c);
    if id.is_empty() || id.contains(is_odd) {
        sheet.report(
            Rule::UnknownAttribute,
            range,
            format!("`#{id}` cannot be an id"),
            Some(format!(
                "use letters, digits and hyphens, such as `#{}`",
                slug(id)
            )),
        );
        return None;
    }
    Some((id.to_owned(), range.clone()))
}

fn report_unknown_topic(sheet: &mut Sheet<'_>, id: &str, range: &Range<usize>) {
    let help = sheet.context.registers.topic_like(id).map(question);
    sheet.report(
        Rule::UnknownTopic,
        range,
        format!("no topic `{id}` in the register"),
        help.or(Some("add it to modules/topics.toml".into())),
    );
}

impl Own {
    /// Reads an attribute of a kind of block; returns whether that kind has it.
    pub fn read(
        &mut self,
        sheet: &mut Sheet<'_>,
        kind: BlockKind,
        attribute: &Attribute<'_>,
    ) -> bool {
        if !kind.attributes().contains(&attribute.key) {
            return false;
        }
        match attribute.key {
            "minutes" => match attribute.value.parse() {
                Ok(minutes) => self.minutes = Some(minutes),
                Err(_) => report_value(sheet, attribute, "a whole number of minutes"),
            },
            "outcome" => match Outcome::named(attribute.value) {
                Some(outcome) => self.outcome = Some(outcome),
                None => report_value(sheet, attribute, "`best`, `good` or `poor`"),
            },
            "next" => match anchor(attribute) {
                Some(next) => self.next = Some(next),
                None => report_value(sheet, attribute, "the id of a step, such as `#start`"),
            },
            "skip" => match anchor(attribute) {
                Some(skip) => self.skip = Some(skip),
                None => report_value(
                    sheet,
                    attribute,
                    "the id of a section, such as `#next-steps`",
                ),
            },
            "ids" => self.read_signposts(sheet, attribute),
            _ => return false,
        }
        true
    }

    fn read_signposts(&mut self, sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) {
        let registers = &sheet.context.registers;
        for (id, range) in items(attribute) {
            if let Some(signpost) = registers.signpost(id) {
                self.signposts.push(signpost);
                continue;
            }
            let help = registers.signpost_like(id).map(question);
            sheet.report(
                Rule::UnknownSignpost,
                &range,
                format!("no signpost `{id}` in the register"),
                help.or(Some("add it to modules/signposts.toml".into())),
            );
        }
    }
}

/// Returns what stands behind the `#` of a value, and where the value stands.
fn anchor(attribute: &Attribute<'_>) -> Option<(String, Range<usize>)> {
    let id = attribute
        .value
        .strip_prefix('#')
        .filter(|id| !id.is_empty())?;
    Some((id.to_owned(), attribute.value_range.clone()))
}

fn report_value(sheet: &mut Sheet<'_>, attribute: &Attribute<'_>, expected: &str) {
    sheet.report(
        Rule::UnknownAttribute,
        &attribute.range,
        format!("`{}` cannot be `{}`", attribute.key, attribute.value),
        Some(format!("it is {expected}")),
    );
}

/// Reports an attribute that nothing of this kind can carry.
pub(super) fn report_unknown(
    sheet: &mut Sheet<'_>,
    attribute: &Attribute<'_>,
    carrier: &str,
    known: &[&str],
) {
    let key = attribute.key;
    let help = did_you_mean(key, known.iter().copied()).unwrap_or_else(|| {
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        format!("it can carry `#id`, {}", names.join(", "))
    });
    sheet.report(
        Rule::UnknownAttribute,
        &attribute.range,
        format!("{carrier} has no attribute `{key}`"),
        Some(help),
    );
}
