//! Reads the registers.
//!
//! In: their texts. Out: the registers, with every fault as a finding. What they say about modules is checked later, by `link`.

use std::collections::HashMap;

use jiff::civil::Date;

use super::ignores::in_register;
use super::table::{Reader, TomlFile};
use super::web::addresses;
use crate::language::form;
use crate::model::address::Address;
use crate::model::blocks::Depth;
use crate::model::days::Day;
use crate::model::evidence::EvidenceDepth;
use crate::model::finding::Ignore;
use crate::model::registers::{
    Answer, AnswerKind, Claim, Commitment, Exemption, LearningPath, LinkPolicy, Placed, Registers,
    Required, Signpost, Standing, Term, Topic,
};
use crate::model::review::{Fingerprint, SignOff};
use crate::model::sources::RegisterSources;
use crate::model::text::quoted;
use crate::model::{Finding, LineIndex, Place, Rule, Severity, Staged};

/// What is found in the registers beside their entries.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    addresses: Vec<(&'static str, Placed<Box<str>>)>,
    days: Vec<(&'static str, Placed<Day>)>,
}

/// Reads all registers; one that does not exist is empty.
pub fn registers(sources: &RegisterSources) -> Staged<Registers> {
    let mut found = Found::default();
    let topics = read(
        &sources.topics,
        "modules/topics.toml",
        "topic",
        topic,
        &mut found,
    );
    let signposts = read(
        &sources.signposts,
        "modules/signposts.toml",
        "signpost",
        signpost,
        &mut found,
    );
    let commitments = read(
        &sources.commitments,
        "modules/commitments.toml",
        "commitment",
        commitment,
        &mut found,
    );
    let terms = read(
        &sources.terms,
        "modules/terms.toml",
        "term",
        term,
        &mut found,
    );
    let answers = read(
        &sources.answers,
        "modules/answers.toml",
        "answer",
        answer,
        &mut found,
    );
    let paths = read(
        &sources.paths,
        "modules/paths.toml",
        "path",
        learning_path,
        &mut found,
    );
    report_same_words(&answers, &mut found.findings);
    let ids = [
        (
            "modules/answers.toml",
            answers
                .iter()
                .map(|answer| (answer.id.as_str(), answer.place))
                .collect::<Vec<_>>(),
        ),
        (
            "modules/paths.toml",
            paths
                .iter()
                .map(|path| (path.id.as_str(), path.place))
                .collect::<Vec<_>>(),
        ),
        (
            "modules/topics.toml",
            topics
                .iter()
                .map(|topic| (topic.id.as_str(), topic.place))
                .chain(former(topics.iter().map(|topic| &topic.former_ids)))
                .collect::<Vec<_>>(),
        ),
        (
            "modules/signposts.toml",
            signposts
                .iter()
                .filter_map(|signpost| Some((signpost.id.as_str(), signpost.place?)))
                .chain(former(
                    signposts.iter().map(|signpost| &signpost.former_ids),
                ))
                .collect(),
        ),
        (
            "modules/commitments.toml",
            commitments
                .iter()
                .map(|commitment| (commitment.id.as_str(), commitment.place))
                .collect(),
        ),
        (
            "modules/commitments.toml",
            commitments
                .iter()
                .flat_map(|commitment| &commitment.claims)
                .map(|claim| (claim.id.as_str(), claim.place))
                .chain(former(
                    commitments
                        .iter()
                        .flat_map(|commitment| &commitment.claims)
                        .map(|claim| &claim.former_ids),
                ))
                .collect(),
        ),
    ];
    for (file, list) in ids {
        report_duplicates(file, &list, &mut found.findings);
    }
    let mut value = Registers::new(topics, signposts, commitments, terms);
    value.answers = answers;
    value.paths = paths;
    value.sign_offs = sign_offs(&sources.reviews, &mut found);
    value.ignores = ignores(sources);
    value.addresses = found.addresses;
    value.days = found.days;
    Staged {
        value,
        findings: found.findings,
    }
}

/// Returns ids that entries had before, each with its place: nothing else may have them.
fn former<'r>(
    ids: impl Iterator<Item = &'r Vec<Placed<String>>>,
) -> impl Iterator<Item = (&'r str, Place)> {
    ids.flatten().map(|id| (id.value.as_str(), id.place))
}

