//! Writes headings, and reads the attributes behind them.

use std::ops::Range;

use super::attributes::{Attribute, attributes, items};
use super::document::{Located, Writer};
use super::inline::Matching;
use crate::model::Rule;
use crate::model::blocks::HEADING_ATTRIBUTES;
use crate::model::config::RawHtml;
use crate::model::finding::did_you_mean;
use crate::model::lesson::Heading;
use crate::model::registers::{Placed, TopicId};
use crate::model::slug::slug;

/// What a heading or block carries.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// The id that the author gave.
    pub id: Option<(String, Range<usize>)>,
    pub topics: Vec<TopicId>,
    pub claims: Vec<Placed<Box<str>>>,
}

impl Writer<'_> {
    /// Writes a heading whose start tag has been read; stops at its end tag.
    pub fn heading(&mut self, level: u8, range: Range<usize>, events: &[Located<'_>]) {
        let list = self.masked.attributes_in(&range);
        let carried = match &list {
            Some(list) => self.heading_attributes(list.clone()),
            None => Carried::default(),
        };
        self.check_level(level, &range);
        // The id stands in the opening tag but is made from the text behind it.
        let opening = self.out.html.len();
        let slots = self.out.slots.len();
        let text_start = self.text_len();
        self.inline_run(events, Matching::Nothing);
        let title: Box<str> = self.lesson.text[text_start as usize..].trim().into();
        self.end_line();
        let id = match carried.id {
            Some((id, range)) => self.claim_given_id(&id, &range),
            None => {
                let wanted = slug(&title);
                self.claim_id(if wanted.is_empty() {
                    "section"
                } else {
                    &wanted
                })
            }
        };
        let element = heading_element(level.into());
        let mut tag = String::with_capacity(id.len() + 16);
        tag.push('<');
        tag.push_str(element);
        if self.context.raw_html != RawHtml::Verbatim {
            tag.push_str(" id=\"");
            let _ = pulldown_cmark_escape::escape_html(&mut tag, &id);
            tag.push('"');
        }
        tag.push('>');
        self.out.html.insert_str(opening, &tag);
        for slot in &mut self.out.slots[slots..] {
            slot.at += tag.len() as u32;
        }
        self.push_all(&["</", element, ">\n"]);
        let facilitator = self.in_facilitator();
        let place = self.place(&line_of(self.source, &range));
        let after = self.text_len();
        self.lesson.headings.push(Heading {
            level,
            id,
            title,
            topics: carried.topics,
            claims: carried.claims,
            place,
            text_start,
            text_end: after,
            facilitator,
        });
    }

    fn check_level(&mut self, level: u8, range: &Range<usize>) {
        if self.context.raw_html == RawHtml::Verbatim {
            return;
        }
        let before = self
            .lesson
            .headings
            .last()
            .map_or(1, |heading| heading.level);
        let range = line_of(self.source, range);
        if level == 1 {
            self.report(
                Rule::HeadingSkip,
                &range,
                "a second heading of level 1: the title is the page's first".into(),
                Some("start at `##`".into()),
            );
        } else if level > before + 1 {
            self.report(
                Rule::HeadingSkip,
                &range,
                format!("a heading of level {level} follows one of level {before}"),
                Some(format!("use `{}`", "#".repeat(before as usize + 1))),
            );
        }
    }

    fn heading_attributes(&mut self, list: Range<usize>) -> Carried {
        let source = self.source;
        let found = attributes(&source[list.clone()], list.start);
        let mut carried = Carried::default();
        for attribute in &found {
            if !self.carry(attribute, &mut carried) {
                self.report_unknown_attribute(attribute, "a heading", &HEADING_ATTRIBUTES);
            }
        }
        carried
    }

    /// Reads `#id`, `topics` or `claims`; returns whether the attribute was one of them.
    pub fn carry(&mut self, attribute: &Attribute<'_>, carried: &mut Carried) -> bool {
        match attribute.key {
            "#" => carried.id = self.given_id(attribute.value, &attribute.range),
            "topics" => {
                for (id, range) in items(attribute) {
                    match self.context.registers.topic(id) {
                        Some(topic) => carried.topics.push(topic),
                        None => self.report_unknown_topic(id, &range),
                    }
                }
            }
            "claims" => {
                for (id, range) in items(attribute) {
                    let place = self.place(&range);
                    carried.claims.push(Placed {
                        value: id.into(),
                        place,
                    });
                }
            }
            _ => return false,
        }
        true
    }

    fn given_id(&mut self, id: &str, range: &Range<usize>) -> Option<(String, Range<usize>)> {
        if id.is_empty()
            || id
                .chars()
                .any(|c| c.is_whitespace() || "\"'<>&#{}".contains(c))
        {
            self.report(
                Rule::UnknownAttribute,
                range,
                format!("`#{id}` cannot be an id"),
                Some(format!(
                    "use letters, digits and hyphens, such as `#{}`",
                    slug(id)
                )),
            );
            return None;
        }
        Some((id.to_owned(), range.clone()))
    }

    fn report_unknown_topic(&mut self, id: &str, range: &Range<usize>) {
        let registers = std::sync::Arc::clone(&self.context.registers);
        let help = did_you_mean(id, registers.topics.iter().map(|topic| topic.id.as_str()));
        self.report(
            Rule::UnknownTopic,
            range,
            format!("no topic `{id}` in the register"),
            help.or(Some("add it to modules/topics.toml".into())),
        );
    }

    /// Reports an attribute that nothing of this kind can carry.
    pub fn report_unknown_attribute(
        &mut self,
        attribute: &Attribute<'_>,
        carrier: &str,
        known: &[&str],
    ) {
        let key = attribute.key;
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let help = did_you_mean(key, known.iter().copied())
            .unwrap_or_else(|| format!("it can carry `#id`, {}", names.join(", ")));
        self.report(
            Rule::UnknownAttribute,
            &attribute.range,
            format!("{carrier} has no attribute `{key}`"),
            Some(help),
        );
    }
}

/// Returns the name of the element of a heading; what is deeper than the sixth level shares its name.
pub(super) fn heading_element(level: usize) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// Returns the first line of a range, without its line ending.
pub(super) fn line_of(source: &str, range: &Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
    range.start..range.start + text[..end].trim_end().len()
}
