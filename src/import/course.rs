//! What a course of another tool is made of, whatever the tool: its pages in their order, and how that tool made addresses.

use super::slugs::SlugRule;
use super::value::Value;

/// The tool that a course was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A folder of Markdown.
    Folder,
    /// mdBook: `book.toml`, `SUMMARY.md`.
    MdBook,
    /// MkDocs: `mkdocs.yml`.
    MkDocs,
    /// Docusaurus: `docusaurus.config.js`.
    Docusaurus,
    /// The Carpentries' sandpaper: `config.yaml`, `episodes/`.
    Sandpaper,
    /// Hugo: `content/`.
    Hugo,
    /// Jekyll: `_config.yml`.
    Jekyll,
}

impl Format {
    /// Returns what people call the tool.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::MdBook => "mdbook",
            Self::MkDocs => "mkdocs",
            Self::Docusaurus => "docusaurus",
            Self::Sandpaper => "sandpaper",
            Self::Hugo => "hugo",
            Self::Jekyll => "jekyll",
        }
    }

    /// Returns how the tool made ids of headings.
    pub const fn slugs(self) -> SlugRule {
        match self {
            Self::MkDocs => SlugRule::PythonMarkdown,
            Self::Sandpaper => SlugRule::Pandoc,
            Self::Jekyll => SlugRule::Kramdown,
            Self::Folder | Self::MdBook | Self::Docusaurus | Self::Hugo => SlugRule::GitHub,
        }
    }

    /// Returns whether the tool takes a page for a draft by where it stands.
    pub fn is_draft(self, page: &str) -> bool {
        self == Self::Jekyll && page.split('/').any(|part| part == "_drafts")
    }

    /// Returns whether the tool gave every page a folder of its own, `guide/` instead of `guide.html`.
    pub const fn pages_are_folders(self) -> bool {
        matches!(self, Self::MkDocs | Self::Docusaurus | Self::Hugo)
    }
}

/// A course as its own tool sees it.
#[derive(Debug, Default)]
pub struct Course {
    /// What it is called.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The language of its pages.
    pub language: Option<String>,
    /// The folder with its pages, below the source; empty for the source itself.
    pub content: String,
    /// Folders from which pages name what is put in, beside their own and that of all pages.
    pub snippets: Vec<String>,
    /// Folders from which addresses that begin with `/` count, beside the pages' own.
    pub statics: Vec<String>,
    /// What its addresses begin with: the path under which it was published.
    pub base: String,
    /// The page that becomes the home page.
    pub home: Option<String>,
    /// Everything else, in order.
    pub entries: Vec<Entry>,
    /// Old addresses that led to others, as the configuration has them.
    pub redirects: Vec<(String, String)>,
    /// What else the configuration says.
    pub extra: Vec<(String, Value)>,
    /// What could not be read, with its file.
    pub faults: Vec<Fault>,
}

/// A page, a group of pages, or both.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// What the order calls it; nothing where its page says so itself.
    pub title: Option<String>,
    /// One sentence about it; nothing where its page says so itself.
    pub summary: Option<String>,
    /// Its page: a path below the source.
    pub page: Option<String>,
    /// The folder that it stands for, so that links to the folder find it.
    pub folder: Option<String>,
    /// What it holds.
    pub children: Vec<Entry>,
}

/// Something about the course that could not be read, or was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, below the source.
    pub file: String,
    /// Its line, from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong, and what was done.
    pub message: String,
}

impl Course {
    /// Notes what could not be read.
    pub fn fault(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.faults.push(Fault {
            file: file.to_owned(),
            line,
            message: message.into(),
        });
    }
}

impl Entry {
    /// Returns the entry of a page.
    pub fn page(path: &str) -> Self {
        Self {
            page: Some(path.to_owned()),
            ..Self::default()
        }
    }

    /// Calls a function with every page of the entries, in order.
    pub fn each_page<'e>(entries: &'e [Entry], with: &mut impl FnMut(&'e str)) {
        for entry in entries {
            if let Some(page) = &entry.page {
                with(page);
            }
            Self::each_page(&entry.children, with);
        }
    }
}
