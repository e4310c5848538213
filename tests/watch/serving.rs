//! The site is served from memory, and pages follow their sources.

use std::fs;

use super::client::{Preview, program, version};

#[test]
fn pages_files_folders_and_what_is_missing() {
    let preview = Preview::start(&[]);
    for (path, status, kind, part) in [
        ("/", 200, "text/html; charset=utf-8", "Practice"),
        ("/index.html", 200, "text/html; charset=utf-8", "Practice"),
        ("/calls/", 200, "text/html; charset=utf-8", "Calls"),
        (
            "/calls/listening.html",
            200,
            "text/html; charset=utf-8",
            "Listen with",
        ),
        (
            "/topics/empathy.html",
            200,
            "text/html; charset=utf-8",
            "Empathy",
        ),
        ("/assets/site.css", 200, "text/css; charset=utf-8", "{"),
        (
            "/search/index.js",
            200,
            "text/javascript; charset=utf-8",
            "throughlineSearch",
        ),
        (
            "/search/d-0.js",
            200,
            "text/javascript; charset=utf-8",
            "Listening",
        ),
        ("/calls/images/wave.png", 200, "image/png", "first wave"),
        ("/calls", 302, "text/plain; charset=utf-8", ""),
        (
            "/nothing/here.html",
            404,
            "text/html; charset=utf-8",
            "Page not found",
        ),
        ("/_throughline/", 200, "text/html; charset=utf-8", "Review"),
        (
            "/_throughline/reports/",
            200,
            "text/html; charset=utf-8",
            "preview.js",
        ),
        (
            "/_throughline/reports/coverage.html",
            200,
            "text/html; charset=utf-8",
            "Empathy",
        ),
        (
            "/_throughline/reports/nothing.html",
            404,
            "text/plain; charset=utf-8",
            "nothing",
        ),
        (
            "/_throughline/preview.js",
            200,
            "text/javascript; charset=utf-8",
            "WebSocket",
        ),
        (
            "/_throughline/nothing",
            404,
            "text/plain; charset=utf-8",
            "nothing",
        ),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert!(answer.body.contains(part), "{path}: {}", answer.body);
    }
    assert_eq!(preview.get("/calls").header("location"), Some("/calls/"));
    assert!(!preview.path("public").exists() && !preview.path("reports").exists());
}

#[test]
fn a_page_is_what_a_build_writes_with_one_script_more() {
    let preview = Preview::start(&[]);
    let built = std::process::Command::new(program())
        .current_dir(preview.root())
        .args([
            "build",
            "-q",
            "--as-of",
            "2026-11-21",
            "-o",
            "site",
            "--root",
        ])
        .arg(preview.root())
        .status()
        .unwrap();
    assert!(built.success());
    for path in [
        "index.html",
        "calls/index.html",
        "calls/listening.html",
        "topics/empathy.html",
        "map.html",
        "calls/print.html",
    ] {
        let answer = preview.get(&format!("/{path}"));
        let tag = format!(
            "<script src=\"/_throughline/preview.js\" data-version=\"{}\" defer></script>",
            version(&answer)
        );
        let served = answer.body.replace(&tag, "");
        assert_eq!(
            served,
            fs::read_to_string(preview.path("site").join(path)).unwrap(),
            "{path}"
        );
    }
}

#[test]
fn an_open_page_is_told_of_its_own_changes_alone() {
    let preview = Preview::start(&[]);
    let mut own = preview.open("/calls/asking.html");
    let mut other = preview.open("/money/paying.html");
    let before = version(&preview.get("/calls/asking.html"));
    assert_eq!(own.next()["version"], before.as_str());
    let unchanged = other.next()["version"].clone();
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nAsk more of them.",
    );
    let after = own.wait_for(|state| state["version"] != before.as_str());
    assert_eq!(
        after["version"],
        version(&preview.get("/calls/asking.html")).as_str()
    );
    // The next thing that the other page hears is about itself.
    preview.write_lesson("modules/02-money/01-paying.md", "Pay less.");
    assert_ne!(other.next()["version"], unchanged);
}

#[test]
fn the_edition_and_drafts_are_as_asked_for() {
    let text = "::: facilitator\nA note.\n:::\n";
    for (options, path, part, expected) in [
        (&[][..], "/calls/asking.html", "A note.", false),
        (
            &["--edition", "facilitator"][..],
            "/calls/asking.html",
            "A note.",
            true,
        ),
        (
            &["-u", "https://example.org/"][..],
            "/calls/asking.html",
            "example.org",
            false,
        ),
        (&[][..], "/calls/draft.html", "Soon", false),
        (&["--drafts"][..], "/calls/draft.html", "Soon", true),
    ] {
        let preview = Preview::start_of(options, |root| {
            super::client::write_curriculum(root);
            super::support::write(
                root,
                "modules/01-calls/02-asking.md",
                format!("+++\ntitle = \"Asking\"\n+++\n\n## Open questions\n\n{text}"),
            );
            super::support::write(
                root,
                "modules/01-calls/03-draft.md",
                "+++\ntitle = \"Draft\"\ndraft = true\n+++\n\nSoon.\n",
            );
        });
        assert_eq!(
            preview.get(path).body.contains(part),
            expected,
            "{options:?} {path}"
        );
    }
}

#[test]
fn a_port_or_interface_that_cannot_be_used_is_named() {
    let preview = Preview::start(&[]);
    let taken = preview.address.port().to_string();
    for (options, names, help) in [
        (
            ["-p", &taken, "--interface", "127.0.0.1"],
            "127.0.0.1:",
            "--port 0",
        ),
        // An address for documentation, which no machine has.
        (
            ["-p", "0", "--interface", "192.0.2.1"],
            "192.0.2.1:",
            "`--interface`",
        ),
    ] {
        let second = std::process::Command::new(program())
            .args(["watch", "--root"])
            .arg(preview.root())
            .args(options)
            .output()
            .unwrap();
        assert_eq!(second.status.code(), Some(2), "{options:?}");
        let said = String::from_utf8_lossy(&second.stderr).into_owned();
        assert!(
            said.contains(&format!("cannot listen at {names}")) && said.contains(help),
            "{said}"
        );
    }
}
