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

use crate::model::output::{Content, Output};

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
        Self {
            coverage: CoverageReport::new(basis),
            commitments: CommitmentsReport::new(basis),
            topics: TopicsReport::new(basis),
            links: LinksReport::new(basis),
            signposts: SignpostsReport::new(basis),
            freshness: FreshnessReport::new(basis),
        }
    }

    /// Returns the files of the reports' site, their paths from its top.
    pub fn site(&self, basis: &Basis<'_>, around: Around<'_>) -> Vec<Output> {
        let places = Places::new(basis.curriculum, around, Lists::OwnPages);
        let mut outputs = vec![
            output("reports.css", page::STYLE.to_owned()),
            output("reports.js", page::SCRIPT.to_owned()),
            page::output("index", &overview::fragment(self, basis, &places), &places),
        ];
        push_report(&mut outputs, &self.coverage, &places);
        push_report(&mut outputs, &self.commitments, &places);
        push_report(&mut outputs, &self.topics, &places);
        push_report(&mut outputs, &self.links, &places);
        push_report(&mut outputs, &self.signposts, &places);
        push_report(&mut outputs, &self.freshness, &places);
        for topic in &self.coverage.topics {
            let fragment = coverage::topic_fragment(topic, &places);
            let name = format!("coverage-{}", topic.id);
            outputs.push(page::output(&name, &fragment, &places));
        }
        outputs
    }
}

fn push_report<R: Report>(outputs: &mut Vec<Output>, report: &R, places: &Places<'_>) {
    outputs.push(page::output(R::NAME, &report.fragment(places), places));
    outputs.push(output(&format!("{}.json", R::NAME), json(report)));
    outputs.push(output(
        &format!("{}.csv", R::NAME),
        csv::csv(&report.sheet()),
    ));
}

fn output(path: &str, text: String) -> Output {
    Output {
        path: path.into(),
        content: Content::Bytes(Cow::Owned(text.into_bytes())),
    }
}
