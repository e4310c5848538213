//! `throughline review`: says which pages stand as they were signed off, and signs pages off.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Global, Review, ReviewApprove, ReviewStatus, ReviewTask};
use super::files;
use super::report::shown;
use super::terminal::Terminal;
use super::{Outcome, Stop, request};
use crate::model::Curriculum;
use crate::model::nearness::did_you_mean;
use crate::model::review::{Fingerprint, SignOff};
use crate::model::sources::RegisterSources;
use crate::model::visible::visible;
use crate::pipeline;
use crate::report::list::Name;
use crate::report::reviews::{ReviewsReport, ReviewsSummary};
use crate::report::words::counted;
use crate::report::write::Format;
use crate::stages::parse;

/// Who signs off when nobody is named.
const REVIEWER: &str = "THROUGHLINE_REVIEWER";

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
    let survey = pipeline::survey(&request)?;
    let mut report = ReviewsReport::new(&survey.basis());
    if !options.paths.is_empty() {
        let meant = pages(&options.paths, &request.root, &survey.curriculum)?;
        report.retain(|path| meant.contains(&path));
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
    let reviewer = reviewer(options.reviewer.as_deref())?;
    let request = request(global, &options.scope)?;
    let groundwork = pipeline::prepare(&request, &parse::for_sign_off)?;
    let curriculum = &pipeline::conclude(groundwork, &request, None).curriculum;
    let meant = pages(&options.paths, &request.root, curriculum)?;
    let path = request.root.join("modules/reviews.toml");
    let mut register = read_register(&path)?;
    for document in &curriculum.documents {
        let lesson = &document.lesson;
        if meant.contains(&lesson.path.as_str()) {
            let sign_off = SignOff {
                path: lesson.path.as_str().to_owned(),
                fingerprint: Fingerprint::of(lesson, &curriculum.registers)
                    .expect("every lesson is parsed for sign-off"),
                reviewer: reviewer.clone(),
                approved_on: request.as_of,
            };
            register.insert(sign_off.path.clone(), sign_off);
        }
    }
    files::replace(&path, &register_text(register.values()))?;
    terminal.say(&format!(
        "{reviewer} signed off {} on {}: `{path}`",
        counted(meant.len(), "page"),
        request.as_of
    ));
    Ok(Outcome::Clean)
}

fn reviewer(given: Option<&str>) -> Result<String, Stop> {
    let name = match given {
        Some(name) => name.to_owned(),
        None => std::env::var(REVIEWER).unwrap_or_default(),
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Stop(format!(
            "nobody is named who signs off\n  help: add `--reviewer \"Your Name\"`, or set {REVIEWER}"
        )));
    }
    Ok(name)
}

/// Reads the sign-offs by path. A register with a fault is not written over: its entries would be lost.
fn read_register(path: &Utf8Path) -> Result<BTreeMap<String, SignOff>, Stop> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(Stop(format!("cannot read `{path}`: {error}"))),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let read = parse::registers(&RegisterSources {
        reviews: Some(text.into()),
        ..RegisterSources::default()
    });
    if let Some(fault) = read.findings.first() {
        return Err(Stop(format!(
            "{}:{}: {}\n  help: mend the register before signing off: it would be written anew",
            fault.file, fault.place.line, fault.message
        )));
    }
    let sign_offs = read.value.sign_offs.into_iter();
    Ok(sign_offs
        .map(|sign_off| (sign_off.path.clone(), sign_off))
        .collect())
}

fn register_text<'s>(sign_offs: impl Iterator<Item = &'s SignOff>) -> String {
    let mut text = String::from(
        "# Who approved which page as it stood when. Written by `throughline review approve`, which keeps no comments.\n",
    );
    let quoted = |text: &str| toml::Value::from(text).to_string();
    for sign_off in sign_offs {
        text.push_str(&format!(
            "\n[[review]]\npath = {}\nfingerprint = \"{}\"\nreviewer = {}\napproved_on = {}\n",
            quoted(&sign_off.path),
            sign_off.fingerprint,
            quoted(&sign_off.reviewer),
            sign_off.approved_on
        ));
    }
    text
}

/// Returns the pages that paths name: each a page or a folder, from here, from the root or from `modules/`.
fn pages<'c>(
    paths: &[Utf8PathBuf],
    root: &Utf8Path,
    curriculum: &'c Curriculum,
) -> Result<Vec<&'c str>, Stop> {
    let all = || {
        curriculum
            .documents
            .iter()
            .map(|document| document.lesson.path.as_str())
    };
    let mut meant = Vec::new();
    for path in paths {
        let inside = below_modules(path, root);
        let folder = format!("{inside}/");
        let fits = |page: &&str| {
            inside.is_empty()
                || *page == inside
                || page.starts_with(&folder)
                || page.strip_suffix(".md") == Some(&inside)
        };
        let before = meant.len();
        meant.extend(all().filter(fits));
        if meant.len() == before {
            let help = did_you_mean(&inside, all()).unwrap_or_else(|| {
                "name a Markdown file or folder below `modules`; drafts need `--drafts`".into()
            });
            return Err(Stop(format!("no page at `{path}`\n  help: {help}")));
        }
    }
    meant.sort_unstable();
    meant.dedup();
    Ok(meant)
}

fn below_modules(path: &Utf8Path, root: &Utf8Path) -> String {
    let modules = root.join("modules");
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    let inside = match (real(path), real(&modules)) {
        (Some(path), Some(modules)) => path.strip_prefix(modules).ok().map(Utf8Path::to_owned),
        _ => None,
    };
    let inside = inside.map_or_else(|| path.to_string(), Utf8PathBuf::into_string);
    let inside = inside.replace('\\', "/");
    let inside = inside.strip_prefix("./").unwrap_or(&inside);
    let inside = inside.strip_prefix("modules/").unwrap_or(inside);
    inside.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::review::{Approval, Meaning};
    use crate::report::reviews::ReviewRow;

    #[test]
    fn the_table_says_what_changed_and_who_signed_off() {
        let row = |path: &'static str, state| ReviewRow {
            file: format!("modules/{path}").into(),
            path,
            title: "",
            state,
            changed: Vec::new(),
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

    #[test]
    fn the_register_is_read_as_it_is_written() {
        let empty = Meaning::of("").0.map(|byte| format!("{byte:02x}")).concat();
        let sign_off = SignOff {
            path: "01-calls/02 \"quoted\".md".into(),
            fingerprint: [empty.as_str(); 3]
                .join("-")
                .parse()
                .expect("it is a fingerprint"),
            reviewer: "Siân O'Neill".into(),
            approved_on: date(2026, 11, 21),
        };
        let text = register_text(std::iter::once(&sign_off));
        let read = parse::registers(&RegisterSources {
            reviews: Some(text.as_str().into()),
            ..RegisterSources::default()
        });
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        assert_eq!(read.value.sign_offs, [sign_off]);
    }
}
