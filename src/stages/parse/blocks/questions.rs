//! Writes the options of a question as native inputs, each with its feedback.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::ink::Ink;
use super::super::inline::Run;
use super::super::meant::Slip;
use super::super::sheet::Sheet;
use super::super::walk::{Located, Walk};
use super::super::writer::Writer;
use crate::model::Rule;
use crate::model::blocks::BlockKind;
use crate::model::body::SlotKind;
use crate::model::stretches::Part;
use crate::model::words::Word;

/// A question while it is being read.
#[derive(Debug)]
pub(crate) struct Question {
    /// Its position among the lesson's blocks.
    block: u32,
    id: Arc<str>,
    /// How far its options have come.
    list: List,
    /// Whether its form is open: the stem stands in it, as its legend.
    has_form: bool,
    options: u32,
    right: u32,
    /// The stretches of the option at hand and of its feedback.
    open: Option<(u32, u32)>,
    unmarked: Option<Range<usize>>,
}

/// The list of a question's options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// It may come: the first list of tasks before any other block between colons.
    ToCome,
    /// It has begun.
    Begun,
    /// It comes no more.
    Missed,
}

impl Question {
    /// Starts a question whose opening line has been read: opens its form where its stem is one paragraph right before its options.
    pub fn open(writer: &mut Writer<'_, '_>, block: u32, id: &Arc<str>) -> Self {
        let mut question = Self {
            block,
            id: Arc::clone(id),
            list: List::ToCome,
            has_form: false,
            options: 0,
            right: 0,
            open: None,
            unmarked: None,
        };
        if starts_with_stem(&mut writer.walk) {
            question.open_form(writer.sheet);
            writer.sheet.ink.push("<legend>");
            writer.walk.next();
            writer.write(Run::Label);
            writer.sheet.ink.push("</legend>\n");
            writer.sheet.ink.slot(SlotKind::ChooseAll(block));
            writer.walk.next();
        }
        question
    }

    fn open_form(&mut self, sheet: &mut Sheet<'_>) {
        self.has_form = true;
        sheet.ink.push("<form class=\"question\"");
        sheet.ink.slot(SlotKind::Question(self.block));
        sheet.ink.push(">\n<fieldset>");
    }

    /// Takes note of a line of colons right inside the question.
    pub fn pass_fence(&mut self) {
        if self.list == List::ToCome {
            self.list = List::Missed;
        }
    }

    /// Starts the list that has just begun right inside the question, if it holds the options.
    pub fn open_list(&mut self, writer: &mut Writer<'_, '_>) -> bool {
        if self.list != List::ToCome || !holds_tasks(&mut writer.walk, 0) {
            return false;
        }
        self.list = List::Begun;
        if !self.has_form {
            self.open_form(writer.sheet);
            let Sheet { notes, ink, .. } = &mut *writer.sheet;
            ink.push("<legend class=\"visually-hidden\">");
            let title = &notes.block_at(self.block).title;
            ink.push_text_or(title, Word::Block(BlockKind::Question));
            ink.push("</legend>\n");
            ink.slot(SlotKind::ChooseAll(self.block));
        }
        true
    }

    /// Writes an option's input and label, and opens its feedback.
    pub fn open_option(&mut self, writer: &mut Writer<'_, '_>, item: &Range<usize>) {
        let is_loose = matches!(writer.walk.peek(0), Some((Event::Start(Tag::Paragraph), _)));
        if is_loose {
            writer.walk.next();
        }
        let mark = match writer.walk.peek(0) {
            Some((Event::TaskListMarker(checked), _)) => Some(*checked),
            _ => None,
        };
        if mark.is_some() {
            writer.walk.next();
        } else {
            self.unmarked.get_or_insert(item.clone());
        }
        self.options += 1;
        let mut number = itoa::Buffer::new();
        let number = number.format(self.options);
        let right = mark == Some(true);
        self.right += u32::from(right);
        let sheet = &mut writer.sheet;
        let part = Part::Option {
            number: self.options,
            right,
        };
        let stretch = sheet
            .ink
            .begin(part, sheet.around.audience(), Some(self.block));
        let option = sheet.ids.claim_part(&[&*self.id, "-", number].concat());
        let ink = &mut sheet.ink;
        ink.push("<div class=\"option\"><input type=\"");
        ink.slot(SlotKind::Input(self.block));
        ink.push("\" name=\"");
        ink.push_value(&self.id);
        ink.push("\" id=\"");
        ink.push_value(&option);
        ink.push_all(&["\" value=\"", number, "\"><label for=\""]);
        ink.push_value(&option);
        ink.push("\">");
        writer.write(Run::Label);
        if is_loose {
            writer.walk.next();
        }
        let verdict = if right { Word::Right } else { Word::NotRight };
        let feedback = open_feedback(writer.sheet, self.block, verdict, number);
        self.open = Some((stretch, feedback));
    }

