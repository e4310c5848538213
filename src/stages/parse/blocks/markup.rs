//! Writes what stands before and behind the content of a block.

use super::super::given::Given;
use super::super::ink::Ink;
use super::super::sheet::Sheet;
use super::headings::element;
use crate::model::blocks::{BlockKind, Form, Outcome};
use crate::model::body::SlotKind;
use crate::model::foreign::Foreign;
use crate::model::words::Word;

/// A block that has just been opened.
#[derive(Debug)]
pub(super) struct Opened<'o> {
    pub kind: BlockKind,
    /// Its position among the lesson's blocks.
    pub index: u32,
    /// Which choice of its step it is, as it is written, from 1.
    pub choice_number: u32,
    pub id: &'o str,
    pub title: &'o str,
    /// What language the title is in, where that is not the block's.
    pub title_foreign: &'o Foreign,
    /// How many blocks around it have titles.
    pub titled_around: usize,
    pub given: &'o Given,
}

/// What stands behind a block's content.
#[derive(Debug, Default)]
pub(super) struct Closing {
    before: Ending,
    html: &'static str,
}

/// What ends a block's content.
#[derive(Debug, Default)]
enum Ending {
    /// Nothing.
    #[default]
    None,
    /// The way on from a choice: its position among the lesson's blocks, and the id of its step.
    Way(u32, String),
    /// A space for what a team writes.
    Space,
}

impl Closing {
    pub const fn html(html: &'static str) -> Self {
        Self {
            before: Ending::None,
            html,
        }
    }

