//! What makes a curriculum, or something new in one: `init`, `import` and `new`.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand};

use super::super::choices::{Choice, by_name};
use crate::import::course;

/// Options of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where; made if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: Utf8PathBuf,
}

/// Options of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The folder with the course
    #[arg(value_name = "SOURCE")]
    pub source: Utf8PathBuf,
    /// Where the curriculum goes: a folder that is new or empty [default: the source's name and `-curriculum`]
    #[arg(value_name = "DIR")]
    pub folder: Option<Utf8PathBuf>,
    /// The tool that the course was written for
    #[arg(long, value_name = "TOOL", default_value = "auto", value_parser = by_name::<SourceFormat>())]
    pub from: SourceFormat,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The tool that a course was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceFormat {
    /// Whichever its files tell.
    Auto,
    /// This one.
    Tool(course::Format),
}

impl Choice for SourceFormat {
    const WHAT: &'static str = "tools";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        use course::Format;
        let tool = |name, tool, help| (name, Self::Tool(tool), help);
        vec![
            (
                "auto",
                Self::Auto,
                "Told by the files that only one tool has",
            ),
            tool("folder", Format::Folder, "A folder of Markdown"),
            tool("mdbook", Format::MdBook, "mdBook: book.toml and SUMMARY.md"),
            tool("mkdocs", Format::MkDocs, "MkDocs: mkdocs.yml"),
            tool(
                "docusaurus",
                Format::Docusaurus,
                "Docusaurus: docs with _category_.json and sidebars",
            ),
            tool(
                "sandpaper",
                Format::Sandpaper,
                "The Carpentries: config.yaml and episodes",
            ),
            tool("hugo", Format::Hugo, "Hugo: content with weights"),
            tool("jekyll", Format::Jekyll, "Jekyll: _config.yml"),
        ]
    }
}

/// Options of `new`.
#[derive(Debug, Args)]
pub struct New {
    /// What to add.
    #[command(subcommand)]
    pub what: NewThing,
}

/// What `new` adds.
#[derive(Debug, Subcommand)]
pub enum NewThing {
    /// A module with its index.md
    Module {
        /// Its title
        title: String,
        /// Where it comes in.
        #[command(flatten)]
        place: NewPlace,
    },
    /// A lesson in a module
    Lesson {
        /// The module, by name or folder
        module: String,
        /// Its title
        title: String,
        /// Where it comes in.
        #[command(flatten)]
        place: NewPlace,
    },
    /// A topic at the end of the register
    Topic {
        /// Its name, of which its id is made; or its id
        id: String,
        /// Its name, where an id is given [default: made from the id]
        #[arg(long)]
        name: Option<String>,
    },
}

/// Where something new comes in.
#[derive(Debug, Args)]
pub struct NewPlace {
    /// Its place; what stands there and after moves on, with all that names it [default: the last]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=9999))]
    pub at: Option<u64>,
    /// Say what would change, and change nothing
    #[arg(long, requires = "at")]
    pub dry_run: bool,
}
