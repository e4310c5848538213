//! What a curriculum is compared with: a folder, a file that `throughline snapshot` wrote, or what git knows.
//!
//! A folder wins over a file, and a file over a revision, since both are there to be seen; `git:` before a name asks for the revision. A name that is no revision
//! and reads as a day is the last commit of that day.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::{Stop, files};
use crate::history::{Commit, GitError, Repository, past};
use crate::model::nearness::did_you_mean;
use crate::model::theme::Theme;
use crate::model::{Rule, Severity};
use crate::pipeline::{Earlier, Request, at_revision, in_folder};
use crate::report::changes::EarlierSide;
use crate::report::snapshot::Snapshot;
use crate::report::words::long_date;

/// Bytes of the largest snapshot.
const LARGEST: u64 = 1 << 31;

/// What a curriculum is compared with.
pub struct Since {
    /// What it is, in words and figures.
    pub side: EarlierSide,
    said: Said,
}

/// How what it says is known.
enum Said {
    /// Surveyed like any curriculum.
    Surveyed(Box<Earlier>),
    /// Kept in a file.
    Kept(Box<Snapshot<'static>>),
}

impl Since {
    /// Returns what it says.
    pub fn snapshot(&self) -> Snapshot<'_> {
        match &self.said {
            Said::Surveyed(earlier) => Snapshot::new(&earlier.survey.basis()),
            Said::Kept(snapshot) => Snapshot::clone(snapshot),
        }
    }
}

/// Finds what somebody asks to compare with, and reads it.
///
/// # Errors
///
/// When there is no such thing, or it cannot be read.
pub fn since(asked: &str, request: &Request, theme: &Arc<Theme>) -> Result<Since, Stop> {
    if let Some(name) = asked.strip_prefix("git:") {
        return revision(asked, name, request, theme);
    }
    let path = Utf8Path::new(asked);
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => folder(path, request, theme),
        Ok(found) if found.is_file() => file(path, found.len()),
        Ok(_) => Err(Stop(format!("`{path}` is neither a folder nor a file"))),
        Err(_) => revision(asked, asked, request, theme).map_err(|stop| or_path(stop, path)),
    }
}

/// Adds the nearest name in the folder to the message about a name that is nothing.
fn or_path(stop: Stop, path: &Utf8Path) -> Stop {
    let folder = match path.parent() {
        Some(parent) if !parent.as_str().is_empty() => parent.to_owned(),
        _ => Utf8PathBuf::from("."),
    };
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let names: Vec<String> = entries.map(|entry| entry.file_name().to_owned()).collect();
    let name = path.file_name().unwrap_or_default();
    match did_you_mean(name, names.iter().map(String::as_str)) {
        Some(help) => Stop(format!("{}\n  help: or, in `{folder}`: {help}", stop.0)),
        None => stop,
    }
}

fn folder(path: &Utf8Path, request: &Request, theme: &Arc<Theme>) -> Result<Since, Stop> {
    if !path.join("modules").is_dir() {
        let near = nearby(path).map_or_else(
            || "name the folder that `modules` stands in".to_owned(),
            |found| format!("did you mean `{found}`?"),
        );
        return Err(Stop(format!(
            "`{path}` is no curriculum: it has no folder `modules`\n  help: {near}"
        )));
    }
    let earlier = in_folder(path, request, theme)?;
    Ok(surveyed(
        path.as_str(),
        format!("the folder `{path}`"),
        earlier,
    ))
}

/// Returns a curriculum that is near a folder which is none: above it, or directly in it.
fn nearby(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let path = path.canonicalize_utf8().ok()?;
    let is_curriculum = |folder: &Utf8Path| folder.join("modules").is_dir();
    if let Some(above) = path
        .ancestors()
        .skip(1)
        .find(|folder| is_curriculum(folder))
    {
        return Some(above.to_owned());
    }
    let entries = path.read_dir_utf8().ok()?.flatten();
    let mut inside: Vec<Utf8PathBuf> = entries.map(|entry| entry.path().to_owned()).collect();
    inside.retain(|folder| is_curriculum(folder));
    inside.sort();
    inside.into_iter().next()
}

fn file(path: &Utf8Path, size: u64) -> Result<Since, Stop> {
    if size > LARGEST {
        return Err(Stop(format!("`{path}` is too large to be a snapshot")));
    }
    let text = files::read(path, LARGEST >> 20)
        .map_err(|error| Stop(format!("cannot read `{path}`: {error}")))?;
    let snapshot = Snapshot::read(&text)
        .map_err(|error| Stop(format!("`{path}` cannot be compared with: {error}")))?;
    let day = long_date(snapshot.as_of);
    Ok(Since {
        side: EarlierSide {
            asked: path.to_string(),
            what: format!("the snapshot `{path}` of {day}"),
            findings: 0,
            unknown_keys: 0,
            unread: 0,
        },
        said: Said::Kept(Box::new(snapshot)),
    })
}

fn revision(asked: &str, name: &str, request: &Request, theme: &Arc<Theme>) -> Result<Since, Stop> {
    let repository = Repository::around(&request.root)?;
    let commit = commit(&repository, name)?;
    let past = past(&repository, &commit, name)?;
    let what = format!(
        "{name}, the commit {} of {}",
        commit.short(),
        long_date(commit.day)
    );
    Ok(surveyed(asked, what, at_revision(past, request, theme)))
}

/// Returns the commit of that name; else, for a day, the last one until its end.
fn commit(repository: &Repository, name: &str) -> Result<Commit, Stop> {
    let unknown = match repository.commit(name) {
        Ok(commit) => return Ok(commit),
        Err(error @ (GitError::Unknown { .. } | GitError::Shallow(_))) => error,
        Err(error) => return Err(error.into()),
    };
    let Ok(day) = name.parse::<Date>() else {
        return Err(unknown.into());
    };
    repository.commit_on(day)?.ok_or_else(|| {
        Stop(format!(
            "there was no commit yet on {day}\n  help: name a later day"
        ))
    })
}

fn surveyed(asked: &str, what: String, earlier: Earlier) -> Since {
    let findings = &earlier.survey.findings;
    let grave = findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info);
    let unknown = findings
        .iter()
        .filter(|finding| finding.rule == Rule::UnknownKey);
    Since {
        side: EarlierSide {
            asked: asked.to_owned(),
            what,
            findings: grave.count(),
            unknown_keys: unknown.count(),
            unread: earlier.unread,
        },
        said: Said::Surveyed(Box::new(earlier)),
    }
}
