//! `throughline package`: ZIPs for learning platforms, what they hold, and what stands in their way.

#![allow(
    clippy::disallowed_methods,
    reason = "tests lay out folders and run programs"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};
use support::{laid_out, run, said, text, write};
use zip::ZipArchive;

const CONFIG: &str = "title = \"Training & co\"\nlanguage = \"en-GB\"\n\n[package]\nidentifier = \"https://example.org/training\"\nmastery = 80\n";

const FILES: [(&str, &str); 10] = [
    ("config.toml", CONFIG),
    (
        "modules/topics.toml",
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing it as they do.\"\n[[topic]]\nid = \"tolerance\"\nname = \"Tolerance\"\n",
    ),
    (
        "modules/index.md",
        "+++\ntitle = \"Training\"\n+++\nTwo modules.\n",
    ),
    (
        "modules/01-calls/index.md",
        "+++\ntitle = \"Calls <& co>\"\nsummary = \"How calls go.\"\noutcomes = [\"Listen.\", \"Say **why**\"]\n+++\nStart with [listening](01-listening.md).\n",
    ),
    (
        "modules/01-calls/01-listening.md",
        "+++\ntitle = \"Listening\"\naliases = [\"calls/hearing.html\"]\nminutes = 75\n+++\n\
         Go to [the start](index.md), to [money](../02-money/01-tŷ.md), or to [others](https://example.com/). A ![drawing](Picture.svg) helps.\n\n## Silence {topics=empathy}\n\nThey wait.\n\n\
         ::: question [Who speaks?] {#q-who topics=empathy}\nA caller is silent.\n\n- [ ] You\n\n  Not yet.\n- [x] Nobody, for a while\n\n  Yes.\n- [ ] A colleague of theirs\n:::\n\n\
         ::: scenario [A call] {#call topics=empathy}\n::: step [It rings] {#rings}\n::: choice [Pick it up] {next=#talk outcome=best}\nGood.\n:::\n\
         ::: choice [Let it ring] {outcome=poor}\nNobody is helped.\n:::\n:::\n\
         ::: step [They talk] {#talk}\n::: choice [Listen] {outcome=best}\nThey are heard.\n:::\n:::\n:::\n",
    ),
    (
        "modules/01-calls/Picture.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>A</title></svg>",
    ),
    (
        "modules/02-money/index.md",
        "+++\ntitle = \"Money\"\nsummary = \"What it costs.\"\n+++\nSee [the house](01-tŷ.md), and [calls](../01-calls/index.md).\n",
    ),
    (
        "modules/02-money/01-tŷ.md",
        "+++\ntitle = \"Tŷ\"\n+++\nA house, with a [plan](plän.pdf). \n\n## Figures {topics=tolerance}\n\nTolerance matters.\n\n\
         ::: question [Which two?] {#q-two topics=tolerance}\n- [x] One\n- [x] Two\n- [ ] Three\n:::\n\n[Next](02-next.md).\n",
    ),
    ("modules/02-money/plän.pdf", "%PDF-1.4\n"),
    (
        "modules/02-money/02-next.md",
        "+++\ntitle = \"Next\"\n+++\nBack to [the house](01-tŷ.md).\n",
    ),
];

struct Curriculum(tempfile::TempDir);

impl Curriculum {
    fn new() -> Self {
        Self(laid_out(&FILES))
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        write(self.0.path(), path, content);
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let arguments = [&["package", "--as-of", "2026-11-21"], arguments].concat();
        Ended::of(&run(self.0.path(), &arguments))
    }

    fn package(&self, arguments: &[&str]) {
        let ended = self.run(arguments);
        assert_eq!(ended.status, 0, "{}", ended.said);
    }

    fn zip(&self, name: &str) -> Zip {
        Zip::new(fs::read(self.path("packages").join(name)).expect("it is there"))
    }

    /// Returns the names in the folder of packages, hidden ones too.
    fn packages(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.path("packages")) else {
            return Vec::new();
        };
        let names = folder.map(|entry| entry.expect("it can be read").file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into()).collect();
        names.sort();
        names
    }
}

struct Ended {
    status: i32,
    said: String,
}

impl Ended {
    fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().expect("it was not killed"),
            said: said(output),
        }
    }

    fn holds(&self, status: i32, parts: &[&str]) {
        for part in parts {
            assert!(self.said.contains(part), "no `{part}` in:\n{}", self.said);
        }
        assert_eq!(self.status, status, "{}", self.said);
    }
}

struct Zip {
    bytes: Vec<u8>,
    names: Vec<String>,
}

