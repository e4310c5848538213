//! Tells prose from what is none though it stands in it: addresses, e-mail addresses, paths and names of files.
//!
//! In: a text, and stretches of it from left to right. Out: whether each is prose. A stretch that is all of an address is taken as prose: somebody named it.

use std::ops::Range;

use super::scripts::is_continuous;

/// A text, and what is known of the last word of it that was asked for.
///
/// A word is everything between two spaces. It is looked at once for all stretches in it, so that a word of a million letters costs no more than its length.
pub(super) struct Prose<'t> {
    text: &'t str,
    word: Range<usize>,
    /// The word without punctuation around it.
    bare: Range<usize>,
    is_address: bool,
}

impl<'t> Prose<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            word: 0..0,
            bare: 0..0,
            is_address: false,
        }
    }

    /// Returns whether a stretch is prose; it must not begin before one that was asked for earlier.
    pub fn holds(&mut self, stretch: &Range<usize>) -> bool {
        let last = self.text[stretch.clone()].char_indices().next_back();
        let last = last.map_or(stretch.start, |(at, _)| stretch.start + at);
        stands_plainly(self.text.as_bytes(), stretch)
            || self.holds_at(stretch.start, stretch) && self.holds_at(last, stretch)
    }

    /// Returns whether the part of a stretch is prose that lies in the word around the character at a place.
    fn holds_at(&mut self, at: usize, stretch: &Range<usize>) -> bool {
        if self.text[at..].starts_with(ends_word) {
            return true;
        }
        if !self.word.contains(&at) {
            self.look_at(at);
        }
        let is_whole = stretch.start <= self.bare.start && self.bare.end <= stretch.end;
        is_whole || !self.is_address
    }

    fn look_at(&mut self, at: usize) {
        let start = self.text[..at].rfind(ends_word).map_or(0, |before| {
            before + self.text[before..].chars().next().map_or(0, char::len_utf8)
        });
        let end = self.text[at..]
            .find(ends_word)
            .map_or(self.text.len(), |after| at + after);
        let word = &self.text[start..end];
        let unopened = word.trim_start_matches(opens);
        let bare = unopened.trim_end_matches(closes);
        self.word = start..end;
        let start = end - unopened.len();
        self.bare = start..start + bare.len();
        self.is_address = is_address(bare);
    }
}

/// Returns whether what stands around a stretch up to the next spaces cannot make an address of it, as far as a quick look tells.
///
/// Nearly every stretch stands so, and to look at its words takes ten times as long.
fn stands_plainly(text: &[u8], stretch: &Range<usize>) -> bool {
    let is_plain = |bytes: &[u8]| !bytes.iter().any(|byte| makes_address(*byte));
    let before = &text[stretch.start.saturating_sub(NEAR)..stretch.start];
    let space = before.iter().rposition(u8::is_ascii_whitespace);
    let before = space
        .map(|space| &before[space..])
        .or((before.len() < NEAR).then_some(before));
    let after = &text[stretch.end..text.len().min(stretch.end + NEAR)];
    let space = after.iter().position(u8::is_ascii_whitespace);
    let after = space
        .map(|space| &after[..space])
        .or((after.len() < NEAR).then_some(after));
    // A full stop at the end makes none.
    let after = after.map(|after| after.strip_suffix(b".").unwrap_or(after));
    before.is_some_and(is_plain) && after.is_some_and(is_plain)
}

/// How many bytes a quick look goes.
const NEAR: usize = 32;

/// Returns whether some address has such a byte: hardly any other word has one.
fn makes_address(byte: u8) -> bool {
    matches!(byte, b'.' | b'/' | b'\\' | b'@' | b':')
}

