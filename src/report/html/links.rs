//! The page of the link report.

use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::Places;
use crate::report::counted;
use crate::report::links::{LinkRow, LinksReport};

/// Links that the page lists; where there are more, they are in the CSV and JSON alone.
const MOST: usize = 5_000;

/// Writes the links to mend, the lessons and all links.
pub fn fragment(report: &LinksReport<'_>, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    let summary = report.summary;
    markup.element(
        "p",
        &[("class", "lede")],
        &format!(
            "{}: {} ok, {} broken, {} redirected, {} unknown, {} to other sites. {} that nothing links to.",
            counted(summary.links, "link"),
            summary.ok,
            summary.broken,
            summary.redirected,
            summary.unknown,
            summary.unchecked,
            counted(summary.orphans, "lesson"),
        ),
    );
    markup.heading("to-mend", "Links to mend");
    let faulty: Vec<&LinkRow<'_>> = report.faulty().collect();
    if faulty.is_empty() {
        markup.paragraph("There are none.");
    } else {
        links(&mut markup, ("faulty", "Links to mend"), &faulty, places);
    }
    orphans(&mut markup, report, places);
    lessons(&mut markup, report, places);
    markup.heading("all", "All links");
    if report.links.len() > MOST {
        markup.paragraph("There are too many for one page: download them below.");
    } else {
        let all: Vec<&LinkRow<'_>> = report.links.iter().collect();
        links(
            &mut markup,
            ("all-links", "All links in reading order"),
            &all,
            places,
        );
    }
    Fragment {
        title: "Links".to_owned(),
        body: markup.finish(),
    }
}

fn links(
    markup: &mut Markup,
    (id, caption): (&str, &str),
    rows: &[&LinkRow<'_>],
    places: &Places<'_>,
) {
    let grid = Grid {
        id,
        caption,
        columns: &["Place", "Target", "Kind", "Status", "Leads to"],
    };
    markup.table(grid, |markup| {
        for link in rows {
            markup.row(|markup| {
                markup.row_head(|markup| places.write(markup, link.file, link.line, ""));
                markup
                    .open("td", &[("class", "place")])
                    .text(link.target)
                    .close("td");
                markup.cell(link.kind);
                markup.cell_with(|markup| {
                    markup.status(link.status, link.status);
                });
                let leads_to = link.resolved.as_deref().or(link.reason);
                markup.open("td", &[("class", "place")]);
                markup.text(leads_to.unwrap_or_default()).close("td");
            });
        }
    });
}

fn orphans(markup: &mut Markup, report: &LinksReport<'_>, places: &Places<'_>) {
    markup.heading("orphans", "Lessons that nothing links to");
    if report.orphans.is_empty() {
        markup.paragraph("There are none.");
        return;
    }
    markup.open("ul", &[]);
    for file in &report.orphans {
        markup.open("li", &[]);
        let (href, title) = places.place(file, "");
        markup.maybe_link(href.as_deref(), title);
        markup
            .text(" ")
            .element("span", &[("class", "place")], file)
            .close("li");
    }
    markup.close("ul");
}

fn lessons(markup: &mut Markup, report: &LinksReport<'_>, places: &Places<'_>) {
    markup.heading("lessons", "Lessons");
    let grid = Grid {
        id: "lesson-links",
        caption: "Links between lessons",
        columns: &[
            "Lesson",
            "Links here from elsewhere",
            "Links from here to elsewhere",
            "Source",
        ],
    };
    markup.table(grid, |markup| {
        for lesson in &report.lessons {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    let (href, title) = places.place(lesson.file, "");
                    markup.maybe_link(href.as_deref(), title);
                });
                markup.number(lesson.inbound).number(lesson.outbound);
                markup
                    .open("td", &[("class", "place")])
                    .text(lesson.file)
                    .close("td");
            });
        }
    });
}
