//! Cells as HTML.

use super::ink::Ink;
use super::markup::Markup;
use crate::model::coverage::CellStatus;
use crate::report::cell::{Cell, Reach, Spot, Status, Target, Tone};
use crate::report::places::title;
use crate::report::words::{counted, depth_names, long_date, percent};

/// Opens the cell of a table: numbers stand at its end, and what sorts otherwise than it reads says how.
pub fn open(markup: &mut Markup, cell: &Cell<'_>) {
    match cell {
        Cell::Number(_) => markup.raw("<td class=\"number\">"),
        Cell::Share(part, whole) => {
            let sort = (*part as f64 / (*whole).max(1) as f64).to_string();
            markup.open("td", &[("class", "number"), ("data-sort", &sort)])
        }
        Cell::Percent(share) => {
            let sort = share.to_string();
            markup.open("td", &[("class", "number"), ("data-sort", &sort)])
        }
        Cell::Date(date, _) => {
            let sort = date.map_or_else(|| "0".to_owned(), |date| date.to_string());
            markup.open("td", &[("data-sort", &sort)])
        }
        Cell::Code(_) => markup.raw("<td class=\"place\">"),
        Cell::Noted(..) => markup.raw("<td class=\"wide\">"),
        Cell::List(cells, _) => {
            let sort = cells.len().to_string();
            markup.open("td", &[("class", "list"), ("data-sort", &sort)])
        }
        Cell::Folded(_, cells, _) => {
            let sort = cells.len().to_string();
            markup.open("td", &[("data-sort", &sort)])
        }
        Cell::Reach(reach) => {
            let sort = reach.places.to_string();
            let mut attributes = vec![("data-sort", sort.as_str())];
            if reach.required == CellStatus::Gap {
                attributes.push(("class", "gap"));
            }
            markup.open("td", &attributes)
        }
        _ => markup.raw("<td>"),
    };
}

/// Writes what a cell says.
pub fn write(ink: &mut Ink<'_>, cell: &Cell<'_>) {
    match cell {
        Cell::Text(text) => {
            ink.markup.text(text);
        }
        Cell::Noted(text, note) => {
            ink.markup.text(text);
            if !note.is_empty() {
                ink.markup.element("p", &[("class", "quiet")], note);
            }
        }
        Cell::Code(text) => {
            ink.markup.element("code", &[], text);
        }
        Cell::Number(number) => number_of(&mut ink.markup, *number),
        Cell::Share(part, whole) => {
            ink.markup.text(&format!("{part} of {whole}"));
        }
        Cell::Percent(share) => {
            ink.markup.text(&percent(*share));
        }
        Cell::Date(Some(date), _) => {
            ink.markup.text(&long_date(*date));
        }
        Cell::Date(None, without) | Cell::Depths([], without) => {
            ink.markup.text(without);
        }
        Cell::Depth(depth) => {
            let name = depth.name();
            for part in ["<span class=\"depth depth-", name, "\">", name, "</span>"] {
                ink.markup.raw(part);
            }
        }
        Cell::Depths(depths, _) => {
            ink.markup.text(&depth_names(depths));
        }
        Cell::Status(status) => status_of(&mut ink.markup, status),
        Cell::Module(name) => {
            let module = ink.places.module(name);
            ink.markup.text(&module);
        }
        Cell::Named(_, words, target) => link(ink, words, target),
        Cell::Link(words, target) => link(ink, words, target),
        Cell::Place(spot) => place(ink, *spot, ""),
        Cell::At(spot, words) => {
            let href = ink.places.place(*spot);
            ink.markup.maybe_link(href.as_deref(), words);
        }
        Cell::Lesson(spot, heading) => {
            let words = ink.places.lesson(*spot, heading);
            let href = ink.places.place(*spot);
            ink.markup.maybe_link(href.as_deref(), &words);
        }
        Cell::Address(spot) => {
            let document = ink.places.document(spot.file);
            let address = document.map(|document| ink.places.address(document, spot.anchor));
            ink.markup.raw("<span class=\"place\">");
            ink.markup.text(&address.unwrap_or_default()).raw("</span>");
        }
        Cell::Quote(spot, heading, text) => {
            place(ink, *spot, heading);
            ink.markup.raw(" <q>").text(text).raw("</q>");
        }
        Cell::Parts(cells) => {
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    ink.markup.raw(" ");
                }
                write(ink, cell);
            }
        }
        Cell::List(cells, none) => list(ink, cells, none),
        Cell::Folded(summary, cells, none) if !cells.is_empty() => {
            ink.markup.raw("<details>").element("summary", &[], summary);
            list(ink, cells, none);
            ink.markup.raw("</details>");
        }
        Cell::Folded(_, _, none) => status_of(&mut ink.markup, none),
        Cell::Reach(reach) => reach_of(ink, reach),
    }
}

