//! Remembers the answers of other sites in a file below the curriculum's root.
//!
//! A file that is damaged or is no regular file is left out of account, and that is said. No link in the file system is followed.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use super::verdict::{Standing, Verdict};

/// The file's name, in the curriculum's root.
pub const NAME: &str = ".throughline-links.json";

const SCHEMA: u32 = 1;

/// Larger files are not read.
const LARGEST: u64 = 16 * 1024 * 1024;

/// How long an answer is taken for true.
const fn lifetime(standing: Standing) -> SignedDuration {
    match standing {
        Standing::Fine => SignedDuration::from_hours(7 * 24),
        Standing::Broken => SignedDuration::from_hours(1),
        Standing::Unchecked => SignedDuration::from_mins(10),
    }
}

/// The answers of earlier runs, and of this one.
#[derive(Debug)]
pub struct Cache {
    now: Timestamp,
    known: BTreeMap<Url, Known>,
    /// Whether it knows something that the file does not.
    has_news: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    asked_at: Timestamp,
    #[serde(flatten)]
    verdict: Verdict,
}

#[derive(Serialize, Deserialize)]
struct Document {
    schema: u32,
    pages: BTreeMap<Url, Known>,
}

/// Why no answers can be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// Something else stands in the file's place.
    #[error("`{0}` is no regular file: answers of other sites are not remembered")]
    NotAFile(Utf8PathBuf),
    /// It cannot be read.
    #[error("cannot read `{path}`, so every page is asked for again: {cause}")]
    Unreadable {
        /// The file.
        path: Utf8PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// It holds no answers.
    #[error("`{path}` holds no answers of other sites, so every page is asked for again: {reason}")]
    Damaged {
        /// The file.
        path: Utf8PathBuf,
        /// Why.
        reason: String,
    },
    /// It cannot be written.
    #[error("cannot write `{path}`, so the next run asks for every page again: {cause}")]
    Unwritable {
        /// The file.
        path: Utf8PathBuf,
        /// Why.
        cause: io::Error,
    },
}

impl Cache {
    /// Returns a cache that knows nothing.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            known: BTreeMap::new(),
            has_news: false,
        }
    }

    /// Reads the answers that a root remembers.
    ///
    /// # Errors
    ///
    /// When there is something that cannot be read; a file that is not there holds nothing.
    pub fn read(root: &Utf8Path, now: Timestamp) -> Result<Self, CacheError> {
        let path = root.join(NAME);
        let Some(text) = read_file(&path)? else {
            return Ok(Self::new(now));
        };
        let damaged = |reason: String| CacheError::Damaged {
            path: path.clone(),
            reason,
        };
        let document: Document =
            serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        if document.schema != SCHEMA {
            let found = document.schema;
            return Err(damaged(format!(
                "it has schema {found}, and this version reads schema {SCHEMA}"
            )));
        }
        let mut known = document.pages;
        known.retain(|_, known| is_fresh(known, now));
        Ok(Self {
            now,
            known,
            has_news: false,
        })
    }

    /// Returns an answer that is still taken for true.
    pub fn recall(&self, url: &Url) -> Option<Verdict> {
        self.known.get(url).map(|known| known.verdict.clone())
    }

    /// Adds an answer.
    pub fn remember(&mut self, url: &Url, verdict: &Verdict) {
        let known = Known {
            asked_at: self.now,
            verdict: verdict.clone(),
        };
        self.known.insert(url.clone(), known);
        self.has_news = true;
    }

    /// Writes the answers beside the former file, and puts them in its place; writes nothing where there are no new ones.
    ///
    /// # Errors
    ///
    /// When something else than a regular file stands there, or the root cannot be written to.
    pub fn write(&self, root: &Utf8Path) -> Result<(), CacheError> {
        if !self.has_news {
            return Ok(());
        }
        let path = root.join(NAME);
        if std::fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(CacheError::NotAFile(path));
        }
        let document = Document {
            schema: SCHEMA,
            pages: self.known.clone(),
        };
        let mut text = serde_json::to_string_pretty(&document)
            .expect("a document of texts and numbers is always JSON");
        text.push('\n');
        let beside = root.join(format!("{NAME}.{}.new", std::process::id()));
        let written = write_new(&beside, &text).and_then(|()| std::fs::rename(&beside, &path));
        written.map_err(|cause| {
            // The failure is told; what is left beside the file is found by its name.
            let _ = std::fs::remove_file(&beside);
            CacheError::Unwritable { path, cause }
        })
    }
}

fn is_fresh(known: &Known, now: Timestamp) -> bool {
    let age = now.duration_since(known.asked_at);
    // An answer from the future comes from a clock that was wrong.
    (SignedDuration::ZERO..lifetime(known.verdict.cause.standing())).contains(&age)
}

/// Returns the text of a regular file; nothing where there is none.
fn read_file(path: &Utf8Path) -> Result<Option<String>, CacheError> {
    let unreadable = |cause| CacheError::Unreadable {
        path: path.to_owned(),
        cause,
    };
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        // Opening a pipe could wait for ever, and a link could lead anywhere.
        Ok(found) if !found.is_file() => return Err(CacheError::NotAFile(path.to_owned())),
        Ok(found) if found.len() > LARGEST => {
            return Err(CacheError::Damaged {
                path: path.to_owned(),
                reason: "it is larger than 16 MiB".into(),
            });
        }
        Ok(_) => {}
    }
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST).read_to_string(&mut text))
        .map_err(unreadable)?;
    Ok(Some(text))
}

fn write_new(path: &Utf8Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
