//! Reads mdBook's `SUMMARY.md`: parts, chapters that nest by their indentation, and chapters before and after the numbered ones.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// A line of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The heading of a part.
    Part(String),
    /// A chapter: its title, its file where it has one, and how deep it stands, from 0.
    Chapter {
        /// What the summary calls it.
        title: String,
        /// Its file as written; empty for a draft.
        target: String,
        /// How many chapters it stands in; nothing for one before or after the lists, which is part of no part.
        depth: Option<usize>,
        /// Its line, from 1.
        line: usize,
    },
}

/// What a summary says, and what it cannot mean.
#[derive(Debug, Default)]
pub struct Summary {
    /// Parts and chapters in order.
    pub lines: Vec<Line>,
    /// Items without a link, by line, from 1. They stand among the lines as chapters without a file.
    pub faults: Vec<(usize, String)>,
}

impl Summary {
    /// Returns the chapters that are planned alone, `[Title]()`, with their lines.
    pub fn drafts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().filter_map(|line| match line {
            Line::Chapter {
                title,
                target,
                line,
                ..
            } if target.is_empty() && !self.faults.iter().any(|(at, _)| at == line) => {
                Some((*line, title.as_str()))
            }
            _ => None,
        })
    }
}

/// Reads a summary.
pub fn read(text: &str) -> Summary {
    let mut reader = Reader {
        text,
        found: Summary::default(),
        depth: 0,
        open: None,
        heading: None,
        item: None,
        titled: false,
    };
    for (event, range) in Parser::new(text).into_offset_iter() {
        reader.take(event, range.start);
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    found: Summary,
    /// How many lists are open.
    depth: usize,
    /// The link that is open: where its words start, and its target.
    open: Option<(usize, String)>,
    /// The heading that is open: its level and where its words start.
    heading: Option<(HeadingLevel, usize)>,
    /// An item that has no link yet.
    item: Option<usize>,
    /// Whether the heading of the summary itself is past.
    titled: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(Tag::List(_)) => {
                self.without_link();
                self.depth += 1;
            }
            Event::End(TagEnd::List(_)) => self.depth -= 1,
            Event::Start(Tag::Item) => self.item = Some(at),
            Event::End(TagEnd::Item) => self.without_link(),
            Event::Start(Tag::Heading { level, .. }) => self.heading = Some((level, at)),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, start)) = self.heading.take() {
                    let line = self.text[start..].lines().next().unwrap_or("");
                    let title = line.trim_matches(['#', ' ']).to_owned();
                    // What stands before all chapters names the summary, or the book.
                    let names_all = self.found.lines.is_empty() && !self.titled;
                    if level == HeadingLevel::H1 && !names_all {
                        self.found.lines.push(Line::Part(title));
                    }
                    self.titled = true;
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) if self.heading.is_none() => {
                self.open = Some((at + 1, dest_url.into_string()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((start, target)) = self.open.take() {
                    self.item = None;
                    let title = bracketed(&self.text[start..]);
                    let depth = self.depth.checked_sub(1);
                    let line = self.line(start);
                    self.found.lines.push(Line::Chapter {
                        title,
                        target,
                        depth,
                        line,
                    });
                }
            }
            _ => {}
        }
    }

    /// An item that ends, or is followed by a list, without a link.
    fn without_link(&mut self) {
        let Some(at) = self.item.take() else {
            return;
        };
        let item = self.text[at..].lines().next().unwrap_or("").trim();
        let line = self.line(at);
        self.found.faults.push((line, item.to_owned()));
        self.found.lines.push(Line::Chapter {
            title: item.trim_start_matches(['-', '*', '+', ' ']).to_owned(),
            target: String::new(),
            depth: self.depth.checked_sub(1),
            line,
        });
    }

    /// Returns the line of an offset, from 1.
    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
}

/// Returns the words of a link, as written, up to the bracket that closes it.
fn bracketed(text: &str) -> String {
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' if depth == 0 => {
                let words: Vec<&str> = text[..at].split_whitespace().collect();
                return words.join(" ");
            }
            ']' => depth -= 1,
            _ => {}
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_nest_by_their_indentation() {
        let text = "# Summary\n\n[Preface](p.md)\n\n# Part `1`\n\n- [A](a.md)\n  - [B `x`](a/b.md)\n    - [C]()\n- [D](<d e.md>)\n\n---\n\n[End](z.md)\n";
        let chapter =
            |line: usize, title: &str, target: &str, depth: Option<usize>| Line::Chapter {
                title: title.into(),
                target: target.into(),
                depth,
                line,
            };
        assert_eq!(
            read(text).lines,
            [
                chapter(3, "Preface", "p.md", None),
                Line::Part("Part `1`".into()),
                chapter(7, "A", "a.md", Some(0)),
                chapter(8, "B `x`", "a/b.md", Some(1)),
                chapter(9, "C", "", Some(2)),
                chapter(10, "D", "d e.md", Some(0)),
                chapter(14, "End", "z.md", None),
            ]
        );
    }

    #[test]
    fn an_item_without_link_is_told_and_holds_what_follows() {
        let summary = read("- [A](a.md)\n- B\n  - [C](c.md)\n");
        assert_eq!(summary.faults, [(2, "- B".to_owned())]);
        assert_eq!(summary.lines.len(), 3);
        assert_eq!(summary.drafts().count(), 0);
        let drafts = read("- [A](a.md)\n- [B]()\n");
        let drafts: Vec<(usize, &str)> = drafts.drafts().collect();
        assert_eq!(drafts, [(2, "B")]);
    }
}
