//! A curriculum that is being worked on: its texts, saved or not, and what is known about each.
//!
//! In: lessons that may have changed, and texts that nobody has saved yet. Out: a survey, without compiling a template. What was parsed and found out
//! before is remembered, and changes no result. A preview makes its site of the survey, and an editor shows its findings. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use blake3::Hash;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::failure::Failure;
use super::groundwork::{Beside, Groundwork, Memory};
use super::memo::{Memo, Recollection};
use super::renames::{Former, Then};
use super::request::Request;
use super::run::{read, text};
use super::setting::Setting;
use super::survey::Survey;
use crate::model::path::SourcePath;
use crate::model::sources::Document;
use crate::model::{Finding, Staged};
use crate::stages::discover;

/// A curriculum that is being worked on.
#[derive(Debug)]
pub struct Desk {
    request: Request,
    /// Texts that stand for those on the disk.
    unsaved: BTreeMap<SourcePath, Arc<str>>,
    memo: Memo,
    memory: Memory,
    groundwork: Option<Groundwork>,
    /// What stood there before the last look at everything.
    former: Option<Former>,
    /// Digest of what the last survey was made from beside its lessons; none where the next look finds something in any case.
    seen: Option<Hash>,
}

/// What a look has found.
#[derive(Debug)]
pub struct Found {
    /// Everything that is known now.
    pub survey: Survey,
    /// Lessons whose text is new, different or gone.
    pub lessons: Vec<SourcePath>,
}

impl Desk {
    /// Starts with nothing known. Reads nothing yet.
    pub fn new(request: Request) -> Self {
        Self {
            request,
            unsaved: BTreeMap::new(),
            memo: Memo::default(),
            memory: Memory::default(),
            groundwork: None,
            former: None,
            seen: None,
        }
    }

    /// Returns the folder of the curriculum.
    pub fn root(&self) -> &Utf8Path {
        &self.request.root
    }

    /// Says what counts as today; returns what did before.
    pub fn set_today(&mut self, today: Date) -> Date {
        std::mem::replace(&mut self.request.as_of, today)
    }

    /// Takes a text that stands for a lesson's or a register's on the disk until it is [taken back](Self::take_back).
    pub fn put(&mut self, path: SourcePath, text: impl Into<Arc<str>>) {
        self.unsaved.insert(path, text.into());
    }

    /// Returns to what stands on the disk.
    pub fn take_back(&mut self, path: &SourcePath) {
        self.unsaved.remove(path);
    }

    /// Returns whether nothing has been read yet, or not all that should have been.
    pub fn is_empty(&self) -> bool {
        self.groundwork.is_none()
    }

    /// Returns whether a file is a lesson whose changes concern no other file of the disk.
    pub fn has_lesson(&self, path: &SourcePath) -> bool {
        self.links().is_empty() && self.memo.text_of(path).is_some()
    }

    /// Returns where the links in the file system lead.
    pub fn links(&self) -> &[Utf8PathBuf] {
        let known = self.groundwork.as_ref();
        known.map_or(&[], |known| &known.links)
    }

    /// Returns whether a path is a lesson or a folder of lessons.
    pub fn knows(&self, path: &SourcePath) -> bool {
        self.memo.knows(path.as_str())
    }

    /// Returns whether a file is one that lessons may show.
    pub fn has_asset(&self, path: &SourcePath) -> bool {
        let known = self.groundwork.as_ref();
        known.is_some_and(|known| known.lessons.assets.iter().any(|asset| asset.path == *path))
    }

    /// Makes the next look at everything find something, whether any text is different or not.
    pub fn expect_news(&mut self) {
        self.seen = None;
    }

    /// Forgets what was read: after a failure nobody knows how far that came.
    pub fn clear(&mut self) {
        self.seen = None;
        self.groundwork = None;
    }

    /// Reads single lessons again; everything, where that is not enough.
    ///
    /// Returns `None` where nothing is different.
    ///
    /// # Errors
    ///
    /// When something that the tool needs cannot be read.
    pub fn look_at(&mut self, lessons: &BTreeSet<SourcePath>) -> Result<Option<Found>, Failure> {
        let found = self.reread(lessons);
        if found.is_err() {
            self.clear();
        }
        found
    }

    fn reread(&mut self, lessons: &BTreeSet<SourcePath>) -> Result<Option<Found>, Failure> {
        let Some(mut groundwork) = self.groundwork.take() else {
            return self.look(Vec::new());
        };
        let mut changed = Vec::new();
        for path in lessons {
            let Some(Staged {
                value: mut document,
                findings,
            }) = self.text(path)?
            else {
                return self.look(changed);
            };
            if self.memo.text_of(path) == Some(blake3::hash(document.text.as_bytes())) {
                continue;
            }
            let known = groundwork
                .lessons
                .lessons
                .iter_mut()
                .find(|lesson| lesson.path == *path);
            let Some(lesson) = known else {
                return self.look(changed);
            };
            document.path = lesson.path.clone();
            *lesson = self.memo.parse(&document, &groundwork.context);
            let file = path.from_root();
            groundwork.findings.retain(|finding| finding.file != file);
            groundwork.findings.extend(findings);
            changed.push(path.clone());
        }
        if changed.is_empty() {
            self.groundwork = Some(groundwork);
            return Ok(None);
        }
        Ok(Some(self.conclude(groundwork, changed)))
    }

