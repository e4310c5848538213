//! What registers name: modules and pages, with a finding for what is not there.
//!
//! In: where everything stands, and what a register says. Out: ids, so that no later stage looks for a name again.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::answers::document;
use super::resolve::Paths;
use crate::model::curriculum::{DocumentId, Module, ModuleId};
use crate::model::finding::Fix;
use crate::model::nearness::{Names, Near, question};
use crate::model::path::SourcePath;
use crate::model::registers::Placed;
use crate::model::written::as_toml;
use crate::model::{Finding, Rule};

/// What there is to be named, made ready for all registers.
pub struct Known<'k> {
    documents: &'k Paths,
    modules: &'k [Module],
    /// Modules by name and by folder; of two that are called alike, the first.
    by_name: HashMap<&'k str, ModuleId>,
    document_names: OnceCell<Names>,
    module_names: OnceCell<Names>,
}

impl<'k> Known<'k> {
    /// Gathers the names.
    pub fn new(documents: &'k Paths, modules: &'k [Module]) -> Self {
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

    /// Returns the page that a register names by its path.
    ///
    /// # Errors
    ///
    /// With a finding where there is none; `role` says what it is named for.
    pub fn document(
        &self,
        file: &str,
        path: &Placed<String>,
        role: &str,
    ) -> Result<DocumentId, Box<Finding>> {
        if let Some(id) = document(self.documents, &path.value) {
            return Ok(id);
        }
        let paths = || self.documents.keys().map(SourcePath::as_str);
        let names = self.document_names.get_or_init(|| Names::new(paths()));
        let near = names.near(&path.value);
        let help = near.map(|near| near.name).map_or_else(
            || "write a path below modules/, such as \"01-basics/02-first.md\"".into(),
            question,
        );
        let message = format!("no lesson at `{}` {role}", path.value);
        let finding = Finding::new(Rule::UnknownModule, file, path.place, message).help(help);
        Err(Box::new(finding.maybe_fix(fix(path, near))))
    }

    /// Returns the module that a register names, by name or by folder.
    ///
    /// # Errors
    ///
    /// With a finding where there is none.
    pub fn module(&self, file: &str, name: &Placed<String>) -> Result<ModuleId, Box<Finding>> {
        if let Some(id) = self.by_name.get(name.value.as_str()) {
            return Ok(*id);
        }
        let all = || self.modules.iter().map(|module| module.name.as_str());
        let names = self.module_names.get_or_init(|| Names::new(all()));
        let near = names.near(&name.value);
        let help = near.map(|near| near.name).map_or_else(
            || {
                let some: Vec<&str> = all().take(20).collect();
                format!("modules are {}", some.join(", "))
            },
            question,
        );
        let message = format!("no module is called `{}`", name.value);
        let finding = Finding::new(Rule::UnknownModule, file, name.place, message).help(help);
        Err(Box::new(finding.maybe_fix(fix(name, near))))
    }
}

/// Returns what puts the name that was meant in the place of one in a register.
fn fix(written: &Placed<String>, near: Option<Near<'_>>) -> Option<Fix> {
    let near = near.filter(|near| near.is_certain)?;
    Fix::at(written.at, as_toml(near.name))
}
