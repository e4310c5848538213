//! Reads a site of Docusaurus: `docs/` with `_category_.json` and `sidebar_position`, or the order that `sidebars.js` writes out.

use std::collections::HashMap;

use super::super::course::{Course, Entry, Format};
use super::super::front;
use super::super::source::Source;
use super::super::value::{self, Value};
use super::folder::{About, Walk, base_of, is_page, stem};
use super::script;
use crate::model::slug::title_of;

/// Reads a site.
pub fn course(source: &Source) -> Course {
    // Some projects keep the site in a folder of its own, and its pages beside that or in it.
    let site = if source.has_folder("website") && find(source, "", &CONFIGS).is_none() {
        "website/"
    } else {
        ""
    };
    let folders = [format!("{site}docs"), "docs".to_owned()];
    let mut course = Course {
        content: folders
            .into_iter()
            .find(|folder| source.has_folder(folder))
            .unwrap_or_default(),
        statics: vec![format!("{site}static")],
        ..Course::default()
    };
    let config = find(source, site, &CONFIGS);
    let config = config.and_then(|file| source.text(&file).ok());
    let config = config.unwrap_or_default();
    configure(&config, &mut course);
    let about = |folder: &str| category(source, folder);
    let format = Format::Docusaurus;
    let walk = Walk {
        source,
        format,
        about: &about,
    };
    let (home, entries) = walk.entries(&course.content);
    course.home = home;
    course.entries = entries;
    let Some(file) = find(source, site, &SIDEBARS) else {
        return course;
    };
    match source.text(&file).ok().and_then(|text| script::exported(&text)) {
        Some(sidebars) => {
            let ids = ids(source, &course.content);
            let order = Sidebars { ids, file: &file, config: &config, walk: &walk };
            let entries = order.all(&sidebars, &mut course);
            if !entries.is_empty() {
                let mut kept = false;
                Entry::each_page(&entries, &mut |page| kept |= Some(page) == course.home.as_deref());
                course.home = course.home.take().filter(|_| !kept);
                course.entries = entries;
            }
        }
        None => course.fault(
            &file,
            0,
            "it is more than a list, and was not read: the order is that of `_category_.json`, `sidebar_position` and names",
        ),
    }
    course
}

/// Files with the site's own settings.
const CONFIGS: [&str; 3] = [
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
];

/// Files with the order of its pages.
const SIDEBARS: [&str; 4] = [
    "sidebars.js",
    "sidebars.ts",
    "sidebars.json",
    "sidebars.mjs",
];

fn find(source: &Source, folder: &str, names: &[&str]) -> Option<String> {
    let paths = names.iter().map(|name| format!("{folder}{name}"));
    paths.into_iter().find(|path| source.has(path))
}

fn configure(config: &str, course: &mut Course) {
    let setting = |key: &str| script::setting(config, key);
    course.title = setting("title").unwrap_or_default();
    course.description = setting("tagline").unwrap_or_default();
    course.language = setting("defaultLocale");
    course.base =
        setting("baseUrl").unwrap_or_else(|| base_of(&setting("url").unwrap_or_default()));
}

/// Returns what `_category_.json` says about a folder.
fn category(source: &Source, folder: &str) -> About {
    let read = [
        ("json", value::json as value::Read),
        ("yml", value::yaml),
        ("yaml", value::yaml),
    ];
    let found = read.into_iter().find_map(|(ending, read)| {
        let text = source.text(&format!("{folder}/_category_.{ending}")).ok()?;
        read(&text).ok()
    });
    let Some(category) = found else {
        return About::default();
    };
    let position = match category.get("position") {
        Some(Value::Whole(number)) => Some(*number as f64),
        Some(Value::Real(number)) => Some(*number),
        _ => None,
    };
    About {
        title: category.get("label").and_then(Value::text),
        summary: described(&category),
        weight: position,
    }
}

/// Returns the sentence on the page that Docusaurus makes of a category.
fn described(category: &Value) -> Option<String> {
    let link = category
        .get("link")
        .and_then(|link| link.get("description"));
    let said = link.or_else(|| category.get("description"));
    said.and_then(Value::text)
}

/// The order that a script writes out.
struct Sidebars<'s> {
    /// Pages by all that names them.
    ids: HashMap<String, String>,
    file: &'s str,
    /// The site's settings.
    config: &'s str,
    walk: &'s Walk<'s>,
}

