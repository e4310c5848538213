//! Reads one Markdown file: walks the parser's events once and writes facts, plain text and HTML on the way.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Parser, Tag, TagEnd};

use super::around::Around;
use super::blocks::containers::{self, List};
use super::blocks::stack::Blocks;
use super::blocks::tables::OpenTable;
use super::blocks::{footnotes, headings, html, questions};
use super::context::Context;
use super::destinations::Definitions;
use super::fills::{Filled, fills};
use super::footnotes::Footnotes;
use super::front_matter::{Front, front_matter};
use super::ids::Ids;
use super::ignores;
use super::inline::{Prose, Run, images, links, wiki, words};
use super::notes::Head;
use super::quotes;
use super::scratch::Scratch;
use super::sheet::Sheet;
use super::source::{Source, meaning};
use super::unseen::{clean_event, may_decode};
use super::walk::{Located, Walk};
use super::writer::Writer;
use crate::model::audience::Audience;
use crate::model::markdown::options;
use crate::model::sources::Document;
use crate::model::stretches::Part;
use crate::model::text::fault;
use crate::model::{Lesson, LineIndex, Rule};

/// What is asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The lesson.
    Lesson,
    /// The lesson, and what it means as a whole: somebody signs it off.
    Meaning,
}

/// Parses a file.
pub(super) fn parse(
    document: &Document,
    context: &Context,
    scratch: &mut Scratch,
    asked: Asked,
) -> Lesson {
    let text = &*document.text;
    let lines = LineIndex::new(text);
    let Front {
        matter,
        body,
        outcomes,
        prose,
        findings,
    } = front_matter(&document.path, text, &lines);
    let source = Source::new(document.path.from_root(), text, body, &lines);
    // The outcomes of a module are read as Markdown; those of nothing else stand on a page.
    let (outcomes, others) = if document.path.is_module() {
        (outcomes, Vec::new())
    } else {
        (Vec::new(), outcomes)
    };
    let values = matter.outcomes.iter().zip(outcomes);
    let values: Vec<Source<'_>> = values
        .map(|(value, range)| source.value(value, range))
        .collect();
    let filled = fills(&document.path, context, &source);
    let Scratch {
        mut notes,
        ink,
        prose: mut writing,
    } = std::mem::take(scratch);
    notes.start(findings, ignores::in_front_matter(&text[..body]));
    // What the front matter says of the page is written as well.
    writing.start(text);
    let mut sheet = Sheet {
        context,
        source: &source,
        notes,
        ids: Ids::with_room(source.blocks() + 4),
        ink,
        around: Around::nothing(),
        footnotes: Footnotes::default(),
        definitions: Definitions::default(),
    };
    for range in prose.into_iter().chain(others) {
        words::note_plain(&mut sheet, range);
    }
    for value in &values {
        sheet.source = value;
        read(&mut sheet, &mut writing, outcome);
    }
    sheet.source = &source;
    sheet.ink.start_afresh();
    read(&mut sheet, &mut writing, |writer| {
        let mut page = Page {
            writer,
            blocks: Blocks::default(),
            lists: Vec::new(),
            table: None,
            filled: &filled,
        };
        page.write();
    });
    let footnotes = footnotes::settle(&mut sheet);
    quotes::settle(&mut sheet);
    let Sheet {
        mut notes,
        ids,
        mut ink,
        ..
    } = sheet;
    let head = Head {
        path: document.path.clone(),
        meaning: (asked == Asked::Meaning).then(|| {
            let unsigned = notes.all_unsigned();
            let outcomes: Vec<_> = values.iter().map(|value| value.signed(&unsigned)).collect();
            meaning::meanings(&matter, &outcomes, &source.signed(&unsigned))
        }),
        anchors: ids.anchors(),
        front: matter,
        footnotes: footnotes.footnotes,
        references: footnotes.references,
    };
    let lesson = notes.lesson(head, ink.finish());
    *scratch = Scratch {
        notes,
        ink,
        prose: writing,
    };
    lesson
}

