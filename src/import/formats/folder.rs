//! Reads a folder of Markdown: folders are groups, `README.md` or `_index.md` their own pages, and weights, numbers and names the order.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::super::course::{Course, Entry, Format};
use super::super::front;
use super::super::source::Source;
use super::super::value::{self, Value};
use crate::model::path::joined;
use crate::model::slug::reading_order;

/// Endings of pages.
const ENDINGS: [&str; 5] = [".md", ".mdx", ".markdown", ".mdown", ".rmd"];

/// Names of a folder's own page, the first one first.
const INDEXES: [&str; 4] = ["_index", "index", "readme", "_readme"];

/// Keys that say where a page stands among its siblings.
const WEIGHTS: [&str; 4] = ["weight", "nav_order", "sidebar_position", "order"];

/// A folder and what is in it.
#[derive(Debug, Default)]
struct Folder {
    pages: Vec<String>,
    folders: BTreeMap<String, Folder>,
}

/// Where an entry stands among its siblings.
struct Position {
    weight: Option<f64>,
    name: String,
}

/// What says more about a folder than its pages do.
#[derive(Debug, Default)]
pub struct About {
    /// What it is called.
    pub title: Option<String>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Where it stands among its siblings.
    pub weight: Option<f64>,
}

/// How the names of a folder's entries are ordered and left out.
pub struct Walk<'s> {
    /// The files.
    pub source: &'s Source,
    /// Whose rules count.
    pub format: Format,
    /// What is said about a folder.
    pub about: &'s dyn Fn(&str) -> About,
}

/// Reads a folder of Markdown, of Hugo's or of Jekyll's.
pub fn course(source: &Source, format: Format) -> Course {
    let mut course = Course::default();
    match format {
        Format::Hugo => hugo(source, &mut course),
        Format::Jekyll => jekyll(source, &mut course),
        _ => {}
    }
    let walk = Walk::by_pages(source, format);
    (course.home, course.entries) = walk.entries(&course.content);
    course
}

fn hugo(source: &Source, course: &mut Course) {
    if source.has_folder("content") {
        course.content = "content".into();
    }
    course.statics = vec!["static".into(), "assets".into()];
    let names = [
        "hugo",
        "config",
        "config/_default/hugo",
        "config/_default/config",
    ];
    let found = names.iter().flat_map(|name| {
        [".toml", ".yaml", ".yml", ".json"].map(|ending| format!("{name}{ending}"))
    });
    let Some(file) = found.into_iter().find(|file| source.has(file)) else {
        return;
    };
    let read = match file.rsplit('.').next() {
        Some("toml") => value::toml,
        Some("json") => value::json,
        _ => value::yaml,
    };
    configure(source, &file, read, course);
    course.language = text(&course.extra, "languageCode").or(text(&course.extra, "locale"));
    course.base = base_of(&text(&course.extra, "baseURL").unwrap_or_default());
}

fn jekyll(source: &Source, course: &mut Course) {
    course.statics = vec![String::new()];
    configure(source, "_config.yml", value::yaml, course);
    course.language = text(&course.extra, "lang");
    course.base = text(&course.extra, "baseurl").unwrap_or_default();
    course.description = text(&course.extra, "description").unwrap_or_default();
}

fn configure(source: &Source, file: &str, read: value::Read, course: &mut Course) {
    let Ok(written) = source.text(file) else {
        return;
    };
    match read(&written) {
        Ok(Value::Table(entries)) => course.extra = entries,
        Ok(_) => {}
        Err(fault) => course.fault(
            file,
            fault.line,
            format!("the configuration cannot be read: {}", fault.message),
        ),
    }
    course.title = text(&course.extra, "title").unwrap_or_default();
}

fn text(entries: &[(String, Value)], key: &str) -> Option<String> {
    let (_, value) = entries
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(key))?;
    value.text().filter(|text| !text.is_empty())
}

/// Returns the path of an address: `/book/` of `https://example.org/book/`.
pub fn base_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/')
        .map_or(String::new(), |at| rest[at..].to_owned())
}

