//! Reads what the braces behind a heading, a span, a link or an image, and those of a block, give it.
//!
//! In: the attributes as they are written. Out: what they say. Every fault in them is a finding; what is left is still read.

use std::fmt;
use std::ops::Range;

use super::sheet::Sheet;
use super::source::attributes::{Attribute, items};
use crate::model::Rule;
use crate::model::attributes::Key;
use crate::model::blocks::{BlockKind, Order, Outcome};
use crate::model::finding::Fix;
use crate::model::foreign::{Direction, Foreign};
use crate::model::lesson::{NamedKind, Width};
use crate::model::nearness::{Names, question};
use crate::model::registers::{Placed, SignpostId, TopicId};
use crate::model::slug::{self, slug};
use crate::model::text::quoted;

/// A value together with the range where it is written.
pub(super) type Ranged = (String, Range<usize>);

/// What something carries in braces.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// The id that the author gave.
    pub id: Option<Ranged>,
    pub topics: Vec<TopicId>,
    pub claims: Vec<Placed<Box<str>>>,
    pub quote: Option<Ranged>,
    pub foreign: Foreign,
    pub minutes: Option<u32>,
    pub materials: Box<str>,
    pub group: Box<str>,
    pub order: Order,
    pub outcome: Option<Outcome>,
    pub next: Option<Ranged>,
    pub skip: Option<Ranged>,
    pub signposts: Vec<SignpostId>,
    pub editorial: bool,
    pub width: Option<Width>,
    pub height: Option<u32>,
    pub alt: Option<String>,
}

/// What carries attributes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carrier {
    pub name: Name,
    /// What it may carry: with others of its sort, and alone.
    pub keys: (&'static [Key], &'static [Key]),
    /// Whether it may have an id.
    pub id: Identity,
}

/// What something is called in findings.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    /// As its kind is.
    Block(BlockKind),
    /// In words, such as "a heading".
    Words(&'static str),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(kind) => write!(f, "`{}`", kind.name()),
            Self::Words(words) => f.write_str(words),
        }
    }
}

impl Carrier {
    fn keys(&self) -> impl Iterator<Item = Key> + Clone + use<> {
        let (common, own) = self.keys;
        common.iter().chain(own).copied()
    }
}

/// Whether something may have an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// A link may name it.
    Own,
    /// It has none.
    None,
}

impl Given {
    /// Reads attributes.
    pub fn read(sheet: &mut Sheet<'_>, carrier: Carrier, list: &[Attribute<'_>]) -> Self {
        let mut given = Self::default();
        for attribute in list {
            note_unsigned(sheet, attribute);
            if attribute.key == "#" && carrier.id == Identity::Own {
                given.id = given_id(sheet, attribute);
                continue;
            }
            match carrier.keys().find(|key| key.name() == attribute.key) {
                Some(key) => given.take(sheet, key, attribute),
                None => {
                    // So that what was meant is not said to be missing as well.
                    if let Some(key) = report_unknown(sheet, attribute, carrier) {
                        given.take(sheet, key, attribute);
                    }
                }
            }
        }
        given.foreign = sheet.context.language.directed(given.foreign);
        given
    }

    /// Takes one attribute. Whatever the table of keys has is read here: a key that is forgotten does not compile.
    fn take(&mut self, sheet: &mut Sheet<'_>, key: Key, attribute: &Attribute<'_>) {
        let value = attribute.value;
        let words = || Some(value).filter(|value| !value.trim().is_empty());
        let is_read = match key {
            Key::Topics => {
                self.read_topics(sheet, attribute);
                true
            }
            Key::Claims => {
                self.read_claims(sheet, attribute);
                true
            }
            Key::Ids => {
                self.read_signposts(sheet, attribute);
                true
            }
            Key::Quote => put(
                &mut self.quote,
                words().map(|words| ranged(words, attribute)),
            ),
            Key::Lang => put(&mut self.foreign.lang, value.parse().ok()),
            Key::Dir => put(&mut self.foreign.dir, Direction::named(value)),
            Key::Minutes => put(&mut self.minutes, value.parse().ok()),
            Key::Materials => words().map(|words| self.materials = words.into()).is_some(),
            Key::Group => words().map(|words| self.group = words.into()).is_some(),
            Key::Order => {
                self.order = Order::Written;
                value == "written"
            }
            Key::Outcome => put(&mut self.outcome, Outcome::named(value)),
            Key::Next => put(&mut self.next, anchor(attribute)),
            Key::Skip => put(&mut self.skip, anchor(attribute)),
            Key::Editorial => {
                self.editorial = true;
                value.is_empty()
            }
            Key::Width => put(&mut self.width, width(value)),
            Key::Height => put(&mut self.height, pixels(value)),
            Key::Alt => put(&mut self.alt, Some(value.to_owned())),
        };
        if !is_read {
            sheet.report(
                Rule::UnknownAttribute,
                &attribute.range,
                format!("`{}` cannot be `{}`", attribute.key, quoted(value)),
                Some(format!("it is {}", key.expected())),
            );
        }
    }

    fn read_topics(&mut self, sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) {
        let registers = &sheet.context.registers;
        for (id, range) in items(attribute) {
            sheet.name(NamedKind::Topic, &range);
            if let Some(topic) = registers.topic(id) {
                self.topics.push(topic);
                continue;
            }
            let near = registers.topic_like(id);
            // So that what was meant is not said to be missing as well.
            self.topics
                .extend(near.and_then(|near| registers.topic(near.name)));
            let message = format!("no topic `{id}` in the register");
            let otherwise = "add it to modules/topics.toml";
            sheet.report_unknown((Rule::UnknownTopic, message), &range, near, otherwise);
        }
    }

    fn read_claims(&mut self, sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) {
        for (_, range) in items(attribute) {
            sheet.name(NamedKind::Claim, &range);
        }
        let claims = items(attribute).map(|(id, range)| Placed {
            value: id.into(),
            place: sheet.source.place(&range),
            at: sheet.source.at(&range),
        });
        self.claims.extend(claims);
    }

    fn read_signposts(&mut self, sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) {
        let registers = &sheet.context.registers;
        for (id, range) in items(attribute) {
            sheet.name(NamedKind::Signpost, &range);
            if let Some(signpost) = registers.signpost(id) {
                self.signposts.push(signpost);
                continue;
            }
            let near = registers.signpost_like(id);
            let message = format!("no signpost `{id}` in the register");
            let otherwise = "add it to modules/signposts.toml";
            sheet.report_unknown((Rule::UnknownSignpost, message), &range, near, otherwise);
        }
    }
}

