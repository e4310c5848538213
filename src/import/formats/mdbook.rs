//! Reads a book of mdBook: `book.toml` and `SUMMARY.md`.

use super::super::course::{Course, Entry, Format};
use super::super::source::Source;
use super::super::value::{self, Value};
use super::folder::{Walk, index_rank};
use super::summary::{self, Line};
use crate::model::path::{join, joined};

/// Reads a book.
pub fn course(source: &Source) -> Course {
    let mut course = Course::default();
    configure(source, &mut course);
    if !source.has(&joined(&course.content, "SUMMARY.md")) && source.has("SUMMARY.md") {
        course.content = String::new();
    }
    let file = joined(&course.content, "SUMMARY.md");
    let summary = source.text(&file).map(|text| summary::read(&text));
    let summary = summary.unwrap_or_default();
    for (line, item) in &summary.faults {
        let message = format!("`{item}` is no chapter: write it as `- [Title](file.md)`");
        course.fault(&file, *line, message);
    }
    for (line, title) in summary.drafts() {
        let message = format!(
            "the chapter `{title}` is a draft without a file: only what stands below it came over"
        );
        course.fault(&file, line, message);
    }
    build(source, &file, summary.lines, &mut course);
    if course.entries.is_empty() && course.home.is_none() {
        course.fault(
            &file,
            0,
            "it lists no chapters, so the order is that of the files' names",
        );
        let walk = Walk::by_pages(source, Format::MdBook);
        (course.home, course.entries) = walk.entries(&course.content);
    }
    course
}

fn configure(source: &Source, course: &mut Course) {
    course.content = "src".into();
    let Ok(text) = source.text("book.toml") else {
        return;
    };
    let book = match value::toml(&text) {
        Ok(book) => book,
        Err(fault) => {
            let message = format!("the configuration cannot be read: {}", fault.message);
            course.fault("book.toml", fault.line, message);
            return;
        }
    };
    let about = |key: &str| {
        book.get("book")
            .and_then(|table| table.get(key))
            .and_then(Value::text)
    };
    course.title = about("title").unwrap_or_default();
    course.description = about("description").unwrap_or_default();
    course.language = about("language");
    if let Some(folder) = about("src") {
        course.content = folder.trim_matches(['.', '/']).to_owned();
    }
    let html = book.get("output").and_then(|table| table.get("html"));
    if let Some(address) = html
        .and_then(|html| html.get("site-url"))
        .and_then(Value::text)
    {
        course.base = address;
    }
    let redirects = html.and_then(|html| html.get("redirect"));
    for (old, new) in redirects.map(Value::entries).unwrap_or_default() {
        course
            .redirects
            .push((old.clone(), new.text().unwrap_or_default()));
    }
    course.extra = book.entries().to_vec();
}

/// Puts parts around their chapters; chapters before the first part stand on their own.
fn build(source: &Source, file: &str, lines: Vec<Line>, course: &mut Course) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut in_part = false;
    for line in lines {
        match line {
            Line::Part(title) => {
                in_part = true;
                entries.push(Entry {
                    title: Some(title),
                    ..Entry::default()
                });
            }
            Line::Chapter {
                title,
                target,
                depth,
                line,
            } => {
                let page = join(&course.content, target.split('#').next().unwrap_or(""))
                    .filter(|_| !target.is_empty());
                if let Some(missing) = page.as_ref().filter(|page| !source.has(page)) {
                    let message = format!("the chapter `{title}` has no file `{missing}`");
                    course.fault(file, line, message);
                }
                let page = page.filter(|page| source.has(page));
                let folder = page.as_deref().and_then(folder_of);
                let entry = Entry {
                    title: Some(title),
                    page,
                    folder,
                    ..Entry::default()
                };
                in_part &= depth.is_some();
                let siblings = match entries.last_mut() {
                    Some(part) if in_part => &mut part.children,
                    _ => &mut entries,
                };
                push(siblings, entry, depth.unwrap_or(0));
            }
        }
    }
    keep_filled(&mut entries);
    // The first page of a book is its home page where it is named so.
    let first = entries.first().filter(|entry| entry.children.is_empty());
    let home = first.and_then(|entry| entry.page.clone());
    if home
        .as_deref()
        .is_some_and(|page| index_rank(page).is_some())
    {
        course.home = home;
        entries.remove(0);
    }
    course.entries = entries;
}

fn folder_of(page: &str) -> Option<String> {
    index_rank(page)?;
    Some(page.rsplit_once('/')?.0.to_owned())
}

fn push(siblings: &mut Vec<Entry>, entry: Entry, depth: usize) {
    match siblings.last_mut() {
        Some(last) if depth > 0 => push(&mut last.children, entry, depth - 1),
        _ => siblings.push(entry),
    }
}

/// Takes out drafts: chapters without a file and without chapters of their own.
fn keep_filled(entries: &mut Vec<Entry>) {
    for entry in entries.iter_mut() {
        keep_filled(&mut entry.children);
    }
    entries.retain(|entry| entry.page.is_some() || !entry.children.is_empty());
}
