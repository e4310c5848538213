//! Knows where every page and file of a course went, and finds what its links meant.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;

use super::course::{Course, Format};
use super::formats::folder::{index_rank, is_page, stem};
use super::layout::Placed;
use super::source::Source;
use crate::model::path::join;
use crate::model::slug::slug;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To a page: its lesson below `modules/`, and the anchor in it, empty for none.
    Page(String, String),
    /// To a file of the source that is no page of the course.
    File(String),
    /// To another site.
    Elsewhere,
    /// To what no page may link to, and why.
    Forbidden(&'static str),
    /// To nothing that is there.
    Nowhere,
}

/// What stands behind the address of a page in the name of its file.
const ENDINGS: [&str; 9] = [
    ".md",
    ".mdx",
    ".markdown",
    ".Rmd",
    "/index.md",
    "/_index.md",
    "/README.md",
    "/index.mdx",
    "/readme.md",
];

/// Where everything went.
#[derive(Debug)]
pub struct Atlas<'c> {
    source: &'c Source,
    course: &'c Course,
    format: Format,
    /// Lessons, by page.
    pages: HashMap<String, String>,
    /// Lessons.
    targets: HashSet<String>,
    /// Lessons, by folder.
    folders: HashMap<String, String>,
    /// Pages by the last part of their path in lower case; nothing where several have it.
    names: HashMap<String, Option<String>>,
    /// Pages by the address that they had, without `/` at its ends.
    addresses: HashMap<String, String>,
    /// The likeliest address of each page.
    own: HashMap<String, String>,
    /// Anchors of pages, as they were and as they are.
    pub anchors: HashMap<String, HashMap<String, String>>,
}

impl<'c> Atlas<'c> {
    /// Notes where the pages went.
    pub fn new(source: &'c Source, course: &'c Course, format: Format, placed: &[Placed]) -> Self {
        let mut atlas = Self {
            source,
            course,
            format,
            pages: HashMap::new(),
            targets: placed.iter().map(|page| page.target.clone()).collect(),
            folders: HashMap::new(),
            names: HashMap::new(),
            addresses: HashMap::new(),
            own: HashMap::new(),
            anchors: HashMap::new(),
        };
        for page in placed {
            if let Some(folder) = &page.folder {
                atlas
                    .folders
                    .entry(folder.clone())
                    .or_insert_with(|| page.target.clone());
            }
            let Some(source) = &page.source else { continue };
            atlas.pages.insert(source.clone(), page.target.clone());
            let name = stem(source.rsplit('/').next().unwrap_or(source)).to_lowercase();
            let named = atlas
                .names
                .entry(name)
                .or_insert_with(|| Some(source.clone()));
            if named.as_ref() != Some(source) {
                *named = None;
            }
        }
        atlas
    }

    /// Returns whether a lesson stands at a path below `modules/`.
    pub fn is_target(&self, path: &str) -> bool {
        self.targets.contains(path)
    }

    /// Notes an address that a page had.
    pub fn had_address(&mut self, address: &str, page: &str) {
        let key = address.trim_matches('/').to_owned();
        self.own
            .entry(page.to_owned())
            .or_insert_with(|| key.clone());
        self.addresses.entry(key).or_insert_with(|| page.to_owned());
    }

    /// Returns the page whose name alone says which it is.
    pub fn named(&self, name: &str) -> Option<&str> {
        let name = stem(name.rsplit('/').next().unwrap_or(name)).to_lowercase();
        let by_name = self
            .names
            .get(&name)
            .or_else(|| self.names.get(&name.replace(' ', "-")));
        by_name?.as_deref()
    }

    /// Finds what a link on a page meant.
    pub fn find(&self, page: &str, written: &str) -> Leads {
        let written = written.trim();
        match scheme(written).as_deref() {
            None => {}
            Some("http" | "https" | "mailto" | "tel") => return Leads::Elsewhere,
            // A file may be named `Case: one.md`.
            Some(_) if written.contains(": ") => {
                let found = self.path(page, written);
                return match found {
                    Leads::Nowhere => Leads::Forbidden("links use no such scheme"),
                    found => found,
                };
            }
            Some(_) => return Leads::Forbidden("links use no such scheme"),
        }
        if written.starts_with("//") {
            return Leads::Elsewhere;
        }
        self.path(page, written)
    }

    fn path(&self, page: &str, written: &str) -> Leads {
        let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
        let path = path.split('?').next().unwrap_or("");
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        if path.is_empty() {
            return self.on(page, &anchor);
        }
        let mut outside = true;
        for base in self.bases(page, &decoded) {
            let Some(path) = join(&base, decoded.trim_start_matches('/')) else {
                continue;
            };
            outside = false;
            if let Some(leads) = self.at(&path, &anchor) {
                return leads;
            }
        }
        if outside {
            return Leads::Forbidden("it leads out of the source");
        }
        match self
            .by_address(page, &decoded)
            .or_else(|| self.by_name(&decoded))
        {
            Some(page) => self.on(&page, &anchor),
            None => Leads::Nowhere,
        }
    }

