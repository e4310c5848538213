//! What stands inside itself a hundred thousand times.

use super::folder::Folder;

const DEPTH: usize = 100_000;

/// What opens something that may stand in itself, or seems to.
const UNITS: &[&str] = &[
    ">",
    "> ",
    "- ",
    "* ",
    "1. ",
    "+ ",
    "[",
    "![",
    "[[",
    "[^",
    "](",
    "[a](",
    "[a][",
    "*",
    "_",
    "**",
    "*a ",
    "_a ",
    "**a *",
    "~",
    "~~",
    "~~a ",
    "`",
    "``a`",
    "<",
    "<a ",
    "<a>",
    "<!--",
    "<?",
    "<![CDATA[",
    "&",
    "&#",
    "\\",
    "\\[",
    "{",
    "}",
    "{#",
    "|",
    "| a ",
    "|-",
    ":",
    ": ",
    "a\n: ",
    "#",
    "# ",
    "-",
    "- - ",
    "=",
    "\"",
    "“",
    "(",
    "+++",
    "[!NOTE]",
    "> [!NOTE]\n",
    "::: note\n",
    ":::\n",
    ":::",
    "::: a [",
    "::: question\n",
    "::: question\n- [x] a\n",
    "::: scenario\n::: step [a]\n::: choice [b] {next=#a}\n",
    "::: facilitator\n",
    "- ::: note\n",
    "> ::: note\n",
    "[^a]: ",
    "[^a]: [^a]\n",
    "<!-- throughline-ignore a: b -->\n",
    "0 ",
    "(0",
    "+44 ",
    "\t",
    " \t> ",
    "\u{202e}",
    "\r",
    "\u{0}",
    "\u{feff}",
    "é",
    "e\u{301}",
];

/// Builds; whatever comes of it, a fault of the content is a finding and the site is there or not.
fn survives(folder: &Folder, what: &str) {
    let ran = folder.run(&["build", "-q"]);
    assert!(ran.code < 2, "{what}: {}", ran.stderr);
    assert_eq!(folder.has_site(), ran.code == 0, "{what}");
}

/// Builds a curriculum of which each lesson repeats one unit.
fn repeat(units: &[&str], depth: usize) {
    let folder = Folder::new();
    for (n, unit) in units.iter().enumerate() {
        folder.write(&format!("modules/01-a/{n}-l.md"), unit.repeat(depth));
    }
    survives(&folder, "one of the units");
}

#[test]
fn markdown_inside_itself_is_built_or_refused() {
    repeat(
        &["> ", "- ", "[", "*", ":::", "::: note\n", "> [!NOTE]\n"],
        DEPTH,
    );
    repeat(UNITS, DEPTH / 20);
}

#[test]
#[ignore = "takes minutes: part of the soak tests"]
fn everything_inside_itself_is_built_or_refused() {
    repeat(UNITS, DEPTH);
}

#[test]
fn deep_lists_and_quotations_keep_their_indents() {
    for (open, close) in [
        ("> ", ""),
        ("- ", ""),
        ("> - ", ""),
        ("[", "](x)"),
        ("![", "](x)"),
        ("*", "*"),
        ("**", "**"),
    ] {
        let folder = Folder::new();
        folder.lesson(&format!("{}x{}", open.repeat(DEPTH), close.repeat(DEPTH)));
        survives(&folder, open);
    }
    // Each line as deep as it can stand: a thousand levels make a million columns.
    let lines: Vec<String> = (0..1_000)
        .map(|depth| format!("{}- x", "  ".repeat(depth)))
        .collect();
    let folder = Folder::new();
    folder.lesson(&lines.join("\n"));
    survives(&folder, "indented");
}

#[test]
fn toml_inside_itself_is_a_finding() {
    for (what, text) in [
        (
            "inline tables",
            format!("a = {}{}", "{a = ".repeat(DEPTH), "}".repeat(DEPTH)),
        ),
        ("open tables", format!("a = {}", "{a = ".repeat(DEPTH))),
        (
            "arrays",
            format!("a = {}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
        ),
        ("open arrays", format!("a = {}", "[".repeat(DEPTH))),
        ("a dotted key", format!("{}a = 1", "a.".repeat(DEPTH))),
        ("a dotted header", format!("[{}a]", "a.".repeat(DEPTH))),
        ("quotes", format!("a = {}", "\"".repeat(DEPTH))),
        ("brackets", "[[".repeat(DEPTH)),
    ] {
        let folder = Folder::new();
        folder.write(
            "modules/01-a/01-b.md",
            format!("+++\ntitle = \"B\"\n{text}\n+++\n\nText.\n"),
        );
        for register in ["topics", "signposts", "commitments", "terms", "reviews"] {
            folder.write(&format!("modules/{register}.toml"), &text);
        }
        let ran = folder.run(&["check"]);
        assert_eq!(ran.code, 1, "{what}");
        ran.assert_says("--> modules/01-a/01-b.md:");
        ran.assert_says("modules/topics.toml:1:");

        let folder = Folder::new();
        folder.write("config.toml", &text);
        let ran = folder.run(&["check"]);
        assert!(ran.code > 0, "{what}");
        ran.assert_says("config.toml:1:");
    }
}
