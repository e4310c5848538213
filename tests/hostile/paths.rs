//! Names and kinds of files that lead elsewhere, hang, or mean another file on another system.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use super::folder::Folder;

fn fifo(folder: &Folder, path: &str) {
    let made = Command::new("mkfifo").arg(folder.path(path)).status();
    assert!(made.unwrap().success());
}

#[test]
fn pipes_are_not_waited_for() {
    let folder = Folder::new();
    folder.lesson("![A wave](wave.png)");
    for path in [
        "01-a/02-c.md",
        "01-a/index2.md",
        "01-a/wave.png",
        "topics.toml",
        "01-a/wave.svg",
        "terms.toml",
    ] {
        fifo(&folder, &format!("modules/{path}"));
    }
    let findings = folder.findings();
    for path in ["01-a/02-c.md", "01-a/wave.png", "topics.toml"] {
        let expected =
            format!("unsafe-path modules/{path}:1:1: this is no regular file, and is left out");
        assert!(findings.contains(&expected), "{findings:#?}");
    }

    // Findings quote their lines, and must not wait for one either.
    assert_eq!(folder.run(&["check"]).code, 1);

    let folder = Folder::new();
    fs::remove_file(folder.path("config.toml")).unwrap();
    fifo(&folder, "config.toml");
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 2);
    ran.assert_says("config.toml");

    let folder = Folder::new();
    folder.write("config.toml", "title = \"T\"\ntheme = \"own\"\n");
    folder.write("themes/own/templates/404.html", "Nothing here");
    fifo(&folder, "themes/own/templates/lesson.html");
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 2);
    ran.assert_says("lesson.html");
}

#[test]
fn links_that_lead_out_are_named_and_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(
        outside.path().join("secret.md"),
        "+++\ntitle = \"Secret words\"\n+++\n",
    )
    .unwrap();
    fs::write(
        outside.path().join("secret.toml"),
        "[[topic]]\nid = \"secret\"\nname = \"Secret words\"\ndefinition = \"d\"\n",
    )
    .unwrap();
    fs::write(outside.path().join("secret.png"), "Secret words").unwrap();
    let folder = Folder::new();
    folder.lesson("[file](leaked.png) ![a](leaked.png)");
    for (to, from) in [
        ("secret.md", "01-a/02-leaked.md"),
        ("secret.png", "01-a/leaked.png"),
        ("", "02-leaked"),
        ("secret.toml", "topics.toml"),
        ("secret.toml", "signposts.toml"),
    ] {
        symlink(outside.path().join(to), folder.path("modules").join(from)).unwrap();
    }
    let findings = folder.findings();
    for name in [
        "01-a/02-leaked.md",
        "01-a/leaked.png",
        "02-leaked",
        "topics.toml",
        "signposts.toml",
    ] {
        let expected = format!(
            "unsafe-path modules/{name}:1:1: this link leads out of the curriculum's folder and is not followed"
        );
        assert!(
            findings.contains(&expected),
            "{expected} is not in {findings:#?}"
        );
    }
    for arguments in [&["report", "topics"][..], &["check"]] {
        let ran = folder.run(arguments);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!said.contains("ecret words"), "{said}");
    }
}

#[test]
fn links_that_lead_round_or_nowhere_are_named() {
    let folder = Folder::new();
    folder.lesson("Text.");
    symlink(
        folder.path("modules/01-a"),
        folder.path("modules/01-a/round"),
    )
    .unwrap();
    symlink("self", folder.path("modules/01-a/self")).unwrap();
    symlink("nothing.md", folder.path("modules/01-a/02-c.md")).unwrap();
    symlink(folder.path("modules"), folder.path("modules/02-all")).unwrap();
    let findings = folder.findings();
    for (name, what) in [
        (
            "01-a/round",
            "this link leads back to a folder that it stands in, and is not followed",
        ),
        ("01-a/self", "this link leads nowhere"),
        ("01-a/02-c.md", "this link leads nowhere"),
        (
            "02-all",
            "this link leads back to a folder that it stands in, and is not followed",
        ),
    ] {
        let expected = format!("unsafe-path modules/{name}:1:1: {what}");
        assert!(
            findings.contains(&expected),
            "{expected} is not in {findings:#?}"
        );
    }
}

#[test]
fn links_inside_the_folder_are_followed() {
    let folder = Folder::new();
    folder.write("shared/wave.png", "wave");
    symlink(
        "../../shared/wave.png",
        folder.path("modules/01-a/wave.png"),
    )
    .unwrap();
    folder.lesson("[A wave](wave.png)");
    assert_eq!(folder.findings(), Vec::<String>::new());
    assert_eq!(folder.run(&["build", "-q"]).code, 0);
    assert_eq!(folder.page("a/wave.png"), "wave");
}

