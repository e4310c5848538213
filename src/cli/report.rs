//! `throughline report`.

use std::io;

use camino::Utf8Path;

use super::arguments::{Global, Report as Options};
use super::since::since;
use super::terminal::Terminal;
use super::{Outcome, Stop, baseline, files, request};
use crate::model::Severity;
use crate::pipeline::{self, Request, Run, Survey};
use crate::report::change::{ChangeReport, earlier};
use crate::report::changes::{ChangesReport, Comparison};
use crate::report::coverage::CoverageReport;
use crate::report::data::Report;
use crate::report::list::Name;
use crate::report::places::Places;
use crate::report::reviews::ReviewsReport;
use crate::report::snapshot::Snapshot;
use crate::report::words::counted;
use crate::report::write::{Format, csv, write};

/// Prints a report.
///
/// # Errors
///
/// When the tool cannot work.
pub fn report(options: &Options, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    check(options)?;
    let request = request(global, &options.scope)?;
    let mut survey = Run::of(&request).survey()?;
    if let Some(path) = &options.baseline {
        let findings = std::mem::take(&mut survey.findings);
        survey.findings = baseline::held(path, &request.root, findings)?.with_known();
    }
    let text = text(options, &request, &survey)?;
    let errors = survey.count(Severity::Error);
    if errors > 0 {
        terminal.say(&format!(
            "`throughline check` finds {}",
            counted(errors, "error")
        ));
    }
    terminal.print(&text)
}

/// Refuses options that do not go together.
fn check(options: &Options) -> Result<(), Stop> {
    let is_changes = options.name == Name::Changes;
    let faults = [
        (
            options.against.is_some() && options.name != Name::Coverage,
            "only the coverage report can be held `--against` an earlier one",
        ),
        (
            options.since.is_some() && !is_changes,
            "only the report `changes` is about what has changed `--since`\n  help: leave out `--since`, or ask for `report changes`",
        ),
        (
            options.since.is_none() && is_changes,
            "changes since when?\n  help: add `--since` with a revision, a day, a folder, or a file that `throughline snapshot` wrote",
        ),
        (
            options.bom && options.format != Format::Csv,
            "only CSV begins with a mark\n  help: leave out `--bom`, or add `--format csv`",
        ),
        (
            options.list.is_some() && options.format != Format::Csv,
            "only CSV has further sheets\n  help: leave out `--list`, or add `--format csv`",
        ),
    ];
    match faults.into_iter().find(|(is_fault, _)| *is_fault) {
        Some((_, message)) => Err(Stop(message.into())),
        None => Ok(()),
    }
}

fn text(options: &Options, request: &Request, survey: &Survey) -> Result<String, Stop> {
    let approved = match options.name {
        Name::Reviews => pipeline::as_approved(survey),
        _ => Vec::new(),
    };
    let basis = survey.basis();
    let shown = if let Some(file) = &options.against {
        let before = read_earlier(file)?;
        let after = CoverageReport::new(&basis);
        let change = ChangeReport::new(&before, &after);
        asked((options.name, &change), options, survey)?
    } else if let Some(earlier) = &options.since {
        let since = since(earlier, request, &survey.setting.theme)?;
        let comparison = Comparison::new(since.snapshot(), Snapshot::new(&basis));
        let changes = ChangesReport::new(&comparison, &since.side);
        asked((options.name, &changes), options, survey)?
    } else if options.name == Name::Reviews {
        let reviews = ReviewsReport::new(&basis).with(&approved);
        asked((options.name, &reviews), options, survey)?
    } else {
        let report = options.name.make(&basis);
        let report = report.expect("what takes a second curriculum was asked for with one");
        asked((options.name, report.as_ref()), options, survey)?
    };
    let mark = if options.bom { "\u{feff}" } else { "" };
    Ok(mark.to_owned() + &shown)
}

/// Returns a report as it was asked for: in a format, or one of its further sheets.
fn asked(report: (Name, &dyn Report), options: &Options, survey: &Survey) -> Result<String, Stop> {
    let Some(wanted) = &options.list else {
        return Ok(shown(report, options.format, survey));
    };
    let lists = report.1.lists();
    let Some(list) = lists.iter().find(|list| list.name == wanted) else {
        let names: Vec<&str> = lists.iter().map(|list| list.name).collect();
        let help = match &names[..] {
            [] => "its CSV has all that it says: leave out `--list`".to_owned(),
            names => format!("its lists are {}", names.join(", ")),
        };
        return Err(Stop(format!(
            "the report `{}` has no list `{wanted}`\n  help: {help}",
            report.0.id()
        )));
    };
    Ok(written(survey, |places, out| {
        csv::write(&list.sheet, places, out)
    }))
}

/// Returns a report in a format, with links that work from standard output.
pub fn shown(report: (Name, &dyn Report), format: Format, survey: &Survey) -> String {
    written(survey, |places, out| write(report, format, places, out))
}

fn written(
    survey: &Survey,
    write: impl FnOnce(&Places<'_>, &mut dyn io::Write) -> io::Result<()>,
) -> String {
    let to_site = to_site(survey);
    let places = Places::new(&survey.curriculum, pipeline::around(survey, Some(&to_site)));
    let mut bytes = Vec::new();
    write(&places, &mut bytes).expect("writing to memory never fails");
    String::from_utf8(bytes).expect("reports are written as text")
}

/// Returns what leads from a page on standard output to the site.
///
/// Nobody knows where that page will be kept: links work from anywhere where the site has an address, and otherwise from the root.
fn to_site(survey: &Survey) -> String {
    match &survey.setting.settings.base_url {
        Some(top) => top.to_string(),
        None => {
            let mut prefix = String::new();
            crate::model::path::push_url(&mut prefix, &survey.setting.config.output_dir);
            prefix.push('/');
            prefix
        }
    }
}

fn read_earlier(file: &Utf8Path) -> Result<CoverageReport<'static>, Stop> {
    let text = files::read(file, files::LARGEST_OWN)
        .map_err(|error| Stop(format!("cannot read `{file}`: {error}")))?;
    earlier(&text).map_err(|error| Stop(format!("`{file}` cannot be compared with: {error}")))
}
