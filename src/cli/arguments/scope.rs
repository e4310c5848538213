//! Which lessons a command looks at, and what counts as today.

use clap::Args;
use jiff::civil::Date;

use super::super::choices::by_name;
use crate::model::config::Edition;

/// What decides which lessons are seen, and what counts as today.
#[derive(Debug, Args)]
pub struct Scope {
    /// Include lessons marked as drafts
    #[arg(long)]
    pub drafts: bool,
    /// Fill `local` blocks with what stands in `local/<module>/<id>.md`
    #[arg(long)]
    pub local: bool,
    /// What counts as today [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    /// The edition
    #[arg(long, default_value = "learner", value_parser = by_name::<Edition>())]
    pub edition: Edition,
}
