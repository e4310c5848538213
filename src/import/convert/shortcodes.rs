//! Turns Hugo's shortcodes and Jekyll's tags into Markdown, as far as they are links, files and blocks.
//!
//! In: a text. Out: the text with links to pages, figures, code and blocks written out. What a theme alone knows stays as it is, and is told.

use std::collections::HashMap;

use super::super::course::Format;
use super::super::notes::Notes;
use super::super::source::Source;
use super::attributes;
use super::code;
use super::kinds::{self, Kind};
use super::marks::{Mark, mark_at};

/// What converting shortcodes needs to know.
pub struct Shortcodes<'s> {
    /// The files.
    pub source: &'s Source,
    /// Whose they are.
    pub format: Format,
    /// What to tell.
    pub notes: &'s mut Notes,
    /// Where each of Hugo's shortcodes is closed last.
    pub closed: HashMap<String, usize>,
}

/// Hugo's shortcodes that hold a block.
const BLOCKS: [&str; 14] = [
    "admonition",
    "alert",
    "callout",
    "details",
    "expand",
    "hint",
    "note",
    "notice",
    "tip",
    "warning",
    "caution",
    "important",
    "info",
    "collapse",
];

impl Shortcodes<'_> {
    /// Converts the marks of a text.
    pub fn convert(&mut self, text: &str) -> String {
        if !text.contains("{{") && !text.contains("{%") {
            return text.to_owned();
        }
        let code = code::all(text);
        self.closed = closed(text);
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        let mut from = 0;
        // What closes the stretch in which marks are text.
        let mut raw: Option<&str> = None;
        while let Some(at) = text[from..].find('{').map(|at| from + at) {
            from = at + 1;
            let Some(mark) = mark_at(text, at).filter(|_| !code.contain(at)) else {
                continue;
            };
            if raw.is_some_and(|closing| mark.name != closing) {
                continue;
            }
            raw = match (mark.name.as_str(), mark.is_hugo) {
                ("raw", false) => Some("endraw"),
                ("highlight", false) => Some("endhighlight"),
                ("highlight", true) => Some("/highlight"),
                ("output", true) => Some("/output"),
                _ => None,
            };
            if let Some(written) = self.written(&mark, &text[mark.range.clone()], text) {
                out.push_str(&text[copied..at]);
                out.push_str(&written);
                copied = mark.range.end;
            }
            from = mark.range.end;
        }
        out.push_str(&text[copied..]);
        out
    }

    /// Returns what takes a mark's place; nothing where it stays.
    fn written(&mut self, mark: &Mark, source: &str, text: &str) -> Option<String> {
        let written = if mark.is_hugo {
            self.hugo(mark, text)
        } else if self.format == Format::Jekyll || !mark.is_value {
            self.jekyll(mark)
        } else {
            None
        };
        match &written {
            Some(_) => self.notes.did("shortcodes and tags written out"),
            // mdBook's were put in or told already.
            None if source.starts_with("{{#") => {}
            None => self
                .notes
                .kept(source, "this shortcode or tag is not known"),
        }
        written
    }

    fn hugo(&self, mark: &Mark, text: &str) -> Option<String> {
        let words = mark.words();
        let first = words.first().cloned().unwrap_or_default();
        let is_closed = self
            .closed
            .get(&mark.name)
            .is_some_and(|last| *last >= mark.range.end);
        let name = mark.name.strip_prefix('/').unwrap_or(&mark.name);
        match name {
            // One that names no page would be a link to its own.
            "ref" | "relref" => named(mark.get("path").unwrap_or(first)),
            "figure" => named(mark.get("src")?).map(|source| figure(mark, &source)),
            "highlight" | "output" | "mermaid" if mark.name.starts_with('/') => {
                Some(alone("```", mark, text))
            }
            "highlight" => Some(alone(&format!("```{first}"), mark, text)),
            "output" | "mermaid" if is_closed => Some(alone(
                if name == "mermaid" {
                    "```mermaid"
                } else {
                    "```text"
                },
                mark,
                text,
            )),
            "tabs" | "tab" => {
                let title = mark.get("name").or(mark.get("title")).unwrap_or(first);
                let titled = name == "tab" && !mark.name.starts_with('/') && !title.is_empty();
                Some(if titled {
                    alone(&format!("**{title}**\n"), mark, text)
                } else {
                    String::new()
                })
            }
            "youtube" | "vimeo" => {
                let id = named(mark.get("id").unwrap_or(first))?;
                let address = if name == "youtube" {
                    "https://www.youtube.com/watch?v="
                } else {
                    "https://vimeo.com/"
                };
                Some(format!("<{address}{id}>"))
            }
            _ if !BLOCKS.contains(&name) => None,
            _ if mark.name.starts_with('/') => Some(alone(":::", mark, text)),
            // One that is never closed would take in the rest of the page.
            _ if !is_closed => None,
            _ => Some(alone(&opening(name, mark), mark, text)),
        }
    }

    fn jekyll(&mut self, mark: &Mark) -> Option<String> {
        let rest = mark.rest.trim();
        match mark.name.as_str() {
            "link" => Some(format!("/{}", named(rest.trim_matches(['"', '\'']))?)),
            "post_url" => {
                let name = named(rest.trim_matches(['"', '\'']))?;
                let path = format!("_posts/{name}.md");
                Some(format!("/{}", target(&path)))
            }
            "raw" | "endraw" => Some(String::new()),
            "comment" => Some("<!--".into()),
            "endcomment" => Some("-->".into()),
            "highlight" => Some(format!(
                "```{}",
                rest.split_whitespace().next().unwrap_or("")
            )),
            "endhighlight" => Some("```".into()),
            "include" | "include_relative" => self.include(rest),
            "site.baseurl" | "site.url" | "site.root" | "page.root" | "relative_root_path"
                if mark.is_value =>
            {
                Some(String::new())
            }
            _ if mark.is_value => {
                let whole = format!("{} {rest}", mark.name);
                let (value, filter) = whole.split_once('|')?;
                let value = value.trim();
                let is_text = value.len() > 1 && value.starts_with(['"', '\'']);
                let is_address = filter.contains("relative_url") || filter.contains("absolute_url");
                (is_text && is_address).then(|| target(&value[1..value.len() - 1]))
            }
            _ => None,
        }
    }

    /// Puts in a file that holds no tags of its own.
    fn include(&mut self, rest: &str) -> Option<String> {
        let name = rest.split_whitespace().next()?.trim_matches(['"', '\'']);
        let text = self.source.text(&format!("_includes/{name}")).ok()?;
        (!text.contains("{%") && !text.contains("{{")).then_some(text)
    }
}

