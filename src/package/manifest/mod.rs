//! The file that tells a platform what a package holds, in each format.
//!
//! In: the course, and the names of the package's files. Out: XML. The schemas of the formats do not travel along: their terms do not say who may pass them on,
//! and no platform needs them.

mod cmi5;
mod lom;
mod scorm;
mod subject;
mod xml;

use super::format::Format;
pub use subject::Subject;

/// Writes a manifest.
pub fn manifest(format: Format, subject: &Subject<'_>) -> Vec<u8> {
    match format {
        Format::Scorm12 => scorm::manifest(&scorm::V12, subject),
        Format::Scorm2004 => scorm::manifest(&scorm::V2004, subject),
        Format::Cmi5 => cmi5::manifest(subject),
    }
}
