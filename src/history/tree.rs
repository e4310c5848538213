//! The files of a curriculum as they stood at a commit.

use super::command::{GitError, output};
use super::repository::{Commit, Repository};
use crate::stages::discover::{Given, is_read};

/// A curriculum as it stood, in files.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// The text of `config.toml`; nothing where there was none.
    pub config: Option<Vec<u8>>,
    /// What stood below `modules/`.
    pub files: Vec<Given>,
    /// How many entries were left out: links, and repositories inside the repository.
    pub left_out: usize,
}

/// Reads a curriculum as it stood at a commit; `name` is what somebody calls it.
///
/// # Errors
///
/// When there was no curriculum, or this clone does not have it.
pub fn past(repository: &Repository, commit: &Commit, name: &str) -> Result<Past, GitError> {
    let modules = repository.path("modules/");
    let config = repository.path("config.toml");
    let listed = listed(repository, commit, &[&modules, &config])?;
    let mut past = Past::default();
    let mut blobs = repository.blobs()?;
    for entry in listed.split(|byte| *byte == 0).filter_map(Entry::of) {
        let mut content = || {
            let content = blobs.read(entry.id)?;
            content.ok_or_else(|| GitError::NotHere(entry.id.to_owned()))
        };
        let path = entry.path.strip_prefix(&*modules);
        match path {
            _ if !entry.is_file => past.left_out += 1,
            None if entry.path == config => past.config = Some(content()?),
            None => {}
            Some(path) => past.files.push(Given {
                path: path.to_owned(),
                bytes: if is_read(path) {
                    Some(content()?)
                } else {
                    None
                },
            }),
        }
    }
    if past.files.is_empty() {
        return Err(GitError::NoCurriculum {
            name: name.to_owned(),
            folder: modules,
        });
    }
    Ok(past)
}

/// Returns the pages of a curriculum at a commit: their paths below `modules/`, and the names of their objects.
///
/// # Errors
///
/// When git cannot tell.
pub fn pages_at(
    repository: &Repository,
    commit: &Commit,
) -> Result<Vec<(String, String)>, GitError> {
    let modules = repository.path("modules/");
    let listed = listed(repository, commit, &[&modules])?;
    let entries = listed.split(|byte| *byte == 0).filter_map(Entry::of);
    let page = |entry: Entry<'_>| {
        let path = entry.path.strip_prefix(&*modules)?;
        let is_page = entry.is_file && path.ends_with(".md") && is_read(path);
        is_page.then(|| (path.to_owned(), entry.id.to_owned()))
    };
    Ok(entries.filter_map(page).collect())
}

/// Returns git's list of the files at or below some paths.
fn listed(repository: &Repository, commit: &Commit, paths: &[&str]) -> Result<Vec<u8>, GitError> {
    output(
        repository
            .git()
            .args(["ls-tree", "-r", "-z", "--full-tree"])
            .args([&commit.id, "--"])
            .args(paths),
    )
}

/// A line of the list of a commit's files.
struct Entry<'l> {
    /// Whether it is a regular file.
    is_file: bool,
    id: &'l str,
    path: &'l str,
}

impl<'l> Entry<'l> {
    /// Reads `<mode> <kind> <id>\t<path>`; what is no UTF-8 is no file of a curriculum.
    fn of(line: &'l [u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let (about, path) = line.split_once('\t')?;
        let mut words = about.split(' ');
        let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
        Some(Self {
            is_file: matches!(mode, "100644" | "100755"),
            id,
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_from_links_and_other_repositories() {
        for (line, expected) in [
            (
                "100644 blob 1a\tmodules/a b.md",
                Some((true, "modules/a b.md")),
            ),
            ("100755 blob 1a\tx", Some((true, "x"))),
            ("120000 blob 1a\tlink", Some((false, "link"))),
            ("160000 commit 1a\tother", Some((false, "other"))),
            ("", None),
        ] {
            let entry = Entry::of(line.as_bytes());
            let found = entry.map(|entry| (entry.is_file, entry.path));
            assert_eq!(found, expected, "{line}");
        }
    }
}
