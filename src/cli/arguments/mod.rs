//! Every command and option. What commands of a kind take stands in one file.

mod begin;
mod global;
mod help;
mod moves;
mod package;
mod report;
mod review;
mod scope;
mod site;

use clap::{Parser, Subcommand};

pub use begin::{Import, Init, New, NewPlace, NewThing, SourceFormat};
pub use global::{Colour, Global};
pub use help::{Completions, Explain};
pub use moves::{Manner, Mv, Rename, Renumber};
pub use package::{Leaving, Package};
pub use report::{Pack, PackSubject, Report, Snapshot};
pub use review::{
    Review, ReviewApprove, ReviewStatus, ReviewTask, Signpost, SignpostTask, SignpostVerify,
};
pub use scope::Scope;
pub use site::{Build, Check, Watch};

/// Builds a training curriculum from folders of Markdown into a cross-linked site, and knows where every recurring topic is taught.
#[derive(Debug, Parser)]
#[command(name = "throughline", version, max_term_width = 100)]
pub struct Arguments {
    /// What all commands share.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a small curriculum that builds and passes every check
    Init(Init),
    /// Make a curriculum of a course that was written for another tool; the course is only read
    Import(Import),
    /// Add a module, a lesson or a topic; never overwrites anything
    New(New),
    /// Move a module, a unit, a lesson or a file, with every link and register that names it
    Mv(Mv),
    /// Give a topic, a support service or a claim another id, wherever it is named
    Rename(Rename),
    /// Number the modules, or what stands in a folder, from 1 on without gaps
    Renumber(Renumber),
    /// Check the curriculum, then write the site and the reports
    Build(Build),
    /// Serve a preview that follows every change, and write nothing
    Watch(Watch),
    /// Report what is wrong, and write nothing
    Check(Check),
    /// Say what is known about the curriculum
    Report(Report),
    /// Sign pages off, and say which have changed since
    Review(Review),
    /// Write down who has checked which support service when
    Signpost(Signpost),
    /// Keep what the curriculum says today in a file, for `report changes --since FILE`
    Snapshot(Snapshot),
    /// Write one file for somebody who asks what the training says: on claims, topics, a statement, or what has changed (for a learning platform, see
    /// `package`)
    Pack(Pack),
    /// Make ZIPs for a learning platform: SCORM 1.2, SCORM 2004 or cmi5 (for a file that answers a question, see `pack`)
    Package(Package),
    /// Explain a rule, and how to mend what breaks it
    Explain(Explain),
    /// Print completions for a shell
    Completions(Completions),
}
