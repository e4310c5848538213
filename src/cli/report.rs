//! `throughline report`.

use std::io;

use camino::Utf8Path;

use super::arguments::{Global, Report as Options};
use super::terminal::Terminal;
use super::{Outcome, Stop, request};
use crate::model::Severity;
use crate::pipeline::{self, Survey};
use crate::report::change::{ChangeReport, earlier};
use crate::report::coverage::CoverageReport;
use crate::report::data::Report;
use crate::report::list::Name;
use crate::report::places::Places;
use crate::report::words::counted;
use crate::report::write::{Format, csv, write};

/// Prints a report.
///
/// # Errors
///
/// When the tool cannot work.
pub fn report(options: &Options, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    if options.against.is_some() && options.name != Name::Coverage {
        return Err(Stop(
            "only the coverage report can be held `--against` an earlier one".into(),
        ));
    }
    if options.bom && options.format != Format::Csv {
        return Err(Stop(
            "only CSV begins with a mark\n  help: leave out `--bom`, or add `--format csv`".into(),
        ));
    }
    if options.list.is_some() && options.format != Format::Csv {
        return Err(Stop(
            "only CSV has further sheets\n  help: leave out `--list`, or add `--format csv`".into(),
        ));
    }
    let request = request(global, &options.scope)?;
    let survey = pipeline::survey(&request)?;
    let text = text(options, &survey)?;
    let errors = survey.count(Severity::Error);
    if errors > 0 {
        terminal.say(&format!(
            "`throughline check` finds {}",
            counted(errors, "error")
        ));
    }
    terminal.print(&text)
}

fn text(options: &Options, survey: &Survey) -> Result<String, Stop> {
    let basis = survey.basis();
    let shown = match &options.against {
        Some(file) => {
            let before = read_earlier(file)?;
            let after = CoverageReport::new(&basis);
            let change = ChangeReport::new(&before, &after);
            asked((options.name, &change), options, survey)?
        }
        None => {
            let report = options.name.make(&basis);
            asked((options.name, report.as_ref()), options, survey)?
        }
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
    let places = Places::new(&survey.curriculum, pipeline::around(survey, &to_site));
    let mut bytes = Vec::new();
    write(&places, &mut bytes).expect("writing to memory never fails");
    String::from_utf8(bytes).expect("reports are written as text")
}

/// Returns what leads from a page on standard output to the site.
///
/// Nobody knows where that page will be kept: links work from anywhere where the site has an address, and otherwise from the root.
fn to_site(survey: &Survey) -> String {
    match &survey.settings.base_url {
        Some(top) => top.to_string(),
        None => {
            let mut prefix = String::new();
            crate::model::path::push_url(&mut prefix, &survey.config.output_dir);
            prefix.push('/');
            prefix
        }
    }
}

fn read_earlier(file: &Utf8Path) -> Result<CoverageReport<'static>, Stop> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Stop(format!("cannot read `{file}`: {error}")))?;
    earlier(&text).map_err(|error| Stop(format!("`{file}` cannot be compared with: {error}")))
}
