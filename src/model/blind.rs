//! What somebody who knows nothing would score by the look of the answers alone.
//!
//! A *guess* is a question, or a step of a scenario, with exactly one best answer among several. A strategy scores a guess 1 or 0; where several answers look
//! alike to it, it scores their share, as it would on average. Answers stand in the order in which they are shown.

use std::borrow::Borrow;

use super::blocks::Outcome;
use super::curriculum::{Curriculum, DocumentId, ModuleId};
use super::dealing::Dealing;

/// The longest wrong answer times this is a right one that stands out.
pub const STANDS_OUT: f64 = 1.4;

/// Characters by which a right answer must be longer as well, to stand out: nobody tells "Yes" from "No" by their lengths.
pub const LEAST_MORE: u32 = 4;

/// A chance smaller than this is none.
const SIGNIFICANT: f64 = 0.01;

/// Answers of which exactly one is best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The length of each answer in characters, in the order in which they are shown.
    pub lengths: Vec<u32>,
    /// Which of them is best, from 0.
    pub best: usize,
}

/// What a strategy goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strategy {
    /// Always the longest answer.
    Longest,
    /// Always the shortest answer: where right ones were shortened too far. A figure, and no finding: short answers often differ by a letter.
    Shortest,
    /// Always the answer at this place, from 1; the last one where there are fewer.
    Position(u32),
    /// Always the longest answer, but never the first one.
    LongestNeverFirst,
}

/// What strategies score on the same guesses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Blind {
    /// How many guesses there are.
    pub guesses: usize,
    /// What chance scores: the sum over all guesses.
    pub chance: f64,
    /// What each strategy scores: the sums over all guesses.
    pub scores: Vec<(Strategy, f64)>,
}

/// The guesses of a module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guesses {
    /// Of its questions.
    pub questions: Vec<Guess>,
    /// Of the steps of its scenarios.
    pub steps: Vec<Guess>,
}

impl Guess {
    /// Makes a guess of answers: the length of each, and whether it is best. Nothing where none or several are, or where there is nothing to choose.
    pub fn new(answers: impl IntoIterator<Item = (u32, bool)>) -> Option<Self> {
        let mut best = None;
        let mut several = false;
        let answers = answers.into_iter().enumerate();
        let lengths: Vec<u32> = answers
            .map(|(place, (length, is_best))| {
                if is_best {
                    several |= best.replace(place).is_some();
                }
                length
            })
            .collect();
        let best = best.filter(|_| !several && lengths.len() > 1)?;
        Some(Self { lengths, best })
    }

    fn score(&self, strategy: Strategy) -> f64 {
        match strategy {
            Strategy::Longest => self.most_from(0, |length| length),
            Strategy::Shortest => self.most_from(0, |length| u32::MAX - length),
            Strategy::LongestNeverFirst => self.most_from(1, |length| length),
            Strategy::Position(number) => {
                let place = (number as usize).min(self.lengths.len()) - 1;
                f64::from(u8::from(place == self.best))
            }
        }
    }

    /// Scores the answer from a place on that has the most of something, by its length.
    fn most_from(&self, place: usize, has: impl Fn(u32) -> u32) -> f64 {
        let all = || self.lengths[place..].iter().map(|length| has(*length));
        let most = all().max();
        if self.best < place || most != Some(has(self.lengths[self.best])) {
            return 0.0;
        }
        1.0 / all().filter(|length| Some(*length) == most).count() as f64
    }
}

impl Strategy {
    /// Returns the name as it stands in reports.
    pub fn name(self) -> String {
        match self {
            Self::Longest => "longest".into(),
            Self::Shortest => "shortest".into(),
            Self::Position(number) => format!("position_{number}"),
            Self::LongestNeverFirst => "longest_never_first".into(),
        }
    }
}

