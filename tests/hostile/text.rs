//! What is no plain UTF-8 text, or reads otherwise than it is.

use super::folder::Folder;

const FRONT: &str = "+++\ntitle = \"B\"\n+++\n\n";

fn lesson(bytes: &[u8]) -> Folder {
    let folder = Folder::new();
    let mut text = FRONT.as_bytes().to_vec();
    text.extend(bytes);
    folder.write("modules/01-a/01-b.md", text);
    folder
}

#[test]
fn a_byte_that_is_no_utf8_is_named_by_its_offset() {
    for (bytes, offset, place) in [
        (&b"Text \xff.\n"[..], 26, "5:6"),
        (b"\xc3\x28", 21, "5:1"),
        (b"ok\n\xe2\x82", 24, "6:1"),
        (b"\xed\xa0\x80", 21, "5:1"),
        (b"T\xc5\xb7 \xf0\x9f", 25, "5:4"),
    ] {
        let expected = format!(
            "invalid-text modules/01-a/01-b.md:{place}: this file is not UTF-8: the fault is at byte {offset}"
        );
        assert!(
            lesson(bytes).findings().contains(&expected),
            "{:?} is not {expected}",
            lesson(bytes).findings()
        );
    }
    for register in ["topics", "signposts", "commitments", "terms", "reviews"] {
        let folder = Folder::new();
        folder.write(&format!("modules/{register}.toml"), b"# \xff\n");
        let expected = format!(
            "invalid-text modules/{register}.toml:1:3: this file is not UTF-8: the fault is at byte 2"
        );
        assert_eq!(folder.findings(), [expected]);
    }
}

#[test]
fn an_utf16_file_is_a_finding() {
    let folder = Folder::new();
    let text = format!("{FRONT}Text.\n");
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    folder.write("modules/01-a/01-b.md", bytes);
    let findings = folder.findings();
    assert!(
        findings[0].contains("not UTF-8: the fault is at byte 0"),
        "{findings:#?}"
    );
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let text = "+++\ntitle = \"B\"\n+++\n\n## Part {#part topics=empathy}\n\nText with empathy.\n\n::: note\nAnd more.\n:::\n\n[part](#part)\n";
    let page = |text: &str, config: &str| {
        let folder = Folder::new();
        let topics = "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"d\"\n";
        let prefix = if text.starts_with('\u{feff}') {
            "\u{feff}"
        } else {
            ""
        };
        let ends = if text.contains('\r') { "\r\n" } else { "\n" };
        folder.write(
            "modules/topics.toml",
            format!("{prefix}{}", topics.replace('\n', ends)),
        );
        folder.write("config.toml", config);
        folder.write("modules/01-a/01-b.md", text);
        assert_eq!(folder.findings(), Vec::<String>::new(), "{text:?}");
        assert_eq!(folder.run(&["build", "-q"]).code, 0);
        folder.page("a/b.html").replace('\r', "")
    };
    let plain = page(text, "title = \"Hostile\"\n");
    let windows = text.replace('\n', "\r\n");
    assert_eq!(
        page(&format!("\u{feff}{text}"), "\u{feff}title = \"Hostile\"\n"),
        plain
    );
    assert_eq!(page(&windows, "title = \"Hostile\"\r\n"), plain);
    assert_eq!(
        page(
            &format!("\u{feff}{windows}"),
            "\u{feff}title = \"Hostile\"\r\n"
        ),
        plain
    );
}

#[test]
fn marks_that_turn_the_direction_are_findings_wherever_they_stand() {
    for mark in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
        let code = format!("(U+{:04X}) stands here", mark as u32);
        let folder = Folder::new();
        folder.write(
            "modules/01-a/01-b.md",
            format!("+++\ntitle = \"B{mark}\"\n+++\n\nŴ {mark}.\n"),
        );
        folder.write("modules/terms.toml", format!("# {mark}\n"));
        let findings = folder.findings();
        for place in [
            "modules/01-a/01-b.md:2:11",
            "modules/01-a/01-b.md:5:3",
            "modules/terms.toml:1:3",
        ] {
            let expected = format!("invalid-text {place}: a hidden direction mark {code}");
            assert!(findings.contains(&expected), "{findings:#?}");
        }
        // What is printed for people cannot turn their terminal's text round.
        let ran = folder.run(&["check"]);
        assert!(!ran.stdout.contains(mark) && !ran.stderr.contains(mark));
    }
}

#[test]
fn nul_and_other_control_characters_reach_neither_the_page_nor_the_terminal_as_they_are() {
    let folder = lesson(b"A\x00B \x1b[31mred\x1b[0m \x07 \x9b \xc2\x9b31m [x\x1b](y\x00.md)\n");
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 1);
    for byte in ['\0', '\u{1b}', '\u{7}', '\u{9b}'] {
        assert!(
            !ran.stdout.contains(byte) && !ran.stderr.contains(byte),
            "{byte:?} reaches the terminal"
        );
    }
    let folder = lesson(b"A\x00B\n");
    folder.write(
        "config.toml",
        "title = \"T\"\n[checks]\ninvalid-text = \"warning\"\n",
    );
    folder.run(&["build", "-q"]);
    assert!(folder.has_site());
    let page = folder.page("a/b.html");
    assert!(
        page.contains("<p>A\u{fffd}B</p>") && !page.contains('\0'),
        "{page}"
    );
}

