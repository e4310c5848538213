//! `throughline review`: a sign-off holds until the words, a topic's definition or a claim change.

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;

use support::{laid_out, run, said, write};

const TOPICS: &str =
    "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing it as they do.\"\n";
const COMMITMENTS: &str = "[[commitment]]\nid = \"A\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"Empathy is taught.\"\n";
const LISTENING: &str = "+++\ntitle = \"Listening\"\n+++\n## Empathy {topics=empathy claims=A1}\n\nOne open question, then a pause.\n";
const PLAIN: &str =
    "+++\ntitle = \"Plain\"\n+++\nIt carries nothing. Go to [listening](01-listening.md).\n";
const INDEX: &str = "+++\ntitle = \"Calls\"\n+++\nStart with [plain words](02-plain.md).\n";

fn curriculum() -> tempfile::TempDir {
    laid_out(&[
        ("config.toml", "title = \"Training\"\n"),
        ("modules/topics.toml", TOPICS),
        ("modules/commitments.toml", COMMITMENTS),
        ("modules/01-calls/index.md", INDEX),
        ("modules/01-calls/01-listening.md", LISTENING),
        ("modules/01-calls/02-plain.md", PLAIN),
    ])
}

/// Runs `review` in a folder.
fn review(root: &Path, arguments: &[&str]) -> Output {
    run(root, &[&["review"], arguments].concat())
}

fn approve(root: &Path, paths: &[&str]) -> Output {
    let options = [
        "approve",
        "--reviewer",
        "Robin Sample",
        "--as-of",
        "2026-11-21",
    ];
    review(root, &[&options, paths].concat())
}