    /// Ends an option.
    pub fn close_option(&mut self, ink: &mut Ink) {
        let Some((option, feedback)) = self.open.take() else {
            return;
        };
        ink.push("</div></details>");
        ink.end(feedback);
        ink.push("</div>\n");
        ink.end(option);
    }

    /// Ends the question: notes whether several options are right, and reports one that nobody can answer.
    pub fn end(&self, sheet: &mut Sheet<'_>, range: &Range<usize>) {
        sheet.notes.count_right(self.block, self.right);
        let message = if self.list != List::Begun {
            "this question offers no options"
        } else if self.right == 0 {
            "no option of this question is marked as right"
        } else {
            if let Some(range) = &self.unmarked {
                let range = sheet.source.line_of(range);
                sheet.report(
                    Rule::QuestionWithoutAnswer,
                    &range,
                    "this option is neither `[ ]` nor `[x]`".into(),
                    Some("mark every option".into()),
                );
            }
            if self.right == self.options {
                let (message, help) = match self.options {
                    1 => (
                        "the only option of this question is marked as right",
                        "add an option that is not",
                    ),
                    _ => (
                        "every option of this question is marked as right",
                        "mark with `[ ]` what is not right, or add an option that is not",
                    ),
                };
                sheet.slip(Slip::new(range.clone(), message, help));
            }
            return;
        };
        sheet.report(
            Rule::QuestionWithoutAnswer,
            range,
            message.into(),
            Some("write the options as a task list, and mark the right ones with `[x]`".into()),
        );
    }
}

/// Opens the feedback of an option of a question; returns its stretch.
fn open_feedback(sheet: &mut Sheet<'_>, question: u32, verdict: Word, number: &str) -> u32 {
    let right = if verdict == Word::Right {
        "true"
    } else {
        "false"
    };
    let audience = sheet.around.audience();
    let ink = &mut sheet.ink;
    ink.push("</label>\n");
    let feedback = ink.begin(Part::Feedback, audience, Some(question));
    ink.push_all(&[
        "<details class=\"feedback\" data-right=\"",
        right,
        "\"><summary>",
    ]);
    ink.word(Word::Feedback);
    // Told apart by those who hear them one after the other.
    ink.push_all(&["<span class=\"visually-hidden\"> (", number, ")</span>"]);
    ink.push("</summary><div class=\"feedback-body\">");
    let said = ink.begin(Part::Verdict, audience, Some(question));
    ink.push("<p class=\"verdict\">");
    ink.word(verdict);
    ink.push("</p>\n");
    ink.end(said);
    feedback
}

/// Ends the list of options.
pub(crate) fn close_list(sheet: &mut Sheet<'_>) {
    sheet
        .ink
        .push("</fieldset>\n<button type=\"submit\" hidden>");
    sheet.ink.word(Word::Check);
    sheet.ink.push("</button>\n</form>\n");
}

/// Returns whether one paragraph comes, and right behind it a list of tasks.
fn starts_with_stem(walk: &mut Walk<'_, '_>) -> bool {
    if !matches!(walk.peek(0), Some((Event::Start(Tag::Paragraph), _))) {
        return false;
    }
    let is_end = |located: &Located<'_>| located.0 == Event::End(TagEnd::Paragraph);
    let end = (1..)
        .find(|n| walk.peek(*n).is_none_or(is_end))
        .unwrap_or(0);
    matches!(walk.peek(end + 1), Some((Event::Start(Tag::List(_)), _)))
        && holds_tasks(walk, end + 2)
}

/// Returns whether the list whose first item is the n-th event to come begins with a task.
fn holds_tasks(walk: &mut Walk<'_, '_>, n: usize) -> bool {
    let is_loose = matches!(walk.peek(n + 1), Some((Event::Start(Tag::Paragraph), _)));
    let first = walk.peek(n + 1 + usize::from(is_loose));
    matches!(first, Some((Event::TaskListMarker(_), _)))
}
