//! What is told of changes: paths, and whether they matter.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use notify::Event;

use crate::stages::discover::is_left_out;

/// Paths that may have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Absolute paths.
    pub paths: BTreeSet<Utf8PathBuf>,
    /// Whether anything at all may have changed.
    pub rescan: bool,
}

impl Batch {
    /// Returns the batch that says: look at everything.
    pub fn everything() -> Self {
        Self {
            rescan: true,
            ..Self::default()
        }
    }
}

/// The folders below the root that a preview may be made of.
pub(super) const FOLDERS: [&str; 3] = ["modules", "themes", "local"];

/// Where the files of a curriculum are. All paths are absolute and without links.
#[derive(Debug, Clone)]
pub struct Folders {
    /// The folder with `modules/` and `themes/`.
    pub root: Utf8PathBuf,
    /// The configuration file.
    pub config: Utf8PathBuf,
    /// Where links lead that stand in them. One that led somewhere once may lead there again.
    pub links: BTreeSet<Utf8PathBuf>,
}

impl Folders {
    /// Returns whether a change of this path can matter.
    pub(super) fn hold(&self, path: &Utf8Path) -> bool {
        if path == self.config || self.links.iter().any(|link| leads_to(link, path)) {
            return true;
        }
        let Ok(below) = path.strip_prefix(&self.root) else {
            return false;
        };
        let mut parts = below.components().map(|part| part.as_str());
        matches!(parts.next(), Some(top) if FOLDERS.contains(&top)) && !parts.any(is_left_out)
    }
}

/// Returns whether a path is what a link leads to, or lies in that folder and is none of those that are left out.
fn leads_to(link: &Utf8Path, path: &Utf8Path) -> bool {
    let below = path.strip_prefix(link);
    below.is_ok_and(|below| !below.components().any(|part| is_left_out(part.as_str())))
}

/// What reaches the one who waits for changes.
#[derive(Debug)]
pub enum Signal {
    /// The system has seen something.
    Event(notify::Result<Event>),
    /// It is time to end.
    Stop,
}
