//! Which part of a curriculum a set of outputs holds, and what becomes of links that lead beyond it.

use super::address::Address;
use super::body::SlotKind;
use super::curriculum::{Curriculum, DocumentId, Module, ModuleId, Target};
use super::registers::TopicId;
use super::site::Subject;

/// What a set of outputs holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scope {
    /// The whole site.
    #[default]
    Site,
    /// Some modules, to be loaded into a platform, and what they need.
    Package(Package),
    /// The pages of one language in a folder of the site, named with its final `/`. Assets and the theme's files stand at the top of the site.
    Language(String),
}

/// Some modules and what they need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    beyond: Beyond,
    /// For each module of the curriculum, whether it is held; likewise for topics and assets.
    modules: Vec<bool>,
    topics: Vec<bool>,
    assets: Vec<bool>,
}

/// What becomes of links to pages that a package does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beyond {
    /// There are none: whatever modules a package is for, the pages of all travel with it.
    Include,
    /// They lead to the site with this address.
    Link(Address),
    /// Their words stay, as text.
    Text,
}

/// Where a link leads, seen from a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way<'s> {
    /// To a page of the same scope.
    Inside,
    /// To a page of the site whose top this is.
    Beyond(&'s Address),
    /// Nowhere: its words stay.
    Nowhere,
}

impl Scope {
    /// Returns the scope of a package of some modules.
    pub fn package(curriculum: &Curriculum, modules: &[ModuleId], beyond: Beyond) -> Self {
        let everything = beyond == Beyond::Include;
        let mut package = Package {
            beyond,
            modules: vec![everything; curriculum.modules.len()],
            topics: vec![everything; curriculum.registers.topics.len()],
            assets: vec![everything; curriculum.assets.len()],
        };
        for id in modules {
            package.modules[id.0 as usize] = true;
            package.add_needs_of(curriculum, curriculum.module(*id));
        }
        Self::Package(package)
    }

    /// Returns the folder of the scope's pages in the site: empty, or with a final `/`.
    pub fn folder(&self) -> &str {
        match self {
            Self::Language(folder) => folder,
            Self::Site | Self::Package(_) => "",
        }
    }

    /// Returns the package, where it is one.
    pub fn as_package(&self) -> Option<&Package> {
        match self {
            Self::Package(package) => Some(package),
            Self::Site | Self::Language(_) => None,
        }
    }

    /// Returns whether it holds every module.
    pub fn holds_everything(&self) -> bool {
        self.as_package()
            .is_none_or(|package| package.modules.iter().all(|held| *held))
    }

    /// Returns whether it holds a module.
    pub fn holds_module(&self, id: ModuleId) -> bool {
        self.as_package()
            .is_none_or(|package| package.modules[id.0 as usize])
    }

    /// Returns whether it holds the page of a topic.
    pub fn holds_topic(&self, id: TopicId) -> bool {
        self.as_package()
            .is_none_or(|package| package.topics[id.0 as usize])
    }

    /// Returns whether it holds an asset, given by its position, where anything refers to it at all.
    pub fn holds_asset(&self, asset: u32) -> bool {
        match self {
            Self::Site => true,
            Self::Package(package) => package.assets[asset as usize],
            Self::Language(_) => false,
        }
    }

    /// Returns whether it holds a document.
    pub fn holds_document(&self, curriculum: &Curriculum, id: DocumentId) -> bool {
        self.as_package()
            .is_none_or(|package| match curriculum.document(id).module {
                Some(module) => package.modules[module.0 as usize],
                None => package.beyond == Beyond::Include,
            })
    }

    /// Returns whether it holds a page.
    pub fn holds(&self, curriculum: &Curriculum, subject: Subject) -> bool {
        match subject {
            Subject::Module(id)
            | Subject::Print(id)
            | Subject::Session(id)
            | Subject::Projector(id) => self.holds_module(id),
            Subject::Lesson(id) => self.holds_document(curriculum, id),
            Subject::Topic(id) => self.holds_topic(id),
            // A platform has a page of its own for addresses that do not exist, and nobody knows old addresses in it.
            Subject::NotFound | Subject::Redirect(..) | Subject::FormerTopic(..) => {
                self.as_package().is_none()
            }
            Subject::Home
            | Subject::Topics
            | Subject::Map
            | Subject::Signposts
            | Subject::Search
            | Subject::Revise
            | Subject::Accessibility => true,
        }
    }

    /// Returns where a link to a page leads.
    pub fn way(&self, curriculum: &Curriculum, to: Subject) -> Way<'_> {
        match self.as_package() {
            Some(package) if !self.holds(curriculum, to) => match &package.beyond {
                Beyond::Link(top) => Way::Beyond(top),
                Beyond::Include | Beyond::Text => Way::Nowhere,
            },
            _ => Way::Inside,
        }
    }
}

impl Package {
    /// Adds the topics that a module's pages lead to, and the assets that they show.
    fn add_needs_of(&mut self, curriculum: &Curriculum, module: &Module) {
        for document in module.documents.clone().map(DocumentId) {
            let document = curriculum.document(document);
            for slot in &document.lesson.body.slots {
                if let SlotKind::Topic(topic, _) = slot.what {
                    self.topics[topic.0 as usize] = true;
                }
            }
            for resolved in &*document.links {
                match resolved.target {
                    Target::Topic(topic) => self.topics[topic.0 as usize] = true,
                    Target::Asset(asset) => self.assets[asset as usize] = true,
                    _ => {}
                }
            }
            let occurrences =
                document.occurrences.start as usize..document.occurrences.end as usize;
            for occurrence in &curriculum.occurrences[occurrences] {
                self.topics[occurrence.topic.0 as usize] = true;
            }
        }
    }
}
