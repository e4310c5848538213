//! Suggests what somebody meant whose link leads nowhere.
//!
//! In: all documents and files. Out: a line of help for a link. Everything is made ready once, when the first link asks for it: a course that is taken over has
//! thousands of broken links, and each of them looks at few names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::renames::{Renames, page_of, renamed};
use crate::model::Lesson;
use crate::model::audience::Audience;
use crate::model::curriculum::{Document, DocumentId, PlacedAsset};
use crate::model::nearness::{Names, Near, question};
use crate::model::path::{INDEX, README, collision_key, relative};

/// What can be suggested.
pub(super) struct Suggestions<'r> {
    documents: &'r [Document],
    assets: &'r [PlacedAsset],
    renames: &'r dyn Renames,
    paths: OnceLock<Paths<'r>>,
    anchors: Vec<OnceLock<Anchors<'r>>>,
}

/// What a link was written to lead to: nothing else is suggested for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A page: a lesson, or the page of a folder.
    Page,
    /// An image or another file, with the same ending.
    File,
}

/// A path that leads nowhere, and the id behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Missing<'m> {
    /// As it is written.
    pub target: &'m str,
    /// Below `modules/`.
    pub path: &'m str,
    pub anchor: &'m str,
    pub wanted: Wanted,
}

/// Paths of documents and files.
struct Paths<'r> {
    /// By their names in folded case.
    by_key: HashMap<Cow<'r, str>, &'r str>,
    /// Names without their endings, by folder and ending.
    by_folder: HashMap<(&'r str, &'r str), Names>,
    /// Documents and files by their names; nothing where several have one name.
    by_name: HashMap<&'r str, Option<&'r str>>,
    /// Positions of documents by their paths.
    positions: HashMap<&'r str, usize>,
    /// Documents by the addresses of their pages.
    by_url: HashMap<&'r str, &'r str>,
    /// The first document in each folder that has no page.
    folders: HashMap<&'r str, &'r str>,
    /// Whole paths of documents.
    documents: Names,
}

/// The anchors of a document.
struct Anchors<'r> {
    sorted: Vec<&'r str>,
    names: Names,
}

/// What somebody meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    /// Says so.
    pub help: String,
    /// What to write, where nothing else could be meant.
    pub write: Option<String>,
}

impl Meant {
    fn certain(help: impl FnOnce(&str) -> String, write: String) -> Self {
        Self {
            help: help(&write),
            write: Some(write),
        }
    }
}

/// Anchors that are listed where none is near.
const MOST_LISTED: usize = 8;

