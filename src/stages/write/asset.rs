//! Reads the author's files chunk by chunk, so that little of them is in memory, however large they are.

use std::fs::File;
use std::io::{self, Read as _};

use camino::Utf8Path;

use super::error::WriteError;
use super::manifest::{Stamp, Stamping};

/// Bytes of an asset that are in memory at once.
const CHUNK: usize = 128 * 1024;

/// Opens an asset and returns its size; never waits for the other end of a pipe.
pub(super) fn open(path: &Utf8Path) -> Result<(File, u64), WriteError> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path).map_err(WriteError::io("read", path))?;
    let found = file.metadata().map_err(WriteError::io("read", path))?;
    if !found.is_file() {
        return Err(WriteError::NotAFile {
            path: path.to_owned(),
        });
    }
    Ok((file, found.len()))
}

/// Which end of a copy failed.
pub(super) enum Failure {
    /// The asset's.
    Reading(io::Error),
    /// The copy's.
    Writing(io::Error),
}

impl Failure {
    /// Returns what turns it into an error, by a function for each end.
    pub(super) fn of(
        reading: impl FnOnce(io::Error) -> WriteError,
        writing: impl FnOnce(io::Error) -> WriteError,
    ) -> impl FnOnce(Self) -> WriteError {
        move |failure| match failure {
            Self::Reading(cause) => reading(cause),
            Self::Writing(cause) => writing(cause),
        }
    }
}

/// Hands over a file chunk by chunk, and returns the size and hash of what was handed over.
pub(super) fn copy_hashed(
    file: &mut File,
    mut write: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<Stamp, Failure> {
    let mut stamping = Stamping::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(length) => {
                stamping.add(&chunk[..length]);
                write(&chunk[..length]).map_err(Failure::Writing)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Failure::Reading(error)),
        }
    }
    Ok(stamping.stamp())
}
