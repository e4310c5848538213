//! Asks other sites whether the pages that a curriculum links to are there. Only `check --external` does.
//!
//! In: the curriculum, and the answers of earlier runs. Out: findings about every place that leads to a page that is not there, or could not be
//! checked. Each page is asked for once, however many places lead to it. What is behind `#` is not checked.

mod addresses;
mod ask;
pub mod cache;
mod client;
mod hosts;
mod manners;
mod places;
mod verdict;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use url::Url;

use crate::model::{Curriculum, Finding, Rule};

pub use addresses::{Internet, Network, is_public};
pub use ask::Asker;
use cache::Cache;
pub use manners::Manners;
use places::{Lead, leads};
pub use verdict::{Cause, Standing, Verdict};

/// How far the asking has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many pages of so many hosts are to be asked for; of so many others the answer is known.
    Start {
        /// Pages.
        pages: usize,
        /// Hosts.
        hosts: usize,
        /// Pages that are not asked for.
        known: usize,
    },
    /// One page is done.
    Page,
}

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// About every place that leads to a page that is not there, or could not be checked.
    pub findings: Vec<Finding>,
    /// Pages that are there.
    pub fine: usize,
    /// Pages that are not there.
    pub broken: usize,
    /// Pages that could not be checked.
    pub unchecked: usize,
    /// Whether pages were asked for and not one host answered.
    pub is_cut_off: bool,
}

/// Asks for every page of another site that the curriculum leads to, unless the cache knows the answer.
pub fn check(
    curriculum: &Curriculum,
    asker: &Asker,
    cache: &mut Cache,
    progress: &(dyn Fn(Progress) + Sync),
) -> Checked {
    let leads = leads(curriculum);
    let mut known: BTreeMap<&Url, Verdict> = BTreeMap::new();
    let mut hosts: BTreeMap<String, Vec<&Url>> = BTreeMap::new();
    for url in leads.iter().filter_map(|lead| lead.url.as_ref()) {
        match cache.recall(url) {
            Some(verdict) => {
                known.insert(url, verdict);
            }
            None => hosts.entry(ask::host(url)).or_default().push(url),
        }
    }
    for urls in hosts.values_mut() {
        urls.sort_unstable();
        urls.dedup();
    }
    let hosts: Vec<Vec<&Url>> = hosts.into_values().collect();
    progress(Progress::Start {
        pages: hosts.iter().map(Vec::len).sum(),
        hosts: hosts.len(),
        known: known.len(),
    });
    let answers = ask_all(&hosts, asker, progress);
    let is_cut_off = !answers.is_empty() && answers.iter().all(|(_, verdict)| was_silent(verdict));
    for (url, verdict) in answers {
        cache.remember(url, &verdict);
        known.insert(url, verdict);
    }
    let count = |standing| {
        let verdicts = known.values();
        verdicts
            .filter(|verdict| verdict.cause.standing() == standing)
            .count()
    };
    Checked {
        fine: count(Standing::Fine),
        broken: count(Standing::Broken),
        unchecked: count(Standing::Unchecked),
        is_cut_off,
        findings: leads
            .iter()
            .filter_map(|lead| finding(lead, lead.url.as_ref().and_then(|url| known.get(url))))
            .collect(),
    }
}

fn was_silent(verdict: &Verdict) -> bool {
    verdict.last.is_none() && (verdict.cause.is_silence() || verdict.cause == Cause::HostSilent)
}

/// Asks for the pages of all hosts: some hosts at the same time, and the pages of each one after the other.
fn ask_all<'u>(
    hosts: &[Vec<&'u Url>],
    asker: &Asker,
    progress: &(dyn Fn(Progress) + Sync),
) -> Vec<(&'u Url, Verdict)> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::new());
    let work = || {
        while let Some(urls) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
            for url in urls {
                let verdict = asker.ask(url);
                answers
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push((*url, verdict));
                progress(Progress::Page);
            }
        }
    };
    std::thread::scope(|scope| {
        // This thread asks too; where no more can be started, those that are there take longer.
        for _ in 1..asker.manners.hosts.min(hosts.len()) {
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn finding(lead: &Lead, verdict: Option<&Verdict>) -> Option<Finding> {
    let no_address = Verdict {
        cause: Cause::NotAnAddress,
        last: None,
    };
    let verdict = verdict.unwrap_or(&no_address);
    let (rule, help) = match verdict.cause.standing() {
        Standing::Fine => return None,
        Standing::Broken => (
            Rule::ExternalLinkBroken,
            "correct the address, link to an archived copy, or remove the link",
        ),
        Standing::Unchecked if verdict.cause == Cause::NotPublic => (
            Rule::ExternalLinkUnchecked,
            "say in the text where readers outside that network find it",
        ),
        Standing::Unchecked => (
            Rule::ExternalLinkUnchecked,
            "open it in a browser: some sites answer people and not programs",
        ),
    };
    let message = verdict.message(&lead.written);
    Some(Finding::new(rule, lead.file.as_str(), lead.place, message).help(help))
}
