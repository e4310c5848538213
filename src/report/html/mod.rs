//! The reports as a small site: an overview, and a page for each report with its JSON and CSV beside it.
//!
//! In: the values of the reports. Out: outputs. Written by a small typed writer and not by the theme's templates: a reviewer's evidence must not
//! depend on how a curriculum dresses its pages, `report --format html` needs no theme, and the values are not copied into a template's own.
//! No page holds a script or style of its own, so a strict content security policy lets them through; all of it reads without the script.

pub mod change;
pub mod commitments;
pub mod coverage;
pub mod freshness;
pub mod links;
pub mod markup;
mod overview;
mod page;
pub mod places;
pub mod signposts;
pub mod topics;

use std::borrow::Cow;

use crate::model::output::{Content, Deferred, Output};

use super::commitments::CommitmentsReport;
use super::coverage::CoverageReport;
use super::freshness::FreshnessReport;
use super::links::LinksReport;
use super::signposts::SignpostsReport;
use super::topics::TopicsReport;
use super::{Basis, Report, csv, json};

pub use page::{Fragment, alone};
pub use places::{Around, Lists, Places};

/// All reports of a curriculum.
#[derive(Debug)]
pub struct Reports {
    /// Topics against modules.
    pub coverage: CoverageReport,
    /// Statements and their evidence.
    pub commitments: CommitmentsReport,
    /// How often each file names each topic.
    pub topics: TopicsReport,
    /// All links.
    pub links: LinksReport,
    /// Support services.
    pub signposts: SignpostsReport,
    /// Reviews by owner.
    pub freshness: FreshnessReport,
}

impl Reports {
    /// Makes all reports.
    pub fn new(basis: &Basis<'_>) -> Self {
        let ((coverage, topics), (links, (commitments, signposts, freshness))) = rayon::join(
            || (CoverageReport::new(basis), TopicsReport::new(basis)),
            || {
                (
                    LinksReport::new(basis),
                    (
                        CommitmentsReport::new(basis),
                        SignpostsReport::new(basis),
                        FreshnessReport::new(basis),
                    ),
                )
            },
        );
        Self {
            coverage,
            commitments,
            topics,
            links,
            signposts,
            freshness,
        }
    }

    /// Returns the files of the reports' site, their paths from its top.
    pub fn site<'r>(&'r self, basis: &'r Basis<'_>, places: &'r Places<'_>) -> Vec<Deferred<'r>> {
        let mut files: Vec<Deferred<'r>> = vec![
            Box::new(|| output("reports.css", page::STYLE.to_owned())),
            Box::new(|| output("reports.js", page::SCRIPT.to_owned())),
            Box::new(|| page::output("index", overview::fragment(self, basis, places), places)),
        ];
        push_report(&mut files, &self.coverage, places);
        push_report(&mut files, &self.commitments, places);
        push_report(&mut files, &self.topics, places);
        push_report(&mut files, &self.links, places);
        push_report(&mut files, &self.signposts, places);
        push_report(&mut files, &self.freshness, places);
        for topic in &self.coverage.topics {
            files.push(Box::new(|| {
                let fragment = coverage::topic_fragment(topic, places);
                page::output(&format!("coverage-{}", topic.id), fragment, places)
            }));
        }
        files
    }
}

fn push_report<'r, R: Report + Sync>(
    files: &mut Vec<Deferred<'r>>,
    report: &'r R,
    places: &'r Places<'_>,
) {
    files.push(Box::new(|| {
        page::output(R::NAME, report.fragment(places), places)
    }));
    files.push(Box::new(|| {
        output(&format!("{}.json", R::NAME), json(report))
    }));
    files.push(Box::new(|| {
        output(&format!("{}.csv", R::NAME), csv::csv(report.sheet()))
    }));
}

fn output(path: &str, text: String) -> Output {
    Output {
        path: path.into(),
        content: Content::Bytes(Cow::Owned(text.into_bytes())),
    }
}
