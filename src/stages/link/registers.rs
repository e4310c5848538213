//! Finds the modules and lessons that the topic register names.
//!
//! In: where everything stands, and the registers. Out: ids with the places that name them, so that no later stage looks for a name again.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::answers::document;
use super::resolve::Paths;
use crate::model::curriculum::{Asked, Demands, DocumentId, Exempt, Module, ModuleId, Requirement};
use crate::model::nearness::{Names, question};
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
    let known = Known::new(documents, modules);
    let mut found = Found {
        homes: Vec::with_capacity(registers.topics.len()),
        demands: Vec::with_capacity(registers.topics.len()),
    };
    for topic in &registers.topics {
        found.homes.push(known.home(topic, findings));
        found.demands.push(known.modules(topic, findings));
    }
    found
}

/// What there is to be named, made ready for all topics.
struct Known<'k> {
    documents: &'k Paths,
    modules: &'k [Module],
    /// Modules by name and by folder; of two that are called alike, the first.
    by_name: HashMap<&'k str, ModuleId>,
    document_names: OnceCell<Names>,
    module_names: OnceCell<Names>,
}

impl<'k> Known<'k> {
    fn new(documents: &'k Paths, modules: &'k [Module]) -> Self {
        let mut by_name = HashMap::new();
        for (id, module) in (0..).map(ModuleId).zip(modules) {
            by_name.entry(module.name.as_str()).or_insert(id);
            by_name.entry(module.folder.as_str()).or_insert(id);
        }
        Self {
            documents,
            modules,
            by_name,
            document_names: OnceCell::new(),
            module_names: OnceCell::new(),
        }
    }

    fn home(&self, topic: &Topic, findings: &mut Vec<Finding>) -> Option<DocumentId> {
        let home = topic.home.as_ref()?;
        let found = document(self.documents, &home.value);
        if found.is_none() {
            let paths = || self.documents.keys().map(SourcePath::as_str);
            let names = self.document_names.get_or_init(|| Names::new(paths()));
            let help = names.nearest(&home.value).map(question);
            let message = format!(
                "no lesson at `{}` to be the home of `{}`",
                home.value, topic.id
            );
            findings.push(
                Finding::new(Rule::UnknownModule, FILE, home.place, message).help(
                    help.unwrap_or_else(|| {
                        "write a path below modules/, such as \"01-basics/02-first.md\"".into()
                    }),
                ),
            );
        }
        found
    }

    fn modules(&self, topic: &Topic, findings: &mut Vec<Finding>) -> Demands {
        let mut demands = Demands::default();
        for (depth, required) in &topic.requires {
            let of = match required {
                Required::EveryModule => Asked::Every(topic.place),
                Required::Modules(list) => Asked::Some(
                    list.iter()
                        .filter_map(|name| Some((self.module(name, findings)?, name.place)))
                        .collect(),
                ),
            };
            demands.requires.push(Requirement { depth: *depth, of });
        }
        for exemption in &topic.exempt {
            if let Some(module) = self.module(&exemption.module, findings) {
                demands.exempt.push(Exempt {
                    module,
                    named: exemption.module.clone(),
                    reason: exemption.reason.clone(),
                    depths: exemption.depths.clone(),
                });
            }
        }
        demands
    }

    /// Returns the module that a register names, by name or by folder; reports where there is none.
    fn module(&self, name: &Placed<String>, findings: &mut Vec<Finding>) -> Option<ModuleId> {
        if let Some(id) = self.by_name.get(name.value.as_str()) {
            return Some(*id);
        }
        let all = || self.modules.iter().map(|module| module.name.as_str());
        let names = self.module_names.get_or_init(|| Names::new(all()));
        let help = names.nearest(&name.value).map(question);
        findings.push(
            Finding::new(
                Rule::UnknownModule,
                FILE,
                name.place,
                format!("no module is called `{}`", name.value),
            )
            .help(help.unwrap_or_else(|| {
                let some: Vec<&str> = all().take(20).collect();
                format!("modules are {}", some.join(", "))
            })),
        );
        None
    }
}