fn link(ink: &mut Ink<'_>, words: &str, target: &Target<'_>) {
    match (ink.href(target), target) {
        (Some(href), Target::Web(_)) => {
            let attributes = [
                ("class", "external"),
                ("rel", "noreferrer"),
                ("href", &href),
            ];
            ink.markup.element("a", &attributes, words);
        }
        (href, _) => {
            ink.markup.maybe_link(href.as_deref(), words);
        }
    }
}

fn number_of(markup: &mut Markup, number: usize) {
    markup.raw(itoa::Buffer::new().format(number));
}

/// Writes a status as a word that is also set apart by its look.
fn status_of(markup: &mut Markup, status: &Status<'_>) {
    let class = match status.tone {
        Tone::Good => "good",
        Tone::Fair => "fair",
        Tone::Poor => "poor",
        Tone::Plain => {
            markup.text(&status.words);
            return;
        }
    };
    markup.element("span", &[("class", class)], &status.words);
}

/// Writes a place: the lesson's title, as a link to where the place stands in the site, and where it stands in the source.
fn place(ink: &mut Ink<'_>, spot: Spot<'_>, heading: &str) {
    let href = ink.places.place(spot);
    if let Some(document) = ink.places.document(spot.file) {
        let name = title(document);
        if heading.is_empty() {
            ink.markup.maybe_link(href.as_deref(), name);
        } else {
            let words = format!("{name}: {heading}");
            ink.markup.maybe_link(href.as_deref(), &words);
        }
        ink.markup.raw(" ");
    }
    ink.markup.raw("<span class=\"place\">").text(spot.file);
    for number in [spot.line, spot.column] {
        if number > 0 {
            ink.markup.raw(":");
            number_of(&mut ink.markup, number as usize);
        }
    }
    ink.markup.raw("</span>");
}

fn list(ink: &mut Ink<'_>, cells: &[Cell<'_>], none: &Status<'_>) {
    if cells.is_empty() {
        status_of(&mut ink.markup, none);
        return;
    }
    ink.markup.raw("<ul>");
    for cell in cells {
        ink.markup.raw("<li>");
        write(ink, cell);
        ink.markup.close("li");
    }
    ink.markup.raw("</ul>");
}

/// Writes the depths that a module reaches, the deepest first, and how many places there are.
fn reach_of(ink: &mut Ink<'_>, reach: &Reach<'_>) {
    if reach.places == 0 {
        ink.markup.raw("<span class=\"quiet\">not here</span>");
    }
    for (depth, spot) in &reach.first {
        let name = depth.name();
        let href = ink.places.place(*spot);
        let class = format!("depth depth-{name}");
        match href {
            Some(href) => {
                let attributes = [("class", class.as_str()), ("href", &href)];
                ink.markup.element("a", &attributes, name)
            }
            None => ink.markup.element("span", &[("class", &class)], name),
        };
    }
    if let Some(href) = ink.href(&reach.list) {
        let count = counted(reach.places, "place");
        ink.markup
            .element("a", &[("class", "count"), ("href", &href)], &count);
    }
    if matches!(reach.required, CellStatus::Gap | CellStatus::Exempt) {
        status_of(&mut ink.markup, &reach.status);
    }
}
