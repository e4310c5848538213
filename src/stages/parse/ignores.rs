//! Reads HTML comments: most are dropped, and `<!-- throughline-ignore RULE: reason -->` is remembered.

use std::ops::Range;

use super::document::Writer;
use crate::model::config::RawHtml;
use crate::model::finding::Ignore;

const MARK: &str = "throughline-ignore";

impl Writer<'_> {
    /// Takes a piece of HTML if it is nothing but comments; `next` is the block that follows one that stands alone.
    pub fn comment(
        &mut self,
        html: &str,
        range: &Range<usize>,
        next: Option<Range<usize>>,
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
                self.remember(words, range, next.clone());
            }
        }
        true
    }

    fn remember(&mut self, words: &str, range: &Range<usize>, next: Option<Range<usize>>) {
        let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
        let marks_quotation =
            rule.trim().is_empty() && self.quotes.last().is_some_and(|quote| quote.ignored);
        let written = self.source[range.clone()].trim_end().len();
        let place = self.place(&(range.start..range.start + written));
        let last = match &next {
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
        let quotation = &self.source[range.clone()];
        quotation.lines().any(|line| {
            line.trim_start_matches(['>', ' '])
                .strip_prefix("<!--")
                .and_then(|line| line.trim_start().strip_prefix(MARK))
                .is_some_and(|rest| rest.trim_start().starts_with("-->"))
        })
    }
}
