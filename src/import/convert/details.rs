//! Turns `<details>` with its `<summary>` into folds.
//!
//! In: a text. Out: the text with `::: details [Summary]` and `:::` on lines of their own, so that what stands between is Markdown.

use super::super::notes::Notes;
use super::code::Ranges;
use super::tags::{Tag, each, tag_at, without};
use super::{code, kinds};

const SUMMARY_END: &str = "</summary>";

/// Converts all folds of a text.
pub fn details(text: &str, notes: &mut Notes) -> String {
    if !["<details", "</details", "<DETAILS"]
        .iter()
        .any(|tag| text.contains(tag))
    {
        return text.to_owned();
    }
    let code = code::all(text);
    let folds = folds(text, &code);
    // No summary ends behind this.
    let last = text.to_ascii_lowercase().rfind(SUMMARY_END).unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (tag, closed) in &folds {
        let start = tag.range.start;
        if start < copied {
            continue;
        }
        let indent = indentation(text, start);
        if tag.closes && !closed {
            notes.taken_out(&text[tag.range.clone()], "it closes no fold");
            out.push_str(&text[copied..start]);
            copied = tag.range.end;
            continue;
        }
        if tag.closes {
            own_line(&mut out, &text[copied..start], &indent, ":::");
            copied = resumed(text, tag.range.end, &indent, &mut out);
            continue;
        }
        let (title, end) = summary(text, tag.range.end, last);
        own_line(
            &mut out,
            &text[copied..start],
            &indent,
            &kinds::opening("details", &title, tag.get("id").unwrap_or("")),
        );
        copied = resumed(text, end, &indent, &mut out);
        if !closed {
            notes.kept(
                &text[tag.range.clone()],
                "this fold is never closed: it ends where it begins",
            );
            out.push_str(&format!("{indent}:::\n"));
        }
        notes.did("`<details>` became `::: details`");
    }
    out.push_str(&text[copied..]);
    out
}

/// Returns the tags that open and close folds, and whether each has its counterpart.
fn folds(text: &str, code: &Ranges) -> Vec<(Tag, bool)> {
    let mut found: Vec<(Tag, bool)> = Vec::new();
    let mut open = Vec::new();
    each(text, |tag| {
        if tag.lower() != "details" || code.contain(tag.range.start) {
            return;
        }
        if !tag.closes {
            open.push(found.len());
            found.push((tag, false));
        } else {
            let opening = open.pop();
            if let Some(opening) = opening {
                found[opening].1 = true;
            }
            found.push((tag, opening.is_some()));
        }
    });
    found
}

/// Returns the words of the summary behind a fold's opening tag, and where it ends.
fn summary(text: &str, from: usize, last: usize) -> (String, usize) {
    let rest = &text[from..];
    let start = from + rest.len() - rest.trim_start().len();
    let Some(tag) = tag_at(text, start).filter(|tag| tag.lower() == "summary" && !tag.closes)
    else {
        return (String::new(), from);
    };
    let inner = &text[tag.range.end..];
    let end = (tag.range.end <= last)
        .then(|| inner.find(SUMMARY_END).or_else(|| inner.find("</SUMMARY>")));
    let Some(length) = end.flatten() else {
        return (String::new(), from);
    };
    let title = without(&inner[..length]);
    let title = title.trim_matches(['#', ' ']);
    (title.to_owned(), tag.range.end + length + SUMMARY_END.len())
}

/// Returns the white space before the line on which an offset stands.
fn indentation(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..at];
    line[..line.len() - line.trim_start().len()].to_owned()
}

/// Writes what stands before a tag, and the line that takes its place.
fn own_line(out: &mut String, before: &str, indent: &str, line: &str) {
    out.push_str(before.trim_end_matches([' ', '\t']));
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    out.push_str(indent);
    out.push_str(line);
    out.push_str("\n\n");
}

/// Returns where the text behind a tag goes on; what stands on the tag's own line is text at the same depth.
fn resumed(text: &str, end: usize, indent: &str, out: &mut String) -> usize {
    let at = after(text, end);
    if !text[end..at].contains('\n') {
        out.push_str(indent);
    }
    at
}

/// Returns where the text behind a tag goes on: on its own line, or on the next that is not blank.
fn after(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let mut at = end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if !text[at..].starts_with('\n') {
        return at;
    }
    at += 1;
    for line in text[at..].split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_stand_on_lines_of_their_own() {
        for (text, expected) in [
            (
                "a\n<details>\n<summary>More <b>x</b></summary>\nb\n</details>\nc\n",
                "a\n\n::: details [More x]\n\nb\n\n:::\n\nc\n",
            ),
            (
                "<details><summary>T</summary>b</details>",
                "::: details [T]\n\nb\n\n:::\n\n",
            ),
            ("a\n</details>\n", "a\n\n"),
            ("`<details>`\n", "`<details>`\n"),
            ("<details>\n", "::: details\n\n:::\n"),
        ] {
            let out = details(text, &mut Notes::default());
            assert_eq!(out, expected, "{text}");
        }
    }
}
