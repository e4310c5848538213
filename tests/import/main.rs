//! `throughline import`: small courses in the layout of each tool, and what the program makes of them.
//!
//! `tests/import/courses/<tool>/` is a course as its tool keeps it. What no folder can hold (other line endings, links, bombs) is laid out here.

#![allow(
    clippy::unwrap_used,
    reason = "tests lay out folders and read what was made"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn course(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/import/courses")
        .join(name)
}

fn throughline(arguments: &[&str]) -> Output {
    support::run(Path::new("."), arguments)
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// What an import made.
struct Made {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Made {
    /// Imports a course; it must succeed.
    fn of(source: &Path, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("made");
        let mut all = vec!["import", source.to_str().unwrap(), root.to_str().unwrap()];
        all.extend(arguments);
        let output = throughline(&all);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        Self {
            _folder: folder,
            root,
        }
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}\n{:#?}", self.files()))
    }

    fn files(&self) -> Vec<String> {
        files(&self.root).into_keys().collect()
    }

    /// Returns the lessons in order.
    fn lessons(&self) -> Vec<String> {
        let files = self.files().into_iter();
        let below = files.filter_map(|file| Some(file.strip_prefix("modules/")?.to_owned()));
        below.filter(|file| file.ends_with(".md")).collect()
    }

    /// Returns the rules that errors and warnings break.
    fn rules(&self) -> Vec<String> {
        let output = throughline(&[
            "--root",
            self.root.to_str().unwrap(),
            "check",
            "--format",
            "json",
        ]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        let pressing = findings.filter(|finding| finding["severity"] != "info");
        pressing
            .map(|finding| {
                format!(
                    "{} {} {}",
                    finding["file"].as_str().unwrap(),
                    finding["rule"].as_str().unwrap(),
                    finding["message"].as_str().unwrap()
                )
            })
            .collect()
    }
}

/// Returns the files below a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    found
}

/// Returns the folder of a course that a test lays out, and what it stands in.
fn source() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("source");
    (folder, root)
}

/// Asserts that a text holds others, each of which is named when it does not.
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` in\n{text}");
    }
}

mod formats;
mod input;
mod kept;
#[path = "../support/mod.rs"]
mod support;
mod words;
