//! What has changed, in sentences: the old and the new beside each other.

use super::value::{Change, PageChange, SectionChange};
use crate::report::cell::{Cell, Spot, Status, Tone};
use crate::report::data::Section;
use crate::report::passages::Passage;
use crate::report::table::{Layout, Row, Rows, Table};

/// Passages that pages list; where there are more, they are in the CSV and JSON alone.
const MOST: usize = 5_000;

const COLUMNS: [(&str, &str); 3] = [("section", "Section"), ("before", "Before"), ("now", "Now")];

/// Returns a section for each page that says something else.
pub fn of_pages<'r>(pages: &'r [PageChange<'_>]) -> Vec<Section<'r>> {
    let mut left = MOST;
    let mut all = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let count: usize = page
            .sections
            .iter()
            .map(|section| section.passages.len())
            .sum();
        if count == 0 {
            continue;
        }
        let shown = count.min(left);
        left -= shown;
        let id = format!("sentences-{}", index + 1);
        let title = [Cell::text("In sentences: "), Cell::text(page.title)];
        all.push(Section {
            lede: vec![[Cell::Place(Spot::file(page.file))].into()],
            note: if shown < count {
                format!("The table has the first {shown} of {count}: all are in the CSV and JSON of this report.").into()
            } else {
                "".into()
            },
            ..Section::new(id, title, Table::new(COLUMNS, rows(page.file, &page.sections, shown)))
        });
        if left == 0 {
            break;
        }
    }
    all
}

/// Returns the table of what has changed in the sections of one file.
pub fn of_sections<'r>(file: &'r str, sections: &'r [SectionChange<'_>]) -> Table<'r> {
    Table::new(COLUMNS, rows(file, sections, MOST))
}

/// Returns the same where there is little room: an entry for each section, with what it said and says.
pub fn listed<'r>(file: &'r str, sections: &'r [SectionChange<'_>]) -> Table<'r> {
    let rows = Rows::of(sections, move |section| {
        [
            Cell::At(spot_of(file, section), section.heading),
            Cell::status(section.change),
            Cell::List(
                in_cells(&section.passages),
                Status::new("nothing", Tone::Plain),
            ),
        ]
    });
    Table {
        layout: Layout::Entries,
        ..Table::new(["Section", "Change", "What is different"], rows)
    }
}

/// Returns a row for each passage, at most so many.
fn rows<'r>(file: &'r str, sections: &'r [SectionChange<'_>], most: usize) -> Rows<'r> {
    Rows::new(move |put| {
        let passages = sections.iter().flat_map(|section| {
            section
                .passages
                .iter()
                .map(move |passage| (section, passage))
        });
        for (section, passage) in passages.take(most) {
            put(Row::of(&[
                Cell::At(spot_of(file, section), section.heading),
                Cell::text(passage.before.join(" ")),
                Cell::text(passage.after.join(" ")),
            ]))?;
        }
        Ok(())
    })
}

/// Returns where a section stands; one that is gone has no place on its page.
fn spot_of<'r>(file: &'r str, section: &'r SectionChange<'_>) -> Spot<'r> {
    let spot = Spot::line(file, section.line, section.anchor);
    match section.change {
        Change::Gone => spot.on_page(),
        _ => spot,
    }
}

/// Returns passages as cells of a list.
pub fn in_cells<'r>(passages: &'r [Passage<'_>]) -> Vec<Cell<'r>> {
    let said = |passage: &Passage<'_>| {
        let (before, after) = (passage.before.join(" "), passage.after.join(" "));
        Cell::text(match (&*before, &*after) {
            ("", after) => format!("new: “{after}”"),
            (before, "") => format!("gone: “{before}”"),
            (before, after) => format!("was “{before}”, is “{after}”"),
        })
    };
    passages.iter().map(said).collect()
}
