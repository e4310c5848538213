//! Puts in what a page includes from other files.
//!
//! In: a page's text. Out: the text with the files' own in place of the marks. A mark whose file is missing, or that includes itself, stays as it is.

use std::collections::HashMap;

use super::super::formats::folder::is_page;
use super::super::front;
use super::super::notes::Notes;
use super::super::source::Source;
use super::code;
use super::tags::tag_at;
use crate::model::path::join;

/// Files include each other no deeper.
const DEEPEST: usize = 10;

/// A page grows no larger by what it includes.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// What a mark costs at least of that: a page has no more than 4,096.
const CHEAPEST: usize = 4 * 1024;

const TOO_LARGE: &str =
    "it would make the page larger than 16 MiB, or it is one of more than 4,096";

/// What including needs to know.
pub struct Includer<'s> {
    /// The files.
    pub source: &'s Source,
    /// Folders from which snippets count, beside the page's own.
    pub bases: &'s [String],
    /// What to tell.
    pub notes: &'s mut Notes,
    /// How many bytes may still be put in; starts at [`LARGEST`].
    pub left: usize,
    /// Whether it was told that there is no more room.
    pub full: bool,
}

/// Part of a file.
#[derive(Debug, PartialEq, Eq)]
enum Part<'p> {
    Whole,
    /// From a line to a line, from 1, both included.
    Lines(usize, usize),
    Anchor(&'p str),
}

/// The files that put each other in, the page first, each with the mark that puts it in.
struct Stack(Vec<(String, String)>);

impl Stack {
    fn of(page: &str) -> Self {
        Self(vec![(page.to_owned(), String::new())])
    }

    /// Returns the file that is read.
    fn file(&self) -> &str {
        self.0.last().map_or("", |(file, _)| file)
    }

    fn holds(&self, file: &str) -> bool {
        self.0.iter().any(|(held, _)| held == file)
    }
}

