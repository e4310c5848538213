//! Turns the blocks of other tools into ours, line by line.
//!
//! In: a text whose folds are converted. Out: the text with `!!! note`, `:::tip`, `> [!NOTE] Title`, Pandoc's divs, kramdown's classes and tabs as blocks that
//! begin and end on lines of their own. What stands in code stays.

use super::super::notes::Notes;
use super::kinds::{self, Kind};
use super::{code, openings, quiz};

/// Blocks inside each other deeper than this stay as they are.
const DEEPEST: usize = 12;

/// More blocks inside each other than this are no blocks: our parser reads 32.
const MOST: usize = 28;

/// Converts the blocks of a text.
pub fn blocks(text: &str, notes: &mut Notes) -> String {
    let mut blocks = Blocks {
        notes,
        open: Vec::new(),
    };
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    blocks.convert(text, 0, &mut out);
    out
}

/// A block that is open.
#[derive(Debug, Clone)]
struct Open {
    /// The name of ours, or nothing where its fences go.
    name: Option<&'static str>,
    /// The white space before its opening line: before its end stands the same, wherever other tools let it stand.
    indent: String,
}

/// The opening line of a block of ours.
struct Opening {
    name: &'static str,
    title: String,
    /// Empty for none.
    id: String,
}

struct Blocks<'n> {
    notes: &'n mut Notes,
    open: Vec<Open>,
}

/// The lines of a text, with where each starts.
struct Lines<'t> {
    list: Vec<&'t str>,
    starts: Vec<usize>,
    /// Lines of colons alone, by number.
    closers: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let mut lines = Self {
            list: Vec::new(),
            starts: Vec::new(),
            closers: Vec::new(),
        };
        let mut at = 0;
        for line in text.split('\n') {
            let body = line.trim();
            if body.len() > 2 && body.bytes().all(|byte| byte == b':') {
                lines.closers.push(lines.list.len());
            }
            lines.list.push(line);
            lines.starts.push(at);
            at += line.len() + 1;
        }
        if lines.list.last() == Some(&"") {
            lines.list.pop();
        }
        lines
    }

    /// Returns the lines from `from` on that are blank or indented by `width`, without it and without blank ones at the end; and where they end.
    fn indented(&self, from: usize, width: usize) -> (String, usize) {
        let mut end = from;
        let mut inner: Vec<&str> = Vec::new();
        let mut filled = 0;
        while let Some(line) = self.list.get(end) {
            if line.trim().is_empty() {
                inner.push("");
            } else if let Some(line) = dedented(line, width) {
                inner.push(line);
                filled = inner.len();
            } else {
                break;
            }
            end += 1;
        }
        inner.truncate(filled);
        let mut text = inner.join("\n");
        text.push('\n');
        (text, from + filled)
    }

    /// Returns the lines of the quotation at `from`, without their marks, and where it ends.
    fn quoted(&self, from: usize) -> (Vec<&'t str>, usize) {
        let lines = self.list[from..].iter();
        let inner: Vec<&str> = lines
            .map_while(|line| line.trim_start().strip_prefix('>'))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        let end = from + inner.len();
        (inner, end)
    }
}

fn dedented(line: &str, width: usize) -> Option<&str> {
    let mut columns = 0;
    for (at, byte) in line.bytes().enumerate() {
        if columns >= width {
            return Some(&line[at..]);
        }
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => return None,
        }
    }
    None
}

