//! Every kind of change is noticed, a burst is one change, and nothing that is no change is taken for one.

use std::fs;
use std::io::Write;
use std::time::Duration;

use super::client::{Preview, version};

#[test]
fn lessons_registers_configuration_templates_and_static_files() {
    let preview = Preview::start(&[]);
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nAsk twice.",
    );
    preview.wait_for("/calls/asking.html", "Ask twice.");

    preview.write(
        "modules/topics.toml",
        "[[topic]]\nid = \"patience\"\nname = \"Patience\"\ndefinition = \"Waiting\"\n",
    );
    preview.wait_for("/topics/patience.html", "Waiting");
    preview.wait_for_status("/topics/empathy.html", 404);

    preview.write("config.toml", "title = \"Another name\"\n");
    preview.wait_for("/", "Another name");

    preview.write(
        "themes/default/templates/404.html",
        "<head></head>Lost and found",
    );
    preview.wait_for("/404.html", "Lost and found");

    let before = version(&preview.get("/"));
    preview.write("themes/default/static/site.css", "/* mine */");
    preview.wait_for("/assets/site.css", "/* mine */");
    assert_ne!(
        version(&preview.get("/")),
        before,
        "pages load the style sheet again"
    );

    let before = version(&preview.get("/calls/listening.html"));
    preview.write("modules/01-calls/images/wave.png", "other wave");
    let end = std::time::Instant::now() + super::client::PATIENCE;
    while version(&preview.get("/calls/listening.html")) == before {
        assert!(
            std::time::Instant::now() < end,
            "pages never load the image again"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(preview.get("/calls/images/wave.png").body, "other wave");
}

#[test]
fn folders_made_renamed_and_deleted() {
    let preview = Preview::start(&[]);
    let made = preview.path("modules/03-new/01-unit");
    fs::create_dir_all(&made).unwrap();
    fs::write(
        preview.path("modules/03-new/index.md"),
        "+++\ntitle = \"New\"\n+++\n",
    )
    .unwrap();
    fs::write(
        made.join("01-first.md"),
        "+++\ntitle = \"First\"\n+++\n\nFirst of all.\n",
    )
    .unwrap();
    preview.wait_for("/new/unit/first.html", "First of all.");

    fs::write(
        made.join("01-first.md"),
        "+++\ntitle = \"First\"\n+++\n\nWatched, too.\n",
    )
    .unwrap();
    preview.wait_for("/new/unit/first.html", "Watched, too.");

    fs::rename(
        preview.path("modules/03-new"),
        preview.path("modules/03-newer"),
    )
    .unwrap();
    preview.wait_for("/newer/unit/first.html", "Watched, too.");
    preview.wait_for_status("/new/unit/first.html", 404);

    fs::write(
        preview.path("modules/03-newer/01-unit/01-first.md"),
        "+++\ntitle = \"First\"\n+++\n\nUnder its new name.\n",
    )
    .unwrap();
    preview.wait_for("/newer/unit/first.html", "Under its new name.");

    fs::remove_dir_all(preview.path("modules/03-newer")).unwrap();
    preview.wait_for_status("/newer/unit/first.html", 404);

    // A theme's folder that was not there when the preview started.
    preview.write(
        "themes/default/templates/404.html",
        "<head></head>From a new folder",
    );
    preview.wait_for("/404.html", "From a new folder");
    fs::remove_dir_all(preview.path("themes")).unwrap();
    preview.wait_for("/404.html", "page-not-found");
}

#[test]
fn a_burst_is_one_change() {
    let preview = Preview::start(&[]);
    for number in 0..300 {
        let path = preview.path(&format!("modules/02-money/{:03}-lesson.md", number + 10));
        fs::write(
            path,
            format!(
                "+++\ntitle = \"{number}\"\nslug = \"burst-{number}\"\n+++\n\nNumber {number}.\n"
            ),
        )
        .unwrap();
    }
    preview.wait_for("/money/burst-299.html", "Number 299.");
    std::thread::sleep(Duration::from_millis(600));
    // One on a machine with time to spare; a busy one may pause inside the burst.
    let changes = preview.wait_for_changes(1);
    assert!((1..=3).contains(&changes), "{}", preview.said());
}

#[test]
fn editors_save_in_their_own_ways() {
    let preview = Preview::start(&[]);
    let lesson = preview.path("modules/01-calls/02-asking.md");
    let text =
        |words: &str| format!("+++\ntitle = \"Asking\"\n+++\n\n## Open questions\n\n{words}\n");

    // By writing a new file and giving it the old one's name.
    fs::write(
        preview.path("modules/01-calls/.02-asking.md.new"),
        text("By rename."),
    )
    .unwrap();
    fs::rename(preview.path("modules/01-calls/.02-asking.md.new"), &lesson).unwrap();
    preview.wait_for("/calls/asking.html", "By rename.");

    // By taking the old file away first, as vim does.
    fs::write(preview.path("modules/01-calls/4913"), "").unwrap();
    fs::remove_file(preview.path("modules/01-calls/4913")).unwrap();
    fs::rename(&lesson, preview.path("modules/01-calls/02-asking.md~")).unwrap();
    fs::write(&lesson, text("After a backup.")).unwrap();
    fs::remove_file(preview.path("modules/01-calls/02-asking.md~")).unwrap();
    preview.wait_for("/calls/asking.html", "After a backup.");

    // By emptying it and writing a little later: nobody sees the empty page.
    let changes = preview.changes();
    let mut file = fs::OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(&lesson)
        .unwrap();
    std::thread::sleep(Duration::from_millis(15));
    file.write_all(text("Bit by bit.").as_bytes()).unwrap();
    drop(file);
    preview.wait_for("/calls/asking.html", "Bit by bit.");
    let more = preview.wait_for_changes(changes + 1) - changes;
    assert!((1..=2).contains(&more), "{}", preview.said());
}

#[test]
fn a_configuration_or_all_modules_may_go_and_come_back() {
    let preview = Preview::start(&[]);
    let mut page = preview.open("/calls/asking.html");
    fs::remove_file(preview.path("config.toml")).unwrap();
    let state = page.wait_for(|state| !state["failure"].is_null());
    assert!(
        state["failure"].as_str().unwrap().contains("config.toml"),
        "{state}"
    );
    assert_eq!(preview.get("/calls/asking.html").status, 200);
    preview.write("config.toml", "title = \"Back again\"\n");
    preview.wait_for("/", "Back again");

    fs::rename(preview.path("modules"), preview.path("elsewhere")).unwrap();
    page.wait_for(|state| !state["failure"].is_null());
    assert_eq!(preview.get("/calls/asking.html").status, 200);
    fs::rename(preview.path("elsewhere"), preview.path("modules")).unwrap();
    page.wait_for(|state| state["failure"].is_null());
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nWatched again.",
    );
    preview.wait_for("/calls/asking.html", "Watched again.");
}

