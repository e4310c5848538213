//! Paths of sources and of pages: always relative, always with `/`.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

use super::bytes;
use super::text::{is_hidden, is_unseen};

/// A path below `modules/`, with `/`, as it stands on disk.
#[derive(Clone)]
pub struct SourcePath {
    from_root: Arc<str>,
    is_index: bool,
}

/// The name of the page of a folder.
pub const INDEX: &str = "index.md";

/// The name of the page of a folder that has none of that name.
pub const README: &str = "README.md";

/// The folder that holds all sources, with its `/`.
const SOURCES: &str = "modules/";

impl SourcePath {
    /// Takes a path below `modules/`, with `/`.
    pub fn new(path: &str) -> Self {
        let name = path.rsplit('/').next();
        Self {
            from_root: [SOURCES, path].concat().into(),
            is_index: name == Some(INDEX),
        }
    }

    /// Takes the path of a file that is the page of its folder, whatever its name.
    pub fn page_of_folder(path: &str) -> Self {
        Self {
            is_index: true,
            ..Self::new(path)
        }
    }

    /// Returns the path below `modules/`.
    pub fn as_str(&self) -> &str {
        &self.from_root[SOURCES.len()..]
    }

    /// Returns the folder, empty at the top.
    pub fn folder(&self) -> &str {
        self.as_str()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }

    /// Returns the file's name.
    pub fn name(&self) -> &str {
        self.from_root.rsplit_once('/').map_or("", |(_, name)| name)
    }

    /// Returns the path from the root, as findings show it.
    pub fn from_root(&self) -> &str {
        &self.from_root
    }

    /// Returns whether this is the page of a module.
    pub fn is_module(&self) -> bool {
        self.is_index() && self.as_str().matches('/').count() == 1
    }

    /// Returns whether this is the page of a folder.
    pub fn is_index(&self) -> bool {
        self.is_index
    }
}

impl PartialEq for SourcePath {
    fn eq(&self, other: &Self) -> bool {
        self.from_root == other.from_root
    }
}

impl Eq for SourcePath {}

impl PartialOrd for SourcePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourcePath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.from_root.cmp(&other.from_root)
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

/// As the path below `modules/`, which it can be looked up by.
impl Hash for SourcePath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns the key under which file systems may take two paths for one: full case folding and one Unicode form.
///
/// Windows folds fewer letters than this, and macOS just these: `Straße` and `STRASSE`, `ﬁ` and `fi`, `Σ` and `ς` are one file there.
pub fn collision_key(path: &str) -> Cow<'_, str> {
    let changes = |byte: u8| !byte.is_ascii() || byte.is_ascii_uppercase();
    if !bytes::any(path.as_bytes(), changes) {
        return path.into();
    }
    // Folding what is taken apart, and composing what has been folded, gives a key that is its own key.
    let folded: String = path.nfd().default_case_fold().nfc().collect();
    folded.into()
}

/// What is wrong with a path that an author gave for a file of the site, or `None`.
pub fn unsafe_reason(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.len() > LONGEST_PATH {
        return Some("it is longer than 400 bytes");
    }
    if path.starts_with('/') || path.contains(':') {
        return Some("it is absolute");
    }
    if path.contains('\\') {
        return Some("it holds a backslash");
    }
    if path
        .chars()
        .any(|c| c.is_control() || is_unseen(c) || is_hidden(c))
    {
        return Some("it holds a character that cannot be seen");
    }
    if path.contains('%') {
        return Some("it holds a percent sign");
    }
    if path.chars().any(|c| "<>\"|?*".contains(c)) {
        return Some("it holds a character that Windows does not allow");
    }
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or("").to_lowercase();
        if part.is_empty() || part == "." {
            return Some("it holds an empty part");
        } else if part == ".." {
            return Some("it leads out of its folder");
        } else if is_device(&stem) {
            return Some("it is a name that Windows reserves");
        } else if part.ends_with(['.', ' ']) {
            return Some("a part of it ends with a dot or a space");
        } else if part.starts_with('.') {
            return Some("a part of it begins with a dot, which hides it");
        } else if part.len() > 200 {
            return Some("it is longer than 200 bytes");
        }
    }
    None
}

/// Bytes of the longest path: what SharePoint allows, and all but the oldest programs for Windows.
const LONGEST_PATH: usize = 400;

