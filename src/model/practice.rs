//! The questions and scenarios of a lesson, as reports and other forms of a page read them: the lesson's blocks and stretches, seen as what they are.

use std::borrow::Cow;
use std::ops::Range;

use super::blocks::{BlockKind, Outcome};
use super::lesson::{Block, Lesson};
use super::stretches::{Part, Stretch};

/// A question.
#[derive(Debug, Clone, Copy)]
pub struct Question<'l> {
    lesson: &'l Lesson,
    /// Its position among the lesson's blocks.
    pub position: u32,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer<'l> {
    /// Its number as it is written, from 1.
    pub number: u32,
    /// Whether it is marked as right.
    pub right: bool,
    /// Where its own words stand in the lesson's text.
    pub words: Range<u32>,
    /// Where its feedback stands there, if its author wrote any.
    pub feedback: Option<Range<u32>>,
    /// All of it.
    pub stretch: &'l Stretch,
    /// The position of that among the lesson's stretches.
    pub position: u32,
}

/// A scenario.
#[derive(Debug, Clone, Copy)]
pub struct Scenario<'l> {
    lesson: &'l Lesson,
    /// Its position among the lesson's blocks.
    pub position: u32,
}

/// A step of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'l> {
    /// Its block; none where choices stand in the scenario itself.
    pub block: Option<&'l Block>,
    /// Its choices in the order in which they are written.
    pub choices: Vec<Choice<'l>>,
}

/// A choice of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'l> {
    /// Its block: the title is what learners choose by.
    pub block: &'l Block,
    /// How good it is, where its author says so.
    pub outcome: Option<Outcome>,
    /// The step that it leads to; none where it ends the scenario.
    pub next: Option<&'l Block>,
    /// The position of all of it among the lesson's stretches.
    pub position: u32,
}

impl Lesson {
    /// Returns the questions in the order of their openings.
    pub fn questions(&self) -> impl Iterator<Item = Question<'_>> {
        self.positions(BlockKind::Question)
            .map(|position| Question {
                lesson: self,
                position,
            })
    }

    /// Returns the question at a position among the lesson's blocks.
    pub fn question(&self, position: u32) -> Question<'_> {
        Question {
            lesson: self,
            position,
        }
    }

    /// Returns the scenarios in the order of their openings.
    pub fn scenarios(&self) -> impl Iterator<Item = Scenario<'_>> {
        self.positions(BlockKind::Scenario)
            .map(|position| Scenario {
                lesson: self,
                position,
            })
    }

    fn positions(&self, kind: BlockKind) -> impl Iterator<Item = u32> {
        let blocks = (0..).zip(&self.blocks);
        let blocks = blocks.filter(move |(_, block)| block.kind == kind);
        blocks.map(|(position, _)| position)
    }

    /// Returns the stretch of a choice, which begins where its text does.
    fn choice_stretch(&self, choice: u32) -> Option<u32> {
        let start = self.blocks[choice as usize].text_start;
        let from = self
            .stretches
            .partition_point(|stretch| stretch.text.start + 1 < start);
        let near = self.stretches[from..].iter().enumerate();
        let mut near = near.take_while(|(_, stretch)| stretch.text.start <= start);
        let is_own =
            |stretch: &Stretch| stretch.part == Part::Choice && stretch.block == Some(choice);
        let (index, _) = near.find(|(_, stretch)| is_own(stretch))?;
        Some((from + index) as u32)
    }

    /// Returns what an option or a choice says to choose it by, as one line.
    pub fn line(&self, words: &Range<u32>) -> Cow<'_, str> {
        one_line(&self.text[words.start as usize..words.end as usize])
    }

    /// Returns how many characters such a line has.
    pub fn line_length(&self, words: &Range<u32>) -> u32 {
        let words = self.text[words.start as usize..words.end as usize].split_whitespace();
        let lengths = words.map(|word| word.chars().count() as u32 + 1);
        lengths.sum::<u32>().saturating_sub(1)
    }

    /// Returns the blocks around one, innermost first.
    pub fn around(&self, position: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(self.blocks[position as usize].inside, |block| {
            self.blocks[*block as usize].inside
        })
    }
}

/// Returns a text with one space for each run of white space, and none at its ends.
fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let is_one = !text.contains("  ") && !text.contains(|c: char| c != ' ' && c.is_whitespace());
    if is_one {
        return text.into();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").into()
}

