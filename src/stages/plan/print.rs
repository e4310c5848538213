//! A module with all its lessons on one page, for print.

use std::borrow::Cow;
use std::sync::Arc;

use super::Pages;
use super::body::{Cards, Readers};
use super::together::{Together, prefix};
use crate::model::audience::{Medium, Showing};
use crate::model::config::Edition;
use crate::model::curriculum::{DocumentId, Module, ModuleId};
use crate::model::page::{Data, Fields, Page};
use crate::model::registers::SignpostId;
use crate::model::site::Subject;

impl<'c> Pages<'c> {
    /// Makes the page.
    pub(super) fn print(&self, url: &Arc<str>, id: ModuleId) -> Page<'c> {
        let module = self.curriculum.module(id);
        let mut fields = self.common(url, "print", &module.title, "");
        self.add_module(&mut fields, url, id);
        fields.list("outcomes", self.module_outcomes(url, module));
        self.add_keeper(&mut fields, self.front_of(module));
        fields.list("signposts", self.signposts_of(module));
        fields.list("route_lists", self.partial_routes(id));
        let is_taught = self.settings.edition == Edition::Facilitator;
        let session = is_taught.then(|| self.inside_link(url, Subject::Session(id)));
        fields.made_address("session", session);
        let together = Together::new(self.curriculum.lessons_of(module));
        let lessons = self
            .curriculum
            .lessons_of(module)
            .zip(1..)
            .map(|(id, number)| {
                let document = self.curriculum.document(id);
                let edition = self.settings.edition;
                let mut lesson = self.lesson_among((id, number), url, edition, &together);
                let key = self.key(id, url);
                let front = &document.lesson.front;
                lesson
                    .html("key", with_own_ids(&key, &format!("key-{number}")))
                    .number("number", number as u64)
                    .text("routes", self.routes_of_page(id))
                    .text("facts_as_of", self.facts_as_of(front))
                    .set("content_note", self.said(&front.content_note))
                    .number("minutes", document.lesson.minutes(edition));
                lesson.into()
            })
            .collect();
        fields.list("lessons", lessons);
        Page {
            url: Arc::clone(url),
            template: "print.html",
            fields,
        }
    }
}

impl<'c> Pages<'c> {
    /// Returns a lesson that stands on a page with others, where it has a number from 1: its title, and its text with ids of its own.
    pub(super) fn lesson_among(
        &self,
        (id, number): (DocumentId, usize),
        url: &Arc<str>,
        edition: Edition,
        together: &Together,
    ) -> Fields<'c> {
        let prefix = prefix(number);
        let readers = Readers {
            showing: Showing {
                edition,
                medium: Medium::Paper,
            },
            cards: Cards::AtTheEnd,
            together: Some(together),
        };
        let body = self.body_with(id, url, readers);
        let title = &self.curriculum.document(id).lesson.front.title;
        let mut lesson = Fields::new();
        lesson
            .set("title", self.said(title))
            .text("id", prefix.clone())
            .html("body", with_own_ids(&body, &prefix));
        lesson
    }

    /// Returns the card of every support service that the lessons of a module show, once.
    fn signposts_of(&self, module: &Module) -> Vec<Data<'c>> {
        let mut all: Vec<_> = self
            .curriculum
            .lessons_of(module)
            .flat_map(|id| &self.curriculum.document(id).lesson.blocks)
            .filter(|block| block.audience.is_in(self.settings.edition))
            .flat_map(|block| block.signposts.iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        let cards = &self.shared.cards_in_lessons;
        let card = |id: SignpostId| Data::Html(Cow::Borrowed(&*cards[id.0 as usize]));
        all.into_iter().map(card).collect()
    }
}

/// Puts a prefix before every id in a body, and before everything that names one.
fn with_own_ids(html: &str, prefix: &str) -> String {
    let bytes = html.as_bytes();
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut from = 0;
    for open in memchr::memchr_iter(b'<', bytes) {
        let mut at = open + 1;
        if bytes.get(at) == Some(&b'/') {
            continue;
        }
        let mut name = at;
        while at < bytes.len() && bytes[at] != b'>' {
            match bytes[at] {
                b' ' => name = at + 1,
                b'=' => {
                    let value = at + 2;
                    // Sections of one name in several lessons are no landmarks here; their headings name them.
                    if is_label_of_section(&html[open + 1..name], &html[name..at]) {
                        let end = memchr::memchr(b'"', &bytes[value..])
                            .map_or(value, |end| value + end + 1);
                        out.push_str(html[from..name].trim_end());
                        from = end;
                        at = end;
                        continue;
                    }
                    if let Some(insert) = id_at(&html[name..at], bytes, value) {
                        out.push_str(&html[from..insert]);
                        out.push_str(prefix);
                        out.push('-');
                        from = insert;
                    }
                    // Values are escaped, so a quotation mark always ends one.
                    let rest = bytes.get(value..).unwrap_or_default();
                    at = value + memchr::memchr(b'"', rest).unwrap_or(rest.len());
                }
                _ => {}
            }
            at += 1;
        }
    }
    out.push_str(&html[from..]);
    out
}

/// Returns whether an attribute makes a landmark of a section.
fn is_label_of_section(tag: &str, attribute: &str) -> bool {
    tag.starts_with("section ")
        && matches!(attribute, "aria-labelledby" | "aria-label")
        && !tag.contains("tabindex")
}

/// Returns where an attribute's value names an id, if it does.
fn id_at(name: &str, html: &[u8], value: usize) -> Option<usize> {
    match name {
        "id" | "for" | "name" | "aria-labelledby" => Some(value),
        "href" if html.get(value) == Some(&b'#') => Some(value + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::with_own_ids;

    #[test]
    fn ids_and_what_names_them_are_prefixed_and_text_is_not() {
        assert_eq!(
            with_own_ids(
                "<section class=\"block\" id=\"b\" aria-labelledby=\"b-title\"><section class=\"table\" tabindex=\"0\" aria-label=\"t\"><h2 id=\"a\">say id=\"x\"</h2><a href=\"#a\">b</a><a href=\"c.html#a\" title=\"id\">d</a><label for=\"q-1\">",
                "l"
            ),
            "<section class=\"block\" id=\"l-b\"><section class=\"table\" tabindex=\"0\" aria-label=\"t\"><h2 id=\"l-a\">say id=\"x\"</h2><a href=\"#l-a\">b</a><a href=\"c.html#a\" title=\"id\">d</a><label for=\"l-q-1\">"
        );
    }
}
