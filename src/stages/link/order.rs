//! Puts lessons, units and modules into the order that the page of their folder gives: `order = ["listening.md", "money/"]`.
//!
//! In: lessons in the order of their names. Out: the same in the order of reading, and a finding for each name that is not there, or is left out.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::parse::Lessons;
use super::renames::{Renames, renamed};
use crate::model::finding::Fix;
use crate::model::nearness::{Names, question};
use crate::model::path::join;
use crate::model::registers::Placed;
use crate::model::written::as_toml;
use crate::model::{Finding, Lesson, Rule};

/// Arranges lessons and modules. `left_out` are drafts, which may be named.
pub fn arrange(
    lessons: &mut Lessons,
    left_out: &[Arc<Lesson>],
    renames: &dyn Renames,
    findings: &mut Vec<Finding>,
) {
    let has_order = |lesson: &&Arc<Lesson>| !lesson.front.order.is_empty();
    if !lessons.lessons.iter().any(|lesson| has_order(&lesson)) {
        return;
    }
    let pages = lessons.lessons.iter().filter(has_order);
    let pages: Vec<Arc<Lesson>> = pages.map(Arc::clone).collect();
    let (entries, drafts) = (entries(&lessons.lessons), entries(left_out));
    let mut ranks: HashMap<String, u32> = HashMap::new();
    for page in &pages {
        let folder = page.path.folder();
        let names = |entries: &HashMap<String, Vec<String>>| -> Vec<String> {
            entries.get(folder).cloned().unwrap_or_default()
        };
        let there = There {
            names: names(&entries),
            drafts: names(&drafts),
            renames,
        };
        rank(page, &there, &mut ranks, findings);
    }
    sort(&mut lessons.lessons, &ranks);
    lessons
        .modules
        .sort_by_key(|module| ranks.get(module.as_str()).copied().unwrap_or(0));
}

/// Sorts lessons folder by folder: by ranks where a folder has some, and else as they stand.
fn sort(lessons: &mut Vec<Arc<Lesson>>, ranks: &HashMap<String, u32>) {
    let mut first: HashMap<String, u32> = HashMap::new();
    let mut key = |at: u32, lesson: &Lesson| -> Vec<u32> {
        let path = lesson.path.as_str();
        let ends = path.match_indices('/').map(|(at, _)| at);
        let above: Vec<&str> = ends.chain([path.len()]).map(|end| &path[..end]).collect();
        let last = above.len() - 1;
        let mut key = Vec::with_capacity(above.len());
        for (level, entry) in above.into_iter().enumerate() {
            let stands = *first.entry(entry.to_owned()).or_insert(at + 1);
            key.push(match ranks.get(entry) {
                _ if lesson.path.is_index() && level == last => 0,
                Some(rank) => *rank,
                None => stands,
            });
        }
        key
    };
    let taken = std::mem::take(lessons);
    let mut keyed: Vec<(Vec<u32>, Arc<Lesson>)> = (0..)
        .zip(taken)
        .map(|(at, lesson)| (key(at, &lesson), lesson))
        .collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    lessons.extend(keyed.into_iter().map(|(_, lesson)| lesson));
}

/// What stands in a folder.
struct There<'r> {
    /// In its order by name.
    names: Vec<String>,
    /// What is left out: it may be named.
    drafts: Vec<String>,
    /// What was called otherwise.
    renames: &'r dyn Renames,
}

/// Where something stands that was renamed.
enum Now<'n> {
    /// In the same folder, by this name.
    Here(&'n str),
    /// At this path below `modules/`.
    Elsewhere(&'n str),
}

impl There<'_> {
    /// Returns where a page or folder stands now that was called `name` in this folder.
    fn now(&self, folder: &str, name: &str) -> Option<Now<'_>> {
        let path = join(folder, name)?;
        let page = self.renames.page(&path);
        let now = page.or_else(|| self.renames.folder(&path))?;
        let (into, name) = now.rsplit_once('/').unwrap_or(("", now));
        let is_here = into == folder && self.names.iter().any(|known| known == name);
        Some(if is_here {
            Now::Here(name)
        } else {
            Now::Elsewhere(now)
        })
    }
}

