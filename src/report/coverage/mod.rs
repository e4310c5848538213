//! The coverage report: every topic in every module, the depths found and those required.

mod topic;
mod value;

use super::cell::{Cell, Reach, Status, Tone};
use super::data::{Document, Extent, Figure, Overview, Part, Report, Section, Task};
use super::table::{Column, Layout, Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::coverage::CellStatus;

pub use topic::{PLACES, located, place, verdict};
pub use value::{CoverageReport, CoverageSummary, Found, ModuleCell, TopicRow};

/// Modules that stand beside each other on a page: more of them would be cut off on paper.
const ABREAST: usize = 15;

const BRIEF_LEGEND: &str =
    "m mentioned, i introduced, p practised, a assessed; ! a gap, (x) exempt";

const LEGEND: &str = "A requirement is what the register asks of one topic in one module. Each depth leads to its first place in the training; the count leads to \
    the list of all places. Mentioned: the name or a link stands in the text. Introduced: a section or teaching block carries the topic. Practised: \
    learners do something with it. Assessed: a question asks about it.";

impl Report for CoverageReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let CoverageSummary {
            topics,
            modules,
            required,
            met,
            gaps,
            exempt,
        } = self.summary;
        Document {
            subject: "Coverage",
            title: "Coverage: topics in modules".into(),
            since: None,
            lede: format!(
                "{} in {}; {met} of {required} requirements met, {}, {exempt} exempt",
                counted(topics, "topic"),
                counted(modules, "module"),
                counted(gaps, "gap"),
            ),
            remarks: vec![LEGEND.into()],
            sections: match extent {
                Extent::Brief => vec![self.letters(), self.modules(), self.gaps()],
                Extent::Full => {
                    let mut sections = vec![self.gaps()];
                    sections.extend(self.matrices());
                    sections.push(self.exemptions());
                    sections
                }
            },
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "topic", "name", "module", "depth", "kind", "file", "line", "column", "anchor",
                "text",
            ],
            rows: Rows::new(|put| {
                for (topic, module, places) in self.places() {
                    for found in places {
                        let [depth, kind, file, line, column, anchor, text] = located(found);
                        let cells = [
                            Cell::text(&*topic.id),
                            Cell::text(&*topic.name),
                            Cell::text(module),
                            depth,
                            kind,
                            file,
                            line,
                            column,
                            anchor,
                            text,
                        ];
                        put(Row::of(&cells).at(found.spot()))?;
                    }
                }
                Ok(())
            }),
        }
    }

    fn parts(&self) -> Vec<Part<'_>> {
        self.topics.iter().map(topic::part).collect()
    }

    fn overview(&self) -> Overview<'_> {
        Overview {
            figures: vec![Figure {
                part: self.summary.met,
                whole: self.summary.required,
                words: "requirements on topics are met",
            }],
            tasks: vec![Task {
                number: self.summary.gaps,
                noun: "gap",
                rest: " in the coverage",
                anchor: "gaps",
            }],
            sections: vec![self.answers()],
        }
    }
}

