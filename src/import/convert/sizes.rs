//! Brings sizes that stand inside an image's Markdown behind it: `![a](b.png =300x200)`, `![a|300](b.png)`.
//!
//! In: a text. Out: the text with `![a](b.png){width=300 height=200}`. The first form is no image for other readers of Markdown.

use super::super::notes::Notes;
use super::attributes::{measure, written};
use super::code;

/// An image's Markdown is no longer, in bytes.
const LONGEST: usize = 4096;

/// Converts the sizes of a text's images.
pub fn sizes(text: &str, notes: &mut Notes) -> String {
    let has_one = |mark: &str| text.contains(mark);
    if !has_one("![") || !(has_one(" =") || has_one("|")) {
        return text.to_owned();
    }
    let code = code::all(text);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, _) in text.match_indices("![") {
        if at < copied || code.contain(at) {
            continue;
        }
        if let Some((image, length)) = image(&text[at..]) {
            out.push_str(&text[copied..at]);
            out.push_str(&image);
            copied = at + length;
            notes.did("sizes inside the Markdown of images came behind them");
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Writes the image at the start of a text with its size behind it, and says how many bytes it took; nothing where it has no size.
fn image(text: &str) -> Option<(String, usize)> {
    let line = text.lines().next()?;
    let end = (0..=line.len().min(LONGEST)).rev();
    let mut ends = end.filter(|end| line.is_char_boundary(*end));
    let line = &line[..ends.next()?];
    let middle = line.find("](")?;
    let words = line.get(2..middle).filter(|words| !words.contains("]["))?;
    let inner = &line[middle + 2..];
    let end = closing(inner)?;
    let inner = &inner[..end];
    let length = middle + 2 + end + 1;
    let (words, from_words) = match words.rsplit_once('|') {
        Some((words, given)) => match measures(given.trim()) {
            // In a table the line between cells is written with a backslash.
            Some(measures) => (words.trim_end_matches('\\').trim_end(), Some(measures)),
            None => (words, None),
        },
        None => (words, None),
    };
    let mut address = inner.to_owned();
    let mut from_address = None;
    for (at, _) in inner.match_indices(" =") {
        let given = &inner[at + 2..];
        let stop = given.find(' ').unwrap_or(given.len());
        let has_title = inner[..at].contains(['"', '\'']);
        let is_last = given[stop..].trim().is_empty();
        if let Some(measures) = measures(&given[..stop])
            && given[..stop].contains('x')
            && (is_last || !has_title)
        {
            from_address = Some(measures);
            address = format!("{}{}", inner[..at].trim_end(), &given[stop..]);
            break;
        }
    }
    let size = from_address.or(from_words)?;
    Some((format!("![{words}]({}){{{size}}}", address.trim()), length))
}

/// Returns where the bracket stands that closes an address, outside of its title.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quote = !quote,
            '(' if !quote => depth += 1,
            ')' if !quote && depth == 0 => return Some(at),
            ')' if !quote => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Reads `300`, `300x200`, `300x` and `x200`.
fn measures(text: &str) -> Option<String> {
    let (width, height) = text.split_once('x').unwrap_or((text, ""));
    // A star stands for whatever fits.
    let number = |value: &str| match value {
        "" | "*" => Some(None),
        value if value.starts_with(|c: char| c.is_ascii_digit()) => measure(value).map(Some),
        _ => None,
    };
    written(number(width)?, number(height)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_behind_their_image_and_nothing_else_changes() {
        for (text, expected) in [
            ("![a](b.png =300x200)", "![a](b.png){width=300 height=200}"),
            ("x ![a](b.png =300x) y", "x ![a](b.png){width=300} y"),
            ("![a](b.png =x200)", "![a](b.png){height=200}"),
            ("![a](b.png =50%x*)", "![a](b.png){width=50%}"),
            ("![a](b.png =50%x20%)", "![a](b.png){width=50%}"),
            (
                "![a](b.png \"T (1)\" =3x4)",
                "![a](b.png \"T (1)\"){width=3 height=4}",
            ),
            (
                "![a](b.png =3x4 \"T\")",
                "![a](b.png \"T\"){width=3 height=4}",
            ),
            ("![a|300](b.png)", "![a](b.png){width=300}"),
            ("| ![a\\|300](b.png) |", "| ![a](b.png){width=300} |"),
            ("![|300x200](b.png)", "![](b.png){width=300 height=200}"),
            (
                "[![a](b.png =3x4)](c.md)",
                "[![a](b.png){width=3 height=4}](c.md)",
            ),
        ] {
            assert_eq!(sizes(text, &mut Notes::default()), expected, "{text}");
        }
        for same in [
            "`![a](b.png =300x200)`",
            "    ![a](b.png =300x200)",
            "[a](b.png =300x200)",
            "![a](b.png \"so =3x4 is\")",
            "![this|that](b.png)",
            "![a|b|x](b.png)",
            "![a](b.png =axb)",
            "![a](b.png =300x200",
            "![a] and (b =3x4)",
        ] {
            assert_eq!(sizes(same, &mut Notes::default()), same);
        }
    }
}
