//! Findings, shown to people, editors and continuous integration.
//!
//! In: the findings of one run, sorted, and the size of the curriculum. Out: one text per format, which ends with a line break unless it is
//! empty. Prints nothing, changes no severity and reads no files: source lines come from a lookup.

mod github;
mod human;
mod json;
mod junit;
mod quote;
mod report;
mod sarif;

#[cfg(test)]
mod sample;

pub use github::github;
pub use human::{human, listed};
pub use json::json;
pub use junit::junit;
pub use quote::Quote;
pub use report::{Paint, Report, Screen, SourceLookup, Summary};
pub use sarif::sarif;

/// A way to write findings down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text with quoted source lines, for a terminal.
    Human,
    /// Our own stable JSON.
    Json,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// JUnit XML, for test reports.
    Junit,
    /// Workflow commands, which GitHub Actions shows beside the lines.
    Github,
}

/// Writes the report in a format. The screen matters to [`Format::Human`]; [`Format::Sarif`] reads sources through it.
pub fn show(report: &Report<'_>, format: Format, screen: &Screen<'_>) -> String {
    match format {
        Format::Human => human(report, screen),
        Format::Json => json(report),
        Format::Sarif => sarif(report, screen.source),
        Format::Junit => junit(report),
        Format::Github => github(report),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_goes_to_its_own_writer() {
        let findings = sample::findings();
        let report = sample::report(&findings);
        let screen = Screen {
            paint: Paint::Plain,
            width: None,
            source: &sample::source,
        };
        for (format, expected) in [
            (Format::Human, human(&report, &screen)),
            (Format::Json, json(&report)),
            (Format::Sarif, sarif(&report, &sample::source)),
            (Format::Junit, junit(&report)),
            (Format::Github, github(&report)),
        ] {
            assert_eq!(show(&report, format, &screen), expected, "{format:?}");
            assert!(expected.ends_with('\n'), "{format:?}");
        }
    }
}