impl Blind {
    /// Scores every strategy on some guesses.
    pub fn of<G: Borrow<Guess>>(guesses: &[G]) -> Self {
        let all = || guesses.iter().map(Borrow::borrow);
        let places = all().map(|guess| guess.lengths.len()).max();
        let positions = (1..=places.unwrap_or(0) as u32).map(Strategy::Position);
        let strategies = [Strategy::Longest, Strategy::Shortest]
            .into_iter()
            .chain(positions);
        let strategies = strategies.chain([Strategy::LongestNeverFirst]);
        Self {
            guesses: guesses.len(),
            chance: all().map(|guess| 1.0 / guess.lengths.len() as f64).sum(),
            scores: strategies
                .map(|strategy| (strategy, all().map(|guess| guess.score(strategy)).sum()))
                .collect(),
        }
    }

    /// Returns what a strategy scores; nothing where there are no guesses.
    pub fn score(&self, strategy: Strategy) -> f64 {
        let mut scores = self.scores.iter();
        scores
            .find(|(known, _)| *known == strategy)
            .map_or(0.0, |(_, score)| *score)
    }

    /// Returns the share of all guesses that a sum is, from 0.0 to 1.0, in ten thousandths.
    pub fn share(&self, score: f64) -> f64 {
        if self.guesses == 0 {
            return 0.0;
        }
        (score / self.guesses as f64 * 1e4).round() / 1e4
    }

    /// Returns the strategy that scores best, and its score, if that is well above chance: by more than ten in a hundred and more than two, and by more than luck.
    pub fn pattern(&self) -> Option<(Strategy, f64)> {
        let margin = (self.guesses as f64 / 10.0).max(2.0);
        let high = self.scores.iter().copied().filter(|(strategy, score)| {
            *strategy != Strategy::Shortest
                && score - self.chance > margin + 1e-9
                && at_least(*score, self.guesses, self.chance / self.guesses as f64) < SIGNIFICANT
        });
        // Of strategies that score alike, the first one is said.
        high.rev()
            .max_by(|(_, one), (_, other)| one.total_cmp(other))
    }
}

/// Returns how likely it is that so many of `trials` succeed by chance, each with the same probability: the upper tail of the binomial distribution.
fn at_least(successes: f64, trials: usize, probability: f64) -> f64 {
    // What is scored in parts counts for whole successes only.
    let from = (successes + 1e-9).floor() as usize;
    if from == 0 {
        return 1.0;
    }
    let odds = probability / (1.0 - probability);
    // Logarithms, since the parts of a large module are too small for numbers.
    let mut log = trials as f64 * (1.0 - probability).ln();
    let mut sum = 0.0;
    for k in 0..=trials {
        if k >= from {
            sum += log.exp();
        }
        log += (odds * (trials - k) as f64 / (k + 1) as f64).ln();
    }
    sum
}

/// Returns whether a right answer stands out beside the longest wrong one, by their lengths in characters.
pub fn stands_out(right: u32, wrong: u32) -> bool {
    f64::from(right) >= STANDS_OUT * f64::from(wrong) && right >= wrong + LEAST_MORE
}

impl Guesses {
    /// Gathers the guesses of a module as they are shown.
    pub fn of_module(curriculum: &Curriculum, dealing: &Dealing, module: ModuleId) -> Self {
        let mut guesses = Self::default();
        for id in curriculum.module(module).documents.clone().map(DocumentId) {
            guesses.add(curriculum, dealing, id);
        }
        guesses
    }

