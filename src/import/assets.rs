//! Gives the files that pages show or offer a place beside them.
//!
//! In: the path of a file below the source, and the lesson that first asks for it. Out: its path below `modules/`, in the folder of that lesson's module,
//! with a name that every system knows.

use std::collections::{BTreeMap, HashSet};

use crate::model::path::{collision_key, unsafe_reason};
use crate::model::slug::file_slug;

/// Endings of images.
const IMAGES: [&str; 10] = [
    "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "tiff", "webp",
];

/// Files that go along.
#[derive(Debug, Default)]
pub struct Assets {
    /// Their paths below `modules/`, by the path below the source.
    placed: BTreeMap<String, String>,
    /// Drawings that stood in a page: their paths below `modules/`, and what they hold.
    pub drawings: Vec<(String, String)>,
    taken: HashSet<String>,
}

impl Assets {
    /// Returns the place of a file for the lesson that asks for it.
    pub fn take(&mut self, path: &str, lesson: &str) -> String {
        if let Some(placed) = self.placed.get(path) {
            return placed.clone();
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
        let target = self.free(lesson, stem, &ending.to_ascii_lowercase());
        self.placed.insert(path.to_owned(), target.clone());
        target
    }

    /// Returns whether a file or drawing stands at a path below `modules/`.
    pub fn has(&self, path: &str) -> bool {
        self.taken.contains(collision_key(path).as_ref())
    }

    /// Returns the place of a drawing that stood in a lesson.
    pub fn draw(&mut self, drawing: String, lesson: &str) -> String {
        let target = self.free(lesson, "drawing", "svg");
        self.drawings.push((target.clone(), drawing));
        target
    }

    /// Returns the files with their places.
    pub fn placed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.placed
            .iter()
            .map(|(from, to)| (from.as_str(), to.as_str()))
    }

    fn free(&mut self, lesson: &str, stem: &str, ending: &str) -> String {
        let module = lesson.split_once('/').map_or("", |(module, _)| module);
        let folder = if IMAGES.contains(&ending) {
            "images"
        } else {
            "files"
        };
        let folder = if module.is_empty() {
            folder.to_owned()
        } else {
            format!("{module}/{folder}")
        };
        let dot = if ending.is_empty() { "" } else { "." };
        let mut slug = file_slug(&format!("x-{stem}"))[1..]
            .trim_start_matches('-')
            .to_owned();
        while slug.len() > 100 {
            slug.pop();
        }
        if slug.is_empty() || unsafe_reason(&slug).is_some() {
            slug = format!("file-{slug}").trim_end_matches('-').to_owned();
        }
        let mut target = format!("{folder}/{slug}{dot}{ending}");
        let mut next = 2;
        while !self.taken.insert(collision_key(&target).into_owned()) {
            target = format!("{folder}/{slug}-{next}{dot}{ending}");
            next += 1;
        }
        target
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_once_and_under_names_that_every_system_knows() {
        let mut assets = Assets::default();
        for (path, lesson, expected) in [
            ("img/A b.PNG", "01-x/02-y.md", "01-x/images/a-b.png"),
            ("other/a-b.png", "01-x/02-y.md", "01-x/images/a-b-2.png"),
            ("img/A b.PNG", "02-z/index.md", "01-x/images/a-b.png"),
            ("Case: one?.pdf", "index.md", "files/case-one.pdf"),
            ("con.pdf", "index.md", "files/file-con.pdf"),
            ("Makefile", "01-x/index.md", "01-x/files/makefile"),
            ("01-tŷ.svg", "01-x/index.md", "01-x/images/01-tŷ.svg"),
        ] {
            assert_eq!(assets.take(path, lesson), expected, "{path}");
        }
    }
}
