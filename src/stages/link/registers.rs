//! Finds the modules and lessons that the topic register names.
//!
//! In: where everything stands, and the registers. Out: ids with the places that name them, so that no later stage looks for a name again.

use super::resolve::Paths;
use crate::model::curriculum::{Asked, Demands, DocumentId, Exempt, Module, ModuleId, Requirement};
use crate::model::finding::did_you_mean;
use crate::model::path::SourcePath;
use crate::model::registers::{Placed, Registers, Required, Topic};
use crate::model::{Finding, Rule};

const FILE: &str = "modules/topics.toml";

/// What the register says about each topic, with the lessons and modules that it names found.
pub struct Found {
    /// The home of each topic.
    pub homes: Vec<Option<DocumentId>>,
    /// What is asked of modules for each topic.
    pub demands: Vec<Demands>,
}

/// Finds the homes and modules that topics name, and reports those that do not exist.
pub fn find(
    documents: &Paths,
    modules: &[Module],
    registers: &Registers,
    findings: &mut Vec<Finding>,
) -> Found {
    let mut found = Found {
        homes: Vec::with_capacity(registers.topics.len()),
        demands: Vec::with_capacity(registers.topics.len()),
    };
    for topic in &registers.topics {
        found.homes.push(find_home(topic, documents, findings));
        found.demands.push(find_modules(topic, modules, findings));
    }
    found
}

fn find_home(topic: &Topic, documents: &Paths, findings: &mut Vec<Finding>) -> Option<DocumentId> {
    let home = topic.home.as_ref()?;
    let found = home_of(&home.value, documents);
    if found.is_none() {
        let help = did_you_mean(&home.value, documents.keys().map(SourcePath::as_str));
        let message = format!(
            "no lesson at `{}` to be the home of `{}`",
            home.value, topic.id
        );
        findings.push(
            Finding::new(Rule::UnknownModule, FILE, home.place, message).help(help.unwrap_or_else(
                || "write a path below modules/, such as \"01-basics/02-first.md\"".into(),
            )),
        );
    }
    found
}

fn find_modules(topic: &Topic, modules: &[Module], findings: &mut Vec<Finding>) -> Demands {
    let mut demands = Demands::default();
    for (depth, required) in &topic.requires {
        let of = match required {
            Required::EveryModule => Asked::Every(topic.place),
            Required::Modules(list) => Asked::Some(
                list.iter()
                    .filter_map(|name| Some((find_module(name, modules, findings)?, name.place)))
                    .collect(),
            ),
        };
        demands.requires.push(Requirement { depth: *depth, of });
    }
    for exemption in &topic.exempt {
        if let Some(module) = find_module(&exemption.module, modules, findings) {
            demands.exempt.push(Exempt {
                module,
                named: exemption.module.clone(),
                reason: exemption.reason.clone(),
            });
        }
    }
    demands
}

fn home_of(home: &str, documents: &Paths) -> Option<DocumentId> {
    let path = home
        .strip_prefix("@/")
        .or_else(|| home.strip_prefix("modules/"))
        .unwrap_or(home);
    let found = documents.get(path);
    found
        .or_else(|| documents.get(&*format!("{path}.md")))
        .copied()
}

/// Returns the module that a register names, by name or by folder; reports where there is none.
fn find_module(
    name: &Placed<String>,
    modules: &[Module],
    findings: &mut Vec<Finding>,
) -> Option<ModuleId> {
    let found = modules
        .iter()
        .position(|module| module.name == name.value || module.folder == name.value);
    if let Some(index) = found {
        return Some(ModuleId(index as u32));
    }
    let names = || modules.iter().map(|module| module.name.as_str());
    let help = did_you_mean(&name.value, names());
    findings.push(
        Finding::new(
            Rule::UnknownModule,
            FILE,
            name.place,
            format!("no module is called `{}`", name.value),
        )
        .help(help.unwrap_or_else(|| {
            let some: Vec<&str> = names().take(20).collect();
            format!("modules are {}", some.join(", "))
        })),
    );
    None
}
