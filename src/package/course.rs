//! What a package records, and of what: the same for every format. Manifests, and the data of the runtime, are written from it.

use serde::Serialize;

/// What a package records, and of what.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What it is called.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Its first page, in the package.
    pub home: String,
    /// Its modules in reading order.
    pub modules: Vec<ModuleEntry>,
    /// The topics that its questions assess, in the order of the register.
    pub topics: Vec<TopicEntry>,
}

/// A module.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModuleEntry {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its first page, in the package.
    pub home: String,
    /// What learners will be able to do, or else what it is about.
    #[serde(skip)]
    pub description: String,
    /// Minutes that it takes.
    #[serde(skip)]
    pub minutes: u32,
    /// Its lessons in reading order.
    pub lessons: Vec<LessonEntry>,
}

/// A lesson.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonEntry {
    /// Its key.
    pub key: String,
    /// Its keys under former addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
    /// The path of its page from the top of the site.
    pub address: String,
    /// Paths that it had.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its title.
    pub title: String,
    /// Minutes that it takes.
    pub minutes: u32,
    /// Its questions.
    pub questions: Vec<QuestionEntry>,
    /// Its scenarios.
    pub scenarios: Vec<ScenarioEntry>,
}

/// A question. Options go by the numbers that they are written with, from 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionEntry {
    /// Its key.
    pub key: String,
    /// Its keys under former addresses of its lesson.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
    /// Its id in its page.
    pub id: String,
    /// One character of the digest of its options.
    pub digest: char,
    /// Six characters of that, as its page has them.
    pub options6: String,
    /// What platforms know it by.
    pub interaction: String,
    /// Its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it asks.
    pub text: String,
    /// How many options it has.
    pub options: u32,
    /// What its options say, for formats that tell it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// Those that are right.
    pub right: Vec<u32>,
    /// Ids of the topics that it assesses.
    pub topics: Vec<String>,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioEntry {
    /// Its key.
    pub key: String,
    /// Its keys under former addresses of its lesson.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
    /// Its id in its page.
    pub id: String,
    /// For each step, where its choices lead, in the order in which they are written: to the step with this number from 0, or to an end (-1).
    pub ways: Vec<Vec<i32>>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it means.
    #[serde(skip)]
    pub definition: String,
}

impl Course {
    /// Returns its lessons in reading order.
    pub fn lessons(&self) -> impl Iterator<Item = &LessonEntry> {
        self.modules.iter().flat_map(|module| &module.lessons)
    }

    /// Returns how many minutes it takes.
    pub fn minutes(&self) -> u32 {
        let minutes = self.modules.iter().map(|module| module.minutes);
        minutes.fold(0, u32::saturating_add)
    }

    /// Returns how many characters the runtime keeps of it at most: its version, and a record for each lesson, question and scenario.
    pub fn most_state(&self) -> usize {
        let lessons = self.lessons().map(LessonEntry::most_state);
        VERSION + lessons.sum::<usize>()
    }

    /// Returns the same without what the options of questions say.
    pub fn without_choices(&self) -> Self {
        let mut course = self.clone();
        let modules = course.modules.iter_mut();
        let lessons = modules.flat_map(|module| &mut module.lessons);
        for question in lessons.flat_map(|lesson| &mut lesson.questions) {
            question.choices.clear();
        }
        course
    }
}

/// Characters before all records.
const VERSION: usize = 2;

/// Characters of a record's mark and key.
const KEY: usize = 4;

impl ModuleEntry {
    /// Returns its questions in reading order.
    fn questions(&self) -> impl Iterator<Item = &QuestionEntry> {
        self.lessons.iter().flat_map(|lesson| &lesson.questions)
    }

    /// Returns whether one of its questions assesses a topic.
    pub fn assesses(&self, topic: &str) -> bool {
        let mut topics = self.questions().flat_map(|question| &question.topics);
        topics.any(|id| id == topic)
    }
}

impl LessonEntry {
    fn most_state(&self) -> usize {
        let questions = self.questions.iter().map(QuestionEntry::most_state);
        let scenarios = self.scenarios.iter();
        let scenarios = scenarios.map(|scenario| KEY + scenario.ways.len());
        KEY + questions.sum::<usize>() + scenarios.sum::<usize>()
    }
}

impl QuestionEntry {
    /// Returns the characters of its record: behind its key one that digests its options, and what was chosen with two flags, in digits of six bits.
    fn most_state(&self) -> usize {
        let bits = if self.right.len() > 1 {
            self.options
        } else {
            self.options.next_power_of_two().ilog2()
        };
        KEY + 1 + (bits as usize + 2).div_ceil(6)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn question(options: u32, right: u32) -> QuestionEntry {
        QuestionEntry {
            key: "abc".into(),
            former: Vec::new(),
            id: String::new(),
            digest: 'd',
            options6: String::new(),
            interaction: String::new(),
            title: String::new(),
            text: String::new(),
            options,
            choices: Vec::new(),
            right: (1..=right).collect(),
            topics: Vec::new(),
        }
    }

    #[test]
    fn a_record_has_room_for_every_answer() {
        for (options, right, expected) in [
            (2, 1, 6),
            (4, 1, 6),
            (16, 1, 6),
            (17, 1, 7),
            (26, 1, 7),
            (4, 2, 6),
            (5, 2, 7),
            (10, 2, 7),
            (11, 2, 8),
            (26, 2, 10),
        ] {
            let length = question(options, right).most_state();
            assert_eq!(length, expected, "{options} options, {right} right");
        }
    }

    proptest! {
        /// The records hold what was chosen, and the whole is within the budget: 2, 4 a lesson, 7.5 a question, 4 a scenario and 1 a step.
        #[test]
        fn the_state_of_lessons_is_within_its_budget(
            lessons in prop::collection::vec(
                (prop::collection::vec((2_u32..=10, 1_u32..=3), 0..12), prop::collection::vec(0_usize..9, 0..3)),
                0..30,
            ),
        ) {
            let (mut questions, mut scenarios, mut steps) = (0, 0, 0);
            let entries = lessons.iter().map(|(asked, told)| {
                questions += asked.len();
                scenarios += told.len();
                steps += told.iter().sum::<usize>();
                LessonEntry {
                    key: "abc".into(),
                    former: Vec::new(),
                    address: String::new(),
                    aliases: Vec::new(),
                    title: String::new(),
                    minutes: 1,
                    questions: asked
                        .iter()
                        .map(|(options, right)| question(*options, *right.min(options)))
                        .collect(),
                    scenarios: told
                        .iter()
                        .map(|steps| ScenarioEntry {
                            key: "abc".into(),
                            former: Vec::new(),
                            id: String::new(),
                            ways: vec![Vec::new(); *steps],
                        })
                        .collect(),
                }
            });
            let course = Course {
                title: String::new(),
                description: String::new(),
                home: String::new(),
                modules: vec![ModuleEntry {
                    id: String::new(),
                    title: String::new(),
                    home: String::new(),
                    description: String::new(),
                    minutes: 0,
                    lessons: entries.collect(),
                }],
                topics: Vec::new(),
            };
            let twice = 2 * (2 + 4 * lessons.len() + 4 * scenarios + steps) + 15 * questions;
            prop_assert!(2 * course.most_state() <= twice);
            for question in course.lessons().flat_map(|lesson| &lesson.questions) {
                let answers = match question.right.len() {
                    1 => u64::from(question.options),
                    _ => 1 << question.options,
                };
                let digits = question.most_state() as u32 - 5;
                prop_assert!(64_u64.pow(digits) >= 4 * answers);
            }
        }
    }
}
