//! A module with all its lessons on one page, for print.

use std::sync::Arc;

use super::Pages;
use super::together::{Together, prefix};
use crate::model::config::Edition;
use crate::model::curriculum::ModuleId;
use crate::model::page::{Fields, Page};
use crate::model::site::Subject;

impl<'c> Pages<'c> {
    /// Makes the page.
    pub(super) fn print(&self, url: &Arc<str>, id: ModuleId) -> Page<'c> {
        let module = self.curriculum.module(id);
        let mut fields = self.common(url, "print", &module.title, "");
        let mut about = self.link(url, Subject::Module(id), &module.title);
        about.number("number", module.number);
        fields.fields("module", about);
        fields.list(
            "breadcrumbs",
            vec![
                self.home_crumb(url),
                self.link(url, Subject::Module(id), &module.title).into(),
            ],
        );
        if let Some(index) = module.index {
            let front = &self.curriculum.document(index).lesson.front;
            fields.maybe_address("exit", front.exit.as_ref());
        }
        if self.settings.edition == Edition::Facilitator {
            fields.fields("plan", self.session_plan(url, module));
        }
        let together = Together::new(self.curriculum.lessons_of(module));
        let lessons = self
            .curriculum
            .lessons_of(module)
            .zip(1..)
            .map(|(id, number)| {
                let document = self.curriculum.document(id);
                let prefix = prefix(number);
                let body = self.printed_body(id, url, &together);
                let mut lesson = Fields::new();
                lesson
                    .text("title", document.lesson.front.title.as_str())
                    .text("id", prefix.clone())
                    .html("body", with_own_ids(&body, &prefix));
                lesson
                    .text("content_note", document.lesson.front.content_note.as_str())
                    .number("minutes", document.lesson.minutes(self.settings.edition));
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
                "<h2 id=\"a\">say id=\"x\"</h2><a href=\"#a\">b</a><a href=\"c.html#a\" title=\"id\">d</a><label for=\"q-1\">",
                "l"
            ),
            "<h2 id=\"l-a\">say id=\"x\"</h2><a href=\"#l-a\">b</a><a href=\"c.html#a\" title=\"id\">d</a><label for=\"l-q-1\">"
        );
    }
}
