//! Writes the options of a question as native inputs, each with its feedback.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::inline::Run;
use super::super::sheet::Sheet;
use super::super::source::Source;
use super::super::walk::{Walk, is_inline_end, is_inline_tag};
use super::super::writer::Writer;
use crate::model::Rule;
use crate::model::blocks::BlockKind;
use crate::model::words::Word;

/// A question while it is being read.
#[derive(Debug, Default)]
pub(crate) struct Question {
    /// Where its task list starts, if it has one.
    list: Option<usize>,
    /// Whether one paragraph stands right before the list: it becomes the options' legend.
    has_stem: bool,
    options: u32,
    right: u32,
    unmarked: Option<Range<usize>>,
}

impl Question {
    /// Looks ahead for the question's options and counts the right ones.
    pub fn ahead(walk: &mut Walk<'_, '_>, source: &Source<'_>) -> Self {
        let mut question = Self::default();
        // How many containers are open, and whether one of them is the list of options.
        let (mut depth, mut in_options) = (0, false);
        let mut stem_end = None;
        for n in 0.. {
            let Some((event, range)) = walk.peek(n) else {
                break;
            };
            match event {
                Event::Rule if depth == 0 && source.fence_at(range.start).is_some() => break,
                Event::Start(Tag::List(_)) if depth == 0 && question.list.is_none() => {
                    let start = range.start;
                    if is_task_list(walk, n) {
                        question.list = Some(start);
                        question.has_stem = stem_end.is_some_and(|end| end + 1 == n);
                        in_options = true;
                    }
                    depth += 1;
                }
                Event::Start(tag) if !is_inline_tag(tag) => depth += 1,
                Event::End(tag) if !is_inline_end(*tag) => {
                    if depth == 0 {
                        break;
                    }
                    depth -= 1;
                    in_options &= depth > 0;
                    if depth == 0 && stem_end.is_none() {
                        stem_end = Some(n).filter(|_| *tag == TagEnd::Paragraph);
                    }
                }
                // Tasks in an option's feedback are none of the options.
                Event::TaskListMarker(true) if in_options && depth <= IN_OPTION => {
                    question.right += 1;
                }
                _ => {}
            }
        }
        question
    }

    /// Opens the form with the question's stem as its legend, where it is one paragraph right before the options.
    pub fn write_stem(&self, writer: &mut Writer<'_, '_>) {
        if !self.has_stem {
            return;
        }
        self.open_form(&mut writer.sheet);
        writer.sheet.ink.push("<legend>");
        writer.walk.next();
        writer.write(Run::Label);
        writer.sheet.ink.push("</legend>\n");
        writer.walk.next();
    }

    fn open_form(&self, sheet: &mut Sheet<'_>) {
        sheet.ink.push("<form class=\"question\" data-select=\"");
        sheet.ink.push(if self.right > 1 { "many" } else { "one" });
        sheet.ink.push("\">\n<fieldset>");
    }

    /// Returns whether the list that starts here holds the options.
    pub fn is_in_list_at(&self, start: usize) -> bool {
        self.list == Some(start)
    }

    /// Starts the list of options.
    pub fn open_list(&self, sheet: &mut Sheet<'_>, title: &str) {
        if self.has_stem {
            return;
        }
        self.open_form(sheet);
        sheet.ink.push("<legend class=\"visually-hidden\">");
        sheet
            .ink
            .push_text_or(title, Word::Block(BlockKind::Question));
        sheet.ink.push("</legend>\n");
    }

    /// Writes an option's input and label, and opens its feedback; `id` is the question's.
    pub fn open_option(&mut self, writer: &mut Writer<'_, '_>, id: &str, item: &Range<usize>) {
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
        let sheet = &mut writer.sheet;
        let option = sheet.ids.claim_part(&[id, "-", number].concat());
        let ink = &mut sheet.ink;
        ink.push("<div class=\"option\"><input type=\"");
        ink.push(if self.right > 1 { "checkbox" } else { "radio" });
        ink.push("\" name=\"");
        ink.push_value(id);
        ink.push("\" id=\"");
        ink.push_value(&option);
        ink.push_all(&["\" value=\"", number, "\"><label for=\""]);
        ink.push_value(&option);
        ink.push("\">");
        writer.write(Run::Label);
        if is_loose {
            writer.walk.next();
        }
        open_feedback(
            &mut writer.sheet,
            match mark {
                Some(true) => Verdict::Right,
                _ => Verdict::NotRight,
            },
        );
    }

    /// Reports a question that nobody can answer.
    pub fn check(&self, sheet: &mut Sheet<'_>, range: &Range<usize>) {
        let message = if self.list.is_none() {
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

/// Containers that stand around the mark of an option, at most: the list, its item, and a paragraph.
const IN_OPTION: usize = 3;

/// What is said about an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    NotRight,
}

fn open_feedback(sheet: &mut Sheet<'_>, verdict: Verdict) {
    let (right, word) = match verdict {
        Verdict::Right => ("true", Word::Right),
        Verdict::NotRight => ("false", Word::NotRight),
    };
    let ink = &mut sheet.ink;
    ink.push_all(&[
        "</label>\n<details class=\"feedback\" data-right=\"",
        right,
        "\"><summary>",
    ]);
    ink.word(Word::Feedback);
    ink.push("</summary><div class=\"feedback-body\"><p class=\"verdict\">");
    ink.word(word);
    ink.push("</p>\n");
}

/// Ends an option.
pub(crate) fn close_option(sheet: &mut Sheet<'_>) {
    sheet.ink.push("</div></details></div>\n");
}

/// Ends the list of options.
pub(crate) fn close_list(sheet: &mut Sheet<'_>) {
    sheet.ink.push("</fieldset>\n</form>\n");
}

/// Returns whether the list that starts with the n-th event to come begins with a task.
fn is_task_list(walk: &mut Walk<'_, '_>, n: usize) -> bool {
    let is_loose = matches!(walk.peek(n + 2), Some((Event::Start(Tag::Paragraph), _)));
    let first = walk.peek(n + 2 + usize::from(is_loose));
    matches!(first, Some((Event::TaskListMarker(_), _)))
}
