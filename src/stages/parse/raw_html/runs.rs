//! Cleans the raw HTML in a run of text, where the parser gives each tag on its own.
//!
//! In: the run's events. Out: events in which raw links and images are Markdown's own, and every other tag that stays is one of a pair that closes
//! inside the run, within the Markdown around it. A tag can therefore never end anything that its author did not open.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag as Markdown, TagEnd};

use super::super::walk::Located;
use super::allowed::{self, Level, Sanitiser};
use super::tags::{Kind, Tag, pieces};
use super::taken_out::{Complaint, about_tag};

/// How many raw elements may stand in one another.
const DEEPEST: usize = 100;

/// What becomes of an event.
#[derive(Debug, Clone)]
enum Fate {
    /// It stays.
    Stays,
    /// It goes.
    Goes,
    /// It becomes this HTML.
    Html(String),
    /// It opens a link; the range is the whole link's.
    Link(Tag, Range<usize>),
    /// It closes a link.
    LinkEnd(Range<usize>),
    /// It becomes an image.
    Image(Tag),
    /// It becomes a line break.
    Break,
}

/// An element that is open: the parser's or the author's.
#[derive(Debug)]
enum Open {
    Markdown {
        is_link: bool,
    },
    Raw {
        tag: Tag,
        event: usize,
        /// Whether a link stands in this link.
        holds_link: bool,
    },
}

#[derive(Debug)]
struct Cleaner<'c, 'e> {
    sanitiser: &'c Sanitiser,
    run: &'c [Located<'e>],
    fates: Vec<Fate>,
    open: Vec<Open>,
    /// Names of elements that went when they were opened, and how many of each are still to be closed.
    gone: HashMap<String, u32>,
    /// Elements that would go with their content, and whose end was not found.
    endless: HashSet<String>,
    complaints: Vec<Complaint>,
}

/// Returns the events of a run without what raw HTML may not do, and what was taken out.
pub(crate) fn clean_run<'e>(
    run: &[Located<'e>],
    sanitiser: &Sanitiser,
) -> (Vec<Located<'e>>, Vec<Complaint>) {
    let mut cleaner = Cleaner {
        sanitiser,
        run,
        fates: vec![Fate::Stays; run.len()],
        open: Vec::new(),
        gone: HashMap::new(),
        endless: HashSet::new(),
        complaints: Vec::new(),
    };
    cleaner.decide();
    let mut events = Vec::with_capacity(run.len());
    for ((event, range), fate) in run.iter().zip(cleaner.fates) {
        carry_out(event, range, fate, &mut events);
    }
    (events, cleaner.complaints)
}

fn carry_out<'e>(
    event: &Event<'e>,
    range: &Range<usize>,
    fate: Fate,
    events: &mut Vec<Located<'e>>,
) {
    match fate {
        Fate::Stays => events.push((event.clone(), range.clone())),
        Fate::Goes => {}
        Fate::Html(html) => events.push((Event::InlineHtml(html.into()), range.clone())),
        Fate::Link(tag, whole) => events.push((link_start(&tag), whole)),
        Fate::LinkEnd(whole) => events.push((Event::End(TagEnd::Link), whole)),
        Fate::Image(tag) => push_image(&tag, range, events),
        Fate::Break => events.push((Event::HardBreak, range.clone())),
    }
}

/// Returns the event that opens the link of an `<a>`.
pub(super) fn link_start(tag: &Tag) -> Event<'static> {
    let value = |name| tag.value(name).unwrap_or_default().into_owned().into();
    Event::Start(Markdown::Link {
        link_type: LinkType::Inline,
        dest_url: value("href"),
        title: value("title"),
        id: "".into(),
    })
}

/// Appends the events of an `<img>`.
pub(super) fn push_image(tag: &Tag, range: &Range<usize>, events: &mut Vec<Located<'_>>) {
    let value = |name| tag.value(name).unwrap_or_default().into_owned().into();
    let start = Markdown::Image {
        link_type: LinkType::Inline,
        dest_url: value("src"),
        title: value("title"),
        id: "".into(),
    };
    events.push((Event::Start(start), range.clone()));
    events.push((Event::Text(value("alt")), range.clone()));
    events.push((Event::End(TagEnd::Image), range.clone()));
}

impl Cleaner<'_, '_> {
    fn decide(&mut self) {
        let mut images = 0;
        let mut index = 0;
        while index < self.run.len() {
            let (event, range) = &self.run[index];
            match event {
                Event::Start(Markdown::Image { .. }) => images += 1,
                Event::End(TagEnd::Image) => images -= 1,
                Event::Start(tag) => {
                    let is_link = matches!(tag, Markdown::Link { .. });
                    if is_link {
                        self.mark_links();
                    }
                    self.open.push(Open::Markdown { is_link });
                }
                Event::End(_) => self.close_markdown(),
                Event::FootnoteReference(_) => self.mark_links(),
                // An image's text alternative is text alone.
                Event::InlineHtml(_) if images > 0 => self.fates[index] = Fate::Goes,
                Event::InlineHtml(html) => index = self.decide_html(html, range, index),
                _ => {}
            }
            index += 1;
        }
        while !self.open.is_empty() {
            self.close_markdown();
        }
        self.complaints
            .sort_by_key(|complaint| complaint.range.start);
    }

    /// Decides about a piece of raw HTML; returns the last event that was decided about.
    fn decide_html(&mut self, html: &str, range: &Range<usize>, index: usize) -> usize {
        let mut pieces = pieces(html, |_| false);
        match pieces.swap_remove(0).kind {
            Kind::Start(tag) => return self.start(tag, html, range, index),
            Kind::End(name) => self.end(&name, range, index),
            // Comments are read elsewhere.
            _ if html.starts_with("<!--") => {}
            _ => {
                self.complaints.push(Complaint::other(range));
                self.fates[index] = Fate::Goes;
            }
        }
        index
    }