impl Zip {
    fn new(bytes: Vec<u8>) -> Self {
        let archive = ZipArchive::new(Cursor::new(&bytes)).expect("it is a ZIP");
        let names = (0..archive.len()).map(|index| {
            let name = archive.name_for_index(index).expect("it has so many");
            name.expect("it is UTF-8").into_owned()
        });
        let names = names.collect();
        Self { bytes, names }
    }

    fn text(&self, name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).expect("it is a ZIP");
        let mut text = String::new();
        let mut file = archive
            .by_name(name)
            .unwrap_or_else(|_| panic!("no {name}"));
        file.read_to_string(&mut text).expect("it is text");
        text
    }

    fn data(&self) -> Value {
        let script = self.text("throughline/package.js");
        let json = script.strip_prefix("window.throughlinePackage = ");
        let json = json.and_then(|json| json.strip_suffix(";\n"));
        serde_json::from_str(json.expect("it sets one thing")).expect("which is JSON")
    }
}

/// Returns the values of an attribute, as they are written.
fn attributes<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let mark = format!(" {name}=\"");
    let parts = text.split(&*mark).skip(1);
    parts.filter_map(|rest| rest.split('"').next()).collect()
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .expect("it is UTF-8")
        .into_owned()
}

/// Returns where a link leads from a file, as a path in the ZIP.
fn resolved(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => {
                parts.pop().expect("a link stays in the package");
            }
            "." => {}
            part => parts.push(part),
        }
    }
    decoded(&parts.join("/"))
}

const FORMATS: [(&str, &str); 3] = [
    ("scorm12", "imsmanifest.xml"),
    ("scorm2004", "imsmanifest.xml"),
    ("cmi5", "cmi5.xml"),
];

/// All formats.
const ALL: [&str; 6] = [
    "--format",
    "scorm12",
    "--format",
    "scorm2004",
    "--format",
    "cmi5",
];

#[test]
fn manifests_say_what_a_package_holds() {
    let curriculum = Curriculum::new();
    curriculum.package(&[&ALL[..], &["--module", "calls"]].concat());
    curriculum.package(&[&ALL[..], &["--whole"]].concat());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/package"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // What a theme and the site consist of is not what this is about.
    settings.add_filter(r#"(?m)^ *<file href="site/(assets|search)/.*\n"#, "");
    for (format, manifest) in FORMATS {
        for name in ["calls", "whole"] {
            let text = curriculum
                .zip(&format!("{name}-{format}.zip"))
                .text(manifest);
            settings.bind(|| insta::assert_snapshot!(format!("{name}-{format}"), text));
        }
    }
}

#[test]
fn a_package_is_the_same_twice_and_its_manifest_comes_first() {
    let curriculum = Curriculum::new();
    curriculum.package(&ALL);
    let names = curriculum.packages();
    let expected = ["calls-cmi5.zip", "calls-scorm12.zip", "calls-scorm2004.zip"];
    assert_eq!(names[..3], expected);
    assert_eq!(names.len(), 6, "{names:?}");
    let first: Vec<Vec<u8>> = names
        .iter()
        .map(|name| curriculum.zip(name).bytes)
        .collect();
    curriculum.package(&ALL);
    for (name, bytes) in names.iter().zip(first) {
        assert!(curriculum.zip(name).bytes == bytes, "{name} is another one");
    }
    for (format, manifest) in FORMATS {
        let zip = curriculum.zip(&format!("calls-{format}.zip"));
        assert_eq!(zip.names[0], manifest);
        let mut archive = ZipArchive::new(Cursor::new(&zip.bytes)).expect("it is a ZIP");
        for index in 0..archive.len() {
            let file = archive.by_index(index).expect("it has so many");
            let date = file.last_modified().expect("it has a date");
            assert_eq!((date.year(), date.month(), date.day()), (1980, 1, 1));
            let name = file.name().expect("it is UTF-8");
            assert!(name.is_ascii(), "{name}");
        }
    }
}

#[test]
fn every_file_that_a_manifest_names_is_there_and_no_other() {
    let curriculum = Curriculum::new();
    for arguments in [&["--module", "money"][..], &["--whole"]] {
        curriculum.package(&[&ALL[..4], arguments].concat());
    }
    for name in curriculum.packages() {
        let zip = curriculum.zip(&name);
        let manifest = zip.text("imsmanifest.xml");
        let hrefs = attributes(&manifest, "href").into_iter().map(decoded);
        let hrefs: BTreeSet<String> = hrefs.collect();
        let files: BTreeSet<String> = zip.names[1..].iter().cloned().collect();
        assert_eq!(hrefs, files, "{name}");
        // What a platform reads back as one thing is one.
        let lower: BTreeSet<String> = files.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower.len(), files.len());
        let ids = attributes(&manifest, "identifier");
        let referred = attributes(&manifest, "identifierref");
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "{ids:?}"
        );
        for id in referred {
            assert!(ids.contains(&id), "{id} is nothing");
        }
    }
}

