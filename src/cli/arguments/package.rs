//! What makes ZIPs for learning platforms: `package`.

use camino::Utf8PathBuf;
use clap::Args;

use super::super::choices::{Choice, by_name};
use super::scope::Scope;
use crate::package;

/// Options of `package`.
#[derive(Debug, Args)]
pub struct Package {
    /// The format; may be given several times
    #[arg(long = "format", value_name = "FORMAT", default_value = "scorm12", value_parser = by_name::<package::Format>())]
    pub formats: Vec<package::Format>,
    /// A module, by name or folder, to package alone; may be given several times [default: every module, each in a ZIP of its own]
    #[arg(long = "module", value_name = "ID")]
    pub modules: Vec<String>,
    /// Package the whole curriculum as one course
    #[arg(long, conflicts_with = "modules")]
    pub whole: bool,
    /// Where to write the ZIPs; a package that stands there is replaced, and nothing else [default: packages, beside modules]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<Utf8PathBuf>,
    /// What becomes of links that lead out of a package [default: link where there is a `base_url`, else text]
    #[arg(long, value_name = "WHAT", value_parser = by_name::<Leaving>())]
    pub beyond: Option<Leaving>,
    /// What to package.
    #[command(flatten)]
    pub scope: Scope,
    /// Let warnings stand in the way
    #[arg(long)]
    pub strict: bool,
    /// Package also where the findings that this file knows stand; they count as infos
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<Utf8PathBuf>,
}

/// What becomes of links that lead out of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// They lead to pages that travel along.
    Include,
    /// They lead to the site.
    Link,
    /// They are text.
    Text,
}

impl Choice for Leaving {
    const WHAT: &'static str = "choices";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            (
                "include",
                Self::Include,
                "They stay: the whole site travels along",
            ),
            (
                "link",
                Self::Link,
                "They lead to the site at `base_url`, in a window of their own",
            ),
            ("text", Self::Text, "Their words stay, as text"),
        ]
    }
}
