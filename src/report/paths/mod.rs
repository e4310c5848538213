//! The report on paths: what each takes, and whether somebody who takes it meets the topics as deep as the register asks, and the public claims.

mod value;

pub use value::{
    ClaimOnPath, FirstPlace, ModuleRow, PathRow, PathSummary, PathsReport, PathsSummary,
    TopicOnPath,
};

use super::cell::{Cell, Status, Target, Tone};
use super::data::{Document, Extent, Figure, Overview, Part, Report, Section, Task};
use super::table::{Row, Rows, Sheet, Table};
use super::words::{counted, depth_names};
use crate::model::coverage::CellStatus;

const LEGEND: &str = "A topic is met on a path where some page of the path reaches each depth that the register asks of the path, or of a module on it. \
    What is asked of modules that the path leaves out counts only where the register names the path.";

impl Report for PathsReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let summary = self.summary;
        Document {
            subject: "Paths",
            title: "Paths: who takes what, and meets which topics".into(),
            since: None,
            lede: format!(
                "{} through {}; {} of {} requirements met, {}",
                counted(summary.paths, "path"),
                counted(summary.modules, "module"),
                summary.met,
                summary.required,
                counted(summary.gaps, "gap"),
            ),
            remarks: vec![LEGEND.into()],
            sections: match extent {
                Extent::Brief => vec![self.all(extent), self.modules(), self.gaps()],
                Extent::Full => vec![self.gaps(), self.all(extent), self.modules()],
            },
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "path",
                "path_name",
                "kind",
                "id",
                "name",
                "required",
                "depths",
                "missing",
                "status",
                "places",
                "file",
                "line",
                "anchor",
            ],
            rows: Rows::new(|put| {
                for path in &self.paths {
                    for topic in &path.topics {
                        put_topic(path, topic, put)?;
                    }
                    for claim in &path.claims {
                        put_claim(path, claim, put)?;
                    }
                }
                Ok(())
            }),
        }
    }

    fn parts(&self) -> Vec<Part<'_>> {
        self.paths.iter().map(part).collect()
    }

    fn overview(&self) -> Overview<'_> {
        // Where everybody takes the same, the coverage has said it all.
        if self.paths.len() < 2 {
            return Overview::default();
        }
        Overview {
            figures: vec![Figure {
                part: self.summary.met,
                whole: self.summary.required,
                words: "requirements on topics are met on their paths",
            }],
            tasks: vec![Task {
                number: self.summary.gaps,
                noun: "gap",
                rest: " on paths",
                anchor: "gaps",
            }],
            sections: Vec::new(),
        }
    }
}

fn put_topic(
    path: &PathRow<'_>,
    topic: &TopicOnPath<'_>,
    put: &mut super::table::Put<'_>,
) -> std::io::Result<()> {
    let deepest = topic.first.last().map(|first| first.at);
    let cells = [
        Cell::text(path.id),
        Cell::text(path.name),
        Cell::text("topic"),
        Cell::text(topic.id),
        Cell::text(topic.name),
        Cell::text(depth_names(&topic.required)),
        Cell::text(depth_names(&topic.depths)),
        Cell::text(depth_names(&topic.missing)),
        Cell::text(topic.status.name()),
        Cell::number(topic.places),
        Cell::text(deepest.map_or("", |at| at.file)),
        deepest.map_or(Cell::text(""), |at| Cell::number(at.line)),
        Cell::text(deepest.map_or("", |at| at.anchor)),
    ];
    put(row(&cells, deepest.map(|at| at.spot())))
}

fn put_claim(
    path: &PathRow<'_>,
    claim: &ClaimOnPath<'_>,
    put: &mut super::table::Put<'_>,
) -> std::io::Result<()> {
    let first = claim.first;
    let cells = [
        Cell::text(path.id),
        Cell::text(path.name),
        Cell::text("claim"),
        Cell::text(claim.id),
        Cell::text(claim.text),
        Cell::text(""),
        Cell::text(claim.depth.map_or("", |depth| depth.name())),
        Cell::text(""),
        Cell::text(claim.status().name),
        Cell::Number(claim.places),
        Cell::text(first.map_or("", |at| at.file)),
        first.map_or(Cell::text(""), |at| Cell::number(at.line)),
        Cell::text(first.map_or("", |at| at.anchor)),
    ];
    put(row(&cells, first.map(|at| at.spot())))
}

fn row<'r>(cells: &'r [Cell<'r>], spot: Option<super::cell::Spot<'r>>) -> Row<'r> {
    let row = Row::of(cells);
    spot.map_or(row, |spot| row.at(spot))
}

