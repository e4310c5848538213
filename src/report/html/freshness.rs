//! The page of the freshness report.

use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::Places;
use super::signposts::{date, words};
use crate::report::counted;
use crate::report::freshness::{FreshnessReport, OwnerRow, Review};

/// Writes who must review what by when.
pub fn fragment(report: &FreshnessReport, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    let summary = report.summary;
    markup.element(
        "p",
        &[("class", "lede")],
        &format!(
            "{} to keep fresh: {} in time, {} due within thirty days, {} overdue, {} never reviewed, {} changed since sign-off.",
            counted(summary.pages, "page"),
            summary.current,
            summary.due_soon,
            summary.overdue,
            summary.never,
            summary.suspect,
        ),
    );
    owners(&mut markup, report);
    markup.heading("pages", "All pages");
    let grid = Grid {
        id: "reviews",
        caption: "Modules and lessons by owner, the most pressing first",
        columns: &[
            "Page",
            "Owner",
            "Status",
            "Review by",
            "Last reviewed",
            "Holds for",
            "Sign-off",
            "Source",
        ],
    };
    markup.table(grid, |markup| {
        for owner in &report.owners {
            for review in &owner.reviews {
                row(markup, owner, review, places);
            }
        }
    });
    Fragment {
        title: "Reviews by owner".to_owned(),
        body: markup.finish(),
    }
}

fn owners(markup: &mut Markup, report: &FreshnessReport) {
    let grid = Grid {
        id: "owners",
        caption: "Owners",
        columns: &["Owner", "Pages", "Overdue", "Never", "Due soon", "In time"],
    };
    markup.table(grid, |markup| {
        for owner in &report.owners {
            let summary = owner.summary;
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.text(owner.shown());
                });
                markup.number(summary.pages).number(summary.overdue);
                markup.number(summary.never).number(summary.due_soon);
                markup.number(summary.current);
            });
        }
    });
}

fn row(markup: &mut Markup, owner: &OwnerRow, review: &Review, places: &Places<'_>) {
    markup.row(|markup| {
        markup.row_head(|markup| {
            let (href, title) = places.place(&review.file, "");
            markup.maybe_link(href.as_deref(), title);
        });
        markup.cell(owner.shown());
        markup.cell_with(|markup| {
            markup.status(review.status, words(review.status));
        });
        date(markup, review.due_on.as_deref(), "now");
        date(markup, review.last_reviewed_on.as_deref(), "never");
        markup.cell(
            review
                .review_in
                .as_deref()
                .unwrap_or("6 months, by default"),
        );
        markup.cell_with(|markup| {
            markup.status(review.sign_off, review.sign_off);
            if !review.changed.is_empty() {
                markup.text(&format!(": changed in {}", review.changed.join(" and ")));
            }
        });
        markup
            .open("td", &[("class", "place")])
            .text(&review.file)
            .close("td");
    });
}
