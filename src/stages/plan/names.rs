//! How pages name each document, and where it stands: written once, since many pages name it.

use rayon::prelude::*;

use super::order::Order;
use super::{Settings, push_passage, push_text, title};
use crate::language::Language;
use crate::model::curriculum::{Curriculum, Document, DocumentId};
use crate::model::path::push_url;

/// The names of all documents.
#[derive(Debug)]
pub struct Names {
    named: Vec<Named>,
    order: Order,
}

/// How pages name a document.
#[derive(Debug)]
pub(super) struct Named {
    /// All parts, one after the other.
    parts: Box<str>,
    /// Where each part but the last ends.
    ends: [u32; 3],
}

impl Names {
    /// Writes the names of a curriculum's documents.
    pub fn new(curriculum: &Curriculum, settings: &Settings) -> Self {
        let documents = curriculum.documents.par_iter();
        let named = |document| {
            let title = title(curriculum, settings, document);
            Named::new(document, title, &settings.language)
        };
        Self {
            named: documents.map(named).collect(),
            order: Order::new(curriculum),
        }
    }

    /// Returns where documents stand among each other.
    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// Returns how pages name a document.
    pub(super) fn of(&self, id: DocumentId) -> &Named {
        &self.named[id.0 as usize]
    }
}

impl Named {
    fn new(document: &Document, title: &str, language: &Language) -> Self {
        let url = &document.url;
        let mut parts = String::with_capacity(3 * url.len() + title.len());
        push_url(&mut parts, url.rsplit('/').next().unwrap_or(""));
        let file = parts.len() as u32;
        let own = &document.lesson.front.title;
        if **own == *title {
            push_passage(&mut parts, own, language);
        } else {
            push_text(&mut parts, title);
        }
        let title = parts.len() as u32;
        push_places(&mut parts, url, push_text);
        let places = parts.len() as u32;
        push_places(&mut parts, url, push_url);
        Self {
            parts: parts.into(),
            ends: [file, title, places],
        }
    }

    /// Returns the link to it from pages in the same folder.
    pub fn file(&self) -> &str {
        &self.parts[..self.ends[0] as usize]
    }

    /// Returns its title as HTML, for elements.
    pub fn title(&self) -> &str {
        &self.parts[self.ends[0] as usize..self.ends[1] as usize]
    }

    /// Returns what the anchors of its places begin with on topic pages, as HTML.
    pub fn places(&self) -> &str {
        &self.parts[self.ends[1] as usize..self.ends[2] as usize]
    }

    /// Returns the same as part of an address.
    pub fn encoded_places(&self) -> &str {
        &self.parts[self.ends[2] as usize..]
    }
}

/// Appends what the anchors of a document's places begin with; `push` appends a part of its address.
fn push_places(places: &mut String, url: &str, push: fn(&mut String, &str)) {
    for part in url.strip_suffix(".html").unwrap_or(url).split('/') {
        push(places, part);
        places.push('.');
    }
}
