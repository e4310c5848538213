//! The six stages with a memory: what a build would make now, found out again after every change.
//!
//! In: paths that may have changed. Out: a site, or why there can be none, and the lessons that are different. An edit of one lesson reads and
//! parses that file alone; everything else looks at the whole folder, and parses what is not remembered. Writes nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use blake3::Hash;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::Broken;
use super::changes::Batch;
use super::memo::{Memo, Recollection};
use super::site::{List, Look, Site};
use crate::model::path::SourcePath;
use crate::pipeline::{self, Groundwork, Memory, Request};
use crate::stages::discover;

/// What counts as today.
#[derive(Debug, Clone, Copy)]
pub enum Today {
    /// A day that was asked for.
    Fixed(Date),
    /// Whatever the clock says.
    Clock,
}

/// A curriculum that is being worked on.
#[derive(Debug)]
pub struct Session {
    request: Request,
    today: Today,
    memo: Memo,
    memory: Memory,
    groundwork: Option<Groundwork>,
    /// Digest of what the last site was made from beside its lessons; none after a failure.
    seen: Option<Hash>,
    look: Option<Arc<Look>>,
    list: Option<Arc<List>>,
    /// Raised whenever a file changes that pages show but do not hold, such as an image.
    files: u64,
    /// Hashes of such files, as far as they were looked at.
    assets: HashMap<Utf8PathBuf, Hash>,
}

/// A site, and what was different from the one before.
#[derive(Debug)]
pub struct Fresh {
    /// The site.
    pub site: Site,
    /// Lessons whose text is new, different or gone.
    pub lessons: Vec<SourcePath>,
}

/// What a path means for the next look.
enum Concern {
    Nothing,
    Lesson(SourcePath),
    Asset,
    Everything,
}

impl Session {
    /// Starts with nothing known. Reads nothing yet.
    pub fn new(request: Request, today: Today) -> Self {
        Self {
            request,
            today,
            memo: Memo::default(),
            memory: Memory::default(),
            groundwork: None,
            seen: None,
            look: None,
            list: None,
            files: 0,
            assets: HashMap::new(),
        }
    }

    /// Looks at what may have changed.
    ///
    /// Returns `None` where nothing that the site is made from is different.
    ///
    /// # Errors
    ///
    /// When something that the tool needs cannot be read or used; the next look starts with everything.
    pub fn look(&mut self, batch: &Batch) -> Result<Option<Fresh>, Broken> {
        let today = match self.today {
            Today::Fixed(date) => date,
            Today::Clock => jiff::Zoned::now().date(),
        };
        let same_day = std::mem::replace(&mut self.request.as_of, today) == today;
        let mut lessons = BTreeSet::new();
        let mut everything = batch.rescan || !same_day || self.groundwork.is_none();
        for path in &batch.paths {
            match self.concern(path) {
                Concern::Nothing => {}
                Concern::Lesson(lesson) => {
                    lessons.insert(lesson);
                }
                Concern::Asset => everything |= self.asset_is_different(path),
                Concern::Everything => everything = true,
            }
        }
        let found = if everything {
            self.look_everywhere(Vec::new())
        } else {
            self.look_at(&lessons)
        };
        if found.is_err() {
            self.seen = None;
            self.groundwork = None;
        }
        found
    }

    fn concern(&self, path: &Utf8Path) -> Concern {
        let Ok(below) = path.strip_prefix(self.request.root.join("modules")) else {
            return Concern::Everything;
        };
        let lesson = SourcePath::new(&below.as_str().replace('\\', "/"));
        let links = self
            .groundwork
            .as_ref()
            .map_or(0, |groundwork| groundwork.links);
        match std::fs::symlink_metadata(path) {
            Ok(found) if found.is_file() && self.memo.text_of(&lesson).is_some() && links == 0 => {
                Concern::Lesson(lesson)
            }
            Ok(_) if self.is_asset(&lesson) => Concern::Asset,
            Ok(_) => Concern::Everything,
            Err(_) if self.memo.knows(lesson.as_str()) || self.is_asset(&lesson) => {
                Concern::Everything
            }
            // What an editor made and took away again before anybody looked.
            Err(_)
                if below
                    .extension()
                    .is_some_and(|extension| extension != "toml") =>
            {
                Concern::Nothing
            }
            Err(_) => Concern::Everything,
        }
    }

