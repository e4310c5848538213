//! What moves things or calls them otherwise: `mv`, `rename` and `renumber`.

use camino::Utf8PathBuf;
use clap::Args;
use jiff::civil::Date;

use super::super::choices::by_name;
use crate::model::lesson::NamedKind;

/// Options of `mv`.
#[derive(Debug, Args)]
pub struct Mv {
    /// What moves: a folder or file below modules/
    #[arg(value_name = "OLD")]
    pub old: Utf8PathBuf,
    /// Where it goes. A number in the new name is a place: what stands there and after moves on
    #[arg(value_name = "NEW")]
    pub new: Utf8PathBuf,
    /// Let the two change places instead
    #[arg(long)]
    pub swap: bool,
    /// How it is done.
    #[command(flatten)]
    pub manner: Manner,
}

/// Options of `rename`.
#[derive(Debug, Args)]
pub struct Rename {
    /// What it is
    #[arg(value_name = "KIND", value_parser = by_name::<NamedKind>())]
    pub kind: NamedKind,
    /// Its id
    #[arg(value_name = "OLD")]
    pub old: String,
    /// Its new id
    #[arg(value_name = "NEW")]
    pub new: String,
    /// How it is done.
    #[command(flatten)]
    pub manner: Manner,
}

/// Options of `renumber`.
#[derive(Debug, Args)]
pub struct Renumber {
    /// The folder whose entries are numbered [default: modules]
    #[arg(value_name = "FOLDER")]
    pub folder: Option<Utf8PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub manner: Manner,
}

/// How something is moved.
#[derive(Debug, Args)]
pub struct Manner {
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// A baseline whose known findings move along; may be given several times
    #[arg(long = "baseline", value_name = "FILE")]
    pub baselines: Vec<Utf8PathBuf>,
    /// What counts as today [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
}
