//! `throughline report changes` and `snapshot`: what a curriculum says otherwise than at a revision, in a folder or in a file.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use support::{commit, git, program, said, write};

const TODAY: &str = "2026-11-21";

/// A curriculum in a folder of its own.
struct Curriculum {
    folder: tempfile::TempDir,
    /// Path of the curriculum's folder below it.
    inside: &'static str,
}

const FILES: [(&str, &str); 9] = [
    ("config.toml", "title = \"Training\"\n"),
    (
        "modules/topics.toml",
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing it as they do.\"\n[topic.requires]\npractised = [\"calls\"]\n",
    ),
    (
        "modules/commitments.toml",
        "[[commitment]]\nid = \"A\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"Empathy is taught.\"\n",
    ),
    (
        "modules/signposts.toml",
        "[[signpost]]\nid = \"samaritans\"\nname = \"Samaritans\"\nphone = \"116 123\"\nlast_verified_on = 2026-11-01\n",
    ),
    (
        "modules/01-calls/index.md",
        "+++\ntitle = \"Calls\"\n+++\nHow calls go. Start with [listening](01-listening.md).\n",
    ),
    (
        "modules/01-calls/01-listening.md",
        "+++\ntitle = \"Listening\"\n+++\nCalls begin with a pause. The pause is yours.\n\n## Hear them out {#hear claims=A1}\n\nAsk one open question. Then wait. [[signpost:samaritans]]\n\n::: activity [Try it] {#try topics=empathy}\nListen to a friend for a minute.\n:::\n",
    ),
    (
        "modules/01-calls/02-asking.md",
        "+++\ntitle = \"Asking\"\n+++\nOne thing at a time. Go back to [the start](01-listening.md).\n\n::: question [What comes first?] {#first topics=empathy}\n- [x] A pause\n\n  It gives them time.\n- [ ] A form\n\n  Forms can wait.\n:::\n",
    ),
    (
        "modules/02-money/index.md",
        "+++\ntitle = \"Money\"\n+++\nWhat money does. Go to [paying](01-paying.md).\n",
    ),
    (
        "modules/02-money/01-paying.md",
        "+++\ntitle = \"Paying\"\n+++\nPeople pay on the first. Some pay later. Go to [money](index.md).\n",
    ),
];

impl Curriculum {
    fn new() -> Self {
        Self::inside("")
    }

    /// Lays the curriculum out in a folder below the temporary one.
    fn inside(inside: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let curriculum = Self { folder, inside };
        for (path, text) in FILES {
            curriculum.write(path, text);
        }
        curriculum
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join(self.inside)
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.root(), path, text);
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect("read")
    }

    /// Writes a file with one text in place of another.
    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path}: {old}");
        self.write(path, &text.replace(old, new));
    }

    fn rename(&self, old: &str, new: &str) {
        fs::rename(self.root().join(old), self.root().join(new)).expect("renamed");
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(self.folder.path(), arguments)
    }

    /// Commits all files.
    fn commit(&self, message: &str) {
        commit(self.folder.path(), message);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments)
            .output()
            .expect("the program starts")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(&self.root());
        command
            .args(arguments)
            .args(["--as-of", TODAY])
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env(
                "GIT_CEILING_DIRECTORIES",
                self.folder.path().parent().expect("it has one"),
            );
        command
    }

    fn changes(&self, since: &str) -> Value {
        let output = self.run(&["report", "changes", "--since", since, "--format", "json"]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        serde_json::from_slice(&output.stdout).expect("the report is JSON")
    }

    /// Returns what is said where the report cannot be made.
    fn refusal(&self, since: &str) -> String {
        let output = self.run(&["report", "changes", "--since", since]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(output.stdout.is_empty());
        said
    }
}

/// Returns some fields of each member of a list.
fn fields(report: &Value, list: &str, keys: &[&str]) -> Vec<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let members = report[list].as_array().expect("a list").iter();
    members
        .map(|member| keys.iter().map(|key| text(&member[key])).collect())
        .collect()
}

const LISTENING: &str = "modules/01-calls/01-listening.md";
const ASKING: &str = "modules/01-calls/02-asking.md";

#[test]
fn nothing_has_changed_since_now() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    // Layout, links and lines are no meaning.
    curriculum.edit(
        LISTENING,
        "Calls begin with a pause. The",
        "\nCalls begin\nwith a pause. The",
    );
    let report = curriculum.changes("HEAD");
    for list in [
        "coverage",
        "claims",
        "signposts",
        "topics",
        "questions",
        "pages",
        "read_again",
        "sign_off_again",
    ] {
        assert_eq!(report[list], json!([]), "{list}");
    }
    assert_eq!(report["since"], "HEAD");
    let html = curriculum.run(&["report", "changes", "--since", "HEAD", "--format", "html"]);
    assert!(String::from_utf8_lossy(&html.stdout).contains("No page says anything else."));
}

