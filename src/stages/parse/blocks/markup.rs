//! Writes what stands before and behind the content of a block.

use super::super::ink::Ink;
use super::super::sheet::Sheet;
use super::attributes::Own;
use super::headings::element;
use crate::model::blocks::{BlockKind, Outcome};
use crate::model::body::SlotKind;
use crate::model::words::Word;

/// A block that has just been opened.
#[derive(Debug)]
pub(super) struct Opened<'o> {
    pub kind: BlockKind,
    /// Its position among the lesson's blocks.
    pub index: u32,
    pub id: &'o str,
    pub title: &'o str,
    /// How many blocks around it have titles.
    pub titled_around: usize,
    pub own: &'o Own,
}

/// What stands behind a block's content.
#[derive(Debug, Default)]
pub(super) struct Closing {
    /// The choice that leads on: its position among the lesson's blocks, and the id of its step.
    way: Option<(u32, String)>,
    html: &'static str,
}

impl Closing {
    pub const fn html(html: &'static str) -> Self {
        Self { way: None, html }
    }

    /// Writes it.
    pub fn write(&self, ink: &mut Ink) {
        if let Some((choice, next)) = &self.way {
            ink.push("<p class=\"choice-next\"><a href=\"#");
            ink.push_value(next);
            ink.push("\">");
            ink.word(Word::Continue);
            ink.slot(SlotKind::NextStep(*choice));
            ink.push("</a></p>\n");
        }
        ink.push(self.html);
    }
}

/// Writes what stands before a block's content; returns what stands behind it.
pub(super) fn open(sheet: &mut Sheet<'_>, block: &Opened<'_>) -> Closing {
    let Opened {
        kind,
        index,
        id,
        title,
        ..
    } = *block;
    match kind {
        BlockKind::Note | BlockKind::Tip | BlockKind::Caution | BlockKind::Important => {
            open_callout(&mut sheet.ink, kind, title, Some(id));
            Closing::html("</div>\n")
        }
        BlockKind::Hint | BlockKind::Solution => {
            let ink = &mut sheet.ink;
            ink.push_all(&["<details class=\"reveal reveal-", kind.name(), "\" id=\""]);
            ink.push_value(id);
            ink.push("\"><summary>");
            ink.push_text_or(title, Word::Block(kind));
            ink.push("</summary><div class=\"reveal-body\">\n");
            Closing::html("</div></details>\n")
        }
        BlockKind::Signposts => {
            sheet.ink.push("<div class=\"signposts\" id=\"");
            sheet.ink.push_value(id);
            sheet.ink.push("\">\n");
            sheet.ink.slot(SlotKind::Signposts(index));
            Closing::html("</div>\n")
        }
        BlockKind::Step => {
            let title_id = sheet.ids.claim_part(&[id, "-title"].concat());
            let ink = &mut sheet.ink;
            ink.push("<section class=\"step\" id=\"");
            ink.push_value(id);
            ink.push("\" aria-labelledby=\"");
            ink.push_value(&title_id);
            ink.push("\">\n");
            write_title(sheet, block, &title_id);
            Closing::html("</section>\n")
        }
        BlockKind::Choice => open_choice(&mut sheet.ink, block),
        _ => open_section(sheet, block),
    }
}

fn open_section(sheet: &mut Sheet<'_>, block: &Opened<'_>) -> Closing {
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
    write_title(sheet, block, &title_id);
    if let Some(minutes) = own.minutes {
        sheet.ink.push("<p class=\"block-minutes\">");
        sheet.ink.slot(SlotKind::Minutes(minutes));
        sheet.ink.push("</p>\n");
    }
    if kind == BlockKind::ContentNote {
        return open_content_note(&mut sheet.ink, block);
    }
    Closing::html("</section>\n")
}

/// Writes the way round the section that a content note stands before.
fn open_content_note(ink: &mut Ink, block: &Opened<'_>) -> Closing {
    if let Some((skip, _)) = &block.own.skip {
        ink.push("<p class=\"content-note-skip\"><a href=\"#");
        ink.push_value(skip);
        ink.push("\">");
        ink.word(Word::SkipBlock);
        ink.push("</a></p>\n");
    }
    if block.own.signposts.is_empty() {
        return Closing::html("</section>\n");
    }
    ink.push("<div class=\"signposts\">\n");
    ink.slot(SlotKind::Signposts(block.index));
    ink.push("</div>\n<div>\n");
    Closing::html("</div>\n</section>\n")
}

/// Writes a block's title one level below the heading above it.
fn write_title(sheet: &mut Sheet<'_>, block: &Opened<'_>, id: &str) {
    let element = element(sheet.notes.level() as usize + 1 + block.titled_around);
    let is_step = block.kind == BlockKind::Step;
    let class = if is_step { "step-title" } else { "block-title" };
    let ink = &mut sheet.ink;
    ink.push_all(&["<", element, " class=\"", class, "\" id=\""]);
    ink.push_value(id);
    ink.push("\">");
    if !is_step {
        ink.push("<span class=\"block-kind\">");
        ink.word(Word::Block(block.kind));
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
pub(super) fn open_callout(ink: &mut Ink, kind: BlockKind, title: &str, id: Option<&str>) {
    ink.push_all(&[
        "<div class=\"callout callout-",
        kind.name(),
        "\" role=\"note\"",
    ]);
    if let Some(id) = id {
        ink.push(" id=\"");
        ink.push_value(id);
        ink.push("\"");
    }
    ink.push(">\n<p class=\"callout-title\">");
    ink.push_text_or(title, Word::Block(kind));
    ink.push("</p>\n");
}

fn open_choice(ink: &mut Ink, block: &Opened<'_>) -> Closing {
    let outcome = block.own.outcome;
    let name = outcome.map_or("", Outcome::name);
    ink.push_all(&[
        "<li class=\"choice\"><details data-outcome=\"",
        name,
        "\"><summary>",
    ]);
    ink.push_text(block.title);
    ink.push("</summary><div class=\"consequence\">\n");
    if let Some(outcome) = outcome {
        ink.push_all(&["<p class=\"outcome outcome-", name, "\">"]);
        ink.word(Word::Outcome(outcome));
        ink.push("</p>\n");
    }
    Closing {
        way: block
            .own
            .next
            .as_ref()
            .map(|(next, _)| (block.index, next.clone())),
        html: "</div></details></li>\n",
    }
}
