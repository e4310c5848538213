//! After any sequence of changes, what the preview holds is what a cold build would make: every file, and every finding.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use camino::{Utf8Path, Utf8PathBuf};
use throughline::model::Finding;
use throughline::model::curriculum::Document;
use throughline::model::output::Content;
use throughline::model::path::SourcePath;
use throughline::model::scope::Scope;
use throughline::pipeline::{self, Desk, Outline, Outputs, Press, Request, Run, Survey};
use throughline::watch::batch::Batch;
use throughline::watch::session::{Session, Today};
use throughline::watch::site::Site;

/// More changes than this make an input slow to understand.
const MOST_CHANGES: usize = 10;

/// A curriculum of two modules with two lessons each.
const START: [(&str, &str); 8] = [
    ("config.toml", "title = \"Practice\"\n"),
    ("modules/topics.toml", REGISTERS[4]),
    (
        "modules/01-calls/index.md",
        "+++\ntitle = \"Calls\"\n+++\n\nStart with [listening](01-listening.md) and [asking](02-asking.md).\n",
    ),
    (
        "modules/01-calls/01-listening.md",
        "+++\ntitle = \"Listening\"\n+++\n\nListen with empathy.\n\n![A wave](images/wave.png)\n",
    ),
    (
        "modules/01-calls/02-asking.md",
        "+++\ntitle = \"Asking\"\n+++\n\n## Open questions\n\nAsk them.\n",
    ),
    (
        "modules/02-money/index.md",
        "+++\ntitle = \"Money\"\n+++\n\nRead [paying](01-paying.md).\n",
    ),
    (
        "modules/02-money/01-paying.md",
        "+++\ntitle = \"Paying\"\n+++\n\nPay, and see [questions](../01-calls/02-asking.md#open-questions).\n",
    ),
    ("modules/01-calls/images/wave.png", "first wave"),
];

/// Files that changes are made to: lessons, registers, the configuration, a template, a theme's words, an image.
const FILES: [&str; 13] = [
    "modules/01-calls/index.md",
    "modules/01-calls/01-listening.md",
    "modules/01-calls/02-asking.md",
    "modules/01-calls/04-new.md",
    "modules/02-money/01-paying.md",
    "modules/02-money/01-unit/index.md",
    "modules/02-money/01-unit/01-deep.md",
    "modules/03-more/01-lesson.md",
    "modules/topics.toml",
    "config.toml",
    "themes/default/templates/404.html",
    "themes/default/theme.toml",
    "modules/01-calls/images/wave.png",
];

const FOLDERS: [&str; 4] = [
    "modules/01-calls",
    "modules/02-money/01-unit",
    "modules/03-more",
    "themes",
];

/// Texts of lessons: links that lead somewhere or nowhere, topics, ids, drafts, faults.
const LESSONS: [&str; 12] = [
    "+++\ntitle = \"One\"\n+++\n\nSee [asking](../01-calls/02-asking.md#open-questions) with empathy.\n",
    "+++\ntitle = \"Two\"\n+++\n\n## Open questions {topics=empathy}\n\nPatience and [[empathy]].\n",
    "+++\ntitle = \"Three\"\ndraft = true\n+++\n\nSoon.\n",
    "+++\ntitle = \"Four\"\nslug = \"first\"\naliases = [\"old/place\"]\n+++\n\n[wave](images/wave.png) and [deep](../02-money/01-unit/01-deep.md).\n",
    "+++\ntitle = \"Five\"\nprerequisites = [\"../01-calls/01-listening.md\"]\n+++\n\n::: activity {topics=patience}\nDo it.\n:::\n",
    "+++\ntitle = \n+++\n\nBroken.\n",
    "no front matter, [nothing](nowhere.md), ::: x\n",
    "+++\ntitle = \"Eight\"\n+++\n\n<!-- throughline-ignore broken-link: on purpose -->\n[nothing](nowhere.md)\n",
    "+++\ntitle = \"Nine\"\nprerequisites = [\"../01-calls/02-asking.md\"]\n+++\n\n![A wave](images/wave.png)\n",
    "",
    "+++\ntitle = \"Ŵ\"\n+++\n\n\u{202e}hidden \u{feff} empathy Empathy EMPATHY\n",
    "+++\ntitle = \"Twelve\"\n+++\n\n# Again\n\n### Skipped\n\n[old](@/old/place.html) [[signpost:nobody]]\n",
];

