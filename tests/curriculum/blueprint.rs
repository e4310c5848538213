//! `modules/blueprint.toml`: every outcome is practised and asked for, and nothing is asked that no outcome wants.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;

use super::{Page, modules, pages};

/// The criteria of the observation sheet.
const CRITERIA: [&str; 7] = [
    "accuracy",
    "explanation",
    "safety",
    "empathy",
    "signposting",
    "record",
    "welfare",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blueprint {
    outcome: Vec<Outcome>,
    critical: Vec<Critical>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    module: String,
    text: String,
    #[serde(default)]
    criteria: Vec<String>,
    practised: Vec<String>,
    #[serde(default)]
    recall: Vec<String>,
    #[serde(default)]
    apply: Vec<String>,
    #[serde(default)]
    judge: Vec<String>,
    unasked: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Critical {
    module: String,
    questions: Vec<String>,
}

/// A module's own part of its front matter.
#[derive(Deserialize)]
struct Front {
    #[serde(default)]
    outcomes: Vec<String>,
}

impl Outcome {
    fn asked(&self) -> impl Iterator<Item = &String> {
        self.recall.iter().chain(&self.apply).chain(&self.judge)
    }
}

/// The ids of the blocks of these names: `01-telephony/06-practice.md#q-landed`.
fn blocks(pages: &[Page], names: &[&str]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for page in pages.iter().filter(|page| page.is_lesson()) {
        for line in page.text.lines().filter_map(|line| {
            let rest = line.trim_start();
            rest.starts_with(":::")
                .then(|| rest.trim_start_matches(':').trim_start())
        }) {
            let name: &str = line
                .split(|c: char| !c.is_ascii_lowercase() && c != '-')
                .next()
                .unwrap_or_default();
            let id = line.rsplit_once("{#").map(|(_, rest)| {
                rest.split(|c: char| !c.is_alphanumeric() && c != '-')
                    .next()
                    .unwrap_or_default()
            });
            if let (true, Some(id)) = (names.contains(&name), id) {
                ids.insert(format!("{}#{id}", page.path));
            }
        }
    }
    ids
}

fn outcomes(page: &Page) -> Vec<String> {
    let front = page.text.split("+++").nth(1).expect("front matter");
    toml::from_str::<Front>(front)
        .expect("front matter is in order")
        .outcomes
}

fn faults(blueprint: &Blueprint, pages: &[Page]) -> Vec<String> {
    let mut faults = Vec::new();
    let questions = blocks(pages, &["question"]);
    let practised = blocks(pages, &["activity", "discussion", "scenario"]);
    let mut asked: BTreeMap<String, u32> = BTreeMap::new();
    for outcome in &blueprint.outcome {
        let at = |address: &String| format!("{}/{address}", outcome.module);
        for address in outcome.asked().map(at) {
            if !questions.contains(&address) {
                faults.push(format!("there is no question {address}"));
            }
            *asked.entry(address).or_default() += 1;
        }
        for address in outcome.practised.iter().map(at) {
            if !practised.contains(&address) {
                faults.push(format!("nothing is practised at {address}"));
            }
        }
        if outcome.practised.is_empty()
            || (outcome.asked().next().is_none() && outcome.unasked.is_none())
        {
            faults.push(format!("not practised or not asked: {}", outcome.text));
        }
        for criterion in &outcome.criteria {
            if !CRITERIA.contains(&criterion.as_str()) {
                faults.push(format!("{criterion} is no criterion"));
            }
        }
    }
    for question in &questions {
        match asked.get(question) {
            None => faults.push(format!("{question} stands under no outcome")),
            Some(1) => {}
            Some(times) => faults.push(format!("{question} stands under {times} outcomes")),
        }
    }
    for (module, address) in blueprint
        .critical
        .iter()
        .flat_map(|critical| critical.questions.iter().map(|it| (&critical.module, it)))
    {
        if !questions.contains(&format!("{module}/{address}")) {
            faults.push(format!("there is no critical question {module}/{address}"));
        }
    }
    for page in pages.iter().filter(|page| !page.is_lesson()) {
        let Some((module, _)) = page.path.split_once('/') else {
            continue;
        };
        let said: Vec<&String> = blueprint
            .outcome
            .iter()
            .filter(|outcome| outcome.module == module)
            .map(|outcome| &outcome.text)
            .collect();
        let wanted = outcomes(page);
        if said != wanted.iter().collect::<Vec<_>>() {
            faults.push(format!(
                "{}: the blueprint has {said:#?}, the module {wanted:#?}",
                page.path
            ));
        }
    }
    faults
}

#[test]
fn every_outcome_is_practised_and_asked() {
    let text = fs::read_to_string(modules().join("blueprint.toml")).expect("the blueprint");
    let blueprint: Blueprint = toml::from_str(&text).expect("the blueprint is in order");
    let faults = faults(&blueprint, &pages());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The lesson that says what counts as a pass, and lists the critical questions for coaches.
const PASS: &str = "12-putting-it-into-practice/03-team-performance-and-qa.md";

#[test]
fn coaches_have_the_list_of_critical_questions() {
    let text = fs::read_to_string(modules().join("blueprint.toml")).expect("the blueprint");
    let blueprint: Blueprint = toml::from_str(&text).expect("the blueprint is in order");
    let pages = pages();
    let page = pages.iter().find(|page| page.path == PASS).expect(PASS);
    let here = PASS.split('/').next().expect("a module");
    let wanted: BTreeSet<String> = blueprint
        .critical
        .iter()
        .flat_map(|critical| critical.questions.iter().map(|it| (&critical.module, it)))
        .map(|(module, address)| {
            if module == here {
                address.clone()
            } else {
                format!("../{module}/{address}")
            }
        })
        .collect();
    let listed: BTreeSet<String> = page
        .text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| target.contains(".md#q-"))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        listed, wanted,
        "{PASS} lists the critical questions of the blueprint"
    );
}

#[test]
fn a_gap_in_the_blueprint_is_seen() {
    let pages = [
        Page {
            path: "01-calls/index.md".to_owned(),
            text: "+++\ntitle = \"Calls\"\noutcomes = [\"Listen\"]\n+++\n".to_owned(),
        },
        Page {
            path: "01-calls/01-a.md".to_owned(),
            text:
                "::: activity [Do it] {#do}\n:::\n::: question [Which?] {#q-which topics=a}\n:::\n"
                    .to_owned(),
        },
    ];
    let read = |text: &str| toml::from_str::<Blueprint>(text).expect("in order");
    let outcome = "critical = []\n[[outcome]]\nmodule = \"01-calls\"\n";
    for (text, fault) in [
        (
            "text = \"Listen\"\npractised = [\"01-a.md#do\"]\napply = [\"01-a.md#q-which\"]\n",
            None,
        ),
        (
            "text = \"Listen\"\npractised = [\"01-a.md#do\"]\n",
            Some("stands under no outcome"),
        ),
        (
            "text = \"Listen\"\npractised = []\napply = [\"01-a.md#q-which\"]\n",
            Some("not practised"),
        ),
        (
            "text = \"Hear\"\npractised = [\"01-a.md#do\"]\napply = [\"01-a.md#q-which\"]\n",
            Some("the blueprint has"),
        ),
        (
            "text = \"Listen\"\npractised = [\"01-a.md#gone\"]\napply = [\"01-a.md#q-gone\"]\n",
            Some("there is no question"),
        ),
        (
            "text = \"Listen\"\ncriteria = [\"charm\"]\npractised = [\"01-a.md#do\"]\napply = [\"01-a.md#q-which\"]\n",
            Some("no criterion"),
        ),
    ] {
        let found = faults(&read(&format!("{outcome}{text}")), &pages);
        match fault {
            Some(fault) => assert!(
                found.iter().any(|it| it.contains(fault)),
                "{text}: {found:?}"
            ),
            None => assert!(found.is_empty(), "{text}: {found:?}"),
        }
    }
}
