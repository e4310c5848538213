//! Every command and option.

use camino::Utf8PathBuf;
use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

use super::choices::{Choice, by_name};
use super::review::Meant;
use super::reviewer::Reviewer;
use crate::import::course;
use crate::model::address::Address;
use crate::model::config::Edition;
use crate::model::lesson::NamedKind;
use crate::package;
use crate::report::findings;
use crate::report::list::Name;
use crate::report::write::Format;

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

/// Options of `build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Where to write the site [default: public]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<Utf8PathBuf>,
    /// Where to write the reports [default: reports; with `--output-dir`, nowhere]
    #[arg(long, value_name = "DIR")]
    pub reports_dir: Option<Utf8PathBuf>,
    /// Write no reports
    #[arg(long, conflicts_with = "reports_dir")]
    pub no_reports: bool,
    /// The site's address, for canonical links and the sitemap
    #[arg(short = 'u', long, value_name = "URL", value_parser = top_of_site)]
    pub base_url: Option<Address>,
    /// What to build.
    #[command(flatten)]
    pub scope: Scope,
    /// Let warnings fail the build
    #[arg(long)]
    pub strict: bool,
    /// Build also where the findings that this file knows stand; they count as infos
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<Utf8PathBuf>,
}

fn top_of_site(text: &str) -> Result<Address, String> {
    Address::top(text).map_err(|fault| format!("{fault}\n  help: {}", fault.help(text)))
}

/// Options of `watch`.
#[derive(Debug, Args)]
pub struct Watch {
    /// The port; 0 for any free one
    #[arg(short, long, default_value_t = 1111)]
    pub port: u16,
    /// The interface to listen at; any other than this machine's own shows the preview to the network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: String,
    /// Open the preview in a browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes every so many seconds instead of waiting for the system's events
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "1", value_parser = poll_interval)]
    pub poll: Option<f64>,
    /// Show the findings that this file knows as infos
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<Utf8PathBuf>,
    /// Taken for the sake of scripts, and ignored: the preview has an address of its own
    #[arg(short = 'u', long, value_name = "URL", hide = true)]
    pub base_url: Option<String>,
    /// What to show.
    #[command(flatten)]
    pub scope: Scope,
}

fn poll_interval(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|seconds| (0.05..=3600.0).contains(seconds))
        .ok_or_else(|| "name a number of seconds from 0.05 to 3600".into())
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// How to show the findings
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = by_name::<findings::Format>())]
    pub format: findings::Format,
    /// What to check.
    #[command(flatten)]
    pub scope: Scope,
    /// Ask other sites whether the pages that are linked to are there; answers are kept in .throughline-links.json
    #[arg(long)]
    pub external: bool,
    /// Let warnings fail the check
    #[arg(long)]
    pub strict: bool,
    /// Leave out the findings that this file knows, and say which of them are gone
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub baseline: Option<Utf8PathBuf>,
    /// Mend what can be mended without anybody deciding, and say what was changed; findings that are left are shown
    #[arg(long, conflicts_with_all = ["write_baseline", "local"])]
    pub fix: bool,
    /// With `--fix`: show what would be changed, and change nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// Write the findings to this file, to be known from now on
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<Utf8PathBuf>,
}

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
    /// Where to write the ZIPs; a package that stands there is replaced, and nothing else
    #[arg(short, long, value_name = "DIR", default_value = "packages")]
    pub output_dir: Utf8PathBuf,
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

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's name; without one, all rules are listed
    pub rule: Option<String>,
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}
