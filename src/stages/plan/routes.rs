//! What pages say of paths, where there are several: which of them take a page, and where each goes on.
//!
//! Without scripts a path is a list on the start page. With them a learner chooses one there, and pages follow: they name the paths by their ids, and know nothing of
//! who has chosen what.

use super::Pages;
use super::ways::add_no_href;
use crate::model::curriculum::{DocumentId, Extent, ModuleId, Role, TakenModule, TakenPath};
use crate::model::page::{Data, Fields};
use crate::model::registers::LearningPath;
use crate::model::site::Subject;

impl<'c> Pages<'c> {
    /// Returns the paths to choose from: none where everybody takes the same, or where the scope does not hold all that they take.
    fn routes(&self) -> impl Iterator<Item = (&'c LearningPath, &'c TakenPath)> {
        let paths = &self.curriculum.registers.paths;
        let offered = if paths.len() > 1 && self.scope.holds_everything() {
            paths.len()
        } else {
            0
        };
        paths.iter().zip(&self.curriculum.paths).take(offered)
    }

    /// Returns the ids of the paths that take something, with spaces between them.
    fn routes_that(&self, take: impl Fn(&TakenPath) -> bool) -> String {
        let taking = self.routes().filter(|(_, taken)| take(taken));
        let ids: Vec<&str> = taking.map(|(path, _)| path.id.as_str()).collect();
        ids.join(" ")
    }

    /// Adds the ids of all paths, which a script needs to know whether what was chosen is still one of them.
    pub(super) fn add_routes(&self, fields: &mut Fields<'c>) {
        fields.text("routes", self.routes_that(|_| true));
    }

    /// Returns the ids of the paths that take a module.
    pub(super) fn routes_of_module(&self, id: ModuleId) -> String {
        self.routes_that(|path| path.extent(id).is_some())
    }

    /// Returns the ids of the paths that take a page.
    pub(super) fn routes_of_page(&self, id: DocumentId) -> String {
        self.routes_that(|path| path.takes(id))
    }

    /// Returns every path with what it takes, for the start page.
    pub(super) fn route_lists(&self, url: &str) -> Vec<Data<'c>> {
        let routes = self.routes();
        let list = routes.map(|(path, taken)| {
            let mut fields = Fields::new();
            fields
                .text("id", path.id.as_str())
                .text("name", path.name.as_str())
                .set("for", self.said(&path.serves));
            let lessons: Vec<DocumentId> = self.curriculum.lessons_on(taken).collect();
            self.add_size(&mut fields, &lessons);
            let modules = taken.modules.iter();
            fields.list(
                "modules",
                modules
                    .map(|module| self.route_module(url, taken, *module))
                    .collect(),
            );
            fields.into()
        });
        list.collect()
    }

    fn route_module(&self, url: &str, path: &TakenPath, taken: TakenModule) -> Data<'c> {
        let module = self.curriculum.module(taken.module);
        let mut fields = self.link(url, Subject::Module(taken.module), &module.title);
        fields.number("number", module.number);
        let lessons: Vec<DocumentId> = self
            .curriculum
            .lessons_of(module)
            .filter(|id| path.takes(*id))
            .collect();
        self.add_size(&mut fields, &lessons);
        let parts = match taken.extent {
            Extent::Part => &*lessons,
            _ => &[],
        };
        let links = parts.iter().map(|id| self.document_link(url, *id).into());
        fields.list("parts", links.collect());
        fields.into()
    }

    /// Adds how many lessons there are, and how long they take.
    fn add_size(&self, fields: &mut Fields<'c>, lessons: &[DocumentId]) {
        let minutes = lessons.iter().map(|id| {
            let lesson = &self.curriculum.document(*id).lesson;
            lesson.minutes(self.settings.edition)
        });
        fields
            .number("lessons", lessons.len() as u64)
            .number("minutes", minutes.fold(0, u32::saturating_add));
    }

    /// Returns the paths that take only a part of a module, each with its name.
    pub(super) fn partial_routes(&self, id: ModuleId) -> Vec<Data<'c>> {
        let partial = self
            .routes()
            .filter(|(_, taken)| taken.extent(id) == Some(Extent::Part));
        let named = partial.map(|(path, _)| {
            let mut fields = Fields::new();
            fields
                .text("id", path.id.as_str())
                .text("name", path.name.as_str());
            fields.into()
        });
        named.collect()
    }

    /// Adds where paths go on behind a page, as far as that is not where the reading order does.
    pub(super) fn add_route_ways(
        &self,
        fields: &mut Fields<'c>,
        url: &str,
        id: Option<DocumentId>,
    ) {
        let is_needed = self.routes().next().is_some();
        let ways = id.filter(|_| is_needed).map(|id| self.route_ways(url, id));
        fields.list("route_ways", ways.unwrap_or_default());
    }

    fn route_ways(&self, url: &str, id: DocumentId) -> Vec<Data<'c>> {
        let all = self.curriculum.documents.len() as u32;
        let usual = self.way_on((id.0 + 1..all).map(DocumentId));
        let mut ways: Vec<(WayOn, Vec<&str>)> = Vec::new();
        for (path, taken) in self.routes() {
            let behind = taken.documents.partition_point(|document| *document <= id);
            let way = self.way_on(taken.documents[behind..].iter().copied());
            if way == usual {
                continue;
            }
            match ways.iter_mut().find(|(known, _)| *known == way) {
                Some((_, ids)) => ids.push(&path.id),
                None => ways.push((way, vec![&path.id])),
            }
        }
        let ways = ways.into_iter().map(|(way, ids)| {
            let mut link = match way.page {
                Some(page) => self.document_link(url, page),
                None => nowhere(),
            };
            let lesson = way.lesson.map(|lesson| self.curriculum.document(lesson));
            link.text("routes", ids.join(" "))
                .text("lesson_path", lesson.map_or("", |lesson| &lesson.url))
                .text(
                    "lesson_title",
                    lesson.map_or("", |lesson| self.title(lesson)),
                );
            link.into()
        });
        ways.collect()
    }

    fn way_on(&self, mut ahead: impl Iterator<Item = DocumentId>) -> WayOn {
        let page = ahead.next();
        let mut lessons = page.into_iter().chain(ahead);
        WayOn {
            page,
            lesson: lessons.find(|id| self.curriculum.document(*id).role == Role::Lesson),
        }
    }
}

/// Returns a link where there is nowhere to go.
fn nowhere<'c>() -> Fields<'c> {
    let mut link = Fields::new();
    link.text("title", "");
    add_no_href(&mut link);
    link
}

/// Where somebody goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct WayOn {
    /// To which page.
    page: Option<DocumentId>,
    /// Which is the next lesson.
    lesson: Option<DocumentId>,
}
