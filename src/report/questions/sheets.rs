//! The sheets of the question report: a row for each question, for each option, for each step of a scenario, and for what each strategy scores in each module.

use super::value::{QuestionsReport, Scores};
use crate::report::cell::Cell;
use crate::report::data::List;
use crate::report::table::{Row, Rows, Sheet};

impl QuestionsReport<'_> {
    /// Returns a row for each question.
    pub(super) fn by_question(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "module",
                "file",
                "line",
                "anchor",
                "title",
                "options",
                "right_positions",
                "length_ratio",
                "stands_out",
                "without_feedback",
                "topics",
            ],
            rows: Rows::new(|put| {
                for question in &self.questions {
                    put(Row::of(&[
                        Cell::text(question.module),
                        Cell::text(question.file),
                        Cell::number(question.line),
                        Cell::text(question.anchor),
                        Cell::text(question.title),
                        Cell::Number(question.options.len()),
                        Cell::text(joined(&question.right_positions)),
                        ratio(question.length_ratio),
                        flag(question.stands_out),
                        Cell::Number(question.silent()),
                        Cell::text(question.topics.join("; ")),
                    ])
                    .at(question.spot()))?;
                }
                Ok(())
            }),
        }
    }

    /// Returns the further sheets.
    pub(super) fn further_sheets(&self) -> Vec<List<'_>> {
        let list = |name, about, sheet| List { name, about, sheet };
        vec![
            list("options", "an option of a question", self.by_option()),
            list("steps", "a step of a scenario", self.by_step()),
            list("modules", "a strategy in a module", self.by_strategy()),
        ]
    }

    fn by_option(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "module",
                "file",
                "line",
                "anchor",
                "position",
                "written",
                "right",
                "feedback",
                "characters",
                "text",
            ],
            rows: Rows::new(|put| {
                for question in &self.questions {
                    for (place, option) in (1..).zip(&question.options) {
                        put(Row::of(&[
                            Cell::text(question.module),
                            Cell::text(question.file),
                            Cell::number(question.line),
                            Cell::text(question.anchor),
                            Cell::number(place),
                            Cell::number(option.written),
                            flag(option.right),
                            flag(option.feedback),
                            Cell::Number(option.text.chars().count()),
                            Cell::text(&*option.text),
                        ])
                        .at(question.spot()))?;
                    }
                }
                Ok(())
            }),
        }
    }

    fn by_step(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "module",
                "file",
                "line",
                "anchor",
                "scenario",
                "choices",
                "best_position",
                "length_ratio",
                "stands_out",
            ],
            rows: Rows::new(|put| {
                for scenario in &self.scenarios {
                    for step in &scenario.steps {
                        let best = step.best_position.map(|place| place.to_string());
                        put(Row::of(&[
                            Cell::text(scenario.module),
                            Cell::text(scenario.file),
                            Cell::number(step.line),
                            Cell::text(step.anchor),
                            Cell::text(scenario.title),
                            Cell::Number(step.choices.len()),
                            Cell::text(best.unwrap_or_default()),
                            ratio(step.length_ratio),
                            flag(step.stands_out),
                        ])
                        .at(step.spot(scenario.file)))?;
                    }
                }
                Ok(())
            }),
        }
    }

    fn by_strategy(&self) -> Sheet<'_> {
        Sheet {
            columns: &["module", "of", "scored", "chance", "strategy", "share"],
            rows: Rows::new(|put| {
                for module in &self.modules {
                    for (of, scores) in [("questions", &module.scores), ("steps", &module.steps)] {
                        for (strategy, share) in &scores.blind.0 {
                            put(Row::of(&[
                                Cell::text(module.module),
                                Cell::text(of),
                                Cell::Number(scores.scored),
                                share_of(scores, scores.chance),
                                Cell::text(strategy.name()),
                                share_of(scores, *share),
                            ]))?;
                        }
                    }
                }
                Ok(())
            }),
        }
    }
}

fn share_of<'a>(scores: &Scores, share: f64) -> Cell<'a> {
    match scores.scored {
        0 => Cell::text(""),
        _ => Cell::text(share.to_string()),
    }
}

fn joined(numbers: &[usize]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    numbers.join("; ")
}

fn ratio<'a>(ratio: Option<f64>) -> Cell<'a> {
    Cell::text(ratio.map_or_else(String::new, |ratio| ratio.to_string()))
}

fn flag<'a>(is: bool) -> Cell<'a> {
    Cell::text(if is { "yes" } else { "no" })
}