#[test]
fn links_lead_to_files_of_the_package_or_where_they_should() {
    let curriculum = Curriculum::new();
    curriculum.write(
        "config.toml",
        CONFIG.replace(
            "[package]",
            "base_url = \"https://whole.example/site/\"\n[site]\nexit = \"https://weather.example/\"\nfacilitator = \"https://whole.example/teach/\"\n\
             [feedback]\nto = \"https://forms.example/\"\n[package]",
        ),
    );
    for (beyond, leads_out, leads_in) in [
        ("text", false, false),
        ("link", true, false),
        ("include", false, true),
    ] {
        curriculum.package(&["--module", "money", "--beyond", beyond]);
        let zip = curriculum.zip("money-scorm12.zip");
        let pages = zip.names.iter().filter(|name| name.ends_with(".html"));
        for page in pages {
            let text = zip.text(page);
            for anchor in text.split("<a").skip(1) {
                let anchor = anchor.split('>').next().unwrap_or("");
                if !anchor.starts_with([' ', '>']) && !anchor.is_empty() {
                    continue;
                }
                assert!(
                    anchor.contains(" href=\""),
                    "{beyond}: {page} has a link without a target: {anchor}"
                );
                assert!(
                    !anchor.contains("\"external\"") || anchor.contains("\"noopener noreferrer\""),
                    "{page}: {anchor}"
                );
                let leaves = anchor.contains("href=\"http") && !anchor.contains("data-exit");
                assert!(
                    !leaves || anchor.contains("target=\"_blank\""),
                    "{page} is left in its frame: {anchor}"
                );
            }
            let hrefs = [attributes(&text, "href"), attributes(&text, "src")].concat();
            for href in hrefs {
                let path = href.split(['#', '?']).next().unwrap_or("");
                if path.is_empty() || path.contains(':') {
                    continue;
                }
                let target = resolved(page, path);
                assert!(
                    zip.names.contains(&target),
                    "{beyond}: {page} leads to {target}"
                );
            }
        }
        let index = zip.text("site/money/index.html");
        let out = "target=\"_blank\" rel=\"noopener\" href=\"https://whole.example/site/calls/\"";
        assert_eq!(index.contains(out), leads_out, "{beyond}");
        let is_in = zip.names.iter().any(|name| name == "site/calls/index.html");
        assert_eq!(is_in, leads_in, "{beyond}");
        let words = if beyond == "text" {
            "and calls."
        } else {
            ">calls</a>"
        };
        assert!(index.contains(words), "{beyond}");
        let home = zip.text("site/index.html");
        let elsewhere = "href=\"https://whole.example/teach/\" target=\"_blank\"";
        assert!(home.contains(elsewhere), "{home}");
        let searched = zip.text("site/search/index.js");
        assert_eq!(searched.contains("\"calls\""), leads_in, "{beyond}");
    }
    // Where the site has an address, links lead there unless something else is asked for.
    let linked = curriculum.run(&["--module", "money", "--beyond", "link"]);
    let bytes = curriculum.zip("money-scorm12.zip").bytes;
    assert_eq!(linked.status, 0);
    curriculum.package(&["--module", "money"]);
    assert!(curriculum.zip("money-scorm12.zip").bytes == bytes);
}

#[test]
fn a_topic_that_is_at_home_beyond_the_package_brings_no_key_points_along() {
    let curriculum = Curriculum::new();
    let (topics, listening) = ("modules/topics.toml", "modules/01-calls/01-listening.md");
    let text = |path: &str| fs::read_to_string(curriculum.path(path)).expect("it is there");
    let home = format!("{}home = \"01-calls/01-listening.md\"\n", text(topics));
    let taught = "\n## How far {topics=tolerance}\n\nTolerance has an end.\n\n::: keypoints\n- Weigh it.\n:::\n";
    let taught = text(listening) + taught;
    curriculum.write(topics, home);
    curriculum.write(listening, taught);
    for (module, expected) in [("calls", true), ("money", false)] {
        curriculum.package(&["--module", module]);
        let zip = curriculum.zip(&format!("{module}-scorm12.zip"));
        let page = zip.text("site/topics/tolerance.html");
        assert_eq!(page.contains("Weigh it."), expected, "{module}");
        assert!(page.contains("Listening"), "{module}");
    }
}

