//! HTML while it is written, with what it takes to make links: where places stand, and what the page is part of.

use super::markup::Markup;
use crate::report::cell::Target;
use crate::report::list::Name;
use crate::report::places::{Places, push_anchor};

/// What a page is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame<'f> {
    /// Nothing: it needs no other file.
    Alone,
    /// The reports' own site.
    Site(Site<'f>),
}

/// A page of the reports' own site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Site<'f> {
    /// The name of the page's file, without its ending.
    pub page: &'f str,
    /// The reports in the navigation.
    pub reports: &'f [Name],
    /// Where the styles are.
    pub style: Style,
}

/// Where the styles of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// In the page: it keeps its looks where it is saved or sent on its own.
    Inside,
    /// In a file beside it: the strictest policy that a host may set lets it through.
    Beside,
}

/// What cells are written with.
pub struct Ink<'i> {
    /// What was written.
    pub markup: Markup,
    /// Where places stand.
    pub places: &'i Places<'i>,
    /// The anchor of the document that is written: empty where it has the page for itself.
    pub own: String,
    /// What the page is part of.
    pub frame: Frame<'i>,
}

impl<'i> Ink<'i> {
    /// Starts with nothing.
    pub fn new(frame: Frame<'i>, places: &'i Places<'i>) -> Self {
        Self {
            markup: Markup::new(),
            places,
            own: String::new(),
            frame,
        }
    }

    /// Returns where words lead; nothing where that is nowhere from here.
    pub fn href(&self, target: &Target<'_>) -> Option<String> {
        let own_id = |part: &str, id: &str| match (part, id) {
            ("", id) => id.to_owned(),
            (part, "") => part.to_owned(),
            (part, id) => format!("{part}.{id}"),
        };
        let (page, anchor) = match (target, self.frame) {
            (Target::Nowhere, _) | (Target::Report(..), Frame::Alone) => return None,
            (Target::Page(path), _) => return self.places.page(path, ""),
            (Target::Web(address), _) => return Some(address.as_str().to_owned()),
            (Target::Here(anchor), _) => (String::new(), own_id(&self.own, anchor)),
            (Target::Report(report, anchor), Frame::Site(_)) => {
                (format!("{report}.html"), anchor.to_string())
            }
            (Target::Part(report, part, section), Frame::Site(_)) => {
                (part_page(report, part) + ".html", section.to_string())
            }
            (Target::Part(report, part, section), Frame::Alone) => {
                (String::new(), own_id(&part_page(report, part), section))
            }
        };
        let mut href = page;
        push_anchor(&mut href, &anchor);
        Some(href)
    }

    /// Returns the anchor of something in the document that is written.
    pub fn id(&self, id: &str) -> String {
        if self.own.is_empty() {
            id.to_owned()
        } else {
            format!("{}.{id}", self.own)
        }
    }
}

/// Returns the name of a part's page without its ending, and its anchor where it has none.
pub fn part_page(report: &str, part: &str) -> String {
    format!("{report}-{part}")
}
