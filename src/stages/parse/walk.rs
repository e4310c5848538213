//! Walks over the Markdown parser's events from the first to the last.
//!
//! In: the events as the parser gives them. Out: one after the other, with those to come to look at. Never goes back, and holds only what has been
//! looked at and not yet passed: the events of a whole file take ten times its size.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// An event of the Markdown parser with its place in the masked text.
pub(crate) type Located<'e> = (Event<'e>, Range<usize>);

/// A place among the events of a file.
pub(crate) struct Walk<'w, 'e> {
    events: &'w mut dyn Iterator<Item = Located<'e>>,
    /// Events that have been looked at; those before `at` have been passed.
    ahead: Vec<Located<'e>>,
    at: usize,
    /// How many containers are open.
    depth: usize,
}

impl<'w, 'e> Walk<'w, 'e> {
    /// Starts before the first event.
    pub fn new(events: &'w mut dyn Iterator<Item = Located<'e>>) -> Self {
        Self {
            events,
            ahead: Vec::with_capacity(AHEAD),
            at: 0,
            depth: 0,
        }
    }

    /// Passes the next event.
    pub fn next(&mut self) -> Option<Located<'e>> {
        self.forget_passed();
        let located = match self.ahead.get_mut(self.at) {
            Some(located) => {
                self.at += 1;
                std::mem::replace(located, (Event::SoftBreak, 0..0))
            }
            None => self.events.next()?,
        };
        match &located.0 {
            Event::Start(tag) if !is_inline_tag(tag) => self.depth += 1,
            Event::End(tag) if !is_inline_end(*tag) => self.depth -= 1,
            _ => {}
        }
        Some(located)
    }

    /// Returns the n-th event to come, from 0.
    pub fn peek(&mut self, n: usize) -> Option<&Located<'e>> {
        self.forget_passed();
        self.look(self.at + n)
    }

    /// Passes the next event of the container that was opened last; at the container's end that end, and returns nothing.
    pub fn until_end(&mut self, end: TagEnd) -> Option<Located<'e>> {
        self.next().filter(|(event, _)| *event != Event::End(end))
    }

    /// Passes the inline content to come, up to the next event of a block.
    pub fn run(&mut self) -> &[Located<'e>] {
        let until = self.run_end();
        let from = std::mem::replace(&mut self.at, until);
        &self.ahead[from..until]
    }

    /// Returns the inline content to come.
    pub fn peek_run(&mut self) -> &[Located<'e>] {
        let until = self.run_end();
        &self.ahead[self.at..until]
    }

    /// Returns how many containers are open here: quotations, lists, items, paragraphs ...
    pub fn depth(&self) -> usize {
        self.depth
    }

    fn run_end(&mut self) -> usize {
        self.forget_passed();
        let mut until = self.at;
        while self.look(until).is_some_and(|(event, _)| is_inline(event)) {
            until += 1;
        }
        until
    }

    fn look(&mut self, index: usize) -> Option<&Located<'e>> {
        while self.ahead.len() <= index {
            self.ahead.push(self.events.next()?);
        }
        self.ahead.get(index)
    }

    fn forget_passed(&mut self) {
        if self.at == self.ahead.len() {
            self.ahead.clear();
            self.at = 0;
        }
    }
}

/// Events that there is room for at once: paragraphs seldom have more, and questions are looked through as a whole.
const AHEAD: usize = 16;

/// Returns whether a tag belongs to inline content.
pub(crate) fn is_inline_tag(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Returns whether an end tag belongs to inline content.
pub(crate) fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_tag(tag),
        Event::End(tag) => is_inline_end(*tag),
        Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::Parser;

    /// Calls `with` with a walk over a text, before its first event.
    fn walk(text: &str, with: impl FnOnce(&mut Walk<'_, '_>)) {
        with(&mut Walk::new(&mut Parser::new(text).into_offset_iter()));
    }

    fn starts(event: Option<&Located<'_>>, text: &str, wanted: &str) -> bool {
        event.is_some_and(|(_, range)| text[range.clone()].starts_with(wanted))
    }

    #[test]
    fn every_event_is_passed_once_whatever_was_looked_at() {
        let text = "# A *b*\n\n- c\n- d `e`\n\n> f\n";
        let all: Vec<_> = Parser::new(text).into_offset_iter().collect();
        for far in [0, 1, 5, 100] {
            walk(text, |walk| {
                let mut passed = Vec::new();
                loop {
                    let seen = walk.peek(far).cloned();
                    assert_eq!(seen.as_ref(), all.get(passed.len() + far), "{far}");
                    match walk.next() {
                        Some(event) => passed.push(event),
                        None => break,
                    }
                }
                assert_eq!(passed, all, "{far}");
            });
        }
    }

    #[test]
    fn a_run_ends_before_the_next_block() {
        let text = "One *two*\nthree\n\n- four\n\n  five\n";
        walk(text, |walk| {
            assert!(walk.run().is_empty(), "a paragraph starts here");
            walk.next();
            let ahead = walk.peek_run().len();
            assert_eq!(walk.run().len(), ahead);
            assert_eq!(ahead, 6, "two texts, a break, and emphasis around a text");
            assert_eq!(
                walk.next().map(|(event, _)| event),
                Some(Event::End(TagEnd::Paragraph))
            );
            assert!(starts(walk.peek(0), text, "- four"));
            assert!(walk.run().is_empty(), "a list starts here");
        });
    }

    #[test]
    fn a_container_is_passed_with_its_end() {
        let text = "    code\n    more\n\nafter\n";
        walk(text, |walk| {
            walk.next();
            let mut inside = 0;
            while walk.until_end(TagEnd::CodeBlock).is_some() {
                inside += 1;
            }
            assert!(inside > 0);
            assert!(starts(walk.peek(0), text, "after"));
        });
    }

    #[test]
    fn depth_counts_containers_and_not_what_stands_in_text() {
        walk("- a\n  > *b [c](d)*\n", |walk| {
            let mut deepest = 0;
            while walk.next().is_some() {
                deepest = deepest.max(walk.depth());
            }
            assert_eq!(deepest, 4, "list, item, quotation, paragraph");
            assert_eq!(walk.depth(), 0);
        });
    }
}