/// Returns whether a character stands in no address, so that one ends before it.
fn ends_word(c: char) -> bool {
    match c {
        '<' | '>' | '"' | '|' => true,
        c if c.is_ascii() => c.is_ascii_whitespace(),
        '“'
        | '”'
        | '„'
        | '«'
        | '»'
        | '—'
        | '–'
        | '…'
        | '\u{3000}'..='\u{303f}'
        | '\u{ff01}'..='\u{ff65}' => true,
        c => c.is_whitespace() || is_continuous(c),
    }
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '\'' | '‘' | '’' | '*')
}

fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '\'' | '‘' | '’' | '*' | '.' | ',' | ';' | ':' | '!' | '?'
    )
}

/// Returns whether a word leads somewhere instead of saying something.
fn is_address(word: &str) -> bool {
    word.bytes().any(makes_address)
        && (word.contains("://") || begins(word, "mailto:") || is_mailbox(word) || is_path(word))
}

/// Returns whether a word is a mailbox at a host.
fn is_mailbox(word: &str) -> bool {
    let host = word
        .split_once('@')
        .map(|(name, host)| (name.is_empty(), host));
    host.is_some_and(|(is_nameless, host)| !is_nameless && host.contains('.'))
}

/// Returns whether a word is a path, the name of a file, or a host with or without a path.
fn is_path(word: &str) -> bool {
    if is_windows_path(word)
        || ["/", "./", "../", "~/", "@/"]
            .iter()
            .any(|start| word.len() > start.len() && word.starts_with(start))
    {
        return true;
    }
    let path = word.split(['?', '#']).next().unwrap_or(word);
    let first = path.split('/').next().unwrap_or(path);
    let last = path.rsplit('/').next().unwrap_or(path);
    let slashes = path.bytes().filter(|byte| *byte == b'/').count();
    // `and/or` and `his/her/their` are prose, and so is `a/ b`.
    let is_nested = slashes > 1
        && (last.is_empty()
            || path
                .bytes()
                .any(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.')));
    is_nested || is_file(last) || is_host(first)
}

fn is_windows_path(word: &str) -> bool {
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('\\') {
        let from = before.chars().next_back();
        let goes_down = from.is_none_or(|c| c.is_alphanumeric() || matches!(c, ':' | '.' | '\\'));
        if goes_down && after.starts_with(|c: char| c.is_alphanumeric() || c == '\\') {
            return true;
        }
        rest = after;
    }
    false
}

/// Returns whether a word is the name of a file: with an ending that is known, since a full stop without a space behind it also looks like one.
fn is_file(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "7z", "avi", "avif", "bak", "bat", "bmp", "cfg", "conf", "cpp", "css", "csv", "dll", "doc",
        "docm", "docx", "dotx", "eml", "epub", "exe", "gif", "gz", "htm", "html", "ico", "ics",
        "ini", "ipynb", "jpeg", "jpg", "js", "json", "log", "m4a", "markdown", "md", "mjs", "mov",
        "mp3", "mp4", "msi", "odp", "ods", "odt", "ogg", "pdf", "php", "png", "ppt", "pptx", "ps1",
        "py", "rs", "rtf", "sh", "sql", "svg", "tar", "tex", "tif", "tiff", "toml", "ts", "tsv",
        "txt", "vtt", "wav", "webm", "webp", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip",
    ];
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Returns whether a word names a host, perhaps with a port.
fn is_host(word: &str) -> bool {
    /// Where most of the world's hosts are that have one full stop in their name. Others are known by `www.` or by a second one.
    const TOPS: [&str; 13] = [
        "com", "cymru", "edu", "eu", "gov", "ie", "info", "int", "net", "org", "scot", "uk",
        "wales",
    ];
    let (host, port) = word
        .split_once(':')
        .map_or((word, None), |(host, port)| (host, Some(port)));
    if port.is_some_and(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
        && begins(host, "localhost")
    {
        return true;
    }
    let fits = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let Some((before, top)) = host.rsplit_once('.') else {
        return false;
    };
    let is_top = top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_known = TOPS.iter().any(|known| top.eq_ignore_ascii_case(known));
    // Words without a space between them, as in `end.Next.one`, have capitals, and abbreviations such as `e.g.` single letters.
    let is_deep = before.contains('.')
        && !host.bytes().any(|byte| byte.is_ascii_uppercase())
        && host.split('.').all(|label| label.len() > 1);
    is_top && host.split('.').all(fits) && (is_known || is_deep || begins(host, "www."))
}

fn begins(word: &str, start: &str) -> bool {
    word.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, words: &str) -> bool {
        let start = text.find(words).expect("the words stand in the text");
        Prose::new(text).holds(&(start..start + words.len()))
    }

    #[test]
    fn addresses_paths_and_names_of_files_are_no_prose() {
        for text in [
            "see https://example.org/empathy/x",
            "(http://x.uk/?q=empathy).",
            "HTTPS://EXAMPLE.ORG/empathy",
            "ftp://host/empathy",
            "www.example.org/empathy",
            "write to empathy@example.org",
            "write to team.empathy@mail.example.org, please",
            "mailto:empathy@host",
            "in modules/01-calls/empathy.md",
            "in modules/empathy/",
            "/srv/empathy",
            "./empathy",
            "../empathy",
            "~/empathy",
            "@/empathy",
            "C:\\Users\\empathy",
            "\\\\server\\empathy\\x",
            "empathy.md",
            "(empathy.docx)",
            "empathy-notes.PDF",
            "Empathy_2026.tar.gz",
            "index.html#empathy",
            "x.md?empathy",
            "empathy.org.uk",
            "empathy.org",
            "gov.uk/empathy",
            "localhost:1111/empathy",
            "one.two.three/empathy",
            "01/empathy/02",
            "詳しくはhttps://example.jp/empathyをご覧ください",
        ] {
            let words = if text.contains("Empathy") {
                "Empathy"
            } else {
                "empathy"
            };
            assert!(!holds(text, words), "{text}");
        }
        assert!(!holds("the duty to report.pdf", "duty to report"));
        assert!(!holds("see example.org/duty to report", "duty to report"));
    }

    #[test]
    fn what_only_looks_like_an_address_is_prose() {
        for text in [
            "empathy",
            "empathy.",
            "sympathy/empathy",
            "sympathy/empathy/care",
            "sympathy/ empathy/ care",
            "(empathy)",
            "empathy...",
            "It ends.empathy begins",
            "no space.Then empathy.Next",
            "e.g.empathy",
            "empathy: a start",
            "10:30 empathy",
            "@empathy",
            "#empathy",
            "say \\\"empathy\\\"",
            "https://example.org/ empathy",
            "<https://example.org/>empathy",
            "x.md—empathy",
            "共感empathyを",
        ] {
            assert!(holds(text, "empathy"), "{text}");
        }
        for name in [
            "gov.uk",
            "GOV.UK",
            "Node.js",
            "www.example.org",
            "x@example.org",
        ] {
            assert!(holds(&format!("ask ({name}), now"), name), "{name}");
        }
        assert!(!holds("ask gov.uk/x", "gov.uk"));
    }

    #[test]
    fn a_word_without_end_is_looked_at_once_for_all_stretches_in_it() {
        let text = "empathy,".repeat(200_000) + "x.md";
        let mut prose = Prose::new(&text);
        let mut looked_at = 0;
        for (at, words) in text.match_indices("empathy") {
            let before = prose.word.clone();
            assert!(!prose.holds(&(at..at + words.len())));
            looked_at += usize::from(prose.word != before);
        }
        assert_eq!(looked_at, 1);
    }

    #[test]
    fn several_stretches_of_one_word_are_told_alike() {
        let text = "x/empathy/y.md, empathy and empathy.md empathy";
        let mut prose = Prose::new(text);
        let held: Vec<bool> = text
            .match_indices("empathy")
            .map(|(at, words)| prose.holds(&(at..at + words.len())))
            .collect();
        assert_eq!(held, [false, true, false, true]);
    }
}
