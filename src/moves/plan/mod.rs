//! Works out what a change does to every file, and whether it leaves a fault behind.
//!
//! In: a curriculum as it was read, and what is to move or to be called otherwise. Out: the files that are renamed and the texts that change. Writes nothing: the
//! change is made in memory, and everything is found out about the curriculum once more.

mod change;
mod check;
mod desk;
mod follow;
mod keep;
mod orders;
mod work;

pub use change::{Change, Changed, Mend, Plan};
pub use desk::{Desk, Published};

use super::refusal::Refusal;
use crate::stages::link::Drafts;
use work::Work;

impl Desk {
    /// Works out a change.
    ///
    /// # Errors
    ///
    /// When a link cannot be followed, or the change would bring a finding that is not there now.
    pub fn plan(&self, change: &Change) -> Result<Plan, Refusal> {
        let mut work = Work::new(self, change.moved.clone());
        work.take_assets_along();
        work.follow_links()?;
        work.follow_orders();
        work.follow_registers();
        if let Some(rename) = &change.renamed {
            work.rename(rename);
        }
        work.mend(&change.mends);
        let after = work.survey(change, Drafts::Include);
        work.keep_addresses(&after.curriculum);
        let kept_sign_offs = work.keep_sign_offs(&after.curriculum);
        let baselines = work.check(change)?;
        Ok(work.plan(change, kept_sign_offs, baselines))
    }
}
