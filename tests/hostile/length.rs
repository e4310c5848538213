//! What is long: files, lines, lists, registers and chains. Time and memory must grow with the size, and not with its square.

use std::fmt::Write as _;
use std::fs::File;

use super::folder::Folder;

/// Bytes of a name without end.
const LONG: usize = 256 << 10;

/// What a lesson may repeat.
const UNITS: &[&str] = &[
    "[a](b) ",
    "[a](b.md#c) ",
    "![a](b.png) ",
    "[[empathy]] ",
    "empathy ",
    "Empathy. ",
    "[^a] ",
    "[^a](",
    "absent parent ",
    "\"absent parent\" ",
    "0800 1 ",
    "1 ",
    "é ",
    "`a` ",
    "*a* ",
    "<b> ",
    "<!-- throughline-ignore raw-html: x --> ",
    "a\n",
    "# a\n",
    "## \n",
    "- a\n",
    "- [x] a\n",
    "> a\n\n",
    "> [!NOTE]\n> a\n\n",
    "| a | b |\n|---|---|\n| empathy | b |\n\n",
    "| a |\n",
    "a\n: b\n\n",
    "::: note\n:::\n",
    "::: question [a]\n- [x] a\n:::\n",
    "::: signposts {ids=samaritans}\n:::\n",
    "::: unknown\n:::\n",
    "---\n",
    "a  \n",
    "::: activity {#a topics=empathy minutes=4294967295}\nempathy\n:::\n",
    "::: facilitator\n[a](b) empathy\n\n:::\n",
    "<div>\n\n",
    "<!-- throughline-ignore raw-html: x -->\n\n<div>\n\n",
    "<!-- throughline-ignore -->\n\n> a\n\n",
    "### a {topics=empathy}\n\nempathy\n\n",
    "[a]: b\n",
    "[a][b] ",
    "[a] ",
    "<https://a.example> ",
    "&amp;",
    "\\*",
    "&#0;",
    "::: step [a] {#a}\n",
    "\u{0}",
    "\r\n",
];

/// Checks and builds a curriculum of which each lesson repeats one thing, up to a size in bytes.
fn repeat(size: usize) {
    let folder = Folder::new();
    folder.write(
        "modules/topics.toml",
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"d\"\n",
    );
    folder.write(
        "modules/signposts.toml",
        "[[signpost]]\nid = \"samaritans\"\nname = \"S\"\nfor = \"all\"\nphone = \"116 123\"\n",
    );
    folder.write(
        "modules/terms.toml",
        "[[term]]\navoid = [\"absent parent\"]\nuse = \"x\"\n",
    );
    for (n, unit) in UNITS.iter().enumerate() {
        folder.write(
            &format!("modules/01-a/{n}-l.md"),
            unit.repeat(size / unit.len()),
        );
    }
    folder.run(&["check"]);
    folder.run(&["build", "-q", "--edition", "facilitator"]);
}

#[test]
fn long_runs_of_one_thing_take_no_time_that_is_worth_telling() {
    repeat(32 << 10);
}

#[test]
#[ignore = "takes minutes: part of the soak tests"]
fn very_long_runs_of_one_thing_take_time_in_proportion() {
    repeat(1 << 20);
}

#[test]
fn numbered_runs_are_looked_up_and_not_searched_for() {
    let many = |write: &dyn Fn(usize) -> String| (0..8_000).map(write).collect::<String>();
    for (what, text) in [
        (
            "footnotes",
            many(&|n| format!("[^{n}]\n\n[^{n}]: note\n\n")),
        ),
        (
            "headings",
            many(&|n| format!("## a {n}\n\n[a](#a-{n})\n\n")),
        ),
        ("one heading", many(&|_| "## a\n\n".into())),
        (
            "links to nothing",
            many(&|n| format!("[a](#nothing-{n})\n")),
        ),
        (
            "definitions",
            many(&|n| format!("[a{n}]: b{n}.md\n")) + &many(&|n| format!("[a{n}] ")),
        ),
        (
            "steps",
            format!(
                "::: scenario\n{}:::\n",
                many(&|n| format!(
                    "::: step [s {n}] {{#s{n}}}\n::: choice [c] {{next=#s{}}}\n:::\n:::\n",
                    n + 1
                ))
            ),
        ),
        (
            "ignores",
            many(&|n| format!("<!-- throughline-ignore raw-html: {n} -->\n\n<b>\n\n")),
        ),
    ] {
        let folder = Folder::new();
        folder.lesson(&text);
        let ran = folder.run(&["build", "-q"]);
        assert!(ran.code < 2, "{what}: {}", ran.stderr);
    }
}

#[test]
fn endless_names_are_compared_with_nothing() {
    let long = "a".repeat(LONG);
    let folder = Folder::new();
    folder.write("modules/topics.toml", format!("[[topic]]\nid = \"a\"\nname = \"{long}\"\naliases = [\"a\", \"{long}b\"]\ndefinition = \"d\"\n"));
    folder.lesson(&format!(
        "## {long}\n\n[x](#{long}b) [y]({long}.md) [[{long}]] [[signpost:{long}]]\n\n::: {long}\n:::\n\n::: note {{{long}=x #{long}}}\n:::\n\n{long} {long}b",
    ));
    folder.write(
        "modules/01-a/02-c.md",
        format!(
            "+++\ntitle = \"{long}\"\n{long} = 1\nslug = \"{long}\"\naliases = [\"{long}\"]\n+++\n"
        ),
    );
    assert_eq!(folder.run(&["check"]).code, 1);
}

