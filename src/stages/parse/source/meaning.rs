//! Digests what a file says, so that a reviewer's sign-off can be held against it.
//!
//! In: the front matter that learners see, and the Markdown. Out: one `Meaning`. White space, the marks of wrapped quotations and comments that
//! silence findings make no difference; owner, dates and addresses are no part of it.

use crate::model::lesson::{AsOf, FrontMatter};
use crate::model::review::Meaning;

const IGNORE: &str = "<!-- throughline-ignore";

/// Digests a file.
pub(crate) fn meaning(front: &FrontMatter, markdown: &str) -> Meaning {
    let mut text = Vec::with_capacity(markdown.len() + 512);
    let minutes = front.minutes.map(|minutes| minutes.to_string());
    let prerequisites = front
        .prerequisites
        .iter()
        .map(|prerequisite| prerequisite.value.as_str());
    let lists = front
        .outcomes
        .iter()
        .chain(front.sources.iter().map(|source| &source.words))
        .map(String::as_str);
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
