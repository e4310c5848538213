//! `check --baseline`: what is known does not fail, what is new does, what is gone is said.

#![allow(
    clippy::disallowed_methods,
    reason = "tests lay out folders and run the program"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const LESSON: &str = "modules/01-calls/01-listening.md";

fn curriculum() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (path, text) in [
        ("config.toml", "title = \"Training\"\n"),
        (
            "modules/01-calls/index.md",
            "+++\ntitle = \"Calls\"\n+++\nStart with [listening](01-listening.md).\n",
        ),
        (
            LESSON,
            "+++\ntitle = \"Listening\"\n+++\nSee [money](money.md).\n\nSee [tone](tone.md).\n",
        ),
    ] {
        write(folder.path(), path, text);
    }
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Runs `check` in a folder.
fn check(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
        .current_dir(root)
        .args(["check", "--as-of", "2026-11-21", "--color", "never"])
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn only_new_findings_fail_and_gone_ones_are_said() {
    let folder = curriculum();
    let root = folder.path();
    let written = check(root, &["--write-baseline", "known.json"]);
    assert_eq!(written.status.code(), Some(0), "{}", said(&written));

    for format in ["human", "json", "sarif", "junit", "github"] {
        let held = check(root, &["--baseline", "known.json", "--format", format]);
        assert_eq!(held.status.code(), Some(0), "{format}: {}", said(&held));
        assert!(
            said(&held).contains("2 known from `known.json`, 0 new, 0 gone"),
            "{format}: {}",
            said(&held)
        );
        let shown = String::from_utf8_lossy(&held.stdout);
        assert!(!shown.contains("money.md"), "{format}: {shown}");
    }

    // Lines move, one fault is mended, and another comes.
    write(
        root,
        LESSON,
        "+++\ntitle = \"Listening\"\n+++\nA new paragraph.\n\nSee [tone](tone.md).\n\nSee [pace](pace.md).\n",
    );
    let held = check(root, &["--baseline", "known.json", "--format", "json"]);
    assert_eq!(held.status.code(), Some(1), "{}", said(&held));
    let report: serde_json::Value = serde_json::from_slice(&held.stdout).expect("it is JSON");
    let lines: Vec<_> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| (finding["rule"].as_str(), finding["line"].as_u64()))
        .collect();
    assert_eq!(lines, [(Some("broken-link"), Some(8))]);
    assert_eq!(report["summary"]["errors"], 1);
    assert!(
        said(&held).starts_with(
            "1 known from `known.json`, 1 new, 1 gone\n  \
             gone: modules/01-calls/01-listening.md: broken-link: no lesson or file at `money.md`\n"
        ),
        "{}",
        said(&held)
    );
}

#[test]
fn only_a_baseline_is_written_over() {
    let folder = curriculum();
    let root = folder.path();
    for _ in 0..2 {
        let written = check(root, &["--write-baseline", "known.json"]);
        assert_eq!(written.status.code(), Some(0), "{}", said(&written));
    }
    let before = fs::read_to_string(root.join("config.toml")).expect("read");
    let refused = check(root, &["--write-baseline", "config.toml"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(
        said(&refused).contains("`config.toml` is left as it is"),
        "{}",
        said(&refused)
    );
    assert_eq!(
        fs::read_to_string(root.join("config.toml")).expect("read"),
        before
    );

    for missing in ["none.json", "config.toml"] {
        let failed = check(root, &["--baseline", missing]);
        assert_eq!(
            failed.status.code(),
            Some(2),
            "{missing}: {}",
            said(&failed)
        );
    }
}
