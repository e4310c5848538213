//! Chooses the sentence that shows best what a place says, asks or has learners do about a claim.
//!
//! In: the text that a place holds, and the claim. Out: one of its sentences: the one that shares most of the claim's telling words, is whole, and says more than
//! the claim itself. Never a notice, a heading or a fragment where there is anything else. For a question it is its text, for a choice what is chosen, and in an
//! exercise rather what is to be done. What an author has chosen with `quote=`, or marked as a span of words, is that.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::held::{held, own_text, question, steps_of};
use crate::language::{Language, form};
use crate::model::blocks::BlockKind;
use crate::model::evidence::Carrier;
use crate::model::lesson::Lesson;
use crate::model::registers::Registers;

/// Most sentences of a place that are looked at: what nobody has read by then is no evidence.
const MOST: usize = 300;

/// Letters by which words are told apart: "explained" and "explaining" are about one thing.
const STEM: usize = 6;

/// Knows the telling words of all claims.
pub(super) struct Chooser<'c> {
    language: &'c Language,
    /// How much each word tells: words of many claims tell little.
    weights: HashMap<String, f64>,
}

/// What a sentence is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// To say something.
    Statement,
    /// To show something: in an example, what somebody says is as good.
    Example,
    /// To set a task.
    Task,
}

impl<'c> Chooser<'c> {
    /// Counts the words of all claims.
    pub fn new(registers: &Registers, language: &'c Language) -> Self {
        let claims = registers.commitments.iter();
        let claims = claims.flat_map(|commitment| &commitment.claims);
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut all = 0;
        for claim in claims {
            all += 1;
            for word in words(&claim.text) {
                *counts.entry(word).or_default() += 1;
            }
        }
        let weight = |count: usize| (1.0 + all as f64 / count as f64).ln();
        Self {
            language,
            weights: counts
                .into_iter()
                .map(|(word, count)| (word, weight(count)))
                .collect(),
        }
    }

    /// Returns the sentence of what carries a claim.
    pub fn sentence<'l>(&self, lesson: &'l Lesson, carrier: Carrier, claim: &str) -> Cow<'l, str> {
        let lines = |start: u32, end: u32| lesson.line(&(start..end));
        let quote = match carrier {
            Carrier::Heading(index) => &lesson.headings[index as usize].quote,
            Carrier::Block(index) => &lesson.blocks[index as usize].quote,
            Carrier::Span(index) => &lesson.spans[index as usize].quote,
        };
        if let Some(quote) = quote {
            return lines(quote.text_start, quote.text_end);
        }
        let (range, title, wanted) = match carrier {
            Carrier::Span(index) => {
                let span = &lesson.spans[index as usize];
                return lines(span.text_start, span.text_end);
            }
            Carrier::Heading(index) => {
                let heading = &lesson.headings[index as usize];
                let section = lesson.section(index as usize);
                (section, &*heading.title, Wanted::Statement)
            }
            Carrier::Block(index) => {
                let block = &lesson.blocks[index as usize];
                match block.kind {
                    BlockKind::Question => return question(lesson, index),
                    BlockKind::Choice => return block.title.as_ref().into(),
                    _ => {}
                }
                let wanted = match block.kind {
                    BlockKind::Activity | BlockKind::Discussion | BlockKind::Scenario => {
                        Wanted::Task
                    }
                    BlockKind::Example => Wanted::Example,
                    _ => Wanted::Statement,
                };
                (own_text(lesson, index), &*block.title, wanted)
            }
        };
        let best = |range, carrier| {
            let held = held(lesson, &range, carrier).into_iter();
            self.choose(held.take(MOST), claim, wanted)
        };
        // A scenario may begin with its first step.
        let in_steps = || {
            let mut steps = steps_of(lesson, carrier);
            steps.find_map(|step| best(own_text(lesson, step), Carrier::Block(step)))
        };
        best(range, carrier)
            .or_else(in_steps)
            .unwrap_or(title)
            .into()
    }

    /// Returns the best of some sentences; nothing where there are only notices.
    fn choose<'t>(
        &self,
        sentences: impl Iterator<Item = &'t str>,
        claim: &str,
        wanted: Wanted,
    ) -> Option<&'t str> {
        let telling = words(claim);
        let mut best: Option<(f64, &str)> = None;
        for (index, sentence) in sentences.enumerate() {
            if self.language.is_notice(sentence) {
                continue;
            }
            let mut score = self.relevance(sentence, &telling) + shape(sentence);
            // What comes first is usually what the place is about.
            score -= index.min(10) as f64 * 0.01;
            if wanted == Wanted::Task && self.language.sets_a_task(sentence) {
                score += 0.4;
            }
            if wanted != Wanted::Example && is_spoken(sentence) {
                score -= 0.3;
            }
            if self.language.is_echo(sentence) {
                score -= 0.6;
            }
            if self.language.leans(sentence) {
                score -= 0.12;
            }
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, sentence));
            }
        }
        best.map(|(_, sentence)| sentence)
    }

    /// Returns how much of a claim's telling words a sentence has, from 0 to 1; a sentence that only says the claim again has less.
    fn relevance(&self, sentence: &str, telling: &BTreeSet<String>) -> f64 {
        let own = words(sentence);
        let weight = |word: &String| self.weights.get(word).copied().unwrap_or(0.1);
        let whole: f64 = telling.iter().map(weight).sum();
        let shared: Vec<&String> = own.intersection(telling).collect();
        let share = shared.iter().map(|word| weight(word)).sum::<f64>() / whole.max(0.1);
        let says_it_again = own.len() > 3 && shared.len() * 4 >= own.len() * 3;
        if says_it_again { share - 0.8 } else { share }
    }
}

