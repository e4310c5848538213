//! What other people put into the output folder: found, carried over into the new site, never deleted.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use camino::Utf8Path;

use super::error::WriteError;
use super::manifest::{self, Manifest};
use crate::model::path::joined;

/// A file or folder in the output folder that its manifest does not list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foreign {
    /// Path below the output folder.
    pub path: PathBuf,
    /// How it can be carried over.
    pub kind: Kind,
}

/// How something can be carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// By a second name before the new site takes its place, so that it is never missing.
    File,
    /// By rename, afterwards: a folder of which nothing is ours, a link, a pipe.
    Other,
}

/// The files and folders that a new site will have.
#[derive(Debug)]
pub(super) struct Claimed<'a> {
    /// Paths of files.
    pub files: HashSet<&'a str>,
    /// Paths of the folders that hold them.
    pub folders: HashSet<&'a str>,
}

impl<'a> Claimed<'a> {
    /// Takes the paths of the new site's files.
    pub(super) fn new(files: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self {
            folders: manifest::folders_of(files.clone()),
            files: files.collect(),
        }
    }

    /// Returns whether a path is that of a file or folder of the new site, or would lie in one of its files.
    fn excludes(&self, path: &str) -> bool {
        self.folders.contains(path)
            || Utf8Path::new(path)
                .ancestors()
                .any(|above| self.files.contains(above.as_str()))
    }
}

/// Returns what in a site is not ours, sorted.
///
/// Enters only folders of which something is or will be ours: a folder that is wholly foreign is one item.
///
/// # Errors
///
/// `InTheWay` where one of them stands at a place that the new site needs.
pub(super) fn find(
    site: &Utf8Path,
    former: &Manifest,
    claimed: &Claimed<'_>,
) -> Result<Vec<Foreign>, WriteError> {
    let former_folders = former.folders();
    let mut found = Vec::new();
    let mut pending = vec![String::new()];
    while let Some(folder) = pending.pop() {
        let path = site.join(&folder);
        for entry in std::fs::read_dir(&path).map_err(WriteError::io("read", &path))? {
            let entry = entry.map_err(WriteError::io("read", &path))?;
            let kind = entry.file_type().map_err(WriteError::io("read", &path))?;
            let name = entry.file_name();
            let Some(below) = name.to_str().map(|name| joined(&folder, name)) else {
                // A name that is not UTF-8 is none of ours.
                found.push(Foreign::new(Path::new(&folder).join(&name), kind));
                continue;
            };
            let ours =
                below == manifest::NAME || (kind.is_file() && former.stamp(&below).is_some());
            if ours {
                continue;
            }
            let shared = former_folders.contains(&*below) || claimed.folders.contains(&*below);
            if kind.is_dir() && shared {
                pending.push(below);
            } else if claimed.excludes(&below) {
                return Err(WriteError::InTheWay {
                    path: site.join(below),
                });
            } else {
                found.push(Foreign::new(PathBuf::from(below), kind));
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

impl Foreign {
    /// Returns the path as people read it.
    pub(super) fn shown(&self) -> String {
        self.path
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/")
    }

    fn new(path: PathBuf, kind: std::fs::FileType) -> Self {
        Self {
            path,
            kind: if kind.is_file() {
                Kind::File
            } else {
                Kind::Other
            },
        }
    }
}

/// What became of something foreign in a tree that is going to be removed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// The site has it.
    Over,
    /// It is still where it was, since something else stands at its place in the site.
    Not,
}

/// Carries something foreign from a tree that is no longer the site to the same place in the site.
///
/// Nothing in the site is replaced. A file that the site has already, being the same file under a second name, loses the first one.
pub(super) fn carry(path: &Path, tree: &Utf8Path, site: &Utf8Path) -> io::Result<Carried> {
    let from = tree.as_std_path().join(path);
    let to = site.as_std_path().join(path);
    match std::fs::symlink_metadata(&to) {
        Ok(there) if is_same(&from, &there)? => {
            std::fs::remove_file(&from)?;
            Ok(Carried::Over)
        }
        Ok(_) => Ok(Carried::Not),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = to.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::rename(&from, &to)?;
            Ok(Carried::Over)
        }
        // A file of the site stands where a folder would have to be.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(Carried::Not),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn is_same(path: &Path, other: &std::fs::Metadata) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::symlink_metadata(path)?;
    Ok(found.is_file() && found.dev() == other.dev() && found.ino() == other.ino())
}

#[cfg(not(unix))]
fn is_same(_: &Path, _: &std::fs::Metadata) -> io::Result<bool> {
    Ok(false)
}
