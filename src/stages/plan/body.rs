//! Fills the slots of a lesson's body: links, images, topic addresses and signpost cards, as they stand from one page.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::diagram;
use super::{Pages, push_topic_page};
use crate::model::body::SlotKind;
use crate::model::curriculum::{Anchor, Document, DocumentId, LinkStatus, Resolved, Target};
use crate::model::lesson::{Lesson, Link, LinkKind};
use crate::model::path::push_relative;
use crate::model::registers::TopicId;

impl<'c> Pages<'c> {
    /// Returns a document's body as it stands in the page `url`.
    pub(super) fn body(&self, id: DocumentId, url: &str) -> String {
        let document = self.curriculum.document(id);
        let body = &document.lesson.body;
        let mut html = String::with_capacity(body.html.len() + body.slots.len() * 40);
        let mut from = 0;
        for slot in &body.slots {
            let at = slot.at as usize;
            html.push_str(&body.html[from..at]);
            from = at;
            match &slot.what {
                SlotKind::Link(index) => {
                    let (link, resolved) = self.link_of(document, *index);
                    self.push_link(&mut html, document, link, resolved, url);
                }
                SlotKind::Image(index) => {
                    let (link, resolved) = self.link_of(document, *index);
                    self.push_image(&mut html, link, resolved, url);
                }
                SlotKind::Figure(index) => {
                    let (link, resolved) = self.link_of(document, *index);
                    self.push_figure(&mut html, link, resolved, url);
                }
                SlotKind::Topic(topic, anchor) => {
                    self.push_topic(&mut html, id, *topic, *anchor, url);
                }
                SlotKind::Signposts(block) => {
                    for id in &document.lesson.blocks[*block as usize].signposts {
                        html.push_str(&self.shared.cards_in_lessons[id.0 as usize]);
                    }
                }
                SlotKind::Word(word) => html.push_str(self.shared.words.get(*word)),
                SlotKind::Minutes(minutes) => self.push_minutes(&mut html, *minutes),
                SlotKind::NextStep(choice) => {
                    push_next_step(&mut html, &document.lesson, *choice);
                }
            }
        }
        html.push_str(&body.html[from..]);
        html
    }

    /// Writes a length of time.
    fn push_minutes(&self, html: &mut String, minutes: u32) {
        html.push_str(itoa::Buffer::new().format(minutes));
        html.push(' ');
        let language = &self.settings.language;
        let word = language.counted(minutes.into(), "minutes", self.strings);
        let _ = escape_html_body_text(&mut *html, word);
    }

    fn link_of<'d>(&self, document: &'d Document, index: u32) -> (&'d Link, Resolved) {
        let index = index as usize;
        (&document.lesson.links[index], document.links[index])
    }

    fn push_link(
        &self,
        html: &mut String,
        document: &Document,
        link: &Link,
        resolved: Resolved,
        url: &str,
    ) {
        match (link.kind, resolved.target) {
            (LinkKind::Signpost, _) => html.push_str(" class=\"signpost\""),
            (_, Target::External) => html.push_str(" class=\"external\" rel=\"noreferrer\""),
            _ => {}
        }
        if resolved.status != LinkStatus::Unknown && resolved.target != Target::Nowhere {
            html.push_str(" href=\"");
            self.push_target(html, document, link, resolved, url);
            html.push('"');
        }
        if !link.title.is_empty() {
            html.push_str(" title=\"");
            let _ = escape_html(&mut *html, &link.title);
            html.push('"');
        }
    }

    fn push_target(
        &self,
        html: &mut String,
        document: &Document,
        link: &Link,
        resolved: Resolved,
        url: &str,
    ) {
        match resolved.target {
            Target::Document(id) => {
                let to = &self.curriculum.document(id).url;
                let anchor = link.target.split_once('#').map_or("", |(_, anchor)| anchor);
                // A link inside the same document stays inside the page that shows it.
                let same = std::ptr::eq(self.curriculum.document(id), document);
                if !same || anchor.is_empty() {
                    push_relative(html, url, to);
                }
                if !anchor.is_empty() {
                    html.push('#');
                    let _ = escape_html(&mut *html, anchor);
                }
            }
            Target::Asset(index) => {
                push_relative(html, url, &self.curriculum.assets[index as usize].url);
            }
            Target::Topic(topic) => {
                let id = &self.curriculum.registers.topics[topic.0 as usize].id;
                push_topic_page(html, url, id);
            }
            Target::Signpost(signpost) => {
                let id = &self.curriculum.registers.signposts[signpost.0 as usize].id;
                push_relative(html, url, "signposts.html");
                html.push('#');
                html.push_str(id);
            }
            Target::External => {
                let _ = escape_href(&mut *html, &link.target);
            }
            Target::Nowhere => {}
        }
    }

    fn push_topic(
        &self,
        html: &mut String,
        document: DocumentId,
        topic: TopicId,
        anchor: u32,
        url: &str,
    ) {
        let id = &self.curriculum.registers.topics[topic.0 as usize].id;
        push_topic_page(html, url, id);
        html.push('#');
        html.push_str(self.names.of(document).encoded_places());
        Anchor::Link(id, anchor).push_to(html);
    }

    fn push_image(&self, html: &mut String, link: &Link, resolved: Resolved, url: &str) {
        // There is nothing to load: the words stand where the image would.
        if resolved.target == Target::Nowhere {
            let _ = escape_html_body_text(&mut *html, &link.alt);
            return;
        }
        html.push_str("<img src=\"");
        match resolved.target {
            Target::Asset(index) => {
                push_relative(html, url, &self.curriculum.assets[index as usize].url);
            }
            _ => {
                let _ = escape_href(&mut *html, &link.target);
            }
        }
        html.push_str("\" alt=\"");
        let _ = escape_html(&mut *html, &link.alt);
        html.push_str("\" loading=\"lazy\" decoding=\"async\"");
        if !link.title.is_empty() {
            html.push_str(" title=\"");
            let _ = escape_html(&mut *html, &link.title);
            html.push('"');
        }
        html.push_str(" />");
    }

    /// Writes an image that stands alone: a drawing is put into the page, so that it takes the page's colours.
    fn push_figure(&self, html: &mut String, link: &Link, resolved: Resolved, url: &str) {
        if let Target::Asset(index) = resolved.target
            && let Some(svg) = &self.curriculum.assets[index as usize].asset.svg
            && let Some(drawing) = diagram::inline(svg, &link.alt)
        {
            html.push_str("<figure class=\"diagram\">");
            html.push_str(&drawing);
        } else {
            html.push_str("<figure>");
            self.push_image(html, link, resolved, url);
        }
        if !link.title.is_empty() {
            html.push_str("<figcaption>");
            let _ = escape_html_body_text(&mut *html, &link.title);
            html.push_str("</figcaption>");
        }
        html.push_str("</figure>\n");
    }
}

/// Writes what the step is called that a choice leads to.
fn push_next_step(html: &mut String, lesson: &Lesson, choice: u32) {
    let next = lesson.blocks[choice as usize].next;
    let title = next.map_or("", |step| &lesson.blocks[step as usize].title);
    if !title.is_empty() {
        html.push_str(": ");
        let _ = escape_html_body_text(&mut *html, title);
    }
}