impl Includer<'_> {
    /// Expands mdBook's `{{#include}}` and its kin, and the snippets of MkDocs.
    pub fn expand(&mut self, text: &str, page: &str) -> String {
        self.within(text, &mut Stack::of(page))
    }

    fn within(&mut self, text: &str, stack: &mut Stack) -> String {
        if !text.contains("{{#") && !text.contains("8<-") {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            match snippet(line) {
                Some((indent, path)) => match self.file(path, line, stack) {
                    Ok(inner) => {
                        for line in inner.lines() {
                            out.push_str(indent);
                            out.push_str(line);
                            out.push('\n');
                        }
                        self.notes.did("`--8<--` snippets put in");
                    }
                    Err(reason) => self.keep(&mut out, line, &reason, stack),
                },
                None => self.line(line, stack, &mut out),
            }
        }
        out
    }

    fn keep(&mut self, out: &mut String, mark: &str, reason: &str, stack: &Stack) {
        // Once is enough for what is too much.
        if reason != TOO_LARGE || !self.full {
            let mark = mark.trim();
            match stack.0.get(1) {
                // The page itself holds the mark that put the file in.
                Some((_, own)) => {
                    let file = stack.file();
                    let message = format!(
                        "in `{file}`, which is put in here, `{mark}` puts in nothing: {reason}"
                    );
                    self.notes.kept(own, message);
                }
                None => self
                    .notes
                    .kept(mark, format!("nothing is put in here: {reason}")),
            }
        }
        self.full |= reason == TOO_LARGE;
        out.push_str(mark);
    }

    fn line(&mut self, line: &str, stack: &mut Stack, out: &mut String) {
        let mut rest = line;
        while let Some(at) = rest.find("{{#") {
            let Some(length) = rest[at..].find("}}").map(|length| length + 2) else {
                break;
            };
            let mark = &rest[at..at + length];
            if rest[..at].ends_with('\\') {
                out.push_str(&rest[..at - 1]);
                out.push_str(mark);
                rest = &rest[at + length..];
                continue;
            }
            out.push_str(&rest[..at]);
            self.mark(mark, stack, out);
            rest = &rest[at + length..];
        }
        out.push_str(rest);
    }

    fn mark(&mut self, mark: &str, stack: &mut Stack, out: &mut String) {
        let inner = mark[3..mark.len() - 2].trim();
        let (name, path) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let path = path.trim();
        match name {
            "include" | "rustdoc_include" => match self.file(path, mark, stack) {
                Ok(text) => {
                    out.push_str(text.trim_end_matches('\n'));
                    self.notes.did("`{{#include}}` put in");
                }
                Err(reason) => self.keep(out, mark, &reason, stack),
            },
            "playground" | "playpen" => {
                let file = path.split_whitespace().next().unwrap_or("");
                match self.file(file, mark, stack) {
                    Ok(text) => {
                        let code = text.trim_end_matches('\n');
                        out.push_str(&format!("```rust\n{code}\n```"));
                        self.notes.did("`{{#playground}}` put in");
                    }
                    Err(reason) => self.keep(out, mark, &reason, stack),
                }
            }
            "title" => self
                .notes
                .taken_out(mark, "the title of the browser's window"),
            _ => self.keep(out, mark, "this mark is not known", stack),
        }
    }

    /// Returns the part of a file that a mark names.
    fn file(&mut self, written: &str, mark: &str, stack: &mut Stack) -> Result<String, String> {
        let (path, part) = divided(written);
        let file = self.located(path, stack)?;
        let text = self.read(&file, &part)?;
        stack.0.push((file, mark.trim().to_owned()));
        let expanded = self.within(&text, stack);
        stack.0.pop();
        Ok(expanded)
    }

    /// Finds the file that a mark names.
    fn located(&self, path: &str, stack: &Stack) -> Result<String, String> {
        let page = stack.file();
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        let bases = std::iter::once(folder).chain(self.bases.iter().map(String::as_str));
        let mut outside = true;
        let mut found = None;
        for base in bases {
            if let Some(path) = join(base, path) {
                outside = false;
                if self.source.has(&path) {
                    found = Some(path);
                    break;
                }
            }
        }
        match found {
            Some(file) if stack.holds(&file) || stack.0.len() > DEEPEST => Err(format!(
                "`{path}` includes itself, or goes deeper than {DEEPEST} files"
            )),
            Some(file) => Ok(file),
            None if outside => Err(format!("`{path}` leads out of the source")),
            None => Err(format!("there is no file `{path}`")),
        }
    }

    /// Reads a part of a file, as far as there is room.
    fn read(&mut self, file: &str, part: &Part<'_>) -> Result<String, String> {
        let text = self
            .source
            .text(file)
            .map_err(|unread| unread.reason().to_owned())?;
        let text = part_of(&text, part).ok_or_else(|| format!("`{file}` has no such part"))?;
        // Each mark costs something, so that files which include each other ten times over come to an end.
        let cost = text.len().max(CHEAPEST);
        if self.left < cost {
            self.left = 0;
            return Err(TOO_LARGE.into());
        }
        self.left -= cost;
        Ok(text)
    }

    /// Puts pages that a page of MDX imports in the place of their components: `import Steps from './_steps.md'`, `<Steps />`.
    pub fn partials(&mut self, text: &str, page: &str) -> String {
        self.partials_within(text, &mut Stack::of(page))
    }

    fn partials_within(&mut self, text: &str, stack: &mut Stack) -> String {
        let code = code::all(text);
        let mut imported: HashMap<&str, &str> = HashMap::new();
        let mut rest = String::with_capacity(text.len());
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            match import(line).filter(|_| !code.contain(at)) {
                Some((name, path)) => {
                    imported.insert(name, path);
                }
                None => rest.push_str(line),
            }
            at += line.len();
        }
        if imported.is_empty() {
            return rest;
        }
        let code = code::all(&rest);
        let mut out = String::with_capacity(rest.len());
        let mut copied = 0;
        for (at, _) in rest.match_indices('<') {
            if at < copied || code.contain(at) {
                continue;
            }
            let Some(tag) = tag_at(&rest, at).filter(|tag| tag.is_empty) else {
                continue;
            };
            let Some(path) = imported.get(tag.name.as_str()) else {
                continue;
            };
            out.push_str(&rest[copied..at]);
            copied = tag.range.end;
            match self.partial(path, &rest[tag.range.clone()], stack) {
                Ok(inner) => {
                    out.push_str(inner.trim());
                    self.notes.did("pages that others import were put in");
                }
                Err(reason) => self.keep(&mut out, &rest[tag.range], &reason, stack),
            }
        }
        out.push_str(&rest[copied..]);
        out
    }

    /// Returns what a page says that another one imports.
    fn partial(&mut self, path: &str, mark: &str, stack: &mut Stack) -> Result<String, String> {
        let path = path.strip_prefix("@site/").unwrap_or(path);
        let file = self.located(path, stack)?;
        let text = self.read(&file, &Part::Whole)?;
        let body = &text[front::split(&text).length..];
        stack.0.push((file, mark.to_owned()));
        let expanded = self.partials_within(body, stack);
        stack.0.pop();
        Ok(expanded)
    }
}

/// Reads `import Name from 'page.md';`: the name, and the path of the page.
fn import(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("import ")?;
    let (name, path) = rest.split_once(" from ")?;
    let name = name.trim();
    let path = path.trim().trim_end_matches(';').trim_end();
    let quote = path.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let path = path[1..].strip_suffix(quote)?;
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let file = path.rsplit('/').next().unwrap_or(path);
    (is_name && is_page(file)).then_some((name, path))
}

