//! Takes the front matter of other tools off a page, and writes ours.
//!
//! In: a page's text. Out: its keys, and where its Markdown starts. A key that we have no place for goes to `[extra]`; what cannot be read is told, for
//! it to be shown as it is.

use jiff::civil::Date;

use super::value::{self, Misread, Value};

/// A page's front matter.
#[derive(Debug, Default)]
pub struct Front {
    /// Its keys, in order.
    pub entries: Vec<(String, Value)>,
    /// How many bytes of the text it takes.
    pub length: usize,
    /// Why it could not be read; where it takes no bytes, its end was not found.
    pub fault: Option<Misread>,
}

/// What becomes of a page's front matter.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Matter {
    /// The page's title.
    pub title: Option<String>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The last part of its address.
    pub slug: Option<String>,
    /// Addresses that led to it.
    pub aliases: Vec<String>,
    /// Who keeps it.
    pub owner: Option<String>,
    /// When it was last looked at.
    pub reviewed: Option<Date>,
    /// How long it takes.
    pub minutes: Option<i64>,
    /// Everything else.
    pub extra: Vec<(String, Value)>,
}

/// Takes the front matter off the top of a text.
pub fn split(text: &str) -> Front {
    let lead = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let body = &text[lead..];
    let first = body.lines().next().unwrap_or("").trim_end();
    let (read, closing): (value::Read, &[&str]) = match first {
        "---" => (value::yaml, &["---", "..."]),
        "+++" => (value::toml, &["+++"]),
        first if first.starts_with('{') => return json(text, lead),
        _ => return Front::default(),
    };
    let start = body.find('\n').map_or(body.len(), |at| at + 1);
    let mut at = start;
    for line in body[start..].split_inclusive('\n') {
        if closing.contains(&line.trim_end()) {
            let length = lead + at + line.len();
            return front(read(&body[start..at]), length);
        }
        at += line.len();
    }
    // A rule above a text begins no front matter.
    let key = body[start..].lines().next().unwrap_or("");
    match key.split_once([':', '=']) {
        Some((key, _)) if is_key(key.trim()) => Front {
            fault: Some(Misread {
                line: text[..lead].matches('\n').count() + 1,
                message: format!("no line `{}` ends it", closing[0]),
            }),
            ..Front::default()
        },
        _ => Front::default(),
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '"'))
}

fn json(text: &str, lead: usize) -> Front {
    let body = &text[lead..];
    // Braces begin marks of many tools; keys in quotation marks are those of JSON alone.
    if !body[1..].trim_start().starts_with('"') {
        return Front::default();
    }
    match value::json_at_start(body) {
        Ok((table @ Value::Table(_), end)) => {
            let line = body[end..].split('\n').next().unwrap_or("");
            if !line.trim().is_empty() {
                return Front::default();
            }
            front(Ok(table), lead + end)
        }
        Ok(_) => Front::default(),
        Err(fault) => Front {
            fault: Some(fault),
            ..Front::default()
        },
    }
}

fn front(read: Result<Value, Misread>, length: usize) -> Front {
    match read {
        Ok(Value::Table(entries)) => Front {
            entries,
            length,
            fault: None,
        },
        Ok(Value::Nothing) => Front {
            length,
            ..Front::default()
        },
        // Two rules around a paragraph are no front matter.
        Ok(_) => Front::default(),
        Err(mut fault) => {
            fault.line += usize::from(fault.line > 0);
            Front {
                length,
                fault: Some(fault),
                ..Front::default()
            }
        }
    }
}

impl Matter {
    /// Sorts the keys of other tools into ours.
    pub fn of(entries: Vec<(String, Value)>) -> Self {
        let mut matter = Self::default();
        let mut minutes = 0;
        let mut dates = [None, None, None];
        for (key, value) in entries {
            if !matter.take(&key, &value) {
                match key.as_str() {
                    "date" => dates[2] = date(&value),
                    "lastmod" | "last_modified_at" | "updated" => dates[1] = date(&value),
                    "last_reviewed_on" => dates[0] = date(&value),
                    "last_update" => dates[1] = value.get("date").and_then(date),
                    "minutes" | "teaching" | "exercises" => {
                        minutes += value
                            .whole()
                            .filter(|n| (0..10_000).contains(n))
                            .unwrap_or(0);
                    }
                    _ => {}
                }
                let ours = matches!(key.as_str(), "date" | "last_reviewed_on")
                    && date(&value).is_some()
                    || key == "minutes" && value.whole().is_some();
                if !ours {
                    matter.extra.push((key, value));
                }
            }
        }
        matter.reviewed = dates.into_iter().flatten().next();
        matter.minutes = (minutes > 0).then_some(minutes);
        matter
    }

    /// Takes a key that we have a place for; returns whether that is so.
    fn take(&mut self, key: &str, value: &Value) -> bool {
        match (key, value) {
            ("title", _) => fill(&mut self.title, value),
            ("summary" | "description", _) => fill(&mut self.summary, value),
            ("owner" | "author" | "authors", _) => {
                let names = names(value);
                let free = self.owner.is_none() && !names.is_empty();
                if free {
                    self.owner = Some(names.join(", "));
                }
                free
            }
            ("draft" | "published", _) => match flag(value) {
                Some(flag) => {
                    self.draft = flag == (key == "draft");
                    true
                }
                None => false,
            },
            ("slug", _) => fill(&mut self.slug, value),
            ("aliases" | "redirect_from", Value::Text(_) | Value::List(_)) => {
                self.aliases.extend(value.texts());
                true
            }
            _ => false,
        }
    }

