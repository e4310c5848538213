//! Topics, claims, services and questions that differ, and the sections that touch them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::moves::Comparison;
use super::value::{
    Change, ClaimChange, FieldChange, PageChange, QuestionChange, SectionPlace, SignpostChange,
    TopicChange,
};
use crate::model::registers::Standing;
use crate::report::passages::passages;
use crate::report::snapshot::{Claim, Evidence, Question, Service, Topic, Words};

/// The sections that differ, by what they carry.
pub struct Touched<'c> {
    topics: BTreeMap<&'c str, Vec<SectionPlace<'c>>>,
    claims: BTreeMap<&'c str, Vec<SectionPlace<'c>>>,
}

impl<'c> Touched<'c> {
    /// Gathers what the sections of pages carry.
    pub fn by(pages: &[PageChange<'c>]) -> Self {
        let mut touched = Self {
            topics: BTreeMap::new(),
            claims: BTreeMap::new(),
        };
        let sections = pages
            .iter()
            .flat_map(|page| page.sections.iter().map(move |section| (page, section)));
        for (page, section) in sections {
            let place = SectionPlace {
                file: page.file,
                line: section.line,
                anchor: section.anchor,
                heading: section.heading,
                is_gone: section.change == Change::Gone,
            };
            for topic in &section.topics {
                touched.topics.entry(*topic).or_default().push(place);
            }
            for claim in &section.claims {
                touched.claims.entry(*claim).or_default().push(place);
            }
        }
        touched
    }
}

/// Two lists held against each other by what names their members: those of now in their order, then those that are gone.
fn matched<'c, T>(
    before: &'c [T],
    after: &'c [T],
    key: impl Fn(&'c T) -> &'c str,
) -> Vec<(Option<&'c T>, Option<&'c T>)> {
    let mut old: HashMap<&str, &T> = HashMap::new();
    for entry in before {
        old.entry(key(entry)).or_insert(entry);
    }
    let new: BTreeSet<&str> = after.iter().map(&key).collect();
    let now = after
        .iter()
        .map(|entry| (old.get(key(entry)).copied(), Some(entry)));
    let gone = before.iter().filter(|entry| !new.contains(key(entry)));
    now.chain(gone.map(|entry| (Some(entry), None))).collect()
}

/// Returns how something differs by itself; `Touched` where it has no differences.
fn change_of<T>(before: Option<T>, after: Option<T>, differences: usize) -> Change {
    match (before, after, differences) {
        (None, ..) => Change::New,
        (_, None, _) => Change::Gone,
        (.., 0) => Change::Touched,
        _ => Change::Changed,
    }
}

/// Returns the values that differ, by their keys in the order of now.
fn fields<'c>(before: &[(&'c str, String)], after: &[(&'c str, String)]) -> Vec<FieldChange<'c>> {
    let value = |list: &[(&str, String)], key: &str| {
        let found = list.iter().find(|(name, _)| *name == key);
        found.map_or_else(String::new, |(_, value)| value.clone())
    };
    let mut keys: Vec<&'c str> = after.iter().chain(before).map(|(key, _)| *key).collect();
    let mut seen = BTreeSet::new();
    keys.retain(|key| seen.insert(*key));
    let all = keys.into_iter().map(|field| FieldChange {
        field,
        before: value(before, field),
        after: value(after, field),
    });
    all.filter(|field| field.before != field.after).collect()
}

/// Returns the topics that differ, or that changed sections carry.
pub fn topics<'c>(
    comparison: &'c Comparison<'_>,
    touched: &mut Touched<'c>,
) -> Vec<TopicChange<'c>> {
    let (before, after) = (&comparison.before.topics, &comparison.after.topics);
    let all = matched(before, after, |topic| &topic.id);
    let all = all.into_iter().filter_map(|(before, after)| {
        let topic = after.or(before)?;
        let fields = match (before, after) {
            (Some(before), Some(after)) => {
                fields_known(&topic_fields(before), &topic_fields(after))
            }
            _ => Vec::new(),
        };
        let sections = touched.topics.remove(&*topic.id).unwrap_or_default();
        let change = change_of(before, after, fields.len());
        (change != Change::Touched || !sections.is_empty()).then(|| TopicChange {
            id: &topic.id,
            name: &topic.name,
            change,
            fields,
            sections,
        })
    });
    all.collect()
}

fn topic_fields(topic: &Topic<'_>) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("name", Some(topic.name.to_string())),
        ("aliases", Some(topic.aliases.join(", "))),
        ("definition", Some(topic.definition.to_string())),
        ("in_short", topic.in_short.as_deref().map(str::to_owned)),
        ("home", Some(topic.home.to_string())),
        ("requires", Some(topic.requires.join("; "))),
        ("exempt", Some(topic.exempt.join("; "))),
    ]
}

fn claim_fields(claim: &Claim<'_>) -> Vec<(&'static str, Option<String>)> {
    let name = |standing: Standing| standing.name().to_owned();
    vec![
        ("text", Some(claim.text.to_string())),
        ("status", Some(name(claim.status))),
        ("statement", claim.statement.map(name)),
        ("expects", claim.expects.as_deref().map(str::to_owned)),
        ("note", claim.note.as_deref().map(str::to_owned)),
    ]
}