#[test]
fn output_temporary_files_and_reading_are_no_change() {
    let preview = Preview::start(&[]);
    for number in 0..20 {
        preview.write(&format!("public/{number}.html"), "built");
        preview.write("modules/01-calls/.01-listening.md.swp", "swap");
        preview.write("modules/01-calls/01-listening.md~", "backup");
        preview.get("/calls/listening.html");
        let _ = fs::read(preview.path("modules/01-calls/01-listening.md")).unwrap();
    }
    // Written again as it was.
    let same = fs::read(preview.path("modules/01-calls/01-listening.md")).unwrap();
    fs::write(preview.path("modules/01-calls/01-listening.md"), same).unwrap();
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(preview.changes(), 0, "{}", preview.said());
}

#[test]
fn polling_notices_the_same() {
    let preview = Preview::start(&["--poll=0.1"]);
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nPolled.",
    );
    preview.wait_for("/calls/asking.html", "Polled.");
    preview.write(
        "modules/03-new/index.md",
        "+++\ntitle = \"New\"\n+++\n\nNew here.\n",
    );
    preview.wait_for("/new/", "New here.");
    fs::remove_dir_all(preview.path("modules/03-new")).unwrap();
    preview.wait_for_status("/new/", 404);
    preview.write("config.toml", "title = \"Polled name\"\n");
    preview.wait_for("/", "Polled name");
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_part_of_the_curriculum() {
    use std::os::unix::fs::symlink;
    for options in [&[][..], &["--poll=0.1"]] {
        let preview = Preview::start_of(options, |root| {
            super::client::write_curriculum(root);
            let text = "+++\ntitle = \"Linked\"\n+++\n\nAs it was.\n";
            super::support::write(root, "texts/linked.md", text);
            super::support::write(root, "more/01-inside.md", text);
            symlink(
                "../../texts/linked.md",
                root.join("modules/01-calls/03-linked.md"),
            )
            .unwrap();
            symlink("../more", root.join("modules/03-more")).unwrap();
            symlink(
                "../../texts/later.md",
                root.join("modules/01-calls/04-later.md"),
            )
            .unwrap();
        });
        preview.wait_for("/calls/linked.html", "As it was.");
        preview.write_lesson("texts/linked.md", "Edited where it lies.");
        preview.wait_for("/calls/linked.html", "Edited where it lies.");
        preview.replace_lesson("texts/linked.md", "Saved by renaming.");
        preview.wait_for("/calls/linked.html", "Saved by renaming.");
        preview.write_lesson("more/01-inside.md", "Edited behind a folder.");
        preview.wait_for("/more/inside.html", "Edited behind a folder.");
        preview.write_lesson("texts/later.md", "There at last.");
        preview.wait_for("/calls/later.html", "There at last.");
        // What lies beside it is none of it.
        let changes = preview.changes();
        preview.write_lesson("texts/other.md", "Somebody else's.");
        std::thread::sleep(Duration::from_millis(400));
        assert_eq!(preview.changes(), changes, "{}", preview.said());
    }
}