#[test]
fn a_sentence_that_changed_is_told_with_what_it_carries() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    let report = curriculum.changes("HEAD");
    let page = &report["pages"][0];
    assert_eq!(
        fields(&report, "pages", &["file", "change"]),
        [[LISTENING, "changed"]]
    );
    assert_eq!(
        page["sections"],
        json!([{
            "anchor": "hear", "heading": "Hear them out", "line": 6, "change": "changed", "words": 22,
            "topics": ["empathy"], "claims": ["A1"],
            "passages": [{"before": ["Then wait."], "after": ["Then wait for the answer."]}],
        }])
    );
    // 22 of the page's 33 words stand in that section.
    assert_eq!(page["share"], json!(0.6667));
    assert_eq!(
        fields(&report, "claims", &["id", "change"]),
        [["A1", "touched"]]
    );
    assert_eq!(report["claims"][0]["sections"][0]["anchor"], "hear");
    assert_eq!(
        fields(&report, "topics", &["id", "change"]),
        [["empathy", "touched"]]
    );
    assert_eq!(
        fields(&report, "read_again", &["module", "reason"]),
        [["calls", "1 page changed: “Listening”"]]
    );
    assert_eq!(
        report["coverage"],
        json!([]),
        "a sentence written anew is no other place"
    );
    // Not where it is the sentence of the place itself, either.
    curriculum.edit(LISTENING, "for a minute.", "for two minutes.");
    assert_eq!(curriculum.changes("HEAD")["coverage"], json!([]));
}

#[test]
fn pages_come_go_and_move() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.write(
        "modules/01-calls/03-ending.md",
        "+++\ntitle = \"Ending\"\n+++\nSay what comes next. Go to [the start](index.md).\n",
    );
    fs::remove_file(curriculum.root().join("modules/02-money/01-paying.md")).expect("removed");
    curriculum.edit(
        "modules/02-money/index.md",
        " Go to [paying](01-paying.md).",
        "",
    );
    curriculum.rename(
        "modules/01-calls/02-asking.md",
        "modules/01-calls/05-questions.md",
    );
    let report = curriculum.changes("HEAD");
    assert_eq!(
        fields(&report, "pages", &["file", "change", "from", "share"]),
        [
            ["modules/01-calls/03-ending.md", "new", "null", "1.0"],
            [
                "modules/01-calls/05-questions.md",
                "moved",
                "modules/01-calls/02-asking.md",
                "0.0"
            ],
            ["modules/02-money/index.md", "changed", "null", "0.6"],
            ["modules/02-money/01-paying.md", "gone", "null", "null"],
        ]
    );
    assert_eq!(
        report["questions"],
        json!([]),
        "a question that moved along is the same"
    );
    assert_eq!(
        report["coverage"],
        json!([]),
        "a topic that moved along is where it was"
    );
    assert_eq!(
        fields(&report, "read_again", &["module", "reason"]),
        [
            ["money", "1 page changed: “Money”"],
            ["calls", "1 page new: “Ending”"]
        ]
    );
}

#[test]
fn a_module_under_another_name_has_not_changed() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.rename("modules/01-calls", "modules/03-telephony");
    curriculum.edit("modules/topics.toml", "[\"calls\"]", "[\"telephony\"]");
    let report = curriculum.changes("HEAD");
    assert_eq!(report["summary"]["pages_moved"], 3);
    assert_eq!(report["summary"]["pages_changed"], 0);
    for list in ["coverage", "claims", "signposts", "questions", "read_again"] {
        assert_eq!(report[list], json!([]), "{list}");
    }
    assert_eq!(
        report["topics"][0]["fields"],
        json!([{"field": "requires", "before": "practised: calls", "after": "practised: telephony"}])
    );
}

#[test]
fn registers_say_what_they_say_otherwise() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.edit("modules/topics.toml", "as they do", "through their eyes");
    curriculum.edit("modules/commitments.toml", "is taught", "is practised");
    curriculum.edit("modules/signposts.toml", "116 123", "116 124");
    curriculum.edit(LISTENING, " [[signpost:samaritans]]", "");
    curriculum.edit(
        "modules/02-money/index.md",
        "What money does.",
        "What money does. [[signpost:samaritans]]",
    );
    curriculum.edit(LISTENING, "{#hear claims=A1}", "{#hear}");
    curriculum.edit(LISTENING, "{#try topics=empathy}", "{#try claims=A1}");
    let report = curriculum.changes("HEAD");
    assert_eq!(
        report["topics"][0]["fields"],
        json!([{"field": "definition", "before": "Seeing it as they do.", "after": "Seeing it through their eyes."}])
    );
    let claim = &report["claims"][0];
    assert_eq!(
        claim["fields"],
        json!([{"field": "text", "before": "Empathy is taught.", "after": "Empathy is practised."}])
    );
    assert_eq!(claim["evidence_gained"][0]["anchor"], "try");
    assert_eq!(claim["evidence_lost"][0]["anchor"], "hear");
    let service = &report["signposts"][0];
    assert_eq!(
        service["fields"],
        json!([{"field": "phone", "before": "116 123", "after": "116 124"}])
    );
    assert_eq!(service["shown"], json!(["modules/02-money/index.md"]));
    assert_eq!(service["no_longer_shown"], json!([LISTENING]));
    assert_eq!(
        fields(
            &report,
            "coverage",
            &["topic", "module", "before", "after", "depths_lost"]
        ),
        [["empathy", "calls", "met", "gap", "[\"practised\"]"]]
    );
    assert_eq!(report["summary"]["gaps_opened"], 1);
}

