//! The page that says what the coverage has gained and lost.

use super::coverage::place_row;
use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::{Places, date_in_words};
use crate::report::change::{CellChange, ChangeReport};
use crate::report::coverage::Found;
use crate::report::{counted, depth_names};

/// Writes the cells that differ, and then the places gained and lost in each.
pub fn fragment(report: &ChangeReport<'_>, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    let summary = report.summary;
    markup.element(
        "p",
        &[("class", "lede")],
        &format!(
            "Since {}: {} gained, {} lost; {} opened, {} closed.",
            date_in_words(&report.against),
            counted(summary.places_gained, "place"),
            summary.places_lost,
            counted(summary.gaps_opened, "gap"),
            summary.gaps_closed,
        ),
    );
    if report.changes.is_empty() {
        markup.paragraph("Nothing was gained or lost.");
    } else {
        cells(&mut markup, report, places);
    }
    for change in &report.changes {
        list(&mut markup, change, ("gained", &change.gained), places);
        list(&mut markup, change, ("lost", &change.lost), places);
    }
    Fragment {
        title: "Coverage gained and lost".to_owned(),
        body: markup.finish(),
    }
}

fn cells(markup: &mut Markup, report: &ChangeReport<'_>, places: &Places<'_>) {
    let grid = Grid {
        id: "changes",
        caption: "Topics in modules that differ",
        columns: &[
            "Topic",
            "Module",
            "Status",
            "Depths gained",
            "Depths lost",
            "Places gained",
            "Places lost",
        ],
    };
    markup.table(grid, |markup| {
        for change in &report.changes {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.text(change.topic);
                });
                markup.cell(&places.module(change.module));
                markup.cell(&change.statuses());
                markup.cell(&depth_names(&change.depths_gained));
                markup.cell(&depth_names(&change.depths_lost));
                markup.number(change.gained.len()).number(change.lost.len());
            });
        }
    });
}

fn list(
    markup: &mut Markup,
    change: &CellChange<'_>,
    (what, found): (&str, &[&Found<'_>]),
    places: &Places<'_>,
) {
    if found.is_empty() {
        return;
    }
    let id = format!("{what}-{}-{}", change.topic, change.module);
    let caption = format!("{}, {}: {what}", change.topic, places.module(change.module));
    let grid = Grid {
        id: &id,
        caption: &caption,
        columns: &["What it says", "Depth", "Kind", "Lesson", "Source"],
    };
    markup.table(grid, |markup| {
        for found in found {
            place_row(markup, found, places);
        }
    });
}
