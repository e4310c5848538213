//! Feeds the checks of `invariants` with what the project has: its golden curricula and lessons, and every input that once broke something.

#![allow(clippy::unwrap_used, reason = "tests read files and lay out folders")]

mod invariants;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use walkdir::WalkDir;

/// Panics where an input breaks something.
type Check = fn(&[u8]);

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the files below a folder of the project, in order; every one of them where there is no ending to ask for.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = WalkDir::new(project().join(folder))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// Feeds a check with files, and names the one that it does not stand.
fn feed(check: Check, files: &[PathBuf]) {
    assert!(!files.is_empty());
    for file in files {
        let data = fs::read(file).unwrap();
        if std::panic::catch_unwind(|| check(&data)).is_err() {
            panic!("`{}` breaks something", file.display());
        }
    }
}

#[test]
fn the_projects_own_lessons_hold() {
    for folder in ["tests/golden", "modules"] {
        feed(invariants::lessons::hold, &files(folder, ".md"));
    }
}

#[test]
fn the_projects_own_registers_hold() {
    for folder in ["tests/golden", "modules"] {
        feed(invariants::registers::hold, &files(folder, ".toml"));
    }
}

#[test]
fn the_golden_curricula_hold_together() {
    let cases = fs::read_dir(project().join("tests/golden")).unwrap();
    let mut checked = 0;
    for case in cases.map(|case| case.unwrap().path()) {
        let modules = case.join("modules");
        if !modules.is_dir() {
            continue;
        }
        let mut text = Vec::new();
        for file in files(&modules.to_string_lossy(), "") {
            let name = file.strip_prefix(&modules).unwrap().to_string_lossy();
            text.extend(format!("{}{name}\n", invariants::links::MARK).into_bytes());
            text.extend(fs::read(&file).unwrap());
            text.push(b'\n');
        }
        checked += 1;
        for check in [invariants::links::hold, invariants::editions::hold] {
            if std::panic::catch_unwind(|| check(&text)).is_err() {
                panic!("`{}` breaks something", case.display());
            }
        }
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn what_once_broke_something_holds() {
    let checks: [(&str, Check); 7] = [
        ("addresses", invariants::addresses::hold),
        ("editions", invariants::editions::hold),
        ("edits", invariants::edits::hold),
        ("lessons", invariants::lessons::hold),
        ("links", invariants::links::hold),
        ("registers", invariants::registers::hold),
        ("requests", invariants::requests::hold),
    ];
    for (name, check) in checks {
        let folder = format!("tests/fuzzed/{name}");
        if project().join(&folder).is_dir() {
            feed(check, &files(&folder, ""));
        }
    }
}

#[test]
fn what_a_page_is_called_now_follows_the_words_of_that_page() {
    // `02-asking.md`, to which pages link, becomes `04-new.md`, which then says something else under the same heading.
    invariants::edits::hold(&[10, 2, 3, 0, 3, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_cold(changes in prop::collection::vec(any::<[u8; 3]>(), 1..10)) {
        invariants::edits::hold(changes.as_flattened());
    }
}
