//! Lines of a paragraph that begin as markup does.

use super::Slip;
use crate::model::blocks::BlockKind;
use crate::model::text::quoted;

/// What is known about a line beside its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'l> {
    /// Its text, without what the Markdown parser took off before it.
    pub text: &'l str,
    /// The next line of the paragraph; empty where it is the last one.
    pub next: &'l str,
    /// What it stands in.
    pub within: Within,
}

/// What a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// The page's own text.
    Page,
    /// A quotation, in which blocks are not read.
    Quotation,
}

/// Marks that word processors put before items of a list.
const BULLETS: [char; 9] = ['•', '◦', '▪', '▫', '●', '■', '‣', '⁃', '\u{f0b7}'];

/// Returns what a line was meant to be.
pub(crate) fn meant(line: Line<'_>) -> Option<Slip> {
    let text = line.text.trim_end();
    let words = text.trim_start();
    if words.len() < text.len() {
        return begins_with_space(text, words, line.within);
    }
    match text.chars().next()? {
        '#' => heading(text),
        '|' => table(text, line.next.trim()),
        ':' => fence(text, line.within),
        '!' | '?' => admonition(text),
        '[' if line.within == Within::Quotation => alert(text),
        bullet if bullet == '-' || BULLETS.contains(&bullet) => item(text, bullet),
        _ => None,
    }
}

fn whole(text: &str, message: String, help: String) -> Slip {
    Slip::new(0..text.len(), message, help)
}

/// What begins as markup does behind a space that cannot be broken: Markdown takes off all others.
fn begins_with_space(text: &str, words: &str, within: Within) -> Option<Slip> {
    let name = words.trim_start_matches(':').trim_start();
    let name = name.split([' ', '[', '{']).next().unwrap_or("");
    let signs = words.bytes().take_while(|byte| *byte == b'#').count();
    let is_meant = match words.chars().next()? {
        '#' => signs <= 6 && words[signs..].starts_with(' '),
        ':' => words.starts_with(":::") && (name.is_empty() || BlockKind::named(name).is_some()),
        '[' => within == Within::Quotation && words.starts_with("[!") && words.ends_with(']'),
        _ => false,
    };
    let message = format!(
        "`{}` is read as text: a space that cannot be broken stands before it",
        quoted(words)
    );
    is_meant.then(|| whole(text, message, "delete the space".into()).written(words))
}

/// `##Heading`, and `##` with a space that Markdown does not know.
fn heading(text: &str) -> Option<Slip> {
    let words = text.trim_start_matches('#');
    let level = text.len() - words.len();
    let first = words.chars().next()?;
    let is_other_space = first.is_whitespace() && !first.is_ascii_whitespace();
    // `#hashtag` is none; several signs with a letter right behind them are.
    if level > 6 || !(is_other_space || level > 1 && first.is_alphanumeric()) {
        return None;
    }
    let (signs, title) = (&text[..level], words.trim());
    let why = if is_other_space {
        "the space behind its signs is one that cannot be broken"
    } else {
        "there is no space behind its signs"
    };
    let message = format!("this heading is read as text: {why}");
    let help = format!("write `{signs} {}`", quoted(title));
    Some(whole(text, message, help).written(format!("{signs} {title}")))
}

/// Rows without the line of hyphens that makes a table of them, or with one that does not fit.
fn table(text: &str, next: &str) -> Option<Slip> {
    let columns = |row: &str| row.matches('|').count().saturating_sub(1);
    let is_row = |row: &str| row.len() > 2 && row.starts_with('|') && row.ends_with('|');
    if !is_row(text) || !is_row(next) || columns(text) < 2 {
        return None;
    }
    let is_rule = |row: &str| {
        row.contains("--")
            && row
                .chars()
                .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
    };
    if is_rule(next) {
        let message = format!(
            "this table is read as text: its first row has {} columns, and the line below it {}",
            columns(text),
            columns(next)
        );
        let help = "give both as many columns; a bar inside a cell is written `\\|`";
        return Some(whole(text, message, help.into()));
    }
    let message = "this table is read as text: the line below its headings is missing".into();
    let rule = format!("|{}", "---|".repeat(columns(text).min(8)));
    Some(whole(
        text,
        message,
        format!("write `{rule}` below the first row"),
    ))
}

