//! Reads what people ask for in their own words, and the section that answers.

use std::collections::HashMap;

use super::entry::id;
use crate::language::form;
use crate::model::registers::{Answer, AnswerKind};
use crate::model::{Finding, Place, Register, Rule};
use crate::stages::parse::table::Reader;

pub(super) fn answer(reader: &mut Reader<'_, '_, '_>) -> Option<Answer> {
    let id = id(reader);
    let kind = reader.choice("kind", &AnswerKind::NAMED);
    let words = reader.titles("words");
    let to = reader.required_text("to");
    let also = reader.texts("also");
    let text = reader.required_passage("text");
    let id = id?;
    if words.is_empty() {
        let help = Some("add `words = [\"...\"]`: what people say who need it".to_owned());
        let message = format!("the answer `{}` has no words to be found by", id.value);
        reader
            .file()
            .report(Rule::InvalidRegister, id.place, message, help);
    }
    Some(Answer {
        id: id.value,
        place: id.place,
        kind,
        words,
        to: to?,
        also,
        text: text?,
    })
}

/// Reports words that lead to two answers: a search would show the first.
pub(super) fn report_same_words(answers: &[Answer], findings: &mut Vec<Finding>) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for answer in answers {
        for words in &answer.words {
            let folded = form(&words.value).into_owned();
            match first.get(&folded) {
                Some(before) => findings.push(
                    Finding::new(
                        Rule::NameClash,
                        Register::Answers.path(),
                        words.place,
                        format!("`{}` leads to `{before}` as well", words.value),
                    )
                    .help("leave the words with the answer that fits best"),
                ),
                None => {
                    first.insert(folded, &answer.id);
                }
            }
        }
    }
}

/// Returns every id that one of them has or had, with its place.
pub(super) fn ids(answers: &[Answer]) -> impl Iterator<Item = (&str, Place)> {
    answers
        .iter()
        .map(|answer| (answer.id.as_str(), answer.place))
}
