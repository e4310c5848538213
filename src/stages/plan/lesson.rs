//! The page of a lesson or unit.

use std::borrow::Cow;
use std::sync::Arc;

use super::ways::TOP;
use super::{Pages, push_text, push_words};
use crate::model::address::{Address, Contact};
use crate::model::blocks::BlockKind;
use crate::model::config::Edition;
use crate::model::curriculum::{Anchor, Document, DocumentId, ModuleId, Role};
use crate::model::lesson::{AsOf, FrontMatter, Lesson};
use crate::model::page::{Data, Fields, Page};
use crate::model::passage::Passage;
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
        self.add_about(&mut fields, Some(&lesson.front));
        fields.number("words", lesson.words(self.settings.edition));
        // A unit takes no time of its own.
        let minutes = match document.role {
            Role::Lesson => lesson.minutes(self.settings.edition),
            _ => 0,
        };
        fields.number("minutes", minutes);
        self.add_way(&mut fields, url, id);
        self.add_next_lesson(&mut fields, id);
        self.add_routes(&mut fields);
        fields.text("own_routes", self.routes_of_page(id));
        self.add_route_ways(&mut fields, url, Some(id));
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
        let note = &lesson.front.content_note;
        let (support, emergency) = match note.is_empty() {
            true => Default::default(),
            false => (self.support(lesson), self.emergency()),
        };
        fields
            .set("content_note", self.said(note))
            .list("support", support)
            .list("emergency", emergency);
        fields.flag("facilitator", self.settings.edition == Edition::Facilitator);
        Page {
            url: Arc::clone(url),
            template: "lesson.html",
            fields,
        }
    }

    /// Adds what a page says about itself; a module may have no page that does.
    pub(super) fn add_about(&self, fields: &mut Fields<'c>, front: Option<&'c FrontMatter>) {
        let said = |passage: Option<&'c Passage>| passage.map_or("".into(), |it| self.said(it));
        let title = front.map(|front| &front.title);
        let facts = front.map(|front| self.facts_as_of(front));
        let sources = front.map_or(&[][..], |front| &front.sources);
        let sources = sources.iter().map(|source| self.source(source));
        fields
            // The title as HTML, where it says more than the plain one.
            .set(
                "heading",
                said(title.filter(|title| !title.languages().is_empty())),
            )
            .set("summary", said(front.map(|front| &front.summary)))
            .text("facts_as_of", facts.unwrap_or_default())
            .list("sources", sources.collect());
        self.add_keeper(fields, front);
    }

    /// Adds who keeps a page, and when it was last reviewed.
    pub(super) fn add_keeper(&self, fields: &mut Fields<'c>, front: Option<&'c FrontMatter>) {
        let reviewed = front.and_then(|front| front.last_reviewed_on);
        let reviewed = reviewed.map(|date| self.long_date(date));
        fields
            .text("owner", front.map_or("", |front| front.owner.as_str()))
            .text("last_reviewed_on", reviewed.unwrap_or_default());
    }

    /// Returns the time of which the facts of a page are, as people write it; nothing where it does not say.
    pub(super) fn facts_as_of(&self, front: &'c FrontMatter) -> Cow<'c, str> {
        match &front.facts_as_of {
            Some(AsOf::Day(day)) => self.long_date(*day).into(),
            Some(AsOf::Words(words)) => words.into(),
            None => "".into(),
        }
    }

    /// Returns a source: its words, and where it leads.
    fn source(&self, source: &'c Contact) -> Data<'c> {
        let mut fields = Fields::new();
        fields
            .set("text", self.said(&source.words))
            .maybe_address("href", source.address.as_ref());
        fields.into()
    }

    /// Adds where "exit this page" leads on the pages of a module: to the module's own place, or the site's.
    pub(super) fn add_exit(&self, fields: &mut Fields<'c>, module: Option<ModuleId>) {
        let exit = module.and_then(|id| {
            let front = self.front_of(self.curriculum.module(id));
            let own = front.and_then(|front| front.exit.as_ref());
            own.or(self.settings.site.exit.as_ref())
        });
        fields.maybe_address("exit", exit);
    }

    /// Adds where learners send notes and questions about a lesson, with its title, its path and its version.
    fn add_feedback(&self, fields: &mut Fields<'c>, id: DocumentId) {
        let to = self.settings.site.feedback.as_ref();
        fields.made_address("feedback", to.map(|to| self.asking(to, id)));
    }

    /// Returns the address of a letter or a form about a lesson.
    fn asking(&self, to: &Address, id: DocumentId) -> Address {
        let document = self.curriculum.document(id);
        let title = self.title(document);
        let digest = blake3::hash(document.lesson.body.html.as_bytes()).to_hex();
        let version = &digest[..8];
        if to.as_str().starts_with("mailto:") {
            let body = format!("{}\n{version}\n\n", document.url);
            return to.asking(&[("subject", title), ("body", &body)]);
        }
        to.asking(&[
            ("page", &document.url),
            ("title", title),
            ("version", version),
        ])
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
        let mut link = Fields::new();
        if let Some((_, next)) = next.filter(|(id, _)| self.holds(*id)) {
            link.text("title", self.title(next))
                .text("path", &*next.url);
        }
        fields.fields("next_lesson", link);
    }

    /// Adds where the page stands: breadcrumbs, module, neighbours.
    fn add_way(&self, fields: &mut Fields<'c>, url: &str, id: DocumentId) {
        let document = self.curriculum.document(id);
        let mut crumbs = vec![self.home_crumb(url)];
        let mut around = Fields::new();
        let mut place = Fields::new();
        self.add_exit(fields, document.module);
        if let Some(module_id) = document.module {
            let (page, print) = (Subject::Module(module_id), Subject::Print(module_id));
            let module = self.curriculum.module(module_id);
            crumbs.push(self.link(url, page, &module.title).into());
            self.add_units(&mut crumbs, url, id);
            around
                .text("title", module.title.as_str())
                .number("number", module.number);
            self.add_href(&mut around, url, page);
            let print = self.settings.print.then(|| self.inside_link(url, print));
            around.made_address("print", print);
            let order = self.names.order();
            let lessons = order.lessons(module_id);
            place
                .number("lesson", order.place(id) as u64 + 1)
                .number("of", lessons.len() as u64);
            fields.html("siblings", self.siblings(url, id, lessons));
        } else {
            around
                .text("title", self.settings.title.as_str())
                .number("number", 0_u64)
                .text("print", "");
            self.add_href(&mut around, url, Subject::Home);
            place.number("lesson", 1_u64).number("of", 1_u64);
            fields.html("siblings", "");
        }
        fields.fields("position", place);
        fields.list("breadcrumbs", crumbs);
        fields.fields("module", around);
        self.add_neighbours(fields, url, Some(id));
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

    /// Adds the previous and the next page in reading order: none where a module has no page of its own there.
    pub(super) fn add_neighbours(
        &self,
        fields: &mut Fields<'c>,
        url: &str,
        id: Option<DocumentId>,
    ) {
        let previous = id.and_then(|id| id.0.checked_sub(1));
        let next = id.map(|id| id.0 + 1);
        let next = next.filter(|next| (*next as usize) < self.curriculum.documents.len());
        for (key, neighbour) in [("previous", previous), ("next", next)] {
            let neighbour = neighbour.map(DocumentId).filter(|id| self.holds(*id));
            let neighbour = neighbour.filter(|id| self.curriculum.document(*id).role != Role::Home);
            let link = id
                .zip(neighbour)
                .map(|(id, neighbour)| self.neighbour(url, id, neighbour));
            fields.fields(key, link.unwrap_or_default());
        }
    }

    /// Returns a link to the page before or behind another, with its module where that is another one.
    fn neighbour(&self, url: &str, id: DocumentId, neighbour: DocumentId) -> Fields<'c> {
        let other = self.curriculum.document(neighbour);
        let elsewhere = other.module.filter(|module| {
            Some(*module) != self.curriculum.document(id).module && other.role != Role::Module
        });
        let module = elsewhere.map_or("", |module| self.curriculum.module(module).title.as_str());
        let mut link = self.document_link(url, neighbour);
        link.text("module", module);
        link
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
            html.push_str("<li>");
            let anchor = Anchor::Id(document.lesson.section_anchor(link.section));
            let end = self.open_way(&mut html, url, self.page_of(backlink.from), anchor);
            html.push_str(self.names.of(backlink.from).title());
            html.push_str(end);
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
