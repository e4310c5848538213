//! Writes what stands before and behind the content of a block.

use std::borrow::Cow;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::super::sheet::Sheet;
use super::attributes::Own;
use super::headings::element;
use crate::model::blocks::BlockKind;
use crate::model::lesson::SlotKind;

/// A block that has just been opened.
#[derive(Debug)]
pub(super) struct Opened<'o> {
    pub kind: BlockKind,
    pub id: &'o str,
    pub title: &'o str,
    /// How many blocks around it have titles.
    pub titled_around: usize,
    /// The title of the step that it leads to: of a choice.
    pub next_title: Option<String>,
    pub own: &'o Own,
}

/// Writes what stands before a block's content; returns what stands behind it.
pub(super) fn open(sheet: &mut Sheet<'_>, block: &Opened<'_>) -> Cow<'static, str> {
    let Opened {
        kind,
        id,
        title,
        own,
        ..
    } = *block;
    match kind {
        BlockKind::Note | BlockKind::Tip | BlockKind::Caution | BlockKind::Important => {
            open_callout(sheet, kind.name(), title, Some(id));
            "</div>\n".into()
        }
        BlockKind::Hint | BlockKind::Solution => {
            let name = kind.name();
            let word = sheet.context.strings.get(name);
            let ink = &mut sheet.ink;
            ink.push_all(&["<details class=\"reveal reveal-", name, "\" id=\""]);
            ink.push_value(id);
            ink.push("\"><summary>");
            ink.push_text(if title.is_empty() { word } else { title });
            ink.push("</summary><div class=\"reveal-body\">\n");
            "</div></details>\n".into()
        }
        BlockKind::Signposts => {
            sheet.ink.push("<div class=\"signposts\" id=\"");
            sheet.ink.push_value(id);
            sheet.ink.push("\">\n");
            sheet
                .ink
                .slot(SlotKind::Signposts(own.signposts.clone().into()));
            "</div>\n".into()
        }
        BlockKind::Step => {
            let title_id = sheet.ids.claim_part(&[id, "-title"].concat());
            let ink = &mut sheet.ink;
            ink.push("<section class=\"step\" id=\"");
            ink.push_value(id);
            ink.push("\" aria-labelledby=\"");
            ink.push_value(&title_id);
            ink.push("\">\n");
            write_title(sheet, block, &title_id, "");
            "</section>\n".into()
        }
        BlockKind::Choice => open_choice(sheet, block).into(),
        _ => open_section(sheet, block),
    }
}

fn open_section(sheet: &mut Sheet<'_>, block: &Opened<'_>) -> Cow<'static, str> {
    let Opened { kind, id, own, .. } = *block;
    let title_id = sheet.ids.claim_part(&[id, "-title"].concat());
    let ink = &mut sheet.ink;
    ink.push_all(&["<section class=\"block block-", kind.name(), "\" id=\""]);
    ink.push_value(id);
    ink.push("\" aria-labelledby=\"");
    ink.push_value(&title_id);
    ink.push(if kind == BlockKind::Scenario {
        "\" data-scenario>\n"
    } else {
        "\">\n"
    });
    let key = match kind {
        BlockKind::ContentNote => "content_note",
        _ => kind.name(),
    };
    let strings = &sheet.context.strings;
    write_title(sheet, block, &title_id, strings.get(key));
    if let Some(minutes) = own.minutes {
        let language = &sheet.context.language;
        let word = language.counted(minutes.into(), "minutes", strings);
        let html = format!("<p class=\"block-minutes\">{minutes} {word}</p>\n");
        sheet.ink.push(&html);
    }
    if kind == BlockKind::ContentNote {
        return open_content_note(sheet, own);
    }
    "</section>\n".into()
}

/// Writes the way round the section that a content note stands before.
fn open_content_note(sheet: &mut Sheet<'_>, own: &Own) -> Cow<'static, str> {
    let ink = &mut sheet.ink;
    if let Some((skip, _)) = &own.skip {
        ink.push("<p class=\"content-note-skip\"><a href=\"#");
        ink.push_value(skip);
        ink.push("\">");
        ink.push_text(sheet.context.strings.get("skip_block"));
        ink.push("</a></p>\n");
    }
    if own.signposts.is_empty() {
        return "</section>\n".into();
    }
    ink.push("<div class=\"signposts\">\n");
    ink.slot(SlotKind::Signposts(own.signposts.clone().into()));
    ink.push("</div>\n<div>\n");
    "</div>\n</section>\n".into()
}

/// Writes a block's title one level below the heading above it.
fn write_title(sheet: &mut Sheet<'_>, block: &Opened<'_>, id: &str, kind: &str) {
    let element = element(sheet.notes.level() as usize + 1 + block.titled_around);
    let class = match block.kind {
        BlockKind::Step => "step-title",
        _ => "block-title",
    };
    let ink = &mut sheet.ink;
    ink.push_all(&["<", element, " class=\"", class, "\" id=\""]);
    ink.push_value(id);
    ink.push("\">");
    if !kind.is_empty() {
        ink.push("<span class=\"block-kind\">");
        ink.push_text(kind);
        ink.push(if block.title.is_empty() {
            "</span>"
        } else {
            "</span> "
        });
    }
    ink.push_text(block.title);
    ink.push_all(&["</", element, ">\n"]);
}

/// Opens a callout; GitHub's alerts use it too.
pub(super) fn open_callout(sheet: &mut Sheet<'_>, name: &str, title: &str, id: Option<&str>) {
    let ink = &mut sheet.ink;
    ink.push_all(&["<div class=\"callout callout-", name, "\" role=\"note\""]);
    if let Some(id) = id {
        ink.push(" id=\"");
        ink.push_value(id);
        ink.push("\"");
    }
    ink.push(">\n<p class=\"callout-title\">");
    let word = sheet.context.strings.get(name);
    ink.push_text(if title.is_empty() { word } else { title });
    ink.push("</p>\n");
}

fn open_choice(sheet: &mut Sheet<'_>, block: &Opened<'_>) -> String {
    let strings = &sheet.context.strings;
    let outcome = block.own.outcome.unwrap_or("");
    let ink = &mut sheet.ink;
    ink.push_all(&[
        "<li class=\"choice\"><details data-outcome=\"",
        outcome,
        "\"><summary>",
    ]);
    ink.push_text(block.title);
    ink.push("</summary><div class=\"consequence\">\n");
    if !outcome.is_empty() {
        ink.push_all(&["<p class=\"outcome outcome-", outcome, "\">"]);
        ink.push_text(strings.get(&format!("outcome_{outcome}")));
        ink.push("</p>\n");
    }
    let mut closing = String::new();
    if let Some((next, _)) = &block.own.next {
        let title = block.next_title.as_deref().unwrap_or("");
        closing.push_str("<p class=\"choice-next\"><a href=\"#");
        let _ = escape_html(&mut closing, next);
        closing.push_str("\">");
        let _ = escape_html_body_text(&mut closing, strings.get("choice_continue"));
        if !title.is_empty() {
            closing.push_str(": ");
            let _ = escape_html_body_text(&mut closing, title);
        }
        closing.push_str("</a></p>\n");
    }
    closing.push_str("</div></details></li>\n");
    closing
}
