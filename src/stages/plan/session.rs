//! The run sheet of a module, for facilitators: what happens when, what to prepare, and what to do if somebody discloses something.

use std::sync::Arc;

use super::Pages;
use super::rests::{Rest, rests};
use super::ways::add_no_href;
use crate::model::blocks::BlockKind;
use crate::model::curriculum::{DocumentId, ModuleId};
use crate::model::lesson::{Block, Lesson};
use crate::model::page::{Data, Fields, Page};
use crate::model::site::Subject;

/// What a row of a run sheet is about.
enum Part<'c> {
    /// A lesson begins, with so many questions and notes.
    Lesson(Vec<Data<'c>>),
    /// What is read and talked through.
    Talk,
    /// What learners do.
    Block(&'c Block),
    /// Nobody works.
    Rest(Rest),
}

/// A run sheet while it is being written.
#[derive(Default)]
struct Sheet<'c> {
    rows: Vec<Data<'c>>,
    /// What is needed, with the lessons that need it.
    materials: Vec<Data<'c>>,
    /// Minutes since the start, rests included.
    at: u32,
    /// Minutes of work.
    work: u32,
}

impl<'c> Pages<'c> {
    /// Makes the run sheet of a module.
    pub(super) fn session(&self, url: &Arc<str>, id: ModuleId) -> Page<'c> {
        let module = self.curriculum.module(id);
        let mut fields = self.common(url, "session", &module.title, "");
        self.add_module(&mut fields, url, id);
        let mut sheet = Sheet::default();
        let mut careful: Vec<Data<'c>> = Vec::new();
        let sessions = &self.settings.sessions;
        let lessons = self.curriculum.lessons_of(module);
        let lengths: Vec<u32> = lessons.map(|id| self.length(id)).collect();
        let rests = rests(&lengths, sessions);
        for (id, rest) in self.curriculum.lessons_of(module).zip(&rests) {
            if let Some(rest) = rest {
                sheet.rest(*rest, rest.minutes(sessions));
            }
            self.add_lesson(&mut sheet, url, id);
            let note = &self.curriculum.document(id).lesson.front.content_note;
            if !note.is_empty() {
                let mut lesson = self.document_link(url, id);
                lesson.set("note", self.said(note));
                careful.push(lesson.into());
            }
        }
        fields
            .number("work", sheet.work)
            .text("end", clock(sheet.at))
            .flag("rests", rests.iter().any(Option::is_some))
            .number("break_minutes", Rest::Break.minutes(sessions))
            .number("lunch_minutes", Rest::Lunch.minutes(sessions))
            .text("begins_at", time_of_day(sessions.start))
            .text(
                "lunch_at",
                sessions.lunch.map_or_else(String::new, time_of_day),
            )
            .list("rows", sheet.rows)
            .list("materials", sheet.materials)
            .list("careful", careful)
            .list("emergency", self.emergency());
        Page {
            url: Arc::clone(url),
            template: "session.html",
            fields,
        }
    }

    /// Adds a lesson: a row for itself, one for what is read and talked through, and one for each thing that learners do.
    fn add_lesson(&self, sheet: &mut Sheet<'c>, url: &str, id: DocumentId) {
        let lesson = &self.curriculum.document(id).lesson;
        let length = self.length(id);
        let places = self.questions_and_notes(url, id);
        sheet.put(self.document_link(url, id), Part::Lesson(places), length);
        let talk = length.saturating_sub(doing(lesson));
        if talk > 0 {
            let mut row = Fields::new();
            row.text("title", self.strings.get("session_talk"));
            add_no_href(&mut row);
            sheet.work(row, Part::Talk, talk);
        }
        for block in parts(lesson) {
            let mut row = Fields::new();
            row.text("title", self.block_title(block));
            self.add_href_at(&mut row, url, Subject::Lesson(id), &block.id);
            if !block.materials.is_empty() {
                let mut item = self.document_link(url, id);
                item.text("note", &*block.materials);
                sheet.materials.push(item.into());
            }
            sheet.work(row, Part::Block(block), block.minutes.unwrap_or(0));
        }
    }

    /// Returns how long a lesson takes: its own minutes, or those of what learners do where these are more.
    fn length(&self, id: DocumentId) -> u32 {
        let lesson = &self.curriculum.document(id).lesson;
        lesson.minutes(self.settings.edition).max(doing(lesson))
    }

    /// Returns what a block is called in a list: its kind and its title.
    fn block_title(&self, block: &Block) -> String {
        let kind = self.strings.get(block.kind.name());
        match &*block.title {
            "" => kind.to_owned(),
            title => format!("{kind}: {title}"),
        }
    }

    /// Lists what else one needs of a lesson: its questions, as a number, and its facilitator notes.
    fn questions_and_notes(&self, url: &str, id: DocumentId) -> Vec<Data<'c>> {
        let blocks = &self.curriculum.document(id).lesson.blocks;
        let of_kind = |kind| blocks.iter().filter(move |block| block.kind == kind);
        let mut places = Vec::new();
        let mut add = |title: &str, block: &'c Block| {
            let mut place = Fields::new();
            place.text("title", title.to_owned());
            self.add_href_at(&mut place, url, Subject::Lesson(id), &block.id);
            places.push(place.into());
        };
        if let Some(first) = of_kind(BlockKind::Question).next() {
            let count = of_kind(BlockKind::Question).count();
            let language = &self.settings.language;
            let word = language.counted(count as u64, "plan_questions", self.strings);
            add(&format!("{count} {word}"), first);
        }
        for block in of_kind(BlockKind::Facilitator) {
            let title = match &*block.title {
                "" => self.strings.get("facilitator"),
                title => title,
            };
            add(title, block);
        }
        places
    }

    /// Adds the module that a page is about, and the way to it.
    pub(super) fn add_module(&self, fields: &mut Fields<'c>, url: &str, id: ModuleId) {
        let module = self.curriculum.module(id);
        let link = || self.link(url, Subject::Module(id), &module.title);
        let mut about = link();
        about.number("number", module.number);
        fields.fields("module", about);
        fields.list("breadcrumbs", vec![self.home_crumb(url), link().into()]);
        self.add_exit(fields, Some(id));
    }
}

