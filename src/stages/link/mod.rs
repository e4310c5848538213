//! Third stage: from lessons to the curriculum.
//!
//! In: all parsed lessons. Out: one `Curriculum`: addresses given, links resolved down to the anchor, threads and backlinks drawn. Reads no files:
//! `discover` has listed every asset already.

mod addresses;
mod answers;
mod collisions;
mod memory;
mod named;
mod order;
mod paths;
mod registers;
mod renames;
mod resolve;
mod suggestions;
mod threads;

pub use addresses::alias_path;
pub use collisions::{among_reports, among_theme_files};
pub use memory::Memory;
pub use renames::{NoRenames, Renames};
pub(crate) use resolve::fragment;

use std::collections::HashSet;
use std::sync::Arc;

use super::parse::Lessons;
use crate::model::audience::Audience;
use crate::model::config::Edition;
use crate::model::curriculum::{
    Backlink, Curriculum, Document, DocumentId, LinkStatus, Module, Role, Target,
};
use crate::model::slug::folder_slug;
pub(crate) use crate::model::slug::title_of;
use crate::model::{Finding, Lesson, Place, Rule, Staged};
use resolve::Resolver;
pub(crate) use resolve::decode;

/// Whether lessons marked as drafts belong to the curriculum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Drafts {
    /// They are left out.
    #[default]
    LeaveOut,
    /// They are built like the others.
    Include,
}

/// What of the lessons is linked, and for whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection {
    /// Whether drafts belong to it.
    pub drafts: Drafts,
    /// Whose site says what would clash in it.
    pub edition: Edition,
}

/// Links the lessons.
///
/// The curriculum is that of every edition; what would clash in the site is said of one. With a memory, what it knows is not worked out again; the
/// result is the same.
pub fn link(
    lessons: Lessons,
    Selection { drafts, edition }: Selection,
    renames: &dyn Renames,
    memory: Option<&mut Memory>,
) -> Staged<Curriculum> {
    let (lessons, left_out) = split_drafts(lessons, drafts);
    let mut findings: Vec<Finding> = lessons
        .lessons
        .iter()
        .flat_map(|lesson| lesson.findings.iter().cloned())
        .collect();
    let mut lessons = lessons;
    order::arrange(&mut lessons, &left_out, renames, &mut findings);
    let (mut documents, mut modules) = place(&lessons, &mut findings);
    let mut own = Memory::default();
    let memory = match memory {
        Some(memory) => {
            memory.compare(&lessons, &left_out);
            memory
        }
        None => {
            own.begin(&lessons);
            &mut own
        }
    };
    let aliases = addresses::give(&mut documents, &mut modules, memory.asked(), &mut findings);
    let mut assets = addresses::assets(&lessons.assets);
    let by_path = memory.paths();
    let resolver = Resolver::new(
        (&documents, &by_path),
        &assets,
        &lessons.registers,
        &aliases,
        (&left_out, renames),
    );
    memory.complete(&documents, |document| resolver.resolve(document));
    drop(resolver);
    for (document, found) in documents.iter_mut().zip(memory.found()) {
        document.links = Arc::clone(&found.links);
        document.prerequisites = Arc::clone(&found.prerequisites);
        findings.extend(found.findings.iter().cloned());
        let links = document.lesson.links.iter().zip(&*found.links);
        for (link, resolved) in links {
            if let Target::Asset(index) = resolved.target {
                let used = &mut assets[index as usize].used;
                // Whoever sees any of the links to it gets it.
                *used = used
                    .filter(|known| link.audience.reads(*known))
                    .or(Some(link.audience));
            }
        }
    }
    report_cycles(&documents, &mut findings);
    let known = memory.backlinks();
    let (drawn, backlinks) = rayon::join(
        || threads::draw(memory.occurrences(), &lessons.registers),
        || known.unwrap_or_else(|| backlinks(&documents)),
    );
    memory.keep_backlinks(&backlinks);
    for (document, part) in documents.iter_mut().zip(drawn.parts) {
        document.occurrences = part;
    }
    report_orphans(&documents, &backlinks, &mut findings);
    let known = named::Known::new(&by_path, &modules, renames);
    let answers = answers::find(&known, &documents, &lessons.registers, &mut findings);
    let named = registers::find(&known, &lessons.registers, &mut findings);
    let paths = paths::find(
        &known,
        (&documents, &modules),
        &lessons.registers,
        &mut findings,
    );
    drop(known);
    let curriculum = Curriculum {
        registers: lessons.registers,
        documents,
        modules,
        occurrences: drawn.occurrences,
        threads: drawn.threads,
        backlinks,
        assets,
        homes: named.homes,
        demands: named.demands,
        paths,
        answers,
    };
    let used = curriculum.assets.iter();
    let used = used.map(|placed| placed.is_in(edition)).collect();
    findings
        .extend(memory.collisions(used, || collisions::report_collisions(&curriculum, edition)));
    Staged {
        value: curriculum,
        findings,
    }
}

