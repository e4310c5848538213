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

pub use frame::{Frame, SCRIPT, STYLE, Site, Style};
pub use ink::part_page;

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
    let mut body = Body::new(Ink::new(frame, places), out);
    frame::open(&mut body.ink.markup, &document.title, frame, places);
    body.document(&document)?;
    if frame == Frame::Alone {
        for part in report.parts() {
            body.part(name, &part)?;
        }
    }
    let downloads = match frame {
        Frame::Alone => Vec::new(),
        Frame::Site(site) => frame::downloads(site.page, &report.lists()),
    };
    frame::close(&mut body.ink.markup, &downloads, places);
    body.flush()
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
    let mut body = Body::new(Ink::new(frame, places), out);
    frame::open(&mut body.ink.markup, &part.document.title, frame, places);
    body.document(&part.document)?;
    frame::close(&mut body.ink.markup, &[], places);
    body.flush()
}

/// Writes the first page of all reports.
///
/// # Errors
///
/// When nothing more can be written.
pub fn first_page(
    page: &FirstPage<'_>,
    frame: Frame<'_>,
    places: &Places<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut body = Body::new(Ink::new(frame, places), out);
    frame::open(&mut body.ink.markup, "Reports for reviewers", frame, places);
    body.figures(&page.figures);
    body.tasks(&page.tasks);
    body.sections(&page.sections)?;
    frame::close(&mut body.ink.markup, &[], places);
    body.flush()
}
