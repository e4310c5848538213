//! After any sequence of changes, what the preview holds is what a cold build would make: every file, and every finding.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use throughline::model::Finding;
use throughline::model::config::Edition;
use throughline::model::output::Content;
use throughline::pipeline::{self, Request};
use throughline::stages::link::Drafts;
use throughline::stages::render::Renderer;
use throughline::watch::changes::Batch;
use throughline::watch::session::{Session, Today};
use throughline::watch::site::Site;

use super::client::{write, write_curriculum};

/// Files that changes are made to: lessons, registers, the configuration, a template, an image.
const FILES: [&str; 12] = [
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

const REGISTERS: [&str; 4] = [
    "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing\"\n[topic.requires]\nintroduced = \"every-module\"\n",
    "[[topic]]\nid = \"patience\"\nname = \"Patience\"\naliases = [\"empathy\"]\ndefinition = \"Waiting\"\nhome = \"01-calls/02-asking.md\"\n",
    "[[topic]\n",
    "",
];

const CONFIGURATIONS: [&str; 4] = [
    "title = \"Practice\"\n",
    "title = \"Other\"\nbase_url = \"https://example.org/x\"\n[checks]\norphan-lesson = \"off\"\n",
    "[site]\nsearch = false\nprint = false\nunknown = 1\n",
    "title = \n",
];

const TEMPLATES: [&str; 3] = [
    "<head></head>Not here",
    "{% extends \"default/404.html\" %}",
    "{% if %}",
];

#[derive(Debug, Clone)]
enum Change {
    Write(usize, usize),
    Delete(usize),
    Rename(usize, usize),
    RenameFolder(usize),
    DeleteFolder(usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => (0..FILES.len(), 0..60_usize).prop_map(|(file, text)| Change::Write(file, text)),
        2 => (0..FILES.len()).prop_map(Change::Delete),
        2 => (0..FILES.len(), 0..FILES.len()).prop_map(|(from, to)| Change::Rename(from, to)),
        1 => (0..FOLDERS.len()).prop_map(Change::RenameFolder),
        1 => (0..FOLDERS.len()).prop_map(Change::DeleteFolder),
    ]
}

impl Change {
    /// Makes the change; returns the paths that events would name.
    fn make(&self, root: &Path) -> Vec<String> {
        match *self {
            Self::Write(file, text) => {
                let pick = |texts: &[&'static str]| texts[text % texts.len()];
                let path = FILES[file];
                write(
                    root,
                    path,
                    match path {
                        "config.toml" => pick(&CONFIGURATIONS),
                        "modules/topics.toml" => pick(&REGISTERS),
                        path if path.ends_with(".html") => pick(&TEMPLATES),
                        path if path.ends_with(".png") => pick(&["one", "two!"]),
                        _ => pick(&LESSONS),
                    },
                );
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

fn request(root: &Utf8Path) -> Request {
    Request {
        root: root.to_owned(),
        config: root.join("config.toml"),
        output: None,
        base_url: None,
        edition: Edition::Learner,
        drafts: Drafts::LeaveOut,
        as_of: jiff::civil::date(2026, 11, 21),
    }
}

type Files = BTreeMap<String, Vec<u8>>;

/// Returns every file that a cold build would write, and the findings; why not, where it cannot.
fn cold(request: &Request) -> Result<(Files, Vec<Finding>), String> {
    let survey = pipeline::survey(request).map_err(|failure| failure.to_string())?;
    let renderer =
        Renderer::new(&survey.theme, &survey.settings).map_err(|failure| failure.to_string())?;
    let cards = pipeline::cards(&survey, &renderer).map_err(|failure| failure.to_string())?;
    let subjects = throughline::stages::plan::subjects(&survey.curriculum, &survey.settings);
    let pages = pipeline::pages(&survey, &cards, &subjects);
    let mut files = Files::new();
    for output in pipeline::others(&survey, &pages).iter().map(|make| make()) {
        files.insert(
            output.path.to_string(),
            bytes(&output.content, &request.root),
        );
    }
    for (url, subject) in &subjects {
        let html = renderer
            .render(&pages.page(url, *subject))
            .map_err(|failure| failure.to_string())?;
        files.insert(url.to_string(), html);
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

/// Makes the changes, and compares after each.
fn compare(changes: &[Change]) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().expect("it is there"))
        .expect("it is UTF-8");
    write_curriculum(folder.path());
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
                prop_assert!(!broken, "{change:?}: a build works, the session does not");
                prop_assert_eq!(&site.survey.findings, &findings, "{:?}", change);
                let warm = warm(&site, &root);
                for (url, bytes) in &files {
                    let same = warm.get(url).is_some_and(|found| found == bytes);
                    prop_assert!(same, "{change:?}: {url} is different");
                }
                prop_assert_eq!(
                    warm.keys().collect::<Vec<_>>(),
                    files.keys().collect::<Vec<_>>()
                );
            }
            Err(failure) => prop_assert!(
                broken,
                "{change:?}: no build works ({failure}), the session does"
            ),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_cold(changes in prop::collection::vec(change(), 1..10)) {
        compare(&changes)?;
    }
}
