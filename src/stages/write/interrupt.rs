//! Lets somebody end a run before its output stands: what was made so far is removed, and the former output stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::WriteError;

/// Whether somebody wants the run to end. Copies are of the same wish.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_asked: AtomicBool,
    is_writing: AtomicBool,
}

/// How far a run has come that is asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is written yet, and nothing would be left behind.
    Reading,
    /// It ends when it has removed what it has made.
    Writing,
}

// One order for all threads: either who asks sees that writing has begun, or who begins sees that somebody has asked.
impl Interrupt {
    /// Asks the run to end; returns how far it has come.
    pub fn ask(&self) -> Progress {
        self.0.is_asked.store(true, Ordering::SeqCst);
        if self.0.is_writing.load(Ordering::SeqCst) {
            Progress::Writing
        } else {
            Progress::Reading
        }
    }

    /// Says that from now on something would be left behind.
    pub fn begin_writing(&self) {
        self.0.is_writing.store(true, Ordering::SeqCst);
    }

    /// Returns whether the run was asked to end.
    pub fn is_asked(&self) -> bool {
        self.0.is_asked.load(Ordering::SeqCst)
    }

    /// Fails where the build was asked to end.
    pub(super) fn check(&self) -> Result<(), WriteError> {
        if self.is_asked() {
            Err(WriteError::Interrupted)
        } else {
            Ok(())
        }
    }
}
