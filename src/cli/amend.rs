//! Changes single values of a register and leaves every other byte as it is: comments, order, spaces and line ends.
//!
//! In: the register's text. Out: the text with the changes. Reads and writes no file.

use std::ops::Range;

use toml_edit::{Document, InlineTable, Item, Table, Value};

/// An entry of a register: one of its `[[name]]` tables, or of the tables in its list `name`.
pub enum Entry<'d> {
    /// `[[name]]`, with its keys below it.
    Table(&'d Table),
    /// A table between braces.
    Inline(&'d InlineTable),
}

/// Returns the entries of a register that are called `name`.
pub fn entries<'d>(register: &'d Document<&str>, name: &str) -> Vec<Entry<'d>> {
    match register.as_table().get(name) {
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(Entry::Table).collect(),
        Some(Item::Value(Value::Array(list))) => {
            let inline = list.iter().filter_map(Value::as_inline_table);
            inline.map(Entry::Inline).collect()
        }
        _ => Vec::new(),
    }
}

/// A text in place of a range of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    range: Range<usize>,
    text: String,
}

impl Entry<'_> {
    /// Returns a text of the entry.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.value(key)?.as_str()
    }

    /// Returns what gives a key a value, which is written as TOML has it: in place of the former one, or after the entry's last value.
    pub fn set(&self, register: &str, key: &str, value: &str) -> Option<Change> {
        if let Some(former) = self.value(key) {
            return Some(Change {
                range: former.span()?,
                text: value.to_owned(),
            });
        }
        let last = self.values().into_iter().filter_map(Value::span);
        let end = last.map(|span| span.end).max()?;
        Some(match self {
            Self::Inline(_) => Change {
                range: end..end,
                text: format!(", {key} = {value}"),
            },
            Self::Table(_) => {
                // What follows the value on its line is a comment at most.
                let line_end = register[end..]
                    .find('\n')
                    .map_or(register.len(), |at| end + at);
                let is_crlf = register[..line_end].ends_with('\r');
                let (at, line) = if is_crlf {
                    (line_end - 1, "\r\n")
                } else {
                    (line_end, "\n")
                };
                Change {
                    range: at..at,
                    text: format!("{line}{key} = {value}"),
                }
            }
        })
    }

    fn value(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Table(table) => table.get(key)?.as_value(),
            Self::Inline(table) => table.get(key),
        }
    }

    fn values(&self) -> Vec<&Value> {
        match self {
            Self::Table(table) => table
                .iter()
                .filter_map(|(_, item)| item.as_value())
                .collect(),
            Self::Inline(table) => table.iter().map(|(_, value)| value).collect(),
        }
    }
}

/// Makes the changes, which do not overlap. Those at one place come in the order of the list.
pub fn changed(register: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|change| change.range.start);
    let mut text = String::with_capacity(register.len() + 64);
    let mut from = 0;
    for change in changes {
        text.push_str(&register[from..change.range.start]);
        text.push_str(&change.text);
        from = change.range.end;
    }
    text.push_str(&register[from..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets `on` and `by` of the first entry.
    fn set(register: &str) -> String {
        let document = Document::parse(register).expect("it is TOML");
        let entries = entries(&document, "a");
        let keys = [("on", "2026-11-28"), ("by", "\"R\"")];
        let changes = keys.map(|(key, value)| entries[0].set(register, key, value));
        changed(register, changes.into_iter().flatten().collect())
    }

    #[test]
    fn only_the_values_change() {
        for (register, expected) in [
            (
                "# one\n[[a]] # two\n id  = 'x'   # three\n\n# four\n[[a]]\nid = 'y'\n",
                "# one\n[[a]] # two\n id  = 'x'   # three\non = 2026-11-28\nby = \"R\"\n\n# four\n[[a]]\nid = 'y'\n",
            ),
            (
                "[[a]]\r\nid = 'x'\r\non = 2020-01-01 # old\r\n[[b]]\r\n",
                "[[a]]\r\nid = 'x'\r\non = 2026-11-28 # old\r\nby = \"R\"\r\n[[b]]\r\n",
            ),
            (
                "[[a]]\nby = \"\"\"two\nlines\"\"\"\nid = 'x'",
                "[[a]]\nby = \"R\"\nid = 'x'\non = 2026-11-28",
            ),
            (
                "[[a]]\nid = 'x'\nlist = [\n  1, # one\n]\n\n",
                "[[a]]\nid = 'x'\nlist = [\n  1, # one\n]\non = 2026-11-28\nby = \"R\"\n\n",
            ),
            (
                "a = [\n  { id = 'x', on = 1 }, # kept\n  { id = 'y' },\n]\n",
                "a = [\n  { id = 'x', on = 2026-11-28, by = \"R\" }, # kept\n  { id = 'y' },\n]\n",
            ),
        ] {
            assert_eq!(set(register), expected, "{register}");
        }
    }
}