    fn add(&mut self, curriculum: &Curriculum, dealing: &Dealing, id: DocumentId) {
        let lesson = &curriculum.document(id).lesson;
        for question in lesson.questions() {
            let offers = dealing.shown(id, question.offers().collect(), |offer| offer.position);
            let answers = offers
                .iter()
                .map(|offer| (lesson.line_length(&offer.words), offer.right));
            self.questions.extend(Guess::new(answers));
        }
        for step in lesson.scenarios().flat_map(|scenario| scenario.steps()) {
            let choices = dealing.shown(id, step.choices, |choice| choice.position);
            let answers = choices.iter().map(|choice| {
                let is_best = choice.outcome == Some(Outcome::Best);
                (choice.block.title.chars().count() as u32, is_best)
            });
            self.steps.extend(Guess::new(answers));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(lengths: &[u32], best: usize) -> Guess {
        Guess {
            lengths: lengths.into(),
            best,
        }
    }

    #[test]
    fn strategies_score_what_they_would_on_average() {
        for (lengths, best, expected) in [
            (&[30, 60, 20][..], 1, [1.0, 0.0, 0.0, 1.0, 0.0, 1.0]),
            (&[60, 30, 20], 0, [1.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
            (&[60, 30, 20], 1, [0.0, 0.0, 0.0, 1.0, 0.0, 1.0]),
            (&[20, 20, 60], 0, [0.0, 0.5, 1.0, 0.0, 0.0, 0.0]),
            (&[40, 40, 20], 1, [0.5, 0.0, 0.0, 1.0, 0.0, 1.0]),
            (&[40, 40], 1, [0.5, 0.5, 0.0, 1.0, 1.0, 1.0]),
        ] {
            let guess = guess(lengths, best);
            let scores = [
                Strategy::Longest,
                Strategy::Shortest,
                Strategy::Position(1),
                Strategy::Position(2),
                Strategy::Position(3),
                Strategy::LongestNeverFirst,
            ]
            .map(|strategy| guess.score(strategy));
            assert_eq!(scores, expected, "{guess:?}");
        }
    }

    #[test]
    fn only_one_best_answer_among_several_is_a_guess() {
        for (answers, expected) in [
            (&[(4, true), (9, false)][..], true),
            (&[(4, true), (9, true)], false),
            (&[(4, false), (9, false)], false),
            (&[(4, true)], false),
            (&[], false),
        ] {
            let is_guess = Guess::new(answers.iter().copied()).is_some();
            assert_eq!(is_guess, expected, "{answers:?}");
        }
    }

    #[test]
    fn tails_are_those_of_the_binomial_distribution() {
        // From tables: P(X >= k) of n trials with probability p.
        for (k, n, p, expected) in [
            (0.0, 10, 0.5, 1.0),
            (8.0, 10, 0.5, 0.0547),
            (8.9, 10, 0.5, 0.0547),
            (10.0, 10, 0.5, 0.000_977),
            (5.0, 12, 0.25, 0.1576),
            (9.0, 12, 1.0 / 3.0, 0.003_86),
        ] {
            let found = at_least(k, n, p);
            assert!((found - expected).abs() < 1e-4, "{k} of {n}: {found}");
        }
        let found = at_least(5_000.0, 10_000, 1.0 / 3.0);
        assert!((0.0..1e-9).contains(&found), "{found}");
    }

    #[test]
    fn a_pattern_is_well_above_chance_and_more_than_luck() {
        let rounds = |right: &[usize]| -> Vec<Guess> {
            right
                .iter()
                .map(|best| guess(&[30, 30, 30], *best))
                .collect()
        };
        for (right, expected) in [
            // Twelve in the middle; ten of twelve; then too few, too even, and none.
            (vec![1; 12], Some(Strategy::Position(2))),
            (
                [vec![1; 10], vec![0, 2]].concat(),
                Some(Strategy::Position(2)),
            ),
            (vec![1; 3], None),
            ([vec![1; 5], vec![0; 4], vec![2; 4]].concat(), None),
            (vec![], None),
        ] {
            let guesses = rounds(&right);
            let found = Blind::of(&guesses).pattern();
            assert_eq!(found.map(|(strategy, _)| strategy), expected, "{right:?}");
        }
    }

    #[test]
    fn a_right_answer_stands_out_by_length() {
        for (right, wrong, expected) in [
            (140, 100, true),
            (139, 100, false),
            (3, 2, false),
            (5, 2, false),
            (6, 2, true),
            (13, 10, false),
            (14, 10, true),
            (60, 46, false),
        ] {
            assert_eq!(stands_out(right, wrong), expected, "{right} and {wrong}");
        }
    }
}
