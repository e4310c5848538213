//! Reports lessons and folders whose names say that they are copies, or translations into a language that the curriculum does not have.

use std::collections::HashSet;

use super::Subject;
use crate::language::originals;
use crate::model::path::SourcePath;
use crate::model::text::quoted;
use crate::model::{Finding, LanguageTag, Place, Rule};

/// The ending of lessons.
const ENDING: &str = ".md";

/// Reports copies and translations that lie beside what they were made of.
pub fn review(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let documents = &subject.curriculum.documents;
    let paths = || documents.iter().map(|document| &document.lesson.path);
    let known: HashSet<&str> = paths().map(SourcePath::as_str).collect();
    let folders = folders(paths());
    for path in paths() {
        let Some(stem) = path.name().strip_suffix(ENDING) else {
            continue;
        };
        let beside = |stem: &str| format!("{}{stem}{ENDING}", start(path.as_str()));
        let is_there = |stem: &&str| known.contains(&*beside(stem));
        if let Some(original) = originals(stem).into_iter().flatten().find(is_there) {
            findings.push(copy(path.from_root(), &beside(original)));
        } else if let Some((original, tag)) = foreign(stem, subject.language)
            && is_there(&original)
        {
            let message = format!(
                "this lies beside `modules/{}` like its translation, and `{}` is no language of the curriculum",
                beside(original),
                quoted(tag)
            );
            let help = "rename the file if it is a lesson of its own, or move it out of `modules`";
            findings.push(
                Finding::new(Rule::DoubtfulName, path.from_root(), Place::START, message)
                    .help(help),
            );
        }
    }
    for folder in &folders {
        let name = &folder[start(folder).len()..];
        let beside = |name: &str| format!("{}{name}", start(folder));
        let is_there = |name: &&str| folders.binary_search(&&*beside(name)).is_ok();
        if let Some(original) = originals(name).into_iter().flatten().find(is_there) {
            findings.push(copy(&format!("modules/{folder}"), &beside(original)));
        }
    }
}

fn copy(file: &str, original: &str) -> Finding {
    let message = format!("this is called like a copy of `modules/{original}`");
    Finding::new(Rule::DoubtfulName, file, Place::START, message)
        .help("keep one of them; a lesson of its own has a name of its own")
}

/// Returns the folder of a path with its `/`.
fn start(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// Returns a name and the language behind it, where that is one and not the curriculum's.
fn foreign<'n>(stem: &'n str, own: &LanguageTag) -> Option<(&'n str, &'n str)> {
    LanguageTag::behind(stem).filter(|(_, tag)| !tag.eq_ignore_ascii_case(own.as_str()))
}

/// Returns all folders that hold lessons, however deep below them; paths of one folder follow each other.
fn folders<'p>(paths: impl Iterator<Item = &'p SourcePath>) -> Vec<&'p str> {
    let mut folders: Vec<&str> = Vec::new();
    let mut last = "";
    for path in paths {
        let folder = path.folder();
        if folder != last {
            let mut above = folder.match_indices('/').map(|(at, _)| &folder[..at]);
            folders.extend(above.by_ref());
            folders.push(folder);
            last = folder;
        }
    }
    folders.sort_unstable();
    folders.dedup();
    folders
}
