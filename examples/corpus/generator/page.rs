//! One page while it is being written: the text so far, and how each format writes its parts.
//!
//! In: words, titles and targets. Out: Markdown for throughline, Zola or Hugo. What is a block for us becomes a heading or a quotation for them.

use std::ops::Range;

use super::names::{Book, LessonKey};
use super::random::Random;
use super::{Format, Taxonomy, Variant};

/// A page that is being written.
#[derive(Debug)]
pub struct Page<'b> {
    /// All names and words.
    pub book: &'b Book,
    /// For whom the page is written.
    pub variant: Variant,
    /// Which page it is; for a module's own page, its first lesson.
    pub key: LessonKey,
    /// The page's choices.
    pub random: Random,
    /// What has been written.
    pub out: String,
    /// How many words of text that is.
    pub words: usize,
    /// Topics that the page carries or links to, without repetition.
    pub topics: Vec<usize>,
    /// What each line of an open quotation begins with, otherwise empty.
    margin: &'static str,
}

/// A part of a page that has a title, and perhaps an anchor and topics.
#[derive(Debug, Clone)]
pub struct Part<'p> {
    /// What it is called.
    pub title: &'p str,
    /// Its anchor.
    pub id: Option<&'p str>,
    /// The topics that it carries.
    pub topics: &'p [usize],
    /// The claims that it is evidence for.
    pub claims: Range<usize>,
}

impl<'p> Part<'p> {
    /// Returns a part with a title alone.
    pub const fn titled(title: &'p str) -> Self {
        Self {
            title,
            id: None,
            topics: &[],
            claims: 0..0,
        }
    }
}

impl<'b> Page<'b> {
    /// Starts a page.
    pub fn new(book: &'b Book, variant: Variant, key: LessonKey, random: Random) -> Self {
        Self {
            book,
            variant,
            key,
            random,
            out: String::with_capacity(book.size.words * 10 + 1024),
            words: 0,
            topics: Vec::new(),
            margin: "",
        }
    }

    /// Starts a stretch of text, after a space where one is needed, and returns where it starts.
    pub fn begin(&mut self) -> usize {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.out.len()
    }

    /// Writes a word or phrase after a space.
    pub fn word(&mut self, word: &str) {
        self.begin();
        self.out.push_str(word);
        self.words += 1 + word.matches(' ').count();
    }

    /// Makes the letter at a position a capital.
    pub fn capitalise(&mut self, at: usize) {
        if let Some(letter) = self.out[at..]
            .chars()
            .next()
            .filter(char::is_ascii_lowercase)
        {
            let capital = letter.to_ascii_uppercase();
            self.out
                .replace_range(at..=at, capital.encode_utf8(&mut [0; 4]));
        }
    }

