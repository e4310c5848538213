//! What a manifest tells of.

use super::super::course::Course;

/// What a manifest tells of.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'p> {
    /// What the package records.
    pub course: &'p Course,
    /// The name by which platforms know the package among others of its curriculum.
    pub name: &'p str,
    /// What tells packages of different curricula apart: the configured IRI, or else something as lasting.
    pub identifier: &'p str,
    /// The language of the content.
    pub language: &'p str,
    /// How many of a hundred must be right to pass.
    pub mastery: Option<u32>,
    /// For each module of the course, the page that a platform opens.
    pub starts: &'p [String],
    /// The package's other files, in their order.
    pub files: &'p [String],
}

impl Subject<'_> {
    /// Returns an id for XML, which begins with a letter; the same package of a curriculum always has the same.
    pub(super) fn id(&self) -> String {
        let digest = blake3::hash(self.identifier.as_bytes()).to_hex();
        format!("throughline-{}-{}", &digest[..8], self.name)
    }
}
