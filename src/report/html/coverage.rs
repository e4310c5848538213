//! The pages of the coverage report: the matrix, and the places of each topic.

use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::{Lists, Places, write_source};
use crate::model::blocks::Depth;
use crate::model::coverage::CellStatus;
use crate::report::coverage::{CoverageReport, Found, ModuleCell, TopicRow};
use crate::report::{counted, depth_names};

/// Places of a topic that a page lists; where there are more, it lists the deepest of each module.
const MOST: usize = 1_000;

const STANDING: [CellStatus; 3] = [CellStatus::Met, CellStatus::Gap, CellStatus::Exempt];

/// Writes the matrix; with the places of every topic where they have no pages of their own.
pub fn fragment(report: &CoverageReport<'_>, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    let summary = report.summary;
    markup.element(
        "p",
        &[("class", "lede")],
        &format!(
            "{} of {} requirements are met: {}, {} exempt. A requirement is what the register asks of one topic in one module.",
            summary.met,
            summary.required,
            counted(summary.gaps, "gap"),
            summary.exempt,
        ),
    );
    gaps(&mut markup, report, places);
    matrix(&mut markup, report, places);
    exemptions(&mut markup, report, places);
    if places.lists == Lists::SamePage {
        for topic in &report.topics {
            markup.heading(&places.list_id(&topic.id, None), &topic.name);
            topic_body(&mut markup, topic, places);
        }
    }
    Fragment {
        title: "Coverage: topics in modules".to_owned(),
        body: markup.finish(),
    }
}

/// Writes the places of a topic, module by module.
pub fn topic_fragment(topic: &TopicRow<'_>, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    topic_body(&mut markup, topic, places);
    Fragment {
        title: topic.name.to_string(),
        body: markup.finish(),
    }
}

/// Returns the answer to "is this topic where it must be?".
pub fn verdict(topic: &TopicRow<'_>) -> String {
    let required = topic.count(&STANDING);
    let met = topic.count(&[CellStatus::Met]);
    let gaps = topic.count(&[CellStatus::Gap]);
    let exempt = topic.count(&[CellStatus::Exempt]);
    let reached = format!(
        "found in {} of {}",
        topic.reached(),
        counted(topic.modules.len(), "module")
    );
    if required == 0 {
        return format!("Nothing required; {reached}");
    }
    let mut answer = if gaps == 0 { "Yes" } else { "No" }.to_owned();
    answer.push_str(&format!(
        ": in {met} of {}",
        counted(required, "required module")
    ));
    if gaps > 0 {
        answer.push_str(&format!(", {}", counted(gaps, "gap")));
    }
    if exempt > 0 {
        answer.push_str(&format!(", {exempt} exempt"));
    }
    format!("{answer}; {reached}")
}

fn gaps(markup: &mut Markup, report: &CoverageReport<'_>, places: &Places<'_>) {
    markup.heading("gaps", "Gaps");
    if report.summary.gaps == 0 {
        markup.paragraph("There are none: everything that the register requires was found.");
        return;
    }
    let grid = Grid {
        id: "gap-list",
        caption: "What is required and was not found",
        columns: &["Topic", "Module", "Missing", "Found"],
    };
    markup.table(grid, |markup| {
        for (topic, cell) in report.cells().filter(|(_, cell)| cell.is(CellStatus::Gap)) {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.link(&places.list(&topic.id, None), &topic.name);
                });
                markup.cell(&places.module(&cell.module));
                markup.cell(&depth_names(&cell.missing));
                markup.cell(&or_nothing(&cell.depths));
            });
        }
    });
}

fn exemptions(markup: &mut Markup, report: &CoverageReport<'_>, places: &Places<'_>) {
    if report.summary.exempt == 0 {
        return;
    }
    markup.heading("exemptions", "Exemptions");
    let grid = Grid {
        id: "exemption-list",
        caption: "What is required but need not be there",
        columns: &["Topic", "Module", "Missing", "Reason"],
    };
    markup.table(grid, |markup| {
        for (topic, cell) in report
            .cells()
            .filter(|(_, cell)| cell.is(CellStatus::Exempt))
        {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.text(&topic.name);
                });
                markup.cell(&places.module(&cell.module));
                markup.cell(&depth_names(&cell.missing));
                markup.cell(&cell.reason);
            });
        }
    });
}

fn matrix(markup: &mut Markup, report: &CoverageReport<'_>, places: &Places<'_>) {
    markup.heading("matrix", "Topics in modules");
    markup.paragraph(
        "Each word leads to the first place of that depth in the training; the count leads to the list of all places. \
         Mentioned: the name or a link stands in the text. Introduced: a section or teaching block carries the topic. \
         Practised: learners do something with it. Assessed: a question asks about it.",
    );
    let modules: Vec<String> = places
        .modules()
        .iter()
        .map(|module| format!("{}. {}", module.number, module.title))
        .collect();
    let mut columns = vec!["Topic"];
    columns.extend(modules.iter().map(String::as_str));
    let grid = Grid {
        id: "topics-in-modules",
        caption: "Depths found of each topic in each module",
        columns: &columns,
    };
    markup.open("div", &[("class", "matrix")]);
    markup.table(grid, |markup| {
        for topic in &report.topics {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    markup.link(&places.list(&topic.id, None), &topic.name);
                });
                for cell in &topic.modules {
                    matrix_cell(markup, topic, cell, places);
                }
            });
        }
    });
    markup.close("div");
}

