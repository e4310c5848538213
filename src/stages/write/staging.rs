//! A site while it is made.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::error::WriteError;
use super::folders::{self, Folders, Found};
use super::foreign::{self, Claimed, Foreign, Kind};
use super::lock::Lock;
use super::manifest::{self, Manifest, Stamp};
use super::recovery::{self, Recovered};
use super::{Destination, Survives, Written, paths, removal, swap};
use crate::model::output::{Content, Output};

/// Bytes of an asset that are in memory at once.
const CHUNK: usize = 128 * 1024;
/// Files that one thread links without asking for the next ones.
const BATCH: usize = 64;

/// A site while it is made: begun, filled from any number of threads, and finished.
///
/// One that is dropped unfinished leaves no trace.
#[derive(Debug)]
pub struct Staging {
    root: Utf8PathBuf,
    folders: Folders,
    survives: Survives,
    former: Option<Manifest>,
    left_behind: Option<WriteError>,
    files: Mutex<Vec<Entry>>,
    /// Folders that exist in the staging folder.
    made: Mutex<HashSet<Box<str>>>,
    /// Whether the staging folder is still the one that this build made.
    is_staged: bool,
    /// Given up last, when everything else is done.
    _lock: Lock,
}

/// A file of the new site.
#[derive(Debug, Clone)]
struct Entry {
    path: Arc<str>,
    stamp: Stamp,
    origin: Origin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// It is in the staging folder.
    Written,
    /// It is in the former site, and gets its second name when the site is finished.
    Former,
}

impl Staging {
    /// Takes the output folder's lock, puts right what killed builds left, and makes the staging folder.
    ///
    /// # Errors
    ///
    /// Whatever [`check`](super::check) refuses; `Busy` where another build is at work.
    pub fn begin(destination: &Destination) -> Result<Self, WriteError> {
        let folders = Folders::of(destination)?;
        folders.inspect()?;
        std::fs::create_dir_all(&folders.parent)
            .map_err(|cause| folders.beside(&folders.parent, cause))?;
        let lock = Lock::take(&folders)?;
        let Recovered { found, left_behind } = recovery::recover(&folders)?;
        std::fs::create_dir(&folders.staging)
            .map_err(|cause| folders.beside(&folders.staging, cause))?;
        Ok(Self {
            root: folders::resolve(&destination.root)?,
            folders,
            survives: destination.survives,
            former: match found {
                Found::Nothing => None,
                Found::Site(manifest) => Some(manifest),
            },
            left_behind,
            files: Mutex::default(),
            made: Mutex::default(),
            is_staged: true,
            _lock: lock,
        })
    }

