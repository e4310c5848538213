//! Follows the steps and choices of a scenario, and reports paths that lead nowhere.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;

use super::super::sheet::Sheet;
use super::super::source::Source;
use super::super::source::opening::{Opening, read_opening};
use crate::model::Rule;
use crate::model::nearness::{Names, question};
use crate::model::slug::slug;

/// The stations of a scenario while it is being read.
#[derive(Debug, Default)]
pub(super) struct Scenario {
    /// Titles of the steps to come, by id.
    titles: HashMap<String, String>,
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    id: String,
    range: Range<usize>,
    ends: bool,
    choices: u32,
    next: Vec<(String, Range<usize>)>,
}

impl Scenario {
    /// Reads ids and titles of the steps behind a scenario's opening line.
    pub fn ahead(source: &Source<'_>, fence: &Range<usize>) -> Self {
        let mut titles = HashMap::new();
        for other in source.fences_after(fence) {
            let line = source.slice(other).trim_start_matches(':');
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
        Self {
            titles,
            steps: Vec::new(),
        }
    }

    /// Adds a step; one with an outcome ends the scenario.
    pub fn add_step(&mut self, id: &str, range: &Range<usize>, outcome: Option<&str>) {
        self.steps.push(Step {
            id: id.to_owned(),
            range: range.clone(),
            ends: outcome.is_some(),
            choices: 0,
            next: Vec::new(),
        });
    }

    /// Adds a choice to the last step.
    pub fn add_choice(&mut self, range: &Range<usize>, next: Option<&(String, Range<usize>)>) {
        if self.steps.is_empty() {
            // Choices that stand in the scenario itself belong to a first step without a name.
            self.add_step("", range, None);
        }
        if let Some(step) = self.steps.last_mut() {
            step.choices += 1;
            step.next.extend(next.cloned());
        }
    }

    /// Reports choices that lead nowhere, steps that nothing leads to, and steps that offer no way on.
    pub fn check(&self, sheet: &mut Sheet<'_>, range: &Range<usize>) {
        if self.steps.iter().all(|step| step.choices == 0) {
            sheet.report(
                Rule::ScenarioDeadEnd,
                range,
                "this scenario offers no choice".into(),
                Some("add a `choice` block to its first step".into()),
            );
            return;
        }
        let ids = self.ids();
        let names = LazyCell::new(|| Names::new(self.steps.iter().map(|step| &*step.id)));
        let last = self.steps.len() - 1;
        for (index, step) in self.steps.iter().enumerate() {
            for (next, range) in &step.next {
                if !ids.contains_key(next.as_str()) {
                    let help = names
                        .nearest(next)
                        .map(question)
                        .unwrap_or_else(|| format!("add `::: step [...] {{#{next}}}`"));
                    sheet.report(
                        Rule::ScenarioDeadEnd,
                        range,
                        format!("no step `#{next}` in this scenario"),
                        Some(help),
                    );
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
        for step in self.unreachable() {
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
