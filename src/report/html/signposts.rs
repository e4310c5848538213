//! The page of the signpost report.

use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::{Places, date_in_words};
use crate::report::counted;
use crate::report::signposts::{SignpostRow, SignpostsReport};

/// Writes who must verify what by when, and where it is shown.
pub fn fragment(report: &SignpostsReport<'_>, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    let summary = report.summary;
    markup.element(
        "p",
        &[("class", "lede")],
        &format!(
            "{}: {} verified, {} due within thirty days, {} overdue, {} never verified. {} shown nowhere.",
            counted(summary.signposts, "support service"),
            summary.current,
            summary.due_soon,
            summary.overdue,
            summary.never,
            summary.unused,
        ),
    );
    let grid = Grid {
        id: "to-verify",
        caption: "Who must verify what by when",
        columns: &[
            "Service",
            "Status",
            "Verify by",
            "Last verified",
            "By whom",
            "Details from",
            "Shown in",
        ],
    };
    markup.table(grid, |markup| {
        for signpost in &report.signposts {
            row(markup, signpost, places);
        }
    });
    Fragment {
        title: "Signposts: support services to verify".to_owned(),
        body: markup.finish(),
    }
}

/// Returns a timeliness in words.
pub fn words(status: &str) -> &str {
    match status {
        "overdue" => "Overdue",
        "never" => "Never",
        "due-soon" => "Due soon",
        _ => "In time",
    }
}

fn row(markup: &mut Markup, signpost: &SignpostRow<'_>, places: &Places<'_>) {
    markup.open("tr", &[("id", signpost.id)]);
    markup.element("th", &[("scope", "row")], signpost.name);
    markup.cell_with(|markup| {
        let status = match signpost.status {
            "never" => "Never verified",
            "current" => "Verified",
            status => words(status),
        };
        markup.status(signpost.status, status);
    });
    date(markup, signpost.due_on.as_deref(), "before use");
    date(markup, signpost.last_verified_on.as_deref(), "never");
    let owners = signpost.owners.join("; ");
    markup.cell(if owners.is_empty() {
        "Whoever keeps the register"
    } else {
        &owners
    });
    markup.cell_with(|markup| {
        markup.text(signpost.source);
        if !signpost.note.is_empty() {
            markup.element("p", &[("class", "quiet")], signpost.note);
        }
    });
    markup.cell_with(|markup| uses(markup, signpost, places));
    markup.close("tr");
}

fn uses(markup: &mut Markup, signpost: &SignpostRow<'_>, places: &Places<'_>) {
    if signpost.used.is_empty() {
        markup.status("gap", "Nowhere");
        return;
    }
    markup.open("details", &[]);
    markup.element("summary", &[], &counted(signpost.used.len(), "place"));
    markup.open("ul", &[]);
    for place in &signpost.used {
        markup.open("li", &[]);
        places.write(markup, place.file, place.line, place.anchor);
        markup.close("li");
    }
    markup.close("ul").close("details");
}

/// Writes a cell with a date, or what stands for none. It sorts by the date.
pub fn date(markup: &mut Markup, date: Option<&str>, without: &str) {
    let shown = date.map_or_else(|| without.to_owned(), date_in_words);
    markup.element("td", &[("data-sort", date.unwrap_or("0"))], &shown);
}
