//! Digests what a file says, so that a reviewer's sign-off can be held against it.
//!
//! In: the front matter that learners see, the Markdown, and what of either nobody signs off. Out: its `Meanings`. White space, the marks of wrapped quotations and comments that
//! silence findings make no difference; owner, dates and addresses are no part of it.

use std::ops::Range;

use crate::model::lesson::{AsOf, FrontMatter};
use crate::model::review::{Meaning, Meanings, Recipe};

const IGNORE: &str = "<!-- throughline-ignore";

/// A text of a file, and what of it the newest recipe leaves out.
pub(crate) struct Signed<'a> {
    /// As it is written.
    pub text: &'a str,
    /// Ranges in it that nobody signs off, sorted.
    pub unsigned: Vec<Range<usize>>,
}

/// Digests a file by every recipe: its front matter, in which the outcomes may be read as Markdown, and its Markdown.
pub(crate) fn meanings(
    front: &FrontMatter,
    outcomes: &[Signed<'_>],
    markdown: &Signed<'_>,
) -> Meanings {
    let written: Vec<&str> = front.outcomes.iter().map(String::as_str).collect();
    let signed: Vec<String> = outcomes.iter().map(without).collect();
    // Outcomes that are not read as Markdown are signed off as they are.
    let others = written.iter().copied().skip(signed.len());
    let signed: Vec<&str> = signed.iter().map(String::as_str).chain(others).collect();
    Meanings {
        first: meaning(front, &written, markdown.text, Recipe::First),
        second: meaning(front, &signed, &without(markdown), Recipe::Second),
    }
}

/// Returns a text without what nobody signs off, and without braces in which nothing is left.
///
/// What is left in braces reads as if the rest had never been there: no space stays behind `{` or before `}`.
fn without(signed: &Signed<'_>) -> String {
    let Signed {
        text: written,
        unsigned,
    } = signed;
    let mut text = String::with_capacity(written.len());
    let mut at = 0;
    for range in unsigned {
        if range.end <= at {
            continue;
        }
        text.push_str(&written[at..range.start.max(at)]);
        at = range.end;
        let rest = written[at..].trim_start();
        let before = text.trim_end().len();
        let opens = text[..before].ends_with('{');
        if opens {
            text.truncate(before);
            at = written.len() - rest.len();
        }
        if let Some(rest) = rest.strip_prefix('}') {
            text.truncate(before);
            if opens {
                text.pop();
                at = written.len() - rest.len();
            }
        }
    }
    text.push_str(&written[at..]);
    text
}

fn meaning(front: &FrontMatter, outcomes: &[&str], markdown: &str, recipe: Recipe) -> Meaning {
    let mut text = Vec::with_capacity(markdown.len() + 512);
    let is_first = recipe == Recipe::First;
    let minutes = front.minutes.filter(|_| is_first);
    let minutes = minutes.map(|minutes| minutes.to_string());
    let prerequisites = front
        .prerequisites
        .iter()
        .filter(|_| is_first)
        .map(|prerequisite| prerequisite.value.as_str());
    let outcomes = outcomes.iter().copied();
    let lists = outcomes.chain(front.sources.iter().map(|source| &**source));
    let single = [
        front.title.as_str(),
        &front.summary,
        &front.content_note,
        minutes.as_deref().unwrap_or(""),
        if front.mandatory { "mandatory" } else { "" },
    ];
    for value in single.into_iter().chain(lists).chain(prerequisites) {
        add_words(value, &mut text);
        text.push(b'\n');
    }
    // Files without it keep the meaning that they had before there was such a key.
    if let Some(facts) = &front.facts_as_of {
        let when = match facts {
            AsOf::Day(day) => day.to_string(),
            AsOf::Words(words) => words.clone(),
        };
        add_words(&when, &mut text);
        text.push(b'\n');
    }
    let mut rest = markdown;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), IGNORE.as_bytes()) {
        add_words(&rest[..at], &mut text);
        let comment = &rest[at..];
        rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
    }
    add_words(rest, &mut text);
    Meaning::of(&text)
}

/// Adds words with a space behind each, without those that are nothing but marks of quotations.
fn add_words(source: &str, text: &mut Vec<u8>) {
    let mut rest = source.as_bytes();
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest[..end].trim_ascii();
        rest = rest.get(end + 1..).unwrap_or(&[]);
        if is_plain(line) {
            text.extend_from_slice(line);
            text.push(b' ');
            continue;
        }
        for word in line.split(u8::is_ascii_whitespace) {
            if word.iter().any(|byte| *byte != b'>') {
                text.extend_from_slice(word);
                text.push(b' ');
            }
        }
    }
}

/// Returns whether a line is words with one space between each two, as nearly all are.
fn is_plain(line: &[u8]) -> bool {
    let Some((first, after)) = line.split_first() else {
        return false;
    };
    let neighbours = after.iter().zip(line);
    let is_odd =
        |byte: u8, before: u8| (byte < b' ') | (byte == b'>') | ((byte == b' ') & (before == b' '));
    *first != b'>' && !neighbours.fold(false, |odd, (byte, before)| odd | is_odd(*byte, *before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(front: &FrontMatter, markdown: &str) -> Meaning {
        super::meaning(front, &[], markdown, Recipe::First)
    }

    #[test]
    fn braces_read_as_if_what_goes_had_never_been_in_them() {
        for (markdown, cuts, expected) in [
            ("## A {#b}\n", &["#b"][..], "## A \n"),
            ("## A {#b topics=c}\n", &["#b"], "## A {topics=c}\n"),
            ("## A {topics=c #b}\n", &["#b"], "## A {topics=c}\n"),
            (
                "## A {#b topics=c lang=cy}\n",
                &["#b", "lang=cy"],
                "## A {topics=c}\n",
            ),
            ("## A { topics=c }\n", &[], "## A { topics=c }\n"),
            ("::: a {#b\ntopics=c}\n", &["#b"], "::: a {topics=c}\n"),
            ("## A {#b lang=cy}\n", &["#b", "lang=cy"], "## A \n"),
            ("[a](b.md) and {}", &["b.md"], "[a]() and {}"),
            ("[a](b.md)", &["[a](b.md)", "b.md"], ""),
        ] {
            let range = |cut: &&str| {
                let start = markdown.find(cut).expect("it is there");
                start..start + cut.len()
            };
            let signed = Signed {
                text: markdown,
                unsigned: cuts.iter().map(range).collect(),
            };
            assert_eq!(without(&signed), expected, "{markdown}");
        }
    }

    #[test]
    fn words_count_and_layout_does_not() {
        let front = FrontMatter {
            title: "Calls".into(),
            owner: "Calls team".into(),
            ..FrontMatter::default()
        };
        let as_signed = meaning(
            &front,
            "One open question,\nthen a pause.\n\n> Take your time.\n",
        );
        for same in [
            "One open question, then a pause.\r\n\r\n> Take\n> your time.",
            "<!-- throughline-ignore avoided-term: quoted -->\nOne open question, then a\npause. > Take your time.",
        ] {
            assert_eq!(meaning(&front, same), as_signed, "{same}");
        }
        for other in ["One open question, then no pause. > Take your time.", ""] {
            assert_ne!(meaning(&front, other), as_signed, "{other}");
        }
        let owner = FrontMatter {
            owner: "Others".into(),
            ..front.clone()
        };
        assert_eq!(
            meaning(&owner, ""),
            meaning(&front, ""),
            "owners are not seen by learners"
        );
        let titled = FrontMatter {
            title: "Letters".into(),
            ..front.clone()
        };
        assert_ne!(meaning(&titled, ""), meaning(&front, ""), "titles are");
    }
}
