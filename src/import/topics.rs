//! Proposes topics: what glossaries define, and words that come back in headings.
//!
//! In: the pages' titles, headings and definitions. Out: a `topics.toml` in which every entry is commented out, for people to choose from.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::slug::file_slug;

/// Words that are no subject.
const COMMON: [&str; 97] = [
    "a",
    "about",
    "activity",
    "adding",
    "all",
    "an",
    "and",
    "another",
    "answer",
    "appendix",
    "are",
    "as",
    "at",
    "be",
    "by",
    "can",
    "challenge",
    "chapter",
    "conclusion",
    "content",
    "contents",
    "course",
    "creating",
    "day",
    "discussion",
    "do",
    "does",
    "example",
    "examples",
    "exercise",
    "exercises",
    "faq",
    "for",
    "from",
    "further",
    "getting",
    "guide",
    "have",
    "how",
    "if",
    "in",
    "index",
    "instructions",
    "into",
    "introduction",
    "is",
    "it",
    "its",
    "key",
    "learn",
    "learning",
    "lesson",
    "more",
    "module",
    "my",
    "new",
    "next",
    "not",
    "notes",
    "of",
    "on",
    "one",
    "or",
    "other",
    "our",
    "overview",
    "part",
    "questions",
    "reading",
    "references",
    "resources",
    "section",
    "session",
    "setup",
    "solution",
    "solutions",
    "sprint",
    "step",
    "steps",
    "summary",
    "that",
    "the",
    "their",
    "this",
    "to",
    "two",
    "use",
    "using",
    "welcome",
    "what",
    "when",
    "where",
    "which",
    "why",
    "with",
    "without",
    "you",
];

/// A word comes back where so many pages have it in a heading.
const PAGES: usize = 3;

/// So many are proposed, those of most pages first.
const MOST: usize = 40;

/// What topics are proposed from.
#[derive(Debug, Default)]
pub struct Proposals {
    /// Terms with their definitions, as glossaries give them.
    defined: BTreeMap<String, String>,
    /// Words of headings, with the pages that have them.
    recurring: BTreeMap<String, BTreeSet<usize>>,
    /// How the words are written first.
    written: BTreeMap<String, String>,
    pages: usize,
}

impl Proposals {
    /// Notes a page's title and headings, and the definitions in its text.
    pub fn page<'w>(&mut self, words: impl Iterator<Item = &'w str>, body: &str) {
        self.pages += 1;
        for heading in words {
            self.heading(heading);
        }
        for pair in super::convert::words(body).windows(2) {
            let term = pair[0].trim();
            let definition = pair[1].trim_start().strip_prefix(": ");
            let is_term = !term.is_empty()
                && term.len() < 60
                && term.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '[' | '`'));
            if let Some(definition) = definition.filter(|_| is_term) {
                let term = super::convert::plain(term);
                self.defined
                    .entry(term)
                    .or_insert_with(|| super::convert::plain(definition));
            }
        }
    }

    fn heading(&mut self, heading: &str) {
        let words: Vec<&str> = heading
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')))
            .filter(|word| !word.is_empty())
            .collect();
        for length in 1..=3 {
            for phrase in words.windows(length) {
                let plain = |word: &&str| !COMMON.contains(&word.to_lowercase().as_str());
                let edges = phrase.first().is_some_and(&plain) && phrase.last().is_some_and(plain);
                let is_word = phrase.iter().all(|word| {
                    word.chars().count() > 2 && !word.chars().all(|c| c.is_ascii_digit())
                });
                if edges && is_word {
                    let phrase = phrase.join(" ");
                    let key = phrase.to_lowercase();
                    self.recurring
                        .entry(key.clone())
                        .or_default()
                        .insert(self.pages);
                    self.written.entry(key).or_insert(phrase);
                }
            }
        }
    }

    /// Writes the register.
    pub fn to_toml(&self) -> String {
        let mut out = String::from(
            "## Topics are subjects that come back. These are proposals: take the `# ` off the entries that are topics here, and delete the others.\n## `docs/registers.md` of throughline says what else a topic can have.\n",
        );
        let mut taken = BTreeSet::new();
        for (term, definition) in &self.defined {
            let entry = Entry {
                name: term,
                definition,
                why: "a glossary defines it",
            };
            entry.propose(&mut out, &mut taken);
        }
        for (key, count) in self.most() {
            let why = format!("it stands in headings of {count} pages");
            let entry = Entry {
                name: self.written.get(key).map_or(key, String::as_str),
                definition: "",
                why: &why,
            };
            entry.propose(&mut out, &mut taken);
        }
        out
    }

    /// Returns the words of most pages; one that always stands in a longer one is left out.
    fn most(&self) -> Vec<(&str, usize)> {
        let enough = self
            .recurring
            .iter()
            .filter(|(_, pages)| pages.len() >= PAGES);
        let enough: Vec<(&String, &BTreeSet<usize>)> = enough.collect();
        let longer: Vec<(&str, usize)> = enough
            .iter()
            .filter(|(phrase, _)| phrase.contains(' '))
            .map(|(phrase, pages)| (phrase.as_str(), pages.len()))
            .collect();
        let mut most: Vec<(&str, usize)> = enough
            .iter()
            .filter(|(phrase, pages)| {
                !longer.iter().any(|(other, count)| {
                    other.len() > phrase.len()
                        && *count >= pages.len()
                        && format!(" {other} ").contains(&format!(" {phrase} "))
                })
            })
            .map(|(phrase, pages)| (phrase.as_str(), pages.len()))
            .collect();
        most.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        most.truncate(MOST);
        most
    }
}

