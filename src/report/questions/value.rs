//! Questions and scenarios as values: what they offer, and what somebody who knows nothing scores by the look of it.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::model::Lesson;
use crate::model::blind::{Blind, Guesses, Strategy, stands_out};
use crate::model::blocks::Outcome;
use crate::model::curriculum::{DocumentId, ModuleId};
use crate::model::lesson::Block;
use crate::model::practice::{Question, Scenario, Step};
use crate::report::basis::Basis;
use crate::report::cell::Spot;
use crate::report::data::SCHEMA;

/// All questions and scenarios that learners see.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionsReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// The numbers.
    pub summary: QuestionsSummary,
    /// Every module in reading order.
    pub modules: Vec<ModuleRow<'c>>,
    /// The questions in reading order.
    pub questions: Vec<QuestionRow<'c>>,
    /// The scenarios in reading order.
    pub scenarios: Vec<ScenarioRow<'c>>,
}

/// The numbers of the questions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionsSummary {
    /// Questions.
    pub questions: usize,
    /// Questions with exactly one right option among several: those that can be guessed.
    pub scored: usize,
    /// What chance scores on these, from 0 to 1.
    pub chance: f64,
    /// What the longest option scores, from 0 to 1.
    pub longest: f64,
    /// What the first option scores, from 0 to 1.
    pub first: f64,
    /// What the longest option but the first scores, from 0 to 1.
    pub longest_never_first: f64,
    /// Questions with a right option that its length gives away.
    pub stand_out: usize,
    /// Steps of scenarios with a best choice that its length gives away.
    pub steps_stand_out: usize,
    /// Options without feedback.
    pub without_feedback: usize,
    /// Steps of scenarios that offer choices.
    pub steps: usize,
    /// What each strategy scores in steps with exactly one best choice.
    pub scenarios: Scores,
    /// What each strategy scores.
    #[serde(skip)]
    pub scores: Scores,
}

/// A module.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModuleRow<'c> {
    /// Its name.
    pub module: &'c str,
    /// Questions.
    pub questions: usize,
    /// Questions with exactly one right option among several.
    pub scored: usize,
    /// What chance scores on these, from 0 to 1.
    pub chance: f64,
    /// What each strategy scores on these, from 0 to 1.
    pub blind: BlindShares,
    /// The same for the steps of scenarios.
    pub steps: Scores,
    /// The strategy that scores well above chance, if one does.
    pub pattern: Option<String>,
    /// What each strategy scores.
    #[serde(skip)]
    pub scores: Scores,
}

/// What is scored on some guesses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// How many there are.
    pub scored: usize,
    /// What chance scores, from 0 to 1.
    pub chance: f64,
    /// What each strategy scores, from 0 to 1.
    pub blind: BlindShares,
    /// The same, unrounded.
    #[serde(skip)]
    pub exact: Blind,
}

/// What each strategy scores, from 0 to 1, by its name.
#[derive(Debug, Clone, PartialEq)]
pub struct BlindShares(pub Vec<(Strategy, f64)>);

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionRow<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page.
    pub anchor: &'c str,
    /// Its title; empty where it has none.
    pub title: &'c str,
    /// The module's name; empty outside of all modules.
    pub module: &'c str,
    /// The options in the order in which they are shown.
    pub options: Vec<OptionRow<'c>>,
    /// At which places the right ones are shown, from 1.
    pub right_positions: Vec<usize>,
    /// The longest right option over the longest wrong one, by characters; nothing where one of them is missing.
    pub length_ratio: Option<f64>,
    /// Whether that gives the right one away.
    pub stands_out: bool,
    /// The topics that it assesses.
    pub topics: Vec<&'c str>,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionRow<'c> {
    /// Its words.
    pub text: Cow<'c, str>,
    /// Whether it is right.
    pub right: bool,
    /// Whether its author says why.
    pub feedback: bool,
    /// Its number as it is written, from 1.
    pub written: u32,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioRow<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page.
    pub anchor: &'c str,
    /// Its title; empty where it has none.
    pub title: &'c str,
    /// The module's name; empty outside of all modules.
    pub module: &'c str,
    /// The steps that offer choices.
    pub steps: Vec<StepRow<'c>>,
}

