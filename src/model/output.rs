//! Files of the site before they are written.

use std::borrow::Cow;
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

/// A file of the site that is made when it is asked for: all of them at once can be larger than the memory.
pub type Deferred<'d> = Box<dyn Fn() -> Output + Send + Sync + 'd>;
