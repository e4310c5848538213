//! Findings as workflow commands of GitHub Actions, which shows them beside the changed lines.
//!
//! In: a report. Out: one command per line, nothing where the report is clean. The escapes are those of
//! <https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>.

use crate::model::text::without_unseen;
use crate::model::visible::visible;
use crate::model::{Finding, Place, Severity};

use super::report::Report;

/// Writes findings as workflow commands.
pub fn github(report: &Report<'_>) -> String {
    report
        .findings
        .iter()
        .map(|finding| command(finding) + "\n")
        .collect()
}

fn command(finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = property(&without_unseen(&finding.file));
    let place = region(finding.place);
    let title = property(finding.rule.name());
    let mut text = visible(&finding.message).into_owned();
    if let Some(help) = &finding.help {
        text.push('\n');
        text.push_str(&visible(help));
    }
    let text = data(&text);
    format!("::{command} file={file},{place},title={title}::{text}")
}

/// Returns the properties of a place.
///
/// Columns are left out where the place ends on another line, as annotations ask: <https://docs.github.com/en/rest/checks/runs>.
fn region(place: Place) -> String {
    let Place {
        line,
        column,
        end_line,
        end_column,
    } = place;
    if line == end_line {
        format!("line={line},endLine={end_line},col={column},endColumn={end_column}")
    } else {
        format!("line={line},endLine={end_line}")
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::Rule;

    #[test]
    fn each_finding_is_one_command() {
        let findings = sample::findings();
        assert_eq!(
            github(&sample::report(&findings)),
            "\
::notice file=modules/01-telephony/02-time.md,line=1,endLine=1,col=1,endColumn=1,title=orphan-lesson::no other lesson links here
::error file=modules/03-debt/04-hardship.md,line=3,endLine=3,col=9,endColumn=37,title=broken-link::no lesson or file at `../02-income/03-two-views.md`%0Adid you mean `../02-income/03-two-viewpoints.md`?
::warning file=modules/03-debt/04-hardship.md,line=5,endLine=7,title=unclosed-block::this `activity` is never closed%0Aclose it with a line of `:::`
::error file=modules/topics%2C \"new\".toml,line=2,endLine=2,col=1,endColumn=5,title=unknown-key::unknown key `naem` <100%25>%0Ain {topic}%0Adid you mean `name`?
"
        );
        assert_eq!(github(&sample::report(&[])), "");
    }

    #[test]
    fn content_cannot_start_a_command_of_its_own() {
        let findings = [Finding::new(
            Rule::BrokenLink,
            "a,line=9::b%0A\n::error::c\r.md",
            Place::START,
            "x\r\n::stop-commands::y\u{1b}[0m",
        )];
        assert_eq!(
            github(&sample::report(&findings)),
            "::error file=a%2Cline=9%3A%3Ab%250A%0A%3A%3Aerror%3A%3Ac%0D.md,line=1,endLine=1,col=1,endColumn=1,title=broken-link::x␍%0A::stop-commands::y␛[0m\n"
        );
    }
}
