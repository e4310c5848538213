//! Reads a theme's words and what it says about itself: `theme.toml`, or `strings.toml` for words alone.
//!
//! In: the file's text and the words that there are. Out: the words with the theme's in their places, and what is wrong as findings: a word that nothing
//! shows, a word that is no text, a theme that extends another one than there is. Text that is no TOML at all stops the tool.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ThemeError;
use crate::model::nearness::did_you_mean;
use crate::model::text::quoted;
use crate::model::theme::Theme;
use crate::model::{Finding, LineIndex, Place, Rule};
use crate::stages::parse::table::{Reader, TomlFile};

/// The only theme that others can extend.
const BASE: &str = "default";

/// Endings of keys for the forms that nouns behind numbers have in some languages.
const FORMS: [&str; 5] = ["_zero", "_one", "_two", "_few", "_many"];

/// A file of a theme that has words.
pub struct File<'a> {
    /// Path from the root, or its name in the program.
    pub path: &'a str,
    /// What it holds, without byte-order mark.
    pub text: &'a str,
}

impl File<'_> {
    /// Returns the words of the default theme, which is what it should be.
    ///
    /// # Errors
    ///
    /// When the file is no TOML.
    pub fn base(&self) -> Result<BTreeMap<String, String>, ThemeError> {
        toml::from_str(self.text).map_err(|error| ThemeError::Invalid {
            path: self.path.to_owned(),
            reason: error.to_string(),
        })
    }

    /// Puts the file's words into the place of those that are there.
    ///
    /// # Errors
    ///
    /// When the file is no TOML.
    pub fn read(
        &self,
        words: &mut BTreeMap<String, String>,
        theme: &Theme,
    ) -> Result<Vec<Finding>, ThemeError> {
        let lines = LineIndex::new(self.text);
        let mut file = TomlFile::new((self.path, &lines), 0, Rule::InvalidTheme);
        let table = file.parse(self.text);
        if let Some(fault) = file
            .findings
            .iter()
            .find(|finding| finding.rule == Rule::InvalidTheme)
        {
            return Err(ThemeError::Invalid {
                path: format!("{}:{}", self.path, fault.place.line),
                reason: fault.message.clone(),
            });
        }
        if self.path.ends_with("strings.toml") {
            take(&table, words, theme, &mut file);
        } else {
            let mut top = Reader::new(&table, Place::START, &mut file);
            top.title("name");
            let extends = top.placed_text("extends");
            let own = top.table("strings");
            top.allow("extra");
            top.finish();
            if let Some(extends) = extends.filter(|extends| extends.value != BASE) {
                let message = format!(
                    "a theme cannot extend `{}`: every theme extends `{BASE}`",
                    quoted(&extends.value)
                );
                let help = format!("write `extends = \"{BASE}\"`, or remove the line");
                file.report(Rule::InvalidTheme, extends.place, message, Some(help));
            }
            if let Some((own, _)) = own {
                take(own, words, theme, &mut file);
            }
        }
        Ok(file.findings)
    }
}

fn take(
    table: &DeTable<'_>,
    words: &mut BTreeMap<String, String>,
    theme: &Theme,
    file: &mut TomlFile<'_>,
) {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let name = key.get_ref().as_ref();
        if !is_shown(name, words, theme) {
            let place = file.place(key.span());
            let help = did_you_mean(name, words.keys().map(String::as_str))
                .unwrap_or_else(|| format!("the words are those of the `{BASE}` theme's strings.toml, and those that a template of this theme names as `t.{name}`"));
            let message = format!("unknown key `{}`", quoted(name));
            file.report(Rule::UnknownKey, place, message, Some(help));
        }
        take_word(name, value, words, file);
    }
}

fn take_word(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    words: &mut BTreeMap<String, String>,
    file: &mut TomlFile<'_>,
) {
    match value.get_ref() {
        DeValue::String(text) => match unfit(name, text) {
            None => {
                words.insert(name.to_owned(), text.clone().into_owned());
            }
            Some((message, help)) => {
                let place = file.place(value.span());
                file.report(Rule::InvalidTheme, place, message, Some(help.into()));
            }
        },
        _ => {
            let place = file.place(value.span());
            let message = format!("`{}` must be a text in quotation marks", quoted(name));
            let help = format!("write `{} = \"...\"`", quoted(name));
            file.report(Rule::InvalidTheme, place, message, Some(help));
        }
    }
}

/// Returns what is wrong with the words that dates are written with, and how they are meant; they are left out then.
fn unfit(name: &str, text: &str) -> Option<(String, &'static str)> {
    const PARTS: [&str; 3] = ["{day}", "{month}", "{year}"];
    if text.is_empty() {
        return None;
    }
    match name {
        "months" => {
            let months: Vec<&str> = text.split(',').map(str::trim).collect();
            let is_whole = months.len() == 12 && !months.contains(&"");
            let message = "`months` is no list of twelve names".to_owned();
            let help = "write twelve names with commas between them, or nothing: then they are those of the content's language";
            (!is_whole).then_some((message, help))
        }
        "long_date" => {
            let rest = PARTS
                .iter()
                .fold(text.to_owned(), |rest, part| rest.replacen(part, "", 1));
            let has_all = PARTS.iter().all(|part| text.contains(part));
            let message = format!("`long_date` cannot be `{}`", quoted(text));
            let help =
                "write `{day}`, `{month}` and `{year}` once each, such as `{month} {day}, {year}`";
            (!has_all || rest.contains(['{', '}'])).then_some((message, help))
        }
        _ => None,
    }
}

/// Returns whether something can show the word of a key: the program, or a template that names it.
fn is_shown(key: &str, words: &BTreeMap<String, String>, theme: &Theme) -> bool {
    if words.contains_key(key) {
        return true;
    }
    let mut stems = FORMS.iter().filter_map(|form| key.strip_suffix(form));
    if stems.any(|stem| words.contains_key(stem)) {
        return true;
    }
    let named = format!("t.{key}");
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    theme.templates.values().any(|template| {
        let mut found = template.match_indices(&named);
        found.any(|(at, _)| ends(&template[at + named.len()..]))
    })
}
