//! Reads comments of TOML that silence findings: `# throughline-ignore RULE: reason`.

use crate::model::Place;
use crate::model::finding::Ignore;

/// What a comment that silences findings begins with.
pub(super) const MARK: &str = "throughline-ignore";

/// Takes apart what stands behind the mark: a rule, and the reason.
pub(super) fn rule_and_reason(words: &str) -> (String, String) {
    let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
    (rule.trim().to_owned(), reason.trim().to_owned())
}

/// Reads the ignores of a file's front matter; each holds for all of it.
pub(super) fn in_front_matter(text: &str) -> Vec<Ignore> {
    let mut ignores = toml_comments(text);
    let last = text.lines().count() as u32;
    for ignore in &mut ignores {
        ignore.lines = (1, last);
    }
    ignores
}

/// Reads the ignores of a register; each holds for the `[[...]]` entry that follows it, or that it stands in.
pub(super) fn in_register(text: &str) -> Vec<Ignore> {
    let mut ignores = toml_comments(text);
    if ignores.is_empty() {
        return ignores;
    }
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    let is_header = |line: &str| line.starts_with("[[");
    for ignore in &mut ignores {
        let at = ignore.place.line as usize - 1;
        let is_said = |line: &&str| !line.is_empty() && !line.starts_with('#');
        let next = lines[at..].iter().position(is_said).map(|n| at + n);
        let start = match next {
            Some(next) if is_header(lines[next]) => next,
            _ => lines[..at]
                .iter()
                .rposition(|line| is_header(line))
                .unwrap_or(0),
        };
        let after = (start + 1).min(lines.len());
        let end = lines[after..].iter().position(|line| is_header(line));
        ignore.lines = (
            start as u32 + 1,
            end.map_or(lines.len(), |n| after + n) as u32,
        );
    }
    ignores
}

/// Returns the comments of a TOML text that silence something; each for its own line alone.
fn toml_comments(text: &str) -> Vec<Ignore> {
    if !text.contains(MARK) {
        return Vec::new();
    }
    let mut ignores = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let body = line.trim();
        let words = body
            .strip_prefix('#')
            .and_then(|comment| comment.trim_start().strip_prefix(MARK));
        let Some(words) = words else {
            continue;
        };
        let (rule, reason) = rule_and_reason(words);
        let number = index as u32 + 1;
        let column = (line.len() - line.trim_start().len()) as u32 + 1;
        ignores.push(Ignore {
            rule,
            reason,
            place: Place {
                line: number,
                column,
                end_line: number,
                end_column: column + body.chars().count() as u32,
            },
            lines: (number, number),
            served: false,
        });
    }
    ignores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ignore_in_a_register_holds_for_one_entry() {
        let text = "# throughline-ignore a-rule: first\n\n[[topic]]\nid = \"a\"\n# throughline-ignore b-rule: inside\n                    home = \"x\"\n[[topic.exempt]]\nmodule = \"m\"\n# throughline-ignore c-rule\n[[topic]]\nid = \"b\"\n";
        let found: Vec<_> = in_register(text)
            .into_iter()
            .map(|ignore| (ignore.rule, ignore.reason, ignore.lines))
            .collect();
        let expected = [
            ("a-rule", "first", (3, 6)),
            ("b-rule", "inside", (3, 6)),
            ("c-rule", "", (10, 11)),
        ];
        let expected =
            expected.map(|(rule, reason, lines)| (rule.to_owned(), reason.to_owned(), lines));
        assert_eq!(found, expected);
    }

    #[test]
    fn an_ignore_in_front_matter_holds_for_all_of_it() {
        let found =
            in_front_matter("+++\ntitle = \"A\"\n  # throughline-ignore a-rule: why\n+++\n");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].lines, found[0].place.column), ((1, 4), 3));
    }
}
