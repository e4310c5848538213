//! Writes `IMPORT.md`: what was done, and what people should look at, file by file.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::course::{Course, Format};
use super::notes::{Kind, Note, lines};
use crate::model::counted;

/// A page, for the report.
#[derive(Debug)]
pub struct Told {
    /// Its file below the source.
    pub source: String,
    /// Its lesson below `modules/`.
    pub target: String,
    /// Its own text.
    pub text: String,
    /// What there is to tell.
    pub notes: Vec<Note>,
}

/// Everything that the report tells.
#[derive(Debug)]
pub struct Report<'r> {
    /// The source, as it was named.
    pub source: &'r str,
    /// Whose it was.
    pub format: Format,
    /// The course.
    pub course: &'r Course,
    /// How often what was done.
    pub done: BTreeMap<&'static str, usize>,
    /// Its pages in order.
    pub pages: &'r [Told],
    /// Pages that the order does not name.
    pub left_out: &'r [String],
    /// What was not followed.
    pub refused: &'r [(String, &'static str)],
    /// How many files go along.
    pub files: usize,
}

impl Report<'_> {
    /// Returns how many places people should look at.
    pub fn places(&self) -> usize {
        let notes = self.pages.iter().map(|page| {
            page.notes
                .iter()
                .filter(|note| note.kind != Kind::Remote)
                .count()
        });
        notes.sum::<usize>() + self.course.faults.len() + self.left_out.len() + self.refused.len()
    }

    /// Writes the report.
    pub fn to_markdown(&self) -> String {
        let mut out = format!(
            "# What was imported\n\n{} and {} of `{}`, read as {}. The source is as it was.\n\nBuild it with `throughline build --baseline known.json`: what was found at the import is known, and only what is new stands in the way. `throughline check` shows all of it.\n\nThis file is not part of the curriculum: delete it when everything in it is settled.\n",
            counted(self.pages.len(), "page"),
            counted(self.files, "other file"),
            self.source,
            self.format.name(),
        );
        if !self.done.is_empty() {
            out.push_str("\n## What was done\n\n| How often | What |\n| ---: | --- |\n");
            for (what, count) in &self.done {
                let _ = writeln!(out, "| {count} | {what} |");
            }
        }
        self.whole(&mut out);
        let kinds = [
            (
                Kind::Kept,
                "## What was not understood",
                "It stands in the lesson as it was.",
            ),
            (
                Kind::TakenOut,
                "## What was taken out",
                "Its words stay, unless it says otherwise.",
            ),
            (
                Kind::Remote,
                "## Images on other sites",
                "They were not fetched, and are shown from there.",
            ),
        ];
        for (kind, title, about) in kinds {
            self.section(&mut out, kind, (title, about));
        }
        out.push_str("\n## Where every page went\n\n| From | To |\n| --- | --- |\n");
        for page in self.pages {
            let _ = writeln!(
                out,
                "| `{}` | `modules/{}` |",
                cell(&page.source),
                page.target
            );
        }
        out
    }

    /// What is about the course as a whole.
    fn whole(&self, out: &mut String) {
        if !self.course.faults.is_empty() || !self.refused.is_empty() {
            out.push_str("\n## About the course as a whole\n\n");
        }
        for fault in &self.course.faults {
            let place = if fault.line > 0 {
                format!("{}:{}", fault.file, fault.line)
            } else {
                fault.file.clone()
            };
            let _ = writeln!(out, "- `{place}`: {}", fault.message);
        }
        for (path, reason) in self.refused {
            let _ = writeln!(out, "- `{path}`: {reason}");
        }
        if !self.left_out.is_empty() {
            out.push_str("\n## Pages that were left out\n\nThe order does not name them, so their site did not have them either.\n\n");
            for page in self.left_out {
                let _ = writeln!(out, "- `{page}`");
            }
        }
    }

    fn section(&self, out: &mut String, kind: Kind, (title, about): (&str, &str)) {
        let mut begun = false;
        for page in self.pages {
            if !page.notes.iter().any(|note| note.kind == kind) {
                continue;
            }
            if !begun {
                let _ = write!(out, "\n{title}\n\n{about}\n");
                begun = true;
            }
            let _ = write!(
                out,
                "\n### `{}`\n\nNow `modules/{}`\n\n",
                page.source, page.target
            );
            let places = lines(&page.notes, &page.text);
            let notes = page
                .notes
                .iter()
                .zip(places)
                .filter(|(note, _)| note.kind == kind);
            for (note, line) in notes {
                let line = line.map_or(String::new(), |line| format!("line {line}: "));
                let snippet = shortened(&note.snippet);
                let snippet = if snippet.is_empty() || snippet == note.message {
                    String::new()
                } else {
                    format!(": {}", code(&snippet))
                };
                let message = if note.kind == Kind::Remote {
                    code(&note.message)
                } else {
                    note.message.clone()
                };
                let _ = writeln!(out, "- {line}{message}{snippet}");
            }
        }
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}

/// Returns a text as code, whatever marks it holds.
fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