fn ignores(sources: &RegisterSources) -> Vec<(&'static str, Vec<Ignore>)> {
    [
        ("topics.toml", &sources.topics),
        ("signposts.toml", &sources.signposts),
        ("commitments.toml", &sources.commitments),
        ("terms.toml", &sources.terms),
        ("answers.toml", &sources.answers),
        ("paths.toml", &sources.paths),
        ("reviews.toml", &sources.reviews),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some((name, in_register(text.as_ref()?))))
    .collect()
}

fn sign_offs(source: &Option<std::sync::Arc<str>>, found: &mut Found) -> Vec<SignOff> {
    let file = "modules/reviews.toml";
    let entries = read(source, file, "review", sign_off, found);
    let paths: Vec<(&str, Place)> = entries
        .iter()
        .map(|(place, sign_off)| (sign_off.path.as_str(), *place))
        .collect();
    report_duplicates(file, &paths, &mut found.findings);
    entries.into_iter().map(|(_, sign_off)| sign_off).collect()
}

fn sign_off(reader: &mut Reader<'_, '_, '_>) -> Option<(Place, SignOff)> {
    let path = reader.required_text("path");
    let fingerprint = reader.required_text("fingerprint");
    let reviewer = reader.required_text("reviewer");
    let approved_on = reader.past_day("approved_on");
    let place = reader.place();
    if approved_on.is_none() {
        let help = Some("add `approved_on = 2026-11-21`".to_owned());
        reader.file().report(
            Rule::InvalidRegister,
            place,
            "this review has no date".into(),
            help,
        );
    }
    let (path, fingerprint) = (path?, fingerprint?);
    let parsed: Result<Fingerprint, _> = fingerprint.value.parse();
    if let Err(error) = parsed {
        reader.file().report(
            Rule::InvalidRegister,
            fingerprint.place,
            error.to_string(),
            Some("leave it to `throughline review approve`".into()),
        );
    }
    let sign_off = SignOff {
        path: path.value,
        fingerprint: parsed.ok()?,
        reviewer: reviewer?.value,
        approved_on: approved_on?,
    };
    Some((path.place, sign_off))
}

fn read<T>(
    source: &Option<std::sync::Arc<str>>,
    file: &'static str,
    name: &'static str,
    entry: impl Fn(&mut Reader<'_, '_, '_>) -> Option<T>,
    found: &mut Found,
) -> Vec<T> {
    let Some(text) = source else {
        return Vec::new();
    };
    let lines = LineIndex::new(text);
    let mut toml = TomlFile::new((file, &lines), 0, Rule::InvalidRegister);
    let table = toml.parse(text);
    let mut top = Reader::new(&table, Place::START, &mut toml);
    let tables = top.tables(name);
    top.finish();
    let mut entries = Vec::with_capacity(tables.len());
    for (table, place) in tables {
        let mut reader = Reader::new(table, first_line(place), &mut toml);
        let value = entry(&mut reader);
        reader.finish();
        entries.extend(value);
    }
    found.addresses.extend(
        addresses(&table, text, &[])
            .into_iter()
            .map(|(address, range)| {
                let value = address.into();
                let place = toml.place(range);
                let at = None;
                (file, Placed { value, place, at })
            }),
    );
    let days = toml.days.drain(..);
    found.days.extend(days.map(|day| (file, day)));
    found.findings.append(&mut toml.findings);
    entries
}

/// Shortens the place of a table to the line where it starts.
fn first_line(place: Place) -> Place {
    Place {
        end_line: place.line,
        end_column: if place.end_line == place.line {
            place.end_column
        } else {
            place.column
        },
        ..place
    }
}

fn report_duplicates(file: &str, ids: &[(&str, Place)], findings: &mut Vec<Finding>) {
    let mut first: HashMap<&str, Place> = HashMap::new();
    for (id, place) in ids {
        if let Some(before) = first.get(id) {
            findings.push(
                Finding::new(
                    Rule::DuplicateId,
                    file,
                    *place,
                    format!("the id `{id}` is given twice"),
                )
                .help(format!("it stands first on line {}", before.line)),
            );
        } else {
            first.insert(id, *place);
        }
    }
}

/// Reads an id: lower-case letters, digits and hyphens, since it becomes a file name.
fn id(reader: &mut Reader<'_, '_, '_>) -> Option<Placed<String>> {
    let id = reader.required_text("id")?;
    check_id(reader, id)
}

/// Reads ids that an entry had before.
fn former_ids(reader: &mut Reader<'_, '_, '_>) -> Vec<Placed<String>> {
    let ids = reader.titles("former_ids");
    ids.into_iter()
        .filter_map(|id| check_id(reader, id))
        .collect()
}

fn check_id(reader: &mut Reader<'_, '_, '_>, id: Placed<String>) -> Option<Placed<String>> {
    let fits = id
        .value
        .chars()
        .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '-')
        && crate::model::path::unsafe_reason(&id.value).is_none();
    if !fits {
        reader.file().report(
            Rule::InvalidRegister,
            id.place,
            format!("`{}` cannot be an id", id.value),
            Some(format!(
                "use lower-case letters, digits and hyphens, such as `{}`",
                crate::model::slug::file_slug(&id.value)
            )),
        );
        return None;
    }
    Some(id)
}