fn closed(text: &str) -> HashMap<String, usize> {
    let mut closed = HashMap::new();
    for (at, _) in text.match_indices("{{") {
        if let Some(mark) = mark_at(text, at)
            && let Some(name) = mark.name.strip_prefix('/')
        {
            closed.insert(name.to_owned(), at);
        }
    }
    closed
}

/// Returns a link's target as Markdown can hold it.
fn target(path: &str) -> String {
    path.replace(' ', "%20")
}

/// Returns the target that a mark names; nothing where it names none.
fn named(path: impl AsRef<str>) -> Option<String> {
    let path = path.as_ref();
    (!path.is_empty()).then(|| target(path))
}

fn figure(mark: &Mark, source: &str) -> String {
    let caption = mark
        .get("caption")
        .or(mark.get("title"))
        .unwrap_or_default();
    let alt = mark.get("alt").unwrap_or_else(|| caption.clone());
    let title = if caption.is_empty() {
        String::new()
    } else {
        format!(" \"{}\"", caption.replace('"', "'"))
    };
    let size = attributes::size(|key| mark.get(key));
    format!("![{}]({source}{title}){size}", kinds::balanced(&alt))
}

/// Returns the opening line of a block, in the form that the blocks' own pass reads.
fn opening(name: &str, mark: &Mark) -> String {
    let words = mark.words();
    let kind = mark
        .get("type")
        .or(mark.get("style"))
        .or(mark.get("color"))
        .or(words.first().cloned());
    let named = kind
        .as_deref()
        .filter(|kind| matches!(kinds::kind(kind), Some(Kind::Block(_))));
    let title = mark.get("title").or_else(|| {
        let rest = if named.is_some() {
            &words[1.min(words.len())..]
        } else {
            &words[..]
        };
        (!rest.is_empty()).then(|| rest.join(" "))
    });
    let name = match name {
        "details" | "expand" | "collapse" => "details",
        name => named.unwrap_or(name),
    };
    let name = if kinds::kind(name).is_some() {
        name
    } else {
        "note"
    };
    kinds::opening(name, &title.unwrap_or_default(), "")
}

/// Returns a line that takes the place of a mark, with line breaks where the mark had none.
fn alone(line: &str, mark: &Mark, text: &str) -> String {
    let before = text[..mark.range.start].rsplit('\n').next().unwrap_or("");
    let after = text[mark.range.end..].split('\n').next().unwrap_or("");
    let start = if before.trim().is_empty() { "" } else { "\n" };
    let end = if after.trim().is_empty() { "" } else { "\n" };
    format!("{start}{line}{end}")
}