/// Returns the words of a text that may tell something, each by how it begins.
fn words(text: &str) -> BTreeSet<String> {
    let text = form(text);
    let words = text.split(|c: char| !c.is_alphanumeric());
    let telling = words.filter(|word| word.chars().count() > 2);
    telling
        .map(|word| word.chars().take(STEM).collect())
        .collect()
}

/// Returns how well a sentence stands alone: 0 is well, less is worse.
fn shape(sentence: &str) -> f64 {
    let mut score = 0.0;
    let bare = sentence.trim_end_matches(|c: char| "\"'”’)]»".contains(c));
    let is_whole = bare.ends_with(['.', '!', '?', '…', '。', '！', '？']);
    score -= match bare.chars().next_back() {
        Some(':') => 0.5,
        _ if !is_whole => 0.7,
        Some('?') => 0.1,
        _ => 0.0,
    };
    score -= match sentence.chars().count() {
        0..25 => 0.5,
        25..45 => 0.15,
        45..230 => 0.0,
        230..320 => 0.15,
        _ => 0.4,
    };
    if sentence.chars().next().is_some_and(char::is_lowercase) {
        score -= 0.4;
    }
    // A sum shows how, and says nothing.
    if sentence.contains(['=', '×', '÷']) {
        score -= 0.4;
    }
    let digits = sentence.split(|c: char| !c.is_ascii_digit());
    if digits.filter(|number| !number.is_empty()).count() > 1 {
        score -= 0.1;
    }
    score
}

