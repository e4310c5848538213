//! Fills the slots of links and images: where they lead from the page that is written.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::body::Writing;
use super::diagram;
use crate::model::curriculum::{Anchor, LinkStatus, Resolved, Target};
use crate::model::lesson::{Link, LinkKind, Look, Width};
use crate::model::path::push_url;
use crate::model::registers::TopicId;
use crate::model::site::Subject;
use crate::stages::link::fragment;

impl Writing<'_, '_> {
    /// Writes a link's opening tag, and keeps what ends it. Where it leads nowhere on this page nothing is left but the language of its words.
    pub(super) fn open_link(&mut self, (link, resolved): (&Link, Resolved)) {
        let start = self.html.len();
        self.html.push_str("<a");
        match (link.kind, resolved.target) {
            (LinkKind::Signpost, _) => self.html.push_str(" class=\"signpost\""),
            (_, Target::External) => self.html.push_str(match self.pages.scope.as_package() {
                None => " class=\"external\" rel=\"noreferrer\"",
                // Sites that refuse to be shown in a frame would show a fault in the platform's.
                Some(_) => " class=\"external\" rel=\"noopener noreferrer\" target=\"_blank\"",
            }),
            _ => {}
        }
        let before = self.html.len();
        if resolved.status != LinkStatus::Unknown {
            self.push_target(link, resolved);
        }
        let leads = self.html.len() > before;
        if leads {
            self.push_title(link);
        } else {
            self.html.truncate(start);
        }
        let end = match (leads, &link.look) {
            (true, look) => {
                if let Some(look) = look {
                    look.foreign.push_attributes(&mut self.html);
                }
                self.html.push('>');
                "</a>"
            }
            (false, Some(look)) => {
                self.html.push_str("<span");
                look.foreign.push_attributes(&mut self.html);
                self.html.push('>');
                "</span>"
            }
            (false, None) => "",
        };
        self.ends.push(end);
    }

    fn push_title(&mut self, link: &Link) {
        if !link.title.is_empty() {
            self.html.push_str(" title=\"");
            let _ = escape_html(&mut self.html, &link.title);
            self.html.push('"');
        }
    }

    /// Writes where a link leads; nothing where it cannot be followed.
    fn push_target(&mut self, link: &Link, resolved: Resolved) {
        let (pages, html, url) = (self.pages, &mut self.html, self.url);
        match resolved.target {
            Target::Document(id) => {
                let anchor = fragment(&link.target);
                // A link to what stands in the same page stays in the page.
                if id == self.id && !anchor.is_empty() {
                    html.push_str(" href=\"#");
                    push_url(html, &anchor);
                    html.push('"');
                } else if let Some(place) = self.together.and_then(|all| all.place(id, &anchor)) {
                    // With the page's name: ids that stand alone are given their lesson's prefix.
                    html.push_str(" href=\"");
                    push_url(html, url.rsplit('/').next().unwrap_or(url));
                    html.push('#');
                    push_url(html, &place);
                    html.push('"');
                } else {
                    pages.push_way(html, url, pages.page_of(id), Anchor::Id(&anchor));
                }
            }
            Target::Asset(index) => {
                html.push_str(" href=\"");
                self.push_file(link, index);
                self.html.push('"');
            }
            Target::Topic(topic) => {
                html.push_str(" href=\"");
                pages.push_topic_page(html, url, topic);
                html.push('"');
            }
            Target::Signpost(signpost) => {
                let id = &pages.curriculum.registers.signposts[signpost.0 as usize].id;
                pages.push_way(html, url, Subject::Signposts, Anchor::Id(id));
            }
            Target::External => {
                html.push_str(" href=\"");
                let _ = escape_href(&mut *html, &link.target);
                html.push('"');
            }
            Target::Nowhere => {}
        }
    }

    /// Writes the address of a file, with the place in it that the author wrote: a page of a PDF, a view of a drawing.
    fn push_file(&mut self, link: &Link, asset: u32) {
        self.pages.push_asset(&mut self.html, self.url, asset);
        if let Some((_, place)) = link
            .target
            .split_once('#')
            .filter(|(_, place)| !place.is_empty())
        {
            self.html.push('#');
            let _ = escape_href(&mut self.html, place);
        }
    }

