//! Follows the steps and choices of a scenario, and reports paths that lead nowhere.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::super::sheet::Sheet;
use super::super::source::opening::Opening;
use crate::model::Rule;
use crate::model::blocks::Outcome;
use crate::model::nearness::{Names, question};

/// The stations of a scenario while it is being read.
#[derive(Debug, Default)]
pub(super) struct Scenario {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    id: Arc<str>,
    /// Its position among the lesson's blocks; none of the step around choices that stand in the scenario itself.
    block: Option<u32>,
    range: Range<usize>,
    ends: bool,
    choices: u32,
    ways: Vec<Way>,
}

/// A way from a choice to a step.
#[derive(Debug)]
struct Way {
    /// The choice's position among the lesson's blocks.
    choice: u32,
    /// What its author wrote, and where.
    next: (String, Range<usize>),
}

impl Scenario {
    /// Adds a step; one with an outcome ends the scenario.
    pub fn add_step(
        &mut self,
        block: u32,
        id: &Arc<str>,
        range: &Range<usize>,
        outcome: Option<Outcome>,
    ) {
        self.steps.push(Step {
            block: Some(block),
            ends: outcome.is_some(),
            ..Step::new(Arc::clone(id), range)
        });
    }

    /// Adds a choice to the last step.
    pub fn add_choice(
        &mut self,
        block: u32,
        range: &Range<usize>,
        next: Option<(String, Range<usize>)>,
    ) {
        if self.steps.is_empty() {
            self.steps.push(Step::new("".into(), range));
        }
        if let Some(step) = self.steps.last_mut() {
            step.choices += 1;
            step.ways.extend(next.map(|next| Way {
                choice: block,
                next,
            }));
        }
    }

    /// Returns how many choices the last step has so far, which is the written number of the last.
    pub fn choice_number(&self) -> u32 {
        self.steps.last().map_or(0, |step| step.choices)
    }

    /// Ends the scenario: notes where its choices lead, and reports choices that lead nowhere, steps that nothing leads to, and steps that offer no
    /// way on.
    pub fn end(&self, sheet: &mut Sheet<'_>, range: &Range<usize>) {
        let ids = self.ids();
        for way in self.steps.iter().flat_map(|step| &step.ways) {
            match self.end_of(way, &ids) {
                Some(step) if sheet.notes.reads(way.choice, step) => {
                    sheet.notes.lead(way.choice, step);
                }
                Some(_) => report_hidden(sheet, way),
                None => {}
            }
        }
        if self.steps.iter().all(|step| step.choices == 0) {
            sheet.report(
                Rule::ScenarioDeadEnd,
                range,
                "this scenario offers no choice".into(),
                Some("add a `choice` block to its first step".into()),
            );
            return;
        }
        let last = self.steps.len() - 1;
        let names = LazyCell::new(|| Names::new(self.steps.iter().map(|step| &*step.id)));
        for (index, step) in self.steps.iter().enumerate() {
            for way in &step.ways {
                if !ids.contains_key(way.next.0.as_str()) {
                    report_missing(sheet, way, names.nearest(&way.next.0));
                }
            }
            if step.choices == 0 && !step.ends && index != last {
                sheet.report(
                    Rule::ScenarioDeadEnd,
                    &step.range,
                    format!("the step `{}` offers no choice", step.id),
                    Some(
                        "add a `choice`, or mark an ending with `outcome=best`, `good` or `poor`"
                            .into(),
                    ),
                );
            }
        }
        for step in self.unreachable(&ids) {
            sheet.report(
                Rule::ScenarioDeadEnd,
                &step.range,
                format!("no choice leads to the step `{}`", step.id),
                Some(format!(
                    "add `next=#{}` to a choice, or remove the step",
                    step.id
                )),
            );
        }
    }

    /// Returns the block of the step that a way leads to.
    fn end_of(&self, way: &Way, ids: &HashMap<&str, usize>) -> Option<u32> {
        let step = ids.get(way.next.0.as_str())?;
        self.steps[*step].block
    }

    /// Returns the first step of each id.
    fn ids(&self) -> HashMap<&str, usize> {
        let mut ids = HashMap::with_capacity(self.steps.len());
        for (index, step) in self.steps.iter().enumerate() {
            ids.entry(&*step.id).or_insert(index);
        }
        ids
    }

    /// Returns the steps that cannot be reached; a last step without choices is the debrief that every path may end in.
    fn unreachable(&self, ids: &HashMap<&str, usize>) -> Vec<&Step> {
        let mut reached = vec![false; self.steps.len()];
        let mut open = vec![0];
        while let Some(index) = open.pop() {
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            for way in &self.steps[index].ways {
                open.extend(ids.get(way.next.0.as_str()));
            }
        }
        let last = self.steps.len() - 1;
        self.steps
            .iter()
            .enumerate()
            .filter(|(index, _)| !reached[*index])
            .filter(|(index, step)| *index != last || step.choices > 0)
            .map(|(_, step)| step)
            .collect()
    }
}

impl Step {
    fn new(id: Arc<str>, range: &Range<usize>) -> Self {
        Self {
            id,
            block: None,
            range: range.clone(),
            ends: false,
            choices: 0,
            ways: Vec::new(),
        }
    }
}

/// Reports a choice that cannot be chosen.
pub(super) fn check_choice(sheet: &mut Sheet<'_>, opening: &Opening<'_>, fence: &Range<usize>) {
    if opening.title.is_empty() {
        sheet.report(
            Rule::UnknownAttribute,
            fence,
            "this choice has no title to choose it by".into(),
            Some("write `::: choice [What the learner does] {outcome=good}`".into()),
        );
    }
}

fn report_missing(sheet: &mut Sheet<'_>, way: &Way, nearest: Option<&str>) {
    let (next, range) = &way.next;
    let message = format!("no step `#{next}` in this scenario");
    let help = nearest
        .map(question)
        .unwrap_or_else(|| format!("add `::: step [...] {{#{next}}}`"));
    sheet.report(Rule::ScenarioDeadEnd, range, message, Some(help));
}

fn report_hidden(sheet: &mut Sheet<'_>, way: &Way) {
    let (next, range) = &way.next;
    let message =
        format!("the step `#{next}` stands in a `facilitator` block, which learners do not see");
    let help = "move the step out of that block";
    sheet.report(Rule::ScenarioDeadEnd, range, message, Some(help.into()));
}
