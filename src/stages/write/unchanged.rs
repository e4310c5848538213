//! Finds out that a site need not be made, since it is there already.

use std::sync::Arc;

use blake3::Hash;
use rayon::prelude::*;

use super::Written;
use super::asset::{self, Failure};
use super::error::WriteError;
use super::foreign::{self, Claimed, Foreign};
use super::manifest::Manifest;
use super::staging::{Staging, check_path};

impl Staging {
    /// Says what the site is made from: a digest of everything but the files that are copied, and those, each with its path below the output folder and
    /// its path from the root.
    ///
    /// Returns what was found where the former site was made from the same and nobody has changed it since: then there is nothing to add and to
    /// finish.
    ///
    /// # Errors
    ///
    /// `Io` where a file that is copied cannot be read; what the former site's folder holds may be `InTheWay`.
    pub fn made_from(
        &mut self,
        recipe: Hash,
        copies: &[(Arc<str>, String)],
    ) -> Result<Option<Written>, WriteError> {
        self.recipe = Some(recipe);
        let Some(former) = &self.former else {
            return Ok(None);
        };
        if former.recipe != Some(recipe) || !self.is_intact(former) {
            return Ok(None);
        }
        for (path, source) in copies {
            if !self.is_same_copy(former, path, source)? {
                return Ok(None);
            }
        }
        let claimed = Claimed::new(former.paths());
        let foreign = foreign::find(&self.folders.site, former, &claimed)?;
        Ok(Some(Written {
            unchanged: former.files().len(),
            kept: foreign.iter().map(Foreign::shown).collect(),
            left_behind: self.left_behind.take(),
            ..Written::default()
        }))
    }

    fn is_intact(&self, former: &Manifest) -> bool {
        former
            .files()
            .par_iter()
            .all(|(path, stamp)| former.still_holds(&self.folders.site.join(&**path), stamp))
    }

    fn is_same_copy(
        &self,
        former: &Manifest,
        path: &str,
        source: &str,
    ) -> Result<bool, WriteError> {
        check_path(source)?;
        let source = self.root.join(source);
        let (mut asset, size) = asset::open(&source)?;
        let Some(stamp) = former.stamp(path).filter(|stamp| stamp.size == size) else {
            return Ok(false);
        };
        let read = |cause| WriteError::io("read", &source)(cause);
        let found = asset::copy_hashed(&mut asset, |_| Ok(())).map_err(Failure::of(read, read))?;
        Ok(found == *stamp)
    }
}
