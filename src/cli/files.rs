//! Replaces a file as a whole: a failed write leaves the former one, and what somebody else wrote stays.

use std::io::{Read, Write};

use camino::{Utf8Component, Utf8DirEntry, Utf8Path, Utf8PathBuf};

use super::Stop;
use super::signals::Run;
use crate::stages::discover::LARGEST_TEXT;

/// MiB of the largest register: what sources may have.
pub const LARGEST_REGISTER: u64 = LARGEST_TEXT >> 20;

/// MiB of the largest file that this program has written, such as a baseline.
pub const LARGEST_OWN: u64 = 256;

/// Writes a file beside `path`, and puts that in its place.
///
/// # Errors
///
/// When the folder cannot be written to.
pub fn replace(path: &Utf8Path, content: impl AsRef<[u8]>) -> Result<(), Stop> {
    // What a link leads to is replaced, not the link.
    let target = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    remove_abandoned(&target);
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
/// When the folder cannot be written to, or the run is told to end; until the first one is in its place all former ones stay.
pub fn replace_all(files: &[(Utf8PathBuf, &[u8])], run: &Run) -> Result<(), Stop> {
    run.interrupt.begin_writing();
    let go_on = || match run.interrupt.is_asked() {
        true => Err(run.ended()),
        false => Ok(()),
    };
    let mut staged = Staged(Vec::with_capacity(files.len()));
    for (path, content) in files {
        go_on()?;
        let target = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
        remove_abandoned(&target);
        let beside = beside(&target);
        staged.0.push(beside.clone());
        write(&beside, content).map_err(|error| Stop(format!("cannot write `{path}`: {error}")))?;
    }
    go_on()?;
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

/// Removes what processes that were killed have left beside a file. What cannot be removed is hidden by its dot, and in nobody's way.
fn remove_abandoned(target: &Utf8Path) {
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
        return;
    };
    let Ok(entries) = folder.read_dir_utf8() else {
        return;
    };
    for entry in entries.flatten() {
        let id = entry
            .file_name()
            .strip_prefix('.')
            .and_then(|rest| rest.strip_prefix(name))
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| rest.strip_suffix(".new"))
            .and_then(|id| id.parse().ok());
        if id.is_some_and(|id| !may_be_at_work(id, &entry)) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Returns whether the process that a file is called after may still be writing it.
#[cfg(unix)]
fn may_be_at_work(id: i32, _: &Utf8DirEntry) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let runs = |id| test_kill_process(id) != Err(rustix::io::Errno::SRCH);
    Pid::from_raw(id).is_some_and(runs)
}

/// Returns whether the process that a file is called after may still be writing it: nobody takes an hour for that.
#[cfg(not(unix))]
fn may_be_at_work(_: i32, entry: &Utf8DirEntry) -> bool {
    let modified = entry.metadata().and_then(|found| found.modified());
    let age = modified.ok().and_then(|time| time.elapsed().ok());
    age.is_none_or(|age| age.as_secs() < 3600)
}

/// Reads a text that is no larger than `largest`, in MiB.
///
/// # Errors
///
/// When it cannot be read, is no regular file or no UTF-8, or is larger.
pub fn read(path: &Utf8Path, largest: u64) -> std::io::Result<String> {
    let found = std::fs::metadata(path)?;
    if !found.is_file() {
        return Err(std::io::Error::other("it is no regular file"));
    }
    let too_large = || std::io::Error::other(format!("it is larger than {largest} MiB"));
    if found.len() > largest << 20 {
        return Err(too_large());
    }
    let mut text = String::new();
    // Where there is not so much memory, that is a failure like any other of the system's.
    let room = text.try_reserve_exact(found.len() as usize + 1);
    room.map_err(|_| std::io::ErrorKind::OutOfMemory)?;
    let file = std::fs::File::open(path)?;
    let read = file.take((largest << 20) + 1).read_to_string(&mut text)?;
    if read as u64 > largest << 20 {
        return Err(too_large());
    }
    Ok(text)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Utf8Path) -> Vec<String> {
        let entries = folder.read_dir_utf8().expect("it can be read");
        let names = entries.map(|entry| entry.expect("it is there").file_name().to_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn scratch() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("it is UTF-8");
        (folder, path)
    }

    #[test]
    fn a_run_that_is_told_to_end_leaves_the_former_files_alone() {
        let (_folder, path) = scratch();
        let run = Run::new("every former file stays");
        replace_all(
            &[(path.join("a.zip"), b"1"), (path.join("b.zip"), b"1")],
            &run,
        )
        .expect("they can be written");
        assert_eq!(run.interrupt.ask(), crate::stages::write::Progress::Writing);
        let stop = replace_all(
            &[(path.join("a.zip"), b"2"), (path.join("b.zip"), b"2")],
            &run,
        );
        assert!(stop.is_err_and(|stop| stop.0.contains("stays as it was")));
        assert_eq!(names(&path), ["a.zip", "b.zip"]);
        assert_eq!(
            std::fs::read(path.join("a.zip")).expect("it is there"),
            b"1"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_killed_processes_left_is_removed_and_nothing_else() {
        let (_folder, path) = scratch();
        // No process has the highest number there is.
        let others = [
            ".a.zip.2147483647.new".to_owned(),
            format!(".a.zip.{}.new", std::process::id()),
            ".a.zip.x.new".to_owned(),
            ".b.zip.2147483647.new".to_owned(),
        ];
        for name in &others {
            std::fs::write(path.join(name), "").expect("it can be written");
        }
        remove_abandoned(&path.join("a.zip"));
        let mut expected = others[1..].to_vec();
        expected.sort();
        assert_eq!(names(&path), expected);
    }

    #[test]
    fn what_is_read_has_a_limit() {
        let (_folder, path) = scratch();
        let large = path.join("large.json");
        let file = std::fs::File::create(&large).expect("it can be made");
        file.set_len(3 << 30).expect("the file system has holes");
        let error = read(&large, LARGEST_OWN).expect_err("it is too large");
        assert_eq!(error.to_string(), "it is larger than 256 MiB");
        assert!(read(&path, LARGEST_OWN).is_err(), "a folder");
        let small = path.join("small.json");
        std::fs::write(&small, "ŷ").expect("it can be written");
        assert_eq!(read(&small, 1).expect("it can be read"), "ŷ");
    }
}
