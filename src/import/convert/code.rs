//! Finds what is code in a Markdown text, so that nothing in it is taken for anything else.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::model::markdown::options;

/// Ranges of a text in order, which do not overlap.
#[derive(Debug, Default)]
pub struct Ranges(Vec<Range<usize>>);

impl Ranges {
    /// Returns whether an offset lies in one of the ranges.
    pub fn contain(&self, offset: usize) -> bool {
        self.at(offset).is_some()
    }

    /// Returns the range in which an offset lies.
    pub fn at(&self, offset: usize) -> Option<Range<usize>> {
        let index = self.0.partition_point(|range| range.end <= offset);
        let range = self.0.get(index)?;
        (range.start <= offset).then(|| range.clone())
    }
}

/// Returns the code blocks of a text.
pub fn blocks(text: &str) -> Ranges {
    of(text, |event| {
        matches!(event, Event::Start(Tag::CodeBlock(_)))
    })
}

/// Returns the code blocks, code spans and comments of a text.
pub fn all(text: &str) -> Ranges {
    let masked = mask(text);
    let is_comment = |html: &str| html.trim_start().starts_with("<!--");
    let mut ranges = of(text, |event| match event {
        Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => true,
        Event::InlineHtml(html) => is_comment(html),
        _ => false,
    });
    // A comment block ends at its mark, not at the end of the HTML block around it.
    let mut from = 0;
    let mut comments = Vec::new();
    while let Some(start) = masked[from..].find("<!--").map(|at| from + at) {
        let end = masked[start..]
            .find("-->")
            .map_or(masked.len(), |at| start + at + 3);
        if !ranges.contain(start) {
            comments.push(start..end);
        }
        from = end.max(start + 4);
    }
    ranges.0.extend(comments);
    ranges.0.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.0.len());
    for range in ranges.0 {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    Ranges(apart)
}

fn of(text: &str, is_code: impl Fn(&Event<'_>) -> bool) -> Ranges {
    let masked = mask(text);
    let events = Parser::new_ext(&masked, options()).into_offset_iter();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, range) in events {
        if is_code(&event) && found.last().is_none_or(|last| last.end <= range.start) {
            found.push(range);
        }
    }
    Ranges(found)
}

/// Hides fences and `<details>` from the parser, byte for byte: a fence ends what stands before it, and HTML around Markdown would make text of it.
pub fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t']);
        if body.starts_with(":::") {
            let ending = line.len() - line.trim_end().len();
            masked.push_str(&line[..line.len() - body.len()]);
            masked.push_str("***");
            masked.extend(std::iter::repeat_n(' ', body.len() - 3 - ending));
            masked.push_str(&line[line.len() - ending..]);
        } else if body.starts_with("<details")
            || body.starts_with("</details>")
            || body.starts_with("<summary")
        {
            let ending = line.len() - line.trim_end().len();
            masked.extend(std::iter::repeat_n(' ', line.len() - ending));
            masked.push_str(&line[line.len() - ending..]);
        } else {
            masked.push_str(line);
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_every_offset() {
        let text = "::: note [Tŷ]\n<details>\n\n```\n<details>\n```\n";
        assert_eq!(mask(text).len(), text.len());
    }

    #[test]
    fn code_is_code_also_behind_details() {
        let text = "<details>\n```\na <b>\n```\n</details>\n\nx `y <z>` <!-- c --> w\n\n    d\n";
        let code = all(text);
        for (words, expected) in [
            ("a <b>", true),
            ("y <z>", true),
            (" c ", true),
            ("w\n", false),
            ("d\n", true),
            ("x ", false),
        ] {
            let at = text.find(words).expect("it is there");
            assert_eq!(code.contain(at), expected, "{words}");
        }
    }
}