#[test]
fn a_question_that_asks_otherwise_is_told() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.edit(
        "modules/01-calls/02-asking.md",
        "Forms can wait.",
        "A form can wait.",
    );
    let report = curriculum.changes("HEAD");
    assert_eq!(
        fields(&report, "questions", &["file", "anchor", "change"]),
        [["modules/01-calls/02-asking.md", "first", "changed"]]
    );
    assert_eq!(
        report["questions"][0]["passages"],
        json!([{"before": ["Forms can wait."], "after": ["A form can wait."]}])
    );
}

#[test]
fn who_signed_off_what_has_changed_signs_off_again() {
    let curriculum = Curriculum::new();
    curriculum.run(&[
        "review",
        "approve",
        "--module",
        "calls",
        "--by",
        "Robin Sample",
    ]);
    curriculum.commit("first");
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    let report = curriculum.changes("HEAD");
    assert_eq!(
        fields(
            &report,
            "sign_off_again",
            &["file", "reviewer", "approved_on", "reason"]
        ),
        [[LISTENING, "Robin Sample", TODAY, "1 section changed"]]
    );
    // What was changed before is no news.
    curriculum.commit("second");
    curriculum.edit(
        "modules/02-money/01-paying.md",
        "Some pay later.",
        "Some pay late.",
    );
    assert_eq!(curriculum.changes("HEAD")["sign_off_again"], json!([]));
    // A topic's definition stands on the page, too.
    curriculum.edit("modules/topics.toml", "as they do", "through their eyes");
    let report = curriculum.changes("HEAD~1");
    let files: Vec<String> = fields(&report, "sign_off_again", &["file"]).concat();
    assert_eq!(files, [LISTENING, "modules/01-calls/02-asking.md"]);
}

#[test]
fn a_folder_a_snapshot_and_a_revision_say_the_same() {
    let curriculum = Curriculum::inside("courses/calls");
    curriculum.commit("first");
    let kept = curriculum.run(&["snapshot", "../../kept.json"]);
    assert_eq!(kept.status.code(), Some(0), "{}", said(&kept));
    let copy = curriculum.folder.path().join("copy");
    for (path, text) in FILES {
        let path = copy.join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    curriculum.rename("modules/02-money", "modules/05-payments");
    let without_side = |since: &str| {
        let mut report = curriculum.changes(since);
        let fields = report.as_object_mut().expect("an object");
        let side = (fields.remove("since"), fields.remove("earlier"));
        (side, report)
    };
    let (side, by_revision) = without_side("HEAD");
    assert_eq!(side.0, Some(json!("HEAD")));
    let what = side.1.expect("it is described")["what"].clone();
    let what = what.as_str().expect("in words").to_owned();
    assert!(
        what.starts_with("HEAD, the commit ") && what.ends_with(" of 10 November 2026"),
        "{what}"
    );
    assert!(
        by_revision["pages"]
            .as_array()
            .is_some_and(|pages| pages.len() == 3),
        "{by_revision}"
    );
    for since in [
        "../../copy",
        "../../kept.json",
        "git:HEAD",
        "main",
        "2026-11-10",
    ] {
        assert_eq!(without_side(since).1, by_revision, "{since}");
    }
}

#[test]
fn a_folder_wins_over_a_file_and_a_file_over_a_revision() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.git(&["tag", "v1"]);
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    curriculum.run(&["snapshot", "v1"]);
    assert_eq!(
        curriculum.changes("v1")["pages"],
        json!([]),
        "the file has the sentence"
    );
    assert_eq!(curriculum.changes("git:v1")["summary"]["pages_changed"], 1);
    fs::remove_file(curriculum.root().join("v1")).expect("removed");
    for (path, text) in FILES {
        curriculum.write(&format!("v1/{path}"), text);
    }
    curriculum.write(
        "v1/modules/02-money/index.md",
        "+++\ntitle = \"Money\"\n+++\nSomething else. Go to [paying](01-paying.md).\n",
    );
    assert_eq!(curriculum.changes("v1")["summary"]["pages_changed"], 2);
}

