//! Reads a page's headings, and decides what becomes of them: the title goes, levels follow one another, and ids stay what they were.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::super::slugs::SlugRule;
use super::code;
use crate::model::markdown::options;
use crate::model::slug::slug;

/// A heading.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// Where it stands, with its marks.
    pub range: Range<usize>,
    /// Its level as written.
    pub level: u8,
    /// Its level here.
    pub here: u8,
    /// Its words without marks.
    pub words: String,
    /// Its words as written.
    pub written: String,
    /// Where its attributes stand, with their braces.
    pub attributes: Option<Range<usize>>,
    /// The id that its author gave.
    pub given: Option<String>,
    /// The id to write; nothing where our own is the same.
    pub id: Option<String>,
}

/// What the headings of a page come to.
#[derive(Debug, Default)]
pub struct Outline {
    /// Them, without the one that is the title.
    pub headings: Vec<Heading>,
    /// The first heading of level 1, where it stands before all others.
    pub title: Option<Heading>,
    /// Ids of the other tool, and what they are here; empty for the page itself.
    pub anchors: HashMap<String, String>,
    /// Whether levels were changed.
    pub moved: bool,
}

/// Ids that pages have of their own.
const TAKEN: [&str; 3] = ["main", "page-find", "lessons-title"];

/// Reads the headings of a text.
pub fn outline(text: &str, rule: SlugRule) -> Outline {
    let mut headings = read(text);
    let title = headings.first().is_some_and(|first| first.level == 1);
    let mut outline = Outline {
        title: title.then(|| headings.remove(0)),
        headings,
        ..Outline::default()
    };
    outline.moved = levels(&mut outline.headings);
    ids(&mut outline, rule);
    outline
}

