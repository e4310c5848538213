//! A pack as people read it, and as rows.

use super::value::{Entry, Pack, Proof};
use crate::report::cell::{Cell, Line, Status, Tone};
use crate::report::data::{Document, Extent, Report, Section};
use crate::report::table::{Row, Rows, Sheet, Table};
use crate::report::words::counted;

/// The columns of a pack's rows.
pub const COLUMNS: &[&str] = &[
    "kind",
    "id",
    "text",
    "statement",
    "source",
    "answered_on",
    "status",
    "answer",
    "as_of",
    "depth",
    "quote",
    "limits",
    "heading",
    "module",
    "file",
    "line",
    "anchor",
    "expects",
    "limits_overall",
];

/// Columns by which the rows of a pack are known again; those behind them differ between versions.
pub const FIRST_COLUMNS: &[&str] = COLUMNS.split_at(9).0;

impl Report for Pack<'_> {
    fn document(&self, _: Extent) -> Document<'_> {
        let yes = self.entries.iter().filter(|entry| entry.holds).count();
        Document {
            subject: "Pack",
            title: self.title.as_str().into(),
            since: None,
            lede: match &self.entries[..] {
                [entry] => entry.answer.clone(),
                all => format!(
                    "{}, {yes} of them with the answer yes",
                    counted(all.len(), noun(all))
                ),
            },
            remarks: Vec::new(),
            sections: self.entries.iter().map(section).collect(),
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: COLUMNS,
            rows: Rows::new(|put| {
                for entry in &self.entries {
                    for proof in &entry.evidence {
                        put(Row::of(&self.row(entry, Some(proof))).at(proof.spot()))?;
                    }
                    if entry.evidence.is_empty() {
                        put(Row::of(&self.row(entry, None)))?;
                    }
                }
                Ok(())
            }),
        }
    }
}

impl Pack<'_> {
    /// Returns a row; what nothing shows has one, too.
    fn row<'r>(&self, entry: &'r Entry<'_>, proof: Option<&'r Proof<'_>>) -> [Cell<'r>; 19] {
        let said = entry.statement;
        let overall = entry.limits.join("; ");
        let of = |value: fn(&'r Proof<'_>) -> &'r str| Cell::text(proof.map_or("", value));
        [
            Cell::text(entry.kind),
            Cell::text(&*entry.id),
            Cell::text(&*entry.text),
            Cell::text(said.map_or("", |said| said.title)),
            Cell::text(said.map_or("", |said| said.source)),
            Cell::Date(said.and_then(|said| said.answered_on), ""),
            Cell::text(said.map_or("", |said| said.status)),
            Cell::text(&*entry.answer),
            Cell::Date(Some(self.as_of), ""),
            of(|proof| proof.depth),
            of(|proof| &proof.quote),
            match proof {
                Some(proof) => Cell::text(&*proof.limits),
                // What nothing shows is limited as a whole.
                None => Cell::text(overall.clone()),
            },
            of(|proof| &proof.heading),
            of(|proof| proof.module),
            of(|proof| &proof.file),
            proof.map_or(Cell::text(""), |proof| Cell::number(proof.line)),
            of(|proof| &proof.anchor),
            Cell::text(entry.expects),
            Cell::text(overall),
        ]
    }
}

fn noun(entries: &[Entry<'_>]) -> &'static str {
    entries.first().map_or("claim", |entry| entry.kind)
}

fn section<'r>(entry: &'r Entry<'_>) -> Section<'r> {
    let listed = &entry.evidence[..entry.evidence.len() - entry.further];
    let has_limits = listed.iter().any(|proof| !proof.limits.is_empty());
    let rows = Rows::new(move |put| {
        for proof in listed {
            let mut cells = vec![Cell::text(proof.depth), Cell::text(&*proof.quote)];
            if has_limits {
                cells.push(Cell::text(&*proof.limits));
            }
            cells.push(Cell::Module(proof.module));
            cells.push(Cell::Lesson(proof.spot(), (&*proof.heading).into()));
            cells.push(Cell::Address(proof.spot()));
            put(Row::of(&cells))?;
        }
        Ok(())
    });
    let mut columns = vec!["Depth", "What it says", "Module", "Lesson", "Address"];
    if has_limits {
        columns.insert(2, "Limits");
    }
    let further = match entry.further {
        0 => String::new(),
        number => format!(
            "{} more are in the CSV and XLSX of this pack.",
            counted(number, "place")
        ),
    };
    Section {
        lede: lede(entry),
        without: "Nothing in the training shows it.",
        note: further.into(),
        ..Section::new(
            format!("{}-{}", entry.kind, entry.id),
            entry.heading.as_str(),
            Table::new(columns, rows),
        )
    }
}

/// Says what was said, the answer, and the limits.
fn lede<'r>(entry: &'r Entry<'_>) -> Vec<Line<'r>> {
    let tone = if entry.holds { Tone::Good } else { Tone::Poor };
    let answer = Status::new("answer", tone).said(entry.answer.as_str());
    let mut lines = vec![Line(vec![Cell::Status(answer)])];
    match &entry.statement {
        Some(said) => {
            lines.push(
                [
                    Cell::text(format!(
                        "Part of “{}” ({}), answered ",
                        said.title, said.body
                    )),
                    Cell::Date(said.answered_on, "on a day that the register does not have"),
                    Cell::text("."),
                ]
                .into(),
            );
            lines.push(Line(vec![Cell::text(said.source)]));
        }
        None => lines.push((&*entry.text).into()),
    }
    lines.extend(
        entry
            .limits
            .iter()
            .map(|limit| format!("Limits: {limit}").into()),
    );
    lines
}