    /// Writes it.
    pub fn write(&self, ink: &mut Ink) {
        match &self.before {
            Ending::None => {}
            Ending::Way(choice, next) => {
                ink.push("<p class=\"choice-next\"><a href=\"#");
                ink.push_value(next);
                ink.push("\">");
                ink.word(Word::Continue);
                ink.slot(SlotKind::NextStep(*choice));
                ink.push("</a></p>\n");
            }
            Ending::Space => {
                ink.push("<p class=\"local-space\">");
                ink.word(Word::LocalSpace);
                ink.push("</p>\n");
            }
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
    match kind.form() {
        Form::Callout => {
            let words = Words {
                title,
                title_foreign: block.title_foreign,
                foreign: &block.given.foreign,
            };
            open_callout(&mut sheet.ink, kind, Some(id), &words);
            Closing::html("</div>\n")
        }
        Form::Reveal => {
            let ink = &mut sheet.ink;
            ink.push_all(&["<details class=\"reveal reveal-", kind.name(), "\" id=\""]);
            ink.push_value(id);
            ink.push("\"");
            ink.push_foreign(&block.given.foreign);
            ink.push("><summary>");
            push_title_or(ink, (title, block.title_foreign), Word::Block(kind));
            ink.push("</summary><div class=\"reveal-body\">\n");
            Closing::html("</div></details>\n")
        }
        Form::Cards => {
            sheet.ink.push("<div class=\"signposts\" id=\"");
            sheet.ink.push_value(id);
            sheet.ink.push("\">\n");
            sheet.ink.slot(SlotKind::Signposts(index));
            Closing::html("</div>\n")
        }
        Form::Step => {
            open_titled(sheet, block, &["step"], "");
            Closing::html("</section>\n")
        }
        Form::Choice => open_choice(&mut sheet.ink, block),
        Form::Section => open_section(sheet, block),
    }
}

/// Opens a section with a title of its own.
fn open_titled(sheet: &mut Sheet<'_>, block: &Opened<'_>, class: &[&str], data: &str) {
    let title_id = sheet.ids.claim_part(&[block.id, "-title"].concat());
    let ink = &mut sheet.ink;
    ink.push("<section class=\"");
    ink.push_all(class);
    ink.push("\" id=\"");
    ink.push_value(block.id);
    ink.push("\" aria-labelledby=\"");
    ink.push_value(&title_id);
    ink.push("\"");
    ink.push_foreign(&block.given.foreign);
    ink.push_all(&[data, ">\n"]);
    write_title(sheet, block, &title_id);
}

fn open_section(sheet: &mut Sheet<'_>, block: &Opened<'_>) -> Closing {
    let Opened { kind, given, .. } = *block;
    let data = if kind == BlockKind::Scenario {
        " data-scenario"
    } else {
        ""
    };
    open_titled(sheet, block, &["block block-", kind.name()], data);
    write_frame(&mut sheet.ink, given);
    match kind {
        BlockKind::ContentNote => open_content_note(&mut sheet.ink, block),
        BlockKind::Local => Closing {
            before: Ending::Space,
            html: "</section>\n",
        },
        _ => Closing::html("</section>\n"),
    }
}

/// Writes how long something takes, and with whom and what it is done.
fn write_frame(ink: &mut Ink, given: &Given) {
    if let Some(minutes) = given.minutes {
        ink.push("<p class=\"block-minutes\">");
        ink.own(|ink| ink.slot(SlotKind::Minutes(minutes)));
        ink.push("</p>\n");
    }
    for (word, value) in [
        (Word::Group, &given.group),
        (Word::Materials, &given.materials),
    ] {
        if !value.is_empty() {
            ink.push("<p class=\"block-needs\">");
            ink.word(word);
            ink.push(": ");
            ink.push_text(value);
            ink.push("</p>\n");
        }
    }
}

/// Writes the way round the section that a content note stands before.
fn open_content_note(ink: &mut Ink, block: &Opened<'_>) -> Closing {
    if let Some((skip, _)) = &block.given.skip {
        ink.push("<p class=\"content-note-skip\"><a href=\"#");
        ink.push_value(skip);
        ink.push("\">");
        ink.word(Word::SkipBlock);
        ink.push("</a></p>\n");
    }
    if block.given.signposts.is_empty() {
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
    push_title(ink, block.title, block.title_foreign);
    ink.push_all(&["</", element, ">\n"]);
}

/// Writes a title, which may be in a language of its own.
fn push_title(ink: &mut Ink, title: &str, foreign: &Foreign) {
    if foreign.is_nothing() {
        ink.push_text(title);
        return;
    }
    ink.push("<span");
    ink.push_foreign(foreign);
    ink.push(">");
    ink.push_text(title);
    ink.push("</span>");
}

/// Writes a title, or a word of the interface where there is none.
fn push_title_or(ink: &mut Ink, (title, foreign): (&str, &Foreign), word: Word) {
    if title.is_empty() {
        ink.word(word);
    } else {
        push_title(ink, title, foreign);
    }
}

/// The words of a callout's title, and what languages they and the callout are in.
#[derive(Debug)]
pub(super) struct Words<'w> {
    pub title: &'w str,
    pub title_foreign: &'w Foreign,
    pub foreign: &'w Foreign,
}

/// Opens a callout; GitHub's alerts use it too.
pub(super) fn open_callout(ink: &mut Ink, kind: BlockKind, id: Option<&str>, words: &Words<'_>) {
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
    ink.push_foreign(words.foreign);
    ink.push(">\n<p class=\"callout-title\">");
    push_title_or(ink, (words.title, words.title_foreign), Word::Block(kind));
    ink.push("</p>\n");
}

fn open_choice(ink: &mut Ink, block: &Opened<'_>) -> Closing {
    let outcome = block.given.outcome;
    let name = outcome.map_or("", Outcome::name);
    // What learners have chosen is kept by the written number, wherever the choice is dealt.
    let number = itoa::Buffer::new().format(block.choice_number).to_owned();
    ink.push_all(&["<li class=\"choice\"><details data-choice=\"", &number]);
    ink.push_all(&["\" data-outcome=\"", name, "\""]);
    ink.push_foreign(&block.given.foreign);
    ink.push("><summary>");
    push_title(ink, block.title, block.title_foreign);
    ink.push("</summary><div class=\"consequence\">\n");
    if let Some(outcome) = outcome {
        ink.push_all(&["<p class=\"outcome outcome-", name, "\">"]);
        ink.word(Word::Outcome(outcome));
        ink.push("</p>\n");
    }
    let next = block.given.next.as_ref();
    Closing {
        before: next.map_or(Ending::None, |(next, _)| {
            Ending::Way(block.index, next.clone())
        }),
        html: "</div></details></li>\n",
    }
}