#[test]
fn what_cannot_be_read_is_named() {
    // The superuser reads everything.
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    for path in [
        "modules/01-a/01-b.md",
        "modules/topics.toml",
        "modules/01-a",
        "config.toml",
    ] {
        let folder = Folder::new();
        folder.lesson("Text.").write("modules/topics.toml", "");
        fs::set_permissions(folder.path(path), fs::Permissions::from_mode(0o0)).unwrap();
        let ran = folder.run(&["check"]);
        fs::set_permissions(folder.path(path), fs::Permissions::from_mode(0o700)).unwrap();
        if !is_root {
            assert_eq!(ran.code, 2, "{path}");
            ran.assert_says(path);
        }
    }
}

#[test]
fn names_that_are_one_on_other_systems_are_reported() {
    for (first, second) in [
        ("01-a/01-One.md", "01-a/02-one.md"),
        ("01-a/01-t\u{177}.md", "01-a/02-ty\u{302}.md"),
        ("01-a/x.png", "01-a/X.png"),
        ("01-a/t\u{177}.png", "01-a/ty\u{302}.png"),
    ] {
        let folder = Folder::new();
        let mut linked = String::new();
        for path in [first, second] {
            folder.write(&format!("modules/{path}"), "+++\ntitle = \"T\"\n+++\n");
            linked.push_str(&format!("[file](<@/{path}>)\n"));
        }
        folder.write(
            "modules/01-a/index.md",
            format!("+++\ntitle = \"A\"\n+++\n\n{linked}"),
        );
        let findings = folder.findings();
        assert!(
            findings
                .iter()
                .any(|finding| finding.starts_with("output-collision ")),
            "{first:?} {second:?}: {findings:#?}"
        );
    }
}

#[test]
fn modules_cannot_put_files_where_the_site_has_its_own() {
    for (module, file) in [("01-assets", "site.css"), ("search", "index.js")] {
        let folder = Folder::new();
        folder.write(&format!("modules/{module}/{file}"), "mine");
        folder.write(
            &format!("modules/{module}/index.md"),
            format!("+++\ntitle = \"Mine\"\n+++\n\n[file]({file})\n"),
        );
        let findings = folder.findings();
        let expected = format!("output-collision modules/{module}/{file}:1:1: ");
        assert!(findings[0].starts_with(&expected), "{findings:#?}");
        assert_eq!(folder.run(&["build", "-q"]).code, 1, "{module}");
    }
}

#[test]
fn names_that_some_system_cannot_hold_are_reported() {
    let long = "n".repeat(230);
    let names = [
        "con.md",
        "01-aux.md",
        "NUL.md",
        "com1.md",
        "lpt9.md",
        "con/01-x.md",
        "01-prn/index.md",
        "x?.png",
        "a:b.png",
        "a|b.png",
        "a*.png",
        "<b>.png",
        "\"q\".png",
        "back\\slash.png",
        "dot.",
        "space ",
        "per%63ent.png",
        "esc\u{1b}.png",
        "line\nbreak.png",
        "aux.png",
    ];
    for name in names
        .iter()
        .copied()
        .map(ToOwned::to_owned)
        .chain([format!("{long}.md"), format!("{long}.png")])
    {
        let folder = Folder::new();
        let path = if name.ends_with(".md") && name.contains('/') {
            name.clone()
        } else {
            format!("01-a/{name}")
        };
        folder.write(&format!("modules/{path}"), "+++\ntitle = \"T\"\n+++\n");
        let target = path
            .replace('%', "%25")
            .replace('\\', "%5C")
            .replace('\n', "%0A")
            .replace('?', "%3F")
            .replace('\u{1b}', "%1B");
        folder.write(
            "modules/01-a/index.md",
            format!(
                "+++\ntitle = \"A\"\n+++\n\n[file](<@/{}>)\n",
                target.replace('<', "%3C").replace('>', "%3E")
            ),
        );
        let findings = folder.findings();
        assert!(
            findings
                .iter()
                .any(|finding| finding.starts_with("unsafe-path ")
                    || finding.starts_with("unsafe-link ")),
            "{name:?}: {findings:#?}"
        );
        assert_eq!(folder.run(&["build", "-q"]).code, 1, "{name:?}");
    }
}

