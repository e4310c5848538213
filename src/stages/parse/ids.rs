//! Gives ids to headings, blocks and their parts: no two in a page are alike, and none is one that the page has of its own.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::document::Writer;
use crate::model::Rule;
use crate::model::config::Edition;

/// Ids of the default theme's pages that show lessons.
const OF_PAGES: [&str; 13] = [
    "content-note-title",
    "lessons-title",
    "main",
    "outcomes-title",
    "page-find",
    "page-support",
    "page-support-title",
    "page-topics",
    "page-words",
    "plan-title",
    "progress-title",
    "route-title",
    "topics-title",
];

/// The ids that are taken beside the lesson's anchors.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// How many of the open blocks only facilitators see.
    hiding: u32,
    /// Anchors in such blocks, in the order in which they were taken.
    hidden: Vec<Arc<str>>,
    /// Ids that no link is meant to name: of titles and options, and of what the edition leaves out.
    parts: BTreeSet<Arc<str>>,
    /// How often each wanted id was taken already.
    repeats: HashMap<Arc<str>, u32>,
}

impl Writer<'_> {
    /// Takes an id that links may name, making it unique.
    pub fn claim_id(&mut self, wanted: &str) -> Arc<str> {
        let id = self.free_id(wanted);
        self.lesson.anchors.insert(Arc::clone(&id));
        if self.ids.hiding > 0 {
            self.ids.hidden.push(Arc::clone(&id));
        }
        id
    }

    /// Starts to note the anchors of a block that only facilitators see; returns how many were noted before.
    pub fn start_hiding(&mut self) -> usize {
        self.ids.hiding += 1;
        self.ids.hidden.len()
    }

    /// Notes that only facilitators see the anchors from the `since`th noted one on.
    pub fn hide_anchors(&mut self, since: usize) {
        self.ids.hiding -= 1;
        for id in self.ids.hidden.split_off(since) {
            // Nobody else gets the id: an anchor must mean the same in both editions.
            self.ids.parts.insert(Arc::clone(&id));
            if self.context.edition == Edition::Learner {
                self.lesson.anchors.remove(&id);
            }
            self.lesson.facilitator_anchors.insert(id);
        }
    }

    /// Takes an id that the author gave; one that is taken already is a finding.
    pub fn claim_given_id(&mut self, wanted: &str, range: &Range<usize>) -> Arc<str> {
        if !self.is_free(wanted) {
            let is_given = self.lesson.anchors.contains(wanted)
                || self.lesson.facilitator_anchors.contains(wanted);
            let message = if is_given {
                format!("the id `{wanted}` is given twice in this file")
            } else {
                format!("the id `{wanted}` stands in the page already")
            };
            let help = "give each heading and block an id of its own";
            self.report(Rule::DuplicateId, range, message, Some(help.into()));
        }
        self.claim_id(wanted)
    }

    /// Takes an id for a part of a heading or block, making it unique.
    pub fn claim_part_id(&mut self, wanted: &str) -> Arc<str> {
        let id = self.free_id(wanted);
        self.ids.parts.insert(Arc::clone(&id));
        id
    }

    fn is_taken(&self, id: &str) -> bool {
        self.lesson.anchors.contains(id) || self.ids.parts.contains(id) || OF_PAGES.contains(&id)
    }

    fn is_free(&self, id: &str) -> bool {
        !is_counted(id) && !self.is_taken(id)
    }

    fn free_id(&mut self, wanted: &str) -> Arc<str> {
        if self.is_free(wanted) {
            return wanted.into();
        }
        let mut wanted = wanted.to_owned();
        let mut id = wanted.clone();
        loop {
            if is_counted(&id) {
                wanted = format!("section-{wanted}");
            } else if !self.is_taken(&id) {
                return id.into();
            } else {
                let n = self.ids.repeats.entry(wanted.as_str().into()).or_insert(0);
                *n += 1;
                id = format!("{wanted}-{n}");
                continue;
            }
            id.clone_from(&wanted);
        }
    }
}

/// Returns whether an id is of the kind that links to topics and footnotes are numbered with.
fn is_counted(id: &str) -> bool {
    let rest = ["t-", "fn-", "fnref-"]
        .iter()
        .find_map(|name| id.strip_prefix(name));
    let Some(rest) = rest else {
        return false;
    };
    let number = rest.rsplit('-').next().unwrap_or("");
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_the_pages_that_show_lessons_are_known() {
        let templates = [
            include_str!("../../../themes/default/templates/home.html"),
            include_str!("../../../themes/default/templates/layout.html"),
            include_str!("../../../themes/default/templates/lesson.html"),
            include_str!("../../../themes/default/templates/module.html"),
            include_str!("../../../themes/default/templates/plan.html"),
            include_str!("../../../themes/default/templates/progress.html"),
            include_str!("../../../themes/default/templates/words.html"),
        ];
        let found: BTreeSet<&str> = templates
            .iter()
            .flat_map(|template| template.split(" id=\"").skip(1))
            .filter_map(|rest| rest.split('"').next())
            .filter(|id| !id.contains("{{"))
            .collect();
        assert_eq!(found, BTreeSet::from(OF_PAGES));
    }

    #[test]
    fn numbered_ids_of_links_are_told_apart() {
        for (id, counted) in [
            ("t-empathy-1", true),
            ("fn-12", true),
            ("fnref-1-2", true),
            ("t-shirts", false),
            ("footnote-1", false),
            ("t-empathy-", false),
            ("1", false),
        ] {
            assert_eq!(is_counted(id), counted, "{id}");
        }
    }
}
