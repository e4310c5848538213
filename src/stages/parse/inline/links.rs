//! Reads the links of a file: what they were written to lead to, and what is wrong with them whatever they lead to.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::LinkType;

use super::super::destinations;
use super::super::meant::Slip;
use super::super::sheet::Sheet;
use super::names::{TopicLinks, open_topic_link};
use super::pieces::{Found, covered};
use crate::model::Rule;
use crate::model::address::{Address, Fault, leads_elsewhere};
use crate::model::body::SlotKind;
use crate::model::finding::Fix;
use crate::model::foreign::Foreign;
use crate::model::lesson::{Link, LinkKind, Look};
use crate::model::text::quoted;
use crate::model::written::as_address;

/// What stands before the id in a reference to a support service.
const SIGNPOST: &str = "signpost:";

/// A link or image as it stands in the Markdown.
#[derive(Debug, Clone)]
pub(super) struct Written<'l> {
    pub link_type: LinkType,
    pub target: &'l str,
    /// The label of its definition; empty where it has none.
    pub label: &'l str,
    pub title: &'l str,
    pub range: Range<usize>,
    /// Where its words stand in the lesson's text.
    pub words: Range<usize>,
    /// Whether they are code: that names something, however short it is.
    pub is_code: bool,
    /// Whether it has neither words nor an image.
    pub is_empty: bool,
    /// What language they are in.
    pub given: Foreign,
}

/// How a link's HTML ends.
#[derive(Debug)]
pub(super) enum Closing {
    /// With `</a>`.
    Anchor,
    /// With a slot: where it leads nowhere it has no tag.
    Slot,
    /// With nothing: it was refused.
    Nothing,
}

/// Notes a link and opens its HTML.
pub(super) fn open(sheet: &mut Sheet<'_>, link: &Written<'_>, topics: &mut TopicLinks) -> Closing {
    let target = match link.link_type {
        LinkType::Email => Cow::Owned(format!("mailto:{}", link.target)),
        _ => Cow::Borrowed(link.target),
    };
    if sheet.is_verbatim() {
        return open_noted(
            sheet,
            LinkKind::External,
            &Written {
                target: &target,
                ..link.clone()
            },
        );
    }
    if link.link_type == LinkType::ShortcutUnknown {
        return open_wiki(sheet, link, topics);
    }
    let kind = match leads_elsewhere(&target).then(|| Address::elsewhere(&target)) {
        None => LinkKind::Document,
        Some(Ok(_)) => LinkKind::External,
        Some(Err(fault)) => {
            refuse(sheet, link, &fault);
            return Closing::Nothing;
        }
    };
    check_form(sheet, link);
    if !link.is_code {
        check_words(sheet, link);
    }
    open_noted(
        sheet,
        kind,
        &Written {
            target: &target,
            ..link.clone()
        },
    )
}

/// Notes a link and opens its HTML, whatever it leads to.
pub(super) fn open_noted(sheet: &mut Sheet<'_>, kind: LinkKind, link: &Written<'_>) -> Closing {
    let index = note(sheet, kind, link, 0);
    sheet.ink.slot(SlotKind::Link(index));
    note_foreign(sheet, link);
    Closing::Slot
}

/// Opens `[[topic]]` or `[[signpost:id]]`.
fn open_wiki(sheet: &mut Sheet<'_>, link: &Written<'_>, topics: &mut TopicLinks) -> Closing {
    check_form(sheet, link);
    let registers = &sheet.context.registers;
    // The brackets around the reference belong to the link that people see.
    let whole = Written {
        range: link.range.start - 1..link.range.end + 1,
        ..link.clone()
    };
    if let Some(id) = link.target.strip_prefix(SIGNPOST) {
        let whole = Written {
            target: id,
            ..whole
        };
        if registers.signpost(id).is_some() {
            return open_noted(sheet, LinkKind::Signpost, &whole);
        }
        note(sheet, LinkKind::Signpost, &whole, 0);
        let near = registers.signpost_like(id);
        let message = format!("no signpost `{id}` in the register");
        let otherwise = "add it to modules/signposts.toml";
        let range = range_of_id(sheet, link, id);
        sheet.report_unknown((Rule::UnknownSignpost, message), &range, near, otherwise);
        return Closing::Nothing;
    }
    let Some(topic) = registers.topic(link.target) else {
        note(sheet, LinkKind::Topic, &whole, 0);
        let near = registers.topic_like(link.target);
        let message = format!("no topic `{}` in the register", link.target);
        let otherwise = "add it to modules/topics.toml";
        let range = range_of_id(sheet, link, link.target);
        sheet.report_unknown((Rule::UnknownTopic, message), &range, near, otherwise);
        return Closing::Nothing;
    };
    let anchor = topics.next(topic, sheet.notes.section());
    note(sheet, LinkKind::Topic, &whole, anchor);
    open_topic_link(&mut sheet.ink, registers, (topic, anchor), &whole.given);
    note_foreign(sheet, &whole);
    Closing::Anchor
}

/// Notes the words of a link that are in a language of their own.
fn note_foreign(sheet: &mut Sheet<'_>, link: &Written<'_>) {
    let Range { start, end } = link.words;
    let words = start as u32..end as u32;
    sheet.notes.foreign(words, &link.given);
}

/// Returns where the id stands with which the target of a reference ends.
fn range_of_id(sheet: &Sheet<'_>, link: &Written<'_>, id: &str) -> Range<usize> {
    let Range { start, end } = link.range;
    let found = sheet.source.slice(&link.range).find(link.target);
    found.map_or(start..end, |at| {
        let target_end = start + at + link.target.len();
        target_end - id.len()..target_end
    })
}

