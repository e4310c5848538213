//! Reads comments that silence findings: `<!-- throughline-ignore RULE: reason -->` in Markdown, `# throughline-ignore RULE: reason` in TOML.
//!
//! All other comments are dropped.

use std::ops::Range;

use super::document::Writer;
use crate::model::Place;
use crate::model::config::RawHtml;
use crate::model::finding::Ignore;

const MARK: &str = "throughline-ignore";

/// Quotations inside each other that are searched for marks, each all through.
const DEEPEST_QUOTATION: usize = 16;

impl Writer<'_> {
    /// Takes a piece of HTML if it is nothing but comments; `next` is the block that follows one that stands alone.
    pub fn comment(
        &mut self,
        html: &str,
        range: &Range<usize>,
        next: Option<&Range<usize>>,
    ) -> bool {
        if self.context.raw_html == RawHtml::Verbatim {
            return false;
        }
        let mut rest = html.trim();
        let mut found = Vec::new();
        while let Some(after) = rest.strip_prefix("<!--") {
            let (inner, behind) = match after.split_once("-->") {
                Some(parts) => parts,
                None => (after, ""),
            };
            found.push(inner.trim().to_owned());
            rest = behind.trim_start();
        }
        if found.is_empty() || !rest.is_empty() {
            return false;
        }
        for inner in found {
            if let Some(words) = inner.strip_prefix(MARK) {
                self.remember(words, range, next);
            }
        }
        true
    }

    fn remember(&mut self, words: &str, range: &Range<usize>, next: Option<&Range<usize>>) {
        let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
        let marks_quotation =
            rule.trim().is_empty() && self.quotes.last().is_some_and(|quote| quote.ignored);
        let written = self.source[range.clone()].trim_end().len();
        let place = self.place(&(range.start..range.start + written));
        let last = match next {
            Some(next) => {
                let end = self.source[next.clone()].trim_end().len();
                self.place(&(next.start..next.start + end)).end_line
            }
            None => place.end_line,
        };
        self.lesson.ignores.push(Ignore {
            rule: rule.trim().to_owned(),
            reason: reason.trim().to_owned(),
            place,
            lines: (place.line, last.max(place.line)),
            served: marks_quotation,
        });
    }

    /// Returns whether an ignore that names no rule stands right before or inside a quotation.
    pub fn quotation_is_marked(&mut self, range: &Range<usize>) -> bool {
        let line = self.place(range).line;
        let before = self.lesson.ignores.last_mut().filter(|ignore| {
            ignore.rule.is_empty() && ignore.lines.0 < line && ignore.lines.1 >= line
        });
        if let Some(ignore) = before {
            ignore.served = true;
            return true;
        }
        if self.quotes.len() >= DEEPEST_QUOTATION {
            return false;
        }
        let quotation = &self.source[range.clone()];
        quotation.lines().any(|line| {
            line.trim_start_matches(['>', ' '])
                .strip_prefix("<!--")
                .and_then(|line| line.trim_start().strip_prefix(MARK))
                .is_some_and(|rest| rest.trim_start().starts_with("-->"))
        })
    }
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
        let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
        let number = index as u32 + 1;
        let column = (line.len() - line.trim_start().len()) as u32 + 1;
        ignores.push(Ignore {
            rule: rule.trim().to_owned(),
            reason: reason.trim().to_owned(),
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
