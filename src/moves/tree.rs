//! The files below `modules/` as authors see them: folders with numbered entries.
//!
//! In: the sources. Out: what is there, and which entries of a folder stand in order. Paths are below `modules/`, with `/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::LanguageTag;
use crate::model::path::{INDEX, README, collision_key, joined, split};
use crate::model::slug::split_number;
use crate::model::sources::Sources;
use crate::stages::discover::compare_names;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder directly below `modules/` with pages.
    Module,
    /// A folder with pages inside a module.
    Unit,
    /// A Markdown file that is no `index.md`.
    Lesson,
    /// The page of a folder.
    Index,
    /// Another file.
    Asset,
    /// A folder without pages.
    Folder,
    /// A TOML file directly below `modules/`.
    Register,
}

impl Kind {
    /// Returns what it is called, with its article.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Module => "a module",
            Self::Unit => "a unit",
            Self::Lesson => "a lesson",
            Self::Index => "the page of a folder",
            Self::Asset => "a file",
            Self::Folder => "a folder without pages",
            Self::Register => "a register",
        }
    }

    /// Returns whether its number gives it a place among others.
    pub const fn has_place(self) -> bool {
        matches!(self, Self::Module | Self::Unit | Self::Lesson)
    }
}

/// Everything below `modules/`.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: BTreeSet<String>,
    /// Each folder with its entries; the top is the empty path.
    folders: BTreeMap<String, BTreeSet<String>>,
    /// Folders with pages, at any depth.
    with_pages: BTreeSet<String>,
    /// What the page of its folder names in its order.
    listed: BTreeSet<String>,
    /// Names of TOML files directly below `modules/`.
    registers: BTreeSet<String>,
}

impl Tree {
    /// Reads the paths of the sources.
    pub fn of(sources: &Sources) -> Self {
        let mut tree = Self::default();
        for document in &sources.documents {
            let path = document.path.as_str();
            tree.add(path);
            let above = path.match_indices('/').map(|(at, _)| &path[..at]);
            tree.with_pages.extend(above.map(ToOwned::to_owned));
        }
        for asset in &sources.assets {
            tree.add(asset.path.as_str());
        }
        tree
    }

    /// Notes an entry that the page of its folder names in its order.
    pub fn list(&mut self, path: String) {
        self.listed.insert(path);
    }

    /// Notes a TOML file directly below `modules/`.
    pub fn register(&mut self, name: &str) {
        self.registers.insert(name.to_owned());
    }

    /// Returns whether the page of its folder gives an entry its place.
    pub fn is_listed(&self, path: &str) -> bool {
        self.listed.contains(path)
    }

    fn add(&mut self, path: &str) {
        self.files.insert(path.to_owned());
        let mut path = path;
        loop {
            let (folder, name) = split(path);
            let entries = self.folders.entry(folder.to_owned()).or_default();
            if !entries.insert(name.to_owned()) || folder.is_empty() {
                break;
            }
            path = folder;
        }
    }

    /// Returns what stands at a path.
    pub fn kind(&self, path: &str) -> Option<Kind> {
        if self.registers.contains(path) {
            return Some(Kind::Register);
        }
        let (folder, name) = split(path);
        if self.files.contains(path) {
            let is_page = name.ends_with(".md") || name.to_lowercase().ends_with(".md");
            let has_index = || self.files.contains(&joined(folder, INDEX));
            return Some(match name {
                INDEX => Kind::Index,
                README if !has_index() => Kind::Index,
                _ if is_page => Kind::Lesson,
                _ => Kind::Asset,
            });
        }
        if !self.folders.contains_key(path) || path.is_empty() {
            return None;
        }
        Some(match (self.with_pages.contains(path), folder.is_empty()) {
            (false, _) => Kind::Folder,
            (true, true) => Kind::Module,
            (true, false) => Kind::Unit,
        })
    }

