//! Whatever a curriculum says, one parse serves every edition and every theme, and nothing of facilitators' notes reaches learners.

use std::collections::BTreeMap;
use std::sync::Arc;

use throughline::model::audience::Audience;
use throughline::model::config::Edition;
use throughline::model::output::Content;
use throughline::model::page::{Data, Fields};
use throughline::model::scope::Scope;
use throughline::model::site::Thing;
use throughline::model::sources::Sources;
use throughline::model::theme::Strings;
use throughline::pipeline::{self, Groundwork, Outline, Survey};
use throughline::stages::plan::Shared;

use super::curriculum::{conclude, groundwork};
use super::links::{files, sources_of};

/// Lines shorter than this may stand in others' text by chance.
const SHORT: usize = 24;

/// The words of a theme: the default's, or some others.
fn words(theme: usize) -> Strings {
    let own = [
        ("question", "Task & \"test\""),
        ("footnote", "<n>"),
        ("minutes", "min"),
    ];
    let own = own.map(|(key, words)| (key.to_owned(), words.to_owned()));
    match theme {
        0 => Strings::default(),
        _ => Strings(Arc::new(BTreeMap::from(own))),
    }
}

/// Plans both editions of the named files with two themes, each out of one parse and each on its own.
pub fn hold(data: &[u8]) {
    let text = throughline::stages::discover::text_of(data.to_vec(), "files", &mut Vec::new());
    let sources = sources_of(&files(&text));
    let once = groundwork(sources.clone());
    for edition in [Edition::Learner, Edition::Facilitator] {
        for theme in 0..2 {
            let shared = planned(once.clone(), edition, theme);
            let alone = planned(groundwork(sources.clone()), edition, theme);
            assert_eq!(
                shared.keys().collect::<Vec<_>>(),
                alone.keys().collect::<Vec<_>>()
            );
            for (path, content) in &shared {
                assert_eq!(content, &alone[path], "{path}, {edition:?}, theme {theme}");
            }
            if edition == Edition::Learner {
                assert_kept_from_learners(&once, &sources, &shared);
            }
        }
    }
}

/// Returns what pages and files of a site hold, apart from their templates.
fn planned(mut groundwork: Groundwork, edition: Edition, theme: usize) -> BTreeMap<String, String> {
    groundwork.setting.settings.edition = edition;
    Arc::make_mut(&mut groundwork.setting.theme).strings = words(theme);
    let survey = conclude(groundwork, edition);
    let outline = Outline::new(&survey, Scope::Site);
    let shared = shared(&survey);
    let pages = outline.pages(&survey, &shared);
    let mut planned = BTreeMap::new();
    for file in outline.files().iter() {
        let mut text = String::new();
        match (file.thing, pipeline::other(file, &pages, &survey)) {
            (Thing::Page(subject), _) => {
                write_fields(&pages.page(&file.url, subject).fields, &mut text);
            }
            (_, Some(Content::Bytes(bytes))) => text.push_str(&String::from_utf8_lossy(&bytes)),
            (_, Some(Content::Copy(path))) => text = path,
            (_, None) => {}
        }
        planned.insert(file.url.to_string(), text);
    }
    planned
}

/// Makes what pages share; the cards are the templates' business.
fn shared(survey: &Survey) -> Shared {
    let registers = &survey.curriculum.registers;
    let mut shared = Shared::new(
        &registers.topics,
        &survey.setting.theme.strings,
        &survey.setting.settings.language,
    );
    let card: Arc<str> = "<section></section>".into();
    shared.cards_in_lessons = vec![Arc::clone(&card); registers.signposts.len()];
    shared.cards_in_directory = vec![card; registers.signposts.len()];
    shared
}

fn write_fields(fields: &Fields<'_>, text: &mut String) {
    for (key, data) in &fields.0 {
        text.push_str(key);
        text.push('=');
        write_data(data, text);
    }
}

fn write_data(data: &Data<'_>, text: &mut String) {
    match data {
        Data::Text(value) | Data::Html(value) => text.push_str(value),
        Data::Number(number) => text.push_str(&number.to_string()),
        Data::Flag(flag) => text.push_str(&flag.to_string()),
        Data::List(list) => list.iter().for_each(|data| write_data(data, text)),
        Data::Fields(fields) => write_fields(fields, text),
        other => text.push_str(&format!("{other:?}")),
    }
    text.push('\n');
}

/// Panics where a line of facilitators' text stands in what learners get, and nobody else says it.
fn assert_kept_from_learners(
    once: &Groundwork,
    sources: &Sources,
    learners: &BTreeMap<String, String>,
) {
    for lesson in &once.lessons.lessons {
        let hidden = lesson.stretches.iter();
        let hidden = hidden.filter(|stretch| stretch.audience != Audience::Everybody);
        for stretch in hidden {
            let text = &lesson.text[stretch.text.start as usize..stretch.text.end as usize];
            let plain = |line: &&str| {
                line.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b" .,:".contains(&byte))
            };
            for line in text
                .lines()
                .filter(|line| line.len() >= SHORT)
                .filter(plain)
            {
                let written = sources.documents.iter();
                let written = written.map(|document| document.text.matches(line).count());
                if written.sum::<usize>() > 1 {
                    continue;
                }
                for (path, content) in learners {
                    assert!(
                        !content.contains(line),
                        "{line:?} of facilitators stands in {path}"
                    );
                }
            }
        }
    }
}
