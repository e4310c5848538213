//! How a command ended, or why it could not run.

use std::fmt::Display;
use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing of error severity was found.
    Clean,
    /// Findings stand in the way.
    Findings,
    /// The tool could not work.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
        })
    }
}

/// Why a command could not run, ready to be shown.
#[derive(Debug)]
pub struct Stop(pub(super) String);

impl<E: Display> From<E> for Stop {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}
