//! Writes the lessons of a curriculum: titles, front matter, old addresses and everything that goes along.
//!
//! In: pages whose own texts are converted, and where every page went. Out: the curriculum's files, and what there is to tell of each page.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::addresses::Addresses;
use super::assets::Assets;
use super::atlas::Atlas;
use super::convert::Prepared;
use super::convert::page::{KeepsTitle, Place, Rewriter};
use super::course::Course;
use super::front::Matter;
use super::layout::{self, Placed};
use super::notes::Notes;
use super::page::Page;
use super::report::Told;
use super::settings::{config, plain_words};
use super::source::Source;
use super::topics::Proposals;
use super::value::Value;
use super::{Content, Files};

/// Writes lessons, one after the other.
pub(super) struct Writer<'w> {
    /// The course.
    pub course: &'w Course,
    /// Where everything went.
    pub atlas: &'w Atlas<'w>,
    /// Addresses that are taken.
    pub addresses: Addresses,
    /// Addresses that pages had, by page.
    pub aliases: HashMap<String, Vec<String>>,
    /// Files that go along.
    pub assets: Assets,
    /// What is written so far.
    pub files: Files,
    /// The lessons and their titles.
    pub lessons: Vec<(String, String)>,
    /// Topics to propose.
    pub topics: Proposals,
    /// How often what was done.
    pub done: BTreeMap<&'static str, usize>,
}

impl Writer<'_> {
    /// Writes a page.
    pub fn page(&mut self, page: Page) -> Told {
        let Page {
            placed,
            text,
            mut prepared,
        } = page;
        let site = (placed.target == "index.md").then_some(self.course.title.as_str());
        let (title, keeps) = title(&placed, &prepared, site);
        let path = placed.source.clone().unwrap_or_default();
        let place = Place {
            text: &prepared.body,
            page: &path,
            target: &placed.target,
        };
        let rewriter = Rewriter::new(&place, self.atlas, &mut self.assets, &mut prepared.notes);
        let (mut body, uncovered) = rewriter.rewrite(&prepared.outline, keeps);
        if uncovered {
            let place = Place {
                text: &body,
                ..place
            };
            let told = prepared.notes.list.len();
            let rewriter = Rewriter::new(&place, self.atlas, &mut self.assets, &mut prepared.notes);
            body = rewriter.links_again();
            prepared.notes.forget_repeated(told);
        }
        let headings = prepared
            .outline
            .headings
            .iter()
            .map(|heading| heading.words.as_str());
        self.topics
            .page(std::iter::once(title.as_str()).chain(headings), &body);
        let mut matter = std::mem::take(&mut prepared.matter);
        if let Some(was) = matter.title.replace(title.clone())
            && plain_words(&was) != plain_words(&title)
        {
            matter.extra.push(("title".into(), Value::Text(was)));
        }
        if placed.target.ends_with("index.md") {
            matter.minutes = None;
        }
        self.settle(&mut matter, &placed, &mut prepared.notes);
        matter.summary = matter.summary.or(placed.summary);
        let front = matter.to_toml();
        let body = body.trim_matches('\n');
        let written = if body.is_empty() {
            front
        } else {
            format!("{front}\n{body}\n")
        };
        self.files
            .insert(format!("modules/{}", placed.target), Content::Text(written));
        self.lessons.push((placed.target.clone(), title));
        for (what, count) in &prepared.notes.done {
            *self.done.entry(what).or_insert(0) += count;
        }
        Told {
            source: placed
                .source
                .or(placed.folder)
                .unwrap_or_else(|| "(a group)".into()),
            target: placed.target,
            text,
            notes: prepared.notes.list,
        }
    }

    /// Gives a page its slug and its old addresses. What can be no slug here goes to `[extra]`, and is one of the old addresses.
    fn settle(&mut self, matter: &mut Matter, placed: &Placed, notes: &mut Notes) {
        if let Some(slug) = matter.slug.take() {
            match self.addresses.slug(&slug, &placed.target) {
                Ok(slug) => matter.slug = Some(slug),
                Err(reason) => {
                    let message = format!(
                        "this slug cannot be the last part of its page's address: {reason}"
                    );
                    notes.taken_out(&slug, message);
                    matter.extra.push(("slug".into(), Value::Text(slug)));
                }
            }
        }
        let old = placed
            .source
            .as_ref()
            .and_then(|page| self.aliases.remove(page));
        let old = old.unwrap_or_default();
        matter.aliases = old
            .iter()
            .filter_map(|address| self.addresses.take(address))
            .collect();
    }

    /// Adds what goes along, and the files of the curriculum as a whole.
    pub fn finish(&mut self, source: &Source) {
        for (from, to) in self.assets.placed() {
            self.files
                .insert(format!("modules/{to}"), Content::Copy(source.full(from)));
        }
        for (to, drawing) in &self.assets.drawings {
            self.files
                .insert(format!("modules/{to}"), Content::Text(drawing.clone()));
        }
        self.files
            .insert("config.toml".into(), Content::Text(config(self.course)));
        self.files.insert(
            "modules/topics.toml".into(),
            Content::Text(self.topics.to_toml()),
        );
        let ignored = "/public\n/reports\n/.throughline*\n".to_owned();
        self.files
            .insert(".gitignore".into(), Content::Text(ignored));
    }
}

/// Returns a page's title, and whether its first heading stays beside it; `site` is what the course is called, on its home page.
///
/// The order's name for it goes before its own, unless its heading says the same and more: then no word is lost. What the page itself calls its title is its
/// title, and a heading that says more stays.
fn title(placed: &Placed, prepared: &Prepared, site: Option<&str>) -> (String, KeepsTitle) {
    let said = |title: &&str| !title.trim().is_empty();
    let ordered = placed.title.as_deref().filter(said);
    let own = prepared.matter.title.as_deref().filter(said);
    let heading = prepared.outline.title.as_ref();
    let Some(heading) = heading.filter(|heading| !heading.words.is_empty()) else {
        let named = ordered.or(own).or(site.filter(said));
        let title = named.map_or_else(|| layout::fallback_title(placed), str::to_owned);
        return (title, KeepsTitle::No);
    };
    let ours = words(&heading.words);
    let Some(named) = ordered.or(own) else {
        return (heading.written.clone(), KeepsTitle::No);
    };
    let theirs = words(named);
    if ours == theirs || ordered.is_some() && theirs.is_subset(&ours) {
        return (heading.written.clone(), KeepsTitle::No);
    }
    let keeps = if ours.is_subset(&theirs) {
        KeepsTitle::No
    } else {
        KeepsTitle::AsHeading
    };
    (named.to_owned(), keeps)
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
