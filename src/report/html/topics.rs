//! The page of the topic report.

use super::markup::{Grid, Markup};
use super::page::Fragment;
use super::places::Places;
use crate::report::counted;
use crate::report::topics::{TopicLessons, TopicsReport};

/// Lines that the page has for lessons; where there are more, they are in the CSV and JSON alone.
const MOST: usize = 5_000;

/// Writes the sums of all topics, then each topic lesson by lesson.
pub fn fragment(report: &TopicsReport<'_>, places: &Places<'_>) -> Fragment {
    let mut markup = Markup::new();
    let summary = report.summary;
    markup.element(
        "p",
        &[("class", "lede")],
        &format!(
            "{}: {} in the text, {} to their pages, {}.",
            counted(summary.topics, "topic"),
            counted(summary.mentions, "mention"),
            counted(summary.links, "link"),
            counted(summary.unlinked, "unlinked mention"),
        ),
    );
    markup.paragraph(
        "An unlinked mention is a name that no link is made of, because the topic's names are never linked or are everyday words. \
         A later mention in a section that links the topic already is no unlinked mention.",
    );
    let lines: usize = report.topics.iter().map(|topic| topic.lessons.len()).sum();
    let listed = lines <= MOST;
    sums(&mut markup, report, listed);
    if !listed {
        markup.paragraph(
            "There are too many lessons for one page: they are in the CSV and JSON of this report.",
        );
    }
    for topic in report
        .topics
        .iter()
        .filter(|topic| listed && !topic.lessons.is_empty())
    {
        lessons(&mut markup, topic, places);
    }
    Fragment {
        title: "Topics: mentions, links and depths".to_owned(),
        body: markup.finish(),
    }
}

fn sums(markup: &mut Markup, report: &TopicsReport<'_>, listed: bool) {
    let grid = Grid {
        id: "all-topics",
        caption: "All topics",
        columns: &[
            "Topic",
            "Files",
            "Mentions",
            "Links",
            "Unlinked",
            "Linked",
            "Everyday words",
        ],
    };
    markup.table(grid, |markup| {
        for topic in &report.topics {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    let href = format!("#{}", topic.id);
                    let href = Some(href.as_str()).filter(|_| listed && !topic.lessons.is_empty());
                    markup.maybe_link(href, topic.name);
                });
                markup.number(topic.lessons.len());
                markup.number(topic.sum(|lesson| lesson.mentions));
                markup.number(topic.sum(|lesson| lesson.links));
                markup.number(topic.sum(|lesson| lesson.unlinked));
                markup.cell(topic.link);
                markup.cell(if topic.distinctive { "no" } else { "yes" });
            });
        }
    });
}

fn lessons(markup: &mut Markup, topic: &TopicLessons<'_>, places: &Places<'_>) {
    markup.heading(topic.id, topic.name);
    let id = format!("{}-lessons", topic.id);
    let caption = format!("{} by lesson", topic.name);
    let grid = Grid {
        id: &id,
        caption: &caption,
        columns: &[
            "Lesson",
            "Mentions",
            "Links",
            "Unlinked",
            "Mentioned",
            "Introduced",
            "Practised",
            "Assessed",
            "Source",
        ],
    };
    markup.table(grid, |markup| {
        for lesson in &topic.lessons {
            markup.row(|markup| {
                markup.row_head(|markup| {
                    let (href, title) = places.place(lesson.file, "");
                    markup.maybe_link(href.as_deref(), title);
                });
                markup.number(lesson.mentions);
                markup.number(lesson.links);
                markup.number(lesson.unlinked);
                for number in lesson.depths.all() {
                    markup.number(number);
                }
                markup
                    .open("td", &[("class", "place")])
                    .text(lesson.file)
                    .close("td");
            });
        }
    });
}
