//! How a page read when somebody signed it off, beside how it reads now.
//!
//! In: sections of then, which whoever can read earlier versions has found, and of now. Out: the sections that differ, and their sentences.

use jiff::civil::Date;
use serde::Serialize;

use super::changes::{SectionChange, between};
use super::snapshot::Section;

/// A page that has changed since it was signed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsApproved {
    /// Path below `modules/`.
    pub path: String,
    /// How it read, or why nobody can tell.
    pub then: Result<Then, String>,
    /// How it reads.
    pub now: Vec<Section<'static>>,
}

/// How a page read when it was signed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Then {
    /// The newest revision that has it so.
    pub revision: String,
    /// The day of that revision.
    pub day: Date,
    /// Its sections.
    pub sections: Vec<Section<'static>>,
}

/// What has changed on a page since somebody signed it off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SinceApproval<'c> {
    /// The newest revision in which the page reads as it was signed off; nothing where there is none.
    pub revision: Option<&'c str>,
    /// The day of that revision.
    pub day: Option<Date>,
    /// Why nobody can tell; empty where somebody can.
    pub reason: &'c str,
    /// The sections that differ.
    pub sections: Vec<SectionChange<'c>>,
}

impl AsApproved {
    /// Returns what has changed.
    pub fn since(&self) -> SinceApproval<'_> {
        match &self.then {
            Ok(then) => SinceApproval {
                revision: Some(&then.revision),
                day: Some(then.day),
                reason: "",
                sections: between(&then.sections, &self.now),
            },
            Err(reason) => SinceApproval {
                revision: None,
                day: None,
                reason,
                sections: Vec::new(),
            },
        }
    }
}
