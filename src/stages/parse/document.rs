//! Reads one Markdown file: walks the parser's events once and writes facts, plain text and HTML on the way.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::Context;
use super::blocks::OpenBlock;
use super::fences::{self, Masked};
use super::footnotes::Footnotes;
use super::front_matter::{Front, front_matter};
use super::ids::Ids;
use super::links;
use super::pieces::Found;
use super::room::Room;
use super::unseen::clean_events;
use crate::model::bytes;
use crate::model::lesson::{Body, Lesson, Slot, SlotKind};
use crate::model::path::SourcePath;
use crate::model::registers::TopicId;
use crate::model::text::fault;
use crate::model::{Finding, LineIndex, Place, Rule};

/// An event of the Markdown parser with its place in the masked text.
pub(super) type Located<'e> = (Event<'e>, Range<usize>);

/// Parses a file; `signed` says whether somebody asks what it means as a whole.
pub(super) fn parse(path: &SourcePath, text: &str, context: &Context, signed: bool) -> Lesson {
    let lines = LineIndex::new(text);
    let Front {
        matter,
        body,
        prose,
        findings,
    } = front_matter(path, text, &lines);
    let markdown = &text[body..];
    let meaning = signed.then(|| super::meaning::meaning(&matter, markdown));
    let masked = fences::mask(markdown);
    let mut broken = Vec::new();
    let Room {
        mut events,
        html,
        text: plain,
    } = Room::take();
    {
        let source = masked.text.as_ref();
        let callback = |link: pulldown_cmark::BrokenLink<'_>| {
            links::undefined_reference(source, &link, &mut broken)
        };
        let parser = Parser::new_with_broken_link_callback(source, options(), Some(callback));
        events.extend(parser.into_offset_iter());
    }
    let unseen = clean_events(&mut events, masked.text.as_ref());
    let mut writer = Writer {
        source: markdown,
        base: body,
        file_text: text,
        masked: &masked,
        lines: &lines,
        context,
        at: 0,
        out: Body {
            html,
            slots: Vec::new(),
        },
        lesson: Lesson {
            path: path.clone(),
            front: matter,
            headings: Vec::new(),
            blocks: Vec::with_capacity(masked.fences.len() / 2),
            links: Vec::new(),
            mentions: Vec::new(),
            wordings: Vec::new(),
            telephones: Vec::new(),
            meaning,
            anchors: HashSet::with_capacity(masked.fences.len() / 2 + 4),
            facilitator_anchors: HashSet::new(),
            ignores: super::ignores::in_front_matter(&text[..body]),
            text: plain,
            exempt: Vec::new(),
            body: Body::default(),
            words: 0,
            findings,
        },
        file: path.from_root(),
        depth: 0,
        open: Vec::new(),
        lists: Vec::new(),
        quotes: Vec::new(),
        footnotes: Footnotes::default(),
        names_footnotes: memchr::memmem::find(markdown.as_bytes(), b"[^").is_some(),
        linked: HashMap::new(),
        table: None,
        alone: false,
        counts: Vec::new(),
        ids: Ids::default(),
        found: Found::default(),
    };
    for range in broken {
        writer.report_undefined(range);
    }
    for (c, range) in unseen {
        let help = "delete it, or write the character that was meant".into();
        writer.report(Rule::InvalidText, &range, fault(c), Some(help));
    }
    for range in prose {
        writer.note_plain_words(range);
    }
    writer.run(&events);
    let (lesson, html, text) = writer.finish();
    Room { events, html, text }.leave();
    lesson
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Returns whether a paragraph's content is one image and nothing else.
fn is_image_alone(events: &[Located<'_>], start: usize) -> bool {
    if !matches!(
        events.get(start),
        Some((Event::Start(Tag::Image { .. }), _))
    ) {
        return false;
    }
    let mut depth = 0;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return matches!(events.get(at + 1), Some((Event::End(TagEnd::Paragraph), _)));
        }
    }
    false
}

