//! Makes a text of a file's bytes, whatever encoding it was saved in.
//!
//! In: bytes. Out: a text in which no letter is lost as far as the bytes say which it is, and a sentence on what was read otherwise than as UTF-8.

use crate::model::counted;
use crate::model::text::is_unseen;

/// The characters that Windows-1252 has at 0x80 to 0x9F; nothing where it has none. The others are those of Unicode.
/// <https://encoding.spec.whatwg.org/index-windows-1252.txt>
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// A text, and where it is not simply UTF-8 the line of the first such place, from 1, with what was done.
type Decoded = (String, Option<(usize, String)>);

/// Returns the text of some bytes.
///
/// UTF-16 is known by its byte-order mark. What is no UTF-8 in all other texts is read as Windows-1252, byte by byte: files that were saved
/// now with the one and now with the other keep the letters of both.
pub fn decoded(bytes: Vec<u8>) -> Decoded {
    match bytes {
        bytes if bytes.starts_with(&[0xff, 0xfe]) => utf_16(&bytes[2..], u16::from_le_bytes),
        bytes if bytes.starts_with(&[0xfe, 0xff]) => utf_16(&bytes[2..], u16::from_be_bytes),
        bytes => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => mixed(error.as_bytes()),
        },
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|pair| unit([pair[0], *pair.get(1).unwrap_or(&0)]))
        .collect();
    let told = "the file is UTF-16, and was read as such".to_owned();
    (String::from_utf16_lossy(&units), Some((1, told)))
}

fn mixed(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut first = None;
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        first = first.or(Some(text.matches('\n').count() + 1));
        count += chunk.invalid().len();
        text.extend(chunk.invalid().iter().map(|byte| of_windows(*byte)));
    }
    let message = format!(
        "{} that UTF-8 does not know, the first of them here: read as Windows-1252; where a letter is wrong, save the file as UTF-8 and import again",
        counted(count, "byte")
    );
    (text, Some((first.unwrap_or(1), message)))
}

fn of_windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)].unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

/// Returns a text with line feeds, without byte-order mark, control characters and hidden direction marks.
pub fn plain_text(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => plain.push('\n'),
            '\t' | '\n' => plain.push(c),
            c if is_unseen(c) => {}
            c => plain.push(c),
        }
    }
    plain
}

/// Says what of a text is taken out since no lesson can hold it, with the line of the first.
pub fn unseen(text: &str) -> Option<(usize, String)> {
    let at = text.find(is_unseen)?;
    let count = text.chars().filter(|c| is_unseen(*c)).count();
    let line = text[..at].matches('\n').count() + 1;
    let what = counted(count, "hidden character");
    Some((
        line,
        format!("{what} taken out that no lesson can hold, the first of them here"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_encodings_are_kept_and_told() {
        for (bytes, expected, line) in [
            (&b"\xEF\xBB\xBFt\xC5\xB7"[..], "\u{feff}tŷ", None),
            (b"a\ncaf\xE9 \x93q\x94 \x80\n", "a\ncafé “q” €\n", Some(2)),
            (b"t\xC5\xB7 caf\xE9 \x81", "tŷ café \u{fffd}", Some(1)),
            // The start of a letter that is cut off.
            (b"\xE2\x82", "â‚", Some(1)),
            (b"\xFF\xFEa\0\x77\x01", "aŷ", Some(1)),
            (b"\xFE\xFF\0a\x01\x77", "aŷ", Some(1)),
            (b"", "", None),
        ] {
            let (text, told) = decoded(bytes.to_vec());
            assert_eq!(text, expected, "{bytes:?}");
            assert_eq!(told.map(|(line, _)| line), line, "{bytes:?}");
        }
    }

    #[test]
    fn texts_are_read_without_what_no_lesson_can_hold() {
        for (text, expected) in [
            ("\u{feff}a\r\nb\rc\0", "a\nb\nc"),
            ("tŷ\u{202e}x\u{7f}y", "tŷxy"),
        ] {
            assert_eq!(plain_text(text), expected);
        }
    }

    #[test]
    fn what_is_taken_out_is_told_with_its_line() {
        for (text, line) in [
            ("a\tb\r\nc\n", None),
            ("a\nb\0c\x07\n", Some(2)),
            ("a\u{2066}", Some(1)),
        ] {
            assert_eq!(unseen(text).map(|(line, _)| line), line, "{text:?}");
        }
    }
}
