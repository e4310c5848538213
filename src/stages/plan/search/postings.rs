//! Which word stands in which page, and how much of the page it is.
//!
//! In: pages in their sections. Out: files of words, each word with its pages, in the order of the pages. How much a word says about a page is Okapi BM25F
//! (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) in 63 steps, worked out here, so that a reader's script only adds up.

use std::collections::HashMap;
use std::ops::Range;

use super::fold::Folder;
use super::sections::{Section, weight};
use crate::language::Language;
use crate::model::curriculum::{Curriculum, DocumentId};

/// What a word in a heading weighs, beside one in the text.
const HEADING: f32 = 3.0;
/// What one in the title weighs.
const TITLE: f32 = 2.0;
/// What one in the summary weighs.
const SUMMARY: f32 = 1.2;
/// What one weighs that people say who look for the page.
const SAID: f32 = 3.0;
/// What one in the name of a topic weighs that a section teaches.
const TOPIC: f32 = 1.5;
/// Of BM25: how soon a word that comes again says nothing more.
const SATURATION: f32 = 1.2;
/// Of BM25: how much a page's length counts.
const LENGTH: f32 = 0.75;
/// Steps of how much a word says about a page.
const STEPS: f32 = 63.0;
/// The most pages of a word: those of which it says most.
const MOST_PAGES: usize = 2000;
/// The most words that a misspelling is compared with.
const MOST_SPELLINGS: usize = 6000;
/// How many letters of a word decide in which file it stands: what begins alike stands together, so that endings cost no further file.
const BEGINNING: usize = 3;
/// Digits of numbers in postings; the first 32 end a number, the others go on.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What words weigh in a curriculum.
#[derive(Debug)]
pub struct Weights<'c> {
    curriculum: &'c Curriculum,
    /// Words of a page, on average.
    average: f32,
}

impl<'c> Weights<'c> {
    /// Measures the pages.
    pub fn new(curriculum: &'c Curriculum, pages: &[DocumentId]) -> Self {
        let words = pages
            .iter()
            .map(|page| curriculum.document(*page).lesson.words);
        let total: u64 = words.map(u64::from).sum();
        Self {
            curriculum,
            average: (total as f32 / pages.len().max(1) as f32).max(1.0),
        }
    }
}

/// A word's place in a page.
#[derive(Debug, Clone, Copy)]
struct Posting {
    page: u32,
    /// How much it says about the page, from 1 to 63.
    impact: u8,
    /// The section of which it says most.
    section: u16,
}

/// What is counted of a word while a page is read.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// In the whole page.
    page: f32,
    /// In the section that is read.
    here: f32,
    section: u16,
    /// In the best section so far.
    best: f32,
    best_section: u16,
}

impl Tally {
    fn add(&mut self, section: u16, weight: f32) {
        self.page += weight;
        if self.section != section {
            (self.section, self.here) = (section, 0.0);
        }
        self.here += weight;
        if self.here > self.best {
            (self.best, self.best_section) = (self.here, section);
        }
    }
}

/// Divides pages into parts that are read at once.
pub fn parts(pages: usize) -> Vec<Range<usize>> {
    const PART: usize = 256;
    let starts = (0..pages).step_by(PART);
    starts
        .map(|start| start..(start + PART).min(pages))
        .collect()
}

/// The words of some pages.
#[derive(Debug)]
pub struct Part<'w> {
    weights: &'w Weights<'w>,
    ignored: &'static [&'static str],
    folder: Folder,
    /// Every word that has come, with its number; none for one that says nothing, and stood nowhere but in texts.
    numbers: HashMap<Box<str>, Option<u32>>,
    /// What is counted in the page that is read, by number; what has no page yet is zero.
    tallies: Vec<Tally>,
    /// The numbers of the words of that page.
    here: Vec<u32>,
    /// The postings of each word, by number.
    postings: Vec<Vec<Posting>>,
}

impl<'w> Part<'w> {
    /// Begins; of what is known of the language.
    pub fn new(weights: &'w Weights<'w>, language: &Language) -> Self {
        Self {
            weights,
            ignored: language.search().ignored,
            folder: Folder::new(language.numbers()),
            numbers: HashMap::new(),
            tallies: Vec::new(),
            here: Vec::new(),
            postings: Vec::new(),
        }
    }