/// Gives the events of the source at hand to whoever writes them.
fn read<'e>(sheet: &mut Sheet<'e>, prose: &mut Prose, write: impl FnOnce(Writer<'_, 'e>)) {
    let markdown = sheet.source.masked();
    let (mut broken, mut unseen) = (Vec::new(), Vec::new());
    let callback = |link: BrokenLink<'_>| wiki::undefined_reference(markdown, &link, &mut broken);
    let parser = Parser::new_with_broken_link_callback(markdown, options(), Some(callback));
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(label, definition)| (label, &definition.span));
    sheet.definitions = Definitions::of(markdown, definitions);
    let may_decode = may_decode(markdown);
    let mut events = parser.into_offset_iter().map(|mut located| {
        if may_decode {
            clean_event(&mut located, &mut unseen);
        }
        located
    });
    write(Writer {
        walk: Walk::new(&mut events),
        sheet,
        prose,
    });
    drop(events);
    for range in broken {
        links::report_undefined(sheet, &range);
    }
    for (c, range) in unseen {
        let help = "delete it, or write the character that was meant";
        sheet.report(Rule::InvalidText, &range, fault(c), Some(help.into()));
    }
}

/// Writes what learners will be able to do: a line of Markdown. What would be more is text.
fn outcome(mut writer: Writer<'_, '_>) {
    let stretch = writer
        .sheet
        .ink
        .begin(Part::Outcome, Audience::Everybody, None);
    if is_line(&mut writer.walk) {
        writer.walk.next();
        writer.write(Run::Heading);
    } else {
        let ink = &mut writer.sheet.ink;
        ink.push_text(writer.sheet.source.markdown);
        ink.say(writer.sheet.source.markdown);
        ink.end_line();
    }
    writer.sheet.ink.end(stretch);
}

/// Returns whether what is to come is one paragraph.
fn is_line(walk: &mut Walk<'_, '_>) -> bool {
    let starts = matches!(walk.peek(0), Some((Event::Start(Tag::Paragraph), _)));
    let is_end =
        |located: Option<&Located<'_>>| matches!(located, Some((Event::End(TagEnd::Paragraph), _)));
    let end = (1..).find(|n| {
        walk.peek(*n)
            .is_none_or(|(event, _)| *event == Event::End(TagEnd::Paragraph))
    });
    starts && end.is_some_and(|end| is_end(walk.peek(end)) && walk.peek(end + 1).is_none())
}

/// A page while it is written: what is open in it.
struct Page<'w, 'e> {
    writer: Writer<'w, 'e>,
    blocks: Blocks,
    lists: Vec<List>,
    table: Option<OpenTable>,
    /// What fills the blocks that each team fills in for itself.
    filled: &'e [Filled<'e>],
}

impl Page<'_, '_> {
    fn write(&mut self) {
        loop {
            self.write_loose_text();
            let Some((event, range)) = self.writer.walk.next() else {
                break;
            };
            self.before(&event);
            self.block(event, range);
        }
        self.blocks.close_deeper_than(0, self.writer.sheet);
    }

    /// Writes text that stands in no paragraph: in items and cells.
    fn write_loose_text(&mut self) {
        if !self.writer.walk.peek_run().is_empty() {
            self.blocks.end_choices(&mut self.writer.sheet.ink);
            self.writer.write(Run::Text);
        }
    }

    /// Ends what an event ends beside its own container.
    fn before(&mut self, event: &Event<'_>) {
        let Writer { walk, sheet, .. } = &mut self.writer;
        match event {
            Event::Start(tag) => {
                self.blocks.end_choices(&mut sheet.ink);
                if !matches!(
                    tag,
                    Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell
                ) {
                    sheet.ink.begin_line();
                }
            }
            Event::End(_) => self.blocks.close_deeper_than(walk.depth() + 1, sheet),
            _ => {}
        }
    }

