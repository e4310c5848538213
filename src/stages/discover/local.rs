//! Reads what teams have written for the `local` blocks of lessons: `local/<module>/<id>.md`, beside `modules/`.
//!
//! In: the root. Out: the texts, in the order of their paths. Read only where somebody asks for it, so that internal details are never published by
//! accident.

use camino::Utf8Path;

use super::error::DiscoverError;
use super::names::is_left_out;
use super::text::read_text;
use crate::model::Staged;
use crate::model::slug::folder_slug;
use crate::model::sources::Fill;

/// The folder with the texts.
const FOLDER: &str = "local";

/// Reads all of them. Links in the file system are not followed.
///
/// # Errors
///
/// When the folder is not there, or something in it cannot be read.
pub fn local(root: &Utf8Path) -> Result<Staged<Vec<Fill>>, DiscoverError> {
    let mut findings = Vec::new();
    let mut fills = Vec::new();
    let top = root.join(FOLDER);
    for module in names(&top, FileKind::Folder)? {
        let folder = top.join(&module);
        for name in names(&folder, FileKind::File)? {
            let Some(id) = name.strip_suffix(".md") else {
                continue;
            };
            let path = format!("{FOLDER}/{module}/{name}");
            let text = read_text(&folder.join(&name), &path, &mut findings)?;
            fills.push(Fill {
                module: folder_slug(&module),
                id: id.to_owned(),
                path,
                text,
            });
        }
    }
    Ok(Staged {
        value: fills,
        findings,
    })
}

/// What is looked for in a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Folder,
    File,
}

/// Returns the names of what a folder holds of a kind, sorted.
fn names(folder: &Utf8Path, kind: FileKind) -> Result<Vec<String>, DiscoverError> {
    let unreadable = |source| DiscoverError::Unreadable {
        path: folder.to_string(),
        source,
    };
    let mut names = Vec::new();
    for entry in folder.read_dir_utf8().map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let found = entry.file_type().map_err(unreadable)?;
        let is_wanted = match kind {
            FileKind::Folder => found.is_dir(),
            FileKind::File => found.is_file(),
        };
        if is_wanted && !is_left_out(entry.file_name()) {
            names.push(entry.file_name().to_owned());
        }
    }
    names.sort();
    Ok(names)
}
