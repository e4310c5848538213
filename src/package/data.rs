//! `throughline/package.js`: what the runtime knows of its package.

use serde::Serialize;

use super::course::{Course, ModuleEntry, TopicEntry};
use super::format::Format;
use super::iri::topic_iri;
use crate::model::config::{Completion, Packages, Score};
use crate::stages::plan::Settings;

/// The version of what the script holds.
const SCHEMA: u32 = 1;

/// What the runtime knows of its package.
#[derive(Serialize)]
struct Data<'p> {
    schema: u32,
    version: &'static str,
    format: Format,
    edition: &'static str,
    title: &'p str,
    language: &'p str,
    identifier: Option<&'p str>,
    home: &'p str,
    /// The one module of a package that is about one.
    module: Option<&'p str>,
    completion: &'static str,
    score: &'static str,
    mastery: Option<u32>,
    modules: &'p [ModuleEntry],
    topics: Vec<TopicData<'p>>,
}

#[derive(Serialize)]
struct TopicData<'p> {
    #[serde(flatten)]
    topic: &'p TopicEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    iri: Option<String>,
}

/// Writes the script.
pub fn script(format: Format, course: &Course, settings: &Settings, packages: &Packages) -> String {
    let told;
    let course = if format == Format::Cmi5 {
        course
    } else {
        told = course.without_choices();
        &told
    };
    let identifier = packages.identifier.as_deref();
    let data = Data {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        format,
        edition: settings.edition.name(),
        title: &course.title,
        language: settings.language.tag(),
        identifier,
        home: &course.home,
        module: match &*course.modules {
            [module] => Some(&module.id),
            _ => None,
        },
        completion: match packages.completion {
            Completion::Answered => "answered",
            Completion::Done => "done",
        },
        score: match packages.score {
            Score::Best => "best",
            Score::First => "first",
            Score::Last => "last",
        },
        mastery: packages.mastery.map(|mastery| mastery.percent),
        modules: &course.modules,
        topics: course
            .topics
            .iter()
            .map(|topic| TopicData {
                topic,
                iri: identifier.map(|identifier| topic_iri(identifier, &topic.id)),
            })
            .collect(),
    };
    let json = serde_json::to_string(&data).expect("texts and numbers are JSON");
    format!("{OPENING}{};\n", for_script(&json))
}

/// What the script begins with: by it a ZIP is known as one that this program wrote.
pub const OPENING: &str = "window.throughlinePackage = ";

/// Returns JSON as it may stand in a script, wherever that stands.
fn for_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
