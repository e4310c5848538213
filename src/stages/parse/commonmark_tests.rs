//! Holds the renderer to the published examples of the CommonMark specification, wherever no colon fence is involved.

use std::fs;
use std::io::{self, Write as _};
use std::sync::Arc;

use pulldown_cmark_escape::{escape_href, escape_html};

use super::{Context, Scratch, anew};
use crate::language::Language;
use crate::model::body::SlotKind;
use crate::model::config::RawHtml;
use crate::model::lesson::Lesson;
use crate::model::path::SourcePath;
use crate::model::sources::Document;
use crate::model::{LanguageTag, Registers};

/// Examples that are read otherwise on purpose, each with the reason.
const EXTENDED: [(u32, &str); 2] = [
    (548, "`[[foo]]` is a link to a topic here"),
    (590, "`[[foo]]` is a link to a topic here"),
];

/// The specification, in the npm package that is locked for the tests: its terms are others than the project's, so it is no part of the project.
const SPECIFICATION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/browser/node_modules/commonmark-spec/spec.txt"
);

/// Where this is set, as `tests/run` does, it is a failure that the package is not there.
const REQUIRED: &str = "THROUGHLINE_TEST_PACKAGES";

struct Example {
    number: u32,
    markdown: String,
    html: String,
}

/// Takes the examples out of the specification's text, as the package's `index.js` does.
fn examples(text: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let tests = text
        .split("\n<!-- END TESTS -->")
        .next()
        .unwrap_or_default();
    let open = format!("\n{fence} example\n");
    let close = format!("\n{fence}\n");
    let examples = tests.split(&open).skip(1).zip(1..);
    examples
        .map(|(rest, number)| {
            let (example, _) = rest.split_once(&close).expect("an example is closed");
            // Either half may be empty.
            let example = format!("\n{example}\n").replace('\u{2192}', "\t");
            let (markdown, html) = example
                .split_once("\n.\n")
                .expect("an example has a result");
            Example {
                number,
                markdown: format!("{markdown}\n")[1..].to_owned(),
                html: html.to_owned(),
            }
        })
        .collect()
}

#[test]
fn published_examples_render_as_the_specification_says() {
    let text = match fs::read_to_string(SPECIFICATION) {
        Ok(text) => text,
        Err(error) => {
            assert!(
                std::env::var_os(REQUIRED).is_none(),
                "{SPECIFICATION}: {error}"
            );
            // Past the test's own output, which is shown for failures alone.
            let _ = io::stderr().write_all(
                b"skipped: the examples of CommonMark; `npm ci --prefix tests/browser --ignore-scripts` gets them\n",
            );
            return;
        }
    };
    let examples = examples(&text);
    assert_eq!(examples.len(), 652, "all published examples are there");
    let context = Context::new(
        Arc::new(Registers::default()),
        Language::of(&LanguageTag::default()),
        RawHtml::Verbatim,
    );
    let mut wrong = Vec::new();
    for example in examples {
        let is_extended = EXTENDED.iter().any(|(number, _)| *number == example.number);
        if example
            .markdown
            .lines()
            .any(|line| line.trim_start().starts_with(":::"))
            || is_extended
        {
            continue;
        }
        let document = Document {
            path: SourcePath::new("example.md"),
            // Behind front matter, since an example may begin with its mark.
            text: format!("+++\n+++\n{}", example.markdown).into(),
        };
        let html = filled(&anew(&document, &context, &mut Scratch::default()));
        if normal(&html) != normal(&example.html) {
            wrong.push(format!(
                "example {}\n{}\n--- expected\n{}\n--- found\n{html}",
                example.number, example.markdown, example.html
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// Fills the slots with the links as they were written.
fn filled(lesson: &Lesson) -> String {
    let mut html = String::new();
    let mut from = 0;
    for slot in &lesson.body.slots {
        html.push_str(&lesson.body.html[from..slot.at as usize]);
        from = slot.at as usize;
        let (index, alone) = match &slot.what {
            SlotKind::Link(index) => {
                let link = &lesson.links[*index as usize];
                html.push_str("<a href=\"");
                escape_href(&mut html, &link.target).expect("a String takes everything");
                html.push('"');
                push_title(&mut html, &link.title);
                html.push('>');
                continue;
            }
            SlotKind::LinkEnd => {
                html.push_str("</a>");
                continue;
            }
            SlotKind::Image(index) => (*index, false),
            SlotKind::Figure(index) => (*index, true),
            other => panic!("no {other:?} without registers"),
        };
        let image = &lesson.links[index as usize];
        html.push_str(if alone {
            "<p><img src=\""
        } else {
            "<img src=\""
        });
        escape_href(&mut html, &image.target).expect("a String takes everything");
        html.push_str("\" alt=\"");
        escape_html(&mut html, &image.alt).expect("a String takes everything");
        html.push('"');
        push_title(&mut html, &image.title);
        html.push_str(if alone { " /></p>\n" } else { " />" });
    }
    html.push_str(&lesson.body.html[from..]);
    html
}

fn push_title(html: &mut String, title: &str) {
    if !title.is_empty() {
        html.push_str(" title=\"");
        escape_html(&mut *html, title).expect("a String takes everything");
        html.push('"');
    }
}

/// Takes away differences that no browser shows: quotation marks written as entities, and space between blocks.
fn normal(html: &str) -> String {
    html.replace("&quot;", "\"")
        .replace("<li>\n", "<li>")
        .replace("\n</li>", "</li>")
        .trim()
        .to_owned()
}
