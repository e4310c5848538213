//! The command line: reads arguments, runs the pipeline, and says what came of it.
//!
//! Findings go to standard error, or to standard output where they are the product. Exit status: 0 clean, 1 findings of error severity, 2 could not run.

mod amend;
pub mod arguments;
mod baseline;
mod build;
mod check;
mod choices;
mod explain;
mod external;
mod files;
mod import;
mod init;
mod new;
mod patience;
mod report;
mod review;
mod reviewer;
mod signals;
mod signpost;
mod since;
mod snapshot;
mod terminal;
mod threads;
mod watch;

use std::fmt::Display;
use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{CommandFactory, Parser};

use crate::pipeline::{Request, Survey};
use crate::stages::config::find_root;
use crate::stages::link::Drafts;

pub use arguments::Arguments;
use arguments::{Command, Global, Scope};
use terminal::Terminal;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing of error severity was found.
    Clean,
    /// Findings stand in the way.
    Findings,
    /// The tool could not work.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
        })
    }
}

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(&arguments.global);
    if let Err(stop) = threads::start() {
        terminal.fail(&stop.0);
        return Outcome::Failed.into();
    }
    let result = match &arguments.command {
        Command::Init(options) => init::init(options, &terminal),
        Command::Import(options) => import::import(options, &terminal),
        Command::New(options) => new::new(options, &arguments.global, &terminal),
        Command::Build(options) => build::build(options, &arguments.global, &terminal),
        Command::Watch(options) => watch::watch(options, &arguments.global, &terminal),
        Command::Check(options) => check::check(options, &arguments.global, &terminal),
        Command::Report(options) => report::report(options, &arguments.global, &terminal),
        Command::Review(options) => review::review(options, &arguments.global, &terminal),
        Command::Signpost(options) => signpost::signpost(options, &arguments.global, &terminal),
        Command::Snapshot(options) => snapshot::snapshot(options, &arguments.global, &terminal),
        Command::Explain(options) => explain::explain(options, &terminal),
        Command::Completions(options) => {
            let mut command = Arguments::command();
            let mut script = Vec::new();
            clap_complete::generate(options.shell, &mut command, "throughline", &mut script);
            terminal.print(&String::from_utf8_lossy(&script))
        }
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            terminal.fail(&failure.0);
            Outcome::Failed.into()
        }
    }
}

/// Why a command could not run, ready to be shown.
#[derive(Debug)]
pub struct Stop(String);

impl<E: Display> From<E> for Stop {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Returns the root that the options name, or the nearest one upward.
fn root(global: &Global) -> Result<Utf8PathBuf, Stop> {
    if let Some(root) = &global.root {
        return Ok(root.clone());
    }
    let here = std::env::current_dir()?;
    let here = Utf8PathBuf::from_path_buf(here)
        .map_err(|path| Stop(format!("the path `{}` is not UTF-8", path.display())))?;
    if let Some(config) = &global.config {
        let folder = here.join(config).parent().map(camino::Utf8Path::to_owned);
        return Ok(folder.unwrap_or(here));
    }
    Ok(find_root(&here)?)
}

/// Leaves a survey to the end of the process: giving a large one back piece by piece takes longer than what is left to do.
fn leave(survey: Survey) {
    std::mem::forget(survey);
}

/// Gathers what a run is asked for.
fn request(global: &Global, scope: &Scope) -> Result<Request, Stop> {
    let as_of = scope.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let mut request = Request::new(root(global)?, as_of);
    if let Some(config) = &global.config {
        request.config.clone_from(config);
    }
    request.edition = scope.edition;
    if scope.drafts {
        request.drafts = Drafts::Include;
    }
    Ok(request)
}