    /// Writes what a block's event says. Paragraphs, headings, code and HTML are passed with their ends.
    fn block(&mut self, event: Event<'_>, range: Range<usize>) {
        let writer = &mut self.writer;
        let sheet = &mut *writer.sheet;
        match event {
            Event::Rule => match sheet.source.fence_at(range.start) {
                Some(fence) => {
                    let start = fence.start;
                    self.blocks.fence(writer, fence);
                    self.fill(start);
                }
                None => sheet.ink.push("<hr />\n"),
            },
            Event::Start(Tag::Paragraph) => paragraph(writer),
            Event::Start(Tag::Heading { level, .. }) => {
                headings::write(writer, level as u8, &range);
            }
            Event::Start(Tag::CodeBlock(kind)) => containers::code(writer, &kind, &range),
            Event::Start(Tag::HtmlBlock) => html::block(writer, &range),
            Event::Start(Tag::BlockQuote(kind)) => containers::open_quote(sheet, kind, &range),
            Event::End(TagEnd::BlockQuote(_)) => containers::close_quote(sheet),
            Event::Start(Tag::List(first)) => self.open_list(first),
            Event::End(TagEnd::List(_)) => self.close_list(),
            Event::Start(Tag::Item) => self.open_item(&range),
            Event::End(TagEnd::Item) => self.close_item(),
            Event::Start(Tag::FootnoteDefinition(label)) => footnotes::open(sheet, &label, range),
            Event::End(TagEnd::FootnoteDefinition) => footnotes::close(sheet),
            Event::Start(Tag::DefinitionList) => sheet.ink.push("<dl>\n"),
            Event::End(TagEnd::DefinitionList) => sheet.ink.push("</dl>\n"),
            Event::Start(Tag::DefinitionListTitle) => sheet.ink.push("<dt>"),
            Event::End(TagEnd::DefinitionListTitle) => sheet.ink.push("</dt>\n"),
            Event::Start(Tag::DefinitionListDefinition) => {
                containers::open_definition(sheet, &range);
            }
            Event::End(TagEnd::DefinitionListDefinition) => sheet.ink.push("</dd>\n"),
            Event::Start(Tag::Table(alignments)) => {
                self.table = Some(OpenTable::open(writer, alignments, range.start));
            }
            Event::End(TagEnd::Table) => {
                if let Some(table) = self.table.take() {
                    table.close(sheet);
                }
            }
            Event::Start(part @ (Tag::TableHead | Tag::TableRow | Tag::TableCell)) => {
                if let Some(table) = &mut self.table {
                    table.open_part(sheet, &part);
                }
            }
            Event::End(part @ (TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell)) => {
                if let Some(table) = &mut self.table {
                    table.close_part(sheet, part);
                }
            }
            // Nothing else stands between blocks with the options above.
            _ => {}
        }
    }

    /// Writes what a team has written for the block that has just been opened, if it has: Markdown without blocks.
    fn fill(&mut self, start: usize) {
        let Some((_, source)) = self.filled.iter().find(|(fence, _)| *fence == start) else {
            return;
        };
        self.blocks.fill();
        let Writer { sheet, prose, .. } = &mut self.writer;
        let outside = std::mem::replace(&mut sheet.source, source);
        let section = sheet.notes.section();
        sheet.around.enter_local();
        read(sheet, prose, |writer| {
            let mut page = Page {
                writer,
                blocks: Blocks::default(),
                lists: Vec::new(),
                table: None,
                filled: &[],
            };
            page.write();
        });
        sheet.around.leave_local();
        sheet.notes.return_to(section);
        sheet.source = outside;
    }

    fn open_list(&mut self, first: Option<u64>) {
        let mut question = self.blocks.asked(self.writer.walk.depth());
        let holds_options = question
            .as_mut()
            .is_some_and(|question| question.open_list(&mut self.writer));
        let list = if holds_options {
            List::Options
        } else {
            List::open(self.writer.sheet, first)
        };
        self.lists.push(list);
    }

    fn close_list(&mut self) {
        let sheet = &mut *self.writer.sheet;
        match self.lists.pop() {
            Some(List::Options) => questions::close_list(sheet),
            Some(List::Numbered) => sheet.ink.push("</ol>\n"),
            _ => sheet.ink.push("</ul>\n"),
        }
    }

    fn open_item(&mut self, range: &Range<usize>) {
        containers::check_item(&mut self.writer, range);
        if self.lists.last() == Some(&List::Options)
            && let Some(question) = self.blocks.question()
        {
            question.open_option(&mut self.writer, range);
            return;
        }
        let Writer { walk, sheet, .. } = &mut self.writer;
        sheet.ink.push("<li>");
        let holds_blocks =
            walk.peek_run().is_empty() && matches!(walk.peek(0), Some((Event::Start(_), _)));
        if holds_blocks {
            sheet.ink.push("\n");
        }
    }

    fn close_item(&mut self) {
        let ink = &mut self.writer.sheet.ink;
        if self.lists.last() == Some(&List::Options) {
            if let Some(question) = self.blocks.question() {
                question.close_option(ink);
            }
        } else {
            ink.push("</li>\n");
        }
    }
}

/// Writes the paragraph that has been opened, up to its end.
fn paragraph(writer: &mut Writer<'_, '_>) {
    if images::is_alone(writer.sheet.source, writer.walk.peek_run()) {
        writer.write(Run::Figure);
    } else {
        writer.sheet.ink.push("<p>");
        writer.write(Run::Text);
        writer.sheet.ink.push("</p>\n");
    }
    writer.walk.next();
}
