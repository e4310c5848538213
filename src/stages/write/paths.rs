//! Which paths may be written below the output folder.

use camino::{Utf8Component, Utf8Path};

/// Name of the manifest in the output folder.
pub(super) const NAME: &str = ".throughline-manifest";
/// Its name while it is written.
pub(super) const UNFINISHED: &str = ".throughline-manifest.new";

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
    if [NAME, UNFINISHED]
        .iter()
        .any(|name| path.eq_ignore_ascii_case(name))
    {
        return Some("it is the name of the site's manifest");
    }
    None
}

/// Returns whether a path begins as `C:` does.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// Returns the link from a folder to another one, as [`super::link_between`] says. Both paths are absolute and resolved.
pub(super) fn link_between(from: &Utf8Path, to: &Utf8Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut link = if common == 0 {
        "file:///".to_owned()
    } else {
        "../".repeat(from.len() - common)
    };
    for part in &to[common..] {
        if *part != Utf8Component::RootDir {
            push_encoded(&mut link, part.as_str().trim_start_matches(r"\\?\"));
            link.push('/');
        }
    }
    link
}

/// Appends a folder's name with everything encoded that means something in an address.
fn push_encoded(link: &mut String, name: &str) {
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn links_between_folders_go_up_to_what_they_share() {
        for (from, to, expected) in [
            ("/w/reports", "/w/public", "../public/"),
            ("/w/reports", "/srv/a b/#1", "../../srv/a%20b/%231/"),
            ("/w/out/reports", "/w/public", "../../public/"),
            ("/w/reports", "/w/t\u{177}", "../t%C5%B7/"),
        ] {
            let link = link_between(Utf8Path::new(from), Utf8Path::new(to));
            assert_eq!(link, expected, "{from} -> {to}");
        }
    }
}
