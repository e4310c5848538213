//! A site that exists only in memory: every file of it made when somebody asks.
//!
//! In: a survey and how it looks. Out: for an address, the page or file that a build would write there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use blake3::Hash;

use crate::model::address::Address;
use crate::model::curriculum::{ModuleId, Role};
use crate::model::output::{Content, Output};
use crate::model::page::Page;
use crate::pipeline::{self, Failure, Survey};
use crate::stages::plan::{Names, Pages, Shared, Subject};
use crate::stages::render::{RenderError, Renderer};

/// The templates, compiled, and what many pages share.
#[derive(Debug)]
pub struct Look {
    renderer: Renderer,
    shared: Shared,
    /// Digest of templates, words, settings and registers.
    made_from: Hash,
    /// Digest of the files that pages load: style sheets, scripts, images.
    pub files: Hash,
}

impl Look {
    /// Compiles the templates of a survey, unless the former look was made from the same.
    ///
    /// # Errors
    ///
    /// When a template is not valid, or fails with this curriculum.
    pub fn of(
        survey: &Survey,
        former: Option<Arc<Self>>,
        files: u64,
    ) -> Result<Arc<Self>, Failure> {
        let made_from = made_from(survey);
        let files = files_of(survey, files);
        if let Some(former) =
            former.filter(|former| former.made_from == made_from && former.files == files)
        {
            return Ok(former);
        }
        let renderer = Renderer::new(&survey.theme, &survey.settings)?;
        let shared = pipeline::shared(survey, &renderer)?;
        let look = Self {
            renderer,
            shared,
            made_from,
            files,
        };
        look.try_templates(survey)?;
        Ok(Arc::new(look))
    }

    /// Renders one page with every template, so that a fault in one is known before somebody opens its page.
    fn try_templates(&self, survey: &Survey) -> Result<(), RenderError> {
        let subjects = crate::stages::plan::subjects(&survey.curriculum, &survey.settings);
        let names = pipeline::names(survey);
        let pages = pipeline::pages(survey, &self.shared, &names, &subjects);
        let mut tried = Vec::new();
        for (url, subject) in &subjects {
            let kind = std::mem::discriminant(subject);
            // A page for print has the templates' parts of lessons, and is the largest of all.
            if tried.contains(&kind) || matches!(subject, Subject::Print(_)) {
                continue;
            }
            tried.push(kind);
            self.renderer.render(&pages.page(url, *subject))?;
        }
        Ok(())
    }
}

fn made_from(survey: &Survey) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for (name, text) in &survey.theme.templates {
        hasher
            .update(name.as_bytes())
            .update(b"\0")
            .update(text.as_bytes())
            .update(b"\0");
    }
    let words = (
        &survey.theme.strings,
        &survey.settings,
        &survey.curriculum.registers.signposts,
        &survey.curriculum.registers.topics,
    );
    hasher.update(format!("{words:?}").as_bytes());
    hasher.finalize()
}

fn files_of(survey: &Survey, files: u64) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&files.to_le_bytes());
    for (name, bytes) in &survey.theme.files {
        hasher
            .update(name.as_bytes())
            .update(b"\0")
            .update(bytes)
            .update(b"\0");
    }
    hasher.finalize()
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    Page(Subject),
    ThemeFile(String),
    Asset(usize),
    Sitemap,
    SearchManifest,
    SearchFile(ModuleId),
}

/// A site in memory.
#[derive(Debug)]
pub struct Site {
    /// What is known about the curriculum.
    pub survey: Survey,
    look: Arc<Look>,
    names: Names,
    subjects: Vec<(Arc<str>, Subject)>,
    list: Arc<List>,
    reports: OnceLock<Vec<Output>>,
}

/// What stands at each address.
#[derive(Debug)]
pub struct List {
    pages: Vec<(Arc<str>, Subject)>,
    files: Vec<(Arc<str>, Thing)>,
    things: HashMap<Arc<str>, Thing>,
}

/// Lists the files of a site that are not pages.
fn files(survey: &Survey, pages: &Pages<'_>) -> Vec<(Arc<str>, Thing)> {
    let mut files: Vec<(Arc<str>, Thing)> = Vec::new();
    for path in survey.theme.files.keys() {
        files.push((
            format!("assets/{path}").into(),
            Thing::ThemeFile(path.clone()),
        ));
    }
    for (index, placed) in survey.curriculum.assets.iter().enumerate() {
        if placed.is_in(survey.settings.edition) {
            files.push((Arc::clone(&placed.url), Thing::Asset(index)));
        }
    }
    if survey.settings.base_url.is_some() {
        files.push(("sitemap.xml".into(), Thing::Sitemap));
    }
    if survey.settings.search {
        files.push(("search/index.js".into(), Thing::SearchManifest));
        for index in 0..survey.curriculum.modules.len() {
            let id = ModuleId(index as u32);
            files.push((pages.search_path(id).into(), Thing::SearchFile(id)));
        }
    }
    files
}

/// A page that is not rendered yet.
#[derive(Debug)]
pub struct Planned<'s> {
    page: Page<'s>,
    /// The same digest, the same bytes.
    pub digest: Hash,
}

