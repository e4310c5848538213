//! Where the command line writes: colours, quietness, and the source lines that findings quote.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use camino::Utf8Path;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{Colour, Global};
use super::{Outcome, Stop};
use crate::model::visible::visible;
use crate::model::{Finding, Severity};
use crate::pipeline::Survey;
use crate::report::counted;
use crate::report::findings::{self, Format, Paint, Report, Screen};
use crate::stages::discover::quotable;

/// How much to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Talk {
    /// Findings and failures.
    Quiet,
    /// What was done, too.
    Usual,
    /// Everything.
    Much,
}

/// The two streams of the process.
#[derive(Debug, Clone)]
pub struct Terminal {
    colour: Colour,
    /// How much to say.
    pub talk: Talk,
}

impl Terminal {
    /// Takes the choices of the command line.
    pub fn new(global: &Global) -> Self {
        Self {
            colour: global.color,
            talk: match (global.quiet, global.verbose) {
                (true, _) => Talk::Quiet,
                (_, true) => Talk::Much,
                _ => Talk::Usual,
            },
        }
    }

    /// Prints a product to standard output: as it is for a program or a file, and for a person so that nothing in it can steer the terminal.
    ///
    /// # Errors
    ///
    /// When it cannot be written, unless the reader has gone away.
    pub fn print(&self, text: &str) -> Result<Outcome, Stop> {
        if std::io::stdout().is_terminal() {
            self.print_painted(&visible(text))
        } else {
            self.print_painted(text)
        }
    }

    /// Prints what holds colours, in which all content has been made visible.
    ///
    /// # Errors
    ///
    /// As [`print`](Self::print).
    pub fn print_painted(&self, text: &str) -> Result<Outcome, Stop> {
        match std::io::stdout().lock().write_all(text.as_bytes()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(Outcome::Clean),
        }
    }

    /// Says something on standard error, unless the run is quiet.
    pub fn say(&self, text: &str) {
        if self.talk > Talk::Quiet {
            self.write_error(&visible(text));
        }
    }

    /// Says why the tool could not work.
    pub fn fail(&self, reason: &str) {
        let label = if self.paints(std::io::stderr().is_terminal()) {
            "\u{1b}[1;31merror\u{1b}[0m"
        } else {
            "error"
        };
        self.write_error(&format!("{label}: {}", visible(reason)));
    }

    /// Writes the findings that stand in a build's way to standard error, and infos only when people ask for much: among many of them the others
    /// are not seen.
    pub fn show_findings(&self, root: &Utf8Path, survey: &Survey, as_of: jiff::civil::Date) {
        let is_terminal = std::io::stderr().is_terminal();
        let all = self.talk == Talk::Much;
        let text = self.people_findings(root, survey, as_of, is_terminal, all);
        self.write_error(text.trim_end());
        let infos = survey.count(Severity::Info);
        if !all && infos > 0 {
            self.say(&format!(
                "and {}, which `throughline check` shows",
                counted(infos, "info")
            ));
        }
    }

    /// Writes some findings to standard error, each with its source lines, and does not count them.
    pub fn show_some_findings(&self, root: &Utf8Path, list: &[Finding]) {
        let report = Report {
            findings: list,
            as_of: jiff::civil::Date::ZERO,
            lessons: 0,
            modules: 0,
            tool_version: env!("CARGO_PKG_VERSION"),
        };
        let text = self.written(
            root,
            &report,
            Format::Human,
            std::io::stderr().is_terminal(),
        );
        // The last line counts what is listed, as if that were all.
        let listed = text
            .trim_end()
            .rsplit_once('\n')
            .map_or("", |(listed, _)| listed);
        self.write_error(listed.trim_end());
    }

    /// Returns findings in a format; infos are shown to people only when they ask for more.
    pub fn findings(
        &self,
        root: &Utf8Path,
        survey: &Survey,
        as_of: jiff::civil::Date,
        format: Format,
        is_terminal: bool,
    ) -> String {
        if format == Format::Human {
            let infos = self.talk != Talk::Quiet;
            return self.people_findings(root, survey, as_of, is_terminal, infos);
        }
        let report = about(survey, &survey.findings, as_of);
        self.written(root, &report, format, is_terminal)
    }

    fn people_findings(
        &self,
        root: &Utf8Path,
        survey: &Survey,
        as_of: jiff::civil::Date,
        is_terminal: bool,
        infos: bool,
    ) -> String {
        let shown: Cow<'_, [Finding]> = if infos {
            survey.findings.as_slice().into()
        } else {
            let pressing = |finding: &&Finding| finding.severity != Severity::Info;
            survey.findings.iter().filter(pressing).cloned().collect()
        };
        let report = about(survey, &shown, as_of);
        self.written(root, &report, Format::Human, is_terminal)
    }

    fn written(
        &self,
        root: &Utf8Path,
        report: &Report<'_>,
        format: Format,
        is_terminal: bool,
    ) -> String {
        let source = |file: &str| quotable(root, file);
        let screen = Screen {
            paint: if self.paints(is_terminal) {
                Paint::Coloured
            } else {
                Paint::Plain
            },
            width: None,
            source: &source,
        };
        findings::show(report, format, &screen)
    }

    /// Returns a line that shows how far something long has come; what is done in a second never shows it.
    pub fn progress_bar(&self, template: &str) -> ProgressBar {
        if self.talk == Talk::Quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar
    }

    fn paints(&self, is_terminal: bool) -> bool {
        match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                is_terminal
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }

    fn write_error(&self, text: &str) {
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// Puts findings with what is said about the curriculum around them.
fn about<'f>(survey: &Survey, findings: &'f [Finding], as_of: jiff::civil::Date) -> Report<'f> {
    Report {
        findings,
        as_of,
        lessons: survey.lessons(),
        modules: survey.curriculum.modules.len(),
        tool_version: env!("CARGO_PKG_VERSION"),
    }
}