#[test]
fn names_that_are_not_ascii_are_others_in_the_package() {
    let curriculum = Curriculum::new();
    curriculum.package(&["--module", "02-money"]);
    let zip = curriculum.zip("money-scorm12.zip");
    for (name, is_there) in [
        ("site", true),
        ("print", false),
        ("projector", false),
        ("session", false),
        ("redirect", false),
    ] {
        let name = format!("site/assets/{name}.js");
        assert_eq!(zip.names.contains(&name), is_there, "{name}");
    }
    let renamed: Vec<&String> = zip
        .names
        .iter()
        .filter(|name| name.contains("/money/"))
        .collect();
    let house = "site/money/ty-3d1f12.html";
    let is_house = |name: &&&String| name.starts_with("site/money/ty-");
    let found = renamed.iter().find(is_house).expect("the house is there");
    assert_eq!(found.len(), house.len());
    assert!(
        renamed
            .iter()
            .any(|name| name.starts_with("site/money/plan-") && name.ends_with(".pdf"))
    );
    let data = zip.data();
    let lesson = &data["modules"][0]["lessons"][0];
    assert_eq!(
        format!("site/{}", lesson["address"].as_str().expect("a text")),
        ***found
    );
    assert_eq!(lesson["title"], "Tŷ");
    // Links follow, and scripts know the page by the same path.
    let page = zip.text(found);
    let path = lesson["address"].as_str().expect("a text");
    assert!(page.contains(&format!("data-path=\"{path}\"")), "{page}");
    let name = path.strip_prefix("money/").expect("it stands there");
    assert!(
        zip.text("site/money/next.html")
            .contains(&format!("href=\"{name}\""))
    );
    assert!(
        zip.text("site/money/index.html")
            .contains(&format!("href=\"{name}\""))
    );
}

#[test]
fn the_runtime_knows_what_is_recorded_by_names_that_stay() {
    let curriculum = Curriculum::new();
    curriculum.package(&[&ALL[..], &["--module", "calls"]].concat());
    let zip = curriculum.zip("calls-scorm12.zip");
    let data = zip.data();
    for (key, expected) in [
        ("schema", json!(1)),
        ("format", json!("scorm12")),
        ("edition", json!("learner")),
        ("title", json!("Calls <& co>")),
        ("language", json!("en-GB")),
        ("identifier", json!("https://example.org/training/")),
        ("home", json!("site/calls/index.html")),
        ("module", json!("calls")),
        ("completion", json!("answered")),
        ("score", json!("best")),
        ("mastery", json!(80)),
    ] {
        assert_eq!(data[key], expected, "{key}");
    }
    assert!(!zip.text("throughline/package.js").contains('<'));
    let lesson = &data["modules"][0]["lessons"][0];
    assert_eq!(lesson["address"], "calls/listening.html");
    assert_eq!(lesson["aliases"], json!(["calls/hearing.html"]));
    assert_eq!(lesson["minutes"], 75);
    let question = &lesson["questions"][0];
    for (key, expected) in [
        ("id", json!("q-who")),
        ("interaction", json!("calls.listening.q-who")),
        ("title", json!("Who speaks?")),
        ("text", json!("A caller is silent.")),
        ("options", json!(3)),
        ("right", json!([2])),
        ("topics", json!(["empathy"])),
        ("choices", json!(null)),
    ] {
        assert_eq!(question[key], expected, "{key}");
    }
    let page = zip.text("site/calls/listening.html");
    let digest = question["options6"].as_str().expect("a text");
    assert_eq!(attributes(&page, "data-options"), [digest]);
    let scenario = &lesson["scenarios"][0];
    assert_eq!(scenario["ways"], json!([[1, -1], [-1]]));
    assert_eq!(
        data["topics"],
        json!([{"id": "empathy", "name": "Empathy", "iri": "https://example.org/training/topics/empathy"}])
    );
    let told = &curriculum.zip("calls-cmi5.zip").data()["modules"][0]["lessons"][0]["questions"][0];
    assert_eq!(
        told["choices"],
        json!(["You", "Nobody, for a while", "A colleague of theirs"])
    );

    // A lesson that moves is known by the keys that it had; what is learnt in it stays.
    let (key, asked, played) = (&lesson["key"], &question["key"], &scenario["key"]);
    fs::rename(
        curriculum.path("modules/01-calls/01-listening.md"),
        curriculum.path("modules/01-calls/01-hearing-them.md"),
    )
    .expect("it moves");
    let text = FILES[4]
        .1
        .replace("calls/hearing.html", "calls/listening.html");
    curriculum.write("modules/01-calls/01-hearing-them.md", text);
    curriculum.write(
        FILES[3].0,
        FILES[3].1.replace("01-listening", "01-hearing-them"),
    );
    curriculum.package(&["--module", "calls"]);
    let data = curriculum.zip("calls-scorm12.zip").data();
    let lesson = &data["modules"][0]["lessons"][0];
    assert_ne!(lesson["key"], *key);
    assert_eq!(lesson["former"], json!([key]));
    assert_eq!(lesson["questions"][0]["former"], json!([asked]));
    assert_eq!(lesson["scenarios"][0]["former"], json!([played]));
}

