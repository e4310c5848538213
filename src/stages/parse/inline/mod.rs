//! Writes runs of inline content: joins the text of each, finds topic names and words to avoid in it, and writes HTML around what was found.
//!
//! The parser hands text out in pieces (soft breaks, failed references, entities). Names are searched for in the joined text of the whole run, and
//! each hit is carried back to the pieces that it covers.

mod addresses;
pub(crate) mod comments;
pub(crate) mod html;
pub(crate) mod images;
pub(crate) mod links;
mod names;
mod pieces;
mod slips;
mod spanned;
pub(crate) mod spans;
pub(crate) mod wiki;
pub(crate) mod words;
mod write;

use pulldown_cmark::Event;

use super::bare;
use super::meant::words::Suspects;
use super::raw_html::clean_run;
use super::sheet::Sheet;
use super::walk::Located;
use names::TopicLinks;
use pieces::Found;
use spans::Marked;

pub(crate) use pieces::Run;

/// Writes the runs of a file, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    topics: TopicLinks,
    /// What was found out about the run at hand, and room for that about the next.
    found: Found,
    /// Whether the file may name footnotes at all, and addresses.
    names_footnotes: bool,
    names_addresses: bool,
    /// What the file may hold that was meant as markup.
    suspects: Suspects,
}

impl Prose {
    /// Starts with a file's Markdown, nothing of which has been written.
    pub fn start(&mut self, markdown: &str) {
        self.topics.clear();
        self.found.clear();
        self.names_footnotes = memchr::memmem::find(markdown.as_bytes(), b"[^").is_some();
        self.names_addresses = bare::may_hold(markdown);
        self.suspects = Suspects::of(markdown);
    }

    /// Writes a run.
    pub fn write(&mut self, sheet: &mut Sheet<'_>, run: &[Located<'_>], kind: Run) {
        self.write_behind(sheet, run, kind, |_| {});
    }

    /// Writes a run behind HTML that depends on its text: `open` writes it once that text is known.
    pub fn write_behind(
        &mut self,
        sheet: &mut Sheet<'_>,
        run: &[Located<'_>],
        kind: Run,
        open: impl FnOnce(&mut Sheet<'_>),
    ) {
        match cleaned(sheet, run) {
            Some(cleaned) => self.write_clean(sheet, &cleaned, kind, open),
            None => self.write_clean(sheet, run, kind, open),
        }
    }

    /// Writes a run whose raw HTML has been decided about.
    pub fn write_clean(
        &mut self,
        sheet: &mut Sheet<'_>,
        run: &[Located<'_>],
        kind: Run,
        open: impl FnOnce(&mut Sheet<'_>),
    ) {
        let found = &mut self.found;
        found.clear();
        let marked = spans::read(sheet.source, run);
        let inline = Marked::or(marked.as_ref(), run);
        pieces::join(sheet, inline, found);
        if self.names_footnotes {
            links::report_missing_footnotes(sheet, found);
        }
        if !sheet.is_verbatim() {
            slips::report(sheet, kind, self.suspects, found);
        }
        words::find(sheet, kind, found);
        words::note(sheet, found);
        let mut linked = self.topics.take(sheet, found, kind);
        if self.names_addresses && !sheet.is_verbatim() {
            addresses::add(sheet, found, &mut linked);
        }
        open(sheet);
        write::run(sheet, inline, kind, (found, &linked, &mut self.topics));
    }
}

/// Returns a run without what raw HTML may not do, where it holds any.
fn cleaned<'e>(sheet: &mut Sheet<'_>, run: &[Located<'e>]) -> Option<Vec<Located<'e>>> {
    let sanitiser = sheet.context.sanitiser.as_ref()?;
    let is_html = |(event, _): &Located<'_>| matches!(event, Event::InlineHtml(_));
    if !run.iter().any(is_html) {
        return None;
    }
    let (events, complaints) = clean_run(run, sanitiser);
    for complaint in complaints {
        sheet.complain(complaint);
    }
    Some(events)
}
