//! Gives headings and paragraphs the ids that stand on lines of their own beside them: `{: #id}`, as kramdown and Python-Markdown have it.
//!
//! In: a text whose blocks are converted. Out: the text with `## Heading {#id}`, and an anchor before a paragraph. Lines without an id stay.

use super::super::notes::Notes;
use super::code;
use super::headings::is_id;

/// Converts the ids of a text.
pub fn anchors(text: &str, notes: &mut Notes) -> String {
    if !text.contains("{:") {
        return text.to_owned();
    }
    let code = code::blocks(text);
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut at = 0;
    let mut gone = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        let start = at;
        at += line.len() + 1;
        let Some((id, is_all)) = id_of(line).filter(|_| !code.contain(start)) else {
            continue;
        };
        if !give(&mut lines, number, id) {
            continue;
        }
        notes.did("`{: #id}` became ids");
        if !is_all {
            notes.taken_out(line, "classes of other tools have no meaning here");
        }
        gone.push(number);
    }
    for number in gone.into_iter().rev() {
        lines.remove(number);
    }
    lines.join("\n")
}

/// Reads `{: #id .class}`: the id, and whether the line holds nothing else.
fn id_of(line: &str) -> Option<(&str, bool)> {
    let inner = line.trim().strip_prefix("{:")?.strip_suffix('}')?;
    let mut parts = inner.split_whitespace();
    let id = parts.find_map(|part| part.strip_prefix('#'))?;
    is_id(id).then_some((id, inner.split_whitespace().count() == 1))
}

/// Gives an id to what stands right above a line, or else right below it; returns whether it can have one.
fn give(lines: &mut [String], number: usize, id: &str) -> bool {
    let is_filled = |at: usize| lines.get(at).is_some_and(|line| !line.trim().is_empty());
    let above = number > 0 && is_filled(number - 1);
    let at = match (above, is_filled(number + 1)) {
        (true, _) => number - 1,
        (false, true) => number + 1,
        (false, false) => return false,
    };
    let line = lines[at].trim();
    if is_heading(line) {
        return named(&mut lines[at], id);
    }
    // The line under a heading's words.
    let is_rule = |mark: char| line.chars().all(|c| c == mark);
    if above && (is_rule('=') || is_rule('-')) && at > 0 && is_filled(at - 1) {
        return named(&mut lines[at - 1], id);
    }
    let mut first = at;
    while above && first > 0 && is_filled(first - 1) {
        first -= 1;
    }
    let line = &lines[first];
    let is_paragraph = line
        .starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '_' | '[' | '"' | '“'))
        && !line.starts_with("* ")
        && !line.starts_with("[^");
    if is_paragraph {
        lines[first].insert_str(0, &format!("<a id=\"{id}\"></a>"));
    }
    is_paragraph
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ')
}

/// Writes an id behind a heading's words; returns whether it had none.
fn named(line: &mut String, id: &str) -> bool {
    let is_free = !line.trim_end().ends_with('}');
    if is_free {
        let end = line.trim_end().len();
        line.truncate(end);
        line.push_str(&format!(" {{#{id}}}"));
    }
    is_free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_on_lines_of_their_own_come_to_what_they_name() {
        for (text, expected) in [
            ("## Head\n{: #a}\n\nb\n", "## Head {#a}\n\nb\n"),
            ("Head\n====\n{: #a .x}\n", "Head {#a}\n====\n"),
            ("{: #a}\n## Head\n", "## Head {#a}\n"),
            ("one\ntwo\n{: .x #a}\n", "<a id=\"a\"></a>one\ntwo\n"),
            ("{:#a}\none\n", "<a id=\"a\"></a>one\n"),
            ("- one\n{: #a}\n", "- one\n{: #a}\n"),
            ("one\n{: .x}\n", "one\n{: .x}\n"),
            ("```\na\n{: #a}\n```\n", "```\na\n{: #a}\n```\n"),
            ("{: #a}\n", "{: #a}\n"),
        ] {
            assert_eq!(anchors(text, &mut Notes::default()), expected, "{text}");
        }
    }
}
