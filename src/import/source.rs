//! Finds and reads the files of a course that is taken over. It alone reads them, and nothing writes them.
//!
//! In: a folder. Out: the paths of its files below that folder, and their texts. Links that lead out of the folder are not followed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Mutex;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::course::Fault;
use super::encoding::{decoded, plain_text, unseen};

/// Larger texts are refused, as everywhere.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// Folders inside each other deeper than this are refused.
const DEEPEST: usize = 24;

/// What tools make or download, and no author writes.
const MADE: [&str; 9] = [
    ".git",
    ".hg",
    ".svn",
    "node_modules",
    "_site",
    "vendor",
    "target",
    "__pycache__",
    "venv",
];

/// A folder that is read.
#[derive(Debug)]
pub struct Source {
    root: Utf8PathBuf,
    files: BTreeSet<String>,
    /// What was not followed or cannot be named, by path.
    pub refused: Vec<(String, &'static str)>,
    /// What was read otherwise than it is written, by path. Pages are read all at once.
    repaired: Mutex<BTreeMap<String, Vec<Fault>>>,
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// There is none.
    Missing,
    /// It is larger than 16 MiB.
    TooLarge,
    /// The system does not let it be read.
    Refused,
}

impl Unread {
    /// Says why.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Missing => "there is no such file",
            Self::TooLarge => "the file is larger than 16 MiB",
            Self::Refused => "the file cannot be read",
        }
    }
}

impl Source {
    /// Lists the files below a folder.
    ///
    /// # Errors
    ///
    /// When the folder itself cannot be read.
    pub fn open(folder: &Utf8Path) -> std::io::Result<Self> {
        let root = folder.canonicalize_utf8()?;
        std::fs::read_dir(&root)?;
        let mut source = Self {
            root,
            files: BTreeSet::new(),
            refused: Vec::new(),
            repaired: Mutex::default(),
        };
        let walk = WalkDir::new(&source.root)
            .max_depth(DEEPEST)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0 || !is_left_out(&entry.file_name().to_string_lossy())
            });
        for entry in walk {
            let Ok(entry) = entry else { continue };
            let shown = entry
                .path()
                .strip_prefix(&source.root)
                .unwrap_or(entry.path());
            let shown = shown.to_string_lossy().replace('\\', "/");
            let Some(path) = Utf8Path::from_path(entry.path()) else {
                source.refused.push((shown, "its name is not UTF-8"));
                continue;
            };
            if entry.path_is_symlink() {
                match source.behind(path) {
                    Some(true) => {
                        source.files.insert(shown);
                    }
                    Some(false) => source
                        .refused
                        .push((shown, "this link leads to a folder, and is not followed")),
                    None => source
                        .refused
                        .push((shown, "this link leads out of the source, or nowhere")),
                }
            } else if entry.file_type().is_file() {
                source.files.insert(shown);
            }
        }
        Ok(source)
    }

    /// Returns whether a file stands behind a link; nothing where that is outside of the folder.
    fn behind(&self, link: &Utf8Path) -> Option<bool> {
        let target = link.canonicalize_utf8().ok()?;
        target.starts_with(&self.root).then(|| target.is_file())
    }

    /// Returns the paths of all files, sorted.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// Returns whether there is a file at a path.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Returns whether there is a file below a folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        folder.is_empty()
            || self
                .files
                .range(below.clone()..)
                .next()
                .is_some_and(|file| file.starts_with(&below))
    }

    /// Reads a text, with line feeds and without byte-order mark, control characters and hidden direction marks.
    ///
    /// What had to be read otherwise than as UTF-8, or taken out, is told by [`Source::repaired`].
    ///
    /// # Errors
    ///
    /// When there is none, or it is too large.
    pub fn text(&self, path: &str) -> Result<String, Unread> {
        if !self.has(path) {
            return Err(Unread::Missing);
        }
        let file = std::fs::File::open(self.root.join(path)).map_err(|_| Unread::Refused)?;
        let mut bytes = Vec::new();
        file.take(LARGEST_TEXT + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Unread::Refused)?;
        if bytes.len() as u64 > LARGEST_TEXT {
            return Err(Unread::TooLarge);
        }
        let (text, encoding) = decoded(bytes);
        let faults: Vec<Fault> = [encoding, unseen(&text)]
            .into_iter()
            .flatten()
            .map(|(line, message)| Fault {
                file: path.to_owned(),
                line,
                message,
            })
            .collect();
        if !faults.is_empty() {
            let mut repaired = self
                .repaired
                .lock()
                .expect("nothing panics while it is held");
            repaired.insert(path.to_owned(), faults);
        }
        Ok(plain_text(&text))
    }

    /// Returns what was read otherwise than it is written, in all texts read so far.
    pub fn repaired(&self) -> Vec<Fault> {
        let repaired = self
            .repaired
            .lock()
            .expect("nothing panics while it is held");
        repaired.values().flatten().cloned().collect()
    }

    /// Returns where a file stands on the disk.
    pub fn full(&self, path: &str) -> Utf8PathBuf {
        self.root.join(path)
    }
}

fn is_left_out(name: &str) -> bool {
    name.ends_with('~') || MADE.contains(&name)
}
