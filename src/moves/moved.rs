//! Where every file goes.
//!
//! In: entries that get another folder or name. Out: the new path of any path below them. Folders are named as they stand before anything moves.

use std::collections::BTreeMap;

use crate::model::path::{joined, split};

/// Entries that move, by the paths at which they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    places: BTreeMap<String, Place>,
    seats: BTreeMap<String, Seat>,
}

/// Where an entry stands in the list that its folder's page gives, if it gives one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seat {
    /// Where the entry at this path stands before.
    Of(String),
    /// At this place, counted from 1; at the end where the list is shorter.
    At(u64),
}

/// Where an entry goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// The folder, by its path before anything moves.
    folder: String,
    name: String,
}

impl Moved {
    /// Moves an entry into a folder under a name; where both are its own it stays.
    pub fn put(&mut self, path: &str, folder: &str, name: &str) {
        if split(path) == (folder, name) {
            self.places.remove(path);
            return;
        }
        let place = Place {
            folder: folder.to_owned(),
            name: name.to_owned(),
        };
        self.places.insert(path.to_owned(), place);
    }

    /// Gives an entry a place in the list of the folder that it goes to, or, where it is new, comes to. Other entries keep theirs.
    pub fn seat(&mut self, path: &str, seat: Seat) {
        self.seats.insert(path.to_owned(), seat);
    }

    /// Returns the places in lists that were given, by the paths of their entries.
    pub fn seats(&self) -> impl Iterator<Item = (&str, &Seat)> {
        self.seats.iter().map(|(path, seat)| (path.as_str(), seat))
    }

    /// Returns whether everything stays where it is.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.seats.is_empty()
    }

    /// Returns the path that a path has afterwards.
    pub fn path(&self, path: &str) -> String {
        if path.is_empty() {
            return String::new();
        }
        let (folder, name) = match self.places.get(path) {
            Some(place) => (place.folder.as_str(), place.name.as_str()),
            None => split(path),
        };
        joined(&self.path(folder), name)
    }

    /// Returns the folder that an entry goes to, by its path before anything moves, and its name there; nothing for one that stays.
    pub fn place(&self, path: &str) -> Option<(&str, &str)> {
        let place = self.places.get(path)?;
        Some((&place.folder, &place.name))
    }

    /// Returns the entries that move by themselves, with the paths before and after; what stands in a folder moves with it.
    pub fn entries(&self) -> impl Iterator<Item = (&str, String)> {
        let entries = self.places.keys();
        entries.map(|path| (path.as_str(), self.path(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_folder_moves_with_it() {
        let mut moved = Moved::default();
        moved.put("05-b", "", "06-b");
        moved.put("05-b/03-unit", "", "05-unit");
        moved.put("05-b/04-y.md", "05-b", "03-y.md");
        moved.put("05-b/05-z.md", "05-b", "05-z.md");
        for (path, expected) in [
            ("05-b/01-x.md", "06-b/01-x.md"),
            ("05-b/03-unit/a/b.md", "05-unit/a/b.md"),
            ("05-b/04-y.md", "06-b/03-y.md"),
            ("05-b/05-z.md", "06-b/05-z.md"),
            ("05-bc/x.md", "05-bc/x.md"),
            ("05-b", "06-b"),
            ("", ""),
        ] {
            assert_eq!(moved.path(path), expected, "{path}");
        }
    }
}
