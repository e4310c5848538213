//! What makes the site, or says what keeps it from being made: `build`, `watch` and `check`.

use camino::Utf8PathBuf;
use clap::Args;

use super::super::choices::by_name;
use super::scope::Scope;
use crate::model::address::Address;
use crate::report::findings;

/// Options of `build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Where to write the site, from the current folder [default: public, beside modules]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<Utf8PathBuf>,
    /// Where to write the reports, from the current folder [default: reports, beside modules; with `--output-dir`, nowhere]
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
