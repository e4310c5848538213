//! The list of the files that a scope has: build, preview, search for clashes, sitemap and packages read it, and nowhere else is said what files there are.

use std::sync::Arc;

use super::config::Edition;
use super::curriculum::{Curriculum, DocumentId, ModuleId, Role};
use super::registers::TopicId;
use super::scope::Scope;
use super::search::Layout;
use super::site::{File, Path, REPORTS_FOLDER, Subject, THEME_FOLDER, Thing};
use super::theme::Theme;

/// What decides which files there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// The edition that is made: assets that only the other one shows are left out.
    pub edition: Edition,
    /// Whether there are pages for facilitators alone.
    pub facilitators: bool,
    /// Whether there is a search.
    pub search: bool,
    /// Whether modules have pages for print.
    pub print: bool,
    /// Whether there is a list of pages for search engines.
    pub sitemap: bool,
    /// Whether there are reports that everybody may read.
    pub reports: bool,
}

/// The pages that every site has, whatever its lessons say.
const OWN: [Subject; 7] = [
    Subject::Home,
    Subject::Topics,
    Subject::Map,
    Subject::Signposts,
    Subject::Accessibility,
    Subject::Revise,
    Subject::NotFound,
];

/// A list of files while it is written.
struct Listing<'c> {
    curriculum: &'c Curriculum,
    scope: &'c Scope,
    files: Vec<File>,
}

/// Lists the files that a scope has; of two with one address, the first one has it.
pub fn files(
    curriculum: &Curriculum,
    theme: &Theme,
    features: Features,
    scope: &Scope,
) -> Vec<File> {
    let mut listing = Listing {
        curriculum,
        scope,
        files: Vec::with_capacity(curriculum.documents.len() + 2 * curriculum.modules.len() + 64),
    };
    listing.add_pages(features);
    if *scope == Scope::Site {
        if features.sitemap {
            listing.add(Path::Fixed("sitemap.xml"), Thing::Sitemap);
        }
        if features.reports {
            listing.add(Path::Fixed(REPORTS_FOLDER), Thing::Reports);
        }
    }
    listing.add_search(features);
    if !matches!(scope, Scope::Language(_)) {
        listing.add_theme(theme);
        listing.add_assets(features.edition);
    }
    listing.files
}

impl<'c> Listing<'c> {
    fn add(&mut self, path: Path<'c>, thing: Thing) {
        let url = match (self.scope.folder(), path) {
            ("", Path::Kept(path)) => Arc::clone(path),
            ("", path) => (&*path).into(),
            (folder, path) => [folder, &*path].concat().into(),
        };
        self.files.push(File { url, thing });
    }

    fn add_page(&mut self, subject: Subject) {
        if self.scope.holds(self.curriculum, subject) {
            self.add(subject.path(self.curriculum), Thing::Page(subject));
        }
    }

    fn add_pages(&mut self, features: Features) {
        let curriculum = self.curriculum;
        for subject in OWN {
            self.add_page(subject);
        }
        if features.search {
            self.add_page(Subject::Search);
        }
        for (index, topic) in (0..).zip(&curriculum.registers.topics) {
            // An id that is given twice is a finding, and has one page.
            if curriculum.registers.topic(&topic.id) == Some(TopicId(index)) {
                self.add_page(Subject::Topic(TopicId(index)));
            }
            for former in 0..topic.former_ids.len() as u32 {
                self.add_page(Subject::FormerTopic(TopicId(index), former));
            }
        }
        for id in (0..curriculum.modules.len() as u32).map(ModuleId) {
            self.add_page(Subject::Module(id));
            if features.print {
                self.add_page(Subject::Print(id));
            }
            if features.facilitators {
                self.add_page(Subject::Session(id));
                self.add_page(Subject::Projector(id));
            }
        }
        for (index, document) in (0..).zip(&curriculum.documents) {
            let id = DocumentId(index);
            if matches!(document.role, Role::Lesson | Role::Unit) {
                self.add_page(Subject::Lesson(id));
            }
        }
        // A page has its address before any old address that says the same.
        for (index, document) in (0..).zip(&curriculum.documents) {
            for alias in 0..document.aliases.len() as u32 {
                self.add_page(Subject::Redirect(DocumentId(index), alias));
            }
        }
    }

    fn add_search(&mut self, features: Features) {
        if !features.search {
            return;
        }
        for file in Layout::new(self.curriculum, self.scope).files() {
            self.add(Path::Made(file.path()), Thing::Search(file));
        }
    }

    fn add_theme(&mut self, theme: &Theme) {
        for name in theme.files.keys() {
            let path = [THEME_FOLDER, name].concat();
            self.add(Path::Made(path), Thing::ThemeFile);
        }
    }

    fn add_assets(&mut self, edition: Edition) {
        for (index, placed) in (0..).zip(&self.curriculum.assets) {
            if placed.is_in(edition) && self.scope.holds_asset(index) {
                self.add(Path::Kept(&placed.url), Thing::Asset(index));
            }
        }
    }
}
