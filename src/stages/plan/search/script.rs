//! Writes a script of the index: one call, with JSON as its arguments.

use std::fmt::Write;

use crate::model::bytes;
use crate::model::path::push_url;

/// A script that is being written. Commas are put where JSON wants them.
#[derive(Debug)]
pub struct Script {
    js: String,
    /// Whether something stands before what comes next in its list or object.
    follows: bool,
    end: &'static str,
}

impl Script {
    /// Begins a call with a number and a list.
    pub fn call(name: &str, number: u32) -> Self {
        let mut js = String::new();
        // Writing to a String cannot fail.
        let _ = write!(js, "throughlineSearch.{name}({number},[");
        Self {
            js,
            follows: false,
            end: "]);\n",
        }
    }

    /// Begins a call with an object.
    pub fn object(name: &str) -> Self {
        Self {
            js: format!("throughlineSearch.{name}({{"),
            follows: false,
            end: "});\n",
        }
    }

    /// Opens a list or an object.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.js.push(bracket);
        self.follows = false;
    }

    /// Closes it.
    pub fn close(&mut self, bracket: char) {
        self.js.push(bracket);
        self.follows = true;
    }

    /// Writes a key of an object; its value comes next.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.text(key);
        self.js.push(':');
        self.follows = false;
        self
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        self.comma();
        push_json(&mut self.js, text);
    }

    /// Writes a number.
    pub fn number(&mut self, number: u32) {
        self.comma();
        let _ = write!(self.js, "{number}");
    }

    /// Writes a list of texts.
    pub fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.open('[');
        for text in texts {
            self.text(text);
        }
        self.close(']');
    }

    /// Writes an address in the site.
    pub fn address(&mut self, path: &str) {
        let mut address = String::with_capacity(path.len());
        push_url(&mut address, path);
        self.text(&address);
    }

    /// Ends the call.
    pub fn end(mut self) -> String {
        self.js.push_str(self.end);
        self.js
    }

    fn comma(&mut self) {
        if self.follows {
            self.js.push(',');
        }
        self.follows = true;
    }
}

/// Appends a JSON string that can stand in a script.
fn push_json(js: &mut String, text: &str) {
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
                '\n' => "\\n",
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
        push_json(&mut js, "a\"b\\</script>\n\tc\u{2028}\u{2029}ŷ\u{7}");
        assert_eq!(js, "\"a\\\"b\\\\\\u003c/script>\\n c\\u2028\\u2029ŷ\"");
    }

    #[test]
    fn commas_stand_between_values() {
        let mut script = Script::object("index");
        script.key("a").number(1);
        script.key("b").texts(["x", "y"]);
        script.open('[');
        script.close(']');
        assert_eq!(
            script.end(),
            "throughlineSearch.index({\"a\":1,\"b\":[\"x\",\"y\"],[]});\n"
        );
    }
}