#[test]
fn the_whole_curriculum_has_a_page_to_open_for_each_module() {
    let curriculum = Curriculum::new();
    curriculum.package(&["--whole", "--format", "cmi5"]);
    let zip = curriculum.zip("whole-cmi5.zip");
    assert_eq!(zip.names[1..3], ["start-calls.html", "start-money.html"]);
    let start = zip.text("start-money.html");
    assert!(start.contains("data-module=\"money\""), "{start}");
    assert!(start.contains("site/money/index.html"), "{start}");
    let data = zip.data();
    assert_eq!(data["module"], Value::Null);
    assert_eq!(data["home"], "site/index.html");
    assert_eq!(data["modules"][1]["home"], "site/money/index.html");
    // One module alone has one page, which is about it all.
    curriculum.package(&["--module", "money"]);
    let zip = curriculum.zip("money-scorm12.zip");
    assert_eq!(zip.names[1], "start.html");
    assert!(!zip.text("start.html").contains("data-module"));
}

#[test]
fn each_format_has_the_script_that_speaks_to_its_platforms() {
    let curriculum = Curriculum::new();
    for (name, text) in [
        ("scorm.js", "SCORM"),
        ("cmi5.js", "CMI5"),
        ("lms.js", "ALL"),
        ("own.css", "OWN"),
        ("package.js", "NO DATA"),
    ] {
        curriculum.write(
            &format!("themes/mine/package/{name}"),
            format!("/* {text} */"),
        );
    }
    curriculum.write("config.toml", format!("theme = \"mine\"\n{CONFIG}"));
    curriculum.package(&[&ALL[..], &["--module", "calls"]].concat());
    for (format, script) in [
        ("scorm12", "SCORM"),
        ("scorm2004", "SCORM"),
        ("cmi5", "CMI5"),
    ] {
        let zip = curriculum.zip(&format!("calls-{format}.zip"));
        assert_eq!(
            zip.text("throughline/lms.js"),
            format!("/* {script} *//* ALL */")
        );
        assert_eq!(zip.text("throughline/own.css"), "/* OWN */");
        assert!(
            !zip.names
                .iter()
                .any(|name| name.ends_with("scorm.js") || name.ends_with("cmi5.js"))
        );
    }
    // An ordinary site has none of it.
    let built = run(curriculum.0.path(), &["build", "-q"]);
    assert!(built.status.success());
    for name in ["lms.js", "own.css", "scorm.js"] {
        assert!(!curriculum.path("public/assets").join(name).exists());
    }
}

#[test]
fn facilitators_have_packages_of_their_own() {
    let curriculum = Curriculum::new();
    curriculum.write(
        "modules/01-calls/02-notes.md",
        "+++\ntitle = \"Notes\"\n+++\n::: facilitator\nOnly for them.\n:::\n[Back](01-listening.md).\n",
    );
    curriculum.package(&["--module", "calls"]);
    curriculum.package(&["--module", "calls", "--edition", "facilitator"]);
    assert_eq!(
        curriculum.packages(),
        ["calls-facilitator-scorm12.zip", "calls-scorm12.zip"]
    );
    let notes = |name: &str| {
        curriculum
            .zip(name)
            .text("site/calls/notes.html")
            .contains("Only for them")
    };
    assert!(notes("calls-facilitator-scorm12.zip"));
    assert!(!notes("calls-scorm12.zip"));
}

