//! What an import tells about itself: what it changed, and what it could not read.

use std::collections::{BTreeMap, HashMap};

use crate::model::LineIndex;

/// Something about a page that people should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about, as it stands in the page; empty for the page as a whole.
    pub snippet: String,
    /// What was done, or not understood.
    pub message: String,
    /// Whether it stays as it was.
    pub kind: Kind,
}

/// What a note tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It was not understood and stays as it is.
    Kept,
    /// It was taken out.
    TakenOut,
    /// It stands on another site and was not fetched.
    Remote,
}

/// Everything told about one page.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// How often what was changed into what.
    pub done: BTreeMap<&'static str, usize>,
    /// What to look at.
    pub list: Vec<Note>,
}

impl Notes {
    /// Counts a change.
    pub fn did(&mut self, what: &'static str) {
        *self.done.entry(what).or_insert(0) += 1;
    }

    /// Notes that something was not understood and stays.
    pub fn kept(&mut self, snippet: &str, message: impl Into<String>) {
        self.note(Kind::Kept, snippet, message.into());
    }

    /// Notes that something was taken out.
    pub fn taken_out(&mut self, snippet: &str, message: impl Into<String>) {
        self.note(Kind::TakenOut, snippet, message.into());
    }

    /// Notes something on another site.
    pub fn remote(&mut self, snippet: &str, address: &str) {
        self.note(Kind::Remote, snippet, address.to_owned());
    }

    /// Takes out the notes behind the first so many that say of an address what one of those does.
    pub fn forget_repeated(&mut self, told: usize) {
        let (before, after) = self.list.split_at(told.min(self.list.len()));
        let says_the_same = |known: &Note, note: &Note| {
            let is_one_place = note.kind == Kind::Remote || known.snippet == note.snippet;
            is_one_place && known.kind == note.kind && known.message == note.message
        };
        let is_new = |note: &&Note| !before.iter().any(|known| says_the_same(known, note));
        let new: Vec<Note> = after.iter().filter(is_new).cloned().collect();
        self.list.truncate(told);
        self.list.extend(new);
    }

    fn note(&mut self, kind: Kind, snippet: &str, message: String) {
        self.list.push(Note {
            snippet: snippet.lines().next().unwrap_or("").trim().to_owned(),
            message,
            kind,
        });
    }
}

/// Returns the line of each note in the page's own file, from 1; what cannot be found again has none.
pub fn lines(notes: &[Note], text: &str) -> Vec<Option<usize>> {
    let index = LineIndex::new(text);
    let mut from: HashMap<&str, usize> = HashMap::new();
    notes
        .iter()
        .map(|note| {
            if note.snippet.is_empty() {
                return None;
            }
            let start = from.get(note.snippet.as_str()).copied().unwrap_or(0);
            let at = text.get(start..)?.find(&note.snippet)? + start;
            from.insert(&note.snippet, at + note.snippet.len());
            Some(index.place(&(at..at)).line as usize)
        })
        .collect()
}
