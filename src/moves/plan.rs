//! Works out what a change does to every file, and whether it leaves a fault behind.
//!
//! In: a curriculum as it was read, and what is to move or to be called otherwise. Out: the files that are renamed and the texts that change. Writes nothing: the
//! change is made in memory, and everything is found out about the curriculum once more.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::convert::Infallible;
use std::sync::Arc;

use super::compare::{self, Lines};
use super::front::List;
use super::moved::{Moved, Seat};
use super::refusal::Refusal;
use super::registers::Followed;
use super::rename::{Former, Rename};
use super::targets::target;
use super::tree::{Kind, Tree, joined, split};
use crate::model::curriculum::{Curriculum, Document, Role, Target};
use crate::model::edits::Edits;
use crate::model::finding::Fix;
use crate::model::lesson::{Lesson, LinkKind};
use crate::model::path::{SourcePath, join};
use crate::model::registers::Placed;
use crate::model::review::Approval;
use crate::model::slug::folder_slug;
use crate::model::sources::{self, RegisterSources, Sources};
use crate::model::written::as_toml;
use crate::model::{Finding, LineIndex, Place, Rule, Severity};
use crate::pipeline::{Read, Request, Survey};
use crate::report::baseline::{Baseline, Seen};
use crate::stages::discover::compare_paths;
use crate::stages::link::{Drafts, alias_path};
use crate::stages::parse;
use crate::stages::review::sign_off;

/// What is to change.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// What moves.
    pub moved: Moved,
    /// What gets another id.
    pub renamed: Option<Rename>,
    /// Pages that come new: paths as they stand afterwards, and texts.
    pub created: Vec<(String, String)>,
    /// What mends findings.
    pub mends: Vec<Mend>,
    /// Findings that are known, each list as it is before.
    pub baselines: Vec<Baseline>,
}

/// A text to put in the place of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The file, below `modules/`.
    pub path: String,
    /// What is put where.
    pub fix: Fix,
}

/// What a change does, when it is made. Paths are below `modules/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files and folders that get another path, as they stand before and after; what stands in a folder goes with it.
    pub renames: Vec<(String, String)>,
    /// Files whose texts change.
    pub texts: Vec<Changed>,
    /// Files that come new.
    pub created: Vec<(String, String)>,
    /// Pages whose sign-offs hold on, though something in their files has changed.
    pub kept_sign_offs: usize,
    /// The baselines of the change, each as it is after.
    pub baselines: Vec<Baseline>,
}

/// A file whose text changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where it stands before.
    pub path: String,
    /// Where it stands after.
    pub now: String,
    /// Its text before.
    pub before: Arc<str>,
    /// Its text after.
    pub after: String,
}

/// A curriculum on which changes are worked out.
#[derive(Debug)]
pub struct Desk {
    request: Request,
    read: Read,
    tree: Tree,
    /// With drafts: a link in one moves as well.
    before: Survey,
    /// The registers and the other TOML files beside them, by their names.
    tables: BTreeMap<String, Arc<str>>,
    /// The texts of all pages by their paths.
    pages: HashMap<String, Arc<str>>,
    published: Published,
}

/// Which addresses people may know.
#[derive(Debug, Clone)]
pub enum Published {
    /// The files of the site that stands.
    Site(HashSet<String>),
    /// The pages that are no drafts: nobody knows what was published.
    All,
}

impl Desk {
    /// Finds out about a curriculum. `tables` are all TOML files in `modules/`, by their names.
    pub fn new(
        request: Request,
        read: Read,
        tables: Vec<(String, Arc<str>)>,
        published: Published,
    ) -> Self {
        let request = Request {
            drafts: Drafts::Include,
            ..request
        };
        let before = read.clone().survey(&request, &parse::for_sign_off);
        let mut tree = Tree::of(&read.sources);
        for document in &before.curriculum.documents {
            let lesson = &document.lesson;
            let names = lesson.front.order.iter();
            let paths = names.filter_map(|name| join(lesson.path.folder(), &name.value));
            paths.for_each(|path| tree.list(path));
        }
        Self {
            tree,
            tables: tables.into_iter().collect(),
            pages: read
                .sources
                .documents
                .iter()
                .map(|document| {
                    let path = document.path.as_str().to_owned();
                    (path, Arc::clone(&document.text))
                })
                .collect(),
            request,
            read,
            before,
            published,
        }
    }

