//! The changes in plain words, with places: those first that ask somebody to do something.

use super::sentences;
use super::value::{Change, ChangesReport, ChangesSummary, FieldChange, PageChange, SectionPlace};
use crate::report::cell::{Cell, Spot, Status, Target, Tone};
use crate::report::data::{Document, Extent, Section};
use crate::report::snapshot::Evidence;
use crate::report::table::{Layout, Put, Row, Rows, Table};
use crate::report::words::counted;

impl ChangesReport<'_> {
    pub(super) fn in_words(&self, extent: Extent) -> Document<'_> {
        let mut sections = vec![
            self.to_read_again(),
            self.to_sign_off_again(),
            self.coverage(),
            self.claims(extent),
            self.topics(extent),
            self.questions(),
            self.signposts(),
            self.pages(),
        ];
        match extent {
            Extent::Full => sections.extend(sentences::of_pages(&self.pages)),
            Extent::Brief => sections.retain(|section| !section.table.rows.is_empty()),
        }
        Document {
            subject: "Changes",
            title: "What has changed".into(),
            since: None,
            lede: self.lede(),
            remarks: vec![self.about_the_other_side().into()],
            sections,
        }
    }

    fn lede(&self) -> String {
        let ChangesSummary {
            pages_new,
            pages_gone,
            pages_moved,
            pages_changed,
            gaps_opened,
            gaps_closed,
            claims,
            topics,
            questions,
            signposts,
            ..
        } = self.summary;
        format!(
            "since {}: {} new, {pages_gone} gone, {pages_moved} moved, {pages_changed} changed in meaning; {} opened, {gaps_closed} closed; \
             {}, {}, {} and {} concerned",
            self.earlier.what,
            counted(pages_new, "page"),
            counted(gaps_opened, "gap"),
            counted(claims, "claim"),
            counted(topics, "topic"),
            counted(questions, "question"),
            counted(signposts, "service"),
        )
    }

    /// Says what could not be understood of what this is compared with; empty where all could.
    fn about_the_other_side(&self) -> String {
        let parts = [
            (self.earlier.findings, "finding", ""),
            (
                self.earlier.unknown_keys,
                "key",
                " that this version does not know",
            ),
            (self.earlier.unread, "file", " that could not be read"),
        ];
        let said = parts.iter().filter(|(number, ..)| *number > 0);
        let said: Vec<String> = said
            .map(|(number, noun, rest)| counted(*number, noun) + rest)
            .collect();
        if said.is_empty() {
            return String::new();
        }
        format!("What this is compared with has {}.", said.join(", "))
    }

    fn to_read_again(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for module in &self.read_again {
                put(Row::of(&[
                    Cell::Module(module.module),
                    Cell::Percent(module.share),
                    Cell::text(&*module.reason),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("module", "Module"),
            ("share", "Share of its words"),
            ("why", "Why"),
        ];
        Section::new(
            "read-again",
            "Who has to read again",
            Table::new(columns, rows),
        )
    }

    fn to_sign_off_again(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for page in &self.sign_off_again {
                put(Row::of(&[
                    Cell::Place(Spot::file(page.file)),
                    Cell::text(page.reviewer),
                    Cell::Date(page.approved_on, ""),
                    Cell::text(&*page.reason),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("page", "Page"),
            ("by", "Signed off by"),
            ("on", "On"),
            ("why", "Why"),
        ];
        Section::new(
            "sign-off-again",
            "Who must sign off again",
            Table::new(columns, rows),
        )
    }

    fn coverage(&self) -> Section<'_> {
        let rows = Rows::of(&self.coverage, |change| {
            let gained = change.gained.iter().map(|found| (found, "now"));
            let lost = change.lost.iter().map(|found| (found, "no longer"));
            let places = gained.chain(lost).map(|(found, word)| {
                let spot = match word {
                    "now" => found.spot(),
                    _ => found.spot().on_page(),
                };
                let what = format!("{word} {}", found.depth.name());
                Cell::Quote(spot, what.into(), &found.text)
            });
            [
                Cell::text(change.topic),
                Cell::Module(change.module),
                Cell::text(change.statuses()),
                Cell::List(places.collect(), nowhere()),
            ]
        });
        let columns = [
            ("topic", "Topic"),
            ("module", "Module"),
            ("status", "Status"),
            ("places", "Places"),
        ];
        Section::new("coverage", "Topics in modules", entries(columns, rows))
    }

    fn claims(&self, extent: Extent) -> Section<'_> {
        let rows = Rows::new(move |put| {
            let mut touched = Vec::new();
            for claim in &self.claims {
                if extent == Extent::Brief && claim.change == Change::Touched {
                    touched.push(claim.id);
                    continue;
                }
                let mut what = in_words(&claim.fields);
                let gained = claim.evidence_gained.iter();
                what.extend(gained.map(|found| borne_out("more evidence", found, found.spot())));
                let lost = claim.evidence_lost.iter();
                what.extend(
                    lost.map(|found| borne_out("evidence gone", found, found.spot().on_page())),
                );
                put(Row::of(&[
                    Cell::text(claim.id),
                    Cell::status(claim.change),
                    Cell::text(claim.text),
                    Cell::List(what, nothing()),
                    linked(&claim.sections, extent),
                ]))?;
            }
            rest(&touched, "only sections that carry them have changed", put)
        });
        let columns = [
            ("claim", "Claim"),
            ("change", "Change"),
            ("text", "What was said"),
            ("different", "What is different"),
            ("sections", "Sections that carry it and changed"),
        ];
        Section::new("claims", "Public claims", entries(columns, rows))
    }

    fn topics(&self, extent: Extent) -> Section<'_> {
        let rows = Rows::new(move |put| {
            let mut touched = Vec::new();
            for topic in &self.topics {
                if extent == Extent::Brief && topic.change == Change::Touched {
                    touched.push(topic.id);
                    continue;
                }
                let page = Target::Page(format!("topics/{}.html", topic.id).into());
                put(Row::of(&[
                    Cell::Named(topic.id, topic.name, page),
                    Cell::status(topic.change),
                    Cell::List(in_words(&topic.fields), nothing()),
                    linked(&topic.sections, extent),
                ]))?;
            }
            rest(&touched, "only sections that carry them have changed", put)
        });
        let columns = [
            ("topic", "Topic"),
            ("change", "Change"),
            ("different", "What is different"),
            ("sections", "Sections that carry it and changed"),
        ];
        Section::new("topics", "Topics", entries(columns, rows))
    }

    fn questions(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for question in &self.questions {
                let mut what = in_words(&question.fields);
                what.extend(sentences::in_cells(&question.passages));
                put(Row::of(&[
                    Cell::Place(question.spot()),
                    Cell::text(question.title),
                    Cell::status(question.change),
                    Cell::List(what, Status::new("its title", Tone::Plain)),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("where", "Where"),
            ("question", "Question"),
            ("change", "Change"),
            ("different", "What is different"),
        ];
        Section::new("questions", "Questions", entries(columns, rows))
    }

    fn signposts(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for service in &self.signposts {
                let mut what = in_words(&service.fields);
                for (files, word) in [
                    (&service.shown, "now shown"),
                    (&service.no_longer_shown, "no longer shown"),
                ] {
                    if !files.is_empty() {
                        what.push(Cell::text(format!(
                            "{word} in {}: {}",
                            counted(files.len(), "page"),
                            files.join(", ")
                        )));
                    }
                }
                put(Row::of(&[
                    Cell::Named(service.id, service.name, Target::Nowhere),
                    Cell::status(service.change),
                    Cell::List(what, Status::new("all of it", Tone::Plain)),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("service", "Service"),
            ("change", "Change"),
            ("different", "What is different"),
        ];
        Section::new("signposts", "Support services", entries(columns, rows))
    }

    fn pages(&self) -> Section<'_> {
        let rows = Rows::new(|put| {
            for page in &self.pages {
                put(Row::of(&[
                    Cell::Place(Spot::file(page.file)),
                    Cell::status(page.change),
                    page.share.map_or(Cell::text(""), Cell::Percent),
                    Cell::List(of_sections(page), Status::new("nothing", Tone::Plain)),
                ]))?;
            }
            Ok(())
        });
        let columns = [
            ("page", "Page"),
            ("change", "Change"),
            ("share", "Share of its words"),
            ("sections", "Sections"),
        ];
        Section {
            without: "No page says anything else.",
            ..Section::new("pages", "Pages", entries(columns, rows))
        }
    }
}

/// Makes a table whose rows are whole sentences.
fn entries<'r>(columns: impl IntoIterator<Item = (&'r str, &'r str)>, rows: Rows<'r>) -> Table<'r> {
    Table {
        layout: Layout::Entries,
        ..Table::new(columns, rows)
    }
}

fn nowhere() -> Status<'static> {
    Status::new("none", Tone::Plain)
}

fn nothing() -> Status<'static> {
    Status::new("nothing of its own", Tone::Plain)
}

/// Says how values differ.
fn in_words<'r>(fields: &'r [FieldChange<'_>]) -> Vec<Cell<'r>> {
    let said = |field: &'r FieldChange<'_>| {
        let name = field.field;
        Cell::text(match (&*field.before, &*field.after) {
            ("", after) => format!("{name}: “{after}”, which was not given"),
            (before, "") => format!("{name} is not given any more; it was “{before}”"),
            (before, after) => format!("{name} was “{before}”, is “{after}”"),
        })
    };
    fields.iter().map(said).collect()
}

fn borne_out<'r>(word: &str, evidence: &'r Evidence<'_>, spot: Spot<'r>) -> Cell<'r> {
    let what = format!("{word}: {}", evidence.heading);
    Cell::Quote(spot, what.into(), &evidence.text)
}

/// Lists the sections that touch something; in brief, says how many there are.
fn linked<'r>(sections: &'r [SectionPlace<'_>], extent: Extent) -> Cell<'r> {
    if extent == Extent::Brief {
        return Cell::text(match sections.len() {
            0 => String::new(),
            number => format!("(in {})", counted(number, "changed section")),
        });
    }
    let places = sections.iter().map(|place| Cell::Place(place.spot()));
    let count = counted(sections.len(), "section");
    Cell::Folded(count.into(), places.collect(), nowhere())
}

/// Names what is only touched, in one row: where there is little room, many rows would hide the others.
fn rest(ids: &[&str], what: &str, put: &mut Put<'_>) -> std::io::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    put(Row::of(&[
        Cell::text(format!("{} more", ids.len())),
        Cell::status(Change::Touched),
        Cell::text(format!("{what}: {}", ids.join(", "))),
    ]))
}

/// Says what became of the sections of a page, and where it stood before.
fn of_sections<'r>(page: &'r PageChange<'_>) -> Vec<Cell<'r>> {
    let from = page
        .from
        .map(|from| Cell::text(format!("it stood at {from}")));
    let sections = page
        .sections
        .iter()
        .map(|section| Cell::text(format!("{}: {}", section.heading, section.change.name())));
    from.into_iter().chain(sections).collect()
}
