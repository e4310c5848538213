//! What comes of a course.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::course::Format;

/// The files of a curriculum, by path from its folder.
pub type Files = BTreeMap<String, Content>;

/// A file of the curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// It is written.
    Text(String),
    /// It is copied from here.
    Copy(Utf8PathBuf),
}

/// A curriculum that is ready to be written.
#[derive(Debug)]
pub struct Imported {
    /// Whose course it was.
    pub format: Format,
    /// Its files, by path from the curriculum's folder.
    pub files: Files,
    /// Its lessons and their titles, in order.
    pub lessons: Vec<(String, String)>,
    /// What was done, and how often.
    pub done: BTreeMap<&'static str, usize>,
    /// How many places `IMPORT.md` asks people to look at.
    pub places: usize,
}

/// Why nothing can be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The source is no folder, or cannot be read.
    #[error("cannot read the folder `{0}`: {1}")]
    Unreadable(Utf8PathBuf, std::io::Error),
    /// There is nothing to import.
    #[error(
        "there is no Markdown in `{0}`\n  help: name the folder that holds the course's `.md` files"
    )]
    NoMarkdown(Utf8PathBuf),
}

/// Says how far the work has come: pages done, and all pages.
pub type Progress<'p> = &'p (dyn Fn(usize, usize) + Sync);