    fn is_asset(&self, path: &SourcePath) -> bool {
        self.groundwork.as_ref().is_some_and(|groundwork| {
            groundwork
                .lessons
                .assets
                .iter()
                .any(|asset| asset.path == *path)
        })
    }

    /// Looks into a file that events or time stamps say is different.
    fn asset_is_different(&mut self, path: &Utf8Path) -> bool {
        let mut hasher = blake3::Hasher::new();
        let read =
            std::fs::File::open(path).and_then(|file| hasher.update_reader(file).map(|_| ()));
        let hash = hasher.finalize();
        let same = read.is_ok() && self.assets.insert(path.to_owned(), hash) == Some(hash);
        self.files += u64::from(!same);
        !same
    }

    /// Reads single lessons again.
    fn look_at(&mut self, lessons: &BTreeSet<SourcePath>) -> Result<Option<Fresh>, Broken> {
        let Some(mut groundwork) = self.groundwork.take() else {
            return self.look_everywhere(Vec::new());
        };
        let mut changed = Vec::new();
        for path in lessons {
            let Some(read) = discover::reread(&self.request.root, path)? else {
                return self.look_everywhere(changed);
            };
            let document = read.value;
            if self.memo.text_of(path) == Some(blake3::hash(document.text.as_bytes())) {
                continue;
            }
            let known = groundwork
                .lessons
                .lessons
                .iter_mut()
                .find(|lesson| lesson.path == *path);
            let Some(lesson) = known else {
                return self.look_everywhere(changed);
            };
            *lesson = self.memo.parse(&document, &groundwork.context);
            let file = path.from_root();
            groundwork.findings.retain(|finding| finding.file != file);
            groundwork.findings.extend(read.findings);
            changed.push(path.clone());
        }
        if changed.is_empty() {
            self.groundwork = Some(groundwork);
            return Ok(None);
        }
        self.conclude(groundwork, changed).map(Some)
    }

    /// Reads everything again, and parses what is not remembered; `changed` lists what was different already.
    fn look_everywhere(&mut self, mut changed: Vec<SourcePath>) -> Result<Option<Fresh>, Broken> {
        let recollection = Recollection::of(&self.memo);
        let groundwork = pipeline::prepare(&self.request, &|document, context, scratch| {
            recollection.lesson(document, context, scratch)
        })?;
        let memo = recollection.end();
        changed.extend(differences(&self.memo, &memo));
        self.memo = memo;
        let seen = digest(&groundwork, &self.memo, self.files);
        if self.seen.replace(seen) == Some(seen) && changed.is_empty() {
            self.groundwork = Some(groundwork);
            return Ok(None);
        }
        self.conclude(groundwork, changed).map(Some)
    }

    fn conclude(
        &mut self,
        groundwork: Groundwork,
        lessons: Vec<SourcePath>,
    ) -> Result<Fresh, Broken> {
        let survey = pipeline::conclude(groundwork.clone(), &self.request, Some(&mut self.memory));
        let look = Look::of(&survey, self.look.take(), self.files);
        self.groundwork = Some(groundwork);
        let look = match look {
            Ok(look) => look,
            Err(failure) => {
                return Err(Broken {
                    failure,
                    findings: Some(survey.findings),
                });
            }
        };
        self.look = Some(Arc::clone(&look));
        let site = Site::new(survey, look, self.list.take());
        self.list = Some(site.list());
        Ok(Fresh { site, lessons })
    }

    /// Returns the folder of the curriculum.
    pub fn root(&self) -> &Utf8PathBuf {
        &self.request.root
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
fn digest(groundwork: &Groundwork, memo: &Memo, files: u64) -> Hash {
    let Groundwork {
        config,
        settings,
        theme,
        context,
        lessons,
        findings,
        links,
        clock: _,
    } = groundwork;
    // What is wrong with a lesson's text changes with that text.
    let in_lesson = |file: &str| {
        let path = file.strip_prefix("modules/").map(SourcePath::new);
        path.is_some_and(|path| memo.text_of(&path).is_some())
    };
    let findings: BTreeSet<String> = findings
        .iter()
        .filter(|finding| !in_lesson(&finding.file))
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
                files,
                &lessons.modules
            )
        )
        .as_bytes(),
    );
    hasher.update(context.digest().as_bytes());
    for asset in &lessons.assets {
        hasher.update(format!("\0{}\0{}", asset.path, asset.size).as_bytes());
        hasher.update(asset.svg.as_deref().unwrap_or_default().as_bytes());
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
