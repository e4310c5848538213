//! One value of a table, with what it means; each writer decides how it looks.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::model::address::{Address, Contact};
use crate::model::blocks::Depth;
use crate::model::coverage::CellStatus;

/// A place in a source file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spot<'a> {
    /// Path from the root.
    pub file: &'a str,
    /// Line, from 1; 0 for the whole file.
    pub line: u32,
    /// Column in Unicode characters, from 1; 0 for the whole line.
    pub column: u32,
    /// Anchor in the lesson's page; empty for its top.
    pub anchor: &'a str,
}

impl<'a> Spot<'a> {
    /// Names the page alone: what is gone from it has no anchor to lead to.
    pub const fn on_page(self) -> Self {
        Self { anchor: "", ..self }
    }

    /// Names a whole file.
    pub const fn file(file: &'a str) -> Self {
        Self {
            file,
            line: 0,
            column: 0,
            anchor: "",
        }
    }

    /// Names a whole line, counted from 1, and its anchor.
    pub const fn line(file: &'a str, line: u32, anchor: &'a str) -> Self {
        Self {
            file,
            line,
            column: 0,
            anchor,
        }
    }

    /// Appends `file`, `file:line` or `file:line:column`.
    pub fn push_to(&self, text: &mut String) {
        text.push_str(self.file);
        for number in [self.line, self.column].into_iter().take_while(|n| *n > 0) {
            text.push(':');
            text.push_str(itoa::Buffer::new().format(number));
        }
    }
}

/// One value of a table, with what it means.
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// Words, and what to know about them; only pages have room for that.
    Noted(&'a str, &'a str),
    /// What somebody wrote for a machine: a link's target, a rule's name.
    Code(&'a str),
    /// A count.
    Number(usize),
    /// A part of a whole.
    Share(usize, usize),
    /// A part of a whole, from 0 to 1.
    Percent(f64),
    /// A day, or the word that stands for none.
    Date(Option<Date>, &'static str),
    /// One depth.
    Depth(Depth),
    /// Depths, or the word that stands for none.
    Depths(&'a [Depth], &'static str),
    /// What has become of something.
    Status(Status<'a>),
    /// Something of a register: programs and terminals know it by its id, readers by its name.
    Named(&'a str, &'a str, Target<'a>),
    /// A module, by name.
    Module(&'a str),
    /// A place.
    Place(Spot<'a>),
    /// A place by what stands there: a heading.
    At(Spot<'a>, &'a str),
    /// A place by its lesson and heading.
    Lesson(Spot<'a>, Cow<'a, str>),
    /// A place by its address in the site.
    Address(Spot<'a>),
    /// What is said at a place, under which heading.
    Quote(Spot<'a>, Cow<'a, str>, &'a str),
    /// Words that lead somewhere else in the reports or the site.
    Link(Cow<'a, str>, Target<'a>),
    /// A few things, or what stands for none.
    List(Vec<Cell<'a>>, Status<'a>),
    /// A few cells that are read as one.
    Parts(Vec<Cell<'a>>),
    /// Many things under a line that says what they are, or what stands for none.
    Folded(Cow<'a, str>, Vec<Cell<'a>>, Status<'a>),
    /// How deep a module takes a topic.
    Reach(Box<Reach<'a>>),
}

impl<'a> Cell<'a> {
    /// Makes a cell of words.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Makes a cell of a number that is no count.
    pub const fn number(number: u32) -> Self {
        Self::Number(number as usize)
    }

    /// Makes a cell of a status.
    pub fn status(status: impl Into<Status<'a>>) -> Self {
        Self::Status(status.into())
    }
}

/// What has become of something, for programs and for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status<'a> {
    /// Its name, as it stands in JSON.
    pub name: Cow<'static, str>,
    /// Its name for readers.
    pub words: Cow<'a, str>,
    /// Whether that is good.
    pub tone: Tone,
}

impl<'a> Status<'a> {
    /// Makes a status that readers know by the same name.
    pub fn new(name: impl Into<Cow<'static, str>>, tone: Tone) -> Self {
        let name = name.into();
        Self {
            words: name.clone(),
            name,
            tone,
        }
    }

    /// Says the same in other words for readers.
    pub fn said(self, words: impl Into<Cow<'a, str>>) -> Self {
        Self {
            words: words.into(),
            ..self
        }
    }
}

/// Whether something is as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// It is.
    Good,
    /// Somebody should look at it.
    Fair,
    /// It is not.
    Poor,
    /// Nobody asks.
    Plain,
}

/// Where words lead that are no place in a lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Target<'a> {
    /// Nowhere.
    #[default]
    Nowhere,
    /// A place of this page.
    Here(Cow<'a, str>),
    /// A place of a report's page; nowhere from a page that stands alone.
    Report(&'static str, Cow<'a, str>),
    /// A section of a part of a report; the part itself where the section is empty.
    Part(&'static str, &'a str, Cow<'a, str>),
    /// A page of the site.
    Page(Cow<'a, str>),
    /// Another site.
    Web(&'a Address),
}

impl<'a> Target<'a> {
    /// Leads where a contact does.
    pub fn of(contact: &'a Contact) -> Self {
        contact.address.as_ref().map_or(Self::Nowhere, Self::Web)
    }
}

/// How deep a module takes a topic.
#[derive(Debug, Clone)]
pub struct Reach<'a> {
    /// The depths, lowest first.
    pub depths: &'a [Depth],
    /// The first place of each of them; empty where nobody can follow.
    pub first: Vec<(Depth, Spot<'a>)>,
    /// How many places there are.
    pub places: usize,
    /// Where all of them are listed.
    pub list: Target<'a>,
    /// Whether that is what the register asks for.
    pub required: CellStatus,
    /// The same in words.
    pub status: Status<'a>,
}

/// Cells that are read one after the other.
#[derive(Debug, Clone, Default)]
pub struct Line<'a>(pub Vec<Cell<'a>>);

impl<'a> From<&'a str> for Line<'a> {
    fn from(text: &'a str) -> Self {
        Self(vec![Cell::text(text)])
    }
}

impl From<String> for Line<'_> {
    fn from(text: String) -> Self {
        Self(vec![Cell::text(text)])
    }
}

impl<'a, const N: usize> From<[Cell<'a>; N]> for Line<'a> {
    fn from(cells: [Cell<'a>; N]) -> Self {
        Self(cells.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_as_exact_as_it_is_known() {
        for (line, column, expected) in [(0, 0, "a.md"), (3, 0, "a.md:3"), (3, 9, "a.md:3:9")] {
            let spot = Spot {
                line,
                column,
                ..Spot::file("a.md")
            };
            let mut text = String::new();
            spot.push_to(&mut text);
            assert_eq!(text, expected);
        }
    }
}
