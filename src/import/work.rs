//! Turns a course into a curriculum: reads its pages, notes where each went, and has them written.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::Utf8Path;
use rayon::prelude::*;

use super::addresses::{Addresses, addresses_of};
use super::assets::Assets;
use super::atlas::{Atlas, Leads};
use super::convert::{self, Desk};
use super::course::{Course, Format};
use super::layout::Placed;
use super::lessons::Writer;
use super::page::Page;
use super::report::{Report, Told};
use super::source::Source;
use super::topics::Proposals;
use super::{Content, Files, Imported, Progress};

/// A course that is being turned into a curriculum.
pub(super) struct Work {
    /// The files.
    pub source: Source,
    /// The course.
    pub course: Course,
    /// Whose it was.
    pub format: Format,
    /// Pages that the order does not name.
    pub left_out: Vec<String>,
}

/// The addresses that pages had, by page.
type Aliases = HashMap<String, Vec<String>>;

impl Work {
    /// Does all of it.
    pub fn all(
        mut self,
        folder: &Utf8Path,
        placed: Vec<Placed>,
        progress: Progress<'_>,
    ) -> Imported {
        let pages = self.prepare(placed, progress);
        self.course.faults.extend(self.source.repaired());
        let placed: Vec<Placed> = pages.iter().map(|page| page.placed.clone()).collect();
        let mut atlas = Atlas::new(&self.source, &self.course, self.format, &placed);
        let mut aliases = self.note_addresses(&pages, &mut atlas);
        self.note_redirects(&placed, &atlas, &mut aliases);
        for page in &pages {
            if let Some(source) = &page.placed.source {
                let anchors = page.prepared.outline.anchors.clone();
                atlas.anchors.insert(source.clone(), anchors);
            }
        }
        let mut writer = Writer {
            course: &self.course,
            atlas: &atlas,
            addresses: Addresses::of(&placed),
            aliases,
            assets: Assets::default(),
            files: Files::new(),
            lessons: Vec::new(),
            topics: Proposals::default(),
            done: BTreeMap::new(),
        };
        let told: Vec<Told> = pages.into_iter().map(|page| writer.page(page)).collect();
        writer.finish(&self.source);
        let Writer {
            mut files,
            lessons,
            done,
            ..
        } = writer;
        let copies = files
            .values()
            .filter(|content| matches!(content, Content::Copy(_)));
        let report = Report {
            source: folder.as_str(),
            format: self.format,
            course: &self.course,
            done,
            pages: &told,
            left_out: &self.left_out,
            refused: &self.source.refused,
            files: copies.count(),
        };
        files.insert("IMPORT.md".into(), Content::Text(report.to_markdown()));
        Imported {
            format: self.format,
            places: report.places(),
            done: report.done,
            files,
            lessons,
        }
    }

    /// Notes the addresses that pages had, for links to find them, and the first of each as an alias.
    fn note_addresses(&self, pages: &[Page], atlas: &mut Atlas<'_>) -> Aliases {
        let mut aliases = Aliases::new();
        for page in pages {
            let Some(source) = &page.placed.source else {
                continue;
            };
            let matter = &page.prepared.matter;
            let had = addresses_of(source, matter, &self.course, self.format);
            for address in &had {
                atlas.had_address(address, source);
            }
            let given = matter.aliases.iter().cloned();
            aliases.insert(
                source.clone(),
                given.chain(had.into_iter().next()).collect(),
            );
        }
        aliases
    }

    /// Notes the redirects of the configuration as aliases of the pages that they lead to.
    fn note_redirects(&self, placed: &[Placed], atlas: &Atlas<'_>, aliases: &mut Aliases) {
        let sources: HashMap<&str, &String> = placed
            .iter()
            .filter_map(|page| Some((page.target.as_str(), page.source.as_ref()?)))
            .collect();
        for (from, to) in &self.course.redirects {
            // The new address counts from the old one.
            let at = format!("{}/{}", self.course.content, from.trim_start_matches('/'));
            if let Leads::Page(target, _) = atlas.find(&at, to)
                && let Some(page) = sources.get(target.as_str())
            {
                let old = aliases.entry((*page).clone()).or_default();
                old.push(address_of(from));
            }
        }
    }

    /// Reads and converts the pages' own texts, all at once.
    fn prepare(&self, placed: Vec<Placed>, progress: Progress<'_>) -> Vec<Page> {
        let read: Vec<(Placed, String, Option<&'static str>)> = placed
            .into_par_iter()
            .map(
                |page| match page.source.as_ref().map(|path| self.source.text(path)) {
                    None => (page, String::new(), None),
                    Some(Ok(text)) => (page, text, None),
                    Some(Err(unread)) => (page, String::new(), Some(unread.reason())),
                },
            )
            .collect();
        let mut wanted = HashSet::new();
        for (_, text, _) in &read {
            convert::named_anchors(text, &mut wanted);
        }
        let content = self.course.content.as_str();
        let around = content.rsplit_once('/').map_or("", |(around, _)| around);
        let mut bases = self.course.snippets.clone();
        bases.extend([content.to_owned(), around.to_owned(), String::new()]);
        let desk = Desk {
            source: &self.source,
            format: self.format,
            bases,
            wanted,
        };
        let count = read.len();
        let done = AtomicUsize::new(0);
        read.into_par_iter()
            .map(|(placed, text, unread)| {
                let path = placed.source.clone().unwrap_or_default();
                let mut prepared = convert::prepare(&path, &text, &desk);
                if let Some(reason) = unread {
                    prepared
                        .notes
                        .taken_out("", format!("the page is empty: {reason}"));
                }
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
                Page {
                    placed,
                    text,
                    prepared,
                }
            })
            .collect()
    }
}

/// Returns the old address of a redirect, which MkDocs writes as a file.
fn address_of(from: &str) -> String {
    match from.strip_suffix(".md") {
        Some(stem) => format!("{stem}/"),
        None => from.to_owned(),
    }
}