/// Returns each page's file name, its state and what has changed.
fn states(root: &Path) -> Vec<(String, String, String)> {
    let output = review(
        root,
        &["status", "--format", "json", "--as-of", "2026-11-21"],
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    report["reviews"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| {
            let name = text(&row["file"])
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            let changed: Vec<String> = row["changed"]
                .as_array()
                .expect("a list")
                .iter()
                .map(text)
                .collect();
            (name, text(&row["state"]), changed.join(", "))
        })
        .collect()
}

fn state(root: &Path, name: &str) -> (String, String) {
    let found = states(root)
        .into_iter()
        .find(|(file, ..)| file == name)
        .expect("the page is there");
    (found.1, found.2)
}

fn pair(state: &str, changed: &str) -> (String, String) {
    (state.to_owned(), changed.to_owned())
}

#[test]
fn a_sign_off_holds_until_something_that_it_covers_changes() {
    let folder = curriculum();
    let root = folder.path();
    assert_eq!(state(root, "01-listening.md"), pair("unreviewed", ""));
    let approved = approve(root, &["modules/01-calls"]);
    assert_eq!(approved.status.code(), Some(0), "{}", said(&approved));
    for (name, found, _) in states(root) {
        assert_eq!(found, "approved", "{name}");
    }
    let page = "modules/01-calls/01-listening.md";
    let reflowed = LISTENING.replace("question, then", "question,\nthen");
    let owned = reflowed.replace(
        "+++\n##",
        "owner = \"Calls team\"\nlast_reviewed_on = 2026-11-21\n+++\n##",
    );
    for (path, text, former, expected) in [
        (page, owned.as_str(), LISTENING, pair("approved", "")),
        (
            page,
            &LISTENING.replace("open", "closed"),
            LISTENING,
            pair("suspect", "its words"),
        ),
        (
            page,
            &LISTENING.replace("\"Listening\"", "\"Hearing\""),
            LISTENING,
            pair("suspect", "its words"),
        ),
        (
            "modules/topics.toml",
            &TOPICS.replace("as they do", "through their eyes"),
            TOPICS,
            pair("suspect", "a topic that it carries"),
        ),
        (
            "modules/commitments.toml",
            &COMMITMENTS.replace("taught", "practised"),
            COMMITMENTS,
            pair("suspect", "a claim that it carries"),
        ),
    ] {
        write(root, path, text);
        assert_eq!(state(root, "01-listening.md"), expected, "{text}");
        assert_eq!(state(root, "02-plain.md"), pair("approved", ""), "{text}");
        write(root, path, former);
    }
    write(root, page, LISTENING.replace("open", "closed"));
    approve(root, &["01-calls/01-listening"]);
    assert_eq!(state(root, "01-listening.md"), pair("approved", ""));
}

#[test]
fn sign_offs_are_kept_in_a_stable_order_and_none_is_lost() {
    let folder = curriculum();
    let root = folder.path();
    approve(root, &["modules/01-calls/02-plain.md"]);
    approve(root, &["modules/01-calls/01-listening.md"]);
    let register = fs::read_to_string(root.join("modules/reviews.toml")).expect("read");
    let paths: Vec<&str> = register
        .lines()
        .filter(|line| line.starts_with("path"))
        .collect();
    assert_eq!(
        paths,
        [
            "path = \"01-calls/01-listening.md\"",
            "path = \"01-calls/02-plain.md\""
        ]
    );

    fs::remove_file(root.join("modules/01-calls/02-plain.md")).expect("removed");
    approve(root, &["modules/01-calls/01-listening.md"]);
    assert_eq!(state(root, "02-plain.md"), pair("absent", ""));
    let left: Vec<String> = fs::read_dir(root.join("modules"))
        .expect("read")
        .map(|entry| {
            entry
                .expect("read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_module_or_what_somebody_keeps_is_signed_off_at_once() {
    let folder = curriculum();
    let root = folder.path();
    write(
        root,
        "modules/index.md",
        "+++\ntitle = \"Training\"\n+++\nWelcome.\n",
    );
    write(
        root,
        "modules/02-money/index.md",
        "+++\ntitle = \"Money\"\nowner = \"Money team\"\n+++\nSee [plain](../01-calls/02-plain.md).\n",
    );
    write(
        root,
        "modules/02-money/01-paying.md",
        "+++\ntitle = \"Paying\"\n+++\nPay. Go to [the start](index.md).\n",
    );
    write(
        root,
        "modules/02-money/02-owing.md",
        "+++\ntitle = \"Owing\"\nowner = \"Debt team\"\n+++\nOwe. Go to [pay](01-paying.md).\n",
    );
    let approved = || -> Vec<String> {
        let states = states(root).into_iter();
        let approved = states.filter(|(_, state, _)| state == "approved");
        approved.map(|(name, ..)| name).collect()
    };
    approve(root, &["--module", "calls"]);
    assert_eq!(approved(), ["index.md", "01-listening.md", "02-plain.md"]);
    // A lesson without an owner is its module's.
    approve(root, &["--owner", "Money team"]);
    assert_eq!(
        approved(),
        [
            "index.md",
            "01-listening.md",
            "02-plain.md",
            "index.md",
            "01-paying.md"
        ]
    );
    let of_both = review(
        root,
        &[
            "status",
            "--module",
            "02-money",
            "--owner",
            "Debt team",
            "--format",
            "csv",
        ],
    );
    let text = String::from_utf8_lossy(&of_both.stdout).into_owned();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("02-owing.md"), "{text}");
    for (arguments, expected) in [
        (
            ["--module", "call"],
            "no module is called `call`\n  help: did you mean `calls`?",
        ),
        (
            ["--owner", "Debts team"],
            "no page is kept by `Debts team`\n  help: did you mean `Debt team`?",
        ),
        (
            ["--owner", "Nobody here"],
            "owners are Debt team, Money team",
        ),
    ] {
        let refused = approve(root, &arguments);
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
    }
    let refused = approve(root, &["--module", "calls", "--owner", "Debt team"]);
    let said = said(&refused);
    assert!(
        said.contains("none of these pages is kept by `Debt team`"),
        "{said}"
    );
}

/// The home page's introduction, units, modules and lessons are all pages, for every figure.
#[test]
fn the_same_pages_are_counted_everywhere() {
    let folder = curriculum();
    let root = folder.path();
    write(
        root,
        "modules/index.md",
        "+++\ntitle = \"Training\"\n+++\nWelcome.\n",
    );
    write(
        root,
        "modules/01-calls/03-more/index.md",
        "+++\ntitle = \"More\"\n+++\nSee [plain words](../02-plain.md).\n",
    );
    approve(root, &["modules/01-calls"]);
    write(
        root,
        "modules/01-calls/02-plain.md",
        "+++\ntitle = \"Plain\"\n+++\nOther words. Go to [listening](01-listening.md).\n",
    );
    let summary = |name: &str| {
        let output = run(
            root,
            &["report", name, "--format", "json", "--as-of", "2026-11-21"],
        );
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        report["summary"].clone()
    };
    let (freshness, reviews) = (summary("freshness"), summary("reviews"));
    assert_eq!(freshness["pages"], 5);
    for (state, count) in [("approved", 3), ("suspect", 1), ("unreviewed", 1)] {
        assert_eq!(freshness[state], count, "{freshness}");
        assert_eq!(reviews[state], count, "{reviews}");
    }
    let said = review(root, &["status"]);
    assert!(
        String::from_utf8_lossy(&said.stdout).ends_with("\n3 approved, 1 suspect, 1 unreviewed\n")
    );
}

#[test]
fn nobody_signs_off_unnamed_or_over_a_fault() {
    let folder = curriculum();
    let root = folder.path();
    for (arguments, expected) in [
        (vec!["approve", "modules/01-calls"], "--reviewer"),
        (
            vec!["approve", "--reviewer", "R", "modules/01-call"],
            "no page at `modules/01-call`",
        ),
    ] {
        let refused = review(root, &arguments);
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
    }
    let faulty = "[[review]]\npath = \"01-calls/02-plain.md\"\nfingerprint = \"old\"\n";
    write(root, "modules/reviews.toml", faulty);
    let refused = approve(root, &["modules/01-calls/01-listening.md"]);
    assert_eq!(refused.status.code(), Some(2));
    let kept = fs::read_to_string(root.join("modules/reviews.toml")).expect("read");
    assert_eq!(kept, faulty);
}

#[test]
fn what_was_signed_off_by_the_first_recipe_is_held_by_it() {
    let folder = curriculum();
    let root = folder.path();
    write(
        root,
        "modules/reviews.toml",
        "[[review]]\npath = \"01-calls/02-plain.md\"\nfingerprint = \"5ef27765d9524a2e74053314-af1349b9f5f9a1a6a0404dea-af1349b9f5f9a1a6a0404dea\"\nreviewer = \"Robin Sample\"\napproved_on = 2026-11-21\n",
    );
    assert_eq!(state(root, "02-plain.md"), pair("approved", ""));
    let moved = PLAIN.replace("(01-listening.md)", "(../01-calls/01-listening.md)");
    write(root, "modules/01-calls/02-plain.md", &moved);
    assert_eq!(state(root, "02-plain.md"), pair("suspect", "its words"));
    approve(root, &["modules/01-calls/02-plain.md"]);
    let register = fs::read_to_string(root.join("modules/reviews.toml")).expect("it is there");
    assert!(register.contains("fingerprint = \"2-"), "{register}");
    assert_eq!(state(root, "02-plain.md"), pair("approved", ""));
}

#[test]
fn what_learners_do_not_read_is_not_signed_off() {
    let folder = curriculum();
    let root = folder.path();
    let path = "modules/01-calls/02-plain.md";
    let signed = "+++\ntitle = \"Plain\"\nminutes = 5\n+++\n## Ends\n\nGo to [listening](01-listening.md), [a site](https://a.org) or [[signpost:line]]. Say bonjour.\n\n::: activity [Try]\nOne.\n:::\n\n::: question\nWhich?\n\n- [x] This.\n- [ ] That.\n:::\n";
    write(
        root,
        "modules/signposts.toml",
        "[[signpost]]\nid = \"line\"\nname = \"Line\"\nowner = \"R\"\nphone = \"116 123\"\nverified_on = 2026-11-01\n[[signpost]]\nid = \"desk\"\nname = \"Desk\"\nowner = \"R\"\nphone = \"116 123\"\nverified_on = 2026-11-01\n",
    );
    write(root, path, signed);
    approve(root, &[path]);
    for (before, after) in [
        ("(01-listening.md)", "(@/01-calls/01-listening.md#empathy)"),
        ("(01-listening.md)", "[l]\n\n[l]: ./01-listening.md\n"),
        ("## Ends", "## Ends {#ends}"),
        ("## Ends", "## Ends {#ends lang=en}"),
        ("Say bonjour.", "Say [bonjour]{#b lang=fr}."),
        ("minutes = 5", "minutes = 15"),
        ("activity [Try]", "activity [Try] {minutes=5}"),
        (
            "Say bonjour.",
            "Say bonjour.\n\n::: editorial\nCheck this.\n:::\n",
        ),
        ("Say bonjour.", "Say bonjour. [Check this.]{editorial}"),
        (
            "Say bonjour.",
            "Say bonjour.\n\n::: local [Whom to ring] {#whom}\nThe plan lies here.\n:::\n",
        ),
    ] {
        let changed = signed.replace(before, after);
        assert_ne!(changed, signed, "{before}");
        write(root, path, &changed);
        // A definition is words of the file; where it leads is not.
        let expected = match after.contains("[l]:") {
            true => pair("suspect", "its words"),
            false => pair("approved", ""),
        };
        assert_eq!(state(root, "02-plain.md"), expected, "{after}");
    }
    for (before, after) in [
        ("[x] This.\n- [ ] That.", "[ ] This.\n- [x] That."),
        ("https://a.org", "https://b.org"),
        ("signpost:line", "signpost:desk"),
        ("Say bonjour.", "Say [bonsoir]{lang=fr}."),
        ("activity [Try]", "activity [Try it]"),
    ] {
        write(root, path, signed.replace(before, after));
        let found = state(root, "02-plain.md");
        assert_eq!(found, pair("suspect", "its words"), "{after}");
    }
}

/// Wherever it stands in braces, and whatever stands beside it there.
#[test]
fn an_attribute_that_nobody_signs_off_leaves_no_trace() {
    let folder = curriculum();
    let root = folder.path();
    let path = "modules/01-calls/01-listening.md";
    let page = |body: &str| format!("+++\ntitle = \"Listening\"\n+++\n{body}");
    let question = "Which?\n\n- [x] This.\n- [ ] That.\n:::\n";
    let table = "| A | B |\n| - | - |\n| Bonjour | Hello |\n";
    for (signed, same) in [
        (
            "## See {topics=empathy claims=A1}\n\nWith empathy.\n",
            &[
                "## See {#h topics=empathy claims=A1}\n\nWith empathy.\n",
                "## See {topics=empathy claims=A1 #h}\n\nWith empathy.\n",
                "## See {topics=empathy #h claims=A1}\n\nWith empathy.\n",
                "## See {lang=fr topics=empathy claims=A1 quote=\"See\"}\n\nWith empathy.\n",
            ][..],
        ),
        (
            "::: activity {topics=empathy claims=A1}\nWith empathy.\n:::\n",
            &[
                "::: activity {minutes=5 topics=empathy claims=A1 quote=\"With empathy\"}\nWith empathy.\n:::\n",
                "::: activity {topics=empathy lang=fr claims=A1 #try}\nWith empathy.\n:::\n",
            ],
        ),
        (
            "With [empathy]{claims=A1}.\n",
            &["With [empathy]{#here claims=A1 lang=fr}.\n"],
        ),
        (
            &format!("::: question {{#q}}\n{question}"),
            &[
                &format!("::: question {{#q order=written}}\n{question}"),
                &format!("::: question {{order=written}}\n{question}"),
            ],
        ),
        (
            table,
            &[
                &format!("{{lang=fr,}}\n{table}"),
                &format!("{{lang=\"fr\"}}\n{table}"),
            ],
        ),
    ] {
        write(root, path, page(signed));
        approve(root, &[path]);
        for same in same {
            write(root, path, page(same));
            let found = state(root, "01-listening.md");
            assert_eq!(found, pair("approved", ""), "{signed}\n{same}");
        }
    }
    let path = "modules/01-calls/index.md";
    let page = |outcome: &str| format!("+++\ntitle = \"Calls\"\noutcomes = [\"{outcome}\"]\n+++\n");
    write(
        root,
        path,
        page("To say bonjour and [be plain](02-plain.md)"),
    );
    approve(root, &[path]);
    for (outcome, expected) in [
        (
            "To say [bonjour]{lang=fr} and [be plain](@/01-calls/02-plain.md)",
            "approved",
        ),
        ("To say bonsoir and [be plain](02-plain.md)", "suspect"),
    ] {
        write(root, path, page(outcome));
        assert_eq!(state(root, "index.md").0, expected, "{outcome}");
    }
}
