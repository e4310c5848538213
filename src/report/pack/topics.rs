//! Topics, with the places that take them further than a mention.

use super::registered::{Modules, Unknown, named};
use super::value::{Entry, Proof};
use crate::model::blocks::Depth;
use crate::model::coverage::CellStatus;
use crate::report::basis::Basis;
use crate::report::coverage::{CoverageReport, Found, TopicRow, verdict};
use crate::report::words::counted;

/// Places of a topic that people read; where there are more, the deepest.
const MOST: usize = 200;

/// Returns the topics with these ids.
pub fn by_id<'c>(
    basis: &Basis<'c>,
    modules: &Modules<'c>,
    ids: &[String],
) -> Result<Vec<Entry<'c>>, Unknown> {
    let report = CoverageReport::new(basis);
    let found = named("topic", ids, &report.topics, |topic| &*topic.id)?;
    Ok(found
        .into_iter()
        .map(|topic| entry(topic, modules))
        .collect())
}

fn entry<'c>(topic: &TopicRow<'c>, modules: &Modules<'c>) -> Entry<'c> {
    let mut found: Vec<&Found<'c>> = topic
        .modules
        .iter()
        .flat_map(|cell| &cell.occurrences)
        .collect();
    // The sort is stable: places of one depth stay in reading order.
    found.sort_by_key(|found| std::cmp::Reverse(found.depth));
    let taught = found
        .iter()
        .filter(|found| found.depth > Depth::Mentioned)
        .count();
    let listed = if taught > 0 { taught } else { found.len() }.min(MOST);
    let counts = Depth::ALL.iter().rev().filter_map(|depth| {
        let count = found.iter().filter(|found| found.depth == *depth).count();
        (count > 0).then(|| format!("{} in {}", depth.name(), counted(count, "place")))
    });
    let counts: Vec<String> = counts.collect();
    let counts = if counts.is_empty() {
        "it stands nowhere".to_owned()
    } else {
        counts.join(", ")
    };
    Entry {
        kind: "topic",
        id: topic.id.clone(),
        text: topic.definition.clone(),
        heading: topic.name.to_string(),
        statement: None,
        answer: format!("{}: {counts}", verdict(topic)),
        expects: "",
        holds: topic.count(&[CellStatus::Gap]) == 0,
        limits: limits(topic),
        evidence: found.iter().map(|found| proof(found, modules)).collect(),
        further: found.len() - listed,
    }
}

/// Says in which modules something is missing or excused.
fn limits<'c>(topic: &TopicRow<'c>) -> Vec<std::borrow::Cow<'c, str>> {
    let stands = |status: CellStatus| {
        topic
            .modules
            .iter()
            .filter(move |cell| cell.status == status)
    };
    let gaps =
        stands(CellStatus::Gap).map(|cell| format!("{}: {}", cell.module, cell.shown().words));
    let exempt =
        stands(CellStatus::Exempt).map(|cell| format!("{}: {}", cell.module, cell.shown().words));
    gaps.chain(exempt).map(Into::into).collect()
}

fn proof<'c>(found: &Found<'c>, modules: &Modules<'c>) -> Proof<'c> {
    Proof {
        depth: found.depth.name(),
        quote: found.text.clone(),
        module: modules.of(&found.file),
        file: found.file.clone(),
        line: found.line,
        anchor: found.anchor.clone(),
        heading: "".into(),
        limits: "".into(),
    }
}
