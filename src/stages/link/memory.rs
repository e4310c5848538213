//! Remembers what linking has worked out about each document.
//!
//! What one document's links lead to depends on that document and on what can be seen of all others: their addresses and anchors, the assets and the
//! registers. While a digest of the latter stays the same, only documents that have changed are looked at again. A memory changes no result.

use std::sync::Arc;

use blake3::{Hash, Hasher};
use rayon::prelude::*;

use super::super::parse::Lessons;
use super::addresses::{self, Asked};
use super::resolve::{Found, Paths};
use super::threads;
use crate::model::audience::Audience;
use crate::model::curriculum::{Backlink, Document, DocumentId, Occurrence, Resolved};
use crate::model::path::{INDEX, README, SourcePath};
use crate::model::{Finding, Lesson, Registers};

/// What was worked out the last time.
#[derive(Debug, Default)]
pub struct Memory {
    /// Digest of what documents see of each other.
    world: Option<Hash>,
    /// The registers of that time: the same ones are at the same place.
    registers: Option<Arc<Registers>>,
    documents: Vec<Known>,
    /// Documents that have changed since, by their positions, as they were before.
    changed: Vec<(usize, Known)>,
    /// The documents by their paths.
    paths: Option<Arc<Paths>>,
    /// The links that lead to each document.
    backlinks: Option<Arc<[Vec<Backlink>]>>,
    /// Which assets were used, and which outputs clashed.
    collisions: Option<(Vec<bool>, Vec<Finding>)>,
}

/// What is known about one document.
#[derive(Debug)]
struct Known {
    lesson: Arc<Lesson>,
    /// Digest of what other documents see of this one; none where nobody will ask.
    face: Option<Hash>,
    asked: Asked,
    linked: Option<Linked>,
}

#[derive(Debug)]
struct Linked {
    found: Found,
    occurrences: Arc<[Occurrence]>,
}

impl Memory {
    /// Starts from nothing, for lessons that are linked once.
    pub(super) fn begin(&mut self, lessons: &Lessons) {
        self.documents = lessons
            .lessons
            .par_iter()
            .enumerate()
            .map(|(index, lesson)| Known {
                lesson: Arc::clone(lesson),
                face: None,
                asked: addresses::asked(lesson, index),
                linked: None,
            })
            .collect();
    }

    /// Forgets what no longer holds for these lessons.
    pub(super) fn compare(&mut self, lessons: &Lessons, left_out: &[Arc<Lesson>]) {
        let known = |(index, lesson): (usize, &Arc<Lesson>)| Known {
            lesson: Arc::clone(lesson),
            face: Some(face(lesson)),
            asked: addresses::asked(lesson, index),
            linked: None,
        };
        if self.documents.len() == lessons.lessons.len() {
            for (index, lesson) in lessons.lessons.iter().enumerate() {
                if !Arc::ptr_eq(lesson, &self.documents[index].lesson) {
                    let former =
                        std::mem::replace(&mut self.documents[index], known((index, lesson)));
                    self.changed.push((index, former));
                }
            }
        } else {
            self.documents = lessons.lessons.par_iter().enumerate().map(known).collect();
            self.backlinks = None;
        }
        let world = self.world(lessons, left_out);
        let same_registers = self
            .registers
            .as_ref()
            .is_some_and(|registers| Arc::ptr_eq(registers, &lessons.registers));
        if self.world != Some(world) || !same_registers {
            self.world = Some(world);
            self.registers = Some(Arc::clone(&lessons.registers));
            self.collisions = None;
            self.paths = None;
            self.backlinks = None;
            for known in &mut self.documents {
                known.linked = None;
            }
        }
        // What became of a page is known by words, which are nothing that others see.
        for known in &mut self.documents {
            known.linked = known
                .linked
                .take()
                .filter(|linked| !linked.found.misses_a_page());
        }
    }

    fn world(&self, lessons: &Lessons, left_out: &[Arc<Lesson>]) -> Hash {
        let mut hasher = Hasher::new();
        for known in &self.documents {
            if let Some(face) = known.face {
                hasher.update(face.as_bytes());
            }
        }
        let others = lessons
            .modules
            .iter()
            .map(String::as_str)
            .chain([""])
            .chain(lessons.assets.iter().map(|asset| asset.path.as_str()))
            .chain([""])
            .chain(left_out.iter().map(|lesson| lesson.path.as_str()));
        for text in others {
            hash_text(&mut hasher, text);
        }
        hasher.finalize()
    }

