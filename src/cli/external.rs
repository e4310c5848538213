//! `throughline check --external`: asks other sites, and says how far that has come.

use std::sync::Arc;

use camino::Utf8Path;

use super::terminal::Terminal;
use crate::external::cache::Cache;
use crate::external::{Asker, Checked, Internet, Manners, Progress, check};
use crate::pipeline::Survey;
use crate::report::words::counted;
use crate::stages::settle;

/// Adds to a survey what other sites say of the pages that it leads to.
///
/// Answers that cannot be remembered are said on standard error, and are no failure.
pub fn add_external(survey: &mut Survey, root: &Utf8Path, terminal: &Terminal) {
    let now = jiff::Timestamp::now();
    let mut cache = Cache::read(root, now).unwrap_or_else(|error| {
        terminal.say(&format!("warning: {error}"));
        Cache::new(now)
    });
    let asker = Asker::new(Arc::new(Internet), Manners::default());
    let bar = terminal.progress_bar("asking for {pos} of {len} pages {wide_bar}");
    let checked = check(
        &survey.curriculum,
        &asker,
        &mut cache,
        &|progress| match progress {
            Progress::Start {
                pages,
                hosts,
                known,
            } => {
                say_start(pages, hosts, known, terminal);
                bar.set_length(pages as u64);
            }
            Progress::Page => bar.inc(1),
        },
    );
    bar.finish_and_clear();
    say_result(&checked, terminal);
    if let Err(error) = cache.write(root) {
        terminal.say(&format!("warning: {error}"));
    }
    settle::settle_more(
        checked.findings,
        &mut survey.findings,
        &survey.curriculum,
        &survey.setting.config,
    );
}

fn say_start(pages: usize, hosts: usize, known: usize, terminal: &Terminal) {
    let remembered = match known {
        0 => String::new(),
        known => format!("; {} known from before", counted(known, "answer")),
    };
    if pages > 0 {
        terminal.say(&format!(
            "asking for {} of {}{remembered}",
            counted(pages, "page"),
            counted(hosts, "other site")
        ));
    } else if known > 0 {
        terminal.say(&format!("asking no other site{remembered}"));
    }
}

fn say_result(checked: &Checked, terminal: &Terminal) {
    let Checked {
        fine,
        broken,
        unchecked,
        ..
    } = checked;
    if fine + broken + unchecked > 0 {
        terminal.say(&format!(
            "pages of other sites: {fine} there, {broken} not there, {unchecked} could not be checked"
        ));
    }
    if checked.is_cut_off {
        terminal.say("warning: no site answered: is this machine connected to the internet?");
    }
}