/// Returns the indentation and the path of a line that is a snippet: `--8<-- "file"`.
fn snippet(line: &str) -> Option<(&str, &str)> {
    let body = line.trim_start();
    let indent = &line[..line.len() - body.len()];
    let dashes = body.len() - body.trim_start_matches('-').len();
    let rest = body[dashes..].strip_prefix("8<")?;
    let path = rest.trim_start_matches('-').trim();
    let path = path.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
    (dashes > 0).then_some((indent, path))
}

/// Divides `file.rs:10:20` and `file.rs:anchor`.
fn divided(written: &str) -> (&str, Part<'_>) {
    let Some((path, rest)) = written.split_once(':') else {
        return (written, Part::Whole);
    };
    let number = |text: &str| text.parse::<usize>().ok();
    let part = match rest.split_once(':') {
        Some((from, to)) => {
            Part::Lines(number(from).unwrap_or(1), number(to).unwrap_or(usize::MAX))
        }
        None => match number(rest) {
            Some(line) => Part::Lines(line, line),
            None => Part::Anchor(rest),
        },
    };
    (path, part)
}

/// Returns part of a text without the marks of anchors; nothing where it has no such anchor.
fn part_of(text: &str, part: &Part<'_>) -> Option<String> {
    let lines = text.lines();
    let picked: Vec<&str> = match part {
        Part::Whole => lines.filter(|line| anchor(line).is_none()).collect(),
        Part::Lines(from, to) => lines
            .skip(from.saturating_sub(1))
            .take(to.saturating_sub(from.saturating_sub(1)))
            .filter(|line| anchor(line).is_none())
            .collect(),
        Part::Anchor(name) => {
            let mut inside = false;
            let mut picked = Vec::new();
            let mut found = false;
            for line in lines {
                match anchor(line) {
                    Some((starts, anchor)) if anchor == *name => {
                        inside = starts;
                        found = true;
                    }
                    Some(_) => {}
                    None if inside => picked.push(line),
                    None => {}
                }
            }
            if !found {
                return None;
            }
            picked
        }
    };
    let mut part = picked.join("\n");
    part.push('\n');
    Some(part)
}

/// Returns whether a line starts or ends an anchor, and its name: `// ANCHOR: a`, `--8<-- [start:a]`.
fn anchor(line: &str) -> Option<(bool, &str)> {
    let marks = [
        ("ANCHOR_END:", false),
        ("ANCHOR:", true),
        ("8<-- [end:", false),
        ("8<-- [start:", true),
    ];
    marks.into_iter().find_map(|(mark, starts)| {
        let rest = &line[line.find(mark)? + mark.len()..];
        let name = rest.trim_start().split([' ', '\t', ']', '*']).next()?;
        (!name.is_empty()).then_some((starts, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_files_are_named_by_lines_or_anchors() {
        let text = "1\n// ANCHOR: a\n2\n// ANCHOR: b\n3\n// ANCHOR_END: a\n4\n// ANCHOR_END: b\n";
        for (written, expected) in [
            ("f", Some("1\n2\n3\n4\n")),
            ("f:1", Some("1\n")),
            ("f:3:5", Some("2\n3\n")),
            ("f::1", Some("1\n")),
            ("f:7:", Some("4\n")),
            ("f:a", Some("2\n3\n")),
            ("f:b", Some("3\n4\n")),
            ("f:c", None),
        ] {
            let (_, part) = divided(written);
            assert_eq!(part_of(text, &part).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn pages_are_imported_by_name() {
        for (line, expected) in [
            (
                "import Steps from './_steps.md';\n",
                Some(("Steps", "./_steps.md")),
            ),
            (
                "import A from \"@site/docs/_a.mdx\"\n",
                Some(("A", "@site/docs/_a.mdx")),
            ),
            ("import {a} from './a.md';\n", None),
            ("import Tabs from '@theme/Tabs';\n", None),
            ("  import A from './a.md';\n", None),
            ("import duties from 'a.md\n", None),
        ] {
            assert_eq!(import(line), expected, "{line}");
        }
    }

    #[test]
    fn snippets_stand_on_their_own_lines() {
        for (line, expected) in [
            ("  --8<-- \"a/b.md\"\n", Some(("  ", "a/b.md"))),
            ("-8<- 'x'\n", Some(("", "x"))),
            ("a --8<-- \"b\"", None),
            ("--8<-- [start:x]", None),
            ("8<-- \"x\"", None),
        ] {
            assert_eq!(snippet(line), expected, "{line}");
        }
    }
}