/// Returns whether an attribute may change without anybody signing the page off again: it says where words stand, how they are spoken, how long something takes,
/// which of them are shown as evidence, or where options are shown.
pub(super) fn is_unsigned(key: &str) -> bool {
    let keys = [
        Key::Lang,
        Key::Quote,
        Key::Minutes,
        Key::Editorial,
        Key::Order,
    ];
    key == "#" || keys.iter().any(|unsigned| unsigned.name() == key)
}

/// Notes an attribute that nobody signs off.
pub(super) fn note_unsigned(sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) {
    if is_unsigned(attribute.key) {
        let at = sheet.source.at(&attribute.range);
        sheet.notes.unsigned(at);
    }
}

/// Puts a value that could be read where it belongs; returns whether it could.
fn put<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let is_read = value.is_some();
    if is_read {
        *field = value;
    }
    is_read
}

fn ranged(value: &str, attribute: &Attribute<'_>) -> Ranged {
    (value.to_owned(), attribute.value_range.clone())
}

/// Returns what stands behind the `#` of a value, and where the value stands.
fn anchor(attribute: &Attribute<'_>) -> Option<Ranged> {
    let id = attribute.value.strip_prefix('#');
    let id = id.filter(|id| !id.is_empty())?;
    Some(ranged(&slug::id(id), attribute))
}

/// Returns a length in pixels, with or without its unit.
fn pixels(value: &str) -> Option<u32> {
    let number = value.strip_suffix("px").unwrap_or(value);
    number
        .parse()
        .ok()
        .filter(|pixels| (1..=10_000).contains(pixels))
}

/// Returns a width in pixels, or as a share of the text's.
fn width(value: &str) -> Option<Width> {
    let Some(share) = value.strip_suffix('%') else {
        return pixels(value).map(Width::Pixels);
    };
    let share: u8 = share
        .parse()
        .ok()
        .filter(|share| (1..=100).contains(share))?;
    Some(Width::Tenths(((share + 5) / 10).max(1)))
}

fn given_id(sheet: &mut Sheet<'_>, attribute: &Attribute<'_>) -> Option<Ranged> {
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
    Some((slug::id(id).into_owned(), range.clone()))
}

/// Reports an attribute that nothing of this kind can carry; returns the key that was meant.
fn report_unknown(
    sheet: &mut Sheet<'_>,
    attribute: &Attribute<'_>,
    carrier: Carrier,
) -> Option<Key> {
    let known = carrier.keys().map(Key::name);
    let (key, mark) = match attribute.key {
        "#" => ("#id", "#id"),
        key => (key, ""),
    };
    let names = Names::new(known.clone());
    let near = names.near(key).filter(|_| mark.is_empty());
    let help = near.map(|near| question(near.name)).unwrap_or_else(|| {
        let id = (carrier.id == Identity::Own).then(|| "`#id`".to_owned());
        let names = known.map(|name| format!("`{name}`"));
        let names: Vec<String> = id.into_iter().chain(names).collect();
        format!("it can carry {}", names.join(", "))
    });
    let key_range = attribute.range.start..attribute.range.start + key.len();
    let is_written = sheet.source.says(&key_range, key);
    let write = near.filter(|near| near.is_certain && is_written);
    let fix = write.and_then(|near| Fix::at(sheet.source.at(&key_range), near.name));
    let message = format!("{} has no attribute `{key}`", carrier.name);
    let (rule, range) = (Rule::UnknownAttribute, &attribute.range);
    let finding = sheet.source.finding(rule, range, message, Some(help));
    sheet.notes.finding(finding.maybe_fix(fix));
    near.and_then(|near| Key::named(near.name))
}
