//! What modules, lessons and topics are called, and where they stand, worked out from their numbers alone.
//!
//! In: the size of the corpus. Out: folders, files, titles, anchors and topics. Any lesson can be named without being written, so lessons can
//! link to one another while all are written in parallel.

use super::random::{Random, Zipf};
use super::words::Vocabulary;
use super::{Size, purpose};

/// A lesson by its module's number and its own number in the module, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LessonKey {
    /// The module.
    pub module: usize,
    /// The lesson in it.
    pub lesson: usize,
}

/// A topic of the register.
#[derive(Debug)]
pub struct Topic {
    /// Its id, which is also the slug of its name.
    pub id: String,
    /// Its name, with a capital.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// The lesson that teaches it.
    pub home: LessonKey,
}

/// Everything that lessons know of each other.
#[derive(Debug)]
pub struct Book {
    /// How large the corpus is.
    pub size: Size,
    /// The words.
    pub vocabulary: Vocabulary,
    /// The register.
    pub topics: Vec<Topic>,
    topic_ranks: Zipf,
}

const QUALIFIERS: [&str; 25] = [
    "income",
    "contact",
    "evidence",
    "hardship",
    "safety",
    "welfare",
    "complaint",
    "language",
    "debt",
    "payment",
    "privacy",
    "wellbeing",
    "identity",
    "referral",
    "equality",
    "access",
    "appeal",
    "arrears",
    "empathy",
    "tenancy",
    "mediation",
    "consent",
    "bereavement",
    "overtime",
    "disclosure",
];
const HEADS: [&str; 14] = [
    "tolerance",
    "checklist",
    "pathway",
    "conversation",
    "boundary",
    "safeguard",
    "framework",
    "charter",
    "timeline",
    "mandate",
    "protocol",
    "viewpoint",
    "handover",
    "ladder",
];
const PREFIXES: [&str; 5] = ["joint", "early", "remote", "interim", "shared"];

/// How many topics there can be.
pub const MOST_TOPICS: usize = QUALIFIERS.len() * HEADS.len() * (PREFIXES.len() + 1);

/// A number without common factors with the lengths of the lists, to mix the pairs.
const STRIDE: usize = 10_007;

impl Book {
    /// Works out the names; there must be at least one topic and at most [`MOST_TOPICS`].
    pub fn new(size: Size) -> Self {
        let lessons = size.modules * size.lessons;
        let topics = (0..size.topics)
            .map(|number| {
                let home = number * lessons / size.topics;
                topic(
                    number,
                    LessonKey {
                        module: home / size.lessons,
                        lesson: home % size.lessons,
                    },
                )
            })
            .collect();
        Self {
            size,
            vocabulary: Vocabulary::new(),
            topics,
            topic_ranks: Zipf::new(size.topics),
        }
    }

    /// Returns the module's folder, such as `03-kind-payments`.
    pub fn module_folder(&self, module: usize) -> String {
        let width = (self.size.modules.to_string().len()).max(2);
        format!("{:0width$}-{}", module + 1, self.module_name(module))
    }

    /// Returns the folder without its number.
    pub fn module_name(&self, module: usize) -> String {
        let (adjective, noun) = self.module_words(module);
        format!("{adjective}-{noun}")
    }

    /// Returns the module's title.
    pub fn module_title(&self, module: usize) -> String {
        let (adjective, noun) = self.module_words(module);
        capital(&format!("{adjective} {noun}"))
    }

    /// Returns the lesson's file without its ending, such as `02-explaining-fees-and-rules`.
    pub fn lesson_stem(&self, key: LessonKey) -> String {
        let width = (self.size.lessons.to_string().len()).max(2);
        let (gerund, noun) = self.lesson_words(key);
        format!("{:0width$}-{gerund}-{noun}", key.lesson + 1)
    }

    /// Returns the lesson's title.
    pub fn lesson_title(&self, key: LessonKey) -> String {
        let (gerund, noun) = self.lesson_words(key);
        capital(&format!("{} {noun}", gerund.replace('-', " ")))
    }

    /// Returns an anchor that stands in every lesson: 0 is a heading's, 1 is its worked example's.
    pub fn anchor(&self, key: LessonKey, which: usize) -> String {
        let mut random = Random::stream(self.size.seed, self.number(key), purpose::ANCHOR);
        let first = self.vocabulary.nouns.draw(&mut random);
        let second = self.vocabulary.nouns.draw(&mut random);
        match which {
            0 => format!("{}-of-{}", first.one, second.many),
            _ => format!("worked-{}", second.one),
        }
    }

    /// Returns a topic for a module: some are everywhere, some are the module's own.
    pub fn draw_topic(&self, module: usize, random: &mut Random) -> usize {
        if random.chance(50) {
            self.topic_ranks.draw(random)
        } else {
            (module * 5 + random.below(5)) % self.topics.len()
        }
    }

    /// Returns the topics whose home is this lesson.
    pub fn topics_at_home(&self, key: LessonKey) -> impl Iterator<Item = usize> + '_ {
        let lessons = self.size.modules * self.size.lessons;
        let here = key.module * self.size.lessons + key.lesson;
        // The first and last topic that the division in `new` can have put here.
        let first = (here * self.topics.len()).div_ceil(lessons);
        let end = ((here + 1) * self.topics.len()).div_ceil(lessons);
        first..end
    }

    /// Returns a number that no other lesson of the corpus has.
    pub fn number(&self, key: LessonKey) -> u64 {
        ((key.module as u64) << 32) | key.lesson as u64
    }

    fn module_words(&self, module: usize) -> (&str, String) {
        let adjectives = &self.vocabulary.adjectives;
        let noun = &self
            .vocabulary
            .nouns
            .at(module * 7 + module / adjectives.len())
            .many;
        (
            adjectives.at(module),
            tidy(noun, module, adjectives.len() * self.vocabulary.nouns.len()),
        )
    }

    fn lesson_words(&self, key: LessonKey) -> (&str, String) {
        let (verbs, nouns) = (&self.vocabulary.verbs, &self.vocabulary.nouns);
        let pairs = verbs.len() * nouns.len();
        let pair = (key.lesson * STRIDE + key.module * 97) % pairs;
        let noun = &nouns.at(pair / verbs.len()).many;
        (
            &verbs.at(pair % verbs.len()).gerund,
            tidy(noun, key.lesson, pairs),
        )
    }
}

/// Adds a number to a word when the pairs have been used up.
fn tidy(word: &str, number: usize, pairs: usize) -> String {
    match number / pairs {
        0 => word.to_owned(),
        round => format!("{word}-{}", round + 1),
    }
}

fn topic(number: usize, home: LessonKey) -> Topic {
    let pairs = QUALIFIERS.len() * HEADS.len();
    let pair = number * STRIDE % pairs;
    let (qualifier, head) = (
        QUALIFIERS[pair % QUALIFIERS.len()],
        HEADS[pair / QUALIFIERS.len()],
    );
    let prefix = match number / pairs {
        0 => String::new(),
        round => format!("{} ", PREFIXES[round - 1]),
    };
    let name = format!("{prefix}{qualifier} {head}");
    let mut aliases = vec![format!("{prefix}{head} of {qualifier}")];
    if number.is_multiple_of(3) {
        aliases.push(format!("{prefix}{qualifier}-led {head}"));
    }
    if number.is_multiple_of(8) {
        // A letter outside ASCII, as Welsh names have.
        aliases.push(format!("tŷ {prefix}{qualifier} {head}"));
    }
    Topic {
        id: name.replace(' ', "-"),
        name: capital(&name),
        aliases,
        home,
    }
}

/// Returns the text with a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
