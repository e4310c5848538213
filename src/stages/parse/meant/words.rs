//! Stretches of a paragraph's text that were meant as links, topics, includes or notes to oneself.

use std::ops::Range;

use super::super::source::attributes::meant_at;
use super::Slip;
use crate::model::Registers;
use crate::model::audience::Audience;
use crate::model::bytes;
use crate::model::slug::slug;
use crate::model::text::quoted;

/// What a file may hold at all: most hold few of these, and to look for all of them in every paragraph takes as long as to find its names.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Suspects {
    links: bool,
    includes: bool,
    addresses: bool,
    braces: bool,
    brackets: bool,
    notes: bool,
}

impl Suspects {
    /// Looks through a file.
    pub fn of(markdown: &str) -> Self {
        let holds =
            |mark: &str| memchr::memmem::find(markdown.as_bytes(), mark.as_bytes()).is_some();
        Self {
            links: holds("](") || holds("] ("),
            includes: holds("{{") || holds("{%"),
            addresses: address(markdown).is_some(),
            braces: holds("{"),
            brackets: holds("[["),
            notes: NOTES.iter().any(|note| holds(note)),
        }
    }

    /// Returns what was meant in a text of the file, in no order that matters.
    pub fn meant(self, text: &str, read: &Read<'_>) -> Vec<Slip> {
        let mut slips = Vec::new();
        if self.links {
            links(text, &mut slips);
        }
        slips.extend(self.includes.then(|| include(text)).flatten());
        slips.extend(self.addresses.then(|| address(text)).flatten());
        slips.extend(self.braces.then(|| braces(text)).flatten());
        if self.brackets {
            slips.extend(open_brackets(text));
            wiki_links(text, read.registers, &mut slips);
        }
        if self.notes {
            slips.extend(note(text, read.audience));
        }
        slips
    }
}

/// What a text is read with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Read<'r> {
    /// What `[[...]]` can name.
    pub registers: &'r Registers,
    /// Who reads it.
    pub audience: Audience,
}

/// Words that authors leave for themselves.
const NOTES: [&str; 3] = ["TODO", "FIXME", "TBD"];

/// What such a note asks for: without a mark behind it, the words before these are as likely the name of a thing, as in "TODO lists".
const WANTED: [&str; 24] = [
    "add",
    "ask",
    "check",
    "complete",
    "confirm",
    "decide",
    "describe",
    "expand",
    "explain",
    "fill",
    "find",
    "finish",
    "fix",
    "insert",
    "link",
    "mention",
    "move",
    "remove",
    "replace",
    "review",
    "rewrite",
    "translate",
    "update",
    "write",
];

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

/// Schemes as fingers write them. Who writes `hxxps` means it to lead nowhere.
const MISTYPED: [(&str, &str); 10] = [
    ("htps", "https"),
    ("htpps", "https"),
    ("htttps", "https"),
    ("hhttps", "https"),
    ("httpss", "https"),
    ("ttps", "https"),
    ("htttp", "http"),
    ("hhttp", "http"),
    ("htpp", "http"),
    ("ttp", "http"),
];

/// `https:/one-slash`, `https//no-colon`, `https: //a-space` and `htps://mistyped`.
fn address(text: &str) -> Option<Slip> {
    let mut slashes = memchr::memchr_iter(b'/', text.as_bytes());
    slashes.find_map(|at| address_at(text, at))
}

/// Returns what was meant as an address whose first slash stands at a place.
fn address_at(text: &str, at: usize) -> Option<Slip> {
    let before = &text[..at];
    // More than two are no address, however long they go on.
    let run = text[at..].bytes().take(3);
    let slashes = run.take_while(|byte| *byte == b'/').count();
    let name = before
        .strip_suffix(": ")
        .or_else(|| before.strip_suffix(':'));
    let name = name.unwrap_or(before);
    let sign = &before[name.len()..];
    let letters = |c: char| c.is_ascii_alphanumeric();
    let start = name.trim_end_matches(letters).len();
    let written = &name[start..];
    let known = ["https", "http"]
        .into_iter()
        .find(|known| *known == written);
    let mistyped = MISTYPED.iter().find(|(mistyped, _)| *mistyped == written);
    let (scheme, fault) = match (known, mistyped, sign, slashes) {
        (Some(scheme), _, ":", 1) => (scheme, "a slash is missing"),
        (Some(scheme), _, "", 2) => (scheme, "its colon is missing"),
        (Some(scheme), _, ": ", 2) => (scheme, "a space stands in it"),
        (_, Some((_, scheme)), ":", 2) => (*scheme, "its scheme is mistyped"),
        _ => return None,
    };
    // `.../http//x` is a path.
    if name[..start].ends_with(|c: char| c.is_alphanumeric() || "/_-.".contains(c)) {
        return None;
    }
    let rest = near(&text[at + slashes..]);
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let rest = rest[..end].trim_end_matches(['.', ',', ';', ')']);
    if !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let slip = Slip::new(
        start..at + slashes + rest.len(),
        format!("this address is read as text: {fault}"),
        format!("write `{scheme}://{}`", quoted(rest)),
    );
    Some(slip.written(format!("{scheme}://{rest}")))
}

/// `{topics=empathy` and `{topics=empathy}` where nothing reads them.
fn braces(text: &str) -> Option<Slip> {
    let mut places = memchr::memchr_iter(b'{', text.as_bytes());
    let list = places.find_map(|open| meant_at(text, open))?;
    let is_closed = text[list.end..].starts_with('}');
    let range = list.start - 1..list.end + usize::from(is_closed);
    let written = quoted(&text[range.clone()]);
    Some(if is_closed {
        Slip::new(
            range,
            format!("`{written}` is read as text: nothing here carries attributes"),
            "they end the line of a heading or open a block, or touch the bracket of words: `[words]{lang=cy}`",
        )
    } else {
        let message = format!("`{written}` is read as text: its brace is never closed");
        Slip::new(range, message, format!("write `{written}}}`"))
    })
}

