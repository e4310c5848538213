//! What the files of a site are, and where each stands: every path is made here.

use std::ops::Deref;
use std::sync::Arc;

use super::curriculum::{Curriculum, Document, DocumentId, ModuleId, Role};
use super::registers::{Topic, TopicId};

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
    /// What happens when in a module, for facilitators.
    Session(ModuleId),
    /// A module for a projector, for facilitators.
    Projector(ModuleId),
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
    /// The questions that a learner has to answer again.
    Revise,
    /// The accessibility statement.
    Accessibility,
    /// What is shown where nothing is.
    NotFound,
    /// An old address: the n-th alias of a document.
    Redirect(DocumentId, u32),
    /// An old address: the n-th former id of a topic.
    FormerTopic(TopicId, u32),
}

/// What a file of a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A page.
    Page(Subject),
    /// A file of the theme, in [`THEME_FOLDER`].
    ThemeFile,
    /// A file from beside the lessons: its position in the curriculum's assets.
    Asset(u32),
    /// The list of pages for search engines.
    Sitemap,
    /// A script of the search index.
    Search(SearchFile),
    /// A folder: the reports that are published with the site, [`REPORTS_FOLDER`].
    Reports,
}

/// A file of the search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchFile {
    /// What is known before a word is looked up: modules, topics, answers, and what a search knows of the language.
    Registers,
    /// The postings of the words whose beginning has this number.
    Terms(u32),
    /// Titles and sections of some pages.
    Pages(u32),
    /// The whole text of some pages.
    Texts(u32),
    /// Words that a misspelling may have meant.
    Spelling,
}

impl SearchFile {
    /// Returns its path from the top of the scope's pages.
    pub fn path(self) -> String {
        let (letter, number) = match self {
            Self::Registers => return [SEARCH_FOLDER, "index.js"].concat(),
            Self::Spelling => return [SEARCH_FOLDER, "words.js"].concat(),
            Self::Terms(shard) => ('t', shard),
            Self::Pages(group) => ('d', group),
            Self::Texts(group) => ('x', group),
        };
        format!("{SEARCH_FOLDER}{letter}-{number}.js")
    }
}

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path from the site's top; a folder's with a final `/`.
    pub url: Arc<str>,
    /// What it is.
    pub thing: Thing,
}

/// The start page.
pub const HOME: &str = "index.html";

/// The files of the theme.
pub const THEME_FOLDER: &str = "assets/";

/// What the search loads.
pub const SEARCH_FOLDER: &str = "search/";

/// The reports that are published with the site.
pub const REPORTS_FOLDER: &str = "reports/";

/// A path from the top of the scope's pages.
#[derive(Debug, Clone)]
pub enum Path<'c> {
    /// The same in every site.
    Fixed(&'static str),
    /// What the curriculum keeps.
    Kept(&'c Arc<str>),
    /// Made for this purpose.
    Made(String),
}

impl Deref for Path<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Fixed(path) => path,
            Self::Kept(path) => path,
            Self::Made(path) => path,
        }
    }
}

impl Subject {
    /// Returns the page that a document is on.
    pub fn of(id: DocumentId, document: &Document) -> Self {
        match (document.role, document.module) {
            (Role::Home, _) => Self::Home,
            (Role::Module, Some(module)) => Self::Module(module),
            _ => Self::Lesson(id),
        }
    }

    /// Returns where its page stands, from the top of the scope's pages.
    pub fn path(self, curriculum: &Curriculum) -> Path<'_> {
        match self {
            Self::Home => Path::Fixed(HOME),
            Self::Topics => Path::Fixed("topics/index.html"),
            Self::Map => Path::Fixed("map.html"),
            Self::Signposts => Path::Fixed("signposts.html"),
            Self::Search => Path::Fixed("search.html"),
            Self::Revise => Path::Fixed("revise.html"),
            Self::Accessibility => Path::Fixed("accessibility.html"),
            Self::NotFound => Path::Fixed("404.html"),
            Self::Module(id) => Path::Kept(&curriculum.module(id).url),
            Self::Print(id) => of_module(curriculum, id, PRINT),
            Self::Session(id) => of_module(curriculum, id, SESSION),
            Self::Projector(id) => of_module(curriculum, id, PROJECTOR),
            Self::Lesson(id) => Path::Kept(&curriculum.document(id).url),
            Self::Redirect(id, alias) => {
                Path::Kept(&curriculum.document(id).aliases[alias as usize].url)
            }
            Self::FormerTopic(id, former) => {
                let topic = &curriculum.registers.topics[id.0 as usize];
                let id = &topic.former_ids[former as usize].value;
                Path::Made(["topics/", id, ".html"].concat())
            }
            Self::Topic(id) => {
                let topic = &curriculum.registers.topics[id.0 as usize];
                let mut path = String::with_capacity(topic.id.len() + 12);
                push_topic(&mut path, topic);
                Path::Made(path)
            }
        }
    }

    /// Returns whether search engines should know its page.
    pub const fn is_for_search_engines(self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Redirect(..)
                | Self::FormerTopic(..)
                | Self::Print(_)
                | Self::Session(_)
                | Self::Projector(_)
                | Self::Search
                | Self::Revise
        )
    }
}

const PRINT: &str = "print";
const SESSION: &str = "session";
const PROJECTOR: &str = "projector";

/// Names of the pages that each module has beside its lessons.
pub const PAGES_OF_A_MODULE: [&str; 3] = [PRINT, SESSION, PROJECTOR];

fn of_module<'c>(curriculum: &Curriculum, id: ModuleId, page: &str) -> Path<'c> {
    Path::Made(format!("{}/{page}.html", curriculum.module(id).name))
}

/// Appends the path of a topic's page; the ids of topics need no encoding.
pub fn push_topic(path: &mut String, topic: &Topic) {
    path.push_str("topics/");
    path.push_str(&topic.id);
    path.push_str(".html");
}