fn topic(reader: &mut Reader<'_, '_, '_>) -> Option<Topic> {
    let id = id(reader);
    let former_ids = former_ids(reader);
    let name = reader.required_title("name");
    let aliases = reader.titles("aliases");
    let said = reader.titles("said");
    let definition = reader.text("definition");
    let in_short = reader.text("in_short");
    let home = reader.placed_text("home");
    let link = reader.choice(
        "link",
        &[
            ("first-per-section", LinkPolicy::FirstPerSection),
            ("first-per-lesson", LinkPolicy::FirstPerLesson),
            ("never", LinkPolicy::Never),
        ],
    );
    let distinctive = reader.flag("distinctive", true);
    let case_sensitive = reader.flag("case_sensitive", false);
    let sensitive = reader.flag("sensitive", false);
    let (requires, requires_on) = requires(reader);
    let exempt = exemptions(reader);
    let (id, name) = (id?, name?);
    Some(Topic {
        id: id.value,
        place: id.place,
        name: name.value,
        name_place: name.place,
        former_ids,
        aliases,
        said,
        definition,
        in_short,
        home,
        link,
        distinctive,
        case_sensitive,
        sensitive,
        requires,
        requires_on,
        exempt,
    })
}

fn learning_path(reader: &mut Reader<'_, '_, '_>) -> Option<LearningPath> {
    let id = id(reader);
    let name = reader.required_title("name");
    let serves = reader.text("for");
    let modules = reader.texts("modules");
    let lessons = reader.texts("lessons");
    let (id, name) = (id?, name?);
    if modules.is_empty() && lessons.is_empty() {
        let message = format!("the path `{}` takes no module", id.value);
        let help = "add `modules = [\"...\"]`, or `modules = \"every-module\"`";
        reader
            .file()
            .report(Rule::InvalidRegister, id.place, message, Some(help.into()));
    }
    Some(LearningPath {
        id: id.value,
        place: id.place,
        name: name.value,
        serves,
        modules: required(modules),
        lessons,
    })
}

/// Returns the modules that a list names.
fn required(list: Vec<Placed<String>>) -> Required {
    if list.iter().any(|module| module.value == EVERY_MODULE) {
        Required::EveryModule
    } else {
        Required::Modules(list)
    }
}

fn answer(reader: &mut Reader<'_, '_, '_>) -> Option<Answer> {
    let id = id(reader);
    let kind = reader.choice("kind", &AnswerKind::NAMED);
    let words = reader.titles("words");
    let to = reader.required_text("to");
    let also = reader.texts("also");
    let text = reader.required_text("text");
    let id = id?;
    if words.is_empty() {
        let help = Some("add `words = [\"...\"]`: what people say who need it".to_owned());
        let message = format!("the answer `{}` has no words to be found by", id.value);
        reader
            .file()
            .report(Rule::InvalidRegister, id.place, message, help);
    }
    Some(Answer {
        id: id.value,
        place: id.place,
        kind,
        words,
        to: to?,
        also,
        text: text?.value,
    })
}