#[test]
fn what_cannot_be_meant_is_answered_with_what_can() {
    let curriculum = Curriculum::new();
    for (arguments, parts) in [
        (
            &["--module", "cals"][..],
            &["there is no module `cals`", "help: did you mean `calls`?"][..],
        ),
        (&["--module", "xyzzy"], &["help: modules are calls, money"]),
        (
            &["--format", "scorm13"],
            &[
                "formats are scorm12, scorm2004, cmi5",
                "help: did you mean `scorm12`?",
            ],
        ),
        (
            &["--format", "xapi"],
            &["given way to cmi5", "write `--format cmi5`"],
        ),
        (&["--format", "tincan"], &["write `--format cmi5`"]),
        (&["--whole", "--module", "calls"], &["cannot be used with"]),
        (
            &["--beyond", "link"],
            &["only where its address is known", "help: set `base_url`"],
        ),
        (&["-o", "modules/01-calls"], &["which holds sources"]),
        (&["-o", "./themes"], &["which holds sources"]),
    ] {
        curriculum.run(arguments).holds(2, parts);
    }
    assert!(curriculum.packages().is_empty());
    let empty = Curriculum::new();
    for module in ["modules/01-calls", "modules/02-money"] {
        fs::remove_dir_all(empty.path(module)).expect("it goes");
    }
    empty.run(&[]).holds(2, &["there is no module to package"]);
}

#[test]
fn what_a_package_cannot_do_without_is_a_finding() {
    let curriculum = Curriculum::new();
    curriculum.write(
        "config.toml",
        "title = \"Training\"\n\n[package]\ncompletion = \"done\"\n",
    );
    curriculum.run(&["--format", "cmi5"]).holds(
        1,
        &[
            "error[package-setting]",
            "`identifier` is missing",
            "config.toml:3:1",
            "identifier = \"https://",
        ],
    );
    assert!(curriculum.packages().is_empty());
    curriculum.package(&["--format", "scorm12"]);
    curriculum.write(
        "config.toml",
        "title = \"Training\"\n\n[checks]\npackage-setting = \"off\"\n",
    );
    let off = curriculum.run(&["--format", "cmi5"]);
    off.holds(2, &["cmi5 cannot do without `identifier`"]);

    curriculum.write("config.toml", CONFIG.replace("80", "101"));
    curriculum.run(&[]).holds(
        1,
        &[
            "error[package-setting]: `mastery` is 101",
            "config.toml:6:11",
        ],
    );
    curriculum.write("config.toml", CONFIG);
    curriculum.write(
        "modules/03-quiet/index.md",
        "+++\ntitle = \"Quiet\"\n+++\nRead.\n",
    );
    curriculum.run(&[]).holds(
        1,
        &[
            "error[package-setting]: `mastery` is set, and the module `quiet` has no question",
            "config.toml:6:11",
        ],
    );
    curriculum
        .run(&["--whole"])
        .holds(1, &["the module `quiet` has no question"]);
    curriculum.package(&["--module", "calls"]);
}

#[test]
fn a_question_without_an_id_is_a_warning() {
    let curriculum = Curriculum::new();
    curriculum.write(
        FILES[4].0,
        FILES[4]
            .1
            .replace("{#q-who topics=empathy}", "{topics=empathy}"),
    );
    let place = "modules/01-calls/01-listening.md:12:1";
    curriculum
        .run(&["--module", "calls"])
        .holds(0, &["warning[question-without-id]", place]);
    assert_eq!(curriculum.packages(), ["calls-scorm12.zip"]);
    fs::remove_file(curriculum.path("packages/calls-scorm12.zip")).expect("it goes");
    curriculum
        .run(&["--module", "calls", "--strict"])
        .holds(1, &["warning[question-without-id]", "nothing was written"]);
    assert!(curriculum.packages().is_empty());
    // The other module's package is not held up, and an ignore silences it here and is no fault elsewhere.
    curriculum.package(&["--module", "money", "--strict"]);
    let ignored = FILES[4].1.replace(
        "::: question [Who speaks?] {#q-who topics=empathy}",
        "<!-- throughline-ignore question-without-id: it stays the first -->\n::: question [Who speaks?] {topics=empathy}",
    );
    curriculum.write(FILES[4].0, ignored);
    curriculum.package(&["--module", "calls", "--strict"]);
    let check = ["check", "--strict", "--as-of", "2026-11-21"];
    let check = run(curriculum.0.path(), &check);
    let said = text(&check.stdout);
    assert!(check.status.success(), "{said}");
    // Severities are the curriculum's.
    curriculum.write(
        FILES[4].0,
        FILES[4]
            .1
            .replace("{#q-who topics=empathy}", "{topics=empathy}"),
    );
    curriculum.write(
        "config.toml",
        format!("{CONFIG}\n[checks]\nquestion-without-id = \"error\"\n"),
    );
    curriculum
        .run(&["--module", "calls"])
        .holds(1, &["error[question-without-id]"]);
}

