//! Pages and modules that stand elsewhere than they did: found by what they say.
//!
//! In: two snapshots. Out: the earlier one with the names of today, so that what only moved has not changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::report::snapshot::{Page, Snapshot, Words};

/// Two curricula that are held against each other.
#[derive(Debug)]
pub struct Comparison<'c> {
    /// What was said, under the names of today.
    pub before: Snapshot<'c>,
    /// What is said.
    pub after: Snapshot<'c>,
    /// Where the pages stood that stand elsewhere now: by their files of today.
    pub moved: BTreeMap<String, String>,
}

impl<'c> Comparison<'c> {
    /// Holds two curricula against each other.
    pub fn new(before: Snapshot<'c>, after: Snapshot<'c>) -> Self {
        let pairs = pairs(&before, &after);
        let files: HashMap<String, Words<'c>> = pairs
            .iter()
            .map(|(old, new)| {
                let (old, new) = (&before.pages[*old].file, &after.pages[*new].file);
                (old.to_string(), new.clone())
            })
            .collect();
        let modules = modules(&before, &after, &pairs);
        let moved = files
            .iter()
            .map(|(old, new)| (new.to_string(), old.clone()));
        Self {
            moved: moved.collect(),
            before: renamed(before, &files, &modules),
            after,
        }
    }
}

/// How much of what two pages say must be the same, where one is the other under a new name: shared sentences over all sentences of the two.
const ALIKE: f64 = 0.5;

/// Sentences that more pages than this share tell nothing.
const COMMON: usize = 20;

/// Returns which page that is gone is which new one: positions in the two snapshots.
fn pairs(before: &Snapshot<'_>, after: &Snapshot<'_>) -> Vec<(usize, usize)> {
    let missing = |pages: &[Page<'_>], others: &[Page<'_>]| -> Vec<usize> {
        let others: HashSet<&str> = others.iter().map(|page| &*page.file).collect();
        let all = pages.iter().enumerate();
        all.filter(|(_, page)| !others.contains(&*page.file))
            .map(|(index, _)| index)
            .collect()
    };
    let gone = missing(&before.pages, &after.pages);
    let new = missing(&after.pages, &before.pages);
    let mut pages_of: HashMap<&str, Vec<usize>> = HashMap::new();
    for old in &gone {
        for sentence in said(&before.pages[*old]) {
            pages_of.entry(sentence).or_default().push(*old);
        }
    }
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for page in &new {
        let own: Vec<&str> = said(&after.pages[*page]).collect();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for sentence in &own {
            let known = pages_of.get(sentence).filter(|pages| pages.len() <= COMMON);
            for old in known.into_iter().flatten() {
                *shared.entry(*old).or_default() += 1;
            }
        }
        for (old, count) in shared {
            let all = own.len() + said(&before.pages[old]).count();
            let share = 2.0 * count as f64 / all as f64;
            if share >= ALIKE {
                alike.push((share, old, *page));
            }
        }
    }
    // Those that are most alike first; of several such, in reading order.
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut left, mut right) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (_, old, page) in alike {
        if !left.contains(&old) && !right.contains(&page) {
            left.insert(old);
            right.insert(page);
            pairs.push((old, page));
        }
    }
    pairs
}

/// Returns the sentences of a page, each once.
fn said<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
    let mut seen = HashSet::new();
    let all = page.sections.iter().flat_map(|section| &section.sentences);
    all.map(|sentence| &**sentence)
        .filter(move |sentence| seen.insert(*sentence))
}

/// Returns the new names of modules that are called otherwise now: those of which most pages went to one module that is new.
fn modules<'c>(
    before: &Snapshot<'c>,
    after: &Snapshot<'c>,
    pairs: &[(usize, usize)],
) -> HashMap<String, Words<'c>> {
    let has = |snapshot: &Snapshot<'_>, name: &str| {
        snapshot.modules.iter().any(|module| module.name == name)
    };
    let mut went: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (old, new) in pairs {
        let (from, to) = (&*before.pages[*old].module, &*after.pages[*new].module);
        if !has(after, from) && !has(before, to) {
            *went.entry((from, to)).or_default() += 1;
        }
    }
    let mut names = HashMap::new();
    let mut taken = HashSet::new();
    for ((from, to), count) in went {
        let all = before
            .pages
            .iter()
            .filter(|page| page.module == from)
            .count();
        if 2 * count > all && taken.insert(to) {
            names.insert(from.to_owned(), Cow::Owned(to.to_owned()));
        }
    }
    names
}

/// Gives pages and modules their names of today, wherever a snapshot names them.
fn renamed<'c>(
    mut snapshot: Snapshot<'c>,
    files: &HashMap<String, Words<'c>>,
    modules: &HashMap<String, Words<'c>>,
) -> Snapshot<'c> {
    let rename = |name: &mut Words<'c>, names: &HashMap<String, Words<'c>>| {
        if let Some(new) = names.get(&**name) {
            name.clone_from(new);
        }
    };
    for module in &mut snapshot.modules {
        rename(&mut module.name, modules);
    }
    for page in &mut snapshot.pages {
        rename(&mut page.file, files);
        rename(&mut page.module, modules);
    }
    for question in &mut snapshot.questions {
        rename(&mut question.file, files);
    }
    for claim in &mut snapshot.claims {
        for evidence in &mut claim.evidence {
            rename(&mut evidence.file, files);
        }
    }
    for service in &mut snapshot.signposts {
        for page in &mut service.pages {
            rename(page, files);
        }
    }
    for topic in &mut snapshot.coverage.topics {
        for found in &mut topic.outside {
            rename(&mut found.file, files);
        }
        for cell in &mut topic.modules {
            rename(&mut cell.module, modules);
            for found in &mut cell.occurrences {
                rename(&mut found.file, files);
            }
        }
    }
    snapshot
}
