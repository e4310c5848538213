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
mod topic;
mod words;

pub use names::Names;
pub use shared::Shared;
pub use site::signpost_fields;

use std::sync::Arc;

use crate::language::Language;
use crate::model::address::{Address, push_place};
use crate::model::config::{Accessibility, Edition};
use crate::model::coverage::Coverage;
use crate::model::curriculum::{Anchor, Curriculum, Document, DocumentId, ModuleId, Role};
use crate::model::page::{Data, Fields, Page};
use crate::model::path::push_relative;
use crate::model::registers::TopicId;
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

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The start.
    Home,
    /// A module.
    Module(ModuleId),
    /// A lesson, or the page of a unit.
    Lesson(DocumentId),
    /// A module with all its lessons.
    Print(ModuleId),
    /// A topic and its thread.
    Topic(TopicId),
    /// The glossary.
    Topics,
    /// Topics against modules.
    Map,
    /// The directory of support services.
    Signposts,
    /// The search page.
    Search,
    /// The accessibility statement.
    Accessibility,
    /// What is shown where nothing is.
    NotFound,
    /// An old address: the n-th alias of a document.
    Redirect(DocumentId, u32),
}

/// All pages of a site, each made when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'c> {
    /// The graph.
    pub curriculum: &'c Curriculum,
    /// Topics against modules.
    pub coverage: &'c Coverage,
    /// What the site is called and how it is built.
    pub settings: &'c Settings,
    /// Words of the interface.
    pub strings: &'c Strings,
    /// What many pages show.
    pub shared: &'c Shared,
    /// How pages name the documents.
    pub names: &'c Names,
    /// Every page's address and subject, as [`subjects`] lists them.
    pub subjects: &'c [(Arc<str>, Subject)],
}

/// Lists the pages of the site: addresses and subjects.
pub fn subjects(curriculum: &Curriculum, settings: &Settings) -> Vec<(Arc<str>, Subject)> {
    let mut subjects: Vec<(Arc<str>, Subject)> = vec![
        ("index.html".into(), Subject::Home),
        ("topics/index.html".into(), Subject::Topics),
        ("map.html".into(), Subject::Map),
        ("signposts.html".into(), Subject::Signposts),
        ("accessibility.html".into(), Subject::Accessibility),
        ("404.html".into(), Subject::NotFound),
    ];
    if settings.search {
        subjects.push(("search.html".into(), Subject::Search));
    }
    for (index, topic) in curriculum.registers.topics.iter().enumerate() {
        let url = format!("topics/{}.html", topic.id).into();
        subjects.push((url, Subject::Topic(TopicId(index as u32))));
    }
    for (index, module) in curriculum.modules.iter().enumerate() {
        let id = ModuleId(index as u32);
        subjects.push((Arc::clone(&module.url), Subject::Module(id)));
        if settings.print {
            subjects.push((print::url(module).into(), Subject::Print(id)));
        }
    }
    for (index, document) in curriculum.documents.iter().enumerate() {
        let id = DocumentId(index as u32);
        if matches!(document.role, Role::Lesson | Role::Unit) {
            subjects.push((Arc::clone(&document.url), Subject::Lesson(id)));
        }
        for (number, alias) in document.lesson.front.aliases.iter().enumerate() {
            if let Ok(path) = super::link::alias_path(&alias.value) {
                subjects.push((path.into(), Subject::Redirect(id, number as u32)));
            }
        }
    }
    subjects
}

impl<'c> Pages<'c> {
    /// Returns every page's address and subject.
    pub fn subjects(&self) -> &'c [(Arc<str>, Subject)] {
        self.subjects
    }

    /// Makes a page.
    pub fn page(&self, url: &Arc<str>, subject: Subject) -> Page<'c> {
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
            .text("path", url.to_owned());
        self.add_canonical(&mut fields, url);
        fields
    }

    /// Adds the absolute address of a page, where the site has one.
    fn add_canonical(&self, fields: &mut Fields<'c>, url: &str) {
        if let Some(top) = &self.settings.base_url {
            fields.address("canonical", top.below(url));
        }
    }

    /// Returns a date as people write it.
    fn long_date(&self, date: jiff::civil::Date) -> String {
        self.settings.language.long_date(date, self.strings)
    }

    fn crumb(&self, from: &str, to: &str, title: &'c str) -> Data<'c> {
        let mut fields = Fields::new();
        fields
            .address("href", Address::between(from, to))
            .text("title", title);
        fields.into()
    }
}

/// Appends the link to an anchor of a page; it needs no escaping.
fn push_href(href: &mut String, from: &str, to: &str, anchor: Anchor<'_>) {
    match anchor {
        Anchor::Id(id) => push_place(href, from, to, id),
        Anchor::Link(..) => {
            if from != to {
                push_relative(href, from, to);
            }
            href.push('#');
            // The ids of topics need no encoding.
            anchor.push_to(href);
        }
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

/// Appends the link to a topic's page; the ids of topics need no encoding.
fn push_topic_page(href: &mut String, from: &str, id: &str) {
    push_top(href, from);
    href.push_str("topics/");
    href.push_str(id);
    href.push_str(".html");
}

/// Appends the way from a page to the site's top.
fn push_top(href: &mut String, from: &str) {
    for _ in from.bytes().filter(|byte| *byte == b'/') {
        href.push_str("../");
    }
}