/// Returns whether Windows takes a file's name, in lower case and without ending, for a device.
fn is_device(stem: &str) -> bool {
    let is_port = |number: &str| matches!(number.chars().next(), Some('1'..='9' | '¹' | '²' | '³'));
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    port.is_some_and(|number| number.chars().count() == 1 && is_port(number))
        || matches!(stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
}

/// Returns the link from one page to another page or file of the site.
pub fn relative(from: &str, to: &str) -> String {
    let mut out = String::with_capacity(to.len() + 6);
    push_relative(&mut out, from, to);
    out
}

/// Appends the link from page `from` to `to`; both are paths from the site's top.
pub fn push_relative(out: &mut String, from: &str, to: &str) {
    let (mut from, mut to) = (from, to);
    while let Some(end) = memchr::memchr(b'/', from.as_bytes()) {
        let (folder, inner) = from.split_at(end + 1);
        let Some(below) = to.strip_prefix(folder) else {
            break;
        };
        (from, to) = (inner, below);
    }
    for _ in memchr::memchr_iter(b'/', from.as_bytes()) {
        out.push_str("../");
    }
    push_url(out, to);
}

/// Whether a byte stands in a URL's path as it is. `&` and `'` could, but not in HTML; `:` could, but what stands before it would look like a scheme.
const FITS_IN_URL: [bool; 256] = {
    let marks = b"/-._~!$()*+,;=@";
    let mut fits = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        fits[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < marks.len() {
        fits[marks[at] as usize] = true;
        at += 1;
    }
    fits
};

/// Appends a path with everything percent-encoded that a URL's path cannot hold.
pub fn push_url(out: &mut String, path: &str) {
    // Nearly always all of it fits, which is seen without a branch for each byte.
    if path
        .bytes()
        .fold(true, |fits, byte| fits & FITS_IN_URL[usize::from(byte)])
    {
        out.push_str(path);
        return;
    }
    let mut rest = path;
    // What comes before the byte is ASCII, so it ends at a character's boundary.
    while let Some(at) = rest
        .bytes()
        .position(|byte| !FITS_IN_URL[usize::from(byte)])
    {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let length = after.chars().next().map_or(1, char::len_utf8);
        let (encoded, after) = after.split_at(length);
        for byte in encoded.bytes() {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
        rest = after;
    }
    out.push_str(rest);
}

/// Returns the folder of a path, empty at the top, and its name.
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Joins a folder, which is empty at the top, and a name.
pub fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// Joins a relative link to the folder of a path, resolving `.` and `..`.
///
/// Returns `None` where the link leads above the top.
pub fn join(folder: &str, link: &str) -> Option<String> {
    let mut path = String::with_capacity(folder.len() + 1 + link.len());
    for part in folder.split('/').chain(link.split('/')) {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            name => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(name);
            }
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_go_up_only_as_far_as_needed() {
        for (from, to, expected) in [
            ("index.html", "a/b.html", "a/b.html"),
            ("a/b.html", "a/c.html", "c.html"),
            ("a/u/b.html", "a/c.html", "../c.html"),
            ("a/b.html", "topics/x.html", "../topics/x.html"),
            ("ab/x.html", "a/x.html", "../a/x.html"),
            ("a/b.html", "a/tŷ x.html", "t%C5%B7%20x.html"),
            ("a/b.html", "a/b#1 100%.pdf", "b%231%20100%25.pdf"),
        ] {
            assert_eq!(relative(from, to), expected, "{from} -> {to}");
        }
    }

    #[test]
    fn names_that_some_system_takes_for_one_have_one_key() {
        for (a, b) in [
            ("Straße.md", "STRASSE.md"),
            ("Straße.md", "straẞe.md"),
            ("ﬁ.md", "fi.md"),
            ("Σ.md", "ς.md"),
            ("ΐ.md", "ι\u{308}\u{301}.md"),
            ("\u{212a}.md", "k.md"),
            ("tŷ.md", "TY\u{302}.MD"),
        ] {
            assert_eq!(collision_key(a), collision_key(b), "{a} and {b}");
        }
        for (a, b) in [
            ("sınır.md", "sinir.md"),
            ("ty.md", "tŷ.md"),
            ("a'.md", "a’.md"),
        ] {
            assert_ne!(collision_key(a), collision_key(b), "{a} and {b}");
        }
    }

    #[test]
    fn join_never_leaves_the_top() {
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("a", "../../c.md"), None);
        assert_eq!(join("", "./x/../y"), Some("y".into()));
    }

    #[test]
    fn unsafe_paths_are_told_apart() {
        for path in [
            "",
            "/x",
            "a/../b",
            "c:\\x",
            "a\\b",
            "nul.html",
            "a/con",
            "x.",
            "a\0b",
            "%2e",
            "Com1.html",
            "lpt².html",
            "a/conout$",
            "..",
            "./a",
            "a//b",
            "a/",
            "a ",
            "a\u{7f}",
            ".git/hooks",
            "a/.b",
            "a\u{202e}b",
            "a\u{9b}b",
            "a\u{ffff}",
            "a\u{2028}b",
            "\u{feff}a",
            "a\u{200b}",
            "a\u{61c}",
            "a\u{e0041}",
            "a?b",
        ] {
            assert!(unsafe_reason(path).is_some(), "{path:?}");
        }
        let part = "a".repeat(200);
        for path in [
            "a/b.html",
            "tŷ/x-y_z.html",
            "old-name",
            "com0",
            "com10",
            "console",
            "می\u{200c}خواهم",
            &part,
        ] {
            assert!(unsafe_reason(path).is_none(), "{path:?}");
        }
        assert!(unsafe_reason(&format!("{part}a")).is_some(), "a long name");
        assert!(
            unsafe_reason(&format!("{part}/{part}")).is_some(),
            "a long path"
        );
    }
}
