//! Reports pages that nobody can tell apart by their titles.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::language::form;
use crate::model::curriculum::{Document, Role};
use crate::model::text::quoted;
use crate::model::{Curriculum, Finding, Place, Rule, Severity};

/// Reports lessons of one module, and modules, with the title of another one.
pub fn review(curriculum: &Curriculum, findings: &mut Vec<Finding>) {
    let indexes = curriculum.modules.iter().filter_map(|module| module.index);
    report(indexes.map(|id| curriculum.document(id)), findings);
    for module in &curriculum.modules {
        let documents = module.documents.start as usize..module.documents.end as usize;
        let lessons = curriculum.documents[documents].iter();
        report(
            lessons.filter(|document| document.role == Role::Lesson),
            findings,
        );
    }
}

fn report<'c>(documents: impl Iterator<Item = &'c Document>, findings: &mut Vec<Finding>) {
    let mut first = HashMap::new();
    for document in documents {
        let lesson = &document.lesson;
        let title = form(&lesson.front.title);
        if title.is_empty() {
            continue;
        }
        match first.entry(title) {
            Entry::Vacant(free) => {
                free.insert(document);
            }
            Entry::Occupied(other) => findings.push(finding(document, other.get())),
        }
    }
}

fn finding(document: &Document, other: &Document) -> Finding {
    let (lesson, other) = (&document.lesson, &other.lesson);
    let message = format!(
        "`{}` has the title `{}` too",
        other.path.from_root(),
        quoted(&lesson.front.title)
    );
    let place = lesson.front.place.unwrap_or(Place::START);
    let mut finding = Finding::new(
        Rule::DuplicateTitle,
        lesson.path.from_root(),
        place,
        message,
    )
    .help(
        "give each a title of its own: lists, search and the tabs of a browser show nothing else",
    );
    // Units that each end with a lesson called the same are told apart by where those stand.
    if lesson.path.folder() != other.path.folder() && !lesson.path.is_index() {
        finding.severity = Severity::Info;
    }
    finding
}