/// Returns a lesson with so many questions, each with so many options.
fn asking(questions: usize, options: usize) -> String {
    let mut text = "+++\ntitle = \"Many\"\n+++\nAsked.\n\n".to_owned();
    for question in 0..questions {
        text.push_str(&format!(
            "::: question [Question {question}?] {{#q-{question}}}\n- [x] Right\n"
        ));
        for option in 1..options {
            text.push_str(&format!("- [ ] Wrong {option}\n"));
        }
        text.push_str(":::\n\n");
    }
    text
}

#[test]
fn a_module_that_a_platform_cannot_keep_is_an_error() {
    let curriculum = Curriculum::new();
    // 2 for the version, 4 for each of the two lessons, 4 for the scenario and 2 for its steps, 6 for each of 681 questions: one too many.
    curriculum.write("modules/01-calls/02-many.md", asking(679, 3));
    curriculum.package(&["--module", "calls"]);
    curriculum.write("modules/01-calls/02-many.md", asking(680, 3));
    curriculum.run(&["--module", "calls"]).holds(
        1,
        &[
            "error[package-state]: what a learner does in the module `calls` takes up to 4102 characters, and scorm12 keeps 4096",
            "modules/01-calls/index.md:1:1",
            "help: use `--format scorm2004`",
        ],
    );
    curriculum.package(&[
        "--module",
        "calls",
        "--format",
        "scorm2004",
        "--format",
        "cmi5",
    ]);
    curriculum.run(&["--whole"]).holds(
        1,
        &[
            "in the whole curriculum takes",
            "config.toml:1:1",
            "package single modules, without `--whole`, or use `--format scorm2004`",
        ],
    );
    curriculum.write("modules/01-calls/02-many.md", asking(1, 27));
    curriculum.run(&["--module", "calls"]).holds(
        1,
        &[
            "error[package-state]: this question has 27 options",
            "modules/01-calls/02-many.md:6:1",
        ],
    );
    curriculum.write("modules/01-calls/02-many.md", asking(1, 26));
    curriculum.package(&["--module", "calls"]);
}

#[test]
fn names_that_clash_or_cannot_be_others_are_errors() {
    let curriculum = Curriculum::new();
    curriculum.write("modules/02-money/Next.html", "<p>");
    let next = FILES[9]
        .1
        .replace("Back to", "[As a file](Next.html). Back to");
    curriculum.write(FILES[9].0, next);
    curriculum
        .run(&["--module", "money"])
        .holds(1, &["error[output-collision]", "modules/02-money/"]);
    assert!(curriculum.packages().is_empty());

    let off = format!("{CONFIG}\n[checks]\noutput-collision = \"off\"\n");
    curriculum.write("config.toml", off);
    curriculum.package(&["--module", "money"]);

    let curriculum = Curriculum::new();
    curriculum.write(
        FILES[1].0,
        "[[topic]]\nid = \"tŷ\"\nname = \"House\"\n".to_owned() + FILES[1].1,
    );
    curriculum.run(&["--module", "calls"]).holds(
        1,
        &[
            "error[package-name]",
            "the topic `tŷ`",
            "modules/topics.toml:2:6",
        ],
    );
    let curriculum = Curriculum::new();
    curriculum.write("themes/default/static/ŵ.css", "a {}");
    curriculum.run(&["--module", "calls"]).holds(
        1,
        &[
            "error[package-name]",
            "the theme's file `ŵ.css`",
            "config.toml:1:1",
        ],
    );
}

#[test]
fn control_characters_are_in_no_manifest() {
    let curriculum = Curriculum::new();
    let index = FILES[3].1.replace("Calls <& co>", "Ca\\u0007lls\\u202e");
    curriculum.write(FILES[3].0, index);
    curriculum.write(
        "config.toml",
        format!("{CONFIG}\n[checks]\ninvalid-text = \"off\"\n"),
    );
    curriculum.package(&[&ALL[..], &["--module", "calls"]].concat());
    for (format, manifest) in FORMATS {
        let text = curriculum
            .zip(&format!("calls-{format}.zip"))
            .text(manifest);
        assert!(text.contains(">Calls<"), "{text}");
        let is_plain =
            |c: char| c == '\n' || (!c.is_control() && c != '\u{202e}' && c != '\u{fffd}');
        assert!(text.chars().all(is_plain), "{text}");
    }
}

