//! Reviews the linked curriculum: whether topics, paths, commitments, signposts, questions and words are as the registers ask.
//!
//! In: the curriculum, its coverage, the order of answers, and the day that counts as today. Out: findings. Pure: reads no files and no clock.

mod commitments;
mod days;
mod freshness;
mod images;
mod language;
mod memory;
mod names;
mod paths;
mod questions;
mod sensitivity;
pub mod sign_off;
mod signposts;
mod subject;
mod tags;
mod telephones;
mod titles;
mod topics;

pub(crate) use days::doubtful;
pub use memory::Memory;
pub use subject::Subject;

use jiff::civil::Date;

use crate::language::Language;
use crate::model::curriculum::Document;
use crate::model::{Curriculum, Finding};

/// Reviews everything.
///
/// With a memory, documents that it knows are not reviewed again; the result is the same.
pub fn review(subject: &Subject<'_>, memory: Option<&mut Memory>) -> Vec<Finding> {
    let Subject {
        curriculum,
        coverage,
        as_of,
        ..
    } = *subject;
    let mut own = Memory::default();
    let memory = memory.unwrap_or(&mut own);
    let mut findings = Vec::new();
    let mut others = Vec::new();
    rayon::join(
        || {
            commitments::review(curriculum, &mut findings);
            signposts::review(curriculum, as_of, &mut others);
            days::review(curriculum, as_of, &mut others);
            questions::review(subject, &mut others);
            names::review(subject, &mut others);
            titles::review(curriculum, &mut others);
            images::review(curriculum, &mut others);
        },
        || review_documents(subject, memory),
    );
    findings.extend(others);
    topics::review(curriculum, coverage, &mut findings);
    paths::review(curriculum, coverage, &mut findings);
    findings.extend(memory.findings().cloned());
    findings
}

/// Reviews the documents that the memory does not know.
fn review_documents(subject: &Subject<'_>, memory: &mut Memory) {
    let Subject {
        curriculum, as_of, ..
    } = *subject;
    memory.compare(curriculum, as_of);
    let language = Language::of(subject.language);
    let words = tags::Words::new(&curriculum.registers.topics, &language);
    let known = telephones::Known::new(&curriculum.registers.signposts);
    memory.complete(curriculum, |id, document| {
        let mut findings = of_document(document, curriculum, &known, as_of);
        topics::review_document(id, &document.lesson, curriculum, &mut findings);
        tags::review_lesson(
            &document.lesson,
            &words,
            &curriculum.registers,
            &mut findings,
        );
        findings
    });
}

fn of_document(
    document: &Document,
    curriculum: &Curriculum,
    known: &telephones::Known<'_>,
    as_of: Date,
) -> Vec<Finding> {
    let lesson = &document.lesson;
    let registers = &curriculum.registers;
    let mut findings = Vec::new();
    commitments::review_lesson(lesson, registers, &mut findings);
    questions::review_lesson(lesson, registers, &mut findings);
    language::review_lesson(lesson, &registers.terms, as_of, &mut findings);
    telephones::review_lesson(lesson, known, &mut findings);
    sensitivity::review_document(document, curriculum, &mut findings);
    freshness::review_document(document, curriculum, as_of, &mut findings);
    days::review_lesson(lesson, as_of, &mut findings);
    findings
}
