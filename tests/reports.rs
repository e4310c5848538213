//! The reviewers' reports of a tiny curriculum, word for word, and of the real one.
//!
//! The totals of the coverage are counted a second time in the Markdown itself, by a method that shares nothing with the program.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use support::{laid_out, program, said, write};
use throughline::report::list::Name;

const TODAY: &str = "2026-11-21";
const FORMATS: [&str; 5] = ["table", "json", "csv", "html", "markdown"];

/// Returns the names of all reports of one curriculum.
fn names() -> impl Iterator<Item = &'static str> {
    let all = Name::ALL.iter().filter(|name| **name != Name::Changes);
    all.map(|name| name.id())
}

/// Returns the folder of the tiny curriculum.
fn tiny() -> PathBuf {
    real().join("tests/reports/curriculum")
}

/// Returns the folder of the real curriculum.
fn real() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    program(root)
        .arg("--root")
        .arg(root)
        .args(arguments)
        .args(["--as-of", TODAY])
        .output()
        .expect("the program starts")
}

fn report(root: &Path, name: &str, format: &str) -> String {
    let output = run(root, &["report", name, "--format", format]);
    let text = String::from_utf8(output.stdout).expect("reports are UTF-8");
    assert_eq!(output.status.code(), Some(0), "{name} as {format}: {text}");
    text
}

fn json(root: &Path, name: &str) -> serde_json::Value {
    serde_json::from_str(&report(root, name, "json")).expect("the report is JSON")
}

/// Copies the tiny curriculum to a folder of its own.
fn copy() -> tempfile::TempDir {
    let scratch = laid_out(&[]);
    support::copy(&tiny(), scratch.path());
    scratch
}

#[test]
fn reports_of_the_tiny_curriculum_are_as_recorded() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("reports/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in names() {
            for format in FORMATS {
                let text = report(&tiny(), name, format);
                insta::assert_snapshot!(format!("{name}.{format}"), recorded(&text));
            }
        }
    });
}

#[test]
fn the_first_page_of_the_reports_is_as_recorded() {
    let root = copy();
    build(root.path(), &[]);
    let page = root.path().join("reports/index.html");
    let html = fs::read_to_string(page).expect("the reports were written");
    insta::with_settings!({snapshot_path => "reports/snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("overview.html", recorded(&html));
    });
}

#[test]
fn paths_say_what_each_takes_and_what_it_does_not_reach() {
    let root = real().join("tests/reports/paths");
    insta::with_settings!({snapshot_path => "reports/snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        for format in FORMATS {
            let text = report(&root, "paths", format);
            insta::assert_snapshot!(format!("paths-three.{format}"), recorded(&text));
        }
    });
}

/// Returns what a snapshot holds of a report: of a page what it says, without the frame that is around all of them.
fn recorded(text: &str) -> String {
    let said = match text.split_once("<main") {
        Some((_, rest)) => rest.split("</main>").next().expect("there is a first part"),
        None => text,
    };
    // Line ends of CSV are part of its format, and a snapshot would not show them.
    said.replace("\r\n", "<CR LF>\n")
}

/// Returns the cells of the row that a table below a heading of the page on reports has for something.
fn documented(heading: &str, name: &str) -> String {
    let row = format!("| `{name}` ");
    let section = section(heading);
    let found = section.lines().find(|line| line.starts_with(&row));
    let row = found.unwrap_or_else(|| panic!("{heading}: no row for `{name}`"));
    row[2..]
        .split_once('|')
        .expect("a row has two cells")
        .1
        .to_owned()
}

/// Returns what stands below a heading of the page on reports, up to the next.
fn section(heading: &str) -> String {
    let page = fs::read_to_string(real().join("docs/reports.md")).expect("the page is there");
    let start = page
        .find(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("no section `{heading}`"));
    let rest = &page[start + 4..];
    let end = rest.find("\n## ").unwrap_or(rest.len());
    rest[..end].to_owned()
}

