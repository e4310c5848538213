//! Settles which findings stand: applies the severities of `[checks]` and the ignores in lessons and registers.
//!
//! In: all findings of the stages. Out: those that stand, in reading order, with one more for every ignore that silenced nothing. Findings that need
//! the network are settled on their own: whether one is silenced for nothing depends on the day, and is never said.

use std::collections::{BTreeMap, HashSet};

use super::config::unknown_rule;
use crate::model::Rule;
use crate::model::config::Config;
use crate::model::curriculum::Curriculum;
use crate::model::finding::{Finding, Ignore};

/// Settles findings.
pub fn settle(findings: Vec<Finding>, curriculum: &Curriculum, config: &Config) -> Vec<Finding> {
    let ignores = ignores(curriculum);
    let mut used: HashSet<(&str, usize)> = HashSet::new();
    let mut standing: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| match silenced_by(finding, &ignores) {
            Some(key) => {
                used.insert(key);
                false
            }
            None => true,
        })
        .collect();
    for (file, list) in &ignores {
        for (index, ignore) in list.iter().enumerate() {
            standing.extend(unused(file, ignore, used.contains(&(*file, index)), config));
        }
    }
    standing.retain_mut(|finding| is_on(finding, config));
    standing.sort_by(Finding::reading_order);
    standing.dedup();
    standing
}

/// Settles findings about other sites, and puts them among those that stand.
pub fn settle_external(
    found: Vec<Finding>,
    standing: &mut Vec<Finding>,
    curriculum: &Curriculum,
    config: &Config,
) {
    let ignores = ignores(curriculum);
    let mut found = found;
    found.retain_mut(|finding| silenced_by(finding, &ignores).is_none() && is_on(finding, config));
    standing.append(&mut found);
    standing.sort_by(Finding::reading_order);
    standing.dedup();
}

/// Gives a finding the severity that `[checks]` sets; returns whether its rule is on.
fn is_on(finding: &mut Finding, config: &Config) -> bool {
    let Some(severity) = config.severity(finding.rule) else {
        return false;
    };
    // A register's entry may have set a severity of its own, which `[checks]` overrides.
    if config.checks.contains_key(&finding.rule) {
        finding.severity = severity;
    }
    true
}

fn ignores(curriculum: &Curriculum) -> BTreeMap<&str, &[Ignore]> {
    let mut ignores = BTreeMap::new();
    for document in &curriculum.documents {
        if !document.lesson.ignores.is_empty() {
            ignores.insert(
                document.lesson.path.as_str(),
                document.lesson.ignores.as_slice(),
            );
        }
    }
    for (file, list) in &curriculum.registers.ignores {
        ignores.insert(file, list.as_slice());
    }
    ignores
}

fn silenced_by<'i>(
    finding: &Finding,
    ignores: &BTreeMap<&'i str, &'i [Ignore]>,
) -> Option<(&'i str, usize)> {
    let path = finding.file.strip_prefix("modules/")?;
    let (file, list) = ignores.get_key_value(path)?;
    let index = list.iter().position(|ignore| {
        ignore.rule == finding.rule.name()
            && !ignore.reason.is_empty()
            && (ignore.lines.0..=ignore.lines.1).contains(&finding.place.line)
    })?;
    Some((*file, index))
}

fn unused(file: &str, ignore: &Ignore, used: bool, config: &Config) -> Option<Finding> {
    if used || ignore.served {
        return None;
    }
    let file = format!("modules/{file}");
    let finding = |message: &str, help: &str| {
        Some(Finding::new(Rule::UnusedIgnore, file.as_str(), ignore.place, message).help(help))
    };
    if ignore.rule.is_empty() {
        return finding(
            "this ignore names no rule and stands before no quotation",
            "write `throughline-ignore RULE: reason`, or put it right before a quotation",
        );
    }
    let Some(rule) = Rule::named(&ignore.rule) else {
        return Some(unknown_rule(&file, ignore.place, &ignore.rule));
    };
    config.severity(rule)?;
    if ignore.reason.is_empty() {
        return finding(
            "this ignore gives no reason, and silences nothing",
            &format!("write `throughline-ignore {}: reason`", ignore.rule),
        );
    }
    if rule.needs_network() {
        return None;
    }
    finding(
        &format!("nothing here breaks the rule `{}`", ignore.rule),
        "remove the comment",
    )
}
