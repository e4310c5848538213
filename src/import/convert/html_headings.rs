//! Turns headings that are written in HTML on lines of their own into headings of Markdown, so that they have a level and an id among the others.

use super::code;
use super::headings::is_id;
use super::tags::tag_at;

/// Converts the headings of a text.
pub fn html_headings(text: &str) -> String {
    let has_any = text
        .match_indices("<h")
        .chain(text.match_indices("<H"))
        .next();
    if has_any.is_none() {
        return text.to_owned();
    }
    let code = code::blocks(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        match heading(line.trim()).filter(|_| !code.contain(start)) {
            Some(heading) => {
                if !out.is_empty() && !out.ends_with("\n\n") {
                    out.push('\n');
                }
                out.push_str(&heading);
                out.push_str("\n\n");
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Returns the heading that a line is in HTML.
fn heading(line: &str) -> Option<String> {
    let tag = tag_at(line, 0)?;
    let name = tag.lower();
    let level: usize = name
        .strip_prefix('h')?
        .parse()
        .ok()
        .filter(|level| (1..=6).contains(level))?;
    let inner = &line[tag.range.end..];
    let end = inner.to_ascii_lowercase().find(&format!("</{name}>"))?;
    let is_whole = !tag.closes && end + name.len() + 3 == inner.len();
    let words = inner[..end].trim();
    let id = tag.get("id").filter(|id| is_id(id));
    let id = id.map(|id| format!(" {{#{id}}}")).unwrap_or_default();
    (is_whole && !words.is_empty()).then(|| format!("{} {words}{id}", "#".repeat(level)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_on_lines_of_their_own_become_markdown() {
        for (text, expected) in [
            (
                "a\n<h3 id=\"x\">B <i>c</i></h3>\nd\n",
                "a\n\n### B <i>c</i> {#x}\n\nd\n",
            ),
            ("<H1 align=center> T </H1>\n", "# T\n\n"),
            ("```\n<h2>a</h2>\n```\n", "```\n<h2>a</h2>\n```\n"),
            ("<h2>a</h2> b\n", "<h2>a</h2> b\n"),
            ("<hr>\n", "<hr>\n"),
        ] {
            assert_eq!(html_headings(text), expected, "{text}");
        }
    }
}
