//! Writes what stands before and behind the content of a block.

use std::borrow::Cow;

use super::blocks::Own;
use super::document::Writer;
use super::headings::heading_element;
use crate::model::blocks::BlockKind;
use crate::model::lesson::SlotKind;

impl Writer<'_> {
    /// Writes what stands before a block's content; returns what stands behind it.
    pub fn write_opening(
        &mut self,
        kind: BlockKind,
        id: &str,
        title: &str,
        own: &Own,
    ) -> Cow<'static, str> {
        let context = self.context;
        match kind {
            BlockKind::Note | BlockKind::Tip | BlockKind::Caution | BlockKind::Important => {
                self.open_callout(kind.name(), title, Some(id));
                "</div>\n".into()
            }
            BlockKind::Hint | BlockKind::Solution => {
                let name = kind.name();
                let word = context.strings.get(name);
                self.push_all(&["<details class=\"reveal reveal-", name, "\" id=\""]);
                self.push_value(id);
                self.push("\"><summary>");
                self.push_text(if title.is_empty() { word } else { title });
                self.push("</summary><div class=\"reveal-body\">\n");
                "</div></details>\n".into()
            }
            BlockKind::Signposts => {
                self.push("<div class=\"signposts\" id=\"");
                self.push_value(id);
                self.push("\">\n");
                self.slot(SlotKind::Signposts(own.signposts.clone().into()));
                "</div>\n".into()
            }
            BlockKind::Step => {
                let title_id = self.claim_part_id(&[id, "-title"].concat());
                self.push("<section class=\"step\" id=\"");
                self.push_value(id);
                self.push("\" aria-labelledby=\"");
                self.push_value(&title_id);
                self.push("\">\n");
                self.write_title("step-title", &title_id, "", title);
                "</section>\n".into()
            }
            BlockKind::Choice => self.open_choice(title, own).into(),
            _ => {
                self.open_section(kind, id, title, own);
                if kind == BlockKind::ContentNote && !own.signposts.is_empty() {
                    "</div>\n</section>\n".into()
                } else {
                    "</section>\n".into()
                }
            }
        }
    }

    fn open_section(&mut self, kind: BlockKind, id: &str, title: &str, own: &Own) {
        let title_id = self.claim_part_id(&[id, "-title"].concat());
        self.push("<section class=\"block block-");
        self.push(kind.name());
        self.push("\" id=\"");
        self.push_value(id);
        self.push("\" aria-labelledby=\"");
        self.push_value(&title_id);
        self.push(if kind == BlockKind::Scenario {
            "\" data-scenario>\n"
        } else {
            "\">\n"
        });
        let key = match kind {
            BlockKind::ContentNote => "content_note",
            _ => kind.name(),
        };
        let context = self.context;
        let word = context.strings.get(key);
        self.write_title("block-title", &title_id, word, title);
        if let Some(minutes) = own.minutes {
            let word = self
                .context
                .strings
                .get(if minutes == 1 { "minute" } else { "minutes" });
            let html = format!("<p class=\"block-minutes\">{minutes} {word}</p>\n");
            self.push(&html);
        }
        if kind == BlockKind::ContentNote {
            self.open_content_note(id, own);
        }
    }

    /// Writes the way round the section that a content note stands before.
    fn open_content_note(&mut self, _id: &str, own: &Own) {
        if let Some((skip, _)) = &own.skip {
            self.push("<p class=\"content-note-skip\"><a href=\"#");
            self.push_value(skip);
            self.push("\">");
            let word = self.context.strings.get("skip_block").to_owned();
            self.push_text(&word);
            self.push("</a></p>\n");
        }
        if !own.signposts.is_empty() {
            self.push("<div class=\"signposts\">\n");
            self.slot(SlotKind::Signposts(own.signposts.clone().into()));
            self.push("</div>\n<div>\n");
        }
    }

    /// Writes a block's title one level below the heading above it.
    fn write_title(&mut self, class: &str, id: &str, kind: &str, title: &str) {
        let above = self
            .lesson
            .headings
            .last()
            .map_or(1, |heading| heading.level);
        let around = self.open.iter().filter(|block| block.is_titled()).count();
        let level = above as usize + 1 + around;
        let element = heading_element(level);
        self.push_all(&["<", element, " class=\"", class, "\" id=\""]);
        self.push_value(id);
        self.push("\">");
        if !kind.is_empty() {
            self.push("<span class=\"block-kind\">");
            self.push_text(kind);
            self.push(if title.is_empty() {
                "</span>"
            } else {
                "</span> "
            });
        }
        self.push_text(title);
        self.push_all(&["</", element, ">\n"]);
    }

    /// Opens a callout; GitHub's alerts use it too.
    pub fn open_callout(&mut self, name: &str, title: &str, id: Option<&str>) {
        self.push_all(&["<div class=\"callout callout-", name, "\" role=\"note\""]);
        if let Some(id) = id {
            self.push(" id=\"");
            self.push_value(id);
            self.push("\"");
        }
        self.push(">\n<p class=\"callout-title\">");
        let context = self.context;
        let word = context.strings.get(name);
        self.push_text(if title.is_empty() { word } else { title });
        self.push("</p>\n");
    }

    fn open_choice(&mut self, title: &str, own: &Own) -> String {
        let outcome = own.outcome.unwrap_or("");
        self.push("<li class=\"choice\"><details data-outcome=\"");
        self.push(outcome);
        self.push("\"><summary>");
        self.push_text(title);
        self.push("</summary><div class=\"consequence\">\n");
        if !outcome.is_empty() {
            let word = self
                .context
                .strings
                .get(&format!("outcome_{outcome}"))
                .to_owned();
            self.push(&format!("<p class=\"outcome outcome-{outcome}\">"));
            self.push_text(&word);
            self.push("</p>\n");
        }
        let mut closing = String::new();
        if let Some((next, _)) = &own.next {
            let go_on = self.context.strings.get("choice_continue");
            let title = self.scenario().map_or("", |scenario| scenario.title(next));
            closing.push_str("<p class=\"choice-next\"><a href=\"#");
            let _ = pulldown_cmark_escape::escape_html(&mut closing, next);
            closing.push_str("\">");
            let _ = pulldown_cmark_escape::escape_html_body_text(&mut closing, go_on);
            if !title.is_empty() {
                closing.push_str(": ");
                let _ = pulldown_cmark_escape::escape_html_body_text(&mut closing, title);
            }
            closing.push_str("</a></p>\n");
        }
        closing.push_str("</div></details></li>\n");
        closing
    }
}
