//! Completes a site that has been staged: all but taking its place.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::PoisonError;

use rayon::prelude::*;

use super::error::WriteError;
use super::folders;
use super::foreign::{self, Claimed, Foreign, Kind};
use super::manifest::{self, Manifest};
use super::placing::{Change, Ready, put_in_place};
use super::staging::{Entry, Origin, Staging};
use super::{Survives, Written};

/// Files that one thread links without asking for the next ones.
const BATCH: usize = 64;

impl Staging {
    /// Completes the output beside its place, which it does not take yet.
    ///
    /// # Errors
    ///
    /// `InTheWay` or `Mounted` where something foreign in the output folder has the path of a file of the site or cannot be moved, `Twice` where two outputs had one path,
    /// `Interrupted` where somebody wants the build to end. The former site is whole then.
    pub fn complete(mut self) -> Result<Ready, WriteError> {
        self.interrupt.check()?;
        let files = self.sorted_files()?;
        let claimed = Claimed::new(files.iter().map(|file| &*file.path));
        let foreign = match &self.former {
            Some(former) => foreign::find(&self.folders.site, former, &claimed)?,
            None => Vec::new(),
        };
        let written = self.tally(&files, &claimed, &foreign);
        let former_pages = self.former.as_ref().map(|former| &former.pages);
        if former_pages == Some(&self.pages) && written.written == 0 && written.removed.is_empty() {
            return Ok(self.as_it_was(written));
        }
        self.link_former(&files)?;
        self.link_foreign(&foreign)?;
        self.write_manifest(&files)?;
        self.interrupt.check()?;
        drop(claimed);
        let change = Change { files, foreign };
        Ok(Ready::new(self, Some(change), written))
    }

    /// Leaves the former output where it is, since the new one would be the same.
    pub fn as_it_was(self, written: Written) -> Ready {
        Ready::new(self, None, written)
    }

    /// Completes the output and puts it in the former one's place.
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete) and [`put_in_place`](super::put_in_place) say.
    pub fn finish(self) -> Result<Written, WriteError> {
        let mut written = put_in_place(vec![self.complete()?])?;
        Ok(written.pop().unwrap_or_default())
    }

    /// Returns the files by path, each once.
    fn sorted_files(&mut self) -> Result<Vec<Entry>, WriteError> {
        let mut files =
            std::mem::take(self.files.get_mut().unwrap_or_else(PoisonError::into_inner));
        files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        match files.windows(2).find(|pair| pair[0].path == pair[1].path) {
            Some(pair) => Err(WriteError::Twice {
                path: pair[0].path.to_string(),
            }),
            None => Ok(files),
        }
    }

    fn tally(&mut self, files: &[Entry], claimed: &Claimed<'_>, foreign: &[Foreign]) -> Written {
        let unchanged = files
            .iter()
            .filter(|file| file.origin == Origin::Former)
            .count();
        let former = self.former.iter().flat_map(Manifest::paths);
        let removed: Vec<String> = former
            .filter(|path| !claimed.files.contains(path))
            .map(str::to_owned)
            .collect();
        Written {
            written: files.len() - unchanged,
            unchanged,
            removed,
            kept: foreign.iter().map(Foreign::shown).collect(),
            left_behind: self.left_behind.take(),
        }
    }

    /// Gives the files that have not changed their second names.
    fn link_former(&self, files: &[Entry]) -> Result<(), WriteError> {
        files
            .par_iter()
            .with_min_len(BATCH)
            .filter(|file| file.origin == Origin::Former)
            .try_for_each(|file| {
                self.interrupt.check()?;
                self.make_folder(&file.path)?;
                let (from, to) = (
                    self.folders.site.join(&*file.path),
                    self.folders.staging.join(&*file.path),
                );
                match std::fs::hard_link(&from, &to) {
                    Ok(()) => Ok(()),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        Err(WriteError::Twice {
                            path: file.path.to_string(),
                        })
                    }
                    // The file system knows no second names, or not for other people's files.
                    Err(_) => std::fs::copy(&from, &to)
                        .map(drop)
                        .map_err(WriteError::io("write", &to)),
                }
            })
    }

    /// Gives other people's files their second names; whatever cannot have one is carried over later.
    fn link_foreign(&self, foreign: &[Foreign]) -> Result<(), WriteError> {
        let site = &self.folders.site;
        for found in foreign.iter().filter(|found| found.kind == Kind::Other) {
            let path = site.join(found.path.to_string_lossy().as_ref());
            if folders::is_mount_point(&path, site) {
                return Err(WriteError::Mounted { path });
            }
        }
        // Elsewhere nothing says afterwards that both names are of one file.
        let linked = foreign
            .iter()
            .filter(|found| cfg!(unix) && found.kind == Kind::File);
        for path in linked.map(|found| found.path.as_path()) {
            if let Some(path) = path.to_str() {
                self.make_folder(path)?;
            }
            match std::fs::hard_link(
                site.as_std_path().join(path),
                self.folders.staging.as_std_path().join(path),
            ) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(WriteError::InTheWay {
                        path: site.join(path.to_string_lossy().as_ref()),
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes the manifest after every file that it lists, and sees to it that it is on the disk, or all of them.
    ///
    /// It gets its name when it is complete: a staging folder with a manifest is a finished site.
    fn write_manifest(&self, files: &[Entry]) -> Result<(), WriteError> {
        let path = self.folders.staging.join(manifest::UNFINISHED);
        let text = manifest::text(
            self.recipe,
            &self.pages,
            files.iter().map(|file| (&*file.path, file.stamp)),
        );
        let write = || {
            let mut file = File::create_new(&path)?;
            file.write_all(text.as_bytes())?;
            // Without its manifest the folder would be nobody's after a power cut.
            match self.survives {
                Survives::Kill => file.sync_all()?,
                Survives::PowerCut => sync_file_system(&file)?,
            }
            drop(file);
            std::fs::rename(&path, self.folders.staging.join(manifest::NAME))
        };
        write().map_err(WriteError::io("write", &path))
    }
}

/// Waits until everything in a file's file system is on the disk; elsewhere until the file is.
fn sync_file_system(file: &File) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(file)?;
    file.sync_all()
}
