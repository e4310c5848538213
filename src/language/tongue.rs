//! A curriculum's language: its tag, and all that depends on it.
//!
//! In: the tag in `config.toml`. Out: a value that is handed on to whoever writes, reads or orders words. Nothing here has a language of its own: one of
//! which the program has no table is treated as [neutral](super::grammar::NEUTRAL).

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::comparison::form;
use super::grammar::{Count, Grammar, NEUTRAL};
use super::order::{self, Key};
use super::quotations::quotations;
use super::scripts::is_right_to_left;
use super::search::Search;
use super::tables::KNOWN;
use crate::model::LanguageTag;
use crate::model::foreign::{Direction, Foreign};
use crate::model::theme::Strings;

/// A language.
#[derive(Clone)]
pub struct Language {
    tag: LanguageTag,
    grammar: &'static Grammar,
}

impl Language {
    /// Gathers what the program knows of a language.
    pub fn of(tag: &LanguageTag) -> Self {
        let known = KNOWN
            .iter()
            .filter(|grammar| begins(tag.as_str(), grammar.tag));
        Self {
            tag: tag.clone(),
            grammar: known
                .max_by_key(|grammar| grammar.tag.len())
                .copied()
                .unwrap_or(&NEUTRAL),
        }
    }

    /// Returns the BCP 47 tag.
    pub fn tag(&self) -> &str {
        self.tag.as_str()
    }

