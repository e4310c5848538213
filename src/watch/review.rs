//! The reviewer's view at `/_throughline/`: all findings, live, and the reports.

use std::fmt::Write;

use camino::Utf8Path;
use pulldown_cmark_escape::escape_html_body_text;

use super::overlay::Quotes;
use super::preview::Shown;
use crate::model::path::push_url;
use crate::model::{Finding, Severity};

/// More findings than this are counted and not listed.
const MOST_LISTED: usize = 2_000;

/// Writes the page.
pub fn page(shown: &Shown, root: &Utf8Path) -> String {
    let title = shown
        .site
        .as_ref()
        .map_or("throughline", |site| &site.survey.setting.settings.title);
    let mut html =
        String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Review – ");
    push_text(&mut html, title);
    html.push_str("</title>\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"/_throughline/icon.svg\">\n<link rel=\"stylesheet\" href=\"/_throughline/review.css\">\n</head>\n<body>\n<main>\n<h1>Review: ");
    push_text(&mut html, title);
    html.push_str("</h1>\n<p><a href=\"/\">Back to the site</a>. <a href=\"/_throughline/reports/index.html\">All reports</a>. This page and the reports follow the sources as they change.</p>\n");
    push_failure(&mut html, shown);
    push_findings(&mut html, shown, root);
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn push_failure(html: &mut String, shown: &Shown) {
    if let Some(failure) = &shown.failure {
        html.push_str("<section class=\"failure\"><h2>The site cannot be made</h2><pre>");
        push_text(html, failure);
        html.push_str(
            "</pre><p>What you see is the last version that could be made.</p></section>\n",
        );
    }
}

fn push_findings(html: &mut String, shown: &Shown, root: &Utf8Path) {
    html.push_str("<h2>Findings</h2>\n");
    let findings = &shown.findings;
    if findings.is_empty() {
        html.push_str("<p>Nothing is wrong.</p>\n");
        return;
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        html,
        "<p>Errors: {}. Warnings: {}. Infos: {}.</p>",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info)
    );
    let mut listed: Vec<&Finding> = findings.iter().collect();
    listed.sort_by_key(|finding| finding.severity);
    let mut quotes = Quotes::of(root);
    let pages = shown.site.as_ref().map(|site| site.pages_by_file());
    let mut open = None;
    for finding in listed.iter().take(MOST_LISTED) {
        let group = (finding.severity, finding.file.as_str());
        if open != Some(group) {
            html.push_str(if open.is_some() {
                "</ul>\n<h3>"
            } else {
                "<h3>"
            });
            let page = pages.as_ref().and_then(|pages| pages.get(&finding.file));
            push_file(html, &finding.file, page.map(AsRef::as_ref));
            let _ = write!(
                html,
                " <span class=\"{0}\">{0}</span></h3>\n<ul class=\"findings\">\n",
                finding.severity.name()
            );
            open = Some(group);
        }
        push_finding(html, finding, &mut quotes);
    }
    html.push_str("</ul>\n");
    if listed.len() > MOST_LISTED {
        let _ = writeln!(
            html,
            "<p>And {} more: see <code>throughline check</code>.</p>",
            listed.len() - MOST_LISTED
        );
    }
}

/// Names a file, with a link to the page that is made from it.
fn push_file(html: &mut String, file: &str, page: Option<&str>) {
    let Some(page) = page else {
        push_text(html, file);
        return;
    };
    html.push_str("<a href=\"/");
    push_url(html, page);
    html.push_str("\">");
    push_text(html, file);
    html.push_str("</a>");
}

fn push_finding(html: &mut String, finding: &Finding, quotes: &mut Quotes<'_>) {
    let _ = write!(
        html,
        "<li><p><code>{}</code> line {}, column {}: ",
        finding.rule.name(),
        finding.place.line,
        finding.place.column
    );
    push_text(html, &finding.message);
    html.push_str("</p>");
    if let Some(lines) = quotes.lines(finding) {
        html.push_str("<pre>");
        push_text(html, &lines.parts[0]);
        html.push_str("<mark>");
        push_text(html, &lines.parts[1]);
        html.push_str("</mark>");
        push_text(html, &lines.parts[2]);
        html.push_str("</pre>");
    }
    if let Some(help) = &finding.help {
        html.push_str("<p class=\"help\">help: ");
        push_text(html, help);
        html.push_str("</p>");
    }
    html.push_str("</li>\n");
}

fn push_text(html: &mut String, text: &str) {
    let _ = escape_html_body_text(html, text);
}