const REGISTERS: [&str; 5] = [
    "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing\"\n[topic.requires]\nintroduced = \"every-module\"\n",
    "[[topic]]\nid = \"patience\"\nname = \"Patience\"\naliases = [\"empathy\"]\ndefinition = \"Waiting\"\nhome = \"01-calls/02-asking.md\"\n",
    "[[topic]\n",
    "",
    "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing with another's eyes\"\n",
];

const CONFIGURATIONS: [&str; 4] = [
    "title = \"Practice\"\n",
    "title = \"Other\"\nbase_url = \"https://example.org/x\"\n[checks]\norphan-lesson = \"off\"\n",
    "[site]\nsearch = false\nprint = false\nunknown = 1\n",
    "title = \n",
];

const WORDS_OF_THEME: [&str; 3] = [
    "[strings]\nquestion = \"Task & <test>\"\nfootnote = \"Note \\\"n\\\"\"\n",
    "name = \"Mine\"\n[strings]\nright = \"Yes\"\nminutes = \"min\"\n",
    "",
];

const TEMPLATES: [&str; 3] = [
    "<head></head>Not here",
    "{% extends \"default/404.html\" %}",
    "{% if %}",
];

/// Two of the words that a lesson may get beside its text, so that any lesson can stand to any other in any way.
const WORDS: [&str; 16] = [
    "empathy\n",
    "[[patience]]\n",
    "\n## Open questions {topics=empathy}\n",
    "\n## Open questions\n",
    "[calls](../01-calls/index.md)\n",
    "[deep](@/02-money/01-unit/01-deep.md#again)\n",
    "[](01-paying.md)\n",
    "\n::: question {topics=empathy}\nWhy?\n\n- [x] So\n:::\n",
    "\n::: facilitator\nempathy\n:::\n",
    "\n::: note\n",
    "\n:::\n",
    "[^1]\n\n[^1]: patience\n",
    "<!-- throughline-ignore orphan-lesson: here -->\n",
    "> [empathy]{#s lang=cy} [patience]{editorial}\n",
    "![](images/wave.png)\n",
    "\n# Again\n",
];

#[derive(Debug, Clone)]
pub enum Change {
    /// A file, the text that it gets, and a word behind it.
    Write(usize, usize, Option<usize>),
    Delete(usize),
    Rename(usize, usize),
    RenameFolder(usize),
    DeleteFolder(usize),
}

/// Reads three bytes as a change.
fn change(bytes: &[u8]) -> Change {
    let [kind, first, second] = [bytes[0], bytes[1], bytes[2]].map(usize::from);
    match kind % 14 {
        0..8 => {
            let word = (kind >= 128).then_some(kind / 14);
            Change::Write(first % FILES.len(), second, word)
        }
        8 | 9 => Change::Delete(first % FILES.len()),
        10 | 11 => Change::Rename(first % FILES.len(), second % FILES.len()),
        12 => Change::RenameFolder(first % FOLDERS.len()),
        _ => Change::DeleteFolder(first % FOLDERS.len()),
    }
}

/// Reads bytes as changes, and makes them one after the other.
pub fn hold(data: &[u8]) {
    let changes: Vec<Change> = data
        .chunks_exact(3)
        .take(MOST_CHANGES)
        .map(change)
        .collect();
    compare(&changes);
    compare_unsaved(&changes);
}