/// The state of the walk.
pub(super) struct Writer<'w> {
    /// The Markdown as the author wrote it.
    pub source: &'w str,
    /// Byte offset of the Markdown in the file.
    pub base: usize,
    /// The whole file.
    pub file_text: &'w str,
    pub masked: &'w Masked<'w>,
    pub lines: &'w LineIndex<'w>,
    pub context: &'w Context,
    /// Index of the event at hand.
    pub at: usize,
    pub out: Body,
    pub lesson: Lesson,
    pub file: &'w str,
    /// How many Markdown containers are open.
    pub depth: usize,
    pub open: Vec<OpenBlock>,
    /// Whether each open list is numbered.
    pub lists: Vec<bool>,
    /// Open quotations: whether topics are left alone in each.
    pub quotes: Vec<Quote>,
    pub footnotes: Footnotes,
    /// Whether the Markdown may name footnotes at all.
    pub names_footnotes: bool,
    /// Topics linked so far: the section of each one's last link, and how many links.
    pub linked: HashMap<TopicId, (Option<u32>, u32)>,
    pub table: Option<super::tables::OpenTable>,
    /// Whether the image at hand is all that its paragraph holds.
    pub alone: bool,
    /// How many blocks of each name have been numbered.
    pub counts: Vec<(&'static str, u32)>,
    pub ids: Ids,
    /// What was found out about the run at hand, and room for that about the next.
    pub found: Found,
}

/// An open quotation.
pub(super) struct Quote {
    /// Whether topic names in it are left alone.
    pub ignored: bool,
    /// Whether it is a callout written as a GitHub alert.
    pub alert: bool,
    /// Where its text starts.
    pub text_start: u32,
}

