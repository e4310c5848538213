//! Findings for people: rustc's look, with the source line and how to mend it.
//!
//! In: a report and a screen. Out: errors and warnings first, then what is merely worth knowing, each in the order given, and one line that
//! counts them. Everything quoted is made visible, so that neither a lesson nor a file name can steer the terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::model::visible::{visible, visible_line};
use crate::model::{Finding, LineIndex, Severity};
use crate::report::words::counted;

use super::quote::Quote;
use super::report::{Paint, Report, Screen, Summary};

/// Writes findings for a terminal or a log.
///
/// A finding whose source cannot be found, or no longer has its place, is shown without the source line.
pub fn human(report: &Report<'_>, screen: &Screen<'_>) -> String {
    let mut text = listed(report.findings, screen);
    text.push_str(&closing_line(&report.summary(), &renderer(screen)));
    text.push('\n');
    text
}

/// Writes findings as [`human`] does, without the line that counts them: they may be some of many.
pub fn listed(findings: &[Finding], screen: &Screen<'_>) -> String {
    let renderer = renderer(screen);
    let (infos, pressing): (Vec<_>, Vec<_>) = findings
        .iter()
        .partition(|finding| finding.severity == Severity::Info);

    let mut text = String::new();
    for order in [pressing, infos] {
        for in_file in order.chunk_by(|one, next| one.file == next.file) {
            write_file(&mut text, in_file, &renderer, screen);
        }
    }
    text
}

/// Writes consecutive findings of one file, which is looked up once.
fn write_file(text: &mut String, findings: &[&Finding], renderer: &Renderer, screen: &Screen<'_>) {
    let Some(first) = findings.first() else {
        return;
    };
    let source = (screen.source)(&first.file).unwrap_or_default();
    let lines = LineIndex::new(&source);
    for finding in findings {
        let quote = Quote::of(&source, &lines, finding.place);
        text.push_str(&renderer.render(&[group(finding, quote)]));
        text.push_str("\n\n");
    }
}

fn group(finding: &Finding, quote: Option<Quote>) -> Group<'_> {
    let title = level(finding.severity)
        .primary_title(visible(&finding.message))
        .id(finding.rule.name());
    let path = visible_line(&finding.file);
    let group = match quote {
        Some(quote) => title.element(
            Snippet::source(quote.text)
                .path(path)
                .line_start(quote.first_line as usize)
                .annotation(AnnotationKind::Primary.span(quote.marked)),
        ),
        None => title.element(
            Origin::path(path)
                .line(finding.place.line as usize)
                .char_column(finding.place.column as usize),
        ),
    };
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(visible(help))),
        None => group,
    }
}

fn renderer(screen: &Screen<'_>) -> Renderer {
    let renderer = match screen.paint {
        Paint::Plain => Renderer::plain(),
        Paint::Coloured => Renderer::styled(),
    };
    match screen.width {
        Some(width) => renderer.term_width(width),
        None => renderer,
    }
}

const fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

/// Returns "error: 2 errors, 1 warning (and 3 infos) in 12 lessons", or that there is nothing to report.
fn closing_line(summary: &Summary, renderer: &Renderer) -> String {
    let lessons = counted(summary.lessons, "lesson");
    let (level, counts) = match (summary.errors, summary.warnings, summary.infos) {
        (0, 0, 0) => {
            let modules = counted(summary.modules, "module");
            return format!("{lessons} in {modules}: no findings");
        }
        (0, 0, infos) => (Level::INFO, counted(infos, "info")),
        (0, warnings, infos) => (
            Level::WARNING,
            counted(warnings, "warning") + &besides(infos),
        ),
        (errors, 0, infos) => (Level::ERROR, counted(errors, "error") + &besides(infos)),
        (errors, warnings, infos) => {
            let errors = counted(errors, "error");
            let warnings = counted(warnings, "warning");
            (
                Level::ERROR,
                format!("{errors}, {warnings}{}", besides(infos)),
            )
        }
    };
    let title = level.primary_title(format!("{counts} in {lessons}"));
    renderer.render(&[Group::with_title(title)])
}

fn besides(infos: usize) -> String {
    match infos {
        0 => String::new(),
        _ => format!(" (and {})", counted(infos, "info")),
    }
}

#[cfg(test)]
mod tests;