/// Notes a link; returns its index.
pub(super) fn note(sheet: &mut Sheet<'_>, kind: LinkKind, link: &Written<'_>, anchor: u32) -> u32 {
    let section = sheet.notes.section();
    sheet.notes.link(Link {
        kind,
        target: link.target.into(),
        alt: "".into(),
        title: link.title.into(),
        look: Look {
            foreign: link.given.clone(),
            ..Look::default()
        }
        .if_said(),
        place: sheet.source.place(&link.range),
        text_start: link.words.start as u32,
        text_end: link.words.end as u32,
        section,
        anchor,
        audience: sheet.around.audience(),
        at: target_at(sheet, kind, link),
    })
}

/// Returns where the target of a link or image stands in the file, in bytes.
pub(super) fn target_at(
    sheet: &Sheet<'_>,
    kind: LinkKind,
    link: &Written<'_>,
) -> Option<(u32, u32)> {
    if kind == LinkKind::External || sheet.is_verbatim() {
        return None;
    }
    let range = match link.link_type {
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
            sheet.definitions.target(link.label)?
        }
        LinkType::ShortcutUnknown => {
            let written = sheet.source.slice(&link.range);
            let from = match kind {
                LinkKind::Signpost => written.find(SIGNPOST)? + SIGNPOST.len(),
                _ => 0,
            };
            let start = link.range.start + from + written[from..].find(link.target)?;
            start..start + link.target.len()
        }
        _ => {
            let Range { start, end } = destinations::in_link(sheet.source.slice(&link.range))?;
            link.range.start + start..link.range.start + end
        }
    };
    sheet.source.at(&range)
}

/// Reports a link that may lead nowhere.
pub(super) fn refuse(sheet: &mut Sheet<'_>, link: &Written<'_>, fault: &Fault) {
    let (message, help) = match fault {
        Fault::Scheme(_) => (
            fault.to_string(),
            "link to a lesson, a file beside it, or an `https:` address".into(),
        ),
        _ => (
            format!("`{}` cannot be a link: {fault}", quoted(link.target)),
            fault.help(link.target),
        ),
    };
    let meant = fault.mend(link.target);
    let fix = meant.and_then(|meant| {
        let at = target_at(sheet, LinkKind::Document, link);
        Fix::at(at, as_address(&meant.to_string()))
    });
    let (rule, range) = (Rule::UnsafeLink, &link.range);
    let finding = sheet.source.finding(rule, range, message, Some(help));
    sheet.notes.finding(finding.maybe_fix(fix));
}

/// Reports a link that lacks one of its parts.
fn check_form(sheet: &mut Sheet<'_>, link: &Written<'_>) {
    let (message, help) = match link.target {
        "" => (
            "this link leads nowhere: its round brackets are empty",
            "write between them where it leads",
        ),
        "#" => (
            "this link leads nowhere: `#` names no place in the page",
            "write the id of a heading or block behind it, or take the link away",
        ),
        _ if link.is_empty => (
            "this link has no words: nobody sees it",
            "write between the square brackets where it leads",
        ),
        _ => return,
    };
    sheet.slip(Slip::new(link.range.clone(), message, help));
}

fn check_words(sheet: &mut Sheet<'_>, link: &Written<'_>) {
    let words = sheet.ink.text()[link.words.clone()].trim();
    if sheet.context.language.is_vague(words) {
        let message = format!("the link text `{words}` does not say where it leads");
        let help = "name the lesson or page that it leads to";
        sheet.report(Rule::VagueLinkText, &link.range, message, Some(help.into()));
    }
}

/// Reports a reference that has no definition.
pub(crate) fn report_undefined(sheet: &mut Sheet<'_>, range: &Range<usize>) {
    let written = sheet.source.slice(range);
    let (message, help) = if written.starts_with("[^") {
        (
            format!("no footnote is defined for `{written}`"),
            format!("add a line `{written}: ...`"),
        )
    } else {
        let label = written
            .trim_end_matches("[]")
            .rsplit('[')
            .next()
            .unwrap_or("")
            .trim_end_matches(']');
        (
            format!("no link is defined for the reference `[{label}]`"),
            format!("add a line `[{label}]: path.md`, or write the path in round brackets"),
        )
    };
    sheet.report(Rule::BrokenLink, range, message, Some(help));
}

/// Reports `[^label]` where no footnote has that label: the parser leaves it as text.
pub(super) fn report_missing_footnotes(sheet: &mut Sheet<'_>, found: &Found) {
    let Some(run) = found.text() else {
        return;
    };
    let text = sheet.ink.text();
    let mut missing = Vec::new();
    for at in memchr::memmem::find_iter(text[run.clone()].as_bytes(), "[^") {
        let start = run.start + at;
        let rest = &text[start + 2..run.end];
        let piece = covered(&found.pieces, &(start..start + 1)).first();
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']'));
        let label = &rest[..length.unwrap_or(0)];
        let is_label = !label.is_empty() && rest[label.len()..].starts_with(']');
        if let (true, Some(piece)) = (
            is_label,
            piece.filter(|piece| piece.searchable && piece.exact),
        ) {
            let from = piece.source.start + start - piece.text.start;
            missing.push(from..from + label.len() + 3);
        }
    }
    for range in missing {
        let written = sheet.source.markdown.get(range.clone());
        if written.is_some_and(|text| text.starts_with("[^")) {
            report_undefined(sheet, &range);
        }
    }
}
