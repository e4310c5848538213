//! Sentences and paragraphs that read somewhat like English.
//!
//! In: the vocabulary and a stream of random numbers. Out: text appended to the page, with topics' names here and there. Two nouns never stand
//! side by side, so no name of a topic appears by accident. Every choice is the same whatever the format, so all formats hold the same text.

use super::names::capital;
use super::page::Page;
use super::registers;

const DETERMINERS: [&str; 16] = [
    "the", "the", "the", "the", "the", "a", "a", "this", "that", "each", "every", "one", "their",
    "our", "your", "another",
];
const PREPOSITIONS: [&str; 14] = [
    "of", "of", "of", "in", "in", "to", "for", "on", "with", "from", "by", "after", "before",
    "about",
];
const MODALS: [&str; 8] = [
    "can", "may", "should", "must", "will", "might", "could", "would",
];
const PRONOUNS: [&str; 6] = ["you", "they", "we", "you", "I", "both parents"];
const CONJUNCTIONS: [&str; 8] = [
    "and", "and", "but", "so", "because", "while", "and then", "unless",
];
const OPENERS: [&str; 12] = [
    "In practice,",
    "As a rule,",
    "At first,",
    "Most of the time,",
    "On the next call,",
    "Even so,",
    "By then,",
    "For many families,",
    "Since April,",
    "It is not a test:",
    "When in doubt,",
    "Where it helps,",
];
const FIGURES: [&str; 10] = [
    "£66 a week",
    "£412.50",
    "25 per cent",
    "14 days",
    "three calls",
    "28 days",
    "£1,040 a year",
    "about 40 minutes",
    "ten past nine",
    "page 12",
];

impl<'b> Page<'b> {
    /// Writes a paragraph of so many sentences, without its end.
    pub fn sentences(&mut self, count: usize) {
        for _ in 0..count {
            self.sentence();
        }
    }

    /// Writes a sentence.
    pub fn sentence(&mut self) {
        let start = self.begin();
        if self.random.chance(25) {
            let opener = self.random.pick(&OPENERS);
            self.word(opener);
        }
        self.clause();
        while self.random.chance(30) {
            if self.random.chance(60) {
                self.out.push(',');
            }
            let conjunction = self.random.pick(&CONJUNCTIONS);
            self.word(conjunction);
            self.clause();
        }
        self.capitalise(start);
        self.out.push(match self.random.below(20) {
            0 => '?',
            _ => '.',
        });
    }

    /// Writes a subject, a verb and what it acts on.
    pub fn clause(&mut self) {
        let plural = match self.random.below(10) {
            0..=3 => {
                let pronoun = self.random.pick(&PRONOUNS);
                self.word(pronoun);
                true
            }
            4 | 5 => {
                self.plural_thing();
                true
            }
            6 => {
                self.name();
                false
            }
            _ => {
                self.thing();
                false
            }
        };
        self.verb(plural);
        self.object();
        if self.random.chance(55) {
            self.prepositional();
        }
        if self.random.chance(15) {
            let adverb = self.book.vocabulary.adverbs.draw(&mut self.random);
            self.word(adverb);
        }
    }

    fn verb(&mut self, plural: bool) {
        let verb = self.book.vocabulary.verbs.draw(&mut self.random);
        if self.random.chance(35) {
            let modal = self.random.pick(&MODALS);
            self.word(modal);
            self.word(&verb.base);
        } else if plural {
            self.word(&verb.base);
        } else {
            self.word(&verb.third);
        }
    }

    fn object(&mut self) {
        match self.random.below(20) {
            0 => {
                let figure = self.random.pick(&FIGURES);
                self.word(figure);
            }
            1..=5 => self.plural_thing(),
            6 | 7 => self.topic(),
            8 => self.name(),
            _ => self.thing(),
        }
    }

    fn prepositional(&mut self) {
        let preposition = self.random.pick(&PREPOSITIONS);
        self.word(preposition);
        if self.random.chance(8) {
            self.name();
        } else {
            self.thing();
        }
    }

    /// Writes a determiner, perhaps an adjective, and a noun.
    pub fn thing(&mut self) {
        let determiner = self.random.pick(&DETERMINERS);
        let adjective = self.adjective();
        let noun = self.book.vocabulary.nouns.draw(&mut self.random);
        let next = adjective.unwrap_or(&noun.one);
        let needs_an = determiner == "a" && next.starts_with(['a', 'e', 'i', 'o', 'u']);
        self.word(if needs_an { "an" } else { determiner });
        if let Some(adjective) = adjective {
            self.word(adjective);
        }
        self.word(&noun.one);
    }

    fn plural_thing(&mut self) {
        if let Some(adjective) = self.adjective() {
            self.word(adjective);
        }
        let noun = self.book.vocabulary.nouns.draw(&mut self.random);
        self.word(&noun.many);
    }

    /// Writes the name of a person or place, now and then emphasised.
    fn name(&mut self) {
        let name = self.book.vocabulary.names.draw(&mut self.random);
        match self.random.below(12) {
            0 => self.word(&format!("**{name}**")),
            1 => self.word(&format!("*{name}*")),
            _ => self.word(name),
        }
    }

    /// Writes a name of a topic as prose does: without a link.
    fn topic(&mut self) {
        let mut number = self.book.draw_topic(self.key.module, &mut self.random);
        // Names that never become links are a finding where they stand: authors write few of them.
        if registers::is_quiet(number) && self.random.chance(95) {
            number = 0;
        }
        let topic = &self.book.topics[number];
        if self.random.chance(25) {
            let alias = self.random.below(topic.aliases.len());
            self.word(&topic.aliases[alias]);
        } else {
            self.word(&topic.name.to_lowercase());
        }
    }

    fn adjective(&mut self) -> Option<&'b str> {
        let adjectives = &self.book.vocabulary.adjectives;
        self.random
            .chance(40)
            .then(|| adjectives.draw(&mut self.random).as_str())
    }

    /// Returns a short title such as "Calm records".
    pub fn title(&mut self) -> String {
        let words = &self.book.vocabulary;
        let adjective = words.adjectives.draw(&mut self.random);
        let noun = &words.nouns.draw(&mut self.random).many;
        match self.random.below(4) {
            0 => capital(&format!("{adjective} {noun}")),
            1 => capital(&format!(
                "{} the {noun}",
                words.verbs.draw(&mut self.random).gerund
            )),
            2 => format!("What {noun} {}", words.verbs.draw(&mut self.random).base),
            _ => format!(
                "{} and {adjective} {noun}",
                capital(&words.nouns.draw(&mut self.random).many)
            ),
        }
    }
}