    /// Returns numbers in words, and the same in digits.
    pub const fn numbers(&self) -> &'static [(&'static str, &'static str)] {
        self.grammar.numbers
    }

    /// Returns what a search is told of the language.
    pub fn search(&self) -> &'static Search {
        &self.grammar.search
    }

    /// Returns whether lines run from right to left.
    pub fn is_right_to_left(&self) -> bool {
        is_right_to_left(self.tag())
    }

    /// Adds to the language of some words which way they run, where that is another way than this one's and their author does not say it.
    pub fn directed(&self, mut words: Foreign) -> Foreign {
        if let (Some(lang), None) = (&words.lang, words.dir) {
            let theirs = is_right_to_left(lang.as_str());
            if theirs != self.is_right_to_left() {
                words.dir = Some(if theirs {
                    Direction::RightToLeft
                } else {
                    Direction::LeftToRight
                });
            }
        }
        words
    }

    /// Returns what is to be said of words in this language that stand among others.
    pub fn among(&self, others: &Foreign) -> Foreign {
        let own = if self.is_right_to_left() {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        };
        Foreign {
            lang: others.lang.as_ref().map(|_| self.tag.clone()),
            dir: others.dir.map(|_| own),
        }
    }

    /// Returns the other forms under which a name stands in a text.
    pub(super) fn forms(&self, name: &str) -> Vec<String> {
        (self.grammar.forms)(name)
    }

    /// Returns whether a link's words say nothing about where it leads.
    pub fn is_vague(&self, words: &str) -> bool {
        is_among(words, self.grammar.vague)
    }

    /// Returns whether a table's column with this heading shows what to avoid.
    pub fn shows_what_to_avoid(&self, heading: &str) -> bool {
        is_among(heading, self.grammar.avoided)
    }

    /// Returns what sentences say that are about the text, as comparison forms.
    pub(super) fn notices(&self) -> &'static [&'static str] {
        self.grammar.notices
    }

    /// Returns what sentences say that only tell what others have said, as comparison forms.
    pub(super) fn echoes(&self) -> &'static [&'static str] {
        self.grammar.echoes
    }

    /// Returns what sentences begin with that lean on the one before them, as comparison forms.
    pub(super) fn leaning(&self) -> &'static [&'static str] {
        self.grammar.leaning
    }

    /// Returns what sentences begin with that set a task, as comparison forms.
    pub(super) fn tasks(&self) -> &'static [&'static str] {
        self.grammar.tasks
    }

    /// Returns the stretches of a text that stand inside quotation marks, the marks included.
    pub fn quotations(&self, text: &str) -> Vec<Range<usize>> {
        quotations(text, self.grammar.quotes)
    }

    /// Returns the parts of which any will do, as in `one or another, a third`; nothing where there is but one.
    pub(super) fn alternatives<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut parts = vec![text];
        let mut words: Vec<String> = [",", ";", " / "].map(str::to_owned).into();
        words.extend(self.grammar.or.iter().map(|or| format!(" {or} ")));
        for word in &words {
            parts = parts
                .into_iter()
                .flat_map(|part| part.split(word.as_str()))
                .collect();
        }
        let parts = parts
            .into_iter()
            .map(|part| part.trim_matches(|c: char| c.is_whitespace() || "\"“”".contains(c)));
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 { parts } else { Vec::new() }
    }

    /// Returns a date as people write it, with the theme's months where it has some, else with the language's; by ISO 8601 where there are neither.
    pub fn long_date(&self, date: Date, strings: &Strings) -> String {
        let own: Vec<&str> = strings.get("months").split(',').map(str::trim).collect();
        let own: Option<[&str; 12]> = own.try_into().ok();
        let pattern = match strings.get("long_date") {
            "" | "long_date" => self.grammar.date,
            pattern => pattern,
        };
        let Some(months) = own.or(self.grammar.months) else {
            return date.to_string();
        };
        let month = months[date.month() as usize - 1];
        pattern
            .replace("{day}", &date.day().to_string())
            .replace("{year}", &date.year().to_string())
            .replace("{month}", month)
    }

    /// Returns what names are sorted by.
    pub fn sort_key(&self, name: &str) -> Key {
        order::key(name, self.grammar.alphabet)
    }

    /// Returns the letter under which a name stands in a list.
    pub fn letter(&self, name: &str) -> String {
        order::letter(name, self.grammar.alphabet)
    }

    /// Returns the words that stand behind a number: those for one, two, few or many things where the theme has them, else those of `words`.
    pub fn counted<'s>(&self, number: u64, words: &'s str, strings: &'s Strings) -> &'s str {
        let own = match (self.grammar.count)(number) {
            Count::Other => None,
            Count::One => match ONE.iter().find(|(many, _)| *many == words) {
                Some((_, one)) => strings.0.get(*one),
                None => strings.0.get(&format!("{words}_one")),
            },
            count => strings.0.get(&format!("{words}_{}", count.name())),
        };
        own.map_or_else(|| strings.get(words), String::as_str)
    }

    /// Returns a length of time as people say it: minutes up to an hour and a half, behind that hours and minutes.
    pub fn time(&self, minutes: u64, strings: &Strings) -> String {
        let counted = |number, words| format!("{number} {}", self.counted(number, words, strings));
        match (minutes / 60, minutes % 60) {
            _ if minutes <= 90 => counted(minutes, "minutes"),
            (hours, 0) => counted(hours, "time_hours"),
            (hours, rest) => format!(
                "{} {}",
                counted(hours, "time_hours"),
                counted(rest, "minutes")
            ),
        }
    }
}

/// Words for one thing that are not called as those for many with `_one` behind.
const ONE: [(&str, &str); 5] = [
    ("lessons", "lesson_one"),
    ("minutes", "minute"),
    ("places", "place"),
    ("plan_questions", "plan_question"),
    ("time_hours", "time_hour"),
];

/// Returns whether a tag is another one, or says more than it.
fn begins(tag: &str, start: &str) -> bool {
    let head = tag.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
        && matches!(tag.as_bytes().get(start.len()), None | Some(b'-'))
}

