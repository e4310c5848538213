//! Writes a curriculum of any size, the same one for the same numbers, in three formats.
//!
//! In: how large it is to be. Out: a folder that builds without errors. Lessons are worked out from their numbers alone, so they are written in
//! parallel; nothing depends on the order. Used by the `corpus` example and by the benchmarks.

mod front_matter;
mod lesson;
mod names;
mod page;
mod prose;
mod random;
mod registers;
mod site;
mod words;

use std::io;
use std::path::Path;

use rayon::prelude::*;

pub use names::MOST_TOPICS;
use names::{Book, LessonKey};

/// How large a corpus is, and which one of that size.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Number of modules, from 1.
    pub modules: usize,
    /// Lessons in each module, from 1.
    pub lessons: usize,
    /// Words in each lesson, about.
    pub words: usize,
    /// Topics in the register, from 1 to [`MOST_TOPICS`].
    pub topics: usize,
    /// The same seed gives the same corpus.
    pub seed: u64,
}

impl Default for Size {
    /// What `corpus` writes where nothing else is asked for.
    fn default() -> Self {
        Self {
            modules: 10,
            lessons: 10,
            words: 600,
            topics: 30,
            seed: 7,
        }
    }
}

/// For which program a corpus is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For us.
    Throughline,
    /// For Zola 0.19 and later.
    Zola,
    /// For Hugo 0.146 and later.
    Hugo,
}

impl Format {
    /// Returns the folder of the content.
    pub const fn content(self) -> &'static str {
        match self {
            Self::Throughline => "modules",
            Self::Zola | Self::Hugo => "content",
        }
    }
}

/// Whether the peers sort pages by topic; the text is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taxonomy {
    /// Front matter names topics, and topics have pages.
    On,
    /// There are no topics.
    Off,
}

/// One way of writing a corpus.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// For which program.
    pub format: Format,
    /// Whether with topics; always for us.
    pub taxonomy: Taxonomy,
}

impl Default for Variant {
    /// Ours.
    fn default() -> Self {
        Self {
            format: Format::Throughline,
            taxonomy: Taxonomy::On,
        }
    }
}

/// What has been written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written {
    /// Number of Markdown files.
    pub files: usize,
    /// Their size.
    pub bytes: usize,
}

/// Numbers that keep the streams of random numbers apart.
mod purpose {
    pub const LESSON: u64 = 1;
    pub const ANCHOR: u64 = 2;
    pub const FRONT_MATTER: u64 = 3;
    pub const MODULE: u64 = 4;
}

/// Writes a corpus into a folder, which must be empty or not yet there.
///
/// # Errors
///
/// Fails where a folder or file cannot be written.
pub fn write(folder: &Path, size: Size, variant: Variant) -> io::Result<Written> {
    let book = Book::new(size);
    for (path, text) in site::frame(&book, variant) {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    (0..size.modules)
        .into_par_iter()
        .map(|module| write_module(folder, &book, variant, module))
        .try_reduce(Written::default, |one, other| {
            Ok(Written {
                files: one.files + other.files,
                bytes: one.bytes + other.bytes,
            })
        })
}

fn write_module(
    folder: &Path,
    book: &Book,
    variant: Variant,
    module: usize,
) -> io::Result<Written> {
    let (path, text) = site::module_page(book, variant, module);
    let path = folder.join(path);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, &text)?;
    (0..book.size.lessons)
        .into_par_iter()
        .map(|lesson| {
            let key = LessonKey { module, lesson };
            let text = lesson::lesson(book, variant, key);
            std::fs::write(
                folder.join(site::lesson_path(book, variant.format, key)),
                &text,
            )?;
            Ok(Written {
                files: 1,
                bytes: text.len(),
            })
        })
        .try_reduce(Written::default, |one, other| {
            Ok(Written {
                files: one.files + other.files,
                bytes: one.bytes + other.bytes,
            })
        })
        .map(|lessons| Written {
            files: lessons.files + 1,
            bytes: lessons.bytes + text.len(),
        })
}
