//! Writes the body of a lesson as an edition has it on a page: leaves out what is for others, and fills the slots.

use pulldown_cmark_escape::escape_html_body_text;

use super::footnotes::{Numbers, push_reference_id};
use super::together::Together;
use super::{Pages, push_text};
use crate::model::audience::{Medium, Showing};
use crate::model::blocks::BlockKind;
use crate::model::body::SlotKind;
use crate::model::curriculum::{Document, DocumentId, Resolved};
use crate::model::lesson::{Block, Link};
use crate::model::registers::SignpostId;
use crate::model::stretches::{Cut, Part, Piece, Stretch, pieces};
use crate::model::words::Word;

/// The body of a document while it is written for one page.
pub(super) struct Writing<'p, 'c> {
    pub pages: &'p Pages<'c>,
    pub id: DocumentId,
    pub document: &'c Document,
    /// The page.
    pub url: &'p str,
    pub html: String,
    /// The documents that stand on the page together, where it shows several.
    pub together: Option<&'p Together>,
    numbers: Numbers,
    readers: Readers<'p>,
    /// What ends the links that are open.
    pub(super) ends: Vec<&'static str>,
    /// Signposts whose cards the page has already.
    shown: Vec<SignpostId>,
}

/// For whom a body is written, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Readers<'t> {
    /// A page for facilitators can hold what learners see.
    pub showing: Showing,
    pub cards: Cards,
    /// The documents that stand on the page together, where it shows several.
    pub together: Option<&'t Together>,
}

/// How the cards of support services stand in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cards {
    /// Each where it is asked for, once in a page.
    InPlace,
    /// By name alone: the page has them all at its end.
    AtTheEnd,
}

impl<'c> Pages<'c> {
    /// Returns a document's body as it stands in the page `url`.
    pub(super) fn body(&self, id: DocumentId, url: &str) -> String {
        self.body_with(id, url, self.readers())
    }

    /// Returns a stretch of a document by itself, by its position among the lesson's.
    pub(super) fn stretch(&self, id: DocumentId, position: u32, url: &str) -> String {
        let mut writing = self.writing(id, url, self.readers());
        writing.push_stretch(position);
        writing.html
    }

    /// Returns a document's body with the cards of support services as a page has them.
    pub(super) fn body_with(&self, id: DocumentId, url: &str, readers: Readers<'_>) -> String {
        let lesson = &self.curriculum.document(id).lesson;
        let body = &lesson.body;
        let room = body.html.len() + body.slots.len() * 40;
        let mut writing = self.writing(id, url, readers);
        writing.html.reserve(room);
        let whole = Piece {
            html: 0..body.html.len() as u32,
            slots: 0..body.slots.len() as u32,
        };
        writing.push(&whole, 0);
        writing.push_footnotes();
        writing.html
    }

    /// Returns what learners will be able to do, as the front matter of a document says it.
    pub(super) fn outcomes(&self, id: DocumentId, url: &str) -> Vec<String> {
        let stretches = &self.curriculum.document(id).lesson.stretches;
        let outcomes = (0..).zip(stretches);
        let outcomes = outcomes.filter(|(_, stretch)| stretch.part == Part::Outcome);
        let mut writing = self.writing(id, url, self.readers());
        let write = |(position, _)| {
            writing.push_stretch(position);
            std::mem::take(&mut writing.html)
        };
        outcomes.map(write).collect()
    }

    fn readers(&self) -> Readers<'static> {
        Readers {
            showing: Showing {
                edition: self.settings.edition,
                medium: Medium::Screen,
            },
            cards: Cards::InPlace,
            together: None,
        }
    }

    fn writing<'p>(
        &'p self,
        id: DocumentId,
        url: &'p str,
        readers: Readers<'p>,
    ) -> Writing<'p, 'c> {
        let document = self.curriculum.document(id);
        Writing {
            pages: self,
            id,
            document,
            url,
            html: String::new(),
            numbers: Numbers::of(&document.lesson, readers.showing),
            together: readers.together,
            readers,
            ends: Vec::new(),
            shown: Vec::new(),
        }
    }
}

