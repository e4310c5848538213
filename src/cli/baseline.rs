//! `throughline check --baseline` and `--write-baseline`: the ratchet's file.

use camino::Utf8Path;

use super::files;
use super::terminal::Terminal;
use super::{Outcome, Stop};
use crate::model::Finding;
use crate::report::baseline::{Baseline, Ratchet};
use crate::stages::discover::quotable;

/// Holds findings against a baseline, and says on standard error what it has.
///
/// # Errors
///
/// When the file cannot be read or is no baseline.
pub fn hold(
    path: &Utf8Path,
    root: &Utf8Path,
    findings: Vec<Finding>,
    terminal: &Terminal,
) -> Result<Ratchet, Stop> {
    let baseline = read(path)?;
    let held = baseline.hold(findings, &|file| quotable(root, file));
    let Ratchet { new, known, gone } = &held;
    let lost: u32 = gone.iter().map(|(_, count)| count).sum();
    let mut said = format!(
        "{} known from `{path}`, {} new, {lost} gone",
        known.len(),
        new.len()
    );
    for (known, count) in gone {
        let times = if *count > 1 {
            format!(" ({count} times)")
        } else {
            String::new()
        };
        said.push_str(&format!(
            "\n  gone: {}: {}: {}{times}",
            known.file, known.rule, known.message
        ));
    }
    if lost > 0 {
        said.push_str("\n  help: write the baseline again, so that what is gone stays gone");
    }
    terminal.say(&said);
    Ok(held)
}

/// Holds findings against a baseline, and says nothing.
///
/// # Errors
///
/// When the file cannot be read or is no baseline.
pub fn held(path: &Utf8Path, root: &Utf8Path, findings: Vec<Finding>) -> Result<Ratchet, Stop> {
    Ok(read(path)?.hold(findings, &|file| quotable(root, file)))
}

/// Reads a baseline.
///
/// # Errors
///
/// When the file cannot be read or is none.
pub fn read(path: &Utf8Path) -> Result<Baseline, Stop> {
    let text = files::read(path, files::LARGEST_OWN)
        .map_err(|error| Stop(format!("cannot read `{path}`: {error}")))?;
    Baseline::from_json(&text).map_err(|error| Stop(format!("`{path}`: {error}")))
}

/// Writes the findings to a file that is new or a baseline already.
///
/// # Errors
///
/// When another file stands there, or it cannot be written.
pub fn write(
    path: &Utf8Path,
    root: &Utf8Path,
    findings: &[Finding],
    terminal: &Terminal,
) -> Result<Outcome, Stop> {
    if path.exists() {
        let left = |error| Stop(format!("`{path}` is left as it is: {error}"));
        let former =
            files::read(path, files::LARGEST_OWN).map_err(|error| left(error.to_string()))?;
        Baseline::from_json(&former).map_err(|error| left(error.to_string()))?;
    }
    let count = save(path, root, findings)?;
    terminal.say(&format!("{count} findings are known from now on: `{path}`"));
    Ok(Outcome::Clean)
}

/// Writes the findings to a file, whatever stands there, and returns how many they are.
///
/// # Errors
///
/// When it cannot be written.
pub fn save(path: &Utf8Path, root: &Utf8Path, findings: &[Finding]) -> Result<usize, Stop> {
    let baseline = Baseline::of(findings, &|file| quotable(root, file));
    files::replace(path, baseline.to_json())?;
    Ok(baseline.count())
}
