//! Which pages stand as they were signed off: as a table for people and as JSON for programs.
//!
//! In: the curriculum. Out: a row for every page in reading order, then one for every sign-off whose page is absent. Writes nothing.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::Curriculum;
use crate::model::review::states;
use crate::model::visible::visible;

const SCHEMA: u32 = 1;

/// The state of a sign-off whose page was removed or renamed, or is a draft.
const ABSENT: &str = "absent";

/// One page, or one sign-off without a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row<'c> {
    /// Path relative to the root, with `/`.
    pub file: Cow<'c, str>,
    /// Path below `modules/`.
    #[serde(skip)]
    pub path: &'c str,
    /// The page's title.
    pub title: &'c str,
    /// `approved`, `suspect`, `unreviewed` or `absent`.
    pub state: &'static str,
    /// What has changed since the sign-off.
    pub changed: Vec<&'static str>,
    /// Who signed off last.
    pub reviewer: Option<&'c str>,
    /// When.
    pub approved_on: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    as_of: String,
    summary: Summary,
    reviews: &'a [Row<'a>],
}

#[derive(Serialize)]
struct Summary {
    approved: usize,
    suspect: usize,
    unreviewed: usize,
    absent: usize,
}

/// Returns the rows.
pub fn rows(curriculum: &Curriculum) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = states(curriculum)
        .into_iter()
        .map(|(id, state)| {
            let lesson = &curriculum.document(id).lesson;
            let sign_off = state.sign_off();
            Row {
                file: lesson.path.from_root().into(),
                path: lesson.path.as_str(),
                title: &lesson.front.title,
                state: state.name(),
                changed: state.changed().to_vec(),
                reviewer: sign_off.map(|sign_off| sign_off.reviewer.as_str()),
                approved_on: sign_off.map(|sign_off| sign_off.approved_on.to_string()),
            }
        })
        .collect();
    let pages: std::collections::HashSet<&str> = rows.iter().map(|row| row.path).collect();
    let absent = curriculum
        .registers
        .sign_offs
        .iter()
        .filter(|sign_off| !pages.contains(sign_off.path.as_str()));
    rows.extend(absent.map(|sign_off| Row {
        file: format!("modules/{}", sign_off.path).into(),
        path: &sign_off.path,
        title: "",
        state: ABSENT,
        changed: Vec::new(),
        reviewer: Some(&sign_off.reviewer),
        approved_on: Some(sign_off.approved_on.to_string()),
    }));
    rows
}

/// Writes the rows in columns, with a line of totals.
pub fn table(rows: &[Row<'_>]) -> String {
    let width = rows
        .iter()
        .map(|row| row.file.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let mut line = format!("{:<10}  {:<width$}  ", row.state, row.file);
        if let (Some(reviewer), Some(day)) = (row.reviewer, &row.approved_on) {
            line.push_str(&format!("{day}, {reviewer}"));
        }
        if !row.changed.is_empty() {
            line.push_str(&format!("; changed since: {}", row.changed.join(", ")));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let Summary {
        approved,
        suspect,
        unreviewed,
        absent,
    } = summary(rows);
    text.push_str(&format!(
        "\n{approved} approved, {suspect} suspect, {unreviewed} unreviewed"
    ));
    if absent > 0 {
        text.push_str(&format!(", {absent} absent: removed, renamed or a draft"));
    }
    text.push('\n');
    visible(&text).into_owned()
}

/// Writes the rows as JSON.
pub fn json(rows: &[Row<'_>], as_of: Date) -> String {
    let document = Document {
        schema: SCHEMA,
        as_of: as_of.to_string(),
        summary: summary(rows),
        reviews: rows,
    };
    let mut text = serde_json::to_string_pretty(&document)
        .expect("a document of strings and numbers is always JSON");
    text.push('\n');
    text
}

fn summary(rows: &[Row<'_>]) -> Summary {
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    Summary {
        approved: count("approved"),
        suspect: count("suspect"),
        unreviewed: count("unreviewed"),
        absent: count(ABSENT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_changed_and_who_signed_off() {
        let row = |path: &'static str, state: &'static str| Row {
            file: format!("modules/{path}").into(),
            path,
            title: "",
            state,
            changed: Vec::new(),
            reviewer: None,
            approved_on: None,
        };
        let suspect = Row {
            changed: vec!["its words"],
            reviewer: Some("Robin Sample"),
            approved_on: Some("2026-11-21".into()),
            ..row("a.md", "suspect")
        };
        assert_eq!(
            table(&[suspect, row("long/b.md", "unreviewed")]),
            "suspect     modules/a.md       2026-11-21, Robin Sample; changed since: its words\n\
             unreviewed  modules/long/b.md\n\
             \n\
             0 approved, 1 suspect, 1 unreviewed\n"
        );
    }
}
