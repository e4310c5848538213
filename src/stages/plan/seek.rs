//! What pages have of the search: its own page, its scripts, and the line under its field.

use std::sync::Arc;

use super::pages::Pages;
use super::search::{Basis, title_of_place};
use crate::model::address::Address;
use crate::model::curriculum::Destination;
use crate::model::page::{Data, Fields, Page};
use crate::model::registers::AnswerKind;
use crate::model::site::SearchFile;

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

    /// Makes the page that searches: without scripts it leads to the answers, each by its heading.
    pub(super) fn seek(&self, url: &Arc<str>) -> Page<'c> {
        let mut page = self.plain(url, "search.html", "search", "search");
        let registers = &self.curriculum.registers;
        let answers = registers.answers.iter().zip(&self.curriculum.answers);
        let answers = answers.filter_map(|(answer, places)| {
            let held =
                |place: &&Destination| self.scope.holds_document(self.curriculum, place.document);
            let place = places.iter().find(held)?;
            let document = self.curriculum.document(place.document);
            let mut fields = Fields::new();
            fields
                .address("href", Address::to_place(url, &document.url, &place.anchor))
                .text("title", title_of_place(self.curriculum, place))
                .set("text", self.said(&answer.text));
            Some(Data::from(fields))
        });
        page.fields.list("answers", answers.collect());
        page
    }

    /// Adds what stands under the search field for whoever hears of a risk to life: first steps and whom to ring; nothing without an answer to a crisis.
    pub(super) fn add_risk(&self, fields: &mut Fields<'c>, url: &str) {
        let risk = self.settings.search.then(|| self.risk(url)).flatten();
        fields.fields("risk", risk.unwrap_or_default());
    }

    fn risk(&self, url: &str) -> Option<Fields<'c>> {
        let registers = &self.curriculum.registers;
        let answers = registers.answers.iter().zip(&self.curriculum.answers);
        let mut crises = answers.filter(|(answer, _)| answer.kind == AnswerKind::Crisis);
        let held =
            |place: &&Destination| self.scope.holds_document(self.curriculum, place.document);
        let place = crises.find_map(|(_, places)| places.iter().find(held))?;
        let page = &self.curriculum.document(place.document).url;
        let mut risk = Fields::new();
        risk.address("href", Address::to_place(url, page, &place.anchor));
        let urgent = registers.signposts.iter();
        let urgent = urgent.filter(|signpost| signpost.urgent && signpost.phone.address.is_some());
        // A service of the state, whose number does not change, before all others.
        let service = urgent.min_by_key(|signpost| signpost.permanent.is_empty());
        let phone = service.map(|service| &service.phone);
        risk.text("name", service.map_or("", |service| &*service.name))
            .text("phone", phone.map_or("", |phone| &*phone.words))
            .maybe_address("call", phone.and_then(|phone| phone.address.as_ref()));
        Some(risk)
    }
}