/// Takes drafts out: drafts themselves, and everything in a module whose `index.md` is one.
fn split_drafts(mut lessons: Lessons, drafts: Drafts) -> (Lessons, Vec<Arc<Lesson>>) {
    let has_none = || !lessons.lessons.iter().any(|lesson| lesson.front.draft);
    if drafts == Drafts::Include || has_none() {
        return (lessons, Vec::new());
    }
    let folders: HashSet<String> = lessons
        .lessons
        .iter()
        .filter(|lesson| lesson.front.draft && lesson.path.is_index())
        .map(|lesson| lesson.path.folder().to_owned())
        .filter(|folder| !folder.is_empty())
        .collect();
    let is_draft = |lesson: &Lesson| {
        let path = lesson.path.as_str();
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        lesson.front.draft || above.any(|folder| folders.contains(folder))
    };
    let (left_out, kept) = std::mem::take(&mut lessons.lessons)
        .into_iter()
        .partition(|lesson| is_draft(lesson));
    lessons.lessons = kept;
    lessons.modules.retain(|module| !folders.contains(module));
    (lessons, left_out)
}

/// Puts documents into modules. Sources come in reading order, so a module's documents stand together.
fn place(lessons: &Lessons, findings: &mut Vec<Finding>) -> (Vec<Document>, Vec<Module>) {
    let mut modules: Vec<Module> = lessons
        .modules
        .iter()
        .enumerate()
        .map(|(index, folder)| Module {
            name: folder_slug(folder),
            folder: folder.clone(),
            title: String::new(),
            number: index as u32 + 1,
            url: "".into(),
            index: None,
            documents: 0..0,
        })
        .collect();
    let (no_links, no_prerequisites) = (Arc::from([]), Arc::from([]));
    let mut documents: Vec<Document> = Vec::with_capacity(lessons.lessons.len());
    let mut current = 0;
    for lesson in &lessons.lessons {
        let id = DocumentId(documents.len() as u32);
        let path = lesson.path.as_str();
        let module = path.split_once('/').and_then(|(folder, _)| {
            let from = modules[current..]
                .iter()
                .position(|module| module.folder == folder)?;
            current += from;
            Some(current)
        });
        let role = match (module, lesson.path.is_index()) {
            (None, true) => Role::Home,
            (Some(_), true) if path.matches('/').count() == 1 => Role::Module,
            (Some(_), true) => Role::Unit,
            _ => Role::Lesson,
        };
        if let Some(index) = module {
            let module = &mut modules[index];
            if module.documents.is_empty() {
                module.documents = id.0..id.0;
            }
            module.documents.end = id.0 + 1;
            if role == Role::Module {
                module.index = Some(id);
                module.title = lesson.front.title.to_string();
            }
        }
        documents.push(Document {
            lesson: Arc::clone(lesson),
            role,
            module: module.map(|index| crate::model::curriculum::ModuleId(index as u32)),
            url: "".into(),
            aliases: Arc::default(),
            links: Arc::clone(&no_links),
            prerequisites: Arc::clone(&no_prerequisites),
            occurrences: 0..0,
        });
    }
    for module in &mut modules {
        if module.index.is_none() {
            let file = format!("modules/{}/index.md", module.folder);
            findings.push(
                Finding::new(
                    Rule::MissingTitle,
                    file,
                    Place::START,
                    "this module has no `index.md`",
                )
                .help("add one with `title = \"...\"` between `+++` lines; a `README.md` will do"),
            );
        }
        if module.title.trim().is_empty() {
            module.title = title_of(&module.name);
        }
    }
    (documents, modules)
}

