//! What a build would make now, found out again after every change: a site on top of the desk.
//!
//! In: paths that may have changed. Out: a site, or why there can be none, and the lessons that are different. An edit of one lesson has the desk
//! read that file alone; everything else has it look at the whole folder. Writes nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use blake3::Hash;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::batch::Batch;
use super::broken::Broken;
use super::site::{List, Look, Site};
use crate::model::path::SourcePath;
use crate::pipeline::{Desk, Found, Request, today};
use crate::report::baseline::Baseline;
use crate::stages::discover::{LARGEST_TEXT, quotable};

/// What counts as today.
#[derive(Debug, Clone, Copy)]
pub enum Today {
    /// A day that was asked for.
    Fixed(Date),
    /// Whatever the clock says.
    Clock,
}

/// A curriculum that is being worked on, and its site.
#[derive(Debug)]
pub struct Session {
    desk: Desk,
    today: Today,
    look: Option<Arc<Look>>,
    list: Option<Arc<List>>,
    /// Raised whenever a file changes that pages show but do not hold, such as an image.
    files: u64,
    /// Hashes of such files, as far as they were looked at.
    assets: HashMap<Utf8PathBuf, Hash>,
    known: Option<Baseline>,
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
            desk: Desk::new(request),
            today,
            look: None,
            list: None,
            files: 0,
            assets: HashMap::new(),
            known: None,
        }
    }

    /// Shows the findings of a baseline as infos.
    #[must_use]
    pub fn knowing(self, known: Option<Baseline>) -> Self {
        Self { known, ..self }
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
            Today::Clock => today(),
        };
        let same_day = self.desk.set_today(today) == today;
        let mut lessons = BTreeSet::new();
        let mut everything = batch.rescan || !same_day || self.desk.is_empty();
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
            self.desk.look_everywhere()
        } else {
            self.desk.look_at(&lessons)
        };
        let fresh = match found {
            Ok(None) => return Ok(None),
            Ok(Some(found)) => self.site_of(found),
            Err(failure) => Err(failure.into()),
        };
        if fresh.is_err() {
            self.desk.clear();
        }
        fresh.map(Some)
    }

    fn concern(&self, path: &Utf8Path) -> Concern {
        let Ok(below) = path.strip_prefix(self.desk.root().join("modules")) else {
            return Concern::Everything;
        };
        let file = SourcePath::new(&below.as_str().replace('\\', "/"));
        match std::fs::symlink_metadata(path) {
            Ok(found) if found.is_file() && self.desk.has_lesson(&file) => Concern::Lesson(file),
            Ok(_) if self.desk.has_asset(&file) => Concern::Asset,
            Ok(_) => Concern::Everything,
            Err(_) if self.desk.knows(&file) || self.desk.has_asset(&file) => Concern::Everything,
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

    /// Looks into a file that events or time stamps say is different.
    fn asset_is_different(&mut self, path: &Utf8Path) -> bool {
        let digest = digest(path).ok();
        let same = digest
            .is_some_and(|digest| self.assets.insert(path.to_owned(), digest) == Some(digest));
        if !same {
            self.files += 1;
            self.desk.expect_news();
        }
        !same
    }

    /// Returns where the links in the file system lead.
    pub fn links(&self) -> &[Utf8PathBuf] {
        self.desk.links()
    }

    fn site_of(&mut self, found: Found) -> Result<Fresh, Broken> {
        let Found {
            mut survey,
            lessons,
        } = found;
        if let Some(known) = &self.known {
            let findings = std::mem::take(&mut survey.findings);
            let held = known
                .clone()
                .hold(findings, &|file| quotable(self.root(), file));
            survey.findings = held.with_known();
        }
        let look = match Look::of(&survey, self.look.take(), self.files) {
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
    pub fn root(&self) -> &Utf8Path {
        self.desk.root()
    }
}

/// Bytes of the largest file that is read to find out whether it is different.
const LARGEST_READ: u64 = LARGEST_TEXT;

/// Returns a digest of what a file holds; of a large one, which takes longer to read than authors wait, of its size and the time of its last change.
fn digest(path: &Utf8Path) -> std::io::Result<Hash> {
    let found = std::fs::metadata(path)?;
    let mut hasher = blake3::Hasher::new();
    if found.len() > LARGEST_READ {
        let stamp = format!("{} {:?}", found.len(), found.modified()?);
        hasher.update(stamp.as_bytes());
    } else {
        hasher.update_reader(std::fs::File::open(path)?)?;
    }
    Ok(hasher.finalize())
}
