//! The command line: reads arguments, runs the pipeline, and says what came of it.
//!
//! Findings go to standard error, or to standard output where they are the product. Exit status: 0 clean, 1 findings of error severity, 2 could not run.

mod amend;
pub mod arguments;
mod asked;
mod baseline;
mod build;
mod check;
mod choices;
mod explain;
mod external;
mod files;
mod import;
mod init;
mod mend;
mod moves;
mod new;
mod outcome;
mod pack;
mod package;
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

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

pub use arguments::Arguments;
use arguments::Command;
use asked::{from_here, leave, request, root};
pub use outcome::{Outcome, Stop};
use terminal::Terminal;

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
        Command::Mv(options) => moves::mv(options, &arguments.global, &terminal),
        Command::Rename(options) => moves::rename(options, &arguments.global, &terminal),
        Command::Renumber(options) => moves::renumber(options, &arguments.global, &terminal),
        Command::Build(options) => build::build(options, &arguments.global, &terminal),
        Command::Watch(options) => watch::watch(options, &arguments.global, &terminal),
        Command::Check(options) => check::check(options, &arguments.global, &terminal),
        Command::Report(options) => report::report(options, &arguments.global, &terminal),
        Command::Review(options) => review::review(options, &arguments.global, &terminal),
        Command::Signpost(options) => signpost::signpost(options, &arguments.global, &terminal),
        Command::Pack(options) => pack::pack(options, &arguments.global, &terminal),
        Command::Package(options) => package::package(options, &arguments.global, &terminal),
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