    /// Reads a page.
    pub fn add(&mut self, page: u32, id: DocumentId, sections: &[Section<'_>]) {
        let curriculum = self.weights.curriculum;
        let document = curriculum.document(id);
        let (lesson, topics) = (&*document.lesson, &curriculum.registers.topics);
        let length = lesson.words as f32 / self.weights.average;
        let body = 1.0 / (1.0 - LENGTH + LENGTH * length);
        self.read(&lesson.front.title, 0, TITLE);
        self.read(&lesson.front.summary, 0, SUMMARY);
        let taught = topics.iter().zip(&curriculum.homes);
        let taught = taught.filter(|(_, home)| **home == Some(id));
        let said = taught.flat_map(|(topic, _)| &topic.said);
        for said in lesson.front.said.iter().chain(said) {
            self.read(&said.value, 0, SAID);
        }
        for (position, section) in sections.iter().enumerate() {
            let position = position.min(usize::from(u16::MAX)) as u16;
            self.read(section.title, position, HEADING);
            for topic in section.topics {
                self.read(&topics[topic.0 as usize].name, position, TOPIC);
            }
            self.read(&section.text, position, body);
        }
        let weight = weight(document);
        for number in self.here.drain(..) {
            let tally = std::mem::take(&mut self.tallies[number as usize]);
            let says = weight * tally.page / (SATURATION + tally.page);
            self.postings[number as usize].push(Posting {
                page,
                impact: (says * STEPS).round().clamp(1.0, STEPS) as u8,
                section: tally.best_section,
            });
        }
    }

    fn read(&mut self, text: &str, section: u16, weight: f32) {
        let Self {
            ignored,
            folder,
            numbers,
            tallies,
            here,
            postings,
            ..
        } = self;
        folder.words(text, |word| {
            let number = match numbers.get(word) {
                Some(Some(number)) => *number,
                // Words that say nothing would be a third of the index. Those of titles and headings stay, for a query that has no others.
                Some(None) if weight < SUMMARY => return,
                None if weight < SUMMARY && ignored.binary_search(&word).is_ok() => {
                    numbers.insert(word.into(), None);
                    return;
                }
                _ => {
                    let number = postings.len() as u32;
                    numbers.insert(word.into(), Some(number));
                    tallies.push(Tally::default());
                    postings.push(Vec::new());
                    number
                }
            };
            let tally = &mut tallies[number as usize];
            if tally.page == 0.0 {
                here.push(number);
            }
            tally.add(section, weight);
        });
    }

    /// Ends.
    pub fn finish(self) -> Words {
        Words {
            numbers: self.numbers,
            postings: self.postings,
        }
    }
}

/// The words of some pages, each with its pages in their order.
#[derive(Debug)]
pub struct Words {
    numbers: HashMap<Box<str>, Option<u32>>,
    postings: Vec<Vec<Posting>>,
}

/// All words, by file, in alphabetical order.
#[derive(Debug)]
pub struct Postings {
    shards: Vec<Vec<(Box<str>, Vec<Posting>)>>,
}

impl Postings {
    /// Puts parts together, which come in the order of their pages; `shards` is a power of two.
    #[expect(
        clippy::iter_over_hash_type,
        reason = "words are sorted when all are there"
    )]
    pub fn new(parts: Vec<Words>, shards: u32) -> Self {
        let mut all: HashMap<Box<str>, Vec<Posting>> = HashMap::new();
        for Words {
            numbers,
            mut postings,
        } in parts
        {
            for (word, number) in numbers {
                let Some(number) = number else {
                    continue;
                };
                let more = std::mem::take(&mut postings[number as usize]);
                match all.get_mut(&word) {
                    Some(known) => known.extend(more),
                    None => {
                        all.insert(word, more);
                    }
                }
            }
        }
        let mut sorted: Vec<Vec<_>> = (0..shards).map(|_| Vec::new()).collect();
        for (word, postings) in all {
            sorted[(hash(&word) & (shards - 1)) as usize].push((word, postings));
        }
        for shard in &mut sorted {
            shard.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        }
        Self { shards: sorted }
    }

    /// Writes a file of words: a line each with the word, the number of its pages where some are left out, and the pages.
    pub fn shard(&self, shard: u32) -> String {
        let mut js = format!("throughlineSearch.terms({shard},\"");
        for (word, postings) in &self.shards[shard as usize] {
            js.push_str(word);
            js.push(' ');
            if postings.len() > MOST_PAGES {
                js.push_str(&postings.len().to_string());
                js.push(' ');
                let mut best = postings.clone();
                best.sort_by_key(|posting| std::cmp::Reverse(posting.impact));
                best.truncate(MOST_PAGES);
                best.sort_by_key(|posting| posting.page);
                push_postings(&mut js, &best);
            } else {
                push_postings(&mut js, postings);
            }
            js.push_str("\\n");
        }
        js.push_str("\");\n");
        js
    }

    /// Writes the words that are in most pages, in alphabetical order.
    pub fn spelling(&self) -> String {
        let all = self.shards.iter().flatten();
        let mut words: Vec<(&str, usize)> = all
            .filter(|(word, _)| word.chars().all(char::is_alphabetic) && word.len() > 3)
            .map(|(word, postings)| (&**word, postings.len()))
            .collect();
        words.sort_unstable_by_key(|(word, pages)| (std::cmp::Reverse(*pages), *word));
        words.truncate(MOST_SPELLINGS);
        words.sort_unstable();
        let words: Vec<&str> = words.into_iter().map(|(word, _)| word).collect();
        format!("throughlineSearch.words(\"{}\");\n", words.join(" "))
    }
}

