//! The reports as a small site: an overview, and a page for each report and each of its parts, with JSON and CSV beside it.
//!
//! In: all reports. Out: files that are written when they are asked for.

use std::io::{self, Write};

use rayon::prelude::*;

use super::approved::AsApproved;
use super::basis::Basis;
use super::data::{Report, Spacing};
use super::list::{Name, Readers};
use super::overview;
use super::places::Places;
use super::reviews::ReviewsReport;
use super::search;
use super::write::csv;
use super::write::html::{self, Frame, SCRIPT, SEARCH, STYLE, Site, Style};
use crate::model::output::Streamed;

/// All reports that somebody may read.
pub struct Reports<'c> {
    names: Vec<Name>,
    reports: Vec<(Name, Box<dyn Report + Send + 'c>)>,
}

impl<'c> Reports<'c> {
    /// Makes all reports that these readers may read; `approved` has the pages that have changed since they were signed off.
    pub fn new(basis: &Basis<'c>, readers: Readers, approved: &'c [AsApproved]) -> Self {
        let may_read =
            |name: &Name| readers == Readers::Reviewers || name.readers() == Readers::Everyone;
        let names: Vec<Name> = Name::ALL.iter().copied().filter(may_read).collect();
        let made = names.par_iter();
        let made = made.filter_map(|name| {
            let report = match name {
                Name::Reviews => Box::new(ReviewsReport::new(basis).with(approved)),
                name => name.make(basis)?,
            };
            Some((*name, report))
        });
        let reports: Vec<(Name, Box<dyn Report + Send + 'c>)> = made.collect();
        Self {
            names: reports.iter().map(|(name, _)| *name).collect(),
            reports,
        }
    }

    /// Returns the files of the site, their paths from its top.
    pub fn site<'r>(
        &'r self,
        basis: &'r Basis<'_>,
        places: &'r Places<'_>,
        style: Style,
    ) -> Vec<Streamed<'r>> {
        let mut files = vec![
            file("reports.js".into(), |out| out.write_all(SCRIPT.as_bytes())),
            file("index.html".into(), move |out| {
                let page = overview::first_page(&self.reports, basis);
                html::first_page(&page, self.frame("index", style), places, out)
            }),
            file("search.js".into(), |out| out.write_all(SEARCH.as_bytes())),
            file("search-index.js".into(), move |out| {
                search::write(basis, places, out)
            }),
            file("search.html".into(), move |out| {
                html::search_page(self.frame("search", style), places, out)
            }),
        ];
        if style == Style::Beside {
            files.push(file("reports.css".into(), |out| {
                out.write_all(STYLE.as_bytes())
            }));
        }
        for (name, report) in &self.reports {
            let (name, id, report) = (*name, name.id(), report.as_ref());
            files.push(file(format!("{id}.html"), move |out| {
                html::report((name, report), self.frame(id, style), places, out)
            }));
            files.push(file(format!("{id}.json"), move |out| {
                report.write_json(out, Spacing::Compact)
            }));
            files.push(file(format!("{id}.csv"), move |out| {
                csv::write(&report.sheet(), places, out)
            }));
            for list in report.lists() {
                let path = format!("{id}-{}.csv", list.name);
                files.push(file(path, move |out| csv::write(&list.sheet, places, out)));
            }
            for part in report.parts() {
                let page = html::part_page(id, part.name);
                files.push(file(format!("{page}.html"), move |out| {
                    html::part(&part, self.frame(&page, style), places, out)
                }));
            }
        }
        files
    }

    fn frame<'f>(&'f self, page: &'f str, style: Style) -> Frame<'f> {
        Frame::Site(Site {
            page,
            reports: &self.names,
            style,
        })
    }
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
