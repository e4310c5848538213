//! Lets somebody end a build before its output stands: what was made so far is removed, and the former output stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::WriteError;

/// Whether somebody wants the build to end. Copies are of the same wish.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Asks the build to end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Fails where the build was asked to end.
    pub(super) fn check(&self) -> Result<(), WriteError> {
        if self.0.load(Ordering::Relaxed) {
            Err(WriteError::Interrupted)
        } else {
            Ok(())
        }
    }
}