    /// Reads everything again, and parses what is not remembered.
    ///
    /// Returns `None` where nothing is different.
    ///
    /// # Errors
    ///
    /// When something that the tool needs cannot be read.
    pub fn look_everywhere(&mut self) -> Result<Option<Found>, Failure> {
        let found = self.look(Vec::new());
        if found.is_err() {
            self.clear();
        }
        found
    }

    /// Looks at everything; `changed` lists what was different already.
    fn look(&mut self, mut changed: Vec<SourcePath>) -> Result<Option<Found>, Failure> {
        let mut read = read(&self.request)?;
        self.former = Some(Former::of(&self.request, &read.setting.config));
        for (path, text) in &self.unsaved {
            discover::lay_over(&mut read.sources, &mut read.findings, path, text);
        }
        let recollection = Recollection::of(&self.memo);
        let groundwork = Groundwork::lay(read, &|document, context, scratch| {
            recollection.lesson(document, context, scratch)
        });
        let memo = recollection.end();
        changed.extend(differences(&self.memo, &memo));
        self.memo = memo;
        let seen = digest(&groundwork, &self.memo);
        if self.seen.replace(seen) == Some(seen) && changed.is_empty() {
            self.groundwork = Some(groundwork);
            return Ok(None);
        }
        Ok(Some(self.conclude(groundwork, changed)))
    }

    fn conclude(&mut self, groundwork: Groundwork, lessons: Vec<SourcePath>) -> Found {
        // What is copied is the list of the lessons and not what they hold.
        let concluded = groundwork.clone();
        self.groundwork = Some(groundwork);
        let (request, unsaved) = (&self.request, &self.unsaved);
        let texts = |path: &SourcePath| match unsaved.get(path) {
            Some(text) => Some(unsaved_text(path, text).value),
            None => text(request, path),
        };
        let then = self.former.as_ref().map(|former| Then {
            former,
            texts: &texts,
        });
        let beside = Beside {
            memory: Some(&mut self.memory),
            then,
        };
        Found {
            survey: concluded.conclude(request, beside),
            lessons,
        }
    }

    /// Returns the text of a lesson, and what is wrong with it as a text; nothing where there is none.
    fn text(&self, path: &SourcePath) -> Result<Option<Staged<Document>>, Failure> {
        match self.unsaved.get(path) {
            Some(text) => Ok(Some(unsaved_text(path, text))),
            None => Ok(discover::reread(&self.request.root, path)?),
        }
    }
}

/// Returns a text that nobody has saved yet, and what is wrong with it as a text.
fn unsaved_text(path: &SourcePath, text: &str) -> Staged<Document> {
    let mut findings = Vec::new();
    let bytes = text.as_bytes().to_vec();
    let text = discover::text_of(bytes, path.from_root(), &mut findings);
    Staged {
        value: Document {
            path: path.clone(),
            text,
        },
        findings,
    }
}

/// Returns the lessons that two memos do not have in common, in order.
fn differences(former: &Memo, now: &Memo) -> Vec<SourcePath> {
    let new = now
        .texts()
        .filter(|(path, text)| former.text_of(path) != Some(*text));
    let gone = former
        .texts()
        .filter(|(path, _)| now.text_of(path).is_none());
    let mut paths: Vec<SourcePath> = new.chain(gone).map(|(path, _)| path.clone()).collect();
    paths.sort_unstable();
    paths
}

/// Returns a digest of everything that a site is made from, apart from the texts of its lessons.
fn digest(groundwork: &Groundwork, memo: &Memo) -> Hash {
    let Groundwork {
        setting,
        context,
        lessons,
        findings,
        links,
        recipe: _,
        clock: _,
    } = groundwork;
    let Setting {
        // Where it stands changes nothing of what is made.
        root: _,
        config,
        settings,
        theme,
    } = setting;
    // What is wrong with a lesson's text changes with that text.
    let in_lesson = |file: &str| {
        let path = file.strip_prefix("modules/").map(SourcePath::new);
        path.is_some_and(|path| memo.text_of(&path).is_some())
    };
    let of_others = |finding: &&Finding| !in_lesson(&finding.file);
    let findings: BTreeSet<String> = findings
        .iter()
        .filter(of_others)
        .map(|finding| format!("{finding:?}"))
        .collect();
    let mut hasher = blake3::Hasher::new();
    hasher.update(
        format!(
            "{:?}",
            (
                config,
                settings,
                &theme.strings,
                findings,
                links,
                &lessons.modules
            )
        )
        .as_bytes(),
    );
    hasher.update(context.digest().as_bytes());
    for asset in &lessons.assets {
        hasher.update(format!("\0{}\0{}", asset.path, asset.size).as_bytes());
        hasher.update(asset.svg.as_ref().map_or("", |svg| svg.text()).as_bytes());
    }
    for (name, text) in &theme.templates {
        hasher
            .update(name.as_bytes())
            .update(blake3::hash(text.as_bytes()).as_bytes());
    }
    for (name, bytes) in &theme.files {
        hasher
            .update(name.as_bytes())
            .update(blake3::hash(bytes).as_bytes());
    }
    hasher.finalize()
}
