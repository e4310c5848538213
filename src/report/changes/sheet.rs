//! The changes as a sheet: one row for each thing that differs, whatever it is.

use super::value::{Change, ChangesReport, FieldChange, SectionPlace};
use crate::report::cell::{Cell, Spot};
use crate::report::passages::Passage;
use crate::report::table::{Put, Row, Rows, Sheet};

/// A row: what it is about, and how that reads before and now.
#[derive(Default)]
struct Entry<'e> {
    kind: &'static str,
    change: &'e str,
    id: &'e str,
    module: &'e str,
    at: Spot<'e>,
    /// Whether it stood there, and does not any more.
    is_gone: bool,
    what: &'e str,
    before: &'e str,
    after: &'e str,
}

impl Entry<'_> {
    fn put(&self, put: &mut Put<'_>) -> std::io::Result<()> {
        let cells = [
            Cell::text(self.kind),
            Cell::text(self.change),
            Cell::text(self.id),
            Cell::text(self.module),
            Cell::text(self.at.file),
            match self.at.line {
                0 => Cell::text(""),
                line => Cell::number(line),
            },
            Cell::text(self.at.anchor),
            Cell::text(self.what),
            Cell::text(self.before),
            Cell::text(self.after),
        ];
        let row = Row::of(&cells);
        put(if self.at.file.is_empty() {
            row
        } else if self.is_gone {
            row.at(self.at.on_page())
        } else {
            row.at(self.at)
        })
    }

    fn fields(&self, fields: &[FieldChange<'_>], put: &mut Put<'_>) -> std::io::Result<()> {
        for field in fields {
            Entry {
                change: "changed",
                what: field.field,
                before: &field.before,
                after: &field.after,
                ..*self
            }
            .put(put)?;
        }
        Ok(())
    }

    fn sections(&self, sections: &[SectionPlace<'_>], put: &mut Put<'_>) -> std::io::Result<()> {
        for section in sections {
            Entry {
                change: "touched",
                at: Spot::line(section.file, section.line, section.anchor),
                is_gone: section.is_gone,
                what: section.heading,
                ..*self
            }
            .put(put)?;
        }
        Ok(())
    }

    fn passages(&self, passages: &[Passage<'_>], put: &mut Put<'_>) -> std::io::Result<()> {
        for passage in passages {
            Entry {
                before: &passage.before.join(" "),
                after: &passage.after.join(" "),
                ..*self
            }
            .put(put)?;
        }
        Ok(())
    }
}

/// The columns of the changes' rows.
pub const CHANGES: &[&str] = &[
    "kind", "change", "id", "module", "file", "line", "anchor", "what", "before", "after",
];

impl ChangesReport<'_> {
    pub(super) fn rows(&self) -> Sheet<'_> {
        Sheet {
            columns: CHANGES,
            rows: Rows::new(|put| {
                self.readers(put)?;
                self.places(put)?;
                self.claims_and_topics(put)?;
                self.services(put)?;
                self.words(put)
            }),
        }
    }

    fn readers(&self, put: &mut Put<'_>) -> std::io::Result<()> {
        for module in &self.read_again {
            Entry {
                kind: "read-again",
                module: module.module,
                what: &module.reason,
                after: &module.share.to_string(),
                ..Entry::default()
            }
            .put(put)?;
        }
        for page in &self.sign_off_again {
            let day = page.approved_on.map(|day| day.to_string());
            Entry {
                kind: "sign-off-again",
                id: page.reviewer,
                at: Spot::file(page.file),
                what: &page.reason,
                before: &day.unwrap_or_default(),
                ..Entry::default()
            }
            .put(put)?;
        }
        Ok(())
    }

    fn places(&self, put: &mut Put<'_>) -> std::io::Result<()> {
        for cell in &self.coverage {
            let entry = Entry {
                kind: "coverage",
                id: cell.topic,
                module: cell.module,
                ..Entry::default()
            };
            if cell.before != cell.after {
                Entry {
                    change: "status",
                    before: cell.before.map_or("", |status| status.name()),
                    after: cell.after.map_or("", |status| status.name()),
                    ..entry
                }
                .put(put)?;
            }
            for found in &cell.gained {
                let at = Spot {
                    column: 0,
                    ..found.spot()
                };
                Entry {
                    change: "gained",
                    at,
                    what: found.depth.name(),
                    after: &found.text,
                    ..entry
                }
                .put(put)?;
            }
            for found in &cell.lost {
                let at = Spot {
                    column: 0,
                    ..found.spot()
                };
                Entry {
                    change: "lost",
                    at,
                    is_gone: true,
                    what: found.depth.name(),
                    before: &found.text,
                    ..entry
                }
                .put(put)?;
            }
        }
        Ok(())
    }

    fn claims_and_topics(&self, put: &mut Put<'_>) -> std::io::Result<()> {
        for claim in &self.claims {
            let entry = Entry {
                kind: "claim",
                change: claim.change.name(),
                id: claim.id,
                what: claim.text,
                ..Entry::default()
            };
            entry.put(put)?;
            entry.fields(&claim.fields, put)?;
            for (list, change) in [
                (&claim.evidence_gained, "gained"),
                (&claim.evidence_lost, "lost"),
            ] {
                for evidence in list {
                    let (before, after): (&str, &str) = match change {
                        "gained" => ("", &evidence.text),
                        _ => (&evidence.text, ""),
                    };
                    Entry {
                        change,
                        at: evidence.spot(),
                        is_gone: change == "lost",
                        what: &evidence.heading,
                        before,
                        after,
                        ..entry
                    }
                    .put(put)?;
                }
            }
            entry.sections(&claim.sections, put)?;
        }
        for topic in &self.topics {
            let entry = Entry {
                kind: "topic",
                change: topic.change.name(),
                id: topic.id,
                what: topic.name,
                ..Entry::default()
            };
            entry.put(put)?;
            entry.fields(&topic.fields, put)?;
            entry.sections(&topic.sections, put)?;
        }
        Ok(())
    }

    fn services(&self, put: &mut Put<'_>) -> std::io::Result<()> {
        for service in &self.signposts {
            let entry = Entry {
                kind: "signpost",
                change: service.change.name(),
                id: service.id,
                what: service.name,
                ..Entry::default()
            };
            entry.put(put)?;
            entry.fields(&service.fields, put)?;
            for (files, change) in [
                (&service.shown, "gained"),
                (&service.no_longer_shown, "lost"),
            ] {
                for file in files {
                    Entry {
                        change,
                        at: Spot::file(file),
                        ..entry
                    }
                    .put(put)?;
                }
            }
        }
        Ok(())
    }

    fn words(&self, put: &mut Put<'_>) -> std::io::Result<()> {
        for question in &self.questions {
            let entry = Entry {
                kind: "question",
                change: question.change.name(),
                at: Spot::line(question.file, question.line, question.anchor),
                is_gone: question.change == Change::Gone,
                what: question.title,
                ..Entry::default()
            };
            entry.fields(&question.fields, put)?;
            if question.passages.is_empty() && question.fields.is_empty() {
                entry.put(put)?;
            }
            entry.passages(&question.passages, put)?;
        }
        for page in &self.pages {
            let share = page.share.map(|share| share.to_string());
            let entry = Entry {
                kind: "page",
                change: page.change.name(),
                module: page.module,
                at: Spot::file(page.file),
                what: page.title,
                ..Entry::default()
            };
            Entry {
                before: page.from.unwrap_or_default(),
                after: &share.unwrap_or_default(),
                ..entry
            }
            .put(put)?;
            for section in &page.sections {
                Entry {
                    kind: "section",
                    change: section.change.name(),
                    at: Spot::line(page.file, section.line, section.anchor),
                    is_gone: section.change == Change::Gone,
                    what: section.heading,
                    ..entry
                }
                .passages(&section.passages, put)?;
            }
        }
        Ok(())
    }
}