    /// Returns what is there.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Returns what was found out before.
    pub fn curriculum(&self) -> &Curriculum {
        &self.before.curriculum
    }

    /// Works out a change.
    ///
    /// # Errors
    ///
    /// When a link cannot be followed, or the change would bring a finding that is not there now.
    pub fn plan(&self, change: &Change) -> Result<Plan, Refusal> {
        let mut work = Work {
            desk: self,
            moved: change.moved.clone(),
            edits: BTreeMap::new(),
        };
        work.take_assets_along();
        work.follow_links()?;
        work.follow_orders();
        work.follow_registers();
        if let Some(rename) = &change.renamed {
            work.rename(rename);
        }
        for Mend { path, fix } in &change.mends {
            let range = fix.start as usize..fix.end as usize;
            work.edits(path).replace(range, fix.text.clone());
        }
        let after = work.survey(change, Drafts::Include);
        work.keep_addresses(&after.curriculum);
        let kept_sign_offs = work.keep_sign_offs(&after.curriculum);
        let baselines = work.check(change)?;
        Ok(work.plan(change, kept_sign_offs, baselines))
    }

    /// Returns the text of a page, or of a TOML file beside the registers.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        let text = self.tables.get(path).or_else(|| self.pages.get(path));
        text.cloned()
    }

    /// Returns the addresses of a page that people may know.
    fn published(&self, document: &Document, drafts: &HashSet<&str>) -> Vec<String> {
        let mut addresses = addresses(document);
        match &self.published {
            Published::Site(files) => addresses.retain(|url| files.contains(url)),
            Published::All if drafts.contains(document.lesson.path.as_str()) => addresses.clear(),
            Published::All if !self.read.setting.config.print => addresses.truncate(1),
            Published::All => {}
        }
        addresses
    }
}

/// A change while it is worked out.
struct Work<'d> {
    desk: &'d Desk,
    moved: Moved,
    edits: BTreeMap<String, Edits>,
}

