//! Holds pages and the default theme to each other: what a template may ask for is always there, and nothing that is empty stops it.
//!
//! The engine refuses a field that is not there, so a page that left one out where it has nothing to say would end a whole build.

#![allow(clippy::unwrap_used, reason = "tests read files and lay out folders")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use camino::Utf8PathBuf;
use support::laid_out;
use throughline::model::config::Edition;
use throughline::model::page::{Data, Fields, Page};
use throughline::model::scope::Scope;
use throughline::model::site::Thing;
use throughline::pipeline::{Outline, Press, Request, Run, Survey};
use throughline::stages::plan::{Shared, signpost_fields};

/// The day that counts as today.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

const EDITIONS: [Edition; 2] = [Edition::Learner, Edition::Facilitator];

/// A curriculum of which everything is left out that can be.
const BARE: [(&str, &str); 3] = [
    (
        "config.toml",
        "title = \"Bare\"\nsearch = false\nprint = false\n[session]\nlunch = \"\"\n",
    ),
    ("modules/01-a/01-b.md", "+++\ntitle = \"B\"\n+++\n"),
    ("modules/02-c/d/01-e.md", "+++\ntitle = \"E\"\n+++\n"),
];

/// One that speaks of itself wherever it can.
const TALKATIVE: [(&str, &str); 5] = [
    (
        "config.toml",
        "title = \"Talkative\"\ndescription = \"All of it\"\nbase_url = \"https://training.example/\"\n\
         [site]\nexit = \"https://weather.example/\"\nfooter = \"Ours\"\nsupport = \"Ask\"\n\
         [feedback]\nto = \"mailto:us@training.example\"\n\
         [accessibility]\nprepared_on = 2026-11-01\n[[accessibility.check]]\ntitle = \"A\"\nresult = \"B\"\non = 2026-11-01\n",
    ),
    (
        "modules/answers.toml",
        "[[answer]]\nid = \"crisis\"\nkind = \"crisis\"\nwords = [\"want to die\"]\nto = \"01-a/01-b.md\"\ntext = \"Stay with them\"\n",
    ),
    (
        "modules/signposts.toml",
        "[[signpost]]\nid = \"police\"\nname = \"Police\"\nfor = \"anybody\"\nphone = \"999\"\nurgent = true\npermanent = \"a number of the state\"\n\
         [[signpost]]\nid = \"listeners\"\nname = \"Listeners\"\nfor = \"anybody\"\n",
    ),
    (
        "modules/01-a/index.md",
        "+++\ntitle = \"[Croeso]{lang=cy} A\"\nsummary = \"S\"\noutcomes = [\"O\"]\nmandatory = true\nowner = \"We\"\nlast_reviewed_on = 2026-11-01\nexit = \"https://news.example/\"\nfacts_as_of = 2026-11-01\n+++\n",
    ),
    (
        "modules/01-a/01-b.md",
        "+++\ntitle = \"B\"\nsummary = \"S\"\nminutes = 30\ncontent_note = \"N\"\naliases = [\"old/b.html\"]\nsources = [\"https://law.example/\", \"A book\"]\n+++\n\n## Listening {#listening}\n\n::: activity Listen {minutes=10 materials=\"Paper\" group=\"Pairs\"}\nListen.\n:::\n",
    ),
];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the folders of the golden curricula.
fn golden() -> Vec<PathBuf> {
    let cases = fs::read_dir(project().join("tests/golden")).unwrap();
    let cases = cases.map(|case| case.unwrap().path());
    let mut cases: Vec<PathBuf> = cases
        .filter(|case| case.join("config.toml").is_file())
        .collect();
    cases.sort();
    cases
}

/// Finds out everything about a curriculum; nothing where the program refuses it.
fn survey(root: &Path, edition: Edition) -> Option<Survey> {
    let root = Utf8PathBuf::from_path_buf(root.to_owned()).unwrap();
    let request = Request {
        edition,
        ..Request::new(root, TODAY)
    };
    Run::of(&request).survey().ok()
}

/// Calls back with every page of a curriculum's site, and the fields of the cards that it shows.
fn pages(survey: &Survey, mut look: impl FnMut(&'static str, &str, &Fields<'_>)) {
    let setting = &survey.setting;
    let registers = &survey.curriculum.registers;
    let words = (&setting.theme.strings, &setting.settings.language);
    let mut shared = Shared::new(&registers.topics, words.0, words.1);
    let card: Arc<str> = "<section></section>".into();
    shared.cards_in_lessons = vec![Arc::clone(&card); registers.signposts.len()];
    shared.cards_in_directory = vec![card; registers.signposts.len()];
    let outline = Outline::new(survey, Scope::Site);
    let planned = outline.pages(survey, &shared);
    for file in outline.files().iter() {
        if let Thing::Page(subject) = file.thing {
            let page = planned.page(&file.url, subject);
            look(page.template, &file.url, &page.fields);
        }
    }
    for signpost in &registers.signposts {
        let fields = signpost_fields(signpost, 2, &setting.settings, words.0);
        look("signpost.html", &signpost.id, &fields);
    }
}

