//! Memory that every file needs while it is parsed, handed on from one file to the next.
//!
//! Asking for it anew for each file would cost as much as using it, and what a lesson keeps would be scattered among what is given back.

use crate::model::body::Slot;

/// What is held for a file while it is parsed, without anything in it.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) html: String,
    pub(super) slots: Vec<Slot>,
    pub(super) text: String,
}

/// Bytes of HTML and of text, and slots, that are handed on: what a file of many megabytes needs is given back.
const MOST_BYTES: usize = 1024 * 1024;
const MOST_SLOTS: usize = 16 * 1024;

impl Scratch {
    /// Keeps the memory of what was written for the next file.
    pub(super) fn leave(&mut self, html: String, slots: Vec<Slot>, text: String) {
        *self = Self { html, slots, text };
        for text in [&mut self.html, &mut self.text] {
            text.clear();
            text.shrink_to(MOST_BYTES);
        }
        self.slots.clear();
        self.slots.shrink_to(MOST_SLOTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_handed_on_and_holds_nothing() {
        let mut scratch = Scratch::default();
        let (html, text) = ("<p>".repeat(100), "x".repeat(2 * MOST_BYTES));
        let capacity = html.capacity();
        scratch.leave(html, Vec::new(), text);
        assert!(scratch.html.is_empty() && scratch.text.is_empty());
        assert_eq!(scratch.html.capacity(), capacity);
        assert!(
            scratch.text.capacity() <= MOST_BYTES,
            "long files give back what they took"
        );
    }
}
