//! Packages for learning platforms: SCORM 1.2, SCORM 2004 and cmi5.
//!
//! In: a survey. Out: ZIPs, in memory. A package holds the pages of some modules, made from the one list of outputs with a scope of its own, one page that a
//! platform opens and that shows them in a frame, the theme's runtime for that page, what the runtime knows, and a manifest. It never reads built HTML, and
//! never writes to the disk.

mod archive;
mod contents;
mod course;
mod data;
mod error;
mod faults;
mod format;
mod gather;
mod iri;
mod keys;
mod make;
mod manifest;
mod names;
mod plain;

pub use archive::is_own;
pub use contents::Contents;
pub use error::PackageError;
pub use faults::{Inspection, too_large};
pub use format::Format;
pub use make::{Made, Making};
