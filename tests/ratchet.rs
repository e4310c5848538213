//! `check --baseline`: what is known does not fail, what is new does, what is gone is said.

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;

use support::{laid_out, run, said, write};

const LESSON: &str = "modules/01-calls/01-listening.md";

fn curriculum() -> tempfile::TempDir {
    laid_out(&[
        ("config.toml", "title = \"Training\"\n"),
        (
            "modules/01-calls/index.md",
            "+++\ntitle = \"Calls\"\n+++\nStart with [listening](01-listening.md).\n",
        ),
        (
            LESSON,
            "+++\ntitle = \"Listening\"\n+++\nSee [money](money.md).\n\nSee [tone](tone.md).\n",
        ),
    ])
}

/// Runs `check` in a folder.
fn check(root: &Path, arguments: &[&str]) -> Output {
    run(
        root,
        &[&["check", "--as-of", "2026-11-21"], arguments].concat(),
    )
}

#[test]
fn only_new_findings_fail_and_gone_ones_are_said() {
    let folder = curriculum();
    let root = folder.path();
    let written = check(root, &["--write-baseline", "known.json"]);
    assert_eq!(written.status.code(), Some(0), "{}", said(&written));
    assert_eq!(
        said(&written),
        "2 findings are known from now on: `known.json`\n"
    );

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

#[test]
fn a_build_goes_on_where_all_is_known_and_writes_broken_links_as_their_text() {
    let folder = curriculum();
    let root = folder.path();
    check(root, &["--write-baseline", "known.json"]);
    let build = |arguments: &[&str]| {
        run(
            root,
            &[&["build", "--as-of", "2026-11-21"], arguments].concat(),
        )
    };
    assert_eq!(build(&[]).status.code(), Some(1));
    let built = build(&["--baseline", "known.json", "--strict"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    assert!(!said(&built).contains("broken-link"), "{}", said(&built));
    let page = fs::read_to_string(root.join("public/calls/listening.html")).expect("the page");
    assert!(page.contains("See money."), "{page}");
    let much = build(&["--baseline", "known.json", "-v"]);
    assert!(said(&much).contains("info[broken-link]"), "{}", said(&much));
    // What is new stands in the way.
    write(
        root,
        "modules/01-calls/02-new.md",
        "+++\ntitle = \"New\"\n+++\n[x](gone.md)\n",
    );
    assert_eq!(build(&["--baseline", "known.json"]).status.code(), Some(1));
}

#[test]
fn a_baseline_never_covers_what_would_harm_readers() {
    let folder = curriculum();
    let root = folder.path();
    write(root, "modules/topics.toml", "[[topic]]\nname = 3\n");
    write(root, "config.toml", "title = \"Training\"\nnonsense = 1\n");
    write(
        root,
        "modules/01-calls/03-x.md",
        "+++\ntitle = \"X\"\nslug = \"../x\"\n+++\n[x](javascript:a) \u{202e}\n",
    );
    write(
        root,
        "modules/01-calls/04-listening.md",
        "+++\ntitle = \"Again\"\n+++\n",
    );
    let written = check(root, &["--write-baseline", "known.json"]);
    assert_eq!(written.status.code(), Some(0), "{}", said(&written));
    let held = check(root, &["--baseline", "known.json"]);
    assert_eq!(held.status.code(), Some(1));
    let shown = String::from_utf8_lossy(&held.stdout).into_owned();
    for rule in [
        "invalid-register",
        "unknown-key",
        "unsafe-path",
        "unsafe-link",
        "invalid-text",
        "output-collision",
    ] {
        assert!(
            shown.contains(&format!("error[{rule}]")),
            "{rule} in\n{shown}"
        );
    }
    assert!(!shown.contains("broken-link"), "{shown}");
}

#[test]
fn reports_do_not_speak_of_errors_that_are_known() {
    let folder = curriculum();
    let root = folder.path();
    check(root, &["--write-baseline", "known.json"]);
    let report = |arguments: &[&str]| {
        let report = ["report", "links", "--as-of", "2026-11-21"];
        let output = run(root, &[&report, arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    };
    assert!(report(&[]).contains("finds 2 errors"));
    let with = report(&["--baseline", "known.json"]);
    assert!(!with.contains("error"), "{with}");
}
