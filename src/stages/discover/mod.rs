//! First stage: finds the files of a curriculum and reads their text.
//!
//! In: the root folder. Out: `Sources` in reading order. Follows no link out of the root, opens nothing but regular files, and interprets nothing.

mod error;
mod given;
mod local;
mod names;
mod text;

pub use error::DiscoverError;
pub use given::{Given, given, is_read, lay_over};
pub use local::local;
pub use names::{compare_names, compare_paths, is_left_out};
pub use text::{LARGEST_TEXT, quotable, report_hidden_characters, text_of};

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::model::path::SourcePath;
use crate::model::sources::{Asset, Document, RegisterSources, Sources, Svg};
use crate::model::{Finding, Place, Rule, Staged};
use names::{DEEPEST, has_extension, is_left_out_below, is_lesson, is_register, misnamed};
use text::read_text;

/// Finds and reads everything below `modules/`.
///
/// # Errors
///
/// When the folder or a file in it cannot be read.
pub fn discover(root: &Utf8Path) -> Result<Staged<Sources>, DiscoverError> {
    let folder = root.join("modules");
    if !folder.is_dir() {
        return Err(DiscoverError::NoModules(folder));
    }
    let mut findings = Vec::new();
    let mut texts: Vec<SourcePath> = Vec::new();
    let mut assets: Vec<SourcePath> = Vec::new();
    let mut walk = WalkDir::new(&folder)
        .follow_links(true)
        .max_depth(DEEPEST)
        .sort_by(compare_entries)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    let canonical_root = canonical(root);
    let mut modules = Vec::new();
    let mut links = Vec::new();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // An editor's lock may be a link to nothing.
            Err(error) if error.path().is_some_and(is_left_out_below(&folder)) => continue,
            Err(error) => match refused(&error, &folder) {
                Some(finding) => {
                    findings.push(finding);
                    links.extend(error.path().and_then(target));
                    continue;
                }
                None => return Err(unreadable(&error, &folder)),
            },
        };
        let Some(path) = relative_path(entry.path(), &folder, &mut findings) else {
            continue;
        };
        if entry.path_is_symlink() && !leads_inside(&entry, canonical_root.as_deref()) {
            findings.push(left_out(
                &path,
                "this link leads out of the curriculum's folder and is not followed".into(),
                "copy the file into the folder instead",
            ));
            if entry.file_type().is_dir() {
                // What lies behind the link has an ordinary look, and must not be read.
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() {
            links.extend(target(entry.path()));
        }
        if entry.file_type().is_dir() {
            if entry.depth() == 1 {
                modules.push(path.as_str().to_owned());
            } else if entry.depth() == DEEPEST {
                findings.push(left_out(
                    &path,
                    format!("folders stand more than {DEEPEST} deep here, and what is in this one is left out"),
                    "move it up: no reader finds the way down here",
                ));
            }
        } else if !entry.file_type().is_file() {
            findings.push(left_out(
                &path,
                "this is no regular file, and is left out".into(),
                "remove it, or put a file in its place",
            ));
        } else if let Some(right) = misnamed(&path) {
            findings.push(left_out(
                &path,
                format!(
                    "`{}` is not read: names keep their case and their ending",
                    path.name()
                ),
                &format!("rename it to `{right}`"),
            ));
        } else if is_lesson(&path) {
            texts.push(path);
        } else {
            assets.push(path);
        }
    }
    let documents = read_documents(&folder, texts, &mut findings)?;
    let with_lessons: HashSet<&str> = documents
        .iter()
        .filter_map(|document| document.path.as_str().split_once('/'))
        .map(|(module, _)| module)
        .collect();
    modules.retain(|module| with_lessons.contains(module.as_str()));
    let (registers, assets): (Vec<_>, Vec<_>) = assets.into_iter().partition(is_register);
    let registers = read_registers(&folder, &registers, &mut findings)?;
    let assets = read_assets(&folder, assets, &mut findings)?;
    let mut sources = Sources {
        documents,
        assets,
        modules,
        registers,
        local: Vec::new(),
        links,
    };
    sources.find_pages_of_folders();
    Ok(Staged {
        value: sources,
        findings,
    })
}

/// Reports what lies below `modules/` and is no part of the curriculum.
fn left_out(path: &SourcePath, what: String, help: &str) -> Finding {
    Finding::new(Rule::UnsafePath, path.from_root(), Place::START, what).help(help)
}

