//! `modules/people.toml` says who is in the curriculum, and the lessons keep to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;

use super::{Page, modules, pages};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    surnames: Vec<String>,
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    name: String,
    role: String,
    case: Option<String>,
    known: String,
    lessons: Vec<String>,
}

impl Person {
    fn first(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }

    fn surname(&self) -> Option<&str> {
        self.name.split_once(' ').map(|(_, surname)| surname)
    }
}

fn people() -> People {
    let text = fs::read_to_string(modules().join("people.toml")).expect("modules/people.toml");
    toml::from_str(&text).expect("modules/people.toml is in order")
}

/// The words of a page, and those that stand side by side with nothing but one space or line end between.
struct Words<'t> {
    alone: BTreeSet<&'t str>,
    pairs: BTreeSet<(&'t str, &'t str)>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let (mut alone, mut pairs) = (BTreeSet::new(), BTreeSet::new());
        let mut before: Option<(&str, usize)> = None;
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphabetic) {
            let from = text.len() - rest.len() + start;
            let length = text[from..]
                .find(|c: char| !c.is_alphabetic() && c != '-')
                .unwrap_or(text.len() - from);
            let word = text[from..from + length].trim_end_matches('-');
            if let Some((earlier, end)) = before
                && matches!(&text[end..from], " " | "\n")
            {
                pairs.insert((earlier, word));
            }
            alone.insert(word);
            before = Some((word, from + word.len()));
            rest = &text[from + length..];
        }
        Self { alone, pairs }
    }

    fn hold_in_full(&self, person: &Person) -> bool {
        person
            .surname()
            .is_none_or(|surname| self.pairs.contains(&(person.first(), surname)))
    }
}

/// What is wrong with the register itself.
fn faults_of_the_register(people: &People) -> Vec<String> {
    let mut faults = Vec::new();
    let mut taken = BTreeMap::new();
    for person in &people.person {
        if let Some(other) = taken.insert(person.first(), &person.name) {
            faults.push(format!("{} and {other} share a first name", person.name));
        }
        if person
            .surname()
            .is_some_and(|surname| !people.surnames.iter().any(|known| known == surname))
        {
            faults.push(format!("{} has a surname of no list", person.name));
        }
        if person.role.is_empty() || person.known.is_empty() || person.lessons.is_empty() {
            faults.push(format!("{} lacks a role, facts or lessons", person.name));
        }
    }
    for person in people.person.iter().filter(|person| person.case.is_some()) {
        let mut others = people
            .person
            .iter()
            .filter(|other| other.case == person.case && other.name != person.name)
            .peekable();
        if others.peek().is_some()
            && !others.any(|other| other.lessons.iter().any(|at| person.lessons.contains(at)))
        {
            faults.push(format!("{} meets nobody of their case", person.name));
        }
    }
    faults
}

/// Where a page and the register say different things.
fn faults_of_a_page(people: &People, page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let words = Words::of(&page.text);
    for person in &people.person {
        let listed = person.lessons.contains(&page.path);
        let named = words.alone.contains(person.first());
        match (listed, named) {
            (true, false) => faults.push(format!("{} is not there", person.name)),
            (false, true) => faults.push(format!("{} is not listed", person.first())),
            (true, true) if !words.hold_in_full(person) => {
                faults.push(format!("{} is not named in full", person.first()));
            }
            _ => {}
        }
        if listed
            && page.is_lesson()
            && person.surname().is_some()
            && !page.text.contains("fictional")
        {
            faults.push(format!("{} is not called fictional", person.name));
        }
    }
    for (first, surname) in words.pairs {
        let name = format!("{first} {surname}");
        if first.starts_with(char::is_uppercase)
            && people.surnames.iter().any(|known| known == surname)
            && !people.person.iter().any(|person| person.name == name)
            && !PLACES.contains(&name.as_str())
        {
            faults.push(format!("{name} is in no register"));
        }
    }
    faults
}

/// Invented places that end in a word which is also a surname here.
const PLACES: [&str; 1] = ["St Example"];

#[test]
fn one_person_is_one_case() {
    let people = people();
    let mut faults = faults_of_the_register(&people);
    for page in pages() {
        faults.extend(
            faults_of_a_page(&people, &page)
                .into_iter()
                .map(|fault| format!("modules/{}: {fault}", page.path)),
        );
    }
    let pages = pages();
    for lesson in people.person.iter().flat_map(|person| &person.lessons) {
        if !pages.iter().any(|page| &page.path == lesson) {
            faults.push(format!("modules/people.toml: no lesson at {lesson}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_name_out_of_place_is_seen() {
    let register = |name: &str, lesson: &str| People {
        surnames: vec!["Sample".to_owned()],
        person: vec![Person {
            name: name.to_owned(),
            role: "paying parent".to_owned(),
            case: None,
            known: "one child".to_owned(),
            lessons: vec![lesson.to_owned()],
        }],
    };
    let page = |text: &str| Page {
        path: "01-calls/01-a.md".to_owned(),
        text: text.to_owned(),
    };
    for (lesson, text, fault) in [
        (
            "01-calls/01-a.md",
            "*Robin Sample is fictional.* Robin rings.",
            None,
        ),
        (
            "01-calls/01-a.md",
            "Robin is fictional.",
            Some("not named in full"),
        ),
        (
            "01-calls/01-a.md",
            "Robin Sample rings.",
            Some("not called fictional"),
        ),
        ("01-calls/01-a.md", "Nobody.", Some("is not there")),
        (
            "02-money/01-b.md",
            "Robin's letter.",
            Some("Robin is not listed"),
        ),
        (
            "02-money/01-b.md",
            "Kim Sample rings.",
            Some("Kim Sample is in no register"),
        ),
        ("02-money/01-b.md", "Robins sing. A *Sample* of it.", None),
    ] {
        let faults = faults_of_a_page(&register("Robin Sample", lesson), &page(text));
        match fault {
            Some(fault) => assert!(
                faults.iter().any(|found| found.contains(fault)),
                "{text}: {faults:?}"
            ),
            None => assert!(faults.is_empty(), "{text}: {faults:?}"),
        }
    }
    let mut two = register("Robin Sample", "01-calls/01-a.md");
    two.person
        .extend(register("Robin Other", "02-money/01-b.md").person);
    let faults = faults_of_the_register(&two).join("\n");
    assert!(
        faults.contains("share a first name") && faults.contains("surname of no list"),
        "{faults}"
    );
}
