//! Files of the site before they are written.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

/// One file of the site.
#[derive(Debug, Clone)]
pub struct Output {
    /// Path below the output folder, with `/`.
    pub path: Arc<str>,
    /// What it holds.
    pub content: Content,
}

/// Where an output's bytes come from.
#[derive(Debug, Clone)]
pub enum Content {
    /// Rendered text or an embedded file.
    Bytes(Cow<'static, [u8]>),
    /// A file that is copied as it is; path relative to the root.
    Copy(String),
}

/// A file of the site that is written piece by piece: it may be too large to be in memory as a whole.
pub struct Streamed<'d> {
    /// Path below the output folder, with `/`.
    pub path: Arc<str>,
    /// Writes what it holds.
    pub write: Box<Writing<'d>>,
}

/// Writes the content of a file.
pub type Writing<'d> = dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'd;

impl fmt::Debug for Streamed<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Streamed").field(&self.path).finish()
    }
}