    /// Ends a line inside a list or table.
    pub fn end_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(self.margin);
    }

    /// Ends a paragraph, list or table.
    pub fn end_paragraph(&mut self) {
        self.out.push('\n');
        self.out.push_str(self.margin.trim_end());
        self.out.push('\n');
        self.out.push_str(self.margin);
    }

    /// Writes a heading.
    pub fn heading(&mut self, level: usize, part: &Part<'_>) {
        self.out.push_str(&"######"[..level]);
        self.word(part.title);
        self.attributes(part);
        self.end_paragraph();
    }

    /// Opens a block.
    pub fn open(&mut self, kind: &str, part: &Part<'_>) {
        if self.variant.format == Format::Throughline {
            self.out.push_str("::: ");
            self.out.push_str(kind);
            if !part.title.is_empty() {
                self.out.push_str(" [");
                self.out.push_str(part.title);
                self.out.push(']');
            }
            self.attributes(part);
            self.out.push('\n');
            self.words += 1 + part.title.split_whitespace().count();
            return;
        }
        for topic in part.topics {
            self.note_topic(*topic);
        }
        let label = super::names::capital(kind);
        if part.title.is_empty() {
            self.margin = "> ";
            self.out.push_str("> ");
            self.word(&format!("**{label}**"));
            self.end_paragraph();
        } else {
            let title = format!("{label}: {}", part.title);
            self.heading(
                3,
                &Part {
                    title: &title,
                    ..part.clone()
                },
            );
        }
    }

    /// Closes the innermost block; the text before must have ended its paragraph.
    pub fn close(&mut self) {
        if self.variant.format == Format::Throughline {
            // A fence follows its content without an empty line, as authors write it.
            self.out.truncate(self.out.trim_end().len());
            self.out.push_str("\n:::\n\n");
        } else if !self.margin.is_empty() {
            self.margin = "";
            let end = self.out.trim_end_matches(['>', ' ', '\n']).len();
            self.out.truncate(end);
            self.out.push_str("\n\n");
        }
    }

    /// Writes a link to a lesson, or to one of its anchors.
    pub fn link_to_lesson(&mut self, to: LessonKey, anchor: Option<&str>) {
        let file = format!("{}.md", self.book.lesson_stem(to));
        self.link(&self.book.lesson_title(to), to.module, &file, anchor);
    }

    /// Writes a link to a module's own page.
    pub fn link_to_module(&mut self, module: usize) {
        let file = match self.variant.format {
            Format::Throughline => "index.md",
            Format::Zola | Format::Hugo => "_index.md",
        };
        self.link(&self.book.module_title(module), module, file, None);
    }

    fn link(&mut self, words: &str, module: usize, file: &str, anchor: Option<&str>) {
        let folder = self.book.module_folder(module);
        let hash = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        // Both kinds of link that authors use, whatever the format makes of them.
        let from_root = self.random.chance(50);
        let target = match self.variant.format {
            Format::Throughline if from_root => format!("@/{folder}/{file}{hash}"),
            Format::Throughline if module == self.key.module => format!("{file}{hash}"),
            Format::Throughline => format!("../{folder}/{file}{hash}"),
            Format::Zola => format!("@/{folder}/{file}{hash}"),
            Format::Hugo => format!("{{{{< relref \"/{folder}/{file}{hash}\" >}}}}"),
        };
        self.word(&format!("[{words}]"));
        self.out.push('(');
        self.out.push_str(&target);
        self.out.push(')');
    }

    /// Writes a link to a topic's page, where there is one.
    pub fn link_to_topic(&mut self, number: usize) {
        self.note_topic(number);
        let topic = &self.book.topics[number];
        let (id, name) = (&topic.id, &topic.name);
        self.word(name);
        let written = self.out.len() - name.len();
        let link = match (self.variant.format, self.variant.taxonomy) {
            (Format::Throughline, _) => format!("[[{id}]]"),
            (_, Taxonomy::Off) => return,
            (Format::Zola, Taxonomy::On) => format!("[{name}](/topics/{id}/)"),
            (Format::Hugo, Taxonomy::On) => {
                format!("[{name}]({{{{< relref \"/topics/{id}\" >}}}})")
            }
        };
        self.out.truncate(written);
        self.out.push_str(&link);
    }

    /// Writes a link to a support service, or its name where there is no register.
    pub fn link_to_signpost(&mut self, id: &str, name: &str) {
        match self.variant.format {
            Format::Throughline => {
                self.begin();
                self.out.push_str(&format!("[[signpost:{id}]]"));
                // The words that readers see, so that all formats count the same.
                self.words += name.split(' ').count();
            }
            Format::Zola | Format::Hugo => self.word(name),
        }
    }

    fn note_topic(&mut self, topic: usize) {
        if !self.topics.contains(&topic) {
            self.topics.push(topic);
        }
    }

    fn attributes(&mut self, part: &Part<'_>) {
        let mut list: Vec<String> = part.id.iter().map(|id| format!("#{id}")).collect();
        for topic in part.topics {
            self.note_topic(*topic);
        }
        if self.variant.format == Format::Throughline {
            if !part.topics.is_empty() {
                let ids: Vec<&str> = (part
                    .topics
                    .iter()
                    .map(|topic| self.book.topics[*topic].id.as_str()))
                .collect();
                list.push(format!("topics={}", ids.join(",")));
            }
            if !part.claims.is_empty() {
                let ids: Vec<String> = part
                    .claims
                    .clone()
                    .map(|claim| format!("C{}", claim + 1))
                    .collect();
                list.push(format!("claims={}", ids.join(",")));
            }
        }
        if !list.is_empty() {
            self.out.push_str(" {");
            self.out.push_str(&list.join(" "));
            self.out.push('}');
        }
    }
}