    /// Writes our front matter.
    pub fn to_toml(&self) -> String {
        let mut table = toml::Table::new();
        let mut out = String::from("+++\n");
        let mut line = |key: &str, value: toml::Value| {
            out.push_str(&format!("{key} = {value}\n"));
        };
        line("title", self.title.clone().unwrap_or_default().into());
        if let Some(summary) = &self.summary {
            line("summary", one_line(summary).into());
        }
        if let Some(owner) = &self.owner {
            line("owner", one_line(owner).into());
        }
        if let Some(reviewed) = self.reviewed {
            out.push_str(&format!("last_reviewed_on = {reviewed}\n"));
        }
        let mut line = |key: &str, value: toml::Value| {
            out.push_str(&format!("{key} = {value}\n"));
        };
        if let Some(minutes) = self.minutes {
            line("minutes", minutes.into());
        }
        if let Some(slug) = self.slug.clone() {
            line("slug", slug.into());
        }
        if !self.aliases.is_empty() {
            let aliases = self.aliases.iter().cloned().map(toml::Value::String);
            line("aliases", toml::Value::Array(aliases.collect()));
        }
        if self.draft {
            line("draft", true.into());
        }
        for (key, value) in &self.extra {
            table.insert(key.clone(), value.to_toml());
        }
        if !table.is_empty() {
            let extra = toml::Table::from_iter([("extra".to_owned(), toml::Value::Table(table))]);
            out.push('\n');
            out.push_str(&toml::to_string(&extra).unwrap_or_default());
        }
        out.push_str("+++\n");
        out
    }
}

/// Puts a text into a free place; a second one is left to `[extra]`.
fn fill(place: &mut Option<String>, value: &Value) -> bool {
    match value.text() {
        Some(text) if place.is_none() => {
            let text = one_line(&text);
            let filled = !text.is_empty();
            *place = filled.then_some(text);
            true
        }
        _ => false,
    }
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        Value::Text(text) if ["yes", "on"].contains(&text.to_lowercase().as_str()) => Some(true),
        Value::Text(text) if ["no", "off"].contains(&text.to_lowercase().as_str()) => Some(false),
        _ => None,
    }
}

fn names(value: &Value) -> Vec<String> {
    let name = |value: &Value| match value {
        Value::Table(_) => value.get("name").and_then(Value::text),
        other => other.text(),
    };
    match value {
        Value::List(items) => items.iter().filter_map(name).collect(),
        other => name(other).into_iter().collect(),
    }
}

/// Returns the day of a date, with or without a time behind it.
fn date(value: &Value) -> Option<Date> {
    value.text()?.trim().get(..10)?.parse().ok()
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(text: &str) -> Matter {
        Matter::of(split(text).entries)
    }

    #[test]
    fn keys_of_other_tools_find_their_place() {
        let matter = matter(
            "---\ntitle: A\ndescription: >\n  two\n  lines\nauthors: [Ann, {name: Bob}]\ndate: 2024-05-06T10:00:00Z\ndraft: true\nredirect_from:\n  - /old/\ntags: [x]\nteaching: 10\nexercises: 5\n---\nText\n",
        );
        assert_eq!(matter.title.as_deref(), Some("A"));
        assert_eq!(matter.summary.as_deref(), Some("two lines"));
        assert_eq!(matter.owner.as_deref(), Some("Ann, Bob"));
        assert_eq!(matter.reviewed, "2024-05-06".parse().ok());
        assert_eq!(matter.minutes, Some(15));
        assert!(matter.draft);
        assert_eq!(matter.aliases, ["/old/"]);
        let kept: Vec<&str> = matter.extra.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(kept, ["tags", "teaching", "exercises"]);
        let toml = matter.to_toml();
        let table: toml::Table = toml.trim_matches(['+', '\n']).parse().expect("it is TOML");
        assert_eq!(table["extra"]["tags"][0].as_str(), Some("x"));
    }

    #[test]
    fn front_matter_ends_where_its_tool_ends_it() {
        for (text, length, keys) in [
            ("---\na: 1\n---\nb", 13, 1),
            ("---\na: 1\n...\nb", 13, 1),
            ("+++\na = 1\n+++\nb", 14, 1),
            ("{\n\"a\": 1\n}\nb", 10, 1),
            ("{\"a\": 1, \"b\": {}}\nb", 17, 2),
            ("{\"a\": 1} b\n", 0, 0),
            ("{{< a >}}\n", 0, 0),
            ("{}\n", 0, 0),
            ("\n---\na: 1\n---\n", 14, 1),
            ("---\n---\nb", 8, 0),
            ("---\nJust text\n---\nb", 0, 0),
            ("---\na: 1\n", 0, 0),
            ("a\n---\n", 0, 0),
        ] {
            let front = split(text);
            assert_eq!(
                (front.length, front.entries.len()),
                (length, keys),
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let front = split("---\na: 1\nb: [\n---\ntext\n");
        assert!(front.fault.is_some_and(|fault| fault.line >= 2));
        assert_eq!(front.length, 18, "it can be shown as it is");
        for (text, line) in [
            ("---\ntitle: A\n\n# B\n", Some(1)),
            ("\n+++\ntitle = \"A\"\n", Some(2)),
            ("{\n\"a\": 1,\n}\n# B\n", Some(3)),
            ("---\n\nA rule: and text.\n", None),
            ("---\nIt is so: a rule above a text.\n", None),
        ] {
            let front = split(text);
            assert_eq!(front.length, 0, "{text}");
            assert_eq!(front.fault.map(|fault| fault.line), line, "{text}");
        }
    }
}