    /// Returns whether there is a folder at a path; the top is one.
    pub fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.folders.contains_key(path)
    }

    /// Returns the names in a folder.
    pub fn names(&self, folder: &str) -> impl Iterator<Item = &str> {
        let entries = self.folders.get(folder);
        entries.into_iter().flatten().map(String::as_str)
    }

    /// Returns the entry of a folder that some system takes for this name.
    pub fn like(&self, folder: &str, name: &str) -> Option<&str> {
        let key = collision_key(name);
        self.names(folder).find(|other| collision_key(other) == key)
    }

    /// Returns the paths of all files and folders.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let folders = self.folders.keys().map(String::as_str);
        let folders = folders.filter(|folder| !folder.is_empty());
        self.files.iter().map(String::as_str).chain(folders)
    }

    /// Returns whether an entry stands in the order of its folder: a translation stands where its original does.
    pub fn has_place(&self, path: &str) -> bool {
        let (folder, name) = split(path);
        let is_beside = |(stem, _): (&str, _)| self.files.contains(&joined(folder, &page(stem)));
        self.kind(path).is_some_and(Kind::has_place) && !translated(name).is_some_and(is_beside)
    }

    /// Returns the names of a page's translations, each with its language: `02-ends.cy.md` beside `02-ends.md`.
    pub fn translations(&self, path: &str) -> impl Iterator<Item = (&str, &str)> {
        let (folder, name) = split(path);
        let of_it = move |other| {
            let (stem, tag) = translated(other)?;
            (name.strip_suffix(PAGE) == Some(stem)).then_some((other, tag))
        };
        self.names(folder).filter_map(of_it)
    }

    /// Returns the entries of a folder that have a place in its order, as they are read.
    pub fn in_order(&self, folder: &str) -> Vec<&str> {
        let is_placed = |name: &&str| self.has_place(&joined(folder, name));
        let mut names: Vec<&str> = self.names(folder).filter(is_placed).collect();
        names.sort_by(|a, b| compare_names(a, b));
        names
    }

    /// Returns the numbered entries of a folder by their numbers.
    pub fn shelf(&self, folder: &str) -> Shelf {
        let mut shelf = Shelf::default();
        for name in self.in_order(folder) {
            if let (Some(number), _) = split_number(name) {
                let names = shelf.places.entry(number).or_default();
                names.push(name.to_owned());
                shelf.digits = shelf.digits.max(digits(name));
            }
        }
        shelf
    }
}

/// The numbered entries of one folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    places: BTreeMap<u64, Vec<String>>,
    /// Digits of the longest number.
    digits: usize,
}

impl Shelf {
    /// Takes an entry out; what stands directly behind it moves up.
    pub fn take(&mut self, name: &str) {
        let Some((number, names)) = self
            .places
            .iter_mut()
            .find(|(_, names)| names.iter().any(|other| other == name))
        else {
            return;
        };
        let mut free = *number;
        names.retain(|other| other != name);
        if !names.is_empty() {
            return;
        }
        self.places.remove(&free);
        while let Some(names) = self.places.remove(&(free + 1)) {
            self.places.insert(free, names);
            free += 1;
        }
    }

    /// Puts an entry at a place; what stands there and directly behind it moves on.
    pub fn put(&mut self, number: u64, name: &str) {
        let mut carried = vec![name.to_owned()];
        for at in number.. {
            match self.places.insert(at, carried) {
                Some(names) => carried = names,
                None => break,
            }
        }
    }

    /// Numbers the entries from 1 on, without gaps.
    pub fn renumber(&mut self, names: &[&str]) {
        self.places.clear();
        for (number, name) in (1..).zip(names) {
            self.places.insert(number, vec![(*name).to_owned()]);
        }
    }

