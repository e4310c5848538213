//! `check --external` against servers of its own, which do everything that other sites do. Nothing here leaves this machine.

mod cache;
mod certificates;
mod command;
mod guard;
mod pages;
mod server;
#[path = "../support/mod.rs"]
mod support;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use camino::Utf8PathBuf;
use jiff::Timestamp;
use throughline::external::cache::Cache;
use throughline::external::{Asker, Checked, Manners, check};
use throughline::pipeline::{Request, Run, Survey};

use server::Lab;
use support::{laid_out, write};

/// Manners for servers that wait for nobody.
fn hurried() -> Manners {
    Manners {
        pause: Duration::from_millis(1),
        connect: Duration::from_secs(5),
        request: Duration::from_secs(5),
        backoff: Duration::from_millis(1),
        longest_wait: Duration::from_secs(2),
        ..Manners::default()
    }
}

/// Lays out a curriculum of one lesson with this Markdown, from its fourth line on.
fn curriculum(markdown: &str) -> tempfile::TempDir {
    let lesson = format!("+++\ntitle = \"First\"\n+++\n{markdown}");
    laid_out(&[
        ("config.toml", "title = \"Training\"\n"),
        (
            "modules/01-calls/index.md",
            "+++\ntitle = \"Calls\"\n+++\nStart with [the first](01-first.md).\n",
        ),
        ("modules/01-calls/01-first.md", &lesson),
    ])
}

fn surveyed(root: &Path) -> Survey {
    let root = Utf8PathBuf::from_path_buf(root.to_owned()).expect("the path is UTF-8");
    Run::of(&Request::new(root, jiff::civil::date(2026, 11, 21)))
        .survey()
        .expect("the curriculum can be read")
}

/// Asks for everything that a curriculum leads to, without remembering.
fn asked(root: &Path, lab: Lab, manners: Manners) -> Checked {
    let survey = surveyed(root);
    let asker = Asker::new(Arc::new(lab), manners);
    let mut cache = Cache::new(Timestamp::now());
    check(&survey.curriculum, &asker, &mut cache, &|_| {})
}

/// Returns what the findings say, in their order.
fn messages(checked: &Checked) -> Vec<&str> {
    let findings = checked.findings.iter();
    findings.map(|finding| finding.message.as_str()).collect()
}

/// Asks for the pages of `a.test` at these paths; returns the findings as `rule: message`, in their order.
fn said(paths: &[&str], lab: Lab) -> Vec<String> {
    let links = paths
        .iter()
        .map(|path| format!("- [a page](http://a.test{path})\n"));
    let folder = curriculum(&links.collect::<String>());
    let checked = asked(folder.path(), lab, hurried());
    let shown = checked.findings.iter();
    shown
        .map(|finding| format!("{}: {}", finding.rule.name(), finding.message))
        .collect()
}