#[test]
fn what_a_package_weighs_is_told_above_what_platforms_take() {
    let curriculum = Curriculum::new();
    // Nothing makes noise smaller.
    let mut noise = 1_u64;
    let noise: Vec<u8> = (0..2 << 20)
        .map(|_| {
            noise = noise
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (noise >> 56) as u8
        })
        .collect();
    curriculum.write("modules/02-money/plän.pdf", noise);
    let ended = curriculum.run(&["--module", "money", "--strict"]);
    ended.holds(
        1,
        &[
            "warning[package-size]: `packages/money-scorm12.zip` has 2.1 MB",
            "config.toml:1:1",
            "`--beyond text`",
        ],
    );
    assert!(curriculum.packages().is_empty());
    curriculum
        .run(&["--module", "money"])
        .holds(0, &["warning[package-size]"]);
    assert_eq!(curriculum.packages(), ["money-scorm12.zip"]);
}

#[test]
fn faults_of_the_content_stand_in_the_way_unless_they_are_known() {
    let curriculum = Curriculum::new();
    curriculum.package(&["--module", "calls"]);
    let before = curriculum.zip("calls-scorm12.zip").bytes;
    curriculum.write(
        FILES[4].0,
        FILES[4].1.replace("(index.md)", "(nowhere.md){lang=cy}"),
    );
    curriculum
        .run(&["--module", "calls"])
        .holds(1, &["error[broken-link]", "nothing was written"]);
    assert!(curriculum.zip("calls-scorm12.zip").bytes == before);
    let known = ["check", "--write-baseline", "known.json"];
    let known = run(
        curriculum.0.path(),
        &[&known[..], &["--as-of", "2026-11-21"]].concat(),
    );
    assert!(known.status.success());
    curriculum.package(&["--module", "calls", "--baseline", "known.json", "--strict"]);
    let page = curriculum
        .zip("calls-scorm12.zip")
        .text("site/calls/listening.html");
    assert!(
        page.contains("Go to <span lang=\"cy\">the start</span>, to money, or"),
        "{page}"
    );
}

#[test]
fn what_is_no_package_is_left_alone_and_nothing_is_left_behind() {
    let curriculum = Curriculum::new();
    let mut foreign = zip::ZipWriter::new(Cursor::new(Vec::new()));
    foreign
        .start_file("imsmanifest.xml", zip::write::SimpleFileOptions::default())
        .expect("begun");
    let foreign = foreign.finish().expect("ended").into_inner();
    for content in [&b"a text"[..], &foreign] {
        curriculum.write("packages/money-scorm12.zip", content);
        curriculum.run(&[]).holds(
            2,
            &["money-scorm12.zip` is not a package that throughline wrote, and stays as it is"],
        );
        assert_eq!(
            fs::read(curriculum.path("packages/money-scorm12.zip")).expect("it is there"),
            content
        );
        assert_eq!(curriculum.packages(), ["money-scorm12.zip"]);
    }
    fs::remove_file(curriculum.path("packages/money-scorm12.zip")).expect("it goes");
    curriculum.write("packages/notes.txt", "mine");
    curriculum.package(&[]);
    curriculum.package(&[]);
    assert_eq!(
        curriculum.packages(),
        ["calls-scorm12.zip", "money-scorm12.zip", "notes.txt"]
    );
    // Nothing but the packages is written.
    let top = fs::read_dir(curriculum.0.path()).expect("it can be read");
    let top = top.map(|entry| entry.expect("it can be read").file_name());
    let top: BTreeSet<String> = top.map(|name| name.to_string_lossy().into()).collect();
    assert_eq!(
        top,
        ["config.toml", "modules", "packages"]
            .map(String::from)
            .into()
    );
    for (folder, what) in [
        ("public", "the site"),
        ("./public/packages", "the site"),
        ("modules/../reports", "the reports"),
        ("x/../themes", "sources"),
    ] {
        let expected = format!("packages cannot go into `{folder}`, which holds {what}");
        curriculum.run(&["-o", folder]).holds(2, &[&expected]);
    }
    fs::create_dir(curriculum.path("packages/whole-scorm12.zip")).expect("made");
    curriculum
        .run(&["--whole"])
        .holds(2, &["whole-scorm12.zip` is a folder"]);
    curriculum.package(&["--module", "calls", "-o", "elsewhere/deep"]);
    assert!(
        curriculum
            .path("elsewhere/deep/calls-scorm12.zip")
            .is_file()
    );
}

#[test]
fn pack_and_package_name_each_other() {
    for (command, other) in [("pack", "`package`"), ("package", "`pack`")] {
        let help = run(Path::new("."), &[command, "--help"]);
        let help = text(&help.stdout).replace('\n', " ");
        assert!(help.contains(other), "{help}");
    }
}
