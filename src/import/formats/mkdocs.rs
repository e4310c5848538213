//! Reads a site of MkDocs: `mkdocs.yml` and its `nav:`.

use super::super::course::{Course, Entry, Format};
use super::super::source::Source;
use super::super::value::Value;
use super::configuration::configuration;
use super::folder::{Walk, base_of, index_rank, is_page};
use crate::model::path::join;

/// Reads a site.
pub fn course(source: &Source) -> Course {
    let mut course = Course {
        content: "docs".into(),
        ..Course::default()
    };
    let file = ["mkdocs.yml", "mkdocs.yaml"]
        .into_iter()
        .find(|file| source.has(file));
    let config = file.and_then(|file| configure(source, file, &mut course));
    if !source.has_folder(&course.content) {
        course.content = String::new();
    }
    let nav = config.as_ref().and_then(|config| config.get("nav"));
    let mut reader = Nav {
        source,
        file: file.unwrap_or("mkdocs.yml"),
        course: &mut course,
    };
    let mut entries = reader.entries(nav.map(Value::items).unwrap_or_default(), 0);
    if entries.is_empty() {
        let walk = Walk::by_pages(source, Format::MkDocs);
        (course.home, course.entries) = walk.entries(&course.content);
        return course;
    }
    let top = entries.iter().position(|entry| {
        let page = entry.page.as_deref().unwrap_or("");
        let at_top = page.rsplit_once('/').map_or("", |(folder, _)| folder) == course.content;
        at_top && index_rank(page).is_some() && entry.children.is_empty()
    });
    if let Some(home) = top {
        course.home = entries.remove(home).page;
    }
    course.entries = entries;
    course
}

fn configure(source: &Source, file: &str, course: &mut Course) -> Option<Value> {
    let config = configuration(source, file, course)?;
    let about = |key: &str| config.get(key).and_then(Value::text);
    course.title = about("site_name").unwrap_or_default();
    course.description = about("site_description").unwrap_or_default();
    course.language = config
        .get("theme")
        .and_then(|theme| theme.get("language"))
        .and_then(Value::text);
    if let Some(folder) = about("docs_dir") {
        course.content = join("", &folder).unwrap_or(folder);
    }
    course.base = base_of(&about("site_url").unwrap_or_default());
    let plugins = config.get("plugins").map(Value::items).unwrap_or_default();
    let redirects = plugins
        .iter()
        .filter_map(|plugin| plugin.get("redirects")?.get("redirect_maps"));
    for (old, new) in redirects.flat_map(Value::entries) {
        course
            .redirects
            .push((old.clone(), new.text().unwrap_or_default()));
    }
    course.snippets = snippets(&config);
    // The order is in the names of the files.
    let rest = config.entries().iter().filter(|(key, _)| key != "nav");
    course.extra = rest.cloned().collect();
    Some(config)
}

/// Returns the folders from which pages name their snippets, as the extension for them is told.
fn snippets(config: &Value) -> Vec<String> {
    let extensions = config.get("markdown_extensions");
    // Extensions are a list of names and tables, or one table.
    let tables = extensions
        .into_iter()
        .flat_map(|extensions| match extensions {
            Value::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        });
    let settings = tables.filter_map(|table| table.get("pymdownx.snippets")?.get("base_path"));
    let folders = settings.flat_map(Value::texts);
    folders.filter_map(|folder| join("", &folder)).collect()
}

struct Nav<'s> {
    source: &'s Source,
    file: &'s str,
    course: &'s mut Course,
}

/// Groups stand no deeper inside each other.
const DEEPEST: usize = 12;

impl Nav<'_> {
    fn entries(&mut self, items: &[Value], depth: usize) -> Vec<Entry> {
        if depth > DEEPEST {
            return Vec::new();
        }
        let mut entries = Vec::new();
        for item in items {
            match item {
                Value::Table(named) => {
                    for (title, value) in named {
                        entries.extend(self.entry(Some(title), value, depth));
                    }
                }
                other => entries.extend(self.entry(None, other, depth)),
            }
        }
        entries
    }

    fn entry(&mut self, title: Option<&String>, value: &Value, depth: usize) -> Option<Entry> {
        let title = title.filter(|title| !title.is_empty()).cloned();
        if let Value::List(items) = value {
            let mut children = self.entries(items, depth + 1);
            // Sections may begin with a page of their own, without a name.
            let own = children.first().is_some_and(|first| {
                first.title.is_none()
                    && first.children.is_empty()
                    && first
                        .page
                        .as_deref()
                        .is_some_and(|page| index_rank(page).is_some())
            });
            let page = own.then(|| children.remove(0).page).flatten();
            let folder = page
                .as_deref()
                .and_then(|page| Some(page.rsplit_once('/')?.0.to_owned()));
            let filled = page.is_some() || !children.is_empty();
            return filled.then_some(Entry {
                title,
                page,
                folder,
                children,
                ..Entry::default()
            });
        }
        let path = value.text()?;
        let page = join(&self.course.content, &path).filter(|page| self.source.has(page));
        match page {
            Some(page) if is_page(&page) => {
                let folder = index_rank(&page)
                    .and_then(|_| Some(page.rsplit_once('/')?.0.to_owned()))
                    .filter(|folder| *folder != self.course.content);
                Some(Entry {
                    title,
                    page: Some(page),
                    folder,
                    ..Entry::default()
                })
            }
            _ => {
                let message = format!("`nav` names `{path}`, which is no page of this site");
                self.course.fault(self.file, 0, message);
                None
            }
        }
    }
}