/// Colons that open no block: too few of them, or in a quotation.
fn fence(text: &str, within: Within) -> Option<Slip> {
    let rest = text.trim_start_matches(':');
    let colons = text.len() - rest.len();
    let rest = rest.trim();
    let opens = rest.starts_with(|c: char| c.is_ascii_alphabetic());
    if colons == 2 && (opens || rest.is_empty()) {
        let message = "two colons are read as text: a block has three or more";
        let help = format!(
            "write `:::{}{}`",
            if opens { " " } else { "" },
            quoted(rest)
        );
        return Some(whole(text, message.into(), help));
    }
    let name = rest.split([' ', '[', '{']).next().unwrap_or("");
    if colons < 3 || within == Within::Page || BlockKind::named(name).is_none() {
        return None;
    }
    let message = format!("this `{name}` is read as text: blocks are not read in quotations");
    let help = "take the block out of the quotation, or write `> [!NOTE]` for a callout";
    Some(whole(text, message, help.into()))
}

/// A definition that begins with a colon and no space: the line was meant otherwise, and made the paragraph above a term. `source` begins with the colon.
pub(crate) fn definition(source: &str, within: Within) -> Option<Slip> {
    let line = source.lines().next().unwrap_or("").trim_end();
    let behind = line.strip_prefix(':')?;
    if behind.is_empty() || behind.starts_with(char::is_whitespace) {
        return None;
    }
    if behind.starts_with(':') {
        return fence(line, within);
    }
    let message =
        "this line is read as a definition of the paragraph above, since it begins with a colon";
    let help =
        "write a backslash before the colon, or a space behind it where a definition is meant";
    Some(whole(line, message.into(), help.into()))
}

/// `!!! tip "Title"` and `??? note`, as MkDocs has them.
fn admonition(text: &str) -> Option<Slip> {
    let rest = text
        .strip_prefix("!!!")
        .or_else(|| text.strip_prefix("???"))?;
    let rest = rest.trim_start_matches('+').strip_prefix(' ')?.trim();
    let (name, title) = rest.split_once(' ').unwrap_or((rest, ""));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let block = BlockKind::named(name).map_or("note", BlockKind::name);
    let title = title.trim_matches([' ', '"']);
    let title = if title.is_empty() {
        String::new()
    } else {
        format!(" [{}]", quoted(title))
    };
    let message = format!(
        "`{}` is read as text: blocks are written otherwise",
        quoted(text)
    );
    let help = format!("write `::: {block}{title}` before the text, and `:::` behind it");
    Some(whole(text, message, help))
}

/// `[!NOTE] Title`: the mark of an alert with more in its line, or with a word that is none.
fn alert(text: &str) -> Option<Slip> {
    const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];
    let (name, title) = text.strip_prefix("[!")?.split_once(']')?;
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-') {
        return None;
    }
    let title = title.trim_start_matches(['-', '+']).trim();
    let lower = name.to_lowercase();
    if title.is_empty() || !ALERTS.contains(&&*lower) {
        let message = format!("`[!{name}]` is read as text: no callout has that mark");
        let marks = ALERTS.map(|alert| format!("`[!{}]`", alert.to_uppercase()));
        let help = format!("the marks are {}", marks.join(", "));
        return Some(whole(text, message, help));
    }
    let block = if lower == "warning" {
        "caution"
    } else {
        &lower
    };
    let message = format!("`[!{name}]` is read as text: it must stand alone on its line");
    let help = format!(
        "write `::: {block} [{}]`, or leave the title out",
        quoted(title)
    );
    Some(whole(text, message, help))
}

/// Returns lines with a hyphen for each bullet that begins one; nothing where the first begins with none.
pub(crate) fn items(source: &str) -> Option<String> {
    let bullet = source.chars().next().filter(|c| BULLETS.contains(c))?;
    let line = |line: &str| {
        let text = line.trim_start();
        let (indent, words) = (&line[..line.len() - text.len()], text.strip_prefix(bullet));
        match words.filter(|words| words.starts_with(char::is_whitespace)) {
            Some(words) => format!(
                "{indent}- {}",
                words.trim_start_matches([' ', '\t', '\u{a0}'])
            ),
            None => line.to_owned(),
        }
    };
    Some(source.split_inclusive('\n').map(line).collect())
}

fn item(text: &str, bullet: char) -> Option<Slip> {
    let words = &text[bullet.len_utf8()..];
    // A hyphen with another space behind it is an item of a list already.
    if !words.starts_with(char::is_whitespace) || bullet == '-' && words.starts_with([' ', '\t']) {
        return None;
    }
    let message = if bullet == '-' {
        "this item is read as text: the space behind its hyphen is one that cannot be broken".into()
    } else {
        format!("`{bullet}` begins no item of a list: it is read as text")
    };
    let help = "begin each item with `- ` on a line of its own";
    let slip = whole(text, message, help.into());
    Some(slip.written(format!("- {}", words.trim_start())))
}

