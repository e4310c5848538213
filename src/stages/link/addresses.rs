//! Gives every document and asset its address in the site, and reports addresses that are not safe.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::curriculum::{Alias, Document, DocumentId, Module, PlacedAsset, Role};
use crate::model::path::{SourcePath, unsafe_reason};
use crate::model::registers::Placed;
use crate::model::site::HOME;
use crate::model::slug::{file_slug, folder_slug};
use crate::model::sources::Asset;
use crate::model::text::quoted;
use crate::model::{Finding, Lesson, Place, Rule, Severity};

/// Old addresses and the documents that they lead to.
pub type Aliases = HashMap<Arc<str>, DocumentId>;

/// What one document asks for: its address, and old ones that lead to it.
#[derive(Debug)]
pub struct Asked {
    /// Path of its page from the site's top.
    pub url: Arc<str>,
    aliases: Arc<[Alias]>,
    findings: Vec<Finding>,
}

/// Returns what a document asks for; `index` is its position in reading order.
pub fn asked(lesson: &Lesson, index: usize) -> Asked {
    let file = lesson.path.from_root();
    let folder = folder_url(&lesson.path);
    let mut findings = Vec::new();
    let mut name = if lesson.path.is_index() {
        "index".to_owned()
    } else {
        file_slug(lesson.path.name())
    };
    if let Some(slug) = &lesson.front.slug {
        match unfit(&slug.value).or(slug.value.contains('/').then_some("it holds a slash")) {
            Some(reason) => findings.push(unsafe_path(file, slug.place, &slug.value, reason)),
            None => name.clone_from(&slug.value),
        }
    }
    if name.is_empty() {
        findings.push(
            Finding::new(
                Rule::UnsafePath,
                file,
                Place::START,
                "no address can be made of this file's name",
            )
            .help("rename the file, or give it a `slug`"),
        );
        name = format!("page-{index}");
    }
    let url = format!("{folder}{name}.html");
    if let Some(reason) = unsafe_reason(&url) {
        findings.push(unsafe_name(&lesson.path, "address", reason));
    }
    let mut aliases = Vec::new();
    for alias in &lesson.front.aliases {
        match alias_path(&alias.value) {
            Ok(path) => {
                findings.extend(other_ending(file, alias, &path));
                aliases.push(Alias {
                    url: path.into(),
                    place: alias.place,
                });
            }
            Err(reason) => findings.push(unsafe_path(file, alias.place, &alias.value, reason)),
        }
    }
    Asked {
        url: url.into(),
        // Most documents have none, and an empty list of their own would be an allocation for each.
        aliases: match aliases.is_empty() {
            true => Arc::default(),
            false => aliases.into(),
        },
        findings,
    }
}

/// Gives addresses to documents and modules; returns the old addresses.
pub fn give<'a>(
    documents: &mut [Document],
    modules: &mut [Module],
    asked: impl Iterator<Item = &'a Asked>,
    findings: &mut Vec<Finding>,
) -> Aliases {
    for module in modules.iter_mut() {
        module.url = format!("{}/index.html", module.name).into();
    }
    let mut aliases = Aliases::new();
    for ((id, document), asked) in (0..).map(DocumentId).zip(documents).zip(asked) {
        // A module's page stands where its folder does, whatever its `index.md` is called.
        document.url = match (document.role, document.module) {
            (Role::Home, _) => HOME.into(),
            (Role::Module, Some(module)) => Arc::clone(&modules[module.0 as usize].url),
            _ => Arc::clone(&asked.url),
        };
        findings.extend(asked.findings.iter().cloned());
        document.aliases = Arc::clone(&asked.aliases);
        for alias in &*asked.aliases {
            aliases.entry(Arc::clone(&alias.url)).or_insert(id);
        }
    }
    aliases
}

/// Returns why an address that an author asks for cannot be one.
fn unfit(path: &str) -> Option<&'static str> {
    let has_place = path.contains('#');
    has_place
        .then_some("what stands behind `#` is a place in a page")
        .or_else(|| unsafe_reason(path))
}

/// Returns the path of an alias from the site's top: `old/page`, `/old/page/` and `old/page.html` name the same kind of thing.
pub fn alias_path(alias: &str) -> Result<String, &'static str> {
    let alias = alias.strip_prefix('/').unwrap_or(alias);
    let folder = alias.strip_suffix('/');
    // What is added must not make a name of what is none.
    if let Some(reason) = unfit(folder.unwrap_or(alias)) {
        return Err(reason);
    }
    let path = match folder {
        Some(folder) => format!("{folder}/index.html"),
        None if matches!(ending(alias), Some("html" | "htm")) => alias.to_owned(),
        None => format!("{alias}.html"),
    };
    match unsafe_reason(&path) {
        Some(reason) => Err(reason),
        None => Ok(path),
    }
}

/// Returns what a name ends with behind its last dot, where that says what kind of file it is.
fn ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_kind = (2..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_kind.then_some(ending)
}

/// Says that an old address of another kind becomes a page beside it.
fn other_ending(file: &str, alias: &Placed<String>, path: &str) -> Option<Finding> {
    let written = alias.value.trim_matches('/');
    let ending = ending(written).filter(|_| path.len() > written.len())?;
    if alias.value.ends_with('/') {
        return None;
    }
    let mut finding = Finding::new(
        Rule::UnsafePath,
        file,
        alias.place,
        format!("`{written}` becomes the page `{path}`: servers show no page whose name ends with `.{ending}`"),
    )
    .help("leave it out, and lead the old address here in the configuration of the server");
    finding.severity = Severity::Warning;
    Some(finding)
}

/// Reports a file whose own name or folder makes an address that cannot be one of the site.
pub(super) fn unsafe_name(path: &SourcePath, what: &str, reason: &str) -> Finding {
    Finding::new(
        Rule::UnsafePath,
        path.from_root(),
        Place::START,
        format!("this file's {what} cannot stand in the site: {reason}"),
    )
    .help("rename the file or its folder")
}

fn unsafe_path(file: &str, place: Place, value: &str, reason: &str) -> Finding {
    Finding::new(
        Rule::UnsafePath,
        file,
        place,
        format!(
            "`{}` cannot be an address in the site: {reason}",
            quoted(value)
        ),
    )
    .help(match value.split_once('#') {
        Some((page, _)) if unsafe_reason(page).is_none() => {
            format!("write `{page}`: whoever follows the old address gets to the place as well")
        }
        _ => "use letters, digits and hyphens".to_owned(),
    })
}

/// Returns the folder of a document's page, with a final `/` unless it is the top.
fn folder_url(path: &SourcePath) -> String {
    let mut url = String::new();
    for part in path.folder().split('/').filter(|part| !part.is_empty()) {
        url.push_str(&folder_slug(part));
        url.push('/');
    }
    url
}

/// Gives addresses to assets: their folders' slugs and their own names.
pub fn assets(assets: &[Asset]) -> Vec<PlacedAsset> {
    assets
        .iter()
        .map(|asset| PlacedAsset {
            url: format!("{}{}", folder_url(&asset.path), asset.path.name()).into(),
            asset: asset.clone(),
            used: None,
        })
        .collect()
}
