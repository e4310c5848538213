//! Stretches of a paragraph's text that were meant as links, topics, includes or notes to oneself.

use std::ops::Range;

use super::Slip;
use crate::model::bytes;
use crate::model::text::quoted;

/// What a file may hold at all: most hold few of these, and to look for all of them in every paragraph takes as long as to find its names.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Suspects {
    links: bool,
    includes: bool,
    slashes: bool,
    brackets: bool,
    notes: bool,
}

impl Suspects {
    /// Looks through a file.
    pub fn of(markdown: &str) -> Self {
        let holds =
            |mark: &str| memchr::memmem::find(markdown.as_bytes(), mark.as_bytes()).is_some();
        let bytes = markdown.as_bytes();
        let mut colons = memchr::memmem::find_iter(bytes, b"p:/")
            .chain(memchr::memmem::find_iter(bytes, b"s:/"));
        Self {
            links: holds("](") || holds("] ("),
            includes: holds("{{") || holds("{%"),
            slashes: colons.any(|at| bytes.get(at + 3) != Some(&b'/')),
            brackets: holds("[["),
            notes: NOTES.iter().any(|note| holds(note)),
        }
    }

    /// Returns what was meant in a text of the file, in no order that matters.
    pub fn meant(self, text: &str) -> Vec<Slip> {
        let mut slips = Vec::new();
        if self.links {
            links(text, &mut slips);
        }
        slips.extend(self.includes.then(|| include(text)).flatten());
        slips.extend(self.slashes.then(|| one_slash(text)).flatten());
        slips.extend(self.brackets.then(|| open_brackets(text)).flatten());
        slips.extend(self.notes.then(|| note(text)).flatten());
        slips
    }
}

/// Words that authors leave for themselves.
const NOTES: [&str; 3] = ["TODO", "FIXME", "TBD"];

/// Bytes of the longest words and target of a link that are looked for: a text of nothing but brackets would be looked through again and again.
const LONGEST: usize = 512;

/// Returns the start of a text, no longer than is looked at.
fn near(text: &str) -> &str {
    let ends = (0..=text.len().min(LONGEST)).rev();
    let mut ends = ends.filter(|at| text.is_char_boundary(*at));
    &text[..ends.next().unwrap_or(0)]
}

/// Returns where the words of a link begin that end before a place, with their bracket.
fn words_before(text: &str, end: usize) -> Option<usize> {
    let starts = (0..=end.saturating_sub(LONGEST)).rev();
    let from = starts.into_iter().find(|at| text.is_char_boundary(*at))?;
    let open = from + text[from..end].rfind('[')?;
    // `array[i](x)` is no link.
    let before = text[..open].chars().next_back();
    (!before.is_some_and(|c| c.is_alphanumeric() || c == '\\')).then_some(open)
}

/// `[x](my page.md)`, `[x](y.md` and `[x] (y.md)`.
fn links(text: &str, slips: &mut Vec<Slip>) {
    for at in bytes::places(text.as_bytes(), b"](") {
        let Some(open) = words_before(text, at) else {
            continue;
        };
        let behind = near(&text[at + 2..]);
        let image = if text[..open].ends_with('!') {
            "image"
        } else {
            "link"
        };
        let open = open - usize::from(image == "image");
        let written = &text[open..at + 1];
        let Some(end) = behind.find(')') else {
            if is_target(behind.split(' ').next().unwrap_or("")) {
                let message = format!("this {image} is read as text: its bracket is never closed");
                let help = format!("end its target with `)`: `{}(...)`", quoted(written));
                slips.push(Slip::new(open..at + 2, message, help));
            }
            continue;
        };
        let target = &behind[..end];
        if target.trim().contains(char::is_whitespace) && is_path(target) {
            let message = format!("this {image} is read as text: its target has a space in it");
            let help = format!("write `{}(<{}>)`", quoted(written), quoted(target.trim()));
            let slip = Slip::new(open..at + 3 + end, message, help);
            // With a title behind it there is more to it.
            slips.push(match target.contains(['"', '<']) {
                true => slip,
                false => slip.written(format!("{written}(<{}>)", target.trim())),
            });
        }
    }
    for at in bytes::places(text.as_bytes(), b"] (") {
        let behind = near(&text[at + 3..]);
        let (Some(open), Some(end)) = (words_before(text, at), behind.find(')')) else {
            continue;
        };
        let (words, target) = (&text[open + 1..at], &behind[..end]);
        if words.contains(char::is_alphabetic) && is_target(target) {
            let message = "this link is read as text: a space stands between its brackets";
            let help = format!("write `[{}]({})`", quoted(words), quoted(target));
            let slip = Slip::new(open..at + 4 + end, message, help);
            slips.push(slip.written(format!("[{words}]({target})")));
        }
    }
}

