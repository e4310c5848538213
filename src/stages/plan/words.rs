//! The words of the interface that stand inside lessons, as HTML. Every lesson shows some: they are looked up and escaped once for all.

use super::push_text;
use crate::model::theme::Strings;
use crate::model::words::Word;

/// A theme's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// By their positions.
    all: Vec<Box<str>>,
}

impl Words {
    /// Takes the words out of a theme's.
    pub fn new(strings: &Strings) -> Self {
        let text = |key: &'static str| {
            let mut html = String::new();
            // Writing to a String cannot fail.
            let _ = pulldown_cmark_escape::escape_html_body_text(&mut html, strings.get(key));
            html.into_boxed_str()
        };
        let word = |word: Word| {
            if !word.is_in_attribute() {
                return text(word.key());
            }
            let mut html = String::new();
            push_text(&mut html, strings.get(word.key()));
            html.into()
        };
        Self {
            all: Word::all().map(word).collect(),
        }
    }

    /// Returns a word as HTML.
    pub fn get(&self, word: Word) -> &str {
        &self.all[word.index()]
    }
}
