//! Checks what the registers say about modules and lessons.

use super::resolve::Paths;
use crate::model::curriculum::{DocumentId, Module};
use crate::model::finding::did_you_mean;
use crate::model::path::SourcePath;
use crate::model::registers::{Placed, Registers, Required};
use crate::model::{Finding, Rule};

const FILE: &str = "modules/topics.toml";

/// Reports homes and modules that do not exist; returns the home of each topic.
pub fn check(
    documents: &Paths,
    modules: &[Module],
    registers: &Registers,
    findings: &mut Vec<Finding>,
) -> Vec<Option<DocumentId>> {
    let mut homes = Vec::with_capacity(registers.topics.len());
    for topic in &registers.topics {
        homes.push(topic.home.as_ref().and_then(|home| {
            let found = home_of(&home.value, documents);
            if found.is_none() {
                let help = did_you_mean(&home.value, documents.keys().map(SourcePath::as_str));
                let message = format!(
                    "no lesson at `{}` to be the home of `{}`",
                    home.value, topic.id
                );
                findings.push(
                    Finding::new(Rule::UnknownModule, FILE, home.place, message).maybe_help(
                        help.or(Some(
                            "write a path below modules/, such as \"01-basics/02-first.md\"".into(),
                        )),
                    ),
                );
            }
            found
        }));
        let required = topic
            .requires
            .iter()
            .flat_map(|(_, required)| match required {
                Required::EveryModule => [].iter(),
                Required::Modules(list) => list.iter(),
            });
        for name in required.chain(topic.exempt.iter().map(|exemption| &exemption.module)) {
            check_module(name, modules, findings);
        }
    }
    homes
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

fn check_module(name: &Placed<String>, modules: &[Module], findings: &mut Vec<Finding>) {
    if module_named(&name.value, modules).is_some() {
        return;
    }
    let help = did_you_mean(
        &name.value,
        modules.iter().map(|module| module.name.as_str()),
    );
    let names: Vec<&str> = modules
        .iter()
        .map(|module| module.name.as_str())
        .take(20)
        .collect();
    findings.push(
        Finding::new(
            Rule::UnknownModule,
            FILE,
            name.place,
            format!("no module is called `{}`", name.value),
        )
        .help(help.unwrap_or_else(|| format!("modules are {}", names.join(", ")))),
    );
}

/// Returns the position of the module that a register names, by name or by folder.
pub fn module_named(name: &str, modules: &[Module]) -> Option<usize> {
    modules
        .iter()
        .position(|module| module.name == name || module.folder == name)
}
