//! A pack: what the training says on a few claims or topics, for whoever asks and does not have the curriculum.
//!
//! In: the reports on commitments and coverage, and ids. Out: each claim or topic with its statement, the answer in one line, the evidence with its sentences
//! and places, and its limits. It finds no evidence of its own.

mod claims;
mod document;
mod registered;
mod topics;
mod value;

use super::basis::Basis;
use super::data::SCHEMA;
use registered::Modules;

pub use document::FIRST_COLUMNS;
pub use registered::Unknown;
pub use value::{Entry, Pack, Proof, Statement};

/// What somebody asks about, by id; each is asked about once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subjects<'s> {
    /// Claims.
    Claims(&'s [String]),
    /// Topics.
    Topics(&'s [String]),
    /// All claims of these statements.
    Commitments(&'s [String]),
}

impl<'c> Pack<'c> {
    /// Gathers what there is.
    ///
    /// # Errors
    ///
    /// When a register does not have an id.
    pub fn new(basis: &Basis<'c>, subjects: Subjects<'_>) -> Result<Self, Unknown> {
        let modules = Modules::new(basis);
        let (noun, entries) = match subjects {
            Subjects::Claims(ids) => ("claim", claims::by_id(basis, &modules, ids)?),
            Subjects::Commitments(ids) => {
                ("statement", claims::by_statement(basis, &modules, ids)?)
            }
            Subjects::Topics(ids) => ("topic", topics::by_id(basis, &modules, ids)?),
        };
        let (Subjects::Claims(ids) | Subjects::Commitments(ids) | Subjects::Topics(ids)) = subjects;
        let plural = if ids.len() > 1 { "s" } else { "" };
        Ok(Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            title: match (noun, &entries[..]) {
                ("topic", [entry]) => format!("What the training says on: {}", entry.heading),
                _ => format!(
                    "What the training says on {noun}{plural} {}",
                    ids.join(", ")
                ),
            },
            entries,
        })
    }
}