/// A step of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepRow<'c> {
    /// Anchor in the lesson's page.
    pub anchor: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// The choices in the order in which they are shown.
    pub choices: Vec<ChoiceRow<'c>>,
    /// At which place the only best one is shown, from 1.
    pub best_position: Option<usize>,
    /// The longest best choice over the longest other one, by characters; nothing where one of them is missing.
    pub length_ratio: Option<f64>,
    /// Whether that gives the best one away.
    pub stands_out: bool,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceRow<'c> {
    /// What learners choose by.
    pub text: &'c str,
    /// How good it is, where its author says so.
    pub outcome: Option<&'static str>,
    /// Its number as it is written, from 1.
    pub written: usize,
}

impl Serialize for BlindShares {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (strategy, share) in &self.0 {
            map.serialize_entry(&strategy.name(), share)?;
        }
        map.end()
    }
}

impl From<Blind> for Scores {
    fn from(blind: Blind) -> Self {
        let shares = blind.scores.iter();
        Self {
            scored: blind.guesses,
            chance: blind.share(blind.chance),
            blind: BlindShares(
                shares
                    .map(|(strategy, score)| (*strategy, blind.share(*score)))
                    .collect(),
            ),
            exact: blind,
        }
    }
}

impl Scores {
    /// Returns the share that a strategy scores.
    pub fn share(&self, strategy: Strategy) -> f64 {
        self.exact.share(self.exact.score(strategy))
    }
}

impl<'c> QuestionsReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let curriculum = basis.curriculum;
        let (mut questions, mut scenarios) = (Vec::new(), Vec::new());
        for id in basis.documents() {
            let lesson = &*curriculum.document(id).lesson;
            let listed = |block: &Block| basis.lists(block.audience);
            let asked = lesson
                .questions()
                .filter(|question| listed(question.block()));
            questions.extend(asked.map(|question| question_row(basis, id, &question)));
            let told = lesson
                .scenarios()
                .filter(|scenario| listed(scenario.block()));
            scenarios.extend(told.map(|scenario| scenario_row(basis, id, &scenario)));
        }
        let guesses: Vec<Guesses> = (0..curriculum.modules.len() as u32)
            .map(|module| Guesses::of_module(curriculum, basis.dealing, ModuleId(module)))
            .collect();
        let mut asked: HashMap<&str, usize> = HashMap::new();
        for question in &questions {
            *asked.entry(question.module).or_default() += 1;
        }
        let modules = curriculum.modules.iter().zip(&guesses);
        let modules = modules.map(|(module, guesses)| {
            let scores = Scores::from(Blind::of(&guesses.questions));
            let steps = Scores::from(Blind::of(&guesses.steps));
            let pattern = scores.exact.pattern().or(steps.exact.pattern());
            ModuleRow {
                module: &module.name,
                questions: asked.get(&*module.name).copied().unwrap_or_default(),
                scored: scores.scored,
                chance: scores.chance,
                blind: scores.blind.clone(),
                pattern: pattern.map(|(strategy, _)| strategy.name()),
                steps,
                scores,
            }
        });
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
            modules: modules.collect(),
            summary: summary(&questions, &scenarios, &guesses),
            questions,
            scenarios,
        }
    }
}

fn summary(
    questions: &[QuestionRow<'_>],
    scenarios: &[ScenarioRow<'_>],
    guesses: &[Guesses],
) -> QuestionsSummary {
    let asked = guesses.iter().flat_map(|guesses| &guesses.questions);
    let scores = Scores::from(Blind::of(&asked.collect::<Vec<_>>()));
    let steps = guesses.iter().flat_map(|guesses| &guesses.steps);
    let steps = Blind::of(&steps.collect::<Vec<_>>());
    let options = questions.iter().flat_map(|question| &question.options);
    let offered = scenarios.iter().flat_map(|scenario| &scenario.steps);
    QuestionsSummary {
        steps_stand_out: offered.filter(|step| step.stands_out).count(),
        questions: questions.len(),
        scored: scores.scored,
        chance: scores.chance,
        longest: scores.share(Strategy::Longest),
        first: scores.share(Strategy::Position(1)),
        longest_never_first: scores.share(Strategy::LongestNeverFirst),
        stand_out: questions
            .iter()
            .filter(|question| question.stands_out)
            .count(),
        without_feedback: options.filter(|option| !option.feedback).count(),
        steps: scenarios.iter().map(|scenario| scenario.steps.len()).sum(),
        scenarios: steps.into(),
        scores,
    }
}

fn module_name<'c>(basis: &Basis<'c>, id: DocumentId) -> &'c str {
    let module = basis.curriculum.document(id).module;
    module.map_or("", |module| &basis.curriculum.module(module).name)
}

