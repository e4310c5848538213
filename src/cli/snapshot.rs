//! `throughline snapshot`: keeps what a curriculum says today, so that a later day can be held against it.

use camino::Utf8Path;

use super::arguments::{Global, Snapshot as Options};
use super::files;
use super::terminal::Terminal;
use super::{Outcome, Stop, request};
use crate::pipeline::Run;
use crate::report::snapshot::Snapshot;
use crate::report::words::counted;

/// Writes a snapshot.
///
/// # Errors
///
/// When the tool cannot work, or something else than a snapshot stands at the path.
pub fn snapshot(options: &Options, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let path = &options.file;
    files::check_own(path, is_snapshot, "a snapshot")?;
    let request = request(global, &options.scope)?;
    let survey = Run::of(&request).survey()?;
    let snapshot = Snapshot::new(&survey.basis());
    let mut text = Vec::new();
    snapshot.write(&mut text)?;
    files::replace(path, &text)?;
    terminal.say(&format!(
        "{} as they stand on {}: `{path}`",
        counted(snapshot.pages.len(), "page"),
        request.as_of
    ));
    Ok(Outcome::Clean)
}

/// Returns whether a file begins like a snapshot.
fn is_snapshot(path: &Utf8Path) -> std::io::Result<bool> {
    files::begins_with(path, b"{\"format\":\"throughline-snapshot\"")
}
