//! The search index: small scripts, one per module, since pages opened from a folder can fetch nothing else.

use std::fmt::Write;
use std::ops::Range;

use super::Pages;
use crate::model::bytes;
use crate::model::curriculum::{Document, DocumentId, ModuleId, Role};
use crate::model::path::push_url;
use crate::model::site::{Subject, search_file};
use crate::model::stretches::{Reading, read_pieces, unread};

impl<'c> Pages<'c> {
    /// Returns the script that names modules and topics.
    pub fn search_manifest(&self) -> String {
        let mut js = String::from("throughlineSearch.manifest({\"edition\":");
        push_json(&mut js, self.settings.edition.name());
        js.push_str(",\"modules\":[");
        for (index, (_, module)) in self.modules().enumerate() {
            if index > 0 {
                js.push(',');
            }
            js.push_str("{\"id\":");
            push_json(&mut js, &module.name);
            // Writing to a String cannot fail.
            let _ = write!(js, ",\"number\":{},\"title\":", module.number);
            push_json(&mut js, &module.title);
            js.push_str(",\"file\":");
            push_json(&mut js, &search_file(module));
            js.push('}');
        }
        js.push_str("],\"topics\":[");
        for (index, (id, topic)) in self.topics_held().enumerate() {
            if index > 0 {
                js.push(',');
            }
            js.push_str("{\"id\":");
            push_json(&mut js, &topic.id);
            js.push_str(",\"name\":");
            push_json(&mut js, &topic.name);
            js.push_str(",\"aliases\":[");
            for (number, alias) in topic.aliases.iter().enumerate() {
                if number > 0 {
                    js.push(',');
                }
                push_json(&mut js, &alias.value);
            }
            js.push_str("],\"definition\":");
            push_json(&mut js, &topic.definition);
            js.push_str(",\"href\":");
            push_json(&mut js, &Subject::Topic(id).path(self.curriculum));
            js.push('}');
        }
        js.push_str("]});\n");
        js
    }

    /// Returns the script with the text of a module.
    pub fn search_file(&self, id: ModuleId) -> String {
        let module = self.curriculum.module(id);
        let mut js = String::from("throughlineSearch.sections(");
        push_json(&mut js, &module.name);
        js.push_str(",[");
        let mut first = true;
        for document in module.documents.clone().map(DocumentId) {
            self.push_sections(&mut js, self.curriculum.document(document), &mut first);
        }
        js.push_str("]);\n");
        js
    }

    fn push_sections(&self, js: &mut String, document: &Document, first: &mut bool) {
        let lesson = &document.lesson;
        if document.role == Role::Home {
            return;
        }
        let edition = self.settings.edition;
        let unread = unread(&lesson.stretches, Reading::Search(edition));
        let headings = lesson.headings.iter();
        let shown: Vec<_> = headings
            .filter(|heading| heading.audience.is_in(edition))
            .collect();
        let starts = shown.iter().map(|heading| heading.text_start);
        let ends: Vec<u32> = starts.chain([lesson.text.len() as u32]).collect();
        let mut text = String::new();
        let mut push = |anchor: &str, heading: &str, range: Range<u32>| {
            let from = unread.partition_point(|gone| gone.end <= range.start);
            text.clear();
            for piece in read_pieces(range, unread[from..].iter().cloned()) {
                text.push_str(&lesson.text[piece]);
            }
            if text.trim().is_empty() && heading.is_empty() {
                return;
            }
            js.push_str(if std::mem::replace(first, false) {
                "\n{\"h\":"
            } else {
                ",\n{\"h\":"
            });
            let mut href = String::with_capacity(document.url.len() + anchor.len() + 1);
            push_url(&mut href, &document.url);
            if !anchor.is_empty() {
                href.push('#');
                push_url(&mut href, anchor);
            }
            push_json(js, &href);
            js.push_str(",\"l\":");
            push_json(js, self.title(document));
            js.push_str(",\"s\":");
            push_json(js, heading);
            js.push_str(",\"x\":");
            push_json_line(js, text.trim());
            js.push('}');
        };
        push("", "", 0..ends[0]);
        for (heading, end) in shown.iter().zip(&ends[1..]) {
            push(
                &heading.id,
                &heading.title,
                heading.text_end.min(*end)..*end,
            );
        }
    }
}

/// Appends a JSON string that can stand in a script.
fn push_json(js: &mut String, text: &str) {
    push_escaped(js, text, "\\n");
}

/// Appends a JSON string with line ends as spaces.
fn push_json_line(js: &mut String, text: &str) {
    push_escaped(js, text, " ");
}

fn push_escaped(js: &mut String, text: &str, line_end: &str) {
    // The last one begins the two line separators that end a line in a script, among others.
    let special = |byte| byte < b' ' || matches!(byte, b'"' | b'\\' | b'<' | 0xe2);
    js.push('"');
    let mut from = 0;
    for (start, mask) in bytes::masks(text.as_bytes(), special) {
        for at in bytes::ones(mask).map(|place| start + place) {
            let Some(character) = text[at..].chars().next() else {
                break;
            };
            let escape = match character {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => line_end,
                '<' => "\\u003c",
                '\t' => " ",
                '\u{2028}' => "\\u2028",
                '\u{2029}' => "\\u2029",
                control if control < ' ' => "",
                _ => continue,
            };
            js.push_str(&text[from..at]);
            js.push_str(escape);
            from = at + character.len_utf8();
        }
    }
    js.push_str(&text[from..]);
    js.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_end_their_script() {
        let mut js = String::new();
        push_json(&mut js, "a\"b\\</script>\n\u{2028}ŷ\u{7}");
        assert_eq!(js, "\"a\\\"b\\\\\\u003c/script>\\n\\u2028ŷ\"");
    }
}
