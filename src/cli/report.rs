//! `throughline report`.

use camino::Utf8Path;

use super::arguments::{Global, Report, ReportFormat, ReportName};
use super::terminal::Terminal;
use super::{Outcome, Stop, request};
use crate::model::Severity;
use crate::pipeline::{self, Survey};
use crate::report::change::{ChangeReport, earlier};
use crate::report::commitments::CommitmentsReport;
use crate::report::coverage::CoverageReport;
use crate::report::freshness::FreshnessReport;
use crate::report::html::{Around, Lists};
use crate::report::links::LinksReport;
use crate::report::signposts::SignpostsReport;
use crate::report::topics::TopicsReport;
use crate::report::{Format, Places, counted, show};

/// Prints a report.
///
/// # Errors
///
/// When the tool cannot work.
pub fn report(options: &Report, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    if options.against.is_some() && options.name != ReportName::Coverage {
        return Err(Stop(
            "only the coverage report can be held `--against` an earlier one".into(),
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

fn text(options: &Report, survey: &Survey) -> Result<String, Stop> {
    let basis = survey.basis();
    let to_site = to_site(survey);
    let around = Around {
        title: &survey.settings.title,
        language: &survey.settings.language,
        to_site: &to_site,
        as_of: survey.settings.as_of,
    };
    let places = Places::new(&survey.curriculum, around, Lists::SamePage);
    let format = format(options.format);
    Ok(match (options.name, &options.against) {
        (ReportName::Coverage, Some(file)) => {
            let before = read_earlier(file)?;
            let after = CoverageReport::new(&basis);
            show(&ChangeReport::new(&before, &after), format, &places)
        }
        (ReportName::Coverage, None) => show(&CoverageReport::new(&basis), format, &places),
        (ReportName::Links, _) => show(&LinksReport::new(&basis), format, &places),
        (ReportName::Commitments, _) => show(&CommitmentsReport::new(&basis), format, &places),
        (ReportName::Signposts, _) => show(&SignpostsReport::new(&basis), format, &places),
        (ReportName::Freshness, _) => show(&FreshnessReport::new(&basis), format, &places),
        (ReportName::Topics, _) => show(&TopicsReport::new(&basis), format, &places),
    })
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

const fn format(format: ReportFormat) -> Format {
    match format {
        ReportFormat::Table => Format::Table,
        ReportFormat::Json => Format::Json,
        ReportFormat::Csv => Format::Csv,
        ReportFormat::Html => Format::Html,
    }
}
