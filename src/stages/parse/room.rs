//! Memory that every file needs while it is parsed, handed on from one file to the next on the same thread.
//!
//! Asking for it anew for each file would cost as much as using it, and what a lesson keeps would be scattered among what is given back.

use std::cell::Cell;

use super::document::Located;

thread_local! {
    static LEFT: Cell<Room<'static>> = const { Cell::new(Room::new()) };
}

/// What is held for a file while it is parsed.
pub(super) struct Room<'e> {
    pub events: Vec<Located<'e>>,
    pub html: String,
    pub text: String,
}

/// Events, and bytes of HTML and of text, that are handed on: what a file of many megabytes needs is given back.
const MOST_EVENTS: usize = 16 * 1024;
const MOST_BYTES: usize = 1024 * 1024;

impl Room<'_> {
    const fn new() -> Self {
        Self {
            events: Vec::new(),
            html: String::new(),
            text: String::new(),
        }
    }

    /// Takes what the last file on this thread has left.
    pub fn take() -> Self {
        LEFT.replace(Room::new())
    }

    /// Leaves it to the next file.
    pub fn leave(self) {
        LEFT.set(self.emptied());
    }

    fn emptied(mut self) -> Room<'static> {
        self.events.clear();
        self.html.clear();
        self.text.clear();
        self.events.shrink_to(MOST_EVENTS);
        self.html.shrink_to(MOST_BYTES);
        self.text.shrink_to(MOST_BYTES);
        Room {
            // Collecting from a list of things as large keeps its memory.
            events: self.events.into_iter().map(|_| unreachable!()).collect(),
            html: self.html,
            text: self.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::Event;

    #[test]
    fn room_is_handed_on_and_holds_nothing() {
        let mut room = Room::take();
        let source = String::from("text");
        room.events = Vec::with_capacity(300);
        room.events
            .push((Event::Text(source.as_str().into()), 0..source.len()));
        room.html = "<p>".repeat(100);
        let (events, html) = (room.events.capacity(), room.html.capacity());
        room.leave();
        let room = Room::take();
        assert!(room.events.is_empty() && room.html.is_empty() && room.text.is_empty());
        assert_eq!(
            (room.events.capacity(), room.html.capacity()),
            (events, html)
        );
    }
}
