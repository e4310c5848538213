//! Takes over a course that was written for another tool.
//!
//! In: a folder. Out: all files of a curriculum, in memory, and what there is to tell. The folder is only read, nothing is fetched, and nothing is written
//! here: `cli/import.rs` does that.

mod addresses;
mod assets;
mod atlas;
mod convert;
pub mod course;
mod encoding;
mod formats;
mod front;
mod imported;
mod layout;
mod lessons;
mod notes;
mod page;
mod report;
mod settings;
mod slugs;
mod source;
mod topics;
mod value;
mod work;

use std::collections::HashSet;

use camino::Utf8Path;

use course::{Course, Entry, Format};
pub use imported::{Content, Files, ImportError, Imported, Progress};
use source::Source;
use work::Work;

/// Reads a course and makes a curriculum of it.
///
/// # Errors
///
/// When the folder cannot be read, or holds no Markdown.
pub fn import(
    folder: &Utf8Path,
    format: Option<Format>,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let unreadable = |error| ImportError::Unreadable(folder.to_owned(), error);
    let root = folder.canonicalize_utf8().map_err(unreadable)?;
    let source = Source::open(&formats::root_of(&root)).map_err(unreadable)?;
    let format = format.unwrap_or_else(|| formats::detect(&source));
    let mut course = formats::course(&source, format);
    let left_out = left_out(&source, &mut course, format);
    if course.title.is_empty() {
        let home = course.home.as_ref().and_then(|home| source.text(home).ok());
        course.title = home
            .and_then(|text| convert::title(&text))
            .unwrap_or_else(|| layout::title_of_folder(&root));
    }
    let placed = layout::layout(&mut course);
    if !placed.iter().any(|page| page.source.is_some()) {
        return Err(ImportError::NoMarkdown(folder.to_owned()));
    }
    Ok(Work {
        source,
        course,
        format,
        left_out,
    }
    .all(folder, placed, progress))
}

/// Returns the pages that the order does not name. Where the tool publishes them all the same, they become a group at the end instead.
fn left_out(source: &Source, course: &mut Course, format: Format) -> Vec<String> {
    let mut named: HashSet<&str> = course.home.as_deref().into_iter().collect();
    Entry::each_page(&course.entries, &mut |page| {
        named.insert(page);
    });
    let prefix = if course.content.is_empty() {
        String::new()
    } else {
        format!("{}/", course.content)
    };
    if matches!(format, Format::Folder | Format::Hugo | Format::Jekyll) {
        // Their order is that of all pages.
        return Vec::new();
    }
    let pages = source
        .files()
        .filter(|file| formats::folder::is_page(file) && file.starts_with(&prefix));
    let others: Vec<String> = pages
        .filter(|page| !named.contains(page) && !page.ends_with("SUMMARY.md"))
        .map(str::to_owned)
        .collect();
    let is_partial = |page: &String| formats::folder::is_partial(format, &page[prefix.len()..]);
    let (partials, others): (Vec<String>, Vec<String>) = others.into_iter().partition(is_partial);
    if matches!(format, Format::MkDocs | Format::Docusaurus) {
        if others.is_empty() {
            return partials;
        }
        let file = course.content.clone();
        course.fault(
            &file,
            0,
            format!(
                "the order does not name {} pages: they stand at the end, as `Other pages`",
                others.len()
            ),
        );
        course.entries.push(Entry {
            title: Some("Other pages".into()),
            children: others.iter().map(|page| Entry::page(page)).collect(),
            ..Entry::default()
        });
        return partials;
    }
    others
}
