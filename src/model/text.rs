//! Characters that no text of a curriculum may hold, whether they were typed or written as an escape.
//!
//! In: characters. Out: what is wrong with them. Discover holds files to it, parse what TOML and Markdown decode, and everything that is printed.

use std::borrow::Cow;

use super::bytes;

/// What a text shows in the place of a character that it may not hold.
pub const REPLACEMENT: char = '\u{fffd}';

/// Returns whether a character steers machines, or is none that people write. Tabs, line ends and form feeds are text.
pub fn is_control(c: char) -> bool {
    let is_nothing = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    is_nothing || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c'))
}

/// Returns whether a character changes the direction of text unseen, which can make a text read otherwise than it is.
pub fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether a character may stand in no text of a curriculum.
pub fn is_unseen(c: char) -> bool {
    is_control(c) || turns_text(c)
}

/// Returns whether a character has no look of its own: marks of direction, line separators, and what some programs leave behind.
///
/// Texts may hold them, since languages from right to left, without spaces or with flags of parts of countries need some of them; names of files may
/// not. Joiners and variation selectors are a part of letters and emoji.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}'
            | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Returns what is wrong with a character that [`is_unseen`], as findings say it.
pub fn fault(c: char) -> String {
    let code = u32::from(c);
    if turns_text(c) {
        format!("a hidden direction mark (U+{code:04X}) stands here")
    } else {
        format!("a control character (U+{code:04X}) stands here")
    }
}

/// Returns a text with [`REPLACEMENT`] for whatever it may not hold, and the first such character.
pub fn cleaned(text: &str) -> Option<(String, char)> {
    let first = text.chars().find(|c| is_unseen(*c))?;
    Some((text.replace(is_unseen, "\u{fffd}"), first))
}

/// Returns a text with [`REPLACEMENT`] for whatever it may not hold.
pub fn without_unseen(text: &str) -> Cow<'_, str> {
    // Nearly all text is plain, which is seen without a look at each character.
    if !bytes::any(text.as_bytes(), |byte| !(b' '..0x7f).contains(&byte)) {
        return text.into();
    }
    cleaned(text).map_or(Cow::Borrowed(text), |(clean, _)| Cow::Owned(clean))
}

/// Bytes of a text that a message quotes; what is longer is cut.
const LONGEST_QUOTED: usize = 200;

/// Returns a text as a message quotes it: what is longer than anybody reads is cut.
pub fn quoted(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_QUOTED {
        return text.into();
    }
    let end = (0..=LONGEST_QUOTED)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    format!("{}…", &text[..end]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_told_apart_from_what_people_write() {
        for c in [
            '\0',
            '\u{7}',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{202a}',
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{fdd0}',
            '\u{ffff}',
            '\u{1fffe}',
            '\u{10ffff}',
        ] {
            assert!(is_unseen(c), "{:04X}", u32::from(c));
        }
        for c in [
            '\t',
            '\n',
            '\r',
            '\x0c',
            ' ',
            'a',
            'ŷ',
            '\u{a0}',
            '\u{ad}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{fe0f}',
            '\u{fffd}',
            '👩',
            '\u{e0067}',
        ] {
            assert!(!is_unseen(c), "{:04X}", u32::from(c));
        }
    }

    #[test]
    fn cleaning_keeps_a_character_for_each() {
        assert_eq!(cleaned("plain ŷ\n"), None);
        let expected = ("a\u{fffd}b\u{fffd}".to_owned(), '\u{1b}');
        assert_eq!(cleaned("a\u{1b}b\u{202e}"), Some(expected));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(quoted("short"), "short");
        let long = quoted(&"ŷ".repeat(300)).into_owned();
        assert_eq!(long, "ŷ".repeat(100) + "…");
        assert_eq!(
            quoted(&format!("a{}", "ŷ".repeat(300))).chars().count(),
            101
        );
    }
}
