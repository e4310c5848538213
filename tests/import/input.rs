//! What cannot be imported, or only in part: a clear message, and never a change to the source.

use std::fs;

use super::support::write;
use super::{Made, course, files, holds, said, source, throughline};

/// Runs an import that must end with status 2, and returns what it said.
fn refused(arguments: &[&str]) -> String {
    let mut all = vec!["import"];
    all.extend(arguments);
    let output = throughline(&all);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    said(&output)
}

#[test]
fn what_cannot_be_imported_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "empty/notes.txt", "no Markdown");
    write(root, "full/kept.txt", "mine");
    write(root, "course/a.md", "# A\n");
    write(root, "file.md", "# A\n");
    let path = |name: &str| root.join(name).to_str().unwrap().to_owned();
    for (source, target, expected) in [
        ("empty", "new", "there is no Markdown in"),
        ("gone", "new", "cannot read the folder"),
        ("file.md", "new", "cannot read the folder"),
        (
            "course",
            "full",
            "is not empty, and `import` overwrites nothing",
        ),
        ("course", "course/made", "stand in each other"),
        ("course", ".", "stand in each other"),
        ("course", "course", "stand in each other"),
        ("course", "new/../course/made", "stand in each other"),
    ] {
        let stderr = refused(&[&path(source), &path(target)]);
        assert!(stderr.contains(expected), "{source} {target}: {stderr}");
        assert!(!root.join("new").exists(), "{source} {target}");
    }
    assert_eq!(
        fs::read_to_string(root.join("full/kept.txt")).unwrap(),
        "mine"
    );
    assert_eq!(fs::read_dir(root.join("course")).unwrap().count(), 1);
}

