//! Pages that differ, section by section.

use std::collections::HashMap;

use super::moves::Comparison;
use super::value::{Change, PageChange, SectionChange};
use crate::report::passages::{Passage, passages};
use crate::report::snapshot::{Page, Section, Words};

/// Returns the pages that differ: those of now in reading order, then those that are gone.
pub fn changed<'c>(comparison: &'c Comparison<'_>) -> Vec<PageChange<'c>> {
    let (before, after) = (&comparison.before.pages, &comparison.after.pages);
    let old: HashMap<&str, &Page<'_>> = before.iter().map(|page| (&*page.file, page)).collect();
    let new: HashMap<&str, &Page<'_>> = after.iter().map(|page| (&*page.file, page)).collect();
    let now = after.iter().filter_map(|page| {
        let from = comparison.moved.get(&*page.file).map(String::as_str);
        match old.get(&*page.file) {
            None => Some(whole(page, Change::New)),
            Some(former) => compare(former, page, from),
        }
    });
    let gone = before.iter().filter(|page| !new.contains_key(&*page.file));
    now.chain(gone.map(|page| whole(page, Change::Gone)))
        .collect()
}

/// Returns a page that is new or gone as a whole.
fn whole<'c>(page: &'c Page<'_>, change: Change) -> PageChange<'c> {
    let sections = page
        .sections
        .iter()
        .filter(|section| !section.sentences.is_empty());
    let words = page.words();
    PageChange {
        file: &page.file,
        change,
        from: None,
        module: &page.module,
        title: &page.title,
        share: (change == Change::New).then_some(1.0),
        changed_words: if change == Change::New { words } else { 0 },
        sections: sections.map(|section| one_sided(section, change)).collect(),
    }
}

/// Returns a section of which only one side has anything.
fn one_sided<'c>(section: &'c Section<'_>, change: Change) -> SectionChange<'c> {
    let said: Vec<&str> = section
        .sentences
        .iter()
        .map(|sentence| &**sentence)
        .collect();
    let passage = match change {
        Change::Gone => Passage {
            before: said,
            after: Vec::new(),
        },
        _ => Passage {
            before: Vec::new(),
            after: said,
        },
    };
    described(section, change, vec![passage])
}

fn described<'c>(
    section: &'c Section<'_>,
    change: Change,
    passages: Vec<Passage<'c>>,
) -> SectionChange<'c> {
    SectionChange {
        anchor: &section.anchor,
        heading: &section.heading,
        line: section.line,
        change,
        words: section.words(),
        topics: section.topics.iter().map(|id| &**id).collect(),
        claims: section.claims.iter().map(|id| &**id).collect(),
        passages,
    }
}

/// Returns how a page differs; nothing where it neither moved nor says anything else.
fn compare<'c>(
    before: &'c Page<'_>,
    after: &'c Page<'_>,
    from: Option<&'c str>,
) -> Option<PageChange<'c>> {
    let sections = between(&before.sections, &after.sections);
    if sections.is_empty() && from.is_none() {
        return None;
    }
    let is_there = |section: &&SectionChange<'_>| section.change != Change::Gone;
    let changed_words = sections
        .iter()
        .filter(is_there)
        .map(|section| section.words)
        .sum();
    Some(PageChange {
        file: &after.file,
        change: if from.is_some() {
            Change::Moved
        } else {
            Change::Changed
        },
        from,
        module: &after.module,
        title: &after.title,
        share: Some(share(changed_words, after.words())),
        changed_words,
        sections,
    })
}

/// Returns a part of a whole, from 0 to 1.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    // Four digits are more than anybody reads, and make the same text everywhere.
    (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0
}

/// Returns the sections that differ, in the order of now; those that are gone last.
pub fn between<'c>(before: &'c [Section<'_>], after: &'c [Section<'_>]) -> Vec<SectionChange<'c>> {
    let (partners, is_taken) = partners(before, after);
    let now = after
        .iter()
        .zip(&partners)
        .filter_map(|(section, partner)| match partner {
            None if section.sentences.is_empty() => None,
            None => Some(one_sided(section, Change::New)),
            Some(old) => {
                let found = differences(&before[*old], section);
                (!found.is_empty()).then(|| described(section, Change::Changed, found))
            }
        });
    let mut all: Vec<SectionChange<'_>> = now.collect();
    let gone = before.iter().zip(is_taken);
    let gone = gone.filter(|(section, is_taken)| !is_taken && !section.sentences.is_empty());
    all.extend(gone.map(|(section, _)| one_sided(section, Change::Gone)));
    all
}

/// Returns the sentences that differ, and what else is said otherwise as far as both sides know it.
fn differences<'c>(before: &'c Section<'_>, after: &'c Section<'_>) -> Vec<Passage<'c>> {
    fn differing<'c>(before: &'c [Words<'_>], after: &'c [Words<'_>]) -> Vec<Passage<'c>> {
        let said =
            |list: &'c [Words<'_>]| -> Vec<&'c str> { list.iter().map(|said| &**said).collect() };
        if before == after {
            return Vec::new();
        }
        passages(&said(before), &said(after))
    }
    let mut all = differing(&before.sentences, &after.sentences);
    if let (Some(before), Some(after)) = (&before.facts, &after.facts) {
        all.extend(differing(before, after));
    }
    all
}

/// Returns for each section of now the one that it was: with the same anchor, else with the same heading. Says for each of then whether it is one of now.
fn partners(before: &[Section<'_>], after: &[Section<'_>]) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut partners = vec![None; after.len()];
    let mut is_taken = vec![false; before.len()];
    for key in [by_anchor, by_heading] {
        let mut free: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (index, section) in before.iter().enumerate().rev() {
            if !is_taken[index] {
                free.entry(key(section)).or_default().push(index);
            }
        }
        for (partner, section) in partners.iter_mut().zip(after) {
            if partner.is_none() {
                *partner = free.get_mut(&key(section)).and_then(Vec::pop);
                if let Some(index) = *partner {
                    is_taken[index] = true;
                }
            }
        }
    }
    (partners, is_taken)
}

/// Names a section by its anchor, or by its heading where it has none: what stands before the first heading.
fn by_anchor<'s>(section: &'s Section<'_>) -> (&'s str, &'s str) {
    match &*section.anchor {
        "" => by_heading(section),
        anchor => (anchor, ""),
    }
}

fn by_heading<'s>(section: &'s Section<'_>) -> (&'s str, &'s str) {
    ("", &section.heading)
}
