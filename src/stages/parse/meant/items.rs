//! Items of lists that were meant to have a box, or words.

use super::Slip;

/// What the Markdown parser makes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// An item with a box.
    Box,
    /// An item without one.
    Plain,
}

/// Returns what an item was meant to be; `item` is its source.
pub(crate) fn meant(item: &str, read: Read) -> Option<Slip> {
    let marker = marker(item)?;
    let line = item[marker..].lines().next().unwrap_or("");
    let inner = item[marker..].trim();
    if inner.is_empty() || read == Read::Box && bare_box(inner) {
        let message = "this item has no words";
        let help = "write them, or delete the item";
        return Some(Slip::new(0..marker + line.trim_end().len(), message, help));
    }
    let text = line.trim_start();
    let at = marker + line.len() - text.len();
    let end = text.find(']').filter(|_| text.starts_with('['))?;
    let (inside, behind) = (&text[1..end], &text[end + 1..]);
    let range = at..at + end + 1;
    let is_cross = matches!(inside.trim(), "" | "x" | "X") && inside.len() < 6;
    let mark = if inside.trim().is_empty() {
        "[ ]"
    } else {
        "[x]"
    };
    if !is_cross || read == Read::Box {
        return None;
    }
    let written = &text[..=end];
    if behind.starts_with(['(', '[', ':', '{']) {
        return None;
    }
    let is_whole = matches!(inside, " " | "x" | "X");
    if is_whole && behind.starts_with([' ', '\t']) {
        let message = format!("the box `{written}` of this item is lost: a table begins behind it");
        let help = "write words behind the box, and the table below them, between empty lines";
        return Some(Slip::new(range, message, help));
    }
    if is_whole && !behind.is_empty() {
        let message = format!("`{written}` is read as text: there is no space behind it");
        let help = format!("write `{mark} ` before the words");
        return Some(Slip::new(range, message, help).written(format!("{mark} ")));
    }
    if is_whole || !behind.starts_with(' ') {
        return None;
    }
    let message = format!("`{written}` is read as text: it is no box");
    Some(Slip::new(range, message, format!("write `{mark}`")).written(mark))
}

/// Returns whether an item is its box and nothing else.
fn bare_box(inner: &str) -> bool {
    let behind = ["[ ]", "[x]", "[X]"]
        .iter()
        .find_map(|mark| inner.strip_prefix(mark));
    behind.is_some_and(|behind| behind.trim().is_empty())
}

/// Returns the length of an item's marker: a hyphen, or a number with its full stop.
fn marker(item: &str) -> Option<usize> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let mark = item[digits..].chars().next()?;
    let fits = match digits {
        0 => matches!(mark, '-' | '*' | '+'),
        _ => matches!(mark, '.' | ')'),
    };
    fits.then_some(digits + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Read::{Box, Plain};

    #[test]
    fn items_that_were_meant_otherwise_are_told_from_text() {
        for (item, read, expected) in [
            (
                "- [ x] a",
                Plain,
                "[ x]: `[ x]` is read as text: it is no box; write `[x]`",
            ),
            ("* [x ] a", Plain, "write `[x]`"),
            ("- [] a", Plain, "write `[ ]`"),
            ("1. [  ] a", Plain, "write `[ ]`"),
            ("- [x]a", Plain, "write `[x] ` before the words"),
            (
                "- [x] | a |\n  |---|\n",
                Plain,
                "[x]: the box `[x]` of this item is lost",
            ),
            ("- \n", Plain, "-: this item has no words"),
            ("-", Plain, "this item has no words"),
            ("- [ ]\n", Box, "- [ ]: this item has no words"),
        ] {
            let slip = meant(item, read).unwrap_or_else(|| panic!("{item}"));
            let found = format!("{}: {}; {}", &item[slip.range], slip.message, slip.help);
            assert!(found.contains(expected), "{item}: {found}");
        }
        for (item, read) in [
            ("- [x] a", Box),
            ("- [x] a\n  b", Box),
            ("- [x](y.md) a", Plain),
            ("- [](y.md)", Plain),
            ("- [x][y]", Plain),
            ("- [y] a", Plain),
            ("- `[ x]` a", Plain),
            ("- a", Plain),
            ("-\n  a", Plain),
            ("12) a", Plain),
        ] {
            assert_eq!(meant(item, read), None, "{item}");
        }
    }
}
