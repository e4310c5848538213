//! Last stage: from outputs to files.
//!
//! In: the files of a site, one by one and in any order. Out: the output folder, which at every moment, whatever fails and whenever the process
//! is killed, is wholly the former site or wholly the new one.
//!
//! A site is made in a staging folder beside the output folder, and the two change places when it is finished. A file that the former site has
//! already is not written again but given a second name; where every file is the same, nothing is touched at all. The output folder is replaced
//! only where it carries our manifest, and what other people put into it is carried over: never does this stage delete a file that it did not
//! write. It never writes into a file that exists, and never makes a second name for one of the author's files.

mod asset;
mod error;
mod finish;
mod folders;
mod foreign;
mod interrupt;
mod lock;
mod manifest;
mod paths;
mod placing;
mod recovery;
mod removal;
mod staging;
mod swap;
#[cfg(test)]
mod tests;
mod unchanged;

use std::collections::HashSet;
use std::io::{self, Read as _};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::model::output::Output;

pub use error::{Refusal, WriteError};
pub use interrupt::{Interrupt, Progress};
pub use manifest::{Page, pages};
pub use placing::{Ready, put_in_place};
pub use staging::Staging;

/// Where a set of outputs goes.
#[derive(Debug, Clone)]
pub struct Destination {
    /// The folder with `config.toml`, from which the other paths and those of assets start.
    pub root: Utf8PathBuf,
    /// The output folder: relative to the root, or absolute.
    pub folder: Utf8PathBuf,
    /// Files and folders that the output must not be, hold, or lie in: the sources, themes, configuration, and other outputs.
    pub apart: Vec<Utf8PathBuf>,
    /// What a finished site must survive.
    pub survives: Survives,
    /// Whether somebody wants the build to end.
    pub interrupt: Interrupt,
}

/// What a site must survive from the moment that it is in its place.
///
/// The former site survives everything until then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Survives {
    /// The end of the process. After a power cut files may turn out to be empty, and the next build writes them again.
    #[default]
    Kill,
    /// A power cut, where the system can do that (Linux): the build waits until its file system has everything on the disk.
    PowerCut,
}

/// What a finished build did to the output folder.
#[derive(Debug, Default)]
pub struct Written {
    /// How many files are new or have changed.
    pub written: usize,
    /// How many files were in the former site already, byte for byte.
    pub unchanged: usize,
    /// Paths of the former site's files that are gone, sorted.
    pub removed: Vec<String>,
    /// Files and folders in the output folder that throughline did not write and has kept, sorted.
    pub kept: Vec<String>,
    /// What is left beside the output folder, and why; the site itself is complete.
    pub left_behind: Option<WriteError>,
}

/// Refuses an output folder that must not be replaced, before any work is done for it.
///
/// Writes nothing.
///
/// # Errors
///
/// `Refused` for a file, a link, a mount point, the root, the home folder, the top of a disk, anything above those, anything that overlaps with
/// what must be kept apart, and a folder with files but without our manifest; `ParentUnwritable` where no site could be made.
pub fn check(destination: &Destination) -> Result<(), WriteError> {
    let folders = folders::Folders::of(destination)?;
    folders.inspect()?;
    folders.check_parent()
}

/// Returns a path without links, `.` and `..`, so that two names of one place are the same; as it stands where nobody can tell.
pub fn place(path: &Utf8Path) -> Utf8PathBuf {
    folders::resolve(path).unwrap_or_else(|_| path.to_owned())
}

/// Returns the link that leads from pages in one output folder to the top of another, percent-encoded and with a final `/`.
///
/// It is relative, so that both can be moved together; between two disks of Windows it is a `file:` address.
///
/// # Errors
///
/// As [`check`] says of either folder.
pub fn link_between(from: &Destination, to: &Destination) -> Result<String, WriteError> {
    let (from, to) = (
        folders::Folders::of(from)?.site,
        folders::Folders::of(to)?.site,
    );
    Ok(paths::link_between(&from, &to))
}

/// Writes a set of outputs that is complete already.
///
/// # Errors
///
/// As [`Staging`] says.
pub fn write(destination: &Destination, outputs: &[Output]) -> Result<Written, WriteError> {
    let staging = Staging::begin(destination)?;
    outputs
        .par_iter()
        .try_for_each(|output| staging.put(output))?;
    staging.finish()
}

/// Reads one of the author's files as a whole.
///
/// # Errors
///
/// When it cannot be read, or is no regular file.
pub fn read_asset(path: &Utf8Path) -> Result<Vec<u8>, WriteError> {
    let (mut file, size) = asset::open(path)?;
    let mut bytes = Vec::new();
    let room = usize::try_from(size).unwrap_or(usize::MAX);
    let read = bytes.try_reserve(room).map_err(io::Error::from);
    read.and_then(|()| file.read_to_end(&mut bytes))
        .map_err(WriteError::io("read", path))?;
    Ok(bytes)
}

/// Returns the paths of the files of a site that stands in a folder; nothing where there is none that can be understood.
pub fn published(folder: &Utf8Path) -> Option<HashSet<String>> {
    let manifest = manifest::Manifest::read(folder).ok().flatten()?;
    Some(manifest.paths().map(ToOwned::to_owned).collect())
}
