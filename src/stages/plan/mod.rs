//! Fourth stage: from the curriculum to its pages.
//!
//! In: the curriculum, its coverage, the site's settings and what many pages share. Out: the list of all pages, each made when it is asked for. A page holds
//! everything that its template will see, and nothing that grows with the curriculum except where the page's subject is the curriculum itself.

mod body;
mod diagram;
mod footnotes;
mod lesson;
mod links;
mod module;
mod names;
mod print;
mod search;
mod shared;
mod site;
mod strands;
mod together;
mod topic;
mod ways;
mod words;

pub use names::Names;
pub use shared::Shared;
pub use site::signpost_fields;

use std::sync::Arc;

use crate::language::Language;
use crate::model::address::Address;
use crate::model::config::{Accessibility, Edition};
use crate::model::coverage::Coverage;
use crate::model::curriculum::{Curriculum, Document, Role};
use crate::model::dealing::Dealing;
use crate::model::page::{Data, Fields, Page};
use crate::model::scope::Scope;
use crate::model::site::{File, Subject};
use crate::model::theme::Strings;

/// What the site is called and how it is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Language of the content.
    pub language: Language,
    /// Absolute address of the site's top with a final `/`.
    pub base_url: Option<Address>,
    /// The edition.
    pub edition: Edition,
    /// Whether there is a search index.
    pub search: bool,
    /// Whether modules have a page for print.
    pub print: bool,
    /// What the accessibility page says was checked.
    pub accessibility: Accessibility,
    /// What counts as today.
    pub as_of: jiff::civil::Date,
}

/// All pages of a site, each made when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'c> {
    /// The graph.
    pub curriculum: &'c Curriculum,
    /// Topics against modules.
    pub coverage: &'c Coverage,
    /// Which option stands at whose place.
    pub dealing: &'c Dealing,
    /// What the site is called and how it is built.
    pub settings: &'c Settings,
    /// Words of the interface.
    pub strings: &'c Strings,
    /// What many pages show.
    pub shared: &'c Shared,
    /// How pages name the documents.
    pub names: &'c Names,
    /// What the site holds, and what becomes of links that lead beyond.
    pub scope: &'c Scope,
    /// Every file of the site.
    pub files: &'c [File],
}

impl<'c> Pages<'c> {
    /// Makes a page; its address is one of the list's.
    pub fn page(&self, address: &Arc<str>, subject: Subject) -> Page<'c> {
        let url = match self.scope.folder() {
            "" => Arc::clone(address),
            folder => address.strip_prefix(folder).unwrap_or(address).into(),
        };
        let page = self.inside(&url, subject);
        Page {
            url: Arc::clone(address),
            ..page
        }
    }

    /// Makes a page whose address starts at the top of the scope's pages.
    fn inside(&self, url: &Arc<str>, subject: Subject) -> Page<'c> {
        match subject {
            Subject::Home => self.home(url),
            Subject::Module(id) => self.module(url, id),
            Subject::Lesson(id) => self.lesson(url, id),
            Subject::Print(id) => self.print(url, id),
            Subject::Topic(id) => self.topic(url, id),
            Subject::Topics => self.topics(url),
            Subject::Map => self.map(url),
            Subject::Signposts => self.signposts(url),
            Subject::Search => self.plain(url, "search.html", "search", "search"),
            Subject::Accessibility => self.accessibility(url),
            Subject::NotFound => self.plain(url, "404.html", "not-found", "not_found"),
            Subject::Redirect(id, _) => self.redirect(url, id),
        }
    }

    /// Returns the address of a page in the whole site.
    fn address(&self, url: &str) -> String {
        [self.scope.folder(), url].concat()
    }

    /// Starts the fields that every page has.
    fn common(
        &self,
        url: &str,
        kind: &'static str,
        title: &'c str,
        description: &'c str,
    ) -> Fields<'c> {
        let mut fields = Fields(Vec::with_capacity(24));
        fields
            .text("kind", kind)
            .text("title", title)
            .text("description", description)
            .text("path", self.address(url));
        self.add_canonical(&mut fields, url);
        fields
    }

    /// Adds the absolute address of a page, where the site has one.
    fn add_canonical(&self, fields: &mut Fields<'c>, url: &str) {
        if let Some(top) = &self.settings.base_url {
            fields.address("canonical", top.below(&self.address(url)));
        }
    }

    /// Returns a date as people write it.
    fn long_date(&self, date: jiff::civil::Date) -> String {
        self.settings.language.long_date(date, self.strings)
    }

    /// Returns a link with its words.
    fn link(&self, from: &str, to: Subject, title: &'c str) -> Fields<'c> {
        let mut fields = Fields::new();
        self.add_href(&mut fields, from, to);
        fields.text("title", title);
        fields
    }

    /// Returns the first step of the way to a page.
    fn home_crumb(&self, from: &str) -> Data<'c> {
        self.link(from, Subject::Home, &self.settings.title).into()
    }
}

/// Returns a document's title; the home page's without one is the site's, a module's its folder's name.
fn title<'c>(
    curriculum: &'c Curriculum,
    settings: &'c Settings,
    document: &'c Document,
) -> &'c str {
    match (document.role, document.module) {
        (Role::Module, Some(module)) => &curriculum.module(module).title,
        (Role::Home, _) if document.lesson.front.title.is_empty() => &settings.title,
        _ => &document.lesson.front.title,
    }
}

/// Appends a text to HTML, escaped for elements and attributes alike.
fn push_text(html: &mut String, text: &str) {
    let _ = pulldown_cmark_escape::escape_html(&mut *html, text);
}
