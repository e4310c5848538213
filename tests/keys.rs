//! Holds the tables of keys in the documentation to what is read: no key of front matter, a register or `config.toml` goes without its line, and none is
//! promised that nobody reads.
//!
//! What is read says a finding: whoever writes an unknown key is told the known ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use throughline::language::Language;
use throughline::model::config::RawHtml;
use throughline::model::language_tag::LanguageTag;
use throughline::model::path::SourcePath;
use throughline::model::sources::{Document, RegisterSources};
use throughline::model::{Finding, Register, Registers, Rule};
use throughline::stages::{config, parse};

/// A key that is near no other.
const UNKNOWN: &str = "zzzzzzzzzzzz";

/// Returns the keys that a finding about the unknown one lists; one of several tables is told by its place among them.
fn known(findings: &[Finding], table: usize) -> BTreeSet<String> {
    let mut unknown = findings
        .iter()
        .filter(|finding| finding.rule == Rule::UnknownKey && finding.message.contains(UNKNOWN));
    let finding = unknown.nth(table).expect("the unknown key is found");
    let help = finding.help.as_deref().unwrap_or_default();
    let names = help.strip_prefix("known keys are ").expect(help);
    names
        .split(", ")
        .map(|name| name.replace('`', ""))
        .collect()
}

fn page(name: &str) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::read_to_string(docs.join(name)).expect("the page is there")
}

/// Returns the rows of the table whose first heading this is, cell by cell, below a line of the page.
fn rows<'p>(page: &'p str, below: &str, heading: &str) -> Vec<Vec<&'p str>> {
    let from = page.find(below).expect(below);
    let lines = page[from..].lines();
    let mut lines = lines.skip_while(|line| !line.starts_with(&format!("| {heading} |")));
    assert!(
        lines.next().is_some(),
        "no table with `{heading}` below `{below}`"
    );
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.split('|').skip(1).map(str::trim).collect())
        .collect()
}

/// Returns what stands in backticks in a cell.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Returns the last part of the name of a table, or the key as it is.
fn own_name(key: &str) -> String {
    let name = key.trim_matches(['[', ']']);
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

#[test]
fn front_matter_has_the_keys_that_the_page_about_writing_lists() {
    let page = page("writing.md");
    let rows = rows(&page, "## Front matter", "Key");
    let language = Language::of(&LanguageTag::default());
    let context = parse::Context::new(Arc::new(Registers::default()), language, RawHtml::Text);
    for (file, place) in [("01-a/index.md", "`index.md`"), ("01-a/01-b.md", "lessons")] {
        let document = Document {
            path: SourcePath::new(file),
            text: format!("+++\ntitle = \"A\"\n{UNKNOWN} = 1\n+++\n").into(),
        };
        let lesson = parse::anew(&document, &context, &mut parse::Scratch::default());
        let listed = rows
            .iter()
            .filter(|row| ["everywhere", place].contains(&row[3]));
        let listed: BTreeSet<String> = listed.flat_map(|row| names(row[0])).map(own_name).collect();
        assert_eq!(listed, known(&lesson.findings, 0), "{file}");
    }
}

#[test]
fn registers_have_the_keys_that_their_page_lists() {
    let page = page("registers.md");
    for register in Register::ALL {
        let (name, entry) = (register.name(), register.entry());
        let below = format!("\n## {name}\n");
        // Each table of a register, outermost first.
        let tables = match register {
            Register::Topics => vec!["[[topic]]", "[[topic.exempt]]"],
            Register::Commitments => vec!["[[commitment]]", "[[commitment.claim]]"],
            _ => vec![""],
        };
        let mut text = String::new();
        if tables == [""] {
            text = format!("[[{entry}]]\n{UNKNOWN} = 1\n");
        }
        for table in tables.iter().filter(|table| !table.is_empty()) {
            text.push_str(&format!("{table}\n{UNKNOWN} = 1\n"));
        }
        let read = parse::registers(&RegisterSources::default().with(register, text));
        // What stands inside is read, and found, before what is around it.
        let inside_out = tables.iter().rev().enumerate();
        for (position, table) in inside_out {
            let heading = match *table {
                "" if register == Register::Reviews => "Key of `[[review]]`".to_owned(),
                "[[topic.exempt]]" | "[[commitment.claim]]" => format!("Key of `{table}`"),
                _ => "Key".to_owned(),
            };
            let rows = rows(&page, &below, &heading);
            let listed: BTreeSet<String> = rows
                .iter()
                .flat_map(|row| names(row[0]))
                .map(own_name)
                .collect();
            assert_eq!(listed, known(&read.findings, position), "{name} {table}");
        }
    }
}

#[test]
fn the_configuration_has_the_keys_that_its_page_lists() {
    let read = |table: &str| {
        let head = if table.is_empty() {
            String::new()
        } else {
            format!("[{table}]\n")
        };
        let text = format!("{head}{UNKNOWN} = 1\n");
        let read = config::parse("config.toml".into(), &text).expect("it is TOML");
        known(&read.findings, 0)
    };
    let page = page("configuration.md");
    let rows = rows(&page, "# config.toml", "Key");
    // `[site] search`, `[site.colours]`, `[[accessibility.checks]]`, and `[checks] RULE`, whose keys are rules.
    let path = |name: &str| match name.trim_start_matches('[').split_once("] ") {
        Some((table, "RULE")) => table.to_owned(),
        Some((table, key)) => format!("{table}.{key}"),
        None => name.trim_matches(['[', ']']).to_owned(),
    };
    let listed: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| names(row[0]))
        .map(path)
        .collect();
    let tables: BTreeSet<&str> = listed
        .iter()
        .filter_map(|path| path.split_once('.'))
        .map(|(table, _)| table)
        .collect();
    let mut all = read("");
    all.retain(|key| !tables.contains(key.as_str()));
    for table in &tables {
        all.extend(read(table).into_iter().map(|key| format!("{table}.{key}")));
    }
    assert_eq!(listed, all);
}
