//! Text in pages: titles, what is escaped, and what says its language.

use std::borrow::Cow;
use std::ops::Range;

use super::settings::Settings;
use crate::language::Language;
use crate::model::curriculum::{Curriculum, Document, Role};
use crate::model::foreign::{Foreign, Languages};
use crate::model::lesson::Lesson;
use crate::model::page::Data;
use crate::model::passage::Passage;

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

/// Returns a text of a register or of front matter for a template.
pub(super) fn said<'c>(passage: &'c Passage, language: &Language) -> Data<'c> {
    if passage.languages().is_empty() {
        return Data::Text(passage.as_str().into());
    }
    let mut html = String::new();
    push_passage(&mut html, passage, language);
    Data::Html(Cow::Owned(html))
}

/// Appends a text of a register or of front matter.
pub(super) fn push_passage(html: &mut String, passage: &Passage, language: &Language) {
    let directed = |foreign: &Foreign| language.directed(foreign.clone());
    let all = 0..passage.len();
    push_spans(html, passage, all, (passage.languages(), &directed));
}

/// Appends words that stand in a lesson's text, or others as they are.
pub(super) fn push_words(html: &mut String, lesson: &Lesson, words: &str) {
    match place_in(&lesson.text, words) {
        Some(place) => {
            let foreign = (&lesson.foreign, &Foreign::clone as &dyn Fn(&Foreign) -> _);
            push_spans(html, &lesson.text, place, foreign);
        }
        None => push_text(html, words),
    }
}

/// Returns where words stand in a text that they were borrowed from.
fn place_in(text: &str, words: &str) -> Option<Range<usize>> {
    let start = (words.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start + words.len();
    (end <= text.len()).then_some(start..end)
}

/// Appends a stretch of a text, each language in it as an element.
fn push_spans(
    html: &mut String,
    text: &str,
    stretch: Range<usize>,
    (languages, said_of): (&Languages, &dyn Fn(&Foreign) -> Foreign),
) {
    let (mut at, mut open) = (stretch.start, Vec::new());
    let close = |html: &mut String, at: &mut usize, end: usize| {
        push_text(html, &text[*at..end]);
        html.push_str("</span>");
        *at = end;
    };
    let places = stretch.start as u32..stretch.end as u32;
    for words in languages.within(&places) {
        let start = (words.start as usize).max(stretch.start);
        while let Some(end) = open.pop_if(|end| *end <= start) {
            close(html, &mut at, end);
        }
        let end = (words.end as usize).min(open.last().copied().unwrap_or(stretch.end));
        push_text(html, &text[at..start]);
        at = start;
        html.push_str("<span");
        said_of(&words.foreign).push_attributes(html);
        html.push('>');
        open.push(end);
    }
    while let Some(end) = open.pop() {
        close(html, &mut at, end);
    }
    push_text(html, &text[at..stretch.end]);
}
