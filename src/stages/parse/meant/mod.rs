//! Tells text that was probably meant as markup: of this program, of another one, or of the author's own notes.
//!
//! In: a line, the text of a paragraph, an item of a list, or a code block, as the Markdown parser read it. Out: what was meant, and what to write instead.
//! Silence is better than a false alarm: what people also write as text is left alone.

pub(crate) mod code;
pub(crate) mod items;
pub(crate) mod lines;
pub(crate) mod words;

use std::ops::Range;

/// Text that was probably meant as markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    /// Where it stands in what was looked at.
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
    /// What to write where, if nothing else could be meant.
    pub write: Option<(Range<usize>, String)>,
}

impl Slip {
    pub fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            help: help.into(),
            write: None,
        }
    }

    /// Says what to write in the place of the whole range.
    #[must_use]
    pub fn written(self, write: impl Into<String>) -> Self {
        Self {
            write: Some((self.range.clone(), write.into())),
            ..self
        }
    }
}