impl<'c> Sheet<'c> {
    /// Adds what takes so many minutes; with none it has no time of its own.
    fn work(&mut self, row: Fields<'c>, part: Part<'c>, minutes: u32) {
        self.put(row, part, minutes);
        self.at = self.at.saturating_add(minutes);
        self.work = self.work.saturating_add(minutes);
    }

    /// Adds a rest of so many minutes.
    fn rest(&mut self, rest: Rest, minutes: u32) {
        let mut row = Fields::new();
        row.text("title", "");
        add_no_href(&mut row);
        self.put(row, Part::Rest(rest), minutes);
        self.at = self.at.saturating_add(minutes);
    }

    /// Adds a row that begins now; `row` holds its title, and where that leads.
    fn put(&mut self, mut row: Fields<'c>, part: Part<'c>, minutes: u32) {
        let (group, materials) = match &part {
            Part::Block(block) => (&*block.group, &*block.materials),
            _ => ("", ""),
        };
        row.flag("lesson", matches!(part, Part::Lesson(_)))
            .flag("rest", matches!(part, Part::Rest(_)))
            .flag("lunch", matches!(part, Part::Rest(Rest::Lunch)))
            .number("minutes", minutes)
            .text("clock", clock(self.at))
            .text("group", group)
            .text("materials", materials);
        let places = match part {
            Part::Lesson(places) => places,
            _ => Vec::new(),
        };
        row.list("places", places);
        self.rows.push(row.into());
    }
}

/// Returns whether a block is something that learners do.
fn is_part(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Activity | BlockKind::Discussion | BlockKind::Scenario
    )
}

/// Returns what learners do in a lesson, in order; what stands in another part is done in its time.
fn parts(lesson: &Lesson) -> impl Iterator<Item = &Block> {
    let blocks = &lesson.blocks;
    blocks.iter().filter(|block| {
        is_part(block)
            && block
                .inside
                .is_none_or(|around| !is_part(&blocks[around as usize]))
    })
}

/// Returns how long learners do things in a lesson.
fn doing(lesson: &Lesson) -> u32 {
    parts(lesson)
        .filter_map(|block| block.minutes)
        .fold(0, u32::saturating_add)
}

/// Returns a time of day, as fields for times take it.
fn time_of_day(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Returns a time since the start, as hours and minutes.
fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