/// Returns whether a file is a page. What is hidden is none, but pages may include it.
pub fn is_page(path: &str) -> bool {
    if path.split('/').any(|part| part.starts_with(['.', '#'])) {
        return false;
    }
    let lower = path.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Returns whether a file has text for other pages alone, which import it.
pub fn is_partial(format: Format, below: &str) -> bool {
    format == Format::Docusaurus && below.split('/').any(|part| part.starts_with('_'))
}

/// Returns a path without the ending of a page.
pub fn stem(path: &str) -> &str {
    ENDINGS
        .iter()
        .find(|ending| {
            path.len() > ending.len()
                && path.is_char_boundary(path.len() - ending.len())
                && path[path.len() - ending.len()..].eq_ignore_ascii_case(ending)
        })
        .map_or(path, |ending| &path[..path.len() - ending.len()])
}

/// Returns the rank of a folder's own page, or nothing for any other page.
pub fn index_rank(path: &str) -> Option<usize> {
    let name = stem(path.rsplit('/').next().unwrap_or(path)).to_lowercase();
    INDEXES.iter().position(|index| *index == name)
}

impl<'s> Walk<'s> {
    /// Knows nothing of a folder but what its pages say.
    pub fn by_pages(source: &'s Source, format: Format) -> Self {
        Self {
            source,
            format,
            about: &|_| About::default(),
        }
    }

    /// Returns the folder's own page and its entries in order.
    pub fn entries(&self, content: &str) -> (Option<String>, Vec<Entry>) {
        let mut top = Folder::default();
        let prefix = match content {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        for path in self.source.files().filter(|path| is_page(path)) {
            let Some(below) = path.strip_prefix(&prefix) else {
                continue;
            };
            let Some(parts) = self.parts(below) else {
                continue;
            };
            let mut folder = &mut top;
            for part in parts {
                folder = folder.folders.entry(part.to_owned()).or_default();
            }
            folder.pages.push(path.to_owned());
        }
        self.sorted(top, content)
    }

    /// Returns the folders that lead to a page; nothing where the tool leaves it out.
    fn parts<'p>(&self, below: &'p str) -> Option<Vec<&'p str>> {
        let mut parts: Vec<&str> = below.split('/').collect();
        parts.pop();
        let machinery = [
            "_layouts",
            "_includes",
            "_sass",
            "_data",
            "_plugins",
            "themes",
            "layouts",
            "archetypes",
        ];
        let tool = matches!(self.format, Format::Jekyll | Format::Hugo);
        let left_out = tool && parts.iter().any(|part| machinery.contains(part));
        (!left_out && !is_partial(self.format, below)).then_some(parts)
    }

    fn sorted(&self, folder: Folder, path: &str) -> (Option<String>, Vec<Entry>) {
        let Folder { pages, mut folders } = folder;
        let own = pages
            .iter()
            .filter_map(|page| Some((index_rank(page)?, page.clone())))
            .min();
        let own = own.map(|(_, page)| page);
        let mut found: Vec<(Position, Entry)> = Vec::new();
        for page in pages.into_iter().filter(|page| Some(page) != own.as_ref()) {
            let name = stem(page.rsplit('/').next().unwrap_or(&page)).to_owned();
            let mut entry = Entry::page(&page);
            let beside = folders
                .keys()
                .find(|folder| folder.eq_ignore_ascii_case(&name))
                .cloned();
            // A book's `foo.md` beside `foo/` is the page of that folder, unless it has one.
            if let Some((key, inner)) = beside.and_then(|key| folders.remove_entry(&key)) {
                let below = joined(path, &key);
                let (index, children) = self.sorted(inner, &below);
                entry.folder = Some(below);
                entry.children = index.map(|page| Entry::page(&page)).into_iter().collect();
                entry.children.extend(children);
            }
            found.push((self.position(&page, &name), entry));
        }
        for (name, inner) in folders {
            let below = joined(path, &name);
            let (page, children) = self.sorted(inner, &below);
            let about = (self.about)(&below);
            let mut position = match &page {
                Some(page) => self.position(page, &name),
                None => Position { weight: None, name },
            };
            position.weight = about.weight.or(position.weight);
            let folder = Some(below);
            found.push((
                position,
                Entry {
                    title: about.title,
                    summary: about.summary,
                    page,
                    folder,
                    children,
                },
            ));
        }
        found.sort_by(|(a, _), (b, _)| a.compare(b));
        (own, found.into_iter().map(|(_, entry)| entry).collect())
    }

    fn position(&self, page: &str, name: &str) -> Position {
        let front = self.source.text(page).map(|text| front::split(&text));
        let entries = front.map(|front| front.entries).unwrap_or_default();
        let weight = WEIGHTS.iter().find_map(|key| {
            let (_, value) = entries.iter().find(|(name, _)| name == key)?;
            match value {
                Value::Whole(number) => Some(*number as f64),
                Value::Real(number) => Some(*number),
                Value::Text(text) => text.trim().parse().ok(),
                _ => None,
            }
        });
        Position {
            // Hugo takes nought for no weight.
            weight: weight.filter(|weight| weight.is_finite() && *weight != 0.0),
            name: name.trim_start_matches('_').to_owned(),
        }
    }
}

impl Position {
    fn compare(&self, other: &Self) -> Ordering {
        match (self.weight, other.weight) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
        .then_with(|| reading_order(&self.name, &other.name))
    }
}