/// Endings of files that links lead to.
const ENDINGS: [&str; 10] = [
    ".md", ".html", ".htm", ".pdf", ".png", ".svg", ".jpg", ".docx", ".xlsx", ".pptx",
];

/// Returns whether a text between brackets is the target of a link, spaces aside.
fn is_path(target: &str) -> bool {
    let path = target
        .trim()
        .split(['#', '"'])
        .next()
        .unwrap_or("")
        .trim_end();
    let ends = |ending: &&str| path.to_lowercase().ends_with(*ending);
    ENDINGS.iter().any(ends)
        || ["./", "../", "@/", "https://", "http://"]
            .iter()
            .any(|start| target.starts_with(start))
}

/// Returns whether a text between brackets is the target of a link.
fn is_target(target: &str) -> bool {
    !target.contains(char::is_whitespace)
        && (is_path(target)
            || target
                .strip_prefix('#')
                .is_some_and(|id| id.contains(char::is_alphabetic)))
}

/// `{{#include x}}`, `{{< x >}}`, `{{ x }}` and `{% x %}`.
fn include(text: &str) -> Option<Slip> {
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for at in memchr::memmem::find_iter(text.as_bytes(), open.as_bytes()) {
            let inner = near(&text[at + 2..]);
            let (inner, is_closed) = match inner.find(close) {
                Some(end) => (&inner[..end], true),
                None => ("", false),
            };
            let before = text[..at].chars().next_back();
            let stands_apart =
                before.is_none_or(|c| c.is_whitespace() || "([\"'>,;:“‘".contains(c));
            if is_closed && stands_apart && is_directive(inner, open) {
                let range = at..at + 4 + inner.len();
                let message = format!(
                    "`{}` is read as text: nothing is put in its place",
                    quoted(&text[range.clone()])
                );
                let help = "write here what it stands for, or put it into backticks";
                return Some(Slip::new(range, message, help));
            }
        }
    }
    None
}

/// Returns whether text between braces tells a program to put something in its place: with a sign and a word, or as one name and nothing else.
fn is_directive(inner: &str, open: &str) -> bool {
    let words = inner.trim_start_matches(['#', '<', '%', '!', '-']);
    let has_sign = words.len() < inner.len() || open == "{%";
    let words = words.trim();
    let length = words.find(|c: char| !c.is_alphanumeric() && !"_-./:".contains(c));
    let behind = &words[length.unwrap_or(words.len())..];
    let follows = behind.is_empty() || has_sign && behind.starts_with([' ', '%', '>', '(', '\n']);
    let is_filtered = behind.trim_start().starts_with('|');
    words.starts_with(|c: char| c.is_ascii_alphabetic()) && (follows || is_filtered)
}

/// `https:/one-slash`.
fn one_slash(text: &str) -> Option<Slip> {
    for at in memchr::memmem::find_iter(text.as_bytes(), b":/") {
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            let start = at.checked_sub(scheme.len());
            start.and_then(|start| text.get(start..at)) == Some(scheme)
        });
        let rest = near(&text[at + 2..]);
        let Some(scheme) = scheme.filter(|_| rest.starts_with(char::is_alphanumeric)) else {
            continue;
        };
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let rest = rest[..end].trim_end_matches(['.', ',', ';', ')']);
        let start = at - scheme.len();
        let slip = Slip::new(
            start..at + 2 + rest.len(),
            "this address is read as text: a slash is missing",
            format!("write `{scheme}://{}`", quoted(rest)),
        );
        return Some(slip.written(format!("{scheme}://{rest}")));
    }
    None
}

