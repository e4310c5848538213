//! Reads what a configuration in JavaScript or TypeScript writes out: objects, lists and texts, nothing that it computes.
//!
//! In: a script. Out: the value of the object that it exports. Runs nothing.

use super::super::value::Value;

/// Objects inside each other deeper than this are refused.
const DEEPEST: usize = 32;

/// Returns the object that a script exports, where it is written out.
pub fn exported(script: &str) -> Option<Value> {
    if let Ok(value @ Value::Table(_)) = super::super::value::json(script) {
        return Some(value);
    }
    let at = ["module.exports =", "export default"]
        .iter()
        .find_map(|mark| {
            let at = script.find(mark)?;
            Some(at + mark.len())
        })?;
    let rest = script[at..].trim_start();
    let rest = if rest.starts_with('{') {
        rest
    } else {
        // `module.exports = sidebars;` names what stands above.
        let name = rest
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()?;
        script.match_indices(name).find_map(|(at, _)| {
            let after = script[at + name.len()..].trim_start();
            let after = after.strip_prefix(':').map_or(after, |typed| {
                typed
                    .split_once('=')
                    .map_or("", |(kind, _)| &typed[kind.len()..])
            });
            let value = after.strip_prefix('=')?.trim_start();
            (!name.is_empty() && value.starts_with('{')).then_some(value)
        })?
    };
    let mut reader = Reader { text: rest, at: 0 };
    reader.value(0)
}

/// Returns the text of the first setting with this name.
pub fn setting(script: &str, key: &str) -> Option<String> {
    script.match_indices(key).find_map(|(at, _)| {
        let before = script[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let rest = script[at + key.len()..]
            .trim_start_matches(['\'', '"'])
            .trim_start();
        let mut reader = Reader {
            text: rest.strip_prefix(':')?,
            at: 0,
        };
        reader.space();
        match reader.peek()? {
            '\'' | '"' | '`' => reader.text_value(),
            _ => None,
        }
    })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = self.text[self.at..].starts_with(mark);
        self.at += if found { mark.len() } else { 0 };
        found
    }

    /// Skips white space and comments.
    fn space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.text[self.at..];
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                return;
            };
            self.at += length;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.space();
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            '{' => self.table(depth),
            '[' => self.list(depth),
            '\'' | '"' | '`' => self.text_value().map(Value::Text),
            _ => match self.word().as_str() {
                "true" => Some(Value::Flag(true)),
                "false" => Some(Value::Flag(false)),
                "null" | "undefined" => Some(Value::Nothing),
                word => word.parse().ok().map(Value::Whole),
            },
        }
    }

    fn table(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.take("}") {
                return Some(Value::Table(entries));
            }
            let key = match self.peek()? {
                '\'' | '"' | '`' => self.text_value()?,
                _ => self.word(),
            };
            self.space();
            if key.is_empty() || !self.take(":") {
                return None;
            }
            entries.push((key, self.value(depth + 1)?));
            self.space();
            self.take(",");
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.take("]") {
                return Some(Value::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.space();
            self.take(",");
        }
    }

    fn word(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.')));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word.to_owned()
    }

    fn text_value(&mut self) -> Option<String> {
        let quote = self.peek()?;
        self.at += 1;
        let mut text = String::new();
        let mut escaped = false;
        for c in self.text[self.at..].chars() {
            self.at += c.len_utf8();
            match c {
                _ if escaped => {
                    text.push(if c == 'n' { '\n' } else { c });
                    escaped = false;
                }
                '\\' => escaped = true,
                c if c == quote => return Some(text),
                c => text.push(c),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_out_is_read() {
        let script = "// @ts-check\n/** @type {x} */\nconst sidebars = {\n  // one\n  a: ['x', {type: 'category', label: \"It's\", items: ['y',],}],\n};\nmodule.exports = sidebars;\n";
        let value = exported(script).expect("it is an object");
        let items = value.get("a").map(Value::items).expect("a list");
        assert_eq!(items[0], Value::Text("x".into()));
        assert_eq!(items[1].get("label"), Some(&Value::Text("It's".into())));
        let typed = "import type {S} from 'x';\nconst s: S = { b: [] };\nexport default s;\n";
        assert!(exported(typed).is_some());
    }

    #[test]
    fn what_is_computed_is_not() {
        for script in [
            "module.exports = { a: make() };",
            "module.exports = require('x');",
            "module.exports = { a: ['x', ...more] };",
            "",
            "module.exports = {",
        ] {
            assert_eq!(exported(script), None, "{script}");
        }
    }

    #[test]
    fn settings_are_found_by_name() {
        let script =
            "const config = {\n  subtitle: 'no', title: 'My \\'site\\'',\n  baseUrl: '/x/',\n};";
        assert_eq!(setting(script, "title").as_deref(), Some("My 'site'"));
        assert_eq!(setting(script, "baseUrl").as_deref(), Some("/x/"));
        assert_eq!(setting(script, "tagline"), None);
    }
}
