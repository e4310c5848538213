//! What tells a finding from others when lines have moved.
//!
//! In: findings in reading order. Out: one digest each, made of rule, file, message and how many such findings came before; never of a line.

use std::collections::BTreeMap;

use crate::model::{Finding, Rule};

/// The findings seen so far in one run.
#[derive(Debug, Default)]
pub struct Fingerprints<'a> {
    seen: BTreeMap<(Rule, &'a str, &'a str), u64>,
}

impl<'a> Fingerprints<'a> {
    /// Returns the fingerprint of the next finding, as 64 hexadecimal digits.
    pub fn take(&mut self, finding: &'a Finding) -> String {
        let alike = self
            .seen
            .entry((finding.rule, &finding.file, &finding.message))
            .or_default();
        let before = *alike;
        *alike += 1;

        let mut digest = blake3::Hasher::new();
        for part in [finding.rule.name(), &finding.file, &finding.message] {
            // Lengths keep parts apart, whatever characters they hold.
            digest.update(&(part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
        digest.update(&before.to_le_bytes());
        digest.finalize().to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn fingerprints(findings: &[Finding]) -> Vec<String> {
        let mut fingerprints = Fingerprints::default();
        findings
            .iter()
            .map(|finding| fingerprints.take(finding))
            .collect()
    }

    fn finding(file: &str, line: u32, message: &str) -> Finding {
        let place = Place {
            line,
            end_line: line,
            ..Place::START
        };
        Finding::new(Rule::BrokenLink, file, place, message)
    }

    #[test]
    fn fingerprints_stay_when_lines_move() {
        let before = [finding("a.md", 3, "x"), finding("a.md", 7, "x")];
        let after = [finding("a.md", 13, "x"), finding("a.md", 20, "x")];
        assert_eq!(fingerprints(&before), fingerprints(&after));
    }

    #[test]
    fn fingerprints_of_different_findings_differ() {
        let mut taken = fingerprints(&[
            finding("a.md", 1, "x"),
            finding("a.md", 1, "x"),
            finding("a.md", 1, "y"),
            finding("a.mdx", 1, ""),
            finding("a.md", 1, ""),
            finding("b.md", 1, "x"),
            Finding {
                rule: Rule::BrokenAnchor,
                ..finding("a.md", 1, "x")
            },
        ]);
        let all = taken.len();
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), all, "{taken:?}");
    }

    #[test]
    fn the_recipe_of_version_one_does_not_change() {
        assert_eq!(
            fingerprints(&[finding("modules/a.md", 3, "no lesson or file at `b.md`")]),
            ["2e21cb54c58ca2d519e604569e669bd46425ee1d153132148dc8c650da4436b6"]
        );
    }
}
