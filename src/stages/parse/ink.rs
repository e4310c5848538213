//! What is written of a lesson: HTML with slots, and plain text.
//!
//! In: pieces of either, in the order of the page. Out: both as a whole. Knows nothing of Markdown, and looks nothing up.

use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::scratch::Scratch;
use crate::model::body::{Body, Slot, SlotKind};
use crate::model::curriculum::Anchor;
use crate::model::words::Word;

/// A lesson's HTML and plain text while they are written.
#[derive(Debug)]
pub(crate) struct Ink {
    html: String,
    slots: Vec<Slot>,
    /// One line per paragraph, cell or heading.
    text: String,
}

/// How much had been written at some place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    html: usize,
    slots: usize,
    text: usize,
}

impl Ink {
    /// Starts with nothing written.
    pub fn new(scratch: &mut Scratch) -> Self {
        Self {
            html: std::mem::take(&mut scratch.html),
            slots: std::mem::take(&mut scratch.slots),
            text: std::mem::take(&mut scratch.text),
        }
    }

    /// Returns what was written, with no more memory than it needs, and leaves what was held.
    pub fn finish(self, scratch: &mut Scratch) -> (Body, String) {
        let text = self.text.as_str().to_owned();
        let body = Body {
            html: self.html.as_str().to_owned(),
            slots: self.slots.as_slice().to_owned(),
        };
        scratch.leave(self.html, self.slots, self.text);
        (body, text)
    }

    /// Appends HTML.
    pub fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Appends pieces of HTML.
    pub fn push_all(&mut self, html: &[&str]) {
        for piece in html {
            self.push(piece);
        }
    }

    /// Appends text, escaped.
    pub fn push_text(&mut self, text: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(&mut self.html, text);
    }

    /// Appends text, escaped, or a word of the interface where there is none.
    pub fn push_text_or(&mut self, text: &str, word: Word) {
        if text.is_empty() {
            self.word(word);
        } else {
            self.push_text(text);
        }
    }

    /// Appends the value of an attribute, escaped.
    pub fn push_value(&mut self, text: &str) {
        let _ = escape_html(&mut self.html, text);
    }

    /// Appends the anchor of a link; it needs no escaping.
    pub fn push_anchor(&mut self, anchor: Anchor<'_>) {
        anchor.push_to(&mut self.html);
    }

    /// Appends a stretch of the plain text to the HTML, escaped.
    pub fn push_written(&mut self, range: Range<usize>) {
        let _ = escape_html_body_text(&mut self.html, &self.text[range]);
    }

    /// Leaves a slot here.
    pub fn slot(&mut self, what: SlotKind) {
        let at = self.html.len() as u32;
        self.slots.push(Slot { at, what });
    }

    /// Leaves a slot for a word of the interface.
    pub fn word(&mut self, word: Word) {
        self.slot(SlotKind::Word(word));
    }

    /// Starts a line of the HTML, unless something has just been opened in this one.
    pub fn begin_line(&mut self) {
        let html = &self.html;
        if !html.is_empty() && !html.ends_with('\n') && !html.ends_with("<li>") {
            self.push("\n");
        }
    }

    /// Returns the plain text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the length of the plain text so far.
    pub fn text_len(&self) -> u32 {
        self.text.len() as u32
    }

    /// Appends plain text.
    pub fn say(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends a line of the plain text.
    pub fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Returns how much has been written.
    pub fn mark(&self) -> Mark {
        Mark {
            html: self.html.len(),
            slots: self.slots.len(),
            text: self.text.len(),
        }
    }

    /// Takes back what has been written since a mark; returns where the text ends now.
    pub fn take_back(&mut self, since: Mark) -> u32 {
        self.html.truncate(since.html);
        self.slots.truncate(since.slots);
        self.text.truncate(since.text);
        self.text_len()
    }

    /// Puts what has been written as HTML aside, and goes on with something else.
    pub fn exchange(&mut self, body: Body) -> Body {
        Body {
            html: std::mem::replace(&mut self.html, body.html),
            slots: std::mem::replace(&mut self.slots, body.slots),
        }
    }

    /// Appends what was written elsewhere.
    pub fn append(&mut self, body: Body) {
        let shift = self.html.len() as u32;
        self.push(&body.html);
        for mut slot in body.slots {
            slot.at += shift;
            self.slots.push(slot);
        }
    }
}
