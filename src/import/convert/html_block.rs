//! Turns blocks of raw HTML into Markdown, or into HTML that lessons may hold.
//!
//! In: the range of a block. Out: its words, with tables and lists as HTML where they were so, and everything else as paragraphs of Markdown.

use std::ops::Range;

use super::elements::{self, Fate};
use super::headings::is_id;
use super::page::Rewriter;
use super::tags::{Tag, tag_at};

/// A block that is being written.
#[derive(Default)]
struct Written {
    out: String,
    /// How many elements are open whose content is HTML.
    around: usize,
    /// What closes the links that are open.
    links: Vec<String>,
    /// Whether a blank line cuts the block's tables and lists in two: then they cannot stay HTML.
    flat: bool,
}

impl Written {
    fn words(&mut self, text: &str) {
        if self.around > 0 {
            self.out.push_str(text);
            return;
        }
        for line in text.split_inclusive('\n') {
            // Indented HTML would become code.
            let at_start = self.out.is_empty() || self.out.ends_with('\n');
            self.out.push_str(if at_start {
                line.trim_start_matches([' ', '\t'])
            } else {
                line
            });
        }
    }

    fn paragraph(&mut self) {
        let trimmed = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(trimmed);
        while !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

impl Rewriter<'_> {
    /// Rewrites a block of HTML.
    pub(super) fn html_block(&mut self, range: Range<usize>) {
        let source = &self.text[range.clone()];
        let line = self.text[..range.start]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let before = &self.text[line..range.start];
        // In a quotation every line has a mark, and taking HTML apart would lose them.
        if before.contains('>') {
            self.html_in_quotation(range);
            return;
        }
        let mut written = Written {
            flat: is_cut(source),
            ..Written::default()
        };
        let mut at = 0;
        while at < source.len() {
            let Some(next) = source[at..].find('<').map(|next| at + next) else {
                break;
            };
            written.words(&source[at..next]);
            at = self.piece(source, next, &mut written);
        }
        written.words(source.get(at..).unwrap_or(""));
        let out = tidy(&written.out, source);
        if out == source {
            return;
        }
        self.uncovered = true;
        // What vanishes takes a blank line with it.
        let vanishes = out.trim().is_empty();
        let gap = usize::from(vanishes && self.text[range.end..].starts_with('\n'));
        let range = range.start..range.end + gap;
        let out = if vanishes { String::new() } else { out };
        let indent: String = before
            .chars()
            .map(|c| if c == '\t' { c } else { ' ' })
            .collect();
        let out = if indent.is_empty() {
            out
        } else {
            indented(&out, &indent)
        };
        self.edits.replace(range, out);
    }

    /// Rewrites the tags of a block alone, and leaves its lines as they are.
    fn html_in_quotation(&mut self, range: Range<usize>) {
        let mut found = Vec::new();
        super::tags::each(&self.text[range.clone()], |tag| found.push(tag.range));
        for tag in found {
            self.inline_tag(range.start + tag.start..range.start + tag.end);
        }
    }

    /// Rewrites what starts with `<` at an offset; returns where it ends.
    fn piece(&mut self, source: &str, at: usize, written: &mut Written) -> usize {
        if source[at..].starts_with("<!--") {
            let end = source[at..]
                .find("-->")
                .map_or(source.len(), |end| at + end + 3);
            written.words(&source[at..end]);
            return end;
        }
        let Some(tag) = tag_at(source, at) else {
            written.words(if written.around > 0 { "&lt;" } else { "\\<" });
            return at + 1;
        };
        let end = tag.range.end;
        match elements::fate(&tag) {
            Fate::Gone | Fate::Drawing if !tag.closes => return self.whole(source, &tag, written),
            Fate::Gone | Fate::Drawing => {}
            Fate::Around if written.flat => flat(&tag, written),
            Fate::Around => self.around(&tag, &source[tag.range.clone()], written),
            Fate::Heading(level) => self.heading_tag(&tag, level, written),
            Fate::Image if !tag.closes => {
                if written.around > 0 {
                    let image = self.image_in_html(&tag);
                    written.out.push_str(&image);
                } else {
                    let image = self.image(&tag);
                    written.out.push_str(&image);
                }
            }
            Fate::Image => {}
            Fate::Link => self.link_in_block(&tag, written),
            Fate::Frame if !tag.closes => {
                let link = self.frame(&tag);
                written.words(&link);
            }
            Fate::Text => {
                let kept = elements::kept(&tag, &source[tag.range.clone()]);
                let is_bare_span =
                    tag.lower() == "span" && matches!(kept.as_str(), "<span>" | "</span>");
                if !is_bare_span {
                    written.out.push_str(&kept);
                }
                self.wait(&tag);
            }
            Fate::Block => self.block_tag(&tag, &source[tag.range.clone()], written),
            Fate::Component | Fate::Words => {
                let is_pair = self.closed.contains(&tag.name)
                    || tag.is_empty
                    || !super::html::says_nothing(&tag);
                if !is_pair {
                    written.words(if written.around > 0 { "&lt;" } else { "\\<" });
                    return at + 1;
                }
                written.paragraph();
                if !tag.closes {
                    let label = self.component(&tag, &source[tag.range.clone()]);
                    written.out.push_str(&label);
                    written.paragraph();
                }
            }
            Fate::Frame | Fate::Bare => {}
        }
        end
    }

    fn around(&mut self, tag: &Tag, source: &str, written: &mut Written) {
        let is_void = matches!(tag.lower().as_str(), "hr" | "col" | "wbr") || tag.is_empty;
        if !tag.closes && !is_void {
            if written.around == 0 {
                written.paragraph();
            }
            written.around += 1;
        }
        self.wait(tag);
        written.out.push_str(&elements::kept(tag, source));
        if tag.closes && !is_void {
            written.around = written.around.saturating_sub(1);
            if written.around == 0 {
                written.paragraph();
            }
        }
    }

    fn block_tag(&mut self, tag: &Tag, source: &str, written: &mut Written) {
        self.wait(tag);
        self.lose_class(tag, source);
        let is_paragraph = tag.lower() == "p";
        if written.around == 0 {
            written.paragraph();
        } else if is_paragraph {
            written.out.push_str(&elements::kept(tag, source));
        } else {
            written.out.push(' ');
        }
    }

    fn heading_tag(&mut self, tag: &Tag, level: u8, written: &mut Written) {
        if written.around > 0 {
            written
                .out
                .push_str(if tag.closes { "</strong>" } else { "<strong>" });
            return;
        }
        written.paragraph();
        if tag.closes {
            return;
        }
        // What the outline did not see is a heading of the page's own all the same.
        let marks = "#".repeat(usize::from(level.max(2)));
        written.out.push_str(&marks);
        written.out.push(' ');
        if let Some(id) = tag.get("id").filter(|id| is_id(id)) {
            self.pending.push(id.to_owned());
        }
    }

    fn link_in_block(&mut self, tag: &Tag, written: &mut Written) {
        if tag.closes {
            let closing = written.links.pop().unwrap_or_default();
            written.out.push_str(&closing);
            return;
        }
        let address = self.link_tag(tag);
        let (opening, closing) = match address {
            Some(address) if written.around > 0 => {
                let address = address.trim_matches(['<', '>']);
                (
                    format!("<a href=\"{}\">", elements::escaped(address)),
                    "</a>".to_owned(),
                )
            }
            Some(address) => ("[".to_owned(), format!("]({address})")),
            None => Default::default(),
        };
        written.words(&opening);
        if !tag.is_empty {
            written.links.push(closing);
        }
    }

    fn image_in_html(&mut self, tag: &Tag) -> String {
        let markdown = self.image(tag);
        let address = markdown.rsplit_once("](").map_or("", |(_, rest)| rest);
        let address = address.split([' ', ')']).next().unwrap_or("");
        let alt = elements::escaped(tag.get("alt").unwrap_or(""));
        if address.is_empty() {
            return alt;
        }
        format!("<img src=\"{}\" alt=\"{alt}\">", elements::escaped(address))
    }

    /// Takes out an element with everything in it; a drawing becomes a file.
    fn whole(&mut self, source: &str, tag: &Tag, written: &mut Written) -> usize {
        let closing = format!("</{}>", tag.lower());
        let rest = source[tag.range.end..].to_ascii_lowercase();
        let end = rest
            .find(&closing)
            .map(|at| tag.range.end + at + closing.len());
        let end = if tag.is_empty {
            tag.range.end
        } else {
            end.unwrap_or(source.len())
        };
        let whole = &source[tag.range.start..end];
        if elements::fate(tag) != Fate::Drawing {
            self.notes.taken_out(
                whole,
                format!("`<{}>` goes with everything in it", tag.lower()),
            );
            return end;
        }
        let title = tag.get("aria-label").map(str::to_owned).or_else(|| {
            let start = whole.find("<title")?;
            let inner = &whole[whole[start..].find('>').map(|at| start + at + 1)?..];
            Some(inner[..inner.find("</title>")?].trim().to_owned())
        });
        let path = self.assets.draw(whole.to_owned(), self.target);
        let address = crate::model::path::relative(self.target, &path);
        let alt = super::kinds::balanced(&title.unwrap_or_default());
        self.notes.did("drawings in a page became files");
        written.words(&format!("![{alt}]({address})"));
        end
    }
}

/// Returns whether a table or list of a block begins or ends outside of it.
fn is_cut(source: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    let mut cut = false;
    super::tags::each(source, |tag| {
        let name = tag.lower();
        if ![
            "table",
            "ul",
            "ol",
            "dl",
            "tr",
            "thead",
            "tbody",
            "blockquote",
        ]
        .contains(&name.as_str())
        {
            return;
        }
        if !tag.closes {
            open.push(name);
        } else if open.pop().is_none_or(|opened| opened != name) {
            cut = true;
        }
    });
    // Items and cells of an element that was opened before.
    let lower = source.trim_start().to_ascii_lowercase();
    let begins_inside = [
        "<li", "<td", "<th", "<dt", "<dd", "</li", "</td", "</th", "</dt", "</dd",
    ]
    .iter()
    .any(|mark| {
        let rest = lower.strip_prefix(mark);
        rest.is_some_and(|rest| rest.starts_with(['>', ' ']))
    });
    cut || !open.is_empty() || begins_inside
}

/// Writes what a table or list becomes that is cut in two: items stay items, and cells paragraphs.
fn flat(tag: &Tag, written: &mut Written) {
    match (tag.lower().as_str(), tag.closes) {
        ("wbr", _) => {}
        ("hr", false) => {
            written.paragraph();
            written.out.push_str("---");
            written.paragraph();
        }
        ("li", false) => {
            written.paragraph();
            written.out.push_str("- ");
        }
        _ => written.paragraph(),
    }
}

/// Returns a block without more than one blank line in a row, that ends as it did.
fn tidy(out: &str, source: &str) -> String {
    let mut tidy = String::with_capacity(out.len());
    let mut blank = 0;
    for line in out.lines() {
        blank = if line.trim().is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            tidy.push_str(line.trim_end());
            tidy.push('\n');
        }
    }
    if !source.ends_with('\n') {
        tidy.truncate(tidy.trim_end().len());
    }
    if tidy.trim().is_empty() {
        return if source.ends_with('\n') {
            "\n".into()
        } else {
            String::new()
        };
    }
    tidy
}

fn indented(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 0 && !line.trim().is_empty() {
            out.push_str(indent);
            out.push_str(line.trim_start());
        } else {
            out.push_str(line);
        }
    }
    out
}