/// Returns the words between backticks.
fn named(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_key_and_every_column_is_documented() {
    fn keys<'j>(value: &'j serde_json::Value, found: &mut BTreeSet<&'j str>) {
        if let Some(map) = value.as_object() {
            found.extend(map.keys().map(String::as_str));
            map.values().for_each(|value| keys(value, found));
        }
        let list = value.as_array().into_iter().flatten();
        list.for_each(|value| keys(value, found));
    }
    let intro = section("Keys");
    let intro = intro.split("\n|").next().unwrap_or("");
    let mut faults = Vec::new();
    for name in names() {
        let row = documented("Keys", name);
        // A row may leave it to a section that it leads to.
        let led = row
            .split_once('[')
            .and_then(|(_, rest)| rest.split_once("](#"));
        let text = [
            intro,
            &row,
            &led.map_or_else(String::new, |(title, _)| section(title)),
        ]
        .concat();
        let documented: BTreeSet<&str> = named(&text).into_iter().collect();
        for root in [tiny(), real().join("tests/reports/paths")] {
            let json = json(&root, name);
            let mut found = BTreeSet::new();
            keys(&json, &mut found);
            let numbered = |key: &str| key.starts_with("position_");
            let missing = found
                .iter()
                .filter(|key| !documented.contains(**key) && !numbered(key));
            faults.extend(missing.map(|key| format!("{name}: the key `{key}`")));
        }
    }
    let lists = [
        ("signposts", "places"),
        ("questions", "options"),
        ("questions", "steps"),
        ("questions", "modules"),
    ];
    let lists = lists.map(|(name, list)| (name, Some(list)));
    for (name, list) in names().map(|name| (name, None)).chain(lists) {
        let mut arguments = vec!["report", name, "--format", "csv"];
        let mut heading = name.to_owned();
        if let Some(list) = list {
            arguments.extend(["--list", list]);
            heading = format!("{name} --list {list}");
        }
        let text = String::from_utf8(run(&tiny(), &arguments).stdout).expect("reports are UTF-8");
        let columns = text.lines().next().unwrap_or("").trim_end();
        let row = documented("Columns", &heading);
        let mut written = named(&row).into_iter();
        let own = columns.strip_suffix(",module_title,lesson_title,address");
        for column in own.expect("every sheet ends alike").split(',') {
            if !written.any(|name| name == column) {
                faults.push(format!("{heading}: the column `{column}`, in its place"));
                break;
            }
        }
    }
    assert!(
        faults.is_empty(),
        "docs/reports.md lacks\n{}",
        faults.join("\n")
    );
}

