//! Writes headings, and reads the attributes behind them.

use std::ops::Range;

use pulldown_cmark::Event;

use super::super::given::{Carrier, Given, Identity, Name};
use super::super::inline::Run;
use super::super::meant::Slip;
use super::super::notes::Quoting;
use super::super::sheet::Sheet;
use super::super::source::Source;
use super::super::source::attributes::{attributes, meant_at};
use super::super::writer::Writer;
use crate::model::Rule;
use crate::model::attributes::TEACHING;
use crate::model::lesson::Heading;
use crate::model::slug::slug;

/// Writes the heading that has been opened, up to its end.
pub(crate) fn write(writer: &mut Writer<'_, '_>, level: u8, range: &Range<usize>) {
    let Writer { walk, sheet, prose } = writer;
    let list = sheet.source.attributes_in(range);
    let list = list.or_else(|| unread(sheet.source, range));
    let list = list.unwrap_or_default();
    let list = attributes(sheet.source.slice(&list), list.start);
    let carrier = Carrier {
        name: Name::Words("a heading"),
        keys: (&TEACHING, &[]),
        id: Identity::Own,
    };
    let mut given = Given::read(sheet, carrier, &list);
    if matches!(walk.peek(0), Some((Event::End(_), _))) {
        let line = sheet.source.line_of(range);
        let help = "write its words, or delete the line";
        sheet.slips([Slip::new(line, "this heading is empty", help)], 0);
    } else {
        check_level(sheet, level, range);
    }
    let text_start = sheet.ink.text_len();
    let first_span = sheet.notes.next_span();
    let mut id = "".into();
    let element = element(level.into());
    prose.write_behind(sheet, walk.run(), Run::Heading, |sheet| {
        id = match given.id.take() {
            Some((id, range)) => sheet.claim_given(&id, &range),
            None => {
                let wanted = slug(sheet.ink.text()[text_start as usize..].trim());
                sheet.claim(if wanted.is_empty() {
                    "section"
                } else {
                    &wanted
                })
            }
        };
        sheet.ink.push_all(&["<", element]);
        if !sheet.is_verbatim() {
            sheet.ink.push(" id=\"");
            sheet.ink.push_value(&id);
            sheet.ink.push("\"");
        }
        sheet.ink.push_foreign(&given.foreign);
        sheet.ink.push(">");
    });
    let title = sheet.ink.text()[text_start as usize..].trim().into();
    let whole = text_start..sheet.ink.text_len();
    sheet.notes.foreign(whole, &given.foreign);
    sheet.ink.end_line();
    sheet.ink.push_all(&["</", element, ">\n"]);
    walk.next();
    let heading = sheet.notes.heading(Heading {
        level,
        id,
        title,
        topics: given.topics,
        claims: given.claims,
        quote: None,
        foreign: given.foreign,
        place: sheet.source.place(&sheet.source.line_of(range)),
        text_start,
        text_end: sheet.ink.text_len(),
        audience: sheet.around.audience(),
    });
    sheet.notes.enter_spans(first_span, heading);
    sheet
        .notes
        .want_quote(Quoting::Heading(heading), given.quote);
}

/// Returns the attributes of a heading that are read as text, since their braces do not end it: they are a finding, and what they say is not said to be missing
/// as well.
fn unread(source: &Source<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let line = source.line_of(range);
    let text = source.slice(&line);
    let open = text.rfind('{')?;
    let is_code = text[..open].matches('`').count() % 2 == 1;
    // Braces that touch a bracket belong to the words in it.
    let is_of_words = text[..open].ends_with(']');
    let list = meant_at(text, open).filter(|_| !is_code && !is_of_words)?;
    Some(line.start + list.start..line.start + list.end)
}

fn check_level(sheet: &mut Sheet<'_>, level: u8, range: &Range<usize>) {
    if sheet.is_verbatim() {
        return;
    }
    let before = sheet.notes.level();
    let range = sheet.source.line_of(range);
    if level == 1 {
        sheet.report(
            Rule::HeadingSkip,
            &range,
            "a second heading of level 1: the title is the page's first".into(),
            Some("start at `##`".into()),
        );
    } else if level > before + 1 {
        sheet.report(
            Rule::HeadingSkip,
            &range,
            format!("a heading of level {level} follows one of level {before}"),
            Some(format!("use `{}`", "#".repeat(before as usize + 1))),
        );
    }
}

/// Returns the name of the element of a heading; what is deeper than the sixth level shares its name.
pub(super) fn element(level: usize) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}
