//! Gives every page of a course its place among modules, units and lessons.
//!
//! In: entries in order. Out: for each page the path of its lesson below `modules/`, numbered so that the order stays, with names that no other page
//! has and every system knows. The first level becomes modules, what has pages below it units, the rest lessons.

use std::collections::{HashMap, HashSet};

use super::course::{Course, Entry};
use super::formats::folder::{index_rank, stem};
use crate::model::bytes::start_of;
use crate::model::path::{collision_key, unsafe_reason};
use crate::model::site::PAGES_OF_A_MODULE;
use crate::model::slug::{file_slug, title_of};

/// A page with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The page's file below the source; nothing for a group without a page.
    pub source: Option<String>,
    /// The lesson's file below `modules/`.
    pub target: String,
    /// What the order calls it.
    pub title: Option<String>,
    /// What the order says about it.
    pub summary: Option<String>,
    /// The folder that it stands for.
    pub folder: Option<String>,
}

/// Units stand no deeper inside each other: what is deeper follows on its own level.
const DEEPEST: usize = 8;

/// Names are cut at a word before they are longer.
const LONGEST_NAME: usize = 60;

/// Names of the site's own folders and pages.
const OWN_MODULES: [&str; 4] = ["assets", "search", "topics", "reports"];

/// Places all pages of a course.
pub fn layout(course: &mut Course) -> Vec<Placed> {
    let mut placer = Placer::default();
    if let Some(home) = &course.home {
        placer.seen.insert(home.clone());
        placer.placed.push(Placed {
            source: Some(home.clone()),
            target: "index.md".into(),
            title: None,
            summary: None,
            folder: Some(course.content.clone()),
        });
    }
    let is_flat = course.entries.iter().all(|entry| entry.children.is_empty());
    if is_flat && course.entries.len() > 1 {
        // A folder without folders is one module.
        let title = match course.title.as_str() {
            "" => "Lessons",
            title => title,
        };
        let module = Entry {
            title: Some(title.to_owned()),
            children: std::mem::take(&mut course.entries),
            ..Entry::default()
        };
        course.entries.push(module);
    }
    placer.place(&course.entries, "", 0);
    for page in placer.twice {
        course.fault(
            &page,
            0,
            "the order names it twice, and it stands at the first place",
        );
    }
    placer.placed
}

#[derive(Default)]
struct Placer {
    placed: Vec<Placed>,
    /// Pages that have their place.
    seen: HashSet<String>,
    twice: Vec<String>,
    /// Names that are taken, by folder.
    names: HashMap<String, HashSet<String>>,
    /// How many stand in a folder already.
    counts: HashMap<String, usize>,
}

impl Placer {
    fn place(&mut self, entries: &[Entry], folder: &str, depth: usize) {
        let before = self.counts.get(folder).copied().unwrap_or(0);
        let width = (before + entries.len()).to_string().len().max(2);
        for entry in entries {
            let page = entry.page.clone();
            let page = page.filter(|page| {
                let first = self.seen.insert(page.clone());
                if !first {
                    self.twice.push(page.clone());
                }
                first
            });
            if page.is_none() && entry.children.is_empty() {
                continue;
            }
            let number = self.counts.entry(folder.to_owned()).or_insert(0);
            *number += 1;
            let number = *number;
            let is_folder = depth == 0 || (!entry.children.is_empty() && depth < DEEPEST);
            let name = self.name(entry, folder, depth);
            let path = format!("{folder}{number:0width$}-{name}");
            let placed = |target: String| Placed {
                source: page.clone(),
                target,
                title: entry.title.clone(),
                summary: entry.summary.clone(),
                folder: entry.folder.clone(),
            };
            if is_folder {
                self.placed.push(placed(format!("{path}/index.md")));
                self.place(&entry.children, &format!("{path}/"), depth + 1);
            } else {
                if page.is_some() {
                    self.placed.push(placed(format!("{path}.md")));
                }
                self.place(&entry.children, folder, depth);
            }
        }
    }

    /// Returns a name that nothing else in the folder has.
    fn name(&mut self, entry: &Entry, folder: &str, depth: usize) -> String {
        let taken = self.names.entry(folder.to_owned()).or_default();
        let wanted = wanted(entry);
        let is_own = |name: &str| match depth {
            0 => OWN_MODULES.contains(&name),
            _ => name == "index" || PAGES_OF_A_MODULE.contains(&name),
        };
        let mut name = wanted.clone();
        let mut next = 2;
        while is_own(&name) || !taken.insert(collision_key(&name).into_owned()) {
            name = format!("{wanted}-{next}");
            next += 1;
        }
        name
    }
}

