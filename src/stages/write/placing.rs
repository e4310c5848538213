//! Puts finished outputs in their places: the site and its reports together, or neither.
//!
//! In: outputs that are complete beside their places. Out: what was done to each. Whatever fails before the last of them stands, all former ones come
//! back. A process that is killed in between leaves each output whole, and the next build finishes what is left.

use camino::{Utf8Path, Utf8PathBuf};

use super::error::WriteError;
use super::foreign::{self, Claimed, Foreign, Kind};
use super::staging::{Entry, Staging};
use super::{Written, removal, swap};

/// An output that is complete and waits beside its place.
#[derive(Debug)]
pub struct Ready {
    staging: Staging,
    /// Nothing where the former output stays.
    change: Option<Change>,
    written: Written,
    moved: Moved,
}

/// What the new output consists of.
#[derive(Debug)]
pub(super) struct Change {
    /// Its files by path.
    pub files: Vec<Entry>,
    /// What other people put into the former one.
    pub foreign: Vec<Foreign>,
}

/// Whether the new output stands in its place.
#[derive(Debug)]
enum Moved {
    /// It waits.
    NotYet,
    /// It stands where there was nothing.
    Settled,
    /// It stands where the former one stood, which is in this folder now.
    Exchanged(Utf8PathBuf),
}

/// Puts outputs in their places, one after the other; where one cannot, those before it go back.
///
/// # Errors
///
/// `Swap` where the system does not let folders change places: then every former output is where it was. `HalfWay` where the way back is barred too.
pub fn put_in_place(mut ready: Vec<Ready>) -> Result<Vec<Written>, WriteError> {
    for index in 0..ready.len() {
        if let Err(error) = ready[index].place() {
            for before in ready[..index].iter_mut().rev() {
                before.take_back(&error)?;
            }
            return Err(error);
        }
    }
    // First for all, and before the long work of removing: until then these are missing.
    for one in &ready {
        one.carry_foreign();
    }
    Ok(ready.into_iter().map(Ready::retire_former).collect())
}

impl Ready {
    pub(super) fn new(staging: Staging, change: Option<Change>, written: Written) -> Self {
        Self {
            staging,
            change,
            written,
            moved: Moved::NotYet,
        }
    }

    fn place(&mut self) -> Result<(), WriteError> {
        if self.change.is_none() {
            return Ok(());
        }
        let folders = &self.staging.folders;
        copy_permissions(&folders.site, &folders.staging);
        self.moved = if self.staging.former.is_none() {
            swap::settle(folders)?;
            Moved::Settled
        } else {
            Moved::Exchanged(swap::exchange(folders)?)
        };
        self.staging.is_staged = false;
        Ok(())
    }

    /// Brings the former output back, since another could not take its place.
    fn take_back(&mut self, why: &WriteError) -> Result<(), WriteError> {
        let folders = &self.staging.folders;
        let back = match std::mem::replace(&mut self.moved, Moved::NotYet) {
            Moved::NotYet => return Ok(()),
            Moved::Settled => std::fs::rename(&folders.site, &folders.staging),
            Moved::Exchanged(former) => swap::take_back(folders, &former),
        };
        back.map_err(|cause| WriteError::HalfWay {
            site: folders.site.clone(),
            why: why.to_string(),
            cause,
        })?;
        self.staging.is_staged = true;
        Ok(())
    }

    /// Carries over what other people put into the former output and what could have no second name. Failures come up again when the rest is removed.
    fn carry_foreign(&self) {
        if let (Some(change), Moved::Exchanged(former)) = (&self.change, &self.moved) {
            for found in change
                .foreign
                .iter()
                .filter(|found| found.kind == Kind::Other)
            {
                let _ = foreign::carry(&found.path, former, &self.staging.folders.site);
            }
        }
    }

    /// Removes the former output.
    fn retire_former(mut self) -> Written {
        if let (Some(change), Moved::Exchanged(tree), Some(former)) =
            (&self.change, &self.moved, &self.staging.former)
        {
            let claimed = Claimed::new(change.files.iter().map(|file| &*file.path));
            let site = &self.staging.folders.site;
            if let Err(error) = removal::retire(tree, former, site, &claimed.folders) {
                self.written.left_behind = Some(error);
            }
        }
        std::mem::take(&mut self.written)
    }
}

/// The new output folder is as open to others as the former one was.
fn copy_permissions(from: &Utf8Path, to: &Utf8Path) {
    if let Ok(found) = std::fs::metadata(from) {
        // Where it cannot be, the site is no less complete.
        let _ = std::fs::set_permissions(to, found.permissions());
    }
}
