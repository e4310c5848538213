//! Gives ids to headings, blocks and their parts: no two in a page are alike, and none is one that the page has of its own.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::audience::Audience;

/// Ids of the default theme's pages that show lessons.
const OF_PAGES: [&str; 14] = [
    "content-note-title",
    "exit-note",
    "lessons-title",
    "main",
    "outcomes-title",
    "page-find",
    "page-support",
    "page-support-title",
    "page-topics",
    "page-words",
    "paths-title",
    "progress-title",
    "route-title",
    "topics-title",
];

/// The ids of a page.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Ids that a link may name, and who sees what they stand on.
    anchors: HashMap<Arc<str>, Audience>,
    /// Ids that no link is meant to name: of titles and options.
    parts: BTreeSet<Arc<str>>,
    /// How often each wanted id was taken already.
    repeats: HashMap<Arc<str>, u32>,
}

impl Ids {
    /// Starts without ids, and with room for those of so many headings and blocks.
    pub fn with_room(count: usize) -> Self {
        Self {
            anchors: HashMap::with_capacity(count),
            ..Self::default()
        }
    }

    /// Takes an id that links may name, making it unique. Nobody else gets it in any edition: an anchor must mean the same in all of them.
    pub fn claim(&mut self, wanted: &str, audience: Audience) -> Arc<str> {
        let id = self.free(wanted);
        self.anchors.insert(Arc::clone(&id), audience);
        id
    }

    /// Takes an id for a part of a heading or block, making it unique.
    pub fn claim_part(&mut self, wanted: &str) -> Arc<str> {
        let id = self.free(wanted);
        self.parts.insert(Arc::clone(&id));
        id
    }

    /// Says who sees what an id stands on.
    pub fn hide(&mut self, id: &str, audience: Audience) {
        if let Some(known) = self.anchors.get_mut(id) {
            *known = audience;
        }
    }

    /// Returns the ids that a link may name.
    pub fn anchors(self) -> HashMap<Arc<str>, Audience> {
        self.anchors
    }

    /// Returns whether an id has been taken for a heading or block.
    pub fn is_given(&self, id: &str) -> bool {
        self.anchors.contains_key(id)
    }

    /// Returns whether nothing in the page has an id or will have it.
    pub fn is_free(&self, id: &str) -> bool {
        !is_counted(id) && !self.is_taken(id)
    }

    fn is_taken(&self, id: &str) -> bool {
        self.is_given(id) || self.parts.contains(id) || OF_PAGES.contains(&id)
    }

    fn free(&mut self, wanted: &str) -> Arc<str> {
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
                let n = self.repeats.entry(wanted.as_str().into()).or_insert(0);
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
