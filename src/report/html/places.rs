//! Where the places that reports name stand in the built site.

use std::collections::HashMap;

use jiff::civil::Date;

use super::markup::Markup;
use crate::model::Curriculum;
use crate::model::curriculum::{Document, DocumentId, Module};
use crate::model::path::push_url;

/// Where the list of a topic's places is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lists {
    /// Each topic has a page of its own.
    OwnPages,
    /// All lists stand in the page of the matrix.
    SamePage,
}

/// What is around the reports.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The curriculum's title.
    pub title: &'a str,
    /// BCP 47 tag of its language.
    pub language: &'a str,
    /// What leads from a report's page to the top of the site: encoded, empty or with a final `/`.
    pub to_site: &'a str,
    /// What counts as today.
    pub as_of: Date,
}

/// The places of a curriculum as seen from the reports.
#[derive(Debug)]
pub struct Places<'a> {
    /// What is around the reports.
    pub around: Around<'a>,
    /// Where the lists of places are.
    pub lists: Lists,
    curriculum: &'a Curriculum,
    files: HashMap<&'a str, DocumentId>,
}

impl<'a> Places<'a> {
    /// Gathers the places.
    pub fn new(curriculum: &'a Curriculum, around: Around<'a>, lists: Lists) -> Self {
        let files = curriculum
            .documents
            .iter()
            .enumerate()
            .map(|(index, document)| (document.lesson.path.from_root(), DocumentId(index as u32)))
            .collect();
        Self {
            around,
            lists,
            curriculum,
            files,
        }
    }

    fn document(&self, file: &str) -> Option<&'a Document> {
        self.files.get(file).map(|id| self.curriculum.document(*id))
    }

    /// Returns the address of a page of the site.
    pub fn page(&self, path: &str, anchor: &str) -> String {
        let to_site = self.around.to_site;
        let mut href = String::with_capacity(to_site.len() + path.len() + anchor.len() + 1);
        href.push_str(to_site);
        push_url(&mut href, path);
        if !anchor.is_empty() {
            href.push('#');
            push_url(&mut href, anchor);
        }
        href
    }

    /// Returns the address of a place in a lesson, where the curriculum has the file, and the lesson's title; its path where it has none.
    pub fn place<'t>(&self, file: &'t str, anchor: &str) -> (Option<String>, &'t str)
    where
        'a: 't,
    {
        match self.document(file) {
            Some(document) => (
                Some(self.page(&document.url, anchor)),
                title(document, file),
            ),
            None => (None, file),
        }
    }

    /// Returns the address of a place in a lesson; nothing where the curriculum does not have the file.
    pub fn href(&self, file: &str, anchor: &str) -> Option<String> {
        let document = self.document(file)?;
        Some(self.page(&document.url, anchor))
    }

    /// Returns a lesson's title; its path where it has none.
    pub fn title<'t>(&self, file: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.document(file)
            .map_or(file, |document| title(document, file))
    }

    /// Returns the modules in reading order.
    pub fn modules(&self) -> &'a [Module] {
        &self.curriculum.modules
    }

    /// Returns a module's number and title; its name where it is gone.
    pub fn module(&self, name: &str) -> String {
        match self.modules().iter().find(|module| module.name == name) {
            Some(module) => format!("{}. {}", module.number, module.title),
            None => name.to_owned(),
        }
    }

    /// Returns the definition of a topic.
    pub fn definition(&self, topic: &str) -> &'a str {
        let registers = &self.curriculum.registers;
        registers
            .topic(topic)
            .map_or("", |id| &registers.topics[id.0 as usize].definition)
    }

    /// Returns the address of the list of a topic's places, or of those in one module.
    pub fn list(&self, topic: &str, module: Option<&str>) -> String {
        let mut href = String::new();
        match self.lists {
            Lists::OwnPages => {
                push_url(&mut href, &topic_page(topic));
                if let Some(module) = module {
                    href.push('#');
                    push_url(&mut href, module);
                }
            }
            Lists::SamePage => {
                href.push('#');
                push_url(&mut href, &self.list_id(topic, module));
            }
        }
        href
    }

    /// Returns the anchor of the list of a topic's places, or of those in one module.
    pub fn list_id(&self, topic: &str, module: Option<&str>) -> String {
        match (self.lists, module) {
            (Lists::OwnPages, Some(module)) => module.to_owned(),
            (Lists::SamePage, Some(module)) => format!("{topic}.{module}"),
            (_, None) => format!("topic.{topic}"),
        }
    }

    /// Writes a place in a source file, as a link to where it stands in the site.
    pub fn write(&self, markup: &mut Markup, file: &str, line: u32, anchor: &str) {
        write_source(markup, self.href(file, anchor).as_deref(), file, line);
    }

    /// Returns the day of the report in words.
    pub fn today(&self) -> String {
        self.around.as_of.strftime("%-d %B %Y").to_string()
    }
}

fn title<'t>(document: &'t Document, file: &'t str) -> &'t str {
    match &*document.lesson.front.title {
        "" => file,
        title => title,
    }
}

/// Writes a place in a source file, as a link where there is somewhere to lead.
pub fn write_source(markup: &mut Markup, href: Option<&str>, file: &str, line: u32) {
    let line = line.to_string();
    let mut shown = String::with_capacity(file.len() + line.len() + 1);
    for part in [file, ":", &line] {
        shown.push_str(part);
    }
    markup.raw("<span class=\"place\">");
    markup.maybe_link(href, &shown);
    markup.raw("</span>");
}

/// Returns the file name of the page that lists a topic's places.
pub fn topic_page(topic: &str) -> String {
    format!("coverage-{topic}.html")
}

/// Returns a date as people read it; what is no date stays as it is.
pub fn date_in_words(date: &str) -> String {
    date.parse::<Date>().map_or_else(
        |_| date.to_owned(),
        |day| day.strftime("%-d %B %Y").to_string(),
    )
}
