//! Reads texts of registers and front matter, in which braces may say what language words are in: `The [croeso]{lang=cy} of the office.`
//!
//! In: a text as TOML gives it. Out: its plain words, the languages in it, and what its braces say that no text can carry. They are no Markdown: whatever else
//! they hold is text.

use std::ops::Range;

use super::source::attributes::{attributes, list_at};
use crate::model::attributes::{Key, PLAIN};
use crate::model::foreign::{Direction, Foreign, ForeignWords, Languages};
use crate::model::passage::Passage;
use crate::model::text::quoted;

/// What is wrong with an attribute, and how to mend it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub message: String,
    pub help: String,
}

/// A bracket that is open.
struct Open {
    at: usize,
    is_escaped: bool,
}

/// Reads a text.
pub(super) fn read(written: String) -> (Passage, Vec<Fault>) {
    let mut faults = Vec::new();
    // Nearly all texts say nothing of their words.
    if !written.contains("]{") {
        return (written.into(), faults);
    }
    let (mut open, mut gone, mut spans) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(found) = written[at..].find(['[', ']']) {
        let bracket = at + found;
        at = bracket + 1;
        if written[bracket..].starts_with('[') {
            let slashes = written[..bracket].bytes().rev();
            let slashes = slashes.take_while(|byte| *byte == b'\\').count();
            open.push(Open {
                at: bracket,
                is_escaped: slashes % 2 == 1,
            });
            continue;
        }
        let Some((start, list)) = open.pop().zip(list_at(&written, at)) else {
            continue;
        };
        at = list.end + 1;
        if start.is_escaped {
            gone.push(start.at - 1..start.at);
            continue;
        }
        gone.extend([start.at..start.at + 1, bracket..at]);
        let foreign = given(&written[list], &mut faults);
        spans.push((start.at + 1..bracket, foreign));
    }
    gone.sort_by_key(|range: &Range<usize>| range.start);
    let spans = spans.into_iter().map(|(words, foreign)| ForeignWords {
        start: place_without(&gone, words.start),
        end: place_without(&gone, words.end),
        foreign,
    });
    let languages = Languages::new(spans.collect());
    (Passage::new(without(&written, &gone), languages), faults)
}

/// Reads what braces say.
fn given(list: &str, faults: &mut Vec<Fault>) -> Foreign {
    let mut foreign = Foreign::default();
    for attribute in attributes(list, 0) {
        let value = attribute.value;
        let key = PLAIN.into_iter().find(|key| key.name() == attribute.key);
        let is_read = match key {
            Some(Key::Lang) => {
                foreign.lang = value.parse().ok();
                foreign.lang.is_some()
            }
            Some(_) => {
                foreign.dir = Direction::named(value);
                foreign.dir.is_some()
            }
            None => {
                let written = match attribute.key {
                    "#" => "#id",
                    key => key,
                };
                let names = PLAIN.map(|key| format!("`{}`", key.name()));
                faults.push(Fault {
                    message: format!("words of this text have no attribute `{written}`"),
                    help: format!("they can carry {}", names.join(", ")),
                });
                continue;
            }
        };
        if let Some(key) = key.filter(|_| !is_read) {
            faults.push(Fault {
                message: format!("`{}` cannot be `{}`", key.name(), quoted(value)),
                help: format!("it is {}", key.expected()),
            });
        }
    }
    foreign
}

/// Returns a text without some ranges of it, which are in order.
fn without(text: &str, gone: &[Range<usize>]) -> String {
    let (mut rest, mut at) = (String::with_capacity(text.len()), 0);
    for range in gone {
        rest.push_str(&text[at..range.start]);
        at = range.end;
    }
    rest.push_str(&text[at..]);
    rest
}

/// Returns where a place of the text is when what stood before it is gone.
fn place_without(gone: &[Range<usize>], place: usize) -> u32 {
    let before = gone.iter().take_while(|range| range.end <= place);
    (place - before.map(ExactSizeIterator::len).sum::<usize>()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a text with its languages in angle brackets.
    fn shown(passage: &Passage) -> String {
        let mut marks: Vec<(u32, usize, String)> = Vec::new();
        let all = 0..passage.len() as u32;
        for (index, words) in passage.languages().within(&all).into_iter().enumerate() {
            let mut attributes = String::new();
            words.foreign.push_attributes(&mut attributes);
            marks.push((words.start, 1 + index, format!("<{}>", attributes.trim())));
            marks.push((words.end, 0, "</>".into()));
        }
        marks.sort();
        let mut text = passage.to_string();
        for (at, _, mark) in marks.into_iter().rev() {
            text.insert_str(at as usize, &mark);
        }
        text
    }

    #[test]
    fn words_are_read_without_the_braces_that_speak_of_them() {
        for (written, expected) in [
            ("Plain words.", "Plain words."),
            (
                "The [croeso]{lang=cy} hall.",
                "The <lang=\"cy\">croeso</> hall.",
            ),
            (
                "[a]{lang=cy} [b]{dir=rtl}",
                "<lang=\"cy\">a</> <dir=\"rtl\">b</>",
            ),
            (
                "[a [b]{lang=ar} c]{lang=cy}",
                "<lang=\"cy\">a <lang=\"ar\">b</> c</>",
            ),
            ("tŷ [tŷ]{lang=cy} tŷ", "tŷ <lang=\"cy\">tŷ</> tŷ"),
            ("\\[words]{lang=cy}", "[words]{lang=cy}"),
            ("\\[a [b]{lang=cy}]{x=y}", "[a <lang=\"cy\">b</>]{x=y}"),
            ("[words] {lang=cy}", "[words] {lang=cy}"),
            ("[words]{cy}", "[words]{cy}"),
            ("words]{lang=cy}", "words]{lang=cy}"),
            ("[]{lang=cy}", ""),
            ("[words]{lang=cy", "[words]{lang=cy"),
        ] {
            let (passage, faults) = read(written.to_owned());
            assert_eq!(shown(&passage), expected, "{written}");
            assert!(faults.is_empty(), "{written}: {faults:?}");
        }
    }

    #[test]
    fn what_words_cannot_carry_is_said() {
        for (written, message) in [
            ("[a]{#x}", "words of this text have no attribute `#id`"),
            (
                "[a]{editorial}",
                "words of this text have no attribute `editorial`",
            ),
            ("[a]{lang=\"no tag\"}", "`lang` cannot be `no tag`"),
            ("[a]{dir=up}", "`dir` cannot be `up`"),
        ] {
            let (passage, faults) = read(written.to_owned());
            let messages: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
            assert_eq!(messages, [message], "{written}");
            assert_eq!(&*passage, "a", "{written}");
        }
    }
}
