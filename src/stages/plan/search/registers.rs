//! What a search knows before a word is looked up.

use super::basis::Basis;
use super::script::Script;
use crate::language::Language;
use crate::model::address::Address;
use crate::model::curriculum::{Curriculum, Destination, Document, DocumentId, ModuleId, Role};
use crate::model::registers::{AnswerKind, Signpost, TopicId};
use crate::model::search::{Layout, PAGES_PER_FILE};
use crate::model::site::Subject;
use crate::model::theme::Strings;

/// Writes the script.
pub fn script(basis: &Basis<'_>, layout: &Layout) -> String {
    let mut script = Script::object("index");
    script.key("edition").text(basis.edition.name());
    script.key("pages").number(layout.pages.len() as u32);
    script.key("group").number(PAGES_PER_FILE as u32);
    script.key("shards").number(layout.shards());
    words(&mut script, basis.strings);
    modules(&mut script, basis, layout);
    topics(&mut script, basis);
    answers(&mut script, basis, layout);
    urgent(&mut script, basis);
    language(&mut script, basis.language);
    script.end()
}

/// Writes the words of the interface that results need, without the beginning that the theme's keys share.
fn words(script: &mut Script, strings: &Strings) {
    const WORDS: [&str; 13] = [
        "search_count",
        "search_one",
        "search_none",
        "search_count_crisis",
        "search_count_crisis_one",
        "search_crisis_alone",
        "search_partly",
        "search_topic",
        "search_answer",
        "search_results",
        "search_all",
        "search_risk_title",
        "search_risk_own",
    ];
    script.key("words").open('{');
    for key in WORDS {
        script.key(&key["search_".len()..]).text(strings.get(key));
    }
    script.key("text").text(strings.get("text"));
    script.close('}');
}

/// Writes the modules, each with its first page and the one after its last.
fn modules(script: &mut Script, basis: &Basis<'_>, layout: &Layout) {
    script.key("modules").open('[');
    for (position, module) in basis.curriculum.modules.iter().enumerate() {
        let id = ModuleId(position as u32);
        let is_before = |page: &DocumentId| basis.curriculum.document(*page).module < Some(id);
        let is_in = |page: &DocumentId| basis.curriculum.document(*page).module <= Some(id);
        let from = layout.pages.partition_point(is_before);
        let to = layout.pages.partition_point(is_in);
        if from == to {
            continue;
        }
        script.open('{');
        script.key("id").text(&module.name);
        script.key("number").number(module.number);
        script.key("title").text(&module.title);
        script.key("from").number(from as u32);
        script.key("to").number(to as u32);
        script.close('}');
    }
    script.close(']');
}

fn topics(script: &mut Script, basis: &Basis<'_>) {
    script.key("topics").open('[');
    for (id, topic) in (0..).map(TopicId).zip(&basis.curriculum.registers.topics) {
        if !basis.scope.holds_topic(id) {
            continue;
        }
        let aliases = topic.aliases.iter().map(|alias| alias.value.as_str());
        script.open('{');
        script
            .key("href")
            .address(&Subject::Topic(id).path(basis.curriculum));
        script.key("name").text(&topic.name);
        script.key("aliases").texts(aliases);
        script
            .key("said")
            .texts(topic.said.iter().map(|said| said.value.as_str()));
        script
            .key("definition")
            .text(match topic.in_short.as_str() {
                "" => &topic.definition,
                in_short => in_short,
            });
        script.close('}');
    }
    script.close(']');
}