impl Work<'_> {
    fn edits(&mut self, path: &str) -> &mut Edits {
        self.edits.entry(path.to_owned()).or_default()
    }

    /// Lets files that stand beside a page, and that it alone shows, go along into another folder.
    fn take_assets_along(&mut self) {
        let curriculum = &self.desk.before.curriculum;
        let mut users: HashMap<u32, Vec<&str>> = HashMap::new();
        for document in &curriculum.documents {
            for resolved in &*document.links {
                if let Target::Asset(asset) = resolved.target {
                    let path = document.lesson.path.as_str();
                    let users = users.entry(asset).or_default();
                    if !users.contains(&path) {
                        users.push(path);
                    }
                }
            }
        }
        for (index, placed) in (0..).zip(&curriculum.assets) {
            let Some([user]) = users.get(&index).map(Vec::as_slice) else {
                continue;
            };
            let asset = placed.asset.path.as_str();
            let (folder, now) = (split(user).0, self.moved.path(user));
            let new_folder = split(&now).0;
            let below = asset.strip_prefix(&format!("{folder}/"));
            if let Some(below) = below.filter(|_| self.moved.path(folder) != new_folder) {
                // Folders are named as they stand before: this one is where the page goes.
                let (inner, name) = split(below);
                let Some(target) = self.former(new_folder) else {
                    continue;
                };
                let target = joined(&target, inner).trim_end_matches('/').to_owned();
                if self.desk.tree.like(&target, name).is_none() {
                    self.moved.put(asset, &target, name);
                }
            }
        }
    }

    /// Returns the path that a folder has before it moves.
    fn former(&self, folder: &str) -> Option<String> {
        let tree = &self.desk.tree;
        let mut folders = tree.paths().filter(|path| tree.is_folder(path));
        let found = folders.find(|path| self.moved.path(path) == folder);
        found.map(ToOwned::to_owned)
    }

    /// Rewrites links, images and prerequisites so that they lead to where they led.
    fn follow_links(&mut self) -> Result<(), Refusal> {
        if self.moved.is_empty() {
            return Ok(());
        }
        for document in &self.desk.before.curriculum.documents {
            let lesson = &document.lesson;
            let page = lesson.path.as_str();
            for link in &lesson.links {
                let is_path = matches!(link.kind, LinkKind::Document | LinkKind::Image);
                let now = is_path.then(|| target(page, &link.target, &self.moved));
                match (now.flatten(), link.at) {
                    (None, _) => {}
                    (Some(now), Some((start, end))) => {
                        let edits = self.edits(page);
                        edits.replace(start as usize..end as usize, now);
                    }
                    (Some(now), None) => return Err(unreachable(page, link.place, &now)),
                }
            }
            for prerequisite in &lesson.front.prerequisites {
                let now = target(page, &prerequisite.value, &self.moved);
                if let (Some(now), Some((start, end))) = (now, prerequisite.at) {
                    let edits = self.edits(page);
                    edits.replace(start as usize..end as usize, as_toml(&now));
                }
            }
        }
        Ok(())
    }

    /// Lets the pages of folders that say in which order things stand name them as they are called afterwards, each at its place; what comes from elsewhere and
    /// was given no place stands last.
    fn follow_orders(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        for document in &self.desk.before.curriculum.documents {
            let lesson = &document.lesson;
            let Some(text) = self.desk.text(lesson.path.as_str()) else {
                continue;
            };
            let order = &lesson.front.order;
            if order.is_empty() {
                continue;
            }
            let slots = self.slots(lesson);
            let come = self.newcomers(lesson);
            let edits = self
                .edits
                .entry(lesson.path.as_str().to_owned())
                .or_default();
            if come.is_empty() && slots.iter().all(Option::is_some) {
                for (name, entry) in order.iter().zip(slots.into_iter().flatten()) {
                    let is_new = name.value.trim_end_matches('/') != entry.trim_end_matches('/');
                    if let Some((start, end)) = name.at.filter(|_| is_new) {
                        edits.replace(start as usize..end as usize, as_toml(&entry));
                    }
                }
                continue;
            }
            let mut list: Vec<String> = slots.into_iter().flatten().collect();
            for (place, entry) in come {
                list.insert(place.min(list.len()), entry);
            }
            let former = order.iter().map(|name| name.value.clone());
            let former: Vec<String> = former.collect();
            List::of(&text, "order").change(&former, &list, edits);
        }
    }

    /// Returns what stands afterwards where each name of an order stands; nothing where that has left.
    fn slots(&self, page: &Lesson) -> Vec<Option<String>> {
        let (folder, moved) = (page.path.folder(), &self.moved);
        let taker = |path: &str| {
            let mut seats = moved.seats();
            seats.find_map(|(taker, seat)| (*seat == Seat::Of(path.to_owned())).then_some(taker))
        };
        let has_seat = |path: &str| moved.seats().any(|(seated, _)| seated == path);
        let slot = |name: &Placed<String>| {
            let path = join(folder, &name.value)?;
            let entry = match taker(&path) {
                Some(taker) => taker,
                None if has_seat(&path) => return None,
                None => &path,
            };
            let now = moved.path(entry);
            let (new_folder, new_name) = split(&now);
            if new_folder != moved.path(folder) {
                return None;
            }
            let own = page.front.order.iter().find(|other| {
                let path = join(folder, &other.value);
                path.as_deref() == Some(entry)
            });
            let has_slash = match own {
                Some(own) => own.value.ends_with('/'),
                None => self.desk.tree.is_folder(entry),
            };
            Some(format!("{new_name}{}", if has_slash { "/" } else { "" }))
        };
        page.front.order.iter().map(slot).collect()
    }

    /// Returns what comes into the order of a page that no slot of it had, with the index that it gets: first what was given a place, then the others.
    fn newcomers(&self, page: &Lesson) -> Vec<(usize, String)> {
        let (folder, moved) = (page.path.folder(), &self.moved);
        let now = moved.path(folder);
        let here = |path: &str| {
            let to = moved.path(path);
            let (to, name) = split(&to);
            (to == now).then(|| name.to_owned())
        };
        let seated = moved.seats().filter_map(|(path, seat)| {
            let (Seat::At(number), Some(name)) = (seat, here(path)) else {
                return None;
            };
            let kind = self.desk.tree.kind(path);
            let is_file = kind.map_or(name.ends_with(".md"), |kind| kind == Kind::Lesson);
            let slash = if is_file { "" } else { "/" };
            let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
            Some((index, format!("{name}{slash}")))
        });
        let others = moved.entries().filter_map(|(from, _)| {
            let has_place = self.desk.tree.kind(from).is_some_and(Kind::has_place);
            let has_seat = moved.seats().any(|(path, _)| path == from);
            let comes = has_place && !has_seat && split(from).0 != folder;
            comes.then(|| here(from)).flatten()
        });
        seated
            .chain(others.map(|name| (usize::MAX, name)))
            .collect()
    }

    fn follow_registers(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        let modules = self.desk.before.curriculum.modules.iter();
        let modules = modules.filter_map(|module| {
            let now = self.moved.path(&module.folder);
            let name = folder_slug(&now);
            let is_new = name != module.name && !now.contains('/');
            is_new.then(|| (module.name.clone(), name))
        });
        let moved = self.moved.clone();
        let followed = Followed {
            tree: &self.desk.tree,
            moved: &moved,
            modules: modules.collect(),
        };
        for (name, text) in &self.desk.tables {
            let mut edits = Edits::default();
            followed.follow(text, &mut edits);
            if !edits.is_empty() {
                self.edits.insert(name.clone(), edits);
            }
        }
    }

    fn rename(&mut self, rename: &Rename) {
        for document in &self.desk.before.curriculum.documents {
            let page = document.lesson.path.as_str();
            if let Some(text) = self.desk.text(page) {
                let places = rename.in_lesson(&document.lesson, &text);
                for (start, end) in places {
                    self.edits(page)
                        .replace(start as usize..end as usize, rename.to.clone());
                }
            }
        }
        for (name, text) in &self.desk.tables {
            let mut edits = self.edits.remove(name).unwrap_or_default();
            let former = match (&self.desk.published, rename.address()) {
                (Published::Site(files), Some(url)) if !files.contains(&url) => Former::Forgotten,
                _ => Former::Kept,
            };
            rename.in_register(name, text, former, &mut edits);
            if !edits.is_empty() {
                self.edits.insert(name.clone(), edits);
            }
        }
    }

    /// Adds the addresses that die to the pages' aliases, and takes those out that pages have again.
    fn keep_addresses(&mut self, after: &Curriculum) {
        let mut now: HashMap<&str, &Document> = HashMap::new();
        for document in &after.documents {
            now.insert(document.lesson.path.as_str(), document);
        }
        let addresses: HashSet<String> = after.documents.iter().flat_map(addresses).collect();
        let before = self.desk.before.curriculum.documents.iter();
        let former: HashSet<String> = before.flat_map(self::addresses).collect();
        let drafts = self.desk.drafts();
        for document in &self.desk.before.curriculum.documents {
            let page = document.lesson.path.as_str();
            let path = self.moved.path(page);
            let Some(moved) = now.get(path.as_str()) else {
                continue;
            };
            let aliases = &document.lesson.front.aliases;
            let leads = |alias: &str| alias_path(alias).unwrap_or_default();
            let has = |url: &str| aliases.iter().any(|alias| leads(&alias.value) == url);
            let mut come = Vec::new();
            if moved.url != document.url {
                let dies = |url: &String| !addresses.contains(url.as_str()) && !has(url);
                let known = self.desk.published(document, &drafts);
                come.extend(known.into_iter().filter(dies));
            }
            let is_page_again = |alias: &str| {
                let url = leads(alias);
                addresses.contains(&*url) && !former.contains(&*url)
            };
            let gone = aliases.iter().map(|alias| &alias.value);
            let gone: Vec<String> = gone.filter(|alias| is_page_again(alias)).cloned().collect();
            if let Some(text) = self.desk.text(page).filter(|_| come.len() + gone.len() > 0) {
                let list = List::of(&text, "aliases");
                list.change(&gone, &come, self.edits(page));
            }
        }
    }

    /// Issues anew the fingerprints of pages that stood as they were signed off and say the same now; returns how many.
    fn keep_sign_offs(&mut self, after: &Curriculum) -> usize {
        let Some(register) = self.desk.tables.get("reviews.toml").cloned() else {
            return 0;
        };
        let mut now: HashMap<&str, &Document> = HashMap::new();
        for document in &after.documents {
            now.insert(document.lesson.path.as_str(), document);
        }
        let before = &self.desk.before.curriculum;
        let mut fingerprints: HashMap<String, String> = HashMap::new();
        for (id, state) in sign_off::states(before) {
            let lesson = &before.document(id).lesson;
            let path = self.moved.path(lesson.path.as_str());
            let Some(document) = now.get(path.as_str()) else {
                continue;
            };
            let says_the_same = document.lesson.text == lesson.text;
            let fingerprint = sign_off::fingerprint(&document.lesson, &after.registers);
            if let (Approval::Approved, true, Some(now), Some(signed)) = (
                state.approval(),
                says_the_same,
                fingerprint,
                state.sign_off(),
            ) {
                let recipe = signed.fingerprint.recipe;
                let held = sign_off::fingerprint_by(recipe, &document.lesson, &after.registers);
                if held != Some(signed.fingerprint) {
                    fingerprints.insert(lesson.path.as_str().to_owned(), now.to_string());
                }
            }
        }
        let count = fingerprints.len();
        super::sign_offs::renew(&register, &fingerprints, self.edits("reviews.toml"));
        count
    }

    /// Returns the sources as they are afterwards.
    fn sources(&self, change: &Change) -> Sources {
        let before = &self.desk.read.sources;
        let now = |path: &SourcePath| SourcePath::new(&self.moved.path(path.as_str()));
        let text = |path: &str, text: &Arc<str>| match self.edits.get(path) {
            Some(edits) if !edits.is_empty() => edits.apply(text).into(),
            _ => Arc::clone(text),
        };
        let moved = before.documents.iter().map(|document| sources::Document {
            path: now(&document.path),
            text: text(document.path.as_str(), &document.text),
        });
        let created = change.created.iter().map(|(path, text)| sources::Document {
            path: SourcePath::new(path),
            text: text.as_str().into(),
        });
        let mut documents: Vec<sources::Document> = moved.chain(created).collect();
        documents.sort_by(|a, b| compare_paths(a.path.as_str(), b.path.as_str()));
        let mut assets = before.assets.clone();
        for asset in &mut assets {
            asset.path = now(&asset.path);
        }
        assets.sort_by(|a, b| compare_paths(a.path.as_str(), b.path.as_str()));
        let folders = documents.iter().filter_map(|document| {
            let (module, _) = document.path.as_str().split_once('/')?;
            Some(module.to_owned())
        });
        let mut modules: Vec<String> = folders.collect();
        modules.dedup();
        let registers = RegisterSources::by_name(|register| {
            let name = register.name();
            let table = self.desk.tables.get(name);
            Ok::<_, Infallible>(table.map(|table| text(name, table)))
        });
        let Ok(registers) = registers;
        let mut sources = Sources {
            local: Vec::new(),
            documents,
            assets,
            modules,
            registers,
            links: before.links.clone(),
        };
        sources.find_pages_of_folders();
        sources
    }

    fn survey(&self, change: &Change, drafts: Drafts) -> Survey {
        let request = Request {
            drafts,
            ..self.desk.request.clone()
        };
        let renamed = |file: &str| self.file(file);
        let read = self.desk.read.clone();
        let read = read.with(self.sources(change), &renamed);
        read.survey(&request, &parse::for_sign_off)
    }

    /// Returns the path of a file afterwards, from the root.
    fn file(&self, file: &str) -> String {
        match file.strip_prefix("modules/") {
            Some(path) => format!("modules/{}", self.moved.path(path)),
            None => file.to_owned(),
        }
    }

    /// Refuses a change that brings a finding, with drafts or without them; returns the baselines as they are afterwards.
    fn check(&self, change: &Change) -> Result<Vec<Baseline>, Refusal> {
        let lines = self.lines();
        let line = |file: &str, line: u32| {
            let lines = lines.get(below_modules(file));
            let now = lines.and_then(|lines| lines.get(line.saturating_sub(1) as usize));
            now.copied().unwrap_or(line)
        };
        let lines = Lines {
            file: &|file| self.file(file),
            line: &line,
        };
        let request = Request {
            drafts: Drafts::LeaveOut,
            ..self.desk.request.clone()
        };
        let read = self.desk.read.clone();
        let before = read.survey(&request, &parse::for_sign_off).findings;
        let after = self.survey(change, Drafts::LeaveOut).findings;
        let matched = compare::matched(&before, &after, &lines);
        refuse(&after, &matched, &|_| true)?;
        let with_drafts = self.survey(change, Drafts::Include).findings;
        let known = compare::matched(&self.desk.before.findings, &with_drafts, &lines);
        // What is only begun meets no requirement yet and may have its own faults, and is a draft for that.
        let begun: Vec<String> = change
            .created
            .iter()
            .map(|(path, _)| format!("modules/{path}"))
            .collect();
        let counts = |finding: &Finding| {
            begun.is_empty() || !(finding.rule == Rule::TopicGap || begun.contains(&finding.file))
        };
        refuse(&with_drafts, &known, &counts)?;
        Ok(self.baselines(change, &before, (&after, &matched)))
    }

    /// Returns the line of each line of the files that change.
    fn lines(&self) -> HashMap<&str, Vec<u32>> {
        let changed = self.edits.iter().filter(|(_, edits)| !edits.is_empty());
        let lines = changed.filter_map(|(path, edits)| {
            let before = self.desk.text(path)?;
            let after = edits.apply(&before);
            let after = LineIndex::new(&after);
            let moved = edits.moved(LineIndex::new(&before).starts());
            let lines = moved.into_iter().map(|at| after.line(at));
            Some((path.as_str(), lines.collect()))
        });
        lines.collect()
    }

    fn baselines(
        &self,
        change: &Change,
        before: &[Finding],
        (after, matched): (&[Finding], &[Option<usize>]),
    ) -> Vec<Baseline> {
        if change.baselines.is_empty() {
            return Vec::new();
        }
        let pairs = after.iter().zip(matched);
        let pairs = pairs.filter_map(|(now, was)| Some((before[(*was)?].clone(), now.clone())));
        let (was, now): (Vec<Finding>, Vec<Finding>) = pairs.unzip();
        let by_new_path: HashMap<String, &str> = self
            .desk
            .tables
            .keys()
            .chain(self.desk.pages.keys())
            .map(|path| (self.moved.path(path), path.as_str()))
            .collect();
        let text_before = |file: &str| self.desk.text(below_modules(file));
        let text_after = |file: &str| {
            let path = by_new_path.get(below_modules(file))?;
            let text = self.desk.text(path)?;
            Some(match self.edits.get(*path) {
                Some(edits) => edits.apply(&text).into(),
                None => text,
            })
        };
        let before = Seen {
            findings: &was,
            source: &text_before,
        };
        let after = Seen {
            findings: &now,
            source: &text_after,
        };
        let baselines = change.baselines.iter().cloned();
        let followed =
            baselines.map(|known| known.followed(before, after, &|file| self.file(file)));
        followed.collect()
    }

    fn plan(self, change: &Change, kept_sign_offs: usize, baselines: Vec<Baseline>) -> Plan {
        let entries = self.moved.entries();
        let renames = entries.map(|(from, to)| (from.to_owned(), to)).collect();
        let texts = self.edits.iter().filter_map(|(path, edits)| {
            let before = self.desk.text(path)?;
            let after = edits.apply(&before);
            (after != *before).then(|| Changed {
                now: self.moved.path(path),
                path: path.clone(),
                before,
                after,
            })
        });
        Plan {
            renames,
            texts: texts.collect(),
            created: change.created.clone(),
            kept_sign_offs,
            baselines,
        }
    }
}

