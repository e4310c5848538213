//! Which paths may be written below the output folder.

use super::manifest;

/// What would make a path lead out of its folder, or mean another file than it says; `None` for a good path.
///
/// Pages and assets were checked long before: this is the second lock on the door.
pub(super) fn unsafe_reason(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') || has_drive(path) {
        return Some("it is absolute");
    }
    if path.contains('\\') {
        return Some("it holds a backslash");
    }
    if path.contains('\0') {
        return Some("it holds a NUL");
    }
    if path.chars().any(char::is_control) {
        return Some("it holds a control character");
    }
    if cfg!(windows) && path.contains(':') {
        return Some("it holds a colon");
    }
    for part in path.split('/') {
        match part {
            "" | "." => return Some("it holds an empty part"),
            ".." => return Some("it leads out of its folder"),
            _ => {}
        }
    }
    if path.eq_ignore_ascii_case(manifest::NAME) {
        return Some("it is the name of the site's manifest");
    }
    None
}

/// Returns whether a path begins as `C:` does.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}
