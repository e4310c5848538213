//! Refuses a change that would leave a fault behind.
//!
//! In: the findings before and afterwards, with drafts and without them. Out: the baselines as they are afterwards, or the findings that would come.

use std::collections::HashMap;

use super::super::compare::{self, Lines};
use super::super::refusal::Refusal;
use super::change::Change;
use super::work::Work;
use crate::model::{Finding, LineIndex, Rule, Severity};
use crate::pipeline::Request;
use crate::report::baseline::{Baseline, Seen};
use crate::stages::link::Drafts;
use crate::stages::parse;

/// Findings that are listed where a change is refused for their sake.
const MOST_LISTED: usize = 10;

impl Work<'_> {
    /// Refuses a change that brings a finding, with drafts or without them; returns the baselines as they are afterwards.
    pub(super) fn check(&self, change: &Change) -> Result<Vec<Baseline>, Refusal> {
        let lines = self.lines();
        let line = |file: &str, line: u32| {
            let lines = lines.get(below_modules(file));
            let now = lines.and_then(|lines| lines.get(line.saturating_sub(1) as usize));
            now.copied().unwrap_or(line)
        };
        let lines = Lines {
            file: &|file| self.file(file),
            line: &line,
        };
        let request = Request {
            drafts: Drafts::LeaveOut,
            ..self.desk.request.clone()
        };
        let read = self.desk.read.clone();
        let before = read.survey(&request, &parse::for_sign_off).findings;
        let after = self.survey(change, Drafts::LeaveOut).findings;
        let matched = compare::matched(&before, &after, &lines);
        refuse(&after, &matched, &|_| true)?;
        let with_drafts = self.survey(change, Drafts::Include).findings;
        let known = compare::matched(&self.desk.before.findings, &with_drafts, &lines);
        // What is only begun meets no requirement yet and may have its own faults, and is a draft for that.
        let begun: Vec<String> = change
            .created
            .iter()
            .map(|(path, _)| format!("modules/{path}"))
            .collect();
        let counts = |finding: &Finding| {
            begun.is_empty() || !(finding.rule == Rule::TopicGap || begun.contains(&finding.file))
        };
        refuse(&with_drafts, &known, &counts)?;
        Ok(self.baselines(change, &before, (&after, &matched)))
    }

    /// Returns the line of each line of the files that change.
    fn lines(&self) -> HashMap<&str, Vec<u32>> {
        let changed = self.edits.iter().filter(|(_, edits)| !edits.is_empty());
        let lines = changed.filter_map(|(path, edits)| {
            let before = self.desk.text(path)?;
            let after = edits.apply(&before);
            let after = LineIndex::new(&after);
            let moved = edits.moved(LineIndex::new(&before).starts());
            let lines = moved.into_iter().map(|at| after.line(at));
            Some((path.as_str(), lines.collect()))
        });
        lines.collect()
    }

    /// Returns the baselines as they are afterwards: what they know of before, at its new places.
    fn baselines(
        &self,
        change: &Change,
        before: &[Finding],
        (after, matched): (&[Finding], &[Option<usize>]),
    ) -> Vec<Baseline> {
        if change.baselines.is_empty() {
            return Vec::new();
        }
        let pairs = after.iter().zip(matched);
        let pairs = pairs.filter_map(|(now, was)| Some((before[(*was)?].clone(), now.clone())));
        let (was, now): (Vec<Finding>, Vec<Finding>) = pairs.unzip();
        let by_new_path: HashMap<String, &str> = self
            .desk
            .tables
            .keys()
            .chain(self.desk.pages.keys())
            .map(|path| (self.moved.path(path), path.as_str()))
            .collect();
        let text_before = |file: &str| self.desk.text(below_modules(file));
        let text_after = |file: &str| {
            let path = by_new_path.get(below_modules(file))?;
            let text = self.desk.text(path)?;
            Some(match self.edits.get(*path) {
                Some(edits) => edits.apply(&text).into(),
                None => text,
            })
        };
        let before = Seen {
            findings: &was,
            source: &text_before,
        };
        let after = Seen {
            findings: &now,
            source: &text_after,
        };
        let baselines = change.baselines.iter().cloned();
        let followed =
            baselines.map(|known| known.followed(before, after, &|file| self.file(file)));
        followed.collect()
    }
}

/// Returns the path of a file below `modules/`; other files stand where none has such a path.
fn below_modules(file: &str) -> &str {
    file.strip_prefix("modules/").unwrap_or("")
}

/// Refuses findings that none of before is, unless they are infos or do not count.
fn refuse(
    after: &[Finding],
    matched: &[Option<usize>],
    counts: &dyn Fn(&Finding) -> bool,
) -> Result<(), Refusal> {
    let new = after.iter().zip(matched).filter(|(finding, was)| {
        was.is_none() && finding.severity != Severity::Info && counts(finding)
    });
    let new: Vec<&Finding> = new.map(|(finding, _)| finding).collect();
    if new.is_empty() {
        Ok(())
    } else {
        Err(findings_come(&new))
    }
}

fn findings_come(new: &[&Finding]) -> Refusal {
    let listed = new.iter().take(MOST_LISTED).map(|finding| {
        format!(
            "\n  {}:{}: {}: {}",
            finding.file,
            finding.place.line,
            finding.rule.name(),
            finding.message
        )
    });
    let listed: String = listed.collect();
    let more = match new.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    Refusal::new(format!(
        "nothing was changed: afterwards there would be findings that are not there now (places are those of afterwards){listed}{more}"
    ))
    .help("mend first what stands in the way, such as a requirement of the register that only this place meets")
}