#[test]
fn a_report_has_a_row_for_each_thing_and_lists_the_rest_apart() {
    let list = |name: &str, list: &str, format: &str| {
        run(
            &tiny(),
            &["report", name, "--format", format, "--list", list],
        )
    };
    let places = list("signposts", "places", "csv");
    assert_eq!(places.status.code(), Some(0));
    let text = String::from_utf8(places.stdout).expect("reports are UTF-8");
    insta::with_settings!({snapshot_path => "reports/snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("signposts-places.csv", text.replace("\r\n", "<CR LF>\n"));
    });
    assert_eq!(records(&report(&tiny(), "signposts", "csv")).len(), 1 + 4);
    for (name, wanted, format, expected) in [
        (
            "signposts",
            "place",
            "csv",
            "has no list `place`\n  help: its lists are places",
        ),
        ("coverage", "places", "csv", "its CSV has all that it says"),
        ("signposts", "places", "json", "only CSV has further sheets"),
    ] {
        let refused = list(name, wanted, format);
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn coverage_totals_equal_a_count_in_the_markdown() {
    for root in [tiny(), real()] {
        let coverage = json(&root, "coverage");
        let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
        for topic in coverage["topics"].as_array().expect("topics are a list") {
            let id = topic["id"].as_str().expect("an id is text");
            for module in topic["modules"].as_array().expect("modules are a list") {
                for occurrence in module["occurrences"].as_array().expect("places are a list") {
                    let depth = occurrence["depth"].as_str().expect("a depth is text");
                    if depth != "mentioned" {
                        *found.entry((id.to_owned(), depth.to_owned())).or_default() += 1;
                    }
                }
            }
        }
        assert_eq!(found, carried(&root), "{}", root.display());
    }
}

/// Counts line by line what headings and blocks carry in `topics=`, outside code and facilitator's notes.
fn carried(root: &Path) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    let modules = root.join("modules");
    let mut pages = support::pages(&modules);
    // What stands in no module counts in none.
    pages.retain(|page| page.parent() != Some(&modules));
    for page in pages {
        let text = fs::read_to_string(&page).expect("a lesson can be read");
        let mut open: Vec<String> = Vec::new();
        let mut code = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("```") {
                code = !code;
            }
            if code {
                continue;
            }
            let name = line.trim_start_matches(':').trim_start();
            let depth = if line.starts_with('#') {
                "introduced"
            } else if !line.starts_with(":::") {
                continue;
            } else if name.is_empty() {
                open.pop();
                continue;
            } else {
                let kind = name.split([' ', '{', '[']).next().unwrap_or("");
                open.push(kind.to_owned());
                match kind {
                    "activity" | "discussion" | "scenario" => "practised",
                    "question" => "assessed",
                    "objectives" | "keypoints" | "example" | "checkpoint" => "introduced",
                    _ => "mentioned",
                }
            };
            if open.iter().any(|kind| kind == "facilitator") || depth == "mentioned" {
                continue;
            }
            for topic in listed(line, "topics=") {
                *counts.entry((topic, depth.to_owned())).or_default() += 1;
            }
        }
    }
    counts
}

/// Returns the values of a list in the attributes of a line.
fn listed(line: &str, attribute: &str) -> Vec<String> {
    let Some((_, rest)) = line
        .rsplit_once('{')
        .and_then(|(_, braces)| braces.split_once(attribute))
    else {
        return Vec::new();
    };
    let value = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([' ', '}']).next(),
    };
    let values = value
        .unwrap_or("")
        .split(',')
        .map(|value| value.trim().to_owned());
    values.filter(|value| !value.is_empty()).collect()
}

#[test]
fn summaries_agree_with_what_they_sum_up() {
    for root in [tiny(), real()] {
        let coverage = json(&root, "coverage");
        let cells: Vec<&serde_json::Value> = coverage["topics"]
            .as_array()
            .expect("topics are a list")
            .iter()
            .flat_map(|topic| topic["modules"].as_array().expect("modules are a list"))
            .collect();
        let count = |status: &str| cells.iter().filter(|cell| cell["status"] == status).count();
        let summary = &coverage["summary"];
        assert_eq!(summary["met"], count("met"));
        assert_eq!(summary["gaps"], count("gap"));
        assert_eq!(summary["exempt"], count("exempt"));
        assert_eq!(summary["required"], cells.len() - count("none"));
        let links = json(&root, "links");
        assert_eq!(
            links["summary"]["links"],
            links["links"].as_array().map_or(0, Vec::len)
        );
        let sum = |key: &str| -> u64 {
            let lessons = links["lessons"].as_array().expect("lessons are a list");
            lessons.iter().filter(|lesson| lesson[key] == 0).count() as u64
        };
        assert_eq!(links["summary"]["orphans"], sum("inbound"));
    }
}