impl Blocks<'_> {
    fn convert(&mut self, text: &str, depth: usize, out: &mut String) {
        let code = code::blocks(text);
        let lines = Lines::of(text);
        let opened = self.open.len();
        let mut at = 0;
        while let Some(line) = lines.list.get(at) {
            let body = line.trim_start();
            let indent = line.len() - body.len();
            let start = lines.starts[at];
            let in_code = code.at(start + indent).or_else(|| code.at(start));
            // LiaScript indents its boxes like code.
            let is_fenced = |range: std::ops::Range<usize>| text[range].starts_with(['`', '~']);
            if in_code.is_some_and(|range| is_fenced(range) || !quiz::is_box(body))
                || depth > DEEPEST
            {
                push(out, line);
                at += 1;
            } else if let Some(next) = self.block(&lines, at, depth, out) {
                at = next;
            } else if body.starts_with(":::") {
                at = self.fence(&lines, at, opened, out);
            } else if let Some(next) = quiz::quiz(&lines.list, at, out, self.notes) {
                at = next;
            } else {
                push(out, line);
                at += 1;
            }
        }
        while self.open.len() > opened {
            let Some(open) = self.open.pop() else { break };
            if open.name.is_some() {
                self.notes
                    .taken_out("", "a block is never closed, and was closed at the end");
                push(out, &format!("{}:::", open.indent));
            }
        }
    }

    /// Converts a block whose end is found at once: by indentation or as a quotation. Returns the line after it.
    fn block(
        &mut self,
        lines: &Lines<'_>,
        at: usize,
        depth: usize,
        out: &mut String,
    ) -> Option<usize> {
        let line = lines.list[at];
        let body = line.trim_start();
        let indent = &line[..line.len() - body.len()];
        if let Some(admonition) = openings::admonition(body) {
            let (inner, end) = lines.indented(at + 1, indent.len() + 4);
            if end == at + 1 {
                return None;
            }
            self.notes.did(admonition.told);
            let opening = self.named(&admonition.name, admonition.title);
            self.around(opening.as_ref(), indent, &inner, (depth, out));
            return Some(end);
        }
        if let Some(title) = openings::tab(body) {
            let (inner, end) = lines.indented(at + 1, indent.len() + 4);
            self.notes.did("tabs became paragraphs with a title");
            out.push_str(&format!("{indent}**{title}**\n\n"));
            self.around(None, indent, inner.trim_start_matches('\n'), (depth, out));
            return Some(end);
        }
        if !body.starts_with('>') {
            return None;
        }
        let (quoted, end) = lines.quoted(at);
        let mut id = String::new();
        let (name, title, inner) = match openings::alert(quoted[0]) {
            Some((name, title)) => (name.to_owned(), title, &quoted[1..]),
            None => {
                let class = lines.list.get(end).and_then(|line| openings::class(line));
                let class = class.filter(|class| kinds::kind(class.name).is_some())?;
                let (title, taken) = heading_title(&quoted);
                id = class.id;
                (class.name.to_owned(), title, &quoted[taken..])
            }
        };
        let by_class = openings::alert(quoted[0]).is_none();
        let inner = inner.join("\n") + "\n";
        self.notes.did("quotations with a kind became blocks");
        let mut opening = self.named(&name, title);
        if let Some(opening) = &mut opening {
            opening.id = id;
        }
        self.around(opening.as_ref(), indent, &inner, (depth, out));
        Some(end + usize::from(by_class))
    }

    fn open(&mut self, name: Option<&'static str>, indent: &str) {
        self.open.push(Open {
            name,
            indent: indent.to_owned(),
        });
    }

    /// Returns the names of the blocks that are open.
    fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.open.iter().filter_map(|open| open.name)
    }

    /// Returns the opening line of a block of another tool's name; nothing where its fences go.
    fn named(&self, name: &str, title: Option<String>) -> Option<Opening> {
        let in_exercise = self.names().any(is_exercise);
        let ours = match kinds::kind(name) {
            Some(Kind::Block("details"))
                if self
                    .open
                    .last()
                    .is_some_and(|open| open.name.is_some_and(is_exercise)) =>
            {
                "solution"
            }
            Some(Kind::Block(ours)) => ours,
            Some(Kind::Answer) if in_exercise => "solution",
            Some(Kind::Answer) => "details",
            Some(Kind::Nudge) if in_exercise => "hint",
            Some(Kind::Nudge) => "tip",
            Some(Kind::Bare) => return None,
            None => "note",
        };
        let title = title.unwrap_or_else(|| kinds::own_title(name, ours));
        let title = if title.eq_ignore_ascii_case(ours) {
            String::new()
        } else {
            title
        };
        Some(Opening {
            name: ours,
            title,
            id: String::new(),
        })
    }

    /// Writes a block around a text, indented as its mark was.
    fn around(
        &mut self,
        opening: Option<&Opening>,
        indent: &str,
        inner: &str,
        (depth, out): (usize, &mut String),
    ) {
        let name = opening.map(|opening| opening.name);
        if let Some(Opening { name, title, id }) = opening {
            out.push_str(indent);
            push(out, &kinds::opening(name, title, id));
        }
        self.open(name, "");
        let mut converted = String::new();
        self.convert(inner, depth + 1, &mut converted);
        self.open.pop();
        for line in converted.lines() {
            if !line.is_empty() {
                out.push_str(indent);
            }
            push(out, line);
        }
        if name.is_some() {
            out.push_str(indent);
            push(out, ":::");
        }
    }

    /// Converts a `:::` line. Returns the line after it, and after a heading that became its title.
    fn fence(&mut self, lines: &Lines<'_>, at: usize, opened: usize, out: &mut String) -> usize {
        let line = lines.list[at];
        let body = line.trim_start();
        let indent = &line[..line.len() - body.len()];
        let inner = body.trim_start_matches(':').trim();
        if inner.is_empty() {
            match (self.open.len() > opened)
                .then(|| self.open.pop())
                .flatten()
            {
                Some(Open {
                    name: Some(_),
                    indent,
                }) => push(out, &format!("{indent}:::")),
                Some(_) => out.push('\n'),
                None => self.notes.taken_out(line, "it closes no block"),
            }
            return at + 1;
        }
        let opening = openings::div(inner);
        let is_known = kinds::kind(&opening.name).is_some();
        let left = lines.closers.len() - lines.closers.partition_point(|closer| *closer <= at);
        // `::: package.module` is a mark of another kind, and nothing closes it.
        let is_name = opening.name.starts_with(|c: char| c.is_alphabetic())
            && opening
                .name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_known && (opening.is_plain && !is_name || left <= self.open.len() - opened) {
            self.notes
                .kept(line, "this is no block that is known: it stays as text");
            push(out, &format!("{indent}`{body}`"));
            return at + 1;
        }
        if opening.name.is_empty() || !is_known && !opening.is_plain || self.open.len() > MOST {
            self.open(None, indent);
            self.notes
                .taken_out(line, "this kind of block is not known: what it holds stays");
            out.push('\n');
            return at + 1;
        }
        if kinds::kind(&opening.name).is_none() {
            self.notes
                .kept(line, "this kind of block is not known: it became a note");
        }
        let mut end = at + 1;
        let mut title = opening.title.clone();
        if title.is_none() {
            let rest: Vec<&str> = lines.list[end..].iter().take(4).copied().collect();
            let is_block = !matches!(kinds::kind(&opening.name), Some(Kind::Bare));
            let (found, taken) = heading_title(&rest);
            if is_block && found.is_some() {
                title = found;
                end += taken;
            }
        }
        let named = self.named(&opening.name, title);
        self.open(named.as_ref().map(|named| named.name), indent);
        match named {
            Some(Opening { name, title, .. }) => {
                self.notes.did("fenced blocks became ours");
                out.push_str(indent);
                push(out, &kinds::opening(name, &title, &opening.id));
            }
            None => out.push('\n'),
        }
        end
    }
}