    /// Returns the folders from which a path may count.
    fn bases(&self, page: &str, path: &str) -> Vec<String> {
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        if path.starts_with('/') {
            let mut bases = vec![self.course.content.clone()];
            bases.extend(self.course.statics.iter().cloned());
            bases.push(String::new());
            return bases;
        }
        let mut bases = vec![folder.to_owned()];
        // Where every page has a folder of its own, links in HTML count from there.
        if self.format.pages_are_folders() {
            bases.push(stem(page).to_owned());
        }
        // There a page's file is looked for from the folder of all pages, too.
        if self.format == Format::Docusaurus && is_page(path) {
            bases.push(self.course.content.clone());
        }
        // What is published at the top, wherever it stands.
        if self.format == Format::Sandpaper {
            bases
                .extend(["episodes", "learners", "instructors", "profiles", ""].map(str::to_owned));
        }
        bases
    }

    /// Returns what stands at a path of the source.
    fn at(&self, path: &str, anchor: &str) -> Option<Leads> {
        if self.pages.contains_key(path) {
            return Some(self.on(path, anchor));
        }
        let is_file = self.source.has(path);
        if is_file && !is_page(path) {
            return Some(Leads::File(path.to_owned()));
        }
        if let Some(target) = self.folders.get(path) {
            return Some(Leads::Page(target.clone(), String::new()));
        }
        let bare = path
            .strip_suffix(".html")
            .or(path.strip_suffix(".htm"))
            .unwrap_or(path);
        let bare = bare.strip_suffix("/index").unwrap_or(bare);
        // `a.md` is what comes of `a.Rmd`.
        for bare in [bare, stem(bare)] {
            for ending in ENDINGS {
                let page = format!("{bare}{ending}");
                if self.pages.contains_key(&page) {
                    return Some(self.on(&page, anchor));
                }
            }
        }
        if let Some(target) = self.folders.get(bare) {
            return Some(Leads::Page(target.clone(), String::new()));
        }
        // Beside the lessons, such a file would be one of them.
        is_file.then_some(Leads::Forbidden(
            "its page is left out, since the order does not name it",
        ))
    }

    fn by_address(&self, page: &str, path: &str) -> Option<String> {
        let base = self.course.base.trim_end_matches('/');
        let below = path
            .strip_prefix(base)
            .filter(|_| !base.is_empty())
            .unwrap_or(path);
        let folder =
            stem(page.strip_prefix(&self.course.content).unwrap_or(page)).trim_matches('/');
        let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relative = |folder: &str| {
            let is_relative = !path.starts_with('/');
            is_relative.then(|| join(folder, path)).flatten()
        };
        // Browsers count from the address that the page had, which may be called otherwise than its file, and may have ended with `/`.
        let own = self.own.get(page).map(String::as_str);
        let above = own.map(|own| own.rsplit_once('/').map_or("", |(above, _)| above));
        let own = own.filter(|_| self.format.pages_are_folders());
        // A version of the pages: what is newest, and what comes.
        let versioned = ["/docs/next/", "/docs/current/"].iter();
        let versioned = versioned.filter(|_| self.format == Format::Docusaurus);
        let versioned = versioned.filter_map(|start| below.strip_prefix(start));
        let versioned = versioned.map(|rest| format!("docs/{rest}")).next();
        let tried = [
            Some(below.to_owned()),
            relative(folder),
            above.and_then(relative),
            own.and_then(relative),
            versioned,
        ];
        tried.into_iter().flatten().find_map(|address| {
            let address = address.trim_matches('/');
            let plain = address.strip_suffix(".html").unwrap_or(address);
            let plain = plain.strip_suffix("/index").unwrap_or(plain);
            let found = self
                .addresses
                .get(address)
                .or_else(|| self.addresses.get(plain))?;
            Some(found.clone())
        })
    }

    /// Hugo finds a page by its name alone.
    fn by_name(&self, path: &str) -> Option<String> {
        let is_name = self.format == Format::Hugo && !path.trim_matches('/').is_empty();
        let page = is_name.then(|| self.named(path)).flatten()?;
        index_rank(page).is_none().then(|| page.to_owned())
    }

    fn on(&self, page: &str, anchor: &str) -> Leads {
        let target = self.pages.get(page).cloned().unwrap_or_default();
        let anchors = self.anchors.get(page);
        let known = anchors.and_then(|anchors| {
            // Code hosts find an anchor in any case, and people write its marks too.
            let lower = || anchors.get(&anchor.to_lowercase());
            let plain = || anchors.get(&slug(anchor));
            anchors.get(anchor).or_else(lower).or_else(plain)
        });
        let anchor = known.map_or_else(|| anchor.to_owned(), String::clone);
        Leads::Page(target, anchor)
    }
}

/// Returns the scheme of an address in lower case, read as browsers do.
fn scheme(address: &str) -> Option<String> {
    let (name, _) = address.split_once(':')?;
    let name: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fits.then(|| name.to_ascii_lowercase())
}
