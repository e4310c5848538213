//! The search index: which word stands in which page, in small scripts of which a reader loads a few.
//!
//! In: the curriculum and the site's settings. Out: scripts below `search/`, each made when it is asked for. Pages that are opened from a folder can fetch
//! nothing but scripts, so that each file is a call of a function of `search-engine.js`, which finds, weighs and shows. Reads no disk.

mod fold;
mod postings;
mod registers;
mod script;
mod sections;

use std::sync::OnceLock;

use rayon::prelude::*;

use self::postings::{Part, Postings, Weights};
use self::script::Script;
use self::sections::sections;
use super::Pages;
use crate::language::Language;
use crate::model::address::Address;
use crate::model::config::Edition;
use crate::model::curriculum::{Curriculum, Destination};
use crate::model::page::Fields;
use crate::model::registers::AnswerKind;
use crate::model::scope::Scope;
use crate::model::search::Layout;
use crate::model::site::SearchFile;
use crate::model::theme::Strings;

/// How many letters of a section stand with its heading in the results.
const BEGINNING: usize = 180;

/// What a search is made of.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'c> {
    /// The graph.
    pub curriculum: &'c Curriculum,
    /// For whom: solutions and notes for facilitators are in no learner's search.
    pub edition: Edition,
    /// The language of words.
    pub language: &'c Language,
    /// Whose pages it covers: what lies beyond is neither found nor named.
    pub scope: &'c Scope,
    /// Words of the interface.
    pub strings: &'c Strings,
}

impl<'c> Pages<'c> {
    /// Makes a script of the search index.
    pub fn search_script(&self, file: SearchFile) -> String {
        let basis = Basis {
            curriculum: self.curriculum,
            edition: self.settings.edition,
            language: &self.settings.language,
            scope: self.scope,
            strings: self.strings,
        };
        self.search.script(basis, file)
    }

    /// Adds what stands under the search field for whoever hears of a risk to life: first steps and whom to ring; nothing without an answer to a crisis.
    pub(super) fn add_risk(&self, fields: &mut Fields<'c>, url: &str) {
        if !self.settings.search {
            return;
        }
        let registers = &self.curriculum.registers;
        let answers = registers.answers.iter().zip(&self.curriculum.answers);
        let mut crises = answers.filter(|(answer, _)| answer.kind == AnswerKind::Crisis);
        let held =
            |place: &&Destination| self.scope.holds_document(self.curriculum, place.document);
        let Some(place) = crises.find_map(|(_, places)| places.iter().find(held)) else {
            return;
        };
        let page = &self.curriculum.document(place.document).url;
        let mut risk = Fields::new();
        risk.address("href", Address::to_place(url, page, &place.anchor));
        let urgent = registers.signposts.iter();
        let urgent = urgent.filter(|signpost| signpost.urgent && signpost.phone.address.is_some());
        // A service of the state, whose number does not change, before all others.
        if let Some(service) = urgent.min_by_key(|signpost| signpost.permanent.is_empty()) {
            risk.text("name", &*service.name)
                .text("phone", &*service.phone.words)
                .maybe_address("call", service.phone.address.as_ref());
        }
        fields.fields("risk", risk);
    }
}

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
