//! Reads texts: lessons, registers and drawings.
//!
//! In: a path. Out: text in UTF-8 without byte-order mark and control characters, and what was wrong with it.

use std::io::Read;
use std::sync::Arc;

use camino::Utf8Path;

use super::error::DiscoverError;
use crate::model::bytes;
use crate::model::text::{fault, is_control, turns_text};
use crate::model::{Finding, LineIndex, Place, Rule};

/// Larger texts are refused: nobody can read such a lesson, and no editor shows it well.
pub const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// Returns the text of a file that a finding speaks of, as findings quote it.
///
/// Returns `None` where it is no regular file, stands outside the root by a link, or is too large.
pub fn quotable(root: &Utf8Path, file: &str) -> Option<Arc<str>> {
    let path = root.join(file).canonicalize_utf8().ok()?;
    let found = std::fs::metadata(&path).ok()?;
    let inside = path.starts_with(root.canonicalize_utf8().ok()?);
    if !inside || !found.is_file() || found.len() > LARGEST_TEXT {
        return None;
    }
    Some(text_of(std::fs::read(&path).ok()?, file, &mut Vec::new()))
}

/// Reads a text file; what is not UTF-8 is a finding, and is replaced.
pub(super) fn read_text(
    path: &Utf8Path,
    shown: &str,
    findings: &mut Vec<Finding>,
) -> Result<Arc<str>, DiscoverError> {
    let unreadable = |source| DiscoverError::Unreadable {
        path: path.to_string(),
        source,
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > LARGEST_TEXT {
        findings.push(
            Finding::new(
                Rule::InvalidText,
                shown,
                Place::START,
                format!(
                    "this file is larger than {} MiB and is left out",
                    LARGEST_TEXT >> 20
                ),
            )
            .help(help_for_size(shown)),
        );
        return Ok("".into());
    }
    let mut bytes = Vec::new();
    // Where there is not so much memory, that is a failure like any other of the system's.
    let room = bytes.try_reserve_exact(size as usize + 1);
    room.map_err(|_| unreadable(std::io::ErrorKind::OutOfMemory.into()))?;
    file.take(LARGEST_TEXT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    Ok(text_of(bytes, shown, findings))
}

/// Returns what to do about a file that is too large: not every file can be divided.
fn help_for_size(shown: &str) -> &'static str {
    let ending = shown.rsplit('.').next().unwrap_or("");
    match ending.to_ascii_lowercase().as_str() {
        "md" | "markdown" => "divide it into several lessons",
        "svg" => "save the drawing simpler, or as a PNG or WebP image",
        _ => "see whether it is the right file: no register is as large",
    }
}

/// Turns bytes into text without its byte-order mark, and reports what is wrong with it.
pub fn text_of(bytes: Vec<u8>, shown: &str, findings: &mut Vec<Finding>) -> Arc<str> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let place = LineIndex::new(&text).place(&(offset..offset + 1));
            findings.push(
                Finding::new(
                    Rule::InvalidText,
                    shown,
                    place,
                    format!("this file is not UTF-8: the fault is at byte {offset}"),
                )
                .help("save it as UTF-8"),
            );
            text
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    report_hidden_characters(text, shown, findings);
    match first_control(text) {
        Some(at) => without_controls(text, at, shown, findings).into(),
        None => text.into(),
    }
}

/// Returns where the first control character stands.
fn first_control(text: &str) -> Option<usize> {
    let is_at = |at: usize| text[at..].starts_with(is_control);
    // Hardly any text has one, and a look at all bytes is quicker than a search.
    let of_one_byte = |byte: u8| byte.is_ascii() && is_control(char::from(byte));
    let one = bytes::any(text.as_bytes(), of_one_byte).then(|| text.find(is_control));
    // In UTF-8 all others begin with these bytes, or stand beyond the first plane.
    let more = memchr::memchr2_iter(0xC2, 0xEF, text.as_bytes()).find(|at| is_at(*at));
    let beyond = bytes::any(text.as_bytes(), |byte| byte >= 0xF0).then(|| text.find(is_control));
    [one.flatten(), more, beyond.flatten()]
        .into_iter()
        .flatten()
        .min()
}

/// Reports control characters, of which `first` is the offset of the first, and replaces them.
fn without_controls(text: &str, first: usize, shown: &str, findings: &mut Vec<Finding>) -> String {
    let c = text[first..].chars().next().unwrap_or_default();
    let place = LineIndex::new(text).place(&(first..first + c.len_utf8()));
    findings.push(
        Finding::new(
            Rule::InvalidText,
            shown,
            place,
            fault(c),
        )
        .help("delete it, and every other one in this file; if there are many, save the file as UTF-8 text"),
    );
    text.replace(is_control, "\u{fffd}")
}

/// Reports characters that change the direction of text unseen, which can make a text read otherwise than it is.
pub fn report_hidden_characters(text: &str, shown: &str, findings: &mut Vec<Finding>) {
    // All of them start with 0xE2 in UTF-8: most texts are done after one quick search.
    let mut from = 0;
    let mut lines = None;
    while let Some(at) = memchr::memchr(0xE2, &text.as_bytes()[from..]).map(|at| from + at) {
        from = at + 1;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            continue;
        };
        if !turns_text(c) {
            continue;
        }
        let lines = lines.get_or_insert_with(|| LineIndex::new(text));
        findings.push(
            Finding::new(
                Rule::InvalidText,
                shown,
                lines.place(&(at..at + c.len_utf8())),
                fault(c),
            )
            .help("delete it: the text can read otherwise than it is"),
        );
    }
}
