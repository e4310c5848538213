//! What every command takes: the root, the configuration, colours, and how much is said.

use camino::Utf8PathBuf;
use clap::Args;

use super::super::choices::{Choice, by_name};

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// The curriculum's folder [default: the nearest folder upward with a config.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
    /// The configuration file [default: config.toml in the root]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<Utf8PathBuf>,
    /// When to use colours; NO_COLOR turns them off too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_parser = by_name::<Colour>())]
    pub color: Colour,
    /// Say nothing but findings and failures
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every info, and how long each part took
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Where the output is a terminal.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Choice for Colour {
    const WHAT: &'static str = "choices";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            ("auto", Self::Auto, "Where the output is a terminal"),
            ("always", Self::Always, "Everywhere"),
            ("never", Self::Never, "Nowhere"),
        ]
    }
}
