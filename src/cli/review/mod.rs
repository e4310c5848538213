//! `throughline review`: says which pages stand as they were signed off, and signs pages off.

mod meant;
mod register;

use super::arguments::{Global, Review, ReviewApprove, ReviewStatus, ReviewTask};
use super::files;
use super::report::shown;
use super::reviewer::named;
use super::terminal::Terminal;
use super::{Outcome, Stop, request};
use crate::model::review::SignOff;
use crate::model::visible::visible;
use crate::pipeline::{Run, as_approved};
use crate::report::list::Name;
use crate::report::reviews::{ReviewsReport, ReviewsSummary};
use crate::report::words::counted;
use crate::report::write::Format;
use crate::stages::parse;
use crate::stages::review::sign_off::fingerprint;
use meant::pages;

pub use meant::Meant;

/// Runs `review`.
///
/// # Errors
///
/// When the tool cannot work, no page is meant, or nobody signs off.
pub fn review(options: &Review, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    match &options.what {
        ReviewTask::Status(options) => status(options, global, terminal),
        ReviewTask::Approve(options) => approve(options, global, terminal),
    }
}

fn status(options: &ReviewStatus, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let request = request(global, &options.scope)?;
    let survey = Run::of(&request).survey()?;
    let approved = match options.format {
        // The table for a terminal has a line for each page.
        Format::Table => Vec::new(),
        _ => as_approved(&survey),
    };
    let mut report = ReviewsReport::new(&survey.basis()).with(&approved);
    if options.meant.is_some() {
        let meant = pages(&options.meant, &request.root, &survey.basis())?;
        report.retain(|path| meant.contains(path));
    }
    terminal.print(&match options.format {
        Format::Table => status_table(&report),
        format => shown((Name::Reviews, &report), format, &survey),
    })
}

/// Returns a line for each page, and one of totals.
fn status_table(report: &ReviewsReport<'_>) -> String {
    let widths = report.reviews.iter().map(|row| row.file.chars().count());
    let width = widths.max().unwrap_or(0);
    let mut text = String::new();
    for row in &report.reviews {
        let mut line = format!("{:<10}  {:<width$}  ", row.state.name(), row.file);
        if let (Some(reviewer), Some(day)) = (row.reviewer, row.approved_on) {
            line.push_str(&format!("{day}, {reviewer}"));
        }
        if !row.changed.is_empty() {
            line.push_str(&format!("; changed since: {}", row.changed.join(", ")));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let ReviewsSummary {
        approved,
        suspect,
        unreviewed,
        absent,
    } = report.summary;
    text.push_str(&format!(
        "\n{approved} approved, {suspect} suspect, {unreviewed} unreviewed"
    ));
    if absent > 0 {
        text.push_str(&format!(", {absent} absent: removed, renamed or a draft"));
    }
    text.push('\n');
    visible(&text).into_owned()
}

fn approve(options: &ReviewApprove, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let reviewer = named(&options.reviewer)?;
    let request = request(global, &options.scope)?;
    let survey = Run::of(&request).parsing(&parse::for_sign_off).survey()?;
    let curriculum = &survey.curriculum;
    let meant = pages(&options.meant, &request.root, &survey.basis())?;
    let path = request.root.join("modules/reviews.toml");
    let mut register = register::read(&path)?;
    for document in &curriculum.documents {
        let lesson = &document.lesson;
        if meant.contains(lesson.path.as_str()) {
            let sign_off = SignOff {
                path: lesson.path.as_str().to_owned(),
                fingerprint: fingerprint(lesson, &curriculum.registers)
                    .expect("every lesson is parsed for sign-off"),
                reviewer: reviewer.clone(),
                approved_on: request.as_of,
            };
            register.insert(sign_off.path.clone(), sign_off);
        }
    }
    files::replace(&path, register::text(register.values()))?;
    terminal.say(&format!(
        "{reviewer} signed off {} on {}: `{path}`",
        counted(meant.len(), "page"),
        request.as_of
    ));
    Ok(Outcome::Clean)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::review::Approval;
    use crate::report::reviews::ReviewRow;

    #[test]
    fn the_table_says_what_changed_and_who_signed_off() {
        let row = |path: &'static str, state| ReviewRow {
            file: format!("modules/{path}").into(),
            path,
            title: "",
            state,
            changed: Vec::new(),
            since_approval: None,
            reviewer: None,
            approved_on: None,
        };
        let suspect = ReviewRow {
            changed: vec!["its words"],
            reviewer: Some("Robin Sample"),
            approved_on: Some(date(2026, 11, 21)),
            ..row("a.md", Approval::Suspect)
        };
        let report = ReviewsReport {
            schema: 1,
            as_of: date(2026, 11, 21),
            summary: ReviewsSummary {
                suspect: 1,
                unreviewed: 1,
                ..ReviewsSummary::default()
            },
            reviews: vec![suspect, row("long/b.md", Approval::Unreviewed)],
        };
        assert_eq!(
            status_table(&report),
            "suspect     modules/a.md       2026-11-21, Robin Sample; changed since: its words\n\
             unreviewed  modules/long/b.md\n\
             \n\
             0 approved, 1 suspect, 1 unreviewed\n"
        );
    }
}
