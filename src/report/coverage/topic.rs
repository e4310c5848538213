//! The places of one topic, module by module.

use std::borrow::Cow;

use super::value::{Found, ModuleCell, TopicRow};
use crate::model::coverage::CellStatus;
use crate::report::cell::{Cell, Line, Spot, Target};
use crate::report::data::{Document, Part, Section};
use crate::report::table::{Row, Rows, Table};
use crate::report::words::counted;

/// Places of a topic that pages list; where there are more, they list the deepest of each module.
const MOST: usize = 1_000;

const STANDING: [CellStatus; 3] = [CellStatus::Met, CellStatus::Gap, CellStatus::Exempt];

/// The columns of a table of places.
pub const PLACES: [&str; 4] = ["Place", "What it says", "Depth", "Kind"];

/// Returns the answer to "is this topic where it must be?".
pub fn verdict(topic: &TopicRow<'_>) -> String {
    let required = topic.count(&STANDING);
    let met = topic.count(&[CellStatus::Met]);
    let gaps = topic.count(&[CellStatus::Gap]);
    let exempt = topic.count(&[CellStatus::Exempt]);
    let reached = format!(
        "found in {} of {}",
        topic.reached(),
        counted(topic.modules.len(), "module")
    );
    if required == 0 {
        return format!("Nothing required; {reached}");
    }
    let mut answer = if gaps == 0 { "Yes" } else { "No" }.to_owned();
    answer.push_str(&format!(
        ": in {met} of {}",
        counted(required, "required module")
    ));
    if gaps > 0 {
        answer.push_str(&format!(", {}", counted(gaps, "gap")));
    }
    if exempt > 0 {
        answer.push_str(&format!(", {exempt} exempt"));
    }
    format!("{answer}; {reached}")
}

/// Returns where the places of a topic in a module are listed.
pub fn list<'t>(topic: &'t TopicRow<'_>, cell: &ModuleCell<'_>) -> Target<'t> {
    if cell.occurrences.is_empty() {
        Target::Nowhere
    } else {
        Target::Part("coverage", &topic.id, section_id(cell).into())
    }
}

/// Returns where a topic's places are listed.
pub fn whole_list<'t>(topic: &'t TopicRow<'_>) -> Target<'t> {
    Target::Part("coverage", &topic.id, "".into())
}

fn section_id(cell: &ModuleCell<'_>) -> String {
    format!("in-{}", cell.module)
}

/// Returns what there is to know about a topic.
pub fn part<'r>(topic: &'r TopicRow<'_>) -> Part<'r> {
    let page = Target::Page(format!("topics/{}.html", topic.id).into());
    let mut links = vec![Cell::Link("The topic's page in the training".into(), page)];
    if let Some(home) = &topic.home {
        links.push(Cell::text(". Taught fully in "));
        links.push(Cell::Place(Spot::file(home)));
    }
    let places = topic.places();
    let of_each = if places > MOST {
        (MOST / topic.reached().max(1)).max(1)
    } else {
        MOST
    };
    let found = topic
        .modules
        .iter()
        .filter(|cell| !cell.occurrences.is_empty());
    let mut sections = vec![by_module(topic)];
    sections.extend(found.map(|cell| {
        let title = Cell::Module(&cell.module);
        places_in((section_id(cell), title), &cell.occurrences, of_each)
    }));
    if !topic.outside.is_empty() {
        let title = Cell::text("Pages that belong to no module");
        sections.push(places_in(
            ("outside".into(), title),
            &topic.outside,
            of_each,
        ));
    }
    Part {
        name: &topic.id,
        question: "Do we train on this topic, where, and how deeply?",
        document: Document {
            subject: "Coverage",
            title: (&*topic.name).into(),
            since: None,
            lede: verdict(topic),
            remarks: vec![(&*topic.definition).into(), Line(links)],
            sections,
        },
    }
}

fn by_module<'r>(topic: &'r TopicRow<'_>) -> Section<'r> {
    let rows = Rows::of(&topic.modules, move |cell| {
        [
            Cell::Module(&cell.module),
            Cell::Status(cell.shown()),
            Cell::Depths(&cell.required, "nothing"),
            Cell::Depths(&cell.depths, "nothing"),
            Cell::Link(cell.occurrences.len().to_string().into(), list(topic, cell)),
        ]
    });
    let columns = ["Module", "Status", "Required", "Found", "Places"];
    Section::new("by-module", "By module", Table::new(columns, rows))
}

/// Returns the places of a topic in a module, at most so many of them.
fn places_in<'r>(
    (id, title): (String, Cell<'r>),
    places: &'r [Found<'_>],
    most: usize,
) -> Section<'r> {
    let count = places.len();
    let rows = Rows::new(move |put| {
        let mut found: Vec<&Found<'_>> = places.iter().collect();
        // The sort is stable: places of one depth stay in reading order.
        found.sort_by_key(|found| std::cmp::Reverse(found.depth));
        for found in found.into_iter().take(most) {
            put(Row::of(&place(found)))?;
        }
        Ok(())
    });
    let note: Cow<'_, str> = if count > most {
        format!("The table has the deepest {most} of {count}: all are in the CSV and JSON of this report.")
            .into()
    } else {
        "".into()
    };
    Section {
        note,
        ..Section::new(
            id,
            [title, Cell::text(format!(": {}", counted(count, "place")))],
            Table::new(PLACES, rows),
        )
    }
}

/// Returns a place of a topic as cells.
pub fn place<'r>(found: &'r Found<'_>) -> [Cell<'r>; 4] {
    [
        Cell::Place(found.spot()),
        Cell::text(&*found.text),
        Cell::Depth(found.depth),
        Cell::text(&*found.kind),
    ]
}

/// Returns what the CSV says of a place, as programs read it.
pub fn located<'r>(found: &'r Found<'_>) -> [Cell<'r>; 7] {
    [
        Cell::Depth(found.depth),
        Cell::text(&*found.kind),
        Cell::text(&*found.file),
        Cell::number(found.line),
        Cell::number(found.column),
        Cell::text(&*found.anchor),
        Cell::text(&*found.text),
    ]
}
