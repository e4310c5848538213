//! No word of the pages is missing in what was made of them.

use std::collections::BTreeSet;
use std::fs;

use super::{Made, course, throughline};

/// Returns the words of a page that readers of its own site saw: without front matter, marks of blocks, addresses and programs.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('\r', "");
    let body = match text.strip_prefix("---\n").or(text.strip_prefix("+++\n")) {
        Some(rest) => rest
            .split_once("\n---\n")
            .or(rest.split_once("\n+++\n"))
            .map_or(text.as_str(), |(_, body)| body),
        None if text.starts_with('{') => text
            .split_once("\n}\n")
            .map_or(text.as_str(), |(_, body)| body),
        None => &text,
    };
    let mut found = Vec::new();
    for line in body.lines() {
        let line = line.replace("[x]", "");
        let line = line.trim();
        let is_mark = [
            "import ", "export ", "{:", "--8<--", "> [!", "{% ", "![", "<img",
        ]
        .iter()
        .any(|mark| line.starts_with(mark));
        if is_mark || line.starts_with("```") || line.contains("{{") {
            continue;
        }
        let mut line = line
            .trim_start_matches([':', '!', '?', '=', ' '])
            .to_owned();
        while let Some(start) = line.find("](") {
            let end = line[start..].find(')').map_or(line.len(), |at| start + at);
            line.replace_range(start..end, "");
        }
        while let Some((start, end)) = line
            .find('<')
            .and_then(|start| Some((start, start + line[start..].find('>')?)))
        {
            line.replace_range(start..=end, " ");
        }
        while let Some((start, end)) = line
            .find('{')
            .and_then(|start| Some((start, start + line[start..].find('}')?)))
        {
            line.replace_range(start..=end, " ");
        }
        found.extend(split(&line));
    }
    found
}

fn split(text: &str) -> Vec<String> {
    let parts = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// Names of blocks, which become other names; and the titles of folds, which are shown when `details` is a block.
const NAMES: [&str; 13] = [
    "keypoints",
    "objectives",
    "more",
    "about",
    "breath",
    "warning",
    "note",
    "tip",
    "challenge",
    "prereq",
    "instructor",
    "spoiler",
    "solution",
];

/// Returns the page of a lesson: its path without numbers.
fn page_of(lesson: &str) -> String {
    let parts = lesson
        .trim_start_matches("modules/")
        .split('/')
        .map(|part| {
            let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.strip_prefix('-').unwrap_or(part)
        });
    let parts: Vec<&str> = parts.collect();
    format!("public/{}", parts.join("/").replace(".md", ".html"))
}

/// Returns a page's text: without scripts and tags, with what stands for images.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        let (tag, rest) = piece.split_once('>').unwrap_or((piece, ""));
        for key in ["alt=\"", "title=\""] {
            let value = tag
                .split_once(key)
                .and_then(|(_, value)| value.split_once('"'));
            text.push_str(&format!(" {} ", value.map_or("", |(value, _)| value)));
        }
        text.push_str(rest);
    }
    text.replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
}

/// What is known is no obstacle: the site comes at once, and has every word.
#[test]
fn no_word_of_the_pages_is_missing_in_the_site_that_comes_at_once() {
    for name in [
        "folder",
        "mdbook",
        "mkdocs",
        "docusaurus",
        "sidebars",
        "sandpaper",
        "hugo",
        "jekyll",
    ] {
        let source = course(name);
        let made = Made::of(&source, &[]);
        let root = made.root.to_str().unwrap();
        let known = format!("{root}/known.json");
        let build = [
            "--root",
            root,
            "build",
            "--strict",
            "--drafts",
            "--edition",
            "facilitator",
            "--baseline",
            &known,
        ];
        let output = throughline(&build);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{name}: {}",
            super::said(&output)
        );
        let report = made.text("IMPORT.md");
        let rows = report.lines().filter_map(|line| {
            line.strip_prefix("| `")?
                .strip_suffix("` |")?
                .split_once("` | `")
        });
        let mut pages = 0;
        for (from, to) in rows {
            let Ok(text) = fs::read_to_string(source.join(from)) else {
                continue;
            };
            pages += 1;
            let page = made.text(&page_of(to));
            let shown: BTreeSet<String> = split(&text_of(&page)).into_iter().collect();
            for word in words(&text) {
                let is_name =
                    NAMES.contains(&word.as_str()) || word.chars().all(|c| c.is_ascii_digit());
                assert!(
                    is_name || shown.contains(&word),
                    "{name}: `{word}` of {from} is missing in {to}"
                );
            }
        }
        assert!(pages > 2, "{name}: {report}");
    }
}
