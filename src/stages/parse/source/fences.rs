//! Finds `:::` lines, heading attributes and the lines of attributes above tables, and hides them from the Markdown parser.
//!
//! In: a Markdown text. Out: the same text, byte for byte as long, in which every `:::` line reads as a thematic break, and every heading's
//! attribute list and every line above a table as spaces. A break ends paragraphs, lists and quotations just as a fence must, and the parser tells where it saw one: a fence inside code
//! yields no break, so *fences inside code are code* without any second notion of what code is.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::looks_like_attributes;

/// A text that is ready for the Markdown parser.
#[derive(Debug)]
pub(crate) struct Masked<'a> {
    /// The text; the original where it holds neither fences nor attributes.
    pub text: Cow<'a, str>,
    /// Every line that begins with three colons, by position.
    pub fences: Vec<Range<usize>>,
    /// The attribute lists of headings and tables, without their braces, by position.
    pub attributes: Vec<Range<usize>>,
}

impl<'a> Masked<'a> {
    /// Returns a text in which nothing is hidden.
    pub fn plain(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            fences: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// Returns the fence line that a thematic break at this offset stands for.
    pub fn fence_at(&self, offset: usize) -> Option<Range<usize>> {
        let index = self.fences.partition_point(|fence| fence.end <= offset);
        self.fences
            .get(index)
            .filter(|fence| fence.start <= offset)
            .cloned()
    }

    /// Returns the attribute list that ends right above the table that starts at an offset.
    pub fn attributes_above(&self, text: &str, start: usize) -> Option<Range<usize>> {
        let index = self.attributes.partition_point(|list| list.end <= start);
        let list = self.attributes[..index].last()?;
        let between = text.get(list.end + 1..start)?;
        let is_next = between.trim().trim_start_matches('>').trim().is_empty();
        (is_next && between.matches('\n').count() == 1).then(|| list.clone())
    }

    /// Returns the attribute list inside a heading's range.
    pub fn attributes_in(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let index = self
            .attributes
            .partition_point(|list| list.start < range.start);
        self.attributes
            .get(index)
            .filter(|list| list.end <= range.end)
            .cloned()
    }
}

/// Masks a text.
pub(crate) fn mask(text: &str) -> Masked<'_> {
    let mut fences = Vec::new();
    let mut attributes = Vec::new();
    let mut masked = String::new();
    let mut copied = 0;
    let mut mask = |range: Range<usize>, mark: &str| {
        if masked.is_empty() {
            masked.reserve_exact(text.len());
        }
        masked.push_str(&text[copied..range.start]);
        masked.push_str(mark);
        push_spaces(&mut masked, range.len() - mark.len());
        copied = range.end;
    };
    let bytes = text.as_bytes();
    let mut from = 0;
    // A fence has colons, and an attribute list ends with a brace: few lines have either.
    while let Some(at) = memchr::memchr2(b':', b'}', &bytes[from..]).map(|at| from + at) {
        let start = memchr::memrchr(b'\n', &bytes[from..at]).map_or(from, |end| from + end + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        let line = text[start..end].trim_start_matches([' ', '\t']);
        let indented = end - line.len();
        if line.starts_with(":::") {
            let fence = indented..indented + line.trim_end().len();
            // Behind its colons there may be spaces that cannot be broken.
            let whole = indented..indented + line.trim_end_matches('\r').len();
            mask(whole, "***");
            fences.push(fence);
        } else if let Some(list) = heading_attributes(text, line, indented, end)
            .or_else(|| table_attributes(text, line, indented, end))
        {
            mask(list.start - 1..list.end + 1, "");
            attributes.push(list);
        }
        from = (end + 1).min(bytes.len());
    }
    let text = if fences.is_empty() && attributes.is_empty() {
        Cow::Borrowed(text)
    } else {
        masked.push_str(&text[copied..]);
        Cow::Owned(masked)
    };
    Masked {
        text,
        fences,
        attributes,
    }
}

fn push_spaces(text: &mut String, mut count: usize) {
    const SPACES: &str = "                                                                ";
    while count > 0 {
        let length = count.min(SPACES.len());
        text.push_str(&SPACES[..length]);
        count -= length;
    }
}

/// Returns the range between the braces at the end of a heading's line.
fn heading_attributes(text: &str, line: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let trimmed = line.trim_end();
    let is_atx = trimmed.starts_with('#');
    let may_end = trimmed.ends_with('}') || (is_atx && trimmed.ends_with('#'));
    if !may_end {
        return None;
    }
    let body = if is_atx {
        trimmed.trim_end_matches('#').trim_end()
    } else {
        trimmed
    };
    let inner = body.strip_suffix('}')?;
    let open = inner.rfind('{')?;
    // Braces that touch a bracket belong to the words in it.
    if inner[..open].ends_with(']') {
        return None;
    }
    if !looks_like_attributes(&inner[open + 1..]) || !(is_atx || is_underlined(text, end)) {
        return None;
    }
    Some(start + open + 1..start + inner.len())
}

/// Returns the range between the braces of a line that holds nothing else and stands right above a table.
fn table_attributes(text: &str, line: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let line = line.trim_end();
    let inner = line.strip_prefix('{')?.strip_suffix('}')?;
    let mut below = text.get(end + 1..)?.lines();
    let (head, rule) = (below.next()?, below.next()?);
    let is_rule = rule.contains('-') && rule.bytes().all(|byte| b" \t|:->".contains(&byte));
    let is_table = head.contains('|') && is_rule;
    (is_table && looks_like_attributes(inner)).then(|| start + 1..start + 1 + inner.len())
}

/// Returns whether the line after the one that ends at `end` is a setext underline.
fn is_underlined(text: &str, end: usize) -> bool {
    let next = text
        .get(end + 1..)
        .unwrap_or("")
        .lines()
        .next()
        .unwrap_or("")
        .trim();
    !next.is_empty() && (next.bytes().all(|b| b == b'=') || next.bytes().all(|b| b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_every_offset() {
        let text =
            "## Tŷ {#ty topics=a}\n\n::: note [Ŵ] {#x}\ntext {a, b}\n:::\nSetext {#s}\n---\n";
        let masked = mask(text);
        assert_eq!(masked.text.len(), text.len());
        assert_eq!(
            masked.text.as_ref(),
            format!(
                "## Tŷ {}\n\n***{}\ntext {{a, b}}\n***\nSetext {}\n---\n",
                " ".repeat(14),
                " ".repeat(15),
                " ".repeat(4)
            )
        );
        assert_eq!(masked.fences.len(), 2);
        let lists: Vec<_> = masked
            .attributes
            .iter()
            .map(|list| &text[list.clone()])
            .collect();
        assert_eq!(lists, ["#ty topics=a", "#s"]);
    }

    #[test]
    fn fences_end_with_whatever_spaces() {
        for text in [
            "::: note\n:::\u{a0}\n",
            "::: note\u{202f}\r\n::: \u{a0}\r\n",
        ] {
            let masked = mask(text);
            assert_eq!(masked.text.len(), text.len());
            let rows = masked.text.lines().map(str::trim_ascii_end);
            assert_eq!(rows.collect::<Vec<_>>(), ["***", "***"], "{text}");
        }
    }

    #[test]
    fn braces_that_touch_a_bracket_are_no_heading_s() {
        for (text, lists) in [
            ("## [Croeso]{lang=cy}\n", vec![]),
            ("## [Croeso]{lang=cy} {#croeso}\n", vec!["#croeso"]),
            ("## Steps (a){#steps}\n", vec!["#steps"]),
        ] {
            let masked = mask(text);
            let found = masked.attributes.iter().map(|list| &text[list.clone()]);
            assert_eq!(found.collect::<Vec<_>>(), lists, "{text}");
        }
    }

    #[test]
    fn a_line_of_attributes_stands_right_above_its_table() {
        let table = "| A | B |\n|---|---|\n| c | d |\n";
        for (text, is_found) in [
            (format!("{{lang=,cy}}\n{table}"), true),
            (
                format!("Words\n\n  {{lang=,cy}}\n  {}", table.replace('\n', "\n  ")),
                true,
            ),
            (format!("{{lang=,cy}}\n\n{table}"), false),
            (format!("{{a, b}}\n{table}"), false),
            ("{lang=cy}\nwords | words\n".to_owned(), false),
        ] {
            let masked = mask(&text);
            assert_eq!(!masked.attributes.is_empty(), is_found, "{text}");
            let start = text.find('|').unwrap_or(0);
            let list = masked.attributes_above(&text, start);
            assert_eq!(list.is_some(), is_found, "{text}");
        }
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(mask("a\n# b\n").text, Cow::Borrowed(_)));
    }
}