    /// Returns the documents by their paths.
    pub(super) fn paths(&mut self) -> Arc<Paths> {
        let documents = &self.documents;
        let list = || {
            let ids = (0..).map(DocumentId);
            let paths = documents.iter().map(|known| known.lesson.path.clone());
            let own = paths.zip(ids.clone());
            // The page of a folder is found by that name, whatever its own.
            let pages = documents.iter().zip(ids);
            let pages = pages.filter(|(known, _)| known.lesson.path.name() == README);
            let pages = pages.filter(|(known, _)| known.lesson.path.is_index());
            let pages = pages.map(|(known, id)| {
                let folder = known.lesson.path.folder();
                let path = match folder {
                    "" => INDEX.to_owned(),
                    folder => format!("{folder}/{INDEX}"),
                };
                (SourcePath::new(&path), id)
            });
            Arc::new(own.chain(pages).collect())
        };
        Arc::clone(self.paths.get_or_insert_with(list))
    }

    /// Works out what is not known: where links lead, and what topics are named.
    pub(super) fn complete(
        &mut self,
        documents: &[Document],
        resolve: impl Fn(&Document) -> Found + Sync,
    ) {
        let missing = self.documents.par_iter_mut().zip(documents).enumerate();
        missing
            .filter(|(_, (known, _))| known.linked.is_none())
            .for_each(|(index, (known, document))| {
                let found = resolve(document);
                let id = DocumentId(index as u32);
                known.linked = Some(Linked {
                    occurrences: threads::occurrences(id, &document.lesson, &found.links),
                    found,
                });
            });
    }

    /// Returns the links that lead to each document, if all documents still lead to where they led.
    pub(super) fn backlinks(&mut self) -> Option<Arc<[Vec<Backlink>]>> {
        let changed = std::mem::take(&mut self.changed);
        let same = changed
            .iter()
            .all(|(index, former)| former.leads_to() == self.documents[*index].leads_to());
        self.backlinks.take().filter(|_| same)
    }

    /// Remembers the links that lead to each document.
    pub(super) fn keep_backlinks(&mut self, backlinks: &Arc<[Vec<Backlink>]>) {
        self.backlinks = Some(Arc::clone(backlinks));
    }

    /// Returns what each document asks for.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.documents.iter().map(|known| &known.asked)
    }

    /// Returns where each document's links lead, once that is complete.
    pub(super) fn found(&self) -> impl Iterator<Item = &Found> {
        self.linked().map(|linked| &linked.found)
    }

    /// Returns the occurrences in each document, once they are complete.
    pub(super) fn occurrences(&self) -> impl Iterator<Item = &[Occurrence]> + Clone {
        self.linked().map(|linked| &*linked.occurrences)
    }

    fn linked(&self) -> impl Iterator<Item = &Linked> + Clone {
        self.documents
            .iter()
            .filter_map(|known| known.linked.as_ref())
    }

    /// Returns the outputs that clash; they depend on what documents see of each other, and on the assets that are used.
    pub(super) fn collisions(
        &mut self,
        used: Vec<bool>,
        report: impl FnOnce() -> Vec<Finding>,
    ) -> Vec<Finding> {
        match &self.collisions {
            Some((known, findings)) if *known == used => findings.clone(),
            _ => {
                let findings = report();
                self.collisions = Some((used, findings.clone()));
                findings
            }
        }
    }
}

impl Known {
    /// Returns for each link what decides whether it counts as a link from elsewhere.
    fn leads_to(&self) -> Option<Vec<(Resolved, Audience)>> {
        let found = &self.linked.as_ref()?.found;
        let shown = self.lesson.links.iter().map(|link| link.audience);
        Some(found.links.iter().copied().zip(shown).collect())
    }
}

/// Returns a digest of all that linking another document can see of a lesson.
fn face(lesson: &Lesson) -> Hash {
    let mut anchors: Vec<(&str, Audience)> = lesson
        .anchors
        .iter()
        .map(|(anchor, audience)| (&**anchor, *audience))
        .collect();
    anchors.sort_unstable_by_key(|(anchor, _)| *anchor);
    let front = &lesson.front;
    let mut hasher = Hasher::new();
    hash_text(&mut hasher, lesson.path.as_str());
    hash_text(
        &mut hasher,
        &format!("{:?}", (&front.slug, &front.aliases, front.place)),
    );
    for (anchor, audience) in anchors {
        hash_text(&mut hasher, anchor);
        hasher.update(&[audience as u8]);
    }
    hasher.finalize()
}

fn hash_text(hasher: &mut Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}
