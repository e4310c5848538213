//! A curriculum on which changes are worked out, as it stands before them.
//!
//! In: a curriculum as it was read. Out: everything that is found out about it, drafts included, and which addresses of its pages people may know.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::super::tree::Tree;
use crate::model::curriculum::{Curriculum, Document, Role};
use crate::model::path::join;
use crate::pipeline::{Read, Request, Survey};
use crate::stages::link::Drafts;
use crate::stages::parse;

/// A curriculum on which changes are worked out.
#[derive(Debug)]
pub struct Desk {
    pub(super) request: Request,
    pub(super) read: Read,
    pub(super) tree: Tree,
    /// With drafts: a link in one moves as well.
    pub(super) before: Survey,
    /// The registers and the other TOML files beside them, by their names.
    pub(super) tables: BTreeMap<String, Arc<str>>,
    /// The texts of all pages by their paths.
    pub(super) pages: HashMap<String, Arc<str>>,
    pub(super) published: Published,
}

/// Which addresses people may know.
#[derive(Debug, Clone)]
pub enum Published {
    /// The files of the site that stands.
    Site(HashSet<String>),
    /// The pages that are no drafts: nobody knows what was published.
    All,
}

impl Desk {
    /// Finds out about a curriculum. `tables` are all TOML files in `modules/`, by their names.
    pub fn new(
        request: Request,
        read: Read,
        tables: Vec<(String, Arc<str>)>,
        published: Published,
    ) -> Self {
        let request = Request {
            drafts: Drafts::Include,
            ..request
        };
        let before = read.clone().survey(&request, &parse::for_sign_off);
        let mut tree = Tree::of(&read.sources);
        for document in &before.curriculum.documents {
            let lesson = &document.lesson;
            let names = lesson.front.order.iter();
            let paths = names.filter_map(|name| join(lesson.path.folder(), &name.value));
            paths.for_each(|path| tree.list(path));
        }
        tables.iter().for_each(|(name, _)| tree.register(name));
        Self {
            tree,
            tables: tables.into_iter().collect(),
            pages: read
                .sources
                .documents
                .iter()
                .map(|document| {
                    let path = document.path.as_str().to_owned();
                    (path, Arc::clone(&document.text))
                })
                .collect(),
            request,
            read,
            before,
            published,
        }
    }

    /// Returns what is there.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Returns what was found out before.
    pub fn curriculum(&self) -> &Curriculum {
        &self.before.curriculum
    }

    /// Returns the text of a page, or of a TOML file beside the registers.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        let text = self.tables.get(path).or_else(|| self.pages.get(path));
        text.cloned()
    }

    /// Returns the addresses of a page that people may know.
    pub(super) fn published(&self, document: &Document, drafts: &HashSet<&str>) -> Vec<String> {
        let mut addresses = addresses(document);
        match &self.published {
            Published::Site(files) => addresses.retain(|url| files.contains(url)),
            Published::All if drafts.contains(document.lesson.path.as_str()) => addresses.clear(),
            Published::All if !self.read.setting.config.print => addresses.truncate(1),
            Published::All => {}
        }
        addresses
    }

    /// Returns the paths of pages that are left out as drafts.
    pub(super) fn drafts(&self) -> HashSet<&str> {
        let documents = &self.before.curriculum.documents;
        let is_index = |document: &&Document| document.lesson.path.is_index();
        let draft = |document: &&Document| document.lesson.front.draft;
        let folders: HashSet<&str> = documents
            .iter()
            .filter(is_index)
            .filter(draft)
            .map(|document| document.lesson.path.folder())
            .filter(|folder| !folder.is_empty())
            .collect();
        let paths = documents.iter().filter(|document| {
            let path = document.lesson.path.as_str();
            let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
            document.lesson.front.draft || above.any(|folder| folders.contains(folder))
        });
        paths
            .map(|document| document.lesson.path.as_str())
            .collect()
    }
}

/// Returns the addresses of a page: its own, and that of its module for print.
pub(super) fn addresses(document: &Document) -> Vec<String> {
    let mut addresses = vec![document.url.to_string()];
    let folder = document.url.strip_suffix("index.html");
    if let Some(folder) = folder.filter(|_| document.role == Role::Module) {
        addresses.push(format!("{folder}print.html"));
    }
    addresses
}
