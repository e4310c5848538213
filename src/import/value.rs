//! Reads YAML, TOML and JSON of other tools into one kind of value.
//!
//! In: a text. Out: a value that keeps the order of keys, or the line at which it cannot be read. YAML tags say nothing here (a tool's own may name
//! Python functions), `yes` is a text, a number with more digits than a computer's has is a text, and aliases are limited, so that no short text becomes a
//! long value.

use std::fmt;

use super::encoding::plain_text;
use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// A value of another tool's configuration or front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, or a key without a value.
    Nothing,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Real(f64),
    /// A text, or a date.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, in the order of the text.
    Table(Vec<(String, Value)>),
}

/// Why a text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The line, from 1; 0 where it is not known.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads a text of one kind.
pub type Read = fn(&str) -> Result<Value, Misread>;

/// Deeper nesting is refused.
const DEEPEST: usize = 64;

impl Value {
    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns a text, or a number as it is written.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Real(number) => Some(number.to_string()),
            Self::Flag(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// Returns the texts of a list, or the one text.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::List(items) => items.iter().filter_map(Self::text).collect(),
            other => other.text().into_iter().collect(),
        }
    }

    /// Returns the items of a list; none where it is none.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the entries of a table; none where it is none.
    pub fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Returns a whole number.
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Real(number) if number.abs() < 1e9 => Some(*number as i64),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Puts the numbers as they are written in the place of those that lost digits; both come in the order of the text.
    fn exact(self, written: &mut &[&str]) -> Self {
        match self {
            Self::Real(number) => {
                // The parser of JSON is not exact in the last digit.
                let is_it = |word: &&str| {
                    let written: f64 = word.parse().unwrap_or(f64::NAN);
                    written == number || (written - number).abs() <= number.abs() * 1e-15
                };
                let Some(at) = written.iter().position(is_it) else {
                    return self;
                };
                let word = written[at].to_owned();
                *written = &written[at + 1..];
                Self::Text(word)
            }
            Self::List(items) => {
                Self::List(items.into_iter().map(|item| item.exact(written)).collect())
            }
            Self::Table(entries) => {
                let exact = |(key, value): (String, Self)| (key, value.exact(written));
                Self::Table(entries.into_iter().map(exact).collect())
            }
            other => other,
        }
    }

    /// Returns the value as TOML has it. TOML knows no `null`: that becomes an empty text, so that its key stays.
    pub fn to_toml(&self) -> toml::Value {
        match self {
            Self::Nothing => toml::Value::String(String::new()),
            Self::Flag(flag) => toml::Value::Boolean(*flag),
            Self::Whole(number) => toml::Value::Integer(*number),
            Self::Real(number) => toml::Value::Float(*number),
            Self::Text(text) => toml::Value::String(text.clone()),
            Self::List(items) => toml::Value::Array(items.iter().map(Self::to_toml).collect()),
            Self::Table(entries) => toml::Value::Table(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), value.to_toml()))
                    .collect(),
            ),
        }
    }
}

/// Reads YAML.
///
/// # Errors
///
/// When it is none, or its aliases would make it too large.
pub fn yaml(text: &str) -> Result<Value, Misread> {
    let budget = serde_saphyr::budget! {
        max_depth: DEEPEST,
        max_aliases: 1_000,
        max_nodes: 200_000,
    };
    let options = serde_saphyr::options! {
        budget: budget,
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: serde_saphyr::options::NonFiniteFloatPolicy::PassThrough,
        strict_booleans: true,
        with_snippet: false,
    };
    if text.trim().is_empty() {
        return Ok(Value::Nothing);
    }
    serde_saphyr::from_str_with_options(text, options)
        .map(|value| exact(value, text))
        .map_err(|error| Misread {
            line: error
                .location()
                .map_or(0, |location| location.line() as usize),
            message: first_line(&error.to_string()),
        })
}

/// Reads TOML.
///
/// # Errors
///
/// When it is none.
pub fn toml(text: &str) -> Result<Value, Misread> {
    toml::from_str(text)
        .map(|value| exact(value, text))
        .map_err(|error: toml::de::Error| Misread {
            line: error.span().map_or(0, |span| {
                text[..span.start.min(text.len())].matches('\n').count() + 1
            }),
            message: first_line(error.message()),
        })
}

/// Reads JSON.
///
/// # Errors
///
/// When it is none.
pub fn json(text: &str) -> Result<Value, Misread> {
    let (value, end) = json_at_start(text)?;
    if text[end..].trim().is_empty() {
        return Ok(value);
    }
    Err(Misread {
        line: text[..end].matches('\n').count() + 1,
        message: "something stands behind its end".into(),
    })
}

/// Reads the JSON that a text begins with, and says where it ends.
///
/// # Errors
///
/// When there is none.
pub fn json_at_start(text: &str) -> Result<(Value, usize), Misread> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    match stream.next() {
        Some(Ok(value)) => {
            let end = stream.byte_offset();
            Ok((exact(value, &text[..end]), end))
        }
        Some(Err(error)) => Err(Misread {
            line: error.line(),
            message: first_line(&error.to_string()),
        }),
        None => Err(Misread {
            line: 0,
            message: "there is nothing in it".into(),
        }),
    }
}

