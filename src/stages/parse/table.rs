//! Reads TOML with places: every wrong kind and every unknown key becomes a finding, and reading goes on.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::passage;
use super::unseen::clean_table;
use crate::language::LONGEST_PHRASE;
use crate::model::address::{Address, Contact, Fault};
use crate::model::days::{Day, When, length_of_time};
use crate::model::finding::Fix;
use crate::model::lesson::AsOf;
use crate::model::nearness::{Names, Near, question};
use crate::model::passage::Passage;
use crate::model::registers::Placed;
use crate::model::text::{fault, quoted};
use crate::model::written::as_toml;
use crate::model::{Finding, LineIndex, Place, Rule};

/// The file that a table stands in: its name, its lines, and the findings about it.
pub struct TomlFile<'a> {
    /// Path from the root, for findings.
    pub file: &'a str,
    /// Lines of the whole file.
    pub lines: &'a LineIndex<'a>,
    /// Byte offset of the TOML text in the file.
    pub base: usize,
    /// The rule that a value of the wrong kind breaks.
    pub rule: Rule,
    /// What was found wrong so far.
    pub findings: Vec<Finding>,
    /// The days that were read so far.
    pub days: Vec<Placed<Day>>,
}

impl<'a> TomlFile<'a> {
    /// Starts with a file whose TOML begins at `base`.
    pub fn new((file, lines): (&'a str, &'a LineIndex<'a>), base: usize, rule: Rule) -> Self {
        Self {
            file,
            lines,
            base,
            rule,
            findings: Vec::new(),
            days: Vec::new(),
        }
    }

    /// Parses the text; what cannot be parsed is a finding, and the rest is read.
    pub fn parse<'t>(&mut self, text: &'t str) -> DeTable<'t> {
        let (table, errors) = DeTable::parse_recoverable(text);
        // One slip often upsets the lines after it: the first message is the one that helps.
        if let Some(error) = errors.first() {
            let place = self.place(error.span().unwrap_or(0..0));
            let message = match error.message() {
                "recursion limit" => "lists or tables stand too deep inside each other".into(),
                message => message.replace('\n', ", "),
            };
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let start = text.get(..at).and_then(|before| before.rfind('\n'));
            let line = text.get(start.map_or(0, |end| end + 1)..).unwrap_or("");
            let line = line.lines().next().unwrap_or("");
            match unread_date(line) {
                Some(date) => self.report(
                    self.rule,
                    place,
                    format!("{NOT_TOML} `{date}` is no date"),
                    Some("write the year first, such as `2026-11-21`".into()),
                ),
                None => self.report(self.rule, place, format!("{NOT_TOML} {message}"), None),
            }
        }
        let mut table = table.into_inner();
        for (c, range) in clean_table(&mut table, text) {
            let place = self.place(range);
            let help = "delete the escape, or write the character that was meant";
            self.report(Rule::InvalidText, place, fault(c), Some(help.into()));
        }
        table
    }

    /// Returns the place of a range of the TOML text.
    pub fn place(&self, range: Range<usize>) -> Place {
        self.lines
            .place(&(range.start + self.base..range.end + self.base))
    }

    /// Returns where a range of the TOML text stands in the file, in bytes.
    pub fn at(&self, range: &Range<usize>) -> (u32, u32) {
        let in_file = |offset: usize| (offset + self.base) as u32;
        (in_file(range.start), in_file(range.end))
    }

    /// Adds a finding.
    pub fn report(&mut self, rule: Rule, place: Place, message: String, help: Option<String>) {
        self.findings
            .push(Finding::new(rule, self.file, place, message).maybe_help(help));
    }
}

/// What a finding about a text begins with that is no TOML.
const NOT_TOML: &str = "this is not TOML:";