/// Returns the path of a file below `modules/`; other files stand where none has such a path.
fn below_modules(file: &str) -> &str {
    file.strip_prefix("modules/").unwrap_or("")
}

/// Refuses findings that none of before is, unless they are infos or do not count.
fn refuse(
    after: &[Finding],
    matched: &[Option<usize>],
    counts: &dyn Fn(&Finding) -> bool,
) -> Result<(), Refusal> {
    let new = after.iter().zip(matched).filter(|(finding, was)| {
        was.is_none() && finding.severity != Severity::Info && counts(finding)
    });
    let new: Vec<&Finding> = new.map(|(finding, _)| finding).collect();
    if new.is_empty() {
        Ok(())
    } else {
        Err(findings_come(&new))
    }
}

impl Desk {
    /// Returns the paths of pages that are left out as drafts.
    fn drafts(&self) -> HashSet<&str> {
        let documents = &self.before.curriculum.documents;
        let is_index = |document: &&Document| document.lesson.path.is_index();
        let draft = |document: &&Document| document.lesson.front.draft;
        let folders: HashSet<&str> = documents
            .iter()
            .filter(is_index)
            .filter(draft)
            .map(|document| document.lesson.path.folder())
            .filter(|folder| !folder.is_empty())
            .collect();
        let paths = documents.iter().filter(|document| {
            let path = document.lesson.path.as_str();
            let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
            document.lesson.front.draft || above.any(|folder| folders.contains(folder))
        });
        paths
            .map(|document| document.lesson.path.as_str())
            .collect()
    }
}

