//! Changes a text at some places, and leaves it as it is elsewhere.

use std::ops::Range;

/// Changes to a text, in any order. Of two changes to one place the one that begins first holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text in the place of a range.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    /// Adds other changes to the same text.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Takes a range out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Puts a text in between.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Returns whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the changed text.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        let mut copied = 0;
        for (range, with) in self.standing() {
            out.push_str(&text[copied..range.start]);
            out.push_str(with);
            copied = range.end;
        }
        out.push_str(&text[copied..]);
        out
    }

    /// Returns where offsets of the text, which come sorted, stand in the changed text: behind what was inserted there, and at the start of what took their place.
    pub fn moved(&self, offsets: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut edits = self.standing().peekable();
        let (mut at, mut copied) = (0, 0);
        let moved = offsets.into_iter().map(|offset| {
            while let Some((range, with)) = edits.next_if(|(range, _)| range.end <= offset) {
                at += range.start - copied + with.len();
                copied = range.end;
            }
            let start = edits.peek().map_or(offset, |(range, _)| range.start);
            at + offset.min(start) - copied
        });
        moved.collect()
    }

    /// Returns the changes that hold, in their order.
    fn standing(&self) -> impl Iterator<Item = (&Range<usize>, &str)> {
        let mut edits: Vec<&(Range<usize>, String)> = self.0.iter().collect();
        // Stable, so that what is inserted at one place keeps its order.
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut copied = 0;
        edits.retain(|(range, _)| {
            let stands = range.start >= copied;
            copied = if stands { range.end } else { copied };
            stands
        });
        edits
            .into_iter()
            .map(|(range, with)| (range, with.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_the_text_stays() {
        let mut edits = Edits::default();
        edits.remove(4..6);
        edits.replace(0..1, "x");
        edits.insert(2, "+");
        edits.replace(5..7, "never");
        let changed = edits.apply("abcdefgh");
        assert_eq!(changed, "xb+cdgh");
        let moved = edits.moved([0, 1, 2, 3, 6, 7, 8]);
        let characters = moved.iter().map(|at| changed[*at..].chars().next());
        let expected = [
            Some('x'),
            Some('b'),
            Some('c'),
            Some('d'),
            Some('g'),
            Some('h'),
            None,
        ];
        assert_eq!(characters.collect::<Vec<_>>(), expected);
    }
}