/// Makes texts, as they are written, of the numbers that lost digits when they were read.
fn exact(value: Value, text: &str) -> Value {
    let in_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
    let loses = |word: &&str| {
        let number = word.parse::<f64>().ok();
        let has_digits = word.contains(|c: char| c.is_ascii_digit());
        has_digits && number.is_some_and(|number| digits(word) != digits(&number.to_string()))
    };
    let words = text.split(|c: char| !in_number(c));
    let written: Vec<&str> = words.filter(loses).collect();
    if written.is_empty() {
        return value;
    }
    value.exact(&mut written.as_slice())
}

/// Returns the digits that say which number it is: without sign, point, exponent, and noughts around them.
fn digits(number: &str) -> String {
    let mantissa = number.split(['e', 'E']).next().unwrap_or("");
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("").trim().to_owned()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// Takes whatever a text holds.
struct Reader;

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        // TOML has no larger ones, and a text loses nothing.
        Ok(i64::try_from(number).map_or_else(|_| Value::Text(number.to_string()), Value::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Real(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        // An escape may write what the file itself does not hold.
        Ok(Value::Text(plain_text(text)))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Value, D::Error> {
        Value::deserialize(inner)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        while let Some(key) = map.next_key::<Value>()? {
            let key = key.text().unwrap_or_default();
            let value = map.next_value()?;
            // How `toml` hands over a date.
            if key == "$__toml_private_datetime" {
                return Ok(value);
            }
            entries.push((key, value));
        }
        Ok(Value::Table(entries))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (name, rest) = tagged.variant_seed(Reader)?;
        Ok(rest.newtype_variant().unwrap_or(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn yaml_of_front_matter_is_read() {
        let value = yaml(
            "title: 'A: b'\ndate: 2024-05-06\nweight: 3\ndraft: true\nnothing:\nlong: >-\n  one\n  two\nlines: |\n  a\n  b\nbase: &b [x, y]\nagain: *b\n",
        )
        .expect("it is YAML");
        for (key, expected) in [
            ("title", text("A: b")),
            ("date", text("2024-05-06")),
            ("weight", Value::Whole(3)),
            ("draft", Value::Flag(true)),
            ("nothing", Value::Nothing),
            ("long", text("one two")),
            ("lines", text("a\nb\n")),
            ("again", Value::List(vec![text("x"), text("y")])),
        ] {
            assert_eq!(value.get(key), Some(&expected), "{key}");
        }
    }

    #[test]
    fn tags_of_python_say_nothing() {
        let value = yaml(
            "a: !!python/name:material.extensions.emoji.twemoji\nb: !!python/object/apply:x.y {kwds: {case: lower}}\nc: !ENV [CI, false]\nd: 1\n",
        )
        .expect("it is YAML");
        assert_eq!(value.get("d"), Some(&Value::Whole(1)));
        assert!(value.get("a").is_some() && value.get("b").is_some());
    }

    #[test]
    fn numbers_keep_their_digits() {
        let digits = "123456789012345678901234";
        for (read, written) in [
            (
                yaml as Read,
                format!(
                    "a: {digits}\nb: [1.10, -{digits}, 1e3]\nc: 1e400\nd: 18446744073709551615\ne: 3.14159265358979323846\n"
                ),
            ),
            (
                json,
                format!("{{\"a\": {digits}, \"b\": [1.10, -{digits}, 1e3]}}"),
            ),
            (
                toml,
                "e = 3.14159265358979323846\nb = [1.10, 0.5, 1e3]\n".to_owned(),
            ),
        ] {
            let value = read(&written).expect("it can be read");
            for (key, expected) in [
                ("a", digits),
                ("c", "1e400"),
                ("d", "18446744073709551615"),
                ("e", "3.14159265358979323846"),
            ] {
                if let Some(found) = value.get(key) {
                    assert_eq!(found, &text(expected), "{key} in {written}");
                }
            }
            let list = value.get("b").map(Value::items).unwrap_or_default();
            assert_eq!(list.first(), Some(&Value::Real(1.1)), "{written}");
            assert_eq!(list.last(), Some(&Value::Real(1000.0)), "{written}");
        }
        assert_eq!(
            json(&format!("[\"{digits}\", {digits}]"))
                .expect("it is JSON")
                .texts(),
            [digits, digits]
        );
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..12 {
            let before = format!("*a{}", level - 1);
            let list = vec![before; 9].join(",");
            bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
        }
        assert!(yaml(&bomb).is_err());
        let deep = format!("a: {}{}", "[".repeat(5_000), "]".repeat(5_000));
        assert!(yaml(&deep).is_err());
    }

    #[test]
    fn dates_of_toml_are_texts_and_faults_name_their_line() {
        let value = toml("a = 2024-05-06\n[b]\nc = [1, 2]\n").expect("it is TOML");
        assert_eq!(value.get("a"), Some(&text("2024-05-06")));
        assert_eq!(toml("a = 1\nb = \n").map_err(|fault| fault.line), Err(2));
        assert!(yaml("a: 1\nb: [\n").is_err());
    }
}