/// Escapes of characters that no text may hold, as TOML and as Markdown write them.
const ESCAPES: [(&str, &str, char); 7] = [
    ("\\u001b", "&#x1b;", '\u{1b}'),
    ("\\u0007", "&#7;", '\u{7}'),
    ("\\u007f", "&#127;", '\u{7f}'),
    ("\\u009b", "&#x9B;", '\u{9b}'),
    ("\\u202e", "&#x202e;", '\u{202e}'),
    ("\\u2066", "&#8294;", '\u{2066}'),
    ("\\uffff", "&#xFFFF;", '\u{ffff}'),
];

/// Panics where a text holds what none may hold.
fn assert_clean(what: &str, text: &str) {
    let bad = ESCAPES.map(|(_, _, c)| c);
    let found = text.find(|c| bad.contains(&c) || c == '\0');
    if let Some(at) = found {
        let around: String = text[at..].chars().take(40).collect();
        panic!("{what} holds {around:?}");
    }
}

/// A curriculum in which every text that is written as TOML holds an escape.
fn with_escapes(escape: &str) -> Folder {
    let folder = Folder::new();
    let x = format!("x{escape}y");
    folder.write("config.toml", format!("title = \"{x}\"\ndescription = \"{x}\"\nlanguage = \"en\"\n[[accessibility.checks]]\ntitle = \"{x}\"\nresult = \"{x}\"\n[extra]\na = \"{x}\"\n[checks]\ninvalid-text = \"info\"\nunknown-key = \"info\"\nunsafe-path = \"info\"\nunsafe-link = \"info\"\n"));
    folder.write("modules/topics.toml", format!("[[topic]]\nid = \"empathy\"\nname = \"{x}\"\naliases = [\"{x} b\"]\ndefinition = \"{x}\"\n[[topic.exempt]]\nmodule = \"a\"\nreason = \"{x}\"\n"));
    folder.write("modules/signposts.toml", format!("[[signpost]]\nid = \"s\"\nname = \"{x}\"\nfor = \"{x}\"\nnations = [\"{x}\"]\nphone = \"{x}\"\ntext = \"{x}\"\nhours = \"{x}\"\ncost = \"{x}\"\nnote = \"{x}\"\nsource = \"{x}\"\n"));
    folder.write("modules/commitments.toml", format!("[[commitment]]\nid = \"{x}\"\ntitle = \"{x}\"\nbody = \"{x}\"\nsource = \"{x}\"\n[[commitment.claim]]\nid = \"A{escape}1\"\ntext = \"{x}\"\nnote = \"{x}\"\n"));
    folder.write(
        "modules/terms.toml",
        format!("[[term]]\navoid = [\"old {x}\"]\nuse = \"{x}\"\nreason = \"{x}\"\n"),
    );
    folder.write("modules/01-a/index.md", format!("+++\ntitle = \"{x}\"\nsummary = \"{x}\"\noutcomes = [\"{x}\"]\nowner = \"{x}\"\nsources = [\"{x}\"]\n\"k{escape}\" = 1\n+++\n\n::: signposts {{ids=s}}\n:::\n"));
    folder.write("modules/01-a/01-b.md", format!("+++\ntitle = \"{x}\"\nsummary = \"{x}\"\nowner = \"{x}\"\nslug = \"{x}\"\naliases = [\"{x}\"]\ncontent_note = \"{x}\"\nlast_reviewed_on = 2020-01-01\n+++\n\nText.\n"));
    folder
}

#[test]
fn escapes_in_toml_are_held_to_the_rules_for_text() {
    for (escape, _, c) in ESCAPES {
        let folder = with_escapes(escape);
        folder.write("config.toml", format!("title = \"x{escape}y\"\n"));
        let code = format!("(U+{:04X}) stands here", u32::from(c));
        let findings = folder.findings();
        for place in [
            "config.toml:1:9",
            "modules/topics.toml:3:8",
            "modules/topics.toml:4:12",
            "modules/signposts.toml:5:12",
            "modules/commitments.toml:7:6",
            "modules/terms.toml:2:10",
            "modules/01-a/index.md:5:9",
            "modules/01-a/index.md:7:1",
            "modules/01-a/01-b.md:5:8",
            "modules/01-a/01-b.md:6:12",
        ] {
            assert!(
                findings.iter().any(|finding| {
                    finding.starts_with(&format!("invalid-text {place}: "))
                        && finding.ends_with(&code)
                }),
                "{escape} at {place}: {findings:#?}"
            );
        }
        assert_eq!(folder.run(&["build", "-q"]).code, 1);
    }
}

