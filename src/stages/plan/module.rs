//! The page of a module.

use std::sync::Arc;

use super::Pages;
use super::ways::add_no_href;
use crate::model::blocks::Depth;
use crate::model::config::Edition;
use crate::model::curriculum::{DocumentId, Module, ModuleId, Role};
use crate::model::lesson::FrontMatter;
use crate::model::page::{Data, Fields, Page};
use crate::model::registers::TopicId;
use crate::model::site::Subject;
use crate::model::slug::folder_slug;
use crate::stages::link::title_of;

impl<'c> Pages<'c> {
    /// Makes the page of a module.
    pub(super) fn module(&self, url: &Arc<str>, id: ModuleId) -> Page<'c> {
        let module = self.curriculum.module(id);
        let front = self.front_of(module);
        let summary = front.map_or("", |front| front.summary.as_str());
        let mut fields = self.common(url, "module", &module.title, summary);
        fields.list("breadcrumbs", vec![self.home_crumb(url)]);
        self.add_about(&mut fields, front);
        let body = module.index.map(|index| self.body(index, url));
        fields
            .html("body", body.unwrap_or_default())
            .list("outcomes", self.module_outcomes(url, module))
            .flag("mandatory", front.is_some_and(|front| front.mandatory))
            .html("backlinks", "")
            .number("number", module.number)
            .number("minutes", self.minutes_of(module));
        self.add_exit(&mut fields, Some(id));
        let is_printed = self.settings.print;
        let is_taught = self.settings.edition == Edition::Facilitator;
        for (key, page, is_there) in [
            ("print", Subject::Print(id), is_printed),
            ("session", Subject::Session(id), is_taught),
            ("projector", Subject::Projector(id), is_taught),
        ] {
            fields.made_address(key, is_there.then(|| self.inside_link(url, page)));
        }
        self.add_neighbours(&mut fields, url, module.index);
        self.add_route_ways(&mut fields, url, module.index);
        self.add_routes(&mut fields);
        fields.list("lessons", self.module_lessons(url, module));
        fields.list("topics", self.module_topics(url, id));
        Page {
            url: Arc::clone(url),
            template: "module.html",
            fields,
        }
    }

    /// Returns what the page that introduces a module says about itself, where it has one.
    pub(super) fn front_of(&self, module: &Module) -> Option<&'c FrontMatter> {
        let index = module.index?;
        Some(&self.curriculum.document(index).lesson.front)
    }

    /// Returns what learners will be able to do, as the page that introduces a module says it.
    pub(super) fn module_outcomes(&self, url: &str, module: &Module) -> Vec<Data<'c>> {
        let outcomes = module.index.map(|index| self.outcomes(index, url));
        let outcomes = outcomes.unwrap_or_default().into_iter();
        outcomes.map(|outcome| Data::Html(outcome.into())).collect()
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
                list.push(self.unit_without_page(unit, depth));
            }
            let front = &document.lesson.front;
            let is_unit = document.role == Role::Unit;
            let (minutes, routes) = match is_unit {
                true => (0, String::new()),
                false => (
                    document.lesson.minutes(self.settings.edition),
                    self.routes_of_page(id),
                ),
            };
            let mut fields = Fields::new();
            fields
                .set("title", self.said(&front.title))
                .set("summary", self.said(&front.summary))
                .number("depth", (units.len() - usize::from(is_unit)) as u64)
                .flag("unit", is_unit)
                .number("minutes", minutes)
                .text("routes", routes);
            self.add_href(&mut fields, url, Subject::Lesson(id));
            list.push(fields.into());
        }
        list
    }

    /// Returns the heading of a folder's lessons that has no page of its own.
    fn unit_without_page(&self, folder: &str, depth: usize) -> Data<'c> {
        let mut fields = Fields::new();
        fields
            .text("title", title_of(&folder_slug(folder)))
            .text("summary", "")
            .number("depth", depth as u64)
            .flag("unit", true)
            .number("minutes", 0_u64)
            .text("routes", "");
        add_no_href(&mut fields);
        fields.into()
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
            places.push_str("<li>");
            let page = self.page_of(occurrence.document);
            let end = self.open_way(&mut places, url, page, self.curriculum.anchor(occurrence));
            places.push_str(self.names.of(occurrence.document).title());
            places.push_str(end);
            places.push(' ');
            places.push_str(self.shared.badge(occurrence.depth));
            places.push_str("</li>\n");
        }
        fields.html("places", places);
        fields.into()
    }
}
