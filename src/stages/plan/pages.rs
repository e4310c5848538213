//! All pages of a site, each made when it is asked for.

use std::sync::Arc;

use super::names::Names;
use super::said;
use super::search::Index;
use super::settings::Settings;
use super::shared::Shared;
use crate::model::coverage::Coverage;
use crate::model::curriculum::Curriculum;
use crate::model::dealing::Dealing;
use crate::model::page::{Data, Fields, Page};
use crate::model::passage::Passage;
use crate::model::scope::Scope;
use crate::model::site::{File, Subject};
use crate::model::theme::Strings;

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
    /// What the search loads.
    pub search: &'c Index,
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
            Subject::Search => self.seek(url),
            Subject::Session(id) => self.session(url, id),
            Subject::Projector(id) => self.projector(url, id),
            Subject::Revise => self.plain(url, "revise.html", "revise", "revise"),
            Subject::Accessibility => self.accessibility(url),
            Subject::NotFound => self.plain(url, "404.html", "not-found", "not_found"),
            Subject::Redirect(id, _) => self.redirect(url, self.page_of(id)),
            Subject::FormerTopic(id, _) => self.redirect(url, Subject::Topic(id)),
        }
    }

    /// Returns the address of a page in the whole site.
    pub(super) fn address(&self, url: &str) -> String {
        [self.scope.folder(), url].concat()
    }

    /// Starts the fields that every page has.
    pub(super) fn common(
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
        self.add_risk(&mut fields, url);
        fields
    }

    /// Adds the absolute address of a page, where the site has one.
    pub(super) fn add_canonical(&self, fields: &mut Fields<'c>, url: &str) {
        let top = self.settings.base_url.as_ref();
        fields.made_address("canonical", top.map(|top| top.below(&self.address(url))));
    }

    /// Returns a date as people write it.
    pub(super) fn long_date(&self, date: jiff::civil::Date) -> String {
        self.settings.language.long_date(date, self.strings)
    }

    /// Returns a text of a register or of front matter.
    pub(super) fn said(&self, passage: &'c Passage) -> Data<'c> {
        said(passage, &self.settings.language)
    }

    /// Returns a link with its words.
    pub(super) fn link(&self, from: &str, to: Subject, title: &'c str) -> Fields<'c> {
        let mut fields = Fields::new();
        self.add_href(&mut fields, from, to);
        fields.text("title", title);
        fields
    }

    /// Returns the first step of the way to a page.
    pub(super) fn home_crumb(&self, from: &str) -> Data<'c> {
        self.link(from, Subject::Home, &self.settings.title).into()
    }
}
