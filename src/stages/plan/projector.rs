//! A module for a projector: what learners see, one block to a screen. Notes stay on the facilitator's own page.

use std::sync::Arc;

use super::Pages;
use super::body::{Cards, Readers};
use super::print::with_own_ids;
use super::together::{Together, prefix};
use crate::model::audience::{Medium, Showing};
use crate::model::config::Edition;
use crate::model::curriculum::ModuleId;
use crate::model::page::{Fields, Page};

impl<'c> Pages<'c> {
    /// Makes the page of a module for a projector.
    pub(super) fn projector(&self, url: &Arc<str>, id: ModuleId) -> Page<'c> {
        let module = self.curriculum.module(id);
        let mut fields = self.common(url, "projector", &module.title, "");
        self.add_module(&mut fields, url, id);
        let together = Together::new(self.curriculum.lessons_of(module));
        let lessons = self.curriculum.lessons_of(module).zip(1..);
        let lessons = lessons.map(|(id, number)| {
            let document = self.curriculum.document(id);
            let prefix = prefix(number);
            let readers = Readers {
                showing: Showing {
                    edition: Edition::Learner,
                    medium: Medium::Paper,
                },
                cards: Cards::AtTheEnd,
                together: Some(&together),
            };
            let body = self.body_with(id, url, readers);
            let mut lesson = Fields::new();
            lesson
                .set("title", self.said(&document.lesson.front.title))
                .text("id", prefix.clone())
                .html("body", with_own_ids(&body, &prefix));
            lesson.into()
        });
        fields.list("lessons", lessons.collect());
        Page {
            url: Arc::clone(url),
            template: "projector.html",
            fields,
        }
    }
}
