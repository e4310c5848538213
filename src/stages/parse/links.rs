//! Reads the links of a file: what they were written to lead to, and what is wrong with them whatever they lead to.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Tag, TagEnd};

use super::document::{Located, Writer};
use crate::model::address::{Address, Fault, scheme};
use crate::model::config::RawHtml;
use crate::model::finding::did_you_mean;
use crate::model::lesson::{Link, LinkKind, SlotKind};
use crate::model::text::quoted;
use crate::model::{Registers, Rule};

/// How a link's HTML ends.
pub(super) enum Closing {
    /// With `</a>`.
    Anchor,
    /// With nothing: it was refused.
    Nothing,
}

/// A link as it stands in the Markdown.
pub(super) struct Written<'l> {
    pub link_type: LinkType,
    pub target: &'l str,
    pub title: &'l str,
    pub range: Range<usize>,
}

/// Phrases that say nothing about where a link leads.
const VAGUE: [&str; 16] = [
    "here",
    "click here",
    "click",
    "this",
    "this page",
    "this link",
    "this lesson",
    "this module",
    "link",
    "more",
    "read more",
    "learn more",
    "see more",
    "find out more",
    "details",
    "page",
];

/// Decides what a reference without definition is: `[[topic]]`, or a broken reference whose range is noted.
pub(super) fn undefined_reference(
    source: &str,
    link: &BrokenLink<'_>,
    broken: &mut Vec<Range<usize>>,
) -> Option<(CowStr<'static>, CowStr<'static>)> {
    let span = &link.span;
    if link.link_type != LinkType::Shortcut {
        broken.push(span.clone());
        return None;
    }
    if link.reference.starts_with('^') {
        broken.push(span.clone());
        return None;
    }
    let bytes = source.as_bytes();
    let before = span.start.checked_sub(1).map(|at| bytes[at]);
    let escaped = span.start >= 2 && bytes[span.start - 2] == b'\\';
    if before != Some(b'[') || escaped || bytes.get(span.end) != Some(&b']') {
        return None;
    }
    let target = wiki_target(&source[span.start + 1..span.end - 1])?;
    Some((target.to_owned().into(), "".into()))
}

/// Returns the target of `target|words` where it can be the id of a topic or signpost.
fn wiki_target(inner: &str) -> Option<&str> {
    let target = inner.split('|').next()?.trim_end_matches('\\').trim();
    let fits = !target.is_empty()
        && target
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'));
    fits.then_some(target)
}

/// Takes the brackets of `[[topic|words]]` and its target off a text event; a bare `[[topic]]` is given the topic's name.
pub(super) fn without_brackets<'t>(
    text: &'t str,
    range: &Range<usize>,
    events: &[Located<'_>],
    index: usize,
    registers: &Registers,
) -> (Cow<'t, str>, Range<usize>) {
    let (mut text, mut range) = (text, range.clone());
    if wiki_at(events, index + 1).is_some() && text.ends_with('[') {
        text = &text[..text.len() - 1];
        range.end -= 1;
    }
    if text.starts_with(']') && follows_wiki(events, index) {
        text = &text[1..];
        range.start += 1;
    }
    if let Some(target) = index
        .checked_sub(1)
        .and_then(|before| wiki_at(events, before))
    {
        // In a table the bar is escaped, and the parser gives what follows it on its own.
        if starts_with_bar(events, index + 1) {
            return ("".into(), range);
        }
        if let Some(bar) = text.find('|') {
            range.start += bar + 1;
            return (text[bar + 1..].into(), range);
        }
        if let Some(name) = registered_name(target, registers) {
            return (name.to_owned().into(), range);
        }
    }
    if index >= 2 && wiki_at(events, index - 2).is_some() && starts_with_bar(events, index) {
        text = &text[1..];
        range.start += 1;
    }
    (text.into(), range)
}

