//! Reads the marks that Hugo and Jekyll put between `{{` or `{%` and their ends.

use std::ops::Range;

/// A mark in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its first word, `/` before it where it closes.
    pub name: String,
    /// What stands behind the name.
    pub rest: String,
    /// Whether it is one of Hugo's.
    pub is_hugo: bool,
    /// Whether it writes out a value, as `{{ x }}` does.
    pub is_value: bool,
    /// Where it stands.
    pub range: Range<usize>,
}

impl Mark {
    /// Returns the words behind the name: bare or in quotation marks, without `key=`.
    pub fn words(&self) -> Vec<String> {
        self.arguments()
            .into_iter()
            .filter(|(key, _)| key.is_empty())
            .map(|(_, value)| value)
            .collect()
    }

    /// Returns the value of `key=value`.
    pub fn get(&self, key: &str) -> Option<String> {
        let found = self.arguments().into_iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value)
    }

    fn arguments(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut rest = self.rest.trim();
        while !rest.is_empty() {
            let stop =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '`'));
            let (word, after) = rest.split_at(stop.unwrap_or(rest.len()));
            let (key, value) = match after.strip_prefix('=') {
                Some(value) => (word, value),
                None if word.is_empty() => ("", after),
                None => {
                    found.push((String::new(), word.to_owned()));
                    rest = after.trim_start();
                    continue;
                }
            };
            let quote = value
                .chars()
                .next()
                .filter(|c| matches!(c, '"' | '\'' | '`'));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            found.push((key.to_owned(), value.to_owned()));
            rest = after.trim_start();
        }
        found
    }
}

/// Returns the mark that starts at an offset.
pub fn mark_at(text: &str, at: usize) -> Option<Mark> {
    let rest = &text[at..];
    let kinds = [
        ("{{<", ">}}", true, false),
        ("{{%", "%}}", true, false),
        ("{%", "%}", false, false),
        ("{{", "}}", false, true),
    ];
    let (open, close, is_hugo, is_value) = kinds
        .into_iter()
        .find(|(open, ..)| rest.starts_with(open))?;
    let length = rest.find(close);
    // A book's own preprocessors are called as `{{%name words}}`.
    let plain = rest.find("}}").filter(|_| open == "{{%");
    let (open, close, is_hugo, is_value, length) = match plain {
        Some(end) if length.is_none_or(|length| end < length) => ("{{", "}}", false, true, end),
        _ => (open, close, is_hugo, is_value, length?),
    };
    let inner = rest
        .get(open.len()..length)?
        .trim()
        .trim_matches('-')
        .trim();
    if inner.contains("\n\n") {
        return None;
    }
    let inner = inner.trim_end_matches('/').trim_end();
    let spaced = inner
        .strip_prefix('/')
        .map(|rest| format!("/{}", rest.trim_start()));
    let inner = spaced.as_deref().unwrap_or(inner);
    let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    Some(Mark {
        name: inner[..end].to_owned(),
        rest: inner[end..].trim().to_owned(),
        is_hugo,
        is_value,
        range: at..at + length + close.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_both_tools_are_read() {
        for (text, name, words) in [
            ("{{< relref \"a b.md\" >}}", "relref", vec!["a b.md"]),
            ("{{% / notice %}}", "/notice", vec![]),
            ("{%- link _posts/x.md -%}", "link", vec!["_posts/x.md"]),
            ("{{ site.baseurl }}", "site.baseurl", vec![]),
            (
                "{{< figure src=\"x.png\" one two=\"3\" >}}",
                "figure",
                vec!["one"],
            ),
        ] {
            let mark = mark_at(text, 0).expect(text);
            assert_eq!(
                (mark.name.as_str(), mark.words()),
                (name, words.iter().map(|word| (*word).to_owned()).collect()),
                "{text}"
            );
            assert_eq!(mark.range, 0..text.len());
        }
        assert_eq!(mark_at("{{< x", 0), None);
        let text = "{{%segment outline}}\n{{% notice %}}";
        let own = mark_at(text, 0).expect("a mark");
        assert_eq!((own.is_hugo, own.range), (false, 0..20));
        let figure = mark_at("{{< figure src=\"x.png\" alt='a b' >}}", 0).expect("a mark");
        assert_eq!(figure.get("alt").as_deref(), Some("a b"));
    }
}