impl Sidebars<'_> {
    /// Returns the entries of all sidebars; several become groups.
    fn all(&self, sidebars: &Value, course: &mut Course) -> Vec<Entry> {
        let mut all: Vec<(&str, Vec<Entry>)> = Vec::new();
        for (name, sidebar) in sidebars.entries() {
            let entries = self.items(sidebar, course);
            if !entries.is_empty() {
                all.push((name.as_str(), entries));
            }
        }
        if all.len() < 2 {
            return all.into_iter().flat_map(|(_, entries)| entries).collect();
        }
        let group = |(name, children): (&str, Vec<Entry>)| Entry {
            title: Some(self.label(name)),
            children,
            ..Entry::default()
        };
        all.into_iter().map(group).collect()
    }

    /// Returns what readers see of a sidebar: its label in the bar at the top, or else its name in words.
    fn label(&self, name: &str) -> String {
        let mut found = self.config.match_indices("sidebarId");
        let label = found.find_map(|(at, _)| {
            let start = self.config[..at].rfind('{')?;
            let end = at + self.config[at..].find('}')?;
            let item = &self.config[start..end];
            let is_it = script::setting(item, "sidebarId")? == name;
            is_it.then(|| script::setting(item, "label")).flatten()
        });
        label.unwrap_or_else(|| in_words(name))
    }

    fn items(&self, items: &Value, course: &mut Course) -> Vec<Entry> {
        match items {
            Value::List(list) => list
                .iter()
                .flat_map(|item| self.item(item, course))
                .collect(),
            // The short form: `{ Title: [...] }`.
            Value::Table(groups) if items.get("type").is_none() => groups
                .iter()
                .map(|(title, inner)| Entry {
                    title: Some(title.clone()),
                    children: self.items(inner, course),
                    ..Entry::default()
                })
                .collect(),
            other => self.item(other, course),
        }
    }

    fn item(&self, item: &Value, course: &mut Course) -> Vec<Entry> {
        if let Value::Text(id) = item {
            return self.page(id, course).into_iter().collect();
        }
        let about = |key: &str| item.get(key).and_then(Value::text);
        match about("type").as_deref() {
            Some("autogenerated") => {
                let folder = about("dirName").unwrap_or_else(|| ".".into());
                let folder = match folder.trim_matches(['.', '/']) {
                    "" => course.content.clone(),
                    folder => format!("{}/{folder}", course.content),
                };
                let (own, entries) = self.walk.entries(&folder);
                let own = own.filter(|page| Some(page) != course.home.as_ref());
                own.map(|page| Entry::page(&page))
                    .into_iter()
                    .chain(entries)
                    .collect()
            }
            Some("category") => {
                let children = item.get("items").map(|items| self.items(items, course));
                let id = item
                    .get("link")
                    .and_then(|link| link.get("id"))
                    .and_then(Value::text);
                let page = id
                    .and_then(|id| self.page(&id, course))
                    .and_then(|entry| entry.page);
                vec![Entry {
                    title: about("label"),
                    summary: described(item),
                    page,
                    folder: None,
                    children: children.unwrap_or_default(),
                }]
            }
            Some("doc" | "ref") => {
                let entry = about("id").and_then(|id| self.page(&id, course));
                let label = about("label");
                let entry = entry.map(|entry| Entry {
                    title: label.or(entry.title.clone()),
                    ..entry
                });
                entry.into_iter().collect()
            }
            None => self.items(item, course),
            _ => Vec::new(),
        }
    }

    /// Finds the page with an id.
    fn page(&self, id: &str, course: &mut Course) -> Option<Entry> {
        let found = self.ids.get(id);
        if found.is_none() {
            course.fault(self.file, 0, format!("it names `{id}`, which is no page"));
        }
        found.map(|page| Entry::page(page))
    }
}

/// Returns the name of a sidebar in words: `tutorialSidebar` is `Tutorial`, `JavaScriptCore1` is `Java Script Core 1`.
fn in_words(name: &str) -> String {
    let bare = ["Sidebar", "sidebar"].iter();
    let bare = bare.filter_map(|end| name.strip_suffix(end)).next();
    let bare = bare.map(|name| name.trim_end_matches(['-', '_', ' ']));
    let mut words = String::new();
    let mut before = ' ';
    for c in bare.filter(|name| !name.is_empty()).unwrap_or(name).chars() {
        let begins = c.is_uppercase() && before.is_lowercase()
            || c.is_ascii_digit() && before.is_alphabetic();
        if begins {
            words.push(' ');
        }
        before = if matches!(c, '-' | '_') { ' ' } else { c };
        words.push(before);
    }
    title_of(words.trim())
}

/// Returns the pages by what sidebars call them: the path without ending, with and without numbers, or the `id` of the front matter.
fn ids(source: &Source, content: &str) -> HashMap<String, String> {
    let prefix = format!("{content}/");
    let mut ids = HashMap::new();
    for file in source.files().filter(|file| is_page(file)) {
        let Some(below) = file.strip_prefix(&prefix) else {
            continue;
        };
        let path = stem(below);
        let folder = plain(path)
            .rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let front = source.text(file).map(|text| front::split(&text));
        let entries = front.map(|front| front.entries).unwrap_or_default();
        let own = entries
            .iter()
            .find(|(key, _)| key == "id")
            .and_then(|(_, value)| value.text());
        let names = [
            Some(path.to_owned()),
            Some(plain(path)),
            own.map(|id| format!("{folder}{id}")),
        ];
        for name in names.into_iter().flatten() {
            ids.entry(name).or_insert_with(|| file.to_owned());
        }
    }
    ids
}

/// Returns a path without the numbers in front of its parts.
fn plain(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| crate::model::slug::split_number(part).1);
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sidebars_become_words() {
        for (name, expected) in [
            ("tutorialSidebar", "Tutorial"),
            ("Fundamentals", "Fundamentals"),
            ("HTMLCSS", "HTMLCSS"),
            ("JavaCore1", "Java Core 1"),
            ("api_reference", "Api reference"),
            ("sidebar", "Sidebar"),
        ] {
            assert_eq!(in_words(name), expected, "{name}");
        }
    }
}
