//! Deals the options of questions and the choices of scenarios, so that no place is right more often than another.
//!
//! In: the curriculum, and the order that its configuration asks for. Out: what is shown at whose place. The same lessons are dealt the same way, in whatever
//! language and output; no answer depends on it.
//!
//! Whatever has one best answer is dealt within its lesson first: the best answer goes where it has stood least often so far, measured against how often chance
//! would put it there; where that leaves a choice, the module decides, and then the digest of the question's name. All else is ordered by such digests. What its
//! author keeps as it is written counts along.

use rayon::prelude::*;

use crate::model::blocks::{Order as Keep, Outcome};
use crate::model::config::Order;
use crate::model::curriculum::{Curriculum, DocumentId};
use crate::model::dealing::Dealing;
use crate::model::lesson::Lesson;

/// Deals what the configuration wants dealt.
pub fn deal(curriculum: &Curriculum, order: Order) -> Dealing {
    if order == Order::Written {
        return Dealing::default();
    }
    let modules = curriculum.modules.par_iter();
    let of_modules = modules.map(|module| {
        let mut module_tally = Tallies::default();
        let documents = module.documents.clone();
        documents
            .map(|id| {
                (
                    id,
                    deal_lesson(curriculum, DocumentId(id), &mut module_tally),
                )
            })
            .collect::<Vec<_>>()
    });
    let mut documents = vec![Vec::new(); curriculum.documents.len()];
    for (id, places) in of_modules.collect::<Vec<_>>().into_iter().flatten() {
        documents[id as usize] = places;
    }
    for (index, document) in curriculum.documents.iter().enumerate() {
        if document.module.is_none() {
            let id = DocumentId(index as u32);
            documents[index] = deal_lesson(curriculum, id, &mut Tallies::default());
        }
    }
    Dealing::new(documents)
}

/// What is dealt together: the options of a question, or the choices of a step.
struct Hand<'l> {
    /// What it is called in its lesson: whatever is dealt by chance depends on it.
    name: &'l str,
    /// Where its options are written, as stretches.
    places: Vec<u32>,
    /// Which of them is the only best one.
    best: Option<usize>,
    /// Whether its author keeps the order.
    order: Keep,
}

/// How often the best answer has stood at each place, apart for questions and steps.
#[derive(Default)]
struct Tallies {
    questions: Tally,
    steps: Tally,
}

/// How often the best answer has stood at each place, less how often chance would have put it there.
#[derive(Debug, Clone, Default)]
struct Tally(Vec<f64>);

fn deal_lesson(curriculum: &Curriculum, id: DocumentId, module: &mut Tallies) -> Vec<(u32, u32)> {
    let lesson = &*curriculum.document(id).lesson;
    let mut dealt = Vec::new();
    let mut own = Tallies::default();
    let file = lesson.path.as_str();
    for hand in questions(lesson) {
        deal_hand(
            &hand,
            file,
            [&mut own.questions, &mut module.questions],
            &mut dealt,
        );
    }
    for hand in steps(lesson) {
        deal_hand(&hand, file, [&mut own.steps, &mut module.steps], &mut dealt);
    }
    dealt
}

fn questions(lesson: &Lesson) -> impl Iterator<Item = Hand<'_>> {
    lesson.questions().map(|question| {
        let offers: Vec<_> = question.offers().collect();
        Hand {
            name: &question.block().id,
            places: offers.iter().map(|offer| offer.position).collect(),
            best: only(offers.iter().map(|offer| offer.right)),
            order: question.block().order,
        }
    })
}

fn steps(lesson: &Lesson) -> impl Iterator<Item = Hand<'_>> {
    let steps = lesson.scenarios().flat_map(move |scenario| {
        let steps = scenario.steps().into_iter();
        steps.map(move |step| (scenario.block(), step))
    });
    steps.map(|(scenario, step)| {
        // Choices of one step stand side by side for the same readers, unless somebody has put them into other blocks.
        let first = step.choices.first();
        let beside = first.map(|choice| (choice.block.inside, choice.block.audience));
        let choices = step
            .choices
            .iter()
            .filter(|choice| Some((choice.block.inside, choice.block.audience)) == beside);
        Hand {
            name: &step.block.unwrap_or(scenario).id,
            places: choices.clone().map(|choice| choice.position).collect(),
            best: only(choices.map(|choice| choice.outcome == Some(Outcome::Best))),
            order: match step.block.map(|step| step.order) {
                Some(Keep::Written) => Keep::Written,
                _ => scenario.order,
            },
        }
    })
}

