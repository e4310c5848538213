//! Who has to look again: whoever took a module, and whoever signed off a page.

use std::collections::BTreeMap;

use super::moves::Comparison;
use super::pages::share;
use super::value::{Change, PageChange, ReadAgain, SignOffAgain};
use crate::model::review::Approval;
use crate::report::words::counted;

/// Returns the modules of which something says something else, those first of which most does.
pub fn read_again<'c>(
    comparison: &'c Comparison<'_>,
    pages: &[PageChange<'c>],
) -> Vec<ReadAgain<'c>> {
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &comparison.after.pages {
        *words.entry(&page.module).or_default() += page.words();
    }
    let modules = comparison.after.modules.iter().map(|module| &*module.name);
    let all = modules.filter_map(|module| {
        let is_meant = |page: &&PageChange<'_>| page.module == module && page.changed_words > 0;
        let meant: Vec<&PageChange<'_>> = pages.iter().filter(is_meant).collect();
        let changed: usize = meant.iter().map(|page| page.changed_words).sum();
        let whole = words.get(module).copied().unwrap_or_default();
        (changed > 0).then(|| ReadAgain {
            module,
            share: share(changed, whole),
            reason: reason(&meant),
        })
    });
    let mut all: Vec<ReadAgain<'_>> = all.collect();
    // The sort is stable: modules of which as much has changed stay in reading order.
    all.sort_by(|a, b| b.share.total_cmp(&a.share));
    all
}

/// Says which pages there are to read: "2 pages changed: “A”, “B”; 1 page new: “C”".
fn reason(pages: &[&PageChange<'_>]) -> String {
    let (new, changed): (Vec<_>, Vec<_>) =
        pages.iter().partition(|page| page.change == Change::New);
    let mut parts = Vec::new();
    for (pages, word) in [(changed, "changed"), (new, "new")] {
        // Titles have commas of their own.
        let titles: Vec<String> = pages
            .iter()
            .map(|page: &&PageChange<'_>| format!("“{}”", page.title))
            .collect();
        if !titles.is_empty() {
            parts.push(format!(
                "{} {word}: {}",
                counted(titles.len(), "page"),
                titles.join(", ")
            ));
        }
    }
    parts.join("; ")
}

/// Returns the pages whose sign-off has come to hold no more, or whose words have changed again since it did not.
pub fn sign_off_again<'c>(
    comparison: &'c Comparison<'_>,
    pages: &[PageChange<'c>],
) -> Vec<SignOffAgain<'c>> {
    let before: BTreeMap<&str, Approval> = comparison
        .before
        .pages
        .iter()
        .map(|page| (&*page.file, page.approval))
        .collect();
    let changed: BTreeMap<&str, &PageChange<'_>> =
        pages.iter().map(|page| (page.file, page)).collect();
    let all = comparison.after.pages.iter().filter_map(|page| {
        let was_suspect = before.get(&*page.file) == Some(&Approval::Suspect);
        let change = changed
            .get(&*page.file)
            .filter(|change| !change.sections.is_empty());
        if page.approval != Approval::Suspect || (was_suspect && change.is_none()) {
            return None;
        }
        let reason = match change {
            Some(change) => format!("{} changed", counted(change.sections.len(), "section")),
            None => "a topic or claim on it, or something that no sentence shows, has changed"
                .to_owned(),
        };
        Some(SignOffAgain {
            file: &page.file,
            reviewer: page.reviewer.as_deref().unwrap_or_default(),
            approved_on: page.approved_on,
            reason,
        })
    });
    all.collect()
}
