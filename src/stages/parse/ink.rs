//! What is written of a lesson: HTML with slots, plain text, and the stretches of both.
//!
//! In: pieces of either, in the order of the page. Out: both as a whole. Knows nothing of Markdown, and looks nothing up.

use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::model::audience::Audience;
use crate::model::body::{Body, Slot, SlotKind};
use crate::model::curriculum::Anchor;
use crate::model::foreign::Foreign;
use crate::model::stretches::{Part, Stretch};
use crate::model::words::Word;

/// Bytes of HTML and of text, and slots, stretches or facts of one kind, that are held for the next lesson: what one of many megabytes needs is given back.
const MOST_BYTES: usize = 1024 * 1024;
const MOST_PLACES: usize = 16 * 1024;

/// A lesson's HTML and plain text while they are written.
#[derive(Debug, Default)]
pub(crate) struct Ink {
    html: String,
    /// Where the HTML starts that is written now.
    start: usize,
    slots: Vec<Slot>,
    /// One line per paragraph, cell or heading.
    text: String,
    stretches: Vec<Stretch>,
    /// What the page's own language is, inside words in another one.
    around: Option<Foreign>,
}

impl Ink {
    /// Returns what was written, with no more memory than it needs; what was held is held for the next lesson.
    pub fn finish(&mut self) -> Written {
        let written = Written {
            body: Body {
                html: self.html.as_str().to_owned(),
                slots: self.slots.as_slice().to_owned(),
            },
            text: self.text.as_str().to_owned(),
            stretches: taken(&mut self.stretches),
        };
        for text in [&mut self.html, &mut self.text] {
            text.clear();
            text.shrink_to(MOST_BYTES);
        }
        self.start = 0;
        self.around = None;
        self.slots.clear();
        self.slots.shrink_to(MOST_PLACES);
        written
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
        if word.is_in_attribute() {
            self.slot(SlotKind::Word(word));
        } else {
            self.own(|ink| ink.slot(SlotKind::Word(word)));
        }
    }

    /// Writes what is in the page's own language, whatever that of the words around it.
    pub fn own(&mut self, write: impl FnOnce(&mut Self)) {
        let Some(page) = self.around.clone() else {
            write(self);
            return;
        };
        self.push("<span");
        self.push_foreign(&page);
        self.push(">");
        write(self);
        self.push("</span>");
    }

    /// Enters words in another language than the page's, which `page` says; returns what was said around them.
    pub fn enter(&mut self, page: Option<Foreign>) -> Option<Foreign> {
        std::mem::replace(&mut self.around, page)
    }

    /// Appends the attributes that say what language the words of an element are in.
    pub fn push_foreign(&mut self, foreign: &Foreign) {
        foreign.push_attributes(&mut self.html);
    }

    /// Starts a line of the HTML, unless something has just been opened in this one.
    pub fn begin_line(&mut self) {
        let html = &self.html[self.start..];
        if !html.is_empty() && !html.ends_with('\n') && !html.ends_with("<li>") {
            self.push("\n");
        }
    }

    /// Starts HTML that stands elsewhere than what has been written so far.
    pub fn start_afresh(&mut self) {
        self.start = self.html.len();
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

    /// Begins a stretch: what is written until it ends.
    pub fn begin(&mut self, part: Part, audience: Audience, block: Option<u32>) -> u32 {
        let here = self.here();
        self.stretches.push(Stretch {
            part,
            audience,
            block,
            html: here.html..here.html,
            slots: here.slots..here.slots,
            text: here.text..here.text,
        });
        self.stretches.len() as u32 - 1
    }

    /// Ends a stretch.
    pub fn end(&mut self, stretch: u32) {
        let here = self.here();
        let stretch = &mut self.stretches[stretch as usize];
        stretch.html.end = here.html;
        stretch.slots.end = here.slots;
        stretch.text.end = here.text;
    }

    /// Says where the text of a stretch stands that begins or ends in a line: a line's text is there before its HTML.
    pub fn set_text(&mut self, stretch: u32, text: Range<u32>) {
        self.stretches[stretch as usize].text = text;
    }

    /// Says that only these read a stretch, with all in it.
    pub fn hide(&mut self, stretch: u32, audience: Audience) {
        let end = self.stretches[stretch as usize].html.end;
        let inside = self.stretches[stretch as usize..].iter_mut();
        for inner in inside.take_while(|inner| inner.html.end <= end) {
            inner.audience = inner.audience.narrowed(audience);
        }
    }

    fn here(&self) -> Here {
        Here {
            html: self.html.len() as u32,
            slots: self.slots.len() as u32,
            text: self.text.len() as u32,
        }
    }
}

/// Takes what a list holds, in memory of its size, and leaves the list its own for the next lesson.
#[expect(clippy::drain_collect, reason = "the list's memory stays with it")]
pub(crate) fn taken<T>(list: &mut Vec<T>) -> Vec<T> {
    let taken = list.drain(..).collect();
    list.shrink_to(MOST_PLACES);
    taken
}

/// How much has been written.
struct Here {
    html: u32,
    slots: u32,
    text: u32,
}

/// All that was written of a lesson.
#[derive(Debug)]
pub(crate) struct Written {
    pub body: Body,
    pub text: String,
    pub stretches: Vec<Stretch>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_held_for_the_next_lesson_and_not_without_end() {
        let mut ink = Ink::default();
        ink.push(&"<p>".repeat(100));
        ink.say(&"x".repeat(2 * MOST_BYTES));
        let held = ink.html.capacity();
        let written = ink.finish();
        assert_eq!(
            (written.body.html.len(), written.text.len()),
            (300, 2 * MOST_BYTES)
        );
        assert_eq!((ink.html.as_str(), ink.text.as_str()), ("", ""));
        assert_eq!(ink.html.capacity(), held);
        assert!(
            ink.text.capacity() <= MOST_BYTES,
            "long lessons give back what they took"
        );
    }
}