#[test]
fn the_source_is_only_read_and_a_dry_run_writes_nothing() {
    for name in [
        "folder",
        "mdbook",
        "mkdocs",
        "docusaurus",
        "sandpaper",
        "hugo",
        "jekyll",
    ] {
        let source = course(name);
        let before = files(&source);
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("made");
        let output = throughline(&[
            "import",
            "--dry-run",
            source.to_str().unwrap(),
            target.to_str().unwrap(),
        ]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(!target.exists(), "{name}");
        let made = Made::of(&source, &[]);
        for lesson in made.lessons() {
            assert!(
                said(&output).contains(&format!("modules/{lesson}  ")),
                "{name}: {lesson}"
            );
        }
        assert_eq!(before, files(&source), "{name}");
    }
}

#[test]
fn an_import_leaves_nothing_that_a_baseline_never_covers() {
    for name in [
        "folder",
        "mdbook",
        "mkdocs",
        "docusaurus",
        "sandpaper",
        "hugo",
        "jekyll",
    ] {
        let made = Made::of(&course(name), &[]);
        for finding in made.rules() {
            for rule in [
                "output-collision",
                "unsafe-path",
                "unsafe-link",
                "invalid-text",
                "invalid-register",
            ] {
                assert!(!finding.contains(rule), "{name}: {finding}");
            }
        }
        let known = made.text("known.json");
        holds(&known, &["\"schema\": 1"]);
    }
}

#[test]
fn broken_configurations_still_give_a_curriculum_and_say_where_they_break() {
    for (files, lesson, expected) in [
        (
            vec![
                ("mkdocs.yml", "site_name: T\nnav: [\n"),
                ("docs/a.md", "# A\n"),
                ("docs/b.md", "# B\n"),
            ],
            "01-lessons/01-a.md",
            "`mkdocs.yml:",
        ),
        (
            vec![
                (
                    "mkdocs.yml",
                    "a: &a [x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\ng: &g [*f, *f, *f, *f, *f, *f, *f, *f]\nh: [*g, *g, *g, *g, *g, *g, *g, *g]\n",
                ),
                ("docs/a.md", "# A\n"),
                ("docs/b.md", "# B\n"),
            ],
            "01-lessons/01-a.md",
            "the configuration cannot be read",
        ),
        (
            vec![
                ("book.toml", "[book\n"),
                ("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n"),
                ("src/a.md", "# A\n"),
                ("src/b.md", "# B\n"),
            ],
            "01-src/01-a.md",
            "`book.toml:1`: the configuration cannot be read",
        ),
        (
            vec![
                ("book.toml", ""),
                ("src/SUMMARY.md", "# Summary\n\nNothing here.\n"),
                ("src/a.md", "# A\n"),
                ("src/b.md", "# B\n"),
            ],
            "01-src/01-a.md",
            "it lists no chapters",
        ),
        (
            vec![
                ("book.toml", ""),
                ("src/SUMMARY.md", "- [A](a.md)\n- B\n  - [C](c.md)\n"),
                ("src/a.md", "# A\n"),
                ("src/c.md", "# C\n"),
            ],
            "02-b/01-c.md",
            "`src/SUMMARY.md:2`: `- B` is no chapter",
        ),
        (
            vec![
                ("config.yaml", "title: [\n"),
                ("episodes/a.md", "# A\n"),
                ("index.md", "Hello\n"),
            ],
            "01-episodes/01-a.md",
            "`config.yaml:",
        ),
        (
            vec![
                ("docusaurus.config.js", "module.exports = {};"),
                ("sidebars.js", "module.exports = make();"),
                ("docs/a.md", "# A\n"),
                ("docs/b.md", "# B\n"),
            ],
            "01-lessons/01-a.md",
            "`sidebars.js`: it is more than a list",
        ),
        (
            vec![
                ("_config.yml", "title: [\n"),
                ("a.md", "# A\n"),
                ("b.md", "# B\n"),
            ],
            "01-lessons/01-a.md",
            "`_config.yml:",
        ),
    ] {
        let (_folder, root) = source();
        for (path, text) in &files {
            write(&root, path, text);
        }
        let made = Made::of(&root, &[]);
        let lessons = made.lessons();
        let name = lesson.split('/').next_back().unwrap();
        assert!(
            lessons.iter().any(|found| found.ends_with(name)),
            "{lesson} in {lessons:?}"
        );
        holds(&made.text("IMPORT.md"), &[expected]);
    }
}

#[test]
fn front_matter_that_cannot_be_read_is_seen_and_told() {
    let (_folder, root) = source();
    write(
        &root,
        "a.md",
        "---\ntitle: A\nbad: [\n---\n# A heading\n\nText.\n",
    );
    write(&root, "b.md", "+++\ntitle = \n+++\nText.\n");
    let made = Made::of(&root, &[]);
    holds(
        &made.text("modules/01-source/01-a.md"),
        &[
            "title = \"A heading\"",
            "```yaml\n---\ntitle: A\nbad: [\n---\n```",
            "Text.",
        ],
    );
    holds(
        &made.text("IMPORT.md"),
        &["the front matter cannot be read"],
    );
    assert!(
        !made
            .rules()
            .iter()
            .any(|rule| rule.contains("front-matter")),
        "{:?}",
        made.rules()
    );
}

#[test]
fn line_endings_marks_and_hidden_characters_do_no_harm() {
    let (_folder, root) = source();
    write(
        &root,
        "a.md",
        "\u{feff}---\r\ntitle: Tŷ\r\n---\r\n# Tŷ\r\n\r\n!!! note\r\n    Un.\r\n\r\nDau.\r\n",
    );
    write(
        &root,
        "b.md",
        b"# B\n\nA\x07bell, a \xE2\x80\xAEmark, caf\xE9.\n",
    );
    let made = Made::of(&root, &[]);
    holds(
        &made.text("modules/01-source/01-a.md"),
        &["title = \"Tŷ\"\n", "::: note\nUn.\n:::\n\nDau.\n"],
    );
    holds(
        &made.text("modules/01-source/02-b.md"),
        &["Abell, a mark, café."],
    );
    holds(
        &made.text("IMPORT.md"),
        &[
            "- `b.md:3`: 1 byte that UTF-8 does not know",
            "- `b.md:3`: 2 hidden characters taken out",
        ],
    );
    assert_eq!(made.rules(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_source_are_not_followed() {
    let (folder, root) = source();
    write(folder.path(), "secret/key.md", "# Secret\n\nnever seen\n");
    write(
        &root,
        "a.md",
        "# A\n\n[s](s.md), ![k](k.png), {{#include ../secret/key.md}}\n",
    );
    write(&root, "b/c.md", "# C\n");
    std::os::unix::fs::symlink(folder.path().join("secret/key.md"), root.join("s.md")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret"), root.join("secret")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret/key.md"), root.join("k.png")).unwrap();
    std::os::unix::fs::symlink(&root, root.join("round")).unwrap();
    let made = Made::of(&root, &[]);
    for file in made.files() {
        assert!(!made.text(&file).contains("never seen"), "{file}");
    }
    holds(
        &made.text("IMPORT.md"),
        &[
            "- `s.md`: this link leads out of the source",
            "- `secret`: this link leads out of the source",
            "- `round`: ",
        ],
    );
}

#[test]
fn includes_that_grow_come_to_an_end() {
    let (_folder, root) = source();
    write(&root, "book.toml", "");
    write(&root, "src/SUMMARY.md", "- [A](a0.md)\n");
    for level in 0..9 {
        write(
            &root,
            &format!("src/a{level}.md"),
            format!("{{{{#include a{}.md}}}} x\n", level + 1).repeat(20),
        );
    }
    write(&root, "src/a9.md", "end ".repeat(200));
    let made = Made::of(&root, &[]);
    holds(
        &made.text("IMPORT.md"),
        &["it would make the page larger than 16 MiB"],
    );
}

#[test]
fn much_of_one_thing_takes_no_time_that_multiplies() {
    let (_folder, root) = source();
    write(&root, "quotes.md", format!("# Q\n\n{}", "> ".repeat(2_000)));
    write(
        &root,
        "divs.md",
        format!("# D\n\n{}", "::: note\n".repeat(5_000)),
    );
    write(
        &root,
        "details.md",
        format!("# D\n\n{}", "<details>\n".repeat(5_000)),
    );
    write(
        &root,
        "tags.md",
        format!("# T\n\n{}", "<T> <b> ".repeat(20_000)),
    );
    write(
        &root,
        "wiki.md",
        format!("# W\n\n{}", "[[x ".repeat(20_000)),
    );
    write(
        &root,
        "admonitions.md",
        format!(
            "# A\n\n{}",
            (0..200)
                .map(|level| format!("{}!!! note\n", "    ".repeat(level)))
                .collect::<String>()
        ),
    );
    write(
        &root,
        "links.md",
        format!("# L\n\n{}", "[a](b.md) ".repeat(20_000)),
    );
    write(
        &root,
        "spaces.md",
        format!("# S\n\n{}", "[a](b c ".repeat(20_000)),
    );
    write(
        &root,
        "anchors.md",
        format!("# N\n\n{}", "<a id=\"x\"></a>\n".repeat(5_000)),
    );
    let started = std::time::Instant::now();
    Made::of(&root, &[]);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn what_no_baseline_covers_becomes_text_wherever_it_stands() {
    let (_folder, root) = source();
    write(
        &root,
        "a.md",
        "# A\n\n<div>\n[one](javascript:a)\n</div>\n\nTerm\n:   <ftp://two.example>\n\n&#x202e;three\n\n> <p>\n> [four](file:///etc)\n",
    );
    write(&root, "b.md", "---\ntitle: \"B\\u202e\\a\"\n---\n# B\n");
    let made = Made::of(&root, &[]);
    let text = made.text("modules/01-source/01-a.md");
    holds(&text, &["one", "two.example", "three", "four"]);
    for rule in made.rules() {
        assert!(
            !rule.contains("unsafe-link") && !rule.contains("invalid-text"),
            "{rule}\n{text}"
        );
    }
}