impl Writer<'_> {
    /// Returns the place of a range of the Markdown text.
    pub fn place(&self, range: &Range<usize>) -> Place {
        self.lines
            .place(&(range.start + self.base..range.end + self.base))
    }

    /// Adds a finding about a range of the Markdown text.
    pub fn report(
        &mut self,
        rule: Rule,
        range: &Range<usize>,
        message: String,
        help: Option<String>,
    ) {
        let place = self.place(range);
        self.lesson
            .findings
            .push(Finding::new(rule, self.file, place, message).maybe_help(help));
    }

    /// Returns the index of the heading whose section is being read.
    pub fn section(&self) -> Option<u32> {
        self.lesson.headings.len().checked_sub(1).map(|n| n as u32)
    }

    /// Returns the length of the plain text so far.
    pub fn text_len(&self) -> u32 {
        self.lesson.text.len() as u32
    }

    /// Returns whether only the facilitator edition shows what is being read.
    pub fn in_facilitator(&self) -> bool {
        self.open
            .iter()
            .any(|block| block.kind == Some(crate::model::blocks::BlockKind::Facilitator))
    }

    /// Appends HTML.
    pub fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    /// Appends pieces of HTML.
    pub fn push_all(&mut self, html: &[&str]) {
        for piece in html {
            self.push(piece);
        }
    }

    /// Appends text, escaped.
    pub fn push_text(&mut self, text: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(&mut self.out.html, text);
    }

    /// Appends the value of an attribute, escaped.
    pub fn push_value(&mut self, text: &str) {
        let _ = escape_html(&mut self.out.html, text);
    }

    /// Leaves a slot here.
    pub fn slot(&mut self, what: SlotKind) {
        let at = self.out.html.len() as u32;
        self.out.slots.push(Slot { at, what });
    }

    /// Ends a line of the plain text.
    pub fn end_line(&mut self) {
        if !self.lesson.text.is_empty() && !self.lesson.text.ends_with('\n') {
            self.lesson.text.push('\n');
        }
    }

    fn run(&mut self, events: &[Located<'_>]) {
        while self.at < events.len() {
            let (event, range) = &events[self.at];
            match event {
                Event::Rule => {
                    match self.masked.fence_at(range.start) {
                        Some(fence) => self.fence(fence, events),
                        None => self.push("<hr />\n"),
                    }
                    self.at += 1;
                }
                Event::Start(tag) if !super::inline::is_inline_tag(tag) => {
                    self.end_choices();
                    self.depth += 1;
                    self.start(tag, range.clone(), events);
                }
                Event::End(tag) if !super::inline::is_inline_end(*tag) => {
                    self.close_blocks_deeper_than(self.depth);
                    self.end(*tag, range);
                    self.depth -= 1;
                    self.at += 1;
                }
                Event::Html(html) => {
                    let line = (html.to_string(), range.clone());
                    self.html_block(html, &[line], range.clone());
                    self.at += 1;
                }
                _ => {
                    self.end_choices();
                    self.inline_run(events, super::inline::Matching::Topics);
                    self.end_line();
                }
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>, events: &[Located<'_>]) {
        if !matches!(
            tag,
            Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell
        ) {
            self.begin_line();
        }
        match tag {
            Tag::Paragraph => {
                self.at += 1;
                self.alone = is_image_alone(events, self.at);
                if !self.alone {
                    self.push("<p>");
                }
                self.inline_run(events, super::inline::Matching::Topics);
                self.end_line();
                if !std::mem::take(&mut self.alone) {
                    self.push("</p>\n");
                }
                // The run stops at the paragraph's end.
                self.depth -= 1;
                self.at += 1;
            }
            Tag::Heading { level, .. } => {
                self.at += 1;
                self.heading(*level as u8, range, events);
                self.depth -= 1;
                self.at += 1;
            }
            Tag::BlockQuote(kind) => self.open_quote(*kind, &range),
            Tag::CodeBlock(kind) => self.code_block(kind, events),
            Tag::HtmlBlock => self.whole_html_block(range, events),
            Tag::List(first) => self.open_list(*first, events),
            Tag::Item => self.open_item(events),
            Tag::FootnoteDefinition(label) => {
                self.open_footnote(label, range);
                self.at += 1;
            }
            Tag::DefinitionList => self.simple("<dl>\n"),
            Tag::DefinitionListTitle => self.simple("<dt>"),
            Tag::DefinitionListDefinition => self.simple("<dd>"),
            Tag::Table(alignments) => self.open_table(alignments, events),
            Tag::TableHead | Tag::TableRow | Tag::TableCell => self.open_table_part(tag),
            _ => self.at += 1,
        }
    }

    /// Ends the line of a tight item's text before a block inside the item.
    fn begin_line(&mut self) {
        let html = &self.out.html;
        if !html.is_empty() && !html.ends_with('\n') && !html.ends_with("<li>") {
            self.push("\n");
        }
    }

    fn simple(&mut self, html: &str) {
        self.push(html);
        self.at += 1;
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::BlockQuote(_) => self.close_quote(),
            TagEnd::List(_) => self.close_list(),
            TagEnd::Item => self.close_item(range),
            TagEnd::FootnoteDefinition => {
                let done = std::mem::take(&mut self.out);
                self.out = self.footnotes.close(done);
            }
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => self.close_table_part(tag),
            _ => {}
        }
    }

    /// Ends the file; returns the room for HTML and text beside the lesson, which has no more than it needs.
    fn finish(mut self) -> (Lesson, String, String) {
        self.close_blocks_deeper_than(0);
        self.report_unclosed();
        self.append_footnotes();
        let mut lesson = self.lesson;
        lesson.words = bytes::words(&lesson.text) as u32;
        let exact = lesson.text.as_str().to_owned();
        let text = std::mem::replace(&mut lesson.text, exact);
        let Body { html, slots } = self.out;
        lesson.body = Body {
            html: html.as_str().to_owned(),
            slots,
        };
        (lesson, html, text)
    }
}
