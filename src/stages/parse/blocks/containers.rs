//! Writes what holds other content: quotations, lists and code.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::super::around::Quote;
use super::super::inline::comments;
use super::super::meant::lines::{self, Within};
use super::super::meant::{code, items};
use super::super::sheet::Sheet;
use super::super::writer::Writer;
use super::markup::{Words, open_callout};
use crate::model::blocks::BlockKind;
use crate::model::foreign::Foreign;

/// Opens a quotation, or a callout written as a GitHub alert.
pub(crate) fn open_quote(
    sheet: &mut Sheet<'_>,
    kind: Option<BlockQuoteKind>,
    range: &Range<usize>,
) {
    let ignored = comments::marks_quotation(sheet, range);
    sheet.around.open_quote(Quote {
        ignored,
        alert: kind.is_some(),
    });
    let Some(kind) = kind else {
        sheet.ink.push("<blockquote>\n");
        return;
    };
    let kind = match kind {
        BlockQuoteKind::Note => BlockKind::Note,
        BlockQuoteKind::Tip => BlockKind::Tip,
        BlockQuoteKind::Important => BlockKind::Important,
        BlockQuoteKind::Warning | BlockQuoteKind::Caution => BlockKind::Caution,
    };
    let nothing = Foreign::default();
    let words = Words {
        title: "",
        title_foreign: &nothing,
        foreign: &nothing,
    };
    open_callout(&mut sheet.ink, kind, None, &words);
}

/// Closes a quotation.
pub(crate) fn close_quote(sheet: &mut Sheet<'_>) {
    if let Some(quote) = sheet.around.close_quote() {
        sheet.ink.push(if quote.alert {
            "</div>\n"
        } else {
            "</blockquote>\n"
        });
    }
}

/// Opens a definition of a term.
pub(crate) fn open_definition(sheet: &mut Sheet<'_>, range: &Range<usize>) {
    let within = match sheet.around.quote() {
        Some(_) => Within::Quotation,
        None => Within::Page,
    };
    let slip = lines::definition(sheet.source.slice(range), within);
    sheet.slips(slip, range.start);
    sheet.ink.push("<dd>");
}

/// Reports an item of a list that has no words, or no box where one was meant.
pub(crate) fn check_item(writer: &mut Writer<'_, '_>, range: &Range<usize>) {
    let Writer { walk, sheet, .. } = writer;
    let is_loose = matches!(walk.peek(0), Some((Event::Start(Tag::Paragraph), _)));
    let read = match walk.peek(usize::from(is_loose)) {
        Some((Event::TaskListMarker(_), _)) => items::Read::Box,
        _ => items::Read::Plain,
    };
    let slip = items::meant(sheet.source.slice(range), read);
    sheet.slips(slip, range.start);
}

/// Writes the code that has been opened, up to its end.
pub(crate) fn code(writer: &mut Writer<'_, '_>, kind: &CodeBlockKind<'_>, block: &Range<usize>) {
    let Writer { walk, sheet, .. } = writer;
    let written = sheet.source.slice(block);
    let language = match kind {
        CodeBlockKind::Fenced(info) => {
            sheet.slips(code::fenced(written, info), block.start);
            code::language(info)
        }
        CodeBlockKind::Indented => {
            sheet.slips(code::indented(written), block.start);
            ""
        }
    };
    if language.is_empty() {
        sheet.ink.push("<pre><code>");
    } else {
        sheet.ink.push("<pre><code class=\"language-");
        sheet.ink.push_value(language);
        sheet.ink.push("\">");
    }
    while let Some((event, range)) = walk.until_end(TagEnd::CodeBlock) {
        if let Event::Text(text) = event {
            let original = sheet.source.unmasked(&text, &range);
            sheet.ink.push_text(&original);
            sheet.ink.say(&original);
        }
    }
    sheet.ink.end_line();
    sheet.ink.push("</code></pre>\n");
}

/// A list that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// `<ul>`.
    Bulleted,
    /// `<ol>`.
    Numbered,
    /// The options of a question.
    Options,
}

impl List {
    /// Opens a list whose first number is given where it is numbered.
    pub fn open(sheet: &mut Sheet<'_>, first: Option<u64>) -> Self {
        match first {
            None => {
                sheet.ink.push("<ul>\n");
                return Self::Bulleted;
            }
            Some(1) => sheet.ink.push("<ol>\n"),
            Some(number) => {
                let mut digits = itoa::Buffer::new();
                sheet
                    .ink
                    .push_all(&["<ol start=\"", digits.format(number), "\">\n"]);
            }
        }
        Self::Numbered
    }
}