impl CoverageReport<'_> {
    /// Returns the matrix as letters, a column for each module.
    fn letters(&self) -> Section<'_> {
        let mut columns: Vec<Column<'_>> = vec![("topic", "Topic").into()];
        columns.extend((1..=self.summary.modules).map(|number| {
            let number = number.to_string();
            Column {
                short: number.clone().into(),
                long: number.into(),
            }
        }));
        let table = Table {
            layout: Layout::Matrix,
            ..Table::new(columns, self.reaches(0, self.summary.modules))
        };
        Section {
            note: BRIEF_LEGEND.into(),
            ..Section::new("matrix", "Depths by module", table)
        }
    }

    /// Returns the modules by their numbers.
    fn modules(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            let modules = self.topics.iter().take(1).flat_map(|topic| &topic.modules);
            for (index, cell) in modules.enumerate() {
                put(Row::of(&[
                    Cell::Number(index + 1),
                    Cell::Module(&cell.module),
                ]))?;
            }
            Ok(())
        });
        let table = Table::new([("no.", "No."), ("module", "Module")], rows);
        Section::new("modules", "Modules", table)
    }

    fn gaps(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for (topic, cell) in self.with(CellStatus::Gap) {
                put(Row::of(&[
                    Cell::Named(&topic.id, &topic.name, topic::whole_list(topic)),
                    Cell::Module(&cell.module),
                    Cell::Depths(&cell.missing, ""),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("topic", "Topic"),
            ("module", "Module"),
            ("missing", "Missing"),
        ];
        let table = Table {
            caption: "What is required and was not found".into(),
            ..Table::new(columns, rows)
        };
        Section {
            without: "There are none: everything that the register requires was found.",
            ..Section::new("gaps", "Gaps", table)
        }
    }

    fn exemptions(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for (topic, cell) in self.with(CellStatus::Exempt) {
                put(Row::of(&[
                    Cell::Named(&topic.id, &topic.name, topic::whole_list(topic)),
                    Cell::Module(&cell.module),
                    Cell::Depths(&cell.missing, ""),
                    Cell::text(&*cell.reason),
                ]))?;
            }
            Ok(())
        });
        let table = Table {
            caption: "What is required but need not be there".into(),
            ..Table::new(["Topic", "Module", "Missing", "Reason"], rows)
        };
        Section::new("exemptions", "Exemptions", table)
    }

    fn with(&self, status: CellStatus) -> impl Iterator<Item = (&TopicRow<'_>, &ModuleCell<'_>)> {
        self.cells().filter(move |(_, cell)| cell.status == status)
    }

    /// Returns the matrix for pages, in as many pieces as it takes for paper.
    fn matrices(&self) -> Vec<Section<'_>> {
        let modules = self.topics.first().map_or(&[][..], |topic| &topic.modules);
        let pieces = modules.chunks(ABREAST).enumerate();
        pieces
            .map(|(index, piece)| self.matrix(index * ABREAST, piece))
            .collect()
    }

    fn matrix<'r>(&'r self, from: usize, modules: &'r [ModuleCell<'r>]) -> Section<'r> {
        let until = from + modules.len();
        let mut columns: Vec<Column<'_>> = vec!["Topic".into()];
        columns.extend(modules.iter().map(|cell| Column {
            short: (&*cell.module).into(),
            long: [Cell::Module(&cell.module)].into(),
        }));
        let table = Table {
            caption: "Depths found of each topic in each module".into(),
            layout: Layout::Matrix,
            ..Table::new(columns, self.reaches(from, until))
        };
        if self.summary.modules <= ABREAST {
            return Section::new("matrix", "Topics in modules", table);
        }
        let title = format!("Topics in modules {} to {until}", from + 1);
        let id = if from == 0 {
            "matrix".to_owned()
        } else {
            format!("matrix-{}", from + 1)
        };
        Section::new(id, title, table)
    }

    /// Returns a row for each topic with what some modules reach.
    fn reaches(&self, from: usize, until: usize) -> Rows<'_> {
        Rows::new(move |put| {
            for topic in &self.topics {
                let name = Cell::Named(&topic.id, &topic.name, topic::whole_list(topic));
                let mut row = vec![name];
                row.extend(
                    topic.modules[from..until]
                        .iter()
                        .map(|cell| reach(topic, cell)),
                );
                put(Row::of(&row))?;
            }
            Ok(())
        })
    }

    /// Returns for each topic whether it is where it must be.
    fn answers(&self) -> Section<'_> {
        let rows = Rows::of(&self.topics, |topic| {
            let gaps = topic.count(&[CellStatus::Gap]);
            let tone = if gaps > 0 { Tone::Poor } else { Tone::Good };
            let answer = Status::new("answer", tone).said(verdict(topic));
            [
                Cell::Named(&topic.id, &topic.name, topic::whole_list(topic)),
                Cell::Status(answer),
                Cell::Number(topic.reached()),
                Cell::Number(topic.places()),
                Cell::Number(gaps),
            ]
        });
        let columns = ["Topic", "Answer", "Modules", "Places", "Gaps"];
        let table = Table {
            caption: "Each topic against what the register requires".into(),
            ..Table::new(columns, rows)
        };
        Section {
            without: "The topic register is empty.",
            ..Section::new("topics", "Is a topic revisited wherever it must be?", table)
        }
    }
}

fn reach<'r>(topic: &'r TopicRow<'_>, cell: &'r ModuleCell<'_>) -> Cell<'r> {
    Cell::Reach(Box::new(Reach {
        depths: &cell.depths,
        first: cell.first_places(),
        places: cell.occurrences.len(),
        list: topic::list(topic, cell),
        required: cell.status,
        status: cell.shown(),
    }))
}