impl Change {
    /// Makes the change; returns the paths that events would name.
    fn make(&self, root: &Path) -> Vec<String> {
        match *self {
            Self::Write(file, text, word) => {
                let path = FILES[file];
                write(root, path, &content(path, text, word));
                vec![path.into()]
            }
            Self::Delete(file) => {
                let _ = fs::remove_file(root.join(FILES[file]));
                vec![FILES[file].into()]
            }
            Self::Rename(from, to) => {
                let (from, to) = (FILES[from], FILES[to]);
                let alike =
                    from.rsplit('.').next() == to.rsplit('.').next() && from != "config.toml";
                if alike && root.join(to).parent().is_some_and(Path::is_dir) {
                    let _ = fs::rename(root.join(from), root.join(to));
                }
                vec![from.into(), to.into()]
            }
            Self::RenameFolder(folder) => {
                let (from, to) = (
                    FOLDERS[folder].to_owned(),
                    format!("{}-renamed", FOLDERS[folder]),
                );
                let (from, to) = if root.join(&to).exists() {
                    (to, from)
                } else {
                    (from, to)
                };
                let _ = fs::rename(root.join(&from), root.join(&to));
                vec![from, to]
            }
            Self::DeleteFolder(folder) => {
                let _ = fs::remove_dir_all(root.join(FOLDERS[folder]));
                vec![FOLDERS[folder].into()]
            }
        }
    }
}

fn content(path: &str, text: usize, word: Option<usize>) -> String {
    let pick = |texts: &[&'static str]| texts[text % texts.len()].to_owned();
    match path {
        "config.toml" => pick(&CONFIGURATIONS),
        "modules/topics.toml" => pick(&REGISTERS),
        "themes/default/theme.toml" => pick(&WORDS_OF_THEME),
        path if path.ends_with(".html") => pick(&TEMPLATES),
        path if path.ends_with(".png") => pick(&["one", "two!"]),
        _ => pick(&LESSONS) + word.map_or("", |word| WORDS[word % WORDS.len()]),
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it is below the root")).expect("folders can be made");
    fs::write(path, text).expect("files can be written");
}

/// What a build notes about the start.
static BUILT: LazyLock<String> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("it is UTF-8");
    for (path, text) in START {
        write(folder.path(), path, text);
    }
    let request = request(&root);
    let survey = Run::of(&request).for_a_build().survey();
    let mut survey = survey.expect("the folder can be read");
    pipeline::build(&request, &mut survey, &|_| ()).expect("the site can be written");
    let manifest = folder.path().join("public/.throughline-manifest");
    fs::read_to_string(manifest).expect("it is written")
});

fn request(root: &Utf8Path) -> Request {
    Request::new(root.to_owned(), jiff::civil::date(2026, 11, 21))
}

type Files = BTreeMap<String, Vec<u8>>;

/// Returns every file that a cold build would write, and the findings; why not, where it cannot.
fn cold(request: &Request) -> Result<(Files, Vec<Finding>), String> {
    let survey = Run::of(request)
        .survey()
        .map_err(|failure| failure.to_string())?;
    let press = Press::new(&survey, &Scope::Site).map_err(|failure| failure.to_string())?;
    let outputs = Outputs {
        survey: &survey,
        outline: &Outline::new(&survey, Scope::Site),
        press: &press,
    };
    let mut files = Files::new();
    for file in outputs.outline.files().iter() {
        let made = outputs.make(file).map_err(|failure| failure.to_string())?;
        let content = made.expect("no folder is published");
        // Of two with one address, which is an error, the first one has it.
        let held = files.entry(file.url.to_string());
        held.or_insert_with(|| bytes(&content, &request.root));
    }
    Ok((files, survey.findings))
}

fn warm(site: &Site, root: &Utf8Path) -> Files {
    let file = |url: &str| match site.page(url) {
        Some(planned) => site
            .render(&planned)
            .expect("the templates have been tried"),
        None => bytes(&site.file(url).expect("what is listed is there"), root),
    };
    site.addresses()
        .map(|url| (url.to_string(), file(url)))
        .collect()
}

fn bytes(content: &Content, root: &Utf8Path) -> Vec<u8> {
    match content {
        Content::Bytes(bytes) => bytes.to_vec(),
        Content::Copy(path) => fs::read(root.join(path)).unwrap_or_default(),
    }
}