#[test]
fn faults_of_the_other_side_are_counted() {
    let curriculum = Curriculum::new();
    curriculum.write("config.toml", "title = \"Training\"\ncolour = \"red\"\n");
    curriculum.edit(LISTENING, "Then wait.", "Then wait. [Gone](gone.md)");
    curriculum.edit(
        "modules/topics.toml",
        "id = \"empathy\"\n",
        "id = \"empathy\"\nweight = 3\n",
    );
    std::os::unix::fs::symlink(
        "index.md",
        curriculum.root().join("modules/01-calls/09-link.md"),
    )
    .expect("linked");
    curriculum.commit("first");
    for (path, text) in FILES {
        curriculum.write(path, text);
    }
    fs::remove_file(curriculum.root().join("modules/01-calls/09-link.md")).expect("removed");
    let report = curriculum.changes("HEAD");
    assert_eq!(report["earlier"]["unknown_keys"], 2);
    assert_eq!(report["earlier"]["unread"], 1);
    assert!(
        report["earlier"]["findings"]
            .as_u64()
            .is_some_and(|findings| findings >= 3),
        "{report}"
    );
    assert_eq!(report["summary"]["pages_changed"], 1);
    // A configuration that is none takes nothing else with it.
    curriculum.write("config.toml", "title = [\n");
    curriculum.commit("broken");
    curriculum.write("config.toml", FILES[0].1);
    assert_eq!(curriculum.changes("HEAD")["earlier"]["unread"], 1);
}

#[test]
fn every_format_says_it() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.edit(
        LISTENING,
        "Then wait.",
        "Then wait for the answer, and write it down.",
    );
    curriculum.edit("modules/signposts.toml", "116 123", "116 124");
    for (format, expected) in [
        (
            "table",
            &[
                "Changes as of 2026-11-21: since HEAD, the commit ",
                "calls   ",
                "1 page changed: “Listening”",
                "samaritans",
            ][..],
        ),
        (
            "markdown",
            &["| 1. Calls | ", "phone was “116 123”, is “116 124”"],
        ),
        (
            "csv",
            &[
                "section,changed,,calls,modules/01-calls/01-listening.md,6,hear,Hear them out,Then wait.,\"Then wait for the answer, and write it down.\",Calls,Listening,calls/listening.html#hear\r\n",
            ],
        ),
        (
            "html",
            &[
                "<h1>What has changed</h1>",
                "In sentences: Listening",
                "Then wait for the answer, and write it down.",
            ],
        ),
    ] {
        let output = curriculum.run(&["report", "changes", "--since", "HEAD", "--format", format]);
        let text = String::from_utf8(output.stdout).expect("it is UTF-8");
        assert_eq!(output.status.code(), Some(0), "{format}");
        for part in expected {
            assert!(text.contains(part), "{format}: {part}\n{text}");
        }
    }
}

