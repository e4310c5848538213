//! The first page of the reports: the few figures that matter, what needs doing, and the questions that reports answer.

use std::collections::BTreeMap;

use super::basis::Basis;
use super::cell::{Cell, Line, Status, Target, Tone};
use super::data::{Figure, Report, Section, Task};
use super::list::Name;
use super::table::{Row, Rows, Table};
use super::words::counted;
use crate::model::{Rule, Severity};

/// What the first page says.
pub struct FirstPage<'a> {
    /// The figures that matter, each with the report that has it.
    pub figures: Vec<(Name, Figure)>,
    /// What needs doing: a link to where it is listed.
    pub tasks: Vec<Line<'a>>,
    /// The questions that reports answer.
    pub sections: Vec<Section<'a>>,
}

/// Gathers what reports say about themselves.
pub fn first_page<'a>(
    reports: &'a [(Name, Box<dyn Report + Send + 'a>)],
    basis: &'a Basis<'_>,
) -> FirstPage<'a> {
    let mut page = FirstPage {
        figures: Vec::new(),
        tasks: Vec::new(),
        sections: Vec::new(),
    };
    for (name, report) in reports {
        let overview = report.overview();
        let figures = overview.figures.into_iter();
        page.figures.extend(figures.map(|figure| (*name, figure)));
        let to = |task: &Task| Target::Report(name.id(), task.anchor.into());
        page.tasks.extend(
            overview
                .tasks
                .iter()
                .filter_map(|task| to_do(task, to(task))),
        );
        page.sections.extend(overview.sections);
    }
    for (severity, noun) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        let task = Task {
            number: basis.count(severity),
            noun,
            rest: "",
            anchor: "",
        };
        page.tasks
            .extend(to_do(&task, Target::Here("findings".into())));
    }
    page.sections.push(findings(basis));
    page
}

/// Says what needs doing: "2 gaps in the coverage".
fn to_do<'a>(task: &Task, to: Target<'a>) -> Option<Line<'a>> {
    let words = counted(task.number, task.noun) + task.rest;
    (task.number > 0).then(|| [Cell::Link(words.into(), to)].into())
}

impl From<Severity> for Status<'_> {
    fn from(severity: Severity) -> Self {
        let tone = match severity {
            Severity::Error => Tone::Poor,
            Severity::Warning => Tone::Fair,
            Severity::Info => Tone::Plain,
        };
        Status::new(severity.name(), tone)
    }
}

fn findings<'a>(basis: &'a Basis<'_>) -> Section<'a> {
    let mut counts: BTreeMap<(Severity, &str), (Rule, usize)> = BTreeMap::new();
    for finding in basis.findings {
        let key = (finding.severity, finding.rule.name());
        counts.entry(key).or_insert((finding.rule, 0)).1 += 1;
    }
    let rows = Rows::new(move |put| {
        for ((severity, name), (rule, count)) in &counts {
            put(Row::of(&[
                Cell::Code(name),
                Cell::status(*severity),
                Cell::Number(*count),
                Cell::text(rule.summary()),
            ]))?;
        }
        Ok(())
    });
    let columns = ["Rule", "Severity", "Findings", "What it asks for"];
    let table = Table {
        caption: "What `throughline check` finds".into(),
        ..Table::new(columns, rows)
    };
    Section {
        without: "There are none.",
        ..Section::new("findings", "Findings by rule", table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_inside_phrases() {
        for (number, noun, rest, expected) in [
            (0, "gap", " in the coverage", None),
            (1, "gap", " in the coverage", Some("1 gap in the coverage")),
            (2, "gap", " in the coverage", Some("2 gaps in the coverage")),
            (2, "page", " never reviewed", Some("2 pages never reviewed")),
        ] {
            let task = Task {
                number,
                noun,
                rest,
                anchor: "",
            };
            let line = to_do(&task, Target::Nowhere);
            let words = line.as_ref().and_then(|line| match &line.0[..] {
                [Cell::Link(words, _)] => Some(&**words),
                _ => None,
            });
            assert_eq!(words, expected, "{noun}{rest}");
        }
    }
}
