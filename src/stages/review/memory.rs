//! Remembers what was found wrong with each document.
//!
//! What is wrong with one document alone depends on its lesson, on the registers and the homes of topics, and on the day.

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::curriculum::{Document, DocumentId};
use crate::model::{Curriculum, Finding, Lesson, Registers};

/// What was found the last time.
#[derive(Debug, Default)]
pub struct Memory {
    basis: Option<Basis>,
    documents: Vec<Option<Known>>,
}

/// What all documents are held against.
#[derive(Debug)]
struct Basis {
    registers: Arc<Registers>,
    homes: Vec<Option<DocumentId>>,
    as_of: Date,
}

#[derive(Debug)]
struct Known {
    lesson: Arc<Lesson>,
    findings: Vec<Finding>,
}

impl Memory {
    /// Forgets what no longer holds.
    pub(super) fn compare(&mut self, curriculum: &Curriculum, as_of: Date) {
        let holds = self.basis.as_ref().is_some_and(|basis| {
            Arc::ptr_eq(&basis.registers, &curriculum.registers)
                && basis.homes == curriculum.homes
                && basis.as_of == as_of
        });
        if !holds {
            self.documents.clear();
            self.basis = Some(Basis {
                registers: Arc::clone(&curriculum.registers),
                homes: curriculum.homes.clone(),
                as_of,
            });
        }
        self.documents
            .resize_with(curriculum.documents.len(), || None);
    }

    /// Reviews the documents that are not known.
    pub(super) fn complete(
        &mut self,
        curriculum: &Curriculum,
        review: impl Fn(DocumentId, &Document) -> Vec<Finding> + Sync,
    ) {
        let places = self.documents.par_iter_mut().zip(&curriculum.documents);
        places.enumerate().for_each(|(index, (known, document))| {
            let is_known = |known: &Known| Arc::ptr_eq(&known.lesson, &document.lesson);
            if !known.as_ref().is_some_and(is_known) {
                *known = Some(Known {
                    lesson: Arc::clone(&document.lesson),
                    findings: review(DocumentId(index as u32), document),
                });
            }
        });
    }

    /// Returns everything that is wrong with single documents, once that is complete.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.documents
            .iter()
            .flatten()
            .flat_map(|known| &known.findings)
    }
}
