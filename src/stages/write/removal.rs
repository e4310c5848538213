//! Removes what is left of a site or of a killed build, and nothing that is not ours.
//!
//! The manifest goes last: a tree whose removal was interrupted still says what in it is ours, and the next build goes on.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::error::WriteError;
use super::foreign::{self, Carried};
use super::manifest::{self, Manifest};
use crate::model::path::joined;

/// Files that one thread removes without asking for the next ones.
const BATCH: usize = 64;

/// Removes an unfinished site with everything in it: all of it is ours, or also in the output folder.
pub(super) fn discard(tree: &Utf8Path) -> Result<(), WriteError> {
    fn empty(folder: &Path) -> io::Result<()> {
        let (folders, files) = entries(folder)?;
        folders
            .par_iter()
            .try_for_each(|(name, _)| empty(&folder.join(name)))?;
        files
            .par_iter()
            .with_min_len(BATCH)
            .try_for_each(|(name, _)| std::fs::remove_file(folder.join(name)))?;
        std::fs::remove_dir(folder)
    }
    match empty(tree.as_std_path()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(WriteError::io("remove", tree)(error))
        }
        _ => Ok(()),
    }
}

/// Removes a tree that is no longer the site, and carries over into the site what its manifest does not list.
///
/// `shared` are the site's own folders, into which single files may be carried. What has no place in the site is set aside, and the error says
/// where it is.
pub(super) fn retire(
    tree: &Utf8Path,
    manifest: &Manifest,
    site: &Utf8Path,
    shared: &HashSet<&str>,
) -> Result<(), WriteError> {
    let retirement = Retirement {
        tree,
        manifest,
        folders: manifest.folders().union(shared).copied().collect(),
        site,
        stranded: AtomicBool::new(false),
        fault: Mutex::new(None),
    };
    retirement.empty("");
    if let Some((path, cause)) = retirement.fault.into_inner().unwrap_or_default() {
        let path = Utf8PathBuf::from(path.to_string_lossy().into_owned());
        return Err(WriteError::io("remove", &path)(cause));
    }
    if retirement.stranded.into_inner() {
        return Err(set_aside(tree));
    }
    let list = tree.join(manifest::NAME);
    std::fs::remove_file(&list).map_err(WriteError::io("remove", &list))?;
    match std::fs::remove_dir(tree) {
        // Somebody whose working folder it was has just written something into it.
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Err(set_aside(tree)),
        result => result.map_err(WriteError::io("remove", tree)),
    }
}

/// Gives a tree a name at which no build will touch it, and returns the error that says so.
pub(super) fn set_aside(tree: &Utf8Path) -> WriteError {
    let aside = (1..)
        .map(|number| Utf8PathBuf::from(format!("{tree}.kept-{number}")))
        .find(|aside| std::fs::symlink_metadata(aside).is_err())
        .expect("there is always a next number");
    match std::fs::rename(tree, &aside) {
        Ok(()) => WriteError::SetAside { path: aside },
        Err(error) => WriteError::io("rename", tree)(error),
    }
}

struct Retirement<'a> {
    tree: &'a Utf8Path,
    manifest: &'a Manifest,
    /// Folders that hold files of ours, here or in the site.
    folders: HashSet<&'a str>,
    site: &'a Utf8Path,
    stranded: AtomicBool,
    /// The first failure; the rest is removed all the same.
    fault: Mutex<Option<(PathBuf, io::Error)>>,
}

impl Retirement<'_> {
    /// Removes what is ours from a folder, and then the folder where nothing is left and it is not the top.
    fn empty(&self, folder: &str) {
        let path = self.tree.join(folder).into_std_path_buf();
        let (folders, files) = match entries(&path) {
            Ok(entries) => entries,
            Err(error) => return self.fail(path, error),
        };
        folders
            .par_iter()
            .for_each(|(name, kind)| self.take(folder, name, *kind));
        files
            .par_iter()
            .with_min_len(BATCH)
            .for_each(|(name, kind)| self.take(folder, name, *kind));
        if !folder.is_empty()
            && let Err(error) = std::fs::remove_dir(&path)
            && error.kind() != io::ErrorKind::DirectoryNotEmpty
        {
            self.fail(path, error);
        }
    }

    fn take(&self, folder: &str, name: &OsString, kind: FileType) {
        if let Some(below) = name.to_str().map(|name| joined(folder, name)) {
            if below == manifest::NAME {
                return;
            }
            if kind.is_dir() && self.folders.contains(&*below) {
                return self.empty(&below);
            }
            if kind.is_file() && self.manifest.stamp(&below).is_some() {
                let path = self.tree.join(below);
                if let Err(error) = std::fs::remove_file(&path) {
                    self.fail(path.into_std_path_buf(), error);
                }
                return;
            }
        }
        let below = Path::new(folder).join(name);
        match foreign::carry(&below, self.tree, self.site) {
            Ok(Carried::Over) => {}
            Ok(Carried::Not) => self.stranded.store(true, Ordering::Relaxed),
            Err(error) => self.fail(self.tree.as_std_path().join(below), error),
        }
    }

    fn fail(&self, path: PathBuf, error: io::Error) {
        if let Ok(mut fault) = self.fault.lock() {
            fault.get_or_insert((path, error));
        }
    }
}

type Entries = Vec<(OsString, FileType)>;

/// Returns the folders in a folder, and everything else; links are not followed.
fn entries(folder: &Path) -> io::Result<(Entries, Entries)> {
    let mut folders = Vec::new();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            &mut folders
        } else {
            &mut files
        }
        .push((entry.file_name(), kind));
    }
    Ok((folders, files))
}