fn read(text: &str) -> Vec<Heading> {
    let masked = code::mask(text);
    let mut found = Vec::new();
    let mut open: Option<(Heading, usize)> = None;
    for (event, range) in Parser::new_ext(&masked, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let heading = Heading {
                    range,
                    level: level as u8,
                    ..Heading::default()
                };
                open = Some((heading, 0));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((heading, _)) = open.take() {
                    found.push(finished(text, heading));
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((heading, _)) = &mut open {
                    heading.words.push_str(&words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((heading, _)) = &mut open {
                    heading.words.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

/// Takes the attributes off the words.
fn finished(text: &str, mut heading: Heading) -> Heading {
    let source = text[heading.range.clone()].trim_end();
    let line = source.lines().next().unwrap_or("");
    let is_atx = line.trim_start().starts_with('#');
    let body = if is_atx {
        line.trim_end_matches('#').trim_end()
    } else {
        line.trim_end()
    };
    if let Some(open) = body.rfind('{').filter(|_| body.ends_with('}')) {
        let inner = body[open + 1..body.len() - 1]
            .trim()
            .trim_start_matches(':')
            .trim();
        let is_list = inner.is_empty() || inner.starts_with(['#', '.', '-']) || inner.contains('=');
        if is_list {
            let start = heading.range.start + open;
            heading.attributes = Some(start..start + body.len() - open);
            let id = inner
                .split_whitespace()
                .find_map(|part| part.strip_prefix('#'));
            heading.given = id.filter(|id| is_id(id)).map(str::to_owned);
            if let Some(at) = heading.words.rfind('{') {
                heading.words.truncate(at);
            }
        }
    }
    heading.words = heading.words.trim().to_owned();
    let end = heading
        .attributes
        .as_ref()
        .map_or(heading.range.start + body.len(), |list| list.start);
    let written = text[heading.range.start..end].trim();
    let written = if is_atx {
        written.trim_start_matches('#').trim()
    } else {
        written
    };
    heading.written = super::tags::without(written);
    heading
}

/// Returns whether our parser takes a text for an id.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && !id
            .chars()
            .any(|c| c.is_whitespace() || "\"'<>&#{}".contains(c))
}

/// Makes levels start at 2 and follow one another without a gap; returns whether any changed.
fn levels(headings: &mut [Heading]) -> bool {
    let shift = u8::from(headings.iter().any(|heading| heading.level == 1));
    let mut above: Vec<(u8, u8)> = vec![(1, 1)];
    let mut moved = false;
    for heading in headings {
        let level = heading.level + shift;
        while above.len() > 1 && above.last().is_some_and(|(written, _)| *written >= level) {
            above.pop();
        }
        let here = above.last().map_or(2, |(_, here)| (here + 1).min(6));
        above.push((level, here));
        heading.here = here;
        moved |= here != heading.level;
    }
    moved
}

/// Gives each heading the id that it had, where ours would be another.
fn ids(outline: &mut Outline, rule: SlugRule) {
    let mut old = rule.page();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut taken: HashSet<String> = TAKEN.iter().map(|id| (*id).to_owned()).collect();
    if let Some(title) = &outline.title {
        let was = title
            .given
            .clone()
            .unwrap_or_else(|| old.next(&title.words));
        outline.anchors.insert(was, String::new());
    }
    for heading in &mut outline.headings {
        let was = heading
            .given
            .clone()
            .unwrap_or_else(|| old.next(&heading.words));
        let ours = implied(&heading.words, &taken, &mut counts);
        let free = !taken.contains(&was) && is_id(&was) && !is_counted(&was);
        let id = if was == ours && heading.given.is_none() {
            ours
        } else if free {
            heading.id = Some(was.clone());
            was.clone()
        } else {
            ours
        };
        taken.insert(id.clone());
        outline.anchors.entry(was).or_insert(id);
    }
}

/// Returns whether an id is of the kind that links to topics and footnotes are numbered with.
fn is_counted(id: &str) -> bool {
    ["t-", "fn-", "fnref-"]
        .iter()
        .any(|start| id.starts_with(start))
        && id.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns the id that our parser makes of a heading's words.
fn implied(words: &str, taken: &HashSet<String>, counts: &mut HashMap<String, usize>) -> String {
    let mut wanted = slug(words);
    if wanted.is_empty() {
        wanted = "section".into();
    }
    if is_counted(&wanted) {
        wanted = format!("section-{wanted}");
    }
    let mut id = wanted.clone();
    while taken.contains(&id) {
        let count = counts.entry(wanted.clone()).or_insert(0);
        *count += 1;
        id = format!("{wanted}-{count}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels_of(text: &str) -> Vec<u8> {
        let outline = outline(text, SlugRule::GitHub);
        outline
            .headings
            .iter()
            .map(|heading| heading.here)
            .collect()
    }

    #[test]
    fn levels_follow_one_another() {
        for (text, expected) in [
            ("# T\n\n## A\n\n### B\n", vec![2, 3]),
            (
                "# T\n\n### A\n\n### B\n\n## C\n\n#### D\n",
                vec![2, 2, 2, 3],
            ),
            ("# T\n\n# A\n\n## B\n", vec![2, 3]),
            ("### A\n\n# B\n", vec![2, 2]),
            ("a\n\nT\n==\n\nA\n--\n", vec![2]),
        ] {
            assert_eq!(levels_of(text), expected, "{text}");
        }
    }

    #[test]
    fn ids_stay_what_they_were() {
        let text = "# T\n\n## A b\n\n## A b\n\n## C {#x .y}\n\n## Tŷ\n\n## D { .z }\n";
        let outline = outline(text, SlugRule::PythonMarkdown);
        let ids: Vec<Option<&str>> = outline
            .headings
            .iter()
            .map(|heading| heading.id.as_deref())
            .collect();
        assert_eq!(ids, [None, Some("a-b_1"), Some("x"), Some("ty"), None]);
        assert_eq!(outline.anchors.get("t").map(String::as_str), Some(""));
        assert_eq!(outline.headings[2].words, "C");
        assert!(outline.headings[4].attributes.is_some());
    }
}
