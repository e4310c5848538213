//! Reviews the linked curriculum: whether topics, commitments, signposts and words are as the registers ask.
//!
//! In: the curriculum, its coverage, and the day that counts as today. Out: findings. Pure: reads no files and no clock.

mod commitments;
mod freshness;
mod language;
mod sensitivity;
mod signposts;
mod telephones;
mod topics;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::coverage::Coverage;
use crate::model::curriculum::Document;
use crate::model::{Curriculum, Finding};

/// The registers' files, as findings name them.
const TOPICS: &str = "modules/topics.toml";
const SIGNPOSTS: &str = "modules/signposts.toml";
const COMMITMENTS: &str = "modules/commitments.toml";

/// Reviews everything.
pub fn review(curriculum: &Curriculum, coverage: &Coverage, as_of: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    topics::review(curriculum, coverage, &mut findings);
    commitments::review(curriculum, &mut findings);
    signposts::review(curriculum, as_of, &mut findings);
    let known = telephones::Known::new(&curriculum.registers.signposts);
    let of_documents: Vec<Vec<Finding>> = curriculum
        .documents
        .par_iter()
        .map(|document| of_document(document, curriculum, &known, as_of))
        .collect();
    findings.extend(of_documents.into_iter().flatten());
    findings
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
    language::review_lesson(lesson, &registers.terms, as_of, &mut findings);
    telephones::review_lesson(lesson, known, &mut findings);
    sensitivity::review_document(document, curriculum, &mut findings);
    freshness::review_lesson(lesson, as_of, &mut findings);
    findings
}
