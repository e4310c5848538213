//! The search index: which word stands in which page, in small scripts of which a reader loads a few.
//!
//! In: the curriculum and the site's settings. Out: scripts below `search/`, each made when it is asked for. Pages that are opened from a folder can fetch
//! nothing but scripts, so that each file is a call of a function of `search-engine.js`, which finds, weighs and shows. Reads no disk.

mod basis;
mod fold;
mod postings;
mod registers;
mod script;
mod sections;

pub use basis::Basis;
pub use registers::title_of_place;

use std::sync::OnceLock;

use rayon::prelude::*;

use self::postings::{Part, Postings, Weights};
use self::script::Script;
use self::sections::sections;
use crate::model::search::Layout;
use crate::model::site::SearchFile;

/// How many letters of a section stand with its heading in the results.
const BEGINNING: usize = 180;

/// The index of a site, or of some of its pages.
#[derive(Debug)]
pub struct Index {
    layout: Layout,
    /// Made when the first file of words is asked for.
    postings: OnceLock<Postings>,
}

impl Index {
    /// Lays out the index of pages, in reading order; nothing is read yet.
    pub fn new(layout: Layout) -> Self {
        Self {
            layout,
            postings: OnceLock::new(),
        }
    }

    /// Makes a file.
    pub fn script(&self, basis: Basis<'_>, file: SearchFile) -> String {
        let layout = &self.layout;
        match file {
            SearchFile::Registers => registers::script(&basis, layout),
            SearchFile::Terms(shard) => self.postings(basis).shard(shard),
            SearchFile::Spelling => self.postings(basis).spelling(),
            SearchFile::Pages(group) => basis.pages(layout, group),
            SearchFile::Texts(group) => basis.texts(layout, group),
        }
    }

    fn postings(&self, basis: Basis<'_>) -> &Postings {
        self.postings.get_or_init(|| {
            let pages = &self.layout.pages;
            let weights = Weights::new(basis.curriculum, pages);
            let parts = postings::parts(pages.len()).into_par_iter().map(|range| {
                let mut part = Part::new(&weights, basis.language);
                for page in range {
                    let id = pages[page];
                    let document = basis.curriculum.document(id);
                    part.add(page as u32, id, &sections(document, basis.edition));
                }
                part.finish()
            });
            Postings::new(parts.collect(), self.layout.shards())
        })
    }
}

impl Basis<'_> {
    /// Writes titles and sections of some pages.
    fn pages(&self, layout: &Layout, group: u32) -> String {
        let mut script = Script::call("pages", group);
        for page in layout.in_group(group) {
            let document = self.curriculum.document(layout.pages[page]);
            script.open('[');
            script.address(&document.url);
            script.text(registers::title(self.curriculum, document));
            script.number(layout.text_group(page));
            script.open('[');
            for section in sections(document, self.edition) {
                script.open('[');
                script.text(section.anchor);
                script.text(section.title);
                script.text(beginning(&section.text));
                script.close(']');
            }
            script.close(']');
            script.close(']');
        }
        script.end()
    }

    /// Writes the whole text of some pages.
    fn texts(&self, layout: &Layout, group: u32) -> String {
        let mut script = Script::call("texts", group);
        for page in layout.in_text_group(group) {
            let document = self.curriculum.document(layout.pages[page]);
            script.open('[');
            script.number(page as u32);
            for section in sections(document, self.edition) {
                script.text(&section.text);
            }
            script.close(']');
        }
        script.end()
    }
}

/// Returns where a text begins, in whole words.
fn beginning(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(BEGINNING) else {
        return text;
    };
    let start = &text[..end];
    start.rfind(' ').map_or(start, |space| &start[..space])
}