#[test]
fn names_that_are_no_utf8_are_reported_and_left_out() {
    let folder = Folder::new();
    for name in [&b"01-\xff.md"[..], b"wave\xff.png", b"folder\xff"] {
        let path = folder.path("modules/01-a").join(OsStr::from_bytes(name));
        if name.starts_with(b"folder") {
            fs::create_dir(&path).unwrap();
            fs::write(path.join("01-x.md"), "").unwrap();
        } else {
            fs::write(path, "").unwrap();
        }
    }
    let findings = folder.findings();
    for name in ["01-\u{fffd}.md", "wave\u{fffd}.png", "folder\u{fffd}"] {
        let expected = format!(
            "unsafe-path modules/01-a/{name}:1:1: this file's name is not UTF-8 and is left out"
        );
        assert!(
            findings.contains(&expected),
            "{expected} is not in {findings:#?}"
        );
    }
}

#[test]
fn folders_too_deep_are_reported() {
    let folder = Folder::new();
    let deep = "d/".repeat(40);
    folder.write(
        &format!("modules/01-a/{deep}x.md"),
        "+++\ntitle = \"X\"\n+++\n",
    );
    let findings = folder.findings();
    assert!(
        findings
            .iter()
            .any(|finding| finding.starts_with("unsafe-path modules/01-a/d/")),
        "{findings:#?}"
    );
}

