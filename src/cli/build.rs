//! `throughline build`.

use std::time::Instant;

use super::arguments::{Build, Global};
use super::signals;
use super::terminal::{Talk, Terminal};
use super::{Outcome, Stop, baseline, from_here, leave, request};
use crate::model::Severity;
use crate::pipeline::{self, Built, Reports, ReportsTo, Run, Step};
use crate::report::words::counted;

/// Checks the curriculum and writes the site.
///
/// # Errors
///
/// When the tool cannot work.
pub fn build(options: &Build, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let started = Instant::now();
    let run = signals::Run::new("the former site stays");
    run.end_on_signals(terminal);
    let mut request = request(global, &options.scope)?;
    request.interrupt = run.interrupt;
    request.output = options.output_dir.as_deref().map(from_here).transpose()?;
    request.base_url.clone_from(&options.base_url);
    request.reports_to = match &options.reports_dir {
        _ if options.no_reports => ReportsTo::Nowhere,
        Some(folder) => ReportsTo::Folder(from_here(folder)?),
        None => ReportsTo::Usual,
    };
    let mut survey = Run::of(&request).for_a_build().survey()?;
    if let Some(path) = &options.baseline {
        let findings = std::mem::take(&mut survey.findings);
        let held = baseline::hold(path, &request.root, findings, terminal)?;
        survey.findings = held.with_known();
    }
    let errors = survey.count(Severity::Error);
    let warnings = survey.count(Severity::Warning);
    let speaks = errors + warnings > 0 || terminal.talk == Talk::Much;
    if speaks {
        terminal.show_findings(&request.root, &survey);
    }
    if errors > 0 || (options.strict && warnings > 0) {
        terminal.say("nothing was written: the former site stays as it was");
        return Ok(Outcome::Findings);
    }
    let bar = terminal.progress_bar("writing {pos} of {len} pages {wide_bar}");
    let lessons = survey.lessons();
    let modules = survey.curriculum.modules.len();
    // Folders are told as they were asked for.
    let output_dir = survey.setting.config.output_dir.clone();
    let folder = options
        .output_dir
        .as_deref()
        .unwrap_or(output_dir.as_str().into())
        .to_owned();
    let reports_dir = match &options.reports_dir {
        Some(asked) => asked.clone(),
        None => request.reports_folder(&survey.setting.config),
    };
    let built = pipeline::build(&request, &mut survey, &|step| match step {
        Step::Start(pages) => bar.set_length(pages),
        Step::Page => bar.inc(1),
    });
    leave(survey);
    bar.finish_and_clear();
    let Built {
        written,
        reports,
        clock,
    } = built?;
    terminal.say(&format!(
        "{} in {}: {} in `{folder}`, {} of them new or changed, in {:.2} s",
        counted(lessons, "lesson"),
        counted(modules, "module"),
        counted(written.written + written.unchanged, "file"),
        written.written,
        started.elapsed().as_secs_f64(),
    ));
    if terminal.talk == Talk::Much {
        terminal.say(&clock.to_string());
    }
    match reports {
        Reports::Written => terminal.say(&format!(
            "reports for reviewers: `{reports_dir}/index.html`"
        )),
        Reports::LeftAlone => terminal.say(&format!(
            "`{reports_dir}` stays as it was: its links lead to the site in `{output_dir}`; `--reports-dir` writes reports for this one"
        )),
        Reports::Off => {}
    }
    if !written.kept.is_empty() {
        terminal.say(&format!(
            "kept what throughline did not write: {}",
            written.kept.join(", ")
        ));
    }
    if let Some(left) = &written.left_behind {
        terminal.say(&format!(
            "the site is complete, but something was left beside it: {left}"
        ));
    }
    Ok(Outcome::Clean)
}
