//! Holds paths against what everyone takes and what topics ask of them.

use crate::model::coverage::Coverage;
use crate::model::curriculum::{ModuleId, OnPath, TakenPath};
use crate::model::registers::{LearningPath, Topic};
use crate::model::{Curriculum, Finding, Place, Register, Rule};

/// Reviews all paths; without a register there is nothing to find.
pub fn review(curriculum: &Curriculum, coverage: &Coverage, findings: &mut Vec<Finding>) {
    let paths = &curriculum.registers.paths;
    if paths.is_empty() {
        return;
    }
    for (path, taken) in paths.iter().zip(&curriculum.paths) {
        report_mandatory(curriculum, path, taken, findings);
    }
    report_on_none(curriculum, findings);
    let topics = curriculum.registers.topics.iter().zip(&curriculum.demands);
    for (index, (topic, demands)) in topics.enumerate() {
        for asked in &demands.on_paths {
            let path = asked.path.0 as usize;
            if coverage.paths[path][index].gaps().contains(&asked.depth) {
                findings.push(gap(topic, &paths[path], asked));
            }
        }
    }
}

/// Reports modules that everyone takes and a path does not.
fn report_mandatory(
    curriculum: &Curriculum,
    path: &LearningPath,
    taken: &TakenPath,
    findings: &mut Vec<Finding>,
) {
    for (id, module) in curriculum.numbered_modules() {
        if is_mandatory(curriculum, id) && taken.extent(id).is_none() {
            let name = &module.name;
            let message = format!(
                "the path `{}` leaves out `{name}`, which everyone takes",
                path.id
            );
            let help = format!(
                "add `{name}` to its `modules`, or remove `mandatory` from modules/{}/index.md",
                module.folder
            );
            findings.push(
                Finding::new(Rule::PathGap, Register::Paths.path(), path.place, message).help(help),
            );
        }
    }
}

/// Reports modules that nobody takes. Of one that everyone must take, each path says so.
fn report_on_none(curriculum: &Curriculum, findings: &mut Vec<Finding>) {
    for (id, module) in curriculum.numbered_modules() {
        let is_taken = |path: &TakenPath| path.extent(id).is_some();
        if curriculum.paths.iter().any(is_taken) || is_mandatory(curriculum, id) {
            continue;
        }
        let (file, place) = match module.index.map(|index| curriculum.document(index)) {
            Some(index) => {
                let lesson = &index.lesson;
                let place = lesson.front.place.unwrap_or(Place::START);
                (lesson.path.from_root(), place)
            }
            None => (Register::Paths.path(), Place::START),
        };
        let message = format!("no path takes the module `{}`", module.name);
        let help = format!(
            "add `{}` to the `modules` of a path in {}",
            module.name,
            Register::Paths.path()
        );
        findings.push(Finding::new(Rule::ModuleInNoPath, file, place, message).help(help));
    }
}

fn is_mandatory(curriculum: &Curriculum, id: ModuleId) -> bool {
    let index = curriculum.module(id).index;
    index.is_some_and(|index| curriculum.document(index).lesson.front.mandatory)
}

fn gap(topic: &Topic, path: &LearningPath, asked: &OnPath) -> Finding {
    let message = format!(
        "`{}` is not {} on the path `{}`",
        topic.id,
        asked.depth.name(),
        path.id
    );
    let help = format!(
        "add a module or lesson that does to the path in {}, or carry `topics={}` in one of its lessons",
        Register::Paths.path(),
        topic.id
    );
    Finding::new(Rule::PathGap, Register::Topics.path(), asked.place, message).help(help)
}
