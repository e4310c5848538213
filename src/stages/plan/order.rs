//! Where each document stands among the others: found out once, since every page says it.

use std::collections::HashMap;

use crate::model::curriculum::{Curriculum, DocumentId, ModuleId, Role};

/// The order of all documents.
#[derive(Debug)]
pub struct Order {
    /// The lessons of each module, in reading order.
    lessons: Vec<Vec<DocumentId>>,
    /// Each document's place among the lessons of its module, from 0.
    places: Vec<u32>,
    /// The pages of units, by their folders.
    units: HashMap<String, DocumentId>,
}

impl Order {
    /// Finds the order of a curriculum's documents.
    pub fn new(curriculum: &Curriculum) -> Self {
        let mut places = vec![0; curriculum.documents.len()];
        let mut units = HashMap::new();
        let mut lessons = Vec::with_capacity(curriculum.modules.len());
        for module in &curriculum.modules {
            let of_module: Vec<DocumentId> = curriculum.lessons_of(module).collect();
            for (place, id) in (0..).zip(&of_module) {
                places[id.0 as usize] = place;
            }
            lessons.push(of_module);
            for id in module.documents.clone().map(DocumentId) {
                let document = curriculum.document(id);
                if document.role == Role::Unit {
                    units.insert(document.lesson.path.folder().to_owned(), id);
                }
            }
        }
        Self {
            lessons,
            places,
            units,
        }
    }

    /// Returns the lessons of a module in reading order.
    pub fn lessons(&self, module: ModuleId) -> &[DocumentId] {
        &self.lessons[module.0 as usize]
    }

    /// Returns a lesson's place among those of its module, from 0.
    pub fn place(&self, id: DocumentId) -> usize {
        self.places[id.0 as usize] as usize
    }

    /// Returns the pages of the units that a folder lies in, itself included, outermost first.
    pub fn units<'o>(&'o self, folder: &'o str) -> impl Iterator<Item = DocumentId> + 'o {
        let above = folder.match_indices('/').map(|(at, _)| &folder[..at]);
        let folders = above.chain([folder]);
        folders.filter_map(|folder| self.units.get(folder).copied())
    }
}
