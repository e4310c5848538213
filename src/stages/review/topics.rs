//! Holds topics against their register: gaps, order, exemptions, homes, and names that stand unlinked.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::model::blocks::Depth;
use crate::model::coverage::{CellStatus, Coverage};
use crate::model::curriculum::{Demands, DocumentId, ModuleId, Occurrence};
use crate::model::lesson::{Lesson, LinkKind};
use crate::model::registers::{LinkPolicy, Topic, TopicId};
use crate::model::{Curriculum, Finding, Place, Register, Rule};

/// Reviews all topics.
pub fn review(curriculum: &Curriculum, coverage: &Coverage, findings: &mut Vec<Finding>) {
    let topics = (0..curriculum.registers.topics.len() as u32).into_par_iter();
    let found: Vec<Vec<Finding>> = topics
        .map(|index| review_topic(curriculum, coverage, TopicId(index)))
        .collect();
    findings.extend(found.into_iter().flatten());
}

fn review_topic(curriculum: &Curriculum, coverage: &Coverage, id: TopicId) -> Vec<Finding> {
    let mut findings = Vec::new();
    report_gaps(curriculum, coverage, id, &mut findings);
    report_exemptions(curriculum, coverage, id, &mut findings);
    report_order(curriculum, id, &mut findings);
    report_home(curriculum, id, &mut findings);
    findings
}

fn report_gaps(
    curriculum: &Curriculum,
    coverage: &Coverage,
    id: TopicId,
    findings: &mut Vec<Finding>,
) {
    let topic = &curriculum.registers.topics[id.0 as usize];
    let demands = &curriculum.demands[id.0 as usize];
    for (index, module) in curriculum.modules.iter().enumerate() {
        let module_id = ModuleId(index as u32);
        let cell = coverage.cell(id, module_id);
        if cell.status != CellStatus::Gap {
            continue;
        }
        for depth in cell.gaps() {
            let place = requirement(demands, depth, module_id).unwrap_or(topic.place);
            let message = format!(
                "`{}` is not {} in the module `{}`",
                topic.id,
                depth.name(),
                module.name
            );
            findings.push(
                Finding::new(Rule::TopicGap, Register::Topics.path(), place, message)
                    .help(mend(topic, depth)),
            );
        }
    }
}

/// Returns where the register asks a module for a depth.
fn requirement(demands: &Demands, depth: Depth, module: ModuleId) -> Option<Place> {
    let mut of_depth = demands
        .requires
        .iter()
        .filter(|requirement| requirement.depth == depth);
    of_depth.find_map(|requirement| requirement.of.place(module))
}

fn mend(topic: &Topic, depth: Depth) -> String {
    let id = &topic.id;
    let carrier = match depth {
        Depth::Mentioned => {
            return format!("link it there with `[[{id}]]`, or exempt the module with a reason");
        }
        Depth::Introduced => {
            "a heading or an `example`, `objectives`, `keypoints` or `checkpoint` block"
        }
        Depth::Practised => "an `activity`, `discussion` or `scenario`",
        Depth::Assessed => "a `question`",
    };
    format!("carry it there with `topics={id}` on {carrier}, or exempt the module with a reason")
}

fn report_exemptions(
    curriculum: &Curriculum,
    coverage: &Coverage,
    id: TopicId,
    findings: &mut Vec<Finding>,
) {
    let topic = &curriculum.registers.topics[id.0 as usize];
    for exempt in &curriculum.demands[id.0 as usize].exempt {
        let name = &exempt.named.value;
        let cell = coverage.cell(id, exempt.module);
        let excuses = |depth: &Depth| exempt.depths().contains(depth);
        let message = match cell.status {
            CellStatus::None => format!(
                "`{name}` need not treat `{}`, so there is nothing to exempt",
                topic.id
            ),
            CellStatus::Met => format!("`{name}` does all that is asked of it for `{}`", topic.id),
            CellStatus::Gap | CellStatus::Exempt if cell.missing().iter().any(excuses) => continue,
            CellStatus::Gap | CellStatus::Exempt => format!(
                "`{name}` reaches the depths of `{}` that it is exempt from",
                topic.id
            ),
        };
        findings.push(
            Finding::new(
                Rule::UnusedExemption,
                Register::Topics.path(),
                exempt.named.place,
                message,
            )
            .help("remove the exemption"),
        );
    }
}

