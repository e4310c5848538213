//! What the preview shows now: the newest site that could be made, the pages kept from before a fault, and the findings.
//!
//! A fault never takes a page away. Where no site can be made, the whole last one stays; where a lesson has an error, its page stays as it last was.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use blake3::Hash;
use camino::Utf8PathBuf;
use tokio::sync::watch;

use super::session::Fresh;
use super::site::Site;
use crate::model::path::SourcePath;
use crate::model::{Finding, Rule, Severity};

/// Rendered pages are forgotten when they take more than this; they are rendered again when they are asked for.
const MOST_BYTES: usize = 64 << 20;

/// Of a change that breaks very many pages at once, only so many are kept as they were.
const MOST_KEPT: usize = 200;

/// A page ready to be sent, as a build would write it.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// Its HTML.
    pub html: Bytes,
    /// The same digest, the same bytes.
    pub digest: Hash,
    /// Why this is not the newest version: what the template said.
    pub fault: Option<String>,
}

/// A page that stays as it was while its source has errors.
#[derive(Debug, Clone)]
struct Kept {
    source: String,
    page: Rendered,
}

/// What the preview shows at one moment.
#[derive(Debug, Default)]
pub struct Shown {
    /// The newest site that could be made; none before the first.
    pub site: Option<Arc<Site>>,
    /// Everything that stands in the newest sources.
    pub findings: Findings,
    /// Why no site can be made of the newest sources.
    pub failure: Option<String>,
    /// Whether the site is older than the sources.
    pub held: bool,
    kept: BTreeMap<Arc<str>, Kept>,
}

/// Findings, as a list of their own or as those of a site.
#[derive(Debug, Clone)]
pub enum Findings {
    /// A list of their own.
    Own(Arc<Vec<Finding>>),
    /// Those of a site.
    Of(Arc<Site>),
}

impl Default for Findings {
    fn default() -> Self {
        Self::Own(Arc::default())
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        match self {
            Self::Own(findings) => findings,
            Self::Of(site) => &site.survey.findings,
        }
    }
}

impl Shown {
    /// Returns whether a page stays as it was before its source had errors.
    pub fn keeps(&self, url: &str) -> bool {
        self.held || self.kept.contains_key(url)
    }
}

/// What a change did to the findings.
#[derive(Debug, Default)]
pub struct Difference {
    /// Findings that were not there before.
    pub new: Vec<Finding>,
    /// Findings that are gone.
    pub gone: Vec<Finding>,
}

/// The preview: read by the server, changed by the session.
#[derive(Debug)]
pub struct Preview {
    /// The folder of the curriculum.
    pub root: Utf8PathBuf,
    shown: watch::Sender<Arc<Shown>>,
    shelf: Mutex<Shelf>,
}

/// The pages that were rendered last.
#[derive(Debug, Default)]
struct Shelf {
    pages: HashMap<Arc<str>, Rendered>,
    bytes: usize,
}

impl Shelf {
    fn put(&mut self, url: &str, page: &Rendered) {
        if self.bytes + page.html.len() > MOST_BYTES {
            self.pages.clear();
            self.bytes = 0;
        }
        self.bytes += page.html.len();
        if let Some(former) = self.pages.insert(url.into(), page.clone()) {
            self.bytes -= former.html.len();
        }
    }
}

impl Preview {
    /// Starts with nothing to show.
    pub fn new(root: Utf8PathBuf) -> Self {
        Self {
            root,
            shown: watch::Sender::default(),
            shelf: Mutex::default(),
        }
    }

