//! Replaces a file as a whole: a failed write leaves the former one, and what somebody else wrote stays.

use std::io::{Read, Write};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::Stop;

/// Writes a file beside `path`, and puts that in its place.
///
/// # Errors
///
/// When the folder cannot be written to.
pub fn replace(path: &Utf8Path, content: impl AsRef<[u8]>) -> Result<(), Stop> {
    // What a link leads to is replaced, not the link.
    let target = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let beside = beside(&target);
    let written = write(&beside, content.as_ref()).and_then(|()| std::fs::rename(&beside, &target));
    written.map_err(|error| {
        // The failure is told; a leftover that cannot be removed either is hidden from the sources by its dot.
        let _ = std::fs::remove_file(&beside);
        Stop(format!("cannot write `{path}`: {error}"))
    })
}

/// Writes files beside their places, and puts all of them there when the last one is written.
///
/// # Errors
///
/// When the folder cannot be written to; until the first one is in its place all former ones stay.
pub fn replace_all(files: &[(Utf8PathBuf, &[u8])]) -> Result<(), Stop> {
    let mut staged = Staged(Vec::with_capacity(files.len()));
    for (path, content) in files {
        let target = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
        let beside = beside(&target);
        staged.0.push(beside.clone());
        write(&beside, content).map_err(|error| Stop(format!("cannot write `{path}`: {error}")))?;
    }
    for ((path, _), beside) in files.iter().zip(&staged.0) {
        let target = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
        std::fs::rename(beside, &target)
            .map_err(|error| Stop(format!("cannot write `{path}`: {error}")))?;
    }
    Ok(())
}

/// Files that have been written beside their places. Those that have not been put there are removed.
struct Staged(Vec<Utf8PathBuf>);

impl Drop for Staged {
    fn drop(&mut self) {
        for path in &self.0 {
            // Most of them are in their places; one that cannot be removed is hidden by its dot.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn beside(target: &Utf8Path) -> Utf8PathBuf {
    let name = target.file_name().unwrap_or("file");
    target.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

fn write(path: &Utf8PathBuf, content: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Refuses a path where something stands that this program did not write: `is_own` knows by its content what `what` is.
///
/// # Errors
///
/// When something else stands there, or cannot be read.
pub fn check_own(
    path: &Utf8Path,
    is_own: impl Fn(&Utf8Path) -> std::io::Result<bool>,
    what: &str,
) -> Result<(), Stop> {
    let found = match std::fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Stop(format!("cannot read `{path}`: {error}"))),
    };
    if found.is_dir() {
        return Err(Stop(format!(
            "`{path}` is a folder\n  help: name a file in it"
        )));
    }
    let own = is_own(path).map_err(|error| Stop(format!("cannot read `{path}`: {error}")))?;
    if own || found.len() == 0 {
        return Ok(());
    }
    Err(Stop(format!(
        "`{path}` is not {what} that throughline wrote, and stays as it is\n  help: name another file, or remove this one"
    )))
}

/// Returns whether a file begins with these bytes.
///
/// # Errors
///
/// When it cannot be read.
pub fn begins_with(path: &Utf8Path, bytes: &[u8]) -> std::io::Result<bool> {
    let mut start = Vec::with_capacity(bytes.len());
    let file = std::fs::File::open(path)?;
    file.take(bytes.len() as u64).read_to_end(&mut start)?;
    Ok(start == bytes)
}

/// Returns a path without links and `..`, whose last parts need not exist.
///
/// # Errors
///
/// When the current folder cannot be read.
pub fn absolute(path: &Utf8Path) -> Result<Utf8PathBuf, Stop> {
    let mut here = Utf8PathBuf::new();
    for part in camino::absolute_utf8(path)?.components() {
        match part {
            Utf8Component::ParentDir => {
                here.pop();
            }
            part => here.push(part),
        }
        if let Ok(found) = here.canonicalize_utf8() {
            here = found;
        }
    }
    Ok(here)
}
