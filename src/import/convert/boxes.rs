//! Turns `<details>` with its `<summary>` into folds, and `<div class="warning">` and its kin into blocks.
//!
//! In: a text. Out: the text with `::: details [Summary]` or `::: warning`, and `:::`, on lines of their own, so that what stands between is Markdown. The
//! blocks' own pass makes ours of them.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::notes::Notes;
use super::code::Ranges;
use super::kinds::Kind;
use super::tags::{Tag, each, tag_at, without};
use super::{code, kinds};

const SUMMARY_END: &str = "</summary>";

/// Elements that are blocks where their class says which.
const CLASSED: [&str; 4] = ["div", "section", "aside", "article"];

/// Elements in which Markdown has no place for a block.
const TIGHT: [&str; 4] = ["table", "ul", "ol", "dl"];

/// Classes that say only that an element is a block of some kind.
const VAGUE: [&str; 4] = ["alert", "callout", "notice", "admonition"];

/// A tag that opens or closes a block.
struct Edge {
    tag: Tag,
    /// What the block is called.
    name: String,
    /// Whether it has its counterpart.
    is_paired: bool,
}

/// Converts all folds and classed elements of a text.
pub fn boxes(text: &str, notes: &mut Notes) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let code = code::all(text);
    let edges = edges(text, &code);
    // No summary ends behind this.
    let last = text.to_ascii_lowercase().rfind(SUMMARY_END).unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    // How deep HTML stands that follows an opening tag without a blank line: it is no code, however deep.
    let mut html_in: Option<usize> = None;
    for edge in &edges {
        let (tag, start) = (&edge.tag, edge.tag.range.start);
        if start < copied {
            continue;
        }
        let indent = indentation(text, start);
        let before = shallow(&text[copied..start], html_in.take());
        if tag.closes && !edge.is_paired {
            notes.taken_out(&text[tag.range.clone()], "it closes no fold");
            out.push_str(&before);
            copied = tag.range.end;
            continue;
        }
        if tag.closes {
            own_line(&mut out, &before, &indent, ":::");
            copied = resumed(text, tag.range.end, &indent, &mut out);
            continue;
        }
        let is_fold = edge.name == "details";
        let (title, end) = match is_fold {
            true => summary(text, tag.range.end, last),
            false => (tag.get("title").unwrap_or("").to_owned(), tag.range.end),
        };
        let opening = kinds::opening(&edge.name, &title, tag.get("id").unwrap_or(""));
        own_line(&mut out, &before, &indent, &opening);
        copied = resumed(text, end, &indent, &mut out);
        html_in = (text[end..copied].matches('\n').count() == 1).then_some(indent.len());
        if !edge.is_paired {
            notes.kept(
                &text[tag.range.clone()],
                "this fold is never closed: it ends where it begins",
            );
            out.push_str(&format!("{indent}:::\n"));
        }
        notes.did(match is_fold {
            true => "`<details>` became `::: details`",
            false => "elements with a class became blocks",
        });
    }
    out.push_str(&text[copied..]);
    out
}

/// Returns the tags that open and close folds, and those of classed elements that are closed.
fn edges(text: &str, code: &Ranges) -> Vec<Edge> {
    let mut found: Vec<Edge> = Vec::new();
    let mut open: HashMap<String, Vec<Option<usize>>> = HashMap::new();
    let mut tight = 0_usize;
    each(text, |tag| {
        let element = tag.lower();
        if code.contain(tag.range.start) {
            return;
        }
        if TIGHT.contains(&element.as_str()) {
            tight = if tag.closes {
                tight.saturating_sub(1)
            } else {
                tight + 1
            };
        }
        let is_fold = element == "details";
        if tag.is_empty || !is_fold && !CLASSED.contains(&element.as_str()) {
            return;
        }
        let opened = open.entry(element).or_default();
        if !tag.closes {
            let stands_free = tight == 0 && begins_line(text, tag.range.start);
            let name = match is_fold {
                true => Some("details".to_owned()),
                false => class(&tag).filter(|_| stands_free),
            };
            opened.push(name.as_ref().map(|_| found.len()));
            found.extend(name.map(|name| Edge {
                tag,
                name,
                is_paired: false,
            }));
            return;
        }
        match opened.pop() {
            Some(Some(opening)) => {
                found[opening].is_paired = true;
                let name = found[opening].name.clone();
                found.push(Edge {
                    tag,
                    name,
                    is_paired: true,
                });
            }
            None if is_fold => found.push(Edge {
                tag,
                name: "details".into(),
                is_paired: false,
            }),
            _ => {}
        }
    });
    found.retain(|edge| edge.is_paired || edge.name == "details");
    found
}

/// Returns the kind of block that an element's class says.
fn class(tag: &Tag) -> Option<String> {
    let classes = tag.get("class")?.split_whitespace();
    let kinds = classes.map(|class| {
        let kind = class
            .split_once('-')
            .filter(|(vague, _)| VAGUE.contains(vague));
        kind.map_or(class, |(_, kind)| kind)
    });
    let known: Vec<&str> = kinds
        .filter(|kind| {
            matches!(
                kinds::kind(kind),
                Some(Kind::Block(_) | Kind::Answer | Kind::Nudge)
            )
        })
        .collect();
    let plain = known.iter().find(|kind| !VAGUE.contains(kind));
    plain.or(known.first()).map(|kind| (*kind).to_owned())
}

/// Returns whether an offset is the first on its line that is no white space.
fn begins_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].trim().is_empty()
}

/// Returns HTML that stands in an element of some depth without the white space that would make code of it.
fn shallow(html: &str, depth: Option<usize>) -> Cow<'_, str> {
    let Some(depth) = depth else {
        return html.into();
    };
    let filled = || html.lines().filter(|line| !line.trim().is_empty());
    let depths = filled().map(|line| line.len() - line.trim_start_matches(' ').len());
    let least = depths.min().unwrap_or(0);
    if least < depth + 4 {
        return html.into();
    }
    let lines = html
        .split('\n')
        .map(|line| line.get(least - depth..).unwrap_or(line.trim_start()));
    lines.collect::<Vec<_>>().join("\n").into()
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
            (
                "<div class=\"warning\">\n\nMind *it*.\n\n</div>\n",
                "::: warning\n\nMind *it*.\n\n:::\n\n",
            ),
            (
                "<div class='alert alert-info' id=x title=\"T\">\n    <p>a</p>\n</div>\nb\n",
                "::: info [T] {#x}\n\n<p>a</p>\n\n:::\n\nb\n",
            ),
            (
                "<div class=\"exercise\">\n<div>\n<details>\n<summary>S</summary>\nb\n</details>\n</div>\n</div>\n",
                "::: exercise\n\n<div>\n\n::: details [S]\n\nb\n\n:::\n\n</div>\n\n:::\n\n",
            ),
            (
                "<div class=\"grid\">\na\n</div>\n",
                "<div class=\"grid\">\na\n</div>\n",
            ),
            ("<div class=\"note\">\na\n", "<div class=\"note\">\na\n"),
            (
                "<table><tr><td>\n<div class=\"note\">a</div>\n</td></tr></table>\n",
                "<table><tr><td>\n<div class=\"note\">a</div>\n</td></tr></table>\n",
            ),
        ] {
            let out = boxes(text, &mut Notes::default());
            assert_eq!(out, expected, "{text}");
        }
    }
}