    /// Returns each entry's name as it stood, and as it is called at its place. One that stays where it is keeps its name.
    pub fn names(&self) -> impl Iterator<Item = (&str, String)> {
        self.places.iter().flat_map(|(number, names)| {
            let named = |name: &String| {
                if split_number(name).0 == Some(*number) {
                    name.clone()
                } else {
                    self.named(*number, name)
                }
            };
            names.iter().map(move |name| (name.as_str(), named(name)))
        })
    }

    /// Returns what an entry is called that comes to a place, with as many digits as its neighbours have.
    pub fn named(&self, number: u64, name: &str) -> String {
        let (former, rest) = split_number(name);
        match former {
            Some(_) => {
                // The mark between number and name stays what it is.
                let mark = &name[digits(name)..name.len() - rest.len()];
                format!("{number:0width$}{mark}{rest}", width = self.width(name))
            }
            None => format!("{number:0width$}-{name}", width = self.digits.max(2)),
        }
    }

    fn width(&self, name: &str) -> usize {
        match self.digits {
            0 => digits(name),
            digits => digits,
        }
    }
}

/// The ending of pages.
const PAGE: &str = ".md";

/// Returns the name of the page that a translation is of.
fn page(stem: &str) -> String {
    [stem, PAGE].concat()
}

/// Returns the original's name without its ending, and the language, where a name is that of a translation.
fn translated(name: &str) -> Option<(&str, &str)> {
    LanguageTag::behind(name.strip_suffix(PAGE)?)
}

/// Returns what a page's translation is called when the page is called `name`.
pub fn translation(name: &str, tag: &str) -> String {
    let stem = name.strip_suffix(PAGE).unwrap_or(name);
    format!("{stem}.{tag}{PAGE}")
}

/// Returns how many digits a name begins with.
fn digits(name: &str) -> usize {
    name.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(names: &[&str]) -> Shelf {
        let mut shelf = Shelf::default();
        for name in names {
            let number = split_number(name).0.expect("it has a number");
            shelf
                .places
                .entry(number)
                .or_default()
                .push((*name).to_owned());
            shelf.digits = shelf.digits.max(digits(name));
        }
        shelf
    }

    fn named(shelf: &Shelf) -> Vec<String> {
        shelf.names().map(|(_, name)| name).collect()
    }

    #[test]
    fn what_stands_at_a_place_and_directly_behind_moves_on() {
        let before = ["01-a.md", "02-b.md", "03-c.md", "05-e.md"];
        for (number, expected) in [
            (
                1,
                ["01-x.md", "02-a.md", "03-b.md", "04-c.md", "05-e.md"].as_slice(),
            ),
            (4, &["01-a.md", "02-b.md", "03-c.md", "4-x.md", "05-e.md"]),
            (9, &["01-a.md", "02-b.md", "03-c.md", "05-e.md", "09-x.md"]),
        ] {
            let mut shelf = shelf(&before);
            shelf.put(number, "4-x.md");
            assert_eq!(named(&shelf), expected, "{number}");
        }
    }

    #[test]
    fn what_is_taken_and_put_back_changes_nothing() {
        let names = ["1-a", "2-b", "3-c", "4-d", "10-e"];
        for (number, name) in [(1, "1-a"), (3, "3-c"), (4, "4-d"), (10, "10-e")] {
            let mut shelf = shelf(&names);
            shelf.take(name);
            shelf.put(number, name);
            assert_eq!(named(&shelf), names, "{name}");
        }
    }

    #[test]
    fn numbers_keep_their_digits_and_marks() {
        let shelf = shelf(&["09_a.md", "10 b.md"]);
        for (number, name, expected) in [
            (10, "09_a.md", "10_a.md"),
            (9, "10 b.md", "09 b.md"),
            (100, "10 b.md", "100 b.md"),
            (9, "9.c.md", "09.c.md"),
            (8, "9.c.md", "08.c.md"),
            (3, "tŷ.md", "03-tŷ.md"),
        ] {
            assert_eq!(shelf.named(number, name), expected, "{number} {name}");
        }
    }
}
