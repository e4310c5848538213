//! Makes a change on the disk: all of it, or nothing.
//!
//! New texts are written beside the old ones first, where a full disk or a folder that is not to be written shows itself. Then everything is renamed; where one step
//! fails, those before it are taken back. Git and its index are left alone. Nothing outside `modules/` is touched.

use std::fs;
use std::io::{self, Write};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::plan::Plan;
use crate::stages::discover::{LARGEST_TEXT, text_of};

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// A file or folder refused itself.
    #[error("cannot {doing} `{path}`: {source}; nothing was changed")]
    Io {
        /// What was done to it.
        doing: &'static str,
        /// Which one.
        path: Utf8PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is no longer what it was when the change was worked out.
    #[error("`{0}` has changed meanwhile; nothing was changed\n  help: run the command again")]
    Changed(Utf8PathBuf),
    /// A file cannot be changed without changing what it holds besides.
    #[error(
        "`{0}` holds what is no clean text; nothing was changed\n  help: `throughline check` says where; mend it first"
    )]
    Unclean(Utf8PathBuf),
    /// A link stands where a file or folder is to move or to change.
    #[error(
        "`{0}` is a symbolic link; nothing was changed\n  help: put the file itself in its place: what a link leads to depends on where it stands"
    )]
    Link(Utf8PathBuf),
    /// Something stands where something else is to go.
    #[error("`{0}` exists already; nothing was changed")]
    Exists(Utf8PathBuf),
    /// A step failed, and one of those before it could not be taken back.
    #[error(
        "{first}, and `{path}` could not be put back: {source}\n  help: `git status` shows what has moved"
    )]
    HalfWay {
        /// What failed.
        first: Box<DiskError>,
        /// What could not be put back.
        path: Utf8PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn failed(doing: &'static str, path: &Utf8Path) -> impl FnOnce(io::Error) -> DiskError {
    let path = path.to_owned();
    move |source| DiskError::Io {
        doing,
        path,
        source,
    }
}

/// Reads the TOML files in `modules/`: the registers, and others beside them.
///
/// # Errors
///
/// When the folder or one of them cannot be read.
pub fn tables(root: &Utf8Path) -> Result<Vec<(String, Arc<str>)>, DiskError> {
    let folder = root.join("modules");
    let entries = folder.read_dir_utf8().map_err(failed("read", &folder))?;
    let mut tables = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed("read", &folder))?;
        let (name, path) = (entry.file_name().to_owned(), entry.path().to_owned());
        let found = fs::metadata(&path);
        let is_small = found.is_ok_and(|found| found.is_file() && found.len() <= LARGEST_TEXT);
        if name.ends_with(".toml") && is_small {
            let bytes = fs::read(&path).map_err(failed("read", &path))?;
            tables.push((name, text_of(bytes, "", &mut Vec::new())));
        }
    }
    tables.sort();
    Ok(tables)
}

/// Makes a change below a root.
///
/// # Errors
///
/// When a step fails; then nothing has changed, unless the error says so.
pub fn make(root: &Utf8Path, plan: &Plan) -> Result<(), DiskError> {
    let modules = root.join("modules");
    for (from, to) in &plan.renames {
        refuse_links(&modules.join(from))?;
        let taken = modules.join(to);
        let leaves = plan.renames.iter().any(|(other, _)| other == to);
        if !leaves && fs::symlink_metadata(&taken).is_ok() {
            return Err(DiskError::Exists(taken));
        }
    }
    let mut journal = Journal::new(&modules);
    let made = journal.stage(plan).and_then(|()| journal.commit(plan));
    match made {
        Ok(()) => {
            journal.tidy(plan);
            Ok(())
        }
        Err(error) => Err(journal.take_back(error)),
    }
}

/// Refuses symbolic links, at a path and below it.
fn refuse_links(path: &Utf8Path) -> Result<(), DiskError> {
    for entry in walkdir::WalkDir::new(path) {
        let entry = entry.map_err(|error| failed("read", path)(error.into()))?;
        if entry.path_is_symlink() {
            let link = Utf8PathBuf::from_path_buf(entry.into_path());
            return Err(DiskError::Link(link.unwrap_or_else(|_| path.to_owned())));
        }
    }
    Ok(())
}

/// What has been done, so that it can be taken back.
struct Journal<'m> {
    modules: &'m Utf8Path,
    /// Where entries wait between their old and their new places: hidden from the sources by its dot.
    waiting: Utf8PathBuf,
    /// New texts: where they wait, where they go, and what stands there.
    texts: Vec<(Utf8PathBuf, Utf8PathBuf, Vec<u8>)>,
    done: Vec<Step>,
}

enum Step {
    Text(Utf8PathBuf, Vec<u8>),
    Renamed(Utf8PathBuf, Utf8PathBuf),
    Made(Utf8PathBuf),
    Created(Utf8PathBuf),
}

impl<'m> Journal<'m> {
    fn new(modules: &'m Utf8Path) -> Self {
        Self {
            modules,
            waiting: modules.join(format!(".throughline-moving-{}", std::process::id())),
            texts: Vec::new(),
            done: Vec::new(),
        }
    }

