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

use std::io::{self, Write};

use crate::model::output::Streamed;

use super::commitments::CommitmentsReport;
use super::coverage::CoverageReport;
use super::freshness::FreshnessReport;
use super::links::LinksReport;
use super::signposts::SignpostsReport;
use super::topics::TopicsReport;
use super::{Basis, Report, csv, write_json};

pub use page::{Fragment, alone};
pub use places::{Around, Lists, Places};

/// All reports of a curriculum.
#[derive(Debug)]
pub struct Reports<'c> {
    /// Topics against modules.
    pub coverage: CoverageReport<'c>,
    /// Statements and their evidence.
    pub commitments: CommitmentsReport,
    /// How often each file names each topic.
    pub topics: TopicsReport<'c>,
    /// All links.
    pub links: LinksReport<'c>,
    /// Support services.
    pub signposts: SignpostsReport<'c>,
    /// Reviews by owner.
    pub freshness: FreshnessReport,
}

impl<'c> Reports<'c> {
    /// Makes all reports.
    pub fn new(basis: &Basis<'c>) -> Self {
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
    pub fn site<'r>(&'r self, basis: &'r Basis<'_>, places: &'r Places<'_>) -> Vec<Streamed<'r>> {
        let mut files = vec![
            file("reports.css".into(), |out| {
                out.write_all(page::STYLE.as_bytes())
            }),
            file("reports.js".into(), |out| {
                out.write_all(page::SCRIPT.as_bytes())
            }),
            page_file("index".into(), places, || {
                overview::fragment(self, basis, places)
            }),
        ];
        push_report(&mut files, &self.coverage, places);
        push_report(&mut files, &self.commitments, places);
        push_report(&mut files, &self.topics, places);
        push_report(&mut files, &self.links, places);
        push_report(&mut files, &self.signposts, places);
        push_report(&mut files, &self.freshness, places);
        for topic in &self.coverage.topics {
            let name = format!("coverage-{}", topic.id);
            files.push(page_file(name, places, || {
                coverage::topic_fragment(topic, places)
            }));
        }
        files
    }
}

fn push_report<'r, R: Report + Sync>(
    files: &mut Vec<Streamed<'r>>,
    report: &'r R,
    places: &'r Places<'_>,
) {
    files.push(page_file(R::NAME.to_owned(), places, || {
        report.fragment(places)
    }));
    files.push(file(format!("{}.json", R::NAME), |out| {
        write_json(report, out)
    }));
    files.push(file(format!("{}.csv", R::NAME), |out| {
        csv::write(report.sheet(), out)
    }));
}

fn page_file<'r>(
    name: String,
    places: &'r Places<'_>,
    fragment: impl Fn() -> Fragment + Send + Sync + 'r,
) -> Streamed<'r> {
    file(format!("{name}.html"), move |out| {
        out.write_all(page::page(&name, fragment(), places).as_bytes())
    })
}

fn file<'r>(
    path: String,
    write: impl Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'r,
) -> Streamed<'r> {
    Streamed {
        path: path.into(),
        write: Box::new(write),
    }
}