/// One of each: what is new, gone, moved and changed, of pages, sections, questions, topics, claims, services and approvals.
#[test]
fn every_kind_of_change_is_as_recorded() {
    let curriculum = Curriculum::inside("now");
    curriculum.edit(
        "modules/topics.toml",
        "[[topic]]\n",
        "[[topic]]\nid = \"haste\"\nname = \"Haste\"\n\n[[topic]]\n",
    );
    curriculum.edit(
        "modules/commitments.toml",
        "is taught.\"\n",
        "is taught.\"\n[[commitment.claim]]\nid = \"A2\"\ntext = \"People are asked.\"\n[[commitment.claim]]\nid = \"A3\"\ntext = \"Money is explained.\"\n[[commitment.claim]]\nid = \"A5\"\ntext = \"Callers know to whom they speak.\"\n",
    );
    let signposts = curriculum.read("modules/signposts.toml");
    curriculum.write(
        "modules/signposts.toml",
        &format!("{signposts}hours = \"24/7\"\n\n[[signpost]]\nid = \"shout\"\nname = \"Shout\"\ntext = \"85258\"\n"),
    );
    curriculum.edit(
        LISTENING,
        "\n## Hear",
        "\n## Say who you are {claims=A5}\n\nYour name is enough.\n\n## Hear",
    );
    // Enough pages in one module for a module that is called otherwise: three of four move along.
    curriculum.write(
        "modules/02-money/02-saving.md",
        "+++\ntitle = \"Saving\"\n+++\nA little each week. Put it where you do not see it. Leave it there. [[signpost:shout]]\n\n## Why {#why claims=A2}\n\nRainy days come.\n",
    );
    curriculum.write(
        "modules/02-money/03-owing.md",
        "+++\ntitle = \"Owing\"\n+++\nOnly this page says so. It will be gone.\n\n::: question [How much?] {#much}\n- [x] All\n\n  It is owed.\n- [ ] None\n\n  It is not.\n:::\n",
    );
    let by = ["--by", "Robin Sample"];
    let signed = curriculum.run(&[&["review", "approve", "--module", "calls"][..], &by].concat());
    assert_eq!(signed.status.code(), Some(0));
    let earlier = curriculum.folder.path().join("then");
    for entry in walkdir::WalkDir::new(curriculum.root()) {
        let path = entry.expect("it can be read").into_path();
        let inside = path.strip_prefix(curriculum.root()).expect("it is inside");
        if path.is_file() {
            let copy = earlier.join(inside);
            fs::create_dir_all(copy.parent().expect("a file stands in a folder")).expect("made");
            fs::copy(&path, copy).expect("copied");
        }
    }
    fs::write(
        earlier.join("config.toml"),
        "title = \"Training\"\ncolour = \"red\"\n",
    )
    .expect("written");

    curriculum.write(
        "modules/topics.toml",
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\naliases = [\"empathic\"]\n[topic.requires]\npractised = [\"calls\"]\n\n[[topic]]\nid = \"time\"\nname = \"Time\"\n",
    );
    curriculum.write(
        "modules/commitments.toml",
        "[[commitment]]\nid = \"A\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"Empathy is practised.\"\n[[commitment.claim]]\nid = \"A2\"\ntext = \"People are asked.\"\n[[commitment.claim]]\nid = \"A4\"\ntext = \"People have time.\"\n[[commitment.claim]]\nid = \"A5\"\ntext = \"Callers know to whom they speak.\"\n",
    );
    curriculum.write(
        "modules/signposts.toml",
        "[[signpost]]\nid = \"samaritans\"\nname = \"Samaritans\"\nphone = \"116 124\"\nlast_verified_on = 2026-11-01\nweb = \"www.samaritans.org\"\n\n[[signpost]]\nid = \"mind\"\nname = \"Mind\"\nphone = \"0300 102 1234\"\n",
    );
    // Sections change, come and go, and one has another heading above the same words.
    curriculum.write(
        LISTENING,
        "+++\ntitle = \"Listening\"\n+++\nCalls begin with a pause. The pause is theirs. The pause is theirs.\n\n## Hear them out {#listen claims=A1}\n\nAsk one open question. Then wait for the answer.\n\n## Thank them {#thank claims=A2,A4 topics=time}\n\nThey took their time.\n",
    );
    curriculum.edit(
        "modules/01-calls/02-asking.md",
        "What comes first?",
        "What is first?",
    );
    curriculum.edit(
        "modules/01-calls/02-asking.md",
        "Forms can wait.",
        "A form can wait.",
    );
    curriculum.write(
        "modules/01-calls/03-ending.md",
        "+++\ntitle = \"Ending\"\n+++\nSay what comes next. [[signpost:samaritans]] [[signpost:mind]]\n\n::: question [What next?] {#next topics=time}\n- [x] A date\n\n  It helps.\n- [ ] Nothing\n\n  It does not.\n:::\n",
    );
    curriculum.rename("modules/02-money", "modules/02-cash");
    fs::remove_file(curriculum.root().join("modules/02-cash/03-owing.md")).expect("removed");
    curriculum.edit(
        "modules/02-cash/02-saving.md",
        "A little each week.",
        "A bit each week.",
    );
    curriculum.edit("modules/02-cash/02-saving.md", " [[signpost:shout]]", "");

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("changes/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for format in ["table", "json", "csv", "markdown", "html"] {
            let output = curriculum.run(&[
                "report", "changes", "--since", "../then", "--format", format,
            ]);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{format}: {said}");
            let text = String::from_utf8(output.stdout).expect("it is UTF-8");
            // Around what a page says stands the frame of all reports.
            let said = match text.split_once("<main") {
                Some((_, rest)) => rest.split("</main>").next().expect("there is a first part"),
                None => &text,
            };
            // Line ends of CSV are part of its format, and a snapshot would not show them.
            insta::assert_snapshot!(
                format!("changes.{format}"),
                said.replace("\r\n", "<CR LF>\n")
            );
        }
    });
}