/// The keys that stand at a place of a template's fields, as they were seen first, and where that was.
type Known = BTreeMap<String, (BTreeSet<&'static str>, String)>;

/// Notes the keys of fields and of what is in them; says where they are others than before.
fn note(
    place: &str,
    page: &str,
    fields: &Fields<'_>,
    known: &mut Known,
    faults: &mut BTreeSet<String>,
) {
    // Where there is nothing that they would be about there are none at all, and templates ask.
    if fields.0.is_empty() {
        return;
    }
    let keys: BTreeSet<&'static str> = fields.0.iter().map(|(key, _)| *key).collect();
    assert_eq!(
        keys.len(),
        fields.0.len(),
        "{place} of {page} has a key twice"
    );
    let (first, seen) = known
        .entry(place.to_owned())
        .or_insert_with(|| (keys.clone(), page.to_owned()));
    for key in keys.symmetric_difference(first) {
        let (with, without) = match keys.contains(key) {
            true => (page, &**seen),
            false => (&**seen, page),
        };
        faults.insert(format!("{place}.{key}: {with} has it, {without} has not"));
    }
    for (key, data) in &fields.0 {
        note_data(&format!("{place}.{key}"), page, data, known, faults);
    }
}

fn note_data(
    place: &str,
    page: &str,
    data: &Data<'_>,
    known: &mut Known,
    faults: &mut BTreeSet<String>,
) {
    match data {
        Data::Fields(fields) => note(place, page, fields, known, faults),
        Data::List(list) => {
            for data in list {
                note_data(&format!("{place}[]"), page, data, known, faults);
            }
        }
        _ => {}
    }
}

#[test]
fn pages_of_a_template_have_the_same_fields() {
    let mut known = Known::new();
    let mut faults = BTreeSet::new();
    let laid_out = [laid_out(&BARE), laid_out(&TALKATIVE)];
    let own = laid_out.iter().map(|folder| folder.path().to_owned());
    for folder in own.chain(golden()) {
        for edition in EDITIONS {
            let Some(survey) = survey(&folder, edition) else {
                continue;
            };
            let name = folder.file_name().unwrap().to_string_lossy();
            pages(&survey, |template, url, fields| {
                let page = format!("{name}/{url} ({})", edition.name());
                note(template, &page, fields, &mut known, &mut faults);
            });
        }
    }
    let templates = fs::read_dir(project().join("themes/default/templates")).unwrap();
    for template in templates.map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&template).unwrap();
        let name = template.file_name().unwrap().to_str().unwrap();
        // What learning platforms open is made by the packager.
        if text.starts_with("{% extends") && !known.contains_key(name) {
            faults.insert(format!("no page is made with {name}"));
        }
    }
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What becomes of lists in fields that are emptied.
#[derive(Clone, Copy)]
enum Lists {
    /// Their items are emptied too.
    Kept,
    /// They have none.
    Emptied,
}

/// Fields that hold one of a few names, which say what others are: they are never empty.
const NAMES: [&str; 4] = ["kind", "depth", "words", "status"];

/// Returns fields with nothing in them that may be empty.
fn emptied<'p>(fields: &Fields<'p>, lists: Lists) -> Fields<'p> {
    let emptied = fields
        .0
        .iter()
        .map(|(key, data)| match NAMES.contains(key) {
            true => (*key, data.clone()),
            false => (*key, emptied_data(data, lists)),
        });
    Fields(emptied.collect())
}

fn emptied_data<'p>(data: &Data<'p>, lists: Lists) -> Data<'p> {
    match (data, lists) {
        (Data::Text(_), _) => "".into(),
        (Data::Html(_), _) => Data::Html("".into()),
        (Data::Number(_), _) => Data::Number(0),
        (Data::Flag(_), _) => Data::Flag(false),
        (Data::Fields(fields), _) => emptied(fields, lists).into(),
        (Data::List(list), Lists::Kept) => {
            let items = list.iter().map(|item| match item {
                Data::Fields(fields) => emptied(fields, lists).into(),
                other => other.clone(),
            });
            Data::List(items.collect())
        }
        (Data::List(_), Lists::Emptied) => Data::List(Vec::new()),
        (Data::Address(_), _) => data.clone(),
    }
}

#[test]
fn nothing_that_is_empty_stops_a_template() {
    let golden = |name: &str| project().join("tests/golden").join(name);
    let laid_out = [laid_out(&BARE), laid_out(&TALKATIVE)];
    let own = laid_out.iter().map(|folder| folder.path().to_owned());
    let others = ["clean", "paths", "paths-that-leave-out"].map(golden);
    for folder in own.chain(others) {
        for edition in EDITIONS {
            let survey = survey(&folder, edition).unwrap();
            let press = Press::new(&survey, &Scope::Site).unwrap();
            pages(&survey, |template, url, fields| {
                // Cards are rendered before all pages, each as it is.
                if template == "signpost.html" {
                    return;
                }
                for (what, fields) in [
                    ("as it is", fields.clone()),
                    ("with all values empty", emptied(fields, Lists::Kept)),
                    ("with all lists empty", emptied(fields, Lists::Emptied)),
                ] {
                    let url = url.into();
                    let page = Page {
                        url,
                        template,
                        fields,
                    };
                    if let Err(error) = press.render(&page) {
                        panic!("{}/{} {what}: {error}", folder.display(), page.url);
                    }
                }
            });
        }
    }
}
