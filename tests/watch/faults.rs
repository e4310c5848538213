//! A fault never takes the preview away, and is shown until it is mended.

use serde_json::Value;

use super::client::{Page, Preview, program, version, write_curriculum};
use super::support::write;

/// Waits until a page is told of a finding of a rule.
fn finding(page: &mut Page, rule: &str) -> (Value, Value) {
    let has = |state: &Value| of_rule(state, rule).is_some();
    let state = page.wait_for(has);
    let finding = of_rule(&state, rule).unwrap().clone();
    (state, finding)
}

fn of_rule<'s>(state: &'s Value, rule: &str) -> Option<&'s Value> {
    state["findings"]
        .as_array()?
        .iter()
        .find(|finding| finding["rule"] == rule)
}

fn is_clean(state: &Value) -> bool {
    state["findings"].as_array().is_some_and(Vec::is_empty) && state["failure"].is_null()
}

#[test]
fn an_error_in_a_lesson_keeps_its_page_and_is_shown_until_it_is_mended() {
    let preview = Preview::start(&[]);
    let before = preview.get("/calls/asking.html");
    let mut page = preview.open("/calls/asking.html");
    let mut other = preview.open("/money/paying.html");
    assert!(is_clean(&page.next()) && is_clean(&other.next()));

    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nSee <b> [this](nowhere.md).",
    );
    let (state, broken) = finding(&mut page, "broken-link");
    assert_eq!(state["kept"], true);
    assert_eq!(
        state["version"],
        version(&before).as_str(),
        "an open page is not reloaded"
    );
    assert_eq!(broken["file"], "modules/01-calls/02-asking.md");
    assert_eq!(broken["line"], 7);
    assert_eq!(
        broken["quote"]["parts"],
        serde_json::json!(["See <b> ", "[this](nowhere.md)", "."])
    );
    assert_eq!(preview.get("/calls/asking.html").body, before.body);
    assert_eq!(
        finding(&mut other, "broken-link").0["kept"],
        false,
        "other pages show the error, too"
    );

    // Still broken, but other pages go on.
    preview.write_lesson("modules/02-money/01-paying.md", "Paid.");
    preview.wait_for("/money/paying.html", "Paid.");
    assert_eq!(preview.get("/calls/asking.html").body, before.body);

    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nMended.",
    );
    let state = page.wait_for(is_clean);
    assert_ne!(state["version"], version(&before).as_str());
    assert!(preview.get("/calls/asking.html").body.contains("Mended."));
    other.wait_for(is_clean);
}

#[test]
fn a_page_that_nobody_has_opened_stays_as_well() {
    let preview = Preview::start(&[]);
    preview.write(
        "modules/01-calls/02-asking.md",
        "+++\ntitle = \n+++\n\nBroken front matter.\n",
    );
    let mut page = preview.open("/money/paying.html");
    page.wait_for(|state| state["errors"].as_u64() > Some(0));
    assert!(preview.get("/calls/asking.html").body.contains("Ask them."));
}

#[test]
fn a_broken_configuration_register_template_or_theme_keeps_the_whole_site() {
    for (path, broken, mended, names) in [
        (
            "config.toml",
            "title = \n",
            "title = \"Practice\"\n",
            "config.toml",
        ),
        (
            "config.toml",
            "theme = \"nowhere\"\n",
            "title = \"Practice\"\n",
            "nowhere",
        ),
        (
            "themes/default/templates/lesson.html",
            "{% if %}",
            "{% extends \"default/lesson.html\" %}",
            "lesson.html",
        ),
        (
            "themes/default/templates/lesson.html",
            "{{ page.nothing.there }}",
            "{% extends \"default/lesson.html\" %}",
            "lesson.html",
        ),
        ("themes/default/theme.toml", "strings = [", "", "theme.toml"),
    ] {
        let preview = Preview::start(&[]);
        let before = preview.get("/calls/asking.html").body;
        let mut page = preview.open("/calls/asking.html");
        assert!(is_clean(&page.next()));
        preview.write(path, broken);
        let state = page.wait_for(|state| !state["failure"].is_null());
        assert!(
            state["failure"].as_str().unwrap().contains(names),
            "{broken:?}: {state}"
        );
        for url in [
            "/",
            "/calls/asking.html",
            "/money/paying.html",
            "/topics/empathy.html",
            "/assets/site.css",
        ] {
            assert_eq!(preview.get(url).status, 200, "{broken:?} {url}");
        }
        assert_eq!(preview.get("/calls/asking.html").body, before, "{broken:?}");
        assert!(
            preview
                .get("/_throughline/")
                .body
                .contains("The site cannot be made"),
            "{broken:?}"
        );
        preview.write(path, mended);
        page.wait_for(is_clean);
        preview.write_lesson(
            "modules/01-calls/02-asking.md",
            "## Open questions\n\nGoing on.",
        );
        preview.wait_for("/calls/asking.html", "Going on.");
    }
}

#[test]
fn a_broken_register_keeps_its_topics() {
    let preview = Preview::start(&[]);
    let register = std::fs::read_to_string(preview.path("modules/topics.toml")).unwrap();
    let before = preview.get("/topics/empathy.html").body;
    let mut page = preview.open("/topics/empathy.html");
    preview.write("modules/topics.toml", "[[topic]\n");
    let (state, _) = finding(&mut page, "invalid-register");
    assert_eq!(state["kept"], true);
    assert_eq!(preview.get("/topics/empathy.html").body, before);
    preview.write("modules/topics.toml", &register);
    page.wait_for(is_clean);
}