fn backlinks(documents: &[Document]) -> Arc<[Vec<Backlink>]> {
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); documents.len()];
    for (index, document) in documents.iter().enumerate() {
        for (number, resolved) in document.links.iter().enumerate() {
            let Target::Document(to) = resolved.target else {
                continue;
            };
            let shown = document.lesson.links[number].audience == Audience::Everybody;
            let list = &mut backlinks[to.0 as usize];
            let from = DocumentId(index as u32);
            let first = list.last().is_none_or(|last| last.from != from);
            if to != from && first && shown && resolved.status != LinkStatus::Broken {
                list.push(Backlink {
                    from,
                    link: number as u32,
                });
            }
        }
    }
    backlinks.into()
}

fn report_orphans(
    documents: &[Document],
    backlinks: &[Vec<Backlink>],
    findings: &mut Vec<Finding>,
) {
    for (document, links) in documents.iter().zip(backlinks) {
        if document.role == Role::Lesson && links.is_empty() {
            findings.push(
                Finding::new(
                    Rule::OrphanLesson,
                    document.lesson.path.from_root(),
                    document.lesson.front.place.unwrap_or(Place::START),
                    "no other page links to this lesson in its text",
                )
                .help("link to it from its module's `index.md` or from a lesson that leads to it"),
            );
        }
    }
}

/// Reports lessons that are prerequisites of themselves, each round of them once.
fn report_cycles(documents: &[Document], findings: &mut Vec<Finding>) {
    // 0: not seen, 1: on the path that is being followed, 2: done.
    let mut state = vec![0_u8; documents.len()];
    for start in 0..documents.len() {
        if state[start] != 0 {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        state[start] = 1;
        while let Some((at, next)) = path.last_mut() {
            let Some(to) = documents[*at]
                .prerequisites
                .get(*next)
                .map(|id| id.0 as usize)
            else {
                state[*at] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                0 => {
                    state[to] = 1;
                    path.push((to, 0));
                }
                1 => {
                    let from = path.iter().position(|(seen, _)| *seen == to).unwrap_or(0);
                    let cycle: Vec<usize> = path[from..].iter().map(|(seen, _)| *seen).collect();
                    findings.push(cycle_finding(documents, &cycle));
                }
                _ => {}
            }
        }
    }
}

fn cycle_finding(documents: &[Document], cycle: &[usize]) -> Finding {
    let first = &documents[cycle[0]].lesson;
    let place = first
        .front
        .prerequisites
        .first()
        .map_or(Place::START, |prerequisite| prerequisite.place);
    let mut names: Vec<&str> = cycle
        .iter()
        .take(8)
        .map(|index| documents[*index].lesson.path.as_str())
        .collect();
    if cycle.len() > names.len() {
        names.push("...");
    }
    names.push(first.path.as_str());
    Finding::new(
        Rule::PrerequisiteCycle,
        first.path.from_root(),
        place,
        format!(
            "this lesson is its own prerequisite: {}",
            names.join(" -> ")
        ),
    )
    .help("remove one of these prerequisites")
}