#[test]
fn csv_has_a_row_for_each_thing_and_the_same_number_of_cells() {
    for root in [tiny(), real()] {
        for (name, lists) in [
            ("coverage", &["occurrences", "outside"][..]),
            ("links", &["links"]),
            ("commitments", &["evidence"]),
        ] {
            let rows = records(&report(&root, name, "csv"));
            let report = json(&root, name);
            let expected: usize = lists.iter().map(|list| count_in(&report, list)).sum();
            assert_eq!(rows.len() - 1, expected, "{name}");
            for row in &rows {
                assert_eq!(row.len(), rows[0].len(), "{name}: {row:?}");
                for cell in row {
                    assert!(
                        !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                        "{name}: {cell:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn csv_begins_with_a_mark_where_that_is_asked_for_and_nothing_else_does() {
    let marked = run(&tiny(), &["report", "topics", "--format", "csv", "--bom"]);
    assert_eq!(
        marked.stdout,
        [b"\xef\xbb\xbf", report(&tiny(), "topics", "csv").as_bytes()].concat()
    );
    for format in ["table", "json", "html", "markdown"] {
        let refused = run(&tiny(), &["report", "topics", "--format", format, "--bom"]);
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{format}: {said}");
        assert!(said.contains("leave out `--bom`"), "{said}");
    }
}

#[test]
fn review_status_and_the_report_of_reviews_say_the_same() {
    for format in ["json", "csv", "html", "markdown"] {
        let status = run(&tiny(), &["review", "status", "--format", format]);
        assert_eq!(
            String::from_utf8_lossy(&status.stdout),
            report(&tiny(), "reviews", format),
            "{format}"
        );
    }
    let status = run(&tiny(), &["review", "status"]);
    let table = String::from_utf8_lossy(&status.stdout);
    assert!(
        table.starts_with("unreviewed  modules/01-calls/index.md\n"),
        "{table}"
    );
    assert!(
        table.ends_with("\n\n0 approved, 0 suspect, 5 unreviewed\n"),
        "{table}"
    );
}

/// Counts the members of all lists with a name, however deep.
fn count_in(value: &serde_json::Value, list: &str) -> usize {
    match value {
        serde_json::Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| match value.as_array() {
                Some(members) if name == list => members.len(),
                _ => count_in(value, list),
            })
            .sum(),
        serde_json::Value::Array(members) => {
            members.iter().map(|member| count_in(member, list)).sum()
        }
        _ => 0,
    }
}

/// Reads CSV by the grammar of RFC 4180.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => cell.extend(chars.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => record.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(chars.next(), Some('\n'), "lines end with CR LF");
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            ('\n', false) => panic!("a line ends without CR"),
            _ => cell.push(c),
        }
    }
    assert!(cell.is_empty() && record.is_empty(), "the last line ends");
    records
}

#[test]
fn the_real_curriculum_makes_every_report_in_every_format() {
    for name in names() {
        for format in FORMATS {
            assert!(
                report(&real(), name, format).len() > 100,
                "{name} as {format}"
            );
        }
    }
}

#[test]
fn a_report_is_made_and_says_so_when_findings_stand() {
    let root = copy();
    let lesson = root.path().join("modules/01-calls/01-listening.md");
    let text = fs::read_to_string(&lesson).expect("the lesson can be read");
    fs::write(&lesson, text + "\n[Gone](gone.md)\n").expect("the lesson can be written");
    let output = run(root.path(), &["report", "links", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(said(&output), "`throughline check` finds 1 error\n");
    let links: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("the report is JSON");
    assert_eq!(links["summary"]["broken"], 1);
    let broken = links["links"]
        .as_array()
        .and_then(|links| links.iter().find(|link| link["status"] == "broken"))
        .expect("the broken link is reported");
    assert_eq!(broken["reason"], "no lesson or file at `gone.md`");
    assert_eq!(broken["resolved"], serde_json::Value::Null);
}

#[test]
fn against_says_what_was_gained_and_lost_and_not_what_moved() {
    let root = copy();
    let earlier = root.path().join("earlier.json");
    fs::write(&earlier, report(root.path(), "coverage", "json")).expect("the report can be kept");
    let file = earlier.to_str().expect("the path is UTF-8");
    let against = |format: &str| {
        let output = run(
            root.path(),
            &["report", "coverage", "--format", format, "--against", file],
        );
        assert_eq!(output.status.code(), Some(0), "{format}");
        String::from_utf8(output.stdout).expect("reports are UTF-8")
    };
    let lesson = root.path().join("modules/01-calls/01-listening.md");
    let text = fs::read_to_string(&lesson).expect("the lesson can be read");
    fs::write(&lesson, text.replacen("\n## ", "\nA new line.\n\n## ", 1))
        .expect("the lesson can be written");
    let moved: serde_json::Value =
        serde_json::from_str(&against("json")).expect("the report is JSON");
    assert_eq!(
        moved["changes"],
        serde_json::json!([]),
        "what moved has not changed"
    );
    fs::write(
        &lesson,
        text.replace(" topics=empathy minutes=10", " minutes=10"),
    )
    .expect("the lesson can be written");
    let lost: serde_json::Value =
        serde_json::from_str(&against("json")).expect("the report is JSON");
    let summary = |lost: u32, gained: u32| {
        serde_json::json!({
            "cells": 1,
            "places_gained": gained, "places_lost": lost,
            "depths_gained": gained, "depths_lost": lost,
            "gaps_opened": lost, "gaps_closed": gained,
        })
    };
    assert_eq!(lost["summary"], summary(1, 0));
    assert_eq!(
        lost["changes"][0]["depths_lost"],
        serde_json::json!(["practised"])
    );
    assert!(against("table").contains("met to gap"));
    assert_eq!(records(&against("csv")).len(), 2);
    assert!(against("html").contains("Coverage gained and lost"));
    // The other way round.
    fs::write(&earlier, report(root.path(), "coverage", "json")).expect("the report can be kept");
    fs::write(&lesson, text).expect("the lesson can be written");
    let gained: serde_json::Value =
        serde_json::from_str(&against("json")).expect("the report is JSON");
    assert_eq!(gained["summary"], summary(0, 1));
    // A place more where nothing was missing opens and closes no gap.
    fs::write(&earlier, report(root.path(), "coverage", "json")).expect("the report can be kept");
    let text = fs::read_to_string(&lesson).expect("the lesson can be read");
    fs::write(&lesson, text + "\nSpeak of [[empathy]].\n").expect("the lesson can be written");
    let more: serde_json::Value =
        serde_json::from_str(&against("json")).expect("the report is JSON");
    assert_eq!(
        (
            &more["summary"]["places_gained"],
            &more["summary"]["gaps_opened"],
            &more["summary"]["gaps_closed"]
        ),
        (
            &serde_json::json!(1),
            &serde_json::json!(0),
            &serde_json::json!(0)
        )
    );
}

#[test]
fn what_is_no_coverage_report_cannot_be_compared_with() {
    let root = copy();
    let links = root.path().join("links.json");
    fs::write(&links, report(root.path(), "links", "json")).expect("the report can be kept");
    for (name, file, expected) in [
        (
            "coverage",
            links.as_path(),
            "cannot be compared with: it is not a coverage report",
        ),
        (
            "coverage",
            Path::new("gone.json"),
            "cannot read `gone.json`",
        ),
        ("links", links.as_path(), "only the coverage report"),
    ] {
        let file = file.to_str().expect("the path is UTF-8");
        let output = run(root.path(), &["report", name, "--against", file]);
        let stderr = said(&output);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(expected), "{stderr}");
    }
}

#[test]
fn every_link_of_the_reports_leads_somewhere() {
    let root = copy();
    let elsewhere = tempfile::tempdir().expect("a temporary folder can be made");
    let site = elsewhere.path().join("a site");
    let site = site.to_str().expect("the path is UTF-8");
    for above in ["", &format!("output_dir = \"{site}\"\n")] {
        configure(root.path(), above, "");
        build(root.path(), &[]);
        let reports = root.path().join("reports");
        check_links(&reports);
        for (name, html) in pages(&reports) {
            assert!(
                html.contains("<style>") && !html.contains("stylesheet"),
                "{name} keeps its styles where it is sent on its own"
            );
        }
    }
    assert!(
        !root.path().join("public/reports").exists(),
        "reports are not published unasked"
    );
    configure(root.path(), "", "[reports]\npublish = true\n");
    build(root.path(), &[]);
    let published = root.path().join("public/reports");
    check_links(&published);
    for (name, html) in pages(&published) {
        assert!(
            !html.contains("<style") && html.contains("href=\"reports.css\""),
            "{name} is let through by the strictest policy"
        );
    }
    assert!(
        !published.join("reviews.html").exists(),
        "who signed off what is never published"
    );
}

/// A lesson stands alone that only its own words and notes for facilitators lead to.
#[test]
fn links_between_lessons_are_those_that_learners_see() {
    let root = copy();
    let before = json(root.path(), "links")["lessons"].clone();
    for (file, old, new) in [
        (
            "modules/01-calls/01-listening.md",
            "Speak of empathy.",
            "Speak of [what is late](../02-money/01-paying.md#late).",
        ),
        (
            "modules/02-money/01-paying.md",
            "{#late}\n",
            "{#late}\n\nThis is [all that is late](#late).\n",
        ),
    ] {
        let file = root.path().join(file);
        let text = fs::read_to_string(&file).expect("the lesson can be read");
        assert!(text.contains(old), "{old}");
        fs::write(&file, text.replace(old, new)).expect("the lesson can be written");
    }
    let report = json(root.path(), "links");
    assert_eq!(report["lessons"], before);
}

/// A site for learners says nothing of what is written for their facilitators, and neither do the reports that are published with it.
#[test]
fn published_reports_list_what_their_readers_see() {
    let root = copy();
    let lesson = root.path().join("modules/01-calls/01-listening.md");
    let text = fs::read_to_string(&lesson).expect("the lesson can be read");
    let notes = "Speak of empathy. See <https://example.org/notes>.";
    fs::write(&lesson, text.replace("Speak of empathy.", notes))
        .expect("the lesson can be written");
    configure(root.path(), "", "[reports]\npublish = true\n");
    for (edition, sees) in [("learner", false), ("facilitator", true)] {
        build(root.path(), &["--edition", edition]);
        for (folder, sees) in [("public/reports", sees), ("reports", true)] {
            let links = root.path().join(folder).join("links.html");
            let html = fs::read_to_string(links).expect("the report was written");
            assert_eq!(
                html.contains("example.org/notes"),
                sees,
                "{edition}: {folder}"
            );
        }
    }
}

/// Reviewers' links lead to the site that the curriculum is configured for, whatever else somebody builds.
#[test]
fn a_site_that_goes_elsewhere_leaves_the_reports_alone() {
    let root = copy();
    let said = build(root.path(), &["-o", "fac", "--edition", "facilitator"]);
    assert!(said.contains("`reports` stays as it was"), "{said}");
    assert!(!root.path().join("reports").exists());
    build(root.path(), &[]);
    let reports = pages(&root.path().join("reports"));
    let lesson = root.path().join("modules/01-calls/01-listening.md");
    let text = fs::read_to_string(&lesson).expect("the lesson can be read");
    fs::write(&lesson, text + "\nMore about [[empathy]].\n").expect("the lesson can be written");
    build(root.path(), &["-o", "fac", "--edition", "facilitator"]);
    assert_eq!(pages(&root.path().join("reports")), reports);
    for same in ["public", "./public/"] {
        let said = build(root.path(), &["-o", same]);
        assert!(said.contains("reports for reviewers"), "{same}: {said}");
    }
    assert_ne!(pages(&root.path().join("reports")), reports);
}

/// Builds a folder, and returns what that said.
fn build(root: &Path, arguments: &[&str]) -> String {
    let output = run(root, &[&["build"], arguments].concat());
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

/// Configures a copy of the tiny curriculum with something more above and below.
fn configure(root: &Path, above: &str, below: &str) {
    let text = fs::read_to_string(tiny().join("config.toml")).expect("it can be read");
    fs::write(root.join("config.toml"), format!("{above}{text}\n{below}"))
        .expect("the configuration can be written");
}

/// No page grows with the curriculum: what is too long for one stands in the data beside it.
#[test]
fn pages_of_a_large_curriculum_list_the_deepest_places_and_say_where_the_rest_is() {
    const LESSONS: usize = 2_600;
    let root = copy();
    for number in 0..LESSONS {
        let text = format!("+++\ntitle = \"Lesson {number}\"\n+++\n\nEmpathy, and [[time]].\n");
        let path = format!("modules/02-money/{number:04}-lesson-{number}.md");
        fs::write(root.path().join(path), text).expect("a lesson can be written");
    }
    build(root.path(), &[]);
    let reports = root.path().join("reports");
    let read = |name: &str| fs::read_to_string(reports.join(name)).expect("the report was written");
    let page = read("coverage-empathy.html");
    let rows = page.matches("class=\"depth depth-").count();
    assert!((400..=1_000).contains(&rows), "{rows} places");
    assert!(page.contains("depth-assessed"), "the deepest are there");
    assert!(page.contains("all are in the CSV and JSON of this report"));
    assert!(read("coverage.csv").lines().count() > 2 * LESSONS);
    let page = read("topics.html");
    assert!(page.matches("<tr>").count() < 10 && !page.contains("href=\"#topic-empathy\""));
    assert!(page.contains("they are in the CSV and JSON of this report"));
    assert!(read("topics.csv").lines().count() > 2 * LESSONS);
    check_links(&reports);
}

/// Follows every link of every page in a folder, down to the anchor.
fn check_links(folder: &Path) {
    let pages = pages(folder);
    assert!(pages.len() >= 7, "{} pages", pages.len());
    for (name, html) in pages {
        let path = folder.join(name);
        assert!(!html.contains("style="), "{}", path.display());
        for target in ["href=\"", "src=\""]
            .iter()
            .flat_map(|name| html.split(name).skip(1))
        {
            let target = target.split('"').next().unwrap_or("").replace("%20", " ");
            if target.starts_with("https://www.samaritans.org") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let file = if file.is_empty() {
                path.clone()
            } else {
                folder.join(file)
            };
            let text = fs::read_to_string(&file).unwrap_or_default();
            assert!(!text.is_empty(), "{}: {target}", path.display());
            assert!(
                anchor.is_empty() || text.contains(&format!("id=\"{anchor}\"")),
                "{}: {target}",
                path.display()
            );
        }
    }
}

/// Returns the name and HTML of every page in a folder.
fn pages(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the reports were written");
    let names = entries.map(|entry| {
        let name = entry.expect("the folder can be read").file_name();
        name.to_string_lossy().into_owned()
    });
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".html")).collect();
    names.sort();
    let read = |name: String| {
        let html = fs::read_to_string(folder.join(&name)).expect("a page can be read");
        (name, html)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn evidence_says_how_deep_it_is_in_which_words_and_where_it_ends() {
    let root = laid_out(&[]);
    let write = |path: &str, text: &str| write(root.path(), path, text);
    write("config.toml", "title = \"Training\"\n");
    write(
        "modules/commitments.toml",
        "[[commitment]]\nid = \"A\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"Learners listen.\"\nexpects = \"assessed\"\n\
         [[commitment.claim]]\nid = \"A2\"\ntext = \"Learners wait.\"\n\
         [[commitment.claim]]\nid = \"A3\"\ntext = \"Learners are asked.\"\n\
         [[commitment.claim]]\nid = \"A4\"\ntext = \"Learners greet people.\"\n",
    );
    write("modules/01-calls/index.md", "+++\ntitle = \"Calls\"\n+++\n");
    write(
        "modules/01-calls/01-first.md",
        "+++\ntitle = \"First\"\n+++\n\
         ## Listening {claims=A1 quote=\"before you speak\"}\n\n\
         Kim Sample is fictional. Listen before you speak, and be kind.\n\n\
         ::: unpublished [Where the script is kept] {claims=A2}\nThe script is internal.\n:::\n\n\
         ## Doing it\n\n\
         ::: activity [In pairs]\nKim is fictional. [Count to three before you answer.]{claims=A1}\n:::\n\n\
         ::: scenario [A call]\n::: step [It rings] {#ring}\nIt rings.\n\n\
         ::: choice [Wait until they have finished] {outcome=best claims=A1}\nThey go on.\n:::\n:::\n:::\n\n\
         ::: question [A pause] {claims=A1}\nThey stop. What do you do?\n\n- [x] Wait\n\n  Yes.\n- [ ] Talk\n\n  No.\n:::\n\n\
         ## [Hear them out]{claims=A4}\n\nThen speak.\n\n\
         ::: scenario [Monday] {claims=A4}\n::: step [It rings] {#rings}\nPick up the phone and greet the caller by name.\n\n\
         ::: choice [Speak] {outcome=best}\nThey go on.\n:::\n:::\n:::\n",
    );
    let story = "The line is quiet and then it is not, and nobody knows why. ".repeat(9);
    write(
        "modules/01-calls/02-second.md",
        &format!(
            "+++\ntitle = \"Second\"\n+++\n\
             ::: question [What comes first?] {{claims=A3}}\n- [x] A pause\n- [ ] A form\n:::\n\n\
             ::: question [A story] {{claims=A3}}\n{story}What do you say?\n\n- [x] Nothing\n- [ ] Much\n:::\n\n\
             :::: activity [In threes] {{claims=A3}}\n::: facilitator\nPut the quiet ones together.\n:::\n\nListen to each other.\n::::\n\n\
             ::: discussion [Aloud]\n::: hint\n[Say it again.]{{claims=A4}}\n:::\n:::\n"
        ),
    );
    let report = json(root.path(), "commitments");
    assert_eq!(report["schema"], 2);
    let claims = &report["commitments"][0]["claims"];
    assert_eq!(
        claims[0]["depths"],
        serde_json::json!({"said": 1, "practised": 2, "assessed": 1})
    );
    assert_eq!(claims[0]["expects"], "assessed");
    let evidence = claims[0]["evidence"].as_array().expect("a list");
    let shown: Vec<_> = evidence
        .iter()
        .map(|found| (found["depth"].as_str(), found["quote"].as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("assessed"), Some("They stop. What do you do?")),
            (Some("practised"), Some("Count to three before you answer.")),
            (Some("practised"), Some("Wait until they have finished")),
            (Some("said"), Some("before you speak")),
        ]
    );
    assert_eq!(
        evidence[3]["limits"],
        serde_json::json!(["Where the script is kept"])
    );
    // A question is quoted as it is asked: by its title where it has no other words, and by its end where it is long.
    let asked: Vec<_> = claims[2]["evidence"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|found| found["quote"].as_str().expect("it is quoted"))
        .collect();
    assert_eq!(asked[0], "What comes first?");
    assert!(
        asked[1].ends_with("and nobody knows why. What do you say?") && asked[1].len() < 300,
        "{}",
        asked[1]
    );
    // What opens with a note for facilitators is quoted as learners read it.
    let activity = &claims[2]["evidence"][2];
    assert_eq!(activity["quote"], "Listen to each other.");
    assert_eq!(activity["text"], "Listen to each other.");
    // What says that something is not published bears nothing out.
    assert_eq!(claims[1]["evidenced"], false);
    assert_eq!(claims[1]["expects"], serde_json::Value::Null);
    assert_eq!(claims[1]["limits"][0]["line"], 8);
    // A scenario that begins with its first step is quoted from there; words in a heading stand under that one, and those under none in their block.
    let begun: Vec<_> = claims[3]["evidence"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|found| (found["heading"].as_str(), found["quote"].as_str()))
        .collect();
    assert_eq!(
        begun,
        [
            (
                Some("Hear them out"),
                Some("Pick up the phone and greet the caller by name.")
            ),
            (Some("Aloud"), Some("Say it again.")),
            (Some("Hear them out"), Some("Hear them out")),
        ]
    );
}