impl PathsReport<'_> {
    /// Returns a row for each path.
    fn all(&self, extent: Extent) -> Section<'_> {
        let rows = Rows::of(&self.paths, move |path| {
            let summary = path.summary;
            let list = match extent {
                Extent::Brief => Target::Nowhere,
                Extent::Full => Target::Part("paths", path.id, "".into()),
            };
            [
                Cell::Named(path.id, path.name, list),
                Cell::text(path.serves),
                Cell::Number(summary.modules),
                Cell::Number(summary.lessons),
                Cell::number(summary.minutes),
                Cell::Share(summary.met, summary.required),
                Cell::Number(summary.gaps),
                Cell::Share(summary.evidenced, summary.claims),
            ]
        });
        let columns = [
            ("path", "Path"),
            ("for", "For"),
            ("modules", "Modules"),
            ("lessons", "Lessons"),
            ("minutes", "Minutes"),
            ("topics", "Topics met"),
            ("gaps", "Gaps"),
            ("claims", "Claims met"),
        ];
        Section::new("paths", "Paths", Table::new(columns, rows))
    }

    /// Returns which modules each path takes.
    fn modules(&self) -> Section<'_> {
        let rows = Rows::of(&self.paths, |path| {
            [
                Cell::Named(path.id, path.name, Target::Nowhere),
                names(path.modules.iter().map(|taken| taken.module)),
                names(path.left_out.iter().copied()),
            ]
        });
        let columns = [
            ("path", "Path"),
            ("takes", "Takes"),
            ("leaves out", "Leaves out"),
        ];
        Section::new("modules", "Modules of each path", Table::new(columns, rows))
    }

    fn gaps(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for (path, topic) in self.topics() {
                if topic.status == CellStatus::Gap {
                    put(Row::of(&[
                        Cell::Named(
                            path.id,
                            path.name,
                            Target::Part("paths", path.id, "".into()),
                        ),
                        Cell::Named(topic.id, topic.name, whole(topic)),
                        Cell::Depths(&topic.missing, ""),
                        Cell::Depths(&topic.depths, "nothing"),
                    ]))?;
                }
            }
            Ok(())
        });
        let columns = [
            ("path", "Path"),
            ("topic", "Topic"),
            ("missing", "Missing"),
            ("found", "Found"),
        ];
        let table = Table {
            caption: "What is required on a path and was not found on it".into(),
            ..Table::new(columns, rows)
        };
        Section {
            without: "There are none: everything that is required on a path was found on it.",
            ..Section::new("gaps", "Gaps", table)
        }
    }
}

fn names<'r>(modules: impl Iterator<Item = &'r str>) -> Cell<'r> {
    let none = Status::new("nothing", Tone::Plain);
    Cell::List(modules.map(Cell::Module).collect(), none)
}

/// Returns where all places of a topic are listed.
fn whole<'r>(topic: &TopicOnPath<'r>) -> Target<'r> {
    Target::Part("coverage", topic.id, "".into())
}

/// Returns what there is to know about a path.
fn part<'r>(path: &'r PathRow<'_>) -> Part<'r> {
    let PathSummary {
        modules,
        lessons,
        minutes,
        required,
        met,
        gaps,
        claims,
        evidenced,
    } = path.summary;
    Part {
        name: path.id,
        question: "What does somebody on this path take, and which topics and claims do they meet?",
        document: Document {
            subject: "Paths",
            title: path.name.into(),
            since: None,
            lede: format!(
                "{}, {}, {minutes} minutes; {met} of {required} requirements met, {}; {evidenced} of {} borne out",
                counted(modules, "module"),
                counted(lessons, "lesson"),
                counted(gaps, "gap"),
                counted(claims, "public claim"),
            ),
            remarks: vec![path.serves.into(), LEGEND.into()],
            sections: vec![of_modules(path), of_topics(path), of_claims(path)],
        },
    }
}

fn of_modules<'r>(path: &'r PathRow<'_>) -> Section<'r> {
    let rows = Rows::of(&path.modules, |taken| {
        let extent = if taken.whole { "whole" } else { "in part" };
        [
            Cell::Module(taken.module),
            Cell::Number(taken.lessons),
            Cell::text(extent),
        ]
    });
    let table = Table::new(["Module", "Lessons", "Taken"], rows);
    Section::new("modules", "What it takes", table)
}

fn of_topics<'r>(path: &'r PathRow<'_>) -> Section<'r> {
    let rows = Rows::of(&path.topics, |topic| {
        let places = topic.first.iter().rev();
        let places = places.map(|first| Cell::At(first.at.spot(), first.depth.name()));
        [
            Cell::Named(topic.id, topic.name, whole(topic)),
            Cell::Status(topic.shown()),
            Cell::Depths(&topic.required, "nothing"),
            Cell::List(places.collect(), Status::new("nothing", Tone::Plain)),
            Cell::number(topic.modules),
            Cell::number(topic.places),
        ]
    });
    let columns = ["Topic", "Answer", "Required", "Found", "Modules", "Places"];
    let table = Table {
        caption: "Each topic on this path; each depth leads to its first place".into(),
        ..Table::new(columns, rows)
    };
    Section::new("topics", "Does this path meet a topic?", table)
}

fn of_claims<'r>(path: &'r PathRow<'_>) -> Section<'r> {
    let rows = Rows::of(&path.claims, |claim| {
        let anchor = Target::Report("commitments", format!("claim-{}", claim.id).into());
        [
            Cell::Link(claim.id.into(), anchor),
            Cell::text(claim.text),
            Cell::Status(claim.status()),
            match claim.first {
                Some(at) => Cell::Place(at.spot()),
                None => Cell::text(""),
            },
        ]
    });
    let columns = ["Claim", "What is claimed", "Answer", "First place"];
    let table = Table {
        caption: "Each public claim that holds today, on this path; the deepest evidence first"
            .into(),
        ..Table::new(columns, rows)
    };
    Section::new("claims", "Does this path bear out a claim?", table)
}

impl TopicOnPath<'_> {
    /// Returns the status with what it means here.
    fn shown(&self) -> Status<'_> {
        let (words, tone) = match self.status {
            CellStatus::Met => ("Yes".into(), Tone::Good),
            CellStatus::Gap => (
                format!("No: not {}", depth_names(&self.missing)),
                Tone::Poor,
            ),
            _ => ("Nothing required".into(), Tone::Plain),
        };
        Status::new(self.status.name(), tone).said(words)
    }
}

impl ClaimOnPath<'_> {
    /// Returns whether the path bears it out, and how deep. Nobody asks that of every path, so that it is no fault where one does not.
    fn status(&self) -> Status<'static> {
        match self.depth {
            Some(depth) => Status::new("met", Tone::Good).said(format!("Yes: {}", depth.name())),
            None => Status::new("none", Tone::Plain).said("Not on this path"),
        }
    }
}