#[test]
fn what_is_decoded_reaches_neither_pages_nor_reports_nor_the_terminal() {
    for (toml, markdown, _) in ESCAPES {
        let folder = with_escapes(toml);
        folder.write("modules/01-a/02-c.md", format!("+++\ntitle = \"C\"\n+++\n\n## H{markdown}\n\nText{markdown} *a{markdown}* [w{markdown}](index.md \"t{markdown}\") ![a{markdown}](<x{markdown}.png>)\n\n```l{markdown}\ncode\n```\n\n| a{markdown} |\n|---|\n| b{markdown} |\n\nword[^1]\n\n[^1]: note{markdown}\n"));
        let config = std::fs::read_to_string(folder.path("config.toml")).unwrap();
        for html in ["off", "safe"] {
            folder.write(
                "config.toml",
                format!("{config}broken-link = \"info\"\nmissing-asset = \"info\"\n[markdown]\nhtml = \"{html}\"\n"),
            );
            folder.write("modules/01-a/03-d.md", format!("+++\ntitle = \"D\"\n+++\n\nInline <b title=\"a{markdown}\">b{markdown}</b>\n\n<div title=\"a{markdown}\">b{markdown}</div>\n"));
            folder.write("modules/01-a/x\u{fffd}.png", "an image");
            for format in ["human", "json", "sarif", "junit", "github"] {
                let ran = folder.run(&["check", "--format", format]);
                let what = format!("check as {format}");
                assert_clean(&what, &ran.stderr);
                assert_clean(&what, &ran.stdout);
            }
            for report in [
                "coverage",
                "links",
                "commitments",
                "signposts",
                "freshness",
                "topics",
            ] {
                for format in ["table", "json", "csv", "html"] {
                    let ran = folder.run(&["report", report, "--format", format]);
                    assert_clean(&format!("{report} as {format}"), &ran.stdout);
                }
            }
            assert_clean("review", &folder.run(&["review", "status"]).stdout);
            let ran = folder.run(&["build"]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            assert_clean("build", &ran.stderr);
            for entry in walkdir::WalkDir::new(folder.path("public")) {
                let entry = entry.unwrap();
                assert_clean("a name", &entry.path().to_string_lossy());
                if entry.file_type().is_file() {
                    let bytes = std::fs::read(entry.path()).unwrap();
                    let what = entry.path().to_string_lossy();
                    assert_clean(&what, &String::from_utf8_lossy(&bytes));
                }
            }
        }
    }
}

#[test]
fn references_in_markdown_are_held_to_the_rules_for_text() {
    for (_, escape, c) in ESCAPES {
        let code = format!("(U+{:04X}) stands here", u32::from(c));
        for (text, place) in [
            (format!("a {escape}"), "5:3"),
            (format!("a *b{escape}*"), "5:5"),
            (format!("## a{escape}"), "5:5"),
            (format!("[a](index.md \"t{escape}\")"), "5:1"),
            (format!("[a](<index.md{escape}>)"), "5:1"),
            (format!("```l{escape}\n```"), "5:1"),
            (format!("- [ ] {escape}"), "5:7"),
            (format!("| {escape} |\n|---|\n"), "5:3"),
            (format!("::: note\na{escape}\n:::"), "6:2"),
        ] {
            let folder = Folder::new();
            folder.lesson(&text);
            let findings = folder.findings();
            let expected = format!("invalid-text modules/01-a/01-b.md:{place}: ");
            assert!(
                findings
                    .iter()
                    .any(|finding| finding.starts_with(&expected) && finding.ends_with(&code)),
                "{text:?}: {findings:#?}"
            );
            assert_eq!(folder.run(&["build", "-q"]).code, 1, "{text}");
        }
        // In code nothing is decoded: it is shown as it is written.
        let folder = Folder::new();
        folder.lesson(&format!("`{escape}` and\n\n    {escape}\n"));
        assert_eq!(folder.findings(), Vec::<String>::new());
    }
}

#[test]
fn what_other_systems_gave_a_file_as_its_name_cannot_steer_the_terminal() {
    let folder = Folder::new();
    folder.lesson("Text.");
    assert_eq!(folder.run(&["build", "-q"]).code, 0);
    folder.write("public/\u{1b}[31mred\u{202e}.txt", "somebody else's");
    folder.lesson("Other text.");
    let ran = folder.run(&["build"]);
    ran.assert_says("␛[31mred\u{fffd}.txt");
    assert_clean("build", &ran.stderr);
    folder.write(
        "modules/01-a/\u{1b}]0;title\u{7}.md",
        "+++\ntitle = \"T\"\n+++\n",
    );
    for arguments in [
        &["check"][..],
        &["build"],
        &["report", "links"],
        &["review", "status"],
    ] {
        let ran = folder.run(arguments);
        assert_clean("output", &ran.stdout);
        assert_clean("messages", &ran.stderr);
    }
    // What a name holds that nobody can see stands in no report, whoever reads it.
    let report = format!(
        "{} --root {} report freshness --format csv",
        env!("CARGO_BIN_EXE_throughline"),
        folder.root().display()
    );
    let seen = std::process::Command::new("script")
        .args(["-qec", &report, "/dev/null"])
        .output();
    // Not every system has `script`.
    if let Ok(seen) = seen {
        let text = String::from_utf8_lossy(&seen.stdout);
        assert!(text.contains("title\u{fffd}.md"), "{text}");
        assert_clean("a terminal", &text);
    }
}