    /// Writes the address of a topic's page, at the place of the anchor with this number.
    pub(super) fn push_topic(&mut self, topic: TopicId, anchor: u32) {
        let pages = self.pages;
        pages.push_topic_page(&mut self.html, self.url, topic);
        self.html.push('#');
        let places = pages.names.of(self.id).encoded_places();
        self.html.push_str(places);
        let id = &pages.curriculum.registers.topics[topic.0 as usize].id;
        Anchor::Link(id, anchor).push_to(&mut self.html);
    }

    /// Writes an image.
    pub(super) fn push_image(&mut self, (link, resolved): (&Link, Resolved)) {
        // There is nothing to load: the words stand where the image would.
        if resolved.target == Target::Nowhere {
            let _ = escape_html_body_text(&mut self.html, &link.alt);
            return;
        }
        self.html.push_str("<img src=\"");
        match resolved.target {
            Target::Asset(index) => self.push_file(link, index),
            _ => {
                let _ = escape_href(&mut self.html, &link.target);
            }
        }
        self.html.push_str("\" alt=\"");
        let _ = escape_html(&mut self.html, &link.alt);
        self.html.push_str("\" loading=\"lazy\" decoding=\"async\"");
        if let Some(look) = &link.look {
            push_look(&mut self.html, look);
        }
        self.push_title(link);
        self.html.push_str(" />");
    }

    /// Writes an image that stands alone: a drawing is put into the page, so that it takes the page's colours.
    pub(super) fn push_figure(&mut self, (link, resolved): (&Link, Resolved)) {
        let svg = match resolved.target {
            Target::Asset(index) => {
                let asset = &self.pages.curriculum.assets[index as usize].asset;
                asset.svg.as_ref()
            }
            _ => None,
        };
        if svg.is_some_and(|svg| diagram::stands_apart(svg)) {
            self.html.push_str("<figure class=\"diagram\">");
            self.push_image((link, resolved));
            self.push_words(link);
        } else if let Some(svg) = svg
            && !svg.stands_apart()
            && let Some(drawing) = diagram::inline(svg.text(), &link.alt)
        {
            let width = link.look.as_ref().and_then(|look| look.width);
            self.html.push_str("<figure class=\"diagram");
            if let Some(Width::Tenths(tenths)) = width {
                self.html.push(' ');
                push_share(&mut self.html, tenths);
            }
            self.html.push('"');
            if let Some(look) = &link.look {
                look.foreign.push_attributes(&mut self.html);
            }
            self.html.push('>');
            self.html.push_str("<svg");
            if let Some(look) = &link.look {
                push_size(&mut self.html, look);
            }
            let rest = drawing.strip_prefix("<svg").unwrap_or(&drawing);
            self.html.push_str(rest);
            self.push_words(link);
        } else {
            self.html.push_str("<figure>");
            self.push_image((link, resolved));
        }
        if !link.title.is_empty() {
            self.html.push_str("<figcaption>");
            let _ = escape_html_body_text(&mut self.html, &link.title);
            self.html.push_str("</figcaption>");
        }
        self.html.push_str("</figure>\n");
    }

    /// Writes what a drawing shows: on a phone its own words are too small. Screen readers have it from the drawing's name.
    fn push_words(&mut self, link: &Link) {
        self.html
            .push_str("<p class=\"diagram-words\" aria-hidden=\"true\">");
        let _ = escape_html_body_text(&mut self.html, &link.alt);
        self.html.push_str("</p>");
    }
}

/// Writes the attributes that say how an image is shown.
fn push_look(html: &mut String, look: &Look) {
    look.foreign.push_attributes(html);
    push_size(html, look);
    if let Some(Width::Tenths(tenths)) = look.width {
        html.push_str(" class=\"");
        push_share(html, tenths);
        html.push('"');
    }
}

/// Writes the attributes that say how many pixels an image takes.
fn push_size(html: &mut String, look: &Look) {
    let mut number = |name: &str, pixels: u32| {
        html.push_str(name);
        html.push_str(itoa::Buffer::new().format(pixels));
        html.push('"');
    };
    if let Some(Width::Pixels(width)) = look.width {
        number(" width=\"", width);
    }
    if let Some(height) = look.height {
        number(" height=\"", height);
    }
}

/// Writes the class of a share of the text's width: a strict content policy forbids styles of an element's own.
fn push_share(html: &mut String, tenths: u8) {
    html.push_str("width-");
    html.push_str(itoa::Buffer::new().format(u32::from(tenths) * 10));
}