/// Reports words that lead to two answers: a search would show the first.
fn report_same_words(answers: &[Answer], findings: &mut Vec<Finding>) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for answer in answers {
        for words in &answer.words {
            let folded = form(&words.value).into_owned();
            match first.get(&folded) {
                Some(before) => findings.push(
                    Finding::new(
                        Rule::NameClash,
                        "modules/answers.toml",
                        words.place,
                        format!("`{}` leads to `{before}` as well", words.value),
                    )
                    .help("leave the words with the answer that fits best"),
                ),
                None => {
                    first.insert(folded, &answer.id);
                }
            }
        }
    }
}

/// Stands for all modules in a list of them.
const EVERY_MODULE: &str = "every-module";

/// What stands before the id of a path in a list of modules.
const PATH: &str = "path:";

/// What is asked of modules for a topic, and on which paths.
type Asked = (Vec<(Depth, Required)>, Vec<(Depth, Placed<String>)>);

fn requires(reader: &mut Reader<'_, '_, '_>) -> Asked {
    let (mut of_modules, mut on_paths) = (Vec::new(), Vec::new());
    let Some((table, place)) = reader.table("requires") else {
        return (of_modules, on_paths);
    };
    let mut inner = Reader::new(table, place, reader.file());
    for depth in Depth::ALL {
        let mut modules = Vec::new();
        for named in inner.texts(depth.name()) {
            match named.value.strip_prefix(PATH) {
                Some(id) => {
                    let value = id.trim().to_owned();
                    on_paths.push((depth, Placed { value, ..named }));
                }
                None => modules.push(named),
            }
        }
        if !modules.is_empty() {
            of_modules.push((depth, required(modules)));
        }
    }
    inner.finish();
    (of_modules, on_paths)
}

fn exemptions(reader: &mut Reader<'_, '_, '_>) -> Vec<Exemption> {
    let mut exemptions = Vec::new();
    for (table, place) in reader.tables("exempt") {
        let mut inner = Reader::new(table, first_line(place), reader.file());
        let module = inner.required_text("module");
        let reason = inner.required_text("reason");
        let depths = depths(&mut inner);
        inner.finish();
        if let (Some(module), Some(reason)) = (module, reason) {
            exemptions.push(Exemption {
                module,
                reason: reason.value,
                depths,
            });
        }
    }
    exemptions
}

/// Reads a list of depths.
fn depths(reader: &mut Reader<'_, '_, '_>) -> Vec<Depth> {
    let mut depths = Vec::new();
    for name in reader.texts("depths") {
        match Depth::ALL
            .into_iter()
            .find(|depth| depth.name() == name.value)
        {
            Some(depth) => depths.push(depth),
            None => {
                let message = format!("`depths` cannot be `{}`", quoted(&name.value));
                let names = Depth::ALL.map(|depth| format!("`{}`", depth.name()));
                let help = format!("it is a list of {}", names.join(", "));
                reader
                    .file()
                    .report(Rule::InvalidRegister, name.place, message, Some(help));
            }
        }
    }
    depths
}

fn signpost(reader: &mut Reader<'_, '_, '_>) -> Option<Signpost> {
    let id = id(reader);
    let name = reader.required_title("name");
    let signpost = Signpost {
        former_ids: former_ids(reader),
        serves: reader.text("for"),
        nations: reader.plain_texts("nations"),
        phone: reader.contact("phone", |phone| Ok(Address::telephone(phone))),
        text: reader.text("text"),
        relay: reader.text("relay"),
        email: reader.contact("email", |email| Address::mailbox(email).map(Some)),
        web: reader.contact("web", |web| Address::web(web).map(Some)),
        hours: reader.text("hours"),
        cost: reader.text("cost"),
        urgent: reader.flag("urgent", false),
        note: reader.text("note"),
        last_verified_on: reader.past_day("last_verified_on"),
        review_in: reader.length_of_time("review_in"),
        source: reader.contact("source", Address::source),
        owner: reader.text("owner"),
        verified_by: reader.text("verified_by"),
        permanent: reason(reader, "permanent"),
        ..Signpost::default()
    };
    let (id, name) = (id?, name?);
    Some(Signpost {
        id: id.value,
        place: Some(id.place),
        name: name.value,
        ..signpost
    })
}

