//! Holds the words of lessons against the house language.

use jiff::civil::Date;

use crate::model::lesson::{Lesson, Wording};
use crate::model::registers::Term;
use crate::model::{Finding, Rule};

/// Reports avoided words, and retired ones from their day on.
pub fn review_lesson(lesson: &Lesson, terms: &[Term], as_of: Date, findings: &mut Vec<Finding>) {
    for wording in &lesson.wordings {
        findings.extend(finding(
            lesson,
            wording,
            &terms[wording.term.0 as usize],
            as_of,
        ));
    }
}

fn finding(lesson: &Lesson, wording: &Wording, term: &Term, as_of: Date) -> Option<Finding> {
    let words = &wording.words;
    let (rule, message) = match term.retired_on {
        Some(day) if as_of < day => return None,
        Some(day) => (Rule::RetiredTerm, format!("`{words}` was retired on {day}")),
        None => (Rule::AvoidedTerm, format!("`{words}` is not how we write")),
    };
    let instead = if rule == Rule::RetiredTerm && !term.successor.is_empty() {
        &term.successor
    } else {
        &term.instead
    };
    let help = match (instead.is_empty(), term.reason.is_empty()) {
        (false, false) => Some(format!(
            "write instead: {instead} ({})",
            term.reason.trim_end_matches('.')
        )),
        (false, true) => Some(format!("write instead: {instead}")),
        (true, false) => Some(term.reason.clone()),
        (true, true) => None,
    };
    let mut finding =
        Finding::new(rule, lesson.path.from_root(), wording.place, message).maybe_help(help);
    if let Some(severity) = term.severity {
        finding.severity = severity;
    }
    Some(finding)
}
