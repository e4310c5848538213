//! The pages that a command is about: named by path, module or owner.

use std::collections::HashSet;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::cli::Stop;
use crate::model::curriculum::DocumentId;
use crate::model::nearness::did_you_mean;
use crate::report::basis::Basis;

/// The pages that a command is about.
#[derive(Debug, Args)]
pub struct Meant {
    /// Pages, or folders of them
    #[arg(value_name = "PATH")]
    pub paths: Vec<Utf8PathBuf>,
    /// All pages of a module, by name or folder
    #[arg(long = "module", value_name = "NAME")]
    pub modules: Vec<String>,
    /// Of these only the pages that somebody keeps right
    #[arg(long = "owner", value_name = "NAME")]
    pub owners: Vec<String>,
}

impl Meant {
    /// Returns whether pages are named at all.
    pub fn is_some(&self) -> bool {
        !(self.paths.is_empty() && self.modules.is_empty() && self.owners.is_empty())
    }

    fn names_places(&self) -> bool {
        !(self.paths.is_empty() && self.modules.is_empty())
    }
}

/// Returns the pages that are meant, as paths below `modules/`: those of the paths and modules, or all where only owners are named, and of
/// these those of the owners.
///
/// # Errors
///
/// When a path, module or owner has no page.
pub fn pages<'c>(
    meant: &Meant,
    root: &Utf8Path,
    basis: &Basis<'c>,
) -> Result<HashSet<&'c str>, Stop> {
    let mut found = HashSet::new();
    for path in &meant.paths {
        found.extend(at_path(path, root, basis)?);
    }
    for module in &meant.modules {
        found.extend(of_module(module, basis)?);
    }
    if !meant.names_places() {
        found.extend(basis.documents());
    }
    if !meant.owners.is_empty() {
        let all = found.clone();
        found.clear();
        for owner in &meant.owners {
            found.extend(of_owner(owner, &all, basis)?);
        }
    }
    let path = |id| basis.curriculum.document(id).lesson.path.as_str();
    Ok(found.into_iter().map(path).collect())
}

/// Returns the page at a path, or those in the folder: from here, from the root or from `modules/`.
fn at_path(path: &Utf8Path, root: &Utf8Path, basis: &Basis<'_>) -> Result<Vec<DocumentId>, Stop> {
    let page = |id: DocumentId| basis.curriculum.document(id).lesson.path.as_str();
    let inside = below_modules(path, root);
    let folder = format!("{inside}/");
    let fits = |id: &DocumentId| {
        let page = page(*id);
        inside.is_empty()
            || page == inside
            || page.starts_with(&folder)
            || page.strip_suffix(".md") == Some(&inside)
    };
    let found: Vec<DocumentId> = basis.documents().filter(fits).collect();
    if found.is_empty() {
        let help = did_you_mean(&inside, basis.documents().map(page)).unwrap_or_else(|| {
            "name a Markdown file or folder below `modules`; drafts need `--drafts`".into()
        });
        return Err(Stop(format!("no page at `{path}`\n  help: {help}")));
    }
    Ok(found)
}

/// Returns the pages of a module.
fn of_module(name: &str, basis: &Basis<'_>) -> Result<Vec<DocumentId>, Stop> {
    let modules = &basis.curriculum.modules;
    let found = modules
        .iter()
        .find(|module| module.name == name || module.folder == name);
    let Some(module) = found else {
        let names = modules.iter().map(|module| module.name.as_str());
        let help = did_you_mean(name, names.clone())
            .unwrap_or_else(|| format!("modules are {}", names.collect::<Vec<_>>().join(", ")));
        return Err(Stop(format!(
            "no module is called `{name}`\n  help: {help}"
        )));
    };
    Ok(module.documents.clone().map(DocumentId).collect())
}

/// Returns those of some pages that somebody keeps right.
fn of_owner(
    name: &str,
    among: &HashSet<DocumentId>,
    basis: &Basis<'_>,
) -> Result<Vec<DocumentId>, Stop> {
    let owned = |id: &DocumentId| basis.owner(*id) == name;
    let found: Vec<DocumentId> = basis
        .documents()
        .filter(|id| among.contains(id) && owned(id))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    if basis.documents().any(|id| owned(&id)) {
        return Err(Stop(format!(
            "none of these pages is kept by `{name}`\n  help: leave out the paths and modules, or name others"
        )));
    }
    let mut owners: Vec<&str> = basis.documents().map(|id| basis.owner(id)).collect();
    owners.retain(|owner| !owner.is_empty());
    owners.sort_unstable();
    owners.dedup();
    let help = did_you_mean(name, owners.iter().copied()).unwrap_or_else(|| match &owners[..] {
        [] => "no page names an `owner` in its front matter".into(),
        owners => format!("owners are {}", owners.join(", ")),
    });
    Err(Stop(format!("no page is kept by `{name}`\n  help: {help}")))
}

fn below_modules(path: &Utf8Path, root: &Utf8Path) -> String {
    let modules = root.join("modules");
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    let inside = match (real(path), real(&modules)) {
        (Some(path), Some(modules)) => path.strip_prefix(modules).ok().map(Utf8Path::to_owned),
        _ => None,
    };
    let inside = inside.map_or_else(|| path.to_string(), Utf8PathBuf::into_string);
    let inside = inside.replace('\\', "/");
    let inside = inside.strip_prefix("./").unwrap_or(&inside);
    let inside = inside.strip_prefix("modules/").unwrap_or(inside);
    inside.trim_end_matches('/').to_owned()
}
