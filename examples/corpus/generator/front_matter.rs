//! Writes what stands between a lesson's `+++` lines, as each program wants it.
//!
//! In: the page with the topics that it carries. Out: TOML. The peers' taxonomy lists topics that blocks carry or links name, not those in prose.

use std::fmt::Write as _;

use super::names::LessonKey;
use super::page::Page;
use super::random::Random;
use super::{Format, Taxonomy, purpose};

/// Returns the front matter of a lesson whose body is written.
pub fn front_matter(page: &Page<'_>) -> String {
    let Page {
        book, key, variant, ..
    } = *page;
    let mut random = Random::stream(book.size.seed, book.number(key), purpose::FRONT_MATTER);
    let title = book.lesson_title(key);
    let summary = format!(
        "How to go about {} with care, step by step.",
        title.to_lowercase()
    );
    let (minutes, month, day) = (
        random.between(5, 40),
        random.between(1, 10),
        random.between(1, 28),
    );
    let reviewed = format!("2026-{month:02}-{day:02}");
    let owner = format!("{} learning team", book.module_title(key.module));
    let topics: Vec<String> = page
        .topics
        .iter()
        .map(|topic| format!("\"{}\"", book.topics[*topic].name))
        .collect();
    let topics = topics.join(", ");
    let mut text = format!("+++\ntitle = \"{title}\"\n");
    // Writing to a String cannot fail.
    let _ = match variant.format {
        Format::Throughline => {
            let before = LessonKey {
                lesson: key.lesson.saturating_sub(1),
                ..key
            };
            if key.lesson > 0 && random.chance(50) {
                let _ = writeln!(
                    text,
                    "prerequisites = [\"{}.md\"]",
                    book.lesson_stem(before)
                );
            }
            write!(
                text,
                "summary = \"{summary}\"\nminutes = {minutes}\nowner = \"{owner}\"\nlast_reviewed_on = {reviewed}\nreview_in = \"12 months\"\n"
            )
        }
        Format::Zola => {
            let weight = key.lesson + 1;
            let _ = writeln!(
                text,
                "description = \"{summary}\"\nweight = {weight}\nupdated = {reviewed}"
            );
            if variant.taxonomy == Taxonomy::On {
                let _ = writeln!(text, "[taxonomies]\ntopics = [{topics}]");
            }
            writeln!(text, "[extra]\nminutes = {minutes}\nowner = \"{owner}\"")
        }
        Format::Hugo => {
            let weight = key.lesson + 1;
            let _ = writeln!(
                text,
                "description = \"{summary}\"\nweight = {weight}\nlastmod = {reviewed}"
            );
            if variant.taxonomy == Taxonomy::On {
                let _ = writeln!(text, "topics = [{topics}]");
            }
            writeln!(text, "[params]\nminutes = {minutes}\nowner = \"{owner}\"")
        }
    };
    text.push_str("+++\n\n");
    text
}
