//! Writes the options of a question as native inputs, each with its feedback.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::document::{Located, Writer};
use super::inline::Matching;
use crate::model::Rule;
use crate::model::blocks::BlockKind;

/// A question while it is being read.
#[derive(Debug, Default)]
pub(super) struct Question {
    /// Where the event of its task list stands, if it has one.
    list: Option<usize>,
    /// Whether the list is being written.
    writing: bool,
    options: u32,
    right: u32,
    stem_written: bool,
    unmarked: Option<Range<usize>>,
}

impl Writer<'_> {
    /// Looks ahead for the question's options and counts the right ones.
    pub fn read_question(&self, events: &[Located<'_>]) -> Question {
        let mut question = Question::default();
        let mut depth = 0;
        for (at, (event, range)) in events.iter().enumerate().skip(self.at + 1) {
            match event {
                Event::Rule if depth == 0 && self.masked.fence_at(range.start).is_some() => break,
                Event::Start(Tag::List(_)) if depth == 0 && question.list.is_none() => {
                    if is_task_list(events, at) {
                        question.list = Some(at);
                    }
                    depth += 1;
                }
                Event::Start(tag) if !super::inline::is_inline_tag(tag) => depth += 1,
                Event::End(tag) if !super::inline::is_inline_end(*tag) => {
                    if depth == 0 {
                        break;
                    }
                    depth -= 1;
                }
                Event::TaskListMarker(true) if question.list.is_some() => question.right += 1,
                _ => {}
            }
        }
        question
    }

    fn question(&mut self) -> Option<&mut Question> {
        self.open
            .last_mut()
            .and_then(|block| block.question.as_mut())
    }

    /// Opens the form when the question's stem is one paragraph right before its options: the stem becomes their legend.
    pub fn write_stem(&mut self, events: &[Located<'_>]) {
        let at = self.at + 1;
        let Some(list) = self.question().and_then(|question| question.list) else {
            return;
        };
        if !matches!(events.get(at), Some((Event::Start(Tag::Paragraph), _))) {
            return;
        }
        let end =
            (at..list).find(|index| matches!(events[*index].0, Event::End(TagEnd::Paragraph)));
        if end != Some(list - 1) {
            return;
        }
        self.open_form();
        self.push("<legend>");
        self.at = at + 1;
        self.inline_run(events, Matching::RecordOnly);
        self.end_line();
        self.push("</legend>\n");
        if let Some(question) = self.question() {
            question.stem_written = true;
        }
        // `inline_run` stands at the paragraph's end; the caller steps past one event.
    }

    fn open_form(&mut self) {
        let several = self.question().is_some_and(|question| question.right > 1);
        self.push("<form class=\"question\" data-select=\"");
        self.push(if several { "many" } else { "one" });
        self.push("\">\n<fieldset>");
    }

    /// Starts the list at hand if it holds the options of the innermost question.
    pub fn open_options(&mut self, _events: &[Located<'_>]) -> bool {
        let at = self.at;
        let Some(question) = self.question().filter(|question| question.list == Some(at)) else {
            return false;
        };
        question.writing = true;
        let stem_written = question.stem_written;
        if !stem_written {
            self.open_form();
            let title = self
                .open
                .last()
                .and_then(|block| block.index)
                .map_or_else(String::new, |index| {
                    self.lesson.blocks[index].title.to_string()
                });
            let word = self.context.strings.get("question").to_owned();
            self.push("<legend class=\"visually-hidden\">");
            self.push_text(if title.is_empty() { &word } else { &title });
            self.push("</legend>\n");
        }
        self.at += 1;
        true
    }

    /// Ends the list of options.
    pub fn close_options(&mut self) -> bool {
        let depth = self.depth;
        let ends = self.open.last_mut().is_some_and(|block| {
            let ends = block.depth + 1 == depth
                && block
                    .question
                    .as_ref()
                    .is_some_and(|question| question.writing);
            if let (true, Some(question)) = (ends, block.question.as_mut()) {
                question.writing = false;
            }
            ends
        });
        if ends {
            self.push("</fieldset>\n</form>\n");
        }
        ends
    }

    fn is_option(&self) -> bool {
        self.open.last().is_some_and(|block| {
            block.depth + 2 == self.depth
                && block
                    .question
                    .as_ref()
                    .is_some_and(|question| question.writing)
        })
    }

    /// Writes an option's input and label, and opens its feedback.
    pub fn open_option(&mut self, events: &[Located<'_>]) -> bool {
        if !self.is_option() {
            return false;
        }
        let item = events[self.at].1.clone();
        self.at += 1;
        let loose = matches!(events.get(self.at), Some((Event::Start(Tag::Paragraph), _)));
        if loose {
            self.at += 1;
        }
        let right = match events.get(self.at) {
            Some((Event::TaskListMarker(checked), _)) => {
                self.at += 1;
                Some(*checked)
            }
            _ => None,
        };
        let Some(question) = self.question() else {
            return false;
        };
        question.options += 1;
        if right.is_none() {
            question.unmarked.get_or_insert(item);
        }
        let (number, several) = (question.options.to_string(), question.right > 1);
        let name = self.open.last().and_then(|block| block.index).map_or_else(
            || "".into(),
            |index| Arc::clone(&self.lesson.blocks[index].id),
        );
        let id = self.claim_part_id(&[&*name, "-", &number].concat());
        self.push("<div class=\"option\"><input type=\"");
        self.push(if several { "checkbox" } else { "radio" });
        self.push("\" name=\"");
        self.push_value(&name);
        self.push("\" id=\"");
        self.push_value(&id);
        self.push_all(&["\" value=\"", &number, "\"><label for=\""]);
        self.push_value(&id);
        self.push("\">");
        self.inline_run(events, Matching::RecordOnly);
        self.end_line();
        self.push("</label>\n");
        if loose {
            // Past the end of the paragraph that held the label.
            self.at += 1;
        }
        let right = right.unwrap_or(false);
        let context = self.context;
        self.push("<details class=\"feedback\" data-right=\"");
        self.push(if right { "true" } else { "false" });
        self.push("\"><summary>");
        self.push_text(context.strings.get("feedback_summary"));
        self.push("</summary><div class=\"feedback-body\"><p class=\"verdict\">");
        let verdict = if right { "right" } else { "not_right" };
        self.push_text(context.strings.get(verdict));
        self.push("</p>\n");
        true
    }

    /// Ends an option.
    pub fn close_option(&mut self) -> bool {
        if !self.is_option() {
            return false;
        }
        self.push("</div></details></div>\n");
        true
    }

    /// Reports a question that nobody can answer.
    pub fn check_question(&mut self, question: &Question, range: &Range<usize>) {
        debug_assert!(
            self.open
                .iter()
                .all(|block| block.kind != Some(BlockKind::Choice) || block.question.is_none())
        );
        let message = if question.list.is_none() {
            "this question offers no options"
        } else if question.right == 0 {
            "no option of this question is marked as right"
        } else {
            if let Some(range) = &question.unmarked {
                let range = super::headings::line_of(self.source, range);
                self.report(
                    Rule::QuestionWithoutAnswer,
                    &range,
                    "this option is neither `[ ]` nor `[x]`".into(),
                    Some("mark every option".into()),
                );
            }
            return;
        };
        self.report(
            Rule::QuestionWithoutAnswer,
            range,
            message.into(),
            Some("write the options as a task list, and mark the right ones with `[x]`".into()),
        );
    }
}

/// Returns whether the list that starts at this event begins with a task.
fn is_task_list(events: &[Located<'_>], list: usize) -> bool {
    let mut at = list + 2;
    if matches!(events.get(at), Some((Event::Start(Tag::Paragraph), _))) {
        at += 1;
    }
    matches!(events.get(at), Some((Event::TaskListMarker(_), _)))
}
