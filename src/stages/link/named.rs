//! What registers name: modules and pages, with a finding for what is not there.
//!
//! In: where everything stands, and what a register says. Out: ids, so that no later stage looks for a name again.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use super::renames::{Renames, page_of, renamed};
use super::resolve::Paths;
use crate::model::curriculum::{DocumentId, Module, ModuleId};
use crate::model::finding::Fix;
use crate::model::nearness::{Names, question};
use crate::model::path::SourcePath;
use crate::model::registers::Placed;
use crate::model::slug::folder_slug;
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
    renames: &'k dyn Renames,
}

/// What somebody meant by a name.
pub struct Meant<'k> {
    /// The name that is there.
    pub name: Cow<'k, str>,
    /// Says so.
    pub help: String,
    /// Whether nothing else could be meant.
    pub is_certain: bool,
}

impl<'k> Meant<'k> {
    fn renamed(name: Cow<'k, str>) -> Self {
        Self {
            help: renamed(&name),
            name,
            is_certain: true,
        }
    }

    fn near(names: &'k Names, word: &str) -> Option<Self> {
        let near = names.near(word)?;
        Some(Self {
            name: near.name.into(),
            help: question(near.name),
            is_certain: near.is_certain,
        })
    }

    /// Returns what puts the name in the place of one in a register.
    fn fix(&self, written: &Placed<String>) -> Option<Fix> {
        let write = self.is_certain.then(|| as_toml(&self.name))?;
        Fix::at(written.at, write)
    }
}

impl<'k> Known<'k> {
    /// Gathers the names.
    pub fn new(documents: &'k Paths, modules: &'k [Module], renames: &'k dyn Renames) -> Self {
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
            renames,
        }
    }

    /// Returns the page at a path below `modules/`, with its ending or without.
    pub fn id(&self, written: &str) -> Option<DocumentId> {
        let path = below(written);
        let found = self.documents.get(path);
        let with_ending = || self.documents.get(&*format!("{path}.md"));
        found.or_else(with_ending).copied()
    }

    /// Returns the page that was meant by a path at which there is none.
    pub fn meant(&self, written: &str) -> Option<Meant<'_>> {
        let now = page_of(self.renames, below(written));
        let now = now.filter(|path| self.documents.contains_key(&**path));
        now.map(Meant::renamed).or_else(|| {
            let paths = || self.documents.keys().map(SourcePath::as_str);
            let names = self.document_names.get_or_init(|| Names::new(paths()));
            Meant::near(names, written)
        })
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
        if let Some(id) = self.id(&path.value) {
            return Ok(id);
        }
        let meant = self.meant(&path.value);
        let fix = meant.as_ref().and_then(|meant| meant.fix(path));
        let help = meant.map_or_else(
            || "write a path below modules/, such as \"01-basics/02-first.md\"".into(),
            |meant| meant.help,
        );
        let message = format!("no lesson at `{}` {role}", path.value);
        let finding = Finding::new(Rule::UnknownModule, file, path.place, message).help(help);
        Err(Box::new(finding.maybe_fix(fix)))
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
        let now = self.renames.module(&name.value).map(folder_slug);
        let now = now.filter(|name| self.by_name.contains_key(&**name));
        let meant = now.map(|name| Meant::renamed(name.into())).or_else(|| {
            let names = self.module_names.get_or_init(|| Names::new(all()));
            Meant::near(names, &name.value)
        });
        let fix = meant.as_ref().and_then(|meant| meant.fix(name));
        let help = meant.map_or_else(
            || {
                let some: Vec<&str> = all().take(20).collect();
                format!("modules are {}", some.join(", "))
            },
            |meant| meant.help,
        );
        let message = format!("no module is called `{}`", name.value);
        let finding = Finding::new(Rule::UnknownModule, file, name.place, message).help(help);
        Err(Box::new(finding.maybe_fix(fix)))
    }
}

/// Returns a path as it stands below `modules/`, which a register may begin with `@/` or `modules/`.
fn below(written: &str) -> &str {
    let below = written.strip_prefix("@/");
    let below = below.or_else(|| written.strip_prefix("modules/"));
    below.unwrap_or(written)
}
