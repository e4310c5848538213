//! One build at a time for each output folder.
//!
//! The system gives a lock up with the process that holds it, so a lock file that a killed build left never stands in anyone's way.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::error::WriteError;
use super::folders::Folders;

/// The right to write one output folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: Utf8PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of an output folder without waiting.
    ///
    /// A file system that knows no locks is taken as it is.
    ///
    /// # Errors
    ///
    /// `Busy` where another build holds it, `ParentUnwritable` where the lock file cannot be made.
    pub(super) fn take(folders: &Folders) -> Result<Self, WriteError> {
        loop {
            let file = open(folders)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteError::Busy {
                        site: folders.site.clone(),
                        lock: folders.lock.clone(),
                    });
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => {
                    return Err(WriteError::io("lock", &folders.lock)(error));
                }
            }
            // The holder removes the file before it lets go: between opening and locking it may have gone, and the lock on it is worth nothing.
            if is_at(&file, &folders.lock) {
                return Ok(Self {
                    path: folders.lock.clone(),
                    _file: file,
                });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere there is no telling whether a lock file is still the one at its path, so it stays.
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn open(folders: &Folders) -> Result<File, WriteError> {
    // Opening a pipe could wait for ever, and a link could lead anywhere.
    if std::fs::symlink_metadata(&folders.lock).is_ok_and(|found| !found.is_file()) {
        return Err(WriteError::NotAFile {
            path: folders.lock.clone(),
        });
    }
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&folders.lock)
        .map_err(|cause| folders.beside(&folders.lock, cause))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => held.dev() == there.dev() && held.ino() == there.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Utf8Path) -> bool {
    true
}