impl<'r> Suggestions<'r> {
    /// Makes nothing ready yet.
    pub fn new(
        documents: &'r [Document],
        assets: &'r [PlacedAsset],
        renames: &'r dyn Renames,
    ) -> Self {
        Self {
            documents,
            assets,
            renames,
            paths: OnceLock::new(),
            anchors: documents.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Suggests the existing file that is most like a path, as it would be written in this lesson.
    pub fn path(&self, lesson: &Lesson, missing: Missing<'_>) -> Option<Meant> {
        let paths = self.paths.get_or_init(|| self.paths());
        let fits = |other: &str| fits(missing, other);
        let by_key = paths.by_key.get(&collision_key(missing.path));
        if let Some(other) = by_key.filter(|other| fits(other)) {
            let case = |written: &str| format!("names keep their case: write `{written}`");
            return Some(self.certain(lesson, missing, (other, case)));
        }
        // A page that was written as its address, or as other tools write it.
        let source = [missing.path.trim_end_matches(".html"), ".md"].concat();
        let exact = paths.by_url.get(missing.path).copied();
        let exact = exact.or_else(|| paths.by_key.get(&collision_key(&source)).copied());
        if let Some(other) = exact.filter(|other| fits(other)) {
            let write = |written: &str| format!("write `{written}`");
            return Some(self.certain(lesson, missing, (other, write)));
        }
        if let Some(other) = self.renamed(missing) {
            return Some(self.certain(lesson, missing, (&other, renamed)));
        }
        // Compare names inside the right folder first: a slip is seldom in both parts.
        let (folder, stem, ending) = parts(missing.path);
        let endings = match (missing.wanted, ending) {
            (Wanted::Page, "html" | "") => "md",
            (_, ending) => ending,
        };
        let in_folder = paths.by_folder.get(&(folder, endings));
        let near = in_folder.and_then(|names| names.near(stem));
        let near = near.map(|near| (beside(folder, near.name, endings), near.is_certain));
        let (other, is_certain) = match near.filter(|(near, _)| fits(near)) {
            // A file of the very name elsewhere may have been meant as well.
            Some((near, is_certain)) => {
                let named = paths.named(missing, &source).filter(|other| fits(other));
                let is_only = named.is_none_or(|named| named == near);
                (Cow::Owned(near), is_certain && is_only)
            }
            None => {
                let near = paths.anywhere(missing, &source);
                let near = near.filter(|near| fits(near.name))?;
                (Cow::Borrowed(near.name), near.is_certain)
            }
        };
        if is_certain {
            return Some(self.certain(lesson, missing, (&other, question)));
        }
        Some(Meant {
            help: question(&self.written(lesson, missing, &other)),
            write: None,
        })
    }

    /// Returns where a page stands now that was renamed.
    fn renamed(&self, missing: Missing<'_>) -> Option<Cow<'r, str>> {
        if missing.wanted != Wanted::Page {
            return None;
        }
        let paths = self.paths.get_or_init(|| self.paths());
        let now = page_of(self.renames, missing.path);
        now.filter(|path| paths.positions.contains_key(&**path))
    }

    /// Suggests a file beside which nothing else could be meant; what stood behind `#` is not given up unseen.
    fn certain(
        &self,
        lesson: &Lesson,
        missing: Missing<'_>,
        (other, help): (&str, impl FnOnce(&str) -> String),
    ) -> Meant {
        let meant = Meant::certain(help, self.written(lesson, missing, other));
        let keeps_all = missing.anchor.is_empty() || self.has_anchor(other, missing.anchor);
        Meant {
            write: meant.write.filter(|_| keeps_all),
            ..meant
        }
    }

    /// Returns a file as it would be written in a lesson, with the place in it where it has that: from the modules folder where the author begins there.
    fn written(&self, lesson: &Lesson, missing: Missing<'_>, other: &str) -> String {
        let mut written = match missing.target.starts_with("@/") {
            true => format!("@/{other}"),
            false => relative(lesson.path.as_str(), other),
        };
        if self.has_anchor(other, missing.anchor) {
            written.push('#');
            written.push_str(missing.anchor);
        }
        written
    }

    /// Returns the first document in a folder that has no page, as it would be written in this lesson.
    pub fn first_in(&self, lesson: &Lesson, folder: &str) -> Option<String> {
        let paths = self.paths.get_or_init(|| self.paths());
        let first = paths.folders.get(folder.trim_end_matches('/'))?;
        Some(relative(lesson.path.as_str(), first))
    }

    /// Returns whether everybody sees the place of a document that an id names.
    fn has_anchor(&self, path: &str, anchor: &str) -> bool {
        let paths = self.paths.get_or_init(|| self.paths());
        let position = paths.positions.get(path).filter(|_| !anchor.is_empty());
        position.is_some_and(|position| {
            let anchors = &self.documents[*position].lesson.anchors;
            anchors.get(anchor) == Some(&Audience::Everybody)
        })
    }

    /// Says which anchors a document has, or the one that was meant.
    pub fn anchor(&self, id: DocumentId, anchor: &str) -> Meant {
        let anchors = self.anchors[id.0 as usize].get_or_init(|| self.anchors(id));
        if let Some(Near { name, is_certain }) = anchors.names.near(anchor) {
            let meant = Meant::certain(question, format!("#{name}"));
            return Meant {
                write: meant.write.filter(|_| is_certain),
                ..meant
            };
        }
        let help = if anchors.sorted.is_empty() {
            "that page has no headings to link to".into()
        } else {
            let some = anchors.sorted.iter().take(MOST_LISTED);
            let list: Vec<String> = some.map(|anchor| format!("`#{anchor}`")).collect();
            format!("its anchors are {}", list.join(", "))
        };
        Meant { help, write: None }
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
        let assets = self.assets.iter().map(|placed| placed.asset.path.as_str());
        for path in documents().chain(assets) {
            by_name
                .entry(name_of(path))
                .and_modify(|only| *only = None)
                .or_insert(Some(path));
        }
        // The page of every folder has this name.
        by_name.remove(INDEX);
        by_name.remove(README);
        let mut folders = HashMap::new();
        for path in documents() {
            for (at, _) in path.match_indices('/') {
                folders.entry(&path[..at]).or_insert(path);
            }
        }
        let pages = self.documents.iter().map(|document| &document.lesson.path);
        for page in pages.filter(|path| path.is_index()) {
            folders.remove(page.folder());
        }
        let urls = self.documents.iter();
        Paths {
            by_url: urls
                .map(|document| (&*document.url, document.lesson.path.as_str()))
                .collect(),
            positions: documents().zip(0..).collect(),
            folders,
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
    /// Returns the only file of a name in all folders; `source` is the page's as Markdown.
    fn named(&self, missing: Missing<'_>, source: &str) -> Option<&str> {
        let named = |path| self.by_name.get(name_of(path)).copied().flatten();
        match missing.wanted {
            Wanted::File => named(missing.path),
            Wanted::Page => named(missing.path).or_else(|| named(source)),
        }
    }

    /// Looks in all folders: for the only file of this name, or else for the page whose path is most like this one.
    fn anywhere(&self, missing: Missing<'_>, source: &str) -> Option<Near<'_>> {
        let named = self.named(missing, source).map(|name| Near {
            name,
            is_certain: true,
        });
        match missing.wanted {
            Wanted::File => named,
            Wanted::Page => named.or_else(|| self.documents.near(missing.path)),
        }
    }
}

/// Returns whether a path is of the kind and the language of one that leads nowhere.
fn fits(missing: Missing<'_>, other: &str) -> bool {
    let (_, stem, ending) = parts(missing.path);
    let (_, other_stem, other_ending) = parts(other);
    let is_page = other_ending == "md";
    let language = |stem: &str| match stem.rsplit_once('.') {
        Some((_, tag)) if tag.len() < 4 => tag.to_owned(),
        _ => String::new(),
    };
    match missing.wanted {
        Wanted::Page => is_page && language(stem) == language(other_stem),
        Wanted::File => !is_page && ending.eq_ignore_ascii_case(other_ending),
    }
}

/// Returns the path of a file in a folder.
fn beside(folder: &str, stem: &str, ending: &str) -> String {
    match folder {
        "" => format!("{stem}.{ending}"),
        folder => format!("{folder}/{stem}.{ending}"),
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