#[cfg(unix)]
#[test]
fn locks_of_editors_stop_nothing() {
    use std::os::unix::fs::symlink;
    let preview = Preview::start_of(&[], |root| {
        super::client::write_curriculum(root);
        super::support::write(
            root,
            "themes/default/templates/404.html",
            "<head></head>Lost",
        );
        for lock in [
            "modules/.#topics.toml",
            "modules/01-calls/.#02-asking.md",
            "modules/01-calls/#02-asking.md#",
            "themes/default/.#theme.toml",
            "themes/default/templates/.#404.html",
        ] {
            symlink("somebody@machine.4711:1", root.join(lock)).unwrap();
        }
    });
    preview.wait_for("/404.html", "Lost");
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nSaved.",
    );
    preview.wait_for("/calls/asking.html", "Saved.");
    assert!(!preview.said().contains("rror"), "{}", preview.said());
    let built = std::process::Command::new(super::client::program())
        .arg("--root")
        .arg(preview.root())
        .arg("build")
        .output()
        .unwrap();
    assert_eq!(built.status.code(), Some(0), "{built:?}");
}

#[test]
fn a_very_large_file_silences_nothing() {
    let preview = Preview::start(&[]);
    for size in [1_u64 << 40, (1 << 40) + 1] {
        let before = version(&preview.get("/calls/listening.html"));
        let wave = fs::File::create(preview.path("modules/01-calls/images/wave.png")).unwrap();
        wave.set_len(size).unwrap();
        let end = std::time::Instant::now() + super::client::PATIENCE;
        while version(&preview.get("/calls/listening.html")) == before {
            assert!(std::time::Instant::now() < end, "{}", preview.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    preview.write_lesson(
        "modules/01-calls/02-asking.md",
        "## Open questions\n\nHeard.",
    );
    preview.wait_for("/calls/asking.html", "Heard.");
}