/// `[[Some page]]` and `![[image.png]]`, as other tools have them.
fn wiki_links(text: &str, registers: &Registers, slips: &mut Vec<Slip>) {
    for at in bytes::places(text.as_bytes(), b"[[") {
        let behind = near(&text[at + 2..]);
        let Some(inner) = behind.find("]]").map(|end| &behind[..end]) else {
            continue;
        };
        let is_name = inner.starts_with(|c: char| c.is_alphabetic() || ".#/".contains(c))
            && inner.contains(char::is_alphabetic)
            && !inner.contains(['[', ']', '\n', '{', '"', '=']);
        let before = text[..at].chars().next_back();
        if !is_name || before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let is_image = before == Some('!');
        let range = at - usize::from(is_image)..at + 4 + inner.len();
        let message = format!(
            "`{}` is read as text: no {} is written so",
            quoted(&text[range.clone()]),
            if is_image { "image" } else { "link" }
        );
        let name = inner.split('|').next().unwrap_or(inner).trim();
        let near = registers.topic_like(name);
        let id = slug(name);
        let topic = registers.topic(&id).map(|_| &*id);
        let topic = topic.or_else(|| registers.topic_named(name));
        let topic = topic.or(near.map(|near| near.name));
        let help = match topic.filter(|_| !is_image) {
            Some(id) => format!("write `[[{id}]]` for the topic"),
            None if is_image => "write `![what it shows](path)`".into(),
            None => "write `[words](path.md)`; `[[id]]` leads to a topic of the register".into(),
        };
        slips.push(Slip::new(range, message, help));
    }
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
pub(crate) fn note(text: &str, audience: Audience) -> Option<Slip> {
    let mut notes = NOTES.into_iter();
    let range = notes.find_map(|note| {
        let places = memchr::memmem::find_iter(text.as_bytes(), note.as_bytes());
        let mut ranges = places.map(|at| at..at + note.len());
        ranges.find(|range| is_note(text, range))
    })?;
    let message = format!(
        "`{}` stands in the text that {} read",
        &text[range.clone()],
        match audience {
            Audience::Everybody => "learners",
            Audience::Facilitators => "facilitators",
            Audience::Editors => "editors",
        }
    );
    Some(Slip::new(
        range,
        message,
        "write what is missing, or put the note into a comment: `<!-- ... -->`",
    ))
}

/// Returns whether a word is a note to oneself: it begins a sentence and ends it, or says there what to do, or a colon stands behind it.
fn is_note(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let is_word = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\''))
        && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '’'));
    let opens = before.trim_end();
    let begins = opens.is_empty() || opens.ends_with(['(', '[', '.', ':', '!', '?']);
    let closes = after.starts_with(':') || after.starts_with([')', ']']) || after.trim().is_empty();
    let asks = after.strip_prefix(' ').is_some_and(|after| {
        let word = after.split(' ').next().unwrap_or("");
        matches!(word, "-" | "–" | "—") || WANTED.contains(&word)
    });
    let is_addressed = after.starts_with('(') && after.contains(')');
    is_word && (after.starts_with(':') || begins && (closes || asks || is_addressed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let registers = Registers::default();
        let read = Read {
            registers: &registers,
            audience: Audience::Everybody,
        };
        let slips = Suspects::of(text).meant(text, &read).into_iter();
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
                "See https//a.org.",
                "https//a.org: this address is read as text: its colon is missing; write `https://a.org`",
            ),
            ("http//a.org/x", "write `http://a.org/x`"),
            (
                "https: //a.org",
                "a space stands in it; write `https://a.org`",
            ),
            (
                "htps://a.org",
                "its scheme is mistyped; write `https://a.org`",
            ),
            (
                "H {#x topics=empathy",
                "`{#x topics=empathy` is read as text: its brace is never closed; write `{#x topics=empathy}`",
            ),
            (
                "Words {#x topics=empathy} more",
                "`{#x topics=empathy}` is read as text: nothing here carries attributes",
            ),
            ("[w]{lang=cy", "{lang=cy: `{lang=cy` is read as text"),
            (
                "[[Some page|words]]",
                "`[[Some page|words]]` is read as text: no link is written so; write `[words](path.md)`",
            ),
            ("[[manual/errors]]", "`[[manual/errors]]` is read as text"),
            ("[[a.md#b]]", "`[[a.md#b]]` is read as text"),
            (
                "![[x.png]]",
                "![[x.png]]: `![[x.png]]` is read as text: no image is written so",
            ),
            (
                "[[empathy",
                "`[[empathy` is read as text: it is never closed",
            ),
            ("TODO: write this", "TODO: `TODO` stands in the text"),
            ("TODO write this", "TODO: `TODO` stands in the text"),
            ("TODO - the rest", "TODO: `TODO` stands"),
            ("TODO(jane) the rest", "TODO: `TODO` stands"),
            ("It happens. TODO add more.", "TODO: `TODO` stands"),
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
            "[[1, 2], [3, 4]] and [[ and [[not this",
            "[[ -f x ]] and a[[i + 1]] and [[]]",
            "hxxps://a.org and /usr/lib/https//x and either/or, ftp://a.org",
            "f{lang=cy} {a, b} {x=1} { topics }",
            "TODO lists help. TODO apps add more.",
            "A TODO list. The TODO app. MASTODON: no. TODOs: none",
            "Your TODO's end.",
        ] {
            assert_eq!(messages(text), [""; 0], "{text}");
        }
    }
}
