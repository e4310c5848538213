//! Where the command line writes: colours, quietness, and the source lines that findings quote.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io::{IsTerminal, Write};

use camino::Utf8Path;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{Colour, Global};
use super::{Outcome, Stop};
use crate::model::visible::visible;
use crate::model::{Finding, Severity};
use crate::pipeline::Survey;
use crate::report::findings::{self, Format, Paint, Report, Screen};
use crate::report::words::counted;
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
        let label = match self.paint(Stream::Error) {
            Paint::Coloured => "\u{1b}[1;31merror\u{1b}[0m",
            Paint::Plain => "error",
        };
        self.write_error(&format!("{label}: {}", visible(reason)));
    }

    /// Writes the findings that stand in a build's way to standard error, and infos only when people ask for much: among many of them the others
    /// are not seen.
    pub fn show_findings(&self, root: &Utf8Path, survey: &Survey) {
        let shown = if self.talk == Talk::Much {
            Cow::from(&survey.findings)
        } else {
            pressing(&survey.findings)
        };
        let text = self.on_screen(root, Stream::Error, |screen| {
            findings::human(&about(survey, &shown), screen)
        });
        self.write_error(text.trim_end());
        let infos = survey.findings.len() - shown.len();
        if infos > 0 {
            self.say(&format!(
                "and {}, which `throughline check` shows",
                counted(infos, "info")
            ));
        }
    }

    /// Writes some findings to standard error, each with its source lines, and does not count them.
    pub fn show_some_findings(&self, root: &Utf8Path, list: &[Finding]) {
        let text = self.on_screen(root, Stream::Error, |screen| findings::listed(list, screen));
        self.write_error(text.trim_end());
    }

    /// Returns findings in a format, for standard output; people who want quiet do not see infos.
    pub fn findings(&self, root: &Utf8Path, survey: &Survey, format: Format) -> String {
        let shown = if format == Format::Human && self.talk == Talk::Quiet {
            pressing(&survey.findings)
        } else {
            Cow::from(&survey.findings)
        };
        self.on_screen(root, Stream::Output, |screen| {
            findings::show(&about(survey, &shown), format, screen)
        })
    }

    /// Writes for one of the two streams, with the source lines of a curriculum.
    fn on_screen(
        &self,
        root: &Utf8Path,
        stream: Stream,
        write: impl FnOnce(&Screen<'_>) -> String,
    ) -> String {
        let source = |file: &str| quotable(root, file);
        write(&Screen {
            paint: self.paint(stream),
            width: None,
            source: &source,
        })
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

    fn paint(&self, stream: Stream) -> Paint {
        let is_plain = |name: &str, plain: fn(&OsStr) -> bool| {
            std::env::var_os(name).is_some_and(|value| plain(&value))
        };
        let paints = match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                stream.is_terminal()
                    && !is_plain("NO_COLOR", |value| !value.is_empty())
                    && !is_plain("TERM", |value| value == "dumb")
            }
        };
        if paints {
            Paint::Coloured
        } else {
            Paint::Plain
        }
    }

    fn write_error(&self, text: &str) {
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Output,
    Error,
}

impl Stream {
    fn is_terminal(self) -> bool {
        match self {
            Self::Output => std::io::stdout().is_terminal(),
            Self::Error => std::io::stderr().is_terminal(),
        }
    }
}

/// Returns the findings that are no infos.
fn pressing(findings: &[Finding]) -> Cow<'_, [Finding]> {
    let is_pressing = |finding: &&Finding| finding.severity != Severity::Info;
    if findings.iter().all(|finding| is_pressing(&finding)) {
        return findings.into();
    }
    findings.iter().filter(is_pressing).cloned().collect()
}

/// Puts findings with what is said about the curriculum around them.
fn about<'f>(survey: &Survey, findings: &'f [Finding]) -> Report<'f> {
    Report {
        findings,
        as_of: survey.setting.settings.as_of,
        lessons: survey.lessons(),
        modules: survey.curriculum.modules.len(),
        tool_version: env!("CARGO_PKG_VERSION"),
    }
}
