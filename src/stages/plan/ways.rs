//! What leads from one page to another: every link between pages is made here, as the scope that they stand in has it.

use super::Pages;
use crate::model::address::Address;
use crate::model::curriculum::{Anchor, DocumentId, Module, ModuleId};
use crate::model::page::Fields;
use crate::model::path::{push_relative, push_url};
use crate::model::registers::{Topic, TopicId};
use crate::model::scope::Way;
use crate::model::site::{Subject, push_topic};

/// The top of a page.
pub(super) const TOP: Anchor<'static> = Anchor::Id("");

impl<'c> Pages<'c> {
    /// Returns the page that a document is on.
    pub(super) fn page_of(&self, id: DocumentId) -> Subject {
        Subject::of(id, self.curriculum.document(id))
    }

    /// Returns whether the scope holds a document.
    pub(super) fn holds(&self, id: DocumentId) -> bool {
        self.scope.holds_document(self.curriculum, id)
    }

    /// Returns the modules that the scope holds.
    pub(super) fn modules(&self) -> impl Iterator<Item = (ModuleId, &'c Module)> {
        let modules = self.curriculum.numbered_modules();
        modules.filter(|(id, _)| self.scope.holds_module(*id))
    }

    /// Returns the topics that the scope holds.
    pub(super) fn topics_held(&self) -> impl Iterator<Item = (TopicId, &'c Topic)> {
        let topics = (0..).map(TopicId).zip(&self.curriculum.registers.topics);
        topics.filter(|(id, _)| self.scope.holds_topic(*id))
    }

    /// Returns how many places of a topic the scope holds.
    pub(super) fn places_held(&self, id: TopicId) -> u64 {
        let all = &self.curriculum.threads[id.0 as usize];
        if self.scope.as_package().is_none() {
            return all.len() as u64;
        }
        let places = self.curriculum.thread(id);
        places.filter(|place| self.holds(place.document)).count() as u64
    }

    /// Returns the link to a page of the same scope.
    pub(super) fn inside_link(&self, from: &str, to: Subject) -> Address {
        Address::between(from, &to.path(self.curriculum))
    }

    /// Sets where a link leads; a link that leads out of the scope says so, and one that cannot be followed has an empty `href`.
    pub(super) fn add_href(&self, fields: &mut Fields<'c>, from: &str, to: Subject) {
        self.add_href_at(fields, from, to, "");
    }

    /// Does the same for the place with an id; an empty one is the top of the page.
    pub(super) fn add_href_at(&self, fields: &mut Fields<'c>, from: &str, to: Subject, id: &str) {
        let path = to.path(self.curriculum);
        match self.scope.way(self.curriculum, to) {
            Way::Inside => {
                let address = Address::to_place(from, &path, id);
                fields.address("href", address).flag("beyond", false);
            }
            Way::Beyond(top) => {
                let page = top.below(&path);
                let address = if id.is_empty() {
                    page
                } else {
                    page.at(&encoded(Anchor::Id(id)))
                };
                fields.address("href", address).flag("beyond", true);
            }
            Way::Nowhere => add_no_href(fields),
        }
    }

    /// Returns where a link to a place of a topic leads; `place` is percent-encoded already.
    pub(super) fn topic_place(&self, from: &str, topic: TopicId, place: &str) -> Address {
        let page = self.inside_link(from, Subject::Topic(topic));
        page.at(place)
    }

    /// Writes the attributes of a link's opening tag: none where it cannot be followed, so that its words are left as text.
    pub(super) fn push_way(&self, html: &mut String, from: &str, to: Subject, at: Anchor<'_>) {
        match self.scope.way(self.curriculum, to) {
            Way::Inside => {
                html.push_str(" href=\"");
                self.push_inside(html, from, to, at);
            }
            Way::Beyond(top) => {
                self.push_beyond(html, top, to);
                if !at.is_top() {
                    html.push('#');
                    html.push_str(&encoded(at));
                }
            }
            Way::Nowhere => return,
        }
        html.push('"');
    }

    /// Opens a link to a place in a page, and returns what ends it. Where what is beyond a package is text, its words stand by themselves.
    #[must_use]
    pub(super) fn open_way(
        &self,
        html: &mut String,
        from: &str,
        to: Subject,
        at: Anchor<'_>,
    ) -> &'static str {
        let start = html.len();
        html.push_str("<a");
        let before = html.len();
        self.push_way(html, from, to, at);
        if html.len() == before {
            html.truncate(start);
            return "";
        }
        html.push('>');
        "</a>"
    }

    /// Returns the link to a place in a page of the same scope; nothing where it is beyond.
    pub(super) fn inside_way(&self, from: &str, to: Subject, at: Anchor<'_>) -> Option<String> {
        let Way::Inside = self.scope.way(self.curriculum, to) else {
            return None;
        };
        let mut href = String::new();
        self.push_inside(&mut href, from, to, at);
        Some(href)
    }

    /// Begins a link to the site beyond: a window of its own, since a platform shows pages in a frame.
    fn push_beyond(&self, html: &mut String, top: &Address, to: Subject) {
        html.push_str(" target=\"_blank\" rel=\"noopener\" href=\"");
        html.push_str(top.below(&to.path(self.curriculum)).as_str());
    }

    /// Appends the link to a place in a page of the same scope; it needs no escaping.
    fn push_inside(&self, href: &mut String, from: &str, to: Subject, at: Anchor<'_>) {
        let path = to.path(self.curriculum);
        match to {
            _ if from == &*path && !at.is_top() => {}
            // Most links of a page lead to its neighbours, whose names are written already.
            Subject::Lesson(id) if folder_of(from) == folder_of(&path) => {
                href.push_str(self.names.of(id).file());
            }
            _ => push_relative(href, from, &path),
        }
        if !at.is_top() {
            href.push('#');
            push_anchor(href, at);
        }
    }

    /// Appends the link to a topic's page. Every page's scope holds the topics that it names.
    pub(super) fn push_topic_page(&self, href: &mut String, from: &str, id: TopicId) {
        push_top(href, from);
        push_topic(href, &self.curriculum.registers.topics[id.0 as usize]);
    }

    /// Appends the link to an asset, which stands where it does in the whole site, whatever the folder of the pages.
    pub(super) fn push_asset(&self, href: &mut String, from: &str, asset: u32) {
        let to = &self.curriculum.assets[asset as usize].url;
        match self.scope.folder() {
            "" => push_relative(href, from, to),
            folder => push_relative(href, &[folder, from].concat(), to),
        }
    }
}

/// Sets what stands for a link that cannot be followed.
pub(super) fn add_no_href(fields: &mut Fields<'_>) {
    fields.text("href", "").flag("beyond", false);
}

/// Appends the way from a page to the top of its scope.
pub(super) fn push_top(href: &mut String, from: &str) {
    for _ in memchr::memchr_iter(b'/', from.as_bytes()) {
        href.push_str("../");
    }
}

fn push_anchor(href: &mut String, at: Anchor<'_>) {
    match at {
        Anchor::Id(id) => push_url(href, id),
        // The ids of topics need no encoding.
        Anchor::Link(..) => at.push_to(href),
    }
}

fn encoded(at: Anchor<'_>) -> String {
    let mut anchor = String::new();
    push_anchor(&mut anchor, at);
    anchor
}

/// Returns the folder of a page.
fn folder_of(url: &str) -> &str {
    memchr::memrchr(b'/', url.as_bytes()).map_or("", |at| &url[..at])
}
