//! `throughline signpost verify`: a check of a support service goes into the register, and nothing else there changes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const REGISTER: &str = "# Services that lessons offer.\n\n[[signpost]] # the first\nid = \"samaritans\"\nname = 'Samaritans'\nphone  = \"116 123\"   # free\nlast_verified_on = 2026-01-10\n\n# The second.\n[[signpost]]\nid = \"shout\"\nname = \"Shout\"\n";

fn curriculum(register: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (path, text) in [
        ("config.toml", "title = \"Training\"\n"),
        ("modules/signposts.toml", register),
        (
            "modules/01-calls/index.md",
            "+++\ntitle = \"Calls\"\n+++\n[[signpost:samaritans]] and [[signpost:shout]]\n",
        ),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

/// Runs the program on 28 November 2026, without a reviewer in the environment.
fn run(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
        .args(arguments)
        .args(["--as-of", "2026-11-28"])
        .current_dir(root)
        .env_remove("THROUGHLINE_REVIEWER")
        .output()
        .expect("the program starts")
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
    let said = String::from_utf8_lossy(&verified.stderr);
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
    let output = Command::new(env!("CARGO_BIN_EXE_throughline"))
        .args(["signpost", "verify", "shout", "--as-of", "2026-11-28"])
        .current_dir(folder.path())
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
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(register(folder.path()), text);
    }
}
