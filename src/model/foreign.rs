//! What language words are in, where it is not the page's, and which way they run.

use super::language_tag::LanguageTag;

/// Which way words run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
    /// As their first letter says.
    Auto,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 3] = [Self::LeftToRight, Self::RightToLeft, Self::Auto];

    /// Returns the name as authors write it, and HTML too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
            Self::Auto => "auto",
        }
    }

    /// Returns the direction with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|direction| direction.name() == name)
    }
}

/// The language and direction of words, as far as their author says them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Foreign {
    /// Their language.
    pub lang: Option<LanguageTag>,
    /// Which way they run.
    pub dir: Option<Direction>,
}

impl Foreign {
    /// Returns whether nothing is said of the words.
    pub const fn is_nothing(&self) -> bool {
        self.lang.is_none() && self.dir.is_none()
    }

    /// Appends the attributes of an element around the words, each with a space before it. They need no escaping: tags are letters, digits and hyphens.
    pub fn push_attributes(&self, html: &mut String) {
        let lang = self.lang.as_ref().map(LanguageTag::as_str);
        let dir = self.dir.map(Direction::name);
        for (name, value) in [("lang", lang), ("dir", dir)] {
            if let Some(value) = value {
                for piece in [" ", name, "=\"", value, "\""] {
                    html.push_str(piece);
                }
            }
        }
    }
}

/// Words of a text that are in a language of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ForeignWords {
    /// Where they start in the text.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// What is said of them.
    pub foreign: Foreign,
}