/// `[[topic` without its end, such as one that a table has split at its bar.
fn open_brackets(text: &str) -> Option<Slip> {
    let at = memchr::memmem::rfind(text.as_bytes(), b"[[")?;
    let target = text[at + 2..].trim();
    let is_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    if target.is_empty() || !target.chars().all(is_id) {
        return None;
    }
    Some(Slip::new(
        at..at + 2 + text[at + 2..].trim_end().len(),
        format!("`[[{}` is read as text: it is never closed", quoted(target)),
        format!(
            "write `[[{0}]]`, and in a table `[[{0}\\|words]]` for words of your own",
            quoted(target)
        ),
    ))
}

/// A note that the author left.
fn note(text: &str) -> Option<Slip> {
    let mut notes = NOTES.into_iter();
    let range = notes.find_map(|note| {
        let places = memchr::memmem::find_iter(text.as_bytes(), note.as_bytes());
        let mut ranges = places.map(|at| at..at + note.len());
        ranges.find(|range| is_note(text, range))
    })?;
    let message = format!(
        "`{}` stands in the text that learners read",
        &text[range.clone()]
    );
    Some(Slip::new(
        range,
        message,
        "write what is missing, or put the note into a comment: `<!-- ... -->`",
    ))
}

/// Returns whether a word is a note to oneself: it begins the text, or ends it, or a colon stands behind it.
fn is_note(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let is_word = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\''))
        && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '’'));
    let opens = before.trim_end();
    let begins = opens.is_empty() || opens.ends_with(['(', '[', '.', ':']);
    let closes = after.starts_with(':') || after.starts_with([')', ']']) || after.trim().is_empty();
    is_word && (after.starts_with(':') || begins && closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let slips = Suspects::of(text).meant(text).into_iter();
        slips
            .map(|slip| format!("{}: {}; {}", &text[slip.range], slip.message, slip.help))
            .collect()
    }

    #[test]
    fn words_that_were_meant_as_markup_are_told_from_text() {
        for (text, expected) in [
            (
                "See [x](my page.md).",
                "[x](my page.md): this link is read as text: its target has a space in it; write `[x](<my page.md>)`",
            ),
            (
                "![x](my page.png \"t\")",
                "![x](my page.png \"t\"): this image is read as text",
            ),
            (
                "See [x](y.md and",
                "its bracket is never closed; end its target with `)`: `[x](...)`",
            ),
            (
                "See [x] (y.md#a).",
                "[x] (y.md#a): this link is read as text: a space stands between its brackets; write `[x](y.md#a)`",
            ),
            (
                "See [the form] (https://a.org/b).",
                "write `[the form](https://a.org/b)`",
            ),
            ("{{#include x.md}}", "`{{#include x.md}}` is read as text"),
            ("An {{< figure >}}", "`{{< figure >}}` is read as text"),
            ("{% raw %}", "`{% raw %}` is read as text"),
            ("{{ page.title | upper }}", "is read as text"),
            ("{{ site.name }}", "`{{ site.name }}` is read as text"),
            (
                "At https:/a.org/b.",
                "https:/a.org/b: this address is read as text: a slash is missing; write `https://a.org/b`",
            ),
            (
                "[[empathy",
                "`[[empathy` is read as text: it is never closed",
            ),
            ("TODO: write this", "TODO: `TODO` stands in the text"),
            ("The fee is (TBD).", "TBD: `TBD` stands"),
            ("FIXME", "FIXME: `FIXME` stands"),
        ] {
            let found = messages(text).join("\n");
            assert!(found.contains(expected), "{text}: {found}");
        }
        for text in [
            "As [1] (page 3) says, [Smith] (2010) too, and [2] (https://a.org).",
            "Call `f`: array[i](x y.md) and f[a] (b.md)",
            "[x](see below) and [y] (see y.md below)",
            "A set {{a, b}} or x^{{n}} or {{ and no end",
            "Handlebars (using {{to surround}} variables)",
            "https://a.org and http:// and xhttp:x",
            "[[x]] and [[ and [[not this",
            "A TODO list. The TODO app. MASTODON: no. TODOs: none",
            "Your TODO's end.",
        ] {
            assert_eq!(messages(text), [""; 0], "{text}");
        }
    }
}
