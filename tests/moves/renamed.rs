//! What findings say about pages that somebody has renamed by hand: the last build knows what stood there, or git does, or nobody.

use std::fs;

use serde_json::Value;

use super::site::{Said, Site};
use super::support::{commit, program};

const FILES: [(&str, &str); 13] = [
    ("config.toml", "title = \"Training\"\n"),
    (
        "modules/topics.toml",
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"To feel with.\"\nhome = \"01-calls/02-ends.md\"\n[topic.requires]\nintroduced = [\"bills\"]\n",
    ),
    (
        "modules/paths.toml",
        "[[path]]\nid = \"all\"\nname = \"All\"\nmodules = [\"calls\", \"bills\"]\nlessons = [\"01-calls/02-ends.md\"]\n",
    ),
    (
        "modules/answers.toml",
        "[[answer]]\nid = \"end\"\nwords = [\"goodbye\"]\nto = \"01-calls/02-ends.md#a-good-end\"\ntext = \"Say so.\"\n",
    ),
    (
        "modules/index.md",
        "+++\ntitle = \"Home\"\n+++\nStart with [calls](01-calls/index.md), [money](02-bills/) or [rent](02-bills/01-rent.md).\n",
    ),
    (
        "modules/01-calls/index.md",
        "+++\ntitle = \"Calls\"\norder = [\"03-pause.md\", \"02-ends.md\", \"01-listening.md\"]\n+++\nGo to [listening](01-listening.md) and [ends](02-ends.md).\n",
    ),
    (
        "modules/01-calls/01-listening.md",
        "+++\ntitle = \"Listening\"\nprerequisites = [\"02-ends.md\"]\n+++\n## Ears {topics=empathy}\n\nEmpathy leads to [the end](02-ends.md#a-good-end \"End\"), [another][e] and [pausing](03-pause.md).\n\n[e]: <02-ends.md>\n",
    ),
    (
        "modules/01-calls/02-ends.md",
        "+++\ntitle = \"Ends\"\n+++\n## A good end {topics=empathy}\n\nSay so, with empathy. Go back to [listening](01-listening.md), or to [money](../02-bills/01-rent.md).\n",
    ),
    (
        "modules/01-calls/03-pause.md",
        "+++\ntitle = \"Pause\"\n+++\nWait.\n",
    ),
    (
        "modules/02-bills/index.md",
        "+++\ntitle = \"Money\"\n+++\nSee [rent](01-rent.md) and [water](02-water.md).\n",
    ),
    (
        "modules/02-bills/01-rent.md",
        "+++\ntitle = \"Rent\"\n+++\n## Rent {topics=empathy}\n\nIt needs empathy.\n",
    ),
    (
        "modules/02-bills/02-water.md",
        "+++\ntitle = \"Water\"\n+++\nIt comes each month.\n",
    ),
    (
        "modules/01-calls/line.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Line</title></svg>\n",
    ),
];

/// Moves by hand what the curriculum names everywhere: a lesson, and a module.
fn rename(site: &Site) {
    for (from, to) in [
        ("01-calls/02-ends.md", "01-calls/04-closing.md"),
        ("02-bills", "05-income"),
    ] {
        let modules = site.root().join("modules");
        fs::rename(modules.join(from), modules.join(to)).expect("renamed");
    }
}

/// Returns what findings say about renamed pages: where they stand, what they say, and what mends them.
fn told(said: &Said) -> Vec<String> {
    let report: Value = serde_json::from_str(&said.out).expect("it is JSON");
    let findings = report["findings"].as_array().expect("it has findings");
    let told = findings.iter().filter_map(|finding| {
        let help = finding["help"].as_str()?;
        help.contains("renamed").then(|| {
            let fix = finding["fix"]["text"].as_str().unwrap_or("-");
            let file = finding["file"].as_str().unwrap_or("");
            format!("{file}:{}: {help}: {fix}", finding["line"])
        })
    });
    told.collect()
}

fn check(site: &Site) -> Vec<String> {
    told(&site.run(&["check", "--format", "json", "--as-of", "2026-11-21"]))
}

const TOLD: [&str; 14] = [
    "modules/01-calls/01-listening.md:3: renamed to `04-closing.md`: \"04-closing.md\"",
    "modules/01-calls/01-listening.md:7: renamed to `04-closing.md#a-good-end`: 04-closing.md#a-good-end",
    "modules/01-calls/01-listening.md:7: renamed to `04-closing.md`: 04-closing.md",
    "modules/01-calls/01-listening.md:11: renamed to `@/01-calls/04-closing.md`: -",
    "modules/01-calls/04-closing.md:6: renamed to `../05-income/01-rent.md`: ../05-income/01-rent.md",
    "modules/01-calls/index.md:3: renamed to `04-closing.md`: \"04-closing.md\"",
    "modules/01-calls/index.md:5: renamed to `04-closing.md`: 04-closing.md",
    "modules/answers.toml:4: renamed to `01-calls/04-closing.md`: \"01-calls/04-closing.md#a-good-end\"",
    "modules/index.md:4: renamed to `05-income/index.md`: 05-income/index.md",
    "modules/index.md:4: renamed to `05-income/01-rent.md`: 05-income/01-rent.md",
    "modules/paths.toml:4: renamed to `income`: \"income\"",
    "modules/paths.toml:5: renamed to `01-calls/04-closing.md`: \"01-calls/04-closing.md\"",
    "modules/topics.toml:5: renamed to `01-calls/04-closing.md`: \"01-calls/04-closing.md\"",
    "modules/topics.toml:7: renamed to `income`: \"income\"",
];