    /// Writes the new texts beside the old ones.
    fn stage(&mut self, plan: &Plan) -> Result<(), DiskError> {
        for changed in &plan.texts {
            let path = self.modules.join(&changed.path);
            let found = fs::symlink_metadata(&path).map_err(failed("read", &path))?;
            if found.is_symlink() {
                return Err(DiskError::Link(path));
            }
            let former = fs::read(&path).map_err(failed("read", &path))?;
            let text = text_of(former.clone(), "", &mut Vec::new());
            if text != changed.before {
                return Err(DiskError::Changed(path));
            }
            let mark = "\u{feff}".as_bytes();
            let has_mark = former.starts_with(mark);
            let bare = former.strip_prefix(mark).unwrap_or(&former);
            if bare != text.as_bytes() {
                return Err(DiskError::Unclean(path));
            }
            let name = path.file_name().unwrap_or_default();
            let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
            let text = changed.after.as_bytes();
            let parts = [if has_mark { mark } else { &[] }, text];
            self.texts.push((beside.clone(), path.clone(), former));
            write(&beside, &parts)
                .and_then(|()| fs::set_permissions(&beside, found.permissions()))
                .map_err(failed("write", &path))?;
        }
        Ok(())
    }

    /// Puts everything in its place.
    fn commit(&mut self, plan: &Plan) -> Result<(), DiskError> {
        for (beside, path, former) in std::mem::take(&mut self.texts) {
            let renamed = fs::rename(&beside, &path).map_err(failed("write", &path));
            if let Err(error) = renamed {
                self.texts.push((beside, path, former));
                return Err(error);
            }
            self.done.push(Step::Text(path, former));
        }
        if !plan.renames.is_empty() {
            self.make_folder(&self.waiting.clone())?;
        }
        // What stands in another one that moves leaves it first, and a folder is in its place before what comes into it.
        let depth = |path: &str| path.matches('/').count();
        let mut leaving: Vec<usize> = (0..plan.renames.len()).collect();
        leaving.sort_by_key(|index| std::cmp::Reverse(depth(&plan.renames[*index].0)));
        for index in leaving {
            let from = self.modules.join(&plan.renames[index].0);
            self.rename(from, self.waiting.join(index.to_string()))?;
        }
        let mut coming: Vec<usize> = (0..plan.renames.len()).collect();
        coming.sort_by_key(|index| depth(&plan.renames[*index].1));
        for index in coming {
            let to = self.modules.join(&plan.renames[index].1);
            self.make_folders(&to)?;
            self.rename(self.waiting.join(index.to_string()), to)?;
        }
        for (path, text) in &plan.created {
            let path = self.modules.join(path);
            self.make_folders(&path)?;
            let file = fs::File::create_new(&path).map_err(failed("write", &path))?;
            self.done.push(Step::Created(path.clone()));
            fill(file, &[text.as_bytes()]).map_err(failed("write", &path))?;
        }
        Ok(())
    }

    fn rename(&mut self, from: Utf8PathBuf, to: Utf8PathBuf) -> Result<(), DiskError> {
        fs::rename(&from, &to).map_err(failed("move", &from))?;
        self.done.push(Step::Renamed(from, to));
        Ok(())
    }

    /// Makes the folders above a path.
    fn make_folders(&mut self, path: &Utf8Path) -> Result<(), DiskError> {
        let above = path.ancestors().skip(1);
        let missing: Vec<&Utf8Path> = above.take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            self.make_folder(folder)?;
        }
        Ok(())
    }

    fn make_folder(&mut self, folder: &Utf8Path) -> Result<(), DiskError> {
        fs::create_dir(folder).map_err(failed("make", folder))?;
        self.done.push(Step::Made(folder.to_owned()));
        Ok(())
    }

    /// Removes what waited, and the folders that stand empty now.
    fn tidy(&self, plan: &Plan) {
        // Only empty folders can be removed so, and one that is left does no harm.
        let _ = fs::remove_dir(&self.waiting);
        for (from, _) in &plan.renames {
            let path = self.modules.join(from);
            if let Some(folder) = path.parent().filter(|folder| *folder != self.modules) {
                let _ = fs::remove_dir(folder);
            }
        }
    }

    /// Takes everything back that was done.
    fn take_back(self, error: DiskError) -> DiskError {
        for (beside, ..) in &self.texts {
            // It may not have been written at all.
            let _ = fs::remove_file(beside);
        }
        for step in self.done.into_iter().rev() {
            let (path, taken_back) = match step {
                Step::Text(path, former) => {
                    let written = write(&path, &[&former]);
                    (path, written)
                }
                Step::Renamed(from, to) => {
                    let renamed = fs::rename(&to, &from);
                    (from, renamed)
                }
                Step::Made(folder) => {
                    let removed = fs::remove_dir(&folder);
                    (folder, removed)
                }
                Step::Created(path) => {
                    let removed = fs::remove_file(&path);
                    (path, removed)
                }
            };
            if let Err(source) = taken_back {
                let first = Box::new(error);
                return DiskError::HalfWay {
                    first,
                    path,
                    source,
                };
            }
        }
        error
    }
}

fn write(path: &Utf8Path, parts: &[&[u8]]) -> io::Result<()> {
    fill(fs::File::create(path)?, parts)
}

fn fill(mut file: fs::File, parts: &[&[u8]]) -> io::Result<()> {
    for part in parts {
        file.write_all(part)?;
    }
    file.sync_all()
}
