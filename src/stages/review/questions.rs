//! Holds questions and scenarios against whoever knows nothing: whether the look of the answers gives the right ones away, whether each is explained, and
//! whether what a lesson sets out to do is practised.

use std::collections::HashSet;

use rayon::prelude::*;

use super::Subject;
use crate::model::blind::{Blind, Guess, Guesses, Strategy, stands_out};
use crate::model::blocks::{BlockKind, Outcome};
use crate::model::curriculum::{DocumentId, ModuleId};
use crate::model::lesson::{Block, Lesson};
use crate::model::registers::{Registers, TopicId};
use crate::model::{Finding, Place, Rule};

/// Reports modules whose answers follow a pattern.
pub fn review(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let modules = (0..subject.curriculum.modules.len() as u32).into_par_iter();
    let found: Vec<[Option<Finding>; 2]> = modules
        .map(ModuleId)
        .map(|module| {
            let guesses = Guesses::of_module(subject.curriculum, subject.dealing, module);
            let Guesses { questions, steps } = &guesses;
            [(questions, &QUESTIONS), (steps, &STEPS)]
                .map(|(guesses, words)| report_pattern(subject, module, guesses, words))
        })
        .collect();
    findings.extend(found.into_iter().flatten().flatten());
}

/// What is guessed, in words.
struct Words {
    /// How many of what.
    guesses: &'static str,
    /// One of its answers.
    answer: &'static str,
    /// What the best one is called.
    best: &'static str,
}

const QUESTIONS: Words = Words {
    guesses: "questions",
    answer: "option",
    best: "right",
};

const STEPS: Words = Words {
    guesses: "steps of scenarios",
    answer: "choice",
    best: "best",
};

fn report_pattern(
    subject: &Subject<'_>,
    id: ModuleId,
    guesses: &[Guess],
    words: &Words,
) -> Option<Finding> {
    let blind = Blind::of(guesses);
    let (strategy, score) = blind.pattern()?;
    let module = subject.curriculum.module(id);
    let first = DocumentId(module.documents.start);
    let document = module.index.unwrap_or(first);
    let lesson = &subject.curriculum.document(document).lesson;
    let Words {
        guesses,
        answer,
        best,
    } = words;
    let (always, mend) = match strategy {
        Strategy::Longest | Strategy::Shortest => (
            format!("the {} {answer}", strategy.name()),
            format!(
                "make the {answer}s of each alike in length; the reason belongs in what follows"
            ),
        ),
        Strategy::LongestNeverFirst => (
            format!("the longest {answer} but the first"),
            format!(
                "make the {answer}s of each alike in length, and let each place be right as often"
            ),
        ),
        Strategy::Position(number) => (
            format!("{answer} {number}"),
            format!(
                "let each place be {best} as often, or write `order = \"shuffled\"` below `[questions]` in config.toml"
            ),
        ),
    };
    let message = format!(
        "in the module `{}`, always taking {always} is {best} in {} of {} {guesses}; chance would be in {}",
        module.name,
        score.round(),
        blind.guesses,
        blind.chance.round(),
    );
    let place = lesson.front.place.unwrap_or(Place::START);
    let file = lesson.path.from_root();
    Some(Finding::new(Rule::AnswersFollowAPattern, file, place, message).help(mend))
}

/// Reports what is wrong with the questions and scenarios of one lesson.
pub fn review_lesson(lesson: &Lesson, registers: &Registers, findings: &mut Vec<Finding>) {
    report_questions(lesson, findings);
    report_steps(lesson, findings);
    report_outcomes(lesson, registers, findings);
}

fn report_questions(lesson: &Lesson, findings: &mut Vec<Finding>) {
    for question in lesson.questions() {
        let (mut right, mut wrong, mut silent, mut all) = (0, 0, 0, 0);
        for offer in question.offers() {
            let length = lesson.line_length(&offer.words);
            let longest = if offer.right { &mut right } else { &mut wrong };
            *longest = length.max(*longest);
            silent += usize::from(offer.feedback.is_none());
            all += 1;
        }
        if wrong > 0 && stands_out(right, wrong) {
            findings.push(stands_out_finding(
                lesson,
                question.block(),
                (right, wrong),
                &QUESTIONS,
            ));
        }
        if silent > 0 {
            let message = match (silent, all) {
                (silent, all) if silent == all => "no option of this question has feedback".into(),
                (1, all) => format!("1 of the {all} options of this question has no feedback"),
                (_, all) => {
                    format!("{silent} of the {all} options of this question have no feedback")
                }
            };
            findings.push(
                finding(
                    Rule::OptionWithoutFeedback,
                    lesson,
                    question.block(),
                    message,
                )
                .help("say below each option, indented, why it is right or wrong"),
            );
        }
    }
}

fn report_steps(lesson: &Lesson, findings: &mut Vec<Finding>) {
    for scenario in lesson.scenarios() {
        for step in scenario.steps() {
            let (mut best, mut rest) = (0, 0);
            for choice in &step.choices {
                let length = choice.block.title.chars().count() as u32;
                let is_best = choice.outcome == Some(Outcome::Best);
                let longest = if is_best { &mut best } else { &mut rest };
                *longest = length.max(*longest);
            }
            if rest > 0 && stands_out(best, rest) {
                let block = step.block.unwrap_or(scenario.block());
                findings.push(stands_out_finding(lesson, block, (best, rest), &STEPS));
            }
        }
    }
}

fn stands_out_finding(
    lesson: &Lesson,
    block: &Block,
    (right, wrong): (u32, u32),
    words: &Words,
) -> Finding {
    let Words { answer, best, .. } = words;
    let others = match *best {
        "right" => "wrong",
        _ => "other",
    };
    let message = format!(
        "a {best} {answer} has {right} characters, and the longest {others} one {wrong}: its length gives it away"
    );
    finding(Rule::AnswerStandsOut, lesson, block, message).help(format!(
        "shorten the {best} {answer} and give the reason in what follows, or make the {others} ones as full"
    ))
}

/// Reports topics that a lesson sets out to teach, and that nothing in it has learners practise.
fn report_outcomes(lesson: &Lesson, registers: &Registers, findings: &mut Vec<Finding>) {
    let practises = |block: &&Block| {
        matches!(
            block.kind,
            BlockKind::Activity | BlockKind::Discussion | BlockKind::Scenario | BlockKind::Question
        )
    };
    let practised: HashSet<TopicId> = lesson
        .blocks
        .iter()
        .filter(practises)
        .flat_map(|block| block.topics.iter().copied())
        .collect();
    let objectives = lesson
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Objectives);
    for block in objectives {
        for topic in block
            .topics
            .iter()
            .filter(|topic| !practised.contains(topic))
        {
            let id = &registers.topics[topic.0 as usize].id;
            let message = format!(
                "the objectives name `{id}`, and no activity, discussion, scenario or question of this lesson carries it"
            );
            findings.push(
                finding(Rule::OutcomeWithoutPractice, lesson, block, message).help(format!(
                    "let learners do it, and put `topics={id}` on that block; or take it off the objectives"
                )),
            );
        }
    }
}

fn finding(rule: Rule, lesson: &Lesson, block: &Block, message: String) -> Finding {
    Finding::new(rule, lesson.path.from_root(), block.place, message)
}