#[test]
fn what_there_is_not_is_refused_with_the_nearest_name() {
    let curriculum = Curriculum::new();
    assert!(
        curriculum
            .refusal("HEAD")
            .contains("is in no git repository")
    );
    curriculum.commit("first");
    curriculum.git(&["branch", "release"]);
    curriculum.write("kept/modules.txt", "");
    curriculum.write("old/course/modules/index.md", "");
    curriculum.write("coverage.json", "{\"schema\": 1, \"summary\": {}}");
    curriculum.write(
        "later.json",
        "{\"format\": \"throughline-snapshot\", \"schema\": 99}",
    );
    for (since, expected) in [
        (
            "relaese",
            "git knows no revision `relaese`\n  help: did you mean `release`?",
        ),
        ("HEAD~7", "git knows no revision `HEAD~7`"),
        ("-x", "unexpected argument"),
        ("git:--all", "git knows no revision `--all`"),
        ("HEAD:modules", "git knows no revision `HEAD:modules`"),
        ("keptt", "or, in `.`: did you mean `kept`?"),
        (
            "kept",
            "`kept` is no curriculum: it has no folder `modules`",
        ),
        ("old", "did you mean `"),
        ("modules/01-calls", "`modules/01-calls` is no curriculum"),
        (
            "coverage.json",
            "cannot be compared with: it is no snapshot",
        ),
        ("later.json", "cannot be compared with: its schema is 99"),
        ("2025-01-01", "there was no commit yet on 2025-01-01"),
        ("", "a value is required"),
    ] {
        let output = curriculum.run(&["report", "changes", "--since", since]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{since}: {said}");
        assert!(said.contains(expected), "{since}: {said}");
    }
    let without = curriculum.run(&["report", "changes"]);
    assert!(said(&without).contains("changes since when?"));
    assert_eq!(without.status.code(), Some(2));
    let other = curriculum.run(&["report", "coverage", "--since", "HEAD"]);
    assert!(said(&other).contains("only the report `changes`"));
    let no_git = curriculum
        .command(&["report", "changes", "--since", "HEAD"])
        .env("PATH", "")
        .output()
        .expect("starts");
    assert!(said(&no_git).contains("no `git` is on the path"));
    assert_eq!(no_git.status.code(), Some(2));
    // A revision in which the curriculum was not there yet.
    let empty = Curriculum::inside("course");
    fs::rename(empty.root(), empty.folder.path().join("away")).expect("renamed");
    empty.commit("first");
    fs::rename(empty.folder.path().join("away"), empty.root()).expect("renamed");
    assert!(
        empty
            .refusal("HEAD")
            .contains("there was no curriculum: no folder `course/modules/`")
    );
}

#[test]
fn a_clone_without_its_history_says_how_to_get_it() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    curriculum.commit("second");
    let clone = Curriculum::new();
    let from = format!("file://{}", curriculum.folder.path().display());
    clone.git(&["clone", "-q", "--depth", "1", &from, "shallow"]);
    let shallow = Curriculum {
        folder: clone.folder,
        inside: "shallow",
    };
    // The day is before all commits of the clone, and not before those that it lacks.
    for since in ["HEAD~1", "2026-11-09"] {
        assert!(shallow.refusal(since).contains("fetch-depth: 0"), "{since}");
    }
    let by = ["--by", "Robin Sample"];
    shallow.edit(LISTENING, "Then wait for the answer.", "Then wait.");
    shallow.run(&[&["review", "approve", "--module", "calls"][..], &by].concat());
    shallow.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    let reviews = shallow.run(&["report", "reviews"]);
    let said = String::from_utf8_lossy(&reviews.stdout).into_owned();
    assert!(
        said.contains("this clone has only its last commits"),
        "{said}"
    );
    fs::remove_file(shallow.root().join("modules/reviews.toml")).expect("it goes");
    assert_eq!(shallow.changes("HEAD")["pages"], json!([]));
}

/// A repository cannot make the program run anything, write anything or fetch anything.
#[test]
fn reading_a_repository_does_nothing_else() {
    let curriculum = Curriculum::new();
    curriculum.write(".gitattributes", "*.md diff=evil filter=evil\n");
    curriculum.commit("first");
    let mark = curriculum.folder.path().join("it-ran");
    let touch = format!("touch {}", mark.display());
    for (key, value) in [
        ("core.fsmonitor", touch.as_str()),
        ("diff.external", &touch),
        ("diff.evil.textconv", &touch),
        ("filter.evil.smudge", &touch),
        ("core.pager", &touch),
        ("log.showSignature", "true"),
        ("gpg.program", &touch),
        ("core.sshCommand", &touch),
    ] {
        curriculum.git(&["config", key, value]);
    }
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    let listed = || {
        let mut all: Vec<PathBuf> = walkdir::WalkDir::new(curriculum.folder.path())
            .into_iter()
            .map(|entry| entry.expect("it can be read").into_path())
            .collect();
        all.sort();
        all
    };
    let before = listed();
    assert_eq!(curriculum.changes("HEAD")["summary"]["pages_changed"], 1);
    assert_eq!(listed(), before);
    assert!(!mark.exists());
}

