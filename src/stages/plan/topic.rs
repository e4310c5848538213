//! The pages about topics: one for each with its thread, the glossary, and the map.

use std::sync::Arc;

use super::{Pages, push_text, push_words};
use crate::model::blocks::{BlockKind, Depth};
use crate::model::curriculum::{Curriculum, DocumentId, Module, ModuleId, Occurrence};
use crate::model::lesson::Block;
use crate::model::page::{Data, Fields, Page};
use crate::model::registers::TopicId;
use crate::model::site::Subject;
use crate::model::stretches::{Reading, read_pieces, unread};

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

/// So many places are shown unfolded.
const FEW_PLACES: u64 = 8;

/// So many lessons are named for each depth; the others are folded.
const LESSONS_NAMED: usize = 5;

/// Beyond so many modules the map prints as lists: as a table it would lose columns.
const COLUMNS_PRINTED: usize = 15;

impl<'c> Pages<'c> {
    /// Makes the page of a topic.
    pub(super) fn topic(&self, url: &Arc<str>, id: TopicId) -> Page<'c> {
        let entry = &self.curriculum.registers.topics[id.0 as usize];
        let mut fields = self.common(url, "topic", &entry.name, &entry.definition);
        fields.list(
            "breadcrumbs",
            vec![
                self.home_crumb(url),
                self.link(url, Subject::Topics, self.strings.get("topics"))
                    .into(),
            ],
        );
        fields
            .text("id", entry.id.as_str())
            .text("name", entry.name.as_str())
            .set("definition", self.said(&entry.definition))
            .set("in_short", self.said(&entry.in_short));
        fields.list(
            "aliases",
            entry
                .aliases
                .iter()
                .map(|alias| alias.value.as_str().into())
                .collect(),
        );
        let home = self.curriculum.homes[id.0 as usize];
        // What the register says in short is what its author wants read first.
        let points = home.filter(|home| self.holds(*home) && entry.in_short.is_empty());
        fields.list(
            "points",
            points.map_or_else(Vec::new, |home| self.points(home)),
        );
        self.add_home(&mut fields, url, id);
        fields.list("ways", self.ways_in(url, id));
        let places = self.places_held(id);
        fields.flag("few", places <= FEW_PLACES);
        fields.number("count", places);
        fields.list("thread", self.thread(url, id));
        fields.list("modules", self.places_by_module(url, id));
        Page {
            url: Arc::clone(url),
            template: "topic.html",
            fields,
        }
    }

    /// Adds the link to a topic's home, where it has one.
    fn add_home(&self, fields: &mut Fields<'c>, url: &str, id: TopicId) {
        let home = self.curriculum.homes[id.0 as usize];
        let link = home.map(|home| self.document_link(url, home));
        fields.fields("home", link.unwrap_or_default());
    }

    /// Returns the key points of a lesson, each a line of text.
    fn points(&self, id: DocumentId) -> Vec<Data<'c>> {
        let lesson = &self.curriculum.document(id).lesson;
        let is_shown = |block: &&Block| block.audience.is_in(self.settings.edition);
        let mut blocks = lesson.blocks.iter().filter(is_shown);
        let Some(block) = blocks.find(|block| block.kind == BlockKind::Keypoints) else {
            return Vec::new();
        };
        let reading = Reading::Page(self.settings.edition);
        let gone = unread(&lesson.stretches, reading);
        let behind = gone.into_iter().filter(|gone| gone.end > block.text_start);
        // A remark of editors may stand in the middle of a line, and be left out of it.
        let mut points = vec![String::new()];
        for piece in read_pieces(block.text_start..block.text_end, behind) {
            for (position, words) in lesson.text[piece].split('\n').enumerate() {
                if position > 0 {
                    points.push(String::new());
                }
                push_words(points.last_mut().expect("there is one"), lesson, words);
            }
        }
        let points = points.iter().map(|point| point.trim());
        let points = points.filter(|point| !point.is_empty());
        points
            .map(|point| Data::Html(point.to_owned().into()))
            .collect()
    }

    /// Lists the lessons that teach a topic, practise it and ask about it, deepest place of each.
    fn ways_in(&self, url: &str, id: TopicId) -> Vec<Data<'c>> {
        [
            (Depth::Introduced, "way_introduced"),
            (Depth::Practised, "way_practised"),
            (Depth::Assessed, "way_assessed"),
        ]
        .into_iter()
        .filter_map(|(depth, words)| {
            let mut places: Vec<&Occurrence> = self.curriculum.thread(id).collect();
            places.retain(|place| place.depth == depth && self.holds(place.document));
            places.dedup_by_key(|place| place.document);
            if places.is_empty() {
                return None;
            }
            let shown = places.len().min(LESSONS_NAMED);
            let mut way = Fields::new();
            way.text("depth", depth.name())
                .text("words", words)
                .html("places", self.lessons_with(url, &places[..shown]))
                .html("more", self.lessons_with(url, &places[shown..]));
            Some(way.into())
        })
        .collect()
    }

    /// Writes links to places, as items of a list.
    fn lessons_with(&self, url: &str, places: &[&Occurrence]) -> String {
        let mut html = String::with_capacity(places.len() * 96);
        for place in places {
            let document = self.curriculum.document(place.document);
            html.push_str("<li>");
            let anchor = self.curriculum.anchor(place);
            let end = self.open_way(&mut html, url, self.page_of(place.document), anchor);
            html.push_str(self.names.of(place.document).title());
            html.push_str(end);
            if let Some(module) = document.module {
                html.push_str(" <span class=\"quiet\">");
                push_text(&mut html, &self.curriculum.module(module).title);
                html.push_str("</span>");
            }
            html.push_str("</li>\n");
        }
        html
    }

    fn thread(&self, url: &str, id: TopicId) -> Vec<Data<'c>> {
        self.modules()
            .map(|(module_id, module)| {
                let cell = self.coverage.cell(id, module_id);
                let mut row = self.link(url, Subject::Module(module_id), &module.title);
                row.number("number", module.number)
                    .text("status", cell.status.name())
                    .text("reason", cell.reason.as_str())
                    .number("count", cell.occurrences.len() as u64);
                for (key, depths) in [("depths", &cell.depths), ("required", &cell.required)] {
                    row.list(
                        key,
                        depths.iter().map(|depth| depth.name().into()).collect(),
                    );
                }
                row.into()
            })
            .collect()
    }

    fn places_by_module(&self, url: &str, id: TopicId) -> Vec<Data<'c>> {
        let in_modules = self.modules().filter_map(|(module_id, module)| {
            let cell = self.coverage.cell(id, module_id);
            if cell.occurrences.is_empty() {
                return None;
            }
            let mut fields = self.link(url, Subject::Module(module_id), &module.title);
            fields
                .number("number", module.number)
                .number("count", cell.occurrences.len() as u64)
                .html("places", self.places(url, &cell.occurrences));
            Some(fields.into())
        });
        self.places_outside(url, id)
            .into_iter()
            .chain(in_modules)
            .collect()
    }

    /// Returns the places on pages that belong to no module.
    fn places_outside(&self, url: &str, id: TopicId) -> Option<Data<'c>> {
        let outside = self.coverage.outside(id).iter().copied();
        let is_held = |index: &u32| {
            let occurrence = &self.curriculum.occurrences[*index as usize];
            self.holds(occurrence.document)
        };
        let outside: Vec<u32> = outside.filter(is_held).collect();
        if outside.is_empty() {
            return None;
        }
        let mut fields = self.link(url, Subject::Home, &self.settings.title);
        fields
            .number("number", 0_u64)
            .number("count", outside.len() as u64)
            .html("places", self.places(url, &outside));
        Some(fields.into())
    }

    /// Writes places as items of a list.
    fn places(&self, url: &str, occurrences: &[u32]) -> String {
        let mut places = String::with_capacity(occurrences.len() * 512);
        for index in occurrences {
            let occurrence = &self.curriculum.occurrences[*index as usize];
            self.push_place(&mut places, url, occurrence);
        }
        places
    }

    /// Writes a place with its sentence, as an item of a list.
    fn push_place(&self, html: &mut String, url: &str, occurrence: &Occurrence) {
        html.push_str("<li id=\"");
        let name = self.names.of(occurrence.document);
        let lesson = &self.curriculum.document(occurrence.document).lesson;
        push_place_id(html, name.places(), self.curriculum, occurrence);
        html.push_str("\"><p class=\"where\">");
        let anchor = self.curriculum.anchor(occurrence);
        let end = self.open_way(html, url, self.page_of(occurrence.document), anchor);
        html.push_str(name.title());
        let section = self.curriculum.section_title(occurrence);
        if !section.is_empty() {
            html.push_str(": ");
            push_words(html, lesson, section);
        }
        html.push_str(end);
        html.push(' ');
        html.push_str(self.shared.badge(occurrence.depth));
        html.push_str("</p>\n");
        let (sentence, words) = self.curriculum.sentence(occurrence, self.settings.edition);
        if !words.is_empty() {
            html.push_str("<p class=\"sentence\">");
            push_words(html, lesson, &sentence[..words.start]);
            html.push_str("<mark>");
            push_words(html, lesson, &sentence[words.clone()]);
            html.push_str("</mark>");
            push_words(html, lesson, &sentence[words.end..]);
            html.push_str("</p>");
        }
        html.push_str("</li>\n");
    }

    /// Makes the glossary.
    pub(super) fn topics(&self, url: &Arc<str>) -> Page<'c> {
        let mut fields = self.common(url, "topics", self.strings.get("topics"), "");
        fields.list("breadcrumbs", vec![self.home_crumb(url)]);
        let language = &self.settings.language;
        let mut order: Vec<_> = self.topics_held().collect();
        order.sort_by_cached_key(|(_, topic)| language.sort_key(&topic.name));
        let topics = order
            .into_iter()
            .map(|(id, topic)| {
                let mut entry = Fields::new();
                self.add_href(&mut entry, url, Subject::Topic(id));
                entry
                    .text("id", topic.id.as_str())
                    .text("name", topic.name.as_str())
                    .set("definition", self.said(&topic.definition))
                    .number("count", self.places_held(id))
                    .text("letter", language.letter(&topic.name));
                entry.list(
                    "aliases",
                    topic
                        .aliases
                        .iter()
                        .map(|alias| alias.value.as_str().into())
                        .collect(),
                );
                self.add_home(&mut entry, url, id);
                entry.into()
            })
            .collect();
        fields.list("topics", topics);
        Page {
            url: Arc::clone(url),
            template: "topics.html",
            fields,
        }
    }

    /// Makes the map of topics and modules.
    pub(super) fn map(&self, url: &Arc<str>) -> Page<'c> {
        let mut fields = self.common(url, "map", self.strings.get("map"), "");
        fields.list("breadcrumbs", vec![self.home_crumb(url)]);
        let modules = self
            .modules()
            .map(|(id, module)| {
                let mut column = self.link(url, Subject::Module(id), &module.title);
                column.number("number", module.number);
                column.into()
            })
            .collect();
        let topics = self
            .topics_held()
            .map(|(id, topic)| {
                let modules = self.modules();
                let cells = modules.map(|module| self.map_cell(url, id, module));
                let mut row = Fields::new();
                row.text("name", topic.name.as_str());
                self.add_href(&mut row, url, Subject::Topic(id));
                row.list("cells", cells.collect());
                row.into()
            })
            .collect();
        fields.flag("many", self.modules().count() > COLUMNS_PRINTED);
        fields.list("modules", modules).list("topics", topics);
        Page {
            url: Arc::clone(url),
            template: "map.html",
            fields,
        }
    }

    /// Returns what the map says of a topic in a module.
    fn map_cell(
        &self,
        url: &str,
        id: TopicId,
        (module_id, module): (ModuleId, &'c Module),
    ) -> Data<'c> {
        let cell = self.coverage.cell(id, module_id);
        // Named beside the mark where there are no columns.
        let name = match cell.occurrences.is_empty() {
            true => String::new(),
            false => format!("{}. {}", module.number, module.title),
        };
        let first_deepest = cell
            .occurrences
            .iter()
            .map(|index| &self.curriculum.occurrences[*index as usize])
            .find(|occurrence| Some(&occurrence.depth) == cell.depths.last());
        let address = first_deepest.map(|occurrence| {
            let mut place = String::new();
            let name = self.names.of(occurrence.document).encoded_places();
            push_place_id(&mut place, name, self.curriculum, occurrence);
            self.topic_place(url, id, &place)
        });
        let mut fields = Fields::new();
        fields
            .text("module", name)
            .text("status", cell.status.name())
            .number("count", cell.occurrences.len() as u64)
            .text(
                "depth",
                first_deepest.map_or("", |place| place.depth.name()),
            )
            .made_address("href", address);
        fields.into()
    }
}