/// Returns the addresses of a page: its own, and that of its module for print.
fn addresses(document: &Document) -> Vec<String> {
    let mut addresses = vec![document.url.to_string()];
    let folder = document.url.strip_suffix("index.html");
    if let Some(folder) = folder.filter(|_| document.role == Role::Module) {
        addresses.push(format!("{folder}print.html"));
    }
    addresses
}

fn unreachable(page: &str, place: Place, now: &str) -> Refusal {
    Refusal::new(format!(
        "modules/{page}:{}: this link cannot be changed where it stands, and must lead to `{now}`",
        place.line
    ))
    .help("write it on one line as `[words](path)`, and move again")
}

/// Findings that are listed where a change is refused for their sake.
const MOST_LISTED: usize = 10;

fn findings_come(new: &[&Finding]) -> Refusal {
    let listed = new.iter().take(MOST_LISTED).map(|finding| {
        format!(
            "\n  {}:{}: {}: {}",
            finding.file,
            finding.place.line,
            finding.rule.name(),
            finding.message
        )
    });
    let listed: String = listed.collect();
    let more = match new.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    Refusal::new(format!(
        "nothing was changed: afterwards there would be findings that are not there now (places are those of afterwards){listed}{more}"
    ))
    .help("mend first what stands in the way, such as a requirement of the register that only this place meets")
}
