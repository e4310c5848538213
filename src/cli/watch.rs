//! `throughline watch`.

use std::time::Duration;

use camino::Utf8PathBuf;

use super::arguments::{Global, Watch};
use super::terminal::{Talk, Terminal};
use super::{Outcome, Stop, baseline, request, threads};
use crate::model::{Finding, Severity};
use crate::report::words::counted;
use crate::watch::changes::How;
use crate::watch::guard::Reach;
use crate::watch::session::Today;
use crate::watch::{self, Change, News, Wanted};

/// More changed files than this are counted and not named.
const MOST_NAMED: usize = 3;

/// More findings than this are counted and not shown: nobody reads them in a terminal.
const MOST_QUOTED: usize = 20;

/// Serves a preview until it is told to end.
///
/// # Errors
///
/// When the preview cannot start.
pub fn watch(options: &Watch, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    if !threads::are_enough_for_a_preview() {
        return Err(Stop(
            "cannot start the threads that serve a preview\n  help: let this process have more of them (`ulimit -u`)"
                .into(),
        ));
    }
    let request = request(global, &options.scope)?;
    let root = request.root.clone();
    let known = options.baseline.as_deref().map(baseline::read);
    let wanted = Wanted {
        today: options.scope.as_of.map_or(Today::Clock, Today::Fixed),
        interface: options.interface.clone(),
        port: options.port,
        how: options.poll.map_or(How::Events, |seconds| {
            How::Polling(Duration::from_secs_f64(seconds))
        }),
        known: known.transpose()?,
        request,
    };
    let mut account = Account {
        root,
        terminal,
        browser: options.open,
        told: Told::Nothing,
    };
    watch::watch(wanted, &mut |news| account.tell(news))?;
    terminal.say("the preview has ended");
    Ok(Outcome::Clean)
}

/// What the author was told last about the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Made,
    Failed,
}

/// Tells the author what happens.
struct Account<'t> {
    root: Utf8PathBuf,
    terminal: &'t Terminal,
    /// Whether a browser is to be started.
    browser: bool,
    told: Told,
}

impl Account<'_> {
    fn tell(&mut self, news: News<'_>) {
        match news {
            News::Serving { url, reach } => self.tell_address(&url, reach),
            News::Polling { reason } => self.terminal.say(&format!(
                "{reason}: looking for changes every second instead\n  help: {}",
                reason.help()
            )),
            News::Changed(change) => {
                if self.told == Told::Nothing {
                    self.tell_first(&change);
                } else {
                    self.tell_change(&change);
                }
                self.told = if change.shown.failure.is_some() {
                    Told::Failed
                } else {
                    Told::Made
                };
            }
        }
    }

    fn tell_address(&self, url: &str, reach: Reach) {
        let terminal = self.terminal;
        if reach == Reach::Network {
            terminal.say(
                "warning: everybody on this network can read the preview, drafts and facilitator notes included\n  \
                 help: leave out `--interface` to serve this machine alone",
            );
        }
        // Where nobody reads the address, the preview is still there.
        let _ = terminal.print(&format!("{url}\n"));
        terminal.say(&format!(
            "serving the preview; findings and reports at {url}_throughline/; Ctrl-C ends it"
        ));
        if self.browser && open::that_detached(url).is_err() {
            terminal.say(&format!("no browser could be started: open {url} yourself"));
        }
    }

    fn tell_first(&self, change: &Change<'_>) {
        self.show_findings(&change.shown.findings);
        match &change.shown.failure {
            Some(failure) => self.terminal.fail(failure),
            None => {
                let site = change.shown.site.as_ref();
                let lessons = site.map_or(0, |site| site.survey.lessons());
                self.terminal.say(&format!(
                    "{} read in {}",
                    counted(lessons, "lesson"),
                    seconds(change.took)
                ));
            }
        }
    }

    fn tell_change(&self, change: &Change<'_>) {
        let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
        self.terminal.say(&format!(
            "{time} {}: {}",
            named(&change.files),
            seconds(change.took)
        ));
        let difference = &change.difference;
        self.show_findings(&difference.new);
        self.list_gone(&difference.gone);
        if let Some(failure) = &change.shown.failure {
            self.terminal.fail(failure);
        }
        let mut parts = Vec::new();
        if !difference.new.is_empty() || !difference.gone.is_empty() {
            parts.push(format!(
                "{} new, {} gone",
                difference.new.len(),
                difference.gone.len()
            ));
            parts.push(standing(&change.shown.findings));
        }
        if change.shown.held {
            parts.push("the preview stays as it was".into());
        } else if self.told == Told::Failed && change.shown.failure.is_none() {
            parts.push("the preview goes on".into());
        }
        if !parts.is_empty() {
            self.terminal.say(&parts.join("; "));
        }
    }

    /// Shows findings with their source lines, the gravest where there are very many.
    fn show_findings(&self, findings: &[Finding]) {
        let mut shown: Vec<Finding> = self.worth_telling(findings).cloned().collect();
        let more = shown.len().saturating_sub(MOST_QUOTED);
        if more > 0 {
            shown.sort_by_key(|finding| finding.severity);
            shown.truncate(MOST_QUOTED);
        }
        if !shown.is_empty() {
            self.terminal.show_some_findings(&self.root, &shown);
        }
        if more > 0 {
            self.terminal.say(&format!(
                "and {more} more, all listed in the preview under _throughline/"
            ));
        }
    }

    fn list_gone(&self, gone: &[Finding]) {
        let gone: Vec<&Finding> = self.worth_telling(gone).collect();
        for finding in gone.iter().take(MOST_QUOTED) {
            self.terminal.say(&format!(
                "gone: {}[{}] {}:{}: {}",
                finding.severity.name(),
                finding.rule.name(),
                finding.file,
                finding.place.line,
                finding.message
            ));
        }
        if gone.len() > MOST_QUOTED {
            self.terminal
                .say(&format!("gone: {} more", gone.len() - MOST_QUOTED));
        }
    }

    /// Leaves out infos unless everything is asked for.
    fn worth_telling<'f>(&self, findings: &'f [Finding]) -> impl Iterator<Item = &'f Finding> {
        let everything = self.terminal.talk == Talk::Much;
        findings
            .iter()
            .filter(move |finding| everything || finding.severity != Severity::Info)
    }
}

/// Returns how many errors, warnings and infos there are.
fn standing(findings: &[Finding]) -> String {
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let mut standing = format!(
        "now {}, {}",
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning")
    );
    let infos = count(Severity::Info);
    if infos > 0 {
        standing.push_str(&format!(", {}", counted(infos, "info")));
    }
    standing
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