/// Appends postings: how many pages on, how much, which section.
fn push_postings(js: &mut String, postings: &[Posting]) {
    let mut last = 0;
    for posting in postings {
        push_number(js, posting.page - last);
        js.push(char::from(DIGITS[usize::from(posting.impact & 63)]));
        push_number(js, u32::from(posting.section));
        last = posting.page;
    }
}

fn push_number(js: &mut String, mut number: u32) {
    while number >= 32 {
        js.push(char::from(DIGITS[(number & 31 | 32) as usize]));
        number >>= 5;
    }
    js.push(char::from(DIGITS[number as usize]));
}

/// Returns the number of a word's beginning: FNV-1a over UTF-16, as scripts see it.
fn hash(word: &str) -> u32 {
    let beginning = word.chars().take(BEGINNING);
    let mut hash: u32 = 0x811c_9dc5;
    for c in beginning {
        for unit in c.encode_utf16(&mut [0; 2]) {
            hash = (hash ^ u32::from(*unit)).wrapping_mul(0x0100_0193);
        }
    }
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_as_few_digits_as_they_need() {
        for (number, expected) in [
            (0, "A"),
            (31, "f"),
            (32, "gB"),
            (1000, "of"),
            (1 << 20, "ggggB"),
        ] {
            let mut js = String::new();
            push_number(&mut js, number);
            assert_eq!(js, expected, "{number}");
        }
    }

    #[test]
    fn what_begins_alike_stands_together() {
        assert_eq!(hash("negotiate"), hash("negotiation"));
        assert_ne!(hash("negotiate"), hash("child"));
    }

    /// The numbers are those of `shardOf` in the theme's `search-engine.js`.
    #[test]
    fn readers_scripts_find_a_word_in_the_file_where_it_stands() {
        for (word, expected) in [
            ("a", 0xe40d_e134),
            ("negotiate", 0x3899_de72),
            ("児童の", 0x2b0f_dd0f),
            ("😀b", 0xb959_919f),
        ] {
            assert_eq!(hash(word), expected, "{word}");
        }
    }

    #[test]
    fn a_word_of_too_many_pages_keeps_those_of_which_it_says_most() {
        let at = |page: usize, impact| Posting {
            page: page as u32,
            impact,
            section: 0,
        };
        let of = |pages: usize| {
            let postings: Vec<_> = (0..pages)
                .map(|page| at(page, if page == 7 { 1 } else { 2 }))
                .collect();
            let words = vec![("child".into(), postings)];
            Postings {
                shards: vec![words],
            }
            .shard(0)
        };
        let next = "BCA";
        let all = of(MOST_PAGES);
        assert!(all.contains("child ACA"), "nothing is left out");
        assert!(all.contains("BBA"), "the seventh is there");
        let most = of(MOST_PAGES + 1);
        assert!(
            most.contains("child 2001 ACA"),
            "it says how many there are"
        );
        assert!(!most.contains("BBA"), "what says least is left out");
        assert!(most.contains(&format!("{next}CCA{next}")));
    }
}
