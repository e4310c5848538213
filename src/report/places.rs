//! Where the places that reports name stand in the built site.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;

use super::cell::Spot;
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
    /// What leads from a report's page to the top of the site: encoded, empty or with a final `/`. Nothing where nobody can follow.
    pub to_site: Option<&'a str>,
    /// The site's own address: empty where it has none, or with a final `/`.
    pub base_url: &'a str,
    /// What counts as today.
    pub as_of: Date,
}

/// The columns that every sheet ends with. They are found in the site, so that no report need know it.
pub const WHEREABOUTS: [&str; 3] = ["module_title", "lesson_title", "address"];

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
    pub fn page(&self, path: &str, anchor: &str) -> Option<String> {
        Some(address(self.around.to_site?, path, anchor))
    }

    /// Returns the address of a place in a lesson, as a link from a report.
    pub fn place(&self, spot: Spot<'_>) -> Option<String> {
        self.page(&self.document(spot.file)?.url, spot.anchor)
    }

    /// Returns the address of a place in a page of the site as others can use it: its path from the site's top where the site has no address.
    pub fn address(&self, document: &Document, anchor: &str) -> String {
        address(self.around.base_url, &document.url, anchor)
    }

    /// Returns a lesson's title, with a heading in it: "Whose income counts: In short".
    pub fn lesson(&self, spot: Spot<'_>, heading: &str) -> String {
        let title = self.document(spot.file).map_or(spot.file, title);
        match heading {
            "" => title.to_owned(),
            heading if heading == title => title.to_owned(),
            heading => format!("{title}: {heading}"),
        }
    }

    /// Returns what the last columns of a sheet say of a place; nothing where the curriculum does not have its file.
    pub fn whereabouts(&self, spot: Spot<'_>) -> Option<[Cow<'a, str>; 3]> {
        let document = self.document(spot.file)?;
        let module = self.module_of(document);
        Some([
            module.map_or("", |module| &module.title).into(),
            title(document).into(),
            self.address(document, spot.anchor).into(),
        ])
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
