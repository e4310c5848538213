//! How pages name each document: written once, since many pages name it.

use rayon::prelude::*;

use super::{Settings, push_text, title};
use crate::model::curriculum::{Curriculum, Document, DocumentId};
use crate::model::path::push_url;

/// The names of all documents.
#[derive(Debug)]
pub struct Names(Vec<Named>);

/// How pages name a document.
#[derive(Debug)]
pub(super) struct Named {
    /// The link to it from pages in the same folder.
    pub file: Box<str>,
    /// Its title as HTML.
    pub title: Box<str>,
    /// What the anchors of its places begin with on topic pages, as HTML.
    pub places: Box<str>,
    /// The same as part of an address.
    pub encoded_places: Box<str>,
}

impl Names {
    /// Writes the names of a curriculum's documents.
    pub fn new(curriculum: &Curriculum, settings: &Settings) -> Self {
        let documents = curriculum.documents.par_iter();
        let named = |document| Named::new(document, title(curriculum, settings, document));
        Self(documents.map(named).collect())
    }

    /// Returns how pages name a document.
    pub(super) fn of(&self, id: DocumentId) -> &Named {
        &self.0[id.0 as usize]
    }
}

impl Named {
    fn new(document: &Document, title: &str) -> Self {
        let (mut file, mut html) = (String::new(), String::new());
        push_url(&mut file, document.url.rsplit('/').next().unwrap_or(""));
        push_text(&mut html, title);
        Self {
            file: file.into(),
            title: html.into(),
            places: places(&document.url, push_text),
            encoded_places: places(&document.url, push_url),
        }
    }
}

/// Returns what the anchors of a document's places begin with; `push` appends a part of its address.
fn places(url: &str, push: fn(&mut String, &str)) -> Box<str> {
    let mut places = String::with_capacity(url.len());
    for part in url.strip_suffix(".html").unwrap_or(url).split('/') {
        push(&mut places, part);
        places.push('.');
    }
    places.into()
}