/// Reads one Markdown file again.
///
/// Returns `None` where it is no regular file any more: then the whole folder must be looked at.
///
/// # Errors
///
/// When the file is there and cannot be read.
pub fn reread(
    root: &Utf8Path,
    path: &SourcePath,
) -> Result<Option<Staged<Document>>, DiscoverError> {
    let full = root.join("modules").join(path.as_str());
    if !std::fs::symlink_metadata(&full).is_ok_and(|found| found.is_file()) {
        return Ok(None);
    }
    let mut findings = Vec::new();
    match read_text(&full, path.from_root(), &mut findings) {
        Ok(text) => Ok(Some(Staged {
            value: Document {
                path: path.clone(),
                text,
            },
            findings,
        })),
        // Gone between the look and the reading.
        Err(DiscoverError::Unreadable { source, .. })
            if source.kind() == std::io::ErrorKind::NotFound =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Orders a folder's entries as people read them: its `index.md`, then everything else by number and name.
fn compare_entries(a: &DirEntry, b: &DirEntry) -> std::cmp::Ordering {
    compare_names(
        &a.file_name().to_string_lossy(),
        &b.file_name().to_string_lossy(),
    )
}

fn is_hidden(entry: &DirEntry) -> bool {
    is_left_out(&entry.file_name().to_string_lossy())
}

fn canonical(path: &Utf8Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Returns where a link leads; where nothing is there, the place in its folder.
fn target(link: &std::path::Path) -> Option<Utf8PathBuf> {
    let found = link.canonicalize().or_else(|_| {
        let there = link
            .parent()
            .unwrap_or(link)
            .join(std::fs::read_link(link)?);
        let folder = there.parent().unwrap_or(&there).canonicalize()?;
        Ok::<_, std::io::Error>(folder.join(there.file_name().unwrap_or_default()))
    });
    Utf8PathBuf::from_path_buf(found.ok()?).ok()
}

fn leads_inside(entry: &DirEntry, root: Option<&std::path::Path>) -> bool {
    match (entry.path().canonicalize(), root) {
        (Ok(target), Some(root)) => target.starts_with(root),
        _ => false,
    }
}

fn relative_path(
    path: &std::path::Path,
    folder: &Utf8Path,
    findings: &mut Vec<Finding>,
) -> Option<SourcePath> {
    let relative = path.strip_prefix(folder).ok()?;
    if relative.as_os_str().is_empty() {
        return None;
    }
    let Some(text) = relative.to_str() else {
        findings.push(
            Finding::new(
                Rule::UnsafePath,
                format!("modules/{}", relative.to_string_lossy().replace('\\', "/")),
                Place::START,
                "this file's name is not UTF-8 and is left out",
            )
            .help("rename the file"),
        );
        return None;
    };
    let text = if std::path::MAIN_SEPARATOR == '/' {
        text.to_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    };
    Some(SourcePath::new(&text))
}

/// Returns a finding for links that lead nowhere or round in a circle; everything else stops the tool.
fn refused(error: &walkdir::Error, folder: &Utf8Path) -> Option<Finding> {
    let path = error.path()?;
    let shown = path
        .strip_prefix(folder)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    let missing = error
        .io_error()
        .is_some_and(|error| error.kind() != std::io::ErrorKind::PermissionDenied);
    let what = if error.loop_ancestor().is_some() {
        "this link leads back to a folder that it stands in, and is not followed"
    } else if missing && path.is_symlink() {
        "this link leads nowhere"
    } else {
        return None;
    };
    Some(
        Finding::new(
            Rule::UnsafePath,
            format!("modules/{shown}"),
            Place::START,
            what,
        )
        .help("remove the link"),
    )
}

fn unreadable(error: &walkdir::Error, folder: &Utf8Path) -> DiscoverError {
    DiscoverError::Unreadable {
        path: error
            .path()
            .map_or_else(|| folder.to_string(), |path| path.display().to_string()),
        source: std::io::Error::new(
            error
                .io_error()
                .map_or(std::io::ErrorKind::Other, std::io::Error::kind),
            error.to_string(),
        ),
    }
}

fn read_documents(
    folder: &Utf8Path,
    paths: Vec<SourcePath>,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Document>, DiscoverError> {
    let read: Vec<Result<(Document, Vec<Finding>), DiscoverError>> = paths
        .into_par_iter()
        .map(|path| {
            let mut findings = Vec::new();
            let text = read_text(&folder.join(path.as_str()), path.from_root(), &mut findings)?;
            Ok((Document { path, text }, findings))
        })
        .collect();
    let mut documents = Vec::with_capacity(read.len());
    for result in read {
        let (document, found) = result?;
        documents.push(document);
        findings.extend(found);
    }
    Ok(documents)
}

/// Reads the registers among the files that were found.
fn read_registers(
    folder: &Utf8Path,
    found: &[SourcePath],
    findings: &mut Vec<Finding>,
) -> Result<RegisterSources, DiscoverError> {
    RegisterSources::by_name(|register| {
        let name = register.name();
        let Some(path) = found.iter().find(|path| path.as_str() == name) else {
            return Ok(None);
        };
        read_text(&folder.join(name), path.from_root(), findings).map(Some)
    })
}

fn read_assets(
    folder: &Utf8Path,
    paths: Vec<SourcePath>,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Asset>, DiscoverError> {
    let mut assets = Vec::with_capacity(paths.len());
    for path in paths {
        let full = folder.join(path.as_str());
        let size = std::fs::metadata(&full)
            .map_err(|source| DiscoverError::Unreadable {
                path: full.to_string(),
                source,
            })?
            .len();
        let svg = if has_extension(&path, "svg") && size < LARGEST_TEXT {
            let text = read_text(&full, path.from_root(), findings)?;
            Some(Arc::new(Svg::new(&text)))
        } else {
            None
        };
        assets.push(Asset { path, size, svg });
    }
    Ok(assets)
}
