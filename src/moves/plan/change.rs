//! What is to change, and what comes of it.

use std::sync::Arc;

use super::super::moved::Moved;
use super::super::rename::Rename;
use crate::model::finding::Fix;
use crate::report::baseline::Baseline;

/// What is to change.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// What moves.
    pub moved: Moved,
    /// What gets another id.
    pub renamed: Option<Rename>,
    /// Pages that come new: paths as they stand afterwards, and texts.
    pub created: Vec<(String, String)>,
    /// What mends findings.
    pub mends: Vec<Mend>,
    /// Findings that are known, each list as it is before.
    pub baselines: Vec<Baseline>,
}

/// A text to put in the place of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The file, below `modules/`.
    pub path: String,
    /// What is put where.
    pub fix: Fix,
}

/// What a change does, when it is made. Paths are below `modules/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files and folders that get another path, as they stand before and after; what stands in a folder goes with it.
    pub renames: Vec<(String, String)>,
    /// Files whose texts change.
    pub texts: Vec<Changed>,
    /// Files that come new.
    pub created: Vec<(String, String)>,
    /// Pages whose sign-offs hold on, though something in their files has changed.
    pub kept_sign_offs: usize,
    /// The baselines of the change, each as it is after.
    pub baselines: Vec<Baseline>,
}

/// A file whose text changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where it stands before.
    pub path: String,
    /// Where it stands after.
    pub now: String,
    /// Its text before.
    pub before: Arc<str>,
    /// Its text after.
    pub after: String,
}