#[test]
fn a_preview_may_start_broken() {
    let preview = Preview::start_of(&[], |root| {
        write_curriculum(root);
        write(root, "config.toml", "title = \n");
    });
    let answer = preview.get("/calls/asking.html");
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("_throughline/preview.js"));
    preview.write("config.toml", "title = \"Mended\"\n");
    preview.wait_for("/calls/asking.html", "Ask them.");
}

#[test]
fn the_terminal_tells_what_is_new_and_what_is_gone() {
    let preview = Preview::start(&[]);
    let mut page = preview.open("/");
    preview.replace_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\n[the next step](nowhere.md)",
    );
    finding(&mut page, "broken-link");
    // Source lines are read when they are shown: pages hear of a change a little before.
    preview.wait_to_hear("[the next step](nowhere.md)");
    // Moved by two lines: neither new nor gone.
    preview.replace_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nA line.\n\n[the next step](nowhere.md)",
    );
    page.wait_for(|state| {
        of_rule(state, "broken-link").is_some_and(|finding| finding["line"] == 9)
    });
    preview.replace_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nMended.",
    );
    page.wait_for(is_clean);
    std::thread::sleep(std::time::Duration::from_millis(200));
    let said = preview.wait_to_hear("gone: error[broken-link]");
    assert_eq!(said.matches("error[broken-link]: ").count(), 1, "{said}");
    assert_eq!(
        said.matches("gone: error[broken-link] modules/01-calls/02-asking.md:9: ")
            .count(),
        1,
        "{said}"
    );
    assert_eq!(
        said.matches("[the next step](nowhere.md)").count(),
        1,
        "the source line is quoted once: {said}"
    );
    assert!(
        said.contains("modules/01-calls/02-asking.md: ") && said.contains(" ms"),
        "{said}"
    );
}

#[test]
fn the_terminal_shows_the_gravest_of_very_many_findings() {
    let preview = Preview::start(&[]);
    let links: Vec<String> = (0..25).map(|n| format!("[it](nowhere-{n}.md)")).collect();
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        &format!(
            "## Open questions\n\nCall 0800 123 4567.\n\n{}",
            links.join("\n\n")
        ),
    );
    let said = preview.wait_to_hear("26 new, 0 gone; now 25 errors, 1 warning");
    assert_eq!(said.matches("error[broken-link]: ").count(), 20, "{said}");
    assert!(
        said.contains("and 6 more, all listed in the preview under _throughline/"),
        "{said}"
    );
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nMended.",
    );
    let said = preview.wait_to_hear("0 new, 26 gone; now 0 errors, 0 warnings");
    assert!(said.contains("gone: 6 more"), "{said}");
}

#[test]
fn the_terminal_tells_when_a_site_cannot_be_made_and_when_it_can() {
    let preview = Preview::start(&[]);
    preview.write("config.toml", "title = \n");
    let said = preview.wait_to_hear("the preview stays as it was");
    assert!(
        said.contains("error: ") && said.contains("config.toml"),
        "{said}"
    );
    preview.write("config.toml", "title = \"Mended\"\n");
    preview.wait_to_hear("the preview goes on");
}

#[test]
fn the_reviewers_view_lists_findings_as_text() {
    let preview = Preview::start(&[]);
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\n[<script>x()</script>](nowhere.md)",
    );
    let answer = preview.wait_for("/_throughline/", "broken-link");
    assert!(
        answer.body.contains("nowhere.md") && !answer.body.contains("<script>x"),
        "{}",
        answer.body
    );
    assert!(
        answer
            .body
            .contains("<a href=\"/calls/asking.html\">modules/01-calls/02-asking.md</a>"),
        "{}",
        answer.body
    );
}

#[test]
fn what_is_known_keeps_no_page_back_and_new_faults_do() {
    let lesson = "modules/01-calls/02-asking.md";
    let text = "+++\ntitle = \"Asking\"\n+++\nSee [this](nowhere.md).\n";
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let known = folder.path().join("known.json");
    let known = known.to_str().expect("its path is text");
    let preview = Preview::start_of(&["--baseline", known], |root| {
        write_curriculum(root);
        write(root, lesson, text);
        let status = std::process::Command::new(program())
            .current_dir(root)
            .args(["check", "--write-baseline", known])
            .status()
            .expect("the program starts");
        assert!(status.success());
    });
    let mut page = preview.open("/calls/asking.html");
    let first = page.next();
    assert!(of_rule(&first, "broken-link").is_none(), "{first}");
    preview.write(lesson, &format!("{text}\nA word more.\n"));
    preview.wait_for("/calls/asking.html", "A word more.");
    preview.write(lesson, &format!("{text}\nAnd [that](nothing.md).\n"));
    let (_, broken) = finding(&mut page, "broken-link");
    assert_eq!(broken["line"], 6);
}

#[test]
fn the_terminal_counts_what_it_does_not_show() {
    let preview = Preview::start(&[]);
    preview.write_lesson("modules/02-money/02-alone.md", "Nobody links here.");
    let said = preview.wait_to_hear("1 new, 0 gone; now 0 errors, 0 warnings, 1 info");
    assert!(!said.contains("orphan-lesson"), "{said}");
}
