//! The pages about topics: one for each with its thread, the glossary, and the map.

use std::sync::Arc;

use super::{Pages, push_href, push_text};
use crate::model::address::Address;
use crate::model::curriculum::{Curriculum, ModuleId, Occurrence};
use crate::model::page::{Data, Fields, Page};
use crate::model::registers::TopicId;

/// Appends the anchor of an occurrence on its topic's page; `prefix` is its document's.
fn push_place_id(id: &mut String, prefix: &str, curriculum: &Curriculum, occurrence: &Occurrence) {
    id.push_str(prefix);
    if occurrence.anchor > 0 {
        let link = curriculum.link_anchor(occurrence.topic, occurrence.anchor);
        link.push_to(id);
    } else {
        let mut digits = itoa::Buffer::new();
        id.push_str(digits.format(occurrence.place.line));
        id.push('.');
        id.push_str(digits.format(occurrence.place.column));
    }
}

impl<'c> Pages<'c> {
    /// Makes the page of a topic.
    pub(super) fn topic(&self, url: &Arc<str>, id: TopicId) -> Page<'c> {
        let entry = &self.curriculum.registers.topics[id.0 as usize];
        let mut fields = self.common(url, "topic", &entry.name, &entry.definition);
        fields.list(
            "breadcrumbs",
            vec![
                self.crumb(url, "index.html", &self.settings.title),
                self.crumb(url, "topics/index.html", self.strings.get("topics")),
            ],
        );
        fields
            .text("id", entry.id.as_str())
            .text("name", entry.name.as_str())
            .text("definition", entry.definition.as_str());
        fields.list(
            "aliases",
            entry
                .aliases
                .iter()
                .map(|alias| alias.value.as_str().into())
                .collect(),
        );
        if let Some(home) = self.curriculum.homes[id.0 as usize] {
            let document = self.curriculum.document(home);
            let mut link = Fields::new();
            link.text("title", self.title(document))
                .address("href", Address::between(url, &document.url));
            fields.fields("home", link);
        }
        fields.number("count", self.curriculum.threads[id.0 as usize].len() as u64);
        fields.list("thread", self.thread(url, id));
        fields.list("modules", self.places_by_module(url, id));
        Page {
            url: Arc::clone(url),
            template: "topic.html",
            fields,
        }
    }

    fn thread(&self, url: &str, id: TopicId) -> Vec<Data<'c>> {
        self.curriculum
            .modules
            .iter()
            .enumerate()
            .map(|(index, module)| {
                let cell = self.coverage.cell(id, ModuleId(index as u32));
                let mut row = Fields::new();
                row.number("number", module.number)
                    .text("title", module.title.as_str())
                    .address("href", Address::between(url, &module.url))
                    .text("status", cell.status.name())
                    .text("reason", cell.reason.as_str())
                    .number("count", cell.occurrences.len() as u64);
                for (key, depths) in [("depths", &cell.depths), ("required", &cell.required)] {
                    // Both are always there, since the template walks through them.
                    row.0.push((
                        key,
                        Data::List(depths.iter().map(|depth| depth.name().into()).collect()),
                    ));
                }
                row.into()
            })
            .collect()
    }

    fn places_by_module(&self, url: &str, id: TopicId) -> Vec<Data<'c>> {
        self.curriculum
            .modules
            .iter()
            .enumerate()
            .filter_map(|(index, module)| {
                let cell = self.coverage.cell(id, ModuleId(index as u32));
                if cell.occurrences.is_empty() {
                    return None;
                }
                let mut places = String::with_capacity(cell.occurrences.len() * 512);
                for index in &cell.occurrences {
                    self.push_place(
                        &mut places,
                        url,
                        &self.curriculum.occurrences[*index as usize],
                    );
                }
                let mut fields = Fields::new();
                fields
                    .number("number", module.number)
                    .text("title", module.title.as_str())
                    .address("href", Address::between(url, &module.url))
                    .html("places", places);
                Some(fields.into())
            })
            .collect()
    }

    /// Writes a place with its sentence, as an item of a list.
    fn push_place(&self, html: &mut String, url: &str, occurrence: &Occurrence) {
        let document = self.curriculum.document(occurrence.document);
        html.push_str("<li id=\"");
        let name = self.names.of(occurrence.document);
        push_place_id(html, name.places(), self.curriculum, occurrence);
        html.push_str("\"><p class=\"where\"><a href=\"");
        let anchor = self.curriculum.anchor(occurrence);
        push_href(html, url, &document.url, anchor);
        html.push_str("\">");
        html.push_str(name.title());
        let section = self.curriculum.section_title(occurrence);
        if !section.is_empty() {
            html.push_str(": ");
            push_text(html, section);
        }
        html.push_str("</a> ");
        html.push_str(self.shared.badge(occurrence.depth));
        html.push_str("</p>\n");
        let (sentence, words) = self.curriculum.sentence(occurrence, self.settings.edition);
        if !words.is_empty() {
            html.push_str("<p class=\"sentence\">");
            push_text(html, &sentence[..words.start]);
            html.push_str("<mark>");
            push_text(html, &sentence[words.clone()]);
            html.push_str("</mark>");
            push_text(html, &sentence[words.end..]);
            html.push_str("</p>");
        }
        html.push_str("</li>\n");
    }

    /// Makes the glossary.
    pub(super) fn topics(&self, url: &Arc<str>) -> Page<'c> {
        let mut fields = self.common(url, "topics", self.strings.get("topics"), "");
        fields.list(
            "breadcrumbs",
            vec![self.crumb(url, "index.html", &self.settings.title)],
        );
        let mut order: Vec<usize> = (0..self.curriculum.registers.topics.len()).collect();
        let (topics, language) = (&self.curriculum.registers.topics, &self.settings.language);
        order.sort_by_cached_key(|index| language.sort_key(&topics[*index].name));
        let topics = order
            .into_iter()
            .map(|index| {
                let topic = &self.curriculum.registers.topics[index];
                let mut entry = Fields::new();
                entry
                    .text("id", topic.id.as_str())
                    .text("name", topic.name.as_str())
                    .text("definition", topic.definition.as_str())
                    .address(
                        "href",
                        Address::between(url, &format!("topics/{}.html", topic.id)),
                    )
                    .number("count", self.curriculum.threads[index].len() as u64)
                    .text("letter", language.letter(&topic.name));
                entry.list(
                    "aliases",
                    topic
                        .aliases
                        .iter()
                        .map(|alias| alias.value.as_str().into())
                        .collect(),
                );
                if let Some(home) = self.curriculum.homes[index] {
                    let document = self.curriculum.document(home);
                    let mut link = Fields::new();
                    link.text("title", self.title(document))
                        .address("href", Address::between(url, &document.url));
                    entry.fields("home", link);
                }
                entry.into()
            })
            .collect();
        // The template walks through the list even where it is empty.
        fields.0.push(("topics", Data::List(topics)));
        Page {
            url: Arc::clone(url),
            template: "topics.html",
            fields,
        }
    }

    /// Makes the map of topics and modules.
    pub(super) fn map(&self, url: &Arc<str>) -> Page<'c> {
        let mut fields = self.common(url, "map", self.strings.get("map"), "");
        fields.list(
            "breadcrumbs",
            vec![self.crumb(url, "index.html", &self.settings.title)],
        );
        let modules = self
            .curriculum
            .modules
            .iter()
            .map(|module| {
                let mut column = Fields::new();
                column
                    .number("number", module.number)
                    .text("title", module.title.as_str())
                    .address("href", Address::between(url, &module.url));
                column.into()
            })
            .collect();
        let topics = self
            .curriculum
            .registers
            .topics
            .iter()
            .enumerate()
            .map(|(index, topic)| {
                let page = format!("topics/{}.html", topic.id);
                let cells = self.coverage.rows[index]
                    .iter()
                    .map(|cell| {
                        let mut fields = Fields::new();
                        fields
                            .text("status", cell.status.name())
                            .number("count", cell.occurrences.len() as u64);
                        let first_deepest = cell
                            .occurrences
                            .iter()
                            .map(|index| &self.curriculum.occurrences[*index as usize])
                            .find(|occurrence| Some(&occurrence.depth) == cell.depths.last());
                        if let Some(occurrence) = first_deepest {
                            let mut place = String::new();
                            let name = self.names.of(occurrence.document);
                            push_place_id(
                                &mut place,
                                name.encoded_places(),
                                self.curriculum,
                                occurrence,
                            );
                            fields
                                .text("depth", occurrence.depth.name())
                                .address("href", Address::between(url, &page).at(&place));
                        }
                        fields.into()
                    })
                    .collect();
                let mut row = Fields::new();
                row.text("name", topic.name.as_str())
                    .address("href", Address::between(url, &page));
                row.0.push(("cells", Data::List(cells)));
                row.into()
            })
            .collect();
        fields.0.push(("modules", Data::List(modules)));
        fields.0.push(("topics", Data::List(topics)));
        Page {
            url: Arc::clone(url),
            template: "map.html",
            fields,
        }
    }
}
