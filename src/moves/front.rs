//! Changes the front matter of a page and leaves every other byte as it is.

use std::ops::Range;

use toml_edit::{Array, Document, Item, TableLike, Value};

use crate::model::edits::Edits;
use crate::model::written::as_toml;

/// A list of texts in the front matter of a page, or the place where it would stand.
#[derive(Debug)]
pub struct List<'s> {
    text: &'s str,
    key: &'static str,
    /// Where the TOML stands in the file.
    toml: Option<Range<usize>>,
}

impl<'s> List<'s> {
    /// Looks for the list of a key in a page's text.
    pub fn of(text: &'s str, key: &'static str) -> Self {
        let toml = matter(text);
        Self { text, key, toml }
    }

    /// Takes some texts out of the list and adds others. Front matter that is no TOML stays as it is.
    pub fn change(&self, gone: &[String], come: &[String], edits: &mut Edits) {
        let Some(toml) = self.toml.clone() else {
            if !come.is_empty() {
                let line = self.line_end();
                let list = format!("+++{line}{} = {}{line}+++{line}", self.key, written(come));
                edits.insert(0, list);
            }
            return;
        };
        let (base, source) = (toml.start, &self.text[toml]);
        let Ok(document) = Document::parse(source) else {
            return;
        };
        match document.get(self.key) {
            Some(Item::Value(Value::Array(list))) => {
                let Some(span) = list.span() else {
                    return;
                };
                let range = base + span.start..base + span.end;
                self.change_array(list, range, (gone, come), edits);
            }
            // A single text counts as a list of one.
            Some(Item::Value(value)) => {
                let former = value
                    .as_str()
                    .filter(|text| !gone.iter().any(|other| other == text));
                let former = former.map(ToOwned::to_owned);
                let list: Vec<String> = former.into_iter().chain(come.iter().cloned()).collect();
                if let Some(span) = value.span() {
                    edits.replace(base + span.start..base + span.end, written(&list));
                }
            }
            Some(_) => {}
            None if come.is_empty() => {}
            None => {
                let line = self.line_end();
                let at = base + end_of_keys(document.as_table(), source);
                let before = if self.text[..at].ends_with('\n') {
                    ""
                } else {
                    line
                };
                edits.insert(
                    at,
                    format!("{before}{} = {}{line}", self.key, written(come)),
                );
            }
        }
    }

    fn change_array(
        &self,
        list: &Array,
        range: Range<usize>,
        (gone, come): (&[String], &[String]),
        edits: &mut Edits,
    ) {
        let former = list.iter().filter_map(Value::as_str);
        let kept: Vec<String> = former
            .filter(|text| !gone.iter().any(|other| other == text))
            .chain(come.iter().map(String::as_str))
            .map(ToOwned::to_owned)
            .collect();
        if kept.len() == list.len() && come.is_empty() {
            return;
        }
        if kept.is_empty() {
            // The list has served: its line goes with it.
            let start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let end = self.text[range.end..].find('\n');
            edits.remove(start..end.map_or(self.text.len(), |at| range.end + at + 1));
            return;
        }
        edits.replace(range, written(&kept));
    }

    fn line_end(&self) -> &'static str {
        let first = self.text.find('\n');
        if first.is_some_and(|at| self.text[..at].ends_with('\r')) {
            "\r\n"
        } else {
            "\n"
        }
    }
}

/// Returns where the TOML between the `+++` lines stands.
fn matter(text: &str) -> Option<Range<usize>> {
    let start = text.find('\n')? + 1;
    if text[..start].trim_end() != "+++" {
        return None;
    }
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some(start..at);
        }
        at += line.len();
    }
    None
}

/// Returns where a key can be added: behind the last line of the keys that stand before all tables.
fn end_of_keys(table: &dyn TableLike, source: &str) -> usize {
    let values = table.iter().filter_map(|(_, item)| item.as_value());
    let end = values
        .filter_map(|value| value.span().map(|span| span.end))
        .max();
    let end = end.unwrap_or(0);
    source[end..]
        .find('\n')
        .map_or(source.len(), |at| if end == 0 { 0 } else { end + at + 1 })
}

/// Writes a list of texts.
fn written(list: &[String]) -> String {
    let items: Vec<String> = list.iter().map(|text| as_toml(text)).collect();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, gone: &[&str], come: &[&str]) -> String {
        let owned =
            |list: &[&str]| -> Vec<String> { list.iter().map(|text| (*text).to_owned()).collect() };
        let mut edits = Edits::default();
        List::of(text, "aliases").change(&owned(gone), &owned(come), &mut edits);
        edits.apply(text)
    }

    #[test]
    fn a_list_grows_and_shrinks_and_the_rest_stays() {
        for (text, gone, come, expected) in [
            (
                "+++\ntitle = \"A\" # one\n\n[extra]\nx = 1\n+++\nText\n",
                &[][..],
                &["a.html"][..],
                "+++\ntitle = \"A\" # one\naliases = [\"a.html\"]\n\n[extra]\nx = 1\n+++\nText\n",
            ),
            (
                "+++\r\ntitle = \"A\"\r\naliases = ['x']\r\n+++\r\n",
                &[],
                &["y"],
                "+++\r\ntitle = \"A\"\r\naliases = [\"x\", \"y\"]\r\n+++\r\n",
            ),
            (
                "+++\naliases = [\n  \"x\",\n]\ntitle = \"A\"\n+++\n",
                &["x"],
                &[],
                "+++\ntitle = \"A\"\n+++\n",
            ),
            (
                "+++\naliases = \"x\"\n+++\n",
                &[],
                &["y"],
                "+++\naliases = [\"x\", \"y\"]\n+++\n",
            ),
            ("Text\n", &[], &["y"], "+++\naliases = [\"y\"]\n+++\nText\n"),
            ("+++\n+++\n", &[], &["y"], "+++\naliases = [\"y\"]\n+++\n"),
            (
                "+++\n[extra]\nx = 1\n+++\n",
                &[],
                &["y"],
                "+++\naliases = [\"y\"]\n[extra]\nx = 1\n+++\n",
            ),
            (
                "+++\naliases = [\"x\"]\n+++\n",
                &["z"],
                &[],
                "+++\naliases = [\"x\"]\n+++\n",
            ),
        ] {
            assert_eq!(changed(text, gone, come), expected, "{text}");
        }
    }
}
