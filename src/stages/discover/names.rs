//! What names of files and folders say: what is read as what, in which order, and what is left out.

use std::cmp::Ordering;
use std::path::Path;

use camino::Utf8Path;

use crate::model::Register;
use crate::model::path::SourcePath;
use crate::model::slug::reading_order;

/// Folders inside each other deeper than this are refused.
pub(super) const DEEPEST: usize = 16;

/// Returns whether files and folders of this name are left out of every curriculum: hidden ones, and what editors leave behind.
pub fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || name.starts_with('#')
}

/// Returns whether a path below a folder is one of those that are left out, or lies in one.
pub(super) fn is_left_out_below(folder: &Utf8Path) -> impl Fn(&Path) -> bool {
    let folder = folder.as_std_path().to_owned();
    move |path| {
        let below = path.strip_prefix(&folder).unwrap_or(path);
        below
            .iter()
            .any(|part| is_left_out(&part.to_string_lossy()))
    }
}

/// Orders the names in a folder as people read them: its `index.md`, then everything else by number and name.
pub fn compare_names(a: &str, b: &str) -> Ordering {
    let is_index = |name: &str| name == "index.md";
    is_index(b)
        .cmp(&is_index(a))
        .then_with(|| reading_order(a, b))
}

/// Orders paths as a walk through the folders meets them.
pub fn compare_paths(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('/'), b.split('/'));
    loop {
        match (a.next(), b.next()) {
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) => return compare_names(one, other),
            (one, other) => return one.cmp(&other),
        }
    }
}

/// Returns whether a file is a lesson, or the page of a module or unit.
pub(super) fn is_lesson(path: &SourcePath) -> bool {
    path.name().ends_with(".md") && misnamed(path).is_none()
}

/// Returns whether a file stands where the registers do.
pub(super) fn is_register(path: &SourcePath) -> bool {
    !path.as_str().contains('/') && has_extension(path, "toml")
}

/// Endings that other programs give Markdown.
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdown", "mkd", "mkdn"];

/// Returns what a file would have to be called that is meant as a lesson, an `index.md` or a register and is called otherwise.
///
/// Some systems open `INDEX.MD` under the name `index.md`; a curriculum that holds on one of them must hold on all.
pub(super) fn misnamed(path: &SourcePath) -> Option<String> {
    let name = path.name();
    let lower = name.to_lowercase();
    if !path.as_str().contains('/') && Register::named(&lower).is_some() {
        return (name != lower).then_some(lower);
    }
    let (stem, ending) = name.rsplit_once('.')?;
    if !MARKDOWN.contains(&&*ending.to_lowercase()) {
        return None;
    }
    let is_index = stem.eq_ignore_ascii_case("index");
    let right = format!("{}.md", if is_index { "index" } else { stem });
    (name != right).then_some(right)
}

pub(super) fn has_extension(path: &SourcePath, extension: &str) -> bool {
    path.name()
        .rsplit_once('.')
        .is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}
