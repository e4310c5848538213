//! The page of a module.

use std::sync::Arc;

use super::Pages;
use crate::model::blocks::Depth;
use crate::model::config::Edition;
use crate::model::curriculum::{DocumentId, Module, ModuleId, Role};
use crate::model::page::{Data, Fields, Page};
use crate::model::registers::TopicId;
use crate::model::site::Subject;
use crate::model::slug::folder_slug;
use crate::stages::link::title_of;

impl<'c> Pages<'c> {
    /// Makes the page of a module.
    pub(super) fn module(&self, url: &Arc<str>, id: ModuleId) -> Page<'c> {
        let module = self.curriculum.module(id);
        let index = module.index.map(|index| self.curriculum.document(index));
        let summary = index.map_or("", |index| index.lesson.front.summary.as_str());
        let mut fields = self.common(url, "module", &module.title, summary);
        fields.list("breadcrumbs", vec![self.home_crumb(url)]);
        if let Some((id, index)) = module.index.zip(index) {
            self.add_about(&mut fields, &index.lesson);
            let front = &index.lesson.front;
            fields.html("body", self.body(id, url));
            fields.list(
                "outcomes",
                self.outcomes(id, url)
                    .into_iter()
                    .map(|outcome| Data::Html(outcome.into()))
                    .collect(),
            );
            fields.flag("mandatory", front.mandatory);
            self.add_exit(&mut fields, front);
            fields.list("backlinks", Vec::new());
        } else {
            fields.html("body", "");
        }
        fields.number("number", module.number);
        fields.number("minutes", self.minutes_of(module));
        if self.settings.print {
            fields.address("print", self.inside_link(url, Subject::Print(id)));
        }
        if let Some(index) = module.index {
            self.add_neighbours(&mut fields, url, index);
            self.add_route_ways(&mut fields, url, index);
        }
        self.add_routes(&mut fields);
        fields.list("lessons", self.module_lessons(url, module));
        fields.list("topics", self.module_topics(url, id));
        if self.settings.edition == Edition::Facilitator {
            fields
                .address("session", self.inside_link(url, Subject::Session(id)))
                .address("projector", self.inside_link(url, Subject::Projector(id)));
        }
        Page {
            url: Arc::clone(url),
            template: "module.html",
            fields,
        }
    }

    /// Returns the minutes of all lessons of a module.
    pub(super) fn minutes_of(&self, module: &Module) -> u32 {
        let lessons = self.curriculum.lessons_of(module);
        let lessons = lessons.map(|id| &self.curriculum.document(id).lesson);
        let minutes = lessons.map(|lesson| lesson.minutes(self.settings.edition));
        minutes.fold(0, u32::saturating_add)
    }

    fn module_lessons(&self, url: &str, module: &Module) -> Vec<Data<'c>> {
        let mut list = Vec::new();
        let mut open: Vec<String> = Vec::new();
        for id in module.documents.clone().map(DocumentId) {
            let document = self.curriculum.document(id);
            if document.role == Role::Module {
                continue;
            }
            let folder = document.lesson.path.folder();
            let units: Vec<&str> = folder.split('/').skip(1).collect();
            let shared = open.iter().zip(&units).take_while(|(a, b)| a == *b).count();
            open.truncate(shared);
            for (depth, unit) in units.iter().enumerate().skip(shared) {
                open.push((*unit).to_owned());
                let has_page = document.role == Role::Unit && depth + 1 == units.len();
                if has_page {
                    continue;
                }
                let mut fields = Fields::new();
                fields
                    .text("title", title_of(&folder_slug(unit)))
                    .number("depth", depth as u64)
                    .flag("unit", true);
                list.push(fields.into());
            }
            let front = &document.lesson.front;
            let mut fields = Fields::new();
            fields
                .set("title", self.said(&front.title))
                .set("summary", self.said(&front.summary));
            self.add_href(&mut fields, url, Subject::Lesson(id));
            if document.role == Role::Lesson {
                fields.number("minutes", document.lesson.minutes(self.settings.edition));
                fields.text("routes", self.routes_of_page(id));
            }
            let depth = units.len() - usize::from(document.role == Role::Unit);
            fields.number("depth", depth as u64);
            if document.role == Role::Unit {
                fields.flag("unit", true);
            }
            list.push(fields.into());
        }
        list
    }

    /// Lists the topics that run through a module: per topic one place in each lesson, the deepest.
    fn module_topics(&self, url: &str, id: ModuleId) -> Vec<Data<'c>> {
        let mut topics: Vec<(TopicId, Option<Depth>)> = (0..self.curriculum.registers.topics.len())
            .map(|index| TopicId(index as u32))
            .map(|topic| (topic, self.coverage.cell(topic, id).depths.last().copied()))
            .filter(|(_, deepest)| deepest.is_some())
            .collect();
        topics.sort_by_key(|(topic, deepest)| (std::cmp::Reverse(*deepest), topic.0));
        topics
            .into_iter()
            .map(|(topic, _)| self.module_topic(url, id, topic))
            .collect()
    }

    fn module_topic(&self, url: &str, id: ModuleId, topic: TopicId) -> Data<'c> {
        let entry = &self.curriculum.registers.topics[topic.0 as usize];
        let cell = self.coverage.cell(topic, id);
        let mut fields = Fields::new();
        fields
            .text("id", entry.id.as_str())
            .text("name", entry.name.as_str())
            .set("definition", self.said(&entry.definition));
        self.add_href(&mut fields, url, Subject::Topic(topic));
        fields.list(
            "depths",
            cell.depths
                .iter()
                .rev()
                .map(|depth| depth.name().into())
                .collect(),
        );
        let mut best: Vec<&crate::model::curriculum::Occurrence> = Vec::new();
        for index in &cell.occurrences {
            let occurrence = &self.curriculum.occurrences[*index as usize];
            match best.last_mut() {
                Some(last) if last.document == occurrence.document => {
                    if occurrence.depth > last.depth {
                        *last = occurrence;
                    }
                }
                _ => best.push(occurrence),
            }
        }
        let mut places = String::with_capacity(best.len() * 128);
        for occurrence in best {
            places.push_str("<li><a");
            let page = self.page_of(occurrence.document);
            self.push_way(&mut places, url, page, self.curriculum.anchor(occurrence));
            places.push('>');
            places.push_str(self.names.of(occurrence.document).title());
            places.push_str("</a> ");
            places.push_str(self.shared.badge(occurrence.depth));
            places.push_str("</li>\n");
        }
        fields.html("places", places);
        fields.into()
    }
}
