//! `throughline watch`.

use std::time::Duration;

use super::arguments::{Global, Watch};
use super::terminal::{Talk, Terminal};
use super::{Outcome, Stop, request};
use crate::model::{Finding, Severity};
use crate::watch::changes::How;
use crate::watch::guard::Reach;
use crate::watch::session::Today;
use crate::watch::{self, Change, News, Wanted};

/// More changed files than this are counted and not named.
const MOST_NAMED: usize = 3;

/// Serves a preview until it is told to end.
///
/// # Errors
///
/// When the preview cannot start.
pub fn watch(options: &Watch, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let request = request(global, &options.scope)?;
    let root = request.root.clone();
    let wanted = Wanted {
        today: options.scope.as_of.map_or(Today::Clock, Today::Fixed),
        interface: options.interface.clone(),
        port: options.port,
        how: options.poll.map_or(How::Events, |seconds| {
            How::Polling(Duration::from_secs_f64(seconds))
        }),
        request,
    };
    let mut first = true;
    watch::watch(wanted, &mut |news| {
        match news {
        News::Serving { url, reach } => {
            if reach == Reach::Network {
                terminal.say(
                    "warning: everybody on this network can read the preview, drafts and facilitator notes included\n  \
                     help: leave out `--interface` to serve this machine alone",
                );
            }
            // Where nobody reads the address, the preview is still there.
            let _ = terminal.print(&format!("{url}\n"));
            terminal.say(&format!("serving the preview at {url}, findings and reports at {url}_throughline/; Ctrl-C ends it"));
            if options.open && open::that_detached(&url).is_err() {
                terminal.say(&format!("no browser could be started: open {url} yourself"));
            }
        }
        News::Polling { reason } => terminal.say(&format!(
            "{reason}: looking for changes every second instead\n  help: raise the system's limit of watched files, or choose how often to look with `--poll=SECONDS`"
        )),
        News::Changed(change) if std::mem::take(&mut first) => report_first(&change, &root, terminal),
        News::Changed(change) => report_change(&change, &root, terminal),
    }
    })?;
    terminal.say("the preview has ended");
    Ok(Outcome::Clean)
}

fn report_first(change: &Change<'_>, root: &camino::Utf8Path, terminal: &Terminal) {
    show_findings(&change.shown.findings, root, terminal);
    match &change.shown.failure {
        Some(failure) => terminal.fail(failure),
        None => {
            let lessons = change
                .shown
                .site
                .as_ref()
                .map_or(0, |site| site.survey.lessons());
            terminal.say(&format!(
                "{lessons} lessons read in {}",
                seconds(change.took)
            ));
        }
    }
}

fn report_change(change: &Change<'_>, root: &camino::Utf8Path, terminal: &Terminal) {
    let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
    terminal.say(&format!(
        "{time} {}: {}",
        named(&change.files),
        seconds(change.took)
    ));
    show_findings(&change.difference.new, root, terminal);
    for finding in &change.difference.gone {
        if finding.severity != Severity::Info || terminal.talk == Talk::Much {
            terminal.say(&format!(
                "gone: {}[{}] {}:{}: {}",
                finding.severity.name(),
                finding.rule.name(),
                finding.file,
                finding.place.line,
                finding.message
            ));
        }
    }
    if let Some(failure) = &change.shown.failure {
        terminal.fail(failure);
    }
    let difference = &change.difference;
    if change.shown.failure.is_some() || !difference.new.is_empty() || !difference.gone.is_empty() {
        let count = |severity| {
            change
                .shown
                .findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        let held = if change.shown.held {
            "; the preview stays as it was"
        } else {
            ""
        };
        terminal.say(&format!(
            "{} new, {} gone; now {} errors, {} warnings{held}",
            difference.new.len(),
            difference.gone.len(),
            count(Severity::Error),
            count(Severity::Warning)
        ));
    }
}

/// Shows findings with their source lines; infos only where everything is asked for.
fn show_findings(findings: &[Finding], root: &camino::Utf8Path, terminal: &Terminal) {
    let shown: Vec<Finding> = findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info || terminal.talk == Talk::Much)
        .cloned()
        .collect();
    if !shown.is_empty() {
        terminal.show_some_findings(root, &shown);
    }
}

fn named(files: &[String]) -> String {
    match files {
        [] => "something changed".into(),
        files if files.len() <= MOST_NAMED => files.join(", "),
        files => format!("{} and {} more", files[0], files.len() - 1),
    }
}

fn seconds(took: Duration) -> String {
    match took.as_millis() {
        millis @ ..1000 => format!("{millis} ms"),
        millis => format!("{:.1} s", millis as f64 / 1000.0),
    }
}