#[test]
fn what_a_partial_clone_left_out_is_not_fetched() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    curriculum.commit("second");
    curriculum.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = Curriculum::new();
    let from = format!("file://{}", curriculum.folder.path().display());
    clone.git(&["clone", "-q", "--filter=blob:none", &from, "partial"]);
    let partial = Curriculum {
        folder: clone.folder,
        inside: "partial",
    };
    assert!(
        partial
            .refusal("HEAD~1")
            .contains("does not have all that stood at the revision")
    );
}

#[test]
fn a_snapshot_replaces_a_snapshot_and_nothing_else() {
    let curriculum = Curriculum::new();
    let keep = |path: &str| curriculum.run(&["snapshot", path]);
    assert_eq!(keep("kept.json").status.code(), Some(0));
    let first = curriculum.read("kept.json");
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    assert_eq!(keep("kept.json").status.code(), Some(0));
    assert_ne!(curriculum.read("kept.json"), first);
    curriculum.write("notes.txt", "Mine.");
    for (path, expected) in [
        (
            "notes.txt",
            "`notes.txt` is not a snapshot that throughline wrote, and stays as it is",
        ),
        ("modules", "`modules` is a folder"),
        ("gone/kept.json", "cannot write `gone/kept.json`"),
    ] {
        let refused = keep(path);
        let said = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(curriculum.read("notes.txt"), "Mine.");
}

/// A snapshot that an earlier version wrote, with what it had then, can still be compared with.
#[test]
fn an_old_snapshot_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/snapshot-1.json");
    let curriculum = Curriculum::new();
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    let report = curriculum.changes(path.to_str().expect("the path is UTF-8"));
    assert_eq!(
        fields(&report, "pages", &["file", "change"]),
        [[LISTENING, "changed"]]
    );
    // What it does not have was not another.
    for list in ["coverage", "questions"] {
        assert_eq!(report[list], json!([]), "{list}");
    }
    for (list, id) in [("claims", "A1"), ("topics", "empathy")] {
        assert_eq!(
            fields(&report, list, &["id", "change", "fields"]),
            [[id, "touched", "[]"]]
        );
    }
}

/// What is right, how good a choice is and what registers expect are no sentences, and change what is taught and held all the same.
#[test]
fn what_is_said_without_words_is_told_too() {
    const STORY: &str = "modules/01-calls/03-story.md";
    let curriculum = Curriculum::new();
    curriculum.write(
        STORY,
        "+++\ntitle = \"Story\"\n+++\nGo to [the start](index.md).\n\n::: scenario [A call] {#call}\n::: step [It rings] {#rings}\n::: choice [Wait] {outcome=best}\nGood.\n:::\n::: choice [Talk] {outcome=poor}\nNo.\n:::\n:::\n:::\n",
    );
    curriculum.commit("first");
    curriculum.edit(ASKING, "- [x] A pause", "- [ ] A pause");
    curriculum.edit(ASKING, "- [ ] A form", "- [x] A form");
    curriculum.edit(STORY, "[Talk] {outcome=poor}", "[Talk] {outcome=good}");
    for (register, old, new) in [
        (
            "topics",
            "[topic.requires]",
            "in_short = \"Ask.\"\n[topic.requires]",
        ),
        (
            "commitments",
            "taught.\"\n",
            "taught.\"\nexpects = \"assessed\"\nnote = \"In calls.\"\n",
        ),
        (
            "commitments",
            "id = \"A\"\n",
            "id = \"A\"\nstatus = \"superseded\"\n",
        ),
    ] {
        curriculum.edit(&format!("modules/{register}.toml"), old, new);
    }
    let report = curriculum.changes("HEAD");
    assert_eq!(report["summary"]["pages_changed"], 2);
    assert_eq!(report["summary"]["questions"], 1);
    let changed = |field: &str, before: &str, after: &str| json!({"field": field, "before": before, "after": after});
    assert_eq!(
        report["questions"][0]["fields"],
        json!([changed("right", "A pause", "A form")])
    );
    assert_eq!(
        report["pages"][0]["sections"][0]["passages"],
        json!([{"before": ["Right answer: A pause"], "after": ["Right answer: A form"]}])
    );
    assert_eq!(
        report["pages"][1]["sections"][0]["passages"],
        json!([{"before": ["Poor: Talk"], "after": ["Good: Talk"]}])
    );
    assert_eq!(
        report["topics"][0]["fields"],
        json!([changed("in_short", "", "Ask.")])
    );
    assert_eq!(
        report["claims"][0]["fields"],
        json!([
            changed("statement", "current", "superseded"),
            changed("expects", "", "assessed"),
            changed("note", "", "In calls.")
        ])
    );
    let table = curriculum.run(&["report", "changes", "--since", "HEAD"]);
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(
        table.contains("right was “A pause”, is “A form”"),
        "{table}"
    );
    let csv = curriculum.run(&["report", "changes", "--since", "HEAD", "--format", "csv"]);
    let csv = String::from_utf8_lossy(&csv.stdout).into_owned();
    assert!(csv.contains(",right,A pause,A form,"), "{csv}");
}