fn matrix_cell(
    markup: &mut Markup,
    topic: &TopicRow<'_>,
    cell: &ModuleCell<'_>,
    places: &Places<'_>,
) {
    let count = cell.occurrences.len();
    let sort = count.to_string();
    let class = format!("cell-{}", cell.status);
    markup.open("td", &[("class", &class), ("data-sort", &sort)]);
    if count == 0 {
        markup.element("span", &[("class", "quiet")], "not here");
    }
    // The deepest first: it is what a reviewer asks for.
    for depth in cell.depths.iter().rev() {
        if let Some(first) = cell.occurrences.iter().find(|found| found.depth == *depth) {
            let href = places.href(&first.file, &first.anchor).unwrap_or_default();
            let class = format!("depth depth-{}", depth.name());
            markup.element("a", &[("class", &class), ("href", &href)], depth.name());
        }
    }
    if count > 0 {
        let href = places.list(&topic.id, Some(&cell.module));
        markup.element(
            "a",
            &[("class", "count"), ("href", &href)],
            &counted(count, "place"),
        );
    }
    if !cell.is(CellStatus::None) && !cell.is(CellStatus::Met) {
        markup.status(&cell.status, &status_words(cell));
    }
    markup.close("td");
}

/// Returns a cell's status in words.
fn status_words(cell: &ModuleCell<'_>) -> String {
    match &*cell.status {
        "met" => "Met".to_owned(),
        "gap" => format!("Gap: not {}", depth_names(&cell.missing)),
        "exempt" => format!("Exempt: {}", cell.reason),
        _ => "Nothing required".to_owned(),
    }
}

fn topic_body(markup: &mut Markup, topic: &TopicRow<'_>, places: &Places<'_>) {
    markup.element("p", &[("class", "lede")], &format!("{}.", verdict(topic)));
    let definition = places.definition(&topic.id);
    if !definition.is_empty() {
        markup.paragraph(definition);
    }
    markup.open("p", &[]);
    let page = format!("topics/{}.html", topic.id);
    markup.link(&places.page(&page, ""), "The topic's page in the training");
    if let Some(home) = &topic.home {
        markup.text(". Taught fully in ");
        let (href, title) = places.place(home, "");
        markup.maybe_link(href.as_deref(), title);
    }
    markup.text(".").close("p");
    summary_table(markup, topic, places);
    if places.lists == Lists::OwnPages && topic.places() > 0 {
        markup.heading("places", "Places, module by module");
    }
    let of_each = if topic.places() > MOST {
        (MOST / topic.reached()).max(1)
    } else {
        MOST
    };
    for cell in topic
        .modules
        .iter()
        .filter(|cell| !cell.occurrences.is_empty())
    {
        places_table(markup, topic, cell, of_each, places);
    }
}

fn summary_table(markup: &mut Markup, topic: &TopicRow<'_>, places: &Places<'_>) {
    let id = format!("{}-by-module", topic.id);
    let caption = format!("{} by module", topic.name);
    let grid = Grid {
        id: &id,
        caption: &caption,
        columns: &["Module", "Status", "Required", "Found", "Places"],
    };
    markup.table(grid, |markup| {
        for cell in &topic.modules {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    let name = places.module(&cell.module);
                    let href = places.list(&topic.id, Some(&cell.module));
                    let href = Some(href.as_str()).filter(|_| !cell.occurrences.is_empty());
                    markup.maybe_link(href, &name);
                });
                markup.cell_with(|markup| {
                    markup.status(&cell.status, &status_words(cell));
                });
                markup.cell(&or_nothing(&cell.required));
                markup.cell(&or_nothing(&cell.depths));
                markup.number(cell.occurrences.len());
            });
        }
    });
}

fn or_nothing(depths: &[Depth]) -> String {
    if depths.is_empty() {
        "nothing".to_owned()
    } else {
        depth_names(depths)
    }
}

/// Writes the places of a topic in a module, at most so many of them.
fn places_table(
    markup: &mut Markup,
    topic: &TopicRow<'_>,
    cell: &ModuleCell<'_>,
    most: usize,
    places: &Places<'_>,
) {
    let anchor = places.list_id(&topic.id, Some(&cell.module));
    let name = places.module(&cell.module);
    markup.element("h3", &[("id", &anchor)], &name);
    let id = format!("{anchor}-places");
    let caption = format!(
        "{}: {} of {}",
        name,
        counted(cell.occurrences.len(), "place"),
        topic.name
    );
    let grid = Grid {
        id: &id,
        caption: &caption,
        columns: &["What it says", "Depth", "Kind", "Lesson", "Source"],
    };
    markup.table(grid, |markup| {
        let mut found: Vec<&Found<'_>> = cell.occurrences.iter().collect();
        // The sort is stable: places of one depth stay in reading order.
        found.sort_by_key(|found| std::cmp::Reverse(found.depth));
        for found in found.into_iter().take(most) {
            place_row(markup, found, places);
        }
    });
    let count = cell.occurrences.len();
    if count > most {
        markup.paragraph(&format!(
            "The table has the deepest {most} of {count}: all are in the CSV and JSON of this report."
        ));
    }
}

/// Writes a place of a topic as a row of five cells.
pub fn place_row(markup: &mut Markup, found: &Found<'_>, places: &Places<'_>) {
    let (href, title) = places.place(&found.file, &found.anchor);
    let text = if found.text.is_empty() {
        "(no text of its own)"
    } else {
        &found.text
    };
    markup.row(|markup| {
        markup.row_head(|markup| {
            markup.maybe_link(href.as_deref(), text);
        });
        markup.cell_with(|markup| {
            markup
                .raw("<span class=\"depth depth-")
                .raw(found.depth.name())
                .raw("\">")
                .raw(found.depth.name())
                .raw("</span>");
        });
        markup.cell(&found.kind);
        markup.cell(title);
        markup.cell_with(|markup| write_source(markup, href.as_deref(), &found.file, found.line));
    });
}