/// Returns a reason, which must say something where it is given.
fn reason(reader: &mut Reader<'_, '_, '_>, key: &'static str) -> String {
    let Some(text) = reader.placed_text(key) else {
        return String::new();
    };
    if text.value.trim().is_empty() {
        let message = format!("`{key}` has no reason");
        let help = format!(
            "write why, such as `{key} = \"the number is fixed by law\"`, or remove the line"
        );
        reader
            .file()
            .report(Rule::InvalidRegister, text.place, message, Some(help));
        return String::new();
    }
    text.value
}

const STANDINGS: [(&str, Standing); 3] = [
    ("current", Standing::Current),
    ("superseded", Standing::Superseded),
    ("withdrawn", Standing::Withdrawn),
];

/// How deep a claim is to be borne out.
const EXPECTED: [(&str, Option<EvidenceDepth>); 4] = [
    ("", None),
    (EvidenceDepth::Said.name(), Some(EvidenceDepth::Said)),
    (
        EvidenceDepth::Practised.name(),
        Some(EvidenceDepth::Practised),
    ),
    (
        EvidenceDepth::Assessed.name(),
        Some(EvidenceDepth::Assessed),
    ),
];

fn commitment(reader: &mut Reader<'_, '_, '_>) -> Option<Commitment> {
    let id = reader.required_text("id");
    let title = reader.title("title");
    let body = reader.text("body");
    let asked_on = reader.past_day("asked_on");
    let answered_on = reader.past_day("answered_on");
    report_order(reader.file(), asked_on, answered_on);
    let source = reader.contact("source", Address::source);
    let status = reader.choice("status", &STANDINGS);
    let mut claims = Vec::new();
    for (table, place) in reader.tables("claim") {
        let mut inner = Reader::new(table, first_line(place), reader.file());
        let id = inner.required_text("id");
        let former_ids = inner.titles("former_ids");
        let text = inner.text("text");
        let status = inner.choice("status", &STANDINGS);
        let expects = inner.choice("expects", &EXPECTED);
        let note = inner.text("note");
        inner.finish();
        if let Some(id) = id {
            claims.push(Claim {
                id: id.value,
                place: id.place,
                former_ids,
                text,
                status,
                expects,
                note,
            });
        }
    }
    let id = id?;
    Some(Commitment {
        id: id.value,
        place: id.place,
        title,
        body,
        asked_on,
        answered_on,
        source,
        status,
        claims,
    })
}

/// Reports an answer that was given before its question.
fn report_order(file: &mut TomlFile<'_>, asked_on: Option<Date>, answered_on: Option<Date>) {
    let (Some(asked), Some(answered)) = (asked_on, answered_on) else {
        return;
    };
    if answered < asked {
        let place = file.days.last().map_or(Place::START, |day| day.place);
        let message = format!("`answered_on` is {answered}, before `asked_on`, which is {asked}");
        let help = "correct the one that is wrong: an answer follows its question";
        file.report(Rule::DoubtfulDate, place, message, Some(help.into()));
    }
}

fn term(reader: &mut Reader<'_, '_, '_>) -> Option<Term> {
    let avoid = reader.titles("avoid");
    let term = Term {
        place: reader.place(),
        instead: reader.text("use"),
        severity: reader.choice(
            "severity",
            &[
                ("", None),
                ("error", Some(Severity::Error)),
                ("warning", Some(Severity::Warning)),
                ("info", Some(Severity::Info)),
            ],
        ),
        reason: reader.text("reason"),
        retired_on: reader.any_day("retired_on"),
        successor: reader.text("successor"),
        avoid,
    };
    if term.avoid.is_empty() {
        let place = term.place;
        reader.file().report(
            Rule::InvalidRegister,
            place,
            "this term names nothing to avoid".into(),
            Some("add `avoid = [\"...\"]`".into()),
        );
        return None;
    }
    Some(term)
}
