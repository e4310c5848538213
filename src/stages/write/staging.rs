//! A site while it is made.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};
use std::sync::{Arc, Mutex, PoisonError};

use blake3::Hash;
use camino::Utf8PathBuf;

use super::asset::{self, Failure};
use super::error::WriteError;
use super::folders::{self, Folders, Found};
use super::interrupt::Interrupt;
use super::lock::Lock;
use super::manifest::{Manifest, Page, Stamp, Stamping};
use super::recovery::{self, Recovered};
use super::{Destination, Survives, paths, removal};
use crate::model::output::{Content, Output, Writing};

/// A site while it is made: begun, filled from any number of threads, and finished.
///
/// One that is dropped unfinished leaves no trace. [`finish`](Self::finish) stands in a file of its own.
#[derive(Debug)]
pub struct Staging {
    pub(super) root: Utf8PathBuf,
    pub(super) folders: Folders,
    pub(super) survives: Survives,
    pub(super) interrupt: Interrupt,
    pub(super) former: Option<Manifest>,
    /// Digest of what the site is made from, where that is known.
    pub(super) recipe: Option<Hash>,
    /// The pages that it is made from, sorted by path.
    pub(super) pages: Vec<Page>,
    pub(super) left_behind: Option<WriteError>,
    pub(super) files: Mutex<Vec<Entry>>,
    /// Folders that exist in the staging folder.
    made: Mutex<HashSet<Box<str>>>,
    /// Whether the staging folder is still the one that this build made.
    pub(super) is_staged: bool,
    /// Given up last, when everything else is done.
    _lock: Lock,
}

/// A file of the new site.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Path below the output folder.
    pub path: Arc<str>,
    /// Size and hash.
    pub stamp: Stamp,
    /// Where it is while the site is made.
    pub origin: Origin,
}

/// Where a file of the new site is while the site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It is in the staging folder.
    Written,
    /// It is in the former site, and gets its second name when the site is finished.
    Former,
}

/// Bytes of a file that are in memory while it is written piece by piece.
const BUFFER: usize = 64 * 1024;

/// A file that is hashed on its way to the disk.
struct Hashed {
    file: File,
    stamping: Stamping,
}

impl Hashed {
    fn new(file: File) -> Self {
        Self {
            file,
            stamping: Stamping::new(),
        }
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.stamping.add(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Staging {
    /// Takes the output folder's lock, puts right what killed builds left, and makes the staging folder.
    ///
    /// # Errors
    ///
    /// Whatever [`check`](super::check) refuses; `Busy` where another build is at work, `Interrupted` where somebody wants the build to end.
    pub fn begin(destination: &Destination) -> Result<Self, WriteError> {
        destination.interrupt.begin_writing();
        destination.interrupt.check()?;
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
            interrupt: destination.interrupt.clone(),
            former: match found {
                Found::Nothing => None,
                Found::Site(manifest) => Some(manifest),
            },
            recipe: None,
            pages: Vec::new(),
            left_behind,
            files: Mutex::default(),
            made: Mutex::default(),
            is_staged: true,
            _lock: lock,
        })
    }

    /// Says which pages the site is made from, and what each means: what is renamed later can be known by it.
    pub fn made_from_pages(&mut self, mut pages: Vec<Page>) {
        // One that cannot be written on a line is not known later.
        pages.retain(|(path, _)| paths::unsafe_reason(path).is_none());
        pages.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self.pages = pages;
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
        self.interrupt.check()?;
        check_path(&output.path)?;
        let (stamp, origin) = match &output.content {
            Content::Bytes(bytes) => self.put_bytes(&output.path, bytes)?,
            Content::Copy(source) => self.put_copy(&output.path, source)?,
        };
        self.add(Entry {
            path: output.path.clone(),
            stamp,
            origin,
        });
        Ok(())
    }

    /// Adds a file that is written piece by piece: little of it is in memory.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put) says.
    pub fn put_streamed(&self, path: &str, write: &Writing<'_>) -> Result<(), WriteError> {
        self.interrupt.check()?;
        check_path(path)?;
        let (file, target) = self.create(path)?;
        let mut out = BufWriter::with_capacity(BUFFER, Hashed::new(file));
        write(&mut out)
            .and_then(|()| out.flush())
            .map_err(WriteError::io("write", &target))?;
        let stamp = out.get_ref().stamping.stamp();
        drop(out);
        // Whether the former site has it is known only now.
        let is_former = self.has_former(path, &stamp) && std::fs::remove_file(&target).is_ok();
        self.add(Entry {
            path: path.into(),
            stamp,
            origin: if is_former {
                Origin::Former
            } else {
                Origin::Written
            },
        });
        Ok(())
    }

    fn add(&self, entry: Entry) {
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry);
    }

    fn put_bytes(&self, path: &str, bytes: &[u8]) -> Result<(Stamp, Origin), WriteError> {
        let stamp = Stamp::of(bytes);
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
        let (mut asset, size) = asset::open(&source)?;
        // Read twice only where the former site has a file of that size, which is then nearly always the same one.
        if self
            .former_stamp(path)
            .is_some_and(|former| former.size == size)
        {
            let stamp =
                asset::copy_hashed(&mut asset, |_| Ok(())).map_err(Failure::of(read, read))?;
            if self.has_former(path, &stamp) {
                return Ok((stamp, Origin::Former));
            }
            asset.rewind().map_err(read)?;
        }
        let (mut file, target) = self.create(path)?;
        let copied = asset::copy_hashed(&mut asset, |chunk| {
            // It may be long.
            self.interrupt.check().map_err(io::Error::other)?;
            file.write_all(chunk)
        });
        match copied {
            Ok(stamp) => Ok((stamp, Origin::Written)),
            Err(failure) => {
                self.interrupt.check()?;
                Err(Failure::of(read, WriteError::io("write", &target))(failure))
            }
        }
    }

    fn former_stamp(&self, path: &str) -> Option<&Stamp> {
        self.former.as_ref()?.stamp(path)
    }

    /// Returns whether the former site has the same file, and nobody has changed it since.
    fn has_former(&self, path: &str, stamp: &Stamp) -> bool {
        self.former.as_ref().is_some_and(|former| {
            former.stamp(path) == Some(stamp)
                && former.still_holds(&self.folders.site.join(path), stamp)
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
    pub(super) fn make_folder(&self, path: &str) -> Result<(), WriteError> {
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
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.is_staged {
            let _ = removal::discard(&self.folders.staging);
        }
    }
}

pub(super) fn check_path(path: &str) -> Result<(), WriteError> {
    match paths::unsafe_reason(path) {
        Some(reason) => Err(WriteError::UnsafePath {
            path: path.to_owned(),
            reason,
        }),
        None => Ok(()),
    }
}