/// Returns the name that an entry would have if it were alone: its file's or folder's, else its title's.
fn wanted(entry: &Entry) -> String {
    let page = entry.page.as_deref().map(|page| match index_rank(page) {
        Some(_) => page.rsplit('/').nth(1).unwrap_or(""),
        None => undated(stem(page.rsplit('/').next().unwrap_or(page))),
    });
    let folder = entry.folder.as_deref();
    let folder = folder.map(|folder| folder.rsplit('/').next().unwrap_or(folder));
    [page, folder, entry.title.as_deref()]
        .into_iter()
        .flatten()
        .map(|name| short(&file_slug(name)))
        .find(|name| !name.is_empty() && unsafe_reason(name).is_none())
        .unwrap_or_else(|| "page".into())
}

/// Returns the name of a post without its day.
fn undated(name: &str) -> &str {
    let is_day = |day: &str| day.parse::<jiff::civil::Date>().is_ok();
    match (name.get(..10), name.get(11..)) {
        (Some(day), Some(rest))
            if is_day(day) && name[10..].starts_with('-') && !rest.is_empty() =>
        {
            rest
        }
        _ => name,
    }
}

fn short(name: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let cut = start_of(name, LONGEST_NAME);
    cut.rsplit_once('-')
        .map_or(cut, |(words, _)| words)
        .to_owned()
}

/// Returns what a course without any title is called, by its folder.
pub fn title_of_folder(folder: &camino::Utf8Path) -> String {
    let name = folder.file_name().unwrap_or("Course").replace('_', " ");
    title_of(&name)
}

/// Returns what a page without any title is called.
pub fn fallback_title(placed: &Placed) -> String {
    let path = placed.source.as_deref().or(placed.folder.as_deref());
    let name = path.map_or("", |path| match index_rank(path) {
        Some(_) => path.rsplit('/').nth(1).unwrap_or(""),
        None => stem(path.rsplit('/').next().unwrap_or(path)),
    });
    let words = name.replace('_', " ");
    let title = title_of(crate::model::slug::split_number(words.trim()).1.trim());
    if title.is_empty() {
        "Untitled".into()
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(entries: Vec<Entry>) -> Vec<String> {
        let mut course = Course {
            entries,
            ..Course::default()
        };
        let placed = layout(&mut course);
        placed.into_iter().map(|placed| placed.target).collect()
    }

    fn group(title: &str, children: Vec<Entry>) -> Entry {
        Entry {
            title: Some(title.into()),
            children,
            ..Entry::default()
        }
    }

    #[test]
    fn the_first_level_becomes_modules_and_groups_become_units() {
        let entries = vec![
            Entry::page("start.md"),
            group(
                "Part 1",
                vec![
                    Entry::page("01-a.md"),
                    group("Tŷ", vec![Entry::page("u/x.md")]),
                ],
            ),
        ];
        assert_eq!(
            targets(entries),
            [
                "01-start/index.md",
                "02-part-1/index.md",
                "02-part-1/01-a.md",
                "02-part-1/02-tŷ/index.md",
                "02-part-1/02-tŷ/01-x.md",
            ]
        );
    }

    #[test]
    fn a_flat_course_is_one_module_and_names_are_never_shared() {
        let entries = [
            "a.md",
            "A.md",
            "b/a.md",
            "print.md",
            "session.md",
            "ก ข.md",
            "???.md",
        ];
        let entries = entries.into_iter().map(Entry::page).collect();
        assert_eq!(
            targets(entries),
            [
                "01-lessons/index.md",
                "01-lessons/01-a.md",
                "01-lessons/02-a-2.md",
                "01-lessons/03-a-3.md",
                "01-lessons/04-print-2.md",
                "01-lessons/05-session-2.md",
                "01-lessons/06-ก-ข.md",
                "01-lessons/07-page.md",
            ]
        );
    }

    #[test]
    fn groups_deeper_than_eight_follow_on_their_own_level() {
        let mut entry = Entry::page("z.md");
        for level in 0..20 {
            entry = group(&format!("g{level}"), vec![entry]);
        }
        let deepest = targets(vec![entry])
            .into_iter()
            .map(|path| path.matches('/').count())
            .max();
        assert_eq!(deepest, Some(8));
    }
}
