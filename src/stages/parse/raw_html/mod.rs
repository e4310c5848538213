//! Writes raw HTML where `[markdown] html = "safe"`, and reports what is taken out of it.
//!
//! A block of HTML is cleaned as a whole. Its text, links and images then go the way of Markdown's: names of topics are found in it, links are
//! checked, and every tag is written anew.

mod allowed;
mod runs;
mod tags;
mod taken_out;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};
use pulldown_cmark_escape::escape_html;

use allowed::Level;
pub(super) use allowed::Sanitiser;
use runs::{clean_run, link_start, push_image};
use tags::{Kind, Tag, decoded, pieces};
use taken_out::{Complaint, HELP, about_block, misplaced};
use text::Locator;

use super::document::{Located, Quote, Writer};
use super::inline::Matching;

/// Writes a start tag.
fn serialised(tag: &Tag) -> String {
    let mut html = format!("<{}", tag.name);
    for (name, value) in &tag.attributes {
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        // Writing to a String cannot fail.
        let _ = escape_html(&mut html, &decoded(value));
        html.push('"');
    }
    html.push('>');
    html
}

impl Writer<'_> {
    /// Returns a run's events without what raw HTML may not do.
    pub fn cleaned_run<'e>(&mut self, run: &[Located<'e>]) -> Option<Vec<Located<'e>>> {
        let context = self.context;
        let sanitiser = context.sanitiser.as_ref()?;
        if !run
            .iter()
            .any(|(event, _)| matches!(event, Event::InlineHtml(_)))
        {
            return None;
        }
        let (events, complaints) = clean_run(run, sanitiser);
        self.complain(complaints);
        Some(events)
    }

    fn complain(&mut self, complaints: Vec<Complaint>) {
        for complaint in complaints {
            let Complaint {
                rule,
                range,
                message,
                help,
            } = complaint;
            self.report(rule, &range, message, Some(help));
        }
    }

    /// Writes what may stay of a block of HTML; `lines` are its lines with their places in the Markdown, `whole` is where all of it stands.
    pub fn safe_block(&mut self, lines: &[(String, Range<usize>)], whole: &Range<usize>) {
        let context = self.context;
        let Some(sanitiser) = &context.sanitiser else {
            return;
        };
        let html: String = lines.iter().map(|(line, _)| line.as_str()).collect();
        let written = pieces(&html, allowed::is_opaque);
        let Some(clean) = self.settled(&html, sanitiser, whole) else {
            let message = "this HTML is taken out: it is too deep or too long to be cleaned".into();
            self.complain(vec![Complaint::new(whole, message, HELP)]);
            return;
        };
        let mut locator = Locator::new(&html, &written, lines, self.source);
        let mut complaints = about_block(&html, &written, sanitiser);
        for complaint in &mut complaints {
            complaint.range = locator.source(&complaint.range);
        }
        self.complain(complaints);
        self.weave(&clean, &mut locator);
        self.push("\n");
    }

    /// Returns what may stay, when nothing in it stands where it cannot.
    fn settled(
        &mut self,
        html: &str,
        sanitiser: &Sanitiser,
        whole: &Range<usize>,
    ) -> Option<String> {
        let mut clean = sanitiser.clean(html)?;
        let mut said = Vec::new();
        for _ in 0..allowed::ROUNDS {
            let pieces = pieces(&clean, |_| false);
            let out = misplaced(&pieces, whole, &mut said);
            if !out.contains(&true) {
                self.complain(said);
                return Some(clean);
            }
            let stays = pieces.iter().zip(out).filter(|(_, out)| !out);
            let rest: String = stays
                .map(|(piece, _)| &clean[piece.range.clone()])
                .collect();
            clean = sanitiser.clean(&rest)?;
        }
        None
    }

    /// Writes clean HTML: the runs of text between its blocks go the way of every text.
    fn weave(&mut self, clean: &str, locator: &mut Locator<'_>) {
        let mut run: Vec<Located<'static>> = Vec::new();
        for piece in &pieces(clean, |_| false) {
            match &piece.kind {
                Kind::Text => locator.push_text(&decoded(&clean[piece.range.clone()]), &mut run),
                Kind::Start(tag) if allowed::level(&tag.name) == Some(Level::Block) => {
                    self.write_woven(&mut run);
                    self.open_woven(tag);
                }
                Kind::End(name) if allowed::level(name) == Some(Level::Block) => {
                    self.write_woven(&mut run);
                    self.close_woven(name);
                }
                Kind::Start(tag) => self.weave_start(tag, locator, &mut run),
                Kind::End(name) if name == "a" => {
                    run.push((Event::End(TagEnd::Link), locator.here()));
                }
                Kind::End(name) => {
                    run.push((
                        Event::InlineHtml(format!("</{name}>").into()),
                        locator.here(),
                    ));
                }
                Kind::Content | Kind::Other => {}
            }
        }
        self.write_woven(&mut run);
    }

    fn weave_start(&self, tag: &Tag, locator: &mut Locator<'_>, run: &mut Vec<Located<'static>>) {
        match tag.name.as_str() {
            "a" => run.push((link_start(tag), locator.next_tag("a"))),
            "img" => push_image(tag, &locator.next_tag("img"), run),
            "br" => run.push((Event::HardBreak, locator.here())),
            _ => run.push((Event::InlineHtml(serialised(tag).into()), locator.here())),
        }
    }

    fn write_woven(&mut self, run: &mut Vec<Located<'static>>) {
        while matches!(run.last(), Some((Event::SoftBreak, _))) {
            run.pop();
        }
        if run.is_empty() {
            return;
        }
        let before = self.text_len();
        self.write_inline(run, 0..run.len(), Matching::Topics);
        if self.text_len() > before {
            self.end_line();
        }
        run.clear();
    }

    fn open_woven(&mut self, tag: &Tag) {
        if tag.name == "blockquote" {
            self.quotes.push(Quote {
                ignored: false,
                alert: false,
                text_start: self.text_len(),
            });
        }
        self.push(&serialised(tag));
    }

    fn close_woven(&mut self, name: &str) {
        if name == "blockquote"
            && let Some(quote) = self.quotes.pop()
        {
            self.lesson.exempt.push((quote.text_start, self.text_len()));
        }
        self.push(&format!("</{name}>"));
    }
}
