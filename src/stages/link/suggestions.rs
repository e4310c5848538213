//! Suggests what somebody meant whose link leads nowhere.
//!
//! In: all documents and files. Out: a line of help for a link. Everything is made ready once, when the first link asks for it: a course that is taken over has
//! thousands of broken links, and each of them looks at few names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::model::Lesson;
use crate::model::audience::Audience;
use crate::model::curriculum::{Document, DocumentId, PlacedAsset};
use crate::model::nearness::{Names, question};
use crate::model::path::{collision_key, relative};

/// What can be suggested.
pub(super) struct Suggestions<'r> {
    documents: &'r [Document],
    assets: &'r [PlacedAsset],
    paths: OnceLock<Paths<'r>>,
    anchors: Vec<OnceLock<Anchors<'r>>>,
}

/// Paths of documents and files.
struct Paths<'r> {
    /// By their names in folded case.
    by_key: HashMap<Cow<'r, str>, &'r str>,
    /// Names without their endings, by folder and ending.
    by_folder: HashMap<(&'r str, &'r str), Names>,
    /// Documents by their names; nothing where several have one name.
    by_name: HashMap<&'r str, Option<&'r str>>,
    /// Whole paths of documents.
    documents: Names,
}

/// The anchors of a document.
struct Anchors<'r> {
    sorted: Vec<&'r str>,
    names: Names,
}

/// Anchors that are listed where none is near.
const MOST_LISTED: usize = 8;

impl<'r> Suggestions<'r> {
    /// Makes nothing ready yet.
    pub fn new(documents: &'r [Document], assets: &'r [PlacedAsset]) -> Self {
        Self {
            documents,
            assets,
            paths: OnceLock::new(),
            anchors: documents.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Suggests the existing file that is most like a path, as it would be written in this lesson.
    pub fn path(&self, lesson: &Lesson, path: &str) -> Option<String> {
        let paths = self.paths.get_or_init(|| self.paths());
        let written = |other| relative(lesson.path.as_str(), other);
        if let Some(other) = paths.by_key.get(&collision_key(path)) {
            return Some(format!("names keep their case: write `{}`", written(other)));
        }
        // Compare names inside the right folder first: a slip is seldom in both parts.
        let (folder, stem, ending) = parts(path);
        let in_folder = paths.by_folder.get(&(folder, ending));
        let found: Cow<'_, str> = match in_folder.and_then(|names| names.nearest(stem)) {
            Some(stem) if folder.is_empty() => format!("{stem}.{ending}").into(),
            Some(stem) => format!("{folder}/{stem}.{ending}").into(),
            None => paths.anywhere(path)?.into(),
        };
        Some(question(&written(&found)))
    }

    /// Says which anchors a document has, or the one that was meant.
    pub fn anchor(&self, id: DocumentId, anchor: &str) -> String {
        let anchors = self.anchors[id.0 as usize].get_or_init(|| self.anchors(id));
        if let Some(near) = anchors.names.nearest(anchor) {
            return format!("did you mean `#{near}`?");
        }
        if anchors.sorted.is_empty() {
            return "that page has no headings to link to".into();
        }
        let some = anchors.sorted.iter().take(MOST_LISTED);
        let list: Vec<String> = some.map(|anchor| format!("`#{anchor}`")).collect();
        format!("its anchors are {}", list.join(", "))
    }

    fn paths(&self) -> Paths<'r> {
        let documents = || {
            self.documents
                .iter()
                .map(|document| document.lesson.path.as_str())
        };
        let assets = self.assets.iter().map(|placed| placed.asset.path.as_str());
        let mut by_key = HashMap::new();
        let mut stems: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
        for path in documents().chain(assets) {
            by_key.entry(collision_key(path)).or_insert(path);
            let (folder, stem, ending) = parts(path);
            if !ending.is_empty() {
                stems.entry((folder, ending)).or_default().push(stem);
            }
        }
        let mut by_name: HashMap<&str, Option<&str>> = HashMap::new();
        for path in documents() {
            by_name
                .entry(name_of(path))
                .and_modify(|only| *only = None)
                .or_insert(Some(path));
        }
        // The page of every folder has this name.
        by_name.remove("index.md");
        Paths {
            by_key,
            by_folder: stems
                .into_iter()
                .map(|(key, stems)| (key, Names::new(stems)))
                .collect(),
            by_name,
            documents: Names::new(documents()),
        }
    }

    fn anchors(&self, id: DocumentId) -> Anchors<'r> {
        let anchors = &self.documents[id.0 as usize].lesson.anchors;
        let for_all = |(_, seen): &(&Arc<str>, &Audience)| **seen == Audience::Everybody;
        let anchors = anchors.iter().filter(for_all);
        let mut sorted: Vec<&str> = anchors.map(|(anchor, _)| &**anchor).collect();
        sorted.sort_unstable();
        Anchors {
            names: Names::new(sorted.iter().copied()),
            sorted,
        }
    }
}

impl Paths<'_> {
    /// Looks in all folders: for the only document of this name, or else for the path that is most like this one.
    fn anywhere(&self, path: &str) -> Option<&str> {
        let same_name = self.by_name.get(name_of(path)).copied().flatten();
        same_name.or_else(|| self.documents.nearest(path))
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns folder, name without ending, and ending: endings are alike in most names, and would make strangers look near.
fn parts(path: &str) -> (&str, &str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (folder, stem, ending)
}