    /// Returns what is shown now.
    pub fn now(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.borrow())
    }

    /// Returns what tells of every change.
    pub fn follow(&self) -> watch::Receiver<Arc<Shown>> {
        self.shown.subscribe()
    }

    /// Returns a page as it is shown; nothing where no page stands at the address.
    pub fn page(&self, shown: &Shown, url: &str) -> Option<Rendered> {
        if let Some(kept) = shown.kept.get(url) {
            return Some(kept.page.clone());
        }
        let site = shown.site.as_ref()?;
        let planned = site.page(url)?;
        let former = self.on_shelf(url);
        if let Some(former) = &former
            && former.digest == planned.digest
            && former.fault.is_none()
        {
            return Some(former.clone());
        }
        let page = match site.render(&planned) {
            Ok(html) => Rendered {
                html: html.into(),
                digest: planned.digest,
                fault: None,
            },
            Err(error) => Rendered {
                html: former.map_or_else(empty_page, |former| former.html),
                digest: planned.digest,
                fault: Some(error.to_string()),
            },
        };
        self.shelf
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .put(url, &page);
        Some(page)
    }

    fn on_shelf(&self, url: &str) -> Option<Rendered> {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.pages.get(url).cloned()
    }

    /// Shows a new site.
    pub fn show(&self, fresh: Fresh) -> Difference {
        let former = self.now();
        let site = Arc::new(fresh.site);
        let findings = Findings::Of(Arc::clone(&site));
        let difference = difference(&former.findings, &findings);
        let broken = files_with_errors(&findings);
        // A register that cannot be read takes every topic or service out of every page: nobody wants to see that.
        let held = former.site.is_some()
            && findings.iter().any(|finding| {
                finding.rule == Rule::InvalidRegister && finding.severity == Severity::Error
            });
        let mut shown = Shown {
            kept: former.kept.clone(),
            site: former.site.clone(),
            findings,
            failure: None,
            held,
        };
        shown.kept.retain(|_, kept| broken.contains(&kept.source));
        if !held {
            let changed = fresh.lessons.iter();
            let changed: BTreeSet<&str> = changed.map(SourcePath::from_root).collect();
            self.keep(&former, &mut shown, &broken, &changed);
            shown.site = Some(site);
        }
        self.shown.send_replace(Arc::new(shown));
        difference
    }

    /// Keeps the pages of files that had no errors and now have.
    fn keep(
        &self,
        former: &Shown,
        shown: &mut Shown,
        broken: &BTreeSet<String>,
        changed: &BTreeSet<&str>,
    ) {
        let Some(site) = &former.site else {
            return;
        };
        let before = files_with_errors(&former.findings);
        let newly: Vec<&String> = broken.difference(&before).collect();
        if newly.is_empty() {
            return;
        }
        let pages = site.pages_by_file();
        for file in newly {
            let Some(url) = pages.get(file) else {
                continue;
            };
            // What nobody has changed and nobody has looked at needs no former version.
            let wanted = changed.contains(file.as_str()) || self.on_shelf(url).is_some();
            if !wanted || shown.kept.contains_key(url) || shown.kept.len() >= MOST_KEPT {
                continue;
            }
            if let Some(page) = self.page(former, url) {
                let source = file.clone();
                shown.kept.insert(Arc::clone(url), Kept { source, page });
            }
        }
    }

    /// Says that no site can be made, and what was found out before that; returns nothing where that is no news.
    pub fn fail(&self, failure: &str, findings: Option<Vec<Finding>>) -> Option<Difference> {
        let former = self.now();
        let findings = findings.map_or_else(
            || former.findings.clone(),
            |list| Findings::Own(Arc::new(list)),
        );
        if former.failure.as_deref() == Some(failure) && *former.findings == *findings {
            return None;
        }
        let difference = difference(&former.findings, &findings);
        self.shown.send_replace(Arc::new(Shown {
            site: former.site.clone(),
            findings,
            failure: Some(failure.to_owned()),
            held: former.site.is_some(),
            kept: former.kept.clone(),
        }));
        Some(difference)
    }
}

/// Returns what is shown while there is nothing to show.
pub fn empty_page() -> Bytes {
    Bytes::from_static(include_bytes!("static/empty.html"))
}

fn files_with_errors(findings: &[Finding]) -> BTreeSet<String> {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.file.clone()).collect()
}

/// Compares findings. One that has only moved, since lines above it came or went, is neither new nor gone.
fn difference(former: &[Finding], now: &[Finding]) -> Difference {
    // An edit leaves most findings as they are, and both lists are in reading order.
    let alike = former
        .iter()
        .zip(now)
        .take_while(|(one, other)| one == other)
        .count();
    let (former, now) = (&former[alike..], &now[alike..]);
    let alike = former
        .iter()
        .rev()
        .zip(now.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let (former, now) = (&former[..former.len() - alike], &now[..now.len() - alike]);
    let key = |finding: &Finding| {
        (
            finding.rule,
            finding.severity,
            finding.file.clone(),
            finding.message.clone(),
        )
    };
    let mut counts: HashMap<_, usize> = HashMap::new();
    for finding in former {
        *counts.entry(key(finding)).or_default() += 1;
    }
    let mut rest = |finding: &&Finding| match counts.get_mut(&key(finding)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let new: Vec<Finding> = now.iter().filter(&mut rest).cloned().collect();
    // Of those that are left over, the last ones in reading order are gone.
    let gone = former.iter().rev().filter(|finding| !rest(finding));
    let mut gone: Vec<Finding> = gone.cloned().collect();
    gone.reverse();
    Difference { new, gone }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn finding(line: u32, message: &str) -> Finding {
        let place = Place {
            line,
            end_line: line,
            ..Place::START
        };
        Finding::new(Rule::BrokenLink, "modules/a.md", place, message)
    }

    #[test]
    fn a_finding_that_moved_is_neither_new_nor_gone() {
        for (former, now, new, gone) in [
            (vec![(1, "a")], vec![(9, "a")], vec![], vec![]),
            (vec![(1, "a")], vec![(1, "a"), (2, "a")], vec!["a"], vec![]),
            (vec![(1, "a"), (2, "b")], vec![(2, "b")], vec![], vec!["a"]),
            (vec![(1, "a")], vec![(1, "b")], vec!["b"], vec!["a"]),
            (vec![(1, "a"), (2, "a")], vec![], vec![], vec!["a", "a"]),
        ] {
            let list = |list: &[(u32, &str)]| -> Vec<Finding> {
                list.iter()
                    .map(|(line, message)| finding(*line, message))
                    .collect()
            };
            let found = difference(&list(&former), &list(&now));
            let messages = |list: &[Finding]| -> Vec<String> {
                list.iter().map(|f| f.message.clone()).collect()
            };
            assert_eq!(messages(&found.new), new, "{former:?} -> {now:?}");
            assert_eq!(messages(&found.gone), gone, "{former:?} -> {now:?}");
        }
    }
}
