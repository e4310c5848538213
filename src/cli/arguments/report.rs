//! What says or keeps what the curriculum says: `report`, `pack` and `snapshot`.

use camino::Utf8PathBuf;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::super::choices::by_name;
use super::scope::Scope;
use crate::report::list::Name;
use crate::report::write::Format;

/// Options of `report`.
#[derive(Debug, Args)]
pub struct Report {
    /// Which report
    #[arg(value_parser = by_name::<Name>())]
    pub name: Name,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = by_name::<Format>())]
    pub format: Format,
    /// Begin CSV with the mark by which Excel knows that it is UTF-8
    #[arg(long)]
    pub bom: bool,
    /// A further sheet of the report as CSV, such as the places of the signposts
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// What to report on.
    #[command(flatten)]
    pub scope: Scope,
    /// What `changes` compares with: a revision that git knows, a day, another curriculum's folder, or a file that `snapshot` wrote
    #[arg(long, value_name = "REF|DIR|FILE", value_parser = NonEmptyStringValueParser::new())]
    pub since: Option<String>,
    /// Leave the findings that this file knows out of what is said about errors; they count as infos
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<Utf8PathBuf>,
    /// An earlier coverage report in JSON: say what was gained and lost since
    #[arg(long, value_name = "FILE")]
    pub against: Option<Utf8PathBuf>,
}

/// Options of `pack`.
#[derive(Debug, Args)]
pub struct Pack {
    /// What the pack is about.
    #[command(flatten)]
    pub subject: PackSubject,
    /// The file: its ending (`.html`, `.docx`, `.xlsx`, `.csv`) says what it is; a pack that stands there is replaced, and nothing else
    #[arg(short, long, value_name = "FILE")]
    pub output: Utf8PathBuf,
    /// Begin CSV with the mark by which Excel knows that it is UTF-8
    #[arg(long)]
    pub bom: bool,
    /// What to look at.
    #[command(flatten)]
    pub scope: Scope,
}

/// What a pack is about: one kind of thing.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct PackSubject {
    /// A claim of a public statement, by id; may be given several times
    #[arg(long = "claim", value_name = "ID")]
    pub claims: Vec<String>,
    /// A topic, by id; may be given several times
    #[arg(long = "topic", value_name = "ID")]
    pub topics: Vec<String>,
    /// All claims of a public statement, by its id; may be given several times
    #[arg(long = "commitment", value_name = "ID")]
    pub commitments: Vec<String>,
    /// What has changed since a revision that git knows, a day, another curriculum's folder, or a file that `snapshot` wrote
    #[arg(long, value_name = "REF|DIR|FILE", value_parser = NonEmptyStringValueParser::new())]
    pub since: Option<String>,
}

/// Options of `snapshot`.
#[derive(Debug, Args)]
pub struct Snapshot {
    /// The file; a snapshot that stands there is replaced, and nothing else
    #[arg(value_name = "FILE")]
    pub file: Utf8PathBuf,
    /// What to keep.
    #[command(flatten)]
    pub scope: Scope,
}