/// Writes the answers that lead to pages which the index has; the most urgent kinds come first.
fn answers(script: &mut Script, basis: &Basis<'_>, layout: &Layout) {
    let answers = basis.curriculum.registers.answers.iter();
    let mut answers: Vec<_> = answers.zip(&basis.curriculum.answers).collect();
    answers.sort_by_key(|(answer, _)| std::cmp::Reverse(answer.kind));
    script.key("answers").open('[');
    for (answer, places) in answers {
        let places = places.iter();
        let known: Vec<&Destination> = places
            .filter(|place| layout.pages.binary_search(&place.document).is_ok())
            .collect();
        let Some((to, also)) = known.split_first() else {
            continue;
        };
        script.open('{');
        script.key("id").text(&answer.id);
        script.key("kind").text(answer.kind.name());
        script
            .key("words")
            .texts(answer.words.iter().map(|words| words.value.as_str()));
        script.key("text").text(&answer.text);
        script.key("to");
        destination(script, basis, to);
        script.key("also").open('[');
        for place in also {
            destination(script, basis, place);
        }
        script.close(']');
        script.close('}');
    }
    script.close(']');
}

/// Writes the urgent services, which stand beside an answer to a crisis; those that every nation has come first.
fn urgent(script: &mut Script, basis: &Basis<'_>) {
    let registers = &basis.curriculum.registers;
    let has_crisis = registers
        .answers
        .iter()
        .any(|answer| answer.kind == AnswerKind::Crisis);
    let mut urgent: Vec<&Signpost> = registers
        .signposts
        .iter()
        .filter(|signpost| has_crisis && signpost.urgent)
        .collect();
    urgent.sort_by_key(|signpost| std::cmp::Reverse(signpost.nations.len()));
    script.key("urgent").open('[');
    for signpost in urgent {
        let phone = signpost.phone.address.as_ref();
        script.open('{');
        script.key("id").text(&signpost.id);
        script.key("name").text(&signpost.name);
        script.key("phone").text(&signpost.phone);
        script.key("tel").text(phone.map_or("", Address::as_str));
        script.key("text").text(&signpost.text);
        script.close('}');
    }
    script.close(']');
}

fn destination(script: &mut Script, basis: &Basis<'_>, place: &Destination) {
    let document = basis.curriculum.document(place.document);
    let href = Address::to_place("", &document.url, &place.anchor);
    script.open('{');
    script.key("href").text(href.as_str());
    script
        .key("title")
        .text(title_of_place(basis.curriculum, place));
    script.key("page").text(title(basis.curriculum, document));
    script.close('}');
}

fn language(script: &mut Script, language: &Language) {
    let search = language.search();
    script.key("ignored").text(&search.ignored.join(" "));
    script.key("endings").text(&search.endings.join(" "));
    script.key("numbers").open('{');
    for (written, digits) in language.numbers() {
        script.key(written).text(digits);
    }
    script.close('}');
    script.key("joined").open('[');
    for (pattern, replacement) in search.joined {
        script.texts([*pattern, *replacement]);
    }
    script.close(']');
    for (key, patterns) in [("crisis", search.crisis), ("danger", search.danger)] {
        script.key(key).open('[');
        for pattern in patterns {
            script.text(&whole(pattern, search.parts));
        }
        script.close(']');
    }
}

/// Returns a pattern with its parts written out.
fn whole(pattern: &str, parts: &[(&str, &str)]) -> String {
    let mut whole = pattern.to_owned();
    for (name, part) in parts {
        whole = whole.replace(&format!("{{{name}}}"), part);
    }
    whole
}

/// Returns the heading of a place; its page's title where it has none.
pub fn title_of_place<'c>(curriculum: &'c Curriculum, place: &Destination) -> &'c str {
    let document = curriculum.document(place.document);
    let mut headings = document.lesson.headings.iter();
    let heading = headings.find(|heading| *heading.id == *place.anchor);
    heading.map_or_else(|| title(curriculum, document), |heading| &heading.title)
}

/// Returns a page's title; a module's is its folder's name where it has none.
pub fn title<'c>(curriculum: &'c Curriculum, document: &'c Document) -> &'c str {
    match (document.role, document.module) {
        (Role::Module, Some(module)) => &curriculum.module(module).title,
        _ => &document.lesson.front.title,
    }
}
