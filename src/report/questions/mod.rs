//! The question report: what questions and scenarios offer, and what somebody who knows nothing scores in them by the look of the answers.
//!
//! Options and choices stand in the order in which learners see them.

mod sheets;
mod value;

pub use value::{
    BlindShares, ChoiceRow, ModuleRow, OptionRow, QuestionRow, QuestionsReport, QuestionsSummary,
    ScenarioRow, Scores, StepRow,
};

use super::cell::{Cell, Status, Tone};
use super::data::{Document, Extent, Figure, List, Overview, Report, Section, Task};
use super::table::{Row, Rows, Sheet, Table};
use super::words::{counted, percent};
use crate::model::blind::{Blind, Strategy};

/// Most questions that a page lists one by one.
const MOST: usize = 2_000;

impl Report for QuestionsReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let summary = &self.summary;
        let mut sections = vec![
            self.strategies(
                "by-module",
                "What a learner who knows nothing scores",
                |module| &module.scores.exact,
            ),
            self.strategies("scenarios-by-module", "The same in scenarios", |module| {
                &module.steps.exact
            }),
            self.standing_out(),
            self.unexplained(),
        ];
        if extent == Extent::Full && self.questions.len() <= MOST {
            sections.push(self.all());
        }
        Document {
            subject: "Questions",
            title: "Questions: what they measure".into(),
            since: None,
            lede: format!(
                "{}, {} in scenarios; the longest option is right in {}, by chance {}; {} and {} with an answer that stands out, {} without feedback",
                counted(summary.questions, "question"),
                counted(summary.steps, "step"),
                percent(summary.longest),
                percent(summary.chance),
                counted(summary.stand_out, "question"),
                counted(summary.steps_stand_out, "step"),
                counted(summary.without_feedback, "option"),
            ),
            remarks: vec![
                "Only questions with one right option among several can be guessed, and only steps with one best choice. Options stand in the order in which \
                 learners see them. Where several are equally long, each counts for its share."
                    .into(),
            ],
            sections,
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        self.by_question()
    }

    fn lists(&self) -> Vec<List<'_>> {
        self.further_sheets()
    }

    fn overview(&self) -> Overview<'_> {
        let followed = |module: &&ModuleRow<'_>| module.pattern.is_some();
        Overview {
            figures: vec![Figure {
                part: self.questions.len() - self.summary.stand_out,
                whole: self.questions.len(),
                words: "questions do not give their answer away by its length",
            }],
            tasks: vec![
                Task {
                    number: self.modules.iter().filter(followed).count(),
                    noun: "module",
                    rest: " whose answers follow a pattern",
                    anchor: "by-module",
                },
                Task {
                    number: self.summary.stand_out + self.summary.steps_stand_out,
                    noun: "right answer",
                    rest: " known by the length alone",
                    anchor: "standing-out",
                },
            ],
            sections: Vec::new(),
        }
    }
}

impl QuestionsReport<'_> {
    /// Returns what each strategy scores in each module.
    fn strategies<'r>(
        &'r self,
        id: &'static str,
        title: &'static str,
        of: for<'m> fn(&'m ModuleRow<'_>) -> &'m Blind,
    ) -> Section<'r> {
        let rows = Rows::new(move |put| {
            for module in self.modules.iter().filter(|module| of(module).guesses > 0) {
                let blind = of(module);
                let shown = |score: f64| Cell::Percent(blind.share(score));
                let positions = blind.scores.iter();
                let positions =
                    positions.filter(|(strategy, _)| matches!(strategy, Strategy::Position(_)));
                let positions: Vec<String> = positions
                    .map(|(_, score)| percent(blind.share(*score)))
                    .collect();
                let verdict = match blind.pattern() {
                    Some((strategy, _)) => {
                        let words = format!("Follows a pattern: {}", in_words(strategy));
                        Status::new(strategy.name(), Tone::Poor).said(words)
                    }
                    None => Status::new("none", Tone::Good).said("No pattern"),
                };
                put(Row::of(&[
                    Cell::Module(module.module),
                    Cell::Number(blind.guesses),
                    shown(blind.chance),
                    shown(blind.score(Strategy::Longest)),
                    shown(blind.score(Strategy::Shortest)),
                    Cell::text(positions.join(" ")),
                    shown(blind.score(Strategy::LongestNeverFirst)),
                    Cell::Status(verdict),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("module", "Module"),
            ("scored", "Scored"),
            ("chance", "By chance"),
            ("longest", "Always the longest"),
            ("shortest", "Always the shortest"),
            ("each place", "Always the 1st, 2nd, 3rd ..."),
            ("longest, never first", "The longest, never the first"),
            ("pattern", "Pattern"),
        ];
        Section::new(id, title, Table::new(columns, rows))
    }

    /// Returns the questions and steps whose right answer is known by its length.
    fn standing_out(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for question in self.questions.iter().filter(|question| question.stands_out) {
                put(Row::of(&[
                    Cell::Place(question.spot()),
                    Cell::text(question.title),
                    Cell::text(times(question.length_ratio)),
                ]))?;
            }
            for scenario in &self.scenarios {
                for step in scenario.steps.iter().filter(|step| step.stands_out) {
                    put(Row::of(&[
                        Cell::Place(step.spot(scenario.file)),
                        Cell::text(scenario.title),
                        Cell::text(times(step.length_ratio)),
                    ]))?;
                }
            }
            Ok(())
        });
        let columns = [
            ("place", "Place"),
            ("question", "Question or scenario"),
            ("times", "The right one over the longest other one"),
        ];
        let table = Table::new(columns, rows);
        Section {
            without: "No right option or best choice is known by its length.",
            ..Section::new("standing-out", "Right answers that stand out", table)
        }
    }

    /// Returns the questions with options that say nothing about themselves.
    fn unexplained(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for question in self
                .questions
                .iter()
                .filter(|question| question.silent() > 0)
            {
                put(Row::of(&[
                    Cell::Place(question.spot()),
                    Cell::text(question.title),
                    Cell::Share(question.silent(), question.options.len()),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("place", "Place"),
            ("question", "Question"),
            ("options", "Options without feedback"),
        ];
        let table = Table::new(columns, rows);
        Section {
            without: "Every option says why it is right or wrong.",
            ..Section::new("without-feedback", "Options without feedback", table)
        }
    }

    /// Returns all questions with their options.
    fn all(&self) -> Section<'_> {
        let rows = Rows::of(&self.questions, |question| {
            let options = question.options.iter().map(|option| {
                let mark = if option.right { "✓" } else { "✗" };
                Cell::text(format!("{mark} {}", option.text))
            });
            [
                Cell::Place(question.spot()),
                Cell::text(question.title),
                Cell::List(options.collect(), Status::new("none", Tone::Poor)),
                Cell::text(times(question.length_ratio)),
                Cell::text(question.topics.join(", ")),
            ]
        });
        let columns = [
            "Place",
            "Question",
            "Options as learners see them",
            "The right one over the longest other one",
            "Topics",
        ];
        Section::new("questions", "All questions", Table::new(columns, rows))
    }
}

/// Says how many times as long something is; nothing where nobody knows.
fn times(ratio: Option<f64>) -> String {
    ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"))
}

fn in_words(strategy: Strategy) -> String {
    match strategy {
        Strategy::Longest => "the longest".into(),
        Strategy::Shortest => "the shortest".into(),
        Strategy::LongestNeverFirst => "the longest, never the first".into(),
        Strategy::Position(number) => format!("number {number}"),
    }
}
