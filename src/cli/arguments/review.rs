//! What notes that somebody has looked: `review` and `signpost`.

use clap::{ArgGroup, Args, Subcommand};
use jiff::civil::Date;

use super::super::choices::by_name;
use super::super::review::Meant;
use super::super::reviewer::Reviewer;
use super::scope::Scope;
use crate::report::write::Format;

/// Options of `review`.
#[derive(Debug, Args)]
pub struct Review {
    /// What to do.
    #[command(subcommand)]
    pub what: ReviewTask,
}

/// What `review` does.
#[derive(Debug, Subcommand)]
pub enum ReviewTask {
    /// Say which pages stand as they were signed off
    Status(ReviewStatus),
    /// Sign pages off as they stand today
    Approve(ReviewApprove),
}

/// Options of `review status`.
#[derive(Debug, Args)]
pub struct ReviewStatus {
    /// Which pages [default: all]
    #[command(flatten)]
    pub meant: Meant,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = by_name::<Format>())]
    pub format: Format,
    /// What to look at.
    #[command(flatten)]
    pub scope: Scope,
}

/// Options of `review approve`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("pages").args(["paths", "modules", "owners"]).required(true).multiple(true))]
pub struct ReviewApprove {
    /// Which pages.
    #[command(flatten)]
    pub meant: Meant,
    /// Who signs off.
    #[command(flatten)]
    pub reviewer: Reviewer,
    /// What to look at; `--as-of` is the day of the sign-off.
    #[command(flatten)]
    pub scope: Scope,
}

/// Options of `signpost`.
#[derive(Debug, Args)]
pub struct Signpost {
    /// What to do.
    #[command(subcommand)]
    pub what: SignpostTask,
}

/// What `signpost` does.
#[derive(Debug, Subcommand)]
pub enum SignpostTask {
    /// Write into the register that the details of services were checked at their source
    Verify(SignpostVerify),
}

/// Options of `signpost verify`.
#[derive(Debug, Args)]
pub struct SignpostVerify {
    /// Services, by id
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// The day of the check [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
    /// Who checked them.
    #[command(flatten)]
    pub by: Reviewer,
    /// What counts as today [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
}
