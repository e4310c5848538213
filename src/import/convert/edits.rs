//! Changes a text at some places, and leaves it as it is elsewhere.

use std::ops::Range;

/// Changes to a text, in any order.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text in the place of a range.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    /// Takes a range out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Puts a text in between.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Returns the changed text. Of two changes to one place the one that begins first holds.
    pub fn apply(mut self, text: &str) -> String {
        // Stable, so that what is inserted at one place keeps its order.
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        let mut copied = 0;
        for (range, with) in self.0 {
            if range.start < copied {
                continue;
            }
            out.push_str(&text[copied..range.start]);
            out.push_str(&with);
            copied = range.end;
        }
        out.push_str(&text[copied..]);
        out
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
        assert_eq!(edits.apply("abcdefgh"), "xb+cdgh");
    }
}
