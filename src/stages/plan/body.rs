//! Writes the body of a lesson as an edition has it on a page: leaves out what is for others, and fills the slots.

use pulldown_cmark_escape::escape_html_body_text;

use super::Pages;
use super::footnotes::{Numbers, push_reference_id};
use super::together::Together;
use crate::model::audience::{Medium, Showing};
use crate::model::body::SlotKind;
use crate::model::curriculum::{Document, DocumentId, Resolved};
use crate::model::lesson::Link;
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
    showing: Showing,
    /// The documents that stand on the page together, where it shows several.
    pub together: Option<&'p Together>,
    numbers: Numbers,
}

impl<'c> Pages<'c> {
    /// Returns a document's body as it stands in the page `url`.
    pub(super) fn body(&self, id: DocumentId, url: &str) -> String {
        self.body_on(Medium::Screen, None, (id, url))
    }

    /// Returns a document's body as it stands in the page `url`, which is printed with the others of its module.
    pub(super) fn printed_body(&self, id: DocumentId, url: &str, together: &Together) -> String {
        self.body_on(Medium::Paper, Some(together), (id, url))
    }

    fn body_on(
        &self,
        medium: Medium,
        together: Option<&Together>,
        (id, url): (DocumentId, &str),
    ) -> String {
        let lesson = &self.curriculum.document(id).lesson;
        let body = &lesson.body;
        let room = body.html.len() + body.slots.len() * 40;
        let mut writing = self.writing(medium, id, url);
        writing.together = together;
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
        let mut writing = self.writing(Medium::Screen, id, url);
        let write = |(position, _)| {
            writing.push_stretch(position);
            std::mem::take(&mut writing.html)
        };
        outcomes.map(write).collect()
    }

    fn writing<'p>(&'p self, medium: Medium, id: DocumentId, url: &'p str) -> Writing<'p, 'c> {
        let document = self.curriculum.document(id);
        let showing = Showing {
            edition: self.settings.edition,
            medium,
        };
        Writing {
            pages: self,
            id,
            document,
            url,
            html: String::new(),
            showing,
            together: None,
            numbers: Numbers::of(&document.lesson, showing),
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
        let (dealing, showing) = (self.pages.dealing, self.showing);
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
            SlotKind::Link(index) => self.push_link(self.link(index)),
            SlotKind::Image(index) => self.push_image(self.link(index)),
            SlotKind::Figure(index) => self.push_figure(self.link(index)),
            SlotKind::Topic(topic, anchor) => self.push_topic(topic, anchor),
            SlotKind::Signposts(block) => {
                for id in &self.document.lesson.blocks[block as usize].signposts {
                    self.html.push_str(&shared.cards_in_lessons[id.0 as usize]);
                }
            }
            SlotKind::Footnote(reference) => self.push_reference(reference as usize),
            SlotKind::Word(word) => self.html.push_str(shared.words.get(word)),
            SlotKind::Select(question) => self.html.push_str(match self.right(question) {
                0 | 1 => "one",
                _ => "many",
            }),
            SlotKind::Input(question) => self.html.push_str(match self.right(question) {
                0 | 1 => "radio",
                _ => "checkbox",
            }),
            SlotKind::Minutes(minutes) => self.push_minutes(minutes),
            SlotKind::NextStep(choice) => self.push_next_step(choice),
        }
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
        let word = settings
            .language
            .counted(minutes.into(), "minutes", strings);
        self.html.push_str(itoa::Buffer::new().format(minutes));
        self.html.push(' ');
        let _ = escape_html_body_text(&mut self.html, word);
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
