//! Gives ids to headings, blocks and their parts: no two in a page are alike, and none is one that the page has of its own.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

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
    /// Anchors in the order in which they were taken.
    anchors: Vec<Box<str>>,
    /// Ids that no link is meant to name: of titles and options, and of what the edition leaves out.
    parts: HashSet<Box<str>>,
    /// How often each wanted id was taken already.
    repeats: HashMap<Box<str>, u32>,
}

impl Writer<'_> {
    /// Takes an id that links may name, making it unique.
    pub fn claim_id(&mut self, wanted: &str) -> Box<str> {
        let id: Box<str> = self.free_id(wanted).into();
        self.lesson.anchors.insert(id.clone());
        self.ids.anchors.push(id.clone());
        id
    }

    /// Returns how many anchors there are so far.
    pub fn anchor_count(&self) -> usize {
        self.ids.anchors.len()
    }

    /// Notes that only facilitators see the anchors from the `since`th on.
    pub fn hide_anchors(&mut self, since: usize) {
        for id in self.ids.anchors.split_off(since) {
            // Nobody else gets the id: an anchor must mean the same in both editions.
            self.ids.parts.insert(id.clone());
            if self.context.edition == Edition::Learner {
                self.lesson.anchors.remove(&id);
            }
            self.lesson.facilitator_anchors.insert(id);
        }
    }

    /// Takes an id that the author gave; one that is taken already is a finding.
    pub fn claim_given_id(&mut self, wanted: &str, range: &Range<usize>) -> Box<str> {
        let is_given = self.lesson.anchors.contains(wanted)
            || self.lesson.facilitator_anchors.contains(wanted);
        let message = if is_given {
            Some(format!("the id `{wanted}` is given twice in this file"))
        } else if self.is_taken(wanted) || is_counted(wanted) {
            Some(format!("the id `{wanted}` stands in the page already"))
        } else {
            None
        };
        if let Some(message) = message {
            let help = "give each heading and block an id of its own";
            self.report(Rule::DuplicateId, range, message, Some(help.into()));
        }
        self.claim_id(wanted)
    }

    /// Takes an id for a part of a heading or block, making it unique.
    pub fn claim_part_id(&mut self, wanted: &str) -> Box<str> {
        let id: Box<str> = self.free_id(wanted).into();
        self.ids.parts.insert(id.clone());
        id
    }

    fn is_taken(&self, id: &str) -> bool {
        self.lesson.anchors.contains(id) || self.ids.parts.contains(id) || OF_PAGES.contains(&id)
    }

    fn free_id(&mut self, wanted: &str) -> String {
        let mut wanted = wanted.to_owned();
        let mut id = wanted.clone();
        loop {
            if is_counted(&id) {
                wanted = format!("section-{wanted}");
            } else if !self.is_taken(&id) {
                return id;
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
    let Some((name, number)) = id.rsplit_once('-') else {
        return false;
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.split('-').next().unwrap_or("");
    is_number && matches!(name, "t" | "fn" | "fnref")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