/// A subject that may be a topic.
struct Entry<'e> {
    name: &'e str,
    definition: &'e str,
    /// Why it is proposed.
    why: &'e str,
}

impl Entry<'_> {
    /// Writes it into a register, unless its name is taken.
    fn propose(&self, out: &mut String, taken: &mut BTreeSet<String>) {
        let Self {
            name,
            definition,
            why,
        } = *self;
        let id: String = file_slug(name)
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let id = id.trim_matches('-').to_owned();
        // Names are found with their plurals.
        let stem = id.strip_suffix('s').unwrap_or(&id).to_owned();
        if id.is_empty() || !taken.insert(stem) {
            return;
        }
        let quoted = |text: &str| {
            toml::Value::String(text.replace('\n', " "))
                .to_string()
                .replace('\n', " ")
        };
        out.push_str(&format!(
            "\n## {why}\n# [[topic]]\n# id = \"{id}\"\n# name = {}\n",
            quoted(name)
        ));
        if !definition.is_empty() {
            out.push_str(&format!("# definition = {}\n", quoted(definition)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_commented_out_and_would_be_toml() {
        let mut proposals = Proposals::default();
        for page in [
            "The active listening habit",
            "Active listening",
            "More Active Listening",
            "Rust \"x\"",
        ] {
            proposals.page(
                [page].into_iter(),
                "Tŷ \"a\"\n: A house.\n\n[HTTP]{#http}\n: A [*Protocol*](#protocol) for `a`, see [[web]], [x][y].\n",
            );
        }
        let toml = proposals.to_toml();
        assert!(
            toml.lines()
                .all(|line| line.is_empty() || line.starts_with('#')),
            "{toml}"
        );
        let bare: Vec<&str> = toml
            .lines()
            .map(|line| line.strip_prefix("# ").unwrap_or(line))
            .collect();
        let table: toml::Table = bare.join("\n").parse().expect("it is TOML");
        let names: Vec<&str> = table["topic"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|topic| topic["name"].as_str())
            .collect();
        assert_eq!(names, ["HTTP", "Tŷ \"a\"", "active listening"]);
        let http = &table["topic"][0];
        assert_eq!(http["id"].as_str(), Some("http"));
        let definition = http["definition"].as_str();
        assert_eq!(definition, Some("A Protocol for a, see web, x."));
    }
}