/// Returns the names in each folder that has lessons, in their order, without the folders' own pages.
fn entries(lessons: &[Arc<Lesson>]) -> HashMap<String, Vec<String>> {
    let mut entries: HashMap<String, Vec<String>> = HashMap::new();
    let mut seen = HashSet::new();
    for lesson in lessons {
        let mut path = lesson.path.as_str();
        if lesson.path.is_index() {
            path = lesson.path.folder();
        }
        let mut new = Vec::new();
        while !path.is_empty() && seen.insert(path.to_owned()) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            new.push((folder, name));
            path = folder;
        }
        for (folder, name) in new {
            let names = entries.entry(folder.to_owned()).or_default();
            names.push(name.to_owned());
        }
    }
    entries
}

/// Ranks the entries of a folder from 1 on; what its page does not name follows.
fn rank(
    page: &Lesson,
    there: &There<'_>,
    ranks: &mut HashMap<String, u32>,
    findings: &mut Vec<Finding>,
) {
    let folder = page.path.folder();
    let (named, file) = (&page.front.order, page.path.from_root());
    let known: HashSet<&str> = there
        .names
        .iter()
        .chain(&there.drafts)
        .map(String::as_str)
        .collect();
    let mut rank = 0;
    for name in named {
        let path = join(folder, &name.value).unwrap_or_default();
        let entry = path
            .strip_prefix(folder)
            .map(|name| name.trim_start_matches('/'));
        match entry.filter(|entry| known.contains(entry)) {
            Some(_) if ranks.contains_key(&path) => findings.push(
                Finding::new(
                    Rule::NotInOrder,
                    file,
                    name.place,
                    format!("`{}` is named twice in `order`", name.value),
                )
                .help("leave it where it belongs, and take it out elsewhere"),
            ),
            Some(_) => {
                rank += 1;
                ranks.insert(path, rank);
            }
            None => findings.push(missing(page, name, there)),
        }
    }
    let mut rest = Vec::new();
    for name in &there.names {
        let path = join(folder, name).unwrap_or_default();
        if let Entry::Vacant(free) = ranks.entry(path) {
            rank += 1;
            free.insert(rank);
            rest.push(name.as_str());
        }
    }
    let place = named.last().map(|name| name.place);
    if let (Some(place), [first, more @ ..]) = (place, &rest[..]) {
        let message = match more.len() {
            0 => format!("`order` does not name `{first}`, which follows the others"),
            more => {
                format!("`order` does not name `{first}` and {more} more, which follow the others")
            }
        };
        let names: Vec<String> = rest.iter().map(|name| as_toml(name)).collect();
        let finding = Finding::new(Rule::NotInOrder, file, place, message);
        findings.push(finding.help(format!("add {} where it belongs", names.join(", "))));
    }
}

/// Reports a name for which nothing stands in the folder.
fn missing(page: &Lesson, name: &Placed<String>, there: &There<'_>) -> Finding {
    let written = name.value.trim_end_matches('/');
    let (help, write) = match there.now(page.path.folder(), written) {
        Some(Now::Here(name)) => (renamed(name), Some(name.to_owned())),
        Some(Now::Elsewhere(path)) => (renamed(&format!("modules/{path}")), None),
        None => {
            let names = Names::new(there.names.iter().map(String::as_str));
            let near = names.near(written);
            let help = near.map_or_else(
                || {
                    "name files and folders that stand beside this page, such as `calls.md` or `money/`"
                        .into()
                },
                |near| question(near.name),
            );
            let certain = near.filter(|near| near.is_certain);
            (help, certain.map(|near| near.name.to_owned()))
        }
    };
    let fix = write.and_then(|write| Fix::at(name.at, as_toml(&write)));
    let message = format!("nothing is called `{}` in this folder", name.value);
    Finding::new(Rule::BrokenLink, page.path.from_root(), name.place, message)
        .help(help)
        .maybe_fix(fix)
}
