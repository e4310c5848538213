//! Builds every tiny curriculum below `tests/golden/` with the real program, and compares what it says and writes.
//!
//! A case is a folder with a `config.toml` and `modules/`, one behaviour each, under six files. Where it is named after a rule, that rule and no
//! other is found in it. Two files may lie beside the curriculum, for this runner alone:
//!
//! - `expect-findings.txt`: every finding, one to a line, as `rule file:line:column` (column, or line and column, may be left out). A file
//!   without such lines says that nothing is found. Near misses are therefore faults of the program as soon as they are reported.
//! - `expect-pages.txt`: pages below `public/` whose `<main>` is part of the snapshot, and other files that are all of it.
//!
//! The snapshots hold the exit code, standard error and the list of all files of the site: `cargo insta review` shows what changed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use rayon::prelude::*;
use throughline::model::Rule;
use walkdir::WalkDir;

/// The day that counts as today in every case.
const TODAY: &str = "2026-11-21";

/// Files of a case that are no part of its curriculum.
const EXPECTED_FINDINGS: &str = "expect-findings.txt";
const EXPECTED_PAGES: &str = "expect-pages.txt";

/// Cases that need more than five files to make their point.
const LARGER_CASES: [&str; 3] = ["clean", "many-modules", "search-index"];

/// What a build of one case said and wrote.
struct Outcome {
    name: String,
    folder: PathBuf,
    exit: Option<i32>,
    /// Standard error, with the temporary folder written as `[ROOT]`.
    stderr: String,
    /// Paths below `public/`, sorted; `None` where no site was written.
    files: Option<Vec<String>>,
    /// The pinned pages: path and `<main>`.
    pages: Vec<(String, String)>,
}

/// All cases, built once for all tests of this file.
static OUTCOMES: LazyLock<Vec<Outcome>> =
    LazyLock::new(|| cases().par_iter().map(|folder| build(folder)).collect());

#[test]
fn sites_and_findings_are_as_recorded() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("golden/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(
        r"\d+ files in `public`, \d+ of them",
        "[N] files in `public`, [N] of them",
    );
    settings.add_filter(r"\bin \d+(\.\d+)? ?(µs|ms|s)\b", "in [TIME]");
    let different: Vec<&str> = OUTCOMES
        .iter()
        .filter(|outcome| {
            let compare = || {
                settings.bind(|| {
                    insta::assert_snapshot!(outcome.name.as_str(), outcome.transcript());
                });
            };
            catch_unwind(AssertUnwindSafe(compare)).is_err()
        })
        .map(|outcome| outcome.name.as_str())
        .collect();
    assert!(
        different.is_empty(),
        "snapshots differ: {}",
        different.join(", ")
    );
}

#[test]
fn every_build_ends_clean_or_with_findings() {
    for outcome in OUTCOMES.iter() {
        assert!(
            matches!(outcome.exit, Some(0 | 1)),
            "{} ended with {:?}:\n{}",
            outcome.name,
            outcome.exit,
            outcome.stderr
        );
    }
}

