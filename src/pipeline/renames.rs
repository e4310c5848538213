//! Finds out what pages are called now that are not where they were: one file has gone, one has come, and both say the same.
//!
//! In: what stood there before, as the last build noted it beside the site, or else as git has it at `HEAD`, and how the pages read now. Out: where each page, folder
//! and module stands now. Nothing is read before something is missing, each thing is read once, and where neither knows anything, nothing is said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use super::request::Request;
use crate::history::{GitError, Repository, pages_at};
use crate::model::Lesson;
use crate::model::config::Config;
use crate::model::path::SourcePath;
use crate::model::review::Meaning;
use crate::model::slug::folder_slug;
use crate::model::sources::Document;
use crate::stages::discover::text_of;
use crate::stages::link::Renames;
use crate::stages::parse::{self, Context, Scratch};
use crate::stages::write;

/// What stood in a curriculum before; read when somebody asks for it.
#[derive(Debug)]
pub struct Former {
    root: Utf8PathBuf,
    /// The folder of the site.
    site: Utf8PathBuf,
    /// What the last build noted.
    built: OnceLock<State>,
    /// What git has.
    committed: OnceLock<State>,
}

/// The pages of a time, by their paths below `modules/`.
#[derive(Debug, Default)]
struct State {
    pages: BTreeMap<Box<str>, Words>,
    /// The repository of those that nobody has read.
    repository: Option<Repository>,
}

/// What a page said.
#[derive(Debug)]
enum Words {
    /// It meant this.
    Known(Meaning),
    /// It is an object of git.
    Unread(String, OnceLock<Option<Meaning>>),
}

impl Former {
    /// Reads nothing yet.
    pub(super) fn of(request: &Request, config: &Config) -> Self {
        Self {
            root: request.root.clone(),
            site: request.root.join(request.site_folder(config)),
            built: OnceLock::new(),
            committed: OnceLock::new(),
        }
    }

    fn built(&self) -> &State {
        self.built.get_or_init(|| State {
            pages: write::pages(&self.site)
                .into_iter()
                .map(|(path, meaning)| (path, Words::Known(meaning)))
                .collect(),
            repository: None,
        })
    }

    fn committed(&self) -> &State {
        self.committed
            .get_or_init(|| State::committed(&self.root).unwrap_or_default())
    }
}

impl State {
    fn committed(root: &Utf8Path) -> Result<Self, GitError> {
        let repository = Repository::around(root)?;
        let commit = repository.commit("HEAD")?;
        let pages = pages_at(&repository, &commit)?.into_iter();
        let pages = pages.map(|(path, id)| (path.into(), Words::Unread(id, OnceLock::new())));
        Ok(Self {
            pages: pages.collect(),
            repository: Some(repository),
        })
    }

    /// Returns what some of the pages meant.
    fn meanings<'s>(
        &'s self,
        paths: &BTreeSet<&'s str>,
        context: &Context,
    ) -> Vec<(&'s str, Meaning)> {
        let mut blobs = None;
        let mut reading = |id: &str, path: &str| {
            if blobs.is_none() {
                blobs = Some(self.repository.as_ref()?.blobs().ok()?);
            }
            let bytes = blobs.as_mut()?.read(id).ok()??;
            let document = Document {
                path: SourcePath::new(path),
                text: text_of(bytes, path, &mut Vec::new()),
            };
            meaning(&document, context)
        };
        let pages = self.pages.iter();
        let pages = pages.filter(|(path, _)| paths.contains(&***path));
        pages
            .filter_map(|(path, words)| {
                let meaning = match words {
                    Words::Known(meaning) => Some(*meaning),
                    Words::Unread(id, read) => *read.get_or_init(|| reading(id, path)),
                };
                Some((&**path, meaning?))
            })
            .collect()
    }
}

/// Returns what a page means.
fn meaning(document: &Document, context: &Context) -> Option<Meaning> {
    let lesson = parse::for_sign_off(document, context, &mut Scratch::default());
    lesson.meaning.map(|meanings| meanings.second)
}

/// Returns every folder above a page.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Gives the text of a page of now.
pub(super) type Texts<'t> = dyn Fn(&SourcePath) -> Option<Document> + Sync + 't;

/// What stood there before, and how pages read now.
#[derive(Clone, Copy)]
pub(super) struct Then<'t> {
    pub former: &'t Former,
    pub texts: &'t Texts<'t>,
}

/// What is called otherwise than before.
pub(super) struct Since<'s> {
    then: Then<'s>,
    /// The pages of now, drafts included.
    lessons: Vec<Arc<Lesson>>,
    now: OnceLock<HashSet<SourcePath>>,
    context: &'s Context,
    since_built: OnceLock<Gone<'s>>,
    since_committed: OnceLock<Gone<'s>>,
}

/// What is not where it was.
struct Gone<'s> {
    state: &'s State,
    pages: BTreeSet<&'s str>,
    folders: HashSet<&'s str>,
    /// Folders of modules by their names.
    modules: HashMap<String, &'s str>,
    found: OnceLock<Found<'s>>,
}