impl<'c> Writing<'_, 'c> {
    /// Writes the stretch at a position among the lesson's.
    fn push_stretch(&mut self, position: u32) {
        let Stretch { html, slots, .. } = &self.document.lesson.stretches[position as usize];
        let whole = Piece {
            html: html.clone(),
            slots: slots.clone(),
        };
        self.push(&whole, position + 1);
    }

    /// Writes what the edition shows of a piece, in which stretches stand from `first` on. An option or choice makes room for the one that is dealt its place.
    fn push(&mut self, whole: &Piece, first: u32) {
        let (dealing, showing) = (self.pages.dealing, self.readers.showing);
        let document = self.document;
        let stretches = &document.lesson.stretches[first as usize..];
        let id = self.id;
        let at = move |index: usize| dealing.at(id, first + index as u32);
        let is_cut_out =
            |index: usize, stretch: &Stretch| !stretch.is_in_place(showing) || at(index).is_some();
        for Cut { piece, before } in pieces(whole, stretches, is_cut_out) {
            self.push_piece(&piece);
            let shown = before.filter(|index| stretches[*index].is_in_place(showing));
            if let Some(shown) = shown.and_then(at) {
                self.push_stretch(shown);
            }
        }
    }

    /// Writes a piece as it stands, with its slots filled.
    fn push_piece(&mut self, piece: &Piece) {
        let body = &self.document.lesson.body;
        let Piece { html, slots } = piece;
        let mut from = html.start as usize;
        for slot in &body.slots[slots.start as usize..slots.end as usize] {
            let at = slot.at as usize;
            self.html.push_str(&body.html[from..at]);
            from = at;
            self.fill(slot.what);
        }
        self.html.push_str(&body.html[from..html.end as usize]);
    }

    fn fill(&mut self, what: SlotKind) {
        let shared = self.pages.shared;
        match what {
            SlotKind::Link(index) => self.open_link(self.link(index)),
            SlotKind::LinkEnd => {
                let end = self.ends.pop().expect("a link was opened");
                self.html.push_str(end);
            }
            SlotKind::Image(index) => self.push_image(self.link(index)),
            SlotKind::Figure(index) => self.push_figure(self.link(index)),
            SlotKind::Topic(topic, anchor) => self.push_topic(topic, anchor),
            SlotKind::Signposts(block) => {
                for id in &self.document.lesson.blocks[block as usize].signposts {
                    self.push_card(*id);
                }
            }
            SlotKind::Footnote(reference) => self.push_reference(reference as usize),
            SlotKind::Word(word) => self.html.push_str(shared.words.get(word)),
            SlotKind::Question(question) => self.push_question(question),
            SlotKind::ChooseAll(question) => {
                if self.right(question) > 1 {
                    self.html.push_str("<p class=\"choose-all\">");
                    self.html.push_str(shared.words.get(Word::ChooseAll));
                    self.html.push_str("</p>\n");
                }
            }
            SlotKind::Input(question) => self.html.push_str(match self.right(question) {
                0 | 1 => "radio",
                _ => "checkbox",
            }),
            SlotKind::Minutes(minutes) => self.push_minutes(minutes),
            SlotKind::NextStep(choice) => self.push_next_step(choice),
        }
    }

    /// Writes the card of a support service; its name and number alone where the page has the card elsewhere.
    fn push_card(&mut self, id: SignpostId) {
        let Pages {
            shared, curriculum, ..
        } = self.pages;
        if self.readers.cards == Cards::InPlace && !self.shown.contains(&id) {
            self.shown.push(id);
            self.html.push_str(&shared.cards_in_lessons[id.0 as usize]);
            return;
        }
        let signpost = &curriculum.registers.signposts[id.0 as usize];
        self.html.push_str("<p class=\"card-again\">");
        push_text(&mut self.html, &signpost.name);
        if let Some(address) = &signpost.phone.address {
            self.html.push_str(" <a href=\"");
            push_text(&mut self.html, address.as_str());
            self.html.push_str("\">");
            push_text(&mut self.html, &signpost.phone);
            self.html.push_str("</a>");
        }
        self.html.push_str("</p>\n");
    }

    /// Returns a link or image of the lesson, and where it leads.
    fn link(&self, index: u32) -> (&'c Link, Resolved) {
        let index = index as usize;
        (
            &self.document.lesson.links[index],
            self.document.links[index],
        )
    }

    /// Writes a length of time.
    fn push_minutes(&mut self, minutes: u32) {
        let Pages {
            settings, strings, ..
        } = self.pages;
        let time = settings.language.time(minutes.into(), strings);
        let _ = escape_html_body_text(&mut self.html, &time);
    }

    fn right(&self, question: u32) -> u32 {
        self.document.lesson.blocks[question as usize].right
    }

    /// Writes what the step is called that a choice leads to.
    fn push_next_step(&mut self, choice: u32) {
        let blocks = &self.document.lesson.blocks;
        let next = blocks[choice as usize].next;
        let title = next.map_or("", |step| &blocks[step as usize].title);
        if !title.is_empty() {
            self.html.push_str(": ");
            let _ = escape_html_body_text(&mut self.html, title);
        }
        // On paper the steps are numbered, so that a choice can say where to go on.
        if let Some(step) = next {
            let scenario = blocks[step as usize].inside;
            let is_step =
                |block: &&Block| block.kind == BlockKind::Step && block.inside == scenario;
            let number = blocks[..=step as usize].iter().filter(is_step).count();
            self.html.push_str("<span class=\"go-to\"> → ");
            self.html.push_str(itoa::Buffer::new().format(number));
            self.html.push_str("</span>");
        }
    }

    /// Writes the number of a footnote where it is named.
    fn push_reference(&mut self, reference: usize) {
        let Some((number, time)) = self.numbers.references[reference] else {
            return;
        };
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(number);
        let html = &mut self.html;
        html.push_str("<sup class=\"footnote-ref\" id=\"");
        push_reference_id(html, number, time);
        html.push_str("\"><a href=\"#fn-");
        html.push_str(digits);
        html.push_str("\" aria-label=\"");
        html.push_str(self.pages.shared.words.get(Word::Footnote));
        html.push(' ');
        html.push_str(digits);
        html.push_str("\">");
        html.push_str(digits);
        html.push_str("</a></sup>");
    }

    /// Writes the footnotes in the order in which they are named, with links back to where they are named; those that nobody names come last.
    fn push_footnotes(&mut self) {
        let order = std::mem::take(&mut self.numbers.order);
        if order.is_empty() {
            return;
        }
        let words = &self.pages.shared.words;
        self.html
            .push_str("<section class=\"footnotes\" aria-label=\"");
        self.html.push_str(words.get(Word::Footnotes));
        self.html.push_str("\">\n<ol>\n");
        for note in order {
            let (number, times) = self.numbers.footnotes[note];
            let mut digits = itoa::Buffer::new();
            let digits = digits.format(number);
            self.html.push_str("<li id=\"fn-");
            self.html.push_str(digits);
            self.html.push_str("\">\n");
            self.push_stretch(self.document.lesson.footnotes[note]);
            for time in 1..=times {
                let html = &mut self.html;
                html.push_str("<p class=\"footnote-back\"><a href=\"#");
                push_reference_id(html, number, time);
                html.push_str("\">");
                html.push_str(words.get(Word::BackToText));
                html.push(' ');
                html.push_str(digits);
                // Two links with the same words would lead to two places.
                if time > 1 {
                    let mut time_digits = itoa::Buffer::new();
                    html.push_str(" (");
                    html.push_str(time_digits.format(time));
                    html.push(')');
                }
                html.push_str("</a></p>\n");
            }
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ol>\n</section>\n");
    }
}