    fn start(&mut self, tag: Tag, html: &str, range: &Range<usize>, index: usize) -> usize {
        self.fates[index] = Fate::Goes;
        let cleaned = self.sanitiser.clean_tag(html);
        let cleaned = cleaned.filter(|cleaned| cleaned.name == tag.name);
        let (complaints, stays) = about_tag(&tag, cleaned.as_ref(), Level::Text, range);
        self.complaints.extend(complaints);
        let Some(cleaned) = cleaned.filter(|_| stays) else {
            if allowed::is_opaque(&tag.name) {
                return self.skip_content(&tag.name, index);
            }
            *self.gone.entry(tag.name).or_default() += 1;
            return index;
        };
        let in_ruby = matches!(self.open.last(), Some(Open::Raw { tag, .. }) if tag.name == "ruby");
        if matches!(cleaned.name.as_str(), "rt" | "rp") && !in_ruby {
            self.complaints.push(Complaint::new(
                range,
                format!(
                    "`<{}>` is taken out: it stands in no `<ruby>`",
                    cleaned.name
                ),
                "put it right inside `<ruby>` and `</ruby>`",
            ));
            *self.gone.entry(cleaned.name).or_default() += 1;
        } else if cleaned.name == "img" {
            self.fates[index] = Fate::Image(cleaned);
        } else if cleaned.name == "br" {
            self.fates[index] = Fate::Break;
        } else if allowed::is_void(&cleaned.name) {
            self.fates[index] = Fate::Html(cleaned.html());
        } else if self.open.len() >= DEEPEST {
            self.complaints.push(Complaint::new(
                range,
                format!(
                    "`<{}>` is taken out: it stands in too many others",
                    cleaned.name
                ),
                "write it in Markdown",
            ));
            *self.gone.entry(cleaned.name).or_default() += 1;
        } else {
            self.open.push(Open::Raw {
                tag: cleaned,
                event: index,
                holds_link: false,
            });
        }
        index
    }

    /// Takes out the content of an element that goes with it, unless Markdown opens or closes something in there.
    fn skip_content(&mut self, name: &str, index: usize) -> usize {
        match self.content_end(name, index) {
            Some(end) => {
                self.fates[index..=end].fill(Fate::Goes);
                end
            }
            None => {
                *self.gone.entry(name.to_owned()).or_default() += 1;
                self.endless.insert(name.to_owned());
                index
            }
        }
    }

    /// Returns the end tag of an element, with nothing open in between that was not closed there.
    fn content_end(&self, name: &str, index: usize) -> Option<usize> {
        if self.endless.contains(name) {
            return None;
        }
        let mut depth = 0_u32;
        for (at, (event, _)) in self.run.iter().enumerate().skip(index + 1) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.checked_sub(1)?,
                Event::InlineHtml(html) if html.starts_with("</") => {
                    let is_end =
                        matches!(&pieces(html, |_| false)[0].kind, Kind::End(end) if end == name);
                    if is_end {
                        return (depth == 0).then_some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn end(&mut self, name: &str, range: &Range<usize>, index: usize) {
        self.fates[index] = Fate::Goes;
        let inside = self
            .open
            .iter()
            .rposition(|open| matches!(open, Open::Markdown { .. }))
            .map_or(0, |at| at + 1);
        let found = self.open[inside..]
            .iter()
            .rposition(|open| matches!(open, Open::Raw { tag, .. } if tag.name == name));
        let Some(found) = found else {
            match self.gone.get_mut(name).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => self.complaints.push(Complaint::not_open(name, range)),
            }
            return;
        };
        while self.open.len() > inside + found + 1 {
            self.drop_unclosed();
        }
        let Some(Open::Raw {
            tag,
            event: start,
            holds_link,
        }) = self.open.pop()
        else {
            return;
        };
        if tag.name != "a" {
            self.fates[start] = Fate::Html(tag.html());
            self.fates[index] = Fate::Html(format!("</{}>", tag.name));
        } else if holds_link || self.is_in_link() {
            self.complaints.push(Complaint::new(
                &self.run[start].1,
                "`<a>` is taken out: no link can stand in another one".into(),
                "end the one before the other begins",
            ));
        } else {
            let whole = self.run[start].1.start..self.run[index].1.end;
            self.fates[start] = Fate::Link(tag, whole.clone());
            self.fates[index] = Fate::LinkEnd(whole);
        }
    }

    fn is_in_link(&self) -> bool {
        self.open.iter().any(|open| match open {
            Open::Markdown { is_link } => *is_link,
            Open::Raw { tag, .. } => tag.name == "a",
        })
    }

    /// Notes in every raw link that is open that a link of Markdown's stands in it.
    fn mark_links(&mut self) {
        for open in &mut self.open {
            if let Open::Raw {
                tag, holds_link, ..
            } = open
            {
                *holds_link |= tag.name == "a";
            }
        }
    }

    /// Closes the innermost Markdown element; raw ones that are open in it are never closed.
    fn close_markdown(&mut self) {
        while let Some(Open::Raw { .. }) = self.open.last() {
            self.drop_unclosed();
        }
        self.open.pop();
    }

    fn drop_unclosed(&mut self) {
        if let Some(Open::Raw { tag, event, .. }) = self.open.pop() {
            self.complaints.push(Complaint::new(
                &self.run[event].1,
                format!(
                    "`<{}>` is taken out: it is not closed in the same text",
                    tag.name
                ),
                &format!("close it with `</{}>`", tag.name),
            ));
            *self.gone.entry(tag.name).or_default() += 1;
        }
    }
}