/// Where it is now.
#[derive(Default)]
struct Found<'s> {
    pages: HashMap<&'s str, SourcePath>,
    /// Only those whose pages have all gone into one other.
    folders: HashMap<&'s str, String>,
}

impl<'s> Since<'s> {
    pub fn new(then: Then<'s>, lessons: &[Arc<Lesson>], context: &'s Context) -> Self {
        Self {
            then,
            lessons: lessons.to_vec(),
            now: OnceLock::new(),
            context,
            since_built: OnceLock::new(),
            since_committed: OnceLock::new(),
        }
    }

    fn now(&self) -> &HashSet<SourcePath> {
        let paths = || self.lessons.iter().map(|lesson| lesson.path.clone());
        self.now.get_or_init(|| paths().collect())
    }

    /// Looks since the last build, and then since the last commit.
    fn first<'f, T>(&'f self, look: impl Fn(&'f Gone<'s>) -> Option<T>) -> Option<T> {
        let former = self.then.former;
        let built = self
            .since_built
            .get_or_init(|| Gone::since(former.built(), self.now()));
        look(built).or_else(|| {
            let committed = self
                .since_committed
                .get_or_init(|| Gone::since(former.committed(), self.now()));
            look(committed)
        })
    }
}

impl<'s> Gone<'s> {
    fn since(state: &'s State, now: &HashSet<SourcePath>) -> Self {
        let paths = state.pages.keys().map(|path| &**path);
        let pages: BTreeSet<&str> = paths.filter(|path| !now.contains(*path)).collect();
        let mut folders = HashSet::new();
        let mut modules = HashMap::new();
        for path in &pages {
            folders.extend(folders_of(path));
            if let Some((module, _)) = path.split_once('/') {
                modules.insert(folder_slug(module), module);
                modules.insert(module.to_owned(), module);
            }
        }
        Self {
            state,
            pages,
            folders,
            modules,
            found: OnceLock::new(),
        }
    }

    fn found(&self, since: &Since<'s>) -> &Found<'s> {
        self.found.get_or_init(|| self.find(since))
    }

    /// Holds what has gone against what has come: pages that mean the same, and nothing else that has gone or come does.
    fn find(&self, since: &Since<'s>) -> Found<'s> {
        let come = since.lessons.iter().map(|lesson| &lesson.path);
        let come: Vec<&SourcePath> = come
            .filter(|path| !self.state.pages.contains_key(path.as_str()))
            .collect();
        if come.is_empty() {
            return Found::default();
        }
        let mut by_meaning: HashMap<Meaning, (Vec<&'s str>, Vec<&SourcePath>)> = HashMap::new();
        for (path, meaning) in self.state.meanings(&self.pages, since.context) {
            by_meaning.entry(meaning).or_default().0.push(path);
        }
        for path in come {
            let text = (since.then.texts)(path);
            let meaning = text.and_then(|text| meaning(&text, since.context));
            if let Some((_, now)) = meaning.and_then(|meaning| by_meaning.get_mut(&meaning)) {
                now.push(path);
            }
        }
        let mut found = Found::default();
        let mut folders: HashMap<&str, Option<&str>> = HashMap::new();
        for (gone, come) in by_meaning.into_values() {
            let ([gone], [come]) = (&gone[..], &come[..]) else {
                continue;
            };
            let (mut from, mut to): (&str, &str) = (gone, come.as_str());
            // Folders above both whose pages have the same names below them.
            while let (Some((folder, name)), Some((into, same))) =
                (from.rsplit_once('/'), to.rsplit_once('/'))
                && (from == *gone || name == same)
            {
                let known = folders.entry(folder).or_insert(Some(into));
                *known = known.filter(|known| *known == into);
                (from, to) = (folder, into);
            }
            found.pages.insert(gone, (*come).clone());
        }
        // Pages that went into a folder which was there before left theirs, and did not take it along.
        let paths = self.state.pages.keys();
        let former: HashSet<&str> = paths.flat_map(|path| folders_of(path)).collect();
        found.folders = folders
            .into_iter()
            .filter_map(|(folder, into)| Some((folder, into?.to_owned())))
            .filter(|(_, into)| !into.is_empty() && !former.contains(into.as_str()))
            .collect();
        found
    }
}

impl Renames for Since<'_> {
    fn page(&self, path: &str) -> Option<&str> {
        self.first(|gone| {
            let is_gone = gone.pages.contains(path);
            let found = is_gone.then(|| gone.found(self))?;
            found.pages.get(path).map(SourcePath::as_str)
        })
    }

    fn folder(&self, path: &str) -> Option<&str> {
        self.first(|gone| {
            let is_gone = gone.folders.contains(path);
            let found = is_gone.then(|| gone.found(self))?;
            found.folders.get(path).map(String::as_str)
        })
    }

    fn module(&self, name: &str) -> Option<&str> {
        self.first(|gone| {
            let folder = gone.modules.get(name)?;
            gone.found(self).folders.get(folder).map(String::as_str)
        })
    }
}