/// What a team fills in for itself, and remarks about the text, are read by nobody else.
#[test]
fn what_nobody_signs_off_is_no_change() {
    let curriculum = Curriculum::new();
    curriculum.commit("first");
    curriculum.edit(
        LISTENING,
        "Then wait. ",
        "Then [how long?]{editorial} wait. ",
    );
    curriculum.edit(
        LISTENING,
        "::: activity",
        "::: local [Whom to ring] {#whom}\nThe plan lies here.\n:::\n\n::: editorial\nCheck this.\n:::\n\n::: activity",
    );
    assert_eq!(curriculum.changes("HEAD")["pages"], json!([]));
}

/// What has changed since a page was approved stands beside how it read then, in the newest revision that has it so.
#[test]
fn a_page_that_changed_since_its_approval_is_shown_beside_itself() {
    let curriculum = Curriculum::inside("courses/calls");
    let by = ["--by", "Robin Sample"];
    curriculum.run(&[&["review", "approve", "--module", "calls"][..], &by].concat());
    let reviews = || -> Value {
        let output = curriculum.run(&["report", "reviews", "--format", "json"]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        let rows = report["reviews"].as_array().expect("a list").clone();
        let row = rows.into_iter().find(|row| row["file"] == LISTENING);
        row.expect("the page is there")["since_approval"].clone()
    };
    assert_eq!(reviews(), json!(null), "nothing has changed");
    curriculum.edit(LISTENING, "Then wait.", "Then wait for the answer.");
    let reason = |since: &Value| since["reason"].as_str().unwrap_or_default().to_owned();
    assert!(
        reason(&reviews()).contains("is in no git repository"),
        "{}",
        reviews()
    );
    curriculum.commit("too late");
    assert!(
        reason(&reviews()).contains("no revision that git has"),
        "{}",
        reviews()
    );
    curriculum.edit(LISTENING, "Then wait for the answer.", "Then wait.");
    curriculum.commit("as approved");
    // The same words in other lines are what was approved, too: the newest such revision counts.
    curriculum.edit(
        LISTENING,
        "Ask one open question. Then wait.",
        "Ask one open question.\nThen wait.",
    );
    curriculum.commit("laid out otherwise");
    let approved = curriculum.git(&["rev-parse", "--short=10", "HEAD"]);
    for (old, new) in [
        ("Then wait.", "Then listen."),
        ("Then listen.", "Then listen well."),
    ] {
        curriculum.edit(LISTENING, old, new);
        curriculum.commit("later");
    }
    let since = reviews();
    assert_eq!(since["revision"], approved.trim());
    assert_eq!(since["day"], "2026-11-10");
    assert_eq!(since["sections"][0]["anchor"], "hear");
    assert_eq!(
        since["sections"][0]["passages"],
        json!([{"before": ["Then wait."], "after": ["Then listen well."]}])
    );
    curriculum.run(&["build", "-q"]);
    let page = curriculum.read("reports/reviews.html");
    for words in [
        "Since approval: Listening",
        "Robin Sample approved it on 21 November 2026; changed since: its words.",
        "<td>Then wait.</td><td>Then listen well.</td>",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    // Where there is little room, both stand below each other.
    for (format, words) in [
        ("table", "was “Then wait.”, is “Then listen well.”"),
        ("markdown", "  - was “Then wait.”, is “Then listen well.”"),
    ] {
        let output = curriculum.run(&["report", "reviews", "--format", format]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains(words), "{format}: {said}");
    }
    // What is signed off and is no sentence.
    for (old, new, passage) in [
        (
            "[[signpost:samaritans]]",
            "[Samaritans](https://samaritans.example/)",
            json!({"before": ["Leads to: samaritans"], "after": ["Leads to: https://samaritans.example/"]}),
        ),
        (
            "::: activity",
            "::: discussion",
            json!({"before": ["Block: activity, which carries: empathy"], "after": ["Block: discussion, which carries: empathy"]}),
        ),
    ] {
        let text = curriculum.read(LISTENING);
        curriculum.edit(LISTENING, "Then listen well.", "Then wait.");
        curriculum.edit(LISTENING, old, new);
        let passages = reviews()["sections"][0]["passages"].clone();
        assert_eq!(passages, json!([passage]), "{new}");
        curriculum.write(LISTENING, &text);
    }
    // A topic that changed changes no sentence of the page.
    curriculum.edit(LISTENING, "Then listen well.", "Then wait.");
    curriculum.edit("modules/topics.toml", "as they do", "through their eyes");
    assert_eq!(reviews()["sections"], json!([]));
}