/// Makes the changes, and panics where the session and a cold build differ after one.
pub fn compare(changes: &[Change]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().expect("it is there"))
        .expect("it is UTF-8");
    for (path, text) in START {
        write(folder.path(), path, text);
    }
    // What is renamed is known by it.
    write(folder.path(), "public/.throughline-manifest", &BUILT);
    let request = request(&root);
    let mut session = Session::new(request.clone(), Today::Fixed(request.as_of));
    let mut site = session
        .look(&Batch::everything())
        .expect("the start is sound")
        .expect("and new")
        .site;
    let mut broken = false;
    for change in changes {
        let named = change.make(folder.path());
        let batch = Batch {
            paths: named.iter().map(|path| root.join(path)).collect(),
            rescan: false,
        };
        match session.look(&batch) {
            Ok(Some(fresh)) => {
                site = fresh.site;
                broken = false;
            }
            Ok(None) => {}
            Err(_) => broken = true,
        }
        match cold(&request) {
            Ok((files, findings)) => {
                assert!(!broken, "{change:?}: a build works, the session does not");
                assert_eq!(site.survey.findings, findings, "{change:?} of {changes:?}");
                assert_same(&warm(&site, &root), &files, change);
            }
            Err(failure) => assert!(
                broken,
                "{change:?}: no build works ({failure}), the session does"
            ),
        }
    }
}

/// Lays texts on a desk without saving them, and panics where it finds something else than it would if they were saved.
fn compare_unsaved(changes: &[Change]) {
    let [kept, saved] = [(); 2].map(|()| tempfile::tempdir().expect("a temporary folder"));
    let [kept_root, saved_root] = [&kept, &saved].map(|folder| {
        for (path, text) in START {
            write(folder.path(), path, text);
        }
        Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("it is UTF-8")
    });
    let mut desk = Desk::new(request(&kept_root));
    let mut found = desk
        .look_everywhere()
        .expect("the start is sound")
        .expect("and new");
    for change in changes {
        let Change::Write(file, text, word) = *change else {
            continue;
        };
        let path = FILES[file];
        let Some(below) = path.strip_prefix("modules/") else {
            continue;
        };
        if path.ends_with(".png") {
            continue;
        }
        let (source, text) = (SourcePath::new(below), content(path, text, word));
        write(saved.path(), path, &text);
        desk.put(source.clone(), text);
        let look = if desk.has_lesson(&source) {
            desk.look_at(&[source].into())
        } else {
            desk.look_everywhere()
        };
        if let Some(news) = look.expect("the folder can be read") {
            found = news;
        }
        let cold = Run::of(&request(&saved_root)).survey();
        let cold = cold.expect("the folder can be read");
        assert_eq!(
            found.survey.findings, cold.findings,
            "{change:?} of {changes:?}"
        );
        let told = |survey: &Survey| -> Vec<String> {
            let documents = survey.curriculum.documents.iter();
            let told = documents.map(|document| {
                let Document {
                    lesson, url, links, ..
                } = document;
                format!("{url} {:?} {:?} {links:?}", lesson.text, lesson.body)
            });
            told.collect()
        };
        assert_eq!(
            told(&found.survey),
            told(&cold),
            "{change:?} of {changes:?}"
        );
    }
    for path in FILES {
        desk.take_back(&SourcePath::new(
            path.strip_prefix("modules/").unwrap_or(path),
        ));
    }
    desk.expect_news();
    let found = desk.look_everywhere().expect("the folder can be read");
    let cold = Run::of(&request(&kept_root)).survey();
    let cold = cold.expect("the folder can be read");
    assert_eq!(found.expect("it is news").survey.findings, cold.findings);
}

fn assert_same(warm: &Files, cold: &Files, change: &Change) {
    for (url, bytes) in cold {
        let same = warm.get(url).is_some_and(|found| found == bytes);
        assert!(same, "{change:?}: {url} is different");
    }
    assert_eq!(
        warm.keys().collect::<Vec<_>>(),
        cold.keys().collect::<Vec<_>>()
    );
}
