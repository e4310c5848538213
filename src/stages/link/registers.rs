//! Finds the modules, lessons and paths that the topic register names.
//!
//! In: what there is to be named, and the register. Out: ids with the places that name them.

use std::cell::OnceCell;

use super::named::Known;
use crate::model::curriculum::{Asked, Demands, DocumentId, Exempt, OnPath, Requirement};
use crate::model::nearness::{Names, question};
use crate::model::registers::{Placed, Registers, Required, Topic};
use crate::model::{Finding, Register, Rule};

const FILE: &str = Register::Topics.path();

/// What the register says about each topic, with the lessons, modules and paths that it names found.
pub struct Found {
    /// The home of each topic.
    pub homes: Vec<Option<DocumentId>>,
    /// What is asked for each topic.
    pub demands: Vec<Demands>,
}

/// Finds what topics name, and reports what does not exist.
pub fn find(known: &Known<'_>, registers: &Registers, findings: &mut Vec<Finding>) -> Found {
    let paths = KnownPaths {
        registers,
        names: OnceCell::new(),
    };
    let mut found = Found {
        homes: Vec::with_capacity(registers.topics.len()),
        demands: Vec::with_capacity(registers.topics.len()),
    };
    for topic in &registers.topics {
        found.homes.push(home(known, topic, findings));
        let mut demands = of_modules(known, topic, findings);
        demands.on_paths = paths.asked(topic, findings);
        found.demands.push(demands);
    }
    found
}

fn home(known: &Known<'_>, topic: &Topic, findings: &mut Vec<Finding>) -> Option<DocumentId> {
    let home = topic.home.as_ref()?;
    let role = format!("to be the home of `{}`", topic.id);
    noted(known.document(FILE, home, &role), findings)
}

fn of_modules(known: &Known<'_>, topic: &Topic, findings: &mut Vec<Finding>) -> Demands {
    let mut demands = Demands::default();
    for (depth, required) in &topic.requires {
        let of = match required {
            Required::EveryModule => Asked::Every(topic.place),
            Required::Modules(list) => Asked::Some(
                list.iter()
                    .filter_map(|name| {
                        Some((noted(known.module(FILE, name), findings)?, name.place))
                    })
                    .collect(),
            ),
        };
        demands.requires.push(Requirement { depth: *depth, of });
    }
    for exemption in &topic.exempt {
        if let Some(module) = noted(known.module(FILE, &exemption.module), findings) {
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

/// Notes the finding where there is nothing else.
fn noted<T>(found: Result<T, Box<Finding>>, findings: &mut Vec<Finding>) -> Option<T> {
    found.map_err(|finding| findings.push(*finding)).ok()
}

/// The paths that topics may name.
struct KnownPaths<'r> {
    registers: &'r Registers,
    names: OnceCell<Names>,
}

impl KnownPaths<'_> {
    /// Returns what a topic asks of paths; reports those that are not there.
    fn asked(&self, topic: &Topic, findings: &mut Vec<Finding>) -> Vec<OnPath> {
        let mut asked = Vec::new();
        for (depth, named) in &topic.requires_on {
            match self.registers.path(&named.value) {
                Some(path) => asked.push(OnPath {
                    depth: *depth,
                    path,
                    place: named.place,
                }),
                None => findings.push(self.unknown(named)),
            }
        }
        asked
    }

    fn unknown(&self, named: &Placed<String>) -> Finding {
        let ids = || self.registers.paths.iter().map(|path| path.id.as_str());
        let names = self.names.get_or_init(|| Names::new(ids()));
        let help = names
            .nearest(&named.value)
            .map(|id| question(&format!("path:{id}")));
        let message = format!("no path has the id `{}`", named.value);
        Finding::new(Rule::UnknownPath, FILE, named.place, message).help(help.unwrap_or_else(
            || match ids().take(20).collect::<Vec<_>>() {
                some if some.is_empty() => {
                    "add it to modules/paths.toml as a `[[path]]`, or name modules".into()
                }
                some => format!("paths are `path:{}`", some.join("`, `path:")),
            },
        ))
    }
}
