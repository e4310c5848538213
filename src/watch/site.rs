//! A site that exists only in memory: every file of it made when somebody asks.
//!
//! In: a survey and how it looks. Out: for an address, the page or file that a build would write there.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use blake3::Hash;

use crate::model::address::Address;
use crate::model::curriculum::Role;
use crate::model::output::{Content, Output};
use crate::model::page::Page;
use crate::model::scope::Scope;
use crate::model::site::{File, REPORTS_FOLDER, Subject, Thing};
use crate::pipeline::{self, Failure, Outline, Outputs, Press, Survey};
use crate::stages::render::RenderError;

/// The templates, compiled, and what many pages share.
#[derive(Debug)]
pub struct Look {
    press: Press,
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
        let look = Self {
            press: Press::new(survey, &Scope::Site)?,
            made_from,
            files,
        };
        look.try_templates(survey)?;
        Ok(Arc::new(look))
    }

    /// Renders one page with every template, so that a fault in one is known before somebody opens its page.
    fn try_templates(&self, survey: &Survey) -> Result<(), RenderError> {
        let outputs = Outputs {
            survey,
            outline: &Outline::new(survey, Scope::Site),
            press: &self.press,
        };
        let mut tried = Vec::new();
        for file in outputs.outline.files().iter() {
            let Thing::Page(subject) = file.thing else {
                continue;
            };
            let kind = std::mem::discriminant(&subject);
            // A page for print has the templates' parts of lessons, and is the largest of all.
            if tried.contains(&kind) || matches!(subject, Subject::Print(_)) {
                continue;
            }
            tried.push(kind);
            outputs.make(file)?;
        }
        Ok(())
    }
}

fn made_from(survey: &Survey) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for (name, text) in &survey.setting.theme.templates {
        hasher
            .update(name.as_bytes())
            .update(b"\0")
            .update(text.as_bytes())
            .update(b"\0");
    }
    let words = (
        &survey.setting.theme.strings,
        &survey.setting.settings,
        &survey.curriculum.registers.signposts,
        &survey.curriculum.registers.topics,
    );
    hasher.update(format!("{words:?}").as_bytes());
    hasher.finalize()
}

fn files_of(survey: &Survey, files: u64) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&files.to_le_bytes());
    for (name, bytes) in &survey.setting.theme.files {
        hasher
            .update(name.as_bytes())
            .update(b"\0")
            .update(bytes)
            .update(b"\0");
    }
    hasher.finalize()
}

/// A site in memory.
#[derive(Debug)]
pub struct Site {
    /// What is known about the curriculum.
    pub survey: Survey,
    look: Arc<Look>,
    outline: Outline,
    list: Arc<List>,
    reports: OnceLock<Vec<Output>>,
    /// The reports that are published with the site, made when the first of them is asked for.
    published: OnceLock<Vec<Output>>,
}

/// Which of a site's files stands at each address.
#[derive(Debug)]
pub struct List {
    files: Arc<[File]>,
    places: HashMap<Arc<str>, usize>,
}

impl List {
    fn new(files: &Arc<[File]>) -> Self {
        let mut places = HashMap::with_capacity(files.len());
        for (position, file) in files.iter().enumerate() {
            if !file.url.ends_with('/') {
                places.entry(Arc::clone(&file.url)).or_insert(position);
            }
        }
        Self {
            files: Arc::clone(files),
            places,
        }
    }
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
        let outline = Outline::new(&survey, Scope::Site);
        let files = outline.files();
        let list = match former {
            Some(list) if list.files == *files => list,
            _ => Arc::new(List::new(files)),
        };
        Self {
            survey,
            look,
            outline,
            list,
            reports: OnceLock::new(),
            published: OnceLock::new(),
        }
    }

    /// Returns what stands at each address, for the next site.
    pub fn list(&self) -> Arc<List> {
        Arc::clone(&self.list)
    }

    fn outputs(&self) -> Outputs<'_> {
        Outputs {
            survey: &self.survey,
            outline: &self.outline,
            press: &self.look.press,
        }
    }

    fn at(&self, url: &str) -> Option<&File> {
        let position = self.list.places.get(url)?;
        self.list.files.get(*position)
    }

    /// Returns every address of the site, in no order.
    pub fn addresses(&self) -> impl Iterator<Item = &Arc<str>> {
        self.list.places.keys()
    }

    /// Returns whether something stands at an address.
    pub fn has(&self, url: &str) -> bool {
        self.list.places.contains_key(url)
    }

    /// Returns the page at an address; nothing where a file or nothing stands.
    pub fn page(&self, url: &str) -> Option<Planned<'_>> {
        let file = self.at(url)?;
        match file.thing {
            Thing::Page(subject) => {
                Some(self.plan(self.outputs().pages().page(&file.url, subject)))
            }
            _ => None,
        }
    }

    /// Returns the page for an address where nothing stands; its links start at the top of the server.
    pub fn not_found(&self) -> Planned<'_> {
        let url = Subject::NotFound.path(&self.survey.curriculum);
        let mut page = self
            .outputs()
            .pages()
            .page(&(&*url).into(), Subject::NotFound);
        page.fields.0.retain(|(key, _)| *key != "canonical");
        page.fields.address("canonical", Address::on_server(&url));
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
        self.look.press.render(&planned.page)
    }

    /// Returns what a file of the site holds; nothing where a page or nothing stands.
    pub fn file(&self, url: &str) -> Option<Content> {
        match self.at(url) {
            None => self.published_report(url),
            Some(file) if matches!(file.thing, Thing::Page(_)) => None,
            Some(file) => self.outputs().make(file).ok().flatten(),
        }
    }

    fn published_report(&self, url: &str) -> Option<Content> {
        let path = url
            .strip_prefix(REPORTS_FOLDER)
            .filter(|_| self.survey.features().reports)?;
        let make = || pipeline::published_reports(&self.survey);
        let reports = self.published.get_or_init(make);
        let report = reports.iter().find(|report| *report.path == *path)?;
        Some(report.content.clone())
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
        curriculum
            .documents
            .iter()
            .map(|document| {
                (
                    document.lesson.path.from_root().to_owned(),
                    Arc::clone(&document.url),
                )
            })
            .collect()
    }

    /// Returns the file that a page is made from, as findings name files.
    pub fn source_of(&self, url: &str) -> Option<&str> {
        let curriculum = &self.survey.curriculum;
        let document = match self.at(url)?.thing {
            Thing::Page(Subject::Lesson(id)) => Some(id),
            Thing::Page(Subject::Module(id)) => curriculum.module(id).index,
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
