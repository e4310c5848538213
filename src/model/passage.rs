//! A text of a register or of front matter: plain words, and which of them are in another language.
//!
//! It reads as its plain words do, whoever asks; only pages say more of them.

use std::fmt;
use std::ops::Deref;

use super::foreign::Languages;

/// A line of words, some of which may be in a language of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Passage {
    words: String,
    languages: Languages,
}

impl Passage {
    /// Puts words together with what is said of some of them.
    pub const fn new(words: String, languages: Languages) -> Self {
        Self { words, languages }
    }

    /// Returns its words.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// Returns which of its words are in another language.
    pub const fn languages(&self) -> &Languages {
        &self.languages
    }
}

impl Deref for Passage {
    type Target = str;

    fn deref(&self) -> &str {
        &self.words
    }
}

impl fmt::Display for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl From<String> for Passage {
    fn from(words: String) -> Self {
        Self::new(words, Languages::default())
    }
}

impl From<&str> for Passage {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl From<Passage> for String {
    fn from(passage: Passage) -> Self {
        passage.words
    }
}
