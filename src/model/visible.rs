//! Text that shows what it holds.
//!
//! In: text from anywhere, often quoted from a lesson or a file name. Out: the same text, character for character, in which nothing can steer a
//! terminal or reorder what is read. Columns stay true, because every character is replaced by one character.

use std::borrow::Cow;

use super::text::{is_hidden, is_unseen};

/// Returns the text with control and direction characters replaced by visible ones.
///
/// Line breaks and tabs stay. Other control characters become their control pictures (`␛` for escape); characters that hide or reorder
/// text become `�`. Joiners and variation selectors stay, since letters and emoji need them.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| shown(character) == character) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

/// Returns the text as [`visible`] does, on one line.
pub fn visible_line(text: &str) -> String {
    visible(text).replace('\n', "␊").replace('\t', "␉")
}

fn shown(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\u{1f}' => picture(character),
        '\u{7f}' => '␡',
        // Overrides of direction, and control codes of eight bits: some terminals obey them as they obey escape sequences.
        _ if is_unseen(character) || is_hidden(character) => '\u{fffd}',
        _ => character,
    }
}

/// Returns the picture of a control character below the space.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_shown_and_letters_stay() {
        for (text, expected) in [
            (
                "plain ŵ and 👩\u{200d}👧\u{fe0f}",
                "plain ŵ and 👩\u{200d}👧\u{fe0f}",
            ),
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\u{202e}b\u{2066}c\u{200f}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
            ("a\u{2028}b\u{feff}\u{e0041}", "a\u{fffd}b\u{fffd}\u{fffd}"),
            ("a\r\n\tb\0\u{7f}", "a␍\n\tb␀␡"),
        ] {
            assert_eq!(visible(text), expected, "{text:?}");
            assert_eq!(
                visible(text).chars().count(),
                text.chars().count(),
                "{text:?}"
            );
        }
        assert_eq!(visible_line("a\nb\tc"), "a␊b␉c");
    }
}
