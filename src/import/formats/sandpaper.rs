//! Reads a lesson of the Carpentries: `config.yaml`, `episodes/`, and what stands beside them.

use super::super::course::{Course, Entry, Format};
use super::super::source::Source;
use super::super::value::Value;
use super::configuration::configuration;
use super::folder::{Walk, base_of, is_page, stem};
use crate::model::slug::title_of;

/// The folders of a lesson in the order of its menus.
const FOLDERS: [&str; 4] = ["episodes", "learners", "instructors", "profiles"];

/// Reads a lesson.
pub fn course(source: &Source) -> Course {
    let mut course = Course::default();
    let config = configure(source, &mut course);
    for folder in FOLDERS {
        let named = config.as_ref().and_then(|config| config.get(folder));
        let named = named.map(Value::texts).unwrap_or_default();
        let children = children(source, folder, &named, &mut course);
        if !children.is_empty() {
            course.entries.push(Entry {
                title: Some(title_of(folder)),
                folder: Some(folder.to_owned()),
                children,
                ..Entry::default()
            });
        }
    }
    let home = ["index.md", "index.Rmd", "README.md"].into_iter();
    course.home = home.map(str::to_owned).find(|page| source.has(page));
    course
}

fn configure(source: &Source, course: &mut Course) -> Option<Value> {
    let config = configuration(source, "config.yaml", course)?;
    let about = |key: &str| config.get(key).and_then(Value::text);
    course.title = about("title").unwrap_or_default();
    course.description = about("description").unwrap_or_default();
    course.language = about("lang");
    course.base = base_of(&about("url").unwrap_or_default());
    let rest = config.entries().iter();
    let rest = rest.filter(|(key, _)| key != "title" && !FOLDERS.contains(&key.as_str()));
    course.extra = rest.cloned().collect();
    Some(config)
}

/// Returns the pages of a folder: those that the configuration names, then the others.
fn children(source: &Source, folder: &str, named: &[String], course: &mut Course) -> Vec<Entry> {
    let (own, mut found) = Walk::by_pages(source, Format::Sandpaper).entries(folder);
    found.extend(own.map(|page| Entry::page(&page)));
    if named.is_empty() {
        return found;
    }
    // The glossary has a place of its own in the menus.
    let glossary = (folder == "learners").then(|| "reference.md".to_owned());
    let glossary =
        glossary.filter(|name| source.has(&format!("{folder}/{name}")) && !named.contains(name));
    let mut children = Vec::new();
    for name in named.iter().chain(&glossary) {
        let path = format!("{folder}/{name}");
        if source.has(&path) && is_page(&path) {
            children.push(Entry::page(&path));
        } else {
            let message = format!("`{folder}` names `{}`, which is no page", stem(name));
            course.fault("config.yaml", 0, message);
        }
    }
    children
}
