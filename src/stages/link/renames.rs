//! What became of pages that are not there any more.
//!
//! In: a path at which nothing stands. Out: where the page stands now, if one file has gone, one has come, and both say the same. Who knows what stood there before is
//! no matter of linking, and is asked only where something is missing.

use std::borrow::Cow;

use crate::model::path::{INDEX, README};

/// Says what is called otherwise than it was. All paths are below `modules/`.
///
/// Answers depend on nothing but what stood there before, and on the paths and words of now.
pub trait Renames: Sync {
    /// Returns where a page stands now.
    fn page(&self, path: &str) -> Option<&str>;

    /// Returns where a folder stands now with which all pages that it held have gone.
    fn folder(&self, path: &str) -> Option<&str>;

    /// Returns the folder of a module now, which was called so by its name or by its folder.
    fn module(&self, name: &str) -> Option<&str>;
}

/// Nobody knows what stood there before.
#[derive(Debug, Clone, Copy)]
pub struct NoRenames;

impl Renames for NoRenames {
    fn page(&self, _: &str) -> Option<&str> {
        None
    }

    fn folder(&self, _: &str) -> Option<&str> {
        None
    }

    fn module(&self, _: &str) -> Option<&str> {
        None
    }
}

/// Returns where the page of a link stands now: it may be written without its ending, as its address, or as its folder.
pub(super) fn page_of<'r>(renames: &'r dyn Renames, path: &str) -> Option<Cow<'r, str>> {
    let path = path.trim_end_matches('/');
    if let Some(page) = renames.page(path) {
        return Some(page.into());
    }
    if path.ends_with(".md") {
        return None;
    }
    let stem = path.trim_end_matches(".html");
    let written = [
        format!("{stem}.md"),
        format!("{path}/{INDEX}"),
        format!("{path}/{README}"),
    ];
    let page = written.iter().find_map(|path| renames.page(path));
    let folder = || {
        renames
            .folder(path)
            .map(|folder| format!("{folder}/{INDEX}"))
    };
    page.map(Cow::Borrowed).or_else(|| folder().map(Cow::Owned))
}

/// Says so.
pub(super) fn renamed(written: &str) -> String {
    format!("renamed to `{written}`")
}
