//! A module for a projector: what learners see, one block to a screen. Notes stay on the facilitator's own page.

use std::sync::Arc;

use super::Pages;
use super::together::Together;
use crate::model::config::Edition;
use crate::model::curriculum::ModuleId;
use crate::model::page::Page;

impl<'c> Pages<'c> {
    /// Makes the page of a module for a projector.
    pub(super) fn projector(&self, url: &Arc<str>, id: ModuleId) -> Page<'c> {
        let module = self.curriculum.module(id);
        let mut fields = self.common(url, "projector", &module.title, "");
        self.add_module(&mut fields, url, id);
        let together = Together::new(self.curriculum.lessons_of(module));
        let lessons = self.curriculum.lessons_of(module).zip(1..);
        let lessons = lessons.map(|(id, number)| {
            let on_page = (id, number);
            self.lesson_among(on_page, url, Edition::Learner, &together)
                .into()
        });
        fields.list("lessons", lessons.collect());
        Page {
            url: Arc::clone(url),
            template: "projector.html",
            fields,
        }
    }
}
