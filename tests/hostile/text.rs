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
