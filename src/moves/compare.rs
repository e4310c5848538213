//! Holds the findings after a change against those before it.

use std::collections::HashMap;

use crate::model::{Finding, Rule};

/// How findings of before are looked for afterwards.
pub struct Lines<'l> {
    /// Returns the path of a file afterwards, from the root.
    pub file: &'l dyn Fn(&str) -> String,
    /// Returns where a line of a file stands afterwards; the file is named as before.
    pub line: &'l dyn Fn(&str, u32) -> u32,
}

/// What two findings have in common that are the same.
type Key<'f> = (Rule, &'f str, Option<u32>, Option<&'f str>);

/// Returns for each finding of afterwards which one of before it is: of the same rule, on what is the same line or with the same words about the same file.
pub fn matched(before: &[Finding], after: &[Finding], lines: &Lines<'_>) -> Vec<Option<usize>> {
    let moved: Vec<(String, u32)> = before
        .iter()
        .map(|finding| {
            let line = (lines.line)(&finding.file, finding.place.line);
            ((lines.file)(&finding.file), line)
        })
        .collect();
    let mut taken = vec![false; before.len()];
    let mut matched = vec![None; after.len()];
    // What stands on its line and says the same is taken first: what says the same elsewhere may stand for another one.
    for (by_line, by_words) in [(true, true), (true, false), (false, true)] {
        let key = |rule, file, line: u32, words| -> Key<'_> {
            (
                rule,
                file,
                by_line.then_some(line),
                by_words.then_some(words),
            )
        };
        let mut left: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
        for (at, (finding, (file, line))) in before.iter().zip(&moved).enumerate().rev() {
            if !taken[at] {
                let key = key(finding.rule, file.as_str(), *line, finding.message.as_str());
                left.entry(key).or_default().push(at);
            }
        }
        for (finding, found) in after.iter().zip(&mut matched) {
            if found.is_none() {
                let line = finding.place.line;
                let key = key(finding.rule, &finding.file, line, &finding.message);
                *found = left.get_mut(&key).and_then(Vec::pop);
                if let Some(at) = *found {
                    taken[at] = true;
                }
            }
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn finding(file: &str, line: u32, message: &str) -> Finding {
        let place = Place {
            line,
            column: 1,
            end_line: line,
            end_column: 2,
        };
        Finding::new(Rule::BrokenLink, file, place, message)
    }

    #[test]
    fn a_finding_is_known_by_its_line_or_its_words() {
        let before = [
            finding("a.md", 3, "no lesson at `x.md`"),
            finding("a.md", 5, "no lesson at `y.md`"),
            finding("c.md", 1, "no lesson at `z.md`"),
        ];
        let after = [
            finding("b.md", 4, "no lesson at `../x.md`"),
            finding("b.md", 9, "no lesson at `y.md`"),
            finding("c.md", 2, "no lesson at `new.md`"),
            finding("d.md", 1, "no lesson at `z.md`"),
        ];
        let lines = Lines {
            file: &|file| file.replace("a.md", "b.md"),
            line: &|file, line| if file == "a.md" { line + 1 } else { line },
        };
        assert_eq!(
            matched(&before, &after, &lines),
            [Some(0), Some(1), None, None]
        );
    }
}
