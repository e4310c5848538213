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
    "/",
    "https:/ ",
    "{",
    "{a=",
    "[[",
    "TODO(",
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
fn names_of_thousands_of_words_are_cut_and_take_no_time() {
    let folder = Folder::new();
    let name = "a ".repeat(10_000);
    folder.write(
        "modules/topics.toml",
        format!("[[topic]]\nid = \"a\"\nname = \"{name}\"\naliases = [\"{name}b\"]\n"),
    );
    folder.write(
        "modules/terms.toml",
        format!("[[term]]\navoid = [\"{name}{name}\"]\nuse = \"b\"\n"),
    );
    folder.lesson(&"a ".repeat(512 << 10));
    let findings = folder.findings();
    for place in [
        "topics.toml:3:8: `name`",
        "topics.toml:4:12: `aliases`",
        "terms.toml:2:10: `avoid`",
    ] {
        let expected = format!("invalid-register modules/{place} has more than 300 bytes");
        assert!(findings.contains(&expected), "{findings:.2000?}");
    }
    // What is cut off makes another term of it, which nobody wants to avoid.
    let avoided = |finding: &&String| finding.starts_with("avoided-term");
    assert_eq!(findings.iter().find(avoided), None);
}

#[test]
fn texts_that_stand_on_many_pages_are_cut() {
    let folder = Folder::new();
    let long = "a".repeat(LONG);
    folder.write(
        "modules/topics.toml",
        format!("[[topic]]\nid = \"a\"\nname = \"A\"\ndefinition = \"{long}\"\n"),
    );
    folder.write(
        "modules/signposts.toml",
        format!("[[signpost]]\nid = \"s\"\nname = \"S\"\nfor = \"{long}\"\n"),
    );
    folder.write(
        "modules/01-a/01-b.md",
        format!("+++\ntitle = \"{long}\"\nsummary = \"{long}\"\nsources = [\"{long}\"]\n+++\n"),
    );
    let findings = folder.findings();
    for expected in [
        "invalid-register modules/topics.toml:4:14: `definition` has more than 4096 bytes",
        "invalid-register modules/signposts.toml:4:7: `for` has more than 4096 bytes",
        "invalid-front-matter modules/01-a/01-b.md:2:9: `title` has more than 300 bytes",
        "invalid-front-matter modules/01-a/01-b.md:3:11: `summary` has more than 4096 bytes",
        "invalid-front-matter modules/01-a/01-b.md:4:12: `sources` has more than 4096 bytes",
    ] {
        assert!(
            findings.iter().any(|finding| finding == expected),
            "{expected}: {findings:.2000?}"
        );
    }
    assert_eq!(folder.run(&["build", "-q"]).code, 1);
}

#[test]
fn thousands_of_slips_in_a_large_curriculum_are_looked_up() {
    const MANY: usize = 2_000;
    let folder = Folder::new();
    let (mut topics, mut signposts) = (String::new(), String::new());
    let mut claims = String::from("[[commitment]]\nid = \"a\"\n");
    for n in 0..MANY {
        let slips = format!(
            "## A {{topics=topik-{n} claims=klaim-{n}}}\n\n[x](nothing-like-it-{n}.md) [y](../{n}-x/y/the-leson-{n}.md) ![x](images/picture-{n}.png) \
             [[topik-{n}]] [[signpost:signpots-{n}]]\n\nRing 0800 {:07}.\n",
            n * 37
        );
        folder.write(
            &format!(
                "modules/{:03}-m/{:02}-the-lesson-{n}.md",
                n / 100 + 2,
                n % 100
            ),
            format!("+++\ntitle = \"L {n}\"\n+++\n\n{slips}"),
        );
        writeln!(topics, "[[topic]]\nid = \"topic-{n}\"\nname = \"Topic number {n}\"\nhome = \"nowhere/{n}.md\"\nrequires.introduced = [\"m-{n}\"]").unwrap();
        writeln!(
            signposts,
            "[[signpost]]\nid = \"signpost-{n}\"\nname = \"S {n}\"\nphone = \"0800 {:07}\"",
            n * 41
        )
        .unwrap();
        writeln!(
            claims,
            "[[commitment.claim]]\nid = \"claim-{n}\"\ntext = \"t\""
        )
        .unwrap();
    }
    folder.write("modules/topics.toml", topics);
    folder.write("modules/signposts.toml", signposts);
    folder.write("modules/commitments.toml", claims);
    let findings = folder.findings();
    for rule in [
        "broken-link",
        "missing-asset",
        "unknown-topic",
        "unknown-signpost",
        "unknown-claim",
        "unknown-module",
        "stray-phone-number",
    ] {
        let found = findings.iter().filter(|finding| finding.starts_with(rule));
        let found = found.count();
        assert!(found >= MANY / 2, "{rule}: {found}");
    }
}

#[test]
fn many_anchors_steps_and_ignores_of_one_file_are_looked_up() {
    let many = |write: &dyn Fn(usize) -> String| (0..8_000).map(write).collect::<String>();
    let folder = Folder::new();
    folder.lesson(&many(&|n| {
        format!("## The heading number {n}\n\n[a](#the-headign-number-{n})\n\n")
    }));
    folder.write(
        "modules/01-a/02-c.md",
        format!(
            "+++\ntitle = \"C\"\n+++\n\n::: scenario\n{}:::\n",
            many(&|n| format!("::: step [s {n}] {{#the-step-{n}}}\n::: choice [c] {{next=#the-setp-{n}}}\n:::\n:::\n"))
        ),
    );
    folder.write(
        "modules/01-a/03-d.md",
        format!(
            "+++\ntitle = \"D\"\n+++\n\n{}",
            many(&|n| format!(
                "<!-- throughline-ignore broken-link: {n} -->\n[a](nothing-{n}.md)\n\n"
            ))
        ),
    );
    let findings = folder.findings();
    assert!(findings.len() >= 16_000, "{}", findings.len());
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

#[test]
fn a_section_that_carries_thousands_of_topics_is_read_once() {
    const TOPICS: usize = 3_000;
    let mut topics = String::new();
    for n in 0..TOPICS {
        writeln!(topics, "[[topic]]\nid = \"t{n}\"\nname = \"Topic {n}\"\ndefinition = \"d\"\ndistinctive = false\nlink = \"never\"").unwrap();
    }
    let ids: Vec<String> = (0..TOPICS).map(|n| format!("t{n}")).collect();
    let text = "some words that say nothing of it ".repeat(20_000);
    let folder = Folder::new();
    folder.write("modules/topics.toml", topics);
    folder.lesson(&format!("## A {{topics={}}}\n\n{text}\n", ids.join(",")));
    let ran = folder.run(&["check", "--format", "json"]);
    assert_eq!(ran.stdout.matches("\"topic-not-in-words\"").count(), TOPICS);
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
