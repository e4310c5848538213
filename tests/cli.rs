//! The command line as people use it: transcripts in `tests/cli/`, and the cases that need a folder laid out first.

mod support;

use std::fs;
use std::path::Path;

use support::{laid_out, program, run, run_on as throughline, said, text, write};

/// Lays out the curriculum that `init` makes.
fn start() -> tempfile::TempDir {
    let folder = laid_out(&[]);
    let output = run(folder.path(), &["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    folder
}

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd");
}

#[test]
fn a_theme_overrides_single_files_and_extends_the_default() {
    let folder = start();
    let root = folder.path();
    write(root, "config.toml", "title = \"T\"\ntheme = \"ours\"\n");
    write(
        root,
        "themes/ours/templates/lesson.html",
        "{% extends \"default/lesson.html\" %}{% block footer %}<p>Ask your team leader.</p>{% endblock footer %}",
    );
    write(
        root,
        "themes/ours/static/icon.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    write(
        root,
        "themes/ours/theme.toml",
        "[strings]\nactivity = \"Your turn\"\n",
    );
    let output = throughline(root, &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let page = fs::read_to_string(root.join("public/first-steps/practice.html")).expect("the page");
    assert!(
        page.contains("Ask your team leader."),
        "the block is overridden"
    );
    assert!(
        page.contains("Practise listening"),
        "the rest is the default's"
    );
    assert!(
        page.contains("Your turn"),
        "words of the interface are replaced"
    );
    let icon = fs::read_to_string(root.join("public/assets/icon.svg")).expect("the icon");
    assert_eq!(icon, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert!(
        root.join("public/assets/site.css").is_file(),
        "other files are the default's"
    );
}

#[test]
fn a_language_that_runs_from_right_to_left_says_so_on_every_page() {
    for (language, expected) in [
        ("ar", "<html lang=\"ar\" dir=\"rtl\">"),
        ("az-Latn", "<html lang=\"az-Latn\">"),
    ] {
        let folder = start();
        let root = folder.path();
        let config = format!("language = \"{language}\"\n");
        write(root, "config.toml", &config);
        write(
            root,
            "modules/01-first-steps/90-last.md",
            "+++\ntitle = \"L\"\naliases = [\"old.html\"]\n+++\n",
        );
        let output = throughline(root, &["build"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        for page in [
            "index.html",
            "404.html",
            "topics/index.html",
            "first-steps/print.html",
            "old.html",
        ] {
            let html = fs::read_to_string(root.join("public").join(page)).expect("the page");
            assert!(html.contains(expected), "{page} in {language}");
        }
    }
}

#[test]
fn what_stops_the_tool_exits_with_two_and_names_the_place() {
    for (path, content, expected) in [
        (
            "config.toml",
            "title = \n",
            vec!["config.toml:1:", "not TOML"],
        ),
        (
            "config.toml",
            "title = 3\n",
            vec!["config.toml:1:9", "`title` must be"],
        ),
        (
            "config.toml",
            "language = \"english\"\n",
            vec!["config.toml:1:12", "`english` is no language tag", "\"en\""],
        ),
        (
            "config.toml",
            "theme = \"nowhere\"\n",
            vec!["themes/nowhere"],
        ),
        (
            "themes/default/templates/lesson.html",
            "{% extends \"layout.html\" %}\n{% block main %}\n{{ page.title | nonsense }}\n{% endblock main %}\n",
            vec!["lesson.html", "nonsense"],
        ),
        (
            "themes/default/templates/lesson.html",
            "<p>\n{% if page.title %}\n",
            vec!["lesson.html"],
        ),
    ] {
        let folder = start();
        let root = folder.path();
        assert_eq!(throughline(root, &["build"]).status.code(), Some(0));
        let before = fs::read(root.join("public/index.html")).expect("the former site");
        write(root, path, content);
        let output = throughline(root, &["build"]);
        let stderr = said(&output);
        assert_eq!(output.status.code(), Some(2), "{path}: {stderr}");
        for words in expected {
            assert!(
                stderr.replace('\\', "/").contains(words),
                "{path}: `{words}` in\n{stderr}"
            );
        }
        let after = fs::read(root.join("public/index.html")).expect("the former site stays");
        assert_eq!(before, after, "{path}");
    }
}

#[test]
fn a_template_fault_names_its_line() {
    let folder = start();
    let root = folder.path();
    write(
        root,
        "themes/default/templates/404.html",
        "{% extends \"layout.html\" %}\n{% block main %}\n\n{{ page.title + 1 }}\n{% endblock main %}\n",
    );
    let output = throughline(root, &["build"]);
    let stderr = said(&output);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("404.html") && stderr.contains('4'),
        "{stderr}"
    );
}

#[test]
fn errors_leave_the_former_site_and_mended_errors_replace_it() {
    let folder = start();
    let root = folder.path();
    assert_eq!(throughline(root, &["build"]).status.code(), Some(0));
    let page = root.join("public/first-steps/listening.html");
    let before = fs::read(&page).expect("the page");
    write(
        root,
        "modules/01-first-steps/01-listening.md",
        "+++\ntitle = \"Listening\"\n+++\n## Three habits {#three-habits topics=active-listening}\n\nSee [the next one](03-gone.md).\n",
    );
    let output = throughline(root, &["build"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("modules/01-first-steps/01-listening.md:6:5"));
    assert_eq!(before, fs::read(&page).expect("the former page stays"));
    fs::remove_file(root.join("modules/01-first-steps/02-practice.md"))
        .expect("a lesson is removed");
    write(
        root,
        "modules/01-first-steps/01-listening.md",
        "+++\ntitle = \"Listening\"\n+++\n## Three habits {#three-habits topics=active-listening}\n\nNo link.\n",
    );
    write(
        root,
        "modules/01-first-steps/index.md",
        "+++\ntitle = \"First steps\"\n+++\nHello.\n",
    );
    write(
        root,
        "modules/topics.toml",
        "[[topic]]\nid = \"active-listening\"\nname = \"Active listening\"\n",
    );
    let output = throughline(root, &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_ne!(before, fs::read(&page).expect("the new page"));
    assert!(
        !root.join("public/first-steps/practice.html").exists(),
        "no stale page"
    );
}

#[test]
fn strict_lets_warnings_fail() {
    let folder = start();
    let root = folder.path();
    write(
        root,
        "modules/01-first-steps/03-more.md",
        "+++\ntitle = \"More\"\n+++\nSee [here](01-listening.md).\n",
    );
    assert_eq!(throughline(root, &["check"]).status.code(), Some(0));
    assert_eq!(
        throughline(root, &["check", "--strict"]).status.code(),
        Some(1)
    );
    assert_eq!(
        throughline(root, &["build", "--strict"]).status.code(),
        Some(1)
    );
    assert!(
        !root.join("public").exists(),
        "a strict build with warnings writes nothing"
    );
    assert_eq!(throughline(root, &["build"]).status.code(), Some(0));
}

#[test]
fn output_folders_that_are_not_ours_are_refused() {
    let folder = start();
    let root = folder.path();
    write(root, "notes/mine.txt", "keep me");
    for output in [
        "notes",
        ".",
        "modules",
        "modules/01-first-steps",
        "/",
        "config.toml",
    ] {
        let output = root.join(output);
        let output = output.to_str().expect("the path is UTF-8");
        let result = throughline(root, &["build", "-o", output]);
        assert_eq!(result.status.code(), Some(2), "{output}: {}", said(&result));
    }
    assert_eq!(
        fs::read_to_string(root.join("notes/mine.txt")).expect("kept"),
        "keep me"
    );
}

/// What is named on the command line counts from where it is typed, and what the configuration names from the root.
#[test]
fn folders_of_the_command_line_count_from_the_current_folder() {
    let folder = start();
    let root = folder.path();
    let around = laid_out(&[]);
    let build = |folder: &Path, arguments: &[&str]| {
        let output = run(folder, arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        said
    };
    let named = root.to_str().expect("the path is UTF-8");
    let said = build(
        around.path(),
        &[
            "--root",
            named,
            "build",
            "-o",
            "site",
            "--reports-dir",
            "for/us",
        ],
    );
    assert!(
        said.contains("in `site`, ") && said.contains("`for/us/index.html`"),
        "{said}"
    );
    build(around.path(), &["--root", named, "package", "-o", "zips"]);
    for made in ["site/index.html", "for/us/index.html", "zips"] {
        assert!(around.path().join(made).exists(), "{made}");
        assert!(!root.join(made).exists(), "{made}");
    }
    build(around.path(), &["--root", named, "package"]);
    assert!(root.join("packages").is_dir());
    // From inside the curriculum too; the usual site is the usual one under any name.
    let modules = root.join("modules");
    let said = build(&modules, &["build", "-o", "../public"]);
    assert!(said.contains("reports for reviewers"), "{said}");
    assert!(root.join("public/index.html").is_file());
    assert!(!root.join("modules/public").exists());
}

#[test]
fn the_facilitator_edition_has_notes_that_the_learner_edition_lacks() {
    let folder = start();
    let root = folder.path();
    let note = "Two minutes each, six minutes";
    let built = |arguments: &[&str], output: &str| {
        let folder = root.join(output);
        let mut all = vec!["build", "-o", folder.to_str().expect("the path is UTF-8")];
        all.extend(arguments);
        let result = throughline(root, &all);
        assert_eq!(result.status.code(), Some(0), "{}", said(&result));
        let page = fs::read_to_string(root.join(output).join("first-steps/practice.html"))
            .expect("the page");
        let index = fs::read_to_string(root.join(output).join("search/x-0.js")).expect("the index");
        (page.contains(note), index.contains(note))
    };
    assert_eq!(built(&[], "learner"), (false, false));
    assert_eq!(
        built(&["--edition", "facilitator"], "facilitator"),
        (true, true)
    );
}

#[test]
fn a_build_shows_what_stands_in_its_way_and_counts_the_rest() {
    let folder = start();
    let root = folder.path();
    write(
        root,
        "modules/01-first-steps/09-new.md",
        "+++\ntitle = \"New\"\n+++\n\nSee [the other](nowhere.md).\n",
    );
    let usual = text(&throughline(root, &["build"]).stderr);
    assert!(usual.contains("error[broken-link]"), "{usual}");
    // Among a hundred infos an error would not be seen.
    assert!(!usual.contains("info["), "{usual}");
    assert!(
        usual.contains("and 1 info, which `throughline check` shows"),
        "{usual}"
    );
    let much = text(&throughline(root, &["build", "-v"]).stderr);
    assert!(much.contains("info[orphan-lesson]"), "{much}");
}

#[test]
fn remarks_for_editors_are_on_the_screen_of_the_facilitator_edition_alone() {
    let folder = start();
    let root = folder.path();
    write(root, "config.toml", "title = \"T\"\n");
    write(
        root,
        "modules/09-more/index.md",
        "+++\ntitle = \"More\"\n+++\n",
    );
    write(
        root,
        "modules/09-more/01-remarks.md",
        "+++\ntitle = \"Remarks\"\n+++\nShown [spoken remark]{editorial} text.\n\n::: editorial [Ask]\nWritten remark.\n:::\n",
    );
    let remarks = |path: &str| {
        let page = fs::read_to_string(root.join("public").join(path)).expect("a page");
        ["spoken remark", "Written remark"].map(|remark| page.contains(remark))
    };
    for (edition, on_screen) in [("learner", false), ("facilitator", true)] {
        let output = throughline(root, &["build", "--edition", edition]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(remarks("more/remarks.html"), [on_screen; 2], "{edition}");
        assert_eq!(
            remarks("more/print.html"),
            [false; 2],
            "{edition}, on paper"
        );
        assert_eq!(remarks("search/x-0.js"), [false; 2], "{edition}, in search");
    }
}

#[test]
fn what_a_team_has_written_fills_its_blocks_where_somebody_asks_for_it() {
    let folder = start();
    let root = folder.path();
    write(
        root,
        "modules/09-more/index.md",
        "+++\ntitle = \"More\"\n+++\n",
    );
    write(
        root,
        "modules/09-more/01-slots.md",
        "+++\ntitle = \"Slots\"\n+++\n::: local [Whom to ring] {#ring}\n:::\n\nAfter.\n",
    );
    write(
        root,
        "local/more/ring.md",
        "Ring **extension 12**, or [say why](01-slots.md).\n",
    );
    let page = || fs::read_to_string(root.join("public/more/slots.html")).expect("a page");
    let output = throughline(root, &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(page().contains("local-space") && !page().contains("extension 12"));
    let output = throughline(root, &["build", "--local"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!page().contains("local-space"), "{}", page());
    assert!(page().contains(
        "<p>Ring <strong>extension 12</strong>, or <a href=\"slots.html\">say why</a>.</p>"
    ));

    write(root, "local/more/rung.md", "Nobody asks for this.\n");
    write(
        root,
        "local/more/ring.md",
        "Go to [nowhere at all](nowhere.md).\n",
    );
    let output = throughline(root, &["check", "--local"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("no `local` block of the module `more` has the id `rung`"),
        "{said}"
    );
    assert!(
        said.contains("local/more/rung.md") && said.contains("did you mean `ring`?"),
        "{said}"
    );
    assert!(
        said.contains("modules/09-more/01-slots.md:4"),
        "its place is the block's: {said}"
    );

    fs::remove_dir_all(root.join("local")).expect("the folder can be removed");
    let output = throughline(root, &["check", "--local"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "a test that is skipped in part says so"
)]
fn today_is_the_day_where_the_author_is() {
    let folder = start();
    let today = |zone: &str| {
        let output = program(folder.path())
            .args(["check", "--format", "json"])
            .env("TZ", zone)
            .output()
            .expect("the program starts");
        let report: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("the report is JSON");
        report["as_of"].as_str().expect("it has a day").to_owned()
    };
    // Twenty-six hours lie between the two, so it is never the same day in both.
    assert!(today("EAST-14") > today("WEST+12"));

    if !Path::new("/usr/share/zoneinfo/Pacific/Kiritimati").exists() {
        println!("skipped: this system has no database of time zones, so none has a name");
        return;
    }
    for east in ["Pacific/Kiritimati", ":Pacific/Kiritimati"] {
        assert!(today(east) > today("Etc/GMT+12"), "{east}");
    }
}

/// Several curricula may share a register: what a link leads to is written, and the link stays.
#[cfg(unix)]
#[test]
fn a_topic_is_added_to_the_register_that_a_link_leads_to() {
    let folder = start();
    write(folder.path(), "shared.toml", "");
    let link = folder.path().join("modules/topics.toml");
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink("../shared.toml", &link).expect("the link can be made");
    let run = throughline(folder.path(), &["new", "topic", "grief"]);
    assert!(run.status.success(), "{}", said(&run));
    assert!(link.is_symlink());
    let shared = fs::read_to_string(folder.path().join("shared.toml")).expect("it is there");
    assert!(shared.contains("id = \"grief\""), "{shared}");
}

/// What `new` writes must pass the checks that come after it, whatever somebody calls it.
#[test]
fn what_is_new_has_a_name_that_passes_its_checks() {
    let folder = start();
    let root = folder.path();
    for title in ["傾聴", "Con", "Print", "Topics", "हिन्दी", "Double booking"] {
        for arguments in [
            vec!["new", "topic", title],
            vec!["new", "module", title],
            vec!["new", "lesson", "01-first-steps", title],
        ] {
            let run = throughline(root, &arguments);
            assert!(run.status.success(), "{title}: {}", text(&run.stderr));
        }
    }
    let check = throughline(root, &["check"]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stdout));
    let topics = fs::read_to_string(root.join("modules/topics.toml")).expect("it is there");
    for entry in [
        "id = \"傾聴\"\nname = \"傾聴\"",
        "id = \"topic-con\"\nname = \"Con\"",
        "id = \"double-booking\"\nname = \"Double booking\"",
    ] {
        assert!(topics.contains(entry), "{entry} in {topics}");
    }
    assert!(
        root.join("modules/01-first-steps/05-lesson-print.md")
            .is_file()
    );

    let run = throughline(root, &["new", "topic", "!!!"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(
        text(&run.stderr).contains("`--name`"),
        "{}",
        text(&run.stderr)
    );
}

/// A name that only a file system can hold must neither steer a terminal nor turn the text of a report.
#[cfg(target_os = "linux")]
#[test]
fn reports_hold_no_character_of_a_name_that_is_unseen() {
    let folder = start();
    let root = folder.path();
    write(
        root,
        "modules/01-first-steps/b\u{202e}\u{9b}31m.md",
        "+++\ntitle = \"B\"\n+++\nSee [the map](nowhere.md).\n",
    );
    for arguments in [
        &["check", "--format", "json"][..],
        &["check", "--format", "sarif"],
        &["check", "--format", "junit"],
        &["check", "--format", "github"],
        &["check"],
        &["report", "links", "--format", "json"],
        &["report", "links", "--format", "html"],
        &["report", "links", "--format", "csv"],
        &["report", "links"],
        &["report", "links", "--format", "markdown"],
    ] {
        let run = throughline(root, arguments);
        let said = text(&run.stdout);
        assert!(said.contains("31m.md"), "{arguments:?}: {said}");
        assert!(!said.contains(['\u{202e}', '\u{9b}']), "{arguments:?}");
    }
}
