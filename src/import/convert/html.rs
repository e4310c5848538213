//! Turns raw HTML into Markdown where Markdown has the same, keeps what lessons may hold, and takes the rest off the words.

use std::ops::Range;

use super::super::atlas::Leads;
use super::attributes;
use super::elements::{self, Fate};
use super::kinds;
use super::page::Rewriter;
use super::tags::{Tag, tag_at};

/// Returns whether a tag has no attribute with a value: `<commit message here>` is words.
pub(super) fn says_nothing(tag: &Tag) -> bool {
    tag.attributes.iter().all(|(_, value)| value.is_empty())
}

impl Rewriter<'_> {
    /// Rewrites a tag inside text.
    pub(super) fn inline_tag(&mut self, range: Range<usize>) {
        let source = &self.text[range.clone()];
        let Some(mut tag) = tag_at(source, 0) else {
            // A comment is not shown, and stays; anything else in angle brackets is words.
            if !source.starts_with("<!--") {
                self.edits.insert(range.start, "\\");
            }
            return;
        };
        tag.range = range.clone();
        if let Some(written) = self.inline(&tag, source) {
            self.edits.replace(range, written);
        }
    }

    /// Returns what takes the place of a tag inside text; nothing where it stays.
    fn inline(&mut self, tag: &Tag, source: &str) -> Option<String> {
        let fate = elements::fate(tag);
        if tag.closes {
            let open = self
                .open_tags
                .iter()
                .rposition(|(name, _)| *name == tag.name);
            return match open {
                Some(at) => {
                    let (_, closing) = self.open_tags.remove(at);
                    (closing != source).then_some(closing)
                }
                None if matches!(fate, Fate::Words | Fate::Component)
                    && !self.closed_twice(tag) =>
                {
                    Some(format!("\\{source}"))
                }
                None if tag.lower() == "br" => Some("<br>".into()),
                None => Some(String::new()),
            };
        }
        let is_pair = self.closed.contains(&tag.name);
        let (written, closing) = match fate {
            Fate::Text => {
                let id = tag.get("id").filter(|id| super::headings::is_id(id));
                match (tag.lower().as_str(), id) {
                    ("span", Some(id)) if is_pair => ("[".to_owned(), format!("]{{#{id}}}")),
                    ("span", None) if elements::kept(tag, source) == "<span>" => Default::default(),
                    _ => (elements::kept(tag, source), format!("</{}>", tag.lower())),
                }
            }
            Fate::Around => match tag.lower().as_str() {
                "wbr" => (elements::kept(tag, source), String::new()),
                "li" => (self.item(tag), String::new()),
                _ => (" ".to_owned(), " ".to_owned()),
            },
            Fate::Link => match self.link_tag(tag) {
                Some(address) => ("[".to_owned(), format!("]({address})")),
                None => Default::default(),
            },
            Fate::Image => (self.image(tag), String::new()),
            Fate::Frame => (self.frame(tag), String::new()),
            Fate::Words | Fate::Component if !is_pair && says_nothing(tag) && !tag.is_empty => {
                return Some(format!("\\{source}"));
            }
            Fate::Words | Fate::Component => (self.component(tag, source), String::new()),
            Fate::Block | Fate::Bare | Fate::Heading(_) | Fate::Gone | Fate::Drawing => {
                self.wait(tag);
                if fate == Fate::Block {
                    self.lose_class(tag, source);
                }
                match (tag.lower().as_str(), fate) {
                    ("tt", _) => ("<code>".into(), "</code>".into()),
                    // Two paragraphs are two, also where there is room for one.
                    (_, Fate::Block) => (self.gap(&tag.range), self.gap(&tag.range)),
                    _ => Default::default(),
                }
            }
        };
        if !tag.is_empty && is_pair && tag.lower() != "br" {
            self.open_tags.push((tag.name.clone(), closing));
        }
        (written != source).then_some(written)
    }

    /// Returns the space that takes a tag's place; none where there is one already, since ids of headings have a mark for each.
    fn gap(&self, tag: &Range<usize>) -> String {
        let has_space = self.text[..tag.start].ends_with([' ', '\n'])
            || self.text[tag.end..].starts_with([' ', '\n'])
            || tag.end == self.text.len();
        if has_space { "" } else { " " }.to_owned()
    }

    /// Returns the mark of a list's item where Markdown has no room for a list: in a table.
    fn item(&self, tag: &Tag) -> String {
        let before = self.text[..tag.range.start].trim_end();
        let is_first = ["<ul>", "<ol>"].iter().any(|list| {
            let outside = before.strip_suffix(list).map(str::trim_end);
            outside.is_some_and(|outside| outside.is_empty() || outside.ends_with(['|', '\n']))
        });
        if is_first {
            "\u{2022} ".into()
        } else {
            "<br>\u{2022} ".into()
        }
    }

    /// Returns whether the page opens such a component somewhere: then its closing tag goes too.
    fn closed_twice(&self, tag: &Tag) -> bool {
        let opening = format!("<{}", tag.name);
        self.text.contains(&opening)
    }

    /// Notes the id of an element, for the next words to have.
    pub(super) fn wait(&mut self, tag: &Tag) {
        let id = tag
            .get("id")
            .or_else(|| tag.get("name").filter(|_| tag.lower() == "a"));
        if let Some(id) = id.filter(|id| super::headings::is_id(id)) {
            self.pending.push(id.to_owned());
        }
    }

    /// Gives code the first of the anchors that wait for words.
    pub(super) fn anchor_code(&mut self, range: Range<usize>) {
        if !self.pending.is_empty() && !self.is_in_link() {
            self.anchor(range);
        }
    }

    /// Gives the first of the anchors that wait to some words.
    fn anchor(&mut self, words: Range<usize>) {
        let id = self.pending.remove(0);
        self.edits.insert(words.start, "[");
        self.edits.insert(words.end, format!("]{{#{id}}}"));
    }

    /// Gives the words of a text the anchors that wait, each to one.
    pub(super) fn anchor_words(&mut self, range: Range<usize>) {
        if self.is_in_link() {
            return;
        }
        let text = &self.text[range.clone()];
        let mut from = 0;
        while !self.pending.is_empty() {
            let is_word = |c: char| c.is_alphanumeric();
            let Some(start) = text[from..].find(is_word).map(|at| from + at) else {
                return;
            };
            let length = text[start..].find(|c: char| !is_word(c));
            let end = length.map_or(text.len(), |length| start + length);
            self.anchor(range.start + start..range.start + end);
            self.notes.did("`<a id>` became anchors in the text");
            from = end;
        }
    }

    /// Returns the address of a link in HTML; nothing where it is only an anchor.
    pub(super) fn link_tag(&mut self, tag: &Tag) -> Option<String> {
        self.wait(tag);
        let written = tag.get("href")?.trim().to_owned();
        match self.leads(&written) {
            Ok(Some(address)) => Some(address),
            Ok(None) if written.contains([' ', '(', ')']) => {
                Some(format!("<{}>", written.replace(' ', "%20")))
            }
            Ok(None) => Some(written),
            Err(reason) => {
                self.notes
                    .taken_out(&written, format!("the link became text: {reason}"));
                None
            }
        }
    }

    /// Returns an image in Markdown, with its size.
    pub(super) fn image(&mut self, tag: &Tag) -> String {
        let written = tag.get("src").unwrap_or("").trim().to_owned();
        let address = match self.leads(&written) {
            Ok(Some(address)) => address,
            Ok(None) => {
                if matches!(self.atlas.find(self.page, &written), Leads::Elsewhere) {
                    self.notes.remote(&written, &written);
                }
                written
            }
            Err(reason) => {
                self.notes
                    .taken_out(&written, format!("the image became text: {reason}"));
                return tag.get("alt").unwrap_or("").to_owned();
            }
        };
        let alt = kinds::balanced(tag.get("alt").unwrap_or(""));
        let title = tag
            .get("title")
            .map(|title| format!(" \"{}\"", title.replace('"', "'")));
        let size = attributes::size(|key| tag.get(key).map(str::to_owned));
        self.notes.did("`<img>` became images of Markdown");
        format!("![{alt}]({address}{}){size}", title.unwrap_or_default())
    }

    /// Returns the link that takes the place of what is shown from elsewhere.
    pub(super) fn frame(&mut self, tag: &Tag) -> String {
        let Some(written) = tag.get("src").or(tag.get("data")).map(str::to_owned) else {
            return String::new();
        };
        self.notes
            .taken_out(&written, format!("`<{}>` became a link", tag.lower()));
        let title = tag.get("title").filter(|title| !title.trim().is_empty());
        let title = kinds::balanced(title.unwrap_or(written.rsplit('/').next().unwrap_or("")));
        match self.leads(&written) {
            Ok(address) => {
                let address = address.unwrap_or(written);
                format!("[{title}]({})", address.replace(' ', "%20"))
            }
            Err(_) => title,
        }
    }

    /// Tells that an element's class says something here that nothing is made of.
    pub(super) fn lose_class(&mut self, tag: &Tag, source: &str) {
        let class = tag.get("class").unwrap_or("").trim();
        // Once a page is enough.
        if !class.is_empty() && !tag.closes && self.told.insert(format!("{}.{class}", tag.name)) {
            self.notes.taken_out(
                source,
                "this class has no meaning here: what the element holds stays",
            );
        }
    }

    /// Returns what a component says, in the place of its opening tag.
    pub(super) fn component(&mut self, tag: &Tag, source: &str) -> String {
        self.wait(tag);
        let label = elements::label(tag);
        if !label.is_empty() {
            self.notes.did("components became their titles");
            return format!("**{label}**");
        }
        // Once a page is enough.
        if self.told.insert(tag.name.clone()) {
            self.notes
                .taken_out(source, "this component is not known: what it holds stays");
        }
        label
    }
}
