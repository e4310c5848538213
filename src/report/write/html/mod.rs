//! Reports as HTML: pages of a small site, or one page that needs no other file.
//!
//! In: documents. Out: HTML, written piece by piece. Written by a small typed writer and not by the theme's templates: a reviewer's evidence must not
//! depend on how a curriculum dresses its pages, `report --format html` needs no theme, and values are not copied into a template's own.
//! All of it reads without the script.

mod body;
mod cells;
mod frame;
mod ink;
mod markup;

use std::io::{self, Write};

use crate::report::data::{Extent, Part, Report};
use crate::report::list::Name;
use crate::report::overview::FirstPage;
use crate::report::places::Places;
use body::Body;
use ink::Ink;

pub use frame::{GENERATOR, SCRIPT, SEARCH, STYLE};
pub use ink::{Frame, Site, Style, part_page};

/// Writes the page of a report; where it stands alone, with all its parts.
///
/// # Errors
///
/// When nothing more can be written.
pub fn report(
    (name, report): (Name, &dyn Report),
    frame: Frame<'_>,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = report.document(Extent::Full);
    let top = (&*document.title, name.question());
    page(top, Ink::new(frame, places), out, |body| {
        body.document(&document)?;
        if frame == Frame::Alone {
            for part in report.parts() {
                body.part(name, &part)?;
            }
        }
        Ok(match frame {
            Frame::Alone => Vec::new(),
            Frame::Site(site) => frame::downloads(site.page, &report.lists()),
        })
    })
}

/// Writes the page of a part of a report.
///
/// # Errors
///
/// When nothing more can be written.
pub fn part(
    part: &Part<'_>,
    frame: Frame<'_>,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = &part.document;
    let top = (&*document.title, part.question);
    page(top, Ink::new(frame, places), out, |body| {
        body.document(document)?;
        Ok(Vec::new())
    })
}

/// Writes the first page of all reports.
///
/// # Errors
///
/// When nothing more can be written.
pub fn first_page(
    first: &FirstPage<'_>,
    frame: Frame<'_>,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    const TOP: (&str, &str) = (
        "Reports for reviewers",
        "How does the training stand today, and what is to be done?",
    );
    page(TOP, Ink::new(frame, places), out, |body| {
        body.figures(&first.figures);
        body.tasks(&first.tasks);
        body.sections(&first.sections)?;
        Ok(Vec::new())
    })
}

/// Writes the page of the one search.
///
/// # Errors
///
/// When nothing more can be written.
pub fn search_page(frame: Frame<'_>, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    const TOP: (&str, &str) = (
        "Search",
        "Do we train on this? Public claims, topics and the text of the lessons.",
    );
    page(TOP, Ink::new(frame, places), out, |body| {
        body.search();
        Ok(Vec::new())
    })
}

/// Writes a page, of its title and the question that it answers, with whatever `content` writes into it, and offers the files that it returns.
fn page<'p>(
    top: (&str, &str),
    ink: Ink<'p>,
    out: &'p mut dyn Write,
    content: impl FnOnce(&mut Body<'p>) -> io::Result<Vec<frame::Download>>,
) -> io::Result<()> {
    let mut body = Body::new(ink, out);
    frame::open(&mut body.ink, top);
    let downloads = content(&mut body)?;
    frame::close(&mut body.ink, &downloads);
    body.flush()
}