/// Returns which one is so, if one alone is.
fn only(are: impl Iterator<Item = bool>) -> Option<usize> {
    let mut so = are.enumerate().filter(|(_, is)| *is);
    let (index, _) = so.next()?;
    so.next().is_none().then_some(index)
}

fn deal_hand(
    hand: &Hand<'_>,
    file: &str,
    [lesson, module]: [&mut Tally; 2],
    dealt: &mut Vec<(u32, u32)>,
) {
    let count = hand.places.len();
    if count < 2 {
        return;
    }
    if hand.order == Keep::Written {
        if let Some(best) = hand.best {
            lesson.add(best, count);
            module.add(best, count);
        }
        return;
    }
    let chance = |part: &str, number: usize| {
        let mut hasher = blake3::Hasher::new();
        for text in [file, "\0", hand.name, "\0", part, &number.to_string()] {
            hasher.update(text.as_bytes());
        }
        *hasher.finalize().as_bytes()
    };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_cached_key(|option| chance("option", *option));
    if let Some(best) = hand.best {
        let rank = |place: &usize| {
            (
                lesson.over(*place),
                module.over(*place),
                chance("place", *place),
            )
        };
        let place = (0..count).min_by_key(rank).unwrap_or(0);
        order.retain(|option| *option != best);
        order.insert(place, best);
        lesson.add(place, count);
        module.add(place, count);
    }
    for (place, option) in order.into_iter().enumerate() {
        if place != option {
            dealt.push((hand.places[place], hand.places[option]));
        }
    }
}

impl Tally {
    /// Returns how much more often than by chance the best answer has stood at a place, in millionths: fractions of thirds must not decide.
    fn over(&self, place: usize) -> i64 {
        (self.0.get(place).copied().unwrap_or_default() * 1e6).round() as i64
    }

    fn add(&mut self, place: usize, count: usize) {
        if self.0.len() < count {
            self.0.resize(count, 0.0);
        }
        for expected in &mut self.0[..count] {
            *expected -= 1.0 / count as f64;
        }
        self.0[place] += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hand(name: &str, count: u32, best: usize) -> Hand<'_> {
        Hand {
            name,
            places: (10..10 + count).collect(),
            best: Some(best),
            order: Keep::AsConfigured,
        }
    }

    /// Deals questions of a lesson; returns at which place each best answer stands.
    fn places(counts: &[u32]) -> Vec<usize> {
        let (mut lesson, mut module) = (Tally::default(), Tally::default());
        let names: Vec<String> = (0..counts.len()).map(|n| format!("question-{n}")).collect();
        let mut places = Vec::new();
        for (name, count) in names.iter().zip(counts) {
            let mut dealt = Vec::new();
            deal_hand(
                &hand(name, *count, 1),
                "a.md",
                [&mut lesson, &mut module],
                &mut dealt,
            );
            let mut shown: Vec<u32> = (10..10 + count).collect();
            for (place, option) in dealt {
                shown[place as usize - 10] = option;
            }
            let mut sorted = shown.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (10..10 + count).collect::<Vec<_>>(), "{name}");
            places.push(shown.iter().position(|option| *option == 11).unwrap_or(9));
        }
        places
    }

    #[test]
    fn the_right_option_stands_as_often_at_each_place() {
        for (count, questions) in [(3, 12), (4, 12), (2, 10)] {
            let places = places(&vec![count; questions]);
            for place in 0..count as usize {
                let here = places.iter().filter(|at| **at == place).count();
                assert_eq!(here, questions / count as usize, "{place} of {places:?}");
            }
        }
    }

    #[test]
    fn questions_of_unlike_length_favour_no_place() {
        let counts: Vec<u32> = (0..60).map(|n| [3, 4, 3, 2, 5][n % 5]).collect();
        let places = places(&counts);
        for place in 0..5 {
            let here = places.iter().filter(|at| **at == place).count() as f64;
            let able = counts.iter().filter(|count| **count as usize > place);
            let expected: f64 = able.map(|count| 1.0 / f64::from(*count)).sum();
            assert!(
                (here - expected).abs() <= 1.5,
                "{place}: {here} for {expected:.1}"
            );
        }
    }

    #[test]
    fn the_same_lesson_is_dealt_the_same_way() {
        assert_eq!(places(&[3, 4, 3, 4]), places(&[3, 4, 3, 4]));
    }
}