/// Reports places that practise or assess a topic before the first that introduces it; where none does, the first of them.
fn report_order(curriculum: &Curriculum, id: TopicId, findings: &mut Vec<Finding>) {
    let topic = &curriculum.registers.topics[id.0 as usize];
    let introduction = curriculum
        .thread(id)
        .find(|occurrence| occurrence.depth == Depth::Introduced);
    let early = curriculum
        .thread(id)
        .take_while(|occurrence| introduction != Some(*occurrence))
        .filter(|occurrence| occurrence.depth > Depth::Introduced);
    let limit = if introduction.is_some() {
        usize::MAX
    } else {
        1
    };
    for occurrence in early.take(limit) {
        let file = curriculum
            .document(occurrence.document)
            .lesson
            .path
            .from_root();
        let done = occurrence.depth.name();
        let (message, help) = match introduction {
            Some(first) => (
                format!("`{}` is {done} here before it is introduced", topic.id),
                format!(
                    "introduce it before; the first introduction stands in {}",
                    whereabouts(curriculum, first)
                ),
            ),
            None => (
                format!("`{}` is {done} here, and nothing introduces it", topic.id),
                format!(
                    "carry it with `topics={}` on a heading before, and teach it there",
                    topic.id
                ),
            ),
        };
        findings
            .push(Finding::new(Rule::TopicOutOfOrder, file, occurrence.place, message).help(help));
    }
}

fn whereabouts(curriculum: &Curriculum, occurrence: &Occurrence) -> String {
    let path = curriculum
        .document(occurrence.document)
        .lesson
        .path
        .from_root();
    format!("{path}:{}", occurrence.place.line)
}

fn report_home(curriculum: &Curriculum, id: TopicId, findings: &mut Vec<Finding>) {
    let topic = &curriculum.registers.topics[id.0 as usize];
    let (Some(home), Some(document)) = (&topic.home, curriculum.homes[id.0 as usize]) else {
        return;
    };
    let introduces = curriculum
        .thread(id)
        .any(|occurrence| occurrence.document == document && occurrence.depth == Depth::Introduced);
    if !introduces {
        findings.push(
            Finding::new(
                Rule::HomeWithoutIntroduction,
                Register::Topics.path(),
                home.place,
                format!(
                    "no heading or teaching block in the home of `{}` introduces it",
                    topic.id
                ),
            )
            .help(format!(
                "carry it there with `topics={}`, or name another home",
                topic.id
            )),
        );
    }
}

/// Reports names that stand unlinked in a document, once in each section that does not lead to the topic already.
pub fn review_document(
    id: DocumentId,
    lesson: &Lesson,
    curriculum: &Curriculum,
    findings: &mut Vec<Finding>,
) {
    // Sections that lead to topics, or whose names were reported; made for lessons that have such names.
    let mut done = None;
    for mention in &lesson.mentions {
        let topic = &curriculum.registers.topics[mention.topic.0 as usize];
        // Names that link themselves leave nothing to decide, and the home is where the links would lead.
        let is_linkable = topic.link == LinkPolicy::Never || !topic.distinctive;
        if !is_linkable || curriculum.homes[mention.topic.0 as usize] == Some(id) {
            continue;
        }
        let done = done.get_or_insert_with(|| leading(lesson, &curriculum.registers.topics));
        if !done.insert((mention.section, topic.id.as_str())) {
            continue;
        }
        let words = &lesson.text[mention.text_start as usize..mention.text_end as usize];
        findings.push(
            Finding::new(
                Rule::UnlinkedMention,
                lesson.path.from_root(),
                mention.place,
                format!("`{words}` stands here without a link to `{}`", topic.id),
            )
            .help(format!(
                "where a learner would want to follow, write `[[{}|{words}]]`",
                topic.id
            )),
        );
    }
}

/// Returns which sections lead to which topics: by a link, or by a heading that carries them.
fn leading<'c>(lesson: &'c Lesson, topics: &'c [Topic]) -> HashSet<(Option<u32>, &'c str)> {
    let links = lesson.links.iter();
    let linked = links
        .filter(|link| link.kind == LinkKind::Topic)
        .map(|link| (link.section, &*link.target));
    let headings = (0..).zip(&lesson.headings);
    let carried = headings.flat_map(|(index, heading)| {
        let ids = heading.topics.iter();
        ids.map(move |id| (Some(index), topics[id.0 as usize].id.as_str()))
    });
    linked.chain(carried).collect()
}
