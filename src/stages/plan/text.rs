//! Text in pages: titles, and what is escaped.

use super::settings::Settings;
use crate::model::curriculum::{Curriculum, Document, Role};

/// Returns a document's title; the home page's without one is the site's, a module's its folder's name.
pub(super) fn title<'c>(
    curriculum: &'c Curriculum,
    settings: &'c Settings,
    document: &'c Document,
) -> &'c str {
    match (document.role, document.module) {
        (Role::Module, Some(module)) => &curriculum.module(module).title,
        (Role::Home, _) if document.lesson.front.title.is_empty() => &settings.title,
        _ => &document.lesson.front.title,
    }
}

/// Appends a text to HTML, escaped for elements and attributes alike.
pub(super) fn push_text(html: &mut String, text: &str) {
    let _ = pulldown_cmark_escape::escape_html(&mut *html, text);
}
