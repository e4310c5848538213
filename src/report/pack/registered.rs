//! What the registers have under an id, and the modules of files.

use std::collections::HashMap;

use crate::model::nearness::did_you_mean;
use crate::report::basis::Basis;

/// The register does not have what somebody asks about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no {kind} is called `{id}`\n  help: {help}")]
pub struct Unknown {
    kind: &'static str,
    id: String,
    help: String,
}

/// The modules of files.
pub struct Modules<'c>(HashMap<&'c str, &'c str>);

impl<'c> Modules<'c> {
    /// Gathers them.
    pub fn new(basis: &Basis<'c>) -> Self {
        let curriculum = basis.curriculum;
        let module = |id| {
            let module = curriculum.document(id).module?;
            Some((basis.file(id), curriculum.module(module).name.as_str()))
        };
        Self(basis.documents().filter_map(module).collect())
    }

    /// Returns the name of a file's module; empty for the home page.
    pub fn of(&self, file: &str) -> &'c str {
        self.0.get(file).copied().unwrap_or_default()
    }
}

/// Returns the members of a register that are asked for, in the order of the question.
///
/// # Errors
///
/// When the register does not have one.
pub fn named<'r, T>(
    kind: &'static str,
    ids: &[String],
    register: &'r [T],
    id_of: impl Fn(&'r T) -> &'r str,
) -> Result<Vec<&'r T>, Unknown> {
    let find = |id: &String| {
        let found = register.iter().find(|entry| id_of(entry) == id);
        found.ok_or_else(|| {
            let names = register.iter().map(&id_of);
            let help = did_you_mean(id, names.clone()).unwrap_or_else(|| {
                let names: Vec<&str> = names.take(20).collect();
                format!("known are {}", names.join(", "))
            });
            Unknown {
                kind,
                id: id.clone(),
                help,
            }
        })
    };
    ids.iter().map(find).collect()
}
