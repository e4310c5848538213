//! What language words are in, where it is not the page's, and which way they run.

use std::cmp::Reverse;
use std::ops::Range;

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

/// The words of a text that are in a language of their own.
///
/// Of any two, one is inside the other or they do not touch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Languages {
    /// By where they start, the longer ones first.
    words: Vec<ForeignWords>,
    /// Of each, the innermost others around it. Without them every sentence of a long text would be held against all of its words.
    around: Vec<Option<u32>>,
}

impl Languages {
    /// Puts words into order, which are given in any.
    pub fn new(mut words: Vec<ForeignWords>) -> Self {
        words.retain(|words| words.start < words.end && !words.foreign.is_nothing());
        words.sort_by_key(|words| (words.start, Reverse(words.end)));
        let mut around = Vec::with_capacity(words.len());
        let mut open: Vec<u32> = Vec::new();
        for (index, own) in (0..).zip(&words) {
            while (open.last()).is_some_and(|last| words[*last as usize].end <= own.start) {
                open.pop();
            }
            around.push(open.last().copied());
            open.push(index);
        }
        Self { words, around }
    }

    /// Returns whether all words are in the language of what is around the text.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the words that a stretch of the text has a part of, the outer ones before those inside them.
    pub fn within(&self, text: &Range<u32>) -> Vec<&ForeignWords> {
        let first = self.words.partition_point(|words| words.start < text.start);
        let mut outer = Vec::new();
        let mut next = first.checked_sub(1);
        while let Some(index) = next {
            if self.words[index].end > text.start {
                outer.push(&self.words[index]);
            }
            next = self.around[index].map(|around| around as usize);
        }
        outer.reverse();
        let inner = self.words[first..].iter();
        outer.extend(inner.take_while(|words| words.start < text.end));
        outer
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
