//! What the one search of the reports' site looks through: public claims and topics with their answers, and the text of the lessons.
//!
//! In: the basis, and where places stand. Out: a script that names them, since pages that are opened from a folder can read nothing else. What a reader
//! types is compared in `write/html/static/search.js`; nothing is found here.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer as _};

use super::basis::Basis;
use super::cell::Spot;
use super::coverage::{CoverageReport, verdict};
use super::places::{Places, title};
use super::words::counted;
use super::write::html::part_page;
use crate::language::Language;
use crate::model::LanguageTag;
use crate::model::curriculum::DocumentId;
use crate::model::evidence::Worth;
use crate::model::stretches::{Reading, read_pieces, unread};

/// Something that a search finds.
#[derive(Debug, Serialize)]
struct Entry<'b> {
    /// `claim`, `topic` or `text`.
    kind: &'static str,
    /// What leads there.
    name: String,
    /// Where that is.
    href: String,
    /// The other names of a topic.
    names: Vec<&'b str>,
    /// The answer in one line; empty for text.
    answer: String,
    /// What it says, apart from its name.
    text: std::borrow::Cow<'b, str>,
}

/// Writes the script.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write(basis: &Basis<'_>, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tag: LanguageTag = places.around.language.parse().unwrap_or_default();
    out.write_all(b"window.throughlineReports = {\"numbers\":")?;
    serde_json::to_writer(&mut *out, Language::of(&tag).numbers())?;
    out.write_all(b",\"entries\":")?;
    // One after the other: the text of all lessons never stands in memory a second time.
    let mut json = serde_json::Serializer::new(&mut *out);
    let mut list = json.serialize_seq(None)?;
    let known = claims(basis).into_iter().chain(topics(basis));
    let texts = basis.documents().flat_map(|id| texts(basis, places, id));
    for entry in known.chain(texts) {
        list.serialize_element(&entry)?;
    }
    list.end()?;
    out.write_all(b"};\n")
}

fn claims<'b>(basis: &Basis<'b>) -> Vec<Entry<'b>> {
    // Counted here: the report would choose a sentence for each of them.
    let mut evidence: HashMap<&str, usize> = HashMap::new();
    for id in basis.documents() {
        let carried = basis.curriculum.document(id).lesson.carried();
        for place in carried.filter(|place| matches!(place.worth, Worth::Evidence(_))) {
            *evidence.entry(&place.claim.value).or_default() += 1;
        }
    }
    let commitments = basis.curriculum.registers.commitments.iter();
    let claims = commitments.flat_map(|commitment| {
        commitment
            .claims
            .iter()
            .map(move |claim| (commitment, claim))
    });
    let all = claims.map(|(commitment, claim)| Entry {
        kind: "claim",
        name: format!("{}: {}", claim.id, claim.text),
        href: format!("commitments.html#claim-{}", claim.id),
        names: Vec::new(),
        answer: match evidence.get(claim.id.as_str()) {
            None => "No evidence".to_owned(),
            Some(number) => format!("Evidence in {}", counted(*number, "place")),
        },
        text: format!("{} {}", commitment.title, claim.note).into(),
    });
    all.collect()
}

fn topics<'b>(basis: &Basis<'b>) -> Vec<Entry<'b>> {
    let report = CoverageReport::new(basis);
    let registered = &basis.curriculum.registers.topics;
    let all = report.topics.iter().zip(registered);
    all.map(|(row, topic)| {
        let aliases: Vec<&str> = topic.aliases.iter().map(|alias| &*alias.value).collect();
        Entry {
            kind: "topic",
            name: topic.name.clone(),
            href: format!("{}.html", part_page("coverage", &topic.id)),
            answer: verdict(row),
            text: format!("{} {}", aliases.join(", "), topic.definition).into(),
            names: aliases,
        }
    })
    .collect()
}

/// Returns the sections of a lesson, as the edition of the reports has them.
fn texts<'b>(basis: &Basis<'b>, places: &Places<'_>, id: DocumentId) -> Vec<Entry<'b>> {
    let mut all = Vec::new();
    let document = basis.curriculum.document(id);
    let lesson = &document.lesson;
    let gone = unread(&lesson.stretches, Reading::Page(basis.edition));
    let said = |from: u32, to: u32| {
        let pieces = read_pieces(from..to, gone.iter().cloned());
        let pieces: String = pieces.map(|piece| &lesson.text[piece]).collect();
        pieces.trim().to_owned()
    };
    let shown = lesson.headings.iter();
    let shown: Vec<_> = shown
        .filter(|heading| basis.lists(heading.audience))
        .collect();
    let starts = shown.iter().map(|heading| heading.text_start);
    let ends: Vec<u32> = starts.chain([lesson.text.len() as u32]).collect();
    let mut add = |anchor: &str, heading: &str, text: String| {
        let spot = Spot {
            anchor,
            ..Spot::file(basis.file(id))
        };
        let name = match heading {
            "" => title(document).to_owned(),
            heading => format!("{}: {heading}", title(document)),
        };
        if !text.is_empty() {
            all.push(Entry {
                kind: "text",
                name,
                href: places.place(spot).unwrap_or_default(),
                names: Vec::new(),
                answer: document.module.map_or_else(String::new, |module| {
                    places.module(&basis.curriculum.module(module).name)
                }),
                text: text.into(),
            });
        }
    };
    add("", "", said(0, ends[0]));
    for (heading, end) in shown.iter().zip(&ends[1..]) {
        add(
            &heading.id,
            &heading.title,
            said(heading.text_end.min(*end), *end),
        );
    }
    all
}
