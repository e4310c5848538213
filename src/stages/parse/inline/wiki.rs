//! Reads `[[topic]]` and `[[topic|words]]`, which the Markdown parser takes for references that nobody defined.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Tag, TagEnd};

use super::super::walk::Located;
use crate::model::Registers;

/// Decides what a reference without definition is: `[[topic]]`, or a broken reference whose range is noted.
pub(crate) fn undefined_reference(
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
    // `[[1]](address)` is a link whose words have brackets of their own.
    let is_words = bytes.get(span.end + 1) == Some(&b'(');
    if before != Some(b'[') || escaped || bytes.get(span.end) != Some(&b']') || is_words {
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

/// Takes the brackets of `[[topic|words]]` and its target off a text, which is the `index`th event of its run; a bare `[[topic]]` is given the topic's name.
pub(super) fn without_brackets<'t>(
    text: &'t str,
    range: &Range<usize>,
    (events, index): (&[Located<'_>], usize),
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