/// Returns the values that differ, of keys that both sides have something to say about: an older snapshot says nothing about newer keys.
fn fields_known<'c>(
    before: &[(&'c str, Option<String>)],
    after: &[(&'c str, Option<String>)],
) -> Vec<FieldChange<'c>> {
    let both = before.iter().zip(after);
    let known = both.filter_map(|((key, before), (_, after))| {
        Some(((*key, before.clone()?), (*key, after.clone()?)))
    });
    let (before, after): (Vec<_>, Vec<_>) = known.unzip();
    fields(&before, &after)
}

/// Returns the claims that differ, or whose evidence does.
pub fn claims<'c>(
    comparison: &'c Comparison<'_>,
    touched: &mut Touched<'c>,
) -> Vec<ClaimChange<'c>> {
    let (before, after) = (&comparison.before.claims, &comparison.after.claims);
    let all = matched(before, after, |claim| &claim.id);
    let all = all.into_iter().filter_map(|(before, after)| {
        let claim = after.or(before)?;
        let fields = match (before, after) {
            (Some(before), Some(after)) => {
                fields_known(&claim_fields(before), &claim_fields(after))
            }
            _ => Vec::new(),
        };
        let evidence =
            |claim: Option<&'c Claim<'_>>| claim.map_or(&[][..], |claim| &claim.evidence);
        let (gained, lost) = (
            without(evidence(after), evidence(before)),
            without(evidence(before), evidence(after)),
        );
        let sections = touched.claims.remove(&*claim.id).unwrap_or_default();
        let differences = fields.len() + gained.len() + lost.len();
        let change = change_of(before, after, differences);
        (change != Change::Touched || !sections.is_empty()).then(|| ClaimChange {
            id: &claim.id,
            commitment: &claim.commitment,
            text: &claim.text,
            change,
            fields,
            evidence_gained: gained,
            evidence_lost: lost,
            sections,
        })
    });
    all.collect()
}

/// Returns the places of a list that another list does not have. A place is known by its page and anchor: its sentence may be another.
fn without<'c>(places: &'c [Evidence<'c>], other: &[Evidence<'_>]) -> Vec<&'c Evidence<'c>> {
    let known: BTreeSet<(&str, &str)> = other
        .iter()
        .map(|place| (&*place.file, &*place.anchor))
        .collect();
    let new = places
        .iter()
        .filter(|place| !known.contains(&(&*place.file, &*place.anchor)));
    new.collect()
}

/// Returns the services that differ.
pub fn signposts<'c>(comparison: &'c Comparison<'_>) -> Vec<SignpostChange<'c>> {
    let (before, after) = (&comparison.before.signposts, &comparison.after.signposts);
    let all = matched(before, after, |service| &service.id);
    let all = all.into_iter().filter_map(|(before, after)| {
        let service = after.or(before)?;
        let fields = match (before, after) {
            (Some(before), Some(after)) => fields(&service_fields(before), &service_fields(after)),
            _ => Vec::new(),
        };
        let pages =
            |service: Option<&'c Service<'_>>| service.map_or(&[][..], |service| &service.pages);
        let (shown, no_longer_shown) = (
            names_without(pages(after), pages(before)),
            names_without(pages(before), pages(after)),
        );
        let differences = fields.len() + shown.len() + no_longer_shown.len();
        let change = change_of(before, after, differences);
        (change != Change::Touched).then_some(SignpostChange {
            id: &service.id,
            name: &service.name,
            change,
            fields,
            shown,
            no_longer_shown,
        })
    });
    all.collect()
}

fn service_fields<'s>(service: &'s Service<'_>) -> Vec<(&'s str, String)> {
    let details = service
        .details
        .iter()
        .map(|(key, value)| (&**key, value.to_string()));
    std::iter::once(("name", service.name.to_string()))
        .chain(details)
        .collect()
}

fn names_without<'c>(names: &'c [Words<'_>], other: &[Words<'_>]) -> Vec<&'c str> {
    let known: BTreeSet<&str> = other.iter().map(|name| &**name).collect();
    names
        .iter()
        .map(|name| &**name)
        .filter(|name| !known.contains(name))
        .collect()
}

/// Returns the questions that differ.
pub fn questions<'c>(comparison: &'c Comparison<'_>) -> Vec<QuestionChange<'c>> {
    let (before, after) = (&comparison.before.questions, &comparison.after.questions);
    let mut old: HashMap<(&str, &str), &Question<'_>> = HashMap::new();
    for question in before {
        old.entry((&*question.file, &*question.anchor))
            .or_insert(question);
    }
    let mut all = Vec::new();
    for question in after {
        let former = old.remove(&(&*question.file, &*question.anchor));
        let change = question_change(former, Some(question), question);
        let is_other = |former: &Question<'_>| {
            former.lines != question.lines
                || former.title != question.title
                || !change.fields.is_empty()
        };
        if former.is_none_or(is_other) {
            all.push(change);
        }
    }
    let is_gone =
        |question: &&Question<'_>| old.contains_key(&(&*question.file, &*question.anchor));
    let gone = before.iter().filter(is_gone);
    all.extend(gone.map(|question| question_change(Some(question), None, question)));
    all
}

/// Returns how a question differs; `shown` is the side that names it.
fn question_change<'c>(
    before: Option<&'c Question<'_>>,
    after: Option<&'c Question<'_>>,
    shown: &'c Question<'_>,
) -> QuestionChange<'c> {
    let lines = |side: Option<&'c Question<'_>>| -> Vec<&'c str> {
        let lines = side.map_or(&[][..], |question| &question.lines);
        lines.iter().map(|line| &**line).collect()
    };
    let right = |question: &Question<'_>| {
        let right = question.right.as_ref().map(|right| right.join("; "));
        [("right", right)]
    };
    QuestionChange {
        file: &shown.file,
        line: shown.line,
        anchor: &shown.anchor,
        title: &shown.title,
        change: change_of(before, after, 1),
        fields: match (before, after) {
            (Some(before), Some(after)) => fields_known(&right(before), &right(after)),
            _ => Vec::new(),
        },
        passages: passages(&lines(before), &lines(after)),
    }
}