#[cfg(test)]
mod tests {
    use super::Within::{Page, Quotation};
    use super::*;

    fn message(text: &str, next: &str, within: Within) -> Option<String> {
        let slip = meant(Line { text, next, within })?;
        Some(format!("{}; {}", slip.message, slip.help))
    }

    #[test]
    fn all_bullets_of_a_list_become_hyphens() {
        for (source, expected) in [
            (
                "•\tone\n  • two\r\nand •\n",
                Some("- one\n  - two\r\nand •\n"),
            ),
            ("▪ one\n• two", Some("- one\n• two")),
            ("one\n• two", None),
        ] {
            assert_eq!(items(source).as_deref(), expected, "{source}");
        }
    }

    #[test]
    fn definitions_have_a_space_behind_their_colon() {
        for (source, within, is_meant) in [
            (":30 past\n", Page, true),
            (":smile: x", Page, true),
            (":: note [X]", Page, true),
            ("::: note", Quotation, true),
            (": a definition", Page, false),
            (":\ta definition", Page, false),
            (":", Page, false),
            (":::", Quotation, false),
        ] {
            let slip = definition(source, within);
            assert_eq!(slip.is_some(), is_meant, "{source}");
        }
    }

    #[test]
    fn lines_that_were_meant_as_markup_are_told_from_text() {
        for (text, next, within, expected) in [
            (
                "##Heading",
                "",
                Page,
                "no space behind its signs; write `## Heading`",
            ),
            (
                "##\u{a0}Heading",
                "",
                Page,
                "cannot be broken; write `## Heading`",
            ),
            (
                "#\u{202f}Heading",
                "",
                Page,
                "cannot be broken; write `# Heading`",
            ),
            (
                "| a | b |",
                "| c | d |",
                Page,
                "is missing; write `|---|---|` below",
            ),
            (
                "| a | b |",
                "|---|---|---|",
                Page,
                "has 2 columns, and the line below it 3;",
            ),
            (
                ":: note [X]",
                "",
                Page,
                "three or more; write `::: note [X]`",
            ),
            ("::", "", Page, "three or more; write `:::`"),
            ("::: note [X]", "", Quotation, "this `note` is read as text"),
            (
                "!!! tip \"Be calm\"",
                "",
                Page,
                "write `::: tip [Be calm]` before",
            ),
            ("???+ danger", "", Page, "write `::: note` before"),
            ("[!NOTE] Title", "", Quotation, "write `::: note [Title]`"),
            (
                "[!warning]- Title",
                "",
                Quotation,
                "write `::: caution [Title]`",
            ),
            (
                "[!INFO]",
                "",
                Quotation,
                "no callout has that mark; the marks are `[!NOTE]`",
            ),
            ("• one", "", Page, "begin each item with `- `"),
            (
                "-\u{a0}one",
                "",
                Page,
                "the space behind its hyphen is one that cannot be broken; begin each item",
            ),
            (
                "\u{a0}## H",
                "",
                Page,
                "`## H` is read as text: a space that cannot be broken stands before it; delete",
            ),
            ("\u{a0}::: note", "", Page, "`::: note` is read as text"),
            ("\u{a0}[!NOTE]", "", Quotation, "`[!NOTE]` is read as text"),
            ("\u{f0b7}\tone", "", Page, "begin each item with `- `"),
        ] {
            let found = message(text, next, within).unwrap_or_default();
            assert!(found.contains(expected), "{text}: {found}");
        }
        for (text, next, within) in [
            ("#hashtag", "", Page),
            ("#1 of 3", "", Page),
            ("####### seven", "", Page),
            ("##", "", Page),
            ("| a |", "", Page),
            ("| a | b |", "", Page),
            ("|x| is the size", "of x", Page),
            (": a definition", "", Page),
            ("::: note", "", Page),
            (":::", "", Quotation),
            ("::: nothing", "", Quotation),
            ("::1 is this machine", "", Page),
            ("!!! ", "", Page),
            ("!!! 3", "", Page),
            ("???", "", Page),
            ("What?", "", Page),
            ("[!NOTE] Title", "", Page),
            ("[x] done", "", Quotation),
            ("•one", "", Page),
            ("- one", "", Page),
            ("-one", "", Page),
            ("\u{a0}one", "", Page),
            ("\u{a0}[!NOTE]", "", Page),
            ("text", "", Page),
            ("", "", Page),
        ] {
            assert_eq!(message(text, next, within), None, "{text}");
        }
    }
}
