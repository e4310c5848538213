//! Finds `:::` lines and heading attributes, and hides them from the Markdown parser.
//!
//! In: a Markdown text. Out: the same text, byte for byte as long, in which every `:::` line reads as a thematic break and every heading's
//! attribute list as spaces. A break ends paragraphs, lists and quotations just as a fence must, and the parser tells where it saw one: a fence inside code
//! yields no break, so *fences inside code are code* without any second notion of what code is.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::looks_like_attributes;

/// A text that is ready for the Markdown parser.
#[derive(Debug)]
pub struct Masked<'a> {
    /// The text; the original where it holds neither fences nor attributes.
    pub text: Cow<'a, str>,
    /// Every line that begins with three colons, by position.
    pub fences: Vec<Range<usize>>,
    /// The attribute lists of headings, without their braces, by position.
    pub attributes: Vec<Range<usize>>,
}

impl Masked<'_> {
    /// Returns the fence line that a thematic break at this offset stands for.
    pub fn fence_at(&self, offset: usize) -> Option<Range<usize>> {
        let index = self.fences.partition_point(|fence| fence.end <= offset);
        self.fences
            .get(index)
            .filter(|fence| fence.start <= offset)
            .cloned()
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
pub fn mask(text: &str) -> Masked<'_> {
    let mut fences = Vec::new();
    let mut attributes = Vec::new();
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let indent = bytes[start..end]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let line = &text[start + indent..end];
        if line.starts_with(":::") {
            let length = line.trim_end().len();
            fences.push(start + indent..start + indent + length);
        } else if let Some(list) = heading_attributes(text, line, start + indent, end) {
            attributes.push(list);
        }
        start = end + 1;
    }
    if fences.is_empty() && attributes.is_empty() {
        return Masked {
            text: Cow::Borrowed(text),
            fences,
            attributes,
        };
    }
    let mut masked = text.to_owned();
    for fence in &fences {
        blank(&mut masked, fence.clone());
        masked.replace_range(fence.start..fence.start + 3, "***");
    }
    for list in &attributes {
        blank(&mut masked, list.start - 1..list.end + 1);
    }
    Masked {
        text: Cow::Owned(masked),
        fences,
        attributes,
    }
}

/// Replaces a range by as many spaces as it has bytes.
fn blank(text: &mut String, range: Range<usize>) {
    let spaces = " ".repeat(range.len());
    text.replace_range(range, &spaces);
}

/// Returns the range between the braces at the end of a heading's line.
fn heading_attributes(text: &str, line: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let trimmed = line.trim_end();
    let is_atx = trimmed.starts_with('#');
    if !trimmed.ends_with('}') && !(is_atx && trimmed.ends_with('#')) {
        return None;
    }
    let body = if is_atx {
        trimmed.trim_end_matches('#').trim_end()
    } else {
        trimmed
    };
    let inner = body.strip_suffix('}')?;
    let open = inner.rfind('{')?;
    if !looks_like_attributes(&inner[open + 1..]) || !(is_atx || is_underlined(text, end)) {
        return None;
    }
    Some(start + open + 1..start + inner.len())
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
    fn plain_text_is_borrowed() {
        assert!(matches!(mask("a\n# b\n").text, Cow::Borrowed(_)));
    }
}
