//! Follows the steps and choices of a scenario, and reports paths that lead nowhere.

use std::collections::HashMap;
use std::ops::Range;

use super::document::Writer;
use super::opening::{Opening, read_opening};
use crate::model::Rule;
use crate::model::finding::did_you_mean;
use crate::model::slug::slug;

/// The stations of a scenario while it is being read.
#[derive(Debug, Default)]
pub(super) struct Scenario {
    /// Titles of the steps to come, by id.
    pub titles: HashMap<String, String>,
    pub steps: Vec<Step>,
}

#[derive(Debug)]
pub(super) struct Step {
    id: String,
    range: Range<usize>,
    ends: bool,
    choices: u32,
    next: Vec<(String, Range<usize>)>,
}

impl Writer<'_> {
    pub fn scenario(&self) -> Option<&Scenario> {
        self.open
            .iter()
            .rev()
            .find_map(|block| block.scenario.as_ref())
    }

    fn scenario_mut(&mut self) -> Option<&mut Scenario> {
        self.open
            .iter_mut()
            .rev()
            .find_map(|block| block.scenario.as_mut())
    }

    /// Returns ids and titles of the steps behind a scenario's opening line.
    pub fn step_titles(&self, fence: &Range<usize>) -> HashMap<String, String> {
        let from = self
            .masked
            .fences
            .partition_point(|other| other.start <= fence.start);
        let mut titles = HashMap::new();
        for other in &self.masked.fences[from..] {
            let line = self.source[other.clone()].trim_start_matches(':');
            let opening = read_opening(line, other.end - line.len());
            if opening.name == "scenario" {
                break;
            }
            if opening.name == "step" {
                let id = opening
                    .attributes
                    .iter()
                    .find(|attribute| attribute.key == "#")
                    .map_or_else(
                        || slug(opening.title),
                        |attribute| attribute.value.to_owned(),
                    );
                titles.entry(id).or_insert(opening.title.to_owned());
            }
        }
        titles
    }

    pub fn add_step(&mut self, id: &str, range: &Range<usize>, ends: bool) {
        let step = Step {
            id: id.to_owned(),
            range: range.clone(),
            ends,
            choices: 0,
            next: Vec::new(),
        };
        if let Some(scenario) = self.scenario_mut() {
            scenario.steps.push(step);
        }
    }

    pub fn add_choice(
        &mut self,
        opening: &Opening<'_>,
        next: Option<(String, Range<usize>)>,
        fence: &Range<usize>,
    ) {
        if opening.title.is_empty() {
            self.report(
                Rule::UnknownAttribute,
                fence,
                "this choice has no title to choose it by".into(),
                Some("write `::: choice [What the learner does] {outcome=good}`".into()),
            );
        }
        let Some(scenario) = self.scenario_mut() else {
            return;
        };
        if scenario.steps.is_empty() {
            // Choices that stand in the scenario itself belong to a first step without a name.
            scenario.steps.push(Step {
                id: String::new(),
                range: fence.clone(),
                ends: false,
                choices: 0,
                next: Vec::new(),
            });
        }
        if let Some(step) = scenario.steps.last_mut() {
            step.choices += 1;
            step.next.extend(next);
        }
    }

    /// Reports choices that lead nowhere, steps that nothing leads to, and steps that offer no way on.
    pub fn check_scenario(&mut self, scenario: &Scenario, range: &Range<usize>) {
        if scenario.steps.iter().all(|step| step.choices == 0) {
            self.report(
                Rule::ScenarioDeadEnd,
                range,
                "this scenario offers no choice".into(),
                Some("add a `choice` block to its first step".into()),
            );
            return;
        }
        let ids = scenario.ids();
        let last = scenario.steps.len() - 1;
        for (index, step) in scenario.steps.iter().enumerate() {
            for (next, range) in &step.next {
                if !ids.contains_key(next.as_str()) {
                    let help = did_you_mean(next, scenario.steps.iter().map(|step| &*step.id))
                        .unwrap_or_else(|| format!("add `::: step [...] {{#{next}}}`"));
                    self.report(
                        Rule::ScenarioDeadEnd,
                        range,
                        format!("no step `#{next}` in this scenario"),
                        Some(help),
                    );
                }
            }
            if step.choices == 0 && !step.ends && index != last {
                self.report(
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
        for step in scenario.unreachable() {
            self.report(
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
}

impl Scenario {
    pub fn title(&self, id: &str) -> &str {
        self.titles.get(id).map_or("", String::as_str)
    }

    /// Returns the first step of each id.
    fn ids(&self) -> HashMap<&str, usize> {
        let mut ids = HashMap::with_capacity(self.steps.len());
        for (index, step) in self.steps.iter().enumerate() {
            ids.entry(step.id.as_str()).or_insert(index);
        }
        ids
    }

    /// Returns the steps that cannot be reached; a last step without choices is the debrief that every path may end in.
    fn unreachable(&self) -> Vec<&Step> {
        let ids = self.ids();
        let mut reached = vec![false; self.steps.len()];
        let mut open = vec![0];
        while let Some(index) = open.pop() {
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            for (next, _) in &self.steps[index].next {
                open.extend(ids.get(next.as_str()));
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