fn starts_with_bar(events: &[Located<'_>], index: usize) -> bool {
    matches!(events.get(index), Some((Event::Text(text), _)) if text.starts_with('|'))
}

/// Returns the target of the `[[...]]` that starts at an event.
pub(super) fn wiki_at<'e>(events: &'e [Located<'_>], index: usize) -> Option<&'e str> {
    match &events.get(index)?.0 {
        Event::Start(Tag::Link {
            link_type: LinkType::ShortcutUnknown,
            dest_url,
            ..
        }) => Some(dest_url),
        _ => None,
    }
}

fn follows_wiki(events: &[Located<'_>], index: usize) -> bool {
    index > 0
        && matches!(events[index - 1].0, Event::End(TagEnd::Link))
        && (0..index - 1)
            .rev()
            .find(|at| matches!(events[*at].0, Event::Start(Tag::Link { .. })))
            .is_some_and(|at| wiki_at(events, at).is_some())
}

fn registered_name<'r>(target: &str, registers: &'r Registers) -> Option<&'r str> {
    match target.strip_prefix("signpost:") {
        Some(id) => registers
            .signpost(id)
            .map(|signpost| registers.signposts[signpost.0 as usize].name.as_str()),
        None => registers
            .topic(target)
            .map(|topic| registers.topics[topic.0 as usize].name.as_str()),
    }
}

/// Returns whether a target is written to lead out of the curriculum, with a scheme or as `//host`.
fn leads_elsewhere(target: &str) -> bool {
    target.starts_with("//") || scheme(target).is_some()
}

impl Writer<'_> {
    /// Reports a reference that has no definition.
    pub fn report_undefined(&mut self, range: Range<usize>) {
        let written = self.source[range.clone()].to_owned();
        let (message, help) = if written.starts_with("[^") {
            (
                format!("no footnote is defined for `{written}`"),
                format!("add a line `{written}: ...`"),
            )
        } else {
            let label = written
                .trim_end_matches("[]")
                .rsplit('[')
                .next()
                .unwrap_or("")
                .trim_end_matches(']');
            (
                format!("no link is defined for the reference `[{label}]`"),
                format!("add a line `[{label}]: path.md`, or write the path in round brackets"),
            )
        };
        self.report(Rule::BrokenLink, &range, message, Some(help));
    }

    /// Records a link and opens its HTML.
    pub fn open_link(&mut self, link: Written<'_>, text: &str, words: Range<usize>) -> Closing {
        let target = match link.link_type {
            LinkType::Email => Cow::Owned(format!("mailto:{}", link.target)),
            _ => Cow::Borrowed(link.target),
        };
        if self.context.raw_html == RawHtml::Verbatim {
            let target = &target;
            self.record(LinkKind::External, &Written { target, ..link }, words, 0);
            return self.link_slot();
        }
        if link.link_type == LinkType::ShortcutUnknown {
            return self.open_wiki_link(&link, words);
        }
        let kind = match leads_elsewhere(&target).then(|| Address::elsewhere(&target)) {
            None => LinkKind::Document,
            Some(Ok(_)) => LinkKind::External,
            Some(Err(fault)) => {
                self.refuse(&link, &fault);
                return Closing::Nothing;
            }
        };
        self.check_words(text[words.clone()].trim(), &link.range);
        self.record(
            kind,
            &Written {
                target: &target,
                ..link
            },
            words,
            0,
        );
        self.link_slot()
    }

    fn link_slot(&mut self) -> Closing {
        let index = self.lesson.links.len() as u32 - 1;
        self.push("<a");
        self.slot(SlotKind::Link(index));
        self.push(">");
        Closing::Anchor
    }

    fn refuse(&mut self, link: &Written<'_>, fault: &Fault) {
        let (message, help) = match fault {
            Fault::Scheme(_) => (
                fault.to_string(),
                "link to a lesson, a file beside it, or an `https:` address".into(),
            ),
            _ => (
                format!("`{}` cannot be a link: {fault}", quoted(link.target)),
                fault.help(link.target),
            ),
        };
        self.report(Rule::UnsafeLink, &link.range, message, Some(help));
    }

    fn open_wiki_link(&mut self, link: &Written<'_>, words: Range<usize>) -> Closing {
        // The brackets around the reference belong to the link that people see.
        let range = link.range.start - 1..link.range.end + 1;
        let registers = std::sync::Arc::clone(&self.context.registers);
        if let Some(id) = link.target.strip_prefix("signpost:") {
            let written = Written { range, ..*link };
            let target = written.target;
            self.record(
                LinkKind::Signpost,
                &Written {
                    target: id,
                    ..written
                },
                words,
                0,
            );
            if registers.signpost(id).is_none() {
                let help = did_you_mean(id, registers.signposts.iter().map(|s| s.id.as_str()));
                let range = target_range(&link.range, self.source, target);
                self.report(
                    Rule::UnknownSignpost,
                    &range,
                    format!("no signpost `{id}` in the register"),
                    help.or(Some("add it to modules/signposts.toml".into())),
                );
                return Closing::Nothing;
            }
            return self.link_slot();
        }
        let Some(topic) = registers.topic(link.target) else {
            self.record(LinkKind::Topic, &Written { range, ..*link }, words, 0);
            let help = did_you_mean(link.target, registers.topics.iter().map(|t| t.id.as_str()));
            let range = target_range(&link.range, self.source, link.target);
            self.report(
                Rule::UnknownTopic,
                &range,
                format!("no topic `{}` in the register", link.target),
                help.or(Some("add it to modules/topics.toml".into())),
            );
            return Closing::Nothing;
        };
        let anchor = self.next_anchor(topic);
        self.record(LinkKind::Topic, &Written { range, ..*link }, words, anchor);
        self.open_topic_link(topic, anchor);
        Closing::Anchor
    }

    fn record(&mut self, kind: LinkKind, link: &Written<'_>, words: Range<usize>, anchor: u32) {
        let place = self.place(&link.range);
        let section = self.section();
        let facilitator = self.in_facilitator();
        self.lesson.links.push(Link {
            kind,
            target: link.target.into(),
            alt: "".into(),
            title: link.title.into(),
            place,
            text_start: words.start as u32,
            text_end: words.end as u32,
            section,
            anchor,
            facilitator,
        });
    }

    /// Records an image and leaves a slot for it.
    pub fn record_image(&mut self, target: &str, title: &str, alt: &str, range: &Range<usize>) {
        let verbatim = self.context.raw_html == RawHtml::Verbatim;
        let refused = match scheme(target) {
            Some(name) if name == "mailto" || name == "tel" => Some(Fault::Scheme(name)),
            _ if leads_elsewhere(target) => Address::elsewhere(target).err(),
            _ => None,
        };
        let place = self.place(range);
        let at = self.lesson.text.len() as u32;
        let section = self.section();
        let facilitator = self.in_facilitator();
        let link = Written {
            link_type: LinkType::Inline,
            target,
            title,
            range: range.clone(),
        };
        if let (Some(fault), false) = (refused, verbatim) {
            self.refuse(&link, &fault);
            self.push_text(alt);
            return;
        }
        if leads_elsewhere(target) && !verbatim {
            let message = format!(
                "this image is loaded from another site: `{}`",
                quoted(target)
            );
            let help = "keep the file beside the lesson: the site asks no other one for anything";
            self.report(Rule::RemoteImage, range, message, Some(help.into()));
        }
        self.lesson.links.push(Link {
            kind: LinkKind::Image,
            target: target.into(),
            alt: alt.into(),
            title: title.into(),
            place,
            text_start: at,
            text_end: at,
            section,
            anchor: 0,
            facilitator,
        });
        let index = self.lesson.links.len() as u32 - 1;
        self.slot(if self.alone {
            SlotKind::Figure(index)
        } else {
            SlotKind::Image(index)
        });
    }

    fn check_words(&mut self, words: &str, range: &Range<usize>) {
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
        if VAGUE.iter().any(|vague| bare.eq_ignore_ascii_case(vague)) {
            self.report(
                Rule::VagueLinkText,
                range,
                format!("the link text `{words}` does not say where it leads"),
                Some("name the lesson or page that it leads to".into()),
            );
        }
    }
}

/// Returns where the target stands inside the reference's range.
fn target_range(range: &Range<usize>, source: &str, target: &str) -> Range<usize> {
    source[range.clone()]
        .find(target)
        .map_or(range.clone(), |at| {
            range.start + at..range.start + at + target.len()
        })
}