/// Returns the date on a line that is written as people write it and TOML does not: with slashes, dots or blanks, or in words behind a key of a day.
fn unread_date(line: &str) -> Option<&str> {
    let (key, value) = line.split_once('=')?;
    let value = value.split('#').next()?.trim();
    let is_day = key.trim() == "on" || key.trim().ends_with("_on") || key.trim() == AS_OF;
    let is_written = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{']);
    (is_written && (is_day || has_parts_of_a_day(value))).then_some(value)
}

/// Returns whether a text has the three numbers of a day, whatever stands between them.
fn has_parts_of_a_day(text: &str) -> bool {
    let mut parts = text.split(['/', '.', '-', ' ']);
    let is_number = |part: &str| {
        matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    parts.clone().count() == 3 && parts.all(is_number)
}

/// The key of a time, which may be a day or words.
pub(super) const AS_OF: &str = "facts_as_of";

/// Bytes of the longest text: it stands on many pages.
const LONGEST_TEXT: usize = 4096;

/// Bytes of the longest title or name, none of which is longer than what is looked for in lessons.
const LONGEST_TITLE: usize = LONGEST_PHRASE;

/// A table that is being read key by key.
///
/// Keys that nobody asked for are reported by [`Reader::finish`].
pub struct Reader<'t, 'r, 'f> {
    table: &'t DeTable<'t>,
    asked: Vec<&'static str>,
    place: Place,
    /// What tables inside it begin with in the file, such as `topic.`; nothing at the top.
    prefix: String,
    file: &'r mut TomlFile<'f>,
}

/// What a value must be.
#[derive(Clone, Copy)]
enum Wanted {
    Text,
    Flag,
    Number,
    Day,
    Texts,
    Table,
    Tables,
}

impl Wanted {
    /// Returns what it must be as findings say it, and how it is written; `path` is the key as tables are named.
    fn words(self, key: &str, path: &str) -> (Cow<'static, str>, String) {
        let (what, written) = match self {
            Self::Text => ("a text in quotation marks", format!("`{key} = \"...\"`")),
            Self::Flag => {
                let written = format!("`{key} = true` or `{key} = false`, without quotation marks");
                ("`true` or `false`", written)
            }
            Self::Number => {
                let written = format!("digits alone, such as `{key} = 15`");
                ("a whole number from 0", written)
            }
            Self::Day => {
                let written = format!("the year first, such as `{key} = 2026-11-21`");
                ("a date such as 2026-11-21", written)
            }
            Self::Texts => ("a list of texts", format!("`{key} = [\"...\", \"...\"]`")),
            Self::Table => {
                let written = format!("a line `[{path}]`, and what belongs to it on lines below");
                ("a table", written)
            }
            Self::Tables => {
                let written = format!("a line `[[{path}]]` above what belongs to each of them");
                return (
                    format!("written as `[[{path}]]`").into(),
                    format!("write {written}"),
                );
            }
        };
        (what.into(), format!("write {written}"))
    }
}

impl<'t, 'r, 'f> Reader<'t, 'r, 'f> {
    /// Starts to read a table that stands at `place`.
    pub fn new(table: &'t DeTable<'t>, place: Place, file: &'r mut TomlFile<'f>) -> Self {
        Self {
            table,
            asked: Vec::new(),
            place,
            prefix: String::new(),
            file,
        }
    }

    /// Says what the table is called where it is not the top one, so that help can name tables inside it.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        self.prefix = format!("{name}.");
        self
    }

    /// Returns where the table stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Returns the file, to add findings of its own.
    pub fn file(&mut self) -> &mut TomlFile<'f> {
        self.file
    }

    /// Returns a text; empty where the key is absent.
    pub fn text(&mut self, key: &'static str) -> String {
        self.placed_text(key)
            .map_or_else(String::new, |text| text.value)
    }

    /// Returns a text that people read, with the languages in it; empty where the key is absent.
    pub fn passage(&mut self, key: &'static str) -> Passage {
        let written = self.placed_text(key);
        written.map_or_else(Passage::default, |text| self.read(text))
    }

    /// Returns a text that people read and that must be there and not empty.
    pub fn required_passage(&mut self, key: &'static str) -> Option<Passage> {
        let text = self.required_text(key)?;
        Some(self.read(text))
    }

    /// Returns a title with the languages in it; empty where the key is absent.
    pub fn heading(&mut self, key: &'static str) -> Passage {
        let written = self.text_up_to(key, LONGEST_TITLE);
        written.map_or_else(Passage::default, |text| self.read(text))
    }

    fn read(&mut self, text: Placed<String>) -> Passage {
        let (read, faults) = passage::read(text.value);
        for passage::Fault { message, help } in faults {
            self.file
                .report(Rule::UnknownAttribute, text.place, message, Some(help));
        }
        read
    }

    /// Returns a text with its place.
    pub fn placed_text(&mut self, key: &'static str) -> Option<Placed<String>> {
        self.text_up_to(key, LONGEST_TEXT)
    }

    /// Returns a text that stands in a line: a title or a name; empty where the key is absent.
    pub fn title(&mut self, key: &'static str) -> String {
        self.text_up_to(key, LONGEST_TITLE)
            .map_or_else(String::new, |text| text.value)
    }

    fn text_up_to(&mut self, key: &'static str, longest: usize) -> Option<Placed<String>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => {
                let text = self.cut(key, text, value.span(), longest);
                let is_title = longest == LONGEST_TITLE;
                Some(if is_title {
                    self.in_one_line(key, text)
                } else {
                    text
                })
            }
            _ => self.wrong(key, value, Wanted::Text),
        }
    }

    /// Takes a title or a name; one of several lines is a finding, since it stands in the lines of lists and messages.
    fn in_one_line(&mut self, key: &str, text: Placed<String>) -> Placed<String> {
        let written = text.value.trim();
        if !written.contains(['\n', '\r']) {
            return text;
        }
        let message = format!("`{key}` goes over more than one line");
        let help = "write it in one line, without `\\n`";
        self.file
            .report(self.file.rule, text.place, message, Some(help.into()));
        let value = written.split(['\n', '\r']).map(str::trim);
        let value = value.filter(|line| !line.is_empty()).collect::<Vec<_>>();
        Placed {
            value: value.join(" "),
            ..text
        }
    }

    /// Takes a text; one that is too long is cut, and a finding.
    fn cut(&mut self, key: &str, text: &str, span: Range<usize>, longest: usize) -> Placed<String> {
        let at = self.file.at(&span);
        let place = self.file.place(span);
        let mut end = text.len().min(longest);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if end < text.len() {
            let message = format!("`{key}` has more than {longest} bytes");
            let help = "shorten it: it stands on many pages";
            self.file
                .report(self.file.rule, place, message, Some(help.into()));
        }
        Placed {
            value: text[..end].to_owned(),
            place,
            at: Some(at),
        }
    }

    /// Returns a text that leads where `gate` says; what does not pass it is a finding, and leads nowhere.
    pub fn contact(
        &mut self,
        key: &'static str,
        gate: impl Fn(&str) -> Result<Option<Address>, Fault>,
    ) -> Contact {
        match self.placed_text(key) {
            Some(text) => self.led(key, text, gate),
            None => Contact::default(),
        }
    }

    /// Returns a list of texts that lead where `gate` says, as [`contact`](Self::contact) does.
    pub fn contacts(
        &mut self,
        key: &'static str,
        gate: impl Fn(&str) -> Result<Option<Address>, Fault>,
    ) -> Vec<Contact> {
        let texts = self.texts(key);
        texts
            .into_iter()
            .map(|text| self.led(key, text, &gate))
            .collect()
    }

    fn led(
        &mut self,
        key: &str,
        text: Placed<String>,
        gate: impl Fn(&str) -> Result<Option<Address>, Fault>,
    ) -> Contact {
        let written = text.value.as_str();
        let address = match gate(written) {
            _ if written.trim().is_empty() => None,
            Ok(address) => address,
            Err(fault) => {
                let message = format!("`{key}` cannot be `{}`: {fault}", quoted(written));
                let meant = fault.mend(written);
                let fix = meant.and_then(|meant| Fix::at(text.at, as_toml(&meant.to_string())));
                let finding = Finding::new(Rule::UnsafeLink, self.file.file, text.place, message);
                let finding = finding.help(fault.help(written)).maybe_fix(fix);
                self.file.findings.push(finding);
                None
            }
        };
        Contact {
            words: self.read(text),
            address,
        }
    }

    /// Returns a text that must be there and not empty.
    pub fn required_text(&mut self, key: &'static str) -> Option<Placed<String>> {
        let text = self.placed_text(key);
        self.require(key, text)
    }

    /// Returns a title or name that must be there and not empty.
    pub fn required_title(&mut self, key: &'static str) -> Option<Placed<String>> {
        let text = self.text_up_to(key, LONGEST_TITLE);
        self.require(key, text)
    }

    fn require(
        &mut self,
        key: &'static str,
        text: Option<Placed<String>>,
    ) -> Option<Placed<String>> {
        if !self.table.contains_key(key) {
            let message = format!("`{key}` is missing");
            let (rule, place) = (self.file.rule, self.place);
            self.file
                .report(rule, place, message, Some(format!("add `{key} = \"...\"`")));
        }
        text.filter(|text| !text.value.trim().is_empty())
    }

    /// Returns a truth value; nothing where the key is absent or says something else.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong(key, value, Wanted::Flag),
        }
    }

    /// Returns a number from 0.
    pub fn number(&mut self, key: &'static str) -> Option<u32> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => match number.as_str().parse() {
                Ok(number) => Some(number),
                Err(_) => self.wrong(key, value, Wanted::Number),
            },
            _ => self.wrong(key, value, Wanted::Number),
        }
    }

    /// Returns a number from 0 with its place.
    pub fn placed_number(&mut self, key: &'static str) -> Option<(u32, Place)> {
        let number = self.number(key)?;
        let span = self.table.get(key)?.span();
        Some((number, self.file.place(span)))
    }

    /// Returns the day on which something was done; one that is still to come is reported by `review`, which knows the day.
    pub fn past_day(&mut self, key: &'static str) -> Option<Date> {
        self.day(key, When::Past)
    }

    /// Returns a day that may be still to come.
    pub fn any_day(&mut self, key: &'static str) -> Option<Date> {
        self.day(key, When::Any)
    }

    /// Returns a day, written as a TOML date or as a text.
    fn day(&mut self, key: &'static str, when: When) -> Option<Date> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.date.map(|date| date.to_string()),
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        match text.and_then(|text| text.parse().ok()) {
            Some(on) => {
                let place = self.file.place(value.span());
                let value = Day { key, on, when };
                self.file.days.push(Placed {
                    value,
                    place,
                    at: None,
                });
                Some(on)
            }
            None => self.wrong(key, value, Wanted::Day),
        }
    }

    /// Returns a length of time such as "6 months".
    pub fn length_of_time(&mut self, key: &'static str) -> Option<Placed<String>> {
        let text = self.placed_text(key)?;
        if length_of_time(&text.value).is_some() {
            return Some(text);
        }
        let message = format!("`{key}` cannot be `{}`", quoted(&text.value));
        let help = "write a length of time such as \"6 months\" or \"1 year\", from a day to a hundred years";
        self.file
            .report(self.file.rule, text.place, message, Some(help.into()));
        None
    }

    /// Returns a time: a date, or words such as "March 2026".
    pub fn as_of(&mut self, key: &'static str) -> Option<AsOf> {
        self.allow(key);
        if matches!(self.table.get(key)?.get_ref(), DeValue::Datetime(_)) {
            return self.past_day(key).map(AsOf::Day);
        }
        let words = self.title(key);
        match words.parse::<Date>() {
            Ok(_) => self.past_day(key).map(AsOf::Day),
            Err(_) if words.trim().is_empty() => None,
            // The parts of a day in another order, or of one that the calendar does not have.
            Err(_) if has_parts_of_a_day(words.trim()) => self.past_day(key).map(AsOf::Day),
            Err(_) => Some(AsOf::Words(words)),
        }
    }

    /// Returns a list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        self.texts_up_to(key, LONGEST_TEXT)
    }

    /// Returns a list of texts without places.
    pub fn plain_texts(&mut self, key: &'static str) -> Vec<String> {
        let texts = self.texts(key).into_iter();
        texts.map(|text| text.value).collect()
    }

    /// Returns a list of names.
    pub fn titles(&mut self, key: &'static str) -> Vec<Placed<String>> {
        self.texts_up_to(key, LONGEST_TITLE)
    }

    fn texts_up_to(&mut self, key: &'static str, longest: usize) -> Vec<Placed<String>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let items: Vec<&Spanned<DeValue<'t>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            if let DeValue::String(text) = item.get_ref() {
                let is_name = longest == LONGEST_TITLE;
                let cut = self.cut(key, text, item.span(), longest);
                // The beginning of a name is another name, and would be looked for as such.
                if !is_name || cut.value.len() == text.len() {
                    texts.push(cut);
                }
            } else {
                self.wrong::<()>(key, item, Wanted::Texts);
            }
        }
        texts
    }

    /// Returns one of the named choices; the first where the key is absent or wrong. One without a name is for that alone.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> T {
        let first = choices[0].1;
        let Some(text) = self.placed_text(key) else {
            return first;
        };
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text.value) {
            return *choice;
        }
        let named = choices.iter().filter(|(name, _)| !name.is_empty());
        let names: Vec<String> = named.map(|(name, _)| format!("`{name}`")).collect();
        let message = format!("`{key}` cannot be `{}`", text.value);
        let rule = self.file.rule;
        self.file.report(
            rule,
            text.place,
            message,
            Some(format!("it is one of {}", names.join(", "))),
        );
        first
    }

    /// Returns a table inside this one.
    pub fn table(&mut self, key: &'static str) -> Option<(&'t DeTable<'t>, Place)> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some((table, self.file.place(value.span()))),
            _ => self.wrong(key, value, Wanted::Table),
        }
    }

    /// Returns the tables of an array such as `[[topic]]`.
    pub fn tables(&mut self, key: &'static str) -> Vec<(&'t DeTable<'t>, Place)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong::<()>(key, value, Wanted::Tables);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items.iter() {
            if let DeValue::Table(table) = item.get_ref() {
                tables.push((table, self.file.place(item.span())));
            } else {
                self.wrong::<()>(key, item, Wanted::Tables);
            }
        }
        tables
    }

    /// Returns whether a list is given that is not empty, whatever stands in it.
    pub fn gives(&self, key: &str) -> bool {
        let value = self.table.get(key).map(Spanned::get_ref);
        value.is_some_and(|value| !matches!(value, DeValue::Array(items) if items.is_empty()))
    }

    /// Returns the raw value of a key.
    pub fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// Lets a table's keys be whatever they are.
    pub fn allow(&mut self, key: &'static str) {
        self.asked.push(key);
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        let mut unknown: Vec<_> = self
            .table
            .keys()
            .filter(|key| !self.asked.contains(&key.get_ref().as_ref()))
            .collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let name = key.get_ref();
            let place = self.file.place(key.span());
            let names = Names::new(self.asked.iter().copied());
            let near = names.near(name);
            let help = near
                .map(|near| question(near.name))
                .unwrap_or_else(|| format!("known keys are {}", known(&self.asked)));
            let is_free = |near: &Near<'_>| !self.table.contains_key(near.name);
            let write = near.filter(|near| near.is_certain).filter(is_free);
            let fix = write.and_then(|near| Fix::at(Some(self.file.at(&key.span())), near.name));
            let message = format!("unknown key `{name}`");
            let finding = Finding::new(Rule::UnknownKey, self.file.file, place, message);
            self.file.findings.push(finding.help(help).maybe_fix(fix));
        }
    }

    fn wrong<T>(&mut self, key: &str, value: &Spanned<DeValue<'t>>, wanted: Wanted) -> Option<T> {
        let place = self.file.place(value.span());
        // What is no TOML is said once, and not as a value of the wrong kind again.
        let is_said = |finding: &Finding| {
            finding.place.line == place.line && finding.message.starts_with(NOT_TOML)
        };
        if self.file.findings.iter().any(is_said) {
            return None;
        }
        let rule = self.file.rule;
        let (what, help) = wanted.words(key, &format!("{}{key}", self.prefix));
        self.file
            .report(rule, place, format!("`{key}` must be {what}"), Some(help));
        None
    }
}

fn known(names: &[&str]) -> String {
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.sort();
    names.dedup();
    names.join(", ")
}
