//! JSON in which nothing is unseen: what steers a terminal, turns text or cannot be seen is written as an escape.
//!
//! In: JSON while it is written. Out: JSON of the same meaning.

use std::io::{self, Write};

use crate::model::bytes;
use crate::model::text::{is_hidden, is_unseen};

/// Escapes what is written through it. Characters must come whole, as they do from `serde_json`.
pub struct Escaped<W>(pub W);

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.write_all(buffer)?;
        Ok(buffer.len())
    }

    fn write_all(&mut self, buffer: &[u8]) -> io::Result<()> {
        // Beside one control character of ASCII all of them begin with these bytes, which hardly any text of English has but for quotation marks.
        let is_first =
            |byte| matches!(byte, 0x7f | 0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xEF) || byte >= 0xF0;
        if !bytes::any(buffer, is_first) {
            return self.0.write_all(buffer);
        }
        let Ok(text) = std::str::from_utf8(buffer) else {
            return self.0.write_all(buffer);
        };
        let mut rest = text;
        // JSON's own line breaks are no part of a string.
        let must_go = |c: char| c != '\n' && (is_unseen(c) || is_hidden(c));
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| must_go(*c)) {
            self.0.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(self.0, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        self.0.write_all(rest.as_bytes())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unseen_is_escaped_and_means_the_same() {
        for (text, expected) in [
            ("plain ŵ “x” 👩\u{200d}👧", "plain ŵ “x” 👩\u{200d}👧"),
            ("b\u{202e}\u{9b}31m.md", "b\\u202e\\u009b31m.md"),
            ("\u{1b}\u{7f}\u{2028}", "\\u001b\\u007f\\u2028"),
            (
                "\u{61c}\u{180e}\u{feff}\u{ffff}",
                "\\u061c\\u180e\\ufeff\\uffff",
            ),
            ("\u{e0041}", "\\udb40\\udc41"),
        ] {
            let mut out = Vec::new();
            serde_json::to_writer(Escaped(&mut out), text).expect("memory takes everything");
            let written = String::from_utf8(out).expect("it is text");
            assert_eq!(written, format!("\"{expected}\""), "{text:?}");
            let read: String = serde_json::from_str(&written).expect("it is JSON");
            assert_eq!(read, text);
        }
    }
}