    /// Adds a file to the site; can be called from many threads at once.
    ///
    /// An asset is streamed: however large it is, little of it is in memory.
    ///
    /// # Errors
    ///
    /// `UnsafePath` where the path is not one below the output folder, `Twice` where the file is there already, `Io` where the disk is full and
    /// the like. The site must then not be finished.
    pub fn put(&self, output: &Output) -> Result<(), WriteError> {
        check_path(&output.path)?;
        let (stamp, origin) = match &output.content {
            Content::Bytes(bytes) => self.put_bytes(&output.path, bytes)?,
            Content::Copy(source) => self.put_copy(&output.path, source)?,
        };
        let entry = Entry {
            path: output.path.clone(),
            stamp,
            origin,
        };
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry);
        Ok(())
    }

    fn put_bytes(&self, path: &str, bytes: &[u8]) -> Result<(Stamp, Origin), WriteError> {
        let stamp = Stamp {
            size: bytes.len() as u64,
            hash: blake3::hash(bytes),
        };
        if self.has_former(path, &stamp) {
            return Ok((stamp, Origin::Former));
        }
        let (mut file, target) = self.create(path)?;
        file.write_all(bytes)
            .map_err(WriteError::io("write", &target))?;
        Ok((stamp, Origin::Written))
    }

    fn put_copy(&self, path: &str, source: &str) -> Result<(Stamp, Origin), WriteError> {
        check_path(source)?;
        let source = self.root.join(source);
        let read = |cause| WriteError::io("read", &source)(cause);
        let (mut asset, size) = open_asset(&source)?;
        // Read twice only where the former site has a file of that size, which is then nearly always the same one.
        if self
            .former_stamp(path)
            .is_some_and(|former| former.size == size)
        {
            let hash = copy_hashed(&mut asset, |_| Ok(()))
                .map_err(Failure::of(read, read))?
                .hash;
            let stamp = Stamp { size, hash };
            if self.has_former(path, &stamp) {
                return Ok((stamp, Origin::Former));
            }
            asset.rewind().map_err(read)?;
        }
        let (mut file, target) = self.create(path)?;
        let stamp = copy_hashed(&mut asset, |chunk| file.write_all(chunk))
            .map_err(Failure::of(read, WriteError::io("write", &target)))?;
        Ok((stamp, Origin::Written))
    }

    fn former_stamp(&self, path: &str) -> Option<&Stamp> {
        self.former.as_ref()?.stamp(path)
    }

    /// Returns whether the former site has the same file, and nobody has changed it since.
    ///
    /// Takes the manifest's word for the content. A file with another size, or one that was changed later than the manifest was written, is not
    /// what the manifest says.
    fn has_former(&self, path: &str, stamp: &Stamp) -> bool {
        let Some(former) = &self.former else {
            return false;
        };
        former.stamp(path) == Some(stamp)
            && std::fs::symlink_metadata(self.folders.site.join(path)).is_ok_and(|found| {
                found.is_file()
                    && found.len() == stamp.size
                    && found
                        .modified()
                        .ok()
                        .is_some_and(|changed| Some(changed) <= former.modified)
            })
    }

    /// Makes a new file in the staging folder, with its folders.
    fn create(&self, path: &str) -> Result<(File, Utf8PathBuf), WriteError> {
        self.make_folder(path)?;
        let target = self.folders.staging.join(path);
        match File::create_new(&target) {
            Ok(file) => Ok((file, target)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(WriteError::Twice {
                path: path.to_owned(),
            }),
            Err(error) => Err(WriteError::io("write", &target)(error)),
        }
    }

    /// Makes the folder of a file in the staging folder, once.
    fn make_folder(&self, path: &str) -> Result<(), WriteError> {
        let Some((folder, _)) = path.rsplit_once('/') else {
            return Ok(());
        };
        // Held while the folder is made: no thread may go on before it is there.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if !made.contains(folder) {
            let target = self.folders.staging.join(folder);
            std::fs::create_dir_all(&target).map_err(WriteError::io("make", &target))?;
            made.insert(folder.into());
        }
        Ok(())
    }

    /// Completes the site and puts it in the former one's place.
    ///
    /// # Errors
    ///
    /// `InTheWay` where something foreign in the output folder has the path of a file of the site, `Twice` where two outputs had one path, `Swap`
    /// where the system does not let the folders change places. The former site is whole then.
    pub fn finish(mut self) -> Result<Written, WriteError> {
        let files = self.sorted_files()?;
        let claimed = Claimed::new(files.iter().map(|file| &*file.path));
        let foreign = match &self.former {
            Some(former) => foreign::find(&self.folders.site, former, &claimed)?,
            None => Vec::new(),
        };
        let mut written = self.tally(&files, &claimed, &foreign);
        if self.former.is_some() && written.written == 0 && written.removed.is_empty() {
            return Ok(written);
        }
        self.link_former(&files)?;
        self.link_foreign(&foreign)?;
        self.write_manifest(&files)?;
        self.replace(&foreign, &claimed, &mut written)?;
        Ok(written)
    }

    /// Returns the files by path, each once.
    fn sorted_files(&mut self) -> Result<Vec<Entry>, WriteError> {
        let mut files =
            std::mem::take(self.files.get_mut().unwrap_or_else(PoisonError::into_inner));
        files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        match files.windows(2).find(|pair| pair[0].path == pair[1].path) {
            Some(pair) => Err(WriteError::Twice {
                path: pair[0].path.to_string(),
            }),
            None => Ok(files),
        }
    }

    fn tally(&mut self, files: &[Entry], claimed: &Claimed<'_>, foreign: &[Foreign]) -> Written {
        let unchanged = files
            .iter()
            .filter(|file| file.origin == Origin::Former)
            .count();
        let former = self.former.iter().flat_map(Manifest::paths);
        let removed: Vec<String> = former
            .filter(|path| !claimed.files.contains(path))
            .map(str::to_owned)
            .collect();
        Written {
            written: files.len() - unchanged,
            unchanged,
            removed,
            kept: foreign
                .iter()
                .map(|found| {
                    found
                        .path
                        .to_string_lossy()
                        .replace(std::path::MAIN_SEPARATOR, "/")
                })
                .collect(),
            left_behind: self.left_behind.take(),
        }
    }

    /// Gives the files that have not changed their second names.
    fn link_former(&self, files: &[Entry]) -> Result<(), WriteError> {
        files
            .par_iter()
            .with_min_len(BATCH)
            .filter(|file| file.origin == Origin::Former)
            .try_for_each(|file| {
                self.make_folder(&file.path)?;
                let (from, to) = (
                    self.folders.site.join(&*file.path),
                    self.folders.staging.join(&*file.path),
                );
                match std::fs::hard_link(&from, &to) {
                    Ok(()) => Ok(()),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        Err(WriteError::Twice {
                            path: file.path.to_string(),
                        })
                    }
                    // The file system knows no second names, or not for other people's files.
                    Err(_) => std::fs::copy(&from, &to)
                        .map(drop)
                        .map_err(WriteError::io("write", &to)),
                }
            })
    }

    /// Gives other people's files their second names; whatever cannot have one is carried over later.
    fn link_foreign(&self, foreign: &[Foreign]) -> Result<(), WriteError> {
        // Elsewhere nothing says afterwards that both names are of one file.
        let linked = foreign
            .iter()
            .filter(|found| cfg!(unix) && found.kind == Kind::File);
        for path in linked.map(|found| found.path.as_path()) {
            if let Some(path) = path.to_str() {
                self.make_folder(path)?;
            }
            let site = self.folders.site.as_std_path();
            match std::fs::hard_link(
                site.join(path),
                self.folders.staging.as_std_path().join(path),
            ) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(WriteError::InTheWay {
                        path: self.folders.site.join(path.to_string_lossy().as_ref()),
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes the manifest after every file that it lists, and sees to it that it is on the disk, or all of them.
    fn write_manifest(&self, files: &[Entry]) -> Result<(), WriteError> {
        let path = self.folders.staging.join(manifest::NAME);
        let text = manifest::text(files.iter().map(|file| (&*file.path, file.stamp)));
        let mut file = File::create_new(&path).map_err(WriteError::io("write", &path))?;
        file.write_all(text.as_bytes())
            .map_err(WriteError::io("write", &path))?;
        // Without its manifest the folder would be nobody's after a power cut.
        match self.survives {
            Survives::Kill => file.sync_all(),
            Survives::PowerCut => sync_file_system(&file),
        }
        .map_err(WriteError::io("write", &path))
    }

    /// Puts the site in its place, and then carries over the rest of what is foreign and removes the former site.
    fn replace(
        &mut self,
        foreign: &[Foreign],
        claimed: &Claimed<'_>,
        written: &mut Written,
    ) -> Result<(), WriteError> {
        copy_permissions(&self.folders.site, &self.folders.staging);
        let Some(former) = &self.former else {
            swap::settle(&self.folders)?;
            self.is_staged = false;
            return Ok(());
        };
        let tree = swap::exchange(&self.folders)?;
        self.is_staged = false;
        // First, and before the long work of removing: until then these are missing. Failures come up again below.
        for found in foreign.iter().filter(|found| found.kind == Kind::Other) {
            let _ = foreign::carry(&found.path, &tree, &self.folders.site);
        }
        if let Err(error) = removal::retire(&tree, former, &self.folders.site, &claimed.folders) {
            written.left_behind = Some(error);
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.is_staged {
            let _ = removal::discard(&self.folders.staging);
        }
    }
}

fn check_path(path: &str) -> Result<(), WriteError> {
    match paths::unsafe_reason(path) {
        Some(reason) => Err(WriteError::UnsafePath {
            path: path.to_owned(),
            reason,
        }),
        None => Ok(()),
    }
}

/// The new output folder is as open to others as the former one was.
fn copy_permissions(from: &Utf8Path, to: &Utf8Path) {
    if let Ok(found) = std::fs::metadata(from) {
        // Where it cannot be, the site is no less complete.
        let _ = std::fs::set_permissions(to, found.permissions());
    }
}

/// Waits until everything in a file's file system is on the disk; elsewhere until the file is.
fn sync_file_system(file: &File) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(file)?;
    file.sync_all()
}

/// Opens an asset and returns its size; never waits for the other end of a pipe.
fn open_asset(path: &Utf8Path) -> Result<(File, u64), WriteError> {
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
enum Failure {
    Reading(io::Error),
    Writing(io::Error),
}

impl Failure {
    fn of(
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
fn copy_hashed(
    file: &mut File,
    mut write: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<Stamp, Failure> {
    let mut hasher = blake3::Hasher::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(length) => {
                hasher.update(&chunk[..length]);
                write(&chunk[..length]).map_err(Failure::Writing)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Failure::Reading(error)),
        }
    }
    Ok(Stamp {
        size: hasher.count(),
        hash: hasher.finalize(),
    })
}