impl Site {
    /// Lists what the site holds, unless a former list says the same. Renders nothing.
    pub fn new(survey: Survey, look: Arc<Look>, former: Option<Arc<List>>) -> Self {
        let subjects = crate::stages::plan::subjects(&survey.curriculum, &survey.settings);
        let names = pipeline::names(&survey);
        let pages = pipeline::pages(&survey, &look.shared, &names, &subjects);
        let files = files(&survey, &pages);
        let list = match former {
            Some(list) if list.pages == subjects && list.files == files => list,
            _ => Arc::new(List {
                things: subjects
                    .iter()
                    .map(|(url, subject)| (Arc::clone(url), Thing::Page(*subject)))
                    .chain(files.iter().cloned())
                    .collect(),
                pages: subjects.clone(),
                files,
            }),
        };
        Self {
            survey,
            look,
            names,
            subjects,
            list,
            reports: OnceLock::new(),
        }
    }

    /// Returns what stands at each address, for the next site.
    pub fn list(&self) -> Arc<List> {
        Arc::clone(&self.list)
    }

    fn pages(&self) -> Pages<'_> {
        pipeline::pages(&self.survey, &self.look.shared, &self.names, &self.subjects)
    }

    /// Returns every address of the site, in no order.
    pub fn addresses(&self) -> impl Iterator<Item = &Arc<str>> {
        self.list.things.keys()
    }

    /// Returns whether something stands at an address.
    pub fn has(&self, url: &str) -> bool {
        self.list.things.contains_key(url)
    }

    /// Returns the page at an address; nothing where a file or nothing stands.
    pub fn page(&self, url: &str) -> Option<Planned<'_>> {
        let (url, thing) = self.list.things.get_key_value(url)?;
        match thing {
            Thing::Page(subject) => Some(self.plan(self.pages().page(url, *subject))),
            _ => None,
        }
    }

    /// Returns the page for an address where nothing stands; its links start at the top of the server.
    pub fn not_found(&self) -> Planned<'_> {
        let mut page = self.pages().page(&"404.html".into(), Subject::NotFound);
        page.fields.0.retain(|(key, _)| *key != "canonical");
        page.fields
            .address("canonical", Address::on_server("404.html"));
        self.plan(page)
    }

    fn plan<'s>(&self, page: Page<'s>) -> Planned<'s> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(page.digest().as_bytes());
        hasher.update(self.look.made_from.as_bytes());
        Planned {
            page,
            digest: hasher.finalize(),
        }
    }

    /// Renders a page.
    ///
    /// # Errors
    ///
    /// When its template fails.
    pub fn render(&self, planned: &Planned<'_>) -> Result<Vec<u8>, RenderError> {
        self.look.renderer.render(&planned.page)
    }

    /// Returns what a file of the site holds; nothing where a page or nothing stands.
    pub fn file(&self, url: &str) -> Option<Content> {
        let text = |text: String| Some(Content::Bytes(Cow::Owned(text.into_bytes())));
        let Some(thing) = self.list.things.get(url) else {
            return self.published_report(url);
        };
        match thing {
            Thing::Page(_) => None,
            Thing::ThemeFile(path) => self
                .survey
                .theme
                .files
                .get(path)
                .cloned()
                .map(Content::Bytes),
            Thing::Asset(index) => {
                let asset = &self.survey.curriculum.assets[*index].asset;
                Some(Content::Copy(asset.path.from_root().to_owned()))
            }
            Thing::Sitemap => text(self.pages().sitemap()?),
            Thing::SearchManifest => text(self.pages().search_manifest()),
            Thing::SearchFile(id) => text(self.pages().search_file(*id).1),
        }
    }

    fn published_report(&self, url: &str) -> Option<Content> {
        let path = url
            .strip_prefix(pipeline::PUBLISHED_REPORTS)
            .filter(|_| self.survey.config.publish_reports)?;
        let reports = pipeline::published_reports(&self.survey);
        reports
            .into_iter()
            .find(|report| *report.path == *path)
            .map(|report| report.content)
    }

    /// Returns the digest of the files that pages load.
    pub fn files(&self) -> Hash {
        self.look.files
    }

    /// Returns the reviewers' reports, made when they are first asked for.
    pub fn reports(&self) -> &[Output] {
        self.reports
            .get_or_init(|| pipeline::reports(&self.survey, "../../"))
    }

    /// Returns the addresses of the pages made from each file, as findings name files.
    pub fn pages_by_file(&self) -> HashMap<String, Arc<str>> {
        let curriculum = &self.survey.curriculum;
        let address = |document: &crate::model::curriculum::Document| match (
            document.role,
            document.module,
        ) {
            (Role::Home, _) => "index.html".into(),
            (Role::Module, Some(module)) => Arc::clone(&curriculum.module(module).url),
            _ => Arc::clone(&document.url),
        };
        curriculum
            .documents
            .iter()
            .map(|document| {
                (
                    document.lesson.path.from_root().to_owned(),
                    address(document),
                )
            })
            .collect()
    }

    /// Returns the file that a page is made from, as findings name files.
    pub fn source_of(&self, url: &str) -> Option<&str> {
        let curriculum = &self.survey.curriculum;
        let document = match self.list.things.get(url)? {
            Thing::Page(Subject::Lesson(id)) => Some(*id),
            Thing::Page(Subject::Module(id)) => curriculum.module(*id).index,
            Thing::Page(Subject::Home) => {
                return curriculum
                    .documents
                    .iter()
                    .find(|document| document.role == Role::Home)
                    .map(|document| document.lesson.path.from_root());
            }
            _ => None,
        };
        document.map(|id| curriculum.document(id).lesson.path.from_root())
    }
}
