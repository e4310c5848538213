//! The changes report: what a curriculum says otherwise than it did, whom that concerns, and the sentences.
//!
//! In: two snapshots. Out: coverage, claims, services, topics, questions and pages that differ, in plain words and with places; who has to read again, and who
//! must sign off again. What only moved, or whose links and layout alone are others, has not changed.

mod document;
mod moves;
mod pages;
mod readers;
mod registers;
mod sentences;
mod sheet;
mod value;

use std::collections::HashMap;

use super::change::{CellChange, ChangeReport, ChangeSummary};
use super::coverage::Found;
use super::data::{Document, Extent, Report, SCHEMA};
use super::table::Sheet;
use crate::model::blocks::Depth;

pub use moves::Comparison;
pub use pages::between;
pub use sentences::{listed, of_sections};
pub use sheet::CHANGES;
pub use value::{
    Change, ChangesReport, ChangesSummary, ClaimChange, EarlierSide, FieldChange, PageChange,
    QuestionChange, ReadAgain, SectionChange, SectionPlace, SignOffAgain, SignpostChange,
    TopicChange,
};

impl<'c> ChangesReport<'c> {
    /// Makes the report.
    pub fn new(comparison: &'c Comparison<'c>, earlier: &'c EarlierSide) -> Self {
        let (before, after) = (&comparison.before.coverage, &comparison.after.coverage);
        let coverage = ChangeReport::new(before, after).changes;
        let coverage: Vec<CellChange<'_>> = coverage.into_iter().filter_map(in_meaning).collect();
        let pages = pages::changed(comparison);
        let mut touched = registers::Touched::by(&pages);
        let mut report = Self {
            schema: SCHEMA,
            as_of: comparison.after.as_of,
            since: &earlier.asked,
            earlier,
            summary: ChangesSummary::default(),
            coverage,
            claims: registers::claims(comparison, &mut touched),
            signposts: registers::signposts(comparison),
            topics: registers::topics(comparison, &mut touched),
            questions: registers::questions(comparison),
            read_again: readers::read_again(comparison, &pages),
            sign_off_again: readers::sign_off_again(comparison, &pages),
            pages,
        };
        report.summary = report.count();
        report
    }

    fn count(&self) -> ChangesSummary {
        let pages = |change| {
            self.pages
                .iter()
                .filter(|page| page.change == change)
                .count()
        };
        let coverage = ChangeSummary::of(&self.coverage);
        let says_otherwise = |page: &&PageChange<'_>| match page.change {
            Change::Changed => true,
            Change::Moved => !page.sections.is_empty(),
            _ => false,
        };
        ChangesSummary {
            pages_new: pages(Change::New),
            pages_gone: pages(Change::Gone),
            pages_moved: pages(Change::Moved),
            pages_changed: self.pages.iter().filter(says_otherwise).count(),
            gaps_opened: coverage.gaps_opened,
            gaps_closed: coverage.gaps_closed,
            places_gained: coverage.places_gained,
            places_lost: coverage.places_lost,
            claims: self.claims.len(),
            topics: self.topics.len(),
            questions: self.questions.len(),
            signposts: self.signposts.len(),
            read_again: self.read_again.len(),
            sign_off_again: self.sign_off_again.len(),
        }
    }
}

/// Takes out of a cell the places that are there as before and only read otherwise; returns nothing where that is all.
fn in_meaning(mut cell: CellChange<'_>) -> Option<CellChange<'_>> {
    let count = |places: &[&Found<'_>]| {
        let mut counts: HashMap<_, usize> = HashMap::new();
        for found in places {
            *counts.entry(standing(found)).or_default() += 1;
        }
        counts
    };
    let (mut gained, mut lost) = (count(&cell.gained), count(&cell.lost));
    let without = |places: &mut Vec<&Found<'_>>, others: &mut HashMap<_, usize>| {
        places.retain(|found| match others.get_mut(&standing(found)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        });
    };
    without(&mut cell.gained, &mut lost);
    without(&mut cell.lost, &mut gained);
    let is_same = cell.gained.is_empty() && cell.lost.is_empty() && cell.before == cell.after;
    (!is_same).then_some(cell)
}

/// What makes a place the same one when its sentence was written anew.
fn standing(found: &Found<'_>) -> (String, Depth, String) {
    (found.file.to_string(), found.depth, found.kind.to_string())
}

impl Report for ChangesReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        self.in_words(extent)
    }

    fn sheet(&self) -> Sheet<'_> {
        self.rows()
    }
}
