//! Gathers footnotes and writes them at the end of the page, with links back to where they are named.

use super::document::Writer;
use crate::model::config::RawHtml;
use crate::model::lesson::Body;

/// The footnotes of a file.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// Labels in the order in which they are first named, with how often.
    named: Vec<(String, u32)>,
    defined: Vec<(String, Body)>,
    open: Vec<(String, Body)>,
}

impl Footnotes {
    /// Starts a definition; `outside` is what has been written before it.
    pub fn open(&mut self, label: &str, outside: Body) {
        self.open.push((label.to_owned(), outside));
    }

    /// Ends a definition; returns what had been written before it.
    pub fn close(&mut self, definition: Body) -> Body {
        let Some((label, outside)) = self.open.pop() else {
            return definition;
        };
        self.defined.push((label, definition));
        outside
    }
}

impl Writer<'_> {
    /// Writes the number of a footnote where it is named.
    pub fn footnote_reference(&mut self, label: &str) {
        let named = &mut self.footnotes.named;
        let number = match named.iter().position(|(known, _)| known == label) {
            Some(index) => index,
            None => {
                named.push((label.to_owned(), 0));
                named.len() - 1
            }
        };
        named[number].1 += 1;
        let (n, time) = (number + 1, named[number].1);
        let id = reference_id(n, time);
        let word = self.context.strings.get("footnote").to_owned();
        self.push(&format!(
            "<sup class=\"footnote-ref\" id=\"{id}\"><a href=\"#fn-{n}\" aria-label=\""
        ));
        self.push_value(&word);
        self.push(&format!(" {n}\">{n}</a></sup>"));
    }

    /// Writes the footnotes in the order in which they are named; those that nobody names come last.
    pub fn append_footnotes(&mut self) {
        let mut defined = std::mem::take(&mut self.footnotes.defined);
        if defined.is_empty() || self.context.raw_html == RawHtml::Verbatim {
            return;
        }
        let named = std::mem::take(&mut self.footnotes.named);
        let position = |label: &str| {
            named
                .iter()
                .position(|(known, _)| known == label)
                .unwrap_or(named.len())
        };
        defined.sort_by_key(|(label, _)| position(label));
        let heading = self.context.strings.get("footnotes").to_owned();
        let back = self.context.strings.get("back_to_text").to_owned();
        self.push("<section class=\"footnotes\" aria-label=\"");
        self.push_value(&heading);
        self.push("\">\n<ol>\n");
        for (index, (label, body)) in defined.into_iter().enumerate() {
            let n = index + 1;
            self.push(&format!("<li id=\"fn-{n}\">\n"));
            let shift = self.out.html.len() as u32;
            self.push(&body.html);
            for mut slot in body.slots {
                slot.at += shift;
                self.out.slots.push(slot);
            }
            let times = named
                .iter()
                .find(|(known, _)| *known == label)
                .map_or(0, |(_, times)| *times);
            for time in 1..=times {
                let id = reference_id(n, time);
                self.push(&format!("<p class=\"footnote-back\"><a href=\"#{id}\">"));
                self.push_text(&back);
                self.push(&format!(" {n}</a></p>\n"));
            }
            self.push("</li>\n");
        }
        self.push("</ol>\n</section>\n");
    }
}

fn reference_id(number: usize, time: u32) -> String {
    if time == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{time}")
    }
}