#[test]
fn lessons_and_registers_that_are_called_otherwise_are_named() {
    for (name, right) in [
        ("01-a/03-c.MD", "03-c.md"),
        ("01-a/03-c.Md", "03-c.md"),
        ("01-a/unit/INDEX.MD", "index.md"),
        ("01-a/unit/Index.md", "index.md"),
        ("01-a/x.markdown", "x.md"),
        ("01-a/X.MKD", "X.md"),
        ("Topics.toml", "topics.toml"),
        ("SIGNPOSTS.TOML", "signposts.toml"),
    ] {
        let folder = Folder::new();
        folder.write(&format!("modules/{name}"), "+++\ntitle = \"T\"\n+++\n");
        let findings = folder.findings();
        let written = name.rsplit('/').next().unwrap();
        let expected = format!(
            "unsafe-path modules/{name}:1:1: `{written}` is not read: names keep their case and their ending"
        );
        assert_eq!(findings, [expected]);
        folder
            .run(&["check"])
            .assert_says(&format!("rename it to `{right}`"));
    }
    // What only looks like it is an asset, or nobody's.
    for name in [
        "01-a/topics.toml",
        "01-a/notes.mdx",
        "01-a/md",
        "01-a/index.txt",
        "own.toml",
    ] {
        let folder = Folder::new();
        folder.write(&format!("modules/{name}"), "x");
        assert_eq!(folder.findings(), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn old_addresses_make_files_that_can_be_made_or_are_findings() {
    for aliases in [
        "\"\"",
        "\"/\"",
        "\".\"",
        "\"..\"",
        "\"x/.\"",
        "\"x/..\"",
        "\".git/hooks\"",
        "\"a/.htaccess\"",
        "\"a/b.html/x\"",
        "\"old/x.html\", \"old/x.html/y.html\"",
        "\"old/x.html/y.html\", \"old/x\"",
        "\"a/B.HTML/x\"",
        "\"index.html/x\"",
        "\"assets/x\"",
        "\"search/a\"",
        "\"a\\u0000\"",
    ] {
        let folder = Folder::new();
        folder.write(
            "modules/01-a/01-b.md",
            format!("+++\ntitle = \"B\"\naliases = [{aliases}]\n+++\n"),
        );
        let findings = folder.findings();
        let rules = ["unsafe-path ", "output-collision ", "invalid-text "];
        assert!(
            findings
                .iter()
                .any(|finding| rules.iter().any(|rule| finding.starts_with(rule))),
            "{aliases}: {findings:#?}"
        );
        assert_eq!(folder.run(&["build", "-q"]).code, 1, "{aliases}");
    }
    let folder = Folder::new();
    folder.write(
        "modules/01-a/01-b.md",
        "+++\ntitle = \"B\"\naliases = [\"old/x.php\", \"v1.2\", \"old.d/\", \"a.htm\", \"older/x\", \"older/x/y\"]\n+++\n",
    );
    assert_eq!(
        folder.findings(),
        [
            "unsafe-path modules/01-a/01-b.md:3:12: `old/x.php` becomes the page `old/x.php.html`: servers show no page whose name ends with `.php`"
        ]
    );
    assert_eq!(folder.run(&["build", "-q"]).code, 0);
    for page in [
        "old/x.php.html",
        "v1.2.html",
        "old.d/index.html",
        "a.htm",
        "older/x.html",
        "older/x/y.html",
    ] {
        assert!(folder.page(page).contains("redirect.js"), "{page}");
    }
}

#[test]
fn a_module_called_assets_cannot_take_the_place_of_the_themes_files() {
    let folder = Folder::new();
    folder.write("themes/default/static/page.html", "the theme's");
    folder.write(
        "modules/02-assets/index.md",
        "+++\ntitle = \"Assets\"\n+++\n",
    );
    folder.write(
        "modules/02-assets/01-page.md",
        "+++\ntitle = \"Page\"\n+++\n",
    );
    let findings = folder.findings();
    let expected = "output-collision modules/02-assets/01-page.md:1:1: the page `assets/page.html` would take the place of a file of the theme";
    assert_eq!(findings, [expected]);
    assert_eq!(folder.run(&["build", "-q"]).code, 1);
}

/// Spellings of paths that lead elsewhere.
const ELSEWHERE: [&str; 14] = [
    "../x",
    "../../etc/passwd",
    "a/../../x",
    "/etc/passwd",
    "//host/x",
    "C:/x",
    "C:\\\\x",
    "..\\\\x",
    "%2e%2e/x",
    "..%2fx",
    "a%00b",
    "a\\u0000b",
    "./x",
    "a//b",
];

#[test]
fn slugs_lead_nowhere_else() {
    for spelling in ELSEWHERE {
        let folder = Folder::new();
        folder.write(
            "modules/01-a/01-b.md",
            format!("+++\ntitle = \"B\"\nslug = \"{spelling}\"\n+++\n"),
        );
        let findings = folder.findings();
        assert!(
            ["unsafe-path", "invalid-text"].iter().any(|rule| {
                findings[0].starts_with(&format!("{rule} modules/01-a/01-b.md:3:8: "))
            }),
            "{spelling}: {findings:#?}"
        );
        assert_eq!(folder.run(&["build", "-q"]).code, 1, "{spelling}");
    }
}

#[test]
fn aliases_lead_nowhere_else() {
    // One slash at the start is the top of the site.
    for spelling in ELSEWHERE
        .iter()
        .filter(|spelling| **spelling != "/etc/passwd")
    {
        let folder = Folder::new();
        folder.write(
            "modules/01-a/01-b.md",
            format!("+++\ntitle = \"B\"\naliases = [\"{spelling}\"]\n+++\n"),
        );
        let findings = folder.findings();
        assert!(
            ["unsafe-path", "invalid-text"].iter().any(|rule| {
                findings[0].starts_with(&format!("{rule} modules/01-a/01-b.md:3:12: "))
            }),
            "{spelling}: {findings:#?}"
        );
        assert_eq!(folder.run(&["build", "-q"]).code, 1, "{spelling}");
    }
}

#[test]
fn links_and_images_lead_nowhere_else() {
    for spelling in [
        "../../../x.md",
        "/etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/x.md",
        "..%2f..%2f..%2fx",
        "..\\..\\x",
        "..%5c..%5cx",
        "x%00.md",
        "@/../x",
        "@/%2e%2e/x",
        "C:/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "java\tscript:x",
    ] {
        for form in ["[file]", "![image]"] {
            let folder = Folder::new();
            folder.lesson(&format!("{form}(<{spelling}>)"));
            let findings = folder.findings();
            assert!(
                findings.iter().any(|finding| {
                    ["unsafe-link", "broken-link", "missing-asset"]
                        .iter()
                        .any(|rule| {
                            finding.starts_with(&format!("{rule} modules/01-a/01-b.md:5:1: "))
                        })
                }),
                "{form}({spelling}): {findings:#?}"
            );
            assert_eq!(folder.run(&["build", "-q"]).code, 1, "{spelling}");
        }
    }
}

#[test]
fn themes_stand_below_the_themes_folder() {
    for name in [
        "..",
        "../modules",
        "/etc",
        ".",
        "a/../..",
        "..\\\\x",
        "own/templates",
        "\\u0000",
        "%2e%2e",
    ] {
        let folder = Folder::new();
        folder.write("themes/own/templates/404.html", "x");
        folder.write(
            "config.toml",
            format!("title = \"T\"\ntheme = \"{name}\"\n"),
        );
        let ran = folder.run(&["build", "-q"]);
        assert_eq!(ran.code, 2, "{name}");
        ran.assert_says("theme");
        assert!(!folder.has_site());
    }
    let folder = Folder::new();
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir(outside.path().join("static")).unwrap();
    fs::write(outside.path().join("static/secret.txt"), "secret").unwrap();
    fs::create_dir(folder.path("themes")).unwrap();
    symlink(outside.path(), folder.path("themes/own")).unwrap();
    folder.write("config.toml", "title = \"T\"\ntheme = \"own\"\n");
    folder.run(&["build", "-q"]);
    assert!(!folder.path("public/assets/secret.txt").exists());
    assert!(folder.root().join("modules").is_dir());
}