#[test]
fn every_rule_has_a_case_that_finds_it_and_nothing_else() {
    let mut faults = Vec::new();
    // A build asks no other site and packages nothing: `tests/external` and `tests/package.rs` show the rules of those that do.
    for rule in Rule::ALL.iter().filter(|rule| rule.is_always_looked_for()) {
        let Some(outcome) = OUTCOMES.iter().find(|outcome| outcome.name == rule.name()) else {
            faults.push(format!(
                "{}: no folder tests/golden/{}",
                rule.name(),
                rule.name()
            ));
            continue;
        };
        let found = outcome.findings();
        let is_own = |finding: &&String| finding.split(' ').next() == Some(rule.name());
        if !found.iter().any(|finding| is_own(&finding)) {
            faults.push(format!("{}: the rule is not found", rule.name()));
        }
        for other in found.iter().filter(|finding| !is_own(finding)) {
            faults.push(format!("{}: finds another rule: {other}", rule.name()));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn findings_stand_where_the_cases_expect_them() {
    let mut faults = Vec::new();
    for outcome in OUTCOMES.iter() {
        let path = outcome.folder.join(EXPECTED_FINDINGS);
        if !path.is_file() {
            continue;
        }
        let mut found = outcome.findings();
        let mut expected = lines_of(&path);
        // The most precise first, so that a line without a column does not take what another asks for.
        expected.sort_by_key(|line| std::cmp::Reverse(line.matches(':').count()));
        for line in &expected {
            match found.iter().position(|finding| is_at(finding, line)) {
                Some(index) => {
                    found.remove(index);
                }
                None => faults.push(format!("{}: not found: {line}", outcome.name)),
            }
        }
        faults.extend(
            found
                .iter()
                .map(|finding| format!("{}: not expected: {finding}", outcome.name)),
        );
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_pinned_page_is_built() {
    for outcome in OUTCOMES.iter() {
        for (path, main) in &outcome.pages {
            assert!(
                !main.is_empty(),
                "{}: no page public/{path}\n{}",
                outcome.name,
                outcome.stderr
            );
        }
    }
}

#[test]
fn cases_are_tiny() {
    for folder in cases() {
        let name = name_of(&folder);
        let files = curriculum_files(&folder).len();
        assert!(
            files < 6 || LARGER_CASES.contains(&name.as_str()),
            "{name} has {files} files: show one behaviour with fewer than six"
        );
    }
}

#[test]
fn every_snapshot_belongs_to_a_case() {
    let names: BTreeSet<String> = cases().iter().map(|folder| name_of(folder)).collect();
    let Ok(snapshots) = fs::read_dir(golden().join("snapshots")) else {
        return;
    };
    for entry in snapshots {
        let name = entry.expect("the folder can be read").file_name();
        let name = name.to_string_lossy();
        let Some(case) = name.strip_suffix(".snap") else {
            continue;
        };
        assert!(
            names.contains(case),
            "the snapshot {name} belongs to no case: delete it"
        );
    }
}

impl Outcome {
    /// Returns everything that the snapshot holds.
    fn transcript(&self) -> String {
        let mut text = String::new();
        let exit = self
            .exit
            .map_or_else(|| "none".into(), |code| code.to_string());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "exit: {exit}\n\nstderr:\n{}", self.stderr.trim_end());
        match &self.files {
            None => text.push_str("\npublic/ was not written\n"),
            Some(files) => {
                // The theme's own files are the same in every site: one case lists them.
                let shown: Vec<&str> = files
                    .iter()
                    .map(String::as_str)
                    .filter(|file| self.name == "clean" || !file.starts_with("assets/"))
                    .collect();
                let _ = writeln!(text, "\npublic/:\n  {}", shown.join("\n  "));
            }
        }
        for (path, main) in &self.pages {
            let _ = writeln!(text, "\n---- {path}\n{}", main.trim_end());
        }
        text
    }

    /// Returns the findings on standard error as `rule file:line:column`, in their order.
    fn findings(&self) -> Vec<String> {
        let mut lines = self.stderr.lines().peekable();
        let mut findings = Vec::new();
        while let Some(line) = lines.next() {
            let Some(rule) = rule_of(line) else {
                continue;
            };
            let place = lines
                .peek()
                .and_then(|next| next.trim_start().strip_prefix("--> "))
                .unwrap_or("?");
            findings.push(format!("{rule} {}", place.trim_end()));
        }
        findings
    }
}

/// Returns the rule in the first line of a finding, such as `error[broken-link]: ...`.
fn rule_of(line: &str) -> Option<&str> {
    let (severity, rest) = line.split_once('[')?;
    let (rule, message) = rest.split_once(']')?;
    let is_finding = matches!(severity, "error" | "warning" | "info") && message.starts_with(':');
    is_finding.then_some(rule)
}

/// Returns whether a finding is at an expected place, which may leave out its column, or line and column.
fn is_at(finding: &str, expected: &str) -> bool {
    finding
        .strip_prefix(expected)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Returns the folders of all cases by name.
fn cases() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(golden())
        .expect("tests/golden exists")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.join("config.toml").is_file())
        .collect();
    folders.sort();
    folders
}

fn name_of(folder: &Path) -> String {
    folder
        .file_name()
        .expect("a case has a name")
        .to_string_lossy()
        .into_owned()
}

/// Returns the files of a case that make its curriculum, relative to its folder.
fn curriculum_files(folder: &Path) -> Vec<String> {
    let mut files = files_below(folder);
    files.retain(|path| path != EXPECTED_FINDINGS && path != EXPECTED_PAGES);
    files
}

/// Returns all files below a folder as sorted relative paths with `/`.
fn files_below(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .expect("it stands below the folder");
            path.to_string_lossy().replace('\\', "/")
        })
        .collect();
    files.sort();
    files
}

/// Returns the lines of a file that are neither empty nor comments (`#`).
fn lines_of(path: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(path) else {
        return Vec::new();
    };
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(ToOwned::to_owned)
        .collect()
}

/// Copies a case to a folder of its own and builds it there.
fn build(folder: &Path) -> Outcome {
    let scratch = tempfile::tempdir().expect("a temporary folder can be made");
    let root = scratch.path().join("curriculum");
    for path in curriculum_files(folder) {
        let target = root.join(&path);
        fs::create_dir_all(target.parent().expect("a file stands in a folder"))
            .expect("a folder can be made");
        fs::copy(folder.join(&path), &target).expect("a file can be copied");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_throughline"))
        .arg("--root")
        .arg(&root)
        .args(["build", "--as-of", TODAY, "--color", "never"])
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the program starts");
    let public = root.join("public");
    let pages = lines_of(&folder.join(EXPECTED_PAGES))
        .into_iter()
        .map(|path| {
            let html = fs::read_to_string(public.join(&path)).unwrap_or_default();
            let main = main_of(&html).to_owned();
            (path, main)
        })
        .collect();
    Outcome {
        name: name_of(folder),
        folder: folder.to_owned(),
        exit: output.status.code(),
        stderr: without_root(&String::from_utf8_lossy(&output.stderr), &root),
        files: public.is_dir().then(|| files_below(&public)),
        pages,
    }
}

/// Returns a page's `<main>`; the whole page where it has none.
fn main_of(html: &str) -> &str {
    let start = html.find("<main").unwrap_or(0);
    let end = html
        .find("</main>")
        .map_or(html.len(), |at| at + "</main>".len());
    html.get(start..end).unwrap_or(html)
}

/// Writes `[ROOT]` where the temporary folder stands, in both of its spellings, and `/` in paths.
fn without_root(text: &str, root: &Path) -> String {
    let mut text = text.replace("\r\n", "\n");
    let canonical = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    for path in [canonical.as_path(), root] {
        text = text.replace(path.to_string_lossy().as_ref(), "[ROOT]");
    }
    if cfg!(windows) {
        text = text.replace('\\', "/");
    }
    text
}
