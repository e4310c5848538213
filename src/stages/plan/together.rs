//! Documents that stand on one page together, each with ids of its own.

use std::collections::HashMap;

use crate::model::curriculum::DocumentId;

/// The documents of a page, by their numbers on it from 1.
#[derive(Debug)]
pub(super) struct Together(HashMap<DocumentId, usize>);

impl Together {
    /// Numbers documents in their order.
    pub fn new(documents: impl Iterator<Item = DocumentId>) -> Self {
        Self(documents.zip(1..).collect())
    }

    /// Returns the id of a place of a document on the page, or of its own heading where the place has no name; nothing where it is not there.
    pub fn place(&self, id: DocumentId, anchor: &str) -> Option<String> {
        let prefix = prefix(*self.0.get(&id)?);
        Some(match anchor {
            "" => prefix,
            anchor => [&*prefix, "-", anchor].concat(),
        })
    }
}

/// Returns the id of the heading of a document on the page, which all other ids of it begin with.
pub(super) fn prefix(number: usize) -> String {
    format!("lesson-{number}")
}
