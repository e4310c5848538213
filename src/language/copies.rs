//! Knows the names that systems give to copies of files and folders.
//!
//! In: a name without its ending. Out: the names that the original may have. Whether it is there is for others to see.

/// What stands behind or before the name of a copy: systems write it in the language of whoever uses them, which need not be the curriculum's.
const MARKS: [&str; 9] = [
    "copy",
    "kopie",
    "copie",
    "copia",
    "c\u{f3}pia",
    "kopia",
    "kopi",
    "kopio",
    "copi",
];

/// What stands before the name, behind the mark.
const LINKS: [&str; 8] = [
    " of ", " von ", " van ", " de ", " di ", " av ", " af ", " o ",
];

/// Returns what the original of a copy may be called: by one number less, and by no mark at all.
pub fn originals(name: &str) -> [Option<&str>; 2] {
    let unnumbered = without_number(name);
    let bare = unnumbered.unwrap_or(name);
    [unnumbered, without_mark(bare)]
}

/// Returns a name without ` (2)` at its end.
fn without_number(name: &str) -> Option<&str> {
    let (before, number) = name.strip_suffix(')')?.rsplit_once(" (")?;
    is_number(number).then_some(before)
}

/// Returns a name without ` - Copy`, ` copy` or ` copy 2` at its end, or `Copy of ` at its start.
fn without_mark(name: &str) -> Option<&str> {
    let counted = name.rsplit_once(' ');
    let uncounted = match counted {
        Some((before, number)) if is_number(number) => before,
        _ => name,
    };
    if let Some((before, last)) = uncounted.rsplit_once(' ')
        && is_mark(last)
    {
        return Some(before.strip_suffix(" -").unwrap_or(before));
    }
    let (first, _) = name.split_once(' ')?;
    let rest = &name[first.len()..];
    let original = LINKS.iter().find_map(|link| rest.strip_prefix(link));
    original.filter(|_| is_mark(first))
}

fn is_mark(word: &str) -> bool {
    MARKS.iter().any(|mark| word.to_lowercase() == *mark)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        for (name, expected) in [
            ("01-x", [None, None]),
            ("copy", [None, None]),
            ("01-the copy desk", [None, None]),
            ("01-x (1)", [Some("01-x"), None]),
            ("01-x - Copy", [None, Some("01-x")]),
            ("01-x - Copy (2)", [Some("01-x - Copy"), Some("01-x")]),
            ("01-x copy", [None, Some("01-x")]),
            ("01-x copy 3", [None, Some("01-x")]),
            ("01-x - C\u{f3}pia", [None, Some("01-x")]),
            ("Copy of 01-x", [None, Some("01-x")]),
            ("Kopie van 01-x", [None, Some("01-x")]),
            ("01-x ()", [None, None]),
            ("01-x (a)", [None, None]),
            ("01-x 2", [None, None]),
        ] {
            assert_eq!(originals(name), expected, "{name}");
        }
    }
}
