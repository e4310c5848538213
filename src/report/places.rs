//! Where the places that reports name stand in the built site.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::Curriculum;
use crate::model::curriculum::{Document, DocumentId, Module};
use crate::model::path::push_url;

/// What is around the reports.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The curriculum's title.
    pub title: &'a str,
    /// BCP 47 tag of its language.
    pub language: &'a str,
    /// What leads from a report's page to the top of the site: encoded, empty or with a final `/`.
    pub to_site: &'a str,
    /// The site's own address: empty where it has none, or with a final `/`.
    pub base_url: &'a str,
    /// What counts as today.
    pub as_of: Date,
}

/// The places of a curriculum as seen from the reports.
#[derive(Debug)]
pub struct Places<'a> {
    /// What is around the reports.
    pub around: Around<'a>,
    curriculum: &'a Curriculum,
    files: HashMap<&'a str, DocumentId>,
    modules: HashMap<&'a str, &'a Module>,
}

impl<'a> Places<'a> {
    /// Gathers the places.
    pub fn new(curriculum: &'a Curriculum, around: Around<'a>) -> Self {
        let files = curriculum.documents.iter().enumerate();
        // Where two modules have one name, which is a finding, the first one holds.
        let modules = curriculum.modules.iter().rev();
        Self {
            around,
            curriculum,
            files: files
                .map(|(index, document)| {
                    (document.lesson.path.from_root(), DocumentId(index as u32))
                })
                .collect(),
            modules: modules
                .map(|module| (module.name.as_str(), module))
                .collect(),
        }
    }

    /// Returns the document that a file is; nothing where the curriculum does not have it.
    pub fn document(&self, file: &str) -> Option<&'a Document> {
        self.files.get(file).map(|id| self.curriculum.document(*id))
    }

    /// Returns the address of a place in a page of the site, as a link from a report.
    pub fn page(&self, path: &str, anchor: &str) -> String {
        address(self.around.to_site, path, anchor)
    }

    /// Returns the address of a place in a page of the site as others can use it: its path from the site's top where the site has no address.
    pub fn address(&self, document: &Document, anchor: &str) -> String {
        address(self.around.base_url, &document.url, anchor)
    }

    /// Returns the module that a document belongs to.
    pub fn module_of(&self, document: &Document) -> Option<&'a Module> {
        document.module.map(|id| self.curriculum.module(id))
    }

    /// Returns a module's number and title; its name where it is gone.
    pub fn module(&self, name: &str) -> String {
        match self.modules.get(name) {
            Some(module) => format!("{}. {}", module.number, module.title),
            None => name.to_owned(),
        }
    }
}

/// Returns a document's title; its path where it has none.
pub fn title(document: &Document) -> &str {
    match &*document.lesson.front.title {
        "" => document.lesson.path.from_root(),
        title => title,
    }
}

fn address(start: &str, path: &str, anchor: &str) -> String {
    let mut href = String::with_capacity(start.len() + path.len() + anchor.len() + 1);
    href.push_str(start);
    push_url(&mut href, path);
    push_anchor(&mut href, anchor);
    href
}

/// Appends a place in a page to the page's address; nothing for its top.
pub fn push_anchor(href: &mut String, anchor: &str) {
    if !anchor.is_empty() {
        href.push('#');
        push_url(href, anchor);
    }
}
