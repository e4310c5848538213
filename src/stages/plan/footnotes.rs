//! Numbers the footnotes of a lesson as an edition shows them: in the order in which its text names them.

use crate::model::audience::Showing;
use crate::model::lesson::Lesson;

/// The numbers of a lesson's footnotes, from 1.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// For each footnote its number, and how often it is named; 0 for one that has none.
    pub footnotes: Vec<(u32, u32)>,
    /// The footnotes that the edition shows, in the order of their numbers.
    pub order: Vec<usize>,
    /// For each place that names one its number, and how often it has been named there; none where nothing is shown.
    pub references: Vec<Option<(u32, u32)>>,
}

impl Numbers {
    /// Numbers the footnotes of a lesson.
    pub fn of(lesson: &Lesson, page: Showing) -> Self {
        let mut footnotes = vec![(0, 0); lesson.footnotes.len()];
        let mut count = 0;
        let references = lesson.references.iter().map(|reference| {
            let is_shown = reference.audience.is_on(page);
            let footnote = reference.footnote.filter(|_| is_shown)?;
            let (number, times) = &mut footnotes[footnote as usize];
            if *number == 0 {
                count += 1;
                *number = count;
            }
            *times += 1;
            Some((*number, *times))
        });
        let references = references.collect();
        let shown = (0..lesson.footnotes.len()).filter(|note| {
            let stretch = lesson.footnotes[*note] as usize;
            lesson.stretches[stretch].audience.is_on(page)
        });
        let mut order: Vec<usize> = shown.collect();
        // Those that nobody names come last.
        for note in &order {
            let (number, _) = &mut footnotes[*note];
            if *number == 0 {
                count += 1;
                *number = count;
            }
        }
        order.sort_by_key(|note| footnotes[*note].0);
        Self {
            footnotes,
            order,
            references,
        }
    }
}

/// Appends the id of the place where a footnote is named for the n-th time.
pub(super) fn push_reference_id(id: &mut String, number: u32, time: u32) {
    id.push_str("fnref-");
    id.push_str(itoa::Buffer::new().format(number));
    if time > 1 {
        id.push('-');
        id.push_str(itoa::Buffer::new().format(time));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::audience::Medium;
    use crate::model::config::Edition;

    fn on_screen(edition: Edition) -> Showing {
        Showing {
            edition,
            medium: Medium::Screen,
        }
    }
    use crate::language::Language;
    use crate::model::config::RawHtml;
    use crate::model::path::SourcePath;
    use crate::model::sources::Document;
    use crate::model::{LanguageTag, Registers};
    use crate::stages::parse::{Context, Scratch, anew};

    #[test]
    fn each_edition_counts_what_it_shows() {
        let text = "One[^b], two[^a], one again[^b] and theirs[^f].\n\n\
            ::: facilitator\nNotes[^c] and again[^a].\n\n[^f]: Secret.\n:::\n\nThree[^d].\n\n\
            [^a]: A.\n[^b]: B.\n[^c]: C.\n[^d]: D.\n[^e]: E, which nobody names.\n";
        let language = Language::of(&LanguageTag::default());
        let context = Context::new(Arc::new(Registers::default()), language, RawHtml::Text);
        let document = Document {
            path: SourcePath::new("01-calls/01-a.md"),
            text: text.into(),
        };
        let lesson = anew(&document, &context, &mut Scratch::default());
        // In the order of their definitions: f, a, b, c, d, e.
        let learner = Numbers::of(&lesson, on_screen(Edition::Learner));
        assert_eq!(
            learner.footnotes,
            [(3, 1), (2, 1), (1, 2), (0, 0), (4, 1), (5, 0)]
        );
        assert_eq!(
            learner.order,
            [2, 1, 4, 5],
            "nothing of notes is shown, whoever names it"
        );
        assert_eq!(
            learner.references,
            [
                Some((1, 1)),
                Some((2, 1)),
                Some((1, 2)),
                Some((3, 1)),
                None,
                None,
                Some((4, 1))
            ]
        );
        let facilitator = Numbers::of(&lesson, on_screen(Edition::Facilitator));
        assert_eq!(facilitator.order, [2, 1, 0, 3, 4, 5]);
        assert_eq!(facilitator.references[5], Some((2, 2)));
    }
}
