//! Settles which findings stand: applies the severities of `[checks]` and the ignores in lessons and registers.
//!
//! In: all findings of the stages. Out: those that stand, in reading order, with one more for every ignore that silenced nothing. Findings that need
//! the network or a package are settled on their own: whether one is silenced for nothing depends on the day or the package, and is never said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
    for (file, ignores) in &ignores {
        for (index, ignore) in ignores.list.iter().enumerate() {
            if !ignore.served && !used.contains(&(*file, index)) {
                standing.extend(unused(file, ignore, config));
            }
        }
    }
    standing.retain_mut(|finding| is_on(finding, config));
    standing.sort_by(Finding::reading_order);
    standing.dedup();
    standing
}

/// Settles findings that not every run looks for, and puts them among those that stand.
pub fn settle_more(
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

/// The ignores of one file.
struct Ignores<'c> {
    list: &'c [Ignore],
    /// For each rule, stretches of lines in their order, each with the first ignore that silences it there.
    by_rule: HashMap<&'c str, Vec<Stretch>>,
}

/// Lines that an ignore silences.
struct Stretch {
    /// The first line.
    from: u32,
    /// The line after the last one.
    until: u32,
    /// Position of the ignore in its file.
    ignore: usize,
}

impl<'c> Ignores<'c> {
    fn new(list: &'c [Ignore]) -> Self {
        let mut rules: HashMap<&str, Vec<Stretch>> = HashMap::new();
        for (index, ignore) in list.iter().enumerate() {
            if !ignore.reason.is_empty() {
                rules.entry(&ignore.rule).or_default().push(Stretch {
                    from: ignore.lines.0,
                    until: ignore.lines.1.saturating_add(1),
                    ignore: index,
                });
            }
        }
        let by_rule = rules
            .into_iter()
            .map(|(rule, stretches)| (rule, apart(&stretches)))
            .collect();
        Self { list, by_rule }
    }

    /// Returns the ignore that silences a rule on a line.
    fn silencing(&self, rule: Rule, line: u32) -> Option<usize> {
        let stretches = self.by_rule.get(rule.name())?;
        let after = stretches.partition_point(|stretch| stretch.from <= line);
        let stretch = &stretches[after.checked_sub(1)?];
        (line < stretch.until).then_some(stretch.ignore)
    }
}

/// Takes stretches apart that lie over each other: the first ignore of a file has what several cover.
fn apart(stretches: &[Stretch]) -> Vec<Stretch> {
    // Where each begins and ends, in the order of the lines.
    let mut ends: Vec<(u32, bool, usize)> = stretches
        .iter()
        .flat_map(|stretch| {
            [
                (stretch.from, true, stretch.ignore),
                (stretch.until, false, stretch.ignore),
            ]
        })
        .collect();
    ends.sort_unstable();
    let mut open = BTreeSet::new();
    let mut found: Vec<Stretch> = Vec::with_capacity(stretches.len());
    let mut from = 0;
    for (line, begins, ignore) in ends {
        if let Some(first) = open.first().filter(|_| from < line) {
            found.push(Stretch {
                from,
                until: line,
                ignore: *first,
            });
        }
        from = line;
        if begins {
            open.insert(ignore);
        } else {
            open.remove(&ignore);
        }
    }
    found
}

fn ignores(curriculum: &Curriculum) -> BTreeMap<&str, Ignores<'_>> {
    let lessons = curriculum.documents.iter().map(|document| {
        let lesson = &document.lesson;
        (lesson.path.as_str(), lesson.ignores.as_slice())
    });
    let registers = curriculum.registers.ignores.iter();
    let registers = registers.map(|(file, list)| (*file, list.as_slice()));
    lessons
        .chain(registers)
        .filter(|(_, list)| !list.is_empty())
        .map(|(file, list)| (file, Ignores::new(list)))
        .collect()
}

fn silenced_by<'i>(
    finding: &Finding,
    ignores: &BTreeMap<&'i str, Ignores<'i>>,
) -> Option<(&'i str, usize)> {
    let path = finding.file.strip_prefix("modules/")?;
    let (file, ignores) = ignores.get_key_value(path)?;
    let index = ignores.silencing(finding.rule, finding.place.line)?;
    Some((*file, index))
}

/// Says what is wrong with an ignore that silenced nothing.
fn unused(file: &str, ignore: &Ignore, config: &Config) -> Option<Finding> {
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
    if !rule.is_always_looked_for() {
        return None;
    }
    finding(
        &format!("nothing here breaks the rule `{}`", ignore.rule),
        "remove the comment",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn ignore(rule: &str, lines: (u32, u32)) -> Ignore {
        Ignore {
            rule: rule.into(),
            reason: "because".into(),
            place: Place::START,
            lines,
            served: false,
        }
    }

    #[test]
    fn the_first_ignore_that_covers_a_line_silences_it() {
        let list = [
            ignore("broken-link", (5, 9)),
            ignore("broken-link", (2, 12)),
            ignore("raw-html", (1, 20)),
            ignore("broken-link", (9, 10)),
            ignore("broken-link", (14, 14)),
            ignore("broken-link", (14, 14)),
        ];
        let ignores = Ignores::new(&list);
        for line in 0..22 {
            let expected = list.iter().position(|ignore| {
                ignore.rule == "broken-link" && (ignore.lines.0..=ignore.lines.1).contains(&line)
            });
            assert_eq!(
                ignores.silencing(Rule::BrokenLink, line),
                expected,
                "{line}"
            );
        }
        assert_eq!(ignores.silencing(Rule::RawHtml, 3), Some(2));
        assert_eq!(ignores.silencing(Rule::UnsafeLink, 3), None);
    }
}