#[test]
fn everything_that_names_a_page_hears_what_it_is_called_now() {
    for knows in ["git", "a build"] {
        let site = Site::of(&FILES);
        let clean = site.run(&["check", "-q", "--strict", "--as-of", "2026-11-21"]);
        assert_eq!(clean.code, Some(0), "nothing is missing yet: {}", clean.out);
        match knows {
            "git" => commit(site.root(), "first"),
            _ => drop(site.does(&["build", "--no-reports"])),
        }
        let lesson = "modules/01-calls/01-listening.md";
        let text = site.text(lesson) + "\n[Its place](@/01-calls/02-ends.md#nowhere)\n";
        site.write(lesson, &text);
        rename(&site);
        assert_eq!(check(&site), TOLD, "{knows}");
        site.run(&["check", "--fix"]);
        let left = check(&site);
        assert_eq!(
            left,
            [TOLD[3]],
            "what stood behind # is not given up: {knows}"
        );
        for (path, words) in [
            ("topics.toml", "home = \"01-calls/04-closing.md\""),
            ("topics.toml", "[\"income\"]"),
            ("answers.toml", "to = \"01-calls/04-closing.md#a-good-end\""),
            (
                "01-calls/index.md",
                "order = [\"03-pause.md\", \"04-closing.md\", \"01-listening.md\"]",
            ),
            (
                "01-calls/01-listening.md",
                "[the end](04-closing.md#a-good-end \"End\")",
            ),
            ("01-calls/01-listening.md", "[e]: <04-closing.md>"),
            ("01-calls/04-closing.md", "[money](../05-income/01-rent.md)"),
            ("index.md", "[money](05-income/index.md)"),
        ] {
            let text = site.text(&format!("modules/{path}"));
            assert!(text.contains(words), "{path}: {text}");
        }
    }
}

#[test]
fn where_nobody_knows_nothing_is_said() {
    let site = Site::of(&FILES);
    rename(&site);
    assert_eq!(check(&site), [""; 0], "neither a build nor git");
}

#[test]
fn what_could_have_become_of_two_files_is_not_said() {
    let twice = |site: &Site| {
        let modules = site.root().join("modules/01-calls");
        fs::copy(modules.join("03-pause.md"), modules.join("07-wait.md")).expect("copied");
        fs::rename(modules.join("03-pause.md"), modules.join("08-halt.md")).expect("renamed");
    };
    let reworded = |site: &Site| {
        let modules = site.root().join("modules/01-calls");
        fs::remove_file(modules.join("03-pause.md")).expect("removed");
        site.write(
            "modules/01-calls/07-wait.md",
            "+++\ntitle = \"Pause\"\n+++\nWait longer.\n",
        );
    };
    for (what, change) in [
        ("two", &twice as &dyn Fn(&Site)),
        ("other words", &reworded),
    ] {
        let site = Site::of(&FILES);
        site.does(&["build", "--no-reports"]);
        commit(site.root(), "first");
        change(&site);
        let said = site.run(&["check", "--format", "json"]);
        let missing = "no lesson or file at `03-pause.md`";
        assert!(said.out.contains(missing), "{what}: {}", said.out);
        assert_eq!(told(&said), [""; 0], "{what}");
    }
}

#[test]
fn an_entry_of_an_order_that_left_its_folder_is_named_where_it_is() {
    let site = Site::of(&FILES);
    site.does(&["build", "--no-reports"]);
    let modules = site.root().join("modules");
    fs::rename(
        modules.join("01-calls/03-pause.md"),
        modules.join("02-bills/09-rest.md"),
    )
    .expect("renamed");
    assert_eq!(
        check(&site),
        [
            "modules/01-calls/01-listening.md:7: renamed to `../02-bills/09-rest.md`: ../02-bills/09-rest.md",
            "modules/01-calls/index.md:3: renamed to `modules/02-bills/09-rest.md`: -",
        ]
    );
}

#[test]
fn a_build_after_a_rename_notes_the_new_path_though_no_page_is_different() {
    let site = Site::of(&FILES);
    let pause = "modules/01-calls/03-pause.md";
    site.write(
        pause,
        "+++\ntitle = \"Pause\"\nslug = \"pause\"\n+++\nWait.\n",
    );
    site.does(&["build", "--no-reports"]);
    for (from, to) in [("03-pause.md", "04-wait.md"), ("04-wait.md", "05-rest.md")] {
        site.does(&[
            "mv",
            &format!("modules/01-calls/{from}"),
            &format!("modules/01-calls/{to}"),
        ]);
        site.does(&["build", "--no-reports"]);
        let manifest = site.text("public/.throughline-manifest");
        assert!(
            manifest.contains(&format!(" 01-calls/{to}\n")),
            "{manifest}"
        );
        assert!(
            !manifest.contains(&format!(" 01-calls/{from}\n")),
            "{manifest}"
        );
    }
}

#[cfg(unix)]
#[test]
fn git_is_asked_only_where_a_page_is_missing() {
    use std::os::unix::fs::PermissionsExt as _;

    let site = Site::of(&FILES);
    let tools = tempfile::tempdir().expect("a temporary folder can be made");
    let (fake, mark) = (tools.path().join("git"), tools.path().join("asked"));
    fs::write(
        &fake,
        format!("#!/bin/sh\n: > '{}'\nexit 128\n", mark.display()),
    )
    .expect("written");
    fs::set_permissions(&fake, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let check = || {
        let output = program(site.root())
            .args(["check", "-q"])
            .env("PATH", tools.path())
            .output()
            .expect("the program starts");
        assert_ne!(output.status.code(), Some(2), "{output:?}");
        mark.exists()
    };
    assert!(!check(), "nothing is missing");
    rename(&site);
    assert!(check(), "something is");
}