fn is_among(words: &str, known: &[&str]) -> bool {
    if known.is_empty() {
        return false;
    }
    let form = form(words.trim_matches(|c: char| !c.is_alphanumeric()));
    known.iter().any(|known| *known == form)
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Language {}

/// As its tag, on which all else depends.
impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.tag, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::of(&tag.parse().expect("it is a tag"))
    }

    #[test]
    fn a_language_without_a_table_is_neutral_and_not_english() {
        let (english, unknown) = (language("en-GB"), language("tlh"));
        let day = jiff::civil::date(2026, 11, 5);
        let none = Strings::default();
        assert_eq!(english.long_date(day, &none), "5 November 2026");
        assert_eq!(unknown.long_date(day, &none), "2026-11-05");
        assert_eq!(english.forms("policy"), ["policies"]);
        assert!(unknown.forms("policy").is_empty());
        assert!(english.is_vague("Click  here!") && !unknown.is_vague("click here"));
        assert!(english.shows_what_to_avoid(" Avoid ") && !unknown.shows_what_to_avoid("avoid"));
        assert!(
            !language("enm").is_vague("here"),
            "Middle English is not English"
        );
    }

    #[test]
    fn a_themes_months_and_way_to_write_a_date_come_first() {
        let words = |pairs: &[(&str, &str)]| {
            Strings(std::sync::Arc::new(
                pairs
                    .iter()
                    .map(|(key, word)| ((*key).to_owned(), (*word).to_owned()))
                    .collect(),
            ))
        };
        let months = "Ionawr, Chwefror, Mawrth, Ebrill, Mai, Mehefin, Gorffennaf, Awst, Medi, Hydref, Tachwedd, Rhagfyr";
        let day = jiff::civil::date(2026, 11, 5);
        for (tag, strings, expected) in [
            ("tlh", words(&[("months", months)]), "5 Tachwedd 2026"),
            (
                "en",
                words(&[("months", months), ("long_date", "{year}, {month} {day}.")]),
                "2026, Tachwedd 5.",
            ),
            (
                "en",
                words(&[("long_date", "{month} {day}, {year}"), ("months", "")]),
                "November 5, 2026",
            ),
            (
                "tlh",
                words(&[("months", "Ionawr, Chwefror")]),
                "2026-11-05",
            ),
        ] {
            assert_eq!(language(tag).long_date(day, &strings), expected, "{tag}");
        }
    }

    #[test]
    fn the_words_behind_a_number_are_the_languages() {
        let words = |pairs: &[(&str, &str)]| {
            let pairs = pairs
                .iter()
                .map(|(key, word)| ((*key).to_owned(), (*word).to_owned()));
            Strings(std::sync::Arc::new(pairs.collect()))
        };
        let strings = words(&[
            ("lessons", "gwers"),
            ("lesson_one", "wers"),
            ("lessons_few", "gwersi"),
            ("cats_one", "cath"),
        ]);
        const THREE: Grammar = Grammar {
            count: |number| match number {
                1 => Count::One,
                3 => Count::Few,
                _ => Count::Other,
            },
            ..NEUTRAL
        };
        let language = Language {
            tag: "cy".parse().expect("it is a tag"),
            grammar: &THREE,
        };
        for (number, words, expected) in [
            (1, "lessons", "wers"),
            (2, "lessons", "gwers"),
            (3, "lessons", "gwersi"),
            (1, "cats", "cath"),
            (3, "cats", "cats"),
        ] {
            assert_eq!(
                language.counted(number, words, &strings),
                expected,
                "{number} {words}"
            );
        }
    }

    #[test]
    fn quotations_stand_inside_a_languages_marks() {
        for (tag, text, expected) in [
            ("en", "say \"calm down\" never", vec!["\"calm down\""]),
            ("en", "say “calm down” never", vec!["“calm down”"]),
            ("en", "\"a\" and \"b\"", vec!["\"a\"", "\"b\""]),
            ("en", "never \"closed", vec![]),
            ("en", "6\" and 8\" long", vec![]),
            ("en", "it's 'single'", vec![]),
            ("de", "nie „ruhig“ und «so»", vec!["„ruhig“", "«so»"]),
            ("ja", "「落ち着け」と", vec!["「落ち着け」"]),
        ] {
            let found: Vec<&str> = language(tag)
                .quotations(text)
                .into_iter()
                .map(|range| &text[range])
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_will_do_is_told_apart() {
        let english = language("en");
        for (text, expected) in [
            ("paying parent", vec![]),
            (
                "victim or survivor, as they prefer",
                vec!["victim", "survivor", "as they prefer"],
            ),
            (
                "died by suicide; attempted suicide",
                vec!["died by suicide", "attempted suicide"],
            ),
            ("“one” / “two”", vec!["one", "two"]),
            ("order", vec![]),
        ] {
            assert_eq!(english.alternatives(text), expected, "{text}");
        }
        assert!(language("tlh").alternatives("un or dau").is_empty());
    }
}
