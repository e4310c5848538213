//! `throughline signpost verify`: a check of a support service goes into the register, and nothing else there changes.

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;

use support::{laid_out, program, said};

const REGISTER: &str = "# Services that lessons offer.\n\n[[signpost]] # the first\nid = \"samaritans\"\nname = 'Samaritans'\nphone  = \"116 123\"   # free\nlast_verified_on = 2026-01-10\n\n# The second.\n[[signpost]]\nid = \"shout\"\nname = \"Shout\"\n";

fn curriculum(register: &str) -> tempfile::TempDir {
    laid_out(&[
        ("config.toml", "title = \"Training\"\n"),
        ("modules/signposts.toml", register),
        (
            "modules/01-calls/index.md",
            "+++\ntitle = \"Calls\"\n+++\n[[signpost:samaritans]] and [[signpost:shout]]\n",
        ),
    ])
}

/// Runs the program on 28 November 2026.
fn run(root: &Path, arguments: &[&str]) -> Output {
    support::run(root, &[arguments, &["--as-of", "2026-11-28"]].concat())
}

fn register(root: &Path) -> String {
    fs::read_to_string(root.join("modules/signposts.toml")).expect("read")
}

#[test]
fn a_check_is_written_into_the_register_and_the_report_has_it() {
    let folder = curriculum(REGISTER);
    let root = folder.path();
    let on = ["signpost", "verify", "shout", "samaritans"];
    let verified = run(
        root,
        &[&on[..], &["--on", "2026-11-20", "--by", "Robin Sample"]].concat(),
    );
    let said = said(&verified);
    assert_eq!(verified.status.code(), Some(0), "{said}");
    assert!(
        said.contains("Robin Sample verified 2 support services on 2026-11-20"),
        "{said}"
    );
    let expected = REGISTER
        .replace(
            "last_verified_on = 2026-01-10\n",
            "last_verified_on = 2026-11-20\nverified_by = \"Robin Sample\"\n",
        )
        .replace(
            "name = \"Shout\"\n",
            "name = \"Shout\"\nlast_verified_on = 2026-11-20\nverified_by = \"Robin Sample\"\n",
        );
    assert_eq!(register(root), expected);

    let report = run(root, &["report", "signposts", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).expect("it is JSON");
    assert_eq!(report["summary"]["current"], 2);
    for row in report["signposts"].as_array().expect("a list") {
        assert_eq!(row["verified_by"], "Robin Sample");
        assert_eq!(row["age_days"], 8);
    }
}

#[test]
fn today_and_the_environment_stand_in_for_what_is_not_named() {
    let folder = curriculum(REGISTER);
    let output = program(folder.path())
        .args(["signpost", "verify", "shout", "--as-of", "2026-11-28"])
        .env("THROUGHLINE_REVIEWER", "Robin Sample")
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0));
    assert!(
        register(folder.path())
            .ends_with("last_verified_on = 2026-11-28\nverified_by = \"Robin Sample\"\n")
    );
}

#[test]
fn nothing_is_written_where_something_is_amiss() {
    let broken = format!("{REGISTER}[[signpost\n");
    for (text, arguments, expected) in [
        (
            REGISTER,
            &["samaritans", "shoot", "--by", "R"][..],
            "no support service is called `shoot`\n  help: did you mean `shout`?",
        ),
        (REGISTER, &["shout"], "nobody is named"),
        (
            REGISTER,
            &["shout", "--by", "R", "--on", "2026-11-29"],
            "nobody can have verified anything on 2026-11-29",
        ),
        (
            REGISTER,
            &["shout", "--by", "R", "--on", "20.11.2026"],
            "invalid value '20.11.2026'",
        ),
        (
            &broken,
            &["shout", "--by", "R"],
            "signposts.toml:13: this is not TOML",
        ),
    ] {
        let folder = curriculum(text);
        let refused = run(
            folder.path(),
            &[&["signpost", "verify"], arguments].concat(),
        );
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(register(folder.path()), text);
    }
}
