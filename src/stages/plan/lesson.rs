//! The page of a lesson or unit.

use std::borrow::Cow;
use std::sync::Arc;

use super::ways::TOP;
use super::{Pages, push_text, push_words};
use crate::model::address::Contact;
use crate::model::blocks::BlockKind;
use crate::model::config::Edition;
use crate::model::curriculum::{Anchor, Document, DocumentId, Role};
use crate::model::lesson::{AsOf, FrontMatter, Lesson};
use crate::model::page::{Data, Fields, Page};
use crate::model::path::push_url;
use crate::model::site::Subject;

/// In larger modules a lesson's page lists only the lessons around it.
const SIBLINGS_SHOWN: usize = 15;

impl<'c> Pages<'c> {
    /// Makes the page of a lesson.
    pub(super) fn lesson(&self, url: &Arc<str>, id: DocumentId) -> Page<'c> {
        let document = self.curriculum.document(id);
        let lesson = &document.lesson;
        let mut fields = self.common(url, "lesson", &lesson.front.title, &lesson.front.summary);
        fields.html("body", self.body(id, url));
        self.add_about(&mut fields, lesson);
        if document.role == Role::Lesson {
            fields.number("minutes", lesson.minutes(self.settings.edition));
        }
        self.add_way(&mut fields, url, id);
        self.add_next_lesson(&mut fields, id);
        self.add_routes(&mut fields);
        fields.text("own_routes", self.routes_of_page(id));
        self.add_route_ways(&mut fields, url, id);
        self.add_aliases(&mut fields, id);
        self.add_feedback(&mut fields, id);
        fields.html("contents", contents(lesson, self.settings.edition));
        fields.list(
            "prerequisites",
            document
                .prerequisites
                .iter()
                .map(|id| self.document_link(url, *id).into())
                .collect(),
        );
        fields
            .html("topics", self.strands(url, id))
            .html("backlinks", self.backlinks(url, id));
        if !lesson.front.content_note.is_empty() {
            fields.set("content_note", self.said(&lesson.front.content_note));
            fields.list("support", self.support(lesson));
            fields.list("emergency", self.emergency());
        }
        fields.flag("facilitator", self.settings.edition == Edition::Facilitator);
        Page {
            url: Arc::clone(url),
            template: "lesson.html",
            fields,
        }
    }

    /// Adds what a page says about itself.
    pub(super) fn add_about(&self, fields: &mut Fields<'c>, lesson: &'c Lesson) {
        let front = &lesson.front;
        if !front.title.languages().is_empty() {
            fields.set("heading", self.said(&front.title));
        }
        fields
            .set("summary", self.said(&front.summary))
            .text("owner", front.owner.as_str())
            .number("words", lesson.words(self.settings.edition));
        if let Some(facts) = &front.facts_as_of {
            fields.text("facts_as_of", self.when(facts));
        }
        if let Some(date) = front.last_reviewed_on {
            fields.text("last_reviewed_on", self.long_date(date));
        }
        fields.list(
            "sources",
            front
                .sources
                .iter()
                .map(|source| self.source(source))
                .collect(),
        );
    }

    /// Returns a source: its words, and where it leads.
    fn source(&self, source: &'c Contact) -> Data<'c> {
        let mut fields = Fields::new();
        fields
            .set("text", self.said(&source.words))
            .maybe_address("href", source.address.as_ref());
        fields.into()
    }

    /// Adds where "exit this page" leads: the module's own place, or the site's.
    pub(super) fn add_exit(&self, fields: &mut Fields<'c>, front: &'c FrontMatter) {
        let exit = front.exit.as_ref();
        fields.maybe_address("exit", exit.or(self.settings.site.exit.as_ref()));
    }

    /// Adds where learners send notes and questions about a lesson, with its title, its path and its version.
    fn add_feedback(&self, fields: &mut Fields<'c>, id: DocumentId) {
        let Some(to) = &self.settings.site.feedback else {
            return;
        };
        let document = self.curriculum.document(id);
        let title = self.title(document);
        let digest = blake3::hash(document.lesson.body.html.as_bytes()).to_hex();
        let version = &digest[..8];
        let address = if to.as_str().starts_with("mailto:") {
            let body = format!("{}\n{version}\n\n", document.url);
            to.asking(&[("subject", title), ("body", &body)])
        } else {
            to.asking(&[
                ("page", &document.url),
                ("title", title),
                ("version", version),
            ])
        };
        fields.address("feedback", address);
    }

    /// Adds the addresses that the page had: what is kept of a learner's way goes by them.
    fn add_aliases(&self, fields: &mut Fields<'c>, id: DocumentId) {
        let aliases = self.curriculum.document(id).aliases.iter();
        let paths: Vec<&str> = aliases.map(|alias| &*alias.url).collect();
        fields.text("aliases", paths.join("|"));
    }

    /// Adds the next lesson in reading order, for what is kept of a learner's way.
    fn add_next_lesson(&self, fields: &mut Fields<'c>, id: DocumentId) {
        let after = (id.0 + 1..self.curriculum.documents.len() as u32).map(DocumentId);
        let mut after = after.map(|id| (id, self.curriculum.document(id)));
        let next = after.find(|(_, document)| document.role == Role::Lesson);
        let Some((_, next)) = next.filter(|(id, _)| self.holds(*id)) else {
            return;
        };
        let mut link = Fields::new();
        link.text("title", self.title(next))
            .text("path", &*next.url);
        fields.fields("next_lesson", link);
    }

    /// Returns a time as people write it.
    pub(super) fn when(&self, time: &'c AsOf) -> Cow<'c, str> {
        match time {
            AsOf::Day(day) => self.long_date(*day).into(),
            AsOf::Words(words) => words.into(),
        }
    }

    /// Adds where the page stands: breadcrumbs, module, neighbours.
    fn add_way(&self, fields: &mut Fields<'c>, url: &str, id: DocumentId) {
        let document = self.curriculum.document(id);
        let mut crumbs = vec![self.home_crumb(url)];
        let mut around = Fields::new();
        if let Some(module_id) = document.module {
            let (page, print) = (Subject::Module(module_id), Subject::Print(module_id));
            let module = self.curriculum.module(module_id);
            crumbs.push(self.link(url, page, &module.title).into());
            self.add_units(&mut crumbs, url, id);
            around
                .text("title", module.title.as_str())
                .number("number", module.number);
            self.add_href(&mut around, url, page);
            if self.settings.print {
                around.address("print", self.inside_link(url, print));
            }
            if let Some(index) = module.index {
                let front = &self.curriculum.document(index).lesson.front;
                self.add_exit(fields, front);
            }
            let order = self.names.order();
            let lessons = order.lessons(module_id);
            let mut place = Fields::new();
            place
                .number("lesson", order.place(id) as u64 + 1)
                .number("of", lessons.len() as u64);
            fields.fields("position", place);
            fields.html("siblings", self.siblings(url, id, lessons));
        } else {
            around
                .text("title", self.settings.title.as_str())
                .number("number", 0_u64);
            self.add_href(&mut around, url, Subject::Home);
            let mut place = Fields::new();
            place.number("lesson", 1_u64).number("of", 1_u64);
            fields.fields("position", place);
        }
        fields.list("breadcrumbs", crumbs);
        fields.fields("module", around);
        self.add_neighbours(fields, url, id);
    }

    /// Adds the pages of the units around a document, which may be the page of one itself.
    fn add_units(&self, crumbs: &mut Vec<Data<'c>>, url: &str, id: DocumentId) {
        let folder = self.curriculum.document(id).lesson.path.folder();
        let units = self.names.order().units(folder);
        for unit in units.filter(|unit| *unit != id) {
            let title = &self.curriculum.document(unit).lesson.front.title;
            crumbs.push(self.link(url, Subject::Lesson(unit), title).into());
        }
    }

    /// Writes links to the lessons around one, as items of a list.
    fn siblings(&self, url: &str, id: DocumentId, lessons: &[DocumentId]) -> String {
        let position = self.names.order().place(id);
        let first = if lessons.len() <= SIBLINGS_SHOWN {
            0
        } else {
            position
                .saturating_sub(SIBLINGS_SHOWN / 2)
                .min(lessons.len() - SIBLINGS_SHOWN)
        };
        let mut html = String::with_capacity(SIBLINGS_SHOWN * 80);
        for sibling in lessons.iter().skip(first).take(SIBLINGS_SHOWN) {
            html.push_str("<li><a");
            self.push_way(&mut html, url, Subject::Lesson(*sibling), TOP);
            html.push_str(if *sibling == id {
                " aria-current=\"page\">"
            } else {
                ">"
            });
            html.push_str(self.names.of(*sibling).title());
            html.push_str("</a></li>\n");
        }
        html
    }

    /// Adds the previous and the next page in reading order.
    pub(super) fn add_neighbours(&self, fields: &mut Fields<'c>, url: &str, id: DocumentId) {
        let previous = id.0.checked_sub(1);
        let next = Some(id.0 + 1).filter(|next| (*next as usize) < self.curriculum.documents.len());
        for (key, neighbour) in [("previous", previous), ("next", next)] {
            let Some(neighbour) = neighbour.map(DocumentId).filter(|id| self.holds(*id)) else {
                continue;
            };
            let other = self.curriculum.document(neighbour);
            if other.role == Role::Home {
                continue;
            }
            let mut link = self.document_link(url, neighbour);
            if let Some(module) = other.module
                && Some(module) != self.curriculum.document(id).module
                && other.role != Role::Module
            {
                link.text("module", self.curriculum.module(module).title.as_str());
            }
            fields.fields(key, link);
        }
    }

    /// Returns a document's title.
    pub(super) fn title(&self, document: &'c Document) -> &'c str {
        super::title(self.curriculum, self.settings, document)
    }

    /// Returns a link to a document, with its title.
    pub(super) fn document_link(&self, url: &str, id: DocumentId) -> Fields<'c> {
        let title = self.title(self.curriculum.document(id));
        self.link(url, self.page_of(id), title)
    }

    /// Writes the places that link to a document, each with its sentence, as items of a list.
    fn backlinks(&self, url: &str, id: DocumentId) -> String {
        let backlinks = &self.curriculum.backlinks[id.0 as usize];
        let mut html = String::with_capacity(backlinks.len() * 256);
        for backlink in backlinks {
            let document = self.curriculum.document(backlink.from);
            let link = &document.lesson.links[backlink.link as usize];
            html.push_str("<li><a");
            let anchor = document.lesson.section_anchor(link.section);
            self.push_way(
                &mut html,
                url,
                self.page_of(backlink.from),
                Anchor::Id(anchor),
            );
            html.push('>');
            html.push_str(self.names.of(backlink.from).title());
            html.push_str("</a>");
            if let Some(module) = document.module {
                html.push_str(" <span class=\"quiet\">");
                push_text(&mut html, &self.curriculum.module(module).title);
                html.push_str("</span>");
            }
            let sentence = document.lesson.sentence(link.text_start, link.text_end);
            if !sentence.is_empty() {
                html.push_str("<p>");
                push_words(&mut html, &document.lesson, &document.lesson.text[sentence]);
                html.push_str("</p>");
            }
            html.push_str("</li>\n");
        }
        html
    }

    /// Returns the lines to ring in danger: the register's urgent services that cover every nation and have a number.
    pub(super) fn emergency(&self) -> Vec<Data<'c>> {
        let signposts = &self.curriculum.registers.signposts;
        let nations = signposts
            .iter()
            .map(|signpost| signpost.nations.len())
            .max()
            .unwrap_or(0);
        signposts
            .iter()
            .filter(|signpost| signpost.urgent && signpost.nations.len() == nations)
            .filter_map(|signpost| {
                let address = signpost.phone.address.as_ref()?;
                let mut fields = Fields::new();
                fields
                    .text("name", signpost.name.as_str())
                    .text("phone", &*signpost.phone)
                    .maybe_address("phone_href", Some(address));
                Some(fields.into())
            })
            .collect()
    }

    /// Returns cards for the end of a lesson about something distressing that shows none itself.
    fn support(&self, lesson: &Lesson) -> Vec<Data<'c>> {
        if lesson.blocks.iter().any(|block| {
            block.kind == BlockKind::Signposts && block.audience.is_in(self.settings.edition)
        }) {
            return Vec::new();
        }
        self.curriculum
            .registers
            .signposts
            .iter()
            .zip(&self.shared.cards_in_lessons)
            .filter(|(signpost, _)| signpost.urgent)
            .map(|(_, card)| Data::Html(Cow::Borrowed(card)))
            .collect()
    }
}

/// Writes links to the sections of a lesson, as items of a list.
fn contents(lesson: &Lesson, edition: Edition) -> String {
    let mut html = String::with_capacity(lesson.headings.len() * 80);
    for heading in lesson
        .headings
        .iter()
        .filter(|heading| matches!(heading.level, 2 | 3) && !heading.title.is_empty())
        .filter(|heading| heading.audience.is_in(edition))
    {
        html.push_str(if heading.level == 2 {
            "<li class=\"level-2\"><a href=\"#"
        } else {
            "<li class=\"level-3\"><a href=\"#"
        });
        push_url(&mut html, &heading.id);
        html.push_str("\">");
        let own = heading.text_start as usize..heading.text_end as usize;
        push_words(&mut html, lesson, lesson.text[own].trim());
        html.push_str("</a></li>\n");
    }
    html
}
