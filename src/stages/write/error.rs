//! Why a site could not be written.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// Why a site could not be written; in every case the former site is whole, and in all but `HalfWay` it stands in its place.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output folder is one that must not be replaced.
    #[error("the output folder `{path}` {reason}")]
    Refused {
        /// The folder as it was resolved.
        path: Utf8PathBuf,
        /// What is wrong with it.
        reason: Refusal,
    },
    /// Another build holds the lock.
    #[error(
        "another build is writing `{site}`: try again when it has finished (it holds `{lock}`)"
    )]
    Busy {
        /// The output folder.
        site: Utf8PathBuf,
        /// The lock file.
        lock: Utf8PathBuf,
    },
    /// A new site is made beside the old one, and there it cannot be made.
    #[error(
        "cannot write in `{parent}`: a new site is made beside `{site}` and then takes its place, so the folder around it must be writable too \
         ({cause})"
    )]
    ParentUnwritable {
        /// The folder around the output folder.
        parent: Utf8PathBuf,
        /// The output folder.
        site: Utf8PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Someone else's file stands where the build needs the place.
    #[error(
        "`{path}` was not written by throughline and stands in the way of the new site: move it away"
    )]
    InTheWay {
        /// The file or folder.
        path: Utf8PathBuf,
    },
    /// A folder of someone else in the output folder cannot be moved into the new site.
    #[error(
        "`{path}` is a mount point, which cannot be taken over into the new site: unmount it first"
    )]
    Mounted {
        /// The folder.
        path: Utf8PathBuf,
    },
    /// An output's path could lead out of the output folder.
    #[error("`{path}` cannot be the path of a file of the site: {reason}")]
    UnsafePath {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Two outputs have one path, or paths that this file system takes for one.
    #[error("two files of the site would both be `{path}`")]
    Twice {
        /// The path below the output folder.
        path: String,
    },
    /// An asset is a folder, a pipe or a device.
    #[error("`{path}` is not a regular file and cannot be copied")]
    NotAFile {
        /// The asset.
        path: Utf8PathBuf,
    },
    /// The finished site could not be put in its place.
    #[error("cannot put the new site in the place of `{site}`, which stays as it was: {cause}")]
    Swap {
        /// The output folder.
        site: Utf8PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// One output stands, another could not follow, and there was no way back.
    #[error(
        "{why}; and `{site}`, which is new already, cannot be put back ({cause}): build again when that is mended"
    )]
    HalfWay {
        /// The output folder that is new.
        site: Utf8PathBuf,
        /// Why the other one could not follow.
        why: String,
        /// What the system says.
        cause: io::Error,
    },
    /// Somebody asked the build to end.
    #[error("the build was told to end: the former site stays as it was")]
    Interrupted,
    /// The remains of a former site hold files of someone else that had no place in the new one.
    #[error(
        "files that throughline did not write, and that have no place in the new site, are kept in `{path}`: look at them, then remove it"
    )]
    SetAside {
        /// Where they are now.
        path: Utf8PathBuf,
    },
    /// The system refused something else.
    #[error("cannot {action} `{path}`: {cause}")]
    Io {
        /// A verb, such as `read`.
        action: &'static str,
        /// What it was done to.
        path: Utf8PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

/// Why a folder is refused as an output folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is the top of the file system.
    #[error("is the top of a disk")]
    Top,
    /// It is the root or holds it.
    #[error("is the curriculum's own folder or lies above it")]
    HoldsRoot,
    /// It is the home folder or holds it.
    #[error("is your home folder or lies above it")]
    HoldsHome,
    /// It is, holds, or lies in something that is never replaced.
    #[error("overlaps with `{0}`, which a build must never replace")]
    Overlaps(Utf8PathBuf),
    /// It is a file, a pipe or a device.
    #[error("is not a folder")]
    NotAFolder,
    /// It is a symbolic link.
    #[error("is a symbolic link: give the folder that it leads to")]
    Link,
    /// It is a mount point, which no rename can replace.
    #[error(
        "is a mount point, which a new site cannot replace as a whole: give a folder inside it, such as `{0}/site`"
    )]
    MountPoint(Utf8PathBuf),
    /// It must not be written.
    #[error("is not writable")]
    NotWritable,
    /// It holds something and carries no manifest.
    #[error(
        "holds files that throughline did not write, such as `{0}`: give another folder, or empty this one yourself"
    )]
    NotOurs(String),
    /// Its manifest does not say what belongs to the site.
    #[error(
        "has a manifest that cannot be read ({0}), so what is ours in it is unknown: remove the folder yourself, then build again"
    )]
    DamagedManifest(&'static str),
    /// Its name is one of those that builds use for themselves.
    #[error("has a name that throughline keeps for its own work")]
    OwnName,
}

impl WriteError {
    /// Returns what turns a failure of the system into one that says what was tried, and on what.
    pub(super) fn io(action: &'static str, path: &Utf8Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io {
            action,
            path: path.to_owned(),
            cause,
        }
    }

    /// Returns the refusal of an output folder.
    pub(super) fn refused(path: &Utf8Path, reason: Refusal) -> Self {
        Self::Refused {
            path: path.to_owned(),
            reason,
        }
    }
}