impl<'l> Question<'l> {
    /// Returns its block.
    pub fn block(&self) -> &'l Block {
        &self.lesson.blocks[self.position as usize]
    }

    /// Digests what the options say and which are right, by their written numbers: a stored answer to others means nothing here.
    pub fn digest(&self) -> blake3::Hash {
        let lesson = self.lesson;
        let mut hasher = blake3::Hasher::new();
        let stretches = lesson.stretches.iter();
        let own = stretches.filter(|stretch| stretch.block == Some(self.position));
        let mut begun = 0;
        for stretch in own {
            match stretch.part {
                Part::Option { number, right } => {
                    begun = stretch.text.start;
                    hasher.update(&number.to_le_bytes());
                    hasher.update(&[u8::from(right)]);
                }
                // An option's own words end where its feedback begins.
                Part::Feedback => {
                    let words = &lesson.text[begun as usize..stretch.text.start as usize];
                    hasher.update(&(words.len() as u64).to_le_bytes());
                    hasher.update(words.as_bytes());
                }
                _ => {}
            }
        }
        hasher.finalize()
    }

    /// Returns what it asks, as one line: what stands between its title and its options; empty where nothing does.
    pub fn stem(&self) -> Cow<'l, str> {
        let block = self.block();
        let first = self.offers().next();
        let end = first.map_or(block.text_end, |offer| offer.words.start);
        let before = self
            .lesson
            .line(&(block.text_start..end.max(block.text_start)));
        let title = one_line(&block.title);
        match before.strip_prefix(&*title) {
            Some(rest) => rest.trim_start().to_owned().into(),
            None => before,
        }
    }

    /// Returns its options in the order in which they are written.
    pub fn offers(&self) -> impl Iterator<Item = Offer<'l>> {
        let (lesson, position, block) = (self.lesson, self.position, self.block());
        let from = lesson
            .stretches
            .partition_point(|stretch| stretch.text.start < block.text_start);
        let own = lesson.stretches[from..].iter().enumerate();
        let own = own.take_while(move |(_, stretch)| stretch.text.start <= block.text_end);
        let own = own.filter(move |(_, stretch)| stretch.block == Some(position));
        own.filter_map(move |(index, stretch)| {
            let Part::Option { number, right } = stretch.part else {
                return None;
            };
            // Feedback opens right behind an option's own words.
            let feedback = &lesson.stretches[from + index + 1].text;
            let is_written = !lesson.text[feedback.start as usize..feedback.end as usize]
                .trim()
                .is_empty();
            Some(Offer {
                number,
                right,
                words: stretch.text.start..feedback.start,
                feedback: is_written.then(|| feedback.clone()),
                stretch,
                position: (from + index) as u32,
            })
        })
    }
}

impl<'l> Scenario<'l> {
    /// Returns its block.
    pub fn block(&self) -> &'l Block {
        &self.lesson.blocks[self.position as usize]
    }

    /// Returns its steps in the order in which they are written.
    pub fn steps(&self) -> Vec<Step<'l>> {
        let lesson = self.lesson;
        let mut steps: Vec<Step<'l>> = Vec::new();
        for position in self.position + 1..lesson.blocks.len() as u32 {
            if !lesson.around(position).any(|block| block == self.position) {
                break;
            }
            let is_scenario =
                |block: &u32| lesson.blocks[*block as usize].kind == BlockKind::Scenario;
            if lesson.around(position).find(is_scenario) != Some(self.position) {
                continue;
            }
            let block = &lesson.blocks[position as usize];
            match block.kind {
                BlockKind::Step => steps.push(Step {
                    block: Some(block),
                    choices: Vec::new(),
                }),
                BlockKind::Choice => {
                    if steps.is_empty() {
                        steps.push(Step {
                            block: None,
                            choices: Vec::new(),
                        });
                    }
                    let choice = lesson.choice_stretch(position).map(|stretch| Choice {
                        block,
                        outcome: block.outcome,
                        next: block.next.map(|step| &lesson.blocks[step as usize]),
                        position: stretch,
                    });
                    if let Some(step) = steps.last_mut() {
                        step.choices.extend(choice);
                    }
                }
                _ => {}
            }
        }
        steps
    }
}
