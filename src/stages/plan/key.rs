//! The key of a lesson, for print: what its questions, activities and scenarios ask for, in the order of the text.
//!
//! The handout shows none of it where it is asked: the key stands at the end, or goes on paper by itself.

use super::{Pages, push_text, push_words};
use crate::model::blocks::{BlockKind, Outcome};
use crate::model::curriculum::DocumentId;
use crate::model::stretches::Part;

impl Pages<'_> {
    /// Writes the key of a lesson as items of a list; nothing where it asks nothing.
    pub(super) fn key(&self, id: DocumentId, url: &str) -> String {
        let lesson = &self.curriculum.document(id).lesson;
        let mut html = String::new();
        for (index, block) in (0..).zip(&lesson.blocks) {
            if !block.audience.is_in(self.settings.edition) {
                continue;
            }
            let answer = match block.kind {
                BlockKind::Question => self.right_options(id, index),
                BlockKind::Scenario => self.best_choices(id, index),
                _ => String::new(),
            };
            let solutions = match block.kind {
                BlockKind::Question | BlockKind::Activity | BlockKind::Discussion => {
                    self.solutions(id, index, url)
                }
                _ => String::new(),
            };
            if answer.is_empty() && solutions.is_empty() {
                continue;
            }
            html.push_str("<li><p class=\"key-title\">");
            push_text(&mut html, self.strings.get(block.kind.name()));
            if !block.title.is_empty() {
                html.push_str(": ");
                push_words(&mut html, lesson, lesson.block_title(block));
            }
            html.push_str("</p>\n");
            html.push_str(&answer);
            html.push_str(&solutions);
            html.push_str("</li>\n");
        }
        html
    }

    /// Writes the right options of a question.
    fn right_options(&self, id: DocumentId, question: u32) -> String {
        let lesson = &self.curriculum.document(id).lesson;
        let own = lesson.stretches.iter();
        let mut own = own
            .filter(|stretch| stretch.block == Some(question))
            .peekable();
        let mut html = String::new();
        while let Some(stretch) = own.next() {
            let Part::Option { right: true, .. } = stretch.part else {
                continue;
            };
            // An option's own words end where its feedback begins.
            let end = match own.peek() {
                Some(next) if next.part == Part::Feedback => next.text.start,
                _ => stretch.text.end,
            };
            html.push_str("<li>");
            let words = &lesson.text[stretch.text.start as usize..end as usize];
            push_words(&mut html, lesson, words.trim());
            html.push_str("</li>");
        }
        if html.is_empty() {
            return html;
        }
        format!("<ul class=\"key-right\">{html}</ul>\n")
    }

    /// Writes the best choice of each step of a scenario.
    fn best_choices(&self, id: DocumentId, scenario: u32) -> String {
        let lesson = &self.curriculum.document(id).lesson;
        let blocks = &lesson.blocks;
        let mut html = String::new();
        for block in blocks
            .iter()
            .filter(|block| block.outcome == Some(Outcome::Best))
        {
            let step = block.inside.map(|step| &blocks[step as usize]);
            let is_own = match step {
                Some(step) if step.kind == BlockKind::Step => step.inside == Some(scenario),
                _ => block.inside == Some(scenario),
            };
            if block.kind != BlockKind::Choice || !is_own {
                continue;
            }
            html.push_str("<li>");
            if let Some(step) = step.filter(|step| step.kind == BlockKind::Step) {
                push_words(&mut html, lesson, lesson.block_title(step));
                html.push_str(": ");
            }
            push_words(&mut html, lesson, lesson.block_title(block));
            html.push_str("</li>");
        }
        if html.is_empty() {
            return html;
        }
        format!("<ul class=\"key-right\">{html}</ul>\n")
    }

    /// Writes the solutions that stand in a block.
    fn solutions(&self, id: DocumentId, block: u32, url: &str) -> String {
        let lesson = &self.curriculum.document(id).lesson;
        let mut html = String::new();
        for (position, stretch) in (0..).zip(&lesson.stretches) {
            let around = stretch.block.map(|own| &lesson.blocks[own as usize]);
            let is_own = around.is_some_and(|own| own.inside == Some(block));
            if stretch.part == Part::Solution
                && is_own
                && stretch.audience.is_in(self.settings.edition)
            {
                html.push_str(&self.stretch(id, position, url));
            }
        }
        html
    }
}
