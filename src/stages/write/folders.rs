//! Where a site goes, and which folders it must never take the place of.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::Destination;
use super::error::{Refusal, WriteError};
use super::manifest::Manifest;

const OWN: &str = ".throughline-";

/// The output folder and what stands beside it while a build works; all in one file system.
///
/// The names end differently, so those of two outputs in one folder differ wherever the outputs' own names do.
#[derive(Debug)]
pub(super) struct Folders {
    /// The output folder, without links in the folders above it.
    pub site: Utf8PathBuf,
    /// The folder around it.
    pub parent: Utf8PathBuf,
    /// The new site while it is made.
    pub staging: Utf8PathBuf,
    /// The former site while it is removed, where two folders cannot be exchanged.
    pub former: Utf8PathBuf,
    /// The lock file.
    pub lock: Utf8PathBuf,
}

/// What stands at the output folder's place.
#[derive(Debug)]
pub(super) enum Found {
    /// Nothing, or an empty folder.
    Nothing,
    /// A site of ours.
    Site(Manifest),
}

impl Folders {
    /// Resolves a destination, and refuses what must never be replaced whatever it holds.
    pub(super) fn of(destination: &Destination) -> Result<Self, WriteError> {
        let root = resolve(&destination.root)?;
        let asked = root.join(&destination.folder);
        let (Some(parent), Some(name)) = (asked.parent(), asked.file_name()) else {
            return Err(refuse_unnamed(&resolve(&asked)?));
        };
        let parent = resolve(parent)?;
        let site = parent.join(name);
        if name.to_lowercase().starts_with(OWN) {
            return Err(WriteError::refused(&site, Refusal::OwnName));
        }
        if let Some(reason) = overlap(&site, &root, &destination.apart)? {
            return Err(WriteError::refused(&site, reason));
        }
        let beside = |suffix| parent.join(format!("{OWN}{name}.{suffix}"));
        Ok(Self {
            staging: beside("new"),
            former: beside("old"),
            lock: beside("lock"),
            site,
            parent,
        })
    }

    /// Looks at the output folder, and refuses it where it is not ours, or cannot be replaced.
    pub(super) fn inspect(&self) -> Result<Found, WriteError> {
        let site = &self.site;
        let refused = |reason| Err(WriteError::refused(site, reason));
        let found = match std::fs::symlink_metadata(site) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(WriteError::io("read", site)(error)),
        };
        if found.is_symlink() {
            return refused(Refusal::Link);
        }
        if !found.is_dir() {
            return refused(Refusal::NotAFolder);
        }
        if is_mount_point(site, &self.parent) {
            return refused(Refusal::MountPoint(site.clone()));
        }
        if !is_writable(site) {
            return refused(Refusal::NotWritable);
        }
        match Manifest::read(site)? {
            Some(manifest) => Ok(Found::Site(manifest)),
            None => match first_entry(site) {
                Ok(Some(name)) => refused(Refusal::NotOurs(name)),
                Ok(None) => Ok(Found::Nothing),
                // Another build is just putting a new site here.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
                Err(error) => Err(WriteError::io("read", site)(error)),
            },
        }
    }

    /// Returns whether the folder around the output can be written, or the nearest one that exists.
    pub(super) fn check_parent(&self) -> Result<(), WriteError> {
        match self.parent.ancestors().find(|folder| folder.exists()) {
            Some(folder) if !is_writable(folder) => {
                Err(self.beside(&self.lock, io::ErrorKind::PermissionDenied.into()))
            }
            _ => Ok(()),
        }
    }

    /// Turns a failure to make something beside the output folder into an error that says why it is made there.
    pub(super) fn beside(&self, path: &Utf8Path, cause: io::Error) -> WriteError {
        match cause.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                WriteError::ParentUnwritable {
                    parent: self.parent.clone(),
                    site: self.site.clone(),
                    cause,
                }
            }
            _ => WriteError::io("make", path)(cause),
        }
    }
}

