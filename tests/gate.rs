//! Whatever a template puts into an `href` or a `src` has passed the gate of addresses.

#![allow(clippy::unwrap_used, reason = "tests read files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use camino::Utf8PathBuf;
use throughline::model::address::Address;
use throughline::model::page::{Data, Fields};
use throughline::model::scope::Scope;
use throughline::model::site::{File, Thing};
use throughline::pipeline::{Outline, Outputs, Press, Request, Run};
use throughline::stages::plan;

/// What begins the value of an attribute that a browser follows.
const FOLLOWED: [&str; 4] = ["href=\"", "src=\"", "action=\"", "url="];

/// Returns the names that a template prints at the beginning of such a value: `href` of `{{ module.href }}`.
fn printed(template: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for mark in FOLLOWED {
        for value in template.split(mark).skip(1) {
            let Some(tag) = value.strip_prefix("{{") else {
                continue;
            };
            let expression = tag.split("}}").next().unwrap().trim();
            names.insert(expression.rsplit('.').next().unwrap().to_owned());
        }
    }
    names
}

/// Notes what kind of value each name has, however deep it stands.
fn note<'f>(fields: &'f Fields<'_>, kinds: &mut BTreeMap<&'static str, Vec<&'f Data<'f>>>) {
    for (key, data) in &fields.0 {
        // Nobody follows what is not there.
        if matches!(data, Data::Text(text) if text.is_empty()) {
            continue;
        }
        kinds.entry(key).or_default().push(data);
        match data {
            Data::Fields(inner) => note(inner, kinds),
            Data::List(list) => {
                for item in list {
                    if let Data::Fields(inner) = item {
                        note(inner, kinds);
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn templates_are_read() {
    let template = "<a href=\"{{ module.href }}\" title=\"{{ t.x }}\"><img src=\"{{root}}a.png\"><a href=\"#{{ x.id }}\">";
    let expected = ["href", "root"].map(ToOwned::to_owned);
    assert_eq!(printed(template), BTreeSet::from(expected));
}

#[test]
fn templates_follow_only_what_passed_the_gate() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut followed = BTreeSet::new();
    for entry in fs::read_dir(project.join("themes/default/templates")).unwrap() {
        followed.extend(printed(&fs::read_to_string(entry.unwrap().path()).unwrap()));
    }
    // The way to the top is made by the renderer, from the depth of the page alone or from the checked address of the site.
    assert!(followed.remove("root") && followed.remove("top"));
    assert!(followed.len() > 7, "{followed:?}");

    let root = Utf8PathBuf::from_path_buf(project.to_owned()).unwrap();
    let mut request = Request::new(root, jiff::civil::date(2026, 11, 21));
    request.base_url = Address::top("https://example.org/").ok();
    request.edition = throughline::model::config::Edition::Facilitator;
    let survey = Run::of(&request).survey().unwrap();
    let outputs = Outputs {
        survey: &survey,
        outline: &Outline::new(&survey, Scope::Site),
        press: &Press::new(&survey, &Scope::Site).unwrap(),
    };
    let page = |file: &File| match file.thing {
        Thing::Page(subject) => Some(outputs.pages().page(&file.url, subject).fields),
        _ => None,
    };
    let all: Vec<_> = outputs
        .outline
        .files()
        .iter()
        .filter_map(page)
        .chain(
            survey
                .curriculum
                .registers
                .signposts
                .iter()
                .map(|signpost| {
                    plan::signpost_fields(
                        signpost,
                        2,
                        &survey.setting.settings,
                        &survey.setting.theme.strings,
                    )
                }),
        )
        .collect();
    let mut kinds = BTreeMap::new();
    for fields in &all {
        note(fields, &mut kinds);
    }
    let mut never_set = Vec::new();
    for name in &followed {
        let Some(values) = kinds.get(name.as_str()) else {
            never_set.push(name.as_str());
            continue;
        };
        for value in values {
            assert!(
                matches!(value, Data::Address(_)),
                "templates follow `{name}`, which is {value:?}"
            );
        }
    }
    // No lesson of the curriculum has moved yet, and its configuration names neither a place for notes nor where its editions are. Packages alone have a `start`.
    assert_eq!(
        never_set,
        [
            "facilitator_edition",
            "feedback",
            "learner_edition",
            "start",
            "target"
        ]
    );
}
