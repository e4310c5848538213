//! Looks for changes where the system gives no events.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use camino::Utf8PathBuf;
use walkdir::WalkDir;

use super::batch::{Batch, FOLDERS, Folders};
use crate::stages::discover::is_left_out;

/// A file changed this shortly before a look may change again within the same time stamp.
const COARSEST_STAMP: Duration = Duration::from_secs(3);

/// What the folders looked like.
#[derive(Debug, Default)]
pub struct Poll {
    stamps: BTreeMap<Utf8PathBuf, Stamp>,
}

/// What tells an unchanged file from a changed one without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// Changes with every change of the file's entry, where the system has such a thing.
    entry: (u64, i64, i64),
    /// Whether the stamp may stay the same although the file changes.
    recent: bool,
}

impl Poll {
    /// Takes a first look.
    pub fn start(folders: &Folders) -> Self {
        Self {
            stamps: stamps(folders),
        }
    }

    /// Returns what has changed since the last look, or may have. Waits until a burst is over.
    pub fn look(&mut self, folders: &Folders) -> Batch {
        let mut batch = Batch::default();
        let mut patience = 20;
        loop {
            let now = stamps(folders);
            let certain = self.compare(&now, &mut batch);
            self.stamps = now;
            patience -= 1;
            if certain == 0 || patience == 0 {
                return batch;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Adds what is different; returns how many paths certainly are.
    fn compare(&self, now: &BTreeMap<Utf8PathBuf, Stamp>, batch: &mut Batch) -> usize {
        let mut certain = 0;
        for (path, stamp) in now {
            let same = self.stamps.get(path).is_some_and(|former| {
                Stamp {
                    recent: stamp.recent,
                    ..*former
                } == *stamp
            });
            certain += usize::from(!same);
            if !same || stamp.recent {
                batch.paths.insert(path.clone());
            }
        }
        for path in self.stamps.keys().filter(|path| !now.contains_key(*path)) {
            batch.paths.insert(path.clone());
            certain += 1;
        }
        certain
    }
}

fn stamps(folders: &Folders) -> BTreeMap<Utf8PathBuf, Stamp> {
    let now = SystemTime::now();
    let mut stamps = BTreeMap::new();
    let below = FOLDERS.map(|folder| folders.root.join(folder));
    let links = folders.links.iter().cloned();
    let tops = below.into_iter().chain([folders.config.clone()]);
    for top in tops.chain(links) {
        let walk = WalkDir::new(&top).into_iter().filter_entry(|entry| {
            entry.depth() == 0 || !is_left_out(&entry.file_name().to_string_lossy())
        });
        for entry in walk
            .filter_map(Result::ok)
            .filter(|entry| !entry.file_type().is_dir())
        {
            if let (Ok(found), Ok(path)) = (
                entry.metadata(),
                Utf8PathBuf::from_path_buf(entry.into_path()),
            ) {
                stamps.insert(path, stamp(&found, now));
            }
        }
    }
    stamps
}

fn stamp(found: &std::fs::Metadata, now: SystemTime) -> Stamp {
    let modified = found.modified().ok();
    let recent = modified.is_some_and(|time| {
        now.duration_since(time)
            .is_ok_and(|age| age < COARSEST_STAMP)
    });
    Stamp {
        size: found.len(),
        modified,
        entry: entry(found),
        recent,
    }
}

#[cfg(unix)]
fn entry(found: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn entry(_: &std::fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}