fn question_row<'c>(basis: &Basis<'c>, id: DocumentId, question: &Question<'c>) -> QuestionRow<'c> {
    let lesson: &'c Lesson = &basis.curriculum.document(id).lesson;
    let block = question.block();
    let offers = question.offers().collect();
    let offers = basis.dealing.shown(id, offers, |offer| offer.position);
    let options: Vec<OptionRow<'c>> = offers
        .iter()
        .map(|offer| OptionRow {
            text: lesson.line(&offer.words),
            right: offer.right,
            feedback: offer.feedback.is_some(),
            written: offer.number,
        })
        .collect();
    let longest = |right: bool| {
        let those = options.iter().filter(|option| option.right == right);
        those.map(|option| option.text.chars().count() as u32).max()
    };
    let (length_ratio, stands_out) = compared(longest(true), longest(false));
    let places = (1..).zip(&options);
    QuestionRow {
        file: basis.file(id),
        line: block.place.line,
        anchor: &block.id,
        title: &block.title,
        module: module_name(basis, id),
        right_positions: places
            .filter(|(_, option)| option.right)
            .map(|(place, _)| place)
            .collect(),
        options,
        length_ratio,
        stands_out,
        topics: block
            .topics
            .iter()
            .map(|topic| &*basis.curriculum.registers.topics[topic.0 as usize].id)
            .collect(),
    }
}

/// Returns the one length over the other, in hundredths, and whether that gives the first away.
fn compared(best: Option<u32>, rest: Option<u32>) -> (Option<f64>, bool) {
    match (best, rest) {
        (Some(best), Some(rest)) if rest > 0 => {
            let ratio = (f64::from(best) / f64::from(rest) * 100.0).round() / 100.0;
            (Some(ratio), stands_out(best, rest))
        }
        _ => (None, false),
    }
}

fn scenario_row<'c>(basis: &Basis<'c>, id: DocumentId, scenario: &Scenario<'c>) -> ScenarioRow<'c> {
    let block = scenario.block();
    let steps = scenario.steps().into_iter();
    let steps = steps.filter(|step| !step.choices.is_empty());
    ScenarioRow {
        file: basis.file(id),
        line: block.place.line,
        anchor: &block.id,
        title: &block.title,
        module: module_name(basis, id),
        steps: steps
            .map(|step| step_row(basis, id, scenario, step))
            .collect(),
    }
}

fn step_row<'c>(
    basis: &Basis<'c>,
    id: DocumentId,
    scenario: &Scenario<'c>,
    step: Step<'c>,
) -> StepRow<'c> {
    let block = step.block.unwrap_or(scenario.block());
    let written: Vec<_> = (1..).zip(step.choices).collect();
    let shown = basis
        .dealing
        .shown(id, written, |(_, choice)| choice.position);
    let longest = |is_best: bool| {
        let those = shown.iter().map(|(_, choice)| choice);
        let those = those.filter(|choice| (choice.outcome == Some(Outcome::Best)) == is_best);
        those
            .map(|choice| choice.block.title.chars().count() as u32)
            .max()
    };
    let (length_ratio, stands_out) = compared(longest(true), longest(false));
    let mut best = (1..)
        .zip(&shown)
        .filter(|(_, (_, choice))| choice.outcome == Some(Outcome::Best));
    let first_best = best.next().map(|(place, _)| place);
    let best_position = first_best.filter(|_| best.next().is_none());
    StepRow {
        anchor: &block.id,
        line: block.place.line,
        best_position,
        length_ratio,
        stands_out,
        choices: shown
            .iter()
            .map(|(written, choice)| ChoiceRow {
                text: &choice.block.title,
                outcome: choice.outcome.map(Outcome::name),
                written: *written,
            })
            .collect(),
    }
}

impl QuestionRow<'_> {
    /// Returns where it stands.
    pub fn spot(&self) -> Spot<'_> {
        Spot::line(self.file, self.line, self.anchor)
    }

    /// Counts the options without feedback.
    pub fn silent(&self) -> usize {
        self.options
            .iter()
            .filter(|option| !option.feedback)
            .count()
    }
}

impl StepRow<'_> {
    /// Returns where it stands in a scenario's file.
    pub fn spot<'s>(&'s self, file: &'s str) -> Spot<'s> {
        Spot::line(file, self.line, self.anchor)
    }
}