#[test]
fn five_thousand_topics_with_shared_beginnings_are_found_in_order() {
    let mut topics = String::new();
    let mut text = String::new();
    for n in 0..5_000 {
        writeln!(topics, "[[topic]]\nid = \"duty-of-care-{n}\"\nname = \"Duty of care {n}\"\naliases = [\"duty of care for {n}\"]\ndefinition = \"d\"").unwrap();
        writeln!(
            text,
            "The duty of care {n} and the duty of care for {n}, and no duty of care.\n"
        )
        .unwrap();
    }
    let folder = Folder::new();
    folder.write("modules/topics.toml", &topics).lesson(&text);
    assert_eq!(folder.findings(), Vec::<String>::new());
    assert_eq!(folder.run(&["build", "-q"]).code, 0);
    let topic = folder.page("topics/duty-of-care-4999.html");
    assert!(topic.contains("duty of care 4999") || topic.contains("duty of care for 4999"));
}

/// Writes lessons of which each asks for the one before it, and the first for the last where it closes the ring.
fn chain(folder: &Folder, length: usize, first_asks: Option<usize>) {
    for n in 0..length {
        let before = n.checked_sub(1).or(first_asks);
        let prerequisites = before.map_or(String::new(), |before| format!("\"l{before:05}.md\""));
        let text =
            format!("+++\ntitle = \"L {n}\"\nprerequisites = [{prerequisites}]\n+++\n\nText.\n");
        folder.write(&format!("modules/{:02}-m/l{n:05}.md", 1), text);
    }
    folder.write("modules/01-m/index.md", "+++\ntitle = \"M\"\n+++\n");
}

#[test]
fn a_chain_of_ten_thousand_prerequisites_is_followed() {
    let folder = Folder::new();
    chain(&folder, 10_000, None);
    assert_eq!(folder.findings(), Vec::<String>::new());
}

#[test]
fn rings_of_prerequisites_are_printed_as_chains() {
    let folder = Folder::new();
    chain(&folder, 3, Some(2));
    assert_eq!(
        folder.findings(),
        [
            "prerequisite-cycle modules/01-m/l00000.md:3:18: this lesson is its own prerequisite: \
          01-m/l00000.md -> 01-m/l00002.md -> 01-m/l00001.md -> 01-m/l00000.md"
        ]
    );

    let folder = Folder::new();
    chain(&folder, 10_000, Some(9_999));
    let findings = folder.findings();
    assert_eq!(findings.len(), 1, "{findings:.500?}");
    assert!(
        findings[0].ends_with("-> ... -> 01-m/l00000.md"),
        "{}",
        findings[0]
    );

    let folder = Folder::new();
    chain(&folder, 1, Some(0));
    assert_eq!(
        folder.findings(),
        [
            "prerequisite-cycle modules/01-m/l00000.md:3:18: this lesson is its own prerequisite: 01-m/l00000.md -> 01-m/l00000.md"
        ]
    );
}

#[test]
fn a_file_over_the_limit_is_left_out_with_a_finding() {
    let folder = Folder::new();
    let limit = 16 << 20;
    folder.write("modules/01-a/01-b.md", vec![b'a'; limit + 1]);
    folder.write("modules/topics.toml", vec![b'#'; limit + 1]);
    folder.write("modules/01-a/huge.svg", vec![b' '; limit + 1]);
    File::create(folder.path("modules/01-a/02-sparse.md"))
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let findings = folder.findings();
    for file in ["01-a/01-b.md", "01-a/02-sparse.md", "topics.toml"] {
        let expected = format!(
            "invalid-text modules/{file}:1:1: this file is larger than 16 MiB and is left out"
        );
        assert!(findings.contains(&expected), "{findings:#?}");
    }
    let ran = folder.run(&["check"]);
    ran.assert_says("divide it");
}

/// Lays out a lesson that offers a file of four gigabytes, which is more than the program may have in memory.
fn with_large_asset() -> Folder {
    let folder = Folder::new();
    let asset = folder.path("modules/01-a/recording.bin");
    File::create(&asset).unwrap().set_len(4 << 30).unwrap();
    folder.lesson("[The recording](recording.bin)");
    folder
}

#[test]
fn an_asset_larger_than_memory_is_not_read_to_be_checked() {
    assert_eq!(with_large_asset().findings(), Vec::<String>::new());
}

#[test]
#[ignore = "writes four gigabytes: part of the soak tests"]
fn an_asset_larger_than_memory_is_copied() {
    let folder = with_large_asset();
    assert_eq!(folder.run(&["build", "-q"]).code, 0);
    let copy = std::fs::metadata(folder.path("public/a/recording.bin")).unwrap();
    assert_eq!(copy.len(), 4 << 30);
}

#[test]
fn a_configuration_without_end_is_refused() {
    let folder = Folder::new();
    File::create(folder.path("config.toml"))
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 2);
    ran.assert_says("config.toml");
}
