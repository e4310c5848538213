//! Writes what holds other content: quotations, code, lists, and blocks of raw HTML.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::document::{Located, Quote, Writer};
use crate::model::Rule;
use crate::model::config::RawHtml;

/// Comments that may stand one after the other before the block that they speak of.
const MOST_COMMENTS: usize = 64;

/// Returns the range of the next block that is not itself a comment or other HTML, if it is near.
fn next_block(events: &[Located<'_>], mut at: usize) -> Option<Range<usize>> {
    for _ in 0..MOST_COMMENTS {
        if !matches!(events.get(at), Some((Event::Start(Tag::HtmlBlock), _))) {
            break;
        }
        at += events[at..]
            .iter()
            .position(|(event, _)| matches!(event, Event::End(TagEnd::HtmlBlock)))?
            + 1;
    }
    events.get(at).map(|(_, range)| range.clone())
}

impl Writer<'_> {
    pub fn open_quote(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) {
        let ignored = self.quotation_is_marked(range);
        self.quotes.push(Quote {
            ignored,
            alert: kind.is_some(),
            text_start: self.text_len(),
        });
        match kind {
            None => self.push("<blockquote>\n"),
            Some(kind) => {
                let name = match kind {
                    BlockQuoteKind::Note => "note",
                    BlockQuoteKind::Tip => "tip",
                    BlockQuoteKind::Important => "important",
                    BlockQuoteKind::Warning | BlockQuoteKind::Caution => "caution",
                };
                self.open_callout(name, "", None);
            }
        }
        self.at += 1;
    }

    pub fn close_quote(&mut self) {
        let Some(quote) = self.quotes.pop() else {
            return;
        };
        if quote.alert {
            self.push("</div>\n");
        } else {
            self.lesson.exempt.push((quote.text_start, self.text_len()));
            self.push("</blockquote>\n");
        }
    }

    pub fn code_block(&mut self, kind: &CodeBlockKind<'_>, events: &[Located<'_>]) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.push("<pre><code>");
        } else {
            self.push("<pre><code class=\"language-");
            self.push_value(language);
            self.push("\">");
        }
        let start = self.text_len();
        self.at += 1;
        while let Some((Event::Text(text), range)) = events.get(self.at) {
            let original = self.unmasked(text, range);
            self.push_text(&original);
            self.lesson.text.push_str(&original);
            self.at += 1;
        }
        self.end_line();
        self.lesson.exempt.push((start, self.text_len()));
        self.push("</code></pre>\n");
        // At the block's end.
        self.depth -= 1;
        self.at += 1;
    }

    /// Returns a text as the author wrote it where a fence in it was masked.
    pub fn unmasked<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        let untouched = matches!(self.masked.text, Cow::Borrowed(_))
            || self.source.get(range.clone()) == self.masked.text.get(range.clone());
        if untouched {
            text.into()
        } else {
            self.source[range.clone()].to_owned().into()
        }
    }

    pub fn whole_html_block(&mut self, range: Range<usize>, events: &[Located<'_>]) {
        self.at += 1;
        let mut lines: Vec<(String, Range<usize>)> = Vec::new();
        while let Some((Event::Html(line) | Event::Text(line), line_range)) = events.get(self.at) {
            let line = self.unmasked(line, line_range).into_owned();
            lines.push((line, line_range.clone()));
            self.at += 1;
        }
        let html: String = lines.iter().map(|(line, _)| line.as_str()).collect();
        // The following block is what a comment that stands alone speaks of.
        let next = next_block(events, self.at + 1);
        if !self.comment(&html, &range, next.as_ref()) {
            self.html_block(&html, &lines, range);
        }
        self.depth -= 1;
        self.at += 1;
    }

    pub fn html_block(
        &mut self,
        html: &str,
        lines: &[(String, Range<usize>)],
        range: Range<usize>,
    ) {
        let html = html.trim_end_matches('\n');
        match self.context.raw_html {
            RawHtml::Safe => self.safe_block(lines, &range),
            RawHtml::Verbatim => {
                self.push(html);
                self.push("\n");
            }
            RawHtml::Text => {
                self.report_raw_html(&range);
                self.push("<p>");
                self.push_text(html);
                self.push("</p>\n");
                self.lesson.text.push_str(html);
                self.end_line();
            }
        }
    }

    /// Says that raw HTML is shown as text.
    pub fn report_raw_html(&mut self, range: &Range<usize>) {
        self.report(
            Rule::RawHtml,
            range,
            "raw HTML is shown as text".into(),
            Some("write it in Markdown, or in backticks when it is meant to be seen".into()),
        );
    }

    pub fn open_list(&mut self, first: Option<u64>, events: &[Located<'_>]) {
        if self.open_options(events) {
            return;
        }
        match first {
            None => self.push("<ul>\n"),
            Some(1) => self.push("<ol>\n"),
            Some(number) => {
                self.push_all(&["<ol start=\"", &number.to_string(), "\">\n"]);
            }
        }
        self.lists.push(first.is_some());
        self.at += 1;
    }

    pub fn close_list(&mut self) {
        if self.close_options() {
            return;
        }
        let numbered = self.lists.pop().unwrap_or(false);
        self.push(if numbered { "</ol>\n" } else { "</ul>\n" });
    }

    pub fn open_item(&mut self, events: &[Located<'_>]) {
        if self.open_option(events) {
            return;
        }
        self.push("<li>");
        self.at += 1;
        if matches!(events.get(self.at), Some((Event::Start(tag), _)) if !super::inline::is_inline_tag(tag))
        {
            self.push("\n");
        }
    }

    pub fn close_item(&mut self, _range: &Range<usize>) {
        if self.close_option() {
            return;
        }
        self.push("</li>\n");
    }
}
