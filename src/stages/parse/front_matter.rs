//! Reads the TOML between the `+++` lines at the top of a Markdown file.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::table::{AS_OF, Reader, TomlFile};
use super::web::addresses;
use crate::model::address::Address;
use crate::model::lesson::FrontMatter;
use crate::model::path::SourcePath;
use crate::model::registers::Placed;
use crate::model::slug::{folder_slug, title_of};
use crate::model::{Finding, LineIndex, Place, Rule};

/// A file's front matter, and where its Markdown starts.
pub struct Front {
    /// What it says.
    pub matter: FrontMatter,
    /// Byte offset of the first line of Markdown.
    pub body: usize,
    /// Where the outcomes of a module stand in the file, without TOML's quotation marks.
    pub outcomes: Vec<Range<usize>>,
    /// Where other texts for learners stand in the file, without TOML's quotation marks.
    pub prose: Vec<Range<usize>>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// The keys whose texts learners read as part of the page, as they are written.
const PROSE: [&str; 3] = ["title", "summary", "content_note"];

/// The key of texts that are read as Markdown.
const OUTCOMES: &str = "outcomes";

/// Reads the front matter of a file.
pub fn front_matter(path: &SourcePath, text: &str, lines: &LineIndex<'_>) -> Front {
    let mut front = read_front_matter(path, text, lines);
    if front.matter.title.is_empty() {
        front.matter.title = own_title(path).into();
    }
    front
}

/// Returns what a page without a title is called, so that it can be shown while that is being mended.
///
/// Nothing for the home page and modules: the site and the folder have names.
fn own_title(path: &SourcePath) -> String {
    let name = match (path.is_index(), path.folder().rsplit_once('/')) {
        (false, _) => path.name(),
        (true, Some((_, unit))) => unit,
        (true, None) => return String::new(),
    };
    title_of(&folder_slug(name))
}

fn read_front_matter(path: &SourcePath, text: &str, lines: &LineIndex<'_>) -> Front {
    let file = path.from_root();
    let finding = |rule, range: Range<usize>, message: &str| {
        Finding::new(rule, file, lines.place(&range), message)
    };
    let first = lines.line_range(1);
    if text[first.clone()].trim_end() != "+++" {
        let mut findings = Vec::new();
        if text[first.clone()].trim_end() == "---" {
            findings.push(
                finding(
                    Rule::InvalidFrontMatter,
                    first,
                    "front matter is not YAML here",
                )
                .help(
                    "write it as TOML between `+++` lines: `title = \"...\"` for `title: ...`; `throughline import` does it for a whole course",
                ),
            );
        } else if let Some(mark) = late_mark(text) {
            let before = &text[..mark.start];
            let (what, help) = match (before.contains('\n'), before.ends_with('\n')) {
                (true, true) => (
                    "an empty line stands above it",
                    "delete the empty lines above `+++`",
                ),
                (true, false) => (
                    "an empty line stands above it, and a space before it",
                    "delete the empty lines above `+++`, and the spaces before it",
                ),
                (false, _) => ("a space stands before it", "delete the spaces before `+++`"),
            };
            let message = format!("front matter begins at the very top of a file, and {what}");
            let finding = finding(Rule::InvalidFrontMatter, mark.clone(), &message);
            findings.push(finding.help(help));
            let mut front = Front {
                matter: FrontMatter::default(),
                body: text.len(),
                outcomes: Vec::new(),
                prose: Vec::new(),
                findings,
            };
            if let Some((_, body)) = closing(text, mark.end + 1) {
                front.body = body;
            }
            return front;
        } else {
            findings.push(missing_title(file, Place::START, path));
        }
        return Front {
            matter: FrontMatter::default(),
            body: 0,
            outcomes: Vec::new(),
            prose: Vec::new(),
            findings,
        };
    }
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let Some((end, body)) = closing(text, start) else {
        return Front {
            matter: FrontMatter::default(),
            body: text.len(),
            outcomes: Vec::new(),
            prose: Vec::new(),
            findings: vec![
                finding(
                    Rule::InvalidFrontMatter,
                    first,
                    "front matter is opened and never closed",
                )
                .help("end it with a line `+++`"),
            ],
        };
    };
    let mut toml = TomlFile::new((file, lines), start, Rule::InvalidFrontMatter);
    let table = toml.parse(&text[start..end]);
    let whole = lines.place(&first);
    let broken = !toml.findings.is_empty();
    let mut matter = read(Reader::new(&table, whole, &mut toml), path);
    matter.place = Some(whole);
    matter.addresses = addresses(&table, &text[start..end], &["extra"])
        .into_iter()
        .map(|(address, range)| Placed {
            value: address.into(),
            place: toml.place(range),
            at: None,
        })
        .collect();
    matter.days = toml.days;
    let mut findings = toml.findings;
    if matter.title.trim().is_empty() && !broken {
        findings.push(missing_title(file, whole, path));
    }
    let texts = |key: &str| -> Vec<Range<usize>> {
        let spans = table.get(key).into_iter().flat_map(text_spans);
        let in_file = spans.map(|span| span.start + start..span.end + start);
        in_file.map(|span| without_marks(text, span)).collect()
    };
    Front {
        outcomes: texts(OUTCOMES),
        prose: PROSE.iter().flat_map(|key| texts(key)).collect(),
        matter,
        body,
        findings,
    }
}

/// Returns where the opening line of front matter stands that has nothing but empty lines above it.
fn late_mark(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next()?;
    let end = start + line.trim_end().len();
    (line.trim_end() == "+++" && text[end..].contains('\n')).then_some(start..end)
}

/// Returns where the texts of a value stand: of itself, or of the items of a list.
fn text_spans(value: &Spanned<DeValue<'_>>) -> Vec<Range<usize>> {
    match value.get_ref() {
        DeValue::String(_) => vec![value.span()],
        DeValue::Array(items) => items
            .iter()
            .filter(|item| matches!(item.get_ref(), DeValue::String(_)))
            .map(Spanned::span)
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns the range of a TOML text without the marks around it.
fn without_marks(text: &str, range: Range<usize>) -> Range<usize> {
    for marks in ["\"\"\"", "'''", "\"", "'"] {
        let inner = text[range.clone()]
            .strip_prefix(marks)
            .and_then(|inner| inner.strip_suffix(marks));
        if inner.is_some() {
            return range.start + marks.len()..range.end - marks.len();
        }
    }
    range
}

/// Returns where the closing `+++` line starts, and where the line after it does.
fn closing(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn missing_title(file: &str, place: Place, path: &SourcePath) -> Finding {
    let what = if path.is_index() { "module" } else { "lesson" };
    Finding::new(
        Rule::MissingTitle,
        file,
        place,
        format!("this {what} has no title"),
    )
    .help("add `title = \"...\"` between `+++` lines at the top of the file")
}

fn read(mut reader: Reader<'_, '_, '_>, path: &SourcePath) -> FrontMatter {
    let mut matter = FrontMatter {
        title: reader.heading("title"),
        summary: reader.passage("summary"),
        owner: reader.title("owner"),
        last_reviewed_on: reader.past_day("last_reviewed_on"),
        review_in: reader.length_of_time("review_in"),
        sources: reader.contacts("sources", Address::source),
        said: reader.titles("said"),
        facts_as_of: reader.as_of(AS_OF),
        aliases: reader.texts("aliases"),
        draft: reader.flag("draft").unwrap_or(false),
        ..FrontMatter::default()
    };
    reader.allow("extra");
    if path.is_index() {
        matter.outcomes = reader.plain_texts(OUTCOMES);
        matter.order = reader.texts("order");
        matter.mandatory = reader.flag("mandatory").unwrap_or(false);
        let exit = reader.contact("exit", |exit| Address::elsewhere(exit).map(Some));
        matter.exit = exit.address;
    } else {
        matter.minutes = reader.number("minutes");
        matter.prerequisites = reader.texts("prerequisites");
        matter.content_note = reader.passage("content_note");
        matter.slug = reader.placed_text("slug");
    }
    reader.finish();
    matter
}