/// What the output folder must keep away from and does not.
fn overlap(
    site: &Utf8Path,
    root: &Utf8Path,
    apart: &[Utf8PathBuf],
) -> Result<Option<Refusal>, WriteError> {
    if site.parent().is_none() {
        return Ok(Some(Refusal::Top));
    }
    if lies_in(root, site) {
        return Ok(Some(Refusal::HoldsRoot));
    }
    if let Some(home) = home()
        && lies_in(&home, site)
    {
        return Ok(Some(Refusal::HoldsHome));
    }
    for path in apart {
        let path = resolve(&root.join(path))?;
        if lies_in(&path, site) || lies_in(site, &path) {
            return Ok(Some(Refusal::Overlaps(path)));
        }
    }
    Ok(None)
}

/// The refusal of a folder that has no name of its own, such as `..` or `/`.
fn refuse_unnamed(folder: &Utf8Path) -> WriteError {
    let reason = if folder.parent().is_none() {
        Refusal::Top
    } else {
        Refusal::HoldsRoot
    };
    WriteError::refused(folder, reason)
}

fn home() -> Option<Utf8PathBuf> {
    let home = Utf8PathBuf::from_path_buf(std::env::home_dir()?).ok()?;
    if home.as_str().is_empty() {
        return None;
    }
    resolve(&home).ok()
}

/// Returns the path without links, `.` and `..`; folders that do not exist yet keep their names.
pub(super) fn resolve(path: &Utf8Path) -> Result<Utf8PathBuf, WriteError> {
    const HERE: &str = ".";
    let path = if path.as_str().is_empty() {
        Utf8Path::new(HERE)
    } else {
        path
    };
    match (path.canonicalize_utf8(), path.parent()) {
        (Ok(resolved), _) => return Ok(resolved),
        (Err(error), Some(_)) if error.kind() == io::ErrorKind::NotFound && path != HERE => {}
        (Err(error), _) => return Err(WriteError::io("resolve", path)(error)),
    }
    let above = resolve(path.parent().unwrap_or(Utf8Path::new(HERE)))?;
    Ok(match path.file_name() {
        Some(name) => above.join(name),
        // What does not exist and ends in `..` is the folder above it.
        None => above.parent().unwrap_or(&above).to_owned(),
    })
}

/// Returns whether a path is a folder or lies in it, whatever names and links lead there.
fn lies_in(path: &Utf8Path, folder: &Utf8Path) -> bool {
    path.starts_with(folder)
        || identity(folder)
            .is_some_and(|id| path.ancestors().any(|above| identity(above) == Some(id)))
}

/// What tells a file from every other under any of its names, where the system says it.
#[cfg(unix)]
fn identity(path: &Utf8Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::symlink_metadata(path).ok()?;
    Some((found.dev(), found.ino()))
}

/// What tells a file from every other under any of its names, where the system says it.
#[cfg(not(unix))]
fn identity(_: &Utf8Path) -> Option<(u64, u64)> {
    None
}

#[cfg(unix)]
fn is_writable(folder: &Utf8Path) -> bool {
    rustix::fs::access(
        folder.as_std_path(),
        rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK,
    )
    .is_ok()
}

#[cfg(not(unix))]
fn is_writable(folder: &Utf8Path) -> bool {
    std::fs::metadata(folder).is_ok_and(|found| !found.permissions().readonly())
}

/// Returns whether a folder is where another file system, or another part of this one, is mounted.
pub(super) fn is_mount_point(folder: &Utf8Path, parent: &Utf8Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        if let Ok(found) = statx(
            CWD,
            folder.as_std_path(),
            AtFlags::SYMLINK_NOFOLLOW,
            StatxFlags::empty(),
        ) && found
            .stx_attributes_mask
            .contains(StatxAttributes::MOUNT_ROOT)
        {
            return found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT);
        }
    }
    match (identity(folder), identity(parent)) {
        (Some((device, _)), Some((around, _))) => device != around,
        _ => false,
    }
}

/// Returns the first name in a folder by order of the alphabet.
fn first_entry(folder: &Utf8Path) -> io::Result<Option<String>> {
    let mut first: Option<String> = None;
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if first.as_ref().is_none_or(|least| name < *least) {
            first = Some(name);
        }
    }
    Ok(first)
}