fn is_exercise(name: &str) -> bool {
    matches!(name, "activity" | "discussion" | "question")
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// Returns the words of the heading that a block begins with, and how many lines it takes.
fn heading_title(lines: &[&str]) -> (Option<String>, usize) {
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let Some(first) = first else {
        return (None, 0);
    };
    let line = lines[first].trim();
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    if level == 0 || level > 6 || !words.starts_with(' ') {
        return (None, 0);
    }
    let words = words.trim().trim_end_matches('#').trim_end();
    let words = match words.rfind('{') {
        Some(at) if words.ends_with('}') => words[..at].trim_end(),
        _ => words,
    };
    (Some(words.to_owned()), first + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str) -> String {
        blocks(text, &mut Notes::default())
    }

    #[test]
    fn blocks_of_every_tool_become_ours() {
        for (text, expected) in [
            (
                "!!! warning \"Mind [this]\"\n    one\n\n    two\n\nafter\n",
                "::: caution [Mind [this]]\none\n\ntwo\n:::\n\nafter\n",
            ),
            ("??? note\n    a\n", "::: details [Note]\na\n:::\n"),
            (
                "!!! note\n\n    a\n\n    !!! tip\n        b\n",
                "::: note\n\na\n\n::: tip\nb\n:::\n:::\n",
            ),
            (":::tip[My title]\na\n:::\n", "::: tip [My title]\na\n:::\n"),
            (
                ":::danger Watch out\na\n:::\n",
                "::: caution [Watch out]\na\n:::\n",
            ),
            (
                "::::::: challenge\n\n## Try *it*\n\na\n\n:::: solution\n\n## Solution\n\nb\n\n::::\n\n:::::::\n",
                "::: activity [Try *it*]\n\na\n\n::: solution\n\nb\n\n:::\n\n:::\n",
            ),
            (
                "::: {.callout-note #x title=\"T\"}\na\n:::\n",
                "::: note [T] {#x}\na\n:::\n",
            ),
            ("> [!NOTE]\n> a\n", "> [!NOTE]\n> a\n"),
            ("> [!faq]- Why?\n> a\n", "::: note [Why?]\na\n:::\n"),
            (
                "> ## Try\n> a\n{: .challenge}\n",
                "::: activity [Try]\na\n:::\n",
            ),
            ("> a\n{: .challenge #x}\n", "::: activity {#x}\na\n:::\n"),
            ("=== \"C\"\n\n    a\n", "**C**\n\na\n"),
            (
                "```\n!!! note\n    a\n:::\n```\n",
                "```\n!!! note\n    a\n:::\n```\n",
            ),
            ("::: {.grid}\na\n:::\n", "\na\n\n"),
            ("a\n\n:::\n", "a\n\n"),
            ("::: note\na\n", "::: note\na\n:::\n"),
            (
                ":::tip\n1. a\n2. b\n   :::\n\nc\n",
                "::: tip\n1. a\n2. b\n:::\n\nc\n",
            ),
            (
                "1. a\n\n   :::tip\n   b\n:::\n",
                "1. a\n\n   ::: tip\n   b\n   :::\n",
            ),
            ("::: pack.mod\n\na\n", "`::: pack.mod`\n\na\n"),
            ("::: strange\n\na\n", "`::: strange`\n\na\n"),
        ] {
            assert_eq!(converted(text), expected, "{text}");
        }
    }

    #[test]
    fn blocks_in_lists_keep_their_indentation() {
        let text = "1. one\n\n    !!! note\n        a\n\n    two\n";
        assert_eq!(
            converted(text),
            "1. one\n\n    ::: note\n    a\n    :::\n\n    two\n"
        );
    }
}