/// Returns whether a sentence is a line of a script, or speech alone: "Caller: ...".
fn is_spoken(sentence: &str) -> bool {
    let speaker = sentence.split_once(": ").map(|(speaker, _)| speaker);
    let is_name = |speaker: &str| speaker.len() < 30 && speaker.split(' ').count() < 4;
    sentence.starts_with(['"', '“']) || speaker.is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LanguageTag;
    use crate::model::Place;
    use crate::model::registers::{Claim, Commitment, Standing};

    const CLAIMS: [&str; 4] = [
        "The Telephony module makes sure that processes are explained well.",
        "Learners are expected to signpost where required.",
        "The Debt Negotiation module has learners recognise the emotions that the receiving parent goes through when payments are late.",
        "Learners are expected to be sensitive to changes of income.",
    ];

    fn registers() -> Registers {
        let claim = |text: &&str| Claim {
            former_ids: Vec::new(),
            id: String::new(),
            place: Place::START,
            text: (*text).to_owned(),
            status: Standing::Current,
            expects: None,
            note: String::new(),
        };
        let commitment = Commitment {
            id: "A".into(),
            place: Place::START,
            title: String::new(),
            body: String::new(),
            asked_on: None,
            answered_on: None,
            source: Default::default(),
            status: Standing::Current,
            claims: CLAIMS.iter().map(claim).collect(),
        };
        let mut registers = Registers::default();
        registers.commitments.push(commitment);
        registers.indexed()
    }

    #[test]
    fn the_sentence_says_something_and_is_no_notice_fragment_or_echo() {
        let language = Language::of(&"en-GB".parse::<LanguageTag>().unwrap_or_default());
        let chooser = Chooser::new(&registers(), &language);
        let (says, does) = (Wanted::Statement, Wanted::Task);
        for (claim, wanted, sentences, expected) in [
            // A notice.
            (
                0,
                says,
                &[
                    "Tegan Sample is fictional.",
                    "A good explanation takes five parts, with a stop after each.",
                ][..],
                1,
            ),
            (
                1,
                says,
                &[
                    "The official version of the signposting list is internal.",
                    "Choose a service for the need that you heard.",
                ],
                1,
            ),
            // The claim again.
            (
                0,
                says,
                &[
                    "The module makes sure that processes are explained well.",
                    "Explain one idea at a time, and stop after each.",
                ],
                1,
            ),
            // A heading or a cell of a table.
            (
                3,
                says,
                &[
                    "Changes of income",
                    "A fall of 18% changes what somebody can buy this week, and the rule does not.",
                ],
                1,
            ),
            (
                3,
                says,
                &[
                    "£550 a week",
                    "Income in use",
                    "Grasp what has changed for them before you explain the rule.",
                ],
                2,
            ),
            // What only leads to a list.
            (
                1,
                says,
                &[
                    "Signpost to one of these:",
                    "Offer a service by the need that you heard, and ask first.",
                ],
                1,
            ),
            // What is beside the point, though it comes first.
            (
                2,
                says,
                &[
                    "One standard holds for both of them.",
                    "When payments are late, the receiving parent may feel fear before anger.",
                ],
                1,
            ),
            // A task rather than its story.
            (
                2,
                does,
                &[
                    "Lou rings about a payment that is nine days late.",
                    "In pairs, name the emotions that you hear, tentatively.",
                ],
                1,
            ),
            // What others said of it, and what leans on another sentence.
            (
                1,
                says,
                &[
                    "The written answer says that learners are expected to signpost.",
                    "Choose a service for the need that you heard.",
                ],
                1,
            ),
            (
                3,
                says,
                &[
                    "It is sensitive.",
                    "That asks learners to be sensitive to their income.",
                    "Be sensitive to how a changed income lands in both homes.",
                ],
                2,
            ),
            // A sum.
            (
                3,
                says,
                &[
                    "Change of income: £550 − £405 = £145, and £145 ÷ £550 = 26.4%.",
                    "A change of income is felt every week in the other home.",
                ],
                1,
            ),
            // A colon behind more words than a speaker's name has.
            (
                2,
                says,
                &[
                    "Two things help here now: a pause, and a question that is open.",
                    "One standard holds for both of them.",
                ],
                0,
            ),
            // A line of a script rather than nothing.
            (
                2,
                says,
                &[
                    "Kim is fictional.",
                    "Caseworker: That sounds wearing, and the rent is due.",
                ],
                1,
            ),
        ] {
            let found = chooser.choose(sentences.iter().copied(), CLAIMS[claim], wanted);
            assert_eq!(found, Some(sentences[expected]), "{sentences:?}");
        }
        let notices = ["Tegan Sample is fictional."].into_iter();
        assert_eq!(chooser.choose(notices, CLAIMS[0], says), None);
    }
}
