//! Writes `config.toml`.

use super::course::Course;
use crate::model::LanguageTag;

/// Returns a text without marks of Markdown and with single spaces.
pub fn plain_words(text: &str) -> String {
    let plain = text.replace(['*', '`'], "");
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

/// Writes the configuration.
pub fn config(course: &Course) -> String {
    let quoted = |text: &str| toml::Value::String(plain_words(text)).to_string();
    let mut out = format!("title = {}\n", quoted(&course.title));
    if !course.description.is_empty() {
        out.push_str(&format!("description = {}\n", quoted(&course.description)));
    }
    let language = course
        .language
        .as_deref()
        .filter(|tag| tag.parse::<LanguageTag>().is_ok())
        .unwrap_or("en");
    out.push_str(&format!("language = \"{language}\"\n"));
    out.push_str("\n# Raw HTML stays as far as it can do no harm.\n[markdown]\nhtml = \"safe\"\n");
    let extra: toml::Table = course
        .extra
        .iter()
        .map(|(key, value)| (key.clone(), value.to_toml()))
        .collect();
    if !extra.is_empty() {
        let table = toml::Table::from_iter([("extra".to_owned(), toml::Value::Table(extra))]);
        out.push_str(
            "\n# The rest of the course's own configuration: throughline does not read it.\n",
        );
        out.push_str(&toml::to_string(&table).unwrap_or_default());
    }
    out
}
