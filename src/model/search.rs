//! Which files the search index has, and what is in which, before any of them is made.

use std::ops::Range;

use super::curriculum::{Curriculum, DocumentId, Role};
use super::scope::Scope;
use super::site::SearchFile;

/// Pages whose titles and sections stand in one file.
pub const PAGES_PER_FILE: usize = 10;

/// About how many bytes of text a file of texts holds: a reader loads one for each result of which the sentence is shown.
const TEXT_PER_FILE: usize = 16 << 10;

/// How many bytes of text make one more file of words; so a file of words has about 5 KB as it is sent, in large curricula more.
const TEXT_PER_SHARD: usize = 24 << 10;

/// The most files of words, as a power of two.
const MOST_SHARDS: u32 = 10;

/// What is in which file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The pages, in reading order.
    pub pages: Vec<DocumentId>,
    /// The first page of each file of texts.
    texts: Vec<usize>,
    bits: u32,
}

impl Layout {
    /// Lays out the pages of a scope.
    pub fn new(curriculum: &Curriculum, scope: &Scope) -> Self {
        let all = (0..).map(DocumentId).zip(&curriculum.documents);
        let pages: Vec<DocumentId> = all
            .filter(|(_, document)| document.role != Role::Home)
            .map(|(id, _)| id)
            .filter(|id| scope.holds_document(curriculum, *id))
            .collect();
        let (mut texts, mut total, mut held) = (Vec::new(), 0, 0);
        for (position, page) in pages.iter().enumerate() {
            let length = curriculum.document(*page).lesson.text.len();
            total += length;
            // A first page without any text has a file too.
            if texts.is_empty() || held + length > TEXT_PER_FILE {
                texts.push(position);
                held = 0;
            }
            held += length;
        }
        let bits = (total / TEXT_PER_SHARD).max(1).ilog2();
        Self {
            pages,
            texts,
            bits: bits.min(MOST_SHARDS),
        }
    }

    /// Returns the number of files of words.
    pub fn shards(&self) -> u32 {
        1 << self.bits
    }

    /// Returns all files.
    pub fn files(&self) -> impl Iterator<Item = SearchFile> + use<> {
        let groups = self.pages.len().div_ceil(PAGES_PER_FILE) as u32;
        let texts = self.texts.len() as u32;
        [SearchFile::Registers, SearchFile::Spelling]
            .into_iter()
            .chain((0..self.shards()).map(SearchFile::Terms))
            .chain((0..groups).map(SearchFile::Pages))
            .chain((0..texts).map(SearchFile::Texts))
    }

    /// Returns the pages of a file of titles and sections.
    pub fn in_group(&self, group: u32) -> Range<usize> {
        let first = group as usize * PAGES_PER_FILE;
        first..(first + PAGES_PER_FILE).min(self.pages.len())
    }

    /// Returns the file that holds a page's text.
    pub fn text_group(&self, page: usize) -> u32 {
        (self.texts.partition_point(|first| *first <= page) - 1) as u32
    }

    /// Returns the pages of a file of texts.
    pub fn in_text_group(&self, group: u32) -> Range<usize> {
        let group = group as usize;
        let end = self.texts.get(group + 1).copied();
        self.texts[group]..end.unwrap_or(self.pages.len())
    }
}
